"""Writes the JSON form: all of it, or nothing."""

import json
import os
import tempfile
from pathlib import Path

from reportkit.model.submission import Submission

from .plain import slim
from .result import OutputExists


def text(submission: Submission) -> str:
    """The document."""
    return json.dumps(slim(submission), ensure_ascii=False, indent=2) + "\n"


def write(submission: Submission, file: Path) -> None:
    """Write the document beside ``file``, then give it that name.

    Raises:
        OutputExists: ``file`` is there.
        OSError: it cannot be written; nothing is left behind.
    """
    if file.exists():
        raise OutputExists(file)
    content = text(submission).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        beside.chmod(0o644)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
