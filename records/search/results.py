"""What a search finds: hits in the order of reading, page by page, without counting what nobody asks to see.

The index gives the passages that hold all words; where in them the hits are, the question itself finds (Query.spans).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from records.database import Database
from records.search import query as queries
from records.search.passages import PLACES, SET_MARK, keys, set_word
from records.search.query import Hit, Query

MOST_COUNTED = 1000
"""Passages with hits that are counted; how many more there are is not told."""

_AT_ONCE = 100
"""Passages that are read from the index at once."""

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
    page, following = _page(_walk(database, query, scope, start.passage), start, size)
    counted = list(islice(_walk(database, query, scope, 0), MOST_COUNTED + 1))
    whole = len(counted) <= MOST_COUNTED
    return Results(
        found=page,
        start=start,
        previous=_before(_walk(database, query, scope, start.passage, backwards=True), start, size),
        next=following,
        hits=sum(len(found.hits) for found in counted) if whole else None,
        lines=sum(found.lines for found in counted) if whole else None,
        last=_last(counted, size) if whole else None,
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
    walked = list(islice(_walk(database, queries.beginning(start), scope, 0), MOST_COUNTED + 1))
    whole = len(walked) <= MOST_COUNTED
    hits = ((found, hit) for found in walked[:MOST_COUNTED] for hit in found.hits)
    counts = Counter(queries.term(found.words[hit.start : hit.end]) for found, hit in hits)
    often = sorted((-count, text) for text, count in counts.items() if count >= least)[:most]
    return [Term(text, count if whole else None) for text, count in sorted((text, -count) for count, text in often)]


def searchable(database: Database, scope: Scope) -> bool:
    """Whether there is anything to search."""
    first, last = keys(scope.record_id) if scope.record_id is not None else (0, _LAST)
    if scope.set_id is None:
        statement = "SELECT id FROM passages WHERE id BETWEEN :first AND :last LIMIT 1"
        return bool(database.rows(statement, {"first": first, "last": last}))
    return bool(_rows(database, [(set_word(scope.set_id), False)], [], (first, last), 1))


def _page(walk: Iterator[Found], start: Position, size: int) -> tuple[list[Found], Position | None]:
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


def _before(walk: Iterator[Found], start: Position, size: int) -> Position | None:
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


def _walk(database: Database, query: Query, scope: Scope, begin: int, *, backwards: bool = False) -> Iterator[Found]:
    """Yield the passages with hits in their order, from a key on, or back from it."""
    words = query.index_words
    if not words:
        return
    if scope.set_id is not None:
        words = [(set_word(scope.set_id), False), *words]
    first, last = keys(scope.record_id) if scope.record_id is not None else (0, _LAST)
    while first <= last:
        first, last = (first, min(begin, last)) if backwards else (max(begin, first), last)
        rows = _rows(database, words, query.needles, (first, last), _AT_ONCE, backwards=backwards)
        for key, text in rows:
            if hits := query.hits(text):
                yield Found(key, text, hits)
        if len(rows) < _AT_ONCE:
            return
        begin = rows[-1][0] + (-1 if backwards else 1)


_SQLITE = """
SELECT p.id, p.words FROM passage_words JOIN passages AS p ON p.id = passage_words.rowid
WHERE passage_words MATCH :asked AND passage_words.rowid BETWEEN :first AND :last{needles}
ORDER BY passage_words.rowid{order} LIMIT :limit
"""
_POSTGRESQL = r"""
SELECT p.id, p.words FROM passages AS p
WHERE array_to_tsvector(string_to_array(translate(p.words, E'\n\013', '  '), ' ')) @@ CAST(:asked AS tsquery)
AND p.id BETWEEN :first AND :last{needles}
ORDER BY p.id{order} LIMIT :limit
"""
_HOLDS_SQLITE = " AND instr(' ' || replace(replace(p.words, char(10), ' '), char(11), ' ') || ' ', :{}) > 0"
_HOLDS_POSTGRESQL = r" AND strpos(' ' || translate(p.words, E'\n\013', '  ') || ' ', :{}) > 0"


def _rows(
    database: Database,
    words: Sequence[tuple[str, bool]],
    needles: Sequence[str],
    between: tuple[int, int],
    limit: int,
    *,
    backwards: bool = False,
) -> list[tuple[int, str]]:
    """Return key and text of passages that hold all words, each whole or as a beginning, and all needles."""
    sqlite = database.is_sqlite
    named: Mapping[str, object] = {f"needle{number}": needle for number, needle in enumerate(needles)}
    holds = _HOLDS_SQLITE if sqlite else _HOLDS_POSTGRESQL
    statement = (_SQLITE if sqlite else _POSTGRESQL).format(
        needles="".join(holds.format(name) for name in named), order=" DESC" if backwards else ""
    )
    parameters = {"asked": _for_fts5(words) if sqlite else _for_tsquery(words), **named}
    found = database.rows(statement, parameters | {"first": between[0], "last": between[1], "limit": limit})
    return [(key, text) for key, text in found]


def _for_fts5(words: Sequence[tuple[str, bool]]) -> str:
    """Return words in the language of FTS5: neither quotation marks nor spaces stand in them."""
    return " AND ".join(f'"{word}"{" *" if beginning else ""}' for word, beginning in words)


def _for_tsquery(words: Sequence[tuple[str, bool]]) -> str:
    """Return them in the language of PostgreSQL's tsquery."""
    return " & ".join(f"'{word}'{':*' if beginning else ''}" for word, beginning in words)
