"""What characters are to a typesetter: space, invisible, wide, opening, closing, extending the one before."""

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"

_LONGEST_UNIT = 1000
"""Characters of a word after which it may be broken anywhere: no line holds so many, and time stays linear."""

_MOST_MARKS = 30
"""Marks kept with one letter (UAX 15, section 13, Stream-Safe Text Format)."""

_MOST_BRACKETS = 16
"""Opening or closing characters in a row that are kept together."""

_WIDE = (
    "\u2e80-\u2fff\u3001-\u3029\u3030-\u3098\u309b-\u3130\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff9f\uffe0-\uffe6\U00020000-\U0003fffd"
)
"""Han, kana and their punctuation: a line may break between any two. Not Hangul, which is written with spaces."""

_NARROW_OPENING = re.escape("([{“‘„‚«‹")
_OPENING = _NARROW_OPENING + re.escape("〈《「『【〔〖〘〚〝（［｛｟｢")
"""What ends no line (W3C, Requirements for Japanese Text Layout, 3.1.8)."""

_CLOSING = re.escape(
    ")]}”’»›〉》」』】〕〗〙〛〞〟）］｝｠｣,.:;!?%‰°′″…‥—–‐·・、。，．：；！？％‼⁇⁈⁉々〻ーゝゞヽヾ～〜゠｡､･ｰﾞﾟ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""What begins no line, the small kana and marks of repetition among them (the same, 3.1.7)."""

_LATER_JAMO = "\u1160-\u11ff\ud7b0-\ud7ff"
"""Vowels and finals, which complete the syllable that the jamo before them began."""

_NOT_TEXT = "\\x00-\\x09\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_SPACES = "\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
_IGNORED = "\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
_WITHOUT_FORM = "\u202a-\u202e\u2060-\u206f\ufeff"


def _marks() -> str:
    """Return all combining marks as ranges of a character class."""
    codes = [*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0)]
    ranges: list[list[int]] = []
    for code in codes:
        if unicodedata.category(chr(code))[0] != "M":
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_EXTENDING = f"[{_marks()}{_LATER_JAMO}\u200c\u200d]{{0,{_MOST_MARKS}}}"
_BRACKETS = f"{{0,{_MOST_BRACKETS}}}"

_BEFORE_WIDE = f"(?:[{_OPENING}]{_EXTENDING}){_BRACKETS}[{_WIDE}]"
_NARROW = f"[^ \u00ad\u200b{_WIDE}{_NARROW_OPENING}]|[{_NARROW_OPENING}](?!{_EXTENDING}{_BEFORE_WIDE})"

_UNIT = re.compile(
    f"(?:[{_OPENING}]{_EXTENDING}){_BRACKETS}"
    f"(?:[{_WIDE}]|(?:{_NARROW}){{1,{_LONGEST_UNIT}}}+){_EXTENDING}"
    f"(?:[{_CLOSING}]{_EXTENDING}){_BRACKETS}"
    f"[\u00ad\u200b]{_BRACKETS} ?|."
)
"""What no line break may part, with the space or the soft hyphen at which the line may break after it."""

_PARTED = re.compile(f"[\u00ad\u200b{_WIDE}]")
"""What makes a line break elsewhere than at a space."""

CLUSTER = re.compile(f".{_EXTENDING}")
"""A character with what extends it: where even a word that no line holds is not broken."""

WORD = re.compile(f"[{_WIDE}]{_EXTENDING}|[^ \u00a0\u2007\u202f\u200b{_WIDE}]+")
"""A word; of scripts without spaces a character."""

JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
"""Parts of Hangul syllables, to be joined (Unicode 16, section 3.12); those of modern Hangul have a composed form."""

UNSEEN = re.compile(f"[{_IGNORED}\u00ad]")
"""Characters that are never drawn by themselves (Unicode 16, section 5.21, default ignorable)."""

STEERING = re.compile("[\u00ad\u034f\u061c\u200b\u200e\u200f]")
"""Those of them that a shaping engine need not see either, once lines are broken and ordered."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Characters of the scripts that are written from right to left (DerivedBidiClass, R and AL)."""

TALL = re.compile(f"{RIGHT_TO_LEFT.pattern}|[\u0900-\u109f\u1780-\u17ff]")
"""Those, and the scripts of South and South-East Asia: their marks stand higher and lower than those of others."""

_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028]")
_SPACE = re.compile(f"[ {_NOT_TEXT}{_SPACES}]{{2,}}|[{_NOT_TEXT}{_SPACES}]")
_FORMLESS = re.compile(f"[{_WITHOUT_FORM}]")
_UNUSUAL = re.compile(f"[\r\x85\u2028\u2029{_NOT_TEXT}{_SPACES}{_WITHOUT_FORM}]")
"""What is not simply a character of a line, beside two spaces in a row."""


def units(line: str) -> list[str]:
    """Return the parts of a line that no line break may part.

    Most lines break at spaces alone, and are split there in a tenth of the time.

    Args:
        line: what `lines` gives, not empty.
    """
    if line.isascii() or not _PARTED.search(line):
        words = line.split(" ")
        if max(map(len, words)) <= _LONGEST_UNIT:
            return [*[f"{word} " for word in words[:-1]], words[-1]]
    return _UNIT.findall(line)


def composed(cluster: str) -> str:
    """Return a letter with its marks, or a syllable of jamo, as one character where Unicode has it (UAX 15, NFC).

    A character by itself stays, although NFC has another for some (U+F90A).

    Args:
        cluster: what CLUSTER finds.
    """
    return unicodedata.normalize("NFC", cluster) if len(cluster) > 1 else cluster


def lines(text: str) -> list[str]:
    """Return the lines of a text, each with single spaces only; an empty one stands between paragraphs.

    Characters that are no text (controls, lone surrogates) count as spaces. Embeddings, isolates and joiners without
    a form are dropped: nothing is drawn for them, and searches would stumble over them.

    Args:
        text: any string.
    """
    if "  " in text or _UNUSUAL.search(text):
        broken = _LINE_BREAK.sub("\n", text).replace("\u2029", "\n\n")
        text = _SPACE.sub(" ", _FORMLESS.sub("", broken))
    return [line.strip(" ") for line in text.split("\n")]
