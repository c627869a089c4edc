"""Speed, as ratios measured in one run: `make bench`. Results also in build/bench.json.

The two sides of a ratio run in turn, A B A B, and the median of the pairs is shown: machines are
noisy, ratios of neighbours less so. Nothing here asserts; the goals stand beside the figures.
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportkit import workflow
from reportkit.model.report import Para, RCase, Report, RTable, plain
from reportkit.reading import write_folder
from reportkit.standards import load
from reportkit.writing import load_style, write_docx
from reportkit.writing.fonts import library
from reportkit.writing.pdf.html import Page
from reportkit.writing.pdf.served import SCHEME, Served
from tests.generate import generate

CHARACTERS = 113_000
RESULTS = Path("build/bench.json")
REPORTS = Path("../shared/reports")
PLAIN_PDF = (
    "import sys, weasyprint, logging; logging.disable(); from pathlib import Path\n"
    "from weasyprint.text.fonts import FontConfiguration\n"
    "html, css, out, base = sys.argv[1:]\n"
    "fonts = FontConfiguration()\n"
    "sheet = weasyprint.CSS(css, base_url=base, font_config=fonts)\n"
    "page = weasyprint.HTML(html, base_url=base)\n"
    "page.write_pdf(out, stylesheets=[sheet], font_config=fonts)"
)


def seconds(action: Callable[[], Any]) -> float:
    """Wall time of one call, in seconds."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def process(*command: str) -> None:
    """Run a command to its end; a failure ends the benchmark."""
    subprocess.run([sys.executable, *command], check=True, capture_output=True)


def pair(a: Callable[[], Any], b: Callable[[], Any], runs: int) -> dict[str, float]:
    """Median times of two actions run in turn, and the median of their ratios."""
    times = [(seconds(a), seconds(b)) for _ in range(runs)]
    return {
        "ours": statistics.median(t for t, _ in times),
        "other": statistics.median(t for _, t in times),
        "ratio": statistics.median(t / u for t, u in times),
    }


def plain_docx(report: Report, target: Path) -> None:
    """The same paragraphs and tables by python-docx alone."""
    import docx

    document = docx.Document()

    def write(block: Any) -> None:
        if isinstance(block, RTable):
            document.add_paragraph(block.caption.text)
            rows = block.rows()
            table = document.add_table(rows=0, cols=block.columns)
            for row in rows:
                cells = table.add_row().cells
                for cell in row:
                    cells[cell.column].text = plain(cell.runs)
        elif isinstance(block, RCase):
            document.add_paragraph(plain(block.heading))
            for inner in block.blocks:
                write(inner)
        elif isinstance(block, Para):
            document.add_paragraph(plain(block.runs))
        elif block.type == "heading":
            document.add_heading(block.text, min(block.level, 9))
        elif block.type == "list":
            for item in block.items:
                for inner in item.blocks:
                    write(inner)
        else:
            document.add_paragraph(block.caption.text)

    for part in report.parts:
        for entry in part.entries:
            document.add_paragraph(entry.text)
        for block in part.blocks:
            write(block)
    document.save(str(target))


def measure(folder: Path) -> dict[str, Any]:
    """All figures, in seconds and ratios."""
    source = folder / "report"
    write_folder(generate(load("bj-municipal-2025"), CHARACTERS), source)
    opened = workflow.open_submission(source)
    assert opened.report is not None
    assert opened.ok, [d.message for d in opened.diagnostics][:3]
    report, style = opened.report, load_style("official")

    served = Served(report, style, library(None))
    page = Page(report, style, served)
    html, css = folder / "plain.html", folder / "plain.css"
    html.write_text(_on_disk(page.html(), served, folder), encoding="utf-8")
    css.write_text(_on_disk(page.css(), served, folder), encoding="utf-8")

    results: dict[str, Any] = {}
    results["--help (goal 0.3 s)"] = statistics.median(
        seconds(lambda: process("-m", "reportkit", "--help")) for _ in range(7)
    )
    results["check, 113,000 characters, after start-up (goal 0.5 s)"] = statistics.median(
        seconds(lambda: workflow.open_submission(source)) for _ in range(5)
    )
    docx = folder / "out.docx"
    write_docx(report, style, docx)
    results["DOCX / plain python-docx (goal 2)"] = pair(
        lambda: write_docx(report, style, docx), lambda: plain_docx(report, docx), 5
    )
    build = ("-m", "reportkit", "build", str(source), "--out", str(folder / "out"))
    files = (str(html), str(css), str(folder / "p.pdf"), f"{folder}/")
    results["build --to pdf / plain WeasyPrint of the same HTML (goal 1.25)"] = pdf = pair(
        lambda: process(*build, "--to", "pdf"), lambda: process("-c", PLAIN_PDF, *files), 3
    )
    results["build of DOCX and PDF / plain WeasyPrint of the same HTML"] = pair(
        lambda: process(*build), lambda: process("-c", PLAIN_PDF, *files), 3
    )
    results["DOCX / PDF (goal 0.1)"] = (
        results["DOCX / plain python-docx (goal 2)"]["ours"] / pdf["other"]
    )
    built = workflow.build(opened, folder / "out")
    results["pages"] = built.pages
    return results


def _on_disk(text: str, served: Served, folder: Path) -> str:
    """The text with the pictures and fonts that it names written as files, for plain WeasyPrint."""
    for address in sorted(set(re.findall(rf"{SCHEME}\w+/\d+", text))):
        name = address.removeprefix(SCHEME).replace("/", "-")
        (folder / name).write_bytes(served.load(address)[0])
        text = re.sub(rf"{address}\b", name, text)
    return text


def findings() -> None:
    """Print what the checks find: mutants by kind, cost by size, and known mistakes if present."""
    from reportkit import evaluation
    from tests.mutation import backed, harness

    tallies, alarms = harness.run(range(6))
    print(harness.as_text(tallies, alarms))
    print(backed.as_text(backed.of_examples(Path("submissions"), 20)))
    for size, spent in harness.cost((10_000, 100_000, 1_000_000)):
        print(f"{spent:8.2f}  checks of claims, {size:,} characters, seconds")
    gold = REPORTS / "known-mistakes.jsonl"
    if gold.exists():
        files = sorted(REPORTS.glob("*-20??.txt"))
        found = evaluation.evaluate(files, gold, REPORTS / "correct-claims.jsonl")
        print(evaluation.as_text(found))


def main() -> None:
    """Measure, print, and keep the results."""
    with tempfile.TemporaryDirectory() as folder:
        results = measure(Path(folder))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")
    for name, value in results.items():
        if isinstance(value, dict):
            print(
                f"{value['ratio']:8.2f}  {name}  ({value['ours']:.2f} s / {value['other']:.2f} s)"
            )
        else:
            print(f"{value:8.2f}  {name}")
    findings()


if __name__ == "__main__":
    main()
