"""An area of generated submissions that agree: one organisation over all, its values their sums."""

from __future__ import annotations

import random
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from reportkit.checks.between import Digest, digest
from reportkit.composing import compose
from reportkit.model.blocks import Block, Case, Figure, Paragraph
from reportkit.model.data import Dataset, Observation
from reportkit.model.submission import Asset, Organisation, Submission
from reportkit.reading.result import ReadResult
from reportkit.reading.roster import Entry, Roster
from reportkit.standards import load

from ...generate import generate
from ..examples import picture

REGION = "东区"
UNIT, WHOLE = "moe-2024-school", "moe-2023-district"
SUMMED = ("students.total", "staff.total", "teachers.external", "resources.books")
NAMES = [f"第{n}实训学校" for n in "一二三四五六七八九十"]
OWN = Figure(id="fig:own", caption="全景", image="figures/own.png", alt="全景")
PHRASES = (
    "深入学习贯彻上级会议精神，全面落实各项决策部署，坚持以服务发展为宗旨、以促进就业为导向",
    "坚持问题导向，完善工作机制，压实各方责任，推动各项任务落地见效",
)


def unit(number: int, characters: int = 3000, name: str = "") -> Submission:
    """The submission of an organisation, with values of its own size."""
    size = 800 + random.Random(number).randrange(400)
    counts = (size, size // 9, 12 + number % 5, size * 30)
    values = {each: Decimal(count) for each, count in zip(SUMMED, counts, strict=True)}
    return _owned(
        generate(load(UNIT), characters, seed=number), name or NAMES[number], number, values
    )


def whole(units: Iterable[Submission], characters: int = 3000) -> Submission:
    """The submission of the one over all, with the sums of their values."""
    sums: dict[str, Decimal] = dict.fromkeys(SUMMED, Decimal(0))
    for each in units:
        for one in each.data.observations:
            if one.indicator in sums:
                sums[one.indicator] += one.value or 0
    made = generate(load(WHOLE), characters, seed=99)
    return _owned(made, "东区管理处", 99, sums)


def _owned(
    made: Submission, name: str, number: int, values: dict[str, Decimal]
) -> Submission:  # fmt: skip
    own = Organisation(name=name, code=f"36110{number:05}", region=REGION, region_code="110101")
    write = random.Random(number)
    last = made.chapters[-1]
    own_figure = last.model_copy(update={"blocks": (*last.blocks, OWN)})
    chapters = (*made.chapters[:-1], own_figure)
    period = str(made.metadata.data_period.end.year)
    observations = [
        Observation(indicator=each, period=period, value=value) for each, value in values.items()
    ]
    others = [o for o in made.data.observations if o.indicator not in values]
    return made.model_copy(
        update={
            "metadata": made.metadata.model_copy(update={"organisation": own}),
            "assets": tuple(
                Asset(path=path, content=picture(320, 200, 1000 * number + at))
                for at, path in enumerate((OWN.image or "", *(a.path for a in made.assets)))
            ),
            "chapters": tuple(_section(chapter, name, write) for chapter in chapters),
            "data": Dataset(observations=tuple(observations + others)),
        }
    )


def _section(section: Any, name: str, write: random.Random) -> Any:
    """A section whose cases and figures belong to ``name``, in words of its own."""
    blocks = tuple(_block(block, name, write) for block in section.blocks)
    below = tuple(_section(each, name, write) for each in section.sections)
    return section.model_copy(update={"blocks": blocks, "sections": below})


def _block(block: Block, name: str, write: random.Random) -> Block:
    match block:
        case Paragraph(text=text) if len(text) > 100:
            return block.model_copy(update={"text": prose(write, len(text))})
        case Case():
            own = tuple(_block(each, name, write) for each in block.blocks)
            return block.model_copy(update={"owner": name, "blocks": own})
        case Figure():
            return block.model_copy(update={"owner": name})
    return block


def prose(write: random.Random, characters: int) -> str:
    """Sentences that no two writers share: Hanzi at random, with two phrases that all use."""
    clauses = [write.choice(PHRASES)]
    while sum(map(len, clauses)) < characters:
        clauses.append("".join(chr(write.randrange(0x4E00, 0x6E00)) for _ in range(12)))
    return "，".join(clauses) + "。"


def in_memory(submission: Submission) -> ReadResult:
    """A submission that was made here, as if it had been read."""
    return ReadResult(submission, Path("made"), "folder")


def digested(submission: Submission, item: str = "") -> Digest:
    """The digest of a submission made in memory."""
    standard = load(submission.metadata.standard)
    name = item or submission.metadata.organisation.name
    return digest(name, in_memory(submission), standard, compose(submission, standard))


@cache
def area() -> tuple[Submission, ...]:
    """Ten organisations, and the one over all."""
    units = tuple(unit(number) for number in range(len(NAMES)))
    return (*units, whole(units))


@cache
def digests() -> dict[str, Digest]:
    """Their digests by item."""
    made = map(digested, area())
    return {each.item: each for each in made}


def roster(submissions: Iterable[Submission] | None = None) -> Roster:
    """A roster of them."""
    listed = area() if submissions is None else submissions
    own = [(s.metadata.organisation, s.metadata.standard) for s in listed]
    entries = tuple(
        Entry(o.name, o.code or "", region=REGION, standard=standard) for o, standard in own
    )
    return Roster("名录.csv", entries)
