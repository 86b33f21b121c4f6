"""Where asyncio reports to: the logger "asyncio" when the program uses logging, else stderr."""
import sys


class _Logger:
    """As logging does when nobody has configured it: warnings and worse are written to stderr."""
    name = 'asyncio'

    def _log(self, level, message, *args, exc_info=None, **kwargs):
        logging = sys.modules.get('logging')
        if logging is not None:
            getattr(logging.getLogger('asyncio'), level)(message, *args, exc_info=exc_info, **kwargs)
            return
        if level in ('debug', 'info') or sys.stderr is None:
            return
        print(message % args if args else message, file=sys.stderr)
        if exc_info is True:
            exc_info = sys.exc_info()
        elif isinstance(exc_info, BaseException):
            exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
        if exc_info and exc_info[1] is not None:
            from _thread import _report
            _report('', exc_info[1])

    def debug(self, message, *args, **kwargs):
        self._log('debug', message, *args, **kwargs)

    def info(self, message, *args, **kwargs):
        self._log('info', message, *args, **kwargs)

    def warning(self, message, *args, **kwargs):
        self._log('warning', message, *args, **kwargs)

    def error(self, message, *args, **kwargs):
        self._log('error', message, *args, **kwargs)

    def exception(self, message, *args, exc_info=True, **kwargs):
        self._log('error', message, *args, exc_info=exc_info, **kwargs)

    def critical(self, message, *args, **kwargs):
        self._log('critical', message, *args, **kwargs)


logger = _Logger()
