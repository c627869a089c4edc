"""What can go wrong with a standard, worded for its maintainer."""

from collections.abc import Sequence

from reportkit.model.base import Place


class UnknownStandard(Exception):
    """There is no standard of that id; ``suggestions`` are ids that come near."""

    def __init__(self, name: str, suggestions: Sequence[str] = ()) -> None:
        near = f"是否指 {'、'.join(suggestions)}？" if suggestions else ""
        super().__init__(f"没有编制规范“{name}”。{near}")
        self.name = name
        self.suggestions = tuple(suggestions)


class InvalidStandard(Exception):
    """A standard's data are not valid; ``reasons`` are complete lines with their places."""

    def __init__(self, file: str, place: Place, reasons: Sequence[str]) -> None:
        lines = "".join(f"\n  {reason}" for reason in reasons)
        super().__init__(f"编制规范 {file} 有误：{lines}")
        self.file = file
        self.place = place
        self.reasons = tuple(reasons)


class Faults:
    """Collects faults, so that a maintainer sees all of a file at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[tuple[Place, str]] = []

    def add(self, place: Place | None, text: str) -> None:
        """Note that ``text`` is wrong at ``place``."""
        self.found.append((place or Place(file=self.file), text))

    def stop_if_any(self) -> None:
        """Raise InvalidStandard if anything was found."""
        if not self.found:
            return
        found = sorted(self.found, key=lambda item: (item[0].file, item[0].line or 0))
        raise InvalidStandard(
            self.file, found[0][0], [f"{where(place)}：{text}" for place, text in found]
        )


def where(place: Place) -> str:
    """``file:line:column``, as editors make clickable."""
    if place.line is None:
        return place.file
    return f"{place.file}:{place.line}:{place.column or 1}"
