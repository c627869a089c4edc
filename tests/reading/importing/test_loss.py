"""The account of characters: what is taken out of an import is told, and so is what is put in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.model.blocks import Paragraph, Section
from reportkit.model.submission import Submission
from reportkit.reading.importing import loss, text_source
from reportkit.reading.importing.recognise import recognise
from reportkit.reading.source import Log

TITLE = "某区职业教育质量报告（2023）"
TEXT = st.text("甲乙丙丁戊己庚辛", min_size=8, max_size=30)


def paragraphs(texts: list[str]) -> str:
    return "\n\n".join([TITLE, "一、概况", *(f"{text}。" for text in texts)])


def rest(submission: Submission, blocks: list[Paragraph]) -> Submission:
    chapter = submission.chapters[0].model_copy(update={"blocks": tuple(blocks)})
    return submission.model_copy(update={"chapters": (chapter,)})


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXT, min_size=2, max_size=6), data=st.data())
def test_what_is_missing_is_told_with_its_place(texts: list[str], data: st.DataObject) -> None:
    stream = text_source.lines("a.txt", paragraphs(texts), Log())
    found = recognise(stream, Log())
    assert found is not None
    chapter: Section = found.submission.chapters[0]
    blocks = [block for block in chapter.blocks if isinstance(block, Paragraph)]
    assert len(blocks) == len(texts)
    assert loss.account(stream, found.submission, found.asides) == []
    gone = data.draw(st.integers(0, len(texts) - 1))
    less = rest(found.submission, blocks[:gone] + blocks[gone + 1 :])
    told = loss.account(stream, less, found.asides)
    lost = "".join(text for text, _ in told)
    assert sorted(lost) == sorted(texts[gone] + "。")
    assert told[0][1].line is not None


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(TEXT, min_size=2, max_size=6), more=TEXT)
def test_what_was_not_there_is_told(texts: list[str], more: str) -> None:
    stream = text_source.lines("a.txt", paragraphs(texts), Log())
    found = recognise(stream, Log())
    assert found is not None
    blocks = [b for b in found.submission.chapters[0].blocks if isinstance(b, Paragraph)]
    assert not loss.gained(stream, found.submission, found.asides)
    added = rest(found.submission, [*blocks, Paragraph(text=more + "壬癸")])
    assert loss.gained(stream, added, found.asides)
