# A few verbs. The two that matter: `make demo` and `make test`; both install what they need first.
SHELL := /bin/bash
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
DEMO ?= demo-town
LISTEN ?= 127.0.0.1:8080

.PHONY: help demo build test fuzz tsan bench check format pictures web deps deps-test clean
help:
	@echo "make demo    the example town from its workbooks: figures, report, and the page on http://$(LISTEN)"
	@echo "make build   the program, build/zhenwu"
	@echo "make test    every test          make check   formats, lint, layers"
	@echo "make fuzz    every fuzz target for 20 s; SECONDS=600 make fuzz for ten minutes each"
	@echo "make bench   how fast it is, in one table, beside bare SQLite: some 30 minutes on $(BENCH), which it makes"
	@echo "make tsan    the server under ThreadSanitizer, a whole town at once, then with planted faults; some five minutes"
	@echo "make format  format all sources  make clean   remove what was built"
	@echo "make pictures  takes the pictures of README and manual again: runs the e2e walks, copies them"

deps:
	@packaging/install-deps.sh build
deps-test:
	@packaging/install-deps.sh test

# The page and the division codes are built by npm into web/dist and web/divisions; rebuilt when a source of theirs is newer.
WEB_SOURCES := $(shell find web/src web/openapi web/scripts web/public web/index.html web/*.ts web/*.json -type f 2>/dev/null | grep -v node_modules)
web/node_modules/.ready: web/package.json web/package-lock.json | deps
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@
web/dist/.ready: web/node_modules/.ready $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@
web: web/dist/.ready

build: deps web/dist/.ready
	@cmake --preset release > build-configure.log 2>&1 || { cat build-configure.log; rm -f build-configure.log; exit 1; }; rm -f build-configure.log
	@cmake --build build/release --target zhenwu
	@ln -sf release/zhenwu build/zhenwu

demo: build
	@packaging/demo.sh "$(DEMO)" "$(LISTEN)"

# Tests run on the debug program (ASan, UBSan); the release one is `make build`'s business.
test: deps-test web/dist/.ready
	@cmake --preset debug > /dev/null
	@cmake --build build/debug
	@cd web && npm run --silent test
	@ctest --test-dir build/debug --output-on-failure -j2
	@$(MAKE) --no-print-directory fuzz

# Every fuzz target from its kept inputs, two at a time; clang builds only them and what they are linked with.
SECONDS ?= 20
fuzz: deps-test
	@cmake --preset fuzz > /dev/null
	@cmake --build build/fuzz --target fuzzers
	@ZW_FUZZ_SECONDS=$(SECONDS) ctest --test-dir build/fuzz --output-on-failure -R '^fuzz/' -j2
	@grep -h ' runs in ' build/fuzz/Testing/Temporary/LastTest.log

# Of the release program, on a made-up town of 1,136,943 rows; HUGE=… one of ten times as many (zhenwu sample --scale 65).
BENCH ?= bench-town
bench: deps-test build
	@cmake --build build/release --target bench
	@[ -d "$(BENCH)" ] || build/zhenwu sample "$(BENCH)" --scale 7
	@python3 bench/run.py build/release "$(BENCH)" $(if $(HUGE),--huge "$(HUGE)")

# The served program built with ThreadSanitizer, and only what its tests need; not part of `make test`.
tsan: deps-test web/dist/.ready
	@cmake --preset tsan > /dev/null
	@cmake --build build/tsan --target zhenwu faults_threads
	@ctest --test-dir build/tsan --output-on-failure -R '^faults/threads'
	@grep -h ' answers (' build/tsan/Testing/Temporary/LastTest.log

check: deps-test web/node_modules/.ready
	@packaging/check.sh

format: deps-test web/node_modules/.ready
	@git ls-files '*.h' '*.cpp' | xargs clang-format -i
	@cd web && npm run --silent format

# What an earlier run left goes first: a picture that no walk takes any more must be missed, not copied.
pictures: deps-test web/dist/.ready
	@cmake --preset debug > /dev/null
	@cmake --build build/debug --target zhenwu
	@rm -f build/e2e/*.png
	@node tests/e2e/run.mjs build/debug/zhenwu
	@packaging/pictures.sh

clean:
	rm -rf build web/dist web/divisions
