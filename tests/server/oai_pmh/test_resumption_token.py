"""Tokens: they survive the way to the harvester and back, and nothing else does."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.store import Selection
from server.oai_pmh.datestamp import EARLIEST, LATEST
from server.oai_pmh.errors import OAIErrors
from server.oai_pmh.resumption_token import ResumptionToken, parse

COUNTS = st.integers(min_value=0, max_value=2**62)
MOMENTS = st.none() | st.integers(min_value=EARLIEST, max_value=LATEST)
SPECS = st.none() | st.from_regex(r"[a-z0-9_.!~*'()-]{1,9}(:[a-z]{1,9}){0,3}", fullmatch=True)
TOKENS = st.builds(
    ResumptionToken,
    verb=st.sampled_from(["ListRecords", "ListIdentifiers"]),
    selection=st.builds(Selection, st.sampled_from(["oai_dc", "mods"]), SPECS, MOMENTS, MOMENTS),
    after=COUNTS,
    cursor=COUNTS,
    size=COUNTS,
)


def problem(text: str, verb: str = "ListRecords") -> str:
    """Return why a token is refused."""
    with pytest.raises(OAIErrors) as caught:
        parse(text, verb)
    assert [error.code for error in caught.value.errors] == ["badResumptionToken"]
    return str(caught.value)


@given(TOKENS)
def test_a_token_comes_back_as_it_went(token: ResumptionToken) -> None:
    """Reading a written token gives the same place in the same list; it needs no escaping in a URL."""
    assert parse(str(token), token.verb) == token
    assert str(token).replace(".", "").replace("-", "").replace("_", "").isalnum()
    assert len(str(token)) < 500


@given(TOKENS, st.data())
def test_an_altered_token_is_refused(token: ResumptionToken, data: st.DataObject) -> None:
    """One changed, missing or doubled character is found."""
    text = str(token)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_characters=text[place]))
    for altered in (text[:place] + other + text[place + 1 :], text[:place] + text[place + 1 :], text + other):
        assert problem(altered, token.verb) == (
            "resumptionToken: it is not as this repository gave it out; begin the list again"
        )


def test_a_token_is_bound_to_its_verb() -> None:
    """A token of ListIdentifiers is of no use to ListRecords."""
    token = ResumptionToken("ListIdentifiers", Selection("oai_dc"), 5, 5, 9)
    assert problem(str(token)) == "resumptionToken: it was given out by ListIdentifiers"


FORGED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(FORGED)
def test_a_forged_token_is_refused(forge: Callable[[object], str], content: object) -> None:
    """A right checksum does not save a token whose content is not ours."""
    assert problem(forge(content)).startswith("resumptionToken: ")


@pytest.mark.parametrize(
    "content",
    [
        ["ListRecords", "oai_dc", None, LATEST + 1, None, 1, 1, 2],
        ["ListRecords", "oai_dc", None, None, EARLIEST - 1, 1, 1, 2],
        ["\0", "oai_dc", None, None, None, 1, 1, 2],
        ["ListSets", "oai_dc", None, None, None, 1, 1, 2],
    ],
)
def test_what_no_list_has_is_refused(forge: Callable[[object], str], content: list[object]) -> None:
    """A time that no calendar writes, and a verb that gives no token out, which may hold what XML cannot carry."""
    assert problem(forge(content)) == "resumptionToken: it is no token of this repository; begin the list again"


@pytest.mark.parametrize(
    "selection", [Selection("marc"), Selection("oai_dc", "a b"), Selection("manifest"), Selection("oai_dc", "")]
)
def test_a_token_of_what_is_not_here_is_refused(selection: Selection) -> None:
    """A format that was taken out of service ends its lists with a clear answer."""
    token = ResumptionToken("ListRecords", selection, 1, 1, 2)
    assert problem(str(token)) == (
        "resumptionToken: it is of a format or set that is no longer here; begin the list again"
    )
