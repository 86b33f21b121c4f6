// The public API: functions of the host, callable from Python.
//
// A host function is a native function like those of the built-in modules. What is its own, the C function and the user's pointer, stands
// behind its NativeDef; host_call() finds it through vm->called, which whoever calls a native sets.
#include "vm/api_internal.h"

#include "vm/api_function.h"

bool coil_is_missing(CoilVM *coil, CoilValue v) { return v.slot != NULL && is_undefined(*(Value *)v.slot); }

// The arguments are handed over where they stand: in registers of the VM or in an array of the caller's, both of which the collector sees.
static bool hand_over(VM *vm, CoilValue *handles, const Value *args, int count) {
#ifdef COIL_DEBUG
    // On the handle stack they can be told from handles that have become invalid.
    for (int i = 0; i < count; i++) {
        handles[i] = handle(vm, args[i]);
        if (coil_is_error(handles[i])) return false;
    }
#else
    for (int i = 0; i < count; i++) handles[i] = (CoilValue){(void *)&args[i]};
#endif
    return true;
}

enum { ARGUMENTS_ON_STACK = 8 };

Value host_invoke(VM *vm, CoilNative function, void *user, const Value *args, int count) {
    struct ApiState *api = vm->api;
    Value *next = api->next, *end = api->end;
    HandleChunk *chunk = api->chunk;
    CoilValue few[ARGUMENTS_ON_STACK], *handles = few;
    size_t size = (size_t)count * sizeof *handles;
    if (UNLIKELY(count > ARGUMENTS_ON_STACK) && (handles = buffer_new(vm, size)) == NULL) return ERROR;
    Value result = ERROR;
    if (LIKELY(hand_over(vm, handles, args, count))) result = value_of(vm, function((CoilVM *)vm, handles, count, user));
    if (UNLIKELY(!is_given(result))) {
        if (is_undefined(result)) raise_error(vm, vm->exc.SystemError, "host function returned an argument that was not given");
        else if (is_error(result) && !is_raised(vm)) raise_error(vm, vm->exc.SystemError, "host function returned an error without an exception set");
        if (!is_stop(result)) result = ERROR;
    } else if (UNLIKELY(is_raised(vm))) {
        raised_clear(vm);   // a value was returned all the same: the host knows better
    }
    if (handles != few) buffer_free(vm, handles, size);
#ifdef COIL_DEBUG
    coil_scope_close((CoilVM *)vm, chunk->first + (size_t)(next - chunk->slots));
#endif
    api->next = next;
    api->end = end;
    api->chunk = chunk;
    return result;
}

Value host_call(VM *vm, const Value *args, int argc) {
    const HostDef *host = (const HostDef *)vm->called->def;
    return host_invoke(vm, host->function, host->user, args, argc);
}

void host_def_free(VM *vm, const NativeDef *def) {
    HostDef *host = (HostDef *)(uintptr_t)def;
    buffer_free(vm, host, host->size);
}

Value host_function_new(VM *vm, const CoilFunction *row, Class *owner, Value module_name, bool copy_text) {
    if (strchr(row->signature, '(') == NULL) return raise_value_error(vm, "signature without parentheses: %s", row->signature);
    size_t signature_size = copy_text ? strlen(row->signature) + 1 : 0, doc_size = copy_text && row->doc != NULL ? strlen(row->doc) + 1 : 0;
    size_t size = sizeof(HostDef) + signature_size + doc_size;
    HostDef *host = buffer_new(vm, size);
    if (host == NULL) return ERROR;
    const char *signature = row->signature, *doc = row->doc;
    if (copy_text) signature = memcpy(host->text, row->signature, signature_size);
    if (doc_size > 0) doc = memcpy(host->text + signature_size, row->doc, doc_size);
    static const NativeRole roles[] = {[COIL_METHOD] = NATIVE_METHOD, [COIL_CLASS_METHOD] = NATIVE_CLASS_METHOD, [COIL_STATIC_METHOD] = NATIVE_STATIC_METHOD};
    host->def = (NativeDef){signature, host_call, doc, owner == NULL ? NATIVE_STATIC_METHOD : roles[row->kind]};
    host->function = row->function;
    host->user = row->user;
    host->size = size;
    Value native = native_new(vm, &host->def, owner, module_name);
    if (is_error(native)) buffer_free(vm, host, size);
    return native;
}

CoilValue coil_function(CoilVM *coil, const char *signature, CoilNative function, const char *doc, void *user) {
    VM *vm = vm_of(coil);
    CoilFunction row = {.signature = signature, .function = function, .doc = doc, .user = user};
    API_VALUE(host_function_new(vm, &row, NULL, NONE, true));
}
