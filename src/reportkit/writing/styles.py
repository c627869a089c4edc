"""Load a look (版式) from its folder: one of ours by name, or any folder with a ``style.yaml``."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reportkit import resources
from reportkit.model.style import Style

FILE = "style.yaml"
DEFAULT = "official"
_MAX_BYTES = 256 * 1024

TEXTS = frozenset(
    (
        *("body", "list", "note", "footnote", "unit", "sign_off", "header", "statement"),
        *("heading1", "heading2", "heading3", "heading4", "title", "subtitle", "cover_line"),
        *("part_title", "toc1", "toc2", "toc3", "table", "table_header", "table_caption"),
        *("figure_caption", "case_heading", "case_body", "colophon"),
    )
)
"""The kinds of text that every style must describe."""


class StyleProblem(ValueError):
    """A look that cannot be used; its text says why, in Chinese."""


class UnknownStyle(StyleProblem):
    """There is no such style. ``suggestions`` are names that look alike."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        self.name, self.suggestions = name, suggestions
        hint = f"，是不是“{suggestions[0]}”" if suggestions else ""
        super().__init__(
            f"没有名为“{name}”的版式{hint}；可用：{'、'.join(_names())}，或含 {FILE} 的文件夹"
        )


class InvalidStyle(StyleProblem):
    """A style file that cannot be used, with every reason found, in Chinese."""

    def __init__(self, file: Path, reasons: tuple[str, ...]) -> None:
        self.file, self.reasons = file, reasons
        super().__init__(f"版式文件 {file} 有误：" + "；".join(reasons))


def available_styles() -> list[Style]:
    """All looks that travel with the program, the default first."""
    names = sorted(_names(), key=lambda name: (name != DEFAULT, name))
    return [load_style(name) for name in names]


def load_style(name_or_path: str | Path = DEFAULT) -> Style:
    """Return a look by its name, or from a folder (or ``style.yaml``) of the user's own.

    Raises ``UnknownStyle`` or ``InvalidStyle``.
    """
    name = str(name_or_path)
    if name in _names():
        return _read(resources.templates() / name / FILE)
    path = Path(name_or_path)
    file = path if path.is_file() else path / FILE
    if not file.is_file():
        raise UnknownStyle(name, tuple(get_close_matches(name, _names(), 2, 0.5)))
    return _load(file)


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(file.parent.name for file in resources.templates().glob(f"*/{FILE}")))


@cache
def _read(file: Path) -> Style:
    return _load(file)


def _load(file: Path) -> Style:
    data = _parse(file)
    try:
        style = Style.model_validate(data)
    except ValidationError as error:
        raise InvalidStyle(file, tuple(_reason(item) for item in error.errors())) from None
    reasons = tuple(_gaps(style))
    if reasons:
        raise InvalidStyle(file, reasons)
    return style


def _parse(file: Path) -> Mapping[str, Any]:
    import yaml

    try:
        raw = file.read_bytes()
        if len(raw) > _MAX_BYTES:
            raise InvalidStyle(file, ("文件过大",))
        text = raw.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise InvalidStyle(file, ("用了 YAML 别名（*），请直接写出",))
        data = yaml.safe_load(text)
    except OSError as error:
        raise InvalidStyle(file, (f"无法读取（{error.strerror}）",)) from None
    except UnicodeDecodeError:
        raise InvalidStyle(file, ("不是 UTF-8 编码，请另存为 UTF-8",)) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行第 {mark.column + 1} 列附近" if mark else "文件"
        raise InvalidStyle(file, (f"{where}不合 YAML 写法",)) from None
    if not isinstance(data, dict):
        raise InvalidStyle(file, ("应是“键: 值”的形式",))
    return data


_REASONS = {
    "missing": "缺少",
    "extra_forbidden": "不认识的键",
    "string_pattern_mismatch": "写法不对（颜色应如 #1F4E79）",
    "float_parsing": "应是数字",
    "float_type": "应是数字",
    "bool_parsing": "应是 true 或 false",
    "literal_error": "取值不在可选范围内",
}


def _reason(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    said = _REASONS.get(error["type"], "取值不对")
    if error["type"] == "literal_error":
        said += f"（可选：{error['ctx']['expected'].replace(' or ', '、')}）"
    return f"{where}：{said}"


def _gaps(style: Style) -> list[str]:
    """What a style lacks that its parts do not show by themselves."""
    reasons = [f"texts 缺少 {key}" for key in sorted(TEXTS - style.texts.keys())]
    reasons += [f"texts 有不认识的 {key}" for key in sorted(style.texts.keys() - TEXTS)]
    used = {f"texts.{key}": text.font for key, text in style.texts.items()}
    used["page_number"] = style.page_number.font
    reasons += [
        f"{where} 用了没有定义的字体 {font}"
        for where, font in used.items()
        if font not in style.fonts
    ]
    if "{n}" not in style.page_number.pattern:
        reasons.append("page_number.pattern 应含 {n}")
    page = style.page
    if page.width - page.inside - page.outside < 50 or page.height - page.top - page.bottom < 50:
        reasons.append("page：版心不足 50 mm")
    if not style.chart.colours:
        reasons.append("chart.colours 至少一种颜色")
    return reasons
