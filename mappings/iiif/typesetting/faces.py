"""The fonts: which draws which character, how far it advances, and which characters none of them has."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont, features

from mappings.iiif.typesetting.characters import CLUSTER, UNSEEN, lines
from mappings.iiif.typesetting.font_tables import advances


@dataclass(frozen=True)
class Face:
    """A font of a file.

    Attributes:
        path: the font file.
        index: the font's place in a collection, from 0.
        shaped: whether letters change with their neighbours, so that only whole words can be measured.
    """

    path: Path
    index: int = 0
    shaped: bool = False


def _file(package: str, *names: str) -> Path:
    return Path(str(files(package).joinpath(*names)))


SERIF = Face(_file("fontpkg_noto_serif", "files", "NotoSerif[wdth,wght].ttf"))
"""Latin, Greek, Cyrillic."""

ARABIC = Face(_file("fontpkg_noto_sans_arabic", "files", "NotoSansArabic[wdth,wght].ttf"), shaped=True)
"""The Arabic script, with the digits and punctuation of ASCII."""

EAST_ASIAN = tuple(Face(_file("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"), index) for index in range(5))
"""Han, kana and Hangul in the forms of Japan, Korea, China, Taiwan and Hong Kong; all have the same characters."""

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


@lru_cache(maxsize=16)
def table(face: Face) -> dict[str, int]:
    """Return a face's characters with their advances in thousandths of the font size; not to be changed.

    Marks and what is never seen advance nothing, as the shaping engine has it.
    """
    return {
        character: 0 if UNSEEN.match(character) or _is_mark(character) else advance
        for character, advance in advances(face.path, face.index).items()
    }


def _is_mark(character: str) -> bool:
    return character > "\u02ff" and CLUSTER.fullmatch("a" + character) is not None


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return a face in a size, ready to draw.

    Args:
        face: the face.
        size: the font size in pixels.

    Raises:
        RuntimeError: Pillow cannot shape: it finds the library libfribidi nowhere on this host.
    """
    if not features.check("raqm"):
        raise RuntimeError("Pillow cannot shape text: install the system's library FriBidi (Debian: libfribidi0)")
    return ImageFont.truetype(face.path, size, face.index, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    return frozenset(table(SERIF)) | frozenset(table(ARABIC)) | frozenset(table(EAST_ASIAN[_CHINA]))


def missing(text: str) -> str:
    """Return the characters of a text that none of our fonts can draw, each once, in order of appearance.

    Args:
        text: any string; white space, controls and characters that are never seen do not count.
    """
    lacking = [character for character in dict.fromkeys(text) if character not in _drawable()]
    return "".join(character for character in lacking if any(lines(character)) and not UNSEEN.match(character))
