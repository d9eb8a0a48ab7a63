.PHONY: run test format lint

run:
	@deploy/local/run

test:
	@deploy/test

format:
	@deploy/format

lint:
	@deploy/lint
