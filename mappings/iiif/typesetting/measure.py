"""How wide a text is, and which font draws each part of it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from mappings.iiif.typesetting import advances
from mappings.iiif.typesetting.advances import EM
from mappings.iiif.typesetting.characters import CLUSTER, STEERING, UNSEEN, composed
from mappings.iiif.typesetting.faces import ARABIC, EAST_ASIAN, OTHERS, SERIF, Face, table

FRAMED = 500
"""Font size of a code point in its frame, in thousandths of the text's."""

FRAME_MARGIN = 120
"""Room on each side of a framed code point, in thousandths of the text's font size."""

_MOST_WIDTHS = 1 << 16

_DASHES = {"——": "⸺", "———": "⸻"}
_EAST_ASIAN_SIGN = re.compile(f"—{{2,3}}|{CLUSTER.pattern}")
"""East Asian text joins dashes in a row; its fonts have the signs for that."""


class Sign(NamedTuple):
    """What is drawn in one place.

    Attributes:
        text: the characters.
        drawn: what is drawn for them: composed, without what only steers; empty if nothing is seen of them.
        width: the advance in thousandths of the font size.
    """

    text: str
    drawn: str
    width: int


class Piece(NamedTuple):
    """Text of one face.

    Attributes:
        text: the characters.
        face: what draws them; None if we cannot draw it: then it is one character.
        width: the advance in thousandths of the font size.
    """

    text: str
    face: Face | None
    width: int


def width(unit: str, forms: int) -> int:
    """Return the advance of a unit in thousandths of the font size.

    Args:
        unit: text without a line break.
        forms: which face of EAST_ASIAN draws Han.
    """
    return _widths(forms)[unit]


def widths(units: Iterable[str], forms: int) -> list[int]:
    """Return the advances of units in thousandths of the font size.

    Args:
        units: texts without a line break.
        forms: which face of EAST_ASIAN draws Han.
    """
    return list(map(_widths(forms).__getitem__, units))


class _Widths(dict[str, int]):
    """The advances of the units that were met: words come again, and a dictionary has them sooner than any cache."""

    def __init__(self, forms: int) -> None:
        super().__init__()
        self._forms = forms

    def __missing__(self, unit: str) -> int:
        if len(self) >= _MOST_WIDTHS:
            self.clear()
        self[unit] = _width(unit, self._forms)
        return self[unit]


_widths = lru_cache(maxsize=len(EAST_ASIAN))(_Widths)


def _width(unit: str, forms: int) -> int:
    try:
        return sum(map(_single().__getitem__, unit))
    except KeyError:
        return sum(piece.width for piece in pieces(unit, forms))


@lru_cache(maxsize=1)
def _single() -> dict[str, int]:
    """Return the characters of the serif face that no other changes, with their advances."""
    return {character: advance for character, advance in table(SERIF).items() if advance}


@lru_cache(maxsize=1 << 14)
def pieces(unit: str, forms: int) -> tuple[Piece, ...]:
    """Return a unit in pieces of one face each, in logical order; a space stands alone.

    Args:
        unit: text without a line break.
        forms: which face of EAST_ASIAN draws Han.
    """
    found: list[tuple[str, Face | None]] = []
    for text, face in _faced(unit, EAST_ASIAN[forms]):
        if found and face and found[-1][1] is face and " " not in (found[-1][0], text):
            found[-1] = (found[-1][0] + text, face)
        else:
            found.append((text, face))
    return tuple(measured(text, face) for text, face in found)


def measured(text: str, face: Face | None) -> Piece:
    """Return a text as a piece, with its advance.

    Args:
        text: the characters.
        face: what draws them; None for one character that we cannot draw.
    """
    return Piece(text, face, sum(sign.width for sign in signs(text, face)))


def signs(text: str, face: Face | None) -> list[Sign]:
    """Return what is drawn for the text of a piece, in logical order.

    Args:
        text: the characters.
        face: what draws them; None for one character that we cannot draw, which stands as its code point.
    """
    if face is None:
        return [Sign(text, code_point(text), _framed(text))]
    if face.shaped:
        return [Sign(text, STEERING.sub("", text), _shaped(text, face))]
    pattern = _EAST_ASIAN_SIGN if face in EAST_ASIAN else CLUSTER
    return [_sign(cluster, face) for cluster in pattern.findall(text)]


@lru_cache(maxsize=1 << 16)
def _sign(cluster: str, face: Face) -> Sign:
    drawn = STEERING.sub("", _DASHES.get(cluster) or _composed(cluster, face))
    known = table(face)
    return Sign(cluster, drawn, max((known.get(character, 0) for character in drawn), default=0))


def _composed(cluster: str, face: Face) -> str:
    """Return a cluster composed if a face has that, else as it is."""
    whole = composed(cluster)
    return whole if _has(face, whole) else cluster


def _has(face: Face, text: str) -> bool:
    known = table(face)
    return all(character in known or UNSEEN.match(character) for character in text)


def code_point(character: str) -> str:
    """Return how a character that we cannot draw is written: U+1F600."""
    return f"U+{ord(character):04X}"


def _framed(character: str) -> int:
    return width(code_point(character), 0) * FRAMED // EM + 2 * FRAME_MARGIN


@lru_cache(maxsize=1 << 14)
def _shaped(text: str, face: Face) -> int:
    return advances.word(face.path, face.index, STEERING.sub("", text), face.shaped or "ltr")


def _faced(unit: str, east_asian: Face) -> Iterator[tuple[str, Face | None]]:
    """Give the clusters of a unit with their faces; one that no single face has falls into its characters."""
    clusters = CLUSTER.findall(unit)
    leading = _leading(clusters, east_asian)
    for cluster in clusters:
        faces = _preferred(cluster, leading, east_asian)
        face = _able(cluster, faces)
        if face or len(cluster) == 1:
            yield cluster, face
        else:
            yield from ((character, _able(character, faces)) for character in cluster)


def _leading(clusters: list[str], east_asian: Face) -> Face:
    """Return the face of a unit's first cluster that the serif face has not; its punctuation follows that."""
    foreign = next((cluster for cluster in clusters if not _able(cluster, (SERIF,))), "")
    return _able(foreign, (ARABIC, east_asian, *OTHERS)) or SERIF if foreign else SERIF


def _preferred(cluster: str, leading: Face, east_asian: Face) -> tuple[Face, ...]:
    if cluster == " " or leading is SERIF or (leading is east_asian and cluster[0].isalnum()):
        return SERIF, ARABIC, east_asian, *OTHERS
    return leading, SERIF, ARABIC, east_asian, *OTHERS


@lru_cache(maxsize=1 << 16)
def _able(cluster: str, faces: tuple[Face, ...]) -> Face | None:
    return next((face for face in faces if _has(face, _composed(cluster, face))), None)
