"""The fonts: which draws which character, how far it advances, and which characters none of them has."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont, features

from mappings.iiif.typesetting import advances
from mappings.iiif.typesetting.advances import Direction
from mappings.iiif.typesetting.characters import CLUSTER, JAMO, UNSEEN, composed, lines


@dataclass(frozen=True, eq=False)
class Face:
    """A font of a file; the faces below are all there are, so that each equals only itself.

    Attributes:
        path: the font file.
        index: the font's place in a collection, from 0.
        shaped: how it runs, if letters change with their neighbours, so that only whole words can be measured.
    """

    path: Path
    index: int = 0
    shaped: Direction | None = None


def _file(package: str, *names: str) -> Path:
    return Path(str(files(package).joinpath(*names)))


SERIF = Face(_file("fontpkg_noto_serif", "files", "NotoSerif[wdth,wght].ttf"))
"""Latin, Greek, Cyrillic."""

ARABIC = Face(_file("fontpkg_noto_sans_arabic", "files", "NotoSansArabic[wdth,wght].ttf"), shaped="rtl")
"""The Arabic script, with the digits and punctuation of ASCII."""

EAST_ASIAN = tuple(Face(_file("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"), index) for index in range(5))
"""Han, kana and Hangul in the forms of Japan, Korea, China, Taiwan and Hong Kong; all have the same characters."""

_OTHERS = ("Armenian", "Ethiopic", "Georgian", "Hebrew", "Symbols")
_SHAPED_OTHERS = (
    *("Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya"),
    *("Sinhala", "Tamil", "Telugu", "Thai"),
)


def _other(name: str, shaped: Direction | None = None) -> Face:
    return Face(_file("manimgx_fonts", f"NotoSans{name}[wght].ttf"), shaped=shaped)


OTHERS = (*map(_other, _OTHERS), *(_other(name, "ltr") for name in _SHAPED_OTHERS))
"""Scripts of the Caucasus, of Ethiopia, of South and South-East Asia, Hebrew, and signs that no other face has."""

_CHINA = 2
_FORMS = {
    "ja": 0,
    "ko": 1,
    "zh-hant": 3,
    "zh-tw": 3,
    "zh-mo": 4,
    "zh-hk": 4,
    "zh-hant-hk": 4,
    "zh-hant-mo": 4,
    "yue": 4,
}


def east_asian_forms(language: str | None) -> int:
    """Return which face of EAST_ASIAN suits a language: those of China unless the tag says otherwise.

    Args:
        language: a BCP 47 tag, None if none is stated.
    """
    subtags = (language or "").lower().split("-")
    prefixes = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((_FORMS[prefix] for prefix in prefixes if prefix in _FORMS), _CHINA)


@lru_cache(maxsize=1)
def can_shape() -> bool:
    """Return whether letters can be joined and marks be placed: by raqm, which Pillow has where it finds FriBidi.

    That library is the system's (Debian: libfribidi0); without it, scripts whose letters join cannot be drawn, nor old
    Hangul.
    """
    return bool(features.check("raqm"))


@lru_cache(maxsize=32)
def table(face: Face) -> dict[str, int]:
    """Return the characters that can be drawn with a face, with their advances in thousandths of the font size.

    Marks and what is never seen advance nothing. Not to be changed.
    """
    return {
        character: 0 if UNSEEN.match(character) or _is_mark(character) else advance
        for character, advance in advances.characters(face.path, face.index).items()
        if can_shape() or not (face.shaped or JAMO.match(character))
    }


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


@lru_cache(maxsize=64)
def font(face: Face, size: int, engine: ImageFont.Layout = ImageFont.Layout.BASIC) -> ImageFont.FreeTypeFont:
    """Return a face in a size, ready to draw.

    Args:
        face: the face.
        size: the font size in pixels.
        engine: BASIC draws single characters alike on every host; RAQM shapes, where `can_shape` says so.
    """
    return ImageFont.truetype(face.path, size, face.index, layout_engine=engine)


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    """Return the characters that some face draws."""
    return frozenset().union(*map(table, (SERIF, ARABIC, EAST_ASIAN[_CHINA], *OTHERS)))


def missing(text: str) -> str:
    """Return the characters of a text that we cannot draw on this host, each once, in order of appearance.

    No font has them, or they need shaping and `can_shape` says no.

    Args:
        text: any string; white space, controls and characters that are never seen do not count.
    """
    if _drawable().issuperset(text):
        return ""
    clusters = dict.fromkeys(CLUSTER.findall(text))
    suspects = "".join(cluster for cluster in clusters if not _drawable().issuperset(composed(cluster)))
    lacking = [character for character in dict.fromkeys(suspects) if character not in _drawable()]
    return "".join(character for character in lacking if any(lines(character)) and not UNSEEN.match(character))
