"""Dates: EDTF as archives write it, and the short cut for plain dates."""

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from records.dates import Span, parse


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("1965", Span("1965", "1965")),
        ("1965-03", Span("1965-03", "1965-03")),
        ("1965-03-02", Span("1965-03-02", "1965-03-02")),
        ("0000-02-29", Span("0000-02-29", "0000-02-29")),
        ("1920~", Span("1920", "1920", approximate=True)),
        ("1927-05?", Span("1927-05", "1927-05", questionable=True)),
        ("1927%", Span("1927", "1927", approximate=True, questionable=True)),
        ("1927/1929", Span("1927", "1929", is_range=True)),
        ("1927/1927", Span("1927", "1927", is_range=True)),
        ("1965/1965-02", Span("1965", "1965-02", is_range=True)),
        ("1965-02/1965", Span("1965-02", "1965", is_range=True)),
        ("1920~/1930?", Span("1920", "1930", is_range=True, approximate=True, questionable=True)),
        ("../1950", Span(None, "1950", is_range=True)),
        ("1950/", Span("1950", None, is_range=True)),
        ("196X", Span(None, None)),
        ("1965-XX", Span(None, None)),
        ("1965-21", Span(None, None)),
        ("[1667,1668]", Span(None, None)),
        ("[1667,1668, 1670..1672]", Span(None, None)),
        ("Y17000", Span(None, None)),
        ("-0044", Span(None, None)),
        ("196X/1970", Span(None, "1970", is_range=True)),
    ],
)
def test_a_date_says_what_other_standards_can_carry(value: str, span: Span) -> None:
    """Plain ends and their marks; what is not plain has no end that could be written elsewhere."""
    assert parse(value) == span


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "/",
            "..",
            "../..",
            "../",
            "?",
            "a/b/c",
            "1965/66/67",
            "undated",
            "c. 1920",
            "02.03.1965",
            "1965-3-2",
            "1965-13",
        ),
        *("1965-00", "1965~~", " 1965", "1965 ", "1965 ?", "? 1965", "٢٠٢٠"),
    ],
)
def test_what_is_no_date_is_told_what_would_be(value: str) -> None:
    """Words, local forms, digits of other scripts, blanks."""
    with pytest.raises(ValueError, match="is not a date in EDTF") as refused:
        parse(value)
    assert str(refused.value) == (
        f"{value!r} is not a date in EDTF; write for example '1965-03-02', '1965-03', '1920~' (about 1920), '1927?' "
        f"(uncertain), '1927/1929' (a range) or '../1950' (before), and put words such as 'undated' into 'text'"
    )


@pytest.mark.parametrize("value", ["1965-02-29", "1965-02-30?", "1900-02-29", "1965/2021-04-31", "1965-06-00"])
def test_a_day_that_no_calendar_has_is_refused(value: str) -> None:
    """The library lets some of them pass."""
    with pytest.raises(ValueError, match="names a day") as refused:
        parse(value)
    assert str(refused.value) == f"{value!r} names a day that no calendar has; correct it"


@pytest.mark.parametrize("value", ["1929/1927", "1965-03/1965-02", "1966/1965-12", "1965-12/1964", "1930~/1920"])
def test_a_range_that_runs_backwards_is_refused(value: str) -> None:
    """With the remedy."""
    with pytest.raises(ValueError, match="ends before it begins") as refused:
        parse(value)
    assert str(refused.value) == f"{value!r} ends before it begins; write the earlier date first"


@pytest.mark.parametrize(
    ("value", "plain", "day"),
    [
        ("1965-03-02", "1965-03-02", "1965-03-02"),
        ("1965-03", "1965-03", None),
        ("1965-03-02~", None, None),
        ("1965-03-02/1965-03-02", None, None),
        ("196X", None, None),
    ],
)
def test_only_a_certain_day_is_a_day(value: str, plain: str | None, day: str | None) -> None:
    """Neither a month, nor an approximate day, nor a range."""
    assert (parse(value).plain, parse(value).day) == (plain, day)


_plain = st.from_regex(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?[~?%]?", fullmatch=True)


_open = st.sampled_from(["", ".."])
_range = st.one_of(st.tuples(_plain, _plain | _open), st.tuples(_open, _plain)).map("/".join)


@given(_plain | _range)
def test_what_the_short_cut_takes_the_library_takes_too(value: str) -> None:
    """Real plain dates, qualified ones and ranges of them are EDTF."""
    try:
        parse(value)
    except ValueError as error:
        assert "ends before it begins" in str(error)  # noqa: PT017 - the library does not mind
    parse_edtf(value)


@given(st.text(alphabet="0123456789-~?%X.Y[]{},u ", max_size=12))
def test_what_the_library_refuses_is_refused(value: str) -> None:
    """Whatever single date is put together of EDTF's own characters."""
    try:
        parse_edtf(value)
    except (EDTFParseException, TypeError, AttributeError):
        with pytest.raises(ValueError, match=r"correct it|is not a date"):
            parse(value)
