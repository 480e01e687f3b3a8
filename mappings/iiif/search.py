"""Answers of Content Search 2.0 and 1.0: what was found, where it stands on its canvas, and what stands around it.

A hit has one annotation for each line that it stands on, so that viewers draw tight boxes. Mirador and Universal Viewer
ask for version 1.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import orjson

from mappings.iiif import uris
from mappings.iiif.canvas_text import Line
from mappings.iiif.passages import Passage
from mappings.iiif.presentation import CONTEXT, Document, LanguageMap, present
from records.search.results import BEGINNING, Position, Term
from records.search.tokens import tokens

CONTEXT_2 = "http://iiif.io/api/search/2/context.json"
CONTEXT_1 = "http://iiif.io/api/search/1/context.json"
PRESENTATION_2 = "http://iiif.io/api/presentation/2/context.json"

AROUND = 50
"""Characters that are quoted before and after what was found, at most: as many as Mirador shows."""

_UNSPACED = "\u0e00-\u0eff\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_BROKEN = re.compile(f"(?<=[{_UNSPACED}])\n(?=[{_UNSPACED}])|[-\u00ad\u2010\u00ac]\n(?=[^\\W\\d_])|\u00ad")
"""Ends of lines that are nothing in the text: between characters that are written without spaces, within a word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was asked.

    Attributes:
        scope: what its addresses begin with (`uris.searched`).
        arguments: those that count, in their order, without the page.
        ignored: the names of those that do not.
    """

    scope: str
    arguments: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...] = ()

    def address(self, version: int, start: Position | None = None) -> str:
        """Return the address of the search, or of the page of it that begins at a position."""
        page = [("page", str(start))] if start else []
        return uris.search(self.scope, version, [*self.arguments, *page])


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest that a canvas is part of, for answers about several."""

    uri: str
    label: LanguageMap


class Piece(NamedTuple):
    """The part of a hit that stands on one line.

    Attributes:
        name: the URI of its annotation.
        target: its canvas, with its box if that is known.
        text: the words.
    """

    name: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A hit, with what stands around it.

    Attributes:
        pieces: one for each line.
        language: the BCP 47 tag of the text, if it is stated.
        before: what stands before it.
        exact: what was found.
        after: what stands after it.
        manifest: the manifest of its canvas, if more than one was searched.
    """

    pieces: tuple[Piece, ...]
    language: str | None
    before: str
    exact: str
    after: str
    manifest: Manifest | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an answer.

    Attributes:
        matches: what is found.
        start: where it begins.
        previous: where the page before it begins, if there is one.
        next: where the page after it begins, if there is one.
        hits: how many hits there are in all, if they were counted.
        annotations: how many annotations there are in all, likewise.
        last: where the last page begins, if that is known.
    """

    matches: Sequence[Match]
    start: Position = BEGINNING
    previous: Position | None = None
    next: Position | None = None
    hits: int | None = None
    annotations: int | None = None
    last: Position | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the only one."""
        return self.next is None and self.previous is None


class Place(NamedTuple):
    """The tokens of a hit.

    Attributes:
        first: the first token, counted from 0.
        behind: the one behind the last.
        reaches: whether the last one counts with the character after it (`Hit.reaches`).
    """

    first: int
    behind: int
    reaches: bool


def matches(
    passage: Passage, found: Sequence[Place], *, canvas: str, place: int, manifest: Manifest | None
) -> Iterator[Match]:
    """Yield hits of a passage with their places; a hit that is no longer there is left out.

    Args:
        passage: the passage.
        found: its hits.
        canvas: the URI of its canvas.
        place: which passage of the record it is.
        manifest: the manifest of the canvas, if more than one was searched.
    """
    text = passage.text
    stand = tokens(text)
    begins = [0, *accumulate(len(line) + 1 for line in passage.lines)]
    for hit in found:
        held = stand[hit.first : hit.behind]
        if len(held) < hit.behind - hit.first:
            continue
        ends = [token.end for token in held[:-1]] + [held[-1].until if hit.reaches else held[-1].end]
        start, end = held[0].start, ends[-1]
        spans = _by_line(text, begins, [(token.start, end) for token, end in zip(held, ends, strict=True)])
        yield Match(
            tuple(
                Piece(
                    uris.found_words(canvas, place, begins[line] + first, begins[line] + behind),
                    f"{canvas}{_fragment(passage, line, first, behind)}",
                    passage.lines[line][first:behind],
                )
                for line, (first, behind) in spans.items()
            ),
            passage.language,
            _quoted_before(text[max(0, start - AROUND) : start], whole=start <= AROUND),
            _quoted(text[start:end]),
            _quoted_after(text[end : end + AROUND], whole=end + AROUND >= len(text)),
            manifest,
        )


def _by_line(text: str, begins: Sequence[int], spans: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Return where tokens begin and end on each line that they stand on, in characters of the line."""
    found: dict[int, tuple[int, int]] = {}
    for start, end in spans:
        for part in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text[start:end]):
            line = bisect_right(begins, start + part.start()) - 1
            first, behind = start + part.start() - begins[line], start + part.end() - begins[line]
            found[line] = (min(first, found.get(line, (first,))[0]), behind)
    return found


def _fragment(passage: Passage, line: int, first: int, behind: int) -> str:
    """Return the box of a part of a line, as a fragment of its canvas's URI (Media Fragments 1.0).

    Where it is not known it is the whole canvas: Universal Viewer takes no hit without a box.
    """
    within = tuple(word for word in passage.words(line) if word.start < behind and word.start + len(word.text) > first)
    box = Line("", within).box or (passage.size and (0, 0, *passage.size))
    return f"#xywh={','.join(map(str, box))}" if box else ""


def _quoted(text: str) -> str:
    """Return a part of a text as one line."""
    return _BROKEN.sub("", text).replace("\n", " ")


def _quoted_before(text: str, *, whole: bool) -> str:
    """Return what stands before a hit, without the word that it would begin in the middle of."""
    quoted = _quoted(text)
    return quoted if whole else quoted.partition(" ")[2] or quoted


def _quoted_after(text: str, *, whole: bool) -> str:
    quoted = _quoted(text)
    return quoted if whole else quoted.rpartition(" ")[0] or quoted


def answer(version: int, asked: Asked, page: Page) -> bytes:
    """Return the answer to a search, JSON in UTF-8.

    Args:
        version: that of Content Search, 2 or 1.
        asked: the search.
        page: what was found.
    """
    return orjson.dumps(_answer_2(asked, page) if version == 2 else _answer_1(asked, page))


def terms(version: int, asked: Asked, found: Sequence[Term]) -> bytes:
    """Return the answer to the beginning of a word (Content Search 2.0, 5.2; 1.0, 4.3), JSON in UTF-8.

    Args:
        version: that of Content Search, 2 or 1.
        asked: the beginning, and what else was asked.
        found: the terms.
    """
    address = uris.completion(asked.scope, version, asked.arguments)
    others = [(name, value) for name, value in asked.arguments if name == "motivation"]
    ignored = {"ignored": list(asked.ignored)}
    if version == 2:
        listed = [present({"value": term.text, "total": term.total}) for term in found]
        head = {"@context": CONTEXT_2, "id": address, "type": "TermPage"}
        return orjson.dumps({**head, **present(ignored), "items": listed})
    listed = [
        present(
            {
                "match": term.text,
                "url": uris.search(asked.scope, version, [("q", term.text), *others]),
                "count": term.total,
            }
        )
        for term in found
    ]
    head = {"@context": CONTEXT_1, "@id": address, "@type": "search:TermList"}
    return orjson.dumps({**head, **present(ignored), "terms": listed})


def services(scope: str) -> list[Document]:
    """Return the services that search a resource, as it names them (Content Search 2.0, 3; 1.0, 3.1 and 4.1).

    Their contexts belong to the top of the document (Presentation 3.0, 3.3.1, service): `contexts`.

    Args:
        scope: what their addresses begin with (`uris.searched`).
    """
    return [_service(scope, 2, ""), _service(scope, 1, "@")]


def contexts(searching: Sequence[Document]) -> str | list[str]:
    """Return the context of a manifest or collection, after those of its services if it has any (4.6)."""
    return [CONTEXT_1, CONTEXT_2, CONTEXT] if searching else CONTEXT


def _service(scope: str, version: int, mark: str) -> Document:
    """Return a service; in version 1 a mark stands before `id` and `type`."""
    profile = f"http://iiif.io/api/search/{version}"
    completing = {
        f"{mark}id": uris.completion(scope, version),
        f"{mark}type": f"AutoCompleteService{version}",
        "profile": f"{profile}/autocomplete",
    }
    return {
        f"{mark}id": uris.search(scope, version),
        f"{mark}type": f"SearchService{version}",
        "profile": f"{profile}/search",
        "service": [completing],
    }


# Version 2.


def _answer_2(asked: Asked, page: Page) -> Document:
    document: Document = {
        "@context": CONTEXT_2,
        "id": asked.address(2, None if page.whole else page.start),
        "type": "AnnotationPage",
    }
    if not page.whole:
        document["partOf"] = _collection(asked, page)
        document |= {
            name: _reference(asked.address(2, position))
            for name, position in (("prev", page.previous), ("next", page.next))
            if position is not None
        }
        document["startIndex"] = page.start.lines
    document |= present({"ignored": list(asked.ignored)})
    document["items"] = [_annotation(match, piece) for match in page.matches for piece in match.pieces]
    contexts = [_contextualizing(match) for match in page.matches]
    if contexts:
        document["annotations"] = [{"type": "AnnotationPage", "items": contexts}]
    return document


def _collection(asked: Asked, page: Page) -> Document:
    """Return the collection of all pages (Content Search 2.0, 4.2.2)."""
    optional = {"total": page.annotations, "last": page.last and _reference(asked.address(2, page.last))}
    return {
        "id": asked.address(2),
        "type": "AnnotationCollection",
        "first": _reference(asked.address(2, BEGINNING)),
        **present(optional),
    }


def _reference(address: str) -> Document:
    return {"id": address, "type": "AnnotationPage"}


def _annotation(match: Match, piece: Piece) -> Document:
    body = {"type": "TextualBody", "value": piece.text, "format": "text/plain", "language": match.language}
    target: Any = piece.target
    if match.manifest:
        part_of = {"id": match.manifest.uri, "type": "Manifest", "label": match.manifest.label}
        target = {"id": piece.target, "type": "Canvas", "partOf": part_of}
    return {
        "id": piece.name,
        "type": "Annotation",
        "motivation": "supplementing",
        "body": present(body),
        "target": target,
    }


def _contextualizing(match: Match) -> Document:
    """Return the words around a hit (Content Search 2.0, 4.3.1); those before it with its first line, and so on."""
    last = len(match.pieces) - 1
    targets = [
        {
            "type": "SpecificResource",
            "source": piece.name,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    **({"prefix": match.before} if number == 0 and match.before else {}),
                    "exact": piece.text if last else match.exact,
                    **({"suffix": match.after} if number == last and match.after else {}),
                }
            ],
        }
        for number, piece in enumerate(match.pieces)
    ]
    return {
        "id": f"{match.pieces[0].name}/context",
        "type": "Annotation",
        "motivation": "contextualizing",
        "target": targets if last else targets[0],
    }


# Version 1.


def _answer_1(asked: Asked, page: Page) -> Document:
    layer = {
        "total": page.hits,
        "first": asked.address(1, BEGINNING),
        "last": page.last and asked.address(1, page.last),
        "ignored": list(asked.ignored),
    }
    around = {
        name: asked.address(1, position)
        for name, position in (("prev", page.previous), ("next", page.next))
        if position is not None
    }
    return {
        "@context": [PRESENTATION_2, CONTEXT_1],
        "@id": asked.address(1, None if page.whole else page.start),
        "@type": "sc:AnnotationList",
        "within": {"@type": "sc:Layer", **present(layer)},
        **around,
        "startIndex": page.start.lines,
        "resources": [_annotation_1(match, piece) for match in page.matches for piece in match.pieces],
        "hits": [_hit(match) for match in page.matches],
    }


def _annotation_1(match: Match, piece: Piece) -> Document:
    body = {
        "@type": "cnt:ContentAsText",
        "format": "text/plain",
        "chars": piece.text,
        "language": match.language,
    }
    on: Any = piece.target
    if match.manifest:
        label = next(iter(match.manifest.label.values()))[0]
        within = {"@id": match.manifest.uri, "@type": "sc:Manifest", "label": label}
        on = {"@id": piece.target, "within": within}
    return {
        "@id": piece.name,
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": present(body),
        "on": on,
    }


def _hit(match: Match) -> Document:
    return {
        "@type": "search:Hit",
        "annotations": [piece.name for piece in match.pieces],
        "match": match.exact,
        "before": match.before,
        "after": match.after,
    }
