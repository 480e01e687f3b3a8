"""What of a record can be taken away: its texts, page images, formats and manifest, with type and size."""

from dataclasses import dataclass

from mappings.formats import FORMATS
from mappings.iiif import manifest as manifests
from mappings.iiif import uris
from mappings.repository import Repository
from records import model
from records.model import Page, Record
from server.current import library
from server.pages.documents import DECLARATION
from server.pages.scans import Scan
from server.publishing import MANIFEST

TYPES = {
    "application/ld+json": "JSON-LD",
    "application/pdf": "PDF",
    "application/xml": "XML",
    "image/gif": "GIF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/webp": "WebP",
    "text/plain": "plain text",
}
"""What readers call a media type."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file.

    Attributes:
        name: what it is.
        address: where it is.
        type: its type in readers' words, or its media type; None if it is not known, or its name says it.
        size: in bytes; None if it is not known.
        request: the OAI-PMH request that gives the same.
    """

    name: str
    address: str
    type: str | None
    size: int | None = None
    request: str | None = None


def downloads(record: Record, repository: Repository) -> list[Download]:
    """Return all that there is of a record but its page images: what it reads as, how it is described, its manifest."""
    return [*_renderings(record, repository), *_formats(record, repository), *_manifest(record, repository)]


def images(record: Record, shown: list[Scan]) -> list[Download]:
    """Return the page images of a record; the size of those that are elsewhere is not known."""
    return [
        Download(scan.label, scan.image.uri, _type(scan.image.media_type), _size_of(record, page))
        for page, scan in zip(record.pages, shown, strict=False)
    ]


def size(count: int) -> str:
    """Return a number of bytes as readers are told it: 512 bytes, 34 kB, 1.2 MB."""
    if count < 1000:
        return f"{count} byte{'' if count == 1 else 's'}"
    return f"{count / 1000:.0f} kB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


def _renderings(record: Record, repository: Repository) -> list[Download]:
    """Return what the manifest offers beside the pages (3.2, rendering), but for the page that the reader is on."""
    sizes = {
        uris.text(repository, record, place): len(text.whole.encode()) for place, text in enumerate(record.texts, 1)
    } | {
        uris.download(repository, record, place): _size_of(record, kept)
        for place, kept in enumerate(record.downloads, 1)
    }
    offered = [
        (next(iter(each["label"].values()))[0], each["id"], _type(each["format"]) or "")
        for each in manifests.rendering(record, repository)
        if each["format"] != "text/html"
    ]
    return [
        Download(name, address, None if kind in name else kind, sizes.get(address)) for name, address, kind in offered
    ]


def _formats(record: Record, repository: Repository) -> list[Download]:
    found = {prefix: library().store.document(record.identifier, prefix) for prefix in FORMATS}
    return [
        Download(
            form.title,
            uris.document(repository, record, prefix),
            _type("application/xml"),
            len(DECLARATION) + len(row.document),
            uris.get_record(repository, record, prefix),
        )
        for prefix, form in FORMATS.items()
        if (row := found[prefix]) and row.document is not None
    ]


def _manifest(record: Record, repository: Repository) -> list[Download]:
    address = uris.manifest(repository, record)
    if address is None:
        return []
    found = None if record.link("manifest") else library().store.digested(record.identifier, MANIFEST)
    length = len(found[0]) if found and found[0] else None
    return [Download("IIIF manifest", address, _type("application/ld+json"), length)]


def _size_of(record: Record, kept: Page | model.Download) -> int | None:
    path = library().media.path(record.identifier, kept) if kept.file else None
    return path.stat().st_size if path and path.is_file() else None


def _type(media_type: str | None) -> str | None:
    return TYPES.get(media_type or "", media_type)
