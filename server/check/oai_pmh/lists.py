"""Lists and their tokens (OAI-PMH 2.0, 3.5): nothing lost, nothing twice, and it ends. Yields where that is not so.

Records may change while we read. A list that is shortened or lengthened by that is legal, and so is a
completeListSize that was an estimate: where a change explains what was found, nothing is said.
"""

from collections.abc import Iterator
from itertools import islice

from server.check.findings import CannotCheckError, Place
from server.check.oai_pmh.answer import Header, Token
from server.check.oai_pmh.dates import SECONDS, earlier, granularity
from server.check.oai_pmh.survey import Listing, ListPage, NothingToCheckError, Survey


def _resumed(survey: Survey) -> list[tuple[ListPage, Token]]:
    """Return the pages that have a token, out of all lists.

    Raises:
        NothingToCheckError: there are none.
    """
    found = [(page, page.token) for each in survey.listings for page in each.pages if page.token is not None]
    if not found:
        raise NothingToCheckError("the list is served whole: there are no tokens")
    return found


def idempotent(survey: Survey) -> Iterator[Place]:
    """The newest token that is sent twice gets the same records, but for what has changed meanwhile (3.5.1).

    Older ones need not be good any more; so a list is begun for this.
    """
    _resumed(survey)
    for verb in ("ListIdentifiers", "ListRecords"):
        begun = survey.usable(*survey.selection(verb))
        if begun.token is None or not begun.token.text:
            continue
        once, again = (survey.usable(("verb", verb), ("resumptionToken", begun.token.text)) for _ in range(2))
        since = next(iter(begun.texts("responseDate")), "")
        gone = {header.identifier for header in once.headers} - {header.identifier for header in again.headers}
        changed = [*again.headers, *(survey.current(identifier) for identifier in sorted(gone)[:_LOOKED_UP])]
        if once.headers != again.headers and not _changed(since, changed):
            yield Place(again.where, f"the same page again: {_shown(once.headers)}", _shown(again.headers))


_LOOKED_UP = 10
"""Records of one list that are asked for, to learn whether they have changed."""


def _changed(since: str, headers: list[Header]) -> bool:
    """Whether one of these has changed, or went, since a list was begun."""
    return any(not header.datestamp or not earlier(header.datestamp, since) for header in headers)


def _shown(headers: list[Header]) -> str:
    names = [header.identifier for header in headers]
    return f"{', '.join(names[:3])}{' ...' if len(names) > 3 else ''} ({len(names)})" if names else "nothing"


def loops(survey: Survey) -> Iterator[Place]:
    """No token leads to itself: lists end."""
    _resumed(survey)
    for listing in survey.listings:
        if listing.looped is not None:
            found = f"the token {listing.looped} again: the list never ends"
            yield Place(listing.pages[-1].where, "a new token, or an empty one", found)


def closing(survey: Survey) -> Iterator[Place]:
    """The last page of a list that was given out in parts has an empty token (3.5)."""
    _resumed(survey)
    for listing in survey.listings:
        if listing.complete and len(listing.pages) > 1 and listing.pages[-1].token is None:
            yield Place(listing.pages[-1].where, "an empty resumptionToken, which closes the list", "none")


def cursor(survey: Survey) -> Iterator[Place]:
    """The cursor says how many records came before (3.5)."""
    _resumed(survey)
    for listing in survey.listings:
        before = 0
        for page in listing.pages:
            if page.token and page.token.cursor is not None and page.token.cursor != str(before):
                yield Place(page.where, f"the cursor {before}", page.token.cursor)
            before += page.count


def size(survey: Survey) -> Iterator[Place]:
    """The completeListSize is no smaller than what came of records that did not change meanwhile (3.5)."""
    for page, token in _resumed(survey):
        if token.size is not None and not (token.size.isascii() and token.size.isdigit()):
            yield Place(page.where, "a number", token.size)
    for listing in survey.listings:
        stated = listing.pages[0].token.size if listing.pages[0].token else None
        came = sum(not _changed(listing.begun, [header]) for header in listing.headers.distinct())
        if stated and stated.isascii() and stated.isdigit() and came > int(stated):
            yield Place(listing.pages[0].where, f"a completeListSize of {came} or more: so many came", stated)


def expiration(survey: Survey) -> Iterator[Place]:
    """The expirationDate of a token is a time in UTC that is not yet over (3.5)."""
    for page, token in _resumed(survey):
        if token.expires is not None and granularity(token.expires) != SECONDS:
            yield Place(page.where, f"an expirationDate as {SECONDS}", token.expires)


def repeats(survey: Survey) -> Iterator[Place]:
    """No record that did not change comes twice in a list. It is said where two readings of the list agree."""
    first, second = survey.identifiers, set(survey.records.headers.repeated())
    for header in first.headers.repeated() if second else ():
        if header not in second:
            continue
        where = f"{survey.identifiers.pages[0].where}, record {header.identifier}"
        yield Place(where, "each record once in the list", "it comes again, unchanged")


def losses(survey: Survey) -> Iterator[Place]:
    """ListIdentifiers and ListRecords list the same records, but for what has changed meanwhile (4.3, 4.5)."""
    listings = survey.identifiers, survey.records
    if any(listing.looped for listing in listings):
        raise CannotCheckError("the list never ends (see oai-token-loops)")
    if not all(listing.complete for listing in listings):
        raise NothingToCheckError(survey.unread)
    for listing, other in (listings, listings[::-1]):
        missing = (header for header in other.headers if header.identifier not in listing.headers)
        for header in islice(missing, _LOOKED_UP):
            if not _explained(survey, listings, header):
                where = f"{listing.pages[0].where}, record {header.identifier}"
                yield Place(where, f"every record that {other.verb} lists", "it is not listed")


def _explained(survey: Survey, listings: tuple[Listing, Listing], header: Header) -> bool:
    """Whether a record that one list lacks came, changed or went while we read."""
    now = survey.current(header.identifier)
    return _changed(min(each.begun for each in listings), [header, now])
