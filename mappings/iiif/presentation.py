"""What manifests and collections share: language maps, sized images, and the way to finished bytes."""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

import orjson
from iiif_prezi3 import Collection, Manifest

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
LARGEST_THUMBNAIL = (300, 400)
"""What a small image fits into, in pixels."""

Document = dict[str, Any]
LanguageMap = dict[str, list[str]]

_TAG = re.compile("<[A-Za-z/!?]")
"""What begins a tag, a comment or the like to a parser of HTML."""

_LETTERS = str.maketrans("0123456789", "abcdefghij")
_PLAIN = frozenset({str, int})
_MOST_SHAPES = 10_000
_accepted: set[int] = set()


def finished(document: Document, model: type[Manifest | Collection]) -> bytes:
    """Return a document as JSON in UTF-8, after iiif-prezi3 has accepted its shape.

    The library takes over a millisecond for a small manifest and a third of a second for a thousand canvases, so that
    it is shown each shape (which properties stand where) but once, and of things of one shape in a list but one; the
    values were checked when the record was read. What the library was given is written, not what it makes of it: it
    writes some strings otherwise than they were stated (a time that ends in +00:00), and leaves out properties that it
    does not know (`language` of a rendering).

    Raises:
        ValidationError: the document is not as the specification wants it; a fault of ours.
    """
    shape = hash((model.__name__, _shape(document)))  # shapes themselves would be megabytes
    if shape not in _accepted:
        model(**_as_the_library_reads(document))
        if len(_accepted) >= _MOST_SHAPES:
            _accepted.clear()
        _accepted.add(shape)
    return orjson.dumps(document)


def _shape(value: Any) -> object:  # noqa: ANN401 - any part of a document
    """Return a document without its values, and of several things of one shape in a list only one.

    A property is its name alone where a text or a number stands, its name and what stands there otherwise.
    """
    if type(value) is dict:
        return tuple([name if type(item) in _PLAIN else (name, _shape(item)) for name, item in value.items()])
    if type(value) is list and value and type(value[0]) is not str:
        return tuple(dict.fromkeys(map(_shape, value)))
    return type(value) is list


def _as_the_library_reads(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Return a document with one item of each shape in its lists, and without digits in its keys.

    The library refuses language tags such as `es-419`.
    """
    if isinstance(value, dict):
        return {key.translate(_LETTERS): _as_the_library_reads(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_the_library_reads(item) for item in {_shape(item): item for item in value}.values()]
    return value


def present(properties: Document) -> Document:
    """Return properties without those that hold nothing."""
    return {name: value for name, value in properties.items() if value not in (None, [], {})}


def english(text: str) -> LanguageMap:
    """Return words of ours as a language map (Presentation 3.0, 4.4)."""
    return {"en": [text]}


def name_map(text: str) -> LanguageMap:
    """Return a name that is stated without a language as a language map (Presentation 3.0, 4.4)."""
    return {"none": [plain(text)]}


def language_map(texts: Iterable[tuple[str | None, str]]) -> LanguageMap:
    """Return texts by their language; `none` for those that state none (Presentation 3.0, 4.4).

    Args:
        texts: language and text, each text once.
    """
    found: LanguageMap = {}
    for language, text in dict.fromkeys(texts):
        found.setdefault(language or "none", []).append(text)
    return found


def plain(text: str) -> str:
    """Return plain text so that nobody takes it for HTML (Presentation 3.0, 4.5).

    What begins with < and ends with > counts as HTML; a blank behind it says that it is none. Labels are never HTML,
    and have the blank all the same: who reads a text must not need to know where it stood.
    """
    return f"{text} " if text.startswith("<") and text.endswith(">") else text


def readable(text: str) -> str:
    """Return plain text where HTML may stand, as HTML if it would read otherwise by that (Presentation 3.0, 4.5).

    Viewers should tell HTML from plain text by both its ends, but Mirador takes all for HTML: tags that a text speaks
    of would vanish, or be obeyed.
    """
    if _TAG.search(text) or unescape(text) != text:
        return f"<span>{html(text)}</span>"
    return plain(text)


def html(text: str) -> str:
    """Return text as HTML that reads the same, line breaks included (4.5).

    A carriage return is written as a reference, since whoever parses HTML takes it for a line feed.
    """
    return escape(text, quote=False).replace("\r", "&#13;").replace("\n", "<br/>")


def fitted(width: int, height: int) -> tuple[int, int]:
    """Return the size in pixels that an image has when it is made to fit into a thumbnail; it is never enlarged."""
    scale = min(1.0, LARGEST_THUMBNAIL[0] / width, LARGEST_THUMBNAIL[1] / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
