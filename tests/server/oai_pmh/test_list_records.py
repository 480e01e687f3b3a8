"""ListRecords: pages that join to the whole list, deletions that are told, sets that hold what is below them."""

from collections.abc import Callable, Iterator

import pytest
from lxml import etree

from records.model import Record
from records.store import Store
from server.config import Config
from server.library import Library

Ask = Callable[..., etree._Element]
Publish = Callable[..., object]
Local = Callable[[etree._Element], list[str]]
Token = Callable[[etree._Element], etree._Element | None]

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def resize(library: Library, page_size: int) -> None:
    """Give the running application another page size."""
    config = library.config.model_copy(update={"page_size": page_size})
    object.__setattr__(library, "config", config)


def pages(ask: Ask, token: Token, verb: str = "ListRecords", **arguments: str) -> Iterator[etree._Element]:
    """Yield the pages of a list to its end."""
    page = ask(verb, **arguments)
    yield page
    while (found := token(page)) is not None and found.text:
        page = ask(verb, resumptionToken=found.text)
        yield page


def many(make_record: Callable[..., Record], count: int, **fields: object) -> list[Record]:
    """Return records r1, r2 ... in their order."""
    return [make_record(f"r{number}", **fields) for number in range(1, count + 1)]


@pytest.mark.parametrize("page_size", range(1, 9))
def test_pages_of_any_size_join_to_the_whole_list(
    ask: Ask,
    token: Token,
    publish: Publish,
    library: Library,
    make_record: Callable[..., Record],
    local_identifiers: Local,
    page_size: int,
) -> None:
    """Seven records come once each and in order; sizes and cursors are true; the last page closes the list (3.5)."""
    publish(*many(make_record, 7))
    resize(library, page_size)
    found = list(pages(ask, token, metadataPrefix="oai_dc"))
    assert [name for page in found for name in local_identifiers(page)] == [f"r{number}" for number in range(1, 8)]
    tokens = [token(page) for page in found]
    if page_size >= 7:
        assert tokens == [None]
        return
    assert [dict(element.attrib) for element in tokens if element is not None] == [
        {"completeListSize": "7", "cursor": str(cursor)} for cursor in range(0, 7, page_size)
    ]
    assert [bool(element is not None and element.text) for element in tokens] == [True] * (len(found) - 1) + [False]


def test_a_list_that_fills_its_page_exactly_has_no_token(
    ask: Ask, token: Token, publish: Publish, make_record: Callable[..., Record]
) -> None:
    """Three records on pages of three: a list served whole, without a token (3.5)."""
    publish(*many(make_record, 3))
    assert token(ask("ListRecords", metadataPrefix="oai_dc")) is None


def test_exact_multiples_of_the_page_size_end_with_a_full_page(
    ask: Ask, token: Token, publish: Publish, make_record: Callable[..., Record], local_identifiers: Local
) -> None:
    """Six records on pages of three are two pages, and no empty third."""
    publish(*many(make_record, 6))
    assert [len(local_identifiers(page)) for page in pages(ask, token, metadataPrefix="mods")] == [3, 3]


def test_a_set_holds_what_is_below_it(
    ask: Ask, publish: Publish, make_record: Callable[..., Record], local_identifiers: Local
) -> None:
    """set=a returns a:b, and neither ab nor what stands in no set (2.6)."""
    publish(
        make_record("in-a", collections=["a"]),
        make_record("in-a-b", collections=["a:b"]),
        make_record("in-ab", collections=["ab"]),
        make_record("in-none"),
    )
    assert local_identifiers(ask("ListRecords", metadataPrefix="oai_dc", set="a")) == ["in-a", "in-a-b"]
    assert local_identifiers(ask("ListRecords", metadataPrefix="oai_dc", set="a:b")) == ["in-a-b"]


def test_a_header_names_the_sets_that_a_record_states(
    ask: Ask, publish: Publish, make_record: Callable[..., Record], texts: Callable[[etree._Element, str], list[str]]
) -> None:
    """Sets above follow from the set's spec and are not repeated (2.5)."""
    publish(make_record("r", collections=["a:b", "c"]))
    assert texts(ask("ListRecords", metadataPrefix="oai_dc"), "setSpec") == ["a:b", "c"]


def test_a_deleted_record_stays_in_its_sets_and_formats(
    ask: Ask,
    publish: Publish,
    remove: Callable[..., None],
    make_record: Callable[..., Record],
    local_identifiers: Local,
) -> None:
    """A deletion is told in each format and set where the record stood, without metadata (2.5.1)."""
    publish(make_record("r", collections=["a:b"]))
    remove("r")
    for prefix in ("oai_dc", "mods"):
        for spec in ("a", "a:b"):
            page = ask("ListRecords", metadataPrefix=prefix, set=spec)
            assert [element.get("status") for element in page.iter(f"{OAI}header")] == ["deleted"]
            assert list(page.iter(f"{OAI}metadata")) == []
            assert local_identifiers(page) == ["r"]


def test_a_record_that_comes_back_is_listed_again(
    ask: Ask, publish: Publish, remove: Callable[..., None], make_record: Callable[..., Record]
) -> None:
    """Loading a deleted identifier undoes the deletion."""
    publish(make_record("r"))
    remove("r")
    publish(make_record("r"))
    page = ask("ListRecords", metadataPrefix="oai_dc")
    assert [element.get("status") for element in page.iter(f"{OAI}header")] == [None]


def test_a_hidden_record_is_told_to_nobody(
    ask: Ask, publish: Publish, make_record: Callable[..., Record], errors: Callable[..., list[tuple[str, str]]]
) -> None:
    """What never was shown is neither listed nor told as deleted."""
    publish(make_record("r", visibility="hidden"), make_record("s", embargoed_until="9999-12-31"))
    assert errors(ask("ListRecords", metadataPrefix="oai_dc")) == [
        ("noRecordsMatch", "no record matches these arguments")
    ]
    assert errors(ask("GetRecord", metadataPrefix="oai_dc", identifier="oai:archive.example.org:r")) == [
        ("idDoesNotExist", "identifier: 'oai:archive.example.org:r' is not known here")
    ]


def test_what_changed_meanwhile_comes_before_the_list_ends(
    ask: Ask, token: Token, publish: Publish, make_record: Callable[..., Record], local_identifiers: Local
) -> None:
    """A record that changes behind the cursor of a list without `until` comes again at its end."""
    publish(*many(make_record, 5))
    walk = pages(ask, token, metadataPrefix="oai_dc")
    first = next(walk)
    publish(make_record("r2", abstracts=[{"text": "new"}]), make_record("r6"))
    rest = [name for page in walk for name in local_identifiers(page)]
    assert local_identifiers(first) == ["r1", "r2", "r3"]
    assert rest == ["r4", "r5", "r2", "r6"]


def test_a_page_is_never_empty(
    ask: Ask,
    token: Token,
    publish: Publish,
    store: Store,
    make_record: Callable[..., Record],
    local_identifiers: Local,
) -> None:
    """Where all that was left has moved out of the span, the last record is served once more, and the list closed."""
    publish(*many(make_record, 5))
    until = store.time()
    while store.time() == until:
        pass
    span = {"until": ask("Identify").findtext(f".//{OAI}earliestDatestamp") or ""}
    first = ask("ListRecords", metadataPrefix="oai_dc", **span)
    publish(*[make_record(f"r{number}", abstracts=[{"text": "new"}]) for number in (4, 5)])
    found = token(first)
    assert found is not None
    last = ask("ListRecords", resumptionToken=str(found.text))
    closing = token(last)
    assert local_identifiers(last) == ["r3"]
    assert closing is not None
    assert (closing.text, dict(closing.attrib)) == (None, {"completeListSize": "5", "cursor": "3"})


def test_a_token_outlives_the_server(
    ask: Ask,
    token: Token,
    publish: Publish,
    config: Config,
    make_record: Callable[..., Record],
    checked: Callable[[bytes], etree._Element],
    local_identifiers: Local,
) -> None:
    """A token means the same to another process with the same store, whenever it comes, and any number of times."""
    from server.application import create_app

    publish(*many(make_record, 4))
    found = token(ask("ListRecords", metadataPrefix="oai_dc"))
    assert found is not None
    replica = create_app(config).test_client()
    for _ in range(2):
        answer = replica.get("/oai", query_string={"verb": "ListRecords", "resumptionToken": found.text})
        assert local_identifiers(checked(answer.data)) == ["r4"]


def test_from_and_until_include_their_bounds(
    ask: Ask,
    publish: Publish,
    store: Store,
    make_record: Callable[..., Record],
    local_identifiers: Local,
    texts: Callable[[etree._Element, str], list[str]],
    errors: Callable[..., list[tuple[str, str]]],
) -> None:
    """A record is in the span that begins and ends with its own datestamp, by second and by day (3.3)."""
    publish(make_record("r1"))
    moment = store.time()
    while store.time() == moment:
        pass
    publish(make_record("r2"))
    first, second = texts(ask("ListIdentifiers", metadataPrefix="oai_dc"), "datestamp")
    assert first < second
    spans = {
        (first, first): ["r1"],
        (second, second): ["r2"],
        (first, second): ["r1", "r2"],
        (first[:10], second[:10]): ["r1", "r2"],
    }
    for (start, until), expected in spans.items():
        page = ask("ListRecords", metadataPrefix="oai_dc", from_=start, until=until)
        assert local_identifiers(page) == expected
    for span in ({"until": "1999-12-31"}, {"from_": "9999-12-31"}):
        assert errors(ask("ListRecords", metadataPrefix="oai_dc", **span)) == [
            ("noRecordsMatch", "no record matches these arguments")
        ]


def test_a_set_that_is_not_there_is_named(
    ask: Ask, publish: Publish, make_record: Callable[..., Record], errors: Callable[..., list[tuple[str, str]]]
) -> None:
    """A harvester that mistypes a set learns it."""
    publish(make_record("r"))
    assert errors(ask("ListRecords", metadataPrefix="oai_dc", set="x")) == [
        ("noSetHierarchy", "this repository holds no sets yet")
    ]
    publish(make_record("r", collections=["a"]))
    assert errors(ask("ListRecords", metadataPrefix="oai_dc", set="x")) == [
        ("noRecordsMatch", "set: 'x' is no set of this repository; see ListSets")
    ]


def test_a_token_of_a_store_that_was_made_anew(
    ask: Ask,
    publish: Publish,
    make_record: Callable[..., Record],
    errors: Callable[..., list[tuple[str, str]]],
) -> None:
    """A token that points behind everything that this store ever held asks to begin again."""
    from records.store import Selection
    from server.oai_pmh.resumption_token import ResumptionToken

    publish(make_record("r"))
    foreign = ResumptionToken("ListRecords", Selection("oai_dc"), 1000, 3, 9)
    assert errors(ask("ListRecords", resumptionToken=str(foreign))) == [
        ("badResumptionToken", "resumptionToken: the store was made anew; begin the list again")
    ]
