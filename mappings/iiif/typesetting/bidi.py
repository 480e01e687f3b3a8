"""In which order a line of mixed directions is read from left to right (Unicode Bidirectional Algorithm, UAX 9).

Without explicit embeddings and isolates (X1-X10), which are dropped before. Each character's class is one letter, so
that the rules read as substitutions: L, R, A (AL), E (EN), N (AN), S (ES), T (ET), C (CS), M (NSM, BN), and W for all
that is neutral.
"""

import re
import unicodedata
from collections.abc import Sequence

_LETTERS = {"L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N", "ES": "S", "ET": "T", "CS": "C", "NSM": "M", "BN": "M"}
_CLOSING = {"(": ")", "[": "]", "{": "}", "⁅": "⁆", "⁽": "⁾", "₍": "₎"}
"""The paired brackets (BidiBrackets) of our fonts, but for those of East Asian text."""

_MIRRORED = "()[]{}<>«»‹›≤≥⁅⁆⁽⁾₍₎〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝＜＞｟｠｢｣"
MIRRORED = str.maketrans(_MIRRORED, "".join(right + left for left, right in zip(*[iter(_MIRRORED)] * 2, strict=True)))
"""What is drawn for a character that opens or closes, in text from right to left (L4, BidiMirroring)."""


def starts_right_to_left(text: str) -> bool | None:
    """Return whether the first letter with a direction is one of a script written from the right (P2, P3).

    Args:
        text: one paragraph.

    Returns:
        None if no character has a direction.
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return None


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """Return the embedding level of each character; odd ones run from right to left.

    Args:
        text: one line, without a line break.
        right_to_left: the direction of its paragraph.
    """
    edge = "R" if right_to_left else "L"
    kinds = "".join(_LETTERS.get(unicodedata.bidirectional(character), "W") for character in text)
    resolved = _neutral(_brackets(_weak(edge + kinds + edge), text, edge), edge)[1:-1]
    found = [_LEVELS[right_to_left][kind] for kind in resolved]
    for place, character in enumerate(text):
        if place and unicodedata.bidirectional(character) == "NSM":
            found[place] = found[place - 1]
    return found


_LEVELS = ({"L": 0, "R": 1, "E": 2, "N": 2}, {"R": 1, "L": 2, "E": 2, "N": 2})
"""I1 and I2: levels in a paragraph from the left, and in one from the right."""


def _weak(kinds: str) -> str:
    """Resolve marks, numbers and their separators (W1-W7)."""
    kinds = re.sub("(.)M+", lambda run: run[1] * len(run[0]), kinds)
    kinds = re.sub("A[^LRA]*", lambda run: run[0].replace("E", "N"), kinds).replace("A", "R")
    kinds = re.sub("(?<=E)[SC](?=E)", "E", kinds)
    kinds = re.sub("(?<=N)C(?=N)", "N", kinds)
    kinds = re.sub("(?<=E)T+|T+(?=E)", lambda run: "E" * len(run[0]), kinds)
    kinds = re.sub("[STC]", "W", kinds)
    return re.sub("L[^LR]*", lambda run: run[0].replace("E", "L"), kinds)


def _brackets(kinds: str, text: str, edge: str) -> str:
    """Resolve paired brackets by what they hold, else by what stands before them (N0)."""
    found = list(kinds.replace("E", "R").replace("N", "R"))
    resolved = list(kinds)
    for opening, closing in _pairs(text, kinds):
        held = {kind for kind in found[opening + 1 : closing] if kind in "LR"}
        before = next(kind for kind in reversed(found[:opening]) if kind in "LR")
        if held:
            side = edge if edge in held else before
            found[opening] = found[closing] = resolved[opening] = resolved[closing] = side
    return "".join(resolved)


def _pairs(text: str, kinds: str) -> list[tuple[int, int]]:
    """Return the places in the kinds of each bracket and its partner, in the order of the opening ones (BD16)."""
    pairs: list[tuple[int, int]] = []
    open_brackets: list[tuple[str, int]] = []
    for place, character in enumerate(text, start=1):
        if character in _CLOSING and kinds[place] == "W":
            open_brackets.append((_CLOSING[character], place))
        wanted = [closing for closing, _ in open_brackets]
        if character in wanted and kinds[place] == "W":
            last = len(wanted) - 1 - wanted[::-1].index(character)
            pairs.append((open_brackets[last][1], place))
            del open_brackets[last:]
    return sorted(pairs)


def _neutral(kinds: str, edge: str) -> str:
    """Resolve what is neutral by its surroundings (N1, N2)."""
    kinds = re.sub("(?<=L)W+(?=L)", lambda run: "L" * len(run[0]), kinds)
    kinds = re.sub("(?<=[REN])W+(?=[REN])", lambda run: "R" * len(run[0]), kinds)
    return kinds.replace("W", edge)


def visual_order(piece_levels: Sequence[int]) -> list[int]:
    """Return the places of pieces in their order from left to right (L2).

    Args:
        piece_levels: the level of each piece, in logical order.
    """
    order = list(range(len(piece_levels)))
    for level in range(max(piece_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and piece_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order
