// The public API: VMs are made and closed here, handles and scopes kept. coil.h documents every function; api_internal.h the rules inside.
#include "vm/api_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm/folders.h"
#include "vm/heap_internal.h"
#include "vm/output.h"
#include "vm/threads.h"
#include "vm/types/module.h"
#include "vm/version.h"

_Static_assert((int)COIL_FILE_PLAIN == (int)FILE_KIND_FILE && (int)COIL_FILE_DIRECTORY == (int)FILE_KIND_DIRECTORY, "the hook is passed on");

const char *coil_version(void) { return COIL_VERSION_TEXT; }

// ---- handles and scopes

bool handles_grow(VM *vm) {
    struct ApiState *api = vm->api;
    HandleChunk *chunk = api->chunk->next_chunk;
    if (chunk == NULL) {
        chunk = heap_raw_resize(vm, NULL, 0, sizeof *chunk);
        if (chunk == NULL) {
            (void)raise_no_memory(vm);
            return false;
        }
        *chunk = (HandleChunk){.previous = api->chunk, .first = api->chunk->first + HANDLES_PER_CHUNK};
        api->chunk->next_chunk = chunk;
    }
    api->chunk = chunk;
    api->next = chunk->slots;
    api->end = chunk->slots + HANDLES_PER_CHUNK;
    return true;
}

static size_t handles_height(const struct ApiState *api) { return api->chunk->first + (size_t)(api->next - api->chunk->slots); }

size_t coil_scope_open(CoilVM *coil) { return handles_height(vm_of(coil)->api); }

void coil_scope_close(CoilVM *coil, size_t scope) {
    VM *vm = vm_of(coil);
    struct ApiState *api = vm->api;
    if (UNLIKELY(scope > handles_height(api))) {
#ifdef COIL_DEBUG
        api_misuse(vm, "coil_scope_close: this scope is closed already; scopes close in the opposite order of their opening");
#endif
        return;
    }
    // What the closed handles pointed to must not look like a value to a host that goes on using them.
#ifdef COIL_DEBUG
    for (HandleChunk *chunk = api->root; chunk != NULL; chunk = chunk->next_chunk)
        for (size_t i = 0; i < HANDLES_PER_CHUNK; i++)
            if (chunk->first + i >= scope) chunk->slots[i] = ERROR;
#endif
    while (scope < api->chunk->first) api->chunk = api->chunk->previous;
    api->next = api->chunk->slots + (scope - api->chunk->first);
    api->end = api->chunk->slots + HANDLES_PER_CHUNK;
}

CoilValue coil_handle(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NO_HANDLE);
    return handle(vm, value);
}

CoilValue api_handle(VM *vm, Value v) { return handle(vm, v); }
Value api_value(CoilValue v) { return *(Value *)v.slot; }

// ---- references

struct CoilRef {
    Value value;
    CoilRef *next, *previous;
    bool in_use;
};
enum { REFS_PER_BLOCK = 31 };
typedef struct RefBlock {
    struct RefBlock *next;
    CoilRef refs[REFS_PER_BLOCK];
} RefBlock;

static bool refs_grow(VM *vm) {
    struct ApiState *api = vm->api;
    RefBlock *block = heap_raw_resize(vm, NULL, 0, sizeof *block);
    if (block == NULL) {
        (void)raise_no_memory(vm);
        return false;
    }
    memset(block, 0, sizeof *block);
    block->next = api->ref_blocks;
    api->ref_blocks = block;
    for (int i = REFS_PER_BLOCK - 1; i >= 0; i--) {
        block->refs[i].next = api->free_refs;
        api->free_refs = &block->refs[i];
    }
    return true;
}

CoilRef *coil_ref(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NULL);
    struct ApiState *api = vm->api;
    if (api->free_refs == NULL && !refs_grow(vm)) return NULL;
    CoilRef *ref = api->free_refs;
    api->free_refs = ref->next;
    *ref = (CoilRef){.value = value, .next = api->refs, .in_use = true};
    if (api->refs != NULL) api->refs->previous = ref;
    api->refs = ref;
    return ref;
}

CoilValue coil_deref(const CoilRef *ref) { return (CoilValue){ref == NULL ? NULL : (void *)&ref->value}; }

CoilStatus coil_ref_set(CoilVM *coil, CoilRef *ref, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    ref->value = value;
    return COIL_OK;
}

void coil_unref(CoilVM *coil, CoilRef *ref) {
    struct ApiState *api = vm_of(coil)->api;
    if (ref == NULL) return;
    if (!ref->in_use) {
#ifdef COIL_DEBUG
        api_misuse(vm_of(coil), "coil_unref: this reference has been given back already");
#endif
        return;
    }
    if (ref->next != NULL) ref->next->previous = ref->previous;
    if (ref->previous != NULL) ref->previous->next = ref->next;
    else api->refs = ref->next;
    *ref = (CoilRef){.value = ERROR, .next = api->free_refs};
    api->free_refs = ref;
}

void api_handles_trace(VM *vm, const ApiHandles *handles) {
    for (HandleChunk *chunk = handles->root; chunk != NULL; chunk = chunk->next_chunk) {
        const Value *end = chunk == handles->chunk ? handles->next : chunk->slots + HANDLES_PER_CHUNK;
        for (const Value *slot = chunk->slots; slot < end; slot++) gc_mark_value(vm, *slot);
        if (chunk == handles->chunk) break;
    }
}

bool api_handles_new(VM *vm, ApiHandles *out) {
    HandleChunk *chunk = heap_raw_resize(vm, NULL, 0, sizeof *chunk);
    if (chunk == NULL) return raise_no_memory(vm), false;
    memset(chunk, 0, sizeof *chunk);
    *out = (ApiHandles){chunk->slots, chunk->slots + HANDLES_PER_CHUNK, chunk, chunk};
    return true;
}

void api_handles_free(VM *vm, ApiHandles *handles) {
    for (HandleChunk *chunk = handles->root; chunk != NULL;) {
        HandleChunk *next = chunk->next_chunk;
        heap_raw_resize(vm, chunk, sizeof *chunk, 0);
        chunk = next;
    }
    *handles = (ApiHandles){0};
}

static void api_trace(VM *vm, void *data) {
    struct ApiState *api = data;
    ApiHandles handles;
    api_handles_save(vm, &handles);
    api_handles_trace(vm, &handles);
    for (CoilRef *ref = api->refs; ref != NULL; ref = ref->next) gc_mark_value(vm, ref->value);
}

// ---- misuse

void refuse(VM *vm, Value v, const char *function) {
    if (is_raised(vm)) return;
    ENTER(vm);
    raise_error(vm, vm->exc.SystemError, is_undefined(v) ? "%s: given a missing argument" : "%s: given an error handle, but no exception is pending",
                function);
    api_leave(vm, &entry);
}

#ifdef COIL_DEBUG
void api_misuse(VM *vm, const char *format, ...) {
    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (vm->api != NULL && vm->api->misuse != NULL) {
        vm->api->misuse(vm->hooks.user, message);
        return;
    }
    fprintf(stderr, "coil: misuse of the API: %s\n", message);
    abort();
}

bool handle_is_good(VM *vm, CoilValue v) {
    const Value *slot = v.slot;
    const struct ApiState *api = vm->api;
    const char *problem = "a handle of another VM, or no handle at all";
    for (const HandleChunk *chunk = api->root; chunk != NULL; chunk = chunk->next_chunk) {
        if (slot < chunk->slots || slot >= chunk->slots + HANDLES_PER_CHUNK) continue;
        if (chunk->first + (size_t)(slot - chunk->slots) < handles_height(api) && !is_error(*slot)) return true;
        problem = "a handle whose scope is closed";
    }
    for (const RefBlock *block = api->ref_blocks; block != NULL; block = block->next) {
        if ((const char *)slot < (const char *)block || (const char *)slot >= (const char *)(block + 1)) continue;
        if (((const CoilRef *)slot)->in_use) return true;
        problem = "a handle of a reference that has been given back";
    }
    api_misuse(vm, "%s", problem);
    return false;
}

void api_check_thread(VM *vm, const char *function) {
    if (vm->threads == NULL && !vm_is_this_thread(vm)) api_misuse(vm, "%s: another thread is inside this VM", function);
}
#endif

// ---- lifecycle

LimitValues limit_values(const CoilLimits *limits);   // api_limits.c

static void discard_output(void *user, int stream, const char *text, size_t size) {}

static bool api_open(VM *vm, const CoilConfig *config) {
    struct ApiState *api = heap_raw_resize(vm, NULL, 0, sizeof *api);
    if (api == NULL) return false;
    memset(api, 0, sizeof *api);
    api->chunk = api->root = &api->first_chunk;
    api->next = api->first_chunk.slots;
    api->end = api->next + HANDLES_PER_CHUNK;
    api->misuse = config->misuse;
    vm->api = api;
    return gc_add_roots(vm, api_trace, api) && main_module_new(vm);
}

CoilVM *coil_new(const CoilConfig *config) {
    static const CoilConfig defaults;
    if (config == NULL) config = &defaults;
    VMConfig vm_config = {.memory_limit_bytes = config->memory_limit_bytes, .hash_seed = config->hash_seed, .recursion_limit = config->recursion_limit,
                          .optimize = config->optimize, .flags = &config->flags,
                          .limits = limit_values(&config->limits)};
    if (config->allocate != NULL) vm_config.allocator = (Allocator){config->allocate, config->user};
    if (config->gc_stress) vm_config.gc_stress = config->gc_stress_interval ? config->gc_stress_interval : 1;
    VM *vm = vm_new(&vm_config);
    if (vm == NULL) return NULL;
    vm->virtual_time = config->virtual_time;
    vm->plain_loop = config->plain_loop;
    vm->doors.network = config->open_network;
    vm->doors.processes = config->open_processes;
    vm->doors.clock = config->open_clock;
    vm->doors.environment = config->open_environment;
    vm->doors.randomness = config->open_randomness;
    vm->doors.threads = config->open_threads;
    vm->hooks = (struct Hooks){.user = config->user,
                               .file_user = config->user,
                               .write = config->write != NULL ? config->write : discard_output,
                               .flush = config->flush,
                               .read = config->read,
                               .ask = config->ask,
                               .is_terminal = config->is_terminal,
                               .file_kind = config->file_read != NULL ? config->file_kind : NULL,
                               .file_read = config->file_kind != NULL ? config->file_read : NULL,
                               .file_release = config->file_release,
                               .find_module = config->find_module,
                               .release_module = config->release_module,
                               .handle_open = config->handle_open,
                               .handle_read = config->handle_read,
                               .handle_write = config->handle_write,
                               .handle_seek = config->handle_seek,
                               .handle_truncate = config->handle_truncate,
                               .handle_close = config->handle_close,
                               .signal_action = config->signal_action};
    vm->output.unbuffered = config->unbuffered;
    vm->output.by_line = config->is_terminal != NULL && config->is_terminal(config->user, 1);
    VMEntry entry;
    vm_enter(vm, &entry);
    bool ok = api_open(vm, config) && (config->folder_count == 0 || folders_open(vm, config->folders, config->folder_count, config->working_folder));
    vm_leave(vm, &entry);
    if (ok) return (CoilVM *)vm;
    coil_close((CoilVM *)vm);
    return NULL;
}

void api_close(VM *vm) {
    struct ApiState *api = vm->api;
    if (api == NULL) return;
    while (api->ref_blocks != NULL) {
        RefBlock *block = api->ref_blocks;
        api->ref_blocks = block->next;
        heap_raw_resize(vm, block, sizeof *block, 0);
    }
    for (HandleChunk *chunk = api->first_chunk.next_chunk; chunk != NULL;) {
        HandleChunk *next = chunk->next_chunk;
        heap_raw_resize(vm, chunk, sizeof *chunk, 0);
        chunk = next;
    }
    heap_raw_resize(vm, api, sizeof *api, 0);
    vm->api = NULL;
}

void coil_close(CoilVM *coil) {
    VM *vm = vm_of(coil);
    if (vm == NULL) return;
    if (vm->c_stack_base != NULL) {
#ifdef COIL_DEBUG
        api_misuse(vm, "coil_close: the VM is in use");
#endif
        return;
    }
    vm_finalize(vm);
    coil_flush(coil);
    vm_close(vm);
}

void *coil_user(CoilVM *coil) { return vm_of(coil)->hooks.user; }

void coil_flush(CoilVM *coil) {
    VM *vm = vm_of(coil);
    output_flush(vm);
    if (vm->hooks.flush != NULL) vm->hooks.flush(vm->hooks.user, 1);
}

void coil_while_outside(CoilVM *coil, void (*wait)(void *user), void *user) {
    VM *vm = vm_of(coil);
    VMEntry entry;
    vm_enter(vm, &entry);
    void *outside = vm_release(vm);
    wait(user);
    vm_acquire(vm, outside);
    vm_leave(vm, &entry);
}

void coil_output_failed(CoilVM *coil, int error_number) { vm_of(coil)->output.error_number = error_number; }

// ---- the collector

void coil_collect(CoilVM *coil) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    // A pending exception is nowhere but in `entry` now.
    if (entry.vm.base == NULL && is_undefined(entry.pending)) gc_collect_outside(vm);
    else gc_collect(vm, true);
    gc_run_pending(vm);
    api_leave(vm, &entry);
}

bool coil_collect_automatically(CoilVM *coil, bool enabled) { return gc_set_enabled(vm_of(coil), enabled); }

CoilHeapStats coil_heap_stats(CoilVM *coil) {
    HeapStats stats = heap_stats(vm_of(coil));
    return (CoilHeapStats){.bytes = stats.bytes,
                           .peak_bytes = stats.peak_bytes,
                           .young_collections = stats.young_collections,
                           .full_collections = stats.full_collections,
                           .allocated_bytes = stats.allocated_bytes};
}
