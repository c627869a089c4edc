"""Whatever is in the files, reading says what is wrong and never raises."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportkit.model.base import Placed
from reportkit.reading import ReadResult, read
from reportkit.reading.chapter_text import file_text
from reportkit.reading.markdown import read_chapters
from reportkit.reading.source import Log, Source
from tests.reading.support import MANIFEST
from tests.strategies import texts

anything = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)
long_texts = st.lists(texts(80), max_size=12).map("".join)
content = st.one_of(
    st.binary(max_size=200),
    long_texts.map(str.encode),
    long_texts.map(lambda text: text.encode("gb18030")),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


def sane(result: ReadResult) -> None:
    """Findings have places that exist; what was read can be written and read."""
    for finding in result.findings:
        place = finding.place
        if place.line is not None and place.file in result.sources:
            lines = result.sources[place.file].split("\n")
            assert 1 <= place.line <= len(lines) + 1, finding
        json.dumps(finding.args, ensure_ascii=False).encode()
        finding.quote.encode()
    if result.submission is not None:
        result.submission.model_dump_json().encode()


def read_with(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        sane(read(root))


@pytest.mark.parametrize(
    "name", ["chapters/1.md", "report.yaml", "data/indicators.csv", "data/x.csv", "contents.csv",
             "figures/a.png"],
)  # fmt: skip
def test_any_content(name: str) -> None:
    chapter = "# 章\n\n![](figures/a.png)\n\n::: table\ndata: data/x.csv\n:::\n"
    files = {"report.yaml": MANIFEST.encode(), "chapters/1.md": chapter.encode()}

    @anything
    @given(content)
    def check(data: bytes) -> None:
        read_with({**files, name: data})

    check()


@anything
@given(long_texts)
def test_any_chapter_survives_writing(text: str) -> None:
    chapters = read_chapters(Source("a.md", text, Log()))
    written = file_text(chapters) if chapters else ""
    assert written is not None
    again = read_chapters(Source("a.md", written, Log()))
    assert [c.model_dump() for c in again] == [c.model_dump() for c in chapters]


@anything
@given(long_texts)
def test_any_manifest_after_a_good_beginning(text: str) -> None:
    read_with({"report.yaml": (MANIFEST + text).encode(), "chapters/1.md": b"# x"})


@anything
@given(content)
def test_any_document(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "x.json"
        path.write_bytes(data)
        sane(read(path))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts(40)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(texts(10), inner, max_size=3)
    ),
    max_leaves=8,
)


@anything
@given(st.dictionaries(st.sampled_from(("metadata", "chapters", "data", "assets", "x")), JSON))
def test_any_json(data: Any) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "x.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        sane(read(path))


def test_models_never_carry_places_into_documents() -> None:
    assert all(Placed.model_fields[name].exclude for name in ("place", "places"))
