// A thousand VMs at once in one process, each with a program and a state of its own.
#include <coil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 1000, ROUNDS = 3 };

static const char script[] =
    "class Account:\n"
    "    def __init__(self, owner): self.owner, self.balance = owner, 0\n"
    "    def deposit(self, amount):\n"
    "        self.balance += amount\n"
    "        return self.balance\n";

int main(void) {
    CoilVM **vms = calloc(COUNT, sizeof *vms);
    CoilRef **deposits = calloc(COUNT, sizeof *deposits);
    if (vms == NULL || deposits == NULL) return 1;
    // The script is compiled once, by one VM; the others load the unit.
    CoilVM *compiler = coil_new(NULL);
    const void *unit = NULL;
    size_t size = 0;
    if (coil_read_bytes(compiler, coil_compile_unit(compiler, script, sizeof script - 1, "account.py", COIL_EXEC), &unit, &size) != COIL_OK) return 1;
    for (int i = 0; i < COUNT; i++) {
        CoilVM *vm = vms[i] = coil_new(NULL);
        if (vm == NULL) return 1;
        size_t scope = coil_scope_open(vm);
        CoilValue names = coil_namespace(vm, "account"), owner = coil_int(vm, i);
        if (coil_is_error(coil_execute(vm, coil_load_unit(vm, unit, size, "account.py"), names))) return coil_report(vm);
        CoilValue account = coil_call(vm, coil_get_key(vm, names, "Account"), &owner, 1);
        deposits[i] = coil_ref(vm, coil_get_attr(vm, account, "deposit"));
        if (deposits[i] == NULL) return coil_report(vm);
        coil_scope_close(vm, scope);
    }
    int64_t total = 0;
    for (int round = 1; round <= ROUNDS; round++) {
        total = 0;
        for (int i = 0; i < COUNT; i++) {
            size_t scope = coil_scope_open(vms[i]);
            CoilValue amount = coil_int(vms[i], i);
            int64_t balance;
            if (coil_read_int(vms[i], coil_call(vms[i], coil_deref(deposits[i]), &amount, 1), &balance) != COIL_OK) return coil_report(vms[i]);
            total += balance;
            coil_scope_close(vms[i], scope);
        }
        printf("round %d: %lld\n", round, (long long)total);
    }
    printf("a VM takes less than 1.5 MB: %s\n", coil_heap_stats(vms[0]).bytes < 1500 * 1000 ? "yes" : "no");
    for (int i = 0; i < COUNT; i++) coil_close(vms[i]);
    coil_close(compiler);
    free(vms);
    free(deposits);
    return total == (int64_t)ROUNDS * COUNT * (COUNT - 1) / 2 ? 0 : 1;
}
