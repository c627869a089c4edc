"""The process that works on items, one after another, each in an empty folder of its own.

Started as ``python -m reportkit.batch.child FOLDER MEMORY PRINTING``. It reads jobs from its
standard input and writes results to its standard output; when the input ends, whoever started it
is gone, and it ends at once, whatever it is doing.
"""

from __future__ import annotations

import gc
import os
import queue
import shutil
import sys
import threading
import traceback
from pathlib import Path
from typing import BinaryIO

from ..refusals import CannotDo
from . import wire
from .job import Job
from .outcome import Outcome, State
from .work import failed, work


def main(folder: Path, memory: int, printing: bool) -> None:
    """Work until the input ends; ``memory`` is in bytes, ``printing`` whether files are made."""
    requests, results = _streams()
    _limit(memory)
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, jobs, folder), daemon=True).start()
    warm(printing)
    gc.collect()
    gc.freeze()  # what stays for good need not be looked at again
    wire.send(results, b"ready")
    for number in range(sys.maxsize):
        answer = _answer(jobs.get(), folder / str(number))
        wire.send(results, answer)
        del answer
        gc.collect()  # documents hold each other in circles: hundreds of MB after a large one


def warm(printing: bool) -> None:
    """Import what every item needs, so that no item pays for it."""
    from ..checks import rules

    rules()
    if not printing:
        return
    from .. import production, workflow  # noqa: F401
    from ..writing import write_docx  # noqa: F401
    from ..writing.fonts import library

    library()
    try:
        import weasyprint  # noqa: F401
    except OSError:  # no Pango here: the files are made without a PDF, and this is told
        return


def _answer(message: bytes, folder: Path) -> bytes:
    head, files = wire.unpack(message)
    job = Job.model_validate(head)
    made: dict[str, bytes] = {}
    folder.mkdir()
    try:
        outcome, made = work(job, files, folder)
    except CannotDo as refusal:
        outcome = failed(job, State.UNREADABLE, str(refusal))
    except MemoryError:
        outcome = failed(job, State.MEMORY, "内存不够用，可能是内容过大或文件有意做得过大")
    except Exception as error:  # whatever a broken item can raise: it must not stop the others
        outcome = failed(job, State.CRASHED, _explained(error))
    finally:
        os.chdir(folder.parent)
        shutil.rmtree(folder, ignore_errors=True)
    return wire.pack(_head(outcome), made)


def _head(outcome: Outcome) -> dict[str, object]:
    return outcome.model_dump(mode="json", exclude_defaults=True)


def _explained(error: Exception) -> str:
    """Which error it was and where in the program, for whoever mends it."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if f"{os.sep}reportkit{os.sep}" in step.filename]
    where = f"，{Path(ours[-1].filename).name} 第 {ours[-1].lineno} 行" if ours else ""
    return f"程序内部错误（{type(error).__name__}{where}）；请把这份报送件交给程序维护者"


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes; whatever libraries print goes nowhere."""
    requests = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nothing, number)
    return requests, results


def _listen(requests: BinaryIO, jobs: queue.SimpleQueue[bytes], folder: Path) -> None:
    try:
        while True:
            jobs.put(wire.receive(requests))
    except (wire.Broken, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def _limit(memory: int) -> None:
    """A hard bound far above the watched one, for what grows between two looks."""
    try:
        import resource
    except ImportError:  # not on this system: the watch alone bounds it
        return
    bound = memory * 2 + 2_000_000_000
    try:
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # a stricter bound is set already
        return


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "1")
