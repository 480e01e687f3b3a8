"""Which formats and sets there are (OAI-PMH 2.0, 2.6, 4.4 and 4.6). Yields where that is not as it must be."""

import re
from collections import Counter
from collections.abc import Iterator

from mappings.namespaces import OAI_DC, SCHEMAS
from server.check.findings import CannotCheckError, Place
from server.check.oai_pmh.answer import Answer
from server.check.oai_pmh.survey import NothingToCheckError, Survey

_SET_SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
_DECLARED = "ListMetadataFormats/metadataFormat"


def _formats(survey: Survey) -> Answer:
    if not survey.formats.sound:
        raise CannotCheckError(f"{survey.formats.where} lists no formats")
    return survey.formats


def oai_dc(survey: Survey) -> Iterator[Place]:
    """Dublin Core is among the formats (4.4, 5)."""
    found = _formats(survey).texts(f"{_DECLARED}/metadataPrefix")
    if "oai_dc" not in found:
        yield Place(survey.formats.where, "the metadataPrefix oai_dc", ", ".join(found) or "no format")


def oai_dc_declared(survey: Survey) -> Iterator[Place]:
    """Dublin Core is declared with its namespace and schema (5)."""
    _formats(survey)
    expected = f"{OAI_DC} {SCHEMAS[OAI_DC]}"
    for prefix, namespace, schema in declared(survey):
        if prefix == "oai_dc" and f"{namespace} {schema.replace('https:', 'http:')}" != expected:
            yield Place(survey.formats.where, expected, f"{namespace} {schema}")


def prefixes(survey: Survey) -> Iterator[Place]:
    """Each metadataPrefix is legal, and there once (3.4)."""
    for prefix, count in Counter(_formats(survey).texts(f"{_DECLARED}/metadataPrefix")).items():
        if count > 1:
            yield Place(survey.formats.where, f"{prefix} once", f"{count} times")
        if not _PREFIX.fullmatch(prefix):
            yield Place(survey.formats.where, "a prefix of letters, digits and - _ . ! ~ * ' ( )", ascii(prefix))


def formats_of_item(survey: Survey) -> Iterator[Place]:
    """The formats of an item have the one that it was listed in (4.4)."""
    answer = survey.usable(("verb", "ListMetadataFormats"), ("identifier", survey.live.identifier))
    found = answer.texts(f"{_DECLARED}/metadataPrefix")
    if survey.prefix not in found:
        yield Place(answer.where, survey.prefix, ", ".join(found) or "no format")


def declared(survey: Survey) -> list[tuple[str, str, str]]:
    """Return prefix, namespace and schema of each format."""
    rows = survey.formats.elements(_DECLARED)
    names = ("metadataPrefix", "metadataNamespace", "schema")
    texts = [[(row.findtext(f"{{*}}{name}") or "").strip() for name in names] for row in rows]
    return [(prefix, namespace, schema) for prefix, namespace, schema in texts]


def sets_answer(survey: Survey) -> Iterator[Place]:
    """ListSets lists sets, or says that there are none (4.6)."""
    first = survey.sets[0]
    if first.error_codes and first.error_codes != ["noSetHierarchy"]:
        yield Place(first.where, "sets, or the error noSetHierarchy", " and ".join(first.error_codes))


def _specs(survey: Survey) -> list[str]:
    if not survey.set_specs:
        raise NothingToCheckError("ListSets lists no sets")
    return survey.set_specs


def set_specs(survey: Survey) -> Iterator[Place]:
    """Each setSpec is made as it must be (2.6)."""
    for spec in _specs(survey):
        if not _SET_SPEC.fullmatch(spec):
            yield Place(survey.sets[0].where, "a setSpec such as a:b", ascii(spec))


def sets_unique(survey: Survey) -> Iterator[Place]:
    """Each setSpec is there once (2.6)."""
    for spec, count in Counter(_specs(survey)).items():
        if count > 1:
            yield Place(survey.sets[0].where, f"the set {spec} once", f"{count} times")


def set_ancestors(survey: Survey) -> Iterator[Place]:
    """The set above each set is listed too (2.6)."""
    specs = _specs(survey)
    for above in sorted({spec.rpartition(":")[0] for spec in specs} - {*specs, ""}):
        yield Place(survey.sets[0].where, f"the set {above}, above others that are listed", "it is not listed")


def sets_of_headers(survey: Survey) -> Iterator[Place]:
    """Each set that a record says it is in is listed (2.6)."""
    specs = _specs(survey)
    for header in (header for listing in survey.listings for header in listing.headers):
        for spec in header.sets:
            if spec not in specs and _SET_SPEC.fullmatch(spec):
                found = f"it is not listed, but in the header of {header.identifier}"
                yield Place(survey.sets[0].where, f"the set {spec}", found)
