.PHONY: run test chaos fuzz soak format lint

run:
	@deploy/local/run

test:
	@deploy/test

fuzz:
	@deploy/fuzz $(or $(MINUTES),10) $(TARGET)

# MINUTES=10 SEED=7, both optional
chaos:
	@Tests/FaultTests/run

soak:
	@swift run -c release simulate $(or $(SEEDS),20000)

format:
	@deploy/format

lint:
	@deploy/lint
