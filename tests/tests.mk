# Tests, lint and their tools; included by the Makefile.
UNIT_SRC  := $(wildcard tests/unit/*/*_test.c)
UNIT_BASE := $(patsubst %.c,$O/%,$(wildcard tests/unit/base/*_test.c))
UNIT_GEN  := $(patsubst %.c,$O/%,$(wildcard tests/unit/generator/*_test.c))
UNIT_SUB  := $(patsubst %.c,$O/%,$(wildcard tests/unit/submitd/*_test.c))

.PHONY: deps-test test test-asan unit layers headers banned lint man-lint \
        format format-check fuzz

deps-test:
	@tools/deps test

# Everything, on the programs of this build; .ci/run calls both.
test: deps-test
	@$(MAKE) -s -j2 BUILD=$(BUILD) programs unit test-programs
	tests/run $(BUILD)

test-asan: deps-test
	@$(MAKE) -s BUILD=asan test

# Small programs that tests run: tests/programs/NAME.c
TEST_PROGRAMS := $(patsubst tests/programs/%.c,$O/tests/programs/%,$(wildcard tests/programs/*.c))

.PHONY: test-programs
test-programs: $(TEST_PROGRAMS)

# Those that need the generator's rooms.
GENERATOR_TESTS := $O/tests/programs/search_words
$(GENERATOR_TESTS): $O/tests/programs/%: $O/obj/tests/programs/%.o $(GENERATOR_OBJ) $(BASE_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS.generator)

$(filter-out $(GENERATOR_TESTS),$(TEST_PROGRAMS)): $O/tests/programs/%: $O/obj/tests/programs/%.o $(SUBMITD_OBJ) $(BASE_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS.submitd)

unit: $(UNIT_BASE) $(UNIT_GEN) $(UNIT_SUB)

$(UNIT_BASE): $O/%: $O/obj/%.o $(BASE_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(call libs,cmocka $(LIBS_BASE)) -lm

$(UNIT_GEN): $O/%: $O/obj/%.o $(GENERATOR_OBJ) $(BASE_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(call libs,cmocka) $(LIBS.generator)

$(UNIT_SUB): $O/%: $O/obj/%.o $(SUBMITD_OBJ) $(BASE_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(call libs,cmocka) $(LIBS.submitd)

# Every header compiles alone.
headers: $(patsubst %.h,$O/headers/%.ok,$(wildcard base/*.h generator/*.h generator/*/*.h submitd/*.h submitd/*/*.h))

$O/headers/%.ok: %.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(filter-out -MMD -MP,$(WARN)) -Wno-pedantic -Werror -fsyntax-only -x c $<
	@touch $@

layers:
	tests/layers

banned:
	tests/banned

man-lint:
	@for f in $(wildcard docs/*.[1578]); do mandoc -T lint -W warning $$f || exit 1; done

C_FILES = $(shell git ls-files '*.c' '*.h')

format:
	clang-format -i $(C_FILES)

format-check:
	clang-format --dry-run -Werror $(C_FILES)

# Checks that need clang's tools: not part of make test.
lint: layers headers banned man-lint format-check
	clang-tidy --quiet $(filter %.c,$(C_FILES)) -- $(CPPFLAGS)
	cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --suppress=internalAstError -I. base generator submitd

# make fuzz [SECONDS=60]: every target of tests/fuzz on its seeds.
SECONDS ?= 60
FUZZ := $(patsubst tests/fuzz/%.c,$O/fuzz/%,$(wildcard tests/fuzz/*.c))
FUZZ_FLAGS := -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all

fuzz: $(FUZZ)
	@for f in $(FUZZ); do \
		mkdir -p $$f.corpus; \
		$$f -max_total_time=$(SECONDS) -timeout=5 $$f.corpus tests/fuzz/seed/$$(basename $$f) || exit 1; \
	done

# Generated sources; clang compiles all anew, with its fuzzer.
FUZZ_MADE := $(addprefix $O/obj/submitd/,store/steps_sql.c store/live_sql.c domain/common_passwords.c)

$O/fuzz/%: tests/fuzz/%.c $(BASE) $(filter-out submitd/main.c,$(SUBMITD)) $(FUZZ_MADE)
	@mkdir -p $(@D)
	clang $(CPPFLAGS) $(FUZZ_FLAGS) -w -o $@ $< $(BASE) $(filter-out submitd/main.c,$(SUBMITD)) \
	    $(FUZZ_MADE) $(if $(LLHTTP_INC),$(LLHTTP_SRC)/llhttp.c $(LLHTTP_SRC)/api.c $(LLHTTP_SRC)/http.c) \
	    $(LIBS.submitd) -lm

$O/fuzz/content: tests/fuzz/content.c $(BASE) $(wildcard generator/model/*.c generator/read/*.c)
	@mkdir -p $(@D)
	clang $(CPPFLAGS) $(FUZZ_FLAGS) -w -o $@ $^ $(LIBS.generator)

# Take what golden tests show as what they want; git diff is the review.
.PHONY: golden-accept
golden-accept: $O/kruzhok
	ACCEPT=1 tests/golden/run $O
