"""Leaves: what each canvas shows. Page images where there are any, else the record's texts, set as pages.

A typeset page is not the object, and says so: in the label of its canvas and at its foot.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from mappings.iiif import typesetting, uris
from mappings.iiif.openings import sheet, sheets, text_name, words
from mappings.iiif.presentation import Document, LanguageMap, english, fitted, name_map, present
from mappings.iiif.typesetting import Layout
from mappings.iiif.typesetting.pages import PAGE_HEIGHT, PAGE_WIDTH
from mappings.repository import Repository
from records.model import Page, Record
from records.values import COMPLIANCE_LEVELS, PYRAMID

JPEG = "image/jpeg"
IMAGE_API = "http://iiif.io/api/image"


@dataclass(frozen=True, slots=True)
class Image:
    """An image on the web, its size in pixels and its media type, if that is known."""

    uri: str
    width: int
    height: int
    media_type: str | None = None

    def resource(self) -> Document:
        """Return the image as a content resource (Presentation 3.0, 5.7)."""
        properties = {
            "id": uris.encoded(self.uri),
            "type": "Image",
            "format": self.media_type,
            "height": self.height,
            "width": self.width,
        }
        return present(properties)


@dataclass(frozen=True, slots=True)
class Service:
    """A IIIF image service.

    Attributes:
        uri: its base URI.
        type: ImageService2 or ImageService3; None if it is not known.
        profile: its compliance level, or the URI of what it can do; None if it is not known.
    """

    uri: str
    type: str | None
    profile: str | None

    def reference(self) -> Document | None:
        """Return a reference to it, if it is known which it is (Presentation 3.0, 4.8)."""
        if self.type == "ImageService3":
            return {"id": uris.encoded(self.uri), "type": self.type, "profile": self.profile}
        if self.type == "ImageService2":
            return {"@id": uris.encoded(self.uri), "@type": self.type, "profile": self.profile_uri}
        return None

    @property
    def profile_uri(self) -> str | None:
        """The URI of what it can do: version 2 has no other name for it (Image 2.1, 5.3; 3.0, 3)."""
        if self.profile in COMPLIANCE_LEVELS and self.type:
            return f"{IMAGE_API}/{self.type[-1]}/{self.profile}.json"
        return self.profile


@dataclass(frozen=True, slots=True)
class Leaf:
    """One canvas and what is painted on it.

    Attributes:
        number: its place in the record, counted from 1.
        label: its name.
        image: the page image.
        thumbnail: a small image of it.
        service: the IIIF image service of the page.
        texts: what the texts are called that can be read on it, as `canvas_text` has them.
    """

    number: int
    label: LanguageMap
    image: Image
    thumbnail: Image
    service: "Service | None" = None
    texts: tuple[str, ...] = ()


def leaves(record: Record, repository: Repository) -> Iterator[Leaf]:
    """Yield the leaves of a record in their order; none if there is nothing to show.

    Args:
        record: the record with what its collections state; its page images are measured.
        repository: who publishes it.
    """
    if record.pages:
        texts = _texts_of_pages(record)
        for number, page in enumerate(record.pages, start=1):
            leaf = _scan(record, repository, number, page)
            yield replace(leaf, texts=texts[number]) if number in texts else leaf
    else:
        yield from _typeset(record, repository)


def first_thumbnail(record: Record, repository: Repository) -> Image | None:
    """Return the small image of the first leaf; None if there is nothing to show. No text is set for it."""
    if record.pages:
        return _scan(record, repository, 1, record.pages[0]).thumbnail
    if record.presentable:
        blank = Layout(PAGE_WIDTH, PAGE_HEIGHT, ())
        return Image(uris.thumbnail(repository, record, 1), *typesetting.thumbnail_size(blank), JPEG)
    return None


def layout_of(record: Record, number: int) -> tuple[Layout, int]:
    """Return the layout that holds a typeset leaf, and the leaf's page in it, counted from 1.

    Raises:
        LookupError: the record has no such leaf.
    """
    found = sheet(record, number)
    if found is None:
        raise LookupError(number)
    return found.layout, found.page


def missing(record: Record) -> str:
    """Return the characters that typeset pages of the record cannot show as letters, each once."""
    return "" if record.pages or not record.presentable else typesetting.missing(words(record))


def _typeset(record: Record, repository: Repository) -> Iterator[Leaf]:
    for number, each in enumerate(sheets(record), start=1):
        layout = each.layout
        yield Leaf(
            number,
            english(each.name),
            Image(uris.page_image(repository, record, number, "jpg"), layout.width, layout.height, JPEG),
            Image(uris.thumbnail(repository, record, number), *typesetting.thumbnail_size(layout), JPEG),
            texts=(each.text.name,) if each.text and each.lines else (),
        )


def _texts_of_pages(record: Record) -> dict[int, tuple[str, ...]]:
    """Return by page image what the texts are called that are stated page by page."""
    found: dict[int, tuple[str, ...]] = {}
    for text in record.texts:
        name = text_name(text.kind, text.language)
        for page in text.pages:
            found[page.page] = (*found.get(page.page, ()), name)
    return found


def _scan(record: Record, repository: Repository, number: int, page: Page) -> Leaf:
    label = name_map(page.label) if page.label else english(f"Page {number}")
    size = (page.width or 1, page.height or 1)
    if page.service:
        image, small = _images_of_service(page.service, *size, version_2=page.service_type == "ImageService2")
        return Leaf(number, label, image, small, Service(page.service, page.service_type, page.service_profile))
    if page.image:
        image = Image(page.image, *size, _media_type(page))
        return Leaf(number, label, image, image)
    extension = PurePosixPath(str(page.file)).suffix.removeprefix(".")
    extension, media_type = ("jpg", JPEG) if extension == PYRAMID else (extension, _media_type(page))
    image = Image(uris.page_image(repository, record, number, extension), *size, media_type)
    small = Image(uris.thumbnail(repository, record, number), *fitted(*size), JPEG)
    return Leaf(number, label, image, small, _served(record, repository, number, str(page.file)))


def _served(record: Record, repository: Repository, number: int, file: str) -> Service:
    """Return the image service of a file: that of another server for what it can read, else ours."""
    if (other := repository.image_server) and file.endswith(f".{PYRAMID}"):
        return Service(uris.image_service_elsewhere(other.template, record, file), other.type, other.profile)
    return Service(uris.image_service(repository, record, number), "ImageService3", repository.image_level)


def _images_of_service(service: str, width: int, height: int, *, version_2: bool) -> tuple[Image, Image]:
    """Return the whole image of an image service and a small one.

    Version 2 need not know the size `max`, nor `w,h` below level 2 (Image 2.1, compliance 3.2); 3 has no `full`.
    """
    small = fitted(width, height)
    whole_size, small_size = ("full", f"{small[0]},") if version_2 else ("max", f"{small[0]},{small[1]}")
    whole_uri, small_uri = (f"{service.rstrip('/')}/full/{size}/0/default.jpg" for size in (whole_size, small_size))
    return Image(whole_uri, width, height, JPEG), Image(small_uri, *small, JPEG)


def _media_type(page: Page) -> str | None:
    """Return what is stated as media type if it is one: `format` takes no other words (3.2, format; RFC 6838, 4.2)."""
    stated = (page.media_type or "").strip().lower()
    return stated if re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]*", stated) else None
