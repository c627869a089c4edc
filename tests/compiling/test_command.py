"""The whole path on the command line: schools in, a report of the city out, cases taken over."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from reportkit.model.blocks import Case, Figure, Paragraph
from reportkit.model.submission import Asset
from reportkit.reading import read, write_document
from reportkit.workflow import build, open_submission

from ..cli.conftest import Run, run
from .schools import area, school, values, write

__all__ = ["run"]


def drawn() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "navy").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Three schools: two folders, a JSON document with a case, and what is none."""
    folder = write(tmp_path / "收到", area(2, 0))
    third = school("丙字第3职业学校", "丙区", values(2), seed=7, size=3000)
    figure = Figure(id="fig:gate", caption="校门", image="figures/gate.png", alt="校门")
    picture = Asset(path="figures/gate.png", content=drawn())
    told = Case(
        id="case:gate",
        title="校门外的课堂",
        blocks=(
            Paragraph(text="在校生 {{ students.fulltime }} 人，见 @fig:gate 和 @tbl:t1[^1]。"),
            figure,
        ),
    )
    service = next(c for c in third.chapters if c.id == "service")
    moved = service.model_copy(update={"blocks": (told, *service.blocks)})
    chapters = tuple(moved if c is service else c for c in third.chapters)
    third = third.model_copy(update={"chapters": chapters, "assets": (*third.assets, picture)})
    write_document(third, folder / "三校 报告.json")
    (folder / "坏").mkdir()
    (folder / "坏" / "report.yaml").write_text("title: [", encoding="utf-8")
    (folder / "通知.xyz").write_bytes(b"\x00")
    return folder


def test_from_schools_to_the_draft_in_print(run: Run, received: Path, tmp_path: Path) -> None:
    made = run(
        "compile", "收到", "--standard", "bj-municipal-2025", "--out", "全市", "--org", "示例市"
    )
    assert made.code == 0, made.err
    assert "汇总了 3 份报送件" in made.out
    assert "未计入 坏：" in made.out
    listed = (tmp_path / "全市" / "案例备选.md").read_text(encoding="utf-8")
    key = next(line for line in listed.split("\n") if "校门外的课堂" in line).split("|")[1].strip()
    assert "丙字第3职业学校" in listed

    traced = run("facts", "全市", "--trace", "招生人数")
    assert traced.out.count("data/indicators.csv") + traced.out.count("三校 报告.json") >= 3
    assert "：561人　汇总：3 所之和" in traced.out
    assert run("facts", "全市", "--trace", "招生人数@丁区").code == 2

    again = run("compile", "收到", "--standard", "bj-municipal-2025", "--out", "全市")
    assert (again.code, "已经存在" in again.err) == (2, True)

    taken = run("compile", "收到", "--update", "全市", "--take-case", key)
    assert taken.code == 0, taken.err
    _the_case_stands_by_itself(tmp_path / "全市")
    assert run("compile", "--undo", "全市").code == 0
    assert not list((tmp_path / "全市").glob("figures/*"))

    opened = open_submission(tmp_path / "全市", draft=True)
    assert build(opened, tmp_path / "印", formats=["docx", "pdf"]).pages


def _the_case_stands_by_itself(folder: Path) -> None:
    submission = read(folder).submission
    assert submission is not None
    chapter = next(c for c in submission.chapters if c.id == "service")
    (case,) = [b for b in chapter.blocks if isinstance(b, Case) and "课堂" in b.title]
    assert case.owner == "丙字第3职业学校"
    first, figure = case.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(figure, Figure)
    assert first.text.startswith("在校生 680 人，见 @fig:")
    assert "[^1]" not in first.text
    assert "{{" not in first.text
    assert f"@{figure.id}" in first.text
    assert (folder / str(figure.image)).is_file()
    codes = {d.code for d in open_submission(folder).diagnostics}
    assert not codes & {"RK113", "RK117", "RK127", "RK321", "RK326"}


def test_from_what_a_batch_left(run: Run, received: Path, tmp_path: Path) -> None:
    shutil.rmtree(received / "坏")
    run("batch", "收到", "--out", "结果", "--check-only")
    made = run("compile", "结果", "--standard", "bj-municipal-2025", "--out", "全市")
    assert made.code == 0, made.err
    assert "汇总了 3 份报送件" in made.out
    refused = run("compile", "结果", "--update", "全市", "--take-case", "三校 报告#1")
    assert refused.code == 2
    assert "请给出报送件所在的文件夹" in refused.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "请写明报送件所在的文件夹"),
        (("某处",), "请用 --out 写明"),
        (("某处", "--out", "新"), "请用 --standard 写明"),
        (("某处", "--out", "新", "--update", "旧", "--standard", "x"), "请用 --out 写明"),
        (("某处", "--out", "新", "--standard", "bj-municipal-2025"), "没有 某处 这个文件夹"),
        (("--undo", "某处"), "没有可以撤销的"),
    ],
)
def test_clumsy_calls(run: Run, words: tuple[str, ...], told: str) -> None:
    made = run("compile", *words)
    assert made.code == 2
    assert told in made.err
