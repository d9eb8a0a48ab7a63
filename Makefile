.PHONY: run test chaos format lint

run:
	@deploy/local/run

test:
	@deploy/test

# MINUTES=10 SEED=7, both optional
chaos:
	@Tests/FaultTests/run

format:
	@deploy/format

lint:
	@deploy/lint
