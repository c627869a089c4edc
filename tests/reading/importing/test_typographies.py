"""One report in many typographies: always the same report, and nothing lost."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.composing import compose
from reportkit.model.blocks import Block, Case, ListBlock, Paragraph, Section, Table
from reportkit.model.report import Heading, Para, RBlock, RCase, Report, RList, RTable
from reportkit.model.report import plain as words
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.reading.importing import loss, text_source
from reportkit.reading.importing.inline import plain
from reportkit.reading.importing.recognise import recognise
from reportkit.reading.source import Log
from reportkit.standards import best_fit, load
from tests.generate import generate

from .messy import Typography, render, typographies

Kind = TypeVar("Kind")
STANDARDS = ("bj-district-2020", "bj-municipal-2022", "bj-municipal-2025", "moe-2023-district")


@cache
def standard_of(name: str, numbering: tuple[str, ...]) -> Standard:
    standard = load(name)
    patterns = standard.numbering.model_copy(update={"heading": numbering})
    return standard.model_copy(update={"numbering": patterns})


@cache
def composed(name: str, numbering: tuple[str, ...], seed: int) -> Report:
    standard = standard_of(name, numbering)
    return compose(generate(standard, 2500, seed), standard)


def imported(text: str) -> tuple[Submission, Log]:
    log = Log()
    stream = text_source.lines("report.txt", text, log)
    recognised = recognise(stream, log)
    assert recognised is not None
    submission = recognised.submission
    assert loss.account(stream, submission, recognised.asides) == []
    assert not loss.gained(stream, submission, recognised.asides)
    return submission, log


def printed(report: Report) -> Iterator[RBlock]:
    for part in report.parts:
        yield from part.blocks


def outline(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[int, str]]:
    for section in sections:
        if section.title:
            yield level, "".join(f"{section.number or ''}{plain(section.title)}".split())
        yield from outline(section.sections, level + 1)


def blocks(sections: tuple[Section, ...]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from blocks(section.sections)


def objects(items: list[Block], kind: type[Kind]) -> list[Kind]:
    """Blocks of a kind, those in cases too."""
    inside = [b for item in items for b in (item, *(item.blocks if isinstance(item, Case) else ()))]
    return [block for block in inside if isinstance(block, kind)]


def prose(items: tuple[Block, ...] | list[Block]) -> Iterator[str]:
    for block in items:
        if isinstance(block, Paragraph):
            yield "".join(plain(block.text).split())
        elif isinstance(block, Case):
            yield from prose(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from prose(item.blocks)


def printed_prose(items: tuple[RBlock, ...] | list[RBlock]) -> Iterator[str]:
    for block in items:
        if isinstance(block, Para):
            yield "".join(words(block.runs).split())
        elif isinstance(block, RCase):
            yield from printed_prose(block.blocks)
        elif isinstance(block, RList):
            for item in block.items:
                yield from printed_prose(item.blocks)


@settings(max_examples=60, deadline=None)
@given(look=typographies(), name=st.sampled_from(STANDARDS), seed=st.integers(0, 3))
def test_the_same_report_from_every_typography(look: Typography, name: str, seed: int) -> None:
    report = composed(name, look.numbering, seed)
    submission, _ = imported(render(report, look))
    expected = [
        (b.level, "".join(b.text.split())) for b in printed(report) if isinstance(b, Heading)
    ]
    assert list(outline(submission.chapters)) == expected
    everything = list(blocks(submission.chapters))
    assert list(prose(everything)) == list(printed_prose(list(printed(report))))
    cases = objects(everything, Case)
    assert [c.title for c in cases] == [
        words(b.caption.title) for b in printed(report) if isinstance(b, RCase)
    ]
    assert all(c.owner == "示例单位" and c.number for c in cases)
    tables = objects(everything, Table)
    shown = [b for b in printed(report) if isinstance(b, RTable)]
    assert [len(t.rows) for t in tables] == [len(t.row_kinds) for t in shown]
    assert [t.caption for t in tables] == [words(t.caption.title) for t in shown]


@pytest.mark.parametrize("name", STANDARDS)
def test_the_standard_is_found_again(name: str) -> None:
    standard = load(name)
    report = compose(generate(standard, 2500, 1), standard)
    submission, _ = imported(render(report, Typography(standard.numbering.heading)))
    fits = best_fit(submission.chapters, [load(each) for each in STANDARDS])
    assert fits[0].standard.id == name


def test_encodings(tmp_path: Path) -> None:
    from reportkit.reading import read

    report = composed("moe-2023-district", ("{cn}、", "{n}. "), 1)
    text = render(report, Typography(("{cn}、", "{n}. ")))
    plain_file = tmp_path / "a.txt"
    plain_file.write_text(text, encoding="utf-8")
    expected = read(plain_file).submission
    assert expected is not None
    for codec, told in [("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-8-sig", None)]:
        file = tmp_path / f"{codec}.txt"
        file.write_bytes(text.encode(codec))
        result = read(file)
        assert result.submission is not None
        assert list(prose(list(blocks(result.submission.chapters)))) == list(
            prose(list(blocks(expected.chapters)))
        )
        encodings = [f.args["encoding"] for f in result.findings if f.code == "RK153"]
        assert encodings == ([told] if told else [])
