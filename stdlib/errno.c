// errno: the names of the system's error numbers.
#include <errno.h>

#include "stdlib/modules.h"
#include "vm/types/containers.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

#define ROW(name) {#name, name}
static const struct { const char *name; int number; } numbers[] = {
    ROW(EPERM), ROW(ENOENT), ROW(ESRCH), ROW(EINTR), ROW(EIO), ROW(ENXIO), ROW(E2BIG), ROW(ENOEXEC), ROW(EBADF), ROW(ECHILD), ROW(EAGAIN), ROW(ENOMEM),
    ROW(EACCES), ROW(EFAULT), ROW(EBUSY), ROW(EEXIST), ROW(EXDEV), ROW(ENODEV), ROW(ENOTDIR), ROW(EISDIR), ROW(EINVAL), ROW(ENFILE), ROW(EMFILE),
    ROW(ENOTTY), ROW(ETXTBSY), ROW(EFBIG), ROW(ENOSPC), ROW(ESPIPE), ROW(EROFS), ROW(EMLINK), ROW(EPIPE), ROW(EDOM), ROW(ERANGE), ROW(EDEADLOCK),
    ROW(ENAMETOOLONG), ROW(ENOLCK), ROW(ENOSYS), ROW(ENOTEMPTY), ROW(ELOOP), ROW(EIDRM), ROW(EOVERFLOW), ROW(EILSEQ), ROW(ENOTSOCK), ROW(EDESTADDRREQ),
    ROW(EMSGSIZE), ROW(EPROTOTYPE), ROW(ENOPROTOOPT), ROW(EPROTONOSUPPORT), ROW(EAFNOSUPPORT), ROW(EADDRINUSE), ROW(EADDRNOTAVAIL), ROW(ENETDOWN),
    ROW(ENETUNREACH), ROW(ENETRESET), ROW(ECONNABORTED), ROW(ECONNRESET), ROW(ENOBUFS), ROW(EISCONN), ROW(ENOTCONN), ROW(ETIMEDOUT), ROW(ECONNREFUSED),
    ROW(EHOSTUNREACH), ROW(EALREADY), ROW(EINPROGRESS), ROW(ESTALE), ROW(EDQUOT), ROW(ECANCELED), ROW(EOWNERDEAD), ROW(ENOTRECOVERABLE), ROW(EPROTO),
    ROW(ENOMSG), ROW(EBADMSG), ROW(EMULTIHOP), ROW(ENODATA), ROW(ENOLINK), ROW(ENOSR), ROW(ENOSTR), ROW(ETIME), ROW(ESHUTDOWN), ROW(EHOSTDOWN),
    ROW(ESOCKTNOSUPPORT), ROW(EPFNOSUPPORT), ROW(ETOOMANYREFS), ROW(EUSERS), ROW(ENOTBLK), ROW(EREMOTE), ROW(ENOTSUP),
    // Other names of the same numbers: errorcode knows the ones above.
    ROW(EWOULDBLOCK), ROW(EDEADLK), ROW(EOPNOTSUPP),
#ifdef __linux__
    ROW(ECHRNG), ROW(EL2NSYNC), ROW(EL3HLT), ROW(EL3RST), ROW(ELNRNG), ROW(EUNATCH), ROW(ENOCSI), ROW(EL2HLT), ROW(EBADE), ROW(EBADR), ROW(EXFULL),
    ROW(ENOANO), ROW(EBADRQC), ROW(EBADSLT), ROW(EBFONT), ROW(ENONET), ROW(ENOPKG), ROW(EADV), ROW(ESRMNT), ROW(ECOMM), ROW(EDOTDOT), ROW(ENOTUNIQ),
    ROW(EBADFD), ROW(EREMCHG), ROW(ELIBACC), ROW(ELIBBAD), ROW(ELIBSCN), ROW(ELIBMAX), ROW(ELIBEXEC), ROW(ERESTART), ROW(ESTRPIPE), ROW(EUCLEAN),
    ROW(ENOTNAM), ROW(ENAVAIL), ROW(EISNAM), ROW(EREMOTEIO), ROW(ENOMEDIUM), ROW(EMEDIUMTYPE), ROW(ENOKEY), ROW(EKEYEXPIRED), ROW(EKEYREVOKED),
    ROW(EKEYREJECTED), ROW(ERFKILL),
#endif
};
#undef ROW

static bool errno_init(VM *vm, Module *module) {
    Dict *names = dict_new(vm);
    if (names == NULL) return false;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        Str *name = str_intern_c(vm, numbers[i].name);
        Value number = from_int(numbers[i].number), known = name == NULL ? ERROR : dict_get(vm, names, number);
        if (is_error(known) || !module_add(vm, module, numbers[i].name, number)) return false;
        if (is_undefined(known) && !dict_set(vm, names, number, from_object(name))) return false;
    }
    return module_add(vm, module, "errorcode", from_object(names));
}

static const NativeDef no_functions[] = {{0}};
const ModuleDef module_errno = {"errno", "The names of the system's error numbers.", no_functions, errno_init};
