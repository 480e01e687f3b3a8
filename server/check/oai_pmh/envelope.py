"""What each answer must be, whatever was asked (OAI-PMH 2.0, 3.1.2, 3.2 and 3.3). Yields where it is not."""

from collections.abc import Iterator

from mappings.namespaces import OAI, SCHEMAS
from server.check.findings import Place
from server.check.oai_pmh.answer import Answer, locations
from server.check.oai_pmh.dates import SECONDS, granularity
from server.check.oai_pmh.survey import Survey

ECHO_NOTHING = {"badVerb", "badArgument"}


def retry_after(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """A 503 says when to come back (3.1.2.2)."""
    if None in answer.fetched.refusals:
        yield Place(answer.where, "a Retry-After with status 503", "status 503 without one")


def http_status(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """What OAI-PMH says, errors too, comes with HTTP status 200 (3.1.2.2, 3.6)."""
    if answer.fetched.status != 200:
        yield Place(answer.where, "HTTP status 200", str(answer.fetched.status))


def content_type(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """The Content-Type is text/xml (3.1.2.1)."""
    stated = answer.fetched.headers.get("content-type", "")
    if answer.fetched.status == 200 and stated.partition(";")[0].strip().lower() != "text/xml":
        yield Place(answer.where, "text/xml", stated or "no Content-Type")


def identity(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """Nothing is compressed for who does not ask for it (3.1.3)."""
    stated = answer.fetched.headers.get("content-encoding", "identity").lower()
    if stated not in {"identity", answer.accepted}:
        yield Place(answer.where, f"the encoding that was asked for: {answer.accepted}", stated)


def characters(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """No character stands in it that XML does not allow (XML 1.0, 2.2)."""
    if answer.syntax_problem and answer.illegal_character and answer.fetched.status == 200:
        yield Place(answer.where, "characters that XML 1.0 allows", answer.illegal_character)


def well_formed(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """It is well-formed XML (3.2)."""
    known = answer.illegal_character or not _is_utf_8(answer)
    if answer.syntax_problem and not known and answer.fetched.status == 200:
        yield Place(answer.where, "well-formed XML", answer.syntax_problem)


def utf_8(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """It is encoded in UTF-8 (3.2)."""
    if answer.fetched.status == 200 and not _is_utf_8(answer):
        found = answer.encoding if answer.encoding != "utf-8" else "bytes that are no UTF-8"
        yield Place(answer.where, "UTF-8", found)


def _is_utf_8(answer: Answer) -> bool:
    try:
        answer.fetched.body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return answer.encoding in {"utf-8", "us-ascii"}


def namespace(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """Its root element is OAI-PMH, in the namespace of version 2.0 (3.2)."""
    if answer.root_name is not None and answer.root is None and answer.fetched.status == 200:
        yield Place(answer.where, f"{{{OAI}}}OAI-PMH", answer.root_name)


def schema_location(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """Its root element names the schema of OAI-PMH (3.2)."""
    if answer.root is None:
        return
    found = locations(answer.root)
    if found.get(OAI, "").replace("https:", "http:") != SCHEMAS[OAI]:
        yield Place(answer.where, f"{OAI} {SCHEMAS[OAI]}", " ".join(sum(found.items(), ())) or "none")


def response_date(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """Its responseDate is a time in UTC, to the second (3.2, 3.3)."""
    for found in (answer.texts("responseDate") or ["none"]) if answer.root is not None else []:
        if granularity(found) != SECONDS:
            yield Place(answer.where, f"a time as {SECONDS}", found)


def request_url(answer: Answer, survey: Survey) -> Iterator[Place]:
    """Its request element holds the base URL (3.2)."""
    base = survey.stated("baseURL")
    for found in (answer.texts("request") or ["none"]) if answer.root is not None and base else []:
        if found != base:
            yield Place(answer.where, str(base), found)


def request_echo(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """The attributes of its request element are the arguments that were sent; of an error, none that was not (3.2)."""
    if answer.root is not None and not ECHO_NOTHING & set(answer.error_codes):
        sent = dict(answer.asked)
        for element in answer.elements("request"):
            found = {str(name): str(value) for name, value in element.attrib.items()}
            if found != sent and not (answer.error_codes and found.items() <= sent.items()):
                yield Place(answer.where, _shown(sent), _shown(found))


def error_echo(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """The request element of badVerb and badArgument has no attributes (3.2)."""
    if ECHO_NOTHING & set(answer.error_codes):
        for element in answer.elements("request"):
            if element.attrib:
                yield Place(answer.where, "no attributes", _shown({str(k): str(v) for k, v in element.attrib.items()}))


def _shown(arguments: dict[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in sorted(arguments.items())) or "no attributes"
