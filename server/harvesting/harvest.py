"""One harvest of another repository: which format, from when, page by page, and where it goes on if it is interrupted.

A harvest asks `from` the responseDate of the first page of the last complete one. One that did not come to its end goes
on with the last resumptionToken whose page was published whole; where that is not valid any more it begins again from
the same time, and what came already is unchanged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b

from lxml import etree
from lxml.etree import _Element
from oaipmh_scythe.exceptions import BadResumptionToken, NoRecordsMatch, NoSetHierarchy

from mappings.namespaces import DCTERMS, MARC, MODS, OAI_DC, QUALIFIED_DC
from records.errors import Fault, RecordError
from records.readers import xml
from records.readers.found import Unread
from records.store import Store
from server.harvesting import bookmarks
from server.harvesting.bookmarks import Bookmark, Source
from server.harvesting.repository import HarvestError, RefusalError, Repository

OAI = xml.OAI

RICHEST = (MODS, MARC, QUALIFIED_DC, DCTERMS, OAI_DC)
"""Namespaces of the formats that we read, the richest first."""

MOST_EMPTY = 100
"""List pages without a record that may follow one another."""

DAY = "YYYY-MM-DD"
"""The granularity of a repository that knows no times (OAI-PMH 2.0, 3.3)."""

_DATESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asks of an endpoint.

    Attributes:
        prefix: the metadataPrefix; None for the richest format that both have.
        set_spec: the set; None for all records.
        start: the first datestamp; None for where the last complete harvest began.
        until: the last datestamp; None for all later ones.
        full: whether to harvest from the beginning again.
    """

    prefix: str | None = None
    set_spec: str | None = None
    start: str | None = None
    until: str | None = None
    full: bool = False

    @property
    def is_bounded(self) -> bool:
        """Whether only a span of time is asked for, so that nothing is to be remembered of where the next begins."""
        return bool(self.start or self.until)


@dataclass
class Harvest:
    """A harvest of an endpoint, or of one set of it.

    Attributes:
        repository: the endpoint.
        wanted: what is asked of it.
        store: where it is remembered how far it came.
        titles: of its sets, by spec, once it was opened.
    """

    repository: Repository
    wanted: Wanted
    store: Store
    titles: dict[str, str] = field(default_factory=dict)
    _prefix: str = ""
    _namespace: str = ""
    _granularity: str = ""

    @property
    def endpoint(self) -> str:
        """The address of the endpoint."""
        return str(self.repository.endpoint)

    @property
    def source(self) -> Source:
        """What is harvested, once it was opened."""
        return Source(self.endpoint, self._prefix, self.wanted.set_spec or "")

    def open(self) -> str:
        """Ask the endpoint what it is and has; return what is going to be harvested, in a sentence.

        Raises:
            HarvestError: it cannot be harvested so.
        """
        root = self.repository.answer(verb="Identify")
        name = root.findtext(f"{OAI}Identify/{OAI}repositoryName", "").strip()
        self._granularity = root.findtext(f"{OAI}Identify/{OAI}granularity", "").strip()
        self._choose_format()
        self.titles = self._set_titles()
        where = f"{name} ({self.endpoint})" if name else self.endpoint
        of_set = f", set {self.wanted.set_spec}" if self.wanted.set_spec else ""
        return f"{where}: {self._prefix}{of_set}, {self._since()}"

    def _since(self) -> str:
        query, _bookmark = self._first()
        if "resumptionToken" in query:
            return "going on where it was interrupted"
        return f"what changed since {query['from_']}" if query.get("from_") else "from the beginning"

    def _choose_format(self) -> None:
        root = self.repository.answer(verb="ListMetadataFormats")
        offered: dict[str, str] = {}
        for each in root.iterfind(f"{OAI}ListMetadataFormats/{OAI}metadataFormat"):
            prefix = each.findtext(f"{OAI}metadataPrefix", "").strip()
            offered.setdefault(prefix, each.findtext(f"{OAI}metadataNamespace", "").strip())
        prefix = self.wanted.prefix or _richest(offered)
        if not prefix:
            raise HarvestError(f"offers {', '.join(offered) or 'no format'}; {xml.WE_READ}")
        if prefix not in offered:
            raise HarvestError(f"does not offer {prefix!r}; name one of these by --prefix: {', '.join(offered)}")
        self._prefix, self._namespace = prefix, offered[prefix]

    def _set_titles(self) -> dict[str, str]:
        """Return the titles of all sets that have one beside their spec."""
        found: dict[str, str] = {}
        try:
            for root in self._pages({"verb": "ListSets"}):
                for each in root.iterfind(f"{OAI}ListSets/{OAI}set"):
                    spec, title = (each.findtext(f"{OAI}{name}", "").strip() for name in ("setSpec", "setName"))
                    if title and title != spec:
                        found.setdefault(spec, " ".join(title.split()))
        except RefusalError as refusal:
            if not isinstance(refusal.error, NoSetHierarchy):
                raise
        return found

    def found(self) -> Iterator[Unread | RecordError | Bookmark]:
        """Yield what the endpoint has, still to be read, and after each page a bookmark: how far the harvest came.

        What ends it before its end is the last that is yielded.
        """
        try:
            yield from self._records()
        except HarvestError as error:
            yield self.error(error)

    def error(self, error: HarvestError) -> RecordError:
        """Return what is wrong with the endpoint."""
        return RecordError(self.endpoint, self.wanted.set_spec or "", "", (Fault("", str(error)),))

    def _records(self) -> Iterator[Unread | RecordError | Bookmark]:
        query, bookmark = self._first()
        try:
            yield from self._listed(query, bookmark)
        except RefusalError as refusal:
            if isinstance(refusal.error, NoRecordsMatch) and "resumptionToken" not in query:
                yield Bookmark(complete=self._date(refusal.root))
            elif isinstance(refusal.error, BadResumptionToken) and query.get("resumptionToken"):
                yield from self._listed(self._arguments(bookmark.start), replace(bookmark, begun=None, token=None))
            else:
                raise

    def _listed(self, query: dict[str, str | None], bookmark: Bookmark) -> Iterator[Unread | RecordError | Bookmark]:
        """Yield the records of a list, and bookmarks."""
        for root in self._pages(query):
            begun = bookmark.begun or self._date(root)
            bookmark = replace(bookmark, begun=begun, token=_token(root))
            for element in root.iterfind(f"{OAI}ListRecords/{OAI}record"):
                yield xml.found(element, self.endpoint, _identifier(element))
            yield bookmark if bookmark.token else Bookmark(complete=begun)

    def _first(self) -> tuple[dict[str, str | None], Bookmark]:
        """Return the arguments of the first request, and the bookmark from which the harvest goes on."""
        if self.wanted.is_bounded:
            return self._arguments(self.wanted.start), Bookmark(start=self.wanted.start)
        if self.wanted.full:
            return self._arguments(None), Bookmark(complete=bookmarks.read(self.store, self.source).complete)
        known = bookmarks.read(self.store, self.source)
        if known.token:
            return {"verb": "ListRecords", "resumptionToken": known.token}, known
        return self._arguments(known.complete), Bookmark(complete=known.complete, start=known.complete)

    def _arguments(self, start: str | None) -> dict[str, str | None]:
        return {
            "verb": "ListRecords",
            "metadataPrefix": self._prefix,
            "set": self.wanted.set_spec,
            "from_": self._written(start, "T00:00:00Z"),
            "until": self._written(self.wanted.until, "T23:59:59Z"),
        }

    def _written(self, datestamp: str | None, time: str) -> str | None:
        """Return a datestamp in the granularity of the repository, so that both ends of a span are in one."""
        if datestamp is None or self._granularity == DAY:
            return datestamp and datestamp[: len(DAY)]
        return datestamp if "T" in datestamp else datestamp + time

    def _pages(self, query: dict[str, str | None]) -> Iterator[_Element]:
        """Yield the pages of a list, and stop where it would never end."""
        seen: set[bytes] = set()
        empty = 0
        verb = query["verb"]
        while True:
            root = self.repository.answer(**query)
            yield root
            if not (token := _token(root)):
                return
            page = _digest(root)
            empty = empty + 1 if page is None else 0
            marks = {mark for mark in (blake2b(token.encode()).digest(), page) if mark}
            if marks & seen or empty > MOST_EMPTY:
                raise HarvestError("sends the same list pages again and again; ask its staff to mend its tokens")
            seen |= marks
            query = {"verb": verb, "resumptionToken": token}

    def _date(self, root: _Element) -> str:
        """Return the responseDate of an answer, in seconds and UTC (OAI-PMH 2.0, 3.2).

        Raises:
            HarvestError: there is none.
        """
        stated = root.findtext(f"{OAI}responseDate", "").strip()
        try:
            moment = datetime.fromisoformat(stated)
        except ValueError:
            raise HarvestError(
                f"states {stated!r} as its responseDate, which is no time; ask its staff to mend it"
            ) from None
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return f"{utc.replace(tzinfo=None, microsecond=0).isoformat()}Z"

    def keep(self, bookmark: Bookmark) -> None:
        """Remember how far the harvest came, all of which was published, unless only a span of time was asked for."""
        if not self.wanted.is_bounded:
            bookmarks.write(self.store, self.source, bookmark)


def is_datestamp(text: str) -> bool:
    """Whether a text is a datestamp in either granularity (OAI-PMH 2.0, 3.3)."""
    try:
        return bool(_DATESTAMP.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _richest(offered: dict[str, str]) -> str:
    """Return the prefix of the richest format that we read, of two with one namespace the first; "" if none is read."""
    readable = {etree.QName(tag).namespace for tag in xml.FORMATS}
    wanted = [namespace for namespace in RICHEST if namespace in readable]
    return next((prefix for wish in wanted for prefix, namespace in offered.items() if namespace == wish), "")


def _token(root: _Element) -> str | None:
    """Return the resumptionToken of a list page; None at the end of the list (OAI-PMH 2.0, 3.5)."""
    return (root.findtext(f"{OAI}*/{OAI}resumptionToken") or "").strip() or None


def _identifier(record: _Element) -> str:
    return record.findtext(f"{OAI}header/{OAI}identifier", "").strip()


def _digest(root: _Element) -> bytes | None:
    """Return what tells a list page from others: what stands in it, and since when; None if nothing does."""
    texts = [
        text.strip()
        for name in ("identifier", "datestamp", "setSpec")
        for each in root.iter(f"{OAI}{name}")
        if (text := each.text or "")
    ]
    return blake2b("\n".join(texts).encode()).digest() if texts else None
