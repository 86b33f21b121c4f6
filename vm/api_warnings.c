// The public API's warnings: coil.h says what a warner is told, vm/warnings.c when.
#include "vm/api_internal.h"

#include "vm/warnings.h"

static int call_warner(VM *vm, Value warning, Str *filename, int line) {
    CoilWarner warner = (CoilWarner)(uintptr_t)vm->warner.host_hook;
    size_t scope = coil_scope_open((CoilVM *)vm);
    CoilWarning told = {.line = line, .warning = api_handle(vm, warning)};
    told.category = api_text_or(vm, api_type_shown(vm, class_of(vm, warning)), "Warning");
    told.text = api_text_or(vm, value_str(vm, warning), "");
    told.file = api_text_or(vm, filename, "?");
    CoilStatus status = coil_is_error(told.warning) ? COIL_RAISED : warner((CoilVM *)vm, &told, vm->warner.host_user);
    coil_scope_close((CoilVM *)vm, scope);
    if (status == COIL_RAISED && !is_raised(vm)) raise_error(vm, vm->exc.SystemError, "warner failed without an exception");
    if (status != COIL_RAISED) raised_clear(vm);
    return status == COIL_RAISED ? -1 : status == COIL_OK;
}

void coil_on_warning(CoilVM *coil, CoilWarner warner, void *user) {
    VM *vm = vm_of(coil);
    vm->warner.tell = warner != NULL ? call_warner : NULL;
    vm->warner.host_hook = (void *)(uintptr_t)warner;
    vm->warner.host_user = user;
}
