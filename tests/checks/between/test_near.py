"""What is alike is found, whatever stands around it; what is not, is not."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.checks.between import Chapter, Digest, Passage, Picture
from reportkit.checks.between.limits import limits
from reportkit.checks.between.near import like_passages, like_pictures, same_percent
from reportkit.checks.between.passages import (
    SHINGLE,
    WINDOW,
    bare,
    packed,
    packed_texts,
    shingles,
    texts,
    unpacked,
    winnowed,
    wordless,
)
from reportkit.checks.between.pictures import looked_at
from reportkit.model.submission import DataPeriod, Organisation

from ..examples import picture

HANZI = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=120)
RUN = SHINGLE + WINDOW - 1


def digest_of(name: str, *given_texts: str, pictures: tuple[Picture, ...] = ()) -> Digest:
    words = [bare(text) for text in given_texts]
    made = [
        Passage(chapter=0, key=w, hanzi=len(w), marks=packed(winnowed(shingles(wordless(w)))))
        for w in words
    ]
    return Digest(
        item=name,
        organisation=Organisation(name=name),
        standard="example",
        level="other",
        title="报告",
        title_year=2023,
        data_period=DataPeriod(start=date(2023, 1, 1), end=date(2023, 12, 31)),
        current="2023",
        chapters=(Chapter(title="正文"),),
        passages=tuple(made),
        words=packed_texts(words),
        pictures=pictures,
    )


def prose(seed: int, size: int = 200) -> str:
    write = random.Random(seed)
    return "".join(chr(write.randrange(0x4E00, 0x9FA5)) for _ in range(size))


@given(HANZI, st.integers(0, 10**6), HANZI, HANZI, HANZI)
def test_a_long_run_in_common_gives_a_common_mark(
    before: str, seed: int, after: str, lead: str, trail: str
) -> None:
    run = prose(seed, RUN)
    one, other = before + run + after, lead + run + trail
    assert set(winnowed(shingles(one))) & set(winnowed(shingles(other)))


@given(st.lists(st.integers(0, 2**32 - 1)), st.lists(HANZI, min_size=1))
def test_marks_and_texts_travel(marks: list[int], given_texts: list[str]) -> None:
    assert list(unpacked(packed(marks))) == marks
    found = digest_of("甲", *given_texts)
    assert texts(found) == given_texts or not any(given_texts)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 199), max_size=5), st.integers(0, 199))
def test_a_copy_with_a_few_edits_is_found(seed: int, changed: list[int], cut: int) -> None:
    text = prose(seed)
    copy = list(text)
    for at in changed:
        copy[at] = "改"
    moved = "".join(copy[:cut]) + "又加了几个字" + "".join(copy[cut:])
    digests = [digest_of("甲", prose(seed + 1), text), digest_of("乙", moved, prose(seed + 2))]
    (pair,) = like_passages(digests, (0, 1), limits())
    assert (pair.first, pair.one, pair.second, pair.other) == (0, 1, 1, 0)
    assert pair.percent >= 90


@given(st.integers(0, 10**6))
def test_half_a_text_in_common_is_no_copy(seed: int) -> None:
    half = prose(seed, 100)
    digests = [
        digest_of("甲", half + prose(seed + 1, 100)),
        digest_of("乙", half + prose(seed + 2, 100)),
    ]
    assert like_passages(digests, (0, 1), limits()) == ()


def test_what_one_organisation_says_twice_is_no_pair() -> None:
    text = prose(1)
    digests = [digest_of("甲", text, text), digest_of("乙", text)]
    assert like_passages(digests, (0, 0), limits()) == ()
    assert len(like_passages(digests, (0, 1), limits())) == 2


def test_what_more_than_a_few_have_is_common() -> None:
    text, most = prose(1), limits().common(20)
    names = [f"第{n}家" for n in range(20)]
    for many, pairs in ((most, most * (most - 1) // 2), (most + 1, 0)):
        digests = [
            digest_of(n, text if at < many else prose(at + 50)) for at, n in enumerate(names)
        ]
        assert len(like_passages(digests, range(20), limits())) == pairs


def test_from_how_many_on_words_are_everybodys() -> None:
    assert [limits().common(n) for n in (2, 40, 100, 189, 2000)] == [4, 4, 5, 10, 12]


def test_a_short_text_inside_a_long_one() -> None:
    short = prose(1, 80)
    assert same_percent(short, prose(2, 300) + short + prose(3, 300), 85) == 100
    assert same_percent(short, prose(2, 700), 85) is None
    assert same_percent("", short, 85) is None


def shown(seed: int, caption: str) -> Picture:
    looks = looked_at(picture(320, 200, seed))
    return Picture(chapter=0, path="a.png", caption=caption, sha256=str(seed), **looks._asdict())


def test_pictures_in_common() -> None:
    digests = [
        digest_of("甲", pictures=(shown(1, "装配"), shown(2, "检修"))),
        digest_of("乙", pictures=(shown(3, "操场"), shown(1, "装配"), shown(1, "焊接"))),
    ]
    pairs = like_pictures(digests, (0, 1), limits())
    found = {((p.first, p.one), (p.second, p.other)) for p in pairs}
    assert found == {((0, 0), (1, 1)), ((0, 0), (1, 2)), ((1, 1), (1, 2))}
