// Queue, LifoQueue and PriorityQueue.
//
// The items of a plain Queue stand in a ring, those of the two others in a list. Subclasses written in Python may keep them their own way
// (_init, _put, _get, get_nowait, put_nowait, or methods that say how many there are): then everything asks the methods, and `_queue` is a list or what they set.
#include "stdlib/asyncio/asyncio.h"

enum { QUEUE_FIFO, QUEUE_LIFO, QUEUE_PRIORITY, QUEUE_CUSTOM };
enum { FIRST_ITEMS = 4 };

typedef struct Queue {
    Object head;                 // flags: QUEUE_...
    Value maxsize;
    int64_t limit;               // maxsize as far as it matters; 0: none
    Value *items;
    size_t first, count, capacity;   // capacity: a power of two
    Value store;                 // a List, or what a subclass has made of it
    WaiterList getters, putters, joiners;
    size_t unfinished;
    bool shut;                   // shutdown() was called
    Loop *loop;
} Queue;
const size_t queue_size = sizeof(Queue);

static Queue *to_queue(Value v) { return (Queue *)to_object(v); }
static Queue *queue_of(Operation *operation) { return (Queue *)operation->owner; }

void queue_trace(VM *vm, Object *object) {
    Queue *queue = (Queue *)object;
    gc_mark_value(vm, queue->maxsize);
    gc_mark_value(vm, queue->store);
    gc_mark_object(vm, queue->getters.first);
    gc_mark_object(vm, queue->putters.first);
    gc_mark_object(vm, queue->joiners.first);
    gc_mark_object(vm, queue->loop);
    for (size_t i = 0; i < queue->count; i++) gc_mark_value(vm, queue->items[(queue->first + i) & (queue->capacity - 1)]);
}

void queue_free(VM *vm, Object *object) {
    Queue *queue = (Queue *)object;
    buffer_free(vm, queue->items, queue->capacity * sizeof(Value));
    queue->items = NULL;
    queue->capacity = queue->count = 0;
}

// ---- the items

static bool ring_push(VM *vm, Queue *queue, Value item) {
    if (queue->count == queue->capacity) {
        size_t capacity = queue->capacity == 0 ? FIRST_ITEMS : queue->capacity * 2, size;
        if (!size_for(vm, capacity, sizeof(Value), 0, &size)) return false;
        Value *items = buffer_new_unset(vm, size);
        if (items == NULL) return false;
        size_t before_end = queue->capacity - queue->first;   // it is full
        if (queue->count > 0) {
            memcpy(items, queue->items + queue->first, before_end * sizeof *items);
            memcpy(items + before_end, queue->items, queue->first * sizeof *items);
        }
        buffer_free(vm, queue->items, queue->capacity * sizeof(Value));
        queue->items = items;
        queue->first = 0;
        queue->capacity = capacity;
    }
    queue->items[(queue->first + queue->count++) & (queue->capacity - 1)] = item;
    gc_write_barrier(vm, queue);
    return true;
}

static Value ring_pop(Queue *queue) {
    Value item = queue->items[queue->first];
    queue->items[queue->first] = UNDEFINED;
    queue->first = (queue->first + 1) & (queue->capacity - 1);
    queue->count--;
    return item;
}

// Comparisons run Python code, which may do anything to the list: it is looked at anew after each.
static bool heap_push(VM *vm, List *heap, Value item) {
    if (!list_append(vm, heap, item)) return false;
    size_t at = heap->count - 1;
    while (at > 0) {
        size_t parent = (at - 1) / 2;
        int less = value_less(vm, item, heap->items[parent]);
        if (less < 0) return false;
        if (!less) break;
        if (at >= heap->count) return raise_error(vm, vm->exc.RuntimeError, "list changed size during iteration"), false;
        heap->items[at] = heap->items[parent];
        heap->items[parent] = item;
        at = parent;
    }
    gc_write_barrier(vm, heap);
    return true;
}

static Value heap_pop(VM *vm, List *heap) {
    Value last = list_pop(vm, heap, -1);
    if (is_error(last) || heap->count == 0) return last;
    Value first = heap->items[0];
    heap->items[0] = last;
    gc_write_barrier(vm, heap);
    for (size_t at = 0, child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count) {
            int less = value_less(vm, heap->items[child], heap->items[child + 1]);
            if (less < 0) return ERROR;
            if (!less) child++;
        }
        if (child >= heap->count) break;
        int less = value_less(vm, heap->items[child], last);
        if (less < 0) return ERROR;
        if (!less || child >= heap->count) break;
        heap->items[at] = heap->items[child];
        heap->items[child] = last;
    }
    gc_write_barrier(vm, heap);
    return first;
}

static bool needs_list(VM *vm, Queue *queue) {
    if (is_list(queue->store)) return true;
    raise_type_error(vm, "the queue's items are no list but %T", queue->store);
    return false;
}

static bool store_put(VM *vm, Queue *queue, Value item) {
    if (queue->head.flags == QUEUE_FIFO) return ring_push(vm, queue, item);
    if (!needs_list(vm, queue)) return false;
    if (class_is_subclass(queue->head.shape->cls, ASYNCIO(vm)->priority_queue)) return heap_push(vm, to_list(queue->store), item);
    return list_append(vm, to_list(queue->store), item);
}

static Value store_get(VM *vm, Queue *queue) {
    if (queue->head.flags == QUEUE_FIFO) return queue->count > 0 ? ring_pop(queue) : raise_with_args(vm, vm->exc.IndexError, 0, NULL);
    if (!needs_list(vm, queue)) return ERROR;
    Class *cls = queue->head.shape->cls;
    if (class_is_subclass(cls, ASYNCIO(vm)->priority_queue)) return heap_pop(vm, to_list(queue->store));
    return list_pop(vm, to_list(queue->store), class_is_subclass(cls, ASYNCIO(vm)->lifo_queue) ? -1 : 0);
}

static ptrdiff_t store_count(VM *vm, Queue *queue) {
    if (queue->head.flags == QUEUE_FIFO) return (ptrdiff_t)queue->count;
    return is_list(queue->store) ? (ptrdiff_t)to_list(queue->store)->count : value_length(vm, queue->store);
}

// ---- empty, full; by the methods of a subclass. 1, 0, -1

static Value call_by_name(VM *vm, Queue *queue, const char *method, const Value *args, int argc) {
    Str *name = str_intern_c(vm, method);
    return name == NULL ? ERROR : call_method(vm, from_object(queue), name, args, argc);
}

static int ask(VM *vm, Queue *queue, const char *method) {
    Value answer = call_by_name(vm, queue, method, NULL, 0);
    return is_error(answer) ? -1 : value_is_true(vm, answer);
}

static int is_empty(VM *vm, Queue *queue) {
    if (queue->head.flags == QUEUE_CUSTOM) return ask(vm, queue, "empty");
    ptrdiff_t count = store_count(vm, queue);
    return count < 0 ? -1 : count == 0;
}

static int is_full(VM *vm, Queue *queue) {
    if (queue->head.flags == QUEUE_CUSTOM) return ask(vm, queue, "full");
    ptrdiff_t count = queue->limit > 0 ? store_count(vm, queue) : 0;
    return count < 0 ? -1 : queue->limit > 0 && count >= queue->limit;
}

// ---- put and get without waiting

static bool wake_next(VM *vm, Queue *queue, WaiterList *list) {
    while (list->first != NULL) {
        Operation *operation = list->first;
        waiters_remove(vm, queue, list, operation);
        if (operation_is_waiting(operation)) return operation_tell(vm, operation);
    }
    return true;
}

static bool queue_put(VM *vm, Queue *queue, Value item) {
    if (queue->head.flags == QUEUE_CUSTOM) {
        if (is_error(call_by_name(vm, queue, "_put", &item, 1))) return false;
    } else if (!store_put(vm, queue, item)) {
        return false;
    }
    queue->unfinished++;
    return wake_next(vm, queue, &queue->getters);
}

static Value queue_get(VM *vm, Queue *queue) {
    Value item = queue->head.flags == QUEUE_CUSTOM ? call_by_name(vm, queue, "_get", NULL, 0) : store_get(vm, queue);
    return is_error(item) || !wake_next(vm, queue, &queue->putters) ? ERROR : item;
}

// ---- operations

static DelegateOutcome wait_in(VM *vm, Operation *operation, WaiterList *list) {
    Queue *queue = queue_of(operation);
    if (operation->future.loop == NULL && (operation->future.loop = loop_running_required(vm)) == NULL) return DELEGATE_RAISED;
    if (!operation_bind_loop(vm, operation, &queue->loop)) return DELEGATE_RAISED;
    waiters_add(vm, queue, list, operation);
    return DELEGATE_SUSPEND;
}

static Value raise_shut(VM *vm) { return raise_with_args(vm, ASYNCIO(vm)->QueueShutDown, 0, NULL); }

static DelegateOutcome get_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Queue *queue = queue_of(operation);
    int empty = is_empty(vm, queue);
    if (empty < 0 || (empty && queue->shut && is_error(raise_shut(vm)))) return DELEGATE_RAISED;
    if (empty) return wait_in(vm, operation, &queue->getters);
    *out = queue->head.flags == QUEUE_CUSTOM ? call_by_name(vm, queue, "get_nowait", NULL, 0) : queue_get(vm, queue);
    return is_error(*out) ? DELEGATE_RAISED : DELEGATE_DONE;
}

static DelegateOutcome put_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Queue *queue = queue_of(operation);
    if (queue->shut && is_error(raise_shut(vm))) return DELEGATE_RAISED;
    int full = is_full(vm, queue);
    if (full < 0) return DELEGATE_RAISED;
    if (full) return wait_in(vm, operation, &queue->putters);
    *out = NONE;
    if (queue->head.flags == QUEUE_CUSTOM) return is_error(call_by_name(vm, queue, "put_nowait", &operation->item, 1)) ? DELEGATE_RAISED : DELEGATE_DONE;
    return queue_put(vm, queue, operation->item) ? DELEGATE_DONE : DELEGATE_RAISED;
}

static DelegateOutcome join_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Queue *queue = queue_of(operation);
    *out = NONE;
    if (woken || queue->unfinished == 0) return DELEGATE_DONE;
    return wait_in(vm, operation, &queue->joiners);
}

// One that was woken and does not go on passes the turn to the next, if there still is something to do.
static bool get_abandon(VM *vm, Operation *operation, bool woken) {
    Queue *queue = queue_of(operation);
    waiters_remove(vm, queue, &queue->getters, operation);
    int empty = woken ? is_empty(vm, queue) : 1;
    return empty >= 0 && (empty || wake_next(vm, queue, &queue->getters));
}

static bool put_abandon(VM *vm, Operation *operation, bool woken) {
    Queue *queue = queue_of(operation);
    waiters_remove(vm, queue, &queue->putters, operation);
    int full = woken ? is_full(vm, queue) : 1;
    return full >= 0 && (full || wake_next(vm, queue, &queue->putters));
}

static bool join_abandon(VM *vm, Operation *operation, bool woken) {
    waiters_remove(vm, operation->owner, &queue_of(operation)->joiners, operation);
    return true;
}

static const OperationDef get_operation = {"Queue.get", get_advance, get_abandon}, put_operation = {"Queue.put", put_advance, put_abandon},
                          join_operation = {"Queue.join", join_advance, join_abandon};

static Value method_get(VM *vm, const Value *args, int argc) { return operation_new(vm, &get_operation, to_object(args[0]), UNDEFINED); }
static Value method_put(VM *vm, const Value *args, int argc) { return operation_new(vm, &put_operation, to_object(args[0]), args[1]); }
static Value method_join(VM *vm, const Value *args, int argc) { return operation_new(vm, &join_operation, to_object(args[0]), UNDEFINED); }

// When they need not wait and it is a plain queue, no operation is made.
static Value get_awaited(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    return queue->head.flags == QUEUE_FIFO && queue->count > 0 ? queue_get(vm, queue) : UNDEFINED;
}
static Value put_awaited(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    if (queue->head.flags != QUEUE_FIFO || queue->shut || (queue->limit > 0 && (int64_t)queue->count >= queue->limit)) return UNDEFINED;
    return queue_put(vm, queue, args[1]) ? NONE : ERROR;
}
const AwaitedDef queue_awaited[] = {{"get", get_awaited}, {"put", put_awaited}, {0}};

// ---- the other methods

// Does the class of the queue have its own way for one of the methods that matter?
static bool is_custom(VM *vm, Class *cls) {
    static const char *const names[] = {"_init", "_put", "_get", "qsize", "empty", "full", "get_nowait", "put_nowait"};
    Class *base = cls;
    while (base->flags & CLASS_HEAP) base = base->base;
    for (size_t i = 0; cls != base && i < sizeof names / sizeof names[0]; i++) {
        Str *name = str_intern_c(vm, names[i]);
        if (name != NULL && !value_same(class_lookup(vm, cls, name), class_lookup(vm, base, name))) return true;
    }
    return false;
}

static Value method_base_init(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    if (queue->head.flags == QUEUE_FIFO) return NONE;
    List *list = list_new(vm, 0);
    if (list == NULL) return ERROR;
    queue->store = from_object(list);
    gc_write_barrier(vm, queue);
    return NONE;
}

static Value method_init(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    Class *cls = queue->head.shape->cls;
    queue->maxsize = arg_or(args, argc, 1, from_int(0));
    Value number = int_or_bool(queue->maxsize);
    if (is_undefined(number)) {
        double limit;
        if (!value_as_double(vm, queue->maxsize, &limit)) return ERROR;
        queue->limit = limit <= 0 ? 0 : limit >= 9e18 ? INT64_MAX : (int64_t)limit + ((double)(int64_t)limit < limit);
    } else if (!int_as_i64(number, &queue->limit)) {
        queue->limit = int_sign(number) < 0 ? 0 : INT64_MAX;
    }
    if (queue->limit < 0) queue->limit = 0;
    queue->head.flags = is_custom(vm, cls)                                      ? QUEUE_CUSTOM
                        : class_is_subclass(cls, ASYNCIO(vm)->priority_queue)   ? QUEUE_PRIORITY
                        : class_is_subclass(cls, ASYNCIO(vm)->lifo_queue)       ? QUEUE_LIFO
                                                                                : QUEUE_FIFO;
    gc_write_barrier(vm, queue);
    Str *name = str_intern_c(vm, "_init");
    return name == NULL || is_error(call_method(vm, args[0], name, &queue->maxsize, 1)) ? ERROR : NONE;
}

static Value method_base_put(VM *vm, const Value *args, int argc) { return store_put(vm, to_queue(args[0]), args[1]) ? NONE : ERROR; }
static Value method_base_get(VM *vm, const Value *args, int argc) { return store_get(vm, to_queue(args[0])); }

static Value method_put_nowait(VM *vm, const Value *args, int argc) {
    if (to_queue(args[0])->shut) return raise_shut(vm);
    int full = is_full(vm, to_queue(args[0]));
    if (full != 0) return full < 0 ? ERROR : raise_with_args(vm, ASYNCIO(vm)->QueueFull, 0, NULL);
    return queue_put(vm, to_queue(args[0]), args[1]) ? NONE : ERROR;
}

static Value method_get_nowait(VM *vm, const Value *args, int argc) {
    int empty = is_empty(vm, to_queue(args[0]));
    if (empty > 0 && to_queue(args[0])->shut) return raise_shut(vm);
    if (empty != 0) return empty < 0 ? ERROR : raise_with_args(vm, ASYNCIO(vm)->QueueEmpty, 0, NULL);
    return queue_get(vm, to_queue(args[0]));
}

static Value method_task_done(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    if (queue->unfinished == 0) return raise_value_error(vm, "task_done() called too many times");
    if (--queue->unfinished > 0) return NONE;
    while (queue->joiners.first != NULL)
        if (!wake_next(vm, queue, &queue->joiners)) return ERROR;
    return NONE;
}

static bool wake_all(VM *vm, Queue *queue, WaiterList *list) {
    while (list->first != NULL)
        if (!wake_next(vm, queue, list)) return false;
    return true;
}

// What is in it counts as dealt with.
static bool drain(VM *vm, Queue *queue) {
    for (;;) {
        int empty = is_empty(vm, queue);
        if (empty < 0) return false;
        if (empty) break;
        if (is_error(queue_get(vm, queue))) return false;
        if (queue->unfinished > 0) queue->unfinished--;
    }
    return queue->unfinished > 0 || wake_all(vm, queue, &queue->joiners);
}

static Value method_shutdown(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    int immediate = value_is_true(vm, arg_or(args, argc, 1, FALSE_VALUE));
    if (immediate < 0) return ERROR;
    queue->shut = true;
    if (immediate && !drain(vm, queue)) return ERROR;
    return wake_all(vm, queue, &queue->getters) && wake_all(vm, queue, &queue->putters) ? NONE : ERROR;
}

static Value method_qsize(VM *vm, const Value *args, int argc) {
    ptrdiff_t count = store_count(vm, to_queue(args[0]));
    return count < 0 ? ERROR : from_int(count);
}

static Value method_empty(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    if (queue->head.flags == QUEUE_CUSTOM) {
        Str *name = str_intern_c(vm, "qsize");
        Value count = name == NULL ? ERROR : call_method(vm, args[0], name, NULL, 0);
        int truth = is_error(count) ? -1 : value_is_true(vm, count);
        return truth < 0 ? ERROR : from_bool(!truth);
    }
    int empty = is_empty(vm, queue);
    return empty < 0 ? ERROR : from_bool(empty);
}

static Value method_full(VM *vm, const Value *args, int argc) {
    Queue *queue = to_queue(args[0]);
    if (queue->head.flags == QUEUE_CUSTOM) {
        if (queue->limit == 0) return FALSE_VALUE;
        Str *name = str_intern_c(vm, "qsize");
        Value count = name == NULL ? ERROR : call_method(vm, args[0], name, NULL, 0);
        return is_error(count) ? ERROR : compare_values(vm, COMPARE_GE, count, queue->maxsize);
    }
    int full = is_full(vm, queue);
    return full < 0 ? ERROR : from_bool(full);
}

// ---- texts

static Value items_list(VM *vm, Queue *queue) {
    if (queue->head.flags != QUEUE_FIFO) return queue->store;
    List *list = list_new(vm, queue->count);
    if (list == NULL) return ERROR;
    for (size_t i = 0; i < queue->count; i++)
        if (!list_append(vm, list, queue->items[(queue->first + i) & (queue->capacity - 1)])) return ERROR;
    return from_object(list);
}

static Str *format(VM *vm, Queue *queue) {
    StrBuilder b = STR_BUILDER(vm);
    Str *part = str_printf(vm, "maxsize=%R", queue->maxsize);
    Value items = part == NULL ? ERROR : items_list(vm, queue);
    if (is_error(items) || !str_builder_add_str(&b, part)) goto failed;
    int any = is_undefined(items) ? 0 : value_is_true(vm, items);
    List *list = any > 0 ? list_from_iterable(vm, items) : NULL;
    if (any < 0 || (any && (list == NULL || (part = str_printf(vm, " _queue=%R", from_object(list))) == NULL || !str_builder_add_str(&b, part)))) goto failed;
    const struct { size_t count; const char *format; } counts[] = {
        {queue->getters.count, " _getters[%zu]"}, {queue->putters.count, " _putters[%zu]"}, {queue->unfinished, " tasks=%zu"}};
    for (int i = 0; i < 3; i++) {
        if (counts[i].count == 0) continue;
        part = str_printf(vm, counts[i].format, counts[i].count);
        if (part == NULL || !str_builder_add_str(&b, part)) goto failed;
    }
    if (queue->shut && !str_builder_add_c(&b, " shutdown")) goto failed;
    return str_builder_finish(&b);
failed:
    str_builder_cancel(&b);
    return NULL;
}

static Value method_repr(VM *vm, const Value *args, int argc) {
    Str *inner = format(vm, to_queue(args[0]));
    Str *text = inner == NULL ? NULL : str_printf(vm, "<%T at 0x%llx %S>", args[0], (long long)object_id(vm, args[0]), inner);
    return text == NULL ? ERROR : from_object(text);
}
static Value method_str(VM *vm, const Value *args, int argc) {
    Str *inner = format(vm, to_queue(args[0])), *text = inner == NULL ? NULL : str_printf(vm, "<%T %S>", args[0], inner);
    return text == NULL ? ERROR : from_object(text);
}
static Value method_format(VM *vm, const Value *args, int argc) {
    Str *text = format(vm, to_queue(args[0]));
    return text == NULL ? ERROR : from_object(text);
}
static Value method_class_getitem(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }

const NativeDef queue_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", host_instance_new, NULL, NATIVE_NEW},
    {"__init__(self, maxsize=0)", method_init, NULL, 0},
    {"__repr__(self, /)", method_repr, NULL, 0},
    {"__str__(self, /)", method_str, NULL, 0},
    {"__class_getitem__(cls, item, /)", method_class_getitem, NULL, NATIVE_CLASS_METHOD},
    {"_format(self, /)", method_format, NULL, 0},
    {"_init(self, maxsize, /)", method_base_init, NULL, 0},
    {"_put(self, item, /)", method_base_put, NULL, 0},
    {"_get(self, /)", method_base_get, NULL, 0},
    {"put(self, item)", method_put, "Put an item in, waiting while the queue is full.", 0},
    {"put_nowait(self, item)", method_put_nowait, "Put an item in; QueueFull when there is no room.", 0},
    {"get(self, /)", method_get, "Take an item out, waiting while there is none.", 0},
    {"get_nowait(self, /)", method_get_nowait, "Take an item out; QueueEmpty when there is none.", 0},
    {"task_done(self, /)", method_task_done, "An item that was taken out has been dealt with.", 0},
    {"join(self, /)", method_join, "Wait until all items have been taken out and dealt with.", 0},
    {"shutdown(self, /, immediate=False)", method_shutdown, "Take no more items; get() gives those that there are, unless immediate, then QueueShutDown.", 0},
    {"qsize(self, /)", method_qsize, "How many items there are.", 0},
    {"empty(self, /)", method_empty, "Whether there are none.", 0},
    {"full(self, /)", method_full, "Whether there are maxsize items.", 0},
    {0},
};

static Value get_maxsize(VM *vm, Value self) { return to_queue(self)->maxsize; }
static Value get_unfinished(VM *vm, Value self) { return from_int((int64_t)to_queue(self)->unfinished); }
static Value set_unfinished(VM *vm, Value self, Value value) {
    int64_t count;
    if (is_undefined(value) || !value_as_i64(vm, value, &count) || count < 0) return is_raised(vm) ? ERROR : raise_value_error(vm, "a count is needed");
    to_queue(self)->unfinished = (size_t)count;
    return NONE;
}
static Value get_queue(VM *vm, Value self) {
    Value items = items_list(vm, to_queue(self));
    return is_undefined(items) ? raise_error(vm, vm->exc.AttributeError, "'%T' object has no attribute '_queue'", self) : items;
}
static Value set_queue(VM *vm, Value self, Value value) {
    if (to_queue(self)->head.flags != QUEUE_CUSTOM) return raise_error(vm, vm->exc.AttributeError, "attribute '_queue' of '%T' objects is not writable", self);
    to_queue(self)->store = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value get_getters(VM *vm, Value self) { return waiters_list(vm, &to_queue(self)->getters); }
static Value get_putters(VM *vm, Value self) { return waiters_list(vm, &to_queue(self)->putters); }

const GetSetDef queue_getsets[] = {
    {"_getters", get_getters, NULL, NULL},
    {"_putters", get_putters, NULL, NULL},
    {"maxsize", get_maxsize, NULL, "Number of items allowed in the queue; 0 or less: any."},
    {"_maxsize", get_maxsize, NULL, NULL},
    {"_unfinished_tasks", get_unfinished, set_unfinished, NULL},
    {"_queue", get_queue, set_queue, NULL},
    {0},
};
