"""Languages as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.values import language_tag
from records.written.languages import read


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        *(("en", "en"), ("EN-us", "en-US"), ("es-419", "es-419"), ("chi", "zh"), ("zho", "zh"), ("ger", "de")),
        *(("yue", "yue"), ("und", "und"), ("mul", "mul"), ("zxx", "zxx"), (" rus. ", "ru")),
        *(("Chinese", "zh"), ("chinese (traditional)", "zh-Hant"), ("Simplified Chinese", "zh-Hans")),
        *(("Ancient Greek", "grc"), ("Greek, Ancient (to 1453)", "grc"), ("Greek, Modern (1453-)", "el")),
        *(("Spanish; Castilian", "es"), ("Farsi", "fa"), ("Old English", "ang"), ("Swiss German", "gsw")),
        *(("русский", "ru"), ("Deutsch", "de"), ("français", "fr"), ("中文", "zh"), ("日本語", "ja")),
        *(("Undetermined", "und"), ("Multiple languages", "mul"), ("No linguistic content", "zxx")),
    ],
)
def test_a_language_is_read_as_its_tag(text: str, tag: str) -> None:
    """Tags, codes, English names, names that languages have for themselves."""
    assert read(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        *("", "Klingonese", "English nonsense", "English and French", "eng; fre", "x", "a", "not known"),
        *("Mon", "Serbo-Croatian", "Fala di", "٢", "\ud800"),
    ],
)
def test_what_is_no_known_language_is_none(text: str) -> None:
    """Nor is what may be two: `mon` is Mongolian, Mon another language."""
    assert read(text) is None


_SOME = "english greek chinese zh ; , ( ) modern - en"


@given(st.text() | st.lists(st.sampled_from(_SOME.split()), max_size=5).map(lambda words: " ".join(words).title()))
def test_whatever_is_written_is_a_tag_or_none(text: str) -> None:
    """Nothing is raised; a tag is canonical."""
    tag = read(text)
    assert tag is None or language_tag(tag) == tag
