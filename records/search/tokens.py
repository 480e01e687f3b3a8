"""The words of a text as they are compared: without capitals, accents and points, in every script.

Both databases are given what comes out of here and nothing else, so that both find the same. Of scripts that are
written without spaces, and of Hangul, whose words take endings, any part of a run of characters must be found: there a
token is a character together with the one after it, or the last one alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeAlias

LONGEST = 64
"""Characters of a token that count; no word that people look for is longer."""

DIVIDED = "\v"
"""What stands behind a token that is divided between two lines."""

_BETWEEN_WORDS = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
"""What stands between the words of a line in ASCII."""

_SPACELESS = (
    "\u0e01-\u0e4f\u0e81-\u0ecf\u0edc-\u0edf\u1000-\u103f\u104a-\u108f\u1780-\u17df\u2e80-\u2fdf\u3005-\u3007\u3021-\u303c\u3041-\u3130"
    "\u31a0-\u31bf\u31f0-\u31ff\u3220-\u325f\u3280-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f\uf900-\ufaff"
    "\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003fffd"
)
"""Thai, Lao, Burmese, Khmer, kana, bopomofo, Han."""

_HANGUL = "\u1100-\u11ff\u3131-\u318e\u3200-\u321e\u3260-\u327e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uffa1-\uffdc"
_COMPLETING = "\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f"
"""Later jamo of a syllable, and the voicing marks of narrow kana: parts of the character before them."""

_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""What stands in a word without being seen: soft hyphens, joiners, marks of direction."""

_DIVIDING = "[-\u00ad\u2010\u00ac]\n"
"""A hyphen at the end of a line."""

_CODES = (range(0x300, 0x1F000), range(0xE0100, 0xE01F0))
"""Where characters stand that may be marks, or digits of another script."""


def _marks() -> str:
    """Return all combining marks as ranges of a character class."""
    codes = [code for code in chain(*_CODES) if unicodedata.category(chr(code))[0] == "M"]
    begins = [code for code, before in zip(codes, [0, *codes], strict=False) if before != code - 1]
    ends = [code for code, after in zip(codes, [*codes[1:], 0], strict=True) if after != code + 1]
    return "".join(f"{chr(begin)}-{chr(end)}" for begin, end in zip(begins, ends, strict=True))


_MARKS = _marks()
_PART = rf"[^\W_]+(?:[{_MARKS}{_UNSEEN}]+[^\W_]*)*"
_WORD = re.compile(rf"{_PART}(?:(?<=[^\W\d_]){_DIVIDING}(?=[^\W\d_]){_PART})?")
_UNSPACED = re.compile(f"[{_SPACELESS}{_HANGUL}]")
_CHARACTER = rf"[{_SPACELESS}{_HANGUL}](?:[{_MARKS}{_UNSEEN}{_COMPLETING}])*"
_SEGMENT = re.compile(rf"({_CHARACTER})|[^{_SPACELESS}{_HANGUL}]+")
_IS_HANGUL = re.compile(f"[{_HANGUL}]")

_INVISIBLE = re.compile(f"{_DIVIDING}|[{_UNSEEN}\u0345]")
_LETTERS = re.compile("[иуажеѝы]\u0306|[иу]\u0304|[іы]\u0308|[гк]\u0301")
"""Cyrillic letters that are written with a mark and are letters of their own; ё is not, since it is written е too."""

_POINTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff]"
)
"""Accents; the points of Hebrew, Arabic and Syriac; tatweel; variation selectors."""

_SAME = str.maketrans(
    {
        **dict(zip("đðøłħŧıæœþ", ("d", "d", "o", "l", "h", "t", "i", "ae", "oe", "th"), strict=True)),
        **dict(zip("ٱىیکة", "اييكه", strict=True)),
        **{digit: str(unicodedata.decimal(digit)) for digit in map(chr, chain(*_CODES)) if digit.isdecimal()},
    }
)
"""Letters that readers type otherwise, and the digits of all scripts."""


class Token(NamedTuple):
    """A token of a text.

    Attributes:
        text: as it is compared.
        start: where it begins in the text, in characters.
        end: where its word ends, or its first character in a run without spaces.
        until: where its second character ends there.
        unspaced: whether it stands in such a run.
    """

    text: str
    start: int
    end: int
    until: int
    unspaced: bool


_Piece: TypeAlias = tuple[str, int, int, bool]
_NOTHING = ("", 0, 0, False)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, in its order.

    A word that is divided at the end of a line is one token.

    Args:
        text: any string; lines end in a line feed.
    """
    found = list(_pieces(text))
    return [
        Token(piece, start, end, end, unspaced)
        if not unspaced or not after[3] or (after[1] > end and not _adjacent(text, end, after[1]))
        else Token(piece + after[0], start, end, after[2], unspaced)
        for (piece, start, end, unspaced), after in pairwise([*found, _NOTHING])
    ]


def words(text: str) -> str:
    """Return the tokens of a text as the index holds them.

    What stands between two of them tells where lines end: a space in a line, a line feed between lines, a vertical tab
    behind a word that is divided between two.

    Args:
        text: any string; lines end in a line feed.
    """
    if text.isascii() and "-\n" not in text:
        lines = (line.split() for line in text.lower().translate(_BETWEEN_WORDS).split("\n"))
        return "\n".join(" ".join(map(_shortened, line)) for line in lines if line)
    found = tokens(text)
    joined = (before.text + _gap(text, before, after) for before, after in pairwise(found))
    return "".join([*joined, found[-1].text if found else ""])


def has_words(text: str) -> bool:
    """Whether a text has any token; it is read no further than to the first.

    Args:
        text: any string; lines end in a line feed.
    """
    return next(_pieces(text), None) is not None


_shortened = itemgetter(slice(LONGEST))


def _gap(text: str, before: Token, after: Token) -> str:
    if "\n" in text[before.start : before.end]:
        return DIVIDED
    return "\n" if "\n" in text[before.end : after.start] else " "


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield words, and the characters of runs without spaces one by one."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not _UNSPACED.search(match[0]):
            yield from ((part, start, end, False) for part in _folded(match[0]))
            continue
        for segment in _SEGMENT.finditer(match[0]):
            place = (start + segment.start(), start + segment.end())
            parts = _characters(segment[1]) if segment[1] else _folded(segment[0])
            yield from ((part, *place, bool(segment[1])) for part in parts)


@lru_cache(maxsize=16384)
def _characters(character: str) -> tuple[str, ...]:
    """Return a character of a run as it is compared; a few stand for several, as a square of several kana does."""
    return tuple(match[0] for part in _folded(character) for match in _SEGMENT.finditer(part))


def _adjacent(text: str, end: int, start: int) -> bool:
    """Whether characters stand beside one another that are not; a space or a line break parts Hangul alone."""
    return text[end:start].isspace() and not _IS_HANGUL.search(text[end - 1] + text[start])


@lru_cache(maxsize=16384)
def _folded(word: str) -> tuple[str, ...]:
    """Return a word as it is compared; a few stand for several, as a fraction does for two numbers."""
    if word.isascii():
        plain = _INVISIBLE.sub("", word).lower()
        return (plain[:LONGEST],) if plain else ()
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKD", word)).casefold()
    plain = _POINTS.sub("", _LETTERS.sub(lambda match: unicodedata.normalize("NFC", match[0]), plain)).translate(_SAME)
    return tuple(each[:LONGEST] for each in _WORD.findall(unicodedata.normalize("NFC", plain)))
