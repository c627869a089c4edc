"""Each planted fault of a PDF is found by its rule, and by no other."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from reportkit.inspecting import Unreadable, examine
from reportkit.inspecting.pdf import measure
from reportkit.writing import load_style

from .made import LINE, codes, findings, paragraphs, pdf

ROWS = "".join(f"<tr><td>第{n}组</td><td>{n * 7}</td><td>{n * 3}</td></tr>" for n in range(70))
HEAD = "<tr><th>组别名称</th><th>活动次数</th><th>参加人数</th></tr>"


def test_a_sound_file_has_no_findings() -> None:
    body = paragraphs(15) + f"<table><thead>{HEAD}</thead><tbody>{ROWS}</tbody></table>"
    assert codes(pdf(body), load_style()) == set()


def test_wrong_margin() -> None:
    found = findings(pdf(paragraphs(12), inside=34, outside=20), load_style())
    assert {finding.code for finding in found} == {"RK711"}
    assert found[0].args["value"] == "34.0 mm"
    assert found[0].args["limit"] == "28.0 mm（±1 mm）"


def test_wrong_paper() -> None:
    found = findings(pdf(paragraphs(1), css="@page { size: 216mm 279mm }"), load_style())
    assert [f.args["value"] for f in found if f.code == "RK710"] == ["216.0 mm × 279.0 mm"]


def test_other_pitch_of_lines_is_only_a_warning() -> None:
    css = "html { line-height: 32.1pt } p { line-height: 32.1pt }"
    assert codes(pdf(paragraphs(20), css=css), load_style()) == {"RK712"}


def test_ragged_lines() -> None:
    lines = "".join(f"{LINE[: 27 - n % 3]}<br>" for n in range(88))
    found = codes(pdf(f"<p>{lines}</p>"))
    assert found == {"RK715"}


def test_font_that_is_not_in_the_file() -> None:
    content = _latin_without_font()
    found = [f for f in findings(content) if f.code == "RK713"]
    assert [f.args["font"] for f in found] == ["Helvetica"]


def _latin_without_font() -> bytes:
    stream = b"BT /F1 12 Tf 72 700 Td (Not embedded) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    return (
        made + head + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    )


def test_character_that_no_font_has() -> None:
    found = [f for f in findings(pdf(f"<p>{LINE}\U0001f9ff\u0378</p>")) if f.code == "RK714"]
    assert found


CONTENTS = (
    '<div class="toc" style="break-after: page">'
    + "".join(f'<a href="#h{n}">{n}、工作{n}{"." * 40}{{{n}}}</a>' for n in range(1, 5))
    + "</div>"
)
CHAPTERS = "".join(
    f'<h1 id="h{n}" style="break-before: page">{n}、工作{n}</h1>{paragraphs(2)}'
    for n in range(1, 5)
)


def test_page_in_the_contents() -> None:
    right = CONTENTS.format(0, 2, 3, 4, 5) + CHAPTERS
    wrong = CONTENTS.format(0, 2, 3, 5, 5) + CHAPTERS
    assert codes(pdf(right)) == set()
    found = findings(pdf(wrong))
    assert [(f.code, f.args["value"], f.args["limit"]) for f in found] == [("RK721", "5", "4")]


def test_header_row_that_is_not_repeated() -> None:
    body = paragraphs(1) + f"<table><tbody>{HEAD}{ROWS}</tbody></table>" + paragraphs(6)
    found = findings(pdf(body))
    assert {f.code for f in found} == {"RK718"}
    assert found[0].place.page == 2


@pytest.mark.parametrize(("dpi", "expected"), [(60, {"RK722"}), (200, set())])
def test_picture_resolution(dpi: int, expected: set[str]) -> None:
    image = f'<img src="made:/{dpi * 2}" style="width: 2in; height: 2in">'
    found = findings(pdf(f"<p>{LINE}</p><p>{image}</p>"))
    assert {f.code for f in found} == expected
    assert all(f.args["value"] == f"{dpi} dpi" for f in found)


def test_heading_at_the_foot_of_a_page() -> None:
    filler = f"<p>{LINE[:26]}</p>" * 21
    assert codes(pdf(f"{filler}<h1>一、工作</h1>{paragraphs(2)}")) == {"RK716"}
    kept = "h1 { break-after: avoid !important }"
    assert codes(pdf(f"{filler}<h1>一、工作</h1>{paragraphs(2)}", css=kept)) == set()


def test_caption_apart_from_its_table() -> None:
    caption = (
        '<div style="font: 12pt/28pt Noto Sans CJK SC; text-align: center">表1-1 活动情况</div>'
    )
    table = f"<table><thead>{HEAD}</thead><tbody>{ROWS[:400]}</tbody></table>"
    body = f"<p>{LINE[:26]}</p>" * 21 + caption + f'<div style="break-before: page">{table}</div>'
    assert codes(pdf(body)) == {"RK717"}


def test_blank_page_and_missing_number() -> None:
    body = paragraphs(2) + '<div style="break-before: page; page: bare">&nbsp;</div>'
    body += f'<div style="break-before: page; page: auto">{paragraphs(2)}</div>'
    css = "@page bare { @bottom-center { content: none } }"
    blank = paragraphs(2) + '<div style="break-before: page"></div>' + body
    assert "RK719" in codes(pdf(blank, css=css))


def test_page_numbers_that_do_not_count_on() -> None:
    css = "@page :nth(3) { counter-reset: page 7 }"
    found = findings(pdf(paragraphs(20), css=css))
    assert [(f.code, f.args["limit"]) for f in found] == [("RK720", "3")]


def test_link_to_a_file_of_the_writers_machine() -> None:
    link = '<a href="file:///C:/work/x.doc">附件</a>'
    assert codes(pdf(f"<p>{LINE}{link}</p>")) == {"RK723"}


def test_file_without_tags_title_and_language() -> None:
    found = [f.args["what"] for f in findings(_latin_without_font()) if f.code == "RK724"]
    assert len(found) == 3


def test_bad_files_are_refused() -> None:
    sound = pdf("<p>一</p>")
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(sound)))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    for content, said in (
        (stream.getvalue(), "密码"),
        (b"%PDF-1.7\n" + b"x" * 300, "损坏"),
        (b"hello", "读不了"),
        (b"", "读不了"),
        (sound[: len(sound) // 3], "读不了"),
        (b"PK\x03\x04 broken", "读不了"),
    ):
        with pytest.raises(Unreadable, match=said):
            examine("坏.pdf", content)


def test_measured_file_knows_what_is_attached() -> None:
    assert measure("a.pdf", pdf("<p>一</p>")).attachments == []


def test_characters_lent_by_another_font() -> None:
    lent = '<span style="font-family: Noto Sans CJK SC">喆堃</span>'
    found = findings(pdf(paragraphs(12) + f"<p>{LINE}{lent}{LINE}</p>"))
    assert [(f.code, f.args["characters"], f.args["font"]) for f in found] == [
        ("RK725", "喆堃", "Noto-Sans-CJK-SC")
    ]


def test_body_text_in_a_font_that_the_look_does_not_name() -> None:
    css = "html { font-family: LXGW WenKai }"
    found = [f.args for f in findings(pdf(paragraphs(12), css=css), load_style())]
    assert [(args["what"], args["value"]) for args in found] == [("正文字体", "LXGW-WenKai")]


@pytest.mark.parametrize("rules", ["1px solid", "none"])
def test_header_rows_of_tables_in_the_size_of_the_body(rules: str) -> None:
    css = f"table {{ font-size: 15.75pt }} td, th {{ border: {rules}; border-top: 1px solid }}"
    head, rows = (f"<thead>{HEAD}</thead>", f"<tbody>{ROWS}</tbody>")
    sound = paragraphs(1) + f"<table>{head}{rows}</table>" + paragraphs(6)
    assert codes(pdf(sound, css=css)) == set()
    bare = paragraphs(1) + f"<table><tbody>{HEAD}{ROWS}</tbody></table>" + paragraphs(6)
    assert codes(pdf(bare, css=css)) == {"RK718"}
