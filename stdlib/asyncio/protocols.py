"""Who is told what happens on a connection."""
from _asyncio_io import BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol, SubprocessProtocol

__all__ = ('BaseProtocol', 'Protocol', 'DatagramProtocol', 'SubprocessProtocol', 'BufferedProtocol')
