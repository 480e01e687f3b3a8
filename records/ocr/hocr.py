"""hOCR 1.2: HTML whose classes say what is a page, a line, a word, and whose titles say where it stands.

HTML is seldom whole: it is read as browsers do. A document type stands in every such file; it is never fetched.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.etree import _Element

from records.ocr.page import Box, OCRError, Page, Token, runs_on
from records.values import XML_ILLEGAL

LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
"""Classes of a line; Tesseract gives the last three to lines that it takes for something else."""

BLOCKS = frozenset({"ocr_par", "ocr_carea", "ocrx_block"})
"""Classes of what lines stand in."""

_BEGINS = re.compile(rb"""class\s*=\s*["']?[^"'>]*\bocr_page\b""")
_ENCODING = re.compile(
    rb"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)|<meta[^>]*\bcharset\s*=\s*["']?([\w.:-]+)""", re.I
)
_NUMBER = r"\s+(-?\d{1,9}(?:\.\d{1,9})?)"
_BOX = re.compile(rf"(?:^|;)\s*bbox{_NUMBER * 4}\s*(?:;|$)", re.ASCII)


def begins(start: bytes) -> bool:
    """Whether a file that begins so looks like hOCR."""
    return bool(_BEGINS.search(start.replace(b"\0", b"")))


def read(content: bytes, name: str) -> list[Page]:
    """Return the pages of an hOCR file.

    Args:
        content: the file.
        name: how it is called, for messages.

    Raises:
        OCRError: it has no page of hOCR, or its bytes are not of its encoding.
    """
    text = XML_ILLEGAL.sub("", _decoded(content, name))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    pages = [] if root is None else [_page(element) for element in root.iter() if "ocr_page" in _classes(element)]
    if not pages:
        raise OCRError(f"{name!r} has no page of hOCR (class='ocr_page'); give the text of the image as ALTO or hOCR")
    return pages


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "utf-16"
    elif content.startswith(BOM_UTF8) or not (found := _ENCODING.search(content[:4096])):
        encoding = "utf-8-sig"
    else:
        encoding = (found[1] or found[2]).decode()
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise OCRError(f"{name!r}: byte 0x{byte:02X} is not {error.encoding.upper()}; save the file as UTF-8") from None
    except (LookupError, UnicodeError):
        raise OCRError(f"{name!r} declares the encoding {encoding!r}, which is none; save the file as UTF-8") from None


def _page(page: _Element) -> Page:
    blocks: list[list[list[Token]]] = []
    block = line = None
    for element in page.iter():
        if "ocrx_word" not in _classes(element) or not (text := " ".join("".join(element.itertext()).split())):
            continue
        within, stands = _around(element, BLOCKS), _around(element, LINES)
        if not blocks or within is not block:
            blocks.append([[]])
        elif stands is not line:
            blocks[-1].append([])
        block, line = within, stands
        words = blocks[-1][-1]
        joined = bool(words) and runs_on(words[-1].text, text)
        words.append(Token(text, _box(element) or _box_around(element), joined))
    return Page(blocks or list(_without_words(page)), _box(page))


def _without_words(page: _Element) -> Iterator[Sequence[Sequence[Token]]]:
    """Yield the lines of a page whose words are not marked; then no word has a box."""
    lines = [element for element in page.iter() if LINES & _classes(element)]
    texts = [" ".join("".join(line.itertext()).split()) for line in lines]
    yield [[Token(text, None)] for text in texts if text]


def _around(element: _Element, classes: frozenset[str]) -> _Element | None:
    return next((above for above in element.iterancestors() if classes & _classes(above)), None)


def _box_around(word: _Element) -> Box | None:
    """Return the box of the `ocr_word` around a word: Tesseract before 3.02 had it there."""
    around = word.getparent()
    return _box(around) if around is not None and "ocr_word" in _classes(around) else None


def _classes(element: _Element) -> set[str]:
    return set((element.get("class") or "").split())


def _box(element: _Element) -> Box | None:
    found = _BOX.search(element.get("title") or "")
    return Box(*(float(number) for number in found.groups())) if found else None
