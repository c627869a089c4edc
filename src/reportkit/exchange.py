"""The public API for whoever works in Word and Excel: kits go out, filled ones come back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from .refusals import CannotDo
from .workflow import Opened, filled_kit, find_standard, load_look, open_submission, opened_from


def make_kit(
    standard: str,
    directory: Path,
    *,
    organisation: str | None,
    year: int,
    previous: Path | None = None,
    style: str | None = None,
    standards: Path | None = None,
) -> list[Path]:
    """Write the fillable Word template and workbook of a standard; give the files.

    ``previous`` is last year's submission, whose values stand in the workbook as last year's.

    Raises:
        CannotDo: the standard is unknown, or a file is already there.
        OSError: a file cannot be written; nothing is left half done.
    """
    from .kit import make_kit as make

    last = open_submission(previous, standards=standards).result.submission if previous else None
    if previous and last is None:
        raise CannotDo(f"{previous} 读不出报送件；请先运行 reportkit check {previous}")
    loaded = find_standard(standard, standards)
    made = make(loaded, organisation, year, load_look(style), last)
    files = [directory / name for name in made]
    if there := [str(file) for file in files if file.exists()]:
        raise CannotDo(f"{'、'.join(there)} 已经存在，未覆盖；请换一个文件夹，或先把它移走。")
    directory.mkdir(parents=True, exist_ok=True)
    for file in files:
        _write(file, made[file.name])
    return files


def import_kit(files: Sequence[Path], out: Path, *, standards: Path | None = None) -> Opened | None:
    """Turn a filled template and workbook into a submission folder; tell what was found.

    None if no file is one of a kit. ``Opened.diagnostics`` has the places of the filled files.

    Raises:
        CannotDo: there is no text to write (a workbook alone), or ``out`` is there.
    """
    from .reading import OutputExists, write_folder

    result = filled_kit(files, standards)
    if result is None:
        return None
    if result.form == "workbook" and result.submission is not None:
        raise CannotDo("只有填报数据，没有填报模板；请把两个文件一起给出。")
    opened = opened_from(files[0], result, None, draft=False, folder=standards)
    if result.submission is not None:
        try:
            write_folder(result.submission, out)
        except OutputExists as error:
            raise CannotDo(f"{out} 已经存在且不是空文件夹，未写入；请换一个名字。") from error
    return opened


def _write(target: Path, content: bytes) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
