"""Writes the published JSON Schemas of standards: ``python -m reportkit.standards.publish``.

In each standard's folder that of a submission under it; beside the folders those of
``standard.yaml`` and its lists. All in draft 2020-12 and in draft-07, which editors understand.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportkit.model.standard import Standard
from reportkit.resources import schemas

from .loader import available
from .maintainer_schema import list_schema, standard_schema
from .source import LISTS
from .submission_schema import DRAFT_07, DRAFT_2020, Schema, schema


def all_schemas(standards: Sequence[Standard]) -> Iterator[tuple[str, Schema]]:
    """File name below ``standards/`` and schema, of everything that is published there."""
    for draft07, middle in ((False, ""), (True, ".draft-07")):
        draft = DRAFT_07 if draft07 else DRAFT_2020
        yield f"standard{middle}.schema.json", standard_schema(draft)
        for key in LISTS:
            yield f"{key}{middle}.schema.json", list_schema(draft, key)
        for standard in standards:
            name = f"{standard.id}/submission{middle}.schema.json"
            yield name, schema(standard, draft07=draft07)


def write_schemas(directory: Path) -> list[Path]:
    """Write all schemas of standards into ``directory`` and return their paths."""
    paths = []
    for name, made in all_schemas(available()):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else schemas() / "standards"
    for written in write_schemas(target):
        print(written.relative_to(target).as_posix())
