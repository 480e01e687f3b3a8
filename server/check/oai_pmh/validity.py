"""Whether answers and the metadata in them are valid by their schemas (OAI-PMH 2.0, 3.2.1 and 3.4)."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from mappings.namespaces import OAI, OAI_DC, SCHEMAS
from server.check.findings import CannotCheckError, Place
from server.check.oai_pmh import identify
from server.check.oai_pmh.answer import Answer, locations, metadata
from server.check.oai_pmh.structure import declared
from server.check.oai_pmh.survey import FORMATS, Survey
from server.check.schemas import Schemas, faults

_JUDGED = {
    "responseDate": ("oai-response-date",),
    "request": ("oai-request-", "oai-verb-", "oai-argument-", "oai-date-", "oai-format-", "oai-identifier-"),
    **dict.fromkeys(identify.ORDER, ("oai-identify-",)),
    **dict.fromkeys(("metadataFormat", "metadataPrefix"), ("oai-formats-",)),
    **dict.fromkeys(("set", "setSpec"), ("oai-sets-",)),
    **dict.fromkeys(("header", "identifier", "datestamp"), ("oai-header-",)),
    **dict.fromkeys(("record", "metadata"), ("oai-record-", "oai-deleted-")),
    "resumptionToken": ("oai-token-",),
}
"""Elements that other rules judge, and how the codes of these begin."""

_CONTAINERS = ("metadata", "about", "description", "setDescription")
"""Elements that hold a document of another schema."""


def envelope(answer: Answer, _survey: Survey, schemas: Schemas) -> Iterator[Place]:
    """The answer is valid by the schema of OAI-PMH; what stands in its containers is not looked at here."""
    if answer.root is None:
        return
    official = schemas.importing((OAI, SCHEMAS[OAI]), (OAI_DC, SCHEMAS[OAI_DC]))
    root = deepcopy(answer.root)
    for container in root.iter(*(f"{{{OAI}}}{name}" for name in _CONTAINERS)):
        for child in container:
            container.replace(child, etree.Element(f"{{{OAI_DC}}}dc"))
    if not official.validate(root):
        yield from (Place(answer.where, f"valid by {SCHEMAS[OAI]}", error) for error in faults(official))


def payloads(answer: Answer, survey: Survey, schemas: Schemas) -> Iterator[Place]:
    """Each document of a record is valid by the schema that ListMetadataFormats names for its format.

    Where its answer was not saved, the schema that the document names is taken.
    """
    formats = declared(survey) if survey.has(*FORMATS) else []
    declares = {space: schema for name, space, schema in formats if survey.prefix_of(answer) in {None, name}}
    for head, record in answer.records():
        for document in [] if head.deleted else metadata(record):
            namespace = etree.QName(document).namespace or ""
            known = declares if survey.has(*FORMATS) else locations(document)
            if namespace not in known:
                by = "ListMetadataFormats" if formats else "the record"
                raise CannotCheckError(f"{by} names no schema for the namespace {namespace or 'none'}")
            official = schemas.importing((namespace, known[namespace]))
            if not official.validate(document):
                where = f"{answer.where}, record {head.identifier}"
                yield from (Place(where, f"valid by {known[namespace]}", error) for error in faults(official))


def descriptions(answer: Answer, _survey: Survey, schemas: Schemas) -> Iterator[Place]:
    """What describes the repository, a set or a record is valid by the schema that it names (4.2, 4.6 and 2.5)."""
    if answer.root is None:
        return
    for container in answer.root.iter(*(f"{{{OAI}}}{name}" for name in _CONTAINERS if name != "metadata")):
        for document in container.iterchildren("{*}*"):
            namespace = etree.QName(document).namespace or ""
            address = locations(document).get(namespace)
            if address is None:
                yield Place(
                    answer.where, f"an xsi:schemaLocation for {namespace or etree.QName(document).localname}", "none"
                )
                continue
            official = schemas.importing((namespace, address))
            if not official.validate(document):
                yield from (Place(answer.where, f"valid by {address}", error) for error in faults(official))


def explained(error: str, codes: Iterable[str]) -> bool:
    """Whether a fault against the schema of OAI-PMH is told in plainer words by other rules that were broken.

    Args:
        error: what was found.
        codes: the codes of the rules that were broken.
    """
    element = re.match(rf"Element '\{{{re.escape(OAI)}\}}(\w+)'", error)
    rules = _JUDGED.get(element[1], ()) if element else ()
    return bool(rules) and any(code.startswith(rules) for code in codes)
