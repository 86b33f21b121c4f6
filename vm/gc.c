// The collector: marking from the roots, the write barrier, finalizers, and the order of it all.
//
// A young collection keeps the marks of former ones: what is marked is old and stays. It marks from the roots and from the remembered
// old objects (those stored into since), then sweeps only blocks with young objects. A full one clears the marks first.
//
//     state of an object      GC_MARKED   GC_BARRIER
//     young                       0           0
//     marked, on the mark stack   1           0      (GC_GREY instead of a place on the stack when that could not grow)
//     old                         1           1      a store into it calls gc_remember()
//     old and remembered          1           0      traced again by the next young collection
//
// Shapes, classes and interned strings are born old (gc_tenure): weak tables and inline caches that name them are cleaned in full
// collections only. Finalizers and callbacks of weak references never run inside a collection: they are queued, and
// the queue is worked off at a safepoint of the interpreter loop.
#include "vm/trace.h"
#include "vm/heap_internal.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/kinds.h"
#include "vm/native.h"
#include "vm/shape.h"
#include "vm/threads.h"
#include "vm/types/containers.h"
#include "vm/types/generator.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/weakref.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

enum { REMEMBER_VALUES_FROM = 512, REMEMBER_VALUES_MOST = 1 << 18 };
enum { YOUNG_THRESHOLD_MOST = 32 << 20 };

// The owners of weak tables drop what is not marked. In full collections only.
void str_interned_sweep(VM *vm);
void object_ids_sweep(VM *vm);
void shapes_sweep_transitions(VM *vm);
void classes_sweep(VM *vm);
void method_cache_clear(VM *vm);
// Suspended inside a try or with statement, or a coroutine that was never awaited: suspend.c.
bool generator_needs_finalizer(Generator *generator);
void generator_finalize(VM *vm, Generator *generator);

// ---- marking

// Everything an object of this kind could refer to stands in its shape.
static bool object_is_leaf(const Object *object) {
    if (object->shape != NULL && object->shape->slots_offset != 0) return false;
    if (object->kind == KIND_STR) return !(object->flags & (STR_ROPE | STR_SHARES | STR_OWNS_DATA));   // an owner may share later
    return kind_functions[object->kind].trace == NULL;
}

void gc_mark_object(VM *vm, void *object_or_null) {
    Object *object = object_or_null;
    if (object == NULL || object->gc & GC_MARKED) return;
    Heap *heap = vm->heap;
#ifdef COIL_DEBUG
    if (heap->verifying != NULL) {
        fprintf(stderr, "gc: a marked object of kind %d refers to an unmarked one of kind %d: a write barrier is missing\n", heap->verifying->kind,
                object->kind);
        abort();
    }
#endif
    object->gc |= GC_MARKED;
    heap->marked_bytes += heap_object_size(object);
    if (object->shape != NULL && !(object->shape->head.gc & GC_MARKED)) gc_mark_object(vm, object->shape);
    if (object_is_leaf(object)) return;
    if (UNLIKELY(!object_stack_push(vm, &heap->marks, object))) {
        object->gc |= GC_GREY;
        heap->marks_overflowed = true;
    }
}

static void slots_trace(VM *vm, Object *object) {
    Shape *shape = object->shape;
    void **more = object_more(object, shape);
    uint32_t inline_count = shape->slot_count < shape->inline_count ? shape->slot_count : shape->inline_count;
    ptrdiff_t step = shape->slots_offset != SLOTS_AT_END ? 1 : -1;
    Value *slot = (Value *)(more + step);
    for (uint32_t i = 0; i < inline_count; i++, slot += step) gc_mark_value(vm, *slot);
    if (*more == NULL) return;
    if (shape->dict_mode) {
        gc_mark_object(vm, *more);
        return;
    }
    MoreSlots *rest = *more;
    for (uint32_t i = inline_count; i < shape->slot_count; i++) gc_mark_value(vm, rest->slots[i - inline_count]);
}

static void object_trace(VM *vm, Object *object) {
    void (*trace)(VM *, Object *) = kind_functions[object->kind].trace;
    if (trace != NULL) trace(vm, object);
    if (object->shape != NULL && object->shape->slots_offset != 0) slots_trace(vm, object);
    // The registers of a running generator change without a barrier: it stays remembered.
    if (object->kind >= KIND_GENERATOR && object->kind <= KIND_ASYNC_GENERATOR &&
        ((Generator *)object)->run_state == GENERATOR_RUNNING) {
        object->gc &= (uint8_t)~GC_BARRIER;
        if (!object_stack_push(vm, &vm->heap->remembered, object)) vm->heap->remembered_overflowed = true;
        return;
    }
    object->gc |= GC_BARRIER;
}

static void grey_visit(void *user, Object *object) {
    VM *vm = user;
    if (!(object->gc & GC_GREY)) return;
    object->gc &= (uint8_t)~GC_GREY;
    object_trace(vm, object);
}

static void marks_drain(VM *vm) {
    Heap *heap = vm->heap;
    for (;;) {
        while (heap->marks.count) object_trace(vm, heap->marks.items[--heap->marks.count]);
        if (!heap->marks_overflowed) return;
        heap->marks_overflowed = false;
        gc_each_object(vm, grey_visit, vm);
    }
}

#ifdef COIL_DEBUG
static void marked_verify(void *user, Object *object) {
    VM *vm = user;
    if (!(object->gc & GC_MARKED)) return;
    bool running = object->kind >= KIND_GENERATOR && object->kind <= KIND_ASYNC_GENERATOR && ((Generator *)object)->run_state == GENERATOR_RUNNING;
    if (running) return;   // its registers change without a barrier
    vm->heap->verifying = object;
    void (*trace)(VM *, Object *) = kind_functions[object->kind].trace;
    if (trace != NULL) trace(vm, object);
    if (object->shape != NULL && object->shape->slots_offset != 0) slots_trace(vm, object);
    vm->heap->verifying = NULL;
}
#endif

// Under stress, after the marking of a young collection: do old objects refer to nothing that is about to be freed?
static void marks_verify(VM *vm) {
#ifdef COIL_DEBUG
    if (vm->heap->stress && !vm->heap->full && !vm->skip_temporaries) gc_each_object(vm, marked_verify, vm);
#endif
}

// ---- roots

enum { SCRUB_BYTES = 4096 };

__attribute__((no_sanitize("address"))) void gc_scan_memory(VM *vm, const char *from, const char *to) {
    Heap *heap = vm->heap;
    uintptr_t low = (uintptr_t)from & ~(uintptr_t)7;
    for (const uintptr_t *word = (const uintptr_t *)low; (const char *)word < to; word++) {
        Object *object = heap_find_object(heap, *word);
        if (object != NULL) gc_mark_object(vm, object);
    }
}

// The registers are spilled into the frame of this function, below which nothing of the mutator's stands.
__attribute__((noinline, no_sanitize("address"))) static void c_stack_mark(VM *vm) {
    threads_scan_stacks(vm);
    if (vm->c_stack_base == NULL) return;
    jmp_buf registers;
    __builtin_unwind_init();
    (void)setjmp(registers);
    heap_sort_large(vm->heap);
    char *here = __builtin_frame_address(0);
    const char *from = (char *)&registers < here ? (char *)&registers : here;
    // What gc.collect() itself and the loop that calls it have on the C stack is not worth looking at: old values lie about there.
    if (vm->heap->settled) from = vm->loop_base;
    gc_scan_memory(vm, from, vm->c_stack_base);
}

// The frames that C makes next have holes which nobody writes to, and old values in them would be taken for live ones.
__attribute__((noinline, no_sanitize("address"))) void gc_scrub_stack(void) {
    volatile char dead[SCRUB_BYTES];
    for (size_t i = 0; i < sizeof dead; i++) dead[i] = 0;
}

void gc_collect_outside(VM *vm) {
    char *base = vm->c_stack_base;
    vm->c_stack_base = NULL;
    gc_collect(vm, true);
    vm->c_stack_base = base;
}

static void roots_mark(VM *vm) {
    Heap *heap = vm->heap;
#define TYPE(field, name, kind, flags) gc_mark_object(vm, vm->types.field);
#include "vm/types.def"
#undef TYPE
    gc_mark_object(vm, vm->exc.BaseException);
    gc_mark_object(vm, vm->exc.ExceptionGroup);
#define EXCEPTION(name, base, doc) gc_mark_object(vm, vm->exc.name);
#include "vm/exceptions.def"
#undef EXCEPTION
#define NAME(name) gc_mark_object(vm, vm->names.name);
#define SPECIAL(id, field, text) gc_mark_object(vm, vm->names.field);
#include "vm/names.def"
#include "vm/specials.def"
#undef NAME
#undef SPECIAL
    gc_mark_object(vm, vm->empty_str);
    for (int i = 0; i < 128; i++) gc_mark_object(vm, vm->ascii_strs[i]);
    gc_mark_object(vm, vm->empty_tuple);
    gc_mark_object(vm, vm->builtins);
    gc_mark_object(vm, vm->modules);
    gc_mark_object(vm, vm->sys_module);
    gc_mark_value(vm, vm->memory_error);
    limits_trace(vm);
    trace_mark(vm);
    gc_mark_value(vm, vm->asyncgen_firstiter);
    gc_mark_value(vm, vm->asyncgen_finalizer);
    gc_mark_object(vm, vm->asyncgen_hooks_type);
    gc_mark_object(vm, vm->warned);
    gc_mark_object(vm, vm->main_module);
    gc_mark_object(vm, vm->resumed);
    gc_mark_value(vm, vm->raised);
    gc_mark_value(vm, vm->context);
    gc_mark_value(vm, vm->sys_argv);
    gc_mark_value(vm, vm->sys_path);
    for (HandledState *state = vm->handled; state != NULL; state = state->previous) gc_mark_value(vm, state->exception);
    gc_mark_value(vm, vm->handled_base.exception);
    for (size_t i = 0; i < heap->immortals.count; i++) gc_mark_object(vm, heap->immortals.items[i]);
    for (size_t i = 0; i < heap->pending_count; i++) gc_mark_object(vm, heap->pending[i].object);
    for (size_t i = 0; i < heap->tracer_count; i++) heap->tracers[i].trace(vm, heap->tracers[i].data);
    frames_trace(vm);
    threads_trace(vm);
}

bool gc_add_roots(VM *vm, void (*trace)(VM *vm, void *data), void *data) {
    Heap *heap = vm->heap;
    if (heap->tracer_count == heap->tracer_capacity) {
        size_t capacity = heap->tracer_capacity ? heap->tracer_capacity * 2 : 8;
        RootTracer *tracers =
            heap_raw_resize(vm, heap->tracers, heap->tracer_capacity * sizeof *tracers, capacity * sizeof *tracers);
        if (tracers == NULL) {
            raise_no_memory(vm);
            return false;
        }
        heap->tracers = tracers;
        heap->tracer_capacity = capacity;
    }
    heap->tracers[heap->tracer_count++] = (RootTracer){trace, data};
    return true;
}

void gc_remove_roots(VM *vm, void *data) {
    Heap *heap = vm->heap;
    for (size_t i = 0; i < heap->tracer_count; i++) {
        if (heap->tracers[i].data != data) continue;
        heap->tracers[i] = heap->tracers[--heap->tracer_count];
        return;
    }
}

void gc_make_immortal(VM *vm, void *pointer) {
    Object *object = pointer;
    if (object->gc & GC_IMMORTAL) return;
    object->gc |= GC_IMMORTAL;
    if (!object_stack_push(vm, &vm->heap->immortals, object)) vm->heap->enabled = false;   // rather no collections than a lost root
}

// ---- barrier

void gc_remember(VM *vm, Object *container) {
    container->gc &= (uint8_t)~GC_BARRIER;
    if (UNLIKELY(!object_stack_push(vm, &vm->heap->remembered, container))) vm->heap->remembered_overflowed = true;
}

// A container stays old and unremembered; what was stored becomes a root of the next young collection.
void gc_remember_value(VM *vm, Object *container, Value value) {
    ObjectStack *values = &vm->heap->remembered_values;
    size_t count = 0;
    if (container->kind == KIND_LIST) count = ((List *)container)->count;
    else if (container->kind == KIND_DICT) count = ((Dict *)container)->entry_count;
    else if (container->kind == KIND_SET) count = ((Set *)container)->mask;
    if (count < REMEMBER_VALUES_FROM || values->count >= REMEMBER_VALUES_MOST) {
        gc_remember(vm, container);
        return;
    }
    if (!is_object(value) || to_object(value)->gc & GC_MARKED) return;
    if (!object_stack_push(vm, values, to_object(value))) gc_remember(vm, container);
}

void gc_tenure(VM *vm, void *pointer) {
    Object *object = pointer;
    if (object->gc & GC_MARKED) return;
    object->gc |= GC_MARKED;
    if (object_is_leaf(object)) return;
    gc_remember(vm, object);
}

// ---- finalizers

bool gc_pending_push(VM *vm, PendingKind kind, Object *object) {
    Heap *heap = vm->heap;
    if (heap->pending_count == heap->pending_capacity) {
        size_t capacity = heap->pending_capacity ? heap->pending_capacity * 2 : 32;
        Pending *pending = heap_raw_resize(vm, heap->pending, heap->pending_capacity * sizeof *pending, capacity * sizeof *pending);
        if (pending == NULL) return false;
        heap->pending = pending;
        heap->pending_capacity = capacity;
    }
    heap->pending[heap->pending_count++] = (Pending){kind, object};
    return true;
}

static bool object_needs_finalizer(Object *object) {
    if (object->gc & GC_FINALIZED) return false;
    if (object->kind >= KIND_GENERATOR && object->kind <= KIND_ASYNC_GENERATOR) return generator_needs_finalizer((Generator *)object);
    if (object->kind == KIND_HOST && object->flags & HOST_FINALIZE) return true;
    return object->shape != NULL && object->shape->cls->flags & CLASS_HAS_DEL;
}

static void finalizer_queue(VM *vm, Object *object) {
    if (!object_needs_finalizer(object)) return;
    // Without memory for the queue it lives on until the next collection.
    if (gc_pending_push(vm, PENDING_FINALIZER, object)) object->gc |= GC_FINALIZED;
    else if (vm->heap->collecting) gc_mark_object(vm, object);
}

static void finalizers_find(VM *vm) {
    Heap *heap = vm->heap;
    size_t before = heap->pending_count;
    heap_each_dead_finalizable(vm, false, finalizer_queue);
    for (size_t i = before; i < heap->pending_count; i++) gc_mark_object(vm, heap->pending[i].object);
    marks_drain(vm);
}

// Once the scripts have been ended for a breached limit, C code alone is run.
static void pending_run_one(VM *vm, Pending pending) {
    Value object = from_object(pending.object), result;
    bool ended = vm->limits.final;
    if (ended && pending.object->kind != KIND_HOST) return;
    if (pending.kind == PENDING_CALLBACK) {
        Weakref *ref = (Weakref *)pending.object;
        Value callback = ref->callback;
        ref->callback = NONE;
        if (is_none(callback)) return;
        result = call1(vm, callback, object);
        if (is_error(result)) raised_report_unraisable(vm, NULL, callback);
        return;
    }
    if (is_generator_like(object)) {
        generator_finalize(vm, to_generator(object));
        return;
    }
    if (pending.object->kind == KIND_HOST && pending.object->flags & HOST_FINALIZE) {
        pending.object->flags &= (uint16_t)~HOST_FINALIZE;
        class_of(vm, object)->host_finalize(vm, pending.object);
    }
    Value function = ended ? UNDEFINED : class_special(vm, class_of(vm, object), SPECIAL_DEL);
    if (is_undefined(function) || is_none(function)) return;
    result = call_special(vm, object, SPECIAL_DEL, NULL, 0);
    if (is_error(result)) raised_report_unraisable(vm, NULL, function);
}

void gc_run_pending(VM *vm) {
    Heap *heap = vm->heap;
    if (heap->running_pending || heap->pending_next == heap->pending_count) return;
    heap->running_pending = true;
    Value raised = vm->raised;
    vm->raised = UNDEFINED;
    while (heap->pending_next < heap->pending_count) {
        Pending pending = heap->pending[heap->pending_next++];
        pending_run_one(vm, pending);
        if (heap->pending_next >= 64) {   // done ones leave, so that they can be freed
            heap->pending_count -= heap->pending_next;
            memmove(heap->pending, heap->pending + heap->pending_next, heap->pending_count * sizeof *heap->pending);
            heap->pending_next = 0;
        }
    }
    heap->pending_next = heap->pending_count = 0;
    vm->raised = raised;
    heap->running_pending = false;
}

// Is there anything that wants to hear of its end? Most short programs have nothing.
bool gc_has_finalizers(VM *vm) {
    Heap *heap = vm->heap;
    if (heap->weak_count != 0 || heap->pending_next != heap->pending_count) return true;
    for (unsigned i = 0; i < HEAP_SPACE_SHAPES; i++)
        for (Block *block = heap->spaces[i].all; block != NULL; block = block->next_of_space)
            if (block->finalizers) return true;
    for (size_t i = 0; i < heap->large_count; i++)
        if (((LargeHeader *)heap->large[i] - 1)->finalizers) return true;
    return false;
}

void gc_finalize_all(VM *vm) {
    Heap *heap = vm->heap;
    gc_collect(vm, true);
    gc_run_pending(vm);
    heap->full = true;
    heap_each_dead_finalizable(vm, true, finalizer_queue);
    gc_run_pending(vm);
}

// ---- a collection

static void object_unmark(void *user, Object *object) {
    object->gc &= (uint8_t)~(GC_MARKED | GC_BARRIER | GC_GREY);
}

static void remembered_trace(VM *vm) {
    Heap *heap = vm->heap;
    ObjectStack before = heap->remembered;
    heap->remembered = heap->remembered_before;
    heap->remembered.count = 0;
    heap->remembered_before = before;
    for (size_t i = 0; i < before.count; i++) object_trace(vm, before.items[i]);
    heap->remembered_before.count = 0;
    for (size_t i = 0; i < heap->remembered_values.count; i++) gc_mark_object(vm, heap->remembered_values.items[i]);
    heap->remembered_values.count = 0;
}

static void thresholds_update(Heap *heap) {
    size_t live = heap->old_bytes + heap->buffer_bytes;
    if (heap->full) {
        heap->full_threshold = live > FULL_THRESHOLD_LEAST / 2 ? live * 2 : FULL_THRESHOLD_LEAST;
        heap->full_due = false;
    } else {
        heap->full_due = live > heap->full_threshold;
    }
    size_t young = live / 8;
    if (young < YOUNG_THRESHOLD_LEAST) young = YOUNG_THRESHOLD_LEAST;
    if (young > YOUNG_THRESHOLD_MOST) young = YOUNG_THRESHOLD_MOST;
    heap->young_threshold = young;
    heap->allocated = 0;
}

static void weak_tables_sweep(VM *vm) {
    method_cache_clear(vm);
    str_interned_sweep(vm);
    object_ids_sweep(vm);
    shapes_sweep_transitions(vm);
    classes_sweep(vm);
    code_clear_dead_caches(vm);
}

bool gc_defer(VM *vm, Object *object) { return object_stack_push(vm, &vm->heap->deferred, object); }

// What no temporary and no C code alone keeps alive has been marked: now the rest.
static void temporaries_mark(VM *vm) {
    ObjectStack *deferred = &vm->heap->deferred;
    marks_drain(vm);
    vm->skip_temporaries = false;
    for (size_t i = 0; i < deferred->count; i++) object_trace(vm, deferred->items[i]);
    deferred->count = 0;
    frames_trace(vm);
}

void gc_collect(VM *vm, bool full) {
    Heap *heap = vm->heap;
    if (heap->collecting) return;
    heap->collecting = true;
    full = full || heap->remembered_overflowed;
    heap->full = full;
    heap_finish_sweep(vm);
    heap->marked_bytes = 0;
    if (full) {
        gc_each_object(vm, object_unmark, NULL);
        heap->remembered.count = heap->remembered_values.count = 0;
        heap->remembered_overflowed = false;
        heap->old_bytes = 0;
    } else {
        remembered_trace(vm);
    }
    roots_mark(vm);
    if (UNLIKELY(vm->skip_temporaries)) temporaries_mark(vm);
    c_stack_mark(vm);
    marks_drain(vm);
    weak_table_clear_dead(vm);
    finalizers_find(vm);
    marks_verify(vm);
    heap->old_bytes += heap->marked_bytes;
    if (full) {
        weak_tables_sweep(vm);
        heap_sweep_all(vm);
        heap->full_collections++;
        limits_memory_collected(vm);
    } else {
        heap_schedule_sweep(vm);
        heap->young_collections++;
    }
    thresholds_update(heap);
    vm->collection_due = heap->pending_next != heap->pending_count;
    heap->collecting = false;
}

void gc_collect_for_python(VM *vm, NativeFunction caller) {
    vm->heap->settled = frame_is_calling(vm, caller);
    gc_collect(vm, true);
    vm->heap->settled = false;
    vm->ticks -= (int64_t)(vm->heap->marked_bytes / 64);   // a script may do nothing else
    gc_run_pending(vm);
}

bool gc_frames_are_settled(VM *vm) { return vm->heap->settled; }

void gc_collect_due(VM *vm) {
    vm->heap->keep_emptied = true;
    gc_collect(vm, vm->heap->full_due);
    vm->heap->keep_emptied = false;
}

void gc_safepoint(VM *vm) {
    Heap *heap = vm->heap;
    vm->collection_due = false;
    if (heap->enabled && heap->allocated >= heap->young_threshold) gc_collect_due(vm);
    // Native work that charges for itself has sizes and pointers in its hands that no finalizer must change.
    if (vm->charging) vm->collection_due = heap->pending_next != heap->pending_count;
    else gc_run_pending(vm);
}

// ---- what a dead object owns

void object_release(VM *vm, Object *object) {
    void (*release)(VM *, Object *) = kind_functions[object->kind].free;
    if (release != NULL) release(vm, object);
    Shape *shape = object->shape;
    if (shape == NULL || shape->slots_offset == 0 || shape->dict_mode) return;
    void **more = object_more(object, shape);
    if (*more == NULL) return;
    MoreSlots *slots = *more;
    buffer_free(vm, slots, sizeof *slots + slots->capacity * sizeof(Value));
    *more = NULL;
}
