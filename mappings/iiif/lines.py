"""The lines of a canvas as annotations, so that viewers show its text beside the image (Presentation 3.0, 5.5, 5.6).

Each says by the extension for text granularity that it is a line. Where no box is known, the text of the page is one
annotation on the whole canvas.
"""

from collections.abc import Iterator

import orjson

from mappings.iiif import uris
from mappings.iiif.canvas_text import CanvasText, Line, canvas_texts
from mappings.iiif.openings import heading, text_name
from mappings.iiif.presentation import CONTEXT, Document, english, present
from mappings.repository import Repository
from records.model import Record

GRANULARITY = "http://iiif.io/api/extension/text-granularity/context.json"


def write(record: Record, repository: Repository, number: int) -> bytes | None:
    """Return the annotation page of a canvas, JSON in UTF-8.

    Args:
        record: the record with what its collections state; its page images are measured.
        repository: who publishes it.
        number: the canvas, counted from 1.

    Returns:
        None if no text is known of it, or there is no such canvas.
    """
    texts = [] if record.link("manifest") else list(canvas_texts(record, number))
    if not texts:
        return None
    canvas = uris.canvas(repository, record, number)
    found = [annotation for text in texts for annotation in _annotations(text, canvas)]
    items = [
        {"id": uris.line(repository, record, number, place), **annotation}
        for place, annotation in enumerate(found, start=1)
    ]
    page = {
        "@context": [GRANULARITY, CONTEXT],
        "id": uris.lines(repository, record, number),
        "type": "AnnotationPage",
        "label": english(heading(*(text_name(text.kind, text.language) for text in texts))),
        "items": items,
    }
    return orjson.dumps(page)


def _annotations(text: CanvasText, canvas: str) -> Iterator[Document]:
    if not any(line.box for line in text.lines):
        yield _annotation("page", "\n".join(line.text for line in text.lines), text.language, canvas)
        return
    for line in text.lines:
        yield _annotation("line", line.text, text.language, _target(line, canvas))


def _target(line: Line, canvas: str) -> str:
    return f"{canvas}#xywh={','.join(map(str, line.box))}" if line.box else canvas


def _annotation(granularity: str, text: str, language: str | None, target: str) -> Document:
    body = {"type": "TextualBody", "value": text, "format": "text/plain", "language": language}
    return {
        "type": "Annotation",
        "motivation": "supplementing",
        "textGranularity": granularity,
        "body": present(body),
        "target": target,
    }
