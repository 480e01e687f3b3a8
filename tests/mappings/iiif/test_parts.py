"""Parts of large collections: spans of places that never move, in documents that stay small."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.iiif.parts import MOST, Span, label, span, whole
from records.members import Part


def _reference(title: str) -> bytes:
    return json.dumps({"label": {"ko": [title], "en": ["another"]}}).encode()


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (0, Span(1, 200)),
        (200, Span(1, 200)),
        (201, Span(1, 40_000)),
        (40_000, Span(1, 40_000)),
        (40_001, Span(1, 8_000_000)),
        (8_000_001, Span(1, 1_600_000_000)),
    ],
)
def test_the_whole_is_the_shortest_span_that_holds_all(places: int, expected: Span) -> None:
    """Up to 200 manifests stand in the collection itself."""
    assert whole(places) == expected


@given(place=st.integers(1, 10**7), more=st.integers(0, 10**7))
def test_every_place_stands_in_one_part_of_each_size(place: int, more: int) -> None:
    """From the smallest part that holds it to the whole, each has an address, which reads as what it is."""
    within = whole(place + more)
    first = (place - 1) // MOST * MOST + 1
    found = Span(first, first + MOST - 1)
    while found != within:
        assert found.first <= place <= found.last
        assert span(str(found), within) == found
        assert found.size * MOST == found.above.size
        found = found.above
    assert span(str(found), within) is None


def _parts(within: Span) -> Iterator[Span]:
    size = within.size // MOST
    return (Span(first, first + size - 1) for first in range(within.first, within.last, size))


def test_a_span_falls_into_parts_without_a_gap() -> None:
    """Each has the one that it is of above it, and an address in it."""
    parts = list(_parts(Span(40_001, 80_000)))
    assert (parts[0], parts[-1], len(parts)) == (Span(40_001, 40_200), Span(79_801, 80_000), MOST)
    assert {part.above for part in parts} == {Span(40_001, 80_000)}


@pytest.mark.parametrize(
    "text",
    ["", "1", "1-", "0-199", "2-201", "1-199", "1-201", "1-8000000", "8000001-8000200", "201-1", "01-200", "1-200x",
     "١-٢٠٠", "1-200-400", "-1-198", "9" * 30 + "-" + "9" * 30],
)  # fmt: skip
def test_nothing_else_is_a_part(text: str) -> None:
    """Where the whole is 8,000,000 places."""
    assert span(text, whole(100_000)) is None


@given(st.text())
def test_any_address_is_a_part_or_none(text: str) -> None:
    """Whatever characters it holds."""
    assert span(text, whole(1000)) is None or text in {f"{n}-{n + 199}" for n in range(1, 40_000, 200)}


def test_a_part_says_what_stands_first_and_last_in_it() -> None:
    """By its places, and the main titles, cut where they are long; one that stands alone is named once."""
    first, last = _reference("모스 전신"), _reference("B" * 41)
    assert label(Part(1, 200, (first, last)), 1000) == f"1–200: 모스 전신 – {'B' * 40}…"
    words = _reference("To the minister, on the harvest in the north, of the ambassador")
    assert label(Part(1, 200, (words, words)), 200) == "1–200: To the minister, on the harvest in the…"
    assert label(Part(201, 400, (first, first)), 250) == "201–250: 모스 전신"
