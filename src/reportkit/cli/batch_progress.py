"""Progress of a batch: a bar with time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..batch import Found, Outcome, State, Watch
from ..model.diagnostic import Severity

EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


class Lines(Watch):
    """Plain lines: one for each item that is not 合格, and from time to time how far it is."""

    def __init__(self) -> None:
        self.start = self.last = time.monotonic()
        self.total = self.finished = 0
        self.weight = self.carried = 0

    def found(self, found: Found, reused: int, weight: int) -> None:
        """What lies in the folder, how many items need not be done again, and the work to do."""
        again = f"，其中 {reused} 份没有改动，不再重做" if reused else ""
        self.say(f"找到 {len(found.items)} 份报送件{again}")
        if found.passed:
            self.say(f"跳过 {len(found.passed)} 个不是报送件的文件：{some(found.passed)}")
        if found.same:
            self.say(f"跳过 {len(found.same)} 个与报送件同名的文件：{some(found.same)}")
        if found.cut:
            self.say("文件夹中的文件太多，没有看完；请把报送件放到单独的文件夹里")
        self.total, self.weight = len(found.items) - reused, weight
        self.start = self.last = time.monotonic()
        self.advance()

    def done(self, outcome: Outcome, weight: int) -> None:
        """An item came to its end."""
        self.finished += 1
        self.carried += weight
        if outcome.state is not State.PASSED:
            self.say(line(outcome))
        self.advance()

    def advance(self) -> None:
        """Show how far it is."""
        now = time.monotonic()
        if now - self.last >= EVERY:
            self.last = now
            self.say(f"已完成 {self.finished}/{self.total} 份，{self.left()}")

    def finishing(self) -> None:
        """All items came to their end; now they are compared, and the summary is written."""
        self.say("各份已处理完，正在互相比较、写汇总 …")

    def note(self, text: str) -> None:
        """Something that the user should know at once."""
        self.say(text)

    def say(self, text: str) -> None:
        """Print a line."""
        click.echo(text, err=True)

    def left(self) -> str:
        """The time left, by the work done so far."""
        if not self.carried:
            return "正在估计剩余时间"
        spent = time.monotonic() - self.start
        return f"约剩 {duration(spent * (self.weight - self.carried) / self.carried)}"


def line(outcome: Outcome) -> str:
    """One item in one line."""
    errors = outcome.count(Severity.ERROR)
    why = outcome.reason or (f"错误 {errors} 条" if errors else "")
    return f"  {outcome.state.label}  {'、'.join(outcome.item.paths)}" + (f"：{why}" if why else "")


def some(names: tuple[str, ...], count: int = 3) -> str:
    """The first names, each cut to size."""
    shown = "、".join(name if len(name) <= 40 else f"{name[:39]}…" for name in names[:count])
    return f"{shown} 等" if len(names) > count else shown


def duration(seconds: float) -> str:
    """A span of time for people."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} 小时 {minutes % 60} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"


@contextmanager
def watching() -> Iterator[Watch]:
    """Who watches a batch from the command line."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("查找报送件", total=None)

        class Bar(Lines):
            def advance(self) -> None:
                progress.update(
                    bar, total=self.total, completed=self.finished, description=self.left()
                )

            def say(self, text: str) -> None:
                console.print(text, highlight=False, markup=False)

        yield Bar()
