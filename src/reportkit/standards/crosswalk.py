"""Which sections of different standards hold the same matter."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError

from reportkit.model.base import Model
from reportkit.model.standard import SectionSpec, Standard
from reportkit.resources import schemas

from .errors import Faults
from .loader import lineage
from .source import read_file

FILE = "crosswalk.yaml"


class Topic(Model):
    """One matter, and the sections in which each standard treats it.

    Keys of ``sections`` are ids of standards, or of what they extend.
    """

    title: str = Field(description="内容")
    sections: dict[str, tuple[str, ...]] = Field(description="规范标识 → 节的标识")
    note: str | None = Field(default=None, description="说明")


class _Crosswalk(Model):
    topics: tuple[Topic, ...]


@cache
def crosswalk(folder: Path | None = None) -> Mapping[str, Topic]:
    """The topics, by title, of the crosswalk in ``folder`` (default: that of the program).

    Raises:
        InvalidStandard: the file is not valid.
    """
    data = read_file((folder or schemas() / "standards") / FILE, FILE)
    try:
        return {topic.title: topic for topic in _Crosswalk.model_validate(data).topics}
    except ValidationError as error:
        faults = Faults(FILE)
        for detail in error.errors(include_url=False):
            faults.add(None, f"{'.'.join(map(str, detail['loc']))} 的值不合要求")
        faults.stop_if_any()
        raise


def counterparts(section: str, source: Standard, target: Standard) -> tuple[SectionSpec, ...]:
    """The sections of ``target`` that treat what ``section`` of ``source`` treats."""
    found: dict[str, SectionSpec] = {}
    specs = {spec.id: spec for spec in sections(target)}
    for topic in crosswalk().values():
        if section in _of(topic, source):
            found.update({name: specs[name] for name in _of(topic, target) if name in specs})
    return tuple(found.values())


def sections(standard: Standard) -> tuple[SectionSpec, ...]:
    """All sections of the outline in reading order."""

    def below(specs: tuple[SectionSpec, ...]) -> tuple[SectionSpec, ...]:
        return tuple(item for spec in specs for item in (spec, *below(spec.sections)))

    return below(standard.outline)


def _of(topic: Topic, standard: Standard) -> tuple[str, ...]:
    for name in lineage(standard):
        if name in topic.sections:
            return topic.sections[name]
    return ()
