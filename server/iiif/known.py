"""What an address names: a record that may be shown, a page number. Else 404, or 410 for what was withdrawn."""

import re
from functools import lru_cache
from typing import NoReturn

from flask import abort

from records.model import Record
from records.values import IDENTIFIER, SET_SPEC
from server.current import library
from server.library import read_record
from server.publishing import MANIFEST

_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_PAGE = re.compile(r"[1-9][0-9]{0,14}", re.ASCII)


def document(identifier: str, name: str) -> bytes:
    """Return a finished document of a record.

    Args:
        identifier: the local identifier, as it came in the address.
        name: a format's metadataPrefix, or "manifest".

    Raises:
        NotFound: there is no such record, or it has no such document.
        Gone: it was withdrawn.
    """
    found = library().store.digested(identifier, name) if IDENTIFIER.fullmatch(identifier) else None
    if found is None:
        _unknown()
    document, _digest = found
    if document is None:
        _withdrawn()
    return document


def record(identifier: str) -> Record:
    """Return a record that is shown, with what its collections state for it.

    Raises:
        NotFound: there is no such record.
        Gone: it was withdrawn.
    """
    shown = library().store.shown(identifier) if IDENTIFIER.fullmatch(identifier) else None
    if shown is None:
        _unknown()
    if shown.withdrawn:
        _withdrawn()
    return read_record(shown.stated, library().repository())


def without_texts(identifier: str) -> Record:
    """Return the same without its texts, and without what no field holds: the most of a long document.

    Who looks at a document asks for many small things of it: the record is not read anew for each.

    Raises:
        NotFound: there is no such record.
        Gone: it was withdrawn.
    """
    digest = library().store.digest(identifier, MANIFEST) if IDENTIFIER.fullmatch(identifier) else None
    return _kept_without_texts(identifier, digest) if digest else _cut(record(identifier))


@lru_cache(maxsize=32)
def _kept_without_texts(identifier: str, _digest: bytes) -> Record:
    """Return it as it is for as long as its manifest is."""
    return _cut(record(identifier))


def _cut(whole: Record) -> Record:
    return whole.model_copy(update={"texts": (), "native": None, "unmapped": {}})


def number(text: str) -> int:
    """Return a number of an address, counted from 1.

    Raises:
        NotFound: it is none.
    """
    if not _NUMBER.fullmatch(text):
        abort(404, "pages are counted 1, 2, 3")
    return int(text)


def page(text: str) -> int:
    """Return the number of a page of changes: it may be long, since it leaps at a restamp.

    Raises:
        NotFound: it is none.
    """
    if not _PAGE.fullmatch(text):
        abort(404, "pages have numbers; begin at /iiif/activity/collection.json")
    return int(text)


def spec(text: str) -> str:
    """Return the set spec of an address.

    Raises:
        NotFound: there is no such collection.
    """
    if not SET_SPEC.fullmatch(text) or text not in library().store.set_specs():
        abort(404, "there is no such collection here")
    return text


def _unknown() -> NoReturn:
    """Answer 404; a record that never was shown is not told apart from one that is not there."""
    abort(404, "there is no such record here, or it has no such document")


def _withdrawn() -> NoReturn:
    """Answer 410 for what was shown once (RFC 9110, 15.5.11)."""
    abort(410, "this was withdrawn")
