"""Outside programs that judge produced files, and the traps that they do not know."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from ..conftest import need

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ROOT = Path(__file__).parents[2]
_TIME_LIMIT = 120


@cache
def _validator() -> str | None:
    places = (
        os.environ.get("REPORTKIT_OOXML_VALIDATOR"),
        str(_ROOT / "build/tools/node_modules/.bin/ooxml-validator"),
    )
    return next((place for place in places if place and Path(place).exists()), None)


def validate(file: Path) -> list[dict[str, Any]]:
    """The errors that the Open XML SDK validator finds in ``file``."""
    tool = _validator()
    need("Open XML SDK validator (npm)", tool)
    assert tool is not None
    run = subprocess.run([tool, str(file)], capture_output=True, timeout=_TIME_LIMIT, check=False)
    found: list[dict[str, Any]] = json.loads(run.stdout)["errors"]
    return found


def to_pdf(file: Path) -> Path:
    """``file`` as LibreOffice prints it; the PDF stands beside it."""
    return _convert(file, "pdf", ".pdf")


def to_text(file: Path) -> str:
    """The words of ``file`` as LibreOffice reads them, list numbers and fields included."""
    return _convert(file, "txt:Text (encoded):UTF8", ".txt").read_text("utf-8-sig")


def saved_anew(file: Path) -> Path:
    """``file`` opened and saved by LibreOffice, in a folder beside it."""
    folder = file.parent / "saved"
    folder.mkdir(exist_ok=True)
    return _convert(file, file.suffix[1:], file.suffix, folder)


def _convert(file: Path, form: str, suffix: str, folder: Path | None = None) -> Path:
    office = shutil.which("soffice")
    need("LibreOffice", office)
    with tempfile.TemporaryDirectory() as profile:
        command = [str(office), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", form, "--outdir", str(folder or file.parent), str(file)]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(_TIME_LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    made = (folder or file.parent) / file.with_suffix(suffix).name
    assert made.is_file(), f"LibreOffice made no {suffix}"
    return made


def pdf_pages(file: Path) -> list[str]:
    """The text of each page of a PDF, in the order in which it was drawn: cell by cell."""
    tool = shutil.which("pdftotext")
    need("pdftotext", tool)
    command = [str(tool), "-raw", "-enc", "UTF-8", str(file), "-"]
    run = subprocess.run(command, capture_output=True, timeout=_TIME_LIMIT, check=True)
    return run.stdout.decode("utf-8").split("\f")[:-1]


def part(file: Path, name: str) -> Any:
    """The root element of a part of a package."""
    with zipfile.ZipFile(file) as archive:
        return etree.fromstring(archive.read(name))


def traps(file: Path) -> list[str]:
    """What Word refuses although the validator accepts it."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        roots = [
            etree.fromstring(archive.read(name))
            for name in names
            if name.startswith("word/") and name.endswith(".xml") and "chart" not in name
        ]
    found = [f"entry twice: {name}" for name, n in Counter(names).items() if n > 1]
    for root in roots:
        cells = root.iter(f"{W}tc")
        found += ["w:tc does not end with w:p" for cell in cells if cell[-1].tag != f"{W}p"]
    drawings = [item.get("id") for root in roots for item in root.iter(f"{WP}docPr")]
    starts = [item for root in roots for item in root.iter(f"{W}bookmarkStart")]
    for what, keys in (
        ("docPr id", drawings),
        ("bookmark id", [item.get(f"{W}id") for item in starts]),
        ("bookmark name", [item.get(f"{W}name") for item in starts]),
    ):
        found += [f"{what} twice: {key}" for key, n in Counter(keys).items() if n > 1]
    found += _dangling(roots, {item.get(f"{W}name") for item in starts})
    return found


def _dangling(roots: list[Any], names: set[Any]) -> list[str]:
    """Fields and links that lead to no bookmark, and fields that are not closed."""
    found = []
    for root in roots:
        depth = 0
        for item in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}hyperlink"):
            if item.tag == f"{W}fldChar":
                depth += {"begin": 1, "separate": 0, "end": -1}[item.get(f"{W}fldCharType")]
                if depth < 0:
                    found.append("field ends that did not begin")
            elif item.tag == f"{W}instrText":
                words = (item.text or "").split()
                if words[0] in ("REF", "PAGEREF") and words[1] not in names:
                    found.append(f"{words[0]} to nothing: {words[1]}")
            elif item.get(f"{W}anchor") and item.get(f"{W}anchor") not in names:
                found.append(f"link to nothing: {item.get(f'{W}anchor')}")
        if depth:
            found.append("field not closed")
    return found
