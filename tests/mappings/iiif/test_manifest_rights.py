"""Rights and funding in manifests: word for word, in the statement that viewers show and in the metadata."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from records.model import Record
from tests.mappings.iiif.rules import says

Document = dict[str, Any]
Stating = Callable[..., Record]
Written = Callable[[Record], Document]
Faults = Callable[[Document], list[str]]
Paragraphs = Callable[[str], list[str]]

NO_COPYRIGHT = "http://rightsstatements.org/vocab/NoC-US/1.0/"
LOOKS_LIKE_MARKUP = [
    "<",
    ">",
    "&",
    "&amp;",
    "<br/>",
    "<p>",
    "</p>",
    "<b>x</b>",
    "]]>",
    "\n",
    "\n\n",
    "\t",
    " ",
    '"',
    "'",
]
WOULD_BE_REWRITTEN = ["2020-01-01T00:00:00+00:00", "\r", "\x85", "\u2028", "&#13;"]


def row(document: Document, label: str) -> list[dict[str, list[str]]]:
    """Return the values of the metadata pairs of a label."""
    return [pair["value"] for pair in document["metadata"] if pair["label"] == {"en": [label]}]


@given(data=st.data())
def test_rights_and_thanks_come_back_character_for_character(
    data: st.DataObject,
    texts_strategy: SearchStrategy[str],
    stating: Stating,
    written: Written,
    faults: Faults,
    paragraphs: Paragraphs,
) -> None:
    """Markup in them is text, each line break is one, and nothing else of them changes."""
    pieces = st.sampled_from(LOOKS_LIKE_MARKUP + WOULD_BE_REWRITTEN) | texts_strategy
    hostile = st.lists(pieces, min_size=1, max_size=6).map("".join).filter(str.strip)
    statement, *thanks = data.draw(st.lists(hostile, min_size=1, max_size=3, unique=True))
    record = stating(
        rights={"statement": statement, "uri": NO_COPYRIGHT}, funding=[{"acknowledgment": text} for text in thanks]
    )
    stated, thanked = record.rights and record.rights.statement, [funding.acknowledgment for funding in record.funding]
    document = written(record)
    assert faults(document) == []
    (shown,) = document["requiredStatement"]["value"]["none"]
    assert paragraphs(shown) == [*thanked, stated, "No Copyright - United States"]
    ((own, named),) = (values["none"] for values in row(document, "Rights"))
    assert (says(own, str(stated)), named) == (True, "No Copyright - United States")
    funded = [value for values in row(document, "Funding") for value in values["none"]]
    assert [says(value, str(text)) for value, text in zip(funded, thanked, strict=True)] == [True] * len(thanked)


def test_rights_and_thanks_are_one_statement(stating: Stating, written: Written) -> None:
    """Viewers show one value of one language: acknowledgment, statement and the name of the rights URI are in it."""
    record = stating(
        rights={"statement": "Ask <us>.\n\nTwice.", "uri": NO_COPYRIGHT},
        funding=[{"acknowledgment": "Thanks & more"}, {"acknowledgment": "And thanks"}],
    )
    document = written(record)
    assert document["requiredStatement"] == {
        "label": {"en": ["Acknowledgment and rights"]},
        "value": {
            "none": [
                "<span><p>Thanks &amp; more</p><p>And thanks</p><p>Ask &lt;us&gt;.<br/><br/>Twice.</p>"
                "<p>No Copyright - United States</p></span>"
            ]
        },
    }
    assert document["rights"] == NO_COPYRIGHT


@pytest.mark.parametrize(
    ("fields", "label", "value"),
    [
        ({"rights": {"statement": "R"}}, "Rights", "<p>R</p>"),
        ({"funding": [{"acknowledgment": "F"}, {"acknowledgment": "F"}]}, "Acknowledgment", "<p>F</p>"),
        (
            {"rights": {"statement": "No Copyright - United States", "uri": NO_COPYRIGHT}},
            "Rights",
            "<p>No Copyright - United States</p>",
        ),
        ({"rights": {"uri": "https://example.org/ours"}}, "Rights", "<p>https://example.org/ours</p>"),
    ],
)
def test_the_statement_is_named_after_what_is_in_it(
    stating: Stating, written: Written, fields: Document, label: str, value: str
) -> None:
    """It says what is stated, and says it once."""
    assert written(stating(**fields))["requiredStatement"] == {"label": {"en": [label]}, "value": {"none": [value]}}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (NO_COPYRIGHT, NO_COPYRIGHT),
        ("http://creativecommons.org/licenses/by-sa/3.0/de/", "http://creativecommons.org/licenses/by-sa/3.0/de/"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/our-rights", None),
        ("http://rightsstatements.org/vocab/Ours/1.0/", None),
    ],
)
def test_rights_are_a_uri_of_two_publishers(
    stating: Stating, written: Written, stated: str, expected: str | None
) -> None:
    """Another URI is shown to readers, and stays out of the property (3.1, rights)."""
    document = written(stating(rights={"uri": stated}))
    assert document.get("rights") == expected
    assert "requiredStatement" in document


def test_a_free_text_is_no_rights_uri(stating: Stating, written: Written) -> None:
    """A statement that names a URI states none."""
    assert "rights" not in written(stating(rights={"statement": f"See {NO_COPYRIGHT}"}))
