"""Speed of a batch: `make bench-batch`, or `python -m tests.bench_batch [all] [sample]`.

``all`` submissions (189) go through once; what is compared runs in turn, A B A B, on ``sample``
of them (24), every n-th by size, since whole runs take long and machines are noisy. Nothing
asserts; the goals stand beside the figures, which are also in build/bench-batch.json.
"""

import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from reportkit import workflow
from reportkit.batch import Found, Options, Outcome, Watch, run
from reportkit.batch.cluster import Cluster, Patience
from reportkit.writing import load_style, office
from reportkit.writing.fonts import library
from reportkit.writing.pdf.html import Page
from reportkit.writing.pdf.served import SCHEME, Served
from tests import load
from tests.batch.cluster import LocalCluster, echo

RESULTS = Path("build/bench-batch.json")
CHECK = Options(check_only=True)


class Stopwatch(Watch):
    """When the work began, when each item ended, and when the last did."""

    def __init__(self) -> None:
        self.begun = 0.0
        self.ended: dict[str, float] = {}

    def found(self, found: Found, reused: int, weight: int) -> None:
        self.begun = time.monotonic()

    def done(self, outcome: Outcome, weight: int) -> None:
        self.ended[outcome.item.paths[0]] = time.monotonic()


class Memory:
    """The most memory that any process of a worker held while this was open, in MB."""

    def __init__(self) -> None:
        self.most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            for process in psutil.Process().children(recursive=True):
                try:
                    if "reportkit.batch.child" in process.cmdline():
                        self.most = max(self.most, process.memory_info().rss / 1e6)
                except psutil.Error:
                    continue


def cpu() -> dict[str, float]:
    """CPU seconds of this process so far, and of the processes that it started and that ended."""
    own, below = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"parent": own.ru_utime + own.ru_stime, "workers": below.ru_utime + below.ru_stime}


def seconds(source: Path, out: Path, **more: Any) -> float:
    """Wall time of a whole run, in seconds; an item that does not pass ends the benchmark."""
    start = time.monotonic()
    result = run(source, out, **more)
    spent = time.monotonic() - start
    bad = [o for o in result.outcomes if o.state != "passed"]
    assert not bad, [(o.item.name, o.reason) for o in bad]
    return spent


def whole(source: Path, folder: Path) -> dict[str, Any]:
    """All submissions: checked alone, printed by two workers, and unchanged."""
    made: dict[str, Any] = {}
    made["check alone, two workers, s (goal 60)"] = seconds(
        source, folder / "check", options=CHECK, workers=2
    )
    made["unchanged after a check, s (goal 5)"] = seconds(
        source, folder / "check", options=CHECK, workers=2
    )
    before = cpu()
    with Memory() as memory:
        spent = seconds(source, folder / "out", workers=2)
    made["CPU seconds of it"] = {name: now - before[name] for name, now in cpu().items()}
    made["check, DOCX and PDF, two workers, s"] = spent
    made["reports a minute, two workers"] = 60 * len(list(source.iterdir())) / spent
    made["most memory of a worker, MB (goal 700)"] = memory.most
    made["unchanged, s (goal 5)"] = seconds(source, folder / "out", workers=2)
    return made


def compared(source: Path, folder: Path, rounds: int) -> dict[str, Any]:
    """The sample by one worker, by two, by a cluster of two, and by pandoc and LibreOffice."""
    times: dict[str, list[float]] = {}
    pages = folder / "pages"
    reports = [html(path, pages / path.stem) for path in sorted(source.iterdir())]
    with LocalCluster(folder / "dask") as cluster:
        first = folder / "first"  # a cluster stands ready: its start is not the run's
        load.write(first, 4)
        seconds(first, folder / "warm", scheduler=cluster.address)
        for turn in range(rounds):
            for name, more in (
                ("one", {"workers": 1}),
                ("two", {"workers": 2}),
                ("cluster", {"scheduler": cluster.address}),
            ):
                out = folder / f"{name}{turn}"
                times.setdefault(name, []).append(seconds(source, out, **more))
                shutil.rmtree(out)
            if pandoc():
                times.setdefault("others", []).append(others(reports, folder / "others"))
    ratio = {
        name: statistics.median(a / b for a, b in zip(times[name], times["two"], strict=True))
        for name in times
    }
    made: dict[str, Any] = {f"sample, {name}, s": spent for name, spent in times.items()}
    made["two workers / one worker (goal 1.8)"] = ratio["one"]
    made["cluster of two / two workers, time (goal 1.15)"] = ratio["cluster"]
    if "others" in ratio:
        made["pandoc + LibreOffice / ours with checks, time, two at once"] = ratio["others"]
        made["reports a minute, ours and pandoc + LibreOffice"] = [
            60 * len(reports) / statistics.median(times[name]) for name in ("two", "others")
        ]
    return made


def waiting(folder: Path) -> float:
    """How much of the time two places of a cluster are at work: calls that sleep half a second.

    Each brings 200 kB and takes 1 MB home, as an item does; sleeping does not compete for cores.
    """
    with LocalCluster(folder / "sleeping") as cluster:
        executor = Cluster(cluster.address, print, Patience())
        with executor:
            list(executor.map(echo, [0] * 4, [b"warm"] * 4))
            while executor.places < 2:
                time.sleep(0.1)
            start = time.monotonic()
            sent = [(0.5, bytes(200_000), 1_000_000) for _ in range(40)]
            list(executor.map(echo, *zip(*sent, strict=True)))
            return 40 * 0.5 / 2 / (time.monotonic() - start)


def by_size(source: Path, folder: Path, characters: dict[str, int]) -> dict[str, Any]:
    """Time of one worker by size: a straight line through all items, and how well it fits.

    ``thirds`` are measured seconds over those of the line for small, middle and large items: about
    1 each if time grows linearly.
    """
    watch = Stopwatch()
    run(source, folder / "by-size", workers=1, watch=watch)
    order = sorted(watch.ended, key=watch.ended.__getitem__)  # the first pays for the start
    points = sorted(
        (characters[name], watch.ended[name] - watch.ended[before])
        for before, name in pairwise(order)
    )
    sizes, spent = zip(*points, strict=True)
    line = statistics.linear_regression(sizes, spent)
    third = -(-len(points) // 3)
    return {
        "seconds an item": line.intercept,
        "seconds for 10,000 characters": 10_000 * line.slope,
        "correlation": statistics.correlation(sizes, spent),
        "thirds": [
            sum(spent[at : at + third])
            / sum(line.intercept + line.slope * size for size in sizes[at : at + third])
            for at in range(0, len(points), third)
        ],
    }


def html(path: Path, folder: Path) -> Path:
    """The report as the same HTML that our PDF is made from, with its pictures as files."""
    folder.mkdir(parents=True)
    opened = workflow.open_submission(path)
    assert opened.report is not None
    style = load_style("official")
    served = Served(opened.report, style, library(None))
    text = Page(opened.report, style, served).html()
    for address in sorted(set(re.findall(rf"{SCHEME}\w+/\d+", text))):
        name = address.removeprefix(SCHEME).replace("/", "-") + ".png"
        (folder / name).write_bytes(served.load(address)[0])
        text = re.sub(rf"{address}\b", name, text)
    target = folder / "report.html"
    target.write_text(text, encoding="utf-8")
    return target


def pandoc() -> str | None:
    """The program, installed or from the package pypandoc_binary."""
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


def others(reports: list[Path], folder: Path) -> float:
    """Time of HTML to DOCX by pandoc and DOCX to PDF by LibreOffice, two of each at once."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    start = time.monotonic()

    def to_docx(report: Path) -> Path:
        target = folder / f"{report.parent.name}.docx"
        command = [str(pandoc()), report.name, "-o", str(target)]
        subprocess.run(command, cwd=report.parent, check=True, capture_output=True)
        return target

    def to_pdf(files: list[Path]) -> None:
        profile = f"-env:UserInstallation={(folder / files[0].stem).as_uri()}"
        command = [str(office.find()), profile, "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True
        )

    with ThreadPoolExecutor(2) as pool:
        files = list(pool.map(to_docx, reports))
        list(pool.map(to_pdf, [files[0::2], files[1::2]]))
    spent = time.monotonic() - start
    assert len(list(folder.glob("*.pdf"))) == len(reports)
    return spent


def main() -> None:
    """Measure, print, and keep the results."""
    count, sampled, rounds = (
        *map(int, sys.argv[1:]),
        *(189, 24, 2)[len(sys.argv) - 1 :],
    )
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = load.write(folder / "all", count)
        items = sorted((folder / "all").iterdir())
        by = dict(zip((item.name for item in items), sizes, strict=True))
        chosen = sorted(items, key=lambda item: by[item.name])[:: max(1, count // sampled)]
        (folder / "sample").mkdir()
        for item in chosen:
            copy = shutil.copytree if item.is_dir() else shutil.copy
            copy(item, folder / "sample" / item.name)
        results["submissions, characters"] = [count, sum(sizes)]
        results["sample, characters"] = [len(chosen), sum(by[item.name] for item in chosen)]
        results |= compared(folder / "sample", folder, rounds)
        _print(results)
        results["share of time that a cluster's places are at work"] = waiting(folder)
        results["time by size, one worker"] = by_size(folder / "sample", folder, by)
        if count > sampled:
            results |= whole(folder / "all", folder)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")
    _print(results)


def _print(results: dict[str, Any]) -> None:
    for name, value in results.items():
        print(f"{name}: {value}", flush=True)


if __name__ == "__main__":
    main()
