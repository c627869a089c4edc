"""Which program this is: two that could make different files of the same input differ here."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..resources import schemas, templates

_LIBRARIES = ("pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "zopfli", "brotli")
"""What the libraries that we name rest on and what decides bytes, too."""


@cache
def parts() -> dict[str, str]:
    """Version, digest of the source with its data, libraries, and fonts of this machine."""
    return {
        "版本": importlib.metadata.version("reportkit"),
        "程序文件": _digest(_source()),
        "Python 组件": _digest(_libraries()),
        "字体": _digest(_fonts()),
    }


def fingerprint() -> str:
    """All of :func:`parts` as one digest."""
    return _digest(f"{name}={value}".encode() for name, value in parts().items())


def _digest(chunks: Iterator[bytes]) -> str:
    made = hashlib.sha256()
    for chunk in chunks:
        made.update(len(chunk).to_bytes(8, "big"))
        made.update(chunk)
    return made.hexdigest()[:32]


def _source() -> Iterator[bytes]:
    for name, root in (
        ("reportkit", Path(__file__).parents[1]),
        ("schemas", schemas()),
        ("templates", templates()),
    ):
        files = {
            file.relative_to(root).as_posix(): file
            for file in root.rglob("*")
            if not {"__pycache__", "_data"} & set(file.parts) and file.is_file()
        }
        for path in sorted(files):
            yield f"{name}/{path}".encode()
            yield files[path].read_bytes().replace(b"\r\n", b"\n")


def _libraries() -> Iterator[bytes]:
    yield ".".join(platform.python_version_tuple()[:2]).encode()
    wanted = importlib.metadata.requires("reportkit") or []
    names = {_bare(line) for line in wanted if "extra ==" not in line}
    for name in sorted({*names, *_LIBRARIES}):
        try:
            yield f"{name} {importlib.metadata.version(name)}".encode()
        except importlib.metadata.PackageNotFoundError:
            continue


def _bare(requirement: str) -> str:
    return requirement.partition(";")[0].strip().split(">")[0].split("=")[0].split("<")[0].strip()


def _fonts() -> Iterator[bytes]:
    from ..writing.fonts import library

    for face in library().faces():
        size = face.path.stat().st_size
        yield f"{face.path.name} {face.index} {size} {face.families}".encode()
