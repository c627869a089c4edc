"""The published schemas: in step with the models, Chinese, and of one mind with pydantic."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from reportkit import resources
from reportkit.model.submission import Manifest, Submission
from reportkit.reading import schema
from reportkit.reading.plain import slim
from reportkit.reading.source import Log, Source
from reportkit.reading.validate import build
from reportkit.yamlio import Tree
from tests import strategies

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
fast = settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))


def test_published_schemas_are_in_step(tmp_path: Path) -> None:
    """``python -m reportkit.reading.schema`` brings them in step."""
    for made in schema.write_schemas(tmp_path):
        published = resources.schemas() / made.relative_to(tmp_path)
        assert published.read_text(encoding="utf-8") == made.read_text(encoding="utf-8"), published


def every_schema() -> dict[str, dict[str, Any]]:
    return {
        "manifest": schema.manifest_schema(),
        "document": schema.document_schema(),
        **schema.block_schemas(),
    }


@pytest.mark.parametrize("name", every_schema())
def test_schemas_are_schemas(name: str) -> None:
    made = every_schema()[name]
    jsonschema.Draft202012Validator.check_schema(made)
    jsonschema.Draft7Validator.check_schema(schema.draft07(made))
    assert "$defs" not in json.dumps(schema.draft07(made))


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize("name", every_schema())
def test_editors_show_chinese(name: str) -> None:
    def look(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                look(item)
        if not isinstance(node, dict):
            return
        for key in ("title", "description"):
            if isinstance(node.get(key), str):
                assert is_chinese(node[key]), node
        for key, field in node.get("properties", {}).items():
            assert "description" in field, key
        for key, value in node.items():
            if key not in ("default", "const", "enum"):
                look(value)

    look(every_schema()[name])
    assert "title" in every_schema()[name]


def verdicts(model: type[BaseModel], data: Any) -> tuple[bool, bool, bool]:
    """Whether draft 2020-12, draft-07 and the reader accept ``data``."""
    made = schema.schema_of(model)
    checker = jsonschema.FormatChecker(formats=("date",))
    newer = jsonschema.Draft202012Validator(made, format_checker=checker)
    older = jsonschema.Draft7Validator(schema.draft07(made), format_checker=checker)
    log = Log()
    read = build(model, Tree(data), Source("x", "", log), convert=False)
    return newer.is_valid(data), older.is_valid(data), read is not None and not log.findings


@fast
@given(strategies.submissions())
def test_what_is_valid_is_valid_for_all(submission: Submission) -> None:
    data = slim(submission)
    assert verdicts(Submission, data) == (True, True, True)
    assert Submission.model_validate_json(json.dumps(data), strict=True) == submission


WRONG = st.sampled_from(
    (
        None,
        5,
        -1,
        2.5,
        True,
        "",
        "甲",
        "2022-13-01",
        "a b",
        [],
        ["甲"],
        [[]],
        {},
        {"x": 1},
        "x" * 999,
    )
)


def spots(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of all values."""
    if not isinstance(node, dict | list):
        return [path]
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    return [path, *(spot for key, value in inner for spot in spots(value, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Any, bool]:
    """The data of a submission with one thing changed."""
    data = copy.deepcopy(slim(draw(strategies.submissions())))
    path = draw(st.sampled_from(spots(data)[1:]))
    if "content" in path:
        path = ("format",)
    owner = data
    for step in path[:-1]:
        owner = owner[step]
    change = draw(st.sampled_from(("replace", "remove", "add")))
    if change == "remove":
        del owner[path[-1]]
    elif change == "add" and isinstance(owner, dict):
        owner[draw(st.sampled_from(("titel", "type", "id", "number", "rows")))] = draw(WRONG)
    else:
        owner[path[-1]] = draw(WRONG)
    return data, change == "remove"


@fast
@given(mutated())
def test_validators_agree(changed: tuple[Any, bool]) -> None:
    data, _ = changed
    newer, older, reader = verdicts(Submission, data)
    assert newer == older == reader


@fast
@given(mutated())
def test_pydantic_alone_agrees(changed: tuple[Any, bool]) -> None:
    data, _ = changed
    newer, _, _ = verdicts(Submission, data)
    try:
        Submission.model_validate_json(json.dumps(data), strict=True)
    except ValueError:
        assert not newer
    else:
        assert newer


def test_manifest_and_metadata_agree() -> None:
    assert set(Manifest.model_fields) - {"chapters"} <= set(
        Submission.model_fields["metadata"].annotation.model_fields  # type: ignore[union-attr]
    )
