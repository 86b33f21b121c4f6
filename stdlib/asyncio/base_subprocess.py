"""Transports of subprocesses, by the names that programs import."""
from asyncio.processes import BaseSubprocessTransport, ReadSubprocessPipeProto, WriteSubprocessPipeProto

__all__ = ()
