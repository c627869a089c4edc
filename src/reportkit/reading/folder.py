"""Reads the folder form: ``report.yaml``, chapters, data and figures."""

import re
from collections.abc import Iterable
from pathlib import Path

from reportkit.model.base import Place
from reportkit.model.blocks import Chapter
from reportkit.model.data import Dataset, Observation
from reportkit.model.submission import Asset, Contents, Manifest, Metadata, Submission
from reportkit.yamlio import Tree

from . import csv_table, images
from .files import Folder, nearest, tidy, unsafe
from .markdown import read_chapters
from .options import yaml_tree
from .result import ReadResult
from .review import bodies, pictures, review
from .source import Log, Source
from .validate import build

MANIFEST = "report.yaml"
INDICATORS = "data/indicators.csv"
CONTENTS = "contents.csv"
SOURCES = "data/sources.csv"
"""What each organisation contributed to values that were pooled; kept, never printed.

Where there is too much for one file, it goes on in ``data/sources-2.csv`` and so on.
"""
_SOURCES = re.compile(r"data/sources(-[1-9][0-9]*)?[.]csv")
ACCOUNTS = ("导入说明.md", "汇总说明.md", "案例备选.md")
"""What the program tells the author about a submission that it made; no part of it."""
_IGNORED = {"readme.md", "readme.txt", "readme", *ACCOUNTS}


def read_folder(root: Path) -> ReadResult:
    """Read the submission in the folder ``root``. Never raises for bad input."""
    log = Log()
    folder = Folder(root, log)
    return _FolderReader(folder, log).read()


class _FolderReader:
    def __init__(self, folder: Folder, log: Log) -> None:
        self.folder = folder
        self.log = log
        self.seen: set[str] = set()
        self.listed: frozenset[str] = frozenset()

    def read(self) -> ReadResult:
        submission = None
        if not self.folder.files:
            self.log.add("RK101", Place(file="."), path=self.folder.root.name, reason="是空文件夹")
        elif MANIFEST not in self.folder.files:
            near = [f for f in self.folder.files if f.lower().endswith((".yaml", ".yml"))]
            self.log.add(
                "RK102", Place(file=MANIFEST), path=MANIFEST, suggestion=near[0] if near else ""
            )
        else:
            submission = self._submission()
        return ReadResult(
            submission, self.folder.root, "folder", tuple(self.log.findings), self.folder.sources
        )

    def _submission(self) -> Submission | None:
        self.seen.add(MANIFEST)
        source = self.folder.text(MANIFEST, Place(file=MANIFEST, line=1))
        tree = yaml_tree(source.text, 1, source) if source else None
        if source is None or tree is None:
            return None
        manifest = build(Manifest, tree, source, convert=True)
        listed = _listed(tree, source)
        self.listed = frozenset(tidy(name) for name, _ in listed)
        chapters = self._chapters(listed)
        observations, tables, contents = self._data()
        for path, place in bodies(chapters):
            self._body(tidy(path), place, tables)
        assets = self._assets(chapters)
        if listed:
            self._unused()
        if manifest is None or not chapters:
            return None
        metadata = {n: getattr(manifest, n) for n in Metadata.model_fields}
        submission = Submission(
            metadata=Metadata.model_construct(**metadata),
            chapters=tuple(chapters),
            contents=contents,
            data=Dataset(observations=observations, tables=tables),
            assets=tuple(assets),
        )
        review(submission, self.log)
        return submission

    def _chapters(self, listed: Iterable[tuple[str, Place]]) -> list[Chapter]:
        chapters: list[Chapter] = []
        first: dict[str, Place] = {}
        for name, place in listed:
            path = tidy(name)
            if path in first:
                self.log.add("RK112", place, quote=name, file=path, related=[first[path]])
                continue
            first[path] = place
            if self._usable(path, place, "RK111") and (text := self.folder.text(path, place)):
                found = read_chapters(text)
                if not found:
                    self.log.add("RK101", text.place(1), at=path, path=path, reason="是空文件")
                chapters += found
        return chapters

    def _usable(self, path: str, place: Place, missing: str) -> bool:
        """Whether the file is inside and there; otherwise a finding says why not."""
        self.seen.add(path)
        target = self.folder.resolve(path, place)
        if target is None:
            return False
        if target.is_file():
            return True
        suggestion = nearest(path, (f for f in self.folder.files if f not in self.listed))
        self.log.add(
            missing, place, quote=path, at=path, suggestion=suggestion, path=path, file=path
        )
        return False

    def _data(
        self,
    ) -> tuple[
        tuple[Observation, ...], dict[str, tuple[tuple[str, ...], ...]], tuple[Contents, ...]
    ]:
        observations: tuple[Observation, ...] = ()
        contents: tuple[Contents, ...] = ()
        tables: dict[str, tuple[tuple[str, ...], ...]] = {}
        for path in self.folder.files:
            place = Place(file=path, line=1)
            if path in (INDICATORS, CONTENTS):
                self.seen.add(path)
                source = self.folder.text(path, place)
                if source and path == INDICATORS:
                    observations = csv_table.observations(source)
                elif source:
                    contents = csv_table.contents(source)
            elif path.endswith((".csv", ".CSV")) and unsafe(path) is None:
                self._body(path, place, tables)
                self.seen.discard(path)
        repeated(observations, self.log)
        return observations, tables, contents

    def _body(
        self, path: str, place: Place, tables: dict[str, tuple[tuple[str, ...], ...]]
    ) -> None:
        if path in (INDICATORS, CONTENTS):
            reason = f"{path} 另有用途，不能作表身；对比指标请用 compare"
            self.log.add("RK124", place, quote=path, reason=reason)
        elif path in tables:
            self.seen.add(path)
        elif self._usable(path, place, "RK136") and (source := self.folder.text(path, place)):
            tables[path] = csv_table.table(source)

    def _assets(self, chapters: list[Chapter]) -> list[Asset]:
        assets: dict[str, Asset | None] = {}
        for name, place in pictures(chapters):
            path = tidy(name)
            if path not in assets:
                usable = self._usable(path, place, "RK117")
                assets[path] = self._asset(path, place) if usable else None
        for path in self.folder.files:
            ending = "." + path.rpartition(".")[2].lower()
            if path not in assets and ending in images.ENDINGS and unsafe(path) is None:
                assets[path] = self._asset(path, Place(file=path))
        return [asset for _, asset in sorted(assets.items()) if asset]

    def _asset(self, path: str, place: Place) -> Asset | None:
        content = self.folder.read(path, images.IMAGE_LIMIT, place)
        if content is None:
            return None
        if found := images.problem(path, content):
            code, reason = found
            self.log.add(code, place, quote=path, at=path, path=path, reason=reason)
            return None
        return Asset(path=path, content=content)

    def _unused(self) -> None:
        for path in self.folder.files:
            ignored = path.rpartition("/")[2].lower() in _IGNORED or is_sources(path)
            if path not in self.seen and not ignored:
                self.log.add("RK113", Place(file=path), at=path, file=path)


def is_sources(path: str) -> bool:
    """Whether a file tells what was contributed to pooled values."""
    return _SOURCES.fullmatch(path) is not None


def _listed(tree: Tree, source: Source) -> list[tuple[str, Place]]:
    """The chapter files that a manifest names, whatever else is wrong with it."""
    chapters = tree.data.get("chapters") if isinstance(tree.data, dict) else None
    found = []
    for index, name in enumerate(chapters if isinstance(chapters, list) else ()):
        if isinstance(name, str):
            mark = tree.values[("chapters", index)]
            found.append((name, source.locate(mark.line, mark.column, name)))
    return found


def repeated(observations: Iterable[Observation], log: Log) -> None:
    """Report a second value for one indicator, period and scope."""
    first: dict[tuple[str, str, str], Place] = {}
    for item in observations:
        key = (item.indicator, item.period, item.scope)
        place = item.place or Place()
        if key in first:
            log.add(
                "RK134",
                place,
                quote=str(item.value or item.missing or ""),
                at=item.indicator,
                indicator=item.indicator,
                period=item.period,
                scope=item.scope,
                related=[first[key]],
            )
        first.setdefault(key, place)
