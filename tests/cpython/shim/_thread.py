# One thread: locks that are never contended.
error = RuntimeError
TIMEOUT_MAX = 1e9


class LockType:
    held = 0
    def acquire(self, blocking=True, timeout=-1):
        self.held += 1
        return True
    def release(self): self.held -= 1
    def locked(self): return self.held > 0
    def __enter__(self): return self.acquire()
    def __exit__(self, *details): self.release()


RLock = LockType
def allocate_lock(): return LockType()
def get_ident(): return 1
def get_native_id(): return 1
def _set_sentinel(): return LockType()
def start_new_thread(*args): raise error("can't start new thread")
class _local: pass
def daemon_threads_allowed(): return False
