"""MODS: location, one for each url: the landing page, the manifest, a preview, the texts, other links.

Exactly one url is primary: the object in context (MODS 3.8; "primary display" is deprecated there). A typeset page is
not the object, so only a real page image is a preview.
"""

from collections.abc import Iterator

from mappings.elements import LANG, Attributes, around, element
from mappings.iiif import uris
from mappings.repository import Repository
from records.model import Link, Record

_KINDS: dict[str, Attributes] = {
    "landing page": {"access": "object in context"},
    "manifest": {"note": "iiif-manifest"},
    "preview": {"access": "preview"},
    "file": {"access": "raw object"},
    "transcript": {"displayLabel": "Transcript"},
    "finding aid": {"displayLabel": "Finding aid"},
    "other": {},
}
_FIXED = {"manifest": _KINDS["manifest"]}

Url = tuple[str, Attributes, str | None]
"""An address, the attributes of its url element, the language of what is there."""


def locations(record: Record, repository: Repository) -> Iterator[str]:
    """Yield a location for each address that the record has or that we give it."""
    yield from map(location, (*own(record, repository), *_texts(record, repository), *_links(record)))


def location(url: Url) -> str:
    """Return one location with its url."""
    address, attributes, language = url
    return around("location", [element("url", address, attributes)], {LANG: language})


def own(record: Record, repository: Repository) -> Iterator[Url]:
    """Yield the addresses that every document offers: landing page, manifest and preview, as far as there are any."""
    first = {link.kind: _attributes(link) for link in reversed(record.links)}
    landing_page = first.get("landing page", _KINDS["landing page"])
    yield uris.landing_page(repository, record), {"usage": "primary", **landing_page}, None
    if manifest := uris.manifest(repository, record):
        yield manifest, first.get("manifest", _KINDS["manifest"]), None
    if preview := record.link("preview"):
        yield preview, first["preview"], None
    elif record.pages:
        yield uris.thumbnail(repository, record, 1), _KINDS["preview"], None


def _attributes(link: Link) -> Attributes:
    """Return the attributes of a stated link; its media type is a note, save where the note says what the url is."""
    said = {"displayLabel": link.label, "note": link.media_type}
    return {**_KINDS[link.kind], **{name: text for name, text in said.items() if text}, **_FIXED.get(link.kind, {})}


def _texts(record: Record, repository: Repository) -> Iterator[Url]:
    for number, text in enumerate(record.texts, start=1):
        label = {"displayLabel": text.kind.capitalize(), "note": text.label}
        yield uris.text(repository, record, number), label, text.language


def _links(record: Record) -> Iterator[Url]:
    """Yield the links that `own` has not given: all but the first landing page, manifest and preview."""
    given = {"landing page": False, "manifest": False, "preview": False}
    for link in record.links:
        if given.get(link.kind) is False:
            given[link.kind] = True
        else:
            yield link.url, _attributes(link), None
