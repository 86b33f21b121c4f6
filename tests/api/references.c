// References keep values alive across scopes and collections; handles in scopes do not.
#include "api_test.h"

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    enum { COUNT = 1000 };
    CoilRef *refs[COUNT];
    CHECK(host_run(vm, "import weakref\nclass A: pass\nalive = weakref.WeakSet() if hasattr(weakref, 'WeakSet') else []\n"
                       "gone = 0\ndef went(r):\n    global gone\n    gone += 1\nwatch = []\n"
                       "def make(i):\n    a = A()\n    a.i = i\n    watch.append(weakref.ref(a, went))\n    return a\n") == COIL_OK);
    for (int i = 0; i < COUNT; i++) {
        size_t scope = coil_scope_open(vm);
        CoilValue number = coil_int(vm, i);
        refs[i] = coil_ref(vm, coil_call(vm, coil_get_global(vm, "make"), &number, 1));
        CHECK(refs[i] != NULL);
        CHECK(!coil_is_error(coil_call(vm, coil_get_global(vm, "make"), &number, 1)));   // nobody keeps this one
        coil_scope_close(vm, scope);
    }
    coil_collect(vm);
    int64_t gone = 0, value = 0;
    size_t scope = coil_scope_open(vm);
    CHECK(coil_read_int(vm, coil_get_global(vm, "gone"), &gone) == COIL_OK && gone >= COUNT - 2 && gone <= COUNT);
    for (int i = 0; i < COUNT; i++) CHECK(coil_read_int(vm, coil_get_attr(vm, coil_deref(refs[i]), "i"), &value) == COIL_OK && value == i);
    // Half of them are given back, in another order; their places are used again.
    for (int i = 0; i < COUNT; i += 2) coil_unref(vm, refs[i]);
    for (int i = 0; i < COUNT; i += 2) CHECK((refs[i] = coil_ref(vm, coil_int(vm, i))) != NULL);
    CHECK(coil_ref_set(vm, refs[1], coil_text(vm, "other")) == COIL_OK);
    CHECK(coil_ref_set(vm, refs[1], coil_error()) == COIL_RAISED && coil_exception_matches(vm, "SystemError"));
    coil_exception_clear(vm);
    const char *text;
    CHECK(coil_read_str(vm, coil_deref(refs[1]), &text, NULL) == COIL_OK && !strcmp(text, "other"));
    for (int i = 2; i < COUNT; i += 2) CHECK(coil_read_int(vm, coil_deref(refs[i]), &value) == COIL_OK && value == i);
    for (int i = 3; i < COUNT; i += 2) CHECK(coil_read_int(vm, coil_get_attr(vm, coil_deref(refs[i]), "i"), &value) == COIL_OK && value == i);
    CHECK(coil_is_error(coil_deref(NULL)));
    coil_unref(vm, NULL);
    CHECK(coil_ref(vm, coil_error()) == NULL && coil_exception_matches(vm, "SystemError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
    // More handles in one scope than a chunk holds, and scopes within.
    scope = coil_scope_open(vm);
    CoilValue handles[500];
    for (int i = 0; i < 500; i++) handles[i] = coil_list(vm, &(CoilValue){coil_int(vm, i).slot}, 1);
    for (int round = 0; round < 50; round++) {
        size_t inner = coil_scope_open(vm);
        for (int i = 0; i < 200; i++) CHECK(!coil_is_error(coil_list(vm, NULL, 0)));
        coil_scope_close(vm, inner);
    }
    coil_collect(vm);
    for (int i = 0; i < 500; i++) CHECK(coil_read_int(vm, coil_get_index(vm, handles[i], -1), &value) == COIL_OK && value == i);
    coil_scope_close(vm, scope);
    // References that were never given back go with the VM.
    coil_close(vm);
    CHECK(host.bytes == 0);
    return 0;
}
