// The native half of re: what belongs to a VM, and the module _re. The flags and the exception are Python (re.py).
#include "stdlib/re/re.h"

#ifdef COIL_HAVE_PCRE2
extern const NativeDef re_functions[];

ReState *re_state(VM *vm) { return vm->re; }

Class *re_class_make(VM *vm, const char *module, const char *name, size_t size, const NativeDef *methods, const GetSetDef *getsets,
                     void (*trace)(VM *vm, Object *object), void (*free)(VM *vm, Object *object)) {
    Class *cls = class_create_simple(vm, module, name, vm->types.object, NULL);
    if (cls == NULL) return NULL;
    gc_make_immortal(vm, cls);
    cls->instance_kind = KIND_HOST;
    cls->instance_size = (uint16_t)size;
    cls->flags &= ~(unsigned)CLASS_BASETYPE;
    cls->flags |= CLASS_DISALLOW_INSTANTIATION;
    cls->host_trace = trace;
    cls->host_free = free;
    return class_add_members(vm, cls, methods, getsets) ? cls : NULL;
}

static void state_trace(VM *vm, void *data) {
    ReState *state = data;
    gc_mark_object(vm, state->error);
    gc_mark_object(vm, state->flag_class);
    gc_mark_object(vm, state->cache);
    gc_mark_value(vm, state->recent_pattern);
    gc_mark_value(vm, state->recent);
}

void re_close(VM *vm) {
    ReState *state = vm->re;
    if (state == NULL) return;
    engine_close(vm, state);
    case_table_free(vm, state->cases);
    vm->re = NULL;
    alloc_free(&vm->allocator, state, sizeof *state);
}

// A second import after the first one failed finds what is there already.
static bool state_open(VM *vm) {
    ReState *state = vm->re;
    if (state == NULL) {
        state = alloc_new(&vm->allocator, sizeof *state);
        if (state == NULL) return raise_no_memory(vm), false;
        memset(state, 0, sizeof *state);
        if (!gc_add_roots(vm, state_trace, state)) {
            alloc_free(&vm->allocator, state, sizeof *state);
            return false;
        }
        vm->re = state;
    }
    if (state->engine == NULL && !engine_open(vm, state)) return false;
    if (state->cache == NULL && (state->cache = dict_new(vm)) == NULL) return false;
    return (state->pattern_class != NULL || pattern_classes_make(vm, state)) && (state->match_class != NULL || match_class_make(vm, state)) &&
           (state->finditer_class != NULL || scanner_class_make(vm, state)) && (state->template_class != NULL || template_class_make(vm, state));
}

static bool add_functions(VM *vm, Module *module) {
    Str *re = str_intern_c(vm, "re");
    for (const NativeDef *def = re_functions; def->signature != NULL && re != NULL; def++) {
        char name[16];
        size_t size = strcspn(def->signature, "(");
        if (size >= sizeof name) return false;
        memcpy(name, def->signature, size);
        name[size] = 0;
        Value native = native_new(vm, def, NULL, from_object(re));
        if (is_error(native) || !module_add(vm, module, name, native)) return false;
    }
    return re != NULL;
}

static bool re_module_init(VM *vm, Module *module) {
    return state_open(vm) && add_functions(vm, module) && module_add(vm, module, "Pattern", from_object(vm->re->pattern_class)) &&
           module_add(vm, module, "Match", from_object(vm->re->match_class));
}

#else
void re_close(VM *vm);
void re_close(VM *vm) {}

static bool re_module_init(VM *vm, Module *module) {
    raise_error(vm, vm->exc.ImportError, "re is not available: Coil was built without PCRE2");
    return false;
}
#endif

const ModuleDef module_re = {"_re", "The native half of re.", NULL, re_module_init};
