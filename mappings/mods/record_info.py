"""MODS: recordInfo, what is said of the description itself. Dates stand there only as the record states them."""

from lxml.etree import _Element

from mappings.elements import add
from mappings.mods.description import add_languages
from mappings.mods.terms import M, date_encoding
from mappings.repository import Repository
from records import dates
from records.model import Cataloguing, Record


def add_record_info(root: _Element, record: Record, repository: Repository) -> None:
    """Add the recordInfo: the provider, the record's identifier with its namespace, what is stated of cataloguing.

    The provider is the only recordContentSource, since hubs read it as such; a source of the description beside it is
    a recordInfoNote.
    """
    info = add(root, f"{M}recordInfo")
    stated = record.cataloguing or Cataloguing()
    provider = repository.provider(record)
    if provider:
        add(info, f"{M}recordContentSource", provider.name, {"valueURI": provider.uri})
    if stated.source and stated.source != (provider.name if provider else None):
        add(info, f"{M}{'recordInfoNote' if provider else 'recordContentSource'}", stated.source)
    _add_date(info, "recordCreationDate", stated.created)
    _add_date(info, "recordChangeDate", stated.changed)
    add(info, f"{M}recordIdentifier", record.identifier, {"source": repository.namespace})
    add_languages(info, stated.languages, f"{M}languageOfCataloging")
    if stated.origin:
        add(info, f"{M}recordOrigin", stated.origin)


def _add_date(info: _Element, element: str, edtf: str | None) -> None:
    if edtf:
        plain = dates.parse(edtf).plain is not None
        add(info, f"{M}{element}", edtf, {"encoding": date_encoding(plain=plain)})
