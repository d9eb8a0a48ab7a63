.PHONY: run test bench format lint

run:
	@deploy/local/run

test:
	@deploy/test

bench:
	@Tests/Benchmarks/run $(if $(QUICK),--quick) $(ONLY)

format:
	@deploy/format

lint:
	@deploy/lint
