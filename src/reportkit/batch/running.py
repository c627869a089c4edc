"""The public call: a folder of submissions in, an output folder with one result for all out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..model.diagnostic import Diagnostic, Severity
from ..refusals import CannotDo
from .cluster import Cluster, Patience
from .engine import Plan, Watch, Workers, carry_out, sort_out
from .finish import finish
from .job import STANDARDS, STYLE, Limits, Options
from .outcome import Outcome, State
from .scan import Found, scan
from .slot import START, end_all
from .store import Store, open_store
from .summary import SummaryOptions

GO_ON = "做完的都已保存；再运行同一命令，会从断处接着做。"
EXTRA_LIMIT = 50_000_000
"""Bytes that standards and a style of the user's own may have, since they travel with each job."""


@dataclass(frozen=True)
class Result:
    """The outcomes of all items, in the order of their paths, and what is found between them.

    ``reused`` outcomes are from earlier runs; ``found`` tells what else lies in the folder.
    """

    outcomes: tuple[Outcome, ...]
    between: Mapping[str, tuple[Diagnostic, ...]]
    reused: int
    found: Found
    store: Store

    @property
    def states(self) -> Counter[State]:
        """How many items ended in each state."""
        return Counter(outcome.state for outcome in self.outcomes)

    @property
    def ok(self) -> bool:
        """Whether all are 合格, by themselves and beside each other."""
        wrong = (d.severity is Severity.ERROR for found in self.between.values() for d in found)
        return set(self.states) <= {State.PASSED} and not any(wrong)


def run(
    source: Path,
    out: str | Path,
    *,
    options: Options | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
    force: bool = False,
    roster: Path | None = None,
    scheduler: str | None = None,
    patience: Patience | None = None,
    standards: Path | None = None,
    summary: SummaryOptions | None = None,
    watch: Watch | None = None,
) -> Result:
    """Check and build every submission in ``source``; results go to ``out``, a folder or a URL.

    What did not change since the last run is not done again, unless ``force``. ``workers`` is the
    number of processes here, by default one for each core; ``scheduler`` is the address of a Dask
    cluster that does the work instead, ``patience`` how long it is waited for. ``standards`` and
    ``options.style`` may be folders of the user's own; they travel with the work. ``summary`` says
    what the result for all is called and who sends the letters.

    Raises:
        CannotDo: there is nothing to do, or the output cannot be written. What was done is kept.
        KeyboardInterrupt: as it comes; what was done is kept.
    """
    watch = watch or Watch()
    store = open_store(str(out))
    found = _found(source, store)
    options = options or Options()
    _usable(options, roster, standards)
    extras, options = _extras(standards, options)
    plan = Plan(found.root, options, limits or Limits(), extras)
    tasks, kept = sort_out(plan, found.items, store, force)
    watch.found(found, len(kept), sum(task.weight for task in tasks))
    outcomes = list(kept)
    if tasks:
        patience = patience or Patience(call=plan.limits.seconds + 2 * START)
        try:
            with _workers(scheduler, workers, patience, watch) as hands:
                outcomes.extend(carry_out(plan, tasks, hands, store, watch))
        except CannotDo as problem:
            raise CannotDo(f"{problem}\n{GO_ON}" if outcomes else str(problem)) from problem
    by_name = {outcome.item.name: outcome for outcome in outcomes}
    ordered = tuple(by_name[item.name] for item in found.items)
    watch.finishing()
    between = finish(ordered, store, roster, standards, summary)
    return Result(ordered, between, len(kept), found, store)


def _found(source: Path, store: Store) -> Found:
    if not source.exists():
        raise CannotDo(f"没有 {source} 这个文件夹。")
    if not source.is_dir():
        raise CannotDo(f"{source} 是一个文件；一份报送件请用 reportkit build {source}")
    try:
        found = scan(source, store.local)
    except OSError as error:
        raise CannotDo(f"读不了文件夹 {source}，请检查权限。") from error
    out = store.local.resolve() if store.local else None
    if out == source.resolve() or any(
        out and item.form == "folder" and out.is_relative_to((found.root / item.paths[0]).resolve())
        for item in found.items
    ):
        raise CannotDo(f"输出文件夹 {store.shown} 就是来源，或在一份报送件里面；请换一个。")
    if not found.items:
        raise CannotDo(
            f"{source} 中没有找到报送件：应有含 report.yaml 的文件夹、JSON 文档、"
            "填好的模板，或 Word、PDF、文本形式的报告。"
        )
    return found


@contextmanager
def _workers(
    scheduler: str | None, count: int | None, patience: Patience, watch: Watch
) -> Iterator[Workers]:
    """Processes of this machine, each driven by a thread, or the workers of a cluster."""
    if scheduler is not None:
        cluster = Cluster(scheduler, watch.note, patience)
        try:
            yield Workers(cluster, lambda: cluster.places)
        finally:
            cluster.shutdown()
        return
    places = count or os.cpu_count() or 1
    pool = ThreadPoolExecutor(places)
    try:
        yield Workers(pool, lambda: places)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        end_all()
        pool.shutdown()


def _usable(options: Options, roster: Path | None, standards: Path | None) -> None:
    """See that what was asked for is there, before any work is done."""
    from ..workflow import find_standard, load_look

    if roster is not None and not roster.is_file():
        raise CannotDo(f"没有名单文件 {roster}。")
    if options.style is not None:
        load_look(options.style)
    if options.standard is not None:
        find_standard(options.standard, standards)


def _extras(standards: Path | None, options: Options) -> tuple[dict[str, bytes], Options]:
    """Standards and style of the user's own, as files that travel; and how they are called then."""
    extras: dict[str, bytes] = {}
    if standards is not None:
        extras |= _files(standards, STANDARDS)
    if options.standard is not None and (folder := Path(options.standard)).is_dir():
        folder = folder.resolve()
        for beside in sorted(folder.parent.glob("*/standard.yaml")):  # what it may extend
            extras |= _files(beside.parent, f"{STANDARDS}/{beside.parent.name}")
        options = options.model_copy(update={"standard": folder.name})
    if options.style is not None and Path(options.style).is_dir():
        extras |= _files(Path(options.style), STYLE)
    if sum(map(len, extras.values())) > EXTRA_LIMIT:
        raise CannotDo(f"规范和版式文件夹共超过 {EXTRA_LIMIT / 1e6:.0f} MB，请检查所给的文件夹。")
    return extras, options


def _files(folder: Path, name: str) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    if not folder.is_dir():
        raise CannotDo(f"没有 {folder} 这个文件夹。")
    try:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                made[f"{name}/{file.relative_to(folder).as_posix()}"] = file.read_bytes()
                if len(made) > 5000:
                    break
    except OSError as error:
        raise CannotDo(f"读不了 {folder}，请检查权限。") from error
    return made
