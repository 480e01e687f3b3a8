"""Requests that must be refused, and the error that each must get (OAI-PMH 2.0, 3.6). As data."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from server.check.findings import CannotCheckError, Place
from server.check.oai_pmh.answer import Pairs
from server.check.oai_pmh.dates import DAY, earlier, granularity, moved
from server.check.oai_pmh.survey import LISTS, NothingToCheckError, Survey

NOWHERE = "dragoman-check-no-such-thing"
"""A value that no repository gives out."""


class Refusal(NamedTuple):
    """Requests that must be refused, and the code of the error."""

    error: str
    requests: Callable[[Survey], Iterable[Pairs]]


def refused(refusal: Refusal) -> Callable[[Survey], Iterator[Place]]:
    """Return the check that requests are refused as they must be."""

    def run(survey: Survey) -> Iterator[Place]:
        for asked in refusal.requests(survey):
            answer = survey.ask(*asked)
            if answer.root is None:
                raise CannotCheckError(f"{answer.where} was not answered by OAI-PMH")
            if refusal.error not in answer.error_codes:
                found = " and ".join(f"the error {code}" for code in answer.error_codes)
                yield Place(answer.where, f"the error {refusal.error}", found or "an answer without error")

    return run


def _no_verb(survey: Survey) -> list[Pairs]:
    return [[], [("metadataPrefix", survey.prefix)]]


def _illegal_verb(_survey: Survey) -> list[Pairs]:
    return [[("verb", NOWHERE)], [("verb", "identify")]]


def _repeated_verb(_survey: Survey) -> list[Pairs]:
    return [[("verb", "Identify"), ("verb", "Identify")]]


def _illegal_argument(survey: Survey) -> list[Pairs]:
    return [
        [("verb", "Identify"), ("metadataPrefix", survey.prefix)],
        [*survey.selection("ListIdentifiers"), (NOWHERE, "1")],
    ]


def _repeated_argument(survey: Survey) -> list[Pairs]:
    return [[*survey.selection(verb), ("metadataPrefix", survey.prefix)] for verb in LISTS]


def _missing_argument(survey: Survey) -> list[Pairs]:
    return [
        [("verb", "GetRecord"), ("metadataPrefix", survey.prefix)],
        [("verb", "GetRecord"), ("identifier", survey.live.identifier)],
        *([("verb", verb)] for verb in LISTS),
    ]


def _exclusive_token(survey: Survey) -> list[Pairs]:
    for page in survey.identifiers.pages:
        if page.token and page.token.text:
            return [[*survey.selection("ListIdentifiers"), ("resumptionToken", page.token.text)]]
    raise NothingToCheckError("the list is served whole: there is no token to send beside another argument")


def _from_after_until(survey: Survey) -> list[Pairs]:
    return [survey.selection(verb, **{"from": "2002-06-15", "until": "2002-06-14"}) for verb in LISTS]


def _mixed_granularity(survey: Survey) -> list[Pairs]:
    dates = {"from": "2002-06-14", "until": "2002-06-15T00:00:00Z"}
    return [survey.selection("ListIdentifiers", **dates)]


def _impossible_date(survey: Survey) -> list[Pairs]:
    wrong = ("2023-02-30", "2023-13-01", "yesterday", "2023-01-01T00:00:00+01:00")
    return [survey.selection("ListIdentifiers", **{"from": date}) for date in wrong]


def _too_fine(survey: Survey) -> list[Pairs]:
    if survey.granularity != DAY:
        raise NothingToCheckError("the granularity of the repository is the finest that there is")
    return [survey.selection("ListIdentifiers", **{"from": "2002-06-14T00:00:00Z"})]


def _invented_token(_survey: Survey) -> list[Pairs]:
    return [[("verb", verb), ("resumptionToken", NOWHERE)] for verb in LISTS]


def _unknown_format(survey: Survey) -> list[Pairs]:
    return [
        [("verb", "ListRecords"), ("metadataPrefix", NOWHERE)],
        [("verb", "GetRecord"), ("identifier", survey.live.identifier), ("metadataPrefix", NOWHERE)],
    ]


def _unknown_identifier(survey: Survey) -> list[Pairs]:
    unknown = ("identifier", f"oai:{NOWHERE}.invalid:1")
    return [
        [("verb", "GetRecord"), unknown, ("metadataPrefix", survey.prefix)],
        [("verb", "ListMetadataFormats"), unknown],
    ]


def _nothing_matches(survey: Survey) -> list[Pairs]:
    earliest = survey.stated("earliestDatestamp") or ""
    before = moved(earliest, days=-1) if granularity(earliest) == survey.granularity else None
    if any(earlier(header.datestamp, earliest) for header in survey.identifiers.headers):
        raise NothingToCheckError("there are records before the earliestDatestamp (see oai-identify-earliest)")
    if before is None:
        raise NothingToCheckError("Identify says no earliestDatestamp before which there could be nothing")
    return [survey.selection(verb, until=before) for verb in LISTS]


REFUSALS = {
    "oai-verb-missing": Refusal("badVerb", _no_verb),
    "oai-verb-illegal": Refusal("badVerb", _illegal_verb),
    "oai-verb-repeated": Refusal("badVerb", _repeated_verb),
    "oai-argument-illegal": Refusal("badArgument", _illegal_argument),
    "oai-argument-repeated": Refusal("badArgument", _repeated_argument),
    "oai-argument-missing": Refusal("badArgument", _missing_argument),
    "oai-argument-exclusive": Refusal("badArgument", _exclusive_token),
    "oai-date-span": Refusal("badArgument", _from_after_until),
    "oai-date-mixed": Refusal("badArgument", _mixed_granularity),
    "oai-date-impossible": Refusal("badArgument", _impossible_date),
    "oai-date-too-fine": Refusal("badArgument", _too_fine),
    "oai-token-invented": Refusal("badResumptionToken", _invented_token),
    "oai-format-unknown": Refusal("cannotDisseminateFormat", _unknown_format),
    "oai-identifier-unknown": Refusal("idDoesNotExist", _unknown_identifier),
    "oai-nothing-matches": Refusal("noRecordsMatch", _nothing_matches),
}
"""The requests of each rule."""
