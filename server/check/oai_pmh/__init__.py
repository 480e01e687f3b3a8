"""Whether an OAI-PMH endpoint conforms to OAI-PMH 2.0: the tables of checks, and what runs them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from server.check.client import Client
from server.check.findings import MOST_PLACES, CannotCheckError, Finding, Place, Report, Unchecked
from server.check.oai_pmh import (
    envelope,
    identify,
    lists,
    records,
    selective,
    structure,
    transport,
    validity,
)
from server.check.oai_pmh.answer import Answer
from server.check.oai_pmh.refusals import REFUSALS, refused
from server.check.oai_pmh.saved import ONLY_SAVED, Saved
from server.check.oai_pmh.survey import Survey
from server.check.schemas import MOST_SCHEMAS, Fetch, Host, Schemas, official

EVERY_ANSWER: dict[str, Callable[[Answer, Survey], Iterator[Place]]] = {
    "oai-retry-after": envelope.retry_after,
    "oai-http-status": envelope.http_status,
    "oai-content-type": envelope.content_type,
    "oai-identity": envelope.identity,
    "oai-utf-8": envelope.utf_8,
    "oai-characters": envelope.characters,
    "oai-well-formed": envelope.well_formed,
    "oai-namespace": envelope.namespace,
    "oai-schema-location": envelope.schema_location,
    "oai-response-date": envelope.response_date,
    "oai-request-url": envelope.request_url,
    "oai-request-echo": envelope.request_echo,
    "oai-request-echo-error": envelope.error_echo,
    "oai-header-identifier": records.identifiers,
    "oai-header-datestamp": records.datestamps,
    "oai-deleted-metadata": records.deleted_metadata,
    "oai-deleted-declared": records.deleted_declared,
    "oai-record-metadata": records.has_metadata,
    "oai-record-namespace": records.declared_namespace,
}
"""What is looked at in each answer, as it comes."""

ONCE: dict[str, Callable[[Survey], Iterator[Place]]] = {
    "oai-identify-elements": identify.elements,
    "oai-identify-order": identify.order,
    "oai-identify-version": identify.protocol_version,
    "oai-identify-base-url": identify.base_url,
    "oai-identify-granularity": identify.legal_granularity,
    "oai-identify-deleted": identify.deleted_record,
    "oai-identify-earliest-form": identify.earliest_form,
    "oai-identify-earliest": identify.earliest,
    "oai-identify-email": identify.admin_email,
    "oai-identify-compression": identify.compression,
    "oai-formats-dc": structure.oai_dc,
    "oai-formats-dc-schema": structure.oai_dc_declared,
    "oai-formats-prefix": structure.prefixes,
    "oai-formats-item": structure.formats_of_item,
    "oai-sets-answer": structure.sets_answer,
    "oai-sets-spec": structure.set_specs,
    "oai-sets-unique": structure.sets_unique,
    "oai-sets-ancestors": structure.set_ancestors,
    "oai-sets-listed": structure.sets_of_headers,
    **{code: refused(refusal) for code, refusal in REFUSALS.items()},
    "oai-selective-exact": selective.exact,
    "oai-selective-day": selective.whole_day,
    "oai-selective-span": selective.span,
    "oai-selective-set": selective.of_set,
    "oai-record-same": records.same_record,
    "oai-list-repeat": lists.repeats,
    "oai-list-loss": lists.losses,
    "oai-token-idempotent": lists.idempotent,
    "oai-token-loops": lists.loops,
    "oai-token-closing": lists.closing,
    "oai-token-cursor": lists.cursor,
    "oai-token-size": lists.size,
    "oai-token-expiration": lists.expiration,
    "oai-post": transport.posted,
    "oai-gzip": transport.compressed,
}
"""What is looked at once."""

VALID: dict[str, Callable[[Answer, Survey, Schemas], Iterator[Place]]] = {
    "oai-schema-answer": validity.envelope,
    "oai-schema-description": validity.descriptions,
    "oai-schema-metadata": validity.payloads,
}
"""What is looked at in each answer as far as there are schemas."""

CODES = (*EVERY_ANSWER, *ONCE, *VALID)
"""All rules that are looked at."""

NOT_IN_SAVED = {
    *("oai-http-status", "oai-retry-after", "oai-content-type", "oai-identity", "oai-gzip", "oai-post"),
    *("oai-identify-base-url", "oai-request-echo", "oai-token-idempotent", "oai-selective-exact", "oai-selective-day"),
    *REFUSALS,
}
"""Rules that saved answers say nothing of: how they came, what was asked, and what else would be answered."""

_OF_RECORDS = [code for code in EVERY_ANSWER if code.startswith(("oai-header-", "oai-record-"))]
_OF_DELETED = [code for code in EVERY_ANSWER if code.startswith("oai-deleted-")]

_BESIDE_LISTS = 100
"""Requests that are sent at most, beside those that read the lists."""


def most_requests(sample: int | None) -> int:
    """Return how many requests a check of so many records may send: each list is read twice."""
    return _BESIDE_LISTS + (20_000 if sample is None else 2 * sample)


@dataclass
class _Judge:
    """Judges answers as they come, and remembers what it found.

    A fault against the schema of OAI-PMH is told only where no other rule says in plainer words what is wrong there.
    """

    survey: Survey
    schemas: Schemas
    passed_over: Collection[str] = ()
    findings: dict[Finding, None] = field(default_factory=dict)
    invalid: dict[Finding, None] = field(default_factory=dict)
    kept: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)
    unchecked: dict[Unchecked, None] = field(default_factory=dict)

    def see(self, answer: Answer) -> None:
        """Judge an answer."""
        for code, judge in EVERY_ANSWER.items():
            self._take(self.findings, code, partial(judge, answer, self.survey))
        for code, validate in VALID.items():
            self._take(self.invalid, code, partial(validate, answer, self.survey, self.schemas))

    def look_at_all(self) -> bool:
        """Run all checks of the survey, unless somebody stops us (Ctrl-C); return whether somebody did."""
        done = 0
        try:
            for code, check in ONCE.items():
                self._take(self.findings, code, partial(check, self.survey))
                done += 1
        except KeyboardInterrupt:
            left = list(ONCE)[done:]
            self.unchecked.update((Unchecked(code, "the check was stopped before"), None) for code in left)
        return done < len(ONCE)

    def _take(self, found: dict[Finding, None], code: str, look: Callable[[], Iterator[Place]]) -> None:
        """Take what a check finds, as far as it comes; and why it comes no further."""
        if code in self.passed_over:
            return
        try:
            for place in look():
                self._keep(found, Finding(code, *place))
        except CannotCheckError as error:
            self.unchecked[Unchecked(code, str(error))] = None

    def _keep(self, found: dict[Finding, None], finding: Finding) -> None:
        """Keep a finding once, as long as there are not too many of its rule."""
        if finding in found:
            return
        if self.kept[finding.code] < MOST_PLACES:
            self.kept[finding.code] += 1
            found[finding] = None
        else:
            self.beyond[finding.code] += 1

    def told(self) -> list[Finding]:
        """Return all findings."""
        codes = {finding.code for finding in self.findings}
        return [*self.findings, *(finding for finding in self.invalid if not validity.explained(finding.found, codes))]

    def report(self, *, stopped: bool) -> Report:
        """Return what was found of all rules, and which had no occasion."""
        survey = self.survey
        passed_over = [Unchecked(code, ONLY_SAVED) for code in CODES if code in self.passed_over]
        without = [each for each in _without_occasion(survey) if each.code not in self.passed_over]
        unchecked = list(dict.fromkeys([*self.unchecked, *passed_over, *without]))
        told = self.told()
        codes = {finding.code for finding in told}
        return Report(
            survey.url,
            CODES,
            told,
            unchecked,
            survey.client.sent,
            survey.headers.records,
            stopped=stopped,
            beyond={code: count for code, count in self.beyond.items() if code in codes},
        )


def check(survey: Survey, schemas: Schemas) -> Report:
    """Return what was found at an endpoint.

    Args:
        survey: where to look.
        schemas: where schemas are; without one the rules of VALID are not checked, and the report says so.

    Raises:
        CannotCheckError: there is no OAI-PMH 2.0, or not the format that was chosen.
    """
    judge = _Judge(survey, schemas)
    _recognise(survey.identify)
    _check_offered(survey)
    for answer in (survey.identify, survey.formats):
        judge.see(answer)
    survey.watch = judge.see
    return judge.report(stopped=judge.look_at_all())


def check_saved(saved: Saved, schemas: Schemas) -> Report:
    """Return what was found in saved answers; what would have to be asked for is not checked, and the report says so.

    Args:
        saved: the answers.
        schemas: as for `check`.
    """
    judge = _Judge(saved, schemas, NOT_IN_SAVED)
    for answer in saved.answers():
        judge.see(answer)
    return judge.report(stopped=judge.look_at_all())


def _without_occasion(survey: Survey) -> Iterator[Unchecked]:
    """Yield the rules that no answer gave an occasion to try."""
    if not survey.client.refused:
        yield Unchecked("oai-retry-after", "no request was told to come back later")
    if not survey.headers.records:
        yield from (Unchecked(code, "no list gave a record") for code in _OF_RECORDS)
    if not survey.headers.deleted:
        yield from (Unchecked(code, "no list gave a deleted record") for code in _OF_DELETED)


def check_endpoint(
    client: Client, url: str, *, prefix: str, set_spec: str | None, sample: int | None, schemas: Path | None
) -> Report:
    """Return what was found at an endpoint, fetching it by HTTP.

    Args:
        client: sends the requests.
        url: its base URL.
        prefix: the format whose records are looked at.
        set_spec: the set whose records are looked at; None for all.
        sample: how many records are looked at; None for all.
        schemas: the folder of the official schemas; None to fetch them from their publishers.

    Raises:
        CannotCheckError: there is no OAI-PMH 2.0, or the folder has no catalog.
    """
    survey = Survey(client, url, prefix, set_spec, sample)
    return check(survey, Schemas(Host(url, client.fetch), official(schemas, publishers(client))))


def check_place(fetch: Fetch, place: Path, *, prefix: str, set_spec: str | None, schemas: Path | None) -> Report:
    """Return what was found in saved answers, in a file or a folder.

    Args:
        fetch: gets schemas from their publishers; the endpoint is not asked.
        place: where the answers are.
        prefix: the format whose lists are compared with each other.
        set_spec: the set of these; None for all.
        schemas: the folder of the official schemas; None to fetch them from their publishers.

    Raises:
        CannotCheckError: there are no answers of OAI-PMH 2.0, or the folder of schemas has no catalog.
    """
    return check_saved(Saved(place, prefix, set_spec), Schemas(official(schemas, fetch)))


def publishers(client: Client) -> Fetch:
    """Return what gets schemas from their publishers, as politely as a client, beside its limit of requests."""
    return Client(MOST_SCHEMAS, client.pause, allow_private=client.allow_private).fetch


def _recognise(answer: Answer) -> None:
    if answer.root is None or not answer.elements("Identify"):
        what = answer.root_name or f"no XML ({answer.fetched.headers.get('content-type', 'without Content-Type')})"
        raise CannotCheckError(
            "there is neither OAI-PMH 2.0 nor a IIIF document at this address: Identify was answered with HTTP status "
            f"{answer.fetched.status} and {what}; give the base URL of the endpoint, or the address of the document"
        )


def _check_offered(survey: Survey) -> None:
    """Refuse a format that is not there. That oai_dc is missing is a finding."""
    offered = [prefix for prefix, _namespace, _schema in structure.declared(survey)]
    if offered and survey.prefix not in (*offered, "oai_dc"):
        raise CannotCheckError(f"the endpoint has no format {survey.prefix}; choose one of {', '.join(offered)}")
