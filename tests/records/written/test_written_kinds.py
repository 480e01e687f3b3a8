"""Types of documents as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.model import DCMI_TYPES, MODS_TYPES
from records.written.kinds import read


@pytest.mark.parametrize(
    ("text", "types"),
    [
        *(("text", ("text",)), ("Text", ("Text",)), ("TEXT", ("text",)), ("texts", ("text",))),
        *(("still image", ("still image",)), ("Still Image", ("still image",)), ("StillImage", ("StillImage",))),
        *(("StillImages", ("still image",)), ("IMAGE", ("Image",)), ("Physical object", ("PhysicalObject",))),
        *(("Image;StillImage", ("Image", "StillImage")), ("text | Text; text", ("text", "Text"))),
        *(
            ("software, multimedia", ("software, multimedia",)),
            ("three-dimensional object", ("three dimensional object",)),
        ),
        ("http://purl.org/dc/dcmitype/MovingImage", ("MovingImage",)),
    ],
)
def test_types_are_read_as_their_terms(text: str, types: tuple[str, ...]) -> None:
    """Of MODS and DCMI, in any case."""
    assert read(text) == types


@pytest.mark.parametrize("text", ["", ";", "s", "photograph", "Image; photograph", "letter", "text, still image"])
def test_what_is_not_types_alone_is_none(text: str) -> None:
    """A genre beside a type would be lost."""
    assert read(text) == ()


@pytest.mark.parametrize("term", MODS_TYPES + DCMI_TYPES)
def test_every_term_is_itself(term: str) -> None:
    """As it is written there."""
    assert read(term) == (term,)


@given(st.text())
def test_whatever_is_written_is_types_or_none(text: str) -> None:
    """Nothing is raised."""
    assert set(read(text)) <= {*MODS_TYPES, *DCMI_TYPES}
