# Builds Coil: build/coil (the command), build/libcoil.a and build/libcoil.so.
#
#   make          optimised library and command         make dev      quick unoptimised build in build/dev (for development)
#   make run      install what is missing, build, run examples/coroutines.py
#   make test     install what is missing, build, run every test; the last line counts them
#   make debug    assertions and verifier, build/debug  make asan     AddressSanitizer and UBSan, build/asan
#   make amalgamation   the library as one coil.c and one coil.h, build/amalgamation
#   make tsan     ThreadSanitizer, build/tsan: builds and runs the hosts (tests/api, examples/embed); make valgrind does so under valgrind
#   make bench    time the programs of bench/           make format   clang-format over the sources
#   make install  PREFIX=/usr/local DESTDIR=            make clean
#
# Every variant keeps its objects in its own folder, so that variants can stand side by side; OUT=… names another folder
# (`make CC=clang OUT=build/clang`).

# A plain `make` uses every core; makes started by this one share its job server.
ifeq ($(MAKELEVEL),0)
  MAKEFLAGS += -j$(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
endif

VERSION := 0.1.0
SOVERSION := 0
CC ?= cc
CFLAGS_WARN := -std=gnu11 -Wall -Wextra -Wno-unused-parameter
LIBS := -lutf8proc -lm -lpthread

# libuv waits for descriptors in the command's event loops; without it poll() does.
ifeq ($(shell pkg-config --exists libuv 2>/dev/null && echo yes),yes)
  FEATURES += -DCOIL_HAVE_LIBUV $(shell pkg-config --cflags libuv)
  LIBS += $(shell pkg-config --libs libuv)
else ifeq ($(MAKELEVEL),0)
  $(info libuv is not installed: event loops will wait with poll())
endif

# PCRE2 matches regular expressions; without it there is no module re.
ifeq ($(shell pkg-config --exists libpcre2-8 2>/dev/null && echo yes),yes)
  FEATURES += -DCOIL_HAVE_PCRE2 $(shell pkg-config --cflags libpcre2-8)
  LIBS += $(shell pkg-config --libs libpcre2-8)
else ifeq ($(MAKELEVEL),0)
  $(info PCRE2 is not installed: the module re will be missing)
endif

# readline edits lines at the prompt; without it the command's own editor does.
ifeq ($(shell echo '\#include <stdio.h>@\#include <readline/readline.h>' | tr @ '\n' | $(CC) -E -x c - >/dev/null 2>&1 && echo yes),yes)
  COMMAND_FEATURES := -DCOIL_HAVE_READLINE
  COMMAND_LIBS := -ldl
else ifeq ($(MAKELEVEL),0)
  $(info readline is not installed: the prompt will have its own line editor)
endif

# A flag that the linker knows and whose programs run here, else nothing.
comma := ,
link_flag = $(shell out=$$(mktemp) && echo 'int main(void) { return 0; }' | $(CC) -x c - -Wl,--fatal-warnings $(1) -o $$out 2>/dev/null \
    && $$out && echo '$(1)'; rm -f $$out)

VARIANT ?= release
ifeq ($(VARIANT),release)
  OUT := build
  # Debuggers and profilers find their way up the stack by what -g writes; tables for that in memory are for C++ and for programs
  # that print their own stack. The linker drops functions that nothing calls, and packs what is to be relocated in place where it and
  # the C library can (glibc 2.36): a bit an address instead of 24 bytes.
  CFLAGS_OPT := -O2 -g -DNDEBUG -fno-asynchronous-unwind-tables -ffunction-sections
  LDFLAGS_OPT := $(call link_flag,-Wl$(comma)--gc-sections) $(call link_flag,-Wl$(comma)-z$(comma)pack-relative-relocs)
else ifeq ($(VARIANT),dev)
  OUT := build/dev
  CFLAGS_OPT := -O0 -g
else ifeq ($(VARIANT),debug)
  OUT := build/debug
  CFLAGS_OPT := -O1 -g -DCOIL_DEBUG
else ifeq ($(VARIANT),asan)
  OUT := build/asan
  # Locals stay on the real stack (no search for uses after return), where the collector looks for them.
  CFLAGS_OPT := -O1 -g -DCOIL_DEBUG -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer \
      $(if $(shell $(CC) --version 2>/dev/null | grep -i clang),-fsanitize-address-use-after-return=never,--param asan-use-after-return=0)
  LDFLAGS_OPT := -fsanitize=address,undefined
else ifeq ($(VARIANT),tsan)
  OUT := build/tsan
  CFLAGS_OPT := -O1 -g -DCOIL_DEBUG -fsanitize=thread -fno-omit-frame-pointer
  LDFLAGS_OPT := -fsanitize=thread
else
  $(error VARIANT is one of release, dev, debug, asan, tsan)
endif
OBJ := $(OUT)/obj

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
SHAREDIR ?= $(PREFIX)/share
MANDIR ?= $(SHAREDIR)/man
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include

# ccache, where it is installed, makes repeated builds of the same sources cheap.
CCACHE := $(shell command -v ccache 2>/dev/null)
IS_CLANG := $(shell $(CC) --version 2>/dev/null | grep -i clang)

INCLUDES := -I. -Iinclude -I$(OUT)/gen $(FEATURES)
LIB_SOURCES := $(wildcard base/*.c lexer/*.c parser/*.c compiler/*.c vm/*.c vm/types/*.c stdlib/*.c stdlib/*/*.c)
COMMAND_SOURCES := $(wildcard repl/*.c)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(OBJ)/%.o)
COMMAND_OBJECTS := $(COMMAND_SOURCES:%.c=$(OBJ)/%.o)

UNIT_SOURCES := $(wildcard tests/unit/check_*.c)
UNIT_PROGRAMS := $(UNIT_SOURCES:tests/unit/%.c=$(OUT)/tests/unit/%)
API_SOURCES := $(wildcard tests/api/*.c)
API_PROGRAMS := $(API_SOURCES:tests/api/%.c=$(OUT)/tests/api/%)
HOST_SOURCES := $(wildcard examples/embed/*.c)
HOST_PROGRAMS := $(HOST_SOURCES:examples/embed/%.c=$(OUT)/tests/embed/%)

# Recipes say what they make in a few words; `make V=1` shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@echo "  $(1)")

.PHONY: all command dev debug asan tsan api-docs valgrind hosts install-files run test tests bench deps install clean format
all: $(OUT)/coil $(OUT)/libcoil.a $(OUT)/libcoil.so
command: $(OUT)/coil
dev:
	@$(MAKE) --no-print-directory VARIANT=dev command
debug asan:
	@$(MAKE) --no-print-directory VARIANT=$@ all
tsan:
	@$(MAKE) --no-print-directory VARIANT=tsan all hosts
	@scripts/check_hosts build/tsan

# ---- objects -------------------------------------------------------------------------------------------------------

$(OBJ)/%.o: %.c
	@mkdir -p $(dir $@)
	$(call say,CC $<)
	$(Q)$(CCACHE) $(CC) $(CFLAGS_WARN) $(CFLAGS_OPT) $(CFLAGS) $(INCLUDES) -fPIC -fvisibility=hidden -MMD -MP -c $< -o $@

# The dispatch loop: these two passes merge the computed gotos back into one, which costs a fifth of its speed; the third makes calls of
# memset() of the few registers that a call clears.
$(OBJ)/vm/interp.o: CFLAGS += $(if $(IS_CLANG),,-fno-gcse -fno-crossjumping -fno-tree-loop-distribute-patterns)

# Files that no program of bench/, its asyncio figures, `--check` or the start of a script spends time in (half a percent of the samples at most)
# are compiled for size: 110 KB less.
COLD_SOURCES := base/unicode_names.c $(addprefix compiler/,disasm.c gen_match.c gen_types.c marshal.c unparse.c verify.c) \
    $(addprefix parser/,ast_dump.c diagnose.c grammar.c parse_match.c) \
    $(addprefix vm/,api_class.c api_error.c api_function.c api_limits.c api_module.c api_objects.c api_open.c api_run.c api_trace.c \
    builtins_site.c codecs.c codecs_escape.c doors.c folders.c import.c interp_traced.c output.c report.c source.c stack_summary.c suggest.c \
    trace.c warnings.c) \
    $(addprefix vm/types/,bytearray.c complex.c descriptor.c exception_group.c file.c float.c frame_object.c generic_alias.c mappingproxy.c \
    memoryview.c module.c property.c simple_namespace.c singletons.c staticmethod.c stream.c struct_sequence.c type.c weakref.c) \
    $(addprefix stdlib/,contextvars.c future.c gc.c math_exact.c posix.c signal.c sys.c thread.c time.c time_parse.c types_names.c \
    warnings_source.c) $(wildcard stdlib/socket/*.c) \
    $(addprefix stdlib/re/,casefold.c module.c parse.c pattern.c reader.c translate.c) \
    $(addprefix stdlib/asyncio/,backend_virtual.c console.c datagram.c debug.c io_jobs.c io_methods.c io_module.c loop_methods.c loop_signals.c \
    module.c process.c resolver.c show.c sock_operations.c)

# Files in which some program of bench/ spends half a percent of its time or more. In the others functions and loops begin where they happen to:
# padding them to 16 bytes is 60 KB of nothing.
HOT_SOURCES := $(patsubst %,base/%.c,arena hash limbs unicode utf8) \
    $(patsubst %,compiler/%.c,assemble emit gen_call gen_class gen_cond gen_expr gen_func gen_stmt regalloc symresolve symtable \
    variables) \
    $(patsubst %,lexer/%.c,lex_string lexer token names) \
    $(patsubst %,parser/%.c,parse_compound parse_expr parse_string) \
    $(patsubst %,stdlib/asyncio/%.c,future gather loop operation sleep task timers) \
    $(patsubst %,stdlib/%.c,math) \
    $(patsubst %,vm/%.c,attr_ops builtins_code builtins_functions builtins_objects call compare_ops errors frame gc heap icache \
    interp isinstance item_ops iter_ops limits loop_calls loop_iterate loop_names loop_operators loop_rare number_ops shape \
    signature suspend text_ops unwind vm) \
    $(patsubst %,vm/types/%.c,bigint class class_create code container_common dict exception float_repr format_spec function \
    generator int int_power int_text iter_functions iterator list list_sort range set slice str str_build str_case str_format \
    str_methods str_percent str_search super traceback tuple)
ifeq ($(VARIANT),release)
$(COLD_SOURCES:%.c=$(OBJ)/%.o): CFLAGS += -Os
ifeq ($(IS_CLANG),)
$(patsubst %.c,$(OBJ)/%.o,$(filter-out $(HOT_SOURCES),$(LIB_SOURCES))): CFLAGS += -fno-align-functions -fno-align-loops -fno-align-jumps -fno-align-labels
endif
endif

# Names and properties of characters come from the Unicode Character Database, packed by a program of ours at build time.
UNICODE_DATA ?= $(firstword $(dir $(wildcard /usr/share/unicode/UnicodeData.txt /usr/share/unicode/ucd/UnicodeData.txt)) /usr/share/unicode)
UNICODE_TABLES := $(OUT)/gen/unicode_tables.h $(OUT)/gen/unicode_name_tables.h
$(UNICODE_TABLES) &: scripts/gen_unicode.c scripts/packer.c scripts/packer.h base/pack.h $(wildcard $(UNICODE_DATA)/UnicodeData.txt)
	@mkdir -p $(OUT)/gen
	$(call say,GEN $(OUT)/gen/unicode_tables.h)
	$(Q)$(CC) -std=gnu11 -O1 -I. scripts/gen_unicode.c scripts/packer.c -o $(OUT)/gen/gen_unicode
	$(Q)$(OUT)/gen/gen_unicode $(UNICODE_DATA) $(OUT)/gen
$(OBJ)/base/unicode.o: $(OUT)/gen/unicode_tables.h
$(OBJ)/base/unicode_names.o: $(OUT)/gen/unicode_name_tables.h

# The grammar that finds the words for a mistake is packed as well.
GRAMMAR_TEXTS := $(OUT)/gen/grammar_texts.h
$(GRAMMAR_TEXTS): scripts/pack_grammar.c scripts/packer.c scripts/packer.h base/pack.h parser/grammar.def
	@mkdir -p $(OUT)/gen
	$(call say,GEN $@)
	$(Q)$(CC) -std=gnu11 -O1 -I. scripts/pack_grammar.c scripts/packer.c -o $(OUT)/gen/pack_grammar
	$(Q)$(OUT)/gen/pack_grammar $@
$(OBJ)/parser/grammar.o: $(GRAMMAR_TEXTS)

# Modules of the standard library that are written in Python are compiled by the front end itself and built in.
FROZEN := $(wildcard stdlib/*.py stdlib/*/*.py stdlib/*/*/*.py)
FREEZER_OBJECTS := $(patsubst %.c,$(OBJ)/%.o,$(wildcard base/*.c lexer/*.c parser/*.c compiler/*.c))
$(OUT)/gen/freeze: scripts/freeze.c scripts/packer.c scripts/packer.h $(FREEZER_OBJECTS)
	$(CC) $(CFLAGS_WARN) $(CFLAGS_OPT) $(INCLUDES) $(LDFLAGS_OPT) scripts/freeze.c scripts/packer.c $(FREEZER_OBJECTS) -o $@ $(LIBS)
$(OUT)/gen/frozen_modules.h: $(OUT)/gen/freeze $(FROZEN)
	$(OUT)/gen/freeze $@ $(foreach file,$(FROZEN),$(subst /,.,$(patsubst stdlib/%.py,%,$(file)))=$(file))
$(OBJ)/stdlib/frozen.o: $(OUT)/gen/frozen_modules.h

# ---- libraries and command -----------------------------------------------------------------------------------------

# One relocatable object in which everything but coil_* is local: internal names such as dict_find() cannot clash with
# those of the host that links the archive.
$(OUT)/libcoil.a: $(LIB_OBJECTS)
	$(call say,AR $@)
	@rm -f $@
	$(Q)ld -r -o $(OBJ)/coil.o $^
	$(Q)objcopy --wildcard --keep-global-symbol='coil_*' $(OBJ)/coil.o
	$(Q)ar rcs $@ $(OBJ)/coil.o

$(OUT)/libcoil.so: $(LIB_OBJECTS)
	$(call say,LD $@)
	$(Q)$(CC) -shared -Wl,-soname,libcoil.so.$(SOVERSION) $(LDFLAGS_OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(OUT)/coil: $(COMMAND_OBJECTS) $(LIB_OBJECTS)
	$(call say,LD $@)
	$(Q)$(CC) $(LDFLAGS_OPT) $(LDFLAGS) -o $@ $^ $(LIBS) $(COMMAND_LIBS)
$(COMMAND_OBJECTS): CFLAGS += $(COMMAND_FEATURES)

# ---- run, test, bench ----------------------------------------------------------------------------------------------

# The sources are listed and the tools looked up when make reads this file: so the build runs in a make of its own, after
# scripts/deps has installed what was missing.
deps:
	@scripts/deps

run: deps
	@$(MAKE) --no-print-directory command
	@$(OUT)/coil examples/coroutines.py

test: deps
	@$(MAKE) --no-print-directory all tests
	@scripts/run_tests --out $(OUT) --all

bench: deps
	@$(MAKE) --no-print-directory command
	@bench/run --coil $(OUT)/coil

tests: $(UNIT_PROGRAMS) $(API_PROGRAMS)

# Unit tests see the internals, so they link the objects and not the archive.
CHECK_LIBS = $(shell pkg-config --libs check 2>/dev/null || echo -lcheck)
$(OUT)/tests/unit/%: tests/unit/%.c $(LIB_OBJECTS)
	@mkdir -p $(dir $@)
	$(call say,CC $<)
	$(Q)$(CCACHE) $(CC) $(CFLAGS_WARN) $(CFLAGS_OPT) -UNDEBUG $(CFLAGS) $(INCLUDES) -MMD -MP -MT $@ -c $< -o $@.o
	$(Q)$(CC) $(LDFLAGS_OPT) $(LDFLAGS) -o $@ $@.o $(LIB_OBJECTS) $(CHECK_LIBS) $(LIBS)

# API tests are hosts: the public header and the archive, nothing else.
$(OUT)/tests/api/%: tests/api/%.c $(OUT)/libcoil.a
	@mkdir -p $(dir $@)
	$(call say,CC $<)
	$(Q)$(CCACHE) $(CC) $(CFLAGS_WARN) $(CFLAGS_OPT) -UNDEBUG $(CFLAGS) -Iinclude -MMD -MP -MT $@ -c $< -o $@.o
	$(Q)$(CC) $(LDFLAGS_OPT) $(LDFLAGS) -o $@ $@.o $(OUT)/libcoil.a $(LIBS)

$(OUT)/tests/embed/%: examples/embed/%.c $(OUT)/libcoil.a
	@mkdir -p $(dir $@)
	$(call say,CC $<)
	$(Q)$(CCACHE) $(CC) $(CFLAGS_WARN) $(CFLAGS_OPT) -UNDEBUG $(CFLAGS) -Iinclude -MMD -MP -MT $@ -c $< -o $@.o
	$(Q)$(CC) $(LDFLAGS_OPT) $(LDFLAGS) -o $@ $@.o $(OUT)/libcoil.a $(LIBS)

# ---- documentation made from tables ---------------------------------------------------------------------------------

docs/opcodes.md: compiler/opcodes.def scripts/opcode_docs.c
	@mkdir -p $(OUT) $(dir $@)
	$(CC) $(CFLAGS_WARN) $(INCLUDES) scripts/opcode_docs.c -o $(OUT)/opcode_docs
	$(OUT)/opcode_docs compiler/opcodes.def > $@

docs/api.md: include/coil.h scripts/api_docs
	scripts/api_docs > $@
api-docs: docs/api.md

# The programs that embed Coil, under valgrind; `make tsan` runs the same with ThreadSanitizer.
hosts: $(API_PROGRAMS) $(HOST_PROGRAMS)
valgrind: hosts
	@scripts/check_hosts --valgrind $(OUT)

# One file of C for hosts that would rather not have a library to build.
AMALGAMATION := $(OUT)/amalgamation
.PHONY: amalgamation
amalgamation: $(OUT)/gen/frozen_modules.h $(UNICODE_TABLES) $(GRAMMAR_TEXTS)
	scripts/amalgamate $(AMALGAMATION) $(OUT)/gen $(LIB_SOURCES)
	$(CC) -O1 -c $(AMALGAMATION)/coil.c -o $(AMALGAMATION)/coil.o
	@nm -g --defined-only $(AMALGAMATION)/coil.o | awk '$$NF !~ /^coil_/ { print "not hidden: " $$NF; bad = 1 } END { exit bad }'

# ---- install, format, clean ----------------------------------------------------------------------------------------

define COIL_PC
prefix=$(PREFIX)
libdir=$(LIBDIR)
includedir=$(INCLUDEDIR)

Name: coil
Description: Embeddable Python with async/await
Version: $(VERSION)
Libs: -L$${libdir} -lcoil
Libs.private: $(LIBS)
Cflags: -I$${includedir}
endef
export COIL_PC

install: all install-files

# What has been built already.
install-files:
	install -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(LIBDIR)/pkgconfig" "$(DESTDIR)$(INCLUDEDIR)"
	install -m 755 $(OUT)/coil "$(DESTDIR)$(BINDIR)/coil"
	install -m 644 include/coil.h "$(DESTDIR)$(INCLUDEDIR)/coil.h"
	install -m 644 include/coil.hpp "$(DESTDIR)$(INCLUDEDIR)/coil.hpp"
	install -m 644 $(OUT)/libcoil.a "$(DESTDIR)$(LIBDIR)/libcoil.a"
	install -m 755 $(OUT)/libcoil.so "$(DESTDIR)$(LIBDIR)/libcoil.so.$(VERSION)"
	install -d "$(DESTDIR)$(MANDIR)/man1" "$(DESTDIR)$(SHAREDIR)/bash-completion/completions" "$(DESTDIR)$(SHAREDIR)/zsh/site-functions"
	install -m 644 repl/share/coil.1 "$(DESTDIR)$(MANDIR)/man1/coil.1"
	install -m 644 repl/share/coil.bash "$(DESTDIR)$(SHAREDIR)/bash-completion/completions/coil"
	install -m 644 repl/share/_coil "$(DESTDIR)$(SHAREDIR)/zsh/site-functions/_coil"
	ln -sf libcoil.so.$(VERSION) "$(DESTDIR)$(LIBDIR)/libcoil.so.$(SOVERSION)"
	ln -sf libcoil.so.$(SOVERSION) "$(DESTDIR)$(LIBDIR)/libcoil.so"
	@printf '%s\n' "$$COIL_PC" > "$(DESTDIR)$(LIBDIR)/pkgconfig/coil.pc"
	install -d "$(DESTDIR)$(LIBDIR)/cmake/Coil"
	sed -e 's|@VERSION@|$(VERSION)|' -e 's|@SOVERSION@|$(SOVERSION)|' -e 's|@LIBS@|$(LIBS)|' scripts/coil-config.cmake.in \
	    > "$(DESTDIR)$(LIBDIR)/cmake/Coil/CoilConfig.cmake"

format:
	clang-format -i $(wildcard include/*.h */*.c */*.h vm/types/*.c vm/types/*.h stdlib/*/*.c stdlib/*/*.h \
	    tests/unit/*.c tests/api/*.c)

clean:
	rm -rf build

-include $(LIB_OBJECTS:.o=.d) $(COMMAND_OBJECTS:.o=.d) $(UNIT_PROGRAMS:=.d) $(API_PROGRAMS:=.d) $(HOST_PROGRAMS:=.d)
