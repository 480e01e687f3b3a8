"""The checked values that a record is made of: text, identifiers, languages, URIs, set specs.

Each is an annotated type for pydantic. The messages are written for the person who holds the spreadsheet:
what was found, and what would be right.
"""

import re
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

import langcodes
from pydantic import AfterValidator, AnyUrl, BeforeValidator, TypeAdapter, ValidationError

from records.relators import RELATORS
from records.rights_uris import canonical_rights_uri

XML_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML 1.0 cannot carry, not even escaped (XML 1.0, 2.2)."""

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")
"""A local identifier: URL-safe as it stands (the unreserved characters of RFC 3986, 2.3)."""

OAI_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]{1,400}")
"""An OAI-PMH unique identifier is a URI (OAI-PMH 2.0, 2.4)."""

_PART = r"(?:[^\x00-\x20\x7f\"<>\\^`{|}%#\[\]\s]|%[0-9A-Fa-f]{2})"
_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|(?:(?![/?:@]){_PART})+)"
_AUTHORITY = rf"(?:(?:(?:(?![/?@]){_PART})*@)?{_HOST}(?::[0-9]{{1,5}})?)?"
URI_FORM = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{_AUTHORITY}(?=[/?#]|$)|(?!//)){_PART}*(?:#{_PART}*)?")
"""A URI, or one with letters of any script (RFC 3986, 3; RFC 3987): what xs:anyURI takes too."""

_URL: TypeAdapter[AnyUrl] = TypeAdapter(AnyUrl)

RESERVED = frozenset({"activity", "collection"})
"""Words that have a place of their own beside the records' URLs."""

COMPLIANCE_LEVELS = frozenset({"level0", "level1", "level2"})
"""How much an image service can do (IIIF Image API 3.0, 3; 2.1 says the same by URIs)."""

IMAGE_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".jp2", ".j2k", ".jpx", ".bmp"})
"""Endings of files that can be page images."""

PYRAMID = "tif"
"""The ending of a pyramidal TIFF in the media folder, which is kept as it is; what is shown is drawn from it."""

SERVICE_PROFILES = {
    "ImageService2": COMPLIANCE_LEVELS | {f"http://iiif.io/api/image/2/{level}.json" for level in COMPLIANCE_LEVELS},
    "ImageService3": COMPLIANCE_LEVELS,
}
"""How a record may say what an image service can do, by its version; 2.1 itself says it by URIs (5.3)."""

SET_SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
"""A setSpec: path segments of unreserved characters, divided by colons (OAI-PMH 2.0, 4.6)."""


def legal_text(value: object) -> object:
    """Return text with CR LF as LF; anything but text is left to the next check.

    Raises:
        ValueError: a character is illegal in XML 1.0; names its code point and its place.
    """
    if not isinstance(value, str):
        return value
    if found := XML_ILLEGAL.search(value):
        raise ValueError(
            f"U+{ord(found[0]):04X} at character {found.start() + 1} is not allowed in XML 1.0; remove that character"
        )
    return value.replace("\r\n", "\n") if "\r" in value else value


def _identifier(value: str) -> str:
    if not IDENTIFIER.fullmatch(value):
        proposal = re.sub(r"[^A-Za-z0-9._~-]+", "-", value).strip("-._~")[:200]
        raise ValueError(
            f"{value!r} cannot stand in a URL as it is; use only A-Z a-z 0-9 . _ ~ - , beginning with a letter or a "
            f"digit, 200 at most" + (f" (for example {proposal!r})" if proposal else "")
        )
    if value in RESERVED:
        raise ValueError(f"{value!r} is a word that our URLs need for themselves; write for example {value + '-1'!r}")
    return value


def _oai_identifier(value: str) -> str:
    if not OAI_IDENTIFIER.fullmatch(value):
        raise ValueError(f"{value!r} is not a URI without blanks, such as 'oai:archive.example.org:letter-1'")
    return value


def is_set_spec(value: str) -> bool:
    """Whether a text can be a set spec: of the right form, and 200 characters at most."""
    return len(value) <= 200 and SET_SPEC.fullmatch(value) is not None


def _set_spec(value: str) -> str:
    if not is_set_spec(value):
        raise ValueError(
            f"{value!r} is not a set spec; write letters, digits and - _ . ! ~ * ' ( ), with ':' between a "
            f"collection and the one inside it, such as 'letters:1965'"
        )
    return value


@lru_cache(maxsize=4096)
def language_tag(value: str) -> str:
    """Return a language as its canonical BCP 47 tag: `chi`, `zho` and `ZH` are `zh`.

    Raises:
        ValueError: it is no registered language.
    """
    try:
        valid = langcodes.tag_is_valid(value)
        tag = langcodes.standardize_tag(value) if valid else ""
    except (LookupError, ValueError):
        valid, tag = False, ""
    if not valid:
        raise ValueError(f"{value!r} is not a language tag (BCP 47); write for example 'en', 'zh', 'ru' or 'es-419'")
    return tag


def _is_uri(value: str) -> bool:
    """Whether XML Schema and IIIF's tools take it too: a port above 65535 and a host 1.2.3.256 pass the form alone."""
    try:
        _URL.validate_python(value)
    except ValidationError:
        return False
    return bool(URI_FORM.fullmatch(value))


def _web_uri(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or not _is_uri(value):
        raise ValueError(f"{value!r} is not a web address; write it whole, such as 'https://example.org/page'")
    return value


def _any_uri(value: str) -> str:
    if not _is_uri(value) or value.endswith(":"):
        raise ValueError(
            f"{value!r} is not a URI; write it whole, such as 'http://id.loc.gov/authorities/names/n79018834'"
        )
    return value


def _rights_uri(value: str) -> str:
    canonical = canonical_rights_uri(value)
    if canonical not in {None, value}:
        raise ValueError(f"{value!r} is not the URI of that rights statement; write {canonical!r}")
    return _web_uri(value)


def _relator(value: str) -> str:
    if value not in RELATORS:
        code = next((code for code, label in RELATORS.items() if label == value.casefold()), None)
        raise ValueError(
            f"{value!r} is not a MARC relator code; write "
            + (f"{code!r}" if code else "for example 'cre' (creator), 'rcp' (addressee) or 'trl' (translator)")
        )
    return value


Text = Annotated[str, BeforeValidator(legal_text)]
"""Any text of a record, kept character for character (CR LF is LF)."""

LocalIdentifier = Annotated[Text, AfterValidator(_identifier)]
OAIIdentifier = Annotated[Text, AfterValidator(_oai_identifier)]
SetSpec = Annotated[Text, AfterValidator(_set_spec)]
Language = Annotated[Text, AfterValidator(language_tag)]
WebURI = Annotated[Text, AfterValidator(_web_uri)]
URI = Annotated[Text, AfterValidator(_any_uri)]
RightsURI = Annotated[Text, AfterValidator(_rights_uri)]
Relator = Annotated[Text, AfterValidator(_relator)]
