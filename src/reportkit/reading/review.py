"""What both forms of a submission must be held against once they are read: ids and tables."""

from collections import Counter
from collections.abc import Iterable, Iterator

from reportkit.model.base import Place, Placed
from reportkit.model.blocks import Block, Case, Chapter, Chart, Figure, ListBlock, Section, Table
from reportkit.model.submission import Submission

from .source import Log


def sections(chapters: Iterable[Section]) -> Iterator[Section]:
    """All sections, chapters included, in reading order."""
    for section in chapters:
        yield section
        yield from sections(section.sections)


def inner(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks, those in cases and lists included, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Case):
            yield from inner(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from inner(item.blocks)


def review(submission: Submission, log: Log) -> None:
    """Report ids that are given twice and tables that are not grids."""
    ids: dict[str, Place] = {}
    for chapter in submission.chapters:
        for section in sections([chapter]):
            _identify(section, section.id, ids, log)
            for block in inner(section.blocks):
                _identify(block, getattr(block, "id", None), ids, log)
                if isinstance(block, Table | Chart):
                    grid(block, log)


def _identify(part: Placed, name: str | None, ids: dict[str, Place], log: Log) -> None:
    if name is None:
        return
    place = part.place_of("id") or Place()
    if name in ids:
        log.add("RK127", place, quote=name, at=name, id=name, related=[ids[name]])
    ids.setdefault(name, place)


def grid(block: Table | Chart, log: Log) -> None:
    """Report rows with another number of cells than the others, and merges that do not work."""
    if not block.rows:
        return
    wanted, _ = Counter(len(row) for row in block.rows).most_common(1)[0]
    at = block.id or ""
    ragged = False
    for r, row in enumerate(block.rows):
        if len(row) != wanted:
            ragged = True
            place = block.place_of(f"rows.{r}.0") or Place()
            log.add(
                "RK122",
                place,
                quote=" | ".join(row),
                at=at,
                row=r + 1,
                cells=len(row),
                wanted=wanted,
            )
    if not ragged and isinstance(block, Table):
        for r, c, reason in merge_faults(block.rows, block.header_rows):
            log.add(
                "RK123",
                block.place_of(f"rows.{r}.{c}") or Place(),
                quote=block.rows[r][c],
                at=at,
                row=r + 1,
                column=c + 1,
                mark=block.rows[r][c],
                reason=reason,
            )


def merge_faults(
    rows: tuple[tuple[str, ...], ...], header_rows: int
) -> Iterator[tuple[int, int, str]]:
    """Cells (row and column from 0) whose ``^^`` or ``<<`` does not make a rectangle, and why."""
    if not any(cell in ("^^", "<<") for row in rows for cell in row):
        return
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            home = (r, c)
            if cell == "^^":
                if r == 0:
                    yield r, c, "上面没有可以合并的格"
                elif r == header_rows:
                    yield r, c, "表身的格不能并入表头"
                else:
                    home = origin[r - 1, c]
            elif cell == "<<":
                if c == 0:
                    yield r, c, "左边没有可以合并的格"
                else:
                    home = origin[r, c - 1]
            origin[r, c] = home
            areas.setdefault(home, []).append((r, c))
    for (top, _), cells in areas.items():
        height = max(cell[0] for cell in cells) - top + 1
        width = max(cell[1] for cell in cells) - min(cell[1] for cell in cells) + 1
        if height * width != len(cells):
            last = cells[-1]
            yield *last, "合并后的格不是矩形"


def pictures(chapters: Iterable[Chapter]) -> Iterator[tuple[str, Place]]:
    """Paths of all pictures with the place where each is named."""
    for section in sections(chapters):
        for block in inner(section.blocks):
            if isinstance(block, Figure):
                if block.image:
                    yield block.image, block.place_of("image") or Place()
                for part in block.parts:
                    yield part.image, part.place_of("image") or Place()


def bodies(chapters: Iterable[Chapter]) -> Iterator[tuple[str, Place]]:
    """CSV files that tables and charts take their data from, with the place of each name."""
    for section in sections(chapters):
        for block in inner(section.blocks):
            if isinstance(block, Table | Chart) and block.data:
                yield block.data, block.place_of("data") or Place()
