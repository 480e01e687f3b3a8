"""The order of mixed directions, by the rules of UAX 9."""

import pytest

from mappings.iiif.typesetting import bidi


def displayed(text: str, *, right_to_left: bool) -> str:
    """Return a text as UAX 9 shows its examples: from left to right, capitals standing for Arabic letters."""
    arabic = text.translate({code: code - ord("A") + 0x0628 for code in range(ord("A"), ord("Z") + 1)})
    return "".join(text[place] for place in bidi.visual_order(bidi.levels(arabic, right_to_left=right_to_left)))


@pytest.mark.parametrize(
    ("text", "right_to_left", "expected"),
    [
        ("car means CAR.", False, "car means RAC."),
        ("car MEANS CAR.", True, ".RAC SNAEM car"),
        ("he said CAR MEANS CAR", False, "he said RAC SNAEM RAC"),
        ("ABC 123", True, "123 CBA"),
        ("ABC 1 2", True, "2 1 CBA"),
        ("it is 5% of ABC 5%", False, "it is 5% of 5 CBA%"),
        ("ABC 1,000.5 DEF", True, "FED 1,000.5 CBA"),
        ("ABC abc 1 DEF", True, "FED abc 1 CBA"),
        ("a (ABC) 1", False, "a (CBA) 1"),
        ("ABC (1923) abc", False, ")1923( CBA abc"),
        ("smith (fabrikam ABC) DEF", True, "FED )CBA fabrikam( smith"),
    ],
)
def test_a_line_is_read_in_the_order_of_the_algorithm(text: str, right_to_left: bool, expected: str) -> None:
    """Letters, numbers, their separators and brackets stand where the rules put them."""
    assert displayed(text, right_to_left=right_to_left) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("1965 برقية", True), ("(abc) برقية", False), ("1965 …", None), ("", None)]
)
def test_the_first_letter_gives_the_direction(text: str, expected: bool | None) -> None:
    """Numbers and punctuation have no say (P2)."""
    assert bidi.starts_right_to_left(text) is expected


def test_a_mark_runs_with_its_letter() -> None:
    """Marks have the level of what they stand on, a bracket too."""
    assert bidi.levels("(\u0628)\u064b a", right_to_left=True) == [1, 1, 1, 1, 1, 2]
