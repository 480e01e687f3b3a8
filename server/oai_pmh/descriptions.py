"""Descriptions of the repository and of sets: Dublin Core for all to read, and the rights of the metadata.

OAI-PMH has no words for who provides a repository (2.0, 4.2, description); Dublin Core is what every harvester reads.
The institution, the data provider of EDM, is the publisher; who gathers the records for it or passes them on, EDM's
intermediate provider and provider, contribute. Nothing stands here that is not configured or stated.
"""

from collections.abc import Iterable, Iterator

from mappings.namespaces import DC, OAI_DC, RIGHTS, SCHEMAS, XSI
from records.model import Collection, Institution
from records.xml import escaped, escaped_attribute
from server.config import Config

Value = tuple[str, str | None]
"""A Dublin Core element and its text; one without a text is left out."""

METADATA = "http://www.openarchives.org/OAI/2.0/entity#metadata"
"""What a rights manifest is about: the metadata, never what they describe (guidelines on rights, 4)."""


def dublin_core(values: Iterable[Value]) -> str:
    """Return an oai_dc container, empty if no value has a text (implementation guidelines for repositories, 5)."""
    stated = [f"<dc:{name}>{escaped(text)}</dc:{name}>" for name, text in dict.fromkeys(values) if text]
    opening = (
        f'<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}" xmlns:xsi="{XSI}" '
        f'xsi:schemaLocation="{OAI_DC} {SCHEMAS[OAI_DC]}">'
    )
    return f"{opening}{''.join(stated)}</oai_dc:dc>" if stated else ""


def of_repository(config: Config) -> str:
    """Return what is configured of who provides the repository, in Dublin Core; empty if nothing is."""
    repository = config.repository({})
    named = [
        ("description", config.institution_description),
        *_providers(repository.institution, repository.intermediate_provider, repository.aggregator),
    ]
    return dublin_core([("title", config.repository_name), *named]) if any(text for _name, text in named) else ""


def of_collection(collection: Collection) -> str:
    """Return what a collection states for all its records, in Dublin Core; empty if that is its title alone."""
    rights = collection.rights
    values: list[Value] = [
        ("description", collection.description),
        *_providers(collection.provider, collection.intermediate_provider, collection.aggregator),
        *(("description", funding.acknowledgment) for funding in collection.funding),
        ("rights", rights.statement if rights else None),
        ("rights", rights.uri if rights else None),
    ]
    return dublin_core(values)


def _providers(institution: Institution | None, *others: Institution | None) -> Iterator[Value]:
    if institution:
        yield "publisher", institution.name
        yield "identifier", institution.uri
        yield "identifier", institution.homepage
    yield from (("contributor", other.name) for other in others if other)


def rights_of_metadata(uri: str) -> str:
    """Return the manifest of rights in the metadata by reference (guidelines on rights, 4.1)."""
    return (
        f'<rightsManifest xmlns="{RIGHTS}" xmlns:xsi="{XSI}" xsi:schemaLocation="{RIGHTS} {SCHEMAS[RIGHTS]}" '
        f'appliesTo="{METADATA}"><rights><rightsReference ref="{escaped_attribute(uri)}"/></rights></rightsManifest>'
    )
