"""A value that is wrong costs that value, and is kept as `unmapped`; what a record must have costs the record."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import Fault
from records.readers.salvage import RefusedError, record

GOOD: dict[str, Any] = {"identifier": "a", "titles": [{"text": "T"}]}


def test_what_is_sound_is_taken_as_it_is() -> None:
    """Blanks are dropped."""
    found, apart = record({**GOOD, "languages": ["chi", ""], "edition": " "})
    assert (found.languages, found.edition, apart, found.unmapped) == (("zh",), None, [], {})


def test_a_wrong_value_is_set_apart_and_the_rest_stays() -> None:
    """With the place in the form, the value and what would be right."""
    subjects = [{"text": "War", "uri": "not a uri"}, {"text": "Peace"}]
    found, apart = record({**GOOD, "subjects": subjects, "languages": ["en", "Englisch"]})
    assert [subject.text for subject in found.subjects] == ["War", "Peace"]
    assert found.languages == ("en",)
    assert found.unmapped == {"languages": ("Englisch",), "subjects.uri": ("not a uri",)}
    assert apart == [
        Fault(
            "languages.1",
            "'Englisch' is not a language tag (BCP 47); write for example 'en', 'zh', 'ru' or 'es-419'",
            "Englisch",
        ),
        Fault(
            "subjects.0.uri",
            "'not a uri' is not a URI; write it whole, such as 'http://id.loc.gov/authorities/names/n79018834'",
            "not a uri",
        ),
    ]


def test_where_something_is_missing_what_it_is_missing_in_goes() -> None:
    """An agent without a name, say."""
    found, apart = record({**GOOD, "agents": [{"uri": "http://example.org/1", "roles": ["cre"]}, {"name": "Kraus"}]})
    assert [agent.name for agent in found.agents] == ["Kraus"]
    assert [fault.field for fault in apart] == ["agents.0.name"]
    assert found.unmapped == {"agents.name": ("http://example.org/1", "cre")}


@pytest.mark.parametrize(
    ("gathered", "field"),
    [
        ({"titles": [{"text": "T"}]}, "identifier"),
        ({"identifier": "a b", "titles": [{"text": "T"}]}, "identifier"),
        ({"identifier": "a"}, ""),
        ({"identifier": "a", "titles": [{"text": "T\x00"}]}, "titles.0.text"),
    ],
)
def test_without_identifier_and_title_it_is_refused(gathered: dict[str, object], field: str) -> None:
    """A title with a character that XML cannot carry is none."""
    with pytest.raises(RefusedError) as refused:
        record(gathered)
    assert field in {fault.field for fault in refused.value.faults}


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "agents",
    "dates",
    "subjects",
    "languages",
    "source",
    "rights",
    "pages",
    "texts",
    "unmapped",
    "other",
    "native",
]


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_whatever_was_gathered_a_record_comes_of_it(gathered: dict[str, Any]) -> None:
    """Or it is refused; nothing else."""
    try:
        found, _apart = record({**gathered, **GOOD})
    except RefusedError:
        return
    assert found.identifier == "a"
