"""Small standards and outlines to test with."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reportkit.model.blocks import Chapter, Paragraph, Section
from reportkit.standards import load
from reportkit.standards.source import MAIN
from reportkit.yamlio import parse

DATA = Path(__file__).parents[1] / "data" / "standards"
SHIPPED = (
    "bj-district-2020",
    "bj-municipal-2022",
    "bj-municipal-2025",
    "moe-2023-district",
    "moe-2024-school",
    "moe-enterprise-2023",
)
SMALL = """
id: small
title: 小规范
level: other
parts:
  - part: body
numbering:
  heading: ["{n}."]
outline:
  - id: one
    title: 第一部分
    sections:
      - {id: one-a, title: 甲}
      - {id: one-b, title: 乙}
  - {id: two, title: 第二部分, variants: [第二]}
  - {id: three, title: 第三部分, need: optional}
"""


def write(root: Path, name: str, text: str, **lists: str) -> Path:
    """A standard's folder below ``root``; ``lists`` are its list files."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MAIN).write_text(text, encoding="utf-8")
    for key, content in lists.items():
        (folder / f"{key}.yaml").write_text(content, encoding="utf-8")
    return folder


def heir(root: Path, text: str, base: str = SMALL) -> Any:
    """The standard that extends ``small`` by ``text``."""
    write(root, "small", base)
    write(root, "heir", f"id: heir\nextends: small\n{text}")
    return load("heir", extra=root)


def section(title: str, *below: Any, **more: Any) -> Section:
    """A section with sections below, each a title or a section."""
    return Section(title=title, sections=_below(below), **more)


def chapter(title: str, *below: Any, **more: Any) -> Chapter:
    """A chapter with sections below, each a title or a section."""
    return Chapter(title=title, sections=_below(below), **more)


def _below(items: Sequence[Any]) -> tuple[Section, ...]:
    return tuple(section(item) if isinstance(item, str) else item for item in items)


def outline(name: str) -> tuple[str, tuple[Chapter, ...]]:
    """Standard and chapters of an outline in the test data."""
    data = parse((DATA / "outlines" / f"{name}.yaml").read_text(encoding="utf-8")).data
    return data["standard"], tuple(_made(Chapter, item) for item in data["chapters"])


def _made(kind: type[Section], data: Mapping[str, Any]) -> Any:
    return kind(
        title=data["title"] or "",
        numbered=data.get("numbered") != "false",
        blocks=(Paragraph(text="正文。"),),
        sections=tuple(_made(Section, item) for item in data.get("sections", ())),
    )
