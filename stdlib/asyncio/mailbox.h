// Futures that the host completes, from any thread (mailbox.c).
//
//     host's thread:  mail_post(): the result is copied into the HostFuture, which is queued; the loop is woken
//     VM's thread:    mailbox_deliver(): the result becomes Python's, the HostFuture is freed
//
// What both sides touch is outside the VM's memory and behind the mailbox's lock, so that a host may complete a future while the VM runs,
// waits, or is gone already.
#ifndef COIL_STDLIB_ASYNCIO_MAILBOX_H
#define COIL_STDLIB_ASYNCIO_MAILBOX_H

#include "stdlib/asyncio/asyncio.h"

#include <pthread.h>
#include <stdatomic.h>

typedef enum MailKind { MAIL_NONE, MAIL_BOOL, MAIL_INT, MAIL_FLOAT, MAIL_STR, MAIL_BYTES, MAIL_FAILURE, MAIL_DROPPED } MailKind;

typedef struct HostFuture HostFuture;
struct HostFuture {
    struct Mailbox *mailbox;
    atomic_bool cancelled;       // by Python: nobody waits any more
    // ---- the VM's thread only
    Future *future;              // NULL once it is done
    struct HostLink *link;
    HostFuture *next, *previous; // of those that the host has not completed
    // ---- the mail
    HostFuture *next_mail;
    MailKind kind;
    int64_t integer;
    double number;
    char *text;                  // of the C library: str and bytes; a failure's class name, zero, message
    size_t size;
};

// Tells the HostFuture when Python cancels its future.
typedef struct HostLink { Object head; HostFuture *host_future; } HostLink;

struct Mailbox {
    pthread_mutex_t lock;
    size_t references;           // the VM's and one of each HostFuture
    bool closed;                 // the VM is gone
    atomic_bool any;             // there is mail
    HostFuture *first, **last;
    Loop *loop;                  // to wake; NULL: nobody runs
    void (*on_wake)(void *user); // the host's own
    void *on_wake_user;
    // ---- the VM's thread only
    HostFuture *expected;
    size_t expected_count;       // those whose future is not done
};

MUST_CHECK struct Mailbox *mailbox_of(VM *vm);                 // made when first asked for
MUST_CHECK HostFuture *host_future_new(VM *vm, Loop *loop);
// From any thread. The HostFuture belongs to the mailbox from here on. False: there was no memory for the copy, and nothing has happened.
MUST_CHECK bool mail_post(HostFuture *host_future, MailKind kind, int64_t integer, double number, const char *text, size_t size);
MUST_CHECK bool mail_post_failure(HostFuture *host_future, const char *class_name, const char *message);
void mail_drop(HostFuture *host_future);
// From the VM's thread, with a value of the VM's or (failed) an exception.
MUST_CHECK bool host_future_finish(VM *vm, HostFuture *host_future, Value value, bool failed);

#endif
