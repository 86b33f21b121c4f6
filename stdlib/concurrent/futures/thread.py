"""ThreadPoolExecutor: calls in a pool of threads."""
import queue
import threading
import types
import weakref
from _thread import _pool, _processors
from concurrent.futures import _base

_threads_queues = weakref.WeakKeyDictionary() if hasattr(weakref, 'WeakKeyDictionary') else {}
_shutdown = False
_shutdown_lock = threading.Lock()


def _python_exit():
    global _shutdown
    with _shutdown_lock:
        _shutdown = True
        items = list(_threads_queues.items())
    for thread, work in items:
        work.put(None)
    for thread, work in items:
        thread.join()


threading._register_atexit(_python_exit)


class BrokenThreadPool(_base.BrokenExecutor):
    """A thread of the pool could not be initialized."""


class _WorkItem:
    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs

    def run(self):
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as error:
            self.future.set_exception(error)
            # The traceback of the error must not keep the future alive.
            self = None
        else:
            self.future.set_result(result)

    __class_getitem__ = classmethod(types.GenericAlias)


def _worker(*args):
    _pool(1, 0)
    try:
        _work(*args)
    finally:
        _pool(-1, 0)


def _work(executor_ref, work, initializer, initargs):
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            import sys
            print('Exception in initializer:', file=sys.stderr)
            sys.excepthook(*sys.exc_info())
            executor = executor_ref()
            if executor is not None:
                executor._initializer_failed()
            return
    while True:
        item = work.get(block=True)
        if item is not None:
            try:
                item.run()
            finally:
                _pool(0, -1)
            item = None
            executor = executor_ref()
            if executor is not None:
                executor._idle.release()
            executor = None
            continue
        # Something has ended: the program, the executor, or whoever knew it. The others are told as well.
        executor = executor_ref()
        if _shutdown or executor is None or executor._shutdown:
            if executor is not None:
                executor._shutdown = True
            work.put(None)
            return
        executor = None


class ThreadPoolExecutor(_base.Executor):
    """Runs calls in at most max_workers threads."""

    _numbers = iter(range(1 << 62))

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            max_workers = min(32, _processors() + 4)
        if max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._max_workers = max_workers
        self._work_queue = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._threads = set()
        self._broken = False
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = thread_name_prefix or f'ThreadPoolExecutor-{next(self._numbers)}'
        self._initializer = initializer
        self._initargs = initargs

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _shutdown_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _shutdown:
                raise RuntimeError('cannot schedule new futures after interpreter shutdown')
            future = _base.Future()
            _pool(0, 1)
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            self._add_thread()
            return future

    def _add_thread(self):
        if self._idle.acquire(blocking=False):
            return
        count = len(self._threads)
        if count >= self._max_workers:
            return
        work = self._work_queue
        thread = threading.Thread(name=f'{self._thread_name_prefix}_{count}', target=_worker,
                                  args=(weakref.ref(self, lambda _: work.put(None)), work, self._initializer, self._initargs))
        thread.start()
        self._threads.add(thread)
        _threads_queues[thread] = work

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            self._drain(lambda future: future.set_exception(BrokenThreadPool(self._broken)))

    def _drain(self, dispose):
        while True:
            try:
                item = self._work_queue.get_nowait()
            except queue.Empty:
                return
            if item is not None:
                _pool(0, -1)
                dispose(item.future)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls, and wait for those that there are."""
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                self._drain(lambda future: future.cancel())
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
