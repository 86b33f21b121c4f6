// Arena: see arena.h.
typedef int arena_not_yet;
