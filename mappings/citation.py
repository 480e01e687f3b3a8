"""How a record is cited: as its archive asks for, else by what is stated of it."""

from dataclasses import dataclass

from mappings.iiif import uris
from mappings.repository import Repository
from records.model import Record

CITED = ("created", "issued")
"""The dates that a document is cited by, the first that is stated: others, as that of digitization, are not its own."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation.

    Attributes:
        parts: its words, plain text; each part may run in a direction of its own.
        stated: whether the archive words it so; else it was put together from fields of the record.
    """

    parts: tuple[str, ...]
    stated: bool

    @property
    def text(self) -> str:
        """The whole."""
        return " ".join(self.parts)


def citation(record: Record, repository: Repository) -> Citation:
    """Return the citation that the record states, verbatim; else title, date, archive, shelfmark and web address.

    What is not stated has no place in it.
    """
    source = record.source
    if source and source.citation:
        return Citation((source.citation,), stated=True)
    kept = ", ".join(part for part in (source.repository, source.shelfmark) if part) if source else None
    sentences = [_sentence(part) for part in (record.title.text, _date(record), kept) if part]
    return Citation((*sentences, uris.landing_page(repository, record)), stated=False)


def _date(record: Record) -> str | None:
    """Return the date of the document, in the words of the source if it has any."""
    dates = sorted((date for date in record.dates if date.kind in CITED), key=lambda date: CITED.index(date.kind))
    return (dates[0].text or dates[0].edtf) if dates else None


def _sentence(text: str) -> str:
    """Return a text that ends as sentences end."""
    return text if text.endswith((".", "!", "?", "。", "؟", "…")) else f"{text}."
