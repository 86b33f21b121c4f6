# Builds Coil: build/coil (the command), build/libcoil.a and build/libcoil.so.
#
#   make        optimised library and command          make dev     quick unoptimised build in build/dev (for development)
#   make debug  assertions and verifier, build/debug   make asan    AddressSanitizer and UBSan, build/asan
#
# Every variant keeps its objects in its own folder, so that variants can stand side by side.

CC ?= cc
CFLAGS_WARN := -std=gnu11 -Wall -Wextra -Wno-unused-parameter
LIBS := -ltommath -lutf8proc -lm -lpthread

VARIANT ?= release
ifeq ($(VARIANT),release)
  OUT := build
  CFLAGS_OPT := -O2 -g -DNDEBUG
else ifeq ($(VARIANT),dev)
  OUT := build/dev
  CFLAGS_OPT := -O0 -g
else ifeq ($(VARIANT),debug)
  OUT := build/debug
  CFLAGS_OPT := -O1 -g -DCOIL_DEBUG
else ifeq ($(VARIANT),asan)
  OUT := build/asan
  CFLAGS_OPT := -O1 -g -DCOIL_DEBUG -fsanitize=address,undefined -fno-omit-frame-pointer
  LDFLAGS_OPT := -fsanitize=address,undefined
endif
OBJ := $(OUT)/obj

# ccache, where it is installed, makes repeated builds of the same sources cheap.
CCACHE := $(shell command -v ccache 2>/dev/null)

INCLUDES := -I. -Iinclude -I$(OUT)/gen
LIB_SOURCES := $(wildcard base/*.c lexer/*.c parser/*.c compiler/*.c vm/*.c vm/types/*.c stdlib/*.c stdlib/*/*.c)
COMMAND_SOURCES := $(wildcard repl/*.c)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(OBJ)/%.o)
COMMAND_OBJECTS := $(COMMAND_SOURCES:%.c=$(OBJ)/%.o)

.PHONY: all dev debug asan clean
all: $(OUT)/coil
dev debug asan:
	@$(MAKE) --no-print-directory VARIANT=$@ all -j$(shell nproc)

$(OBJ)/%.o: %.c
	@mkdir -p $(dir $@)
	$(CCACHE) $(CC) $(CFLAGS_WARN) $(CFLAGS_OPT) $(CFLAGS) $(INCLUDES) -fPIC -fvisibility=hidden -MMD -MP -c $< -o $@

# The dispatch loop: these two passes merge the computed gotos back into one, which costs a fifth of its speed.
$(OBJ)/vm/interp.o: CFLAGS += $(if $(findstring clang,$(CC)),,-fno-gcse -fno-crossjumping)

$(OUT)/libcoil.a: $(LIB_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(OUT)/coil: $(COMMAND_OBJECTS) $(OUT)/libcoil.a
	$(CC) $(LDFLAGS_OPT) $(LDFLAGS) -o $@ $(COMMAND_OBJECTS) $(OUT)/libcoil.a $(LIBS)

clean:
	rm -rf build

-include $(LIB_OBJECTS:.o=.d) $(COMMAND_OBJECTS:.o=.d)
