"""XML that holds records, as a stream: a record, a collection of them, OAI-PMH responses, one of these behind another.

Safe with what anybody sends: a document type is refused, since entities come with it; nothing is fetched; one record at
a time is in memory, and the limits of the parser for depth and length hold.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from lxml import etree
from lxml.etree import _Element

from records.errors import RecordError
from records.readers import dublin_core, marcxml, mods, provenance, salvage
from records.readers.found import Options, Taken, Told, Unread, file_error
from records.readers.place import Header, Place, identity

CHUNK = 1 << 18
"""Bytes that are read at a time."""

LONGEST_PROLOG = 1 << 20
"""Characters that may stand before the first element of a document."""

PROVENANCE = f"{provenance.NAMESPACE}provenance"
OAI = "{http://www.openarchives.org/OAI/2.0/}"
_OAI_RECORDS = frozenset({f"{OAI}record", "record"})


ReadElement: TypeAlias = Callable[[_Element, Place], Taken | RecordError]

WE_READ = "we read MODS, Dublin Core (simple and qualified), MARCXML, and OAI-PMH responses of them"

FORMATS: dict[str, ReadElement] = {
    **dict.fromkeys(dublin_core.ROOTS, dublin_core.read),
    mods.TAG: mods.read,
    marcxml.ROOT: marcxml.read,
}
"""The root element of a record to what reads it: the one registry of formats in XML."""

_EAD = f"is a finding aid in EAD ({WE_READ}); export the records of its items as one of these"
_METS = f"is METS ({WE_READ}); take the description out of it, as a rule MODS or Dublin Core, into a file of its own"
_ALTO = "is a text with word boxes (ALTO), no record; put it beside the page image that it is of, and load the record"
_TEI = f"is a text in TEI ({WE_READ}); state its transcript in a record of our JSON"
_LIDO = f"is a museum object in LIDO ({WE_READ}); export it as one of these"
_RDF = f"is RDF/XML ({WE_READ}); export the records as one of these"

REFUSED: dict[str, str] = {
    "{http://www.loc.gov/METS/}mets": _METS,
    "{http://www.loc.gov/METS/v2}mets": _METS,
    "mets": _METS,
    "{urn:isbn:1-931666-22-9}ead": _EAD,
    "{http://ead3.archivists.org/schema/}ead": _EAD,
    "ead": _EAD,
    "{http://www.loc.gov/standards/alto/ns-v2#}alto": _ALTO,
    "{http://www.loc.gov/standards/alto/ns-v3#}alto": _ALTO,
    "{http://www.loc.gov/standards/alto/ns-v4#}alto": _ALTO,
    "alto": _ALTO,
    "{http://www.tei-c.org/ns/1.0}TEI": _TEI,
    "{http://www.tei-c.org/ns/1.0}teiCorpus": _TEI,
    "TEI.2": _TEI,
    "{http://www.lido-schema.org}lido": _LIDO,
    "{http://www.lido-schema.org}lidoWrap": _LIDO,
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF": _RDF,
}
"""Elements that begin documents of other kinds, to what is said of them."""


_UNDECLARED = "whose prefix is not declared; declare its namespace (xmlns:...)"


@dataclass(frozen=True, slots=True)
class Found:
    """A record that stands in a file, not read yet.

    Attributes:
        place: where.
        document: its element, in UTF-8.
    """

    place: Place
    document: bytes

    def read(self) -> Taken | RecordError:
        """Return the record, or what is wrong with it."""
        try:
            root = etree.fromstring(self.document, _safe())
        except etree.XMLSyntaxError as error:  # a prefix that nobody declared: no stream ends with it
            return self.place.error(f"is not XML ({error.msg}); correct it")
        taken = FORMATS[str(root.tag)](root, self.place)
        return taken if isinstance(taken, RecordError) else provenance.added(taken, self.place.header)


@dataclass(frozen=True, slots=True)
class Deleted:
    """A tombstone that stands in an OAI-PMH response.

    Attributes:
        place: where.
    """

    place: Place

    def read(self) -> Taken | RecordError:
        """Return the deletion."""
        try:
            taken, _apart = salvage.record({**identity(self.place), "visibility": "deleted"})
        except salvage.RefusedError as error:
            return self.place.refused(error)
        return Taken(taken, Told(self.place.position))


class _BrokenError(Exception):
    """The file cannot be read on; the message is for people."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.position = f"line {line}" if line else ""


def _not_xml(message: str, line: int) -> _BrokenError:
    return _BrokenError(f"is not XML ({message}); correct it, nothing behind it is read", line)


def find(path: Path, options: Options) -> Iterator[Unread | RecordError]:
    """Yield each record of an XML file, still to be read, or why there is none.

    Args:
        path: a file in UTF-8, UTF-16, or the encoding that it declares.
        options: how it is to be read.
    """
    number = 0
    try:
        with options.open(path) as file:
            for number, (element, line) in enumerate(_elements(_decoded(file)), start=1):
                yield found(element, path, f"record {number} (line {line})")
    except _BrokenError as error:
        yield file_error(path, str(error), error.position)
    except OSError as error:
        yield file_error(path, f"cannot be read ({error.strerror}); correct its name, or give this user the right to")
    else:
        if not number:
            yield file_error(path, f"holds no record; {WE_READ}")


def _safe() -> etree.XMLParser:
    return etree.XMLParser(encoding="UTF-8", resolve_entities=False, no_network=True, huge_tree=False)


def found(element: _Element, path: Path | str, position: str) -> Unread | RecordError:
    """Return a record as it stands alone, or in an OAI-PMH response, still to be read, or what is wrong with it.

    Args:
        element: a root element of `FORMATS`, or the `record` of an OAI-PMH response.
        path: the file, or the address of the endpoint that it came from.
        position: where in it.
    """
    if element.tag in FORMATS:
        return Found(Place(path, position), _bytes(element))
    children = {_local(child): child for child in element.iterchildren(etree.Element)}
    header = _header(element, children)
    place = Place(path, position, header)
    if header is None or not header.identifier:
        return place.error("has no identifier in its header; add it, or take the record out of the OAI-PMH response")
    if header.deleted:
        return Deleted(place)
    payload = next(children["metadata"].iterchildren(etree.Element), None) if "metadata" in children else None
    if payload is None:
        return place.error("has no metadata; ask the repository for it again")
    if payload.tag not in FORMATS:
        undeclared = ":" in str(payload.tag).rpartition("}")[2]
        unknown = f"is {payload.tag!s}, {_UNDECLARED if undeclared else f'which we do not read; {WE_READ}'}"
        return place.error(REFUSED.get(str(payload.tag), unknown))
    return Found(place, _bytes(payload))


def _header(element: _Element, children: dict[str, _Element]) -> Header | None:
    if (found := children.get("header")) is None:
        return None
    texts = [(_local(child), (child.text or "").strip()) for child in found.iterchildren(etree.Element)]
    abouts = (each for each in element.iterchildren(etree.Element) if _local(each) == "about")
    container = next((each for about in abouts for each in about.iterchildren(PROVENANCE)), None)
    payload = next(children["metadata"].iterchildren(etree.Element), None) if "metadata" in children else None
    response = next(element.iterancestors(f"{OAI}OAI-PMH"), None)
    return Header(
        identifier=next((text for name, text in texts if name == "identifier"), ""),
        datestamp=next((text for name, text in texts if name == "datestamp"), ""),
        sets=tuple(text for name, text in texts if name == "setSpec" and text),
        deleted=found.get("status") == "deleted",
        provenance=_bytes(container) if container is not None else None,
        namespace=str(payload.tag).rpartition("}")[0].removeprefix("{") if payload is not None else "",
        base_url=_text(response, "request"),
        response_date=_text(response, "responseDate"),
    )


def _local(element: _Element) -> str:
    """Return the name of an element without its namespace, or without a prefix that nobody declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _text(response: _Element | None, name: str) -> str:
    return response.findtext(f"{OAI}{name}", "").strip() if response is not None else ""


def _bytes(element: _Element) -> bytes:
    return etree.tostring(element, encoding="UTF-8", with_tail=False, xml_declaration=False)


# The elements of a file.

_PROLOG = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.S)
_PART = r"[^\s/>!?:{}<&\"'=\x00-\x1f\ufffe\uffff]+"
_NAME = re.compile(rf"<((?:{_PART}:)?{_PART})(?=[\s/>])")


def _elements(texts: Iterator[str]) -> Iterator[tuple[_Element, int]]:
    """Yield the elements that are records, each with its line; one that was yielded is forgotten by the next step."""
    text, line = "", 1
    while True:
        text, line, name = _opening(text, line, texts)
        if not name:
            return
        document = _Document(name, line)
        while True:
            text = yield from document.feed(text)
            if document.ended:
                break
            if not (more := next(texts, "")):
                raise _BrokenError(
                    "ends before its last element is closed; save or fetch the file again", document.line
                )
            text += more
        line = document.line


def _opening(text: str, line: int, texts: Iterator[str]) -> tuple[str, int, str]:
    """Return the text from the first element of a document on, its line and its name; no name at the end."""
    while True:
        prolog = _PROLOG.match(text)
        end = prolog.end() if prolog else 0
        line += text.count("\n", 0, end)
        text = text[end:]
        if found := _NAME.match(text):
            return text, line, found[1]
        if text.startswith("<!DOCTYPE"):
            raise _BrokenError(
                "declares a document type, which may bring entities from anywhere; remove the line <!DOCTYPE ...>", line
            )
        if (text and not text.startswith("<")) or len(text) > LONGEST_PROLOG:
            raise _BrokenError("is not XML; an element should stand here, nothing behind it is read", line)
        more = next(texts, "")
        if not more:
            if text:
                raise _BrokenError("ends within a tag; save or fetch the file again", line)
            return "", line, ""
        text += more


class _Document:
    """One document of a file, parsed as its text comes."""

    def __init__(self, name: str, line: int) -> None:
        local = name.rpartition(":")[2]
        tags = {*FORMATS, *_OAI_RECORDS, *REFUSED, f"{{*}}{local}"}
        self._parser = etree.XMLPullParser(
            ("start", "end"),
            tag=tuple(tags),
            encoding="UTF-8",
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        self._local = local
        self._closing = re.compile(rf"</{re.escape(name)}\s*>")
        self._tail = len(name) + 100
        self._first = line - 1
        self._open = 0
        self._within = 0
        self.line = line
        self.ended = False

    def feed(self, text: str) -> Generator[tuple[_Element, int], None, str]:
        """Parse text, no further than to where the document may end; yield its records, return what is left."""
        while not self.ended and text:
            found = self._closing.search(text)
            cut = found.end() if found else text.rfind("</", max(0, len(text) - self._tail))
            piece, text = (text, "") if cut < 0 else (text[:cut], text[cut:])
            yield from self._parsed(piece)
            if not found:
                break
        return text

    def _parsed(self, piece: str) -> Iterator[tuple[_Element, int]]:
        """Parse a piece; what stands before a fault is yielded, then the fault is raised."""
        fault = self._fault(piece)
        for event, element in self._parser.read_events():
            yield from self._begun(element) if event == "start" else self._over(element)
        self.line += piece.count("\n")
        if fault:
            raise fault
        if self.ended:
            self._parser.close()

    def _fault(self, piece: str) -> _BrokenError | None:
        try:
            self._parser.feed(piece)
        except etree.XMLSyntaxError as error:
            return _not_xml(error.msg or "", self._first + (error.lineno or 1))
        entries = list(self._parser.feed_error_log)  # an entity that nobody declared is told here alone
        return _not_xml(entries[0].message, self._first + entries[0].line) if entries else None

    def _line(self, element: _Element) -> int:
        return self._first + (element.sourceline or 1)

    def _begun(self, element: _Element) -> Iterator[tuple[_Element, int]]:
        if not self._open and element.tag in REFUSED:
            raise _BrokenError(REFUSED[element.tag], self._line(element))
        if not self._open and element.prefix is None and ":" in str(element.tag).rpartition("}")[2]:
            raise _BrokenError(f"begins with {element.tag!s}, {_UNDECLARED}", self._line(element))
        self._open += _local(element) == self._local
        self._within += element.tag in _OAI_RECORDS
        yield from ()

    def _over(self, element: _Element) -> Iterator[tuple[_Element, int]]:
        self._within -= element.tag in _OAI_RECORDS
        if not self._within and (element.tag in FORMATS or element.tag in _OAI_RECORDS):
            yield element, self._line(element)
            element.clear()
            if (parent := element.getparent()) is not None:
                parent.remove(element)
        self._open -= _local(element) == self._local
        self.ended = not self._open


# The characters of a file.


def _decoded(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of a file in pieces, in the encoding that its byte order mark or its declaration names."""
    decoder = lookup(_encoding(file)).incrementaldecoder("strict")
    line = 1
    while True:
        chunk = file.read(CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            byte = error.object[error.start]
            raise _BrokenError(
                f"byte 0x{byte:02X} is not {error.encoding.upper()}; save the file as UTF-8, or declare the encoding "
                f"that it is in",
                line,
            ) from None
        line += text.count("\n")
        if text:
            yield text
        if not chunk:
            return


_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def _encoding(file: IO[bytes]) -> str:
    start = file.read(1024)
    file.seek(0)
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    found = _DECLARED.match(start.removeprefix(BOM_UTF8))
    name = found[1].decode() if found else "utf-8"
    try:
        known = lookup(name).name
    except LookupError:
        raise _BrokenError(
            f"declares the encoding {name!r}, which is none that we know; save the file as UTF-8"
        ) from None
    return "utf-8-sig" if known == "utf-8" else known
