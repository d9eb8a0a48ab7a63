.PHONY: run test containers chaos soak fuzz bench screenshots format lint

run:
	@deploy/local/run

test:
	@deploy/test

containers:
	@deploy/containers/test

# What is named above each of the next five may be left out.

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

# Every screen in every theme and size, into .build/screenshots: ONLY=chat
screenshots:
	@VIVA_SCREENSHOTS=.build/screenshots .tools/venv/bin/python -B -m pytest -q --timeout=300 Tests/BrowserTests/test_screens.py -k "$(ONLY)"

format:
	@deploy/format

lint:
	@deploy/lint
