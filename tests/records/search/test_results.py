"""Searching a store: the same on both databases, in the order of reading, page by page, and only what is shown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.publish import Publication
from records.search import results
from records.search.passages import Passage
from records.search.query import asked
from records.search.results import (
    BEGINNING,
    MOST_COUNTED,
    MOST_HITS,
    Found,
    Position,
    Results,
    Scope,
    Term,
    find,
    position,
)
from records.search.tokens import words
from records.store import Store
from tests.records.search.test_tokens import TEXTS

Make = Callable[..., Publication]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, module_postgresql_url: str) -> Iterator[Sequence[Store]]:
    """Give a store on each kind of database."""
    urls = (f"sqlite:///{tmp_path_factory.mktemp('search') / 'dragoman.sqlite'}", module_postgresql_url)
    stores = [Store(url) for url in urls]
    yield stores
    for store in stores:
        store.close()


@pytest.fixture
def put(store: Store, make_publication: Make) -> Callable[..., None]:
    """Give a function that publishes a record with texts, one to a canvas."""

    def publish(identifier: str, *texts: str, **how: object) -> None:
        made = make_publication(identifier, **how)
        passages = [Passage(words(text), text.encode()) for text in texts]
        store.publish([replace(made, passages=passages)])

    return publish


def everywhere(store: Store) -> Scope:
    """Return the scope of everything."""
    found = store.scope()
    assert found
    return found


def search(
    store: Store,
    question: str,
    size: int = 100,
    start: Position = BEGINNING,
    *,
    identifier: str | None = None,
    set_spec: str | None = None,
) -> Results:
    """Return a page of what is found."""
    where = store.scope(identifier=identifier, set_spec=set_spec)
    assert where
    return store.search(asked(question), where, start, size)


def told(results: Results) -> list[tuple[int, int, str]]:
    """Return record, passage and words of all hits of a page."""
    return [
        (found.record_id, found.place, " ".join(found.words[hit.start : hit.end].split()))
        for found in results.found
        for hit in found.hits
    ]


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_both_databases_find_what_the_question_finds_in_each_text(
    both: Sequence[Store], make_publication: Make, texts: list[str], question: str
) -> None:
    """The index neither loses nor adds anything, whatever characters are stored and asked for."""
    queries = [asked(question), *(asked(text[:9]) for text in texts), *(asked(f'"{text[2:12]}"') for text in texts)]
    publication = replace(make_publication("a"), passages=[Passage(words(text)) for text in texts])
    for query in queries:
        expected = [(place, hits) for place, text in enumerate(texts) if (hits := query.hits(words(text)))]
        for store in both:
            store.publish([publication])
            results = store.search(query, everywhere(store), BEGINNING, 1000)
            assert [(found.place, list(found.hits)) for found in results.found] == expected
            assert results.hits == sum(len(hits) for _place, hits in expected)
            assert results.lines == sum(hit.lines for _place, hits in expected for hit in hits)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.integers(1, 4))
def test_pages_of_any_size_join_to_the_whole_and_lead_back(
    both: Sequence[Store], make_publication: Make, counts: list[int], size: int
) -> None:
    """No hit is lost or comes twice; each page knows the one before it, and the first knows the last."""
    texts = [" ".join(["bird of\nbird"] * count) or "nothing" for count in counts]
    publication = replace(make_publication("a"), passages=[Passage(words(text)) for text in texts])
    for store in both:
        store.publish([publication])
        whole = search(store, '"of bird" of', 1000)
        pages = [search(store, '"of bird" of', size)]
        while pages[-1].next:
            pages.append(search(store, '"of bird" of', size, pages[-1].next))
        assert [hit for page in pages for hit in told(page)] == told(whole)
        starts = [page.start for page in pages]
        assert [page.previous for page in pages] == [None, *starts[:-1]]
        assert {page.last for page in pages} == {starts[-1]}
        lines = [sum(found.lines for found in page.found) for page in pages]
        assert [page.start.lines for page in pages] == [sum(lines[:number]) for number in range(len(pages))]


def test_records_are_found_in_their_order_and_within_what_is_searched(store: Store, put: Callable[..., None]) -> None:
    """A record, a set with all below it, everything."""
    put("one", "A bird.", "No animal.", "Birds, a bird", sets=("zoo:birds",))
    put("two", "bird", sets=("museum", "zoo"))
    put("three", "the bird", "bird")
    assert told(search(store, "bird")) == [
        (1, 0, "bird"),
        (1, 2, "bird"),
        (2, 0, "bird"),
        (3, 0, "bird"),
        (3, 1, "bird"),
    ]
    assert [hit[:2] for hit in told(search(store, "bird", identifier="one"))] == [(1, 0), (1, 2)]
    for spec, expected in (
        ("zoo", [(1, 0), (1, 2), (2, 0)]),
        ("zoo:birds", [(1, 0), (1, 2)]),
        ("museum", [(2, 0)]),
    ):
        assert [hit[:2] for hit in told(search(store, "bird", set_spec=spec))] == expected
    assert (store.scope(identifier="four"), store.scope(set_spec="none")) == (None, None)


@settings(max_examples=15)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_within_a_record_both_databases_find_the_same(
    both: Sequence[Store], make_publication: Make, texts: list[str], question: str
) -> None:
    """Its passages are read without the index of all records."""
    queries = [asked(question), *(asked(text[:9]) for text in texts), *(asked(f'"{text[2:12]}"') for text in texts)]
    publication = replace(make_publication("a"), passages=[Passage(words(text)) for text in texts])
    for query in queries:
        expected = [(place, hits) for place, text in enumerate(texts) if (hits := query.hits(words(text)))]
        for store in both:
            store.publish([publication])
            scope = store.scope(identifier="a")
            assert scope
            found, whole = find(store.database, query, scope)
            assert ([(each.place, list(each.hits)) for each in found], whole) == (expected, True)


def test_one_record_is_searched_without_the_index_of_all(tmp_path: Path, make_publication: Make) -> None:
    """Which merges all words that begin as asked before it comes to the record: here it is broken, and not missed."""
    store = Store(f"sqlite:///{tmp_path / 'dragoman.sqlite'}")
    store.publish([replace(make_publication("a"), passages=[Passage("a bird")])])
    with store.database.writing() as (connection, _now):
        connection.exec_driver_sql("DELETE FROM passage_words_data")
    assert told(search(store, "b*", identifier="a")) == [(1, 0, "bird")]
    store.close()


def test_the_index_of_sqlite_knows_what_begins_with_a_letter(tmp_path: Path, make_publication: Make) -> None:
    """So that it does not go through all such words."""
    store = Store(f"sqlite:///{tmp_path / 'dragoman.sqlite'}")
    store.publish([replace(make_publication("a"), passages=[Passage("a bird")])])
    (written,) = store.database.rows("SELECT sql FROM sqlite_master WHERE name = 'passage_words'", {})[0]
    assert written.endswith("prefix='1')")
    assert told(search(store, "b*")) == [(1, 0, "bird")]
    store.close()


def test_a_search_shows_what_is_shown(store: Store, put: Callable[..., None]) -> None:
    """What is loaded anew, moves to another set, is withdrawn or comes back is found so at once."""
    put("a", "first bird", "second", sets=("zoo",))
    put("b", "bird", status="hidden")
    assert [hit[:2] for hit in told(search(store, "bird"))] == [(1, 0)]
    put("a", "first", "second bird", sets=("museum",))
    assert [hit[:2] for hit in told(search(store, "bird"))] == [(1, 1)]
    assert told(search(store, "bird", set_spec="zoo")) == []
    assert store.found_lines([2**20 + 1]) == {2**20 + 1: ("a", b"second bird")}
    put("a", status="deleted")
    assert told(search(store, "second")) == []
    assert (store.scope(identifier="a"), store.found_lines([2**20 + 1])) == (None, {})
    assert not store.searchable(everywhere(store))
    put("a", "bird", sets=("zoo",))
    assert [hit[:2] for hit in told(search(store, "bird", set_spec="zoo"))] == [(1, 0)]


def test_a_passage_without_words_takes_its_place(store: Store, put: Callable[..., None]) -> None:
    """So that the places of the others stay those of the record."""
    put("a", "***", "bird")
    assert [hit[:2] for hit in told(search(store, "bird"))] == [(1, 1)]
    assert store.searchable(everywhere(store))


def test_a_dry_run_leaves_the_index_as_it_is(store: Store, put: Callable[..., None], make_publication: Make) -> None:
    """It is written with the record, or not at all."""
    put("a", "bird")
    store.publish([replace(make_publication("a"), passages=[Passage("fish")])], dry_run=True)
    assert told(search(store, "bird"))
    assert not told(search(store, "fish"))


def test_hits_are_counted_as_far_as_that_costs_little(store: Store, put: Callable[..., None]) -> None:
    """Beyond that no number is told, but every page can be read."""
    put("a", *["bird"] * MOST_COUNTED)
    assert search(store, "bird", 900).hits == MOST_COUNTED
    put("b", "bird")
    first = search(store, "bird", 900)
    assert (first.hits, first.lines, first.last) == (None, None, None)
    assert first.next
    second = search(store, "bird", 900, first.next)
    assert (len(told(second)), second.next, second.previous) == (101, None, BEGINNING)
    assert search(store, "bird", identifier="a").hits == MOST_COUNTED


def test_few_passages_with_many_hits_are_counted_no_further(store: Store, put: Callable[..., None]) -> None:
    """Nor are they read further, by a search or to offer terms; every page can be read nonetheless."""
    put("a", *["bird " * 5000] * 30)
    everything = everywhere(store)
    found, whole = find(store.database, asked("bird"), everything)
    assert (len(found), whole) == (MOST_HITS // 5000, False)
    page = search(store, "bird", 7000)
    assert (page.hits, page.lines, page.last) == (None, None, None)
    places = [page.start]
    while page.next:
        page = search(store, "bird", 7000, page.next)
        assert page.previous == places[-1]
        places.append(page.start)
    assert len(places) == 22
    assert store.terms("bi", everything, least=1, most=9) == [Term("bird", None)]


def test_long_passages_are_read_until_they_are_many_characters(
    store: Store, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that fills the measure is the last."""
    monkeypatch.setattr(results, "MOST_READ", 20)
    put("a", *["a bird sings"] * 5)
    found, whole = find(store.database, asked("bird"), everywhere(store))
    assert (len(found), whole) == (2, False)
    assert len(told(search(store, "bird"))) == 5


def test_terms_begin_with_what_is_asked_and_are_counted(store: Store, put: Callable[..., None]) -> None:
    """The most frequent ones, in alphabetical order, in what is searched."""
    put("a", "Bird, birth; birthday bird. Green birds! 中国人民中国", sets=("zoo",))
    put("b", "biro bird")
    whole = everywhere(store)
    assert store.terms("BIR", whole, least=1, most=3) == [Term("bird", 3), Term("birds", 1), Term("biro", 1)]
    assert store.terms("bir", whole, least=2, most=9) == [Term("bird", 3)]
    assert store.terms("green b", whole, least=1, most=9) == [Term('"green birds"', 1)]
    assert store.terms("中", whole, least=1, most=9) == [Term("中国", 2)]
    zoo = store.scope(set_spec="zoo")
    assert zoo
    assert store.terms("biro", zoo, least=1, most=9) == []
    assert store.terms(" ", whole, least=1, most=9) == []


def test_terms_of_much_are_not_counted(store: Store, put: Callable[..., None]) -> None:
    """A number that is only that of the beginning would be false."""
    put("a", *["bird"] * (MOST_COUNTED + 1))
    assert store.terms("b", everywhere(store), least=1, most=9) == [Term("bird", None)]


def test_longest_passages_are_taken(store: Store, put: Callable[..., None]) -> None:
    """PostgreSQL has a limit for the different words of a row; a hundred thousand characters stay below it."""
    put("a", "".join(chr(0x4E00 + number % 20_000) + chr(0x20000 + number) for number in range(50_000)))
    assert len(told(search(store, chr(0x4E00 + 7) + chr(0x20000 + 7)))) == 1


@pytest.mark.parametrize("written", ["", "1", "1-2", "1-2-3-4", "-1-2-3", "a-b-c", "1-2-٣", "9" * 30 + "-1-1"])
def test_what_is_no_position_is_refused(written: str) -> None:
    """Nothing else comes from us."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - its words are held here
        position(written)
    assert str(raised.value) == f"{written!r} is no page of a search; follow 'next' from its first page"


@given(st.builds(Position, *[st.integers(0, 10**9 - 1)] * 3))
def test_positions_are_read_as_they_are_written(given_position: Position) -> None:
    """They mean the same on every server."""
    assert position(str(given_position)) == given_position


def test_a_position_that_is_no_longer_there_gives_what_follows(store: Store, put: Callable[..., None]) -> None:
    """A record changed between two pages: nothing breaks."""
    put("a", "bird bird bird")
    put("b", "bird")
    page = search(store, "bird", 2)
    assert page.next
    put("a", "bird")
    assert [hit[:2] for hit in told(search(store, "bird", 2, page.next))] == [(2, 0)]
    assert isinstance(page.found[0], Found)
