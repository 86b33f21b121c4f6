"""What stands between a protocol and a connection."""
from _asyncio_io import (BaseTransport, DatagramTransport, ReadTransport, SubprocessTransport, Transport, WriteTransport)

__all__ = ('BaseTransport', 'ReadTransport', 'WriteTransport', 'Transport', 'DatagramTransport', 'SubprocessTransport')
