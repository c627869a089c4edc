"""Runs a batch: finds the items, gives those that changed to the workers, keeps what comes back.

    scan ─> snapshot ─> key ─┬─ same key, files whole ──> the outcome of the earlier run
                             └─ job ─> executor ─> perform ─> store ─> outcome

Everything goes through a ``concurrent.futures`` executor; which one it is makes no difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from ..refusals import CannotDo
from . import wire
from .job import INPUT, Job, Limits, Options
from .outcome import Item, Outcome, State
from .parcel import Parcel, Unstable, Unusable, snapshot
from .program import fingerprint
from .scan import Found
from .slot import Lost, Unfit, perform
from .store import Store
from .work import failed

IN_FLIGHT = 400_000_000
"""Bytes of input that may be under way at once."""
LASTING = (State.PASSED, State.FAILED, State.UNREADABLE)
"""What becomes of the same input again; all else is tried anew by the next run, as is what could
not be printed for a reason that may be gone (no Pango, no such style)."""


@dataclass(frozen=True)
class Plan:
    """What all items of a batch have in common. ``extras`` are files that travel with each."""

    root: Path
    options: Options
    limits: Limits
    extras: dict[str, bytes] = field(default_factory=dict)

    def key(self, parcel: Parcel, item: Item) -> str:
        """Fingerprint of an item's input, standards, styles, program and options."""
        made = hashlib.sha256()
        for part in (
            fingerprint(),
            item.model_dump_json(),
            self.options.model_dump_json(),
            parcel.sha256,
            *(f"{n} {hashlib.sha256(c).hexdigest()}" for n, c in sorted(self.extras.items())),
        ):
            made.update(f"{len(part)} {part} ".encode("utf-8", "surrogatepass"))
        return made.hexdigest()

    def message(self, item: Item, parcel: Parcel) -> bytes:
        """The job for an item, with its files."""
        job = Job(
            item=item,
            key=self.key(parcel, item),
            program=fingerprint(),
            options=self.options,
            limits=self.limits,
            depth=parcel.depth,
            links=parcel.links,
        )
        files = {f"{INPUT}/{path}": content for path, content in parcel.files.items()}
        return wire.pack(job.model_dump(mode="json"), {**files, **self.extras})


@dataclass
class Task:
    """An item that is still to be done, with about how much work it is."""

    item: Item
    weight: int
    before: Outcome | None = None


@dataclass(frozen=True)
class Workers:
    """An executor, and how many calls it can have at work at once."""

    executor: Executor
    places: Callable[[], int]


class Watch:
    """Hears how a batch goes on; does nothing by itself."""

    def found(self, found: Found, reused: int, weight: int) -> None:
        """What lies in the folder, how many items need not be done again, and the work to do."""

    def done(self, outcome: Outcome, weight: int) -> None:
        """An item came to its end."""

    def finishing(self) -> None:
        """All items came to their end; now they are compared, and the summary is written."""

    def note(self, text: str) -> None:
        """Something that the user should know at once, in Chinese."""


def sort_out(
    plan: Plan, items: tuple[Item, ...], store: Store, force: bool
) -> tuple[list[Task], list[Outcome]]:
    """The items to be done, largest first, and the outcomes of those that did not change."""
    tasks, kept = [], []
    for item in items:
        before = store.record(item.name)
        try:
            parcel = snapshot(plan.root, item)
        except (Unstable, Unusable):
            tasks.append(Task(item, 0, before))
            continue
        if before is not None and not force and _same(before, plan.key(parcel, item), store):
            kept.append(before)
        else:
            tasks.append(Task(item, parcel.weight, before))
    return sorted(tasks, key=lambda task: -task.weight), kept


def _same(before: Outcome, key: str, store: Store) -> bool:
    """Whether the earlier outcome is what would come out again, and its files are still there."""
    lasting = before.state in LASTING and (before.digest is None or not before.reason)
    return before.key == key and lasting and store.complete(before)


def carry_out(
    plan: Plan, tasks: list[Task], workers: Workers, store: Store, watch: Watch
) -> Iterator[Outcome]:
    """Give the tasks to the executor, a few more than it has places, and keep what comes back.

    Raises:
        CannotDo: a result cannot be written.
    """
    waiting = iter(tasks)
    running: dict[Future[bytes], tuple[Task, int]] = {}
    under_way = 0
    more = True
    while more or running:
        while (
            more and len(running) < workers.places() + 2 and (under_way < IN_FLIGHT or not running)
        ):
            task = next(waiting, None)
            if task is None:
                more = False
                break
            try:
                message = plan.message(task.item, snapshot(plan.root, task.item))
            except (Unstable, Unusable) as error:
                outcome = _unsent(task.item, error)
                store.keep(outcome, {}, task.before)
                watch.done(outcome, task.weight)
                yield outcome
                continue
            running[workers.executor.submit(perform, message)] = task, len(message)
            under_way += len(message)
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            task, size = running.pop(future)
            under_way -= size
            outcome, files = _result(task, future)
            store.keep(outcome, files, task.before)
            watch.done(outcome, task.weight)
            yield outcome


def _result(task: Task, future: Future[bytes]) -> tuple[Outcome, dict[str, bytes]]:
    try:
        head, files = wire.unpack(future.result())
    except Lost:
        reason = "处理它的工作进程接连几次消失；请单独检查这份报送件"
        return failed(_bare_job(task.item), State.CRASHED, reason), {}
    except Unfit as unfit:
        raise CannotDo(f"{unfit}。") from unfit
    except CannotDo:
        raise
    except Exception as error:  # of the cluster: ``perform`` raises nothing else
        reason = f"集群出错（{type(error).__name__}）"
        return failed(_bare_job(task.item), State.CRASHED, reason), {}
    return Outcome.model_validate(head), files


def _bare_job(item: Item) -> Job:
    """A job for what came to no result: without a key, so that the next run tries it anew."""
    return Job(item=item, key="", program="", options=Options())


def _unsent(item: Item, error: Exception) -> Outcome:
    """The outcome of an item that could not be taken along; it is tried anew by the next run."""
    job = _bare_job(item)
    if isinstance(error, Unstable):
        reason = f"读取时 {error} 正在变动；请等文件不再改动后再运行"
        return failed(job, State.CHANGED, reason)
    return failed(job, State.UNREADABLE, str(error))
