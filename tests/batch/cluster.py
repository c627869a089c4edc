"""A Dask cluster of real processes on the loopback address, with faults on demand."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LocalCluster:
    """A scheduler and workers, each a process; use it as a context manager."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.scheduler = self._start("scheduler")
        self._await()
        self.workers = [self.worker() for _ in range(workers)]

    def __enter__(self) -> "LocalCluster":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()

    def worker(self, **env: str) -> subprocess.Popen[bytes]:
        """One more worker, with one place."""
        return self._start("worker", **env)

    def restart_scheduler(self) -> None:
        """Kill the scheduler, start another at its address, with new workers."""
        self.scheduler.kill()
        self.scheduler.wait()
        self.scheduler = self._start("scheduler")
        self.workers += [self.worker() for _ in range(2)]

    def _await(self) -> None:
        """Wait until the scheduler listens."""
        end = time.monotonic() + 60
        port = int(self.address.rpartition(":")[2])
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.05)
        raise TimeoutError("the scheduler did not start")

    def _start(self, what: str, **env: str) -> subprocess.Popen[bytes]:
        common = ["--no-dashboard", "--host", "127.0.0.1"]
        if what == "scheduler":
            own = [*common, "--no-show", "--port", self.address.rpartition(":")[2]]
        else:
            local = ["--local-directory", str(self.folder)]
            own = [self.address, *common, "--nthreads", "1", "--no-nanny", *local]
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *own],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **env},
        )


def echo(seconds: float, value: object, size: int = 0) -> object:
    """Give ``value`` back after a while, or ``size`` bytes; what a worker is asked in tests."""
    time.sleep(seconds)
    return bytes(size) or value
