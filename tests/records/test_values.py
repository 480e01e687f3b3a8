"""Checked values: what is taken, in which form, and what is said of what is not."""

from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from records.values import (
    URI,
    XML_ILLEGAL,
    Language,
    LocalIdentifier,
    OAIIdentifier,
    Relator,
    RightsURI,
    SetSpec,
    Text,
    WebURI,
)

TAKEN: list[tuple[Any, str, str]] = [
    (Text, "a\r\nb\rc\n", "a\nb\rc\n"),
    (Text, " \U0001f4dc ", " \U0001f4dc "),
    (LocalIdentifier, "Letter_1.a~b-c", "Letter_1.a~b-c"),
    (LocalIdentifier, "7", "7"),
    (LocalIdentifier, "a" * 200, "a" * 200),
    (OAIIdentifier, "oai:archive.example.org:a/b?c", "oai:archive.example.org:a/b?c"),
    (SetSpec, "letters:1965", "letters:1965"),
    (SetSpec, "a-_.!~*'()", "a-_.!~*'()"),
    (Language, "EN", "en"),
    (Language, "chi", "zh"),
    (Language, "es-419", "es-419"),
    (WebURI, "https://example.org/a?b#c", "https://example.org/a?b#c"),
    (URI, "urn:isbn:0451450523", "urn:isbn:0451450523"),
    (RightsURI, "http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
    (RightsURI, "https://example.org/our-rights", "https://example.org/our-rights"),
    (Relator, "trl", "trl"),
]

_IDENTIFIER = (
    "cannot stand in a URL as it is; use only A-Z a-z 0-9 . _ ~ - , beginning with a letter or a digit, 200 at most"
)
_LANGUAGE = "is not a language tag (BCP 47); write for example 'en', 'zh', 'ru' or 'es-419'"
_SET_SPEC = (
    "is not a set spec; write letters, digits and - _ . ! ~ * ' ( ), with ':' between a collection and the one inside "
    "it, such as 'letters:1965'"
)
REFUSED: list[tuple[Any, str, str]] = [
    (Text, "ab\x00", "U+0000 at character 3 is not allowed in XML 1.0; remove that character"),
    (Text, "\ufffe", "U+FFFE at character 1 is not allowed in XML 1.0; remove that character"),
    (Text, "\ud800", "U+D800 at character 1 is not allowed in XML 1.0; remove that character"),
    (LocalIdentifier, "Müller/1 ", f"'Müller/1 ' {_IDENTIFIER} (for example 'M-ller-1')"),
    (LocalIdentifier, "..", f"'..' {_IDENTIFIER}"),
    (LocalIdentifier, "a\n", f"'a\\n' {_IDENTIFIER} (for example 'a')"),
    (
        LocalIdentifier,
        "collection",
        "'collection' is a word that our URLs need for themselves; write for example 'collection-1'",
    ),
    (OAIIdentifier, "letter 1", "'letter 1' is not a URI without blanks, such as 'oai:archive.example.org:letter-1'"),
    (SetSpec, "a::b", f"'a::b' {_SET_SPEC}"),
    (SetSpec, "Briefe für", f"'Briefe für' {_SET_SPEC}"),
    (SetSpec, "a" * 201, f"'{'a' * 201}' {_SET_SPEC}"),
    (Language, "Chinese", f"'Chinese' {_LANGUAGE}"),
    (Language, "xx", f"'xx' {_LANGUAGE}"),
    (WebURI, "example.org", "'example.org' is not a web address; write it whole, such as 'https://example.org/page'"),
    (WebURI, "http://[", "'http://[' is not a web address; write it whole, such as 'https://example.org/page'"),
    (WebURI, "http://a/b c", "'http://a/b c' is not a web address; write it whole, such as 'https://example.org/page'"),
    (
        URI,
        "n79018834",
        "'n79018834' is not a URI; write it whole, such as 'http://id.loc.gov/authorities/names/n79018834'",
    ),
    (
        RightsURI,
        "https://rightsstatements.org/page/InC/1.0/",
        "'https://rightsstatements.org/page/InC/1.0/' is not the URI of that rights statement; write "
        "'http://rightsstatements.org/vocab/InC/1.0/'",
    ),
    (Relator, "Translator", "'Translator' is not a MARC relator code; write 'trl'"),
    (
        Relator,
        "boss",
        "'boss' is not a MARC relator code; write for example 'cre' (creator), 'rcp' (addressee) or 'trl' (translator)",
    ),
]


@pytest.mark.parametrize(("kind", "stated", "kept"), TAKEN)
def test_a_good_value_is_kept(kind: Any, stated: str, kept: str) -> None:  # noqa: ANN401 - an annotated type
    """Character for character, or in the one form that it has."""
    assert TypeAdapter(kind).validate_python(stated) == kept


@pytest.mark.parametrize(("kind", "stated", "problem"), REFUSED)
def test_a_bad_value_is_told_what_would_be_right(kind: Any, stated: str, problem: str) -> None:  # noqa: ANN401
    """What was found, and what to write."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(stated)
    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {problem}"]


@given(st.characters())
def test_what_we_take_as_text_is_what_xml_carries(character: str) -> None:
    """Our notion of a legal character is that of the XML library (XML 1.0, 2.2)."""
    element = etree.Element("text")
    try:
        element.text = character
    except ValueError:
        assert XML_ILLEGAL.search(character)
    else:
        assert not XML_ILLEGAL.search(character)


@given(st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=("Cs", "Cc", "Cn"))))
def test_text_is_kept_character_for_character(text: str) -> None:
    """Nothing is normalised, trimmed or folded."""
    assert TypeAdapter(Annotated[Text, "as it is"]).validate_python(text) == text


ANY_URI = etree.XMLSchema(
    etree.fromstring(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="uri" type="xs:anyURI"/></xs:schema>'
    )
)


@given(
    st.sampled_from(["http://", "https://e.org", "doi:", "a:", "http:"]),
    st.text(alphabet="ab:/?#[]@%20é{}\\ !$&'()*+,;=~-_.中", max_size=10),
)
def test_a_uri_that_is_taken_is_one_for_xml_schema(start: str, rest: str) -> None:
    """What we take as a URI stands in MODS as xs:anyURI, so it must be one."""
    try:
        uri = TypeAdapter(URI).validate_python(start + rest)
    except ValidationError:
        return
    element = etree.Element("uri")
    element.text = uri
    assert ANY_URI.validate(element)


@pytest.mark.parametrize(
    "uri",
    [
        "https://e.org/100%",
        "https://e.org/a[1]",
        "https://e.org/#a#b",
        "https://e.org:x/",
        "a:",
        "http://h:99999/",
        "http://1.2.3.256/",
        "http://xn--/",
    ],
)
def test_what_looks_like_a_uri_may_be_none(uri: str) -> None:
    """A stray percent sign, a bracket, a second fragment, a port that is no number."""
    with pytest.raises(ValidationError, match="is not a URI; write it whole"):
        TypeAdapter(URI).validate_python(uri)
