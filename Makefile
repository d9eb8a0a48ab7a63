.PHONY: run test fuzz format lint

run:
	@deploy/local/run

test:
	@deploy/test

fuzz:
	@deploy/fuzz $(or $(MINUTES),10) $(TARGET)

format:
	@deploy/format

lint:
	@deploy/lint
