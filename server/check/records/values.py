"""Languages and addresses in the documents of a record, and where its original lies. Yields what is not in order."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

import langcodes

from server.check.findings import Place
from server.check.records.formats import ADDRESSES, LANGUAGE_CODES, LANGUAGE_TAGS, Places
from server.check.records.item import Item

_NOT_IN_URIS = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}\s]|%(?![0-9A-Fa-f]{2})")
_OF_NO_USE = frozenset({"javascript", "data", "file"})
"""Schemes of addresses that lead nobody to the record."""


def codes(item: Item) -> Iterator[Place]:
    """Each language code is one of ISO 639-2/B."""
    for where, code in _each(item, LANGUAGE_CODES):
        if not _is_code(code):
            yield Place(where, "a code of ISO 639-2/B", code)


def tags(item: Item) -> Iterator[Place]:
    """Each language tag is one of BCP 47; an empty one says that there is none (XML 1.0, 2.12)."""
    for where, tag in _each(item, LANGUAGE_TAGS):
        if tag and not _is_tag(tag):
            yield Place(where, "a language tag of BCP 47", tag)


def links(item: Item) -> Iterator[Place]:
    """Each address is a whole URI."""
    for where, address in _each(item, ADDRESSES):
        if not _is_whole(address):
            yield Place(where, "a whole URI, such as https://archive.example.org/1", address or "nothing")


def repository(item: Item) -> Iterator[Place]:
    """The archive that keeps the original is named."""
    yield from _source(item, "repository")


def shelfmark(item: Item) -> Iterator[Place]:
    """The shelfmark of the original is stated."""
    yield from _source(item, "shelfmark")


def _source(item: Item, name: str) -> Iterator[Place]:
    if not (item.stated.get("source") or {}).get(name):
        yield Place(item.at("its statement"), f"source.{name}", "none")


def _each(item: Item, places: Places) -> Iterator[tuple[str, str]]:
    """Yield each value once for each format, and where it stands."""
    for name in places.formats:
        if (root := item.roots.get(name)) is not None:
            yield from ((item.at(name), value) for value in dict.fromkeys(places.texts(name, root)))


@lru_cache(maxsize=4096)
def _is_code(code: str) -> bool:
    """Whether it is a language, and not the terminological code of one that has a bibliographic code too."""
    if not re.fullmatch(r"[a-z]{3}", code) or not _is_tag(code):
        return False
    language = langcodes.Language.get(code)
    return not code == language.to_alpha3(variant="T") != language.to_alpha3(variant="B")


@lru_cache(maxsize=4096)
def _is_tag(tag: str) -> bool:
    try:
        return langcodes.tag_is_valid(tag)
    except (LookupError, ValueError):
        return False


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        rest = parts.hostname if parts.scheme in {"http", "https"} else parts.path
        usable = bool(parts.scheme and rest) and parts.port != 0  # reading the port refuses those above 65535
    except ValueError:
        return False
    return usable and parts.scheme not in _OF_NO_USE and not _NOT_IN_URIS.search(address)
