"""The explorer: OAI-PMH for people. Each page shows in words what a harvester gets for the same arguments.

It reads the very answer that a harvester gets, so that the two cannot differ.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import NamedTuple

from flask import Response, request
from lxml import etree
from lxml.etree import _Element

from mappings.formats import FORMATS
from mappings.iiif import uris
from mappings.metadata_format import MetadataFormat
from mappings.namespaces import DC, OAI
from records.header import written
from server.current import library
from server.library import read_record
from server.oai_pmh import respond
from server.oai_pmh.errors import OAIErrors
from server.oai_pmh.exchange import Exchange
from server.oai_pmh.resumption_token import parse
from server.pages.page import here, page
from server.watching import watch

_O = f"{{{OAI}}}"
FIRST = ("verb", "Identify")
"""What is shown to who asks for nothing."""

LIST_ARGUMENTS = ("verb", "metadataPrefix", "set", "from", "until")
OFFERED_SETS = 500
"""Sets that the form offers; any other can be written."""


COUNTED = "oai_dc"
"""The format whose records are counted in each set, and that their links ask for: every record has it."""

IDENTIFY = {
    "repositoryName": ("Name", ""),
    "baseURL": ("Address", "What a harvester has to be told, and all that it has to be told."),
    "protocolVersion": ("Version of OAI-PMH", ""),
    "adminEmail": ("Contact", "Who answers questions about harvesting."),
    "earliestDatestamp": ("Earliest datestamp", "Nothing here is dated earlier."),
    "deletedRecord": ("Deletions", "Every deletion is remembered: lists tell for good that a record is deleted."),
    "granularity": ("Granularity", "Changes are dated to the second, in UTC. A list may also be asked for by days."),
    "compression": ("Compression", "Answers come compressed to those who ask for it."),
}
"""The fields of Identify in the words of a reader, and what our values of them mean."""


class Header(NamedTuple):
    """A record in a list."""

    identifier: str
    datestamp: str
    sets: tuple[str, ...]
    deleted: bool


class Item(NamedTuple):
    """What else is here of a record: its formats, and, unless it is deleted, its page and its manifest."""

    formats: tuple[MetadataFormat, ...]
    page: str | None = None
    manifest: str | None = None


class Token(NamedTuple):
    """The resumptionToken of a list page; `value` is empty at the end of the list."""

    value: str
    cursor: str
    size: str


def explore() -> Response:
    """Return the page of a request. An empty field of the form counts as one that was not sent."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if value] or [FIRST]
    answer = etree.fromstring(
        respond(lambda: asked, Exchange(), library(), watch().crowd).content, etree.XMLParser(huge_tree=True)
    )
    config, arguments = library().config, dict(asked)
    return page(
        "explore.html",
        formats=FORMATS,
        counted=COUNTED,
        sets=[row.spec for row in library().store.sets()][:OFFERED_SETS],
        link=_link,
        asked=_list_of(arguments),
        request=uris.oai_request(config.base_url, asked),
        time=answer.findtext(f"{_O}responseDate"),
        verb=arguments.get("verb", ""),
        errors=[(error.get("code"), error.text) for error in answer.iter(f"{_O}error")],
        shown=_shown(answer),
    )


def _link(**arguments: str) -> str:
    """Return the page of other arguments; a name that ends in an underscore is one that Python keeps for itself."""
    pairs = [(name.rstrip("_"), value) for name, value in arguments.items() if value]
    return here(uris.explorer(library().config.base_url, pairs))


def _list_of(arguments: Mapping[str, str]) -> dict[str, str]:
    """Return the arguments of a list, those behind a token too, so that the form shows which list goes on."""
    try:
        found = parse(arguments["resumptionToken"], arguments["verb"]).selection
    except (KeyError, OAIErrors):
        return {name: arguments.get(name, "") for name in LIST_ARGUMENTS}
    told = {"verb": arguments["verb"], "metadataPrefix": found.format, "set": found.set_spec or ""}
    times = {"from": found.start, "until": found.until}
    return told | {name: "" if seconds is None else written(seconds) for name, seconds in times.items()}


def _shown(answer: _Element) -> Mapping[str, object]:
    """Return what an answer holds, as the template names it."""
    return {
        "identify": list(_fields(answer)),
        "descriptions": [_readable(part[0]) for part in answer.iterfind(f"{_O}Identify/{_O}description")],
        "metadata_formats": [_texts(part) for part in answer.iter(f"{_O}metadataFormat")],
        "listed_sets": _sets(answer),
        "headers": [_header(part) for part in answer.iter(f"{_O}header")],
        "item": _item(answer),
        "documents": [_readable(part[0]) for part in answer.iterfind(f"{_O}GetRecord/{_O}record/{_O}metadata")],
        "token": _token(answer),
    }


def _fields(answer: _Element) -> Iterator[tuple[str, str, str, str]]:
    """Yield each field of Identify: in words, the protocol's name for it, its value, and what that means."""
    for part in answer.iterfind(f"{_O}Identify/*"):
        name = etree.QName(part).localname
        if name in IDENTIFY:
            label, meaning = IDENTIFY[name]
            yield label, name, part.text or "", meaning


def _texts(element: _Element) -> dict[str, str]:
    return {etree.QName(part).localname: part.text or "" for part in element}


def _sets(answer: _Element) -> list[dict[str, object]]:
    """Return the sets of an answer, with the number of records that the list of each has."""
    found = list(answer.iter(f"{_O}set"))
    sizes = library().store.set_sizes(COUNTED) if found else {}
    return [_set(part, sizes) for part in found]


def _set(element: _Element, sizes: Mapping[str, int]) -> dict[str, object]:
    spec = element.findtext(f"{_O}setSpec") or ""
    told = [str(part.text) for part in element.iter(f"{{{DC}}}description")]
    return {
        "spec": spec,
        "size": sizes.get(spec, 0),
        "name": element.findtext(f"{_O}setName"),
        "descriptions": told,
    }


def _header(element: _Element) -> Header:
    return Header(
        element.findtext(f"{_O}identifier") or "",
        element.findtext(f"{_O}datestamp") or "",
        tuple(_all_texts(element, "setSpec")),
        element.get("status") == "deleted",
    )


def _item(answer: _Element) -> Item | None:
    """Return what else is here of the record that GetRecord gives; the formats are those of ListMetadataFormats."""
    identifier = answer.findtext(f"{_O}GetRecord/{_O}record/{_O}header/{_O}identifier")
    if identifier is None:
        return None
    store = library().store
    known, shown = store.formats(identifier), store.shown_item(identifier)
    formats = tuple(form for prefix, form in FORMATS.items() if prefix in known)
    if shown is None or shown.withdrawn:
        return Item(formats)
    repository = library().repository()
    record = read_record(shown.stated, repository)
    return Item(formats, uris.record_page(repository, record), uris.manifest(repository, record))


def _all_texts(element: _Element, name: str) -> Iterator[str]:
    yield from (part.text or "" for part in element.iter(f"{_O}{name}"))


def _token(answer: _Element) -> Token | None:
    found = next(answer.iter(f"{_O}resumptionToken"), None)
    if found is None:
        return None
    return Token(found.text or "", found.get("cursor", ""), found.get("completeListSize", ""))


def _readable(element: _Element) -> str:
    """Return an element by itself, indented."""
    alone = deepcopy(element)
    etree.cleanup_namespaces(alone)
    etree.indent(alone)
    return etree.tostring(alone, encoding="unicode", with_tail=False)
