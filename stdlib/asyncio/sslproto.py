"""TLS, which is not there: what programs import to recognise encrypted connections exists, and nothing is one."""
from asyncio.base_events import _NO_TLS
from asyncio.protocols import BufferedProtocol
from asyncio.transports import Transport

__all__ = ()
SSLAgainErrors = ()


class SSLProtocol(BufferedProtocol):
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_NO_TLS)


class _SSLProtocolTransport(Transport):
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_NO_TLS)
