"""MODS: recordInfo, what is said of the description itself. Dates stand there only as the record states them."""

from mappings.elements import around, element
from mappings.mods.description import languages
from mappings.mods.terms import date_encoding
from mappings.repository import Repository
from records import dates
from records.model import Cataloguing, Record

_NOTHING_STATED = Cataloguing()


def record_info(record: Record, repository: Repository) -> str:
    """Return the recordInfo: the provider, the record's identifier with its namespace, what is stated of cataloguing.

    The provider is the only recordContentSource, since hubs read it as such; a source of the description beside it is
    a recordInfoNote.
    """
    stated = record.cataloguing or _NOTHING_STATED
    provider = repository.provider(record)
    other = stated.source if provider is None or stated.source != provider.name else None
    parts = (
        element("recordContentSource", provider.name, {"valueURI": provider.uri}) if provider else "",
        element("recordInfoNote" if provider else "recordContentSource", other),
        _date("recordCreationDate", stated.created),
        _date("recordChangeDate", stated.changed),
        element("recordIdentifier", record.identifier, {"source": repository.namespace}),
        *languages(stated.languages, "languageOfCataloging"),
        element("recordOrigin", stated.origin),
    )
    return around("recordInfo", parts)


def _date(name: str, edtf: str | None) -> str:
    if edtf is None:
        return ""
    plain = dates.parse(edtf).plain is not None
    return element(name, edtf, {"encoding": date_encoding(plain=plain)})
