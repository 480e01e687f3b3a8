"""How wide a text is, and which font draws each part of it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from mappings.iiif.typesetting.characters import CLUSTER, COMPOSED, STEERING, UNSEEN
from mappings.iiif.typesetting.faces import ARABIC, EAST_ASIAN, SERIF, Face, font, table
from mappings.iiif.typesetting.font_tables import EM

ADDITIVE = ["-kern", "-liga", "-clig", "-calt"]
"""OpenType features switched off where advances are added up: the sum is then what is drawn."""

FRAMED = 500
"""Font size of a code point in its frame, in thousandths of the text's."""

FRAME_MARGIN = 120
"""Room on each side of a framed code point, in thousandths of the text's font size."""


class Piece(NamedTuple):
    """Text that one face draws in one go.

    Attributes:
        text: the characters.
        face: what draws them; None if no font has them: then it is one character.
        width: the advance in thousandths of the font size.
    """

    text: str
    face: Face | None
    width: int


@lru_cache(maxsize=1 << 16)
def width(unit: str, forms: int) -> int:
    """Return the advance of a unit in thousandths of the font size.

    Args:
        unit: text without a line break.
        forms: which face of EAST_ASIAN draws Han.
    """
    try:
        return sum(map(table(SERIF).__getitem__, unit))
    except KeyError:
        return sum(piece.width for piece in pieces(unit, forms))


@lru_cache(maxsize=1 << 14)
def pieces(unit: str, forms: int) -> tuple[Piece, ...]:
    """Return a unit in pieces of one face each, in logical order; spaces and what is composed stand alone.

    Args:
        unit: text without a line break.
        forms: which face of EAST_ASIAN draws Han.
    """
    found: list[tuple[str, Face | None]] = []
    for text, face in _faced(unit, EAST_ASIAN[forms]):
        if found and face and found[-1][1] is face and _kind(found[-1][0]) == _kind(text):
            found[-1] = (found[-1][0] + text, face)
        else:
            found.append((text, face))
    return tuple(measured(text, face) for text, face in found)


def _kind(text: str) -> tuple[bool, bool]:
    return text == " ", COMPOSED.search(text) is not None


def measured(text: str, face: Face | None) -> Piece:
    """Return a text as a piece, with its advance.

    Args:
        text: the characters.
        face: what draws them; None for one character that no font has.
    """
    if face is None:
        return Piece(text, face, _framed(text))
    if face.shaped or COMPOSED.search(text):
        return Piece(text, face, _shaped(text, face))
    known = table(face)
    return Piece(text, face, sum(known.get(character, 0) for character in text))


def code_point(character: str) -> str:
    """Return how a character that no font has is written: U+1F600."""
    return f"U+{ord(character):04X}"


def _framed(character: str) -> int:
    return width(code_point(character), 0) * FRAMED // EM + 2 * FRAME_MARGIN


def _shaped(text: str, face: Face) -> int:
    direction = "rtl" if face.shaped else "ltr"
    length = font(face, EM).getlength(STEERING.sub("", text), direction=direction, features=ADDITIVE)
    return round(length)


def _faced(unit: str, east_asian: Face) -> Iterator[tuple[str, Face | None]]:
    """Give the clusters of a unit with their faces; one that no single face has falls into its characters."""
    leading = _leading(unit, east_asian)
    for cluster in CLUSTER.findall(unit):
        faces = _preferred(cluster, leading, east_asian)
        face = _able(cluster, faces)
        if face or len(cluster) == 1:
            yield cluster, face
        else:
            yield from ((character, _able(character, faces)) for character in cluster)


def _leading(unit: str, east_asian: Face) -> Face:
    """Return the face of a unit's first character that the serif face has not; its punctuation follows that."""
    for character in unit:
        if character not in table(SERIF) and not UNSEEN.match(character):
            return _able(character, (ARABIC, east_asian)) or SERIF
    return SERIF


def _preferred(cluster: str, leading: Face, east_asian: Face) -> tuple[Face, ...]:
    if cluster == " " or leading is SERIF or (leading is east_asian and cluster[0].isalnum()):
        return SERIF, ARABIC, east_asian
    return leading, SERIF, ARABIC, east_asian


def _able(text: str, faces: tuple[Face, ...]) -> Face | None:
    for face in faces:
        known = table(face)
        if all(character in known or UNSEEN.match(character) for character in text):
            return face
    return None
