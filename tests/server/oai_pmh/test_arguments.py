"""Arguments: each illegal one is named, with what is wrong about it."""

from collections.abc import Callable

import pytest
from lxml import etree

from server.oai_pmh.arguments import parse
from server.oai_pmh.errors import OAIErrors

Ask = Callable[..., etree._Element]


def problems(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the code and message of each error that arguments raise."""
    with pytest.raises(OAIErrors) as caught:
        parse(pairs)
    return [(error.code, str(error)) for error in caught.value.errors]


LIST = (("verb", "ListRecords"), ("metadataPrefix", "oai_dc"))


def test_a_day_covers_its_last_second() -> None:
    """`until` in days includes that whole day (3.3)."""
    arguments = parse([*LIST, ("from", "2024-02-28"), ("until", "2024-02-29")])
    assert (arguments.start, arguments.until) == (1709078400, 1709251199)


def test_from_equal_to_until_is_legal() -> None:
    """Both bounds are included, so one second or one day is a span."""
    arguments = parse([*LIST, ("from", "2024-02-29T12:00:00Z"), ("until", "2024-02-29T12:00:00Z")])
    assert arguments.start == arguments.until == 1709208000


def test_from_after_until_is_bad_argument() -> None:
    """A span that ends before it begins is illegal (3.3)."""
    assert problems(*LIST, ("from", "2024-03-01"), ("until", "2024-02-29")) == [
        ("badArgument", "from is later than until: 2024-03-01, 2024-02-29")
    ]


def test_mixed_granularity_is_bad_argument() -> None:
    """Both bounds have the same granularity (3.3)."""
    assert problems(*LIST, ("from", "2024-02-29"), ("until", "2024-02-29T12:00:00Z")) == [
        ("badArgument", "from and until have different granularities: 2024-02-29, 2024-02-29T12:00:00Z")
    ]


@pytest.mark.parametrize(
    "value",
    [
        "2024",
        "2024-2-9",
        "2024-02-29T12:00Z",
        "2024-02-29T12:00:00",
        "2024-02-29T12:00:00.5Z",
        "2024-02-29T12:00:00+00:00",
        "2024-02-29 12:00:00Z",
        "2024-02-29t12:00:00z",
        " 2024-02-29",
        "٢٠٢٤-٠٢-٢٩",
        "-2024-02-29",
    ],
)
def test_a_date_in_another_form_is_bad_argument(value: str) -> None:
    """Datestamps have two forms and no other (3.3)."""
    assert problems(*LIST, ("from", value)) == [
        ("badArgument", f"from: {value!a} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ")
    ]


@pytest.mark.parametrize("value", ["2024-02-30", "2023-02-29", "0000-01-01", "2024-13-01", "2024-01-01T24:00:00Z"])
def test_a_day_that_does_not_exist_is_bad_argument(value: str) -> None:
    """A well-formed date may still be none."""
    assert problems(*LIST, ("until", value)) == [("badArgument", f"until: '{value}' is no day or time that exists")]


def test_repeated_arguments_are_bad() -> None:
    """No argument may be repeated (3.6)."""
    assert problems(*LIST, ("set", "a"), ("set", "a")) == [("badArgument", "the argument set is repeated")]


@pytest.mark.parametrize("name", ["metadataPrefix", "from", "until", "set"])
def test_empty_arguments_are_bad(name: str) -> None:
    """An argument without a value is no argument left out."""
    pairs = [("verb", "ListRecords"), *({"metadataPrefix": "oai_dc"} | {name: ""}).items()]
    assert problems(*pairs) == [("badArgument", f"{name}: '' is empty; leave the argument out")]


@pytest.mark.parametrize("value", ["a\x00b", "\x1f", "￾", "\ud800"])
@pytest.mark.parametrize("name", ["identifier", "metadataPrefix"])
def test_characters_that_xml_cannot_carry_are_bad(name: str, value: str) -> None:
    """What could not be echoed is not taken."""
    pairs = [("verb", "GetRecord"), *({"metadataPrefix": "oai_dc", "identifier": "oai:a:b"} | {name: value}).items()]
    assert problems(*pairs) == [("badArgument", f"{name}: {value!a} holds a character that XML cannot carry")]


def test_missing_and_foreign_arguments_are_named() -> None:
    """A request names what it lacks and what it may not have."""
    assert problems(("verb", "GetRecord"), ("set", "a"), ("resumptionToken", "b")) == [
        ("badArgument", "'set' is not an argument here; this verb takes identifier, metadataPrefix"),
        ("badArgument", "'resumptionToken' is not an argument here; this verb takes identifier, metadataPrefix"),
        ("badArgument", "the argument identifier is missing"),
        ("badArgument", "the argument metadataPrefix is missing"),
    ]
    assert problems(("verb", "Identify"), ("set", "a")) == [
        ("badArgument", "'set' is not an argument here; this verb takes no arguments")
    ]


def test_a_token_stands_alone() -> None:
    """ResumptionToken is exclusive (4.5)."""
    assert problems(*LIST, ("resumptionToken", "x")) == [
        ("badArgument", "the argument metadataPrefix may not stand beside resumptionToken")
    ]


def test_long_values_are_shown_cut() -> None:
    """A message stays readable, whatever was sent."""
    assert problems(*LIST, ("set", " " * 500)) == [("badArgument", f"set: '{' ' * 77}...' is no setSpec")]
