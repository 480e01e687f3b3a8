"""Roles as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.relators import RELATORS
from records.written.roles import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("trl", "trl"), ("TRL", "trl"), ("relators:trl", "trl"), ("Translator", "trl"), ("translators", "trl")),
        *(("(translator)", "trl"), ("[Translator].", "trl"), ("trans.", "trl"), ("tr.", "trl"), (" Creator, ", "cre")),
        *(("sender", "cre"), ("Recipient", "rcp"), ("addressee", "rcp"), ("eds.", "edt"), ("ill.", "ill")),
        *(("http://id.loc.gov/vocabulary/relators/pht", "pht"), ("Issuing  body", "isb")),
        ("https://id.loc.gov/vocabulary/relators/pht.html", "pht"),
    ],
)
def test_a_role_is_read_as_its_code(text: str, code: str) -> None:
    """Codes, addresses, labels, one or several, in brackets."""
    assert read(text) == code


@pytest.mark.parametrize(
    "text", ["", "s", "xyz", "author and translator", "friend of the family", "http://id.loc.gov/"]
)
def test_what_is_no_role_is_none(text: str) -> None:
    """Nor are two."""
    assert read(text) is None


@pytest.mark.parametrize(("code", "label"), RELATORS.items())
def test_every_label_is_its_code(code: str, label: str) -> None:
    """In capitals, too."""
    assert read(code) == read(label) == read(label.upper()) == code


@given(st.text())
def test_whatever_is_written_is_a_code_or_none(text: str) -> None:
    """Nothing is raised."""
    assert read(text) in {None, *RELATORS}
