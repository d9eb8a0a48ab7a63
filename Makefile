.PHONY: run test soak format lint

run:
	@deploy/local/run

test:
	@deploy/test

soak:
	@swift run -c release simulate $(or $(SEEDS),20000)

format:
	@deploy/format

lint:
	@deploy/lint
