"""MODS as a record arrived with it: what we add where it is missing, at the end, touching nothing else.

Every order of top-level elements is valid (MODS 3.8, modsGroup). Added are the rights statement and URI, the funders'
acknowledgments, and our links: the landing page, primary only if no url is yet, the manifest and the preview.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from mappings import rights
from mappings.elements import element
from mappings.mods.locations import location, own
from mappings.mods.rights import USE
from mappings.mods.terms import HREF
from mappings.namespaces import MODS, XLINK
from mappings.native import squeezed
from mappings.repository import Repository
from records.model import Record
from records.rights_uris import canonical_rights_uri

_M = f"{{{MODS}}}"


def missing(root: _Element, record: Record, repository: Repository) -> Iterator[str]:
    """Yield what the record states beside a MODS document, and that lacks."""
    yield from _rights(root, record)
    notes = {squeezed(note.text) for note in root.iterchildren(f"{_M}note")}
    for acknowledgment in rights.acknowledgments(record):
        if squeezed(acknowledgment) not in notes:
            yield element("note", acknowledgment, {"type": "funding"})
    yield from _links(root, record, repository)


def _rights(root: _Element, record: Record) -> Iterator[str]:
    conditions = list(root.iterchildren(f"{_M}accessCondition"))
    statement, uri = rights.statement(record), rights.uri(record)
    if statement and squeezed(statement) not in {squeezed("".join(condition.itertext())) for condition in conditions}:
        yield element("accessCondition", statement, {"type": USE})
    if uri and uri not in {said for condition in conditions for said in _uris(condition)}:
        yield element("accessCondition", rights.label(uri), {"type": USE, HREF: uri})


def _uris(condition: _Element) -> Iterator[str | None]:
    """Yield what may be a rights URI in an accessCondition, in the form that its publisher defines."""
    for said in (condition.get(f"{{{XLINK}}}href"), condition.get("valueURI"), "".join(condition.itertext())):
        yield canonical_rights_uri(said or "") or (said or "").strip()


def _links(root: _Element, record: Record, repository: Repository) -> Iterator[str]:
    present = list(root.iterfind(f"{_M}location/{_M}url"))
    addresses = {(url.text or "").strip() for url in present}
    primary = any(url.get("usage") for url in present)
    preview = any(url.get("access") == "preview" for url in present)
    for address, attributes, language in own(record, repository):
        if address in addresses or (preview and attributes.get("access") == "preview"):
            continue
        kept = {name: value for name, value in attributes.items() if not (primary and name == "usage")}
        yield location((address, kept, language))
