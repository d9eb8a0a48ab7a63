.PHONY: run test containers chaos soak fuzz bench format lint

run:
	@deploy/local/run

test:
	@deploy/test

containers:
	@deploy/containers/test

# What is named above each of the next four may be left out.

# MINUTES=10 SEED=7
chaos:
	@Tests/FaultTests/run

# SEEDS=20000
soak:
	@swift run -c release simulate $(or $(SEEDS),20000)

# MINUTES=10 TARGET=json
fuzz:
	@deploy/fuzz $(or $(MINUTES),10) $(TARGET)

# QUICK=1 ONLY=idle
bench:
	@Tests/Benchmarks/run $(if $(QUICK),--quick) $(ONLY)

format:
	@deploy/format

lint:
	@deploy/lint
