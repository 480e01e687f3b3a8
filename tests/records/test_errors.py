"""Errors of inputs: each fault of a record in the words of a person, with its place."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from records.errors import Fault, RecordError, faults
from records.model import Collection, Record

LEAST: dict[str, Any] = {"identifier": "r", "titles": [{"text": "T"}]}


def _faults(stated: object, model: type[BaseModel] = Record) -> list[Fault]:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(stated)
    return list(faults(refused.value, model))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"titel": 1}, Fault("titel", "is no field of ours; did you mean 'titles'?")),
        (
            {"texts": [{"kontent": "x", "content": "y"}]},
            Fault("texts.0.kontent", "is no field of ours; did you mean 'content'?"),
        ),
        (
            {"agents": [{"name": "A", "qqq": "x"}]},
            Fault("agents.0.qqq", "is no field of ours; known are: name, kind, roles, uri, authority"),
        ),
        ({"agents": [{"kind": "person"}]}, Fault("agents.0.name", "is missing; a record needs it")),
        ({"edition (stated twice)": "x"}, Fault("edition (stated twice)", "keep one of the two")),
        ({"agents": "Ann"}, Fault("agents", "is 'Ann'; write a list, [...]")),
        ({"agents": ["Ann"]}, Fault("agents.0", """is 'Ann'; write an object, {"...": ...}""")),
        ({"rights": ["x"]}, Fault("rights", """is a list; write an object, {"...": ...}""")),
        ({"edition": 2}, Fault("edition", 'is 2; write text, in quotes: "..."')),
        ({"edition": {"a": 1}}, Fault("edition", 'is an object; write text, in quotes: "..."')),
        (
            {"texts": [{"pages": [{"page": "i", "content": "x"}]}]},
            Fault("texts.0.pages.0.page", "is 'i'; write a whole number"),
        ),
        ({"embargoed_until": "soon"}, Fault("embargoed_until", "is 'soon'; write a day as YYYY-MM-DD")),
        ({"visibility": "secret"}, Fault("visibility", "is 'secret'; input should be 'public', 'hidden' or 'deleted'")),
        (
            {"subjects": [{"text": "x", "latitude": 91}]},
            Fault("subjects.0.latitude", "is 91; input should be less than or equal to 90"),
        ),
        (
            {"languages": ["Chinese"]},
            Fault(
                "languages.0",
                "'Chinese' is not a language tag (BCP 47); write for example 'en', 'zh', 'ru' or 'es-419'",
            ),
        ),
        (
            {"unmapped": {"a\x00": ["b"]}},
            Fault("unmapped.a\x00", "U+0000 at character 2 is not allowed in XML 1.0; remove that character"),
        ),
    ],
)
def test_a_fault_names_the_field_and_the_remedy(stated: dict[str, Any], expected: Fault) -> None:
    """What was found, and what to write instead."""
    assert _faults(LEAST | stated) == [expected]


def test_all_faults_are_told_at_once() -> None:
    """Nobody loads ten times to find ten faults."""
    stated = {"identifier": "a b", "titles": [{"text": 1}], "languages": ["xx", "en", "yy"]}
    assert [fault.field for fault in _faults(stated)] == ["identifier", "titles.0.text", "languages.0", "languages.2"]


def test_a_missing_field_is_told_with_what_needs_it() -> None:
    """A collection, say."""
    assert _faults({"spec": "a"}, Collection) == [Fault("title", "is missing; a collection needs it")]


def test_a_long_value_is_cut() -> None:
    """A message is not a document."""
    assert _faults(LEAST | {"pages": "x" * 100}) == [Fault("pages", f"is '{'x' * 56}...'; write a list, [...]")]


def test_an_error_is_told_with_its_place() -> None:
    """One line for each fault; a part that is not known is left out."""
    two = (Fault("titles.0.text", "is wrong"), Fault("", "is bad"))
    assert (
        str(RecordError("a.json", "line 3", "r", two))
        == "a.json, line 3, r, titles.0.text: is wrong\na.json, line 3, r: is bad"
    )
    assert str(RecordError("a.json", "", "", (Fault("", "is empty"),))) == "a.json: is empty"
