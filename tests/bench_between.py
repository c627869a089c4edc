"""Time of checks between submissions: ``python -m tests.bench_between [number …]``.

Digests of sizes spread like real reports (3,000 to 90,000 characters, median 13,000), every
fifth paragraph with phrases that all use, one in fifty copied from another organisation.
"""

from __future__ import annotations

import math
import random
import sys
import time
from datetime import date
from decimal import Decimal

from reportkit.checks.between import Chapter, Digest, Passage, Value, check_between, digest
from reportkit.checks.between.passages import (
    bare,
    packed,
    packed_texts,
    shingles,
    winnowed,
    wordless,
)
from reportkit.composing import compose
from reportkit.model.base import Place
from reportkit.model.data import IndicatorKind
from reportkit.model.submission import DataPeriod, Organisation
from reportkit.standards import load
from tests.checks.between.area import PHRASES, UNIT, in_memory, unit

PARAGRAPH, INDICATORS = 220, 60


def made(number: int, pool: list[str]) -> Digest:
    """A digest of an organisation, without the way through a submission."""
    write = random.Random(number)
    size = int(min(90_000, max(3_000, 13_000 * math.exp(write.gauss(0, 0.7)))))
    passages, texts = [], []
    for at in range(size // PARAGRAPH):
        copied = pool and write.random() < 0.02
        text = write.choice(pool) if copied else _text(write)
        pool.append(text)
        words = bare(text)
        texts.append(words)
        place = Place(file=f"chapters/{at % 7}.md", line=at)
        marks = packed(winnowed(shingles(wordless(words))))
        passages.append(
            Passage(
                chapter=0,
                key=words[:16],
                hanzi=len(words),
                quote=text[:40],
                marks=marks,
                place=place,
            )
        )
    del pool[:-5000]
    return Digest(
        item=f"{number:05}",
        organisation=Organisation(name=f"第{number}单位", region=f"第{number % 16}区"),
        standard=UNIT,
        level="school",
        title="年度报告",
        title_year=2023,
        data_period=DataPeriod(start=date(2023, 1, 1), end=date(2023, 12, 31)),
        current="2023",
        chapters=(Chapter(title="正文"),),
        values=tuple(_value(f"scale.n{at}", write) for at in range(INDICATORS)),
        passages=tuple(passages),
        words=packed_texts(texts),
        hanzi=size,
    )


def _text(write: random.Random) -> str:
    head = write.choice(PHRASES) if write.random() < 0.2 else ""
    return head + "".join(
        ("，" if at % 12 == 11 else "") + chr(write.randrange(0x4E00, 0x6E00))
        for at in range(PARAGRAPH)
    )


def _value(name: str, write: random.Random) -> Value:
    amount = Decimal(int(math.exp(write.gauss(6, 0.3))))
    return Value(
        indicator=name, name=name, kind=IndicatorKind.COUNT, unit="人", period="2023", value=amount
    )


def making() -> None:
    """How long one digest takes, and how large it is."""
    for characters in (13_000, 90_000):
        submission = unit(1, characters)
        standard = load(UNIT)
        report = compose(submission, standard)
        result = in_memory(submission)
        digest("warm", result, standard, report)
        start = time.process_time()
        found = digest("one", result, standard, report)
        spent = time.process_time() - start
        size = len(found.model_dump_json(exclude_defaults=True).encode())
        print(f"digest of {characters} characters: {spent:.3f} s, {size / 1000:.0f} KB as JSON")


def main() -> None:
    """Print the times for as many digests as asked for."""
    making()
    for count in [int(each) for each in sys.argv[1:]] or [189, 2000]:
        pool: list[str] = []
        digests = [made(number, pool) for number in range(count)]
        characters = sum(d.hanzi for d in digests)
        start = time.process_time()
        found = check_between(digests, strict=True)
        spent = time.process_time() - start
        told = sum(map(len, found.values()))
        print(f"{count} digests, {characters / 1e6:.1f} million Hanzi: {spent:.2f} s, {told} found")


if __name__ == "__main__":
    main()
