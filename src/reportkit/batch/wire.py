"""How jobs and results travel: a JSON head and named bytes in one message.

Nothing is pickled: what comes out of a process that read untrusted files is only data.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")
MESSAGE_LIMIT = 2_000_000_000
"""Bytes that a message may have."""


class Broken(Exception):
    """The message is not whole: whoever sent it is gone, or is no program of ours."""


def pack(head: Mapping[str, Any], blobs: Mapping[str, bytes]) -> bytes:
    """One message; blobs keep their order."""
    sizes = [[name, len(content)] for name, content in blobs.items()]
    top = json.dumps({"head": head, "blobs": sizes}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    return b"".join((_LENGTH.pack(len(top)), top, *blobs.values()))


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The head and the blobs of a message.

    Raises:
        Broken: it is no message of ours.
    """
    head, sizes, at = _top(message)
    blobs = {}
    for name, size in sizes:
        blobs[str(name)] = message[at : at + size]
        at += size
    if at != len(message):
        raise Broken
    return head, blobs


def head_of(message: bytes) -> dict[str, Any]:
    """The head alone."""
    return _top(message)[0]


def _top(message: bytes) -> tuple[dict[str, Any], list[tuple[str, int]], int]:
    try:
        (length,) = _LENGTH.unpack_from(message)
        at = _LENGTH.size + length
        top = json.loads(message[_LENGTH.size : at].decode("utf-8", "surrogatepass"))
        return top["head"], top["blobs"], at
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise Broken from error


def send(stream: BinaryIO, message: bytes) -> None:
    """Write a message to a pipe.

    Raises:
        OSError: nobody reads there any more.
    """
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes:
    """Read a message from a pipe.

    Raises:
        Broken: the pipe ended before its end.
    """
    start = stream.read(_LENGTH.size)
    if len(start) < _LENGTH.size:
        raise Broken
    (length,) = _LENGTH.unpack(start)
    if length > MESSAGE_LIMIT:
        raise Broken
    message = stream.read(length)
    if len(message) < length:
        raise Broken
    return message
