"""The published JSON Schemas of standards."""

import json
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry, Resource

from reportkit.model.standard import Need, SectionSpec, Standard
from reportkit.reading.schema import document_schema, draft07
from reportkit.resources import schemas
from reportkit.standards import available, load, match_outline, schema, walk
from reportkit.standards.publish import all_schemas
from reportkit.standards.scaffold import new_submission
from reportkit.standards.titles import ecma_pattern

from .tools import DATA, outline

FOLDER = schemas() / "standards"
STANDARDS = available()
DRAFTS = {False: Draft202012Validator, True: Draft7Validator}
each = pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.id)
both = pytest.mark.parametrize("older", [False, True], ids=["2020-12", "draft-07"])


@cache
def validator(standard: str, older: bool = False) -> Any:
    document = document_schema()
    resource = Resource.from_contents(draft07(document) if older else document)
    registry = Registry().with_resource("urn:document", resource)
    made = schema(load(standard, extra=DATA), document="urn:document", draft07=older)
    return DRAFTS[older](made, registry=registry)


@cache
def own(standard: str) -> Any:
    """Only what the standard adds, which is much quicker to check."""
    return Draft202012Validator(schema(load(standard, extra=DATA))["allOf"][1])


@cache
def filled(name: str) -> dict[str, Any]:
    """A new submission as a JSON document."""
    standard = load(name, extra=DATA)
    return json.loads(new_submission(standard, "某单位", 2024).model_dump_json())  # type: ignore[no-any-return]


def without_ids(document: dict[str, Any]) -> dict[str, Any]:
    def bare(section: dict[str, Any]) -> dict[str, Any]:
        below = [bare(item) for item in section["sections"]]
        return {**section, "id": None, "sections": below}

    return {**document, "chapters": [bare(chapter) for chapter in document["chapters"]]}


def test_published_files_are_in_step() -> None:
    made = dict(all_schemas(STANDARDS))
    for name, content in made.items():
        assert json.loads((FOLDER / name).read_text(encoding="utf-8")) == content, (
            f"{name}: run python -m reportkit.standards.publish"
        )
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.schema.json")}
    assert there == set(made)


@pytest.mark.parametrize(("name", "made"), list(all_schemas(STANDARDS)), ids=lambda value: "")
def test_published_files_are_schemas(name: str, made: dict[str, Any]) -> None:
    DRAFTS["draft-07" in name].check_schema(made)


@each
@both
def test_a_new_submission_is_valid(standard: Standard, older: bool) -> None:
    assert validator(standard.id, older).is_valid(filled(standard.id))
    if not any(spec.variants and "" in spec.variants for spec in standard.outline):
        assert validator(standard.id, older).is_valid(without_ids(filled(standard.id)))


@each
@both
def test_every_mandatory_chapter_is_demanded(standard: Standard, older: bool) -> None:
    document = filled(standard.id)
    for index, spec in enumerate(standard.outline):
        chapters = document["chapters"][:index] + document["chapters"][index + 1 :]
        valid = validator(standard.id, older).is_valid({**document, "chapters": chapters})
        assert valid is (spec.need is not Need.REQUIRED), spec.id


@each
def test_every_mandatory_section_is_demanded(standard: Standard) -> None:
    document = filled(standard.id)
    for index, spec in enumerate(standard.outline):
        for place, inner in enumerate(spec.sections):
            chapters = json.loads(json.dumps(document["chapters"]))
            del chapters[index]["sections"][place]
            valid = own(standard.id).is_valid({**document, "chapters": chapters})
            assert valid is (inner.need is not Need.REQUIRED or spec.at_least > 0), inner.id


@both
def test_at_least_one_of_several_sections_is_demanded(older: bool) -> None:
    document = filled("moe-2023-district")
    chapters = json.loads(json.dumps(document["chapters"]))
    (service,) = (chapter for chapter in chapters if chapter["id"] == "service")
    del service["sections"][1:]
    assert validator("moe-2023-district", older).is_valid({**document, "chapters": chapters})
    del service["sections"][:]
    assert not validator("moe-2023-district", older).is_valid({**document, "chapters": chapters})


@each
def test_every_required_indicator_is_demanded(standard: Standard) -> None:
    document = filled(standard.id)
    for wanted in standard.required_indicators:
        rest = [o for o in document["data"]["observations"] if o["indicator"] != wanted.id]
        valid = own(standard.id).is_valid({**document, "data": {"observations": rest}})
        assert valid is (wanted.need is not Need.REQUIRED), wanted.id


def test_the_general_schema_applies_too() -> None:
    document = filled("moe-2024-school")
    assert not validator("moe-2024-school").is_valid({**document, "colour": "red"})
    metadata = {**document["metadata"], "standard": "moe-2023-district"}
    assert not validator("moe-2024-school").is_valid({**document, "metadata": metadata})


@each
@both
def test_it_can_stand_alone(standard: Standard, older: bool) -> None:
    made = schema(standard, document=document_schema())
    alone = DRAFTS[older](draft07(made) if older else made)
    document = filled(standard.id)
    assert alone.is_valid(document)
    assert not alone.is_valid({**document, "colour": "red"})
    assert not alone.is_valid({**document, "chapters": document["chapters"][:1]})


@pytest.mark.parametrize(
    "name", ["dongcheng-2023", "xicheng-2023", "beijing-2025", "beijing-2023", "changping-2020"]
)
def test_schema_and_matcher_agree_on_published_outlines(name: str) -> None:
    identifier, chapters = outline(name)
    document = {
        **filled(identifier),
        "chapters": [json.loads(chapter.model_dump_json()) for chapter in chapters],
    }
    assert validator(identifier).is_valid(document)


@pytest.mark.parametrize(
    "title",
    [
        "国际合作",
        " 国 际 合 作 ",
        "国际合作[^1]",
        "国际合作[^注1] [^2]",
        "国际合作与交流",
        "国际合作了",
        "助力“一带一路”建设",
        '助力"一带一路"建设',
        "助力‘一带一路’建设",
        "1+X证书制度试点",
        "“1+X”证书",
        "1-X",
        "经费",
        "经费一览",
        "无经费",
        "",
    ],
)
def test_the_pattern_of_a_title_accepts_what_the_matcher_accepts(title: str) -> None:
    import re

    standard = load("bj-district-2020")
    specs = [
        spec.model_copy(update={"sections": ()}) for spec in _all(standard.outline) if spec.title
    ]
    for spec in specs:
        alone = standard.model_copy(update={"outline": (spec,)})
        numbered = _chapter(title)
        (match,) = walk(match_outline([numbered], alone))
        assert bool(re.search(ecma_pattern(spec), title)) == (match.spec is not None), spec.title


def _all(specs: tuple[SectionSpec, ...]) -> list[SectionSpec]:
    return [item for spec in specs for item in (spec, *_all(spec.sections))]


def _chapter(title: str) -> Any:
    from .tools import chapter

    return chapter(title)


class TestOfMaintainers:
    """The schema of ``standard.yaml`` itself."""

    def data(self, file: Any) -> Any:
        import yaml

        return yaml.safe_load(file.read_text(encoding="utf-8"))

    @pytest.mark.parametrize("file", sorted(FOLDER.glob("*/*.yaml")), ids=lambda f: f.parent.name)
    @both
    def test_what_we_ship_is_valid(self, file: Any, older: bool) -> None:
        middle = ".draft-07" if older else ""
        path = FOLDER / f"{file.stem}{middle}.schema.json"
        made = json.loads(path.read_text(encoding="utf-8"))
        errors = list(DRAFTS[older](made).iter_errors(self.data(file)))
        assert not errors, errors[0].message

    @pytest.mark.parametrize("file", sorted(FOLDER.glob("*/*.yaml")), ids=lambda f: f.parent.name)
    def test_each_file_names_its_schema_for_editors(self, file: Any) -> None:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../{file.stem}.draft-07.schema.json"

    @pytest.mark.parametrize(
        "text",
        [
            {"id": "x", "title": "t", "colour": "red"},
            {"id": "x", "title": "t", "outline": [{"title": "无标识"}]},
            {"id": "x", "title": "t", "outline": [{"id": "a", "need": "must"}]},
            {"id": "x", "title": "t", "parts": [{"part": "body", "remove": "no"}]},
            {"title": "t"},
        ],
    )
    def test_slips_are_seen_in_the_editor(self, text: Any) -> None:
        made = json.loads((FOLDER / "standard.schema.json").read_text(encoding="utf-8"))
        assert not Draft202012Validator(made).is_valid(text)

    def test_titles_and_descriptions_are_chinese(self) -> None:
        made = json.loads((FOLDER / "standard.schema.json").read_text(encoding="utf-8"))

        def texts(node: Any) -> list[str]:
            if isinstance(node, list):
                return [text for item in node for text in texts(item)]
            if not isinstance(node, dict):
                return []
            own = [node[key] for key in ("title", "description") if isinstance(node.get(key), str)]
            return own + [text for item in node.values() for text in texts(item)]

        assert all(any("\u4e00" <= char <= "\u9fff" for char in text) for text in texts(made))

    def test_every_key_is_described(self) -> None:
        made = json.loads((FOLDER / "standard.schema.json").read_text(encoding="utf-8"))
        definitions = {"Standard": made, **made["$defs"]}
        for name, definition in definitions.items():
            for key, field in definition.get("properties", {}).items():
                assert "description" in field, f"{name}.{key}"
