// The mailbox: how results that the host has elsewhere, in another thread maybe, get to Python's futures. See mailbox.h.
#include "stdlib/asyncio/mailbox.h"

#include "vm/types/bytes.h"

#include <stdlib.h>

typedef struct Mailbox Mailbox;

// ---- life

static void mailbox_release(Mailbox *mailbox) {   // locked; unlocks
    bool last = --mailbox->references == 0;
    pthread_mutex_unlock(&mailbox->lock);
    if (!last) return;
    pthread_mutex_destroy(&mailbox->lock);
    free(mailbox);
}

Mailbox *mailbox_of(VM *vm) {
    Mailbox *mailbox = ASYNCIO(vm)->mailbox;
    if (mailbox != NULL) return mailbox;
    mailbox = calloc(1, sizeof *mailbox);
    if (mailbox == NULL || pthread_mutex_init(&mailbox->lock, NULL) != 0) {
        free(mailbox);
        raise_no_memory(vm);
        return NULL;
    }
    mailbox->references = 1;
    mailbox->last = &mailbox->first;
    return ASYNCIO(vm)->mailbox = mailbox;
}

static void host_future_free(HostFuture *host_future) {
    Mailbox *mailbox = host_future->mailbox;
    free(host_future->text);
    free(host_future);
    pthread_mutex_lock(&mailbox->lock);
    mailbox_release(mailbox);
}

void mailbox_trace(VM *vm, Mailbox *mailbox) {
    if (mailbox == NULL) return;
    for (HostFuture *at = mailbox->expected; at != NULL; at = at->next) gc_mark_object(vm, at->future), gc_mark_object(vm, at->link);
}

// Futures that the host still has go on existing for it alone.
void mailbox_close(VM *vm) {
    Mailbox *mailbox = vm->asyncio->mailbox;
    if (mailbox == NULL) return;
    vm->asyncio->mailbox = NULL;
    pthread_mutex_lock(&mailbox->lock);
    mailbox->closed = true;
    mailbox->loop = NULL;
    HostFuture *mail = mailbox->first;
    mailbox->first = NULL;
    pthread_mutex_unlock(&mailbox->lock);
    while (mail != NULL) {
        HostFuture *next = mail->next_mail;
        host_future_free(mail);
        mail = next;
    }
    pthread_mutex_lock(&mailbox->lock);
    mailbox_release(mailbox);
}

// ---- who is woken

bool mailbox_has_mail(const Mailbox *mailbox) { return mailbox != NULL && atomic_load_explicit(&mailbox->any, memory_order_relaxed); }
size_t mailbox_expected(const Mailbox *mailbox) { return mailbox == NULL ? 0 : mailbox->expected_count; }

void mailbox_attend(Mailbox *mailbox, Loop *loop) {
    if (mailbox == NULL) return;
    pthread_mutex_lock(&mailbox->lock);
    mailbox->loop = loop != NULL && loop->wakeable ? loop : NULL;
    pthread_mutex_unlock(&mailbox->lock);
}

void mailbox_forget(Mailbox *mailbox, Loop *loop) {
    pthread_mutex_lock(&mailbox->lock);
    if (mailbox->loop == loop) mailbox->loop = NULL;
    pthread_mutex_unlock(&mailbox->lock);
}

// ---- the VM's side

static HostLink *to_link(Value v) { return (HostLink *)to_object(v); }

static void expected_remove(HostFuture *host_future) {
    Mailbox *mailbox = host_future->mailbox;
    if (host_future->future == NULL) return;
    if (host_future->next != NULL) host_future->next->previous = host_future->previous;
    if (host_future->previous != NULL) host_future->previous->next = host_future->next;
    else mailbox->expected = host_future->next;
    mailbox->expected_count--;
    host_future->future = NULL;
}

// The future is done, or cancelled by Python: then nothing is expected any more.
static Value link_done(VM *vm, const Value *args, int argc) {
    if (class_of(vm, args[0]) != ASYNCIO(vm)->host_link) return raise_type_error(vm, "not for '%T' objects", args[0]);
    HostFuture *host_future = to_link(args[0])->host_future;
    if (host_future == NULL) return NONE;
    atomic_store(&host_future->cancelled, true);
    expected_remove(host_future);
    return NONE;
}
static const NativeDef link_done_def = {"host_future_done(_host, future, /)", link_done, NULL, NATIVE_STATIC_METHOD};

static HostLink *link_new(VM *vm, HostFuture *host_future) {
    AsyncioState *state = ASYNCIO(vm);
    if (state->host_link == NULL) {
        Class *cls = class_create_simple(vm, "builtins", "host_future", vm->types.object, NULL);
        if (cls == NULL) return NULL;
        cls->instance_kind = KIND_HOST;
        cls->instance_size = sizeof(HostLink);
        cls->flags |= CLASS_DISALLOW_INSTANTIATION;
        state->host_link = cls;
    }
    HostLink *link = object_new_of(vm, state->host_link, sizeof *link);
    if (link != NULL) link->host_future = host_future;
    return link;
}

HostFuture *host_future_new(VM *vm, Loop *loop) {
    Mailbox *mailbox = mailbox_of(vm);
    if (mailbox == NULL || !loop_check_open(vm, loop) || !loop_make_wakeable(vm, loop)) return NULL;
    Future *future = future_new(vm, loop);
    HostFuture *host_future = future == NULL ? NULL : calloc(1, sizeof *host_future);
    if (host_future == NULL) {
        if (future != NULL) raise_no_memory(vm);
        return NULL;
    }
    HostLink *link = link_new(vm, host_future);
    Value native = link == NULL ? ERROR : native_new(vm, &link_done_def, NULL, NONE);
    Value callback = is_error(native) ? ERROR : method_new(vm, native, from_object(link));
    if (is_error(callback) || !future_add_callback(vm, future, callback, UNDEFINED)) {
        free(host_future);
        return NULL;
    }
    host_future->mailbox = mailbox;
    host_future->future = future;
    host_future->link = link;
    host_future->next = mailbox->expected;
    if (mailbox->expected != NULL) mailbox->expected->previous = host_future;
    mailbox->expected = host_future;
    mailbox->expected_count++;
    pthread_mutex_lock(&mailbox->lock);
    mailbox->references++;
    pthread_mutex_unlock(&mailbox->lock);
    if (loop_running(vm) != NULL && loop_make_wakeable(vm, loop_running(vm))) mailbox_attend(mailbox, loop_running(vm));
    return host_future;
}

bool host_future_finish(VM *vm, HostFuture *host_future, Value value, bool failed) {
    Future *future = host_future->future;
    bool done = true;
    if (future != NULL) {
        host_future->link->host_future = NULL;
        expected_remove(host_future);
        // Cancelled a moment ago: its callback has not run yet.
        if (!future_is_done(future)) done = failed ? future_set_exception(vm, future, value) : future_set_result(vm, future, value);
        if (future->loop != loop_running(vm)) loop_wake(future->loop);
    }
    host_future_free(host_future);
    return done;
}

static Value failure_of(VM *vm, const HostFuture *mail) {
    const char *class_name = mail->kind == MAIL_DROPPED ? "RuntimeError" : mail->text;
    const char *text = mail->kind == MAIL_DROPPED ? "the host has given up this future" : mail->text + strlen(mail->text) + 1;
    Str *name = str_intern_c(vm, class_name);
    Value cls = name == NULL ? UNDEFINED : dict_get_str(vm, vm->builtins, name);
    Str *message = str_from_latin1_or_utf8(vm, text, strlen(text), "replace");
    if (message == NULL) return ERROR;
    Value argument = from_object(message);
    bool known = is_class(cls) && class_is_subclass(to_class(cls), vm->exc.BaseException);
    return exception_new(vm, known ? to_class(cls) : vm->exc.RuntimeError, 1, &argument);
}

static Value value_of_mail(VM *vm, const HostFuture *mail) {
    Str *text;
    Bytes *bytes;
    switch (mail->kind) {
    case MAIL_NONE: return NONE;
    case MAIL_BOOL: return from_bool(mail->integer != 0);
    case MAIL_INT: return int_from_i64(vm, mail->integer);
    case MAIL_FLOAT: return float_new(vm, mail->number);
    case MAIL_STR: return (text = str_from_latin1_or_utf8(vm, mail->text, mail->size, "strict")) == NULL ? ERROR : from_object(text);
    case MAIL_BYTES: return (bytes = bytes_new(vm, mail->text, mail->size)) == NULL ? ERROR : from_object(bytes);
    case MAIL_FAILURE: case MAIL_DROPPED: break;
    }
    return failure_of(vm, mail);
}

// What cannot be made into a value (no memory, text that is no UTF-8) fails the future with that error.
static bool deliver_one(VM *vm, HostFuture *mail) {
    bool failed = mail->kind == MAIL_FAILURE || mail->kind == MAIL_DROPPED;
    Value value = mail->future == NULL ? NONE : value_of_mail(vm, mail);
    if (is_error(value)) {
        value = raised_take(vm);
        failed = true;
    }
    return host_future_finish(vm, mail, value, failed);
}

bool mailbox_deliver(VM *vm) {
    Mailbox *mailbox = ASYNCIO(vm)->mailbox;
    if (!mailbox_has_mail(mailbox)) return true;
    for (;;) {
        pthread_mutex_lock(&mailbox->lock);
        HostFuture *mail = mailbox->first;
        if (mail != NULL) mailbox->first = mail->next_mail;
        if (mailbox->first == NULL) {
            mailbox->last = &mailbox->first;
            atomic_store(&mailbox->any, false);
        }
        pthread_mutex_unlock(&mailbox->lock);
        if (mail == NULL) return true;
        if (!deliver_one(vm, mail)) return false;
    }
}

// ---- the host's side

static void post(HostFuture *mail) {
    Mailbox *mailbox = mail->mailbox;
    pthread_mutex_lock(&mailbox->lock);
    if (mailbox->closed) {
        pthread_mutex_unlock(&mailbox->lock);
        host_future_free(mail);
        return;
    }
    mail->next_mail = NULL;
    *mailbox->last = mail;
    mailbox->last = &mail->next_mail;
    atomic_store(&mailbox->any, true);
    if (mailbox->loop != NULL) backend_wake(mailbox->loop);
    void (*on_wake)(void *user) = mailbox->on_wake;
    void *user = mailbox->on_wake_user;
    pthread_mutex_unlock(&mailbox->lock);
    if (on_wake != NULL) on_wake(user);
}

bool mail_post(HostFuture *mail, MailKind kind, int64_t integer, double number, const char *text, size_t size) {
    char *copy = NULL;
    if (text != NULL && (copy = malloc(size + 1)) == NULL) return false;
    if (copy != NULL) {
        memcpy(copy, text, size);
        copy[size] = 0;
    }
    mail->kind = kind;
    mail->integer = integer;
    mail->number = number;
    mail->text = copy;
    mail->size = size;
    post(mail);
    return true;
}

bool mail_post_failure(HostFuture *mail, const char *class_name, const char *message) {
    size_t name_size = strlen(class_name) + 1, message_size = strlen(message) + 1;
    char *copy = malloc(name_size + message_size);
    if (copy == NULL) return false;
    memcpy(copy, class_name, name_size);
    memcpy(copy + name_size, message, message_size);
    mail->kind = MAIL_FAILURE;
    mail->text = copy;
    post(mail);
    return true;
}

void mail_drop(HostFuture *mail) {
    mail->kind = MAIL_DROPPED;
    post(mail);
}
