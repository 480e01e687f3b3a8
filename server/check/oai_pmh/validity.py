"""Whether answers and the metadata in them are valid by their schemas (OAI-PMH 2.0, 3.2.1 and 3.4)."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from mappings.namespaces import OAI, OAI_DC, SCHEMAS
from server.check.findings import CannotCheckError
from server.check.oai_pmh.answer import Answer, metadata
from server.check.oai_pmh.structure import declared
from server.check.oai_pmh.survey import Place, Survey
from server.check.schemas import Schemas

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
        yield Place(answer.where, f"valid by {SCHEMAS[OAI]}", _first_error(official))


def payloads(answer: Answer, survey: Survey, schemas: Schemas) -> Iterator[Place]:
    """Each document of a record is valid by the schema that ListMetadataFormats names for its format."""
    prefix = dict(answer.asked).get("metadataPrefix", survey.prefix)
    known = {namespace: schema for name, namespace, schema in declared(survey) if name == prefix}
    for head, record in answer.records():
        for document in [] if head.deleted else metadata(record):
            namespace = etree.QName(document).namespace or ""
            if namespace not in known:
                raise CannotCheckError(f"ListMetadataFormats names no schema for the namespace {namespace or 'none'}")
            official = schemas.importing((namespace, known[namespace]))
            if not official.validate(document):
                where = f"{answer.where}, record {head.identifier}"
                yield Place(where, f"valid by {known[namespace]}", _first_error(official))


def _first_error(schema: etree.XMLSchema) -> str:
    return " ".join(schema.error_log[0].message.split()) if len(schema.error_log) else "not valid"
