# Tests, lint and their tools; included by the Makefile.
UNIT_SRC  := $(wildcard tests/unit/*/*_test.c)
UNIT_BASE := $(patsubst %.c,$O/%,$(wildcard tests/unit/base/*_test.c))
UNIT_GEN  := $(patsubst %.c,$O/%,$(wildcard tests/unit/generator/*_test.c))
UNIT_SUB  := $(patsubst %.c,$O/%,$(wildcard tests/unit/submitd/*_test.c))

.PHONY: unit layers headers banned

unit: $(UNIT_BASE) $(UNIT_GEN) $(UNIT_SUB)

$(UNIT_BASE): $O/%: $O/%.o $(BASE_LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(call libs,cmocka $(LIBS_BASE)) -lm

$(UNIT_GEN): $O/%: $O/%.o $(GENERATOR_OBJ) $(BASE_LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(call libs,cmocka) $(LIBS.generator)

$(UNIT_SUB): $O/%: $O/%.o $(SUBMITD_OBJ) $(BASE_LIB)
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
