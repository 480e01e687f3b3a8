"""Openings: the texts of a record without page images, set as pages, in the order in which a reader turns them.

A transcript and its translation face each other. Viewers show the first canvas of a book by itself, as its cover, and
the others in twos: so a title page comes first, and then each page of the transcript with that of the translation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, zip_longest
from typing import NamedTuple

from mappings.iiif import typesetting
from mappings.iiif.typesetting import HEADING, Layout, Line, PageLayout, Side
from mappings.languages import language_name
from records.model import DocumentText, LocalText, Record, Title

_KINDS = ("transcript", "translation", "paraphrase")
"""The kinds of a text, in the order in which they are set."""

_BLANK = PageLayout((), 0)


def text_name(kind: str, language: str | None) -> str:
    """Return what a text is called by its kind and the tag of its language: "translation in English"."""
    return f"{kind} in {language_name(language)}" if language else kind


def heading(*names: str) -> str:
    """Return the names of texts as they stand by themselves: "Transcript in Russian; translation in English"."""
    whole = "; ".join(names)
    return whole[:1].upper() + whole[1:]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is set as pages.

    Attributes:
        kind: transcript, translation, paraphrase or description.
        language: its BCP 47 tag, if it is stated.
        parts: the text, whole or by pages of the document; each part begins a typeset page.
        pages: which pages of the document the parts are, counted from 1; empty if the text is stated as a whole.
        least: pixels that its title and paragraphs take at least, so that they stand beside those of another text.
    """

    kind: str
    language: str | None
    parts: tuple[str, ...]
    pages: tuple[int, ...] = ()
    least: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: "translation in English"."""
        return text_name(self.kind, self.language)


class Sheet(NamedTuple):
    """A typeset leaf.

    Attributes:
        text: what it is of; None for a title page.
        layout: how all of that text is set.
        page: the leaf's page in the layout, counted from 1.
    """

    text: Text | None
    layout: Layout
    page: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text that stand on it, without the title above them."""
        lines = self.layout.pages[self.page - 1].lines if self.text else ()
        return tuple(line for line in lines if line.size != HEADING.size)

    @property
    def name(self) -> str:
        """What it is called: "Typeset transcript in Russian, page 1 of 3"."""
        if self.text is None:
            return "Typeset title page"
        page = self.layout.pages[self.page - 1]
        name = f"Typeset {self.text.name}, page {self.page} of {len(self.layout.pages)}"
        if page is _BLANK:
            return f"{name} (blank)"
        return f"{name} (page {self.text.pages[page.part]} of the document)" if self.text.pages else name


def texts(record: Record) -> Sequence[Text]:
    """Return what is set as pages where there are no page images: the texts, else the descriptions."""
    found = [_text(text) for text in sorted(record.texts, key=lambda text: _KINDS.index(text.kind))]
    return found or [Text("description", abstract.language, (abstract.text,)) for abstract in record.abstracts]


def _text(text: DocumentText) -> Text:
    if text.content:
        return Text(text.kind, text.language, (text.content,))
    pages = sorted(text.pages, key=lambda page: page.page)
    return Text(text.kind, text.language, tuple(page.content for page in pages), tuple(page.page for page in pages))


def have_facing_pages(record: Record) -> bool:
    """Return whether a transcript and a translation of the record face each other."""
    return not record.pages and {"transcript", "translation"} <= {text.kind for text in record.texts}


def sheets(record: Record) -> Iterator[Sheet]:
    """Yield the leaves of a record without page images in their order, each text laid out when it is reached.

    Args:
        record: the record with what its collections state.
    """
    found = list(texts(record))
    if have_facing_pages(record):
        yield Sheet(None, _title_page(record, found), 1)
        pair = [next(text for text in found if text.kind == kind) for kind in ("transcript", "translation")]
        yield from _in_turn(record, *pair)
        found = [text for text in found if all(text is not faced for faced in pair)]
    for text in found:
        yield from _in_order(text, _layout(record, text))


def sheet(record: Record, number: int) -> Sheet | None:
    """Return a leaf of a record without page images, counted from 1; None if there is none of that number.

    A viewer asks for one page after the other: the layouts of the records that were asked for last are kept.
    """
    found = _kept(record.titles, record.texts, record.abstracts)
    return found[number - 1] if 0 < number <= len(found) else None


@lru_cache(maxsize=2)
def _kept(
    titles: tuple[Title, ...], texts: tuple[DocumentText, ...], abstracts: tuple[LocalText, ...]
) -> tuple[Sheet, ...]:
    return tuple(sheets(Record.model_construct(identifier="", titles=titles, texts=texts, abstracts=abstracts)))


def words(record: Record) -> str:
    """Return all that is set, in one string: titles and texts."""
    titles = (record.title, *_translated(record))
    parts = (part for text in texts(record) for part in text.parts)
    return "".join([*(title.text for title in titles), *parts])


def _translated(record: Record) -> list[Title]:
    return [title for title in record.titles if title.kind == "translated"]


def _in_order(text: Text, layout: Layout) -> Iterator[Sheet]:
    return (Sheet(text, layout, page) for page in range(1, len(layout.pages) + 1))


def _layout(record: Record, text: Text) -> Layout:
    return _set(text, _title(record, text))


@lru_cache(maxsize=1)
def _set(text: Text, title: str) -> Layout:
    """Return the layout of a text; the last one is kept, since the manifest and the index of words both need it."""
    name = heading(text.name)
    return typesetting.layout(*text.parts, language=text.language, heading=title, name=name, least=text.least)


def _title(record: Record, text: Text) -> str:
    """Return the title in the language of a text, if one is stated, else the main title."""
    own = (title for title in _translated(record) if text.language and title.language == text.language)
    return next(own, record.title).text


def _title_page(record: Record, found: Sequence[Text]) -> Layout:
    """Return a page with the titles and what the texts are called."""
    lines = [*(title.text for title in _translated(record)), *(heading(text.name) for text in found)]
    return typesetting.title_page(*lines, language=record.title.language, heading=record.title.text)


def _in_turn(record: Record, *pair: Text) -> Iterator[Sheet]:
    """Yield the pages of two texts in turn; where one has no more, the rest of the other follows.

    Texts by pages of the document have each of these side by side, whole texts of as many paragraphs each paragraph.
    """
    pair = _by_paragraph(record, *pair)
    layouts = [_layout(record, text) for text in pair]
    if len({bool(text.pages) for text in pair}) == 1:
        held = [_by_part(text, layout) for text, layout in zip(pair, layouts, strict=True)]
        aligned = _aligned(*held), _aligned(*reversed(held))
        layouts = [replace(layout, pages=pages) for layout, pages in zip(layouts, aligned, strict=True)]
    in_turn = zip_longest(*map(_in_order, pair, layouts))
    yield from (sheet for sheet in chain.from_iterable(in_turn) if sheet)


def _by_paragraph(record: Record, *pair: Text) -> tuple[Text, ...]:
    """Return two whole texts in parts that begin and end with the same paragraphs, if they have as many; else as is."""
    if any(text.pages for text in pair):
        return pair
    found = [typesetting.paragraphs(text.parts[0]) for text in pair]
    if len(found[0]) != len(found[1]):
        return pair
    sides = [Side(held, text.language, _title(record, text)) for held, text in zip(found, pair, strict=True)]
    starts, least = typesetting.shared_pages(*sides)
    ends = [*starts[1:], len(found[0])]
    parts = [["\n\n".join(held[start:end]) for start, end in zip(starts, ends, strict=True)] for held in found]
    return tuple(replace(text, parts=tuple(held), least=tuple(least)) for text, held in zip(pair, parts, strict=True))


def _by_part(text: Text, layout: Layout) -> dict[int, list[PageLayout]]:
    """Return the typeset pages by the page of the document that they are of, else by the part of the text."""
    found: dict[int, list[PageLayout]] = {}
    for page in layout.pages:
        found.setdefault(text.pages[page.part] if text.pages else page.part, []).append(page)
    return found


def _aligned(own: dict[int, list[PageLayout]], other: dict[int, list[PageLayout]]) -> tuple[PageLayout, ...]:
    """Return typeset pages with blank ones wherever the other text has more of the same part.

    So each part begins in both texts at once. Behind the last one none is needed.
    """
    pages: list[PageLayout] = []
    for number in sorted({*own, *other}):
        held = own.get(number, [])
        blank = len(other.get(number, [])) - len(held) if number < max(own) else 0
        pages += [*held, *[_BLANK] * blank]
    return tuple(pages)
