"""What a search finds: hits in the order of reading, page by page, without counting what nobody asks to see.

The index gives the passages that hold all words; where in them the hits are, the question itself finds (Query.spans).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from records.database import Database
from records.search import query as queries
from records.search.passages import PLACES, SET_MARK, keys, set_word
from records.search.query import Hit, Phrase, Query

MOST_COUNTED = 1000
"""Passages with hits that are counted; how many more there are is not told."""

MOST_HITS = 20_000
"""Hits that are counted, likewise, but for those of the passage with which they become too many."""

MOST_READ = 5_000_000
"""Characters of passages that are read to count hits, likewise."""

_LAST = 2**62


class Position(NamedTuple):
    """Where a page of hits begins; it means the same on every server, and after a restart.

    Attributes:
        lines: how many lines with hits stand before it.
        passage: the key of the passage that it begins in.
        skipped: hits of that passage that stand before it.
    """

    lines: int = 0
    passage: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        """Return it as it stands in an address."""
        return "-".join(map(str, self))


BEGINNING = Position()
"""Where the first page begins."""


def position(written: str) -> Position:
    """Return the position that an address holds.

    Raises:
        ValueError: it is none.
    """
    if not re.fullmatch("[0-9]{1,18}-[0-9]{1,18}-[0-9]{1,9}", written, re.ASCII):
        raise ValueError(f"{written!r} is no page of a search; follow 'next' from its first page")
    return Position(*map(int, written.split("-")))


@dataclass(frozen=True, slots=True)
class Scope:
    """What is searched: everything, a record, or a set with all below it.

    Attributes:
        record_id: the record.
        set_id: the set.
    """

    record_id: int | None = None
    set_id: int | None = None


class Found(NamedTuple):
    """A passage with hits.

    Attributes:
        key: its key.
        words: its indexed text, marks of sets before it.
        hits: where something is found in it.
    """

    key: int
    words: str
    hits: Sequence[Hit]

    @property
    def record_id(self) -> int:
        """The record that it is of."""
        return self.key // PLACES

    @property
    def place(self) -> int:
        """Which passage of its record it is, counted from 0."""
        return self.key % PLACES

    @property
    def lines(self) -> int:
        """How many lines its hits stand on, one counted as often as there are hits on it."""
        return sum(hit.lines for hit in self.hits)

    def tokens(self, hit: Hit) -> tuple[int, int]:
        """Return the first token of a hit and the one behind its last, counted from 0 without marks of sets."""
        before = len(self.words[: hit.start].split()) - self.words.count(SET_MARK)
        return before, before + len(self.words[hit.start : hit.end].split())


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits.

    Attributes:
        found: passages, of the first and the last of which perhaps not all hits stand on this page.
        start: where the page begins.
        previous: where the page before it begins; None for the first one.
        next: where the page after it begins; None for the last one.
        hits: how many hits there are in all; None where they were not counted.
        lines: how many lines with hits there are in all, likewise.
        last: where the last page begins, if they were.
    """

    found: Sequence[Found]
    start: Position
    previous: Position | None
    next: Position | None
    hits: int | None
    lines: int | None
    last: Position | None


class Term(NamedTuple):
    """A word or a phrase that is found, and how often; None where that was not counted to the end."""

    text: str
    total: int | None


def search(database: Database, query: Query, scope: Scope, start: Position, size: int) -> Results:
    """Return a page of what is found.

    Args:
        database: the store's.
        query: what is searched for.
        scope: where.
        start: where the page begins.
        size: hits of a page.
    """
    first, whole = find(database, query, scope)
    page, following = _page((found for found in first if found.key >= start.passage), start, size)
    before: Iterable[Found] = (found for found in reversed(first) if found.key <= start.passage)
    if not whole and following is None:
        before, _ = find(database, query, scope, start=start.passage, most=size + 1, backwards=True)
        after, _ = find(database, query, scope, start=start.passage, most=size + 1)
        page, following = _page(after, start, size)
    return Results(
        found=page,
        start=start,
        previous=_before(before, start, size),
        next=following,
        hits=sum(len(found.hits) for found in first) if whole else None,
        lines=sum(found.lines for found in first) if whole else None,
        last=_last(first, size) if whole else None,
    )


def terms(database: Database, start: str, scope: Scope, *, least: int, most: int) -> list[Term]:
    """Return what begins with some words, the most frequent ones, in alphabetical order.

    Args:
        database: the store's.
        start: how the terms begin, as a reader typed it.
        scope: where they are looked for.
        least: how often a term must be found.
        most: how many terms at most.
    """
    first, whole = find(database, queries.beginning(start), scope)
    counts: Counter[str] = Counter()
    for written, count in Counter(found.words[hit.start : hit.end] for found in first for hit in found.hits).items():
        counts[queries.term(written)] += count
    often = sorted((-count, text) for text, count in counts.items() if count >= least)[:most]
    return [Term(text, count if whole else None) for text, count in sorted((text, -count) for count, text in often)]


def searchable(database: Database, scope: Scope) -> bool:
    """Whether there is anything to search."""
    parameters = {"limit": 1, **_between(scope, 0, backwards=False)}
    statement = "SELECT id FROM passages WHERE id BETWEEN :first AND :last LIMIT :limit"
    if scope.set_id is not None:
        statement = (_SQLITE if database.is_sqlite else _POSTGRESQL).format(needles="", order="")
        parameters["asked"] = (_for_fts5 if database.is_sqlite else _for_tsquery)((), scope)
    return bool(database.rows(statement, parameters))


def _page(walk: Iterable[Found], start: Position, size: int) -> tuple[list[Found], Position | None]:
    """Return the hits of a page, and where the page after it begins."""
    page: list[Found] = []
    index, left = start.lines, size
    for found in walk:
        skipped = start.skipped if found.key == start.passage else 0
        rest = found.hits[skipped : skipped + left]
        if rest:
            page.append(found._replace(hits=rest))
            index, left = index + page[-1].lines, left - len(rest)
        if len(found.hits) > skipped + len(rest):
            return page, Position(index, found.key, skipped + len(rest))
    return page, None


def _before(walk: Iterable[Found], start: Position, size: int) -> Position | None:
    """Return where the page before another begins, going back from there."""
    index, left = start.lines, size
    for found in walk:
        before = found.hits[: start.skipped] if found.key == start.passage else found.hits
        taken = before[-left:]
        index, left = index - sum(hit.lines for hit in taken), left - len(taken)
        if left == 0:
            return Position(index, found.key, len(before) - len(taken)) if index > 0 else BEGINNING
    return BEGINNING if left < size else None


def _last(counted: Sequence[Found], size: int) -> Position:
    """Return where the last page begins, of passages that were all counted."""
    skipped = max(sum(len(found.hits) for found in counted) - 1, 0) // size * size
    index = 0
    for found in counted:
        if skipped < len(found.hits):
            index += sum(hit.lines for hit in found.hits[:skipped])
            return Position(index, found.key, skipped) if index else BEGINNING
        index, skipped = index + found.lines, skipped - len(found.hits)
    return BEGINNING


def find(
    database: Database, query: Query, scope: Scope, *, most: int | None = None, start: int = 0, backwards: bool = False
) -> tuple[list[Found], bool]:
    """Return passages with hits in their order, from a key on, or back from it, and whether these are all.

    Args:
        database: the store's.
        query: what is searched for.
        scope: where.
        most: how many passages, if there are so many; None for as many as can be counted at little cost.
        start: the key to begin with.
        backwards: whether to go back from there.
    """
    if not query.phrases:
        return [], True
    parameters = {"limit": (most or MOST_COUNTED) + 1, **_between(scope, start, backwards=backwards)}
    order = " DESC" if backwards else ""
    if database.is_sqlite and scope.record_id is None:
        statement = _SQLITE.format(order=order)
        parameters["asked"] = _for_fts5(query.phrases, scope)
    else:
        needles = {f"needle{number}": _needle(phrase) for number, phrase in enumerate(_unindexed(query, scope))}
        holds = _SQLITE_HOLDS if database.is_sqlite else _POSTGRESQL_HOLDS
        written = _POSTGRESQL if scope.record_id is None else _OF_RECORD
        statement = written.format(needles="".join(holds.format(name) for name in needles), order=order)
        parameters |= {"asked": _for_tsquery(query.phrases, scope), **needles}
    return database.walk(statement, parameters, lambda rows: _read(rows, query, most))


def _read(rows: Iterable[Sequence[Any]], query: Query, most: int | None) -> tuple[list[Found], bool]:
    """Return what is found in passages, one by one, until there is enough; and whether all were read."""
    found: list[Found] = []
    hits = characters = 0
    for key, words in rows:
        much = hits >= MOST_HITS or characters >= MOST_READ
        if len(found) >= (most or MOST_COUNTED) or (much and most is None):
            return found, False
        here = query.hits(words)
        hits, characters = hits + len(here), characters + len(words)
        if here:
            found.append(Found(key, words, here))
    return found, True


def _between(scope: Scope, start: int, *, backwards: bool) -> dict[str, object]:
    """Return the first and the last key that may be found."""
    first, last = keys(scope.record_id) if scope.record_id is not None else (0, _LAST)
    return {"first": first, "last": min(start, last)} if backwards else {"first": max(start, first), "last": last}


_SQLITE = """
SELECT p.id, p.words FROM passage_words JOIN passages AS p ON p.id = passage_words.rowid
WHERE passage_words MATCH :asked AND passage_words.rowid BETWEEN :first AND :last
ORDER BY passage_words.rowid{order} LIMIT :limit
"""
_POSTGRESQL = """
WITH indexed AS MATERIALIZED (SELECT id FROM passages WHERE passage_terms(words) @@ CAST(:asked AS tsquery))
SELECT p.id, p.words
FROM (SELECT id FROM indexed WHERE id BETWEEN :first AND :last ORDER BY id{order} OFFSET 0) AS found
CROSS JOIN LATERAL (SELECT id, words FROM passages WHERE passages.id = found.id OFFSET 0) AS p
WHERE true{needles}
ORDER BY found.id{order} LIMIT :limit
"""
"""The index first, then the texts one by one until there are enough, whatever the planner thinks of a question that it
does not know."""

_OF_RECORD = """
SELECT p.id, p.words FROM passages AS p
WHERE p.id BETWEEN :first AND :last{needles}
ORDER BY p.id{order} LIMIT :limit
"""
"""One record has few passages, which lie beside one another: the index of all would be slower."""

_POSTGRESQL_HOLDS = r" AND strpos(' ' || translate(p.words, E'\n\013', '  ') || ' ', :{}) > 0"
_SQLITE_HOLDS = " AND instr(' ' || replace(replace(p.words, char(10), ' '), char(11), ' ') || ' ', :{}) > 0"
"""What the index does not tell: whether the words of a phrase stand beside one another."""


_MOST_WORDS = 50
"""Words that PostgreSQL's index is asked for; the others are looked for in what it finds."""


def _for_fts5(phrases: Sequence[Phrase], scope: Scope) -> str:
    """Return phrases in the language of FTS5: neither quotation marks nor spaces stand in their words."""
    asked = [f'"{" ".join(phrase.words)}"{" *" if phrase.open else ""}' for phrase in phrases]
    return " AND ".join([*(f'"{mark}"' for mark in _marks(scope)), *asked])


def _for_tsquery(phrases: Sequence[Phrase], scope: Scope) -> str:
    """Return the words of phrases in the language of PostgreSQL's tsquery, long ones, being rare, first."""
    whole = {word for phrase in phrases for word in (phrase.words[:-1] if phrase.open else phrase.words)}
    begun = [f"'{phrase.words[-1]}':*" for phrase in phrases if phrase.open]
    asked = [*sorted((f"'{word}'" for word in whole), key=len, reverse=True), *begun]
    return " & ".join([*(f"'{mark}'" for mark in _marks(scope)), *asked[:_MOST_WORDS]])


def _unindexed(query: Query, scope: Scope) -> list[Phrase]:
    """Return the phrases that must be looked for in texts: all where the index is not asked, or not for each word."""
    few = sum(len(phrase.words) for phrase in query.phrases) <= _MOST_WORDS
    known = few and scope.record_id is None
    return [phrase for phrase in query.phrases if len(phrase.words) > 1 or not known]


def _needle(phrase: Phrase) -> str:
    return f" {' '.join(phrase.words)}{'' if phrase.open else ' '}"


def _marks(scope: Scope) -> list[str]:
    return [] if scope.set_id is None else [set_word(scope.set_id)]
