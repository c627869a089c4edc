"""A Dask cluster as an executor of ``concurrent.futures``.

Dask's own executor and its futures survive a worker that dies, but not one that hangs (Dask waits
five minutes for it), nor a scheduler that is started anew: all futures are cancelled then. So
each call is given to one place of one worker, and here it is known where each call is; what is
lost with a worker or with the scheduler is given out again. Results do not depend on it.

A worker is used only after it said that it runs this very program.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ..refusals import CannotDo
from .program import parts
from .slot import Lost, Unfit

TICK = 0.2
"""Seconds between two looks at what goes on, where nothing is heard before."""
_LOUD = ("distributed.client", "distributed.core", "distributed.batched", "distributed.comm")
LOSSES = 3
"""Workers that may be lost over one call before it is given up."""


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for the scheduler and any worker, for a sign of life, for a call."""

    cluster: float = 120.0
    sign: float = 30.0
    call: float = 900.0


@dataclass
class _Call:
    """A call that someone waits for; ``remote`` is where it is at work."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    future: Future[Any]
    losses: int = 0
    remote: Any = None
    end: float = 0.0


@dataclass
class _Worker:
    """A worker: ``state`` is new, asked, good, silent or refused."""

    address: str
    places: int
    state: str = "new"
    seen: Any = None
    heard: float = 0.0
    asked: Any = None
    calls: list[_Call] = field(default_factory=list)


class Cluster(Executor):
    """Calls on the workers of a cluster; ``tell`` hears in Chinese what goes wrong with it."""

    def __init__(
        self, address: str, tell: Callable[[str], None], patience: Patience | None = None
    ) -> None:
        self._address, self._tell, self._patience = address, tell, patience or Patience()
        self._waiting: deque[_Call] = deque()
        self._workers: dict[str, _Worker] = {}
        self._told: set[str] = set()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._numbers = itertools.count()
        self._fetchers = ThreadPoolExecutor(4)
        self._fetching: list[tuple[_Worker, _Call, Future[Any]]] = []
        self._client = self._connect(self._patience.cluster)
        self._losses = _losses()
        self._idle_since = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def places(self) -> int:
        """Calls that can be at work at once; at least one."""
        workers = list(self._workers.values())
        return max(1, sum(worker.places for worker in workers if worker.state == "good"))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let a worker call ``fn``, which it must be able to import."""
        if kwargs:
            raise TypeError("only positional arguments travel")
        call = _Call(fn, args, Future())
        with self._lock:
            if self._closing:
                raise RuntimeError("the executor is shut down")
            self._waiting.append(call)
        self._wake.set()
        return call.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; calls at work there are no longer waited for."""
        with self._lock:
            self._closing = True
        self._wake.set()
        if wait:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._closing:
                self._wake.wait(TICK)
                self._wake.clear()
                try:
                    self._look()
                except self._losses:
                    if not self._closing:
                        self._reconnect()
        except BaseException as error:
            self._give_up(error)
        finally:
            self._leave()
            self._fetchers.shutdown(wait=False, cancel_futures=True)
            self._give_up(CannotDo("已停止。"))

    def _look(self) -> None:
        self._meet()
        for worker in self._workers.values():
            if worker.state == "asked":
                self._hear(worker)
            for call in list(worker.calls):
                self._collect(worker, call)
        self._fetch()
        self._assign()
        self._idle()

    def _connect(self, seconds: float) -> Any:
        try:
            from distributed import Client
        except ImportError as error:
            raise CannotDo(
                "用 --scheduler 需要集群组件；请在各台机器上运行 pip install 'reportkit[cluster]'。"
            ) from error
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for name in ("distributed", *_LOUD):
                    logging.getLogger(name).setLevel(logging.CRITICAL)
                make: Any = Client
                return make(self._address, timeout=seconds, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise CannotDo(f"连不上调度器 {self._address}；请确认它已启动，地址无误。") from error
        except (ValueError, TypeError) as error:
            raise CannotDo(
                f"调度器的地址 {self._address} 写得不对；应如 tcp://主机:8786。"
            ) from error

    def _reconnect(self) -> None:
        """The scheduler is gone: all that was given out comes back, and it is waited for."""
        self._tell("与调度器失去联系，等待它恢复 …")
        for worker in self._workers.values():
            for call in list(worker.calls):
                self._take_back(worker, call)
        self._workers.clear()
        self._leave()
        self._client = self._connect(self._patience.cluster)
        self._idle_since = time.monotonic()
        self._tell("调度器已恢复，继续。")

    def _leave(self) -> None:
        with contextlib.suppress(*self._losses, RuntimeError):
            self._client.close(timeout=2)

    def _meet(self) -> None:
        """Learn which workers there are, and which gave a sign of life."""
        known = self._known()
        now = time.monotonic()
        for address in [address for address in self._workers if address not in known]:
            worker = self._workers.pop(address)
            if worker.calls:
                self._tell(f"工作进程 {address} 不在了，它手上的报送件改由别的做。")
            for call in list(worker.calls):  # where none is left, it is not the call's fault
                self._take_back(worker, call, lost=bool(known))
        for address, facts in known.items():
            worker = self._workers.setdefault(address, _Worker(address, facts["nthreads"]))
            if facts.get("last_seen") != worker.seen:
                worker.seen, worker.heard = facts.get("last_seen"), now
                if worker.state in ("new", "silent"):
                    self._ask(worker)
            elif worker.state in ("good", "asked") and now - worker.heard > self._patience.sign:
                self._silent(worker)

    def _known(self) -> dict[str, Any]:
        """The workers that the scheduler knows, asked now.

        ``Client.scheduler_info`` shares its answer with a periodic look that leaves workers out,
        and gives an old one when the connection is gone.
        """
        scheduler = self._client.scheduler
        if scheduler is None:
            raise ConnectionError
        known: dict[str, Any] = self._client.sync(scheduler.identity, n_workers=-1)["workers"]
        return known

    def _silent(self, worker: _Worker) -> None:
        worker.state, worker.asked = "silent", None
        if worker.calls:
            self._tell(f"工作进程 {worker.address} 没有回应，它手上的报送件改由别的做。")
        for call in list(worker.calls):
            self._take_back(worker, call, lost=True)

    def _ask(self, worker: _Worker) -> None:
        worker.state = "asked"
        worker.asked = self._give(worker, parts)

    def _hear(self, worker: _Worker) -> None:
        """What a worker said of itself: it is used if it is the same program."""
        asked = worker.asked
        if asked is None or not asked.done():
            return
        worker.asked = None
        if asked.cancelled():
            worker.state = "new"
            return
        if asked.status == "error":
            self._refuse(worker, "没有安装 reportkit，或版本太旧")
            return
        try:
            theirs, ours = asked.result(timeout=5), parts()
        except self._losses:
            worker.state = "silent"
            return
        unlike = [name for name in ours if theirs.get(name) != ours[name]]
        if unlike:
            self._refuse(worker, f"与本机不同的有：{'、'.join(unlike)}")
        else:
            worker.state = "good"

    def _refuse(self, worker: _Worker, why: str) -> None:
        worker.state = "refused"
        if worker.address not in self._told:
            self._told.add(worker.address)
            self._tell(f"工作进程 {worker.address} 未使用：{why}。请装上同一版本后重新启动它。")

    def _give(self, worker: _Worker, function: Callable[..., Any], *arguments: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the input is large is known
            remote = self._client.submit(
                function,
                *arguments,
                workers=[worker.address],
                allow_other_workers=False,
                pure=False,
                key=f"reportkit-{next(self._numbers)}-{uuid.uuid4().hex}",
            )
        remote.add_done_callback(lambda _: self._wake.set())
        return remote

    def _collect(self, worker: _Worker, call: _Call) -> None:
        """Fetch a result that is there; what is overdue or was lost is given out again."""
        remote = call.remote
        if not remote.done():
            if time.monotonic() > call.end:
                self._silent(worker)
        elif remote.cancelled() or remote.status == "lost":
            self._take_back(worker, call)
        else:  # the place is free for the next call while the result is on its way
            worker.calls.remove(call)
            fetched = self._fetchers.submit(remote.result, self._patience.call)
            fetched.add_done_callback(lambda _: self._wake.set())
            self._fetching.append((worker, call, fetched))

    def _fetch(self) -> None:
        """Hand over results that arrived."""
        for arrived in [entry for entry in self._fetching if entry[2].done()]:
            self._fetching.remove(arrived)
            worker, call, fetched = arrived
            call.remote = None
            match fetched.exception():
                case None:
                    call.future.set_result(fetched.result())
                case Unfit() as unfit:
                    self._again(call)
                    self._refuse(worker, str(unfit))
                case error if isinstance(error, self._losses):
                    self._again(call, lost=True)
                case error:  # whatever was raised there belongs to whoever waits
                    call.future.set_exception(error)

    def _take_back(self, worker: _Worker, call: _Call, *, lost: bool = False) -> None:
        worker.calls.remove(call)
        call.remote = None
        self._again(call, lost=lost)

    def _again(self, call: _Call, *, lost: bool = False) -> None:
        """Let a call wait for another worker, unless it lost too many."""
        call.losses += lost
        if call.losses >= LOSSES:
            call.future.set_exception(Lost())
        else:
            self._waiting.appendleft(call)

    def _assign(self) -> None:
        good = [worker for worker in self._workers.values() if worker.state == "good"]
        for worker in good:
            while self._waiting and len(worker.calls) < worker.places:
                call = self._waiting.popleft()
                if not call.future.running() and not call.future.set_running_or_notify_cancel():
                    continue
                call.end = time.monotonic() + self._patience.call
                call.remote = self._give(worker, call.function, *call.arguments)
                worker.calls.append(call)

    def _idle(self) -> None:
        """Give up where work waits and no worker can be used for a long time."""
        now = time.monotonic()
        if not self._waiting or any(w.state in ("good", "asked") for w in self._workers.values()):
            self._idle_since = now
        elif now - self._idle_since > self._patience.cluster:
            raise CannotDo("集群中没有可用的工作进程。")

    def _give_up(self, error: BaseException) -> None:
        calls = [call for worker in self._workers.values() for call in worker.calls]
        calls += [call for _, call, _ in self._fetching]
        with self._lock:
            self._closing = True
            calls += self._waiting
            self._waiting.clear()
        self._workers.clear()
        for call in calls:
            if not call.future.done():
                call.future.set_exception(error)


def _losses() -> tuple[type[BaseException], ...]:
    """What is raised where a worker or the scheduler was lost."""
    from distributed.scheduler import KilledWorker

    return OSError, TimeoutError, CancelledError, KilledWorker
