.PHONY: run test fuzz chaos format lint

run:
	@deploy/local/run

test:
	@deploy/test

fuzz:
	@deploy/fuzz $(or $(MINUTES),10) $(TARGET)

# MINUTES=10 SEED=7, both optional
chaos:
	@Tests/FaultTests/run

format:
	@deploy/format

lint:
	@deploy/lint
