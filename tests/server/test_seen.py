"""Identifiers that were met already: found again, whatever they hold, and in little memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.database import StoreError
from server.seen import Seen


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=3)))
def test_each_identifier_is_known_from_where_it_stood_first(identifiers: list[str]) -> None:
    """Identifiers that differ in anything are told apart."""
    seen, expected = Seen(), dict[str, str]()
    for number, identifier in enumerate(identifiers, start=1):
        assert seen.first(identifier, f"record {number}") == expected.get(identifier)
        expected.setdefault(identifier, f"record {number}")


def test_a_full_disk_is_told() -> None:
    """With the remedy; SQLite says so of a file that may not grow any more."""
    seen = Seen()
    seen._table.execute("PRAGMA max_page_count = 3")
    with pytest.raises(StoreError) as raised:
        seen.first("a" * 20_000, "here")
    assert str(raised.value) == (
        "the folder of temporary files cannot hold the identifiers of this load (database or disk is full); make room "
        "there, or name another one by TMPDIR"
    )
