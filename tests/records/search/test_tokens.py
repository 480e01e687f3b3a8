"""Words as they are compared: what readers expect to find, in every script, and where it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.search.tokens import DIVIDED, tokens, words

TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \n-\u00ad\u2010*\"'.,_"),
        st.sampled_from("aAzéßДйёيةمـ\u0651אש\u05c1한전한中国가がガｶﾞกิน๑٣½ﬁ㍿①\u200d\u0301\u0306"),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear friend, DON'T", "dear friend don t"),
        ("Straße, ŒUVRE, Þór, Łódź", "strasse oeuvre thor lodz"),
        ("Việt Nam, Đông Hà", "viet nam dong ha"),
        ("e\u0301te\u0301 = été", "ete ete"),
        ("Άλφα ΛΟΓΟΣ λόγος", "αλφα λογοσ λογοσ"),
        ("Хрущёв, за́мок", "хрущев замок"),
        ("йод, Київ, ўсё, ѓон", "йод київ ўсе ѓон"),
        ("كِتَابٌ أُمَّة مـــصر إلى ایران", "كتاب امه مصر الي ايران"),
        ("שָׁלוֹם", "שלום"),
        ("١٩٦٥ ๒๕๐๘", "1965 2508"),
        ("हिन्दी में", "हिन्दी में"),
        ("ﬁne ① ½ Ｆｕｌｌ", "fine 1 1 2 full"),
        ("co\u00adoperate zero\u200bwidth", "cooperate zerowidth"),
        ("vice-president 1965-03-02", "vice president 1965 03 02"),
        ("snake_case", "snake case"),
    ],
)
def test_words_are_compared_without_capitals_and_marks(text: str, expected: str) -> None:
    """A letter that a mark makes another letter, as й, keeps it."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国人民", "中国 国人 人民 民"),
        ("中国，人民", "中国 国 人民 民"),
        ("中 国", "中国 国"),
        ("ABC公司", "abc 公司 司"),
        ("ｶﾞﾘﾚｵ㍿", "ガリ リレ レオ オ"),
        ("㍻と①", "と 1"),
        ("한국 전보를", "한국 국 전보 보를 를"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국 국"),
        ("กินข้าว", "กิน นข้ ข้า าว ว"),
    ],
)
def test_runs_without_spaces_are_pairs_of_characters(text: str, expected: str) -> None:
    """So that every part of a run can be found; a space between Han says nothing, one between Hangul parts words."""
    assert words(text) == expected


def test_lines_and_divided_words_are_told_from_what_stands_between() -> None:
    """A hyphen at the end of a line joins letters, not numbers."""
    assert words("good tele-\ngram from\nthe 1914-\n18 war") == f"good telegram{DIVIDED}from\nthe 1914\n18 war"
    assert words("中\n国") == "中国\n国"
    assert words("one\n\n***\n\ntwo") == "one\ntwo"


@pytest.mark.parametrize("text", ["I: tele-\ngram", "plain words\nof two lines", "été\nété"])
def test_tokens_stand_where_their_words_do(text: str) -> None:
    """Each begins and ends at a word of the text."""
    assert [re.sub(r"-\n", "", text[token.start : token.end]) for token in tokens(text)] == re.findall(
        r"\w+", text.replace("-\n", "")
    )


@given(TEXTS)
def test_any_text_gives_tokens_that_both_databases_take(text: str) -> None:
    """None is empty, holds a space, a quotation mark or a backslash, or is longer than a word."""
    found = tokens(text)
    assert words(text).split() == [token.text for token in found]
    assert all(re.fullmatch(r"[^\s\"'\\*]{1,200}", token.text) for token in found)
    assert all(0 <= token.start < token.end <= token.until <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(TEXTS)
def test_what_was_folded_stays_so(text: str) -> None:
    """A term that was offered finds again what it was made of."""
    folded = [token.text for token in tokens(text) if not token.unspaced]
    assert [word for each in folded for word in words(each).split()] == folded


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_plain_text_is_read_the_short_way_alike(text: str) -> None:
    """ASCII has a way of its own."""
    assert words(text).split() == [token.text for token in tokens(text)]
    assert words(text + "é").removesuffix("e").rstrip() == words(f"{text}e").removesuffix("e").rstrip()
