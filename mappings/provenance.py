"""The provenance container of records that came by OAI-PMH (guidelines for provenance)."""

from lxml import etree

from mappings.formats import FORMATS
from mappings.namespaces import PROVENANCE, SCHEMAS, XSI
from records.model import Provenance, Record
from records.xml import escaped, escaped_attribute


def write(record: Record, documents: dict[str, bytes | None]) -> dict[str, bytes]:
    """Return what stands beside the document in the one format that the record came in, if it came by OAI-PMH.

    It is said to be altered unless the document is, in canonical XML, the very one that came.

    Args:
        record: the record.
        documents: the finished documents by format.
    """
    prefix = _format(record)
    document = documents.get(prefix) if prefix else None
    if record.provenance is None or prefix is None or document is None:
        return {}
    altered = record.native is None or _canonical(record.native.document.encode()) != _canonical(document)
    location = f"{PROVENANCE} {SCHEMAS[PROVENANCE]}"
    return {
        prefix: (
            f'<about><provenance xmlns="{PROVENANCE}" xmlns:xsi="{XSI}" xsi:schemaLocation="{location}">'
            f"{_description(record.provenance, altered=altered)}</provenance></about>"
        ).encode()
    }


def _format(record: Record) -> str | None:
    """Return the format that a record came in."""
    if record.provenance is None:
        return None
    if record.native:
        return record.native.format
    namespace = record.provenance.namespace
    return next((prefix for prefix, form in FORMATS.items() if form.namespace == namespace), None)


def _description(origin: Provenance, *, altered: bool) -> str:
    earlier = _description(origin.earlier, altered=bool(origin.earlier.altered)) if origin.earlier else ""
    return (
        f'<originDescription harvestDate="{escaped_attribute(origin.harvested)}" altered="{str(altered).lower()}">'
        f"<baseURL>{escaped(origin.base_url)}</baseURL><identifier>{escaped(origin.identifier)}</identifier>"
        f"<datestamp>{escaped(origin.datestamp)}</datestamp>"
        f"<metadataNamespace>{escaped(origin.namespace)}</metadataNamespace>{earlier}</originDescription>"
    )


def _canonical(document: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.tostring(etree.fromstring(document, parser), method="c14n2")
