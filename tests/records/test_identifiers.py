"""Foreign identifiers become local ones by a rule that never changes: addresses are made of what it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers import local, origins
from records.model import Record
from records.values import IDENTIFIER, RESERVED


@pytest.mark.parametrize(
    ("foreign", "expected"),
    [
        ("letter-1", "letter-1"),
        (" letter-1 ", "letter-1"),
        ("oai:archive.example.org:a/1", "oai-archive.example.org-a-1"),
        ("http://hdl.handle.net/10079/bibid/1234", "http-hdl.handle.net-10079-bibid-1234"),
        ("Ms. germ. fol. 12, Bl. 3r", "Ms.-germ.-fol.-12-Bl.-3r"),
        ("Précis №3", "Precis-No3"),
        ("(1965) 4.", "1965-4"),
        ("--x--", "x"),
        ("collection", "collection-1"),
        ("/activity/", "activity-1"),
        ("一九二四", ""),
        ("", ""),
        ("..", ""),
    ],
)
def test_what_becomes_of_an_identifier(foreign: str, expected: str) -> None:
    """What stands in a URL as it is stays; the rest becomes what can stand there, or nothing."""
    assert local(foreign) == expected


def test_a_long_one_is_cut_and_told_apart_by_its_digest() -> None:
    """Two that begin alike stay two."""
    first, second = local("x/" * 300 + "1"), local("x/" * 300 + "2")
    assert first != second
    assert len(first) == len(second) == 200
    assert first[:167] == second[:167]


@given(st.text())
def test_what_it_gives_is_an_identifier_or_nothing(foreign: str) -> None:
    """And what it gave stays as it is."""
    made = local(foreign)
    assert not made or (IDENTIFIER.fullmatch(made) and made not in RESERVED)
    assert local(made) == made


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"identifier": "a-b"}, {"a-b"}),
        ({"identifier": "a-b", "identifiers": [{"value": "a/b"}]}, {"a/b"}),
        ({"identifier": "a-b", "identifiers": [{"value": "10.5/x", "kind": "doi"}]}, {"a-b"}),
        ({"identifier": "oai-x.org-1", "oai_identifier": "oai:x.org:1"}, {"oai:x.org:1"}),
    ],
)
def test_origins_are_what_the_identifier_was_made_of(stated: dict[str, object], expected: set[str]) -> None:
    """By them, two records that came to the same local identifier are told apart."""
    assert origins(Record.model_validate({**stated, "titles": [{"text": "T"}]})) == expected
