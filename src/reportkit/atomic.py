"""Writing that is done or not done: beside its place first, then renamed."""

import os
from pathlib import Path


def write_bytes(target: Path, content: bytes) -> None:
    """Write ``content`` so that ``target`` is the old file or the new one, never half of one.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    beside = target.with_name(f".{os.getpid()}.tmp")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
