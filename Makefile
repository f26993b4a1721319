# Kruzhok: make run, make test, make.  CONTRIBUTING.md says the rest.
BUILD   ?= release
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
PREFIX  ?= /usr/local
# A fault built in on purpose (base/sabotage.h), to see a safety test turn red.
SABOTAGE ?=
O       := build/$(BUILD)$(addprefix -sabotage-,$(SABOTAGE))

cflags.debug   := -O0 -g3 -Werror
cflags.asan    := -O1 -g3 -Werror -fno-omit-frame-pointer \
                  -fsanitize=address,undefined -fno-sanitize-recover=all
cflags.release := -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
ldflags.asan    := -fsanitize=address,undefined
ldflags.release := -pie -Wl,-z,relro,-z,now
ifndef cflags.$(BUILD)
$(error BUILD=$(BUILD): want debug, asan or release)
endif

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
        -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
        -Wwrite-strings -Wvla -Wundef -Wpointer-arith -Wcast-qual

# Debian 12 ships llhttp's C sources in node-llhttp, later ones a library.
LLHTTP_SRC := $(firstword $(wildcard /usr/share/llhttp /usr/share/nodejs/llhttp/src))
LLHTTP_INC := $(firstword $(wildcard /usr/share/include/llhttp))

LIBS_BASE      := yaml-0.1 libutf8proc libsodium sqlite3
LIBS_GENERATOR := libcmark libdeflate libbrotlienc
LIBS_SUBMITD   := libevent_core libcurl jansson

CPPFLAGS += -std=c17 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -I$O \
            $(if $(LLHTTP_INC),-isystem $(LLHTTP_INC)) $(addprefix -DSABOTAGE=,$(SABOTAGE))
CFLAGS   += $(WARN) -MMD -MP -pthread $(cflags.$(BUILD))
LDFLAGS  += -pthread $(ldflags.$(BUILD))

libs = $(shell pkg-config --libs $(1))

BASE      := $(wildcard base/*.c)
GENERATOR := $(wildcard generator/*.c generator/*/*.c)
SUBMITD   := $(wildcard submitd/*.c submitd/*/*.c)
GEN_SQL   := $(wildcard generator/write/*.sql)
SUB_SQL   := $(sort $(wildcard submitd/store/[0-9]*.sql))

obj = $(patsubst %.c,$O/obj/%.o,$(1))

BASE_LIB      := $O/obj/base/libbase.a
GENERATOR_OBJ := $(call obj,$(filter-out generator/main.c,$(GENERATOR))) $O/obj/generator/write/catalog_sql.o
SUBMITD_OBJ   := $(call obj,$(filter-out submitd/main.c,$(SUBMITD))) $O/obj/submitd/store/steps_sql.o $O/obj/submitd/store/live_sql.o \
                 $O/obj/submitd/domain/common_passwords.o \
                 $(if $(LLHTTP_INC),$O/obj/llhttp.o $O/obj/llhttp_api.o $O/obj/llhttp_http.o)
# libstemmer has no pkg-config file.
LIBS.generator = $(call libs,$(LIBS_GENERATOR) $(LIBS_BASE)) -lstemmer -lm
LIBS.submitd   = $(call libs,$(LIBS_SUBMITD) $(LIBS_BASE)) $(if $(LLHTTP_INC),,-lllhttp)

.PHONY: all programs deps run site bench install uninstall clean
.DEFAULT_GOAL := all

all: programs

# The demo on http://127.0.0.1:$(PORT), rebuilt as content changes.
PORT ?= 8080
run:
	@tools/deps run
	@$(MAKE) -s -j2 programs
	@PORT=$(PORT) exec tools/run

deps:
	@tools/deps build

site: programs
	build/kruzhok build

programs: $O/kruzhok $O/submitd
ifeq ($O,build/release)
	@ln -sf release/kruzhok build/kruzhok
	@ln -sf release/submitd build/submitd
endif

$O/kruzhok: $O/obj/generator/main.o $(GENERATOR_OBJ) $(BASE_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS.generator)

$O/submitd: $O/obj/submitd/main.o $(SUBMITD_OBJ) $(BASE_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS.submitd)

$(BASE_LIB): $(call obj,$(BASE))
	@rm -f $@
	$(AR) rcs $@ $^

$O/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$O/obj/%.o: $O/obj/%.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -c -o $@ $<

$O/obj/llhttp.o $O/obj/llhttp_api.o $O/obj/llhttp_http.o:
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(cflags.$(BUILD)) -w -c -o $@ $(LLHTTP_SRC)/$(patsubst llhttp_%,%,$(basename $(@F))).c

# SQL files become tables of texts: tools/embed NAME FILE...
$O/obj/generator/write/catalog_sql.c: $(GEN_SQL) tools/embed
	@mkdir -p $(@D)
	tools/embed catalog_sql $(GEN_SQL) >$@

$O/obj/submitd/store/steps_sql.c: $(SUB_SQL) tools/embed
	@mkdir -p $(@D)
	tools/embed store_steps $(SUB_SQL) >$@

$O/obj/submitd/store/live_sql.c: submitd/store/live.sql tools/embed
	@mkdir -p $(@D)
	tools/embed live_sql $< >$@

# The commonest passwords: john's list, from Debian, and what it lacks.
JOHN := /usr/share/john/password.lst

$O/obj/submitd/domain/common_passwords.c: $(JOHN) submitd/domain/common_passwords.txt tools/embed
	@mkdir -p $(@D)
	{ grep -v '^#!' $(JOHN) | tr A-Z a-z; cat submitd/domain/common_passwords.txt; } | \
	    LC_ALL=C sort -u >$(@D)/common_passwords.txt
	tools/embed common_passwords $(@D)/common_passwords.txt >$@

include tests/tests.mk

# Side by side with the peers that are installed; figures, never verdicts.
bench: programs test-programs
	bench/generator.sh
	node bench/server.mjs
	node bench/apply.mjs

install: programs
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/sbin $(DESTDIR)$(PREFIX)/share/kruzhok \
	    $(addprefix $(DESTDIR)$(PREFIX)/share/man/man,1 5 7 8)
	install -m 755 $O/kruzhok $(DESTDIR)$(PREFIX)/bin/
	install -m 755 $O/submitd $(DESTDIR)$(PREFIX)/sbin/
	cp -R themes $(DESTDIR)$(PREFIX)/share/kruzhok/
	for f in docs/*.[1578]; do install -m 644 $$f $(DESTDIR)$(PREFIX)/share/man/man$${f##*.}/; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/kruzhok $(DESTDIR)$(PREFIX)/sbin/submitd
	rm -rf $(DESTDIR)$(PREFIX)/share/kruzhok
	for f in docs/*.[1578]; do rm -f $(DESTDIR)$(PREFIX)/share/man/man$${f##*.}/$${f##*/}; done

clean:
	rm -rf build

-include $(shell find $O -name '*.d' 2>/dev/null)
