"""MODS as a record arrived with it: what we add where it is missing, at the end, touching nothing else.

Every order of top-level elements is valid (MODS 3.8, modsGroup). Added are the rights statement and URI, the funders'
acknowledgments, and our links: the landing page, primary only if no url is yet, the manifest and the preview.
"""

from lxml.etree import _Element

from mappings import rights
from mappings.elements import add
from mappings.mods.locations import add_location, own
from mappings.mods.rights import USE
from mappings.mods.terms import HREF, M
from mappings.native import squeezed
from mappings.repository import Repository
from records.model import Record


def add_missing(root: _Element, record: Record, repository: Repository) -> None:
    """Add to a MODS document what the record states beside it and the document lacks."""
    _add_rights(root, record)
    notes = {squeezed(note.text) for note in root.iterchildren(f"{M}note")}
    for acknowledgment in rights.acknowledgments(record):
        if squeezed(acknowledgment) not in notes:
            add(root, f"{M}note", acknowledgment, {"type": "funding"})
    _add_links(root, record, repository)


def _add_rights(root: _Element, record: Record) -> None:
    conditions = list(root.iterchildren(f"{M}accessCondition"))
    statement, uri = rights.statement(record), rights.uri(record)
    if statement and squeezed(statement) not in {squeezed("".join(condition.itertext())) for condition in conditions}:
        add(root, f"{M}accessCondition", statement, {"type": USE})
    if uri and uri not in {condition.get(HREF) for condition in conditions}:
        add(root, f"{M}accessCondition", rights.label(uri), {"type": USE, HREF: uri})


def _add_links(root: _Element, record: Record, repository: Repository) -> None:
    present = list(root.iterfind(f"{M}location/{M}url"))
    addresses = {(url.text or "").strip() for url in present}
    primary = any(url.get("usage") for url in present)
    preview = any(url.get("access") == "preview" for url in present)
    for address, attributes, language in own(record, repository):
        if address in addresses or (preview and attributes.get("access") == "preview"):
            continue
        kept = {name: value for name, value in attributes.items() if not (primary and name == "usage")}
        add_location(root, (address, kept, language))
