"""Hypothesis strategies for everything that an author files. One module for all tests.

``submissions()`` makes whatever the model can hold in the state in which readers leave it: no
control characters, data without blank edges, paths with ``/``.
"""

import io
from functools import cache
from string import ascii_letters, digits
from typing import TypeVar

from hypothesis import strategies as st

from reportkit.model.blocks import (
    Case,
    Chapter,
    Chart,
    Figure,
    FigurePart,
    Footnote,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Raw,
    Section,
    SignOff,
    Table,
)
from reportkit.model.data import Dataset, Indicator, IndicatorKind, Observation, Status
from reportkit.model.submission import (
    Asset,
    Contents,
    ContentsEntry,
    Cover,
    DataPeriod,
    Explanation,
    Metadata,
    Organisation,
    Submission,
)
from reportkit.reading.files import unsafe

FRAGMENTS = (
    "全区共有中等职业学校4所。", "2022年招生253人，", "增长29.7%", "，", "。", "“", "”",
    "（一）", "一、", "1.", "1.1", "表7-1 ", "图 2-3", "【案例1-1】", "表 3-12025年", "1+X",
    "5G", "【", "】", "：", "\u3000", " ", "  ", "\t", "**", "*", "_", "`", "```", "~~~", "#",
    "## ", "- ", "* ", "+ ", "1. ", "2) ", "> ", "---", "===", ":::", "::: table", "：：：",
    "{", "}", "{{ x }}", "{#a}", "{.b}", '{k="v"}', "[^a]", "[^a]: ", "@tbl:a",
    "[甲](https://a.b)", "![甲](a.png)", "[a]: b", "<b>", "</div>", "<!--", "<", ">", "&",
    "&amp;", "|", "\\", "\\|", "\\*", '"', "'", "^^", "<<", "~", "null", "true", "no", "3:20",
    "010010", ": ", "%", "@", "\n", "\n\n", "\n  ", "\n- ", "\n# ", "\n:::", "\n|", "é", "𠮷",
    "😀", "\u200b", "�", "\xa0", "a", "Z",
)  # fmt: skip
T = TypeVar("T")
_ODD = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
_PIECE = st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), _ODD)


def _short(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """The same; hypothesis need not spell out what it is made of."""
    return st.deferred(lambda: strategy)


@cache
def texts(longest: int = 200, shortest: int = 0) -> st.SearchStrategy[str]:
    """Text with everything in it that means something to Markdown, YAML, CSV or JSON."""
    joined = st.lists(_PIECE, max_size=6).map("".join).map(lambda text: text[:longest])
    return _short(joined.filter(lambda text: len(text) >= shortest))


def _maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), strategy)


def _trimmed(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    text = texts(longest).map(str.strip)
    return text.filter(lambda value: len(value) >= shortest)


ids = st.builds(
    str.__add__,
    st.sampled_from(ascii_letters),
    st.text(ascii_letters + digits + "_.:-", max_size=10),
)
claims = _maybe(
    st.one_of(
        st.sampled_from(
            ("一、", "（一）", "1.", "1.1", "第一章", "表7-1", "图 2-3", "【案例1-1】")
        ),
        texts(40, 1),
    )
)
names = st.text(ascii_letters + digits + "一表图 ", min_size=1, max_size=8).map(
    lambda name: "x" if unsafe(name) else name
)
rows = st.lists(st.lists(texts(60), min_size=1, max_size=4).map(tuple), min_size=0, max_size=5).map(
    tuple
)
indicator_ids = st.sampled_from(("enrolment.total", "staff", "a.b_c.d1"))
periods = st.sampled_from(("2022", "2024-2025学年"))

paragraphs = _short(st.builds(Paragraph, text=texts()))
notes = _short(st.builds(Note, label=texts(20), text=texts()))
sign_offs = _short(st.builds(SignOff, lines=st.lists(texts(), min_size=1, max_size=3).map(tuple)))
raws = _short(st.builds(Raw, text=texts(), reason=texts(60)))
tables = _short(
    st.builds(
        Table,
        id=_maybe(ids),
        caption=texts(),
        number=claims,
        unit=_maybe(texts(40)),
        header_rows=st.integers(0, 5),
        rows=rows,
        data=_maybe(names.map(lambda name: f"data/{name}.csv")),
        compare=st.lists(indicator_ids, max_size=2).map(tuple),
        periods=st.lists(periods, max_size=2).map(tuple),
        scope=_maybe(texts(40)),
        notes=st.lists(texts(), max_size=2).map(tuple),
        source=_maybe(texts()),
        widths=st.lists(st.sampled_from((1.0, 2.5, 0.1)), max_size=3).map(tuple),
        fold=st.integers(1, 4),
        landscape=st.booleans(),
    )
)
plain_tables = _short(st.builds(Table, rows=rows.filter(bool), header_rows=st.integers(0, 2)))
pictures = names.map(lambda name: f"figures/{name}.png")
parts = st.builds(FigurePart, image=pictures, caption=texts(), alt=texts())
figures = _short(
    st.builds(
        Figure,
        id=_maybe(ids),
        caption=texts(),
        number=claims,
        image=_maybe(pictures),
        parts=st.lists(parts, max_size=2).map(tuple),
        alt=texts(),
        owner=_maybe(texts()),
        credit=_maybe(texts()),
        width=st.integers(10, 100),
        notes=st.lists(texts(), max_size=2).map(tuple),
        source=_maybe(texts()),
    )
)
plain_figures = _short(st.builds(Figure, image=pictures, alt=texts()))
charts = _short(
    st.builds(
        Chart,
        id=_maybe(ids),
        caption=texts(),
        number=claims,
        kind=st.sampled_from(("auto", "column", "stacked", "bar", "line", "pie", "ring")),
        unit=_maybe(texts(40)),
        rows=rows,
        compare=st.lists(indicator_ids, max_size=2).map(tuple),
        periods=st.lists(periods, max_size=2).map(tuple),
        alt=texts(),
        notes=st.lists(texts(), max_size=2).map(tuple),
        source=_maybe(texts()),
    )
)
leaves = st.one_of(
    paragraphs, paragraphs, notes, sign_offs, raws, tables, plain_tables, figures, plain_figures,
    charts,
)  # fmt: skip


def _holders(inner: st.SearchStrategy) -> st.SearchStrategy:  # type: ignore[type-arg]
    several = _short(st.lists(inner, max_size=3).map(tuple))
    items = st.lists(st.builds(ListItem, blocks=several), min_size=1, max_size=3).map(tuple)
    lists = st.builds(ListBlock, ordered=st.booleans(), start=st.integers(0, 9999), items=items)
    cases = st.builds(
        Case,
        id=_maybe(ids),
        title=texts(),
        number=claims,
        owner=_maybe(texts()),
        run_in=st.booleans(),
        blocks=several,
    )
    return st.one_of(_short(lists), _short(cases))


blocks = _short(st.recursive(leaves, _holders, max_leaves=4))
_some_blocks = st.lists(blocks, max_size=3).map(tuple)
footnotes = _short(
    st.dictionaries(
        st.text("abc1注", min_size=1, max_size=3), st.builds(Footnote, text=texts()), max_size=2
    )
)


def _section(kind: type[Section], inner: st.SearchStrategy[Section]) -> st.SearchStrategy:  # type: ignore[type-arg]
    more = {"footnotes": footnotes, "file": _maybe(names.map(lambda n: f"chapters/{n}.md"))}
    made = st.builds(
        kind,
        id=_maybe(ids),
        title=texts(),
        number=claims,
        numbered=st.booleans(),
        blocks=_some_blocks,
        sections=st.lists(inner, max_size=2).map(tuple),
        **(more if kind is Chapter else {}),
    )
    return _short(made)


sections = _short(
    st.recursive(
        st.builds(Section, title=texts(), number=claims, blocks=_some_blocks),
        lambda inner: _section(Section, inner),
        max_leaves=3,
    )
)
chapters = _short(_section(Chapter, sections))
decimals = st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(lambda d: d + 0)
observations = _short(
    st.builds(
        Observation,
        indicator=indicator_ids,
        period=_trimmed(40, 1),
        scope=_trimmed(80),
        value=st.one_of(st.none(), decimals),
        missing=_maybe(_trimmed(80, 1)),
        unit=_trimmed(20),
        source=_trimmed(100),
    )
)


def _trim(body: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    while body and not any(cell.strip() for cell in body[-1]):
        body = body[:-1]
    return body


bodies = _short(
    st.dictionaries(names.map(lambda name: f"data/{name}.csv"), rows.map(_trim), max_size=2).filter(
        lambda found: len({name.casefold() for name in found}) == len(found)
    )
)


@cache
def picture(colour: int) -> bytes:
    """A small picture."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (2, 2), (colour, 0, 0)).save(buffer, "PNG")
    return buffer.getvalue()


assets = _short(
    st.lists(
        st.builds(Asset, path=pictures, content=st.integers(0, 3).map(picture)),
        max_size=2,
        unique_by=lambda asset: asset.path.casefold(),
    ).map(lambda found: tuple(sorted(found, key=lambda asset: asset.path)))
)
entries = st.builds(ContentsEntry, text=_trimmed(100, 1), page=_trimmed(20))
contents = _short(
    st.lists(
        st.builds(
            Contents,
            kind=st.sampled_from(("toc", "tables", "figures", "cases")),
            entries=st.lists(entries, min_size=1, max_size=3).map(tuple),
        ),
        max_size=2,
        unique_by=lambda item: item.kind,
    ).map(tuple)
)
dates = st.dates()
metadata = _short(
    st.builds(
        Metadata,
        standard=st.sampled_from(("moe-2024-school", "x")),
        title=texts(100, 1),
        title_year=st.integers(1990, 2100),
        data_period=st.builds(
            DataPeriod, start=dates, end=dates, label=_maybe(texts(40)), current=_maybe(texts(40))
        ),
        filed_on=st.one_of(st.none(), dates),
        organisation=st.builds(
            Organisation,
            name=texts(100, 1),
            code=_maybe(texts(20)),
            credit_code=_maybe(texts(18)),
            region_code=st.sampled_from((None, "010010", "")),
            region=_maybe(texts(40)),
        ),
        cover=st.builds(
            Cover,
            subtitle=_maybe(texts(100)),
            issuer=_maybe(texts(100)),
            date=_maybe(texts(40)),
            url=st.sampled_from((None, "https://example.org/a?b=c#d")),
        ),
        statement=st.dictionaries(texts(40), texts(), max_size=2),
        sign_off=st.lists(texts(), max_size=2).map(tuple),
        colophon=_maybe(texts()),
        style=_maybe(texts(60)),
        indicators=st.lists(
            st.builds(
                Indicator,
                id=indicator_ids,
                name=texts(80),
                aliases=st.lists(texts(), max_size=2).map(tuple),
                unit=texts(20),
                kind=st.sampled_from(IndicatorKind),
                decimals=st.sampled_from((None, 0, 2)),
                minimum=st.one_of(st.none(), decimals),
                maximum=st.one_of(st.none(), decimals),
                formula=_maybe(texts()),
                definition=_maybe(texts()),
                status=st.sampled_from(Status),
                basis=_maybe(texts()),
            ),
            max_size=1,
        ).map(tuple),
        explanations=st.lists(
            st.builds(
                Explanation,
                rule=st.sampled_from(("RK201", "RK899")),
                at=texts(),
                content=_maybe(texts(64)),
                reason=texts(200, 4),
            ),
            max_size=1,
        ).map(tuple),
    )
)


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    """A whole submission, as a reader leaves it."""
    return Submission(
        metadata=draw(metadata),
        chapters=tuple(draw(st.lists(chapters, min_size=1, max_size=2))),
        contents=draw(contents),
        data=Dataset(
            observations=tuple(draw(st.lists(observations, max_size=3))), tables=draw(bodies)
        ),
        assets=draw(assets),
    )
