// A VM's birth and death, its entries from outside, and the checks that bound what it may use.
//
// Birth in order: heap, frame stacks, empty class objects of every built-in type, strings and names, the classes' names and dicts, then
// the rows of inits.def. Until all is there the collector is off.
#define _GNU_SOURCE 1   // pthread_getattr_np
#include "vm/vm.h"

#include "coil.h"

#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/heap_internal.h"
#include "vm/threads.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

#include <pthread.h>
#include <stdio.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { RECURSION_LIMIT_DEFAULT = 1000, INT_MAX_STR_DIGITS_DEFAULT = 4300, };
enum {
    C_STACK_MARGIN = 192 << 10,       // left for raising RecursionError and for what does not check
    C_STACK_LEAST = 256 << 10,
    C_STACK_ABOVE = 16 << 10,         // what the kernel may count besides
    C_STACK_ASSUMED = 8 << 20,        // where there is no limit
};

bool classes_bootstrap(VM *vm);
bool native_names_mark(VM *vm);
bool classes_complete(VM *vm);
void method_cache_free(VM *vm);

#define INIT(name) bool name##_init(VM *vm);
#define CLOSE(name) void name##_close(VM *vm);
#include "vm/inits.def"
#undef INIT
#undef CLOSE

// ---- random seed

static uint64_t seed_mix(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void hash_key_init(VM *vm, uint64_t seed) {
    if (seed == 0) {
        bool done = getentropy(vm->hash_key, sizeof vm->hash_key) == 0;
        if (done) return;
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        seed = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 32 ^ (uint64_t)(uintptr_t)vm;
    }
    vm->hash_key[0] = seed_mix(&seed);
    vm->hash_key[1] = seed_mix(&seed);
}

// ---- the C stack

// The stack of this thread. It is asked for when another thread than before enters: that takes system calls.
#ifdef __linux__
// The main thread's stack grows down from what the kernel has put at its top as far as the limit lets it. Asking pthread for it would read
// /proc/self/maps, a tenth of a new VM's time.
static bool main_stack(char **out_low, char **out_high) {
    char *top = (char *)(uintptr_t)getauxval(AT_EXECFN);
    if (top == NULL) return false;
    struct rlimit limit;
    size_t size = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY ? limit.rlim_cur : C_STACK_ASSUMED;
    if (size > (uintptr_t)top) return false;
    *out_low = top - size + C_STACK_ABOVE;
    *out_high = top;
    return true;
}

static bool thread_stack(char **out_low, char **out_high) {
    if (syscall(SYS_gettid) == getpid()) return main_stack(out_low, out_high);
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return false;
    bool known = pthread_attr_getstack(&attributes, &lowest, &size) == 0;
    pthread_attr_destroy(&attributes);
    *out_low = lowest;
    *out_high = *out_low + size;
    return known;
}
#else
static bool thread_stack(char **out_low, char **out_high) { return false; }
#endif

void vm_enter_outermost(VM *vm, char *base) {
    uintptr_t thread = (uintptr_t)pthread_self();
    if (UNLIKELY(thread != vm->thread || base <= vm->thread_stack_low || base > vm->thread_stack_high)) {
        vm->thread = thread;
        // A host that switches stacks of its own (fibers) is believed to have the least of room.
        bool known = thread_stack(&vm->thread_stack_low, &vm->thread_stack_high);
        if (!known || base <= vm->thread_stack_low || base > vm->thread_stack_high) {
            vm->thread_stack_low = base - C_STACK_LEAST;
            vm->thread_stack_high = base;
        }
    }
    char *low = vm->thread_stack_low;
    vm->c_stack_base = base;
    vm->c_stack_limit = base - low > C_STACK_LEAST ? low + C_STACK_MARGIN : low + (base - low) / 2;
}

bool vm_is_this_thread(VM *vm) { return vm->thread == (uintptr_t)pthread_self(); }

bool stack_check_while(VM *vm, const char *doing) {
    // A little earlier than stack_check(), so that of the two in one cycle of calls this one speaks.
    // Whatever recurses over data comes by here: nesting alone can make work without end, so it is counted.
    if (LIKELY((char *)__builtin_frame_address(0) > vm->c_stack_limit + (*doing != 0 ? 16 << 10 : 0))) return vm_charge(vm, 1);
    raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded%s", doing);
    limits_recursion_error(vm);
    return false;
}

bool stack_check(VM *vm) { return stack_check_while(vm, ""); }

// ---- birth and death

static bool run_inits(VM *vm) {
#define INIT(name) if (!name##_init(vm)) return false;
#define CLOSE(name)
#include "vm/inits.def"
#undef INIT
#undef CLOSE
    return true;
}

static void run_closes(VM *vm) {
#define INIT(name)
#define CLOSE(name) name##_close(vm);
#include "vm/inits.def"
#undef INIT
#undef CLOSE
}

static bool vm_bootstrap(VM *vm) {
    vm->class_of_immediate[NONE.bits >> 3] = vm->types.none;
    return frames_init(vm) && classes_bootstrap(vm) && str_bootstrap(vm) && native_names_mark(vm) && classes_complete(vm) && run_inits(vm);
}

VM *vm_new(const VMConfig *config) {
    Allocator allocator = config->allocator.resize != NULL ? config->allocator : allocator_of_libc;
    VM *vm = alloc_new(&allocator, sizeof *vm);
    if (vm == NULL) return NULL;
    memset(vm, 0, sizeof *vm);
    vm->allocator = allocator;
    uint32_t depth = config->limits.recursion_depth ? config->limits.recursion_depth : config->recursion_limit;
    vm->recursion_limit = depth ? depth : RECURSION_LIMIT_DEFAULT;
    vm->int_max_str_digits = INT_MAX_STR_DIGITS_DEFAULT;
    vm->optimize = config->optimize;
    vm->flags = config->flags;
    vm->safe_path = config->flags != NULL && config->flags->safe_path;
    vm->class_epoch = 1;
    vm->limits.exception = vm->limits.memory_exception = UNDEFINED;
    vm->trace.function = vm->trace.profile = NONE;
    vm->handled = &vm->handled_base;
    vm->sys_argv = vm->sys_path = NONE;
    hash_key_init(vm, config->hash_seed);
    vm->hash_is_fixed = config->hash_seed != 0;
    VMEntry entry;
    vm_enter(vm, &entry);
    bool done = heap_open(vm, config->limits.memory_bytes ? config->limits.memory_bytes : config->memory_limit_bytes);
    if (done) {
        vm->heap->collecting = vm->heap->starting = true;   // a half-made VM has nothing to give back, and its tables are not there yet
        done = vm_bootstrap(vm);
        vm->heap->collecting = vm->heap->starting = false;
    }
    vm->flags = NULL;
    LimitValues limits = config->limits;
    if (limits.memory_bytes == 0) limits.memory_bytes = config->memory_limit_bytes;
    done = done && limits_set(vm, &limits);
    vm_leave(vm, &entry);
    if (!done) {
        vm_close(vm);
        return NULL;
    }
    if (config->gc_stress) heap_set_stress(vm, config->gc_stress);
    return vm;
}

// Names that programs see in a module whose globals are being dropped: CPython sets the others to None one by one, in two rounds.
static void module_dict_drop(VM *vm, Dict *dict) {
    for (int round = 0; round < 2; round++) {
        size_t position = 0;
        Value key, value;
        while (dict_next(dict, &position, &key, &value)) {
            if (!is_str(key) || is_none(value)) continue;
            const char *name = str_data(vm, to_str(key));
            size_t size = to_str(key)->size;
            if (name == NULL) continue;
            bool private = size > 0 && name[0] == '_' && (size < 2 || name[1] != '_');
            if (round == 0 ? !private : size == 12 && memcmp(name, "__builtins__", 12) == 0) continue;
            dict->entries[position - 1].value = NONE;
        }
    }
    gc_write_barrier(vm, dict);
}

void vm_finalize(VM *vm) {
    VMEntry entry;
    vm_enter(vm, &entry);
    raised_clear(vm);
    threads_end(vm);
    if (gc_has_finalizers(vm)) {
        gc_collect(vm, true);
        gc_run_pending(vm);
        if (vm->main_module != NULL) {
            module_dict_drop(vm, vm->main_module->dict);
            gc_collect(vm, true);
            gc_run_pending(vm);
        }
        vm->closing = true;
        gc_finalize_all(vm);
        raised_clear(vm);
    }
    vm->closing = true;
    vm_leave(vm, &entry);
}

void vm_close(VM *vm) {
    if (vm == NULL) return;
    VMEntry entry;
    vm_enter(vm, &entry);
    threads_end(vm);
    vm->closing = true;
    if (vm->heap != NULL) {
        vm->heap->collecting = true;   // no more collections
        run_closes(vm);
        str_interned_free(vm);
        object_ids_free(vm);
        method_cache_free(vm);
        frames_free(vm);
        heap_close(vm);
    }
    Allocator allocator = vm->allocator;
    alloc_free(&allocator, vm, sizeof *vm);
}
