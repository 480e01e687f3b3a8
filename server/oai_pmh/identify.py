"""Identify (OAI-PMH 2.0, 4.2): what this repository is and can do."""

import re
from collections.abc import Iterator

from mappings.iiif import uris
from mappings.namespaces import OAI_IDENTIFIER, SCHEMAS, XSI
from records.header import written
from records.store import Selection
from records.xml import escaped
from server.library import Library
from server.oai_pmh import descriptions
from server.oai_pmh.arguments import Arguments
from server.oai_pmh.datestamp import SECONDS
from server.oai_pmh.document import Answer

_LOCAL = r"(?:[a-zA-Z0-9\-_.!~*'();/?:@=+$,%]|&amp;)+"
"""The local part of an OAI identifier (OAI identifier guidelines, 2.1), as a header has it."""


def answer(_arguments: Arguments, desk: Library) -> Answer:
    """Return the description of the repository."""
    config = desk.config
    emails = "".join(f"<adminEmail>{escaped(email.strip())}</adminEmail>" for email in config.admin_email.split(","))
    time = desk.store.time()
    body = (
        f"<Identify><repositoryName>{escaped(config.repository_name)}</repositoryName>"
        f"<baseURL>{escaped(uris.oai_endpoint(config.base_url))}</baseURL><protocolVersion>2.0</protocolVersion>{emails}"
        f"<earliestDatestamp>{written(min(desk.store.earliest(), time))}</earliestDatestamp>"
        f"<deletedRecord>persistent</deletedRecord><granularity>{SECONDS}</granularity>"
        f"<compression>gzip</compression>{''.join(map(_description, _descriptions(desk)))}</Identify>"
    )
    return Answer([body.encode()], time)


def _descriptions(desk: Library) -> Iterator[str]:
    yield _oai_identifier(desk)
    if provided := descriptions.of_repository(desk.config):
        yield provided
    if rights := desk.config.metadata_rights:
        yield descriptions.rights_of_metadata(rights)


def _description(container: str) -> str:
    return f"<description>{container}</description>"


def _oai_identifier(desk: Library) -> str:
    """Return how our identifiers are made (OAI identifier guidelines, 2)."""
    namespace = desk.config.repository_identifier
    return (
        f'<oai-identifier xmlns="{OAI_IDENTIFIER}" xmlns:xsi="{XSI}" '
        f'xsi:schemaLocation="{OAI_IDENTIFIER} {SCHEMAS[OAI_IDENTIFIER]}"><scheme>oai</scheme>'
        f"<repositoryIdentifier>{namespace}</repositoryIdentifier><delimiter>:</delimiter>"
        f"<sampleIdentifier>{_sample(desk, namespace)}</sampleIdentifier></oai-identifier>"
    )


def _sample(desk: Library, namespace: str) -> str:
    """Return an identifier that can be asked for, if the first record has one of our namespace, as XML."""
    rows = desk.store.window(Selection("oai_dc"), limit=1, documents=False).rows
    form = f"<identifier>(oai:{re.escape(namespace)}:{_LOCAL})</identifier>"
    found = [re.search(form, row.header.decode()) for row in rows]
    return next((match[1] for match in found if match), f"oai:{namespace}:record-1")
