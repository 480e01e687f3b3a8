"""Search over HTTP: what is found and where it stands, in both versions, for each scope, for any bytes."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from records.model import Collection, Record
from server.iiif import search
from server.library import Library

Make = Callable[..., Record]
Publish = Callable[..., object]
Letter = Callable[..., Record]

HOST = "http://127.0.0.1:8000"
BASE = f"{HOST}/iiif"
CONTEXT = "http://iiif.io/api/search/2/context.json"


def ask(client: FlaskClient, address: str, **arguments: str) -> Any:  # noqa: ANN401 - JSON
    """Return an answer, which is what it says it is."""
    response = client.get(f"/iiif{address}", query_string=arguments)
    assert (response.status_code, response.content_type) == (200, "application/json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.get_json()


def scan(words: str, box: tuple[int, int] | None = (10, 20)) -> dict[str, Any]:
    """Return the text of a page, whose words stand beside one another."""
    boxes = (
        [
            {"text": word, "x": box[0] * at, "y": box[1], "width": 9, "height": 12}
            for at, word in enumerate(words.split())
        ]
        if box
        else []
    )
    return {"content": words, "words": boxes}


def pages(count: int) -> list[dict[str, Any]]:
    """Return page images."""
    return [{"image": f"https://example.org/{number}.jpg", "width": 600, "height": 900} for number in range(count)]


@pytest.fixture
def book(publish: Publish, make_record: Make) -> Record:
    """Publish a record with two scans, recognised text, a translation without boxes and a text as a whole."""
    record = make_record(
        "book",
        pages=pages(2),
        texts=[
            {"language": "en", "pages": [{"page": 1, **scan("The bird sings")}, {"page": 2, **scan("a Bird flies")}]},
            {"kind": "translation", "language": "de", "pages": [{"page": 2, **scan("Der Bird fliegt", None)}]},
            {"kind": "paraphrase", "content": "All of it is about a bird.\nAnd more."},
        ],
    )
    publish(record)
    return record


def targets(answer: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return where the hits of version 2 stand, without the address."""
    return [item["target"].removeprefix(f"{BASE}/") for item in answer["items"]]


def test_words_of_scans_are_found_on_their_boxes_in_the_order_of_reading(client: FlaskClient, book: Record) -> None:
    """Canvas by canvas; without a box on all of the canvas, a text that is stated as a whole on the first one."""
    assert book
    assert targets(ask(client, "/book/search/2", q="bird")) == [
        "book/canvas/1#xywh=10,20,9,12",
        "book/canvas/1#xywh=0,0,600,900",
        "book/canvas/2#xywh=10,20,9,12",
        "book/canvas/2#xywh=0,0,600,900",
    ]


def test_a_hit_is_an_annotation_with_what_stands_around_it(client: FlaskClient, book: Record) -> None:
    """Version 2: supplementing, and contextualizing with a quotation (Content Search 2.0, 4.2 and 4.3.1)."""
    assert book
    name = f"{BASE}/book/canvas/1/text/0/4-14"
    assert ask(client, "/book/search/2", q='"bird sings"') == {
        "@context": CONTEXT,
        "id": f"{BASE}/book/search/2?q=%22bird+sings%22",
        "type": "AnnotationPage",
        "items": [
            {
                "id": name,
                "type": "Annotation",
                "motivation": "supplementing",
                "body": {"type": "TextualBody", "value": "bird sings", "format": "text/plain", "language": "en"},
                "target": f"{BASE}/book/canvas/1#xywh=10,20,19,12",
            }
        ],
        "annotations": [
            {
                "type": "AnnotationPage",
                "items": [
                    {
                        "id": f"{name}/context",
                        "type": "Annotation",
                        "motivation": "contextualizing",
                        "target": {
                            "type": "SpecificResource",
                            "source": name,
                            "selector": [{"type": "TextQuoteSelector", "prefix": "The ", "exact": "bird sings"}],
                        },
                    }
                ],
            }
        ],
    }


def test_version_1_says_it_with_hits(client: FlaskClient, book: Record) -> None:
    """Mirador and Universal Viewer read this (Content Search 1.0, 3.4)."""
    assert book
    name = f"{BASE}/book/canvas/1/text/0/4-14"
    address = f"{BASE}/book/search/1?q=%22bird+sings%22"
    assert ask(client, "/book/search/1", q='"bird sings"') == {
        "@context": ["http://iiif.io/api/presentation/2/context.json", "http://iiif.io/api/search/1/context.json"],
        "@id": address,
        "@type": "sc:AnnotationList",
        "within": {
            "@type": "sc:Layer",
            "total": 1,
            "first": f"{address}&page=0-0-0",
            "last": f"{address}&page=0-0-0",
        },
        "startIndex": 0,
        "resources": [
            {
                "@id": name,
                "@type": "oa:Annotation",
                "motivation": "sc:painting",
                "resource": {
                    "@type": "cnt:ContentAsText",
                    "format": "text/plain",
                    "chars": "bird sings",
                    "language": "en",
                },
                "on": f"{BASE}/book/canvas/1#xywh=10,20,19,12",
            }
        ],
        "hits": [{"@type": "search:Hit", "annotations": [name], "match": "bird sings", "before": "The ", "after": ""}],
    }


def test_a_hit_on_two_lines_has_an_annotation_for_each(client: FlaskClient, letter: Letter) -> None:
    """A phrase and a divided word; both lines belong to one hit."""
    letter(texts=[{"content": "Sent by\nthe tele-\ngram office"}])
    two = ask(client, "/letter-1/search/2", q='"by the telegram"')
    assert [item["body"]["value"] for item in two["items"]] == ["by", "the tele-", "gram"]
    (context,) = two["annotations"][0]["items"]
    assert [target["source"] for target in context["target"]] == [item["id"] for item in two["items"]]
    quoted = [target["selector"][0] for target in context["target"]]
    assert [(each.get("prefix"), each["exact"], each.get("suffix")) for each in quoted] == [
        ("Sent ", "by", None),
        (None, "the tele-", None),
        (None, "gram", " office"),
    ]
    one = ask(client, "/letter-1/search/1", q='"by the telegram"')
    (hit,) = one["hits"]
    assert (hit["match"], hit["before"], hit["after"]) == ("by the telegram", "Sent ", " office")
    assert hit["annotations"] == [each["@id"] for each in one["resources"]]
    assert one["within"]["total"] == 1


@pytest.mark.parametrize(
    ("content", "question", "value"),
    [
        ("我在平壤会谈", "会谈", "会谈"),
        ("كَتَبَ السفير", "كتب", "كَتَبَ"),
        ("Хрущёв писал", "хрущев", "Хрущёв"),
        ("Tiếng Việt", "viet", "Việt"),
        ("전보를 보냈다", "전보", "전보"),
    ],
)
def test_words_of_every_script_are_found_on_typeset_pages(
    client: FlaskClient, letter: Letter, content: str, question: str, value: str
) -> None:
    """As they stand there, with their box."""
    letter(texts=[{"content": content}])
    (item,) = ask(client, "/letter-1/search/2", q=question)["items"]
    assert item["body"]["value"] == value
    assert item["target"].startswith(f"{BASE}/letter-1/canvas/1#xywh=")


def test_a_collection_is_searched_with_all_below_it(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """Each hit says of which manifest its canvas is part (Content Search 2.0, 4.2.3)."""
    text = [{"content": "A bird."}]
    collections = [Collection(spec="zoo", title="Zoo")]
    publish(
        make_record("one", collections=["zoo:birds"], texts=text, titles=[{"text": "One", "language": "en"}]),
        make_record("two", collections=["zoo"], texts=text),
        make_record("three", texts=text),
        collections=collections,
    )
    found = ask(client, "/collection/zoo/search/2", q="bird")["items"]
    assert [item["target"]["partOf"] for item in found] == [
        {"id": f"{BASE}/one/manifest.json", "type": "Manifest", "label": {"en": ["One"]}},
        {"id": f"{BASE}/two/manifest.json", "type": "Manifest", "label": {"none": ["Title of two"]}},
    ]
    assert found[0]["target"]["id"].startswith(f"{BASE}/one/canvas/1#xywh=")
    first = ask(client, "/collection/zoo/search/1", q="bird")["resources"][0]
    assert first["on"]["within"] == {"@id": f"{BASE}/one/manifest.json", "@type": "sc:Manifest", "label": "One"}
    assert len(ask(client, "/search/2", q="bird")["items"]) == 3
    assert [item["value"] for item in ask(client, "/collection/zoo/autocomplete/2", q="b")["items"]] == ["bird"]


def read(client: FlaskClient, address: str) -> Iterator[Any]:
    """Yield all pages of an answer, by their links."""
    while True:
        page = client.get(address.removeprefix(HOST)).get_json()
        yield page
        following = page.get("next")
        if following is None:
            return
        address = following if isinstance(following, str) else following["id"]


@pytest.mark.parametrize("version", ["1", "2"])
def test_long_answers_are_read_page_by_page(
    client: FlaskClient, letter: Letter, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """Addresses alone lead on and back; the number of all is told (Content Search 2.0, 4.2.2)."""
    monkeypatch.setattr(search, "HITS", 2)
    letter(texts=[{"content": "bird bird\nbird bird\nbird"}])
    found = list(read(client, f"{BASE}/letter-1/search/{version}?q=bird"))
    assert [len(page.get("resources", page.get("items"))) for page in found] == [2, 2, 1]
    assert [page["startIndex"] for page in found] == [0, 2, 4]
    names = [page.get("@id", page.get("id")) for page in found]
    before = [page.get("prev") for page in found]
    assert [each if isinstance(each, str) or each is None else each["id"] for each in before] == [None, *names[:-1]]
    whole = found[0].get("within", found[0].get("partOf"))
    first, last = (whole[name] if version == "1" else whole[name]["id"] for name in ("first", "last"))
    assert (whole["total"], first, last) == (5, names[0], names[-1])
    if version == "2":
        assert whole["id"] == f"{BASE}/letter-1/search/2?q=bird"


def test_what_is_not_obeyed_is_said(client: FlaskClient, letter: Letter) -> None:
    """And left out of the address (Content Search 2.0, 4.2.4; 1.0, 3.4.1)."""
    letter()
    arguments = {"q": "friend", "user": "https://example.org/me", "date": "x"}
    two = ask(client, "/letter-1/search/2", **arguments)
    assert (two["ignored"], two["id"]) == (["user", "date"], f"{BASE}/letter-1/search/2?q=friend")
    assert ask(client, "/letter-1/search/1", **arguments)["within"]["ignored"] == ["user", "date"]
    assert ask(client, "/letter-1/autocomplete/2", **arguments)["ignored"] == ["user", "date"]
    assert ask(client, "/letter-1/autocomplete/1", **arguments)["ignored"] == ["user", "date"]


@pytest.mark.parametrize(
    ("version", "motivation", "count"),
    [
        ("2", "", 1),
        ("2", "supplementing", 1),
        ("2", "commenting supplementing", 1),
        ("2", "contextualizing", 1),
        ("2", "painting", 0),
        ("1", "painting", 1),
        ("1", "sc:painting", 1),
        ("1", "non-painting", 0),
    ],
)
def test_annotations_for_other_purposes_are_not_there(
    client: FlaskClient, letter: Letter, version: str, motivation: str, count: int
) -> None:
    """The text of a page is supplementing; in version 1 it is painted (Content Search 2.0, 4.1.1)."""
    letter()
    answer = ask(client, f"/letter-1/search/{version}", q="friend", motivation=motivation)
    assert len(answer.get("items", answer.get("resources"))) == count


def test_terms_are_offered_in_both_versions(client: FlaskClient, letter: Letter) -> None:
    """TermPage (Content Search 2.0, 5.2) and TermList (1.0, 4.3)."""
    letter(texts=[{"content": "A fine friend, dear friends; friend!"}])
    address = f"{BASE}/letter-1/autocomplete"
    assert ask(client, "/letter-1/autocomplete/2", q="fri", min="2") == {
        "@context": CONTEXT,
        "id": f"{address}/2?q=fri&min=2",
        "type": "TermPage",
        "items": [{"value": "friend", "total": 2}],
    }
    searched = f"{BASE}/letter-1/search/1?q="
    assert ask(client, "/letter-1/autocomplete/1", q="fine f") == {
        "@context": "http://iiif.io/api/search/1/context.json",
        "@id": f"{address}/1?q=fine+f",
        "@type": "search:TermList",
        "terms": [{"match": '"fine friend"', "url": f"{searched}%22fine+friend%22", "count": 1}],
    }
    for term in ask(client, "/letter-1/autocomplete/1", q="f")["terms"]:
        found = client.get(term["url"].removeprefix(HOST)).get_json()
        assert len(found["hits"]) == term["count"]


@pytest.mark.parametrize("question", ["", "?!", "absent"])
def test_nothing_found_is_an_answer(client: FlaskClient, letter: Letter, question: str) -> None:
    """So is nothing asked."""
    letter()
    answer = ask(client, "/letter-1/search/2", q=question)
    assert (answer["items"], "annotations" in answer, "partOf" in answer) == ([], False, False)
    assert ask(client, "/letter-1/search/1", q=question)["resources"] == []
    assert ask(client, "/letter-1/autocomplete/2", q=question)["items"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"q": "x" * 501}, "q has 501 characters; ask for 500 at most"),
        (
            {"q": " ".join(f"w{number}*" for number in range(33))},
            "q has 33 different words; ask for 32 at most, or for a phrase",
        ),
        ({"q": "x", "page": "2"}, "'2' is no page of a search; follow 'next' from its first page"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    client: FlaskClient, letter: Letter, arguments: dict[str, str], message: str
) -> None:
    """With what to do."""
    letter()
    response = client.get("/iiif/letter-1/search/2", query_string=arguments)
    assert (response.status_code, response.get_json()) == (400, {"error": message})


def test_min_must_be_a_number(client: FlaskClient, letter: Letter) -> None:
    """Else nothing is counted."""
    letter()
    response = client.get("/iiif/letter-1/autocomplete/2?q=f&min=two")
    assert (response.status_code, response.get_json()) == (400, {"error": "min is 'two'; write a number such as 2"})


def test_what_is_not_there_and_what_was_withdrawn_is_told_apart(
    client: FlaskClient, letter: Letter, remove: Callable[..., None]
) -> None:
    """404 and 410, as the manifest answers."""
    letter()
    remove("letter-1")
    addresses = ("/letter-1/search/2", "/none/search/2", "/collection/none/autocomplete/1", "/letter-1/search/3")
    assert [client.get(f"/iiif{address}?q=x").status_code for address in addresses] == [410, 404, 404, 404]


def test_services_are_named_where_there_is_a_text(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """In the manifest, in its collections and in the one at the top; each at its own address."""
    publish(
        make_record("text", collections=["a:b"], texts=[{"content": "Dear friend"}]),
        make_record("image", collections=["c"], pages=pages(1)),
        make_record("signs", pages=pages(1), texts=[{"content": "***"}]),
    )
    named = {
        address: [
            service.get("id", service.get("@id")).removeprefix(BASE)
            for service in client.get(f"/iiif{address}").get_json().get("service", [])
        ]
        for address in (
            "/text/manifest.json",
            "/image/manifest.json",
            "/signs/manifest.json",
            "/collection.json",
            "/collection/a.json",
            "/collection/a:b.json",
            "/collection/c.json",
        )
    }
    assert named == {
        "/text/manifest.json": ["/text/search/2", "/text/search/1"],
        "/image/manifest.json": [],
        "/signs/manifest.json": [],
        "/collection.json": ["/search/2", "/search/1"],
        "/collection/a.json": ["/collection/a/search/2", "/collection/a/search/1"],
        "/collection/a:b.json": ["/collection/a:b/search/2", "/collection/a:b/search/1"],
        "/collection/c.json": [],
    }
    for services in named.values():
        assert all(client.get(f"/iiif{service}?q=friend").status_code == 200 for service in services)


def test_a_client_that_has_the_answer_is_told_so(client: FlaskClient, letter: Letter) -> None:
    """As for manifests."""
    letter()
    tag = client.get("/iiif/letter-1/search/1?q=friend").headers["ETag"]
    assert client.get("/iiif/letter-1/search/1?q=friend", headers={"If-None-Match": tag}).status_code == 304


@given(data=st.binary(max_size=40), name=st.sampled_from(["q", "page", "min", "motivation", "user", "x"]))
@pytest.mark.parametrize("address", ["/letter-1/search/2", "/search/1", "/letter-1/autocomplete/2", "/autocomplete/1"])
def test_any_bytes_are_answered(
    client: FlaskClient, library: Library, letter: Letter, address: str, data: bytes, name: str
) -> None:
    """Never with an error of ours."""
    if library.store.stated(["letter-1"]) == {}:
        letter()
    response = client.get(f"/iiif{address}?q=friend*&{name}={quote_from_bytes(data)}")
    assert response.status_code in {200, 400}
    assert response.is_json
