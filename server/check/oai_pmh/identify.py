"""What Identify must say (OAI-PMH 2.0, 4.2). Yields where it does not."""

import re
from collections.abc import Iterator

from mappings.namespaces import OAI
from server.check.findings import Place
from server.check.oai_pmh.dates import DAY, SECONDS, earlier, granularity
from server.check.oai_pmh.survey import Survey

ORDER = (
    "repositoryName",
    "baseURL",
    "protocolVersion",
    "adminEmail",
    "earliestDatestamp",
    "deletedRecord",
    "granularity",
    "compression",
    "description",
)
_OPTIONAL, _REPEATED = {"compression", "description"}, {"adminEmail", "compression", "description"}


def _names(survey: Survey) -> list[str]:
    children = [child for element in survey.identify.elements("Identify") for child in element]
    return [str(child.tag).removeprefix(f"{{{OAI}}}") for child in children]


def elements(survey: Survey) -> Iterator[Place]:
    """Every element that must be there is, once."""
    names = _names(survey)
    for name in ORDER:
        count = names.count(name)
        if (count == 0 and name not in _OPTIONAL) or (count > 1 and name not in _REPEATED):
            many = "at least one" if name in _REPEATED else "one"
            yield Place(survey.identify.where, f"{many} {name}", str(count) if count else "none")


def order(survey: Survey) -> Iterator[Place]:
    """The elements stand in the order of the schema."""
    known = [name for name in _names(survey) if name in ORDER]
    if known != sorted(known, key=ORDER.index):
        yield Place(survey.identify.where, ", ".join(sorted(known, key=ORDER.index)), ", ".join(known))


def protocol_version(survey: Survey) -> Iterator[Place]:
    """The version is 2.0."""
    yield from _one_of(survey, "protocolVersion", ["2.0"])


def base_url(survey: Survey) -> Iterator[Place]:
    """The baseURL is the address that was asked."""
    yield from _one_of(survey, "baseURL", [survey.url])


def legal_granularity(survey: Survey) -> Iterator[Place]:
    """The granularity is one of two."""
    yield from _one_of(survey, "granularity", [DAY, SECONDS])


def deleted_record(survey: Survey) -> Iterator[Place]:
    """What becomes of deleted records is said by one of three words."""
    yield from _one_of(survey, "deletedRecord", ["no", "persistent", "transient"])


def earliest_form(survey: Survey) -> Iterator[Place]:
    """The earliestDatestamp is written in the granularity of the repository (4.2)."""
    found, form = survey.stated("earliestDatestamp"), survey.granularity
    if found is not None and form in {DAY, SECONDS} and granularity(found) != form:
        yield Place(survey.identify.where, f"an earliestDatestamp as {form}", found)


def earliest(survey: Survey) -> Iterator[Place]:
    """No record is older than the earliestDatestamp."""
    stated = survey.stated("earliestDatestamp") or ""
    for header in (header for listing in survey.listings for header in listing.headers):
        if granularity(stated) and granularity(header.datestamp) and earlier(header.datestamp, stated):
            yield Place(f"{survey.identify.where}, record {header.identifier}", f"{stated} or later", header.datestamp)


def admin_email(survey: Survey) -> Iterator[Place]:
    """Each adminEmail is an address that mail can be sent to."""
    for found in survey.identify.texts("Identify/adminEmail"):
        if not re.fullmatch(r"[^@\s:<>()]+@[^@\s<>()]+\.[^@\s.<>()]+", found):
            yield Place(survey.identify.where, "an e-mail address", found or "nothing")


def compression(survey: Survey) -> Iterator[Place]:
    """Identity is not named among the compressions: it always is one (3.1.3, 4.2)."""
    if "identity" in survey.identify.texts("Identify/compression"):
        yield Place(survey.identify.where, "compressions other than identity", "identity")


def _one_of(survey: Survey, name: str, legal: list[str]) -> Iterator[Place]:
    found = survey.stated(name)
    if found is not None and found not in legal:
        yield Place(survey.identify.where, f"{name} {' or '.join(legal)}", found or "nothing")
