"""What this machine can print, what it lacks, and how to mend it."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model.style import Style

LIBRARIES = ("pydantic", "jsonschema", "python-docx", "lxml", "jinja2", "Pillow")


@dataclass(frozen=True)
class Item:
    """One thing examined. ``needed`` items are necessary for DOCX and PDF output."""

    name: str
    state: str
    ok: bool
    needed: bool = True
    remedy: str = ""


def examine() -> list[Item]:
    """Examine Python, libraries, the parts that PDF output needs, fonts, and helpful programs."""
    return [*_python(), *_libraries(), *_pdf(), *_fonts(), *_programs()]


def _python() -> Iterator[Item]:
    yield Item(
        "Python", platform.python_version(), sys.version_info >= (3, 11), True, "需要 3.11 以上"
    )


def _libraries() -> Iterator[Item]:
    for name in LIBRARIES:
        try:
            yield Item(name, importlib.metadata.version(name), True)
        except importlib.metadata.PackageNotFoundError:
            yield Item(name, "未安装", False, True, f"运行 pip install {name}")


def _pdf() -> Iterator[Item]:
    remedy = {
        "Linux": "运行 sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        "Darwin": "运行 brew install pango",
        "Windows": "按 WeasyPrint 文档安装 Pango（MSYS2 的 mingw-w64-x86_64-pango）",
    }.get(platform.system(), "安装 Pango")
    try:
        import weasyprint
    except OSError:
        yield Item("PDF 排版（Pango）", "未安装，只能输出 DOCX", False, True, remedy)
        return
    from weasyprint.text.ffi import harfbuzz_subset

    yield Item("PDF 排版（WeasyPrint 和 Pango）", str(weasyprint.__version__), True)
    yield Item(
        "字体子集（harfbuzz-subset）",
        "已安装" if harfbuzz_subset else "未安装，输出 PDF 会慢几倍",
        bool(harfbuzz_subset),
        False,
        "运行 sudo apt-get install libharfbuzz-subset0",
    )


def _fonts() -> Iterator[Item]:
    from .writing import available_styles
    from .writing.fonts import OWN_FOLDER, library, role_faces

    fonts = library()
    for style in available_styles():
        for role, font in style.fonts.items():
            chosen = next(iter(fonts.choose(font)), None)
            found = chosen or next((f.families[0] for f in role_faces(style, fonts, role)), None)
            first = chosen in (font.word, font.word_alt)
            yield Item(
                f"版式 {style.id} 的{font.word}",
                (chosen or "") if first else f"由 {found} 替代" if found else "没有可用的中文字体",
                first,
                found is None,
                f"如有{font.word}的字体文件，放进一个文件夹，并把环境变量 {OWN_FOLDER} 设为该文件夹"
                if found
                else "安装中文字体，如 sudo apt-get install fonts-noto-cjk",
            )

        yield from _latin(style)


def _latin(style: Style) -> Iterator[Item]:
    """The fonts of Latin letters and digits, or those of the same widths in their place."""
    from .writing.fonts import latin_family, library

    chinese = {name for font in style.fonts.values() for name in (font.word, font.word_alt)}
    for font in {font.latin: font for font in style.fonts.values()}.values():
        if font.latin in chinese:
            continue
        found = latin_family(font, library())
        yield Item(
            f"版式 {style.id} 的西文字体 {font.latin}",
            font.latin if found == font.latin
            else f"由 {found} 替代，字宽相同" if found
            else "没有，西文和数字用中文字体印",
            bool(found),
            False,
            "安装字宽相同的字体，如 sudo apt-get install fonts-liberation",
        )  # fmt: skip


def _programs() -> Iterator[Item]:
    from .writing.office import find

    office = find()
    yield Item(
        "LibreOffice",
        "已安装" if office else "未安装",
        bool(office),
        False,
        "只有 build --exact-pages 和自动测试用它，可不装",
    )
