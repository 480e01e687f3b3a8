"""Dates as archives write them: what is certain is read, what is not is reported with its readings."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import dates
from records.written.dates import Written, read

READ = {
    "year": {
        "1965": "1965",
        " 1965. ": "1965",
        "©1965": "1965",
        "(1965)": "1965",
        "copyright 1965": "1965",
        "1965 г.": "1965",
    },
    "supplied by an archivist": {"[1905]": "1905", "19[05]": "1905", "[1905?]": "1905?", "[ca. 1905]": "1905~"},
    "approximate": {
        "c. 1920": "1920~",
        "c.1920": "1920~",
        "ca 1920": "1920~",
        "Circa 1920": "1920~",
        "about 1920": "1920~",
        "1920 (approx.)": "1920~",
        "um 1920": "1920~",
        "около 1920": "1920~",
        "c. 2 March 1965": "1965-03-02~",
        "n.d. [ca. 1920]": "1920~",
    },
    "uncertain": {
        "1905?": "1905?",
        "1905 (?)": "1905?",
        "1905 ?": "1905?",
        "probably 1905": "1905?",
        "circa 1905?": "1905%",
        "March 1965?": "1965-03?",
    },
    "day": {
        "March 2, 1965": "1965-03-02",
        "Tuesday, March 2nd, 1965": "1965-03-02",
        "2 March 1965": "1965-03-02",
        "the 2nd of March 1965": "1965-03-02",
        "1965 Mar. 2": "1965-03-02",
        "2 Mar.1965": "1965-03-02",
        "2-Mar-1965": "1965-03-02",
        "2. März 1965": "1965-03-02",
        "1er mars 1965": "1965-03-01",
        "2 de marzo de 1965": "1965-03-02",
        "2 марта 1965 г.": "1965-03-02",
        "13/03/1965": "1965-03-13",
        "03/13/1965": "1965-03-13",
        "2.2.1965": "1965-02-02",
        "1965/03/02": "1965-03-02",
        "19650302": "1965-03-02",
        "1965-03-02T10:00:00Z": "1965-03-02",
        "1965-03-02 00:00:00": "1965-03-02",
    },
    "month": {"Mar. 1965": "1965-03", "03/1965": "1965-03", "1965/03": "1965-03", "март 1965": "1965-03"},
    "season": {"Spring 1965": "1965-21", "winter, 1965": "1965-24"},
    "decade and century": {
        "1890s": "189X",
        "the 1890's": "189X",
        "early 1920s": "192X",
        "ca. 1920s": "192X~",
        "1920er Jahre": "192X",
        "186-": "186X",
        "[186-?]": "186X?",
        "18--": "18XX",
        "19th century": "18XX",
        "late 20th c.": "19XX",
        "19. Jahrhundert": "18XX",
        "1920s-1930s": "192X/193X",
        "18th-19th century": "17XX/18XX",
        "19th-20th centuries": "18XX/19XX",
        "196u": "196X",
        "19uu": "19XX",
        "19xx": "19XX",
    },
    "range": {
        "1927-1929": "1927/1929",
        "1885 – 1933": "1885/1933",
        "1927-29": "1927/1929",
        "c. 1927-29": "1927~/1929~",
        "1910–11": "1910/1911",
        "1965/66": "1965/1966",
        "1927-1929?": "1927/1929?",
        "1918 - c. 1920": "1918/1920~",
        "approximately 1918-1920": "1918~/1920~",
        "approximately 1900-1940s": "1900~/194X~",
        "between 1960 and 1965": "1960/1965",
        "from March 1960 to 1965": "1960-03/1965",
        "April-May 1919": "1919-04/1919-05",
        "approximately August-September 1918": "1918-08~/1918-09~",
        "1906 March 6-8": "1906-03-06/1906-03-08",
        "March 6-8, 1906": "1906-03-06/1906-03-08",
        "6th-8th March 1906": "1906-03-06/1906-03-08",
        "1906 April 30 - May 5": "1906-04-30/1906-05-05",
        "December 30, 1905 - January 2, 1906": "1905-12-30/1906-01-02",
        "1965-03-02 to 1965-03-05": "1965-03-02/1965-03-05",
        "1890-1945 (bulk 1917-1923)": "1890/1945",
    },
    "going on": {"1965-present": "1965/..", "from 1965 to date": "1965/..", "1965-9999": "1965/.."},
    "open": {
        "before 1950": "../1950",
        "not after c. 1950": "../1950~",
        "after 1950": "1950/..",
        "1965-present": "1965/..",
    },
    "several": {
        "1965 or 1966": "[1965,1966]",
        "1965, 1967": "{1965,1967}",
        "1965 and 1967": "{1965,1967}",
        "1910, 1912-1915": "{1910,1912..1915}",
    },
    "EDTF": {"../1950": "../1950", "[1965,1966]": "[1965,1966]", "1965-21": "1965-21", "1910-11": "1910-11"},
}


@pytest.mark.parametrize(("text", "edtf"), [pair for pairs in READ.values() for pair in pairs.items()])
def test_a_date_of_one_meaning_is_read(text: str, edtf: str) -> None:
    """Without a problem, and as EDTF that a record may hold."""
    assert read(text) == Written(edtf)
    dates.parse(edtf)


@pytest.mark.parametrize("text", ["", "undated", "Undated.", "[n.d.]", "n. d.", "s.d.", "unknown", "без даты", "?"])
def test_words_for_no_date_are_no_fault(text: str) -> None:
    """They stay words."""
    assert read(text) == Written(None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("02/03/1965", "may be day 2 of month 3 or day 3 of month 2; write '1965-03-02' or '1965-02-03'"),
        ("2.3.1965", "may be day 2 of month 3 or day 3 of month 2; write '1965-03-02' or '1965-02-03'"),
        ("1918-21", "may be the years 1918 to 1921 or, in EDTF, spring of 1918; write '1918/1921' or 'Spring 1918'"),
        ("1910/11", "may be the years 1910 to 1911 or month 11 of 1910; write '1910/1911' or '1910-11'"),
        ("1900s", "may be the years 1900 to 1909 or the whole century; write '190X' or '19XX'"),
        ("c1920", "may be about 1920 or copyright 1920; write '1920~' or '1920'"),
    ],
)
def test_a_date_of_two_meanings_is_told_both(text: str, problem: str) -> None:
    """And what to write for either."""
    assert read(text) == Written(None, f"{text!r} {problem}")


@pytest.mark.parametrize(
    "text",
    [
        *("c. spring 1965", "March", "6-8 March", "1927-9", "2/3/65", "13/13/1965", "Winter 1965-66", "44 BC"),
        *(
            "1 January 1700/01",
            "May 1700-01",
            "1890s-95",
            "1906 - March 8",
            "before the 1890s",
            "1905 [i.e. 1906]",
            "٢٠٢٠",
        ),
        *("after 19th century", "0th century", "soon", "1899-1902-1905", "196503"),
    ],
)
def test_what_is_not_certain_is_reported(text: str) -> None:
    """With the text, and with what to write."""
    assert read(text) == Written(
        None,
        f"{text!r} is no date that can be read with certainty; write it in EDTF, for example '1965-03-02', '1965-03', "
        f"'1920~' (about 1920), '1927?' (uncertain), '1927/1929' (a range) or '../1950' (before)",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1965-02-30", "'1965-02-30' names a day that no calendar has; correct it"),
        ("30 February 1965", "'30 February 1965', read as '1965-02-30' names a day that no calendar has; correct it"),
        ("1929-1927", "'1929-1927', read as '1929/1927' ends before it begins; write the earlier date first"),
    ],
)
def test_a_date_that_cannot_be_is_reported(text: str, problem: str) -> None:
    """As it was read."""
    assert read(text) == Written(None, problem)


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    """Whole paragraphs stand in date columns."""
    assert read("1965 " * 1000).problem.startswith(repr("1965 " * 19 + "19..."))


_SOME = """1965 1906 66 6 8 13 march may sept. spring c. circa about ? [ ] - – / , or and to between before after 1890s
century 19th probably 2nd the ( ) 186- . ~ .. ©"""
_words = st.lists(st.sampled_from(_SOME.split()), max_size=8)


@given(st.text() | _words.map(" ".join) | _words.map("".join))
def test_whatever_is_written_is_read_or_reported(text: str) -> None:
    """Nothing is raised; what comes out is a date of a record, or a problem with a remedy."""
    edtf, problem = read(text)
    if edtf:
        dates.parse(edtf)
        assert not problem
    elif problem:
        assert "; " in problem


@given(_words.map(" ".join))
def test_no_figure_is_invented(text: str) -> None:
    """Each year of the outcome stands in the text or is counted from its century; a year alone gives no month."""
    edtf = read(text).edtf or ""
    figures = set(re.findall(r"\d+", text))
    for year, month, day in re.findall(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", edtf):
        assert year in figures or {year[:2], year[2:]} & figures
        assert not day or {day, day.removeprefix("0")} & figures
        words = re.search("march|may|sept|spring", text)
        assert not month or words or {month, month.removeprefix("0"), month.lstrip("0")} & figures


_FORMS = ("{:%B %d, %Y}", "{:%d %B %Y}", "{:%Y %b %d}", "{:%Y-%m-%dT%H:%M:%SZ}", "{:%d-%b-%Y}", "{:%A, %d. %B %Y}")


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(_FORMS))
def test_every_day_is_read_in_every_form_of_one_meaning(day: date, form: str) -> None:
    """Out of the calendar and back."""
    assert read(form.format(day)) == Written(day.isoformat())
