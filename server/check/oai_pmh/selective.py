"""Harvesting by date and set (OAI-PMH 2.0, 2.7). Yields where a list has what was not asked, or lacks what was."""

from collections.abc import Iterator

from server.check.findings import Place
from server.check.oai_pmh.answer import Answer, Pairs
from server.check.oai_pmh.dates import SECONDS, earlier, granularity
from server.check.oai_pmh.survey import LISTS, NothingToCheckError, Survey


def _asked(survey: Survey, verb: str, first: str, last: str) -> Answer:
    return survey.usable(*survey.selection(verb, **{"from": first, "until": last}))


def _stamp(survey: Survey) -> str:
    """Return the datestamp that the first record that is not deleted has.

    Raises:
        NothingToCheckError: it is none.
    """
    if granularity(survey.live.datestamp) is None:
        raise NothingToCheckError(f"the datestamp of {survey.live.identifier} is none (see oai-header-datestamp)")
    return survey.live.datestamp


def exact(survey: Survey) -> Iterator[Place]:
    """From and until are inclusive: a record is found by its own datestamp (2.7.1)."""
    yield from _found(survey, _stamp(survey))


def whole_day(survey: Survey) -> Iterator[Place]:
    """Every repository understands days, and until a day holds all of that day (2.7.1, 3.3.1)."""
    if survey.granularity != SECONDS:
        raise NothingToCheckError("the granularity of the repository is the day")
    yield from _found(survey, _stamp(survey)[:10])


def _found(survey: Survey, date: str) -> Iterator[Place]:
    wanted, asked = survey.live, survey.selection("ListIdentifiers", **{"from": date, "until": date})
    first = answer = survey.ask(*asked)
    for _ in range(_PAGES):
        if wanted.identifier in {header.identifier for header in answer.headers}:
            return
        if not (answer.token and answer.token.text):
            break
        answer = survey.ask(("verb", "ListIdentifiers"), ("resumptionToken", answer.token.text))
    else:
        raise NothingToCheckError(f"more records are stamped {date} than are looked through")
    if survey.current(wanted.identifier).datestamp == wanted.datestamp:
        codes = " and ".join(f"the error {code}" for code in answer.error_codes)
        expected = f"the record {wanted.identifier}, stamped {wanted.datestamp}"
        yield Place(first.where, expected, codes or "a list without it")


_PAGES = 5
"""Pages in which a record is looked for that must be there."""


def span(survey: Survey) -> Iterator[Place]:
    """What is listed lies within the dates that were asked (2.7.1)."""
    for asked in survey.known_lists("from", "until") or _of_one_date(survey):
        answer = survey.ask(*asked)
        dates = {name: value for name, value in asked if name in {"from", "until"}}
        for header in answer.headers:
            if granularity(header.datestamp) and _outside(header.datestamp, **dates):
                expected = " ".join(("a datestamp", *(f"{name} {date}" for name, date in dates.items())))
                yield Place(f"{answer.where}, record {header.identifier}", expected, header.datestamp)


def _of_one_date(survey: Survey) -> list[Pairs]:
    date = _stamp(survey)
    return [survey.selection(verb, **{"from": date, "until": date}) for verb in LISTS]


def _outside(datestamp: str, **dates: str) -> bool:
    return earlier(datestamp, dates.get("from", "")) or ("until" in dates and earlier(dates["until"], datestamp))


def of_set(survey: Survey) -> Iterator[Place]:
    """What is listed of a set says that it is in it, or in one below (2.7.2)."""
    for asked in survey.known_lists("set") or _of_one_set(survey):
        answer, chosen = survey.usable(*asked), dict(asked)["set"]
        for header in answer.headers:
            if not any(spec == chosen or spec.startswith(f"{chosen}:") for spec in header.sets):
                found = ", ".join(header.sets) or "no setSpec"
                yield Place(f"{answer.where}, record {header.identifier}", f"{chosen}, or a set below it", found)


def _of_one_set(survey: Survey) -> list[Pairs]:
    chosen = survey.set_spec or next((spec for head in survey.identifiers.headers for spec in head.sets), None)
    if chosen is None:
        raise NothingToCheckError("no record says that it is in a set")
    return [(("verb", verb), ("metadataPrefix", survey.prefix), ("set", chosen)) for verb in LISTS]
