"""Work in a process of its own that is watched: what a worker does with a job.

:func:`perform` is what every executor runs, here and on other hosts. Each thread of a worker has
one warm process; it is used for many items and replaced when it has grown, was ended or died.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from . import wire
from .job import Job, Limits
from .outcome import State
from .program import fingerprint
from .work import failed

CHILD = f"{__package__}.child"
"""The module that runs in the process."""
INTERVAL = 0.1
"""Seconds between two looks at a process at work."""
START = 120.0
"""Seconds that a process may take to start."""
ITEMS, GROWN = 100, 500_000_000
"""A process is replaced after so many items, or when it holds so many bytes."""


class Unfit(Exception):
    """This worker cannot do any job; the text says why, in Chinese."""


class Lost(Exception):
    """A job was given up because the workers that had it were lost, one after another."""


_slots: weakref.WeakSet[Slot] = weakref.WeakSet()
_guard = threading.Lock()


class Slot:
    """One process and what is watched of it; ``printing`` says whether it will make files."""

    def __init__(self, memory: int, printing: bool) -> None:
        self.memory, self.printing = memory, printing
        self.folder = Path(tempfile.mkdtemp(prefix="reportkit-"))
        self.items = 0
        alone: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for whoever started it
        if os.name == "nt":
            alone = {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", CHILD, str(self.folder), str(memory), str(int(printing))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
            **alone,
        )
        self._gone = weakref.finalize(self, _end, self.process, self.folder)
        with _guard:
            _slots.add(self)

    def start(self) -> State | None:
        """Wait until the process is warm; why it is not, if it ended before."""
        return self._watched(None, Limits(seconds=START, memory=self.memory))[0]

    def run(self, message: bytes, limits: Limits) -> tuple[State | None, bytes]:
        """The answer to a job; or why there is none, and the process is ended."""
        self.items += 1
        return self._watched(message, limits)

    @property
    def worn(self) -> bool:
        """Whether it is better to go on with a new process."""
        return self.items >= ITEMS or self.size() > GROWN

    def size(self) -> int:
        """Bytes of memory that the process holds; 0 if it is gone."""
        import psutil

        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def close(self) -> None:
        """End the process and remove what it left."""
        self._gone()

    def _watched(self, message: bytes | None, limits: Limits) -> tuple[State | None, bytes]:
        watch = _Watch(self, limits)
        watch.start()
        try:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            if message is not None:
                wire.send(_binary(self.process.stdin), message)
            answer = wire.receive(_binary(self.process.stdout))
        except (wire.Broken, OSError, ValueError):
            watch.stop()
            self._wait()
            return watch.why or State.CRASHED, b""
        watch.stop()
        return None, answer

    def _wait(self) -> None:
        """Let the process end by itself, so that its exit code tells what it died of."""
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _binary(stream: object) -> BinaryIO:
    return stream  # type: ignore[return-value]


@dataclass
class _Watch:
    """Ends a process that takes too long or too much memory; ``why`` says which."""

    slot: Slot
    limits: Limits
    why: State | None = None
    _done: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        end = time.monotonic() + self.limits.seconds
        while not self._done.wait(INTERVAL):
            if time.monotonic() > end:
                self.why = State.TIMEOUT
            elif self.slot.size() > self.limits.memory:
                self.why = State.MEMORY
            else:
                continue
            _kill(self.slot.process)
            return


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    import psutil

    try:
        below = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        below = []
    for one in below:
        try:
            one.kill()
        except psutil.Error:
            continue
    process.kill()


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    if process.poll() is None:
        process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)


_own = threading.local()


def perform(message: bytes) -> bytes:
    """Do a job: its outcome and files as one message. Never raises for what is in the item.

    Raises:
        Unfit: the job was made by another program than this one, or no process can be started.
    """
    job = Job.model_validate(wire.head_of(message))
    if job.program != fingerprint():
        raise Unfit("它已换了版本")
    slot = _slot(job.limits.memory, not job.options.check_only)
    state, answer = slot.run(message, job.limits)
    if state is not None:
        outcome = failed(job, state, _reason(state, job.limits, slot.process.returncode))
        answer = wire.pack(outcome.model_dump(mode="json", exclude_defaults=True), {})
    if state is not None or slot.worn:
        slot.close()
        _own.slot = None
    return answer


def end_all() -> None:
    """End all processes of this program; whoever waits for one hears that it died."""
    with _guard:
        slots = list(_slots)
    for slot in slots:
        slot.close()


def _slot(memory: int, printing: bool) -> Slot:
    """The process of this thread, started if need be."""
    slot: Slot | None = getattr(_own, "slot", None)
    if slot is not None:
        alike = (slot.memory, slot.printing) == (memory, printing)
        if alike and slot.process.poll() is None:
            return slot
        slot.close()
    _own.slot = slot = Slot(memory, printing)
    problem = slot.start()
    if problem is None:
        return slot
    slot.close()
    _own.slot = None
    if problem is State.MEMORY:
        raise Unfit(f"内存上限 {memory / 1e6:.0f} MB 太小，工作进程启动不了")
    raise Unfit("工作进程启动不了；运行 reportkit doctor 可看缺什么")


def _reason(state: State, limits: Limits, code: int | None) -> str:
    match state:
        case State.TIMEOUT:
            return f"超过 {limits.seconds:g} 秒仍未完成，已中止；可用 --time-limit 放宽"
        case State.MEMORY:
            size = limits.memory / 1e6
            return f"占用内存超过 {size:.0f} MB，已中止；可用 --memory-limit 放宽"
    how = f"（信号 {-code}）" if code is not None and code < 0 else ""
    return f"处理时工作进程意外中断{how}；请把这份报送件交给程序维护者"
