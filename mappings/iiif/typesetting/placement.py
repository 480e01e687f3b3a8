"""What is drawn of a line, piece by piece, and where each character of it stands."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from mappings.iiif.typesetting import bidi
from mappings.iiif.typesetting.advances import EM
from mappings.iiif.typesetting.characters import RIGHT_TO_LEFT, SOFT_HYPHEN
from mappings.iiif.typesetting.faces import SERIF, Face
from mappings.iiif.typesetting.measure import Piece, Sign, measured, pieces, signs


class Placed(NamedTuple):
    """A piece where it is drawn.

    Attributes:
        text: the characters.
        face: what draws them; None for one character that we cannot draw.
        start: the place of its first character in the line's text.
        left: where it begins, in pixels from the left edge of the page.
        right: where it ends, likewise.
        right_to_left: how it runs.
    """

    text: str
    face: Face | None
    start: int
    left: float
    right: float
    right_to_left: bool


class _Part(NamedTuple):
    start: int
    piece: Piece
    level: int


def placed(units: Sequence[str], ends: tuple[int, int], size: int, forms: int, *, right_to_left: bool) -> list[Placed]:
    """Return the pieces of a line in their order from left to right.

    Args:
        units: the line's text in parts, without a space at its end.
        ends: where the line begins and ends, in pixels from the left edge of the page.
        size: the font size in pixels.
        forms: which face of EAST_ASIAN draws Han.
        right_to_left: the direction of the paragraph.
    """
    text = "".join(units)
    mixed = right_to_left or RIGHT_TO_LEFT.search(text)
    logical = _logical(units, forms)
    parts = _ordered(logical, text, right_to_left=right_to_left) if mixed else _joined(logical)
    offsets = [0, *accumulate(part.piece.width * size / EM for part in parts)]
    origin = ends[1] - offsets[-1] if right_to_left else ends[0]
    return [
        Placed(part.piece.text, part.piece.face, part.start, origin + left, origin + right, part.level % 2 == 1)
        for part, (left, right) in zip(parts, pairwise(offsets), strict=True)
    ]


def edges(line: Sequence[Placed], length: int) -> list[tuple[float, float]]:
    """Return the left and the right edge of each character of a line's text, in pixels.

    A letter and its marks have the same, and so have all letters of an Arabic word, since they join.

    Args:
        line: the line's pieces.
        length: how many characters the text has.
    """
    found = [(0.0, 0.0)] * (length + 1)
    for piece in line:
        sides = [side for sign, side in standing(piece) for _ in sign.text]
        found[piece.start : piece.start + len(piece.text)] = sides
    return found[:length]


def standing(piece: Placed) -> Iterator[tuple[Sign, tuple[float, float]]]:
    """Give the signs of a piece in logical order, each with its left and its right edge, in pixels.

    Args:
        piece: a piece of a line.
    """
    found = signs(piece.text, piece.face)
    sums = [0, *accumulate(sign.width for sign in found)]
    scale = (piece.right - piece.left) / (sums[-1] or 1)
    for sign, (begin, end) in zip(found, pairwise(sums), strict=True):
        if piece.right_to_left:
            yield sign, (piece.right - end * scale, piece.right - begin * scale)
        else:
            yield sign, (piece.left + begin * scale, piece.left + end * scale)


def _joined(logical: Iterable[tuple[int, Piece]]) -> list[_Part]:
    """Return the pieces of a line from left to right, neighbours of one face as one."""
    parts: list[_Part] = []
    for start, piece in logical:
        before = parts[-1] if parts else None
        if before and piece.face and piece.face is before.piece.face:
            both = Piece(before.piece.text + piece.text, piece.face, before.piece.width + piece.width)
            parts[-1] = _Part(before.start, both, 0)
        else:
            parts.append(_Part(start, piece, 0))
    return parts


def _ordered(logical: Iterable[tuple[int, Piece]], text: str, *, right_to_left: bool) -> list[_Part]:
    """Return the pieces of a line of mixed directions, split where the direction changes, from left to right."""
    levels = [*bidi.levels(text, right_to_left=right_to_left), int(right_to_left)]
    parts = [part for start, piece in logical for part in _split(start, piece, levels)]
    return [parts[place] for place in bidi.visual_order([part.level for part in parts])]


def _split(start: int, piece: Piece, levels: Sequence[int]) -> Iterator[_Part]:
    runs = [(level, len(list(run))) for level, run in groupby(levels[start : start + len(piece.text)])]
    if len(runs) == 1:
        yield _Part(start, piece, runs[0][0])
        return
    end = 0
    for level, length in runs:
        begin, end = end, end + length
        yield _Part(start + begin, measured(piece.text[begin:end], piece.face), level)


def _logical(units: Sequence[str], forms: int) -> Iterator[tuple[int, Piece]]:
    """Give the pieces of a line with the places where they start, and the hyphen of a broken word after all."""
    start = 0
    for unit in units:
        for piece in pieces(unit, forms):
            yield start, piece
            start += len(piece.text)
    if units and units[-1].endswith(SOFT_HYPHEN):
        yield start, measured("-", SERIF)
