"""The endpoint: GET and POST alike, errors as answers, and an answer to whatever comes."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from werkzeug.test import create_environ

from mappings.formats import FORMATS
from records.model import Record
from server.library import Library

OAI = "{http://www.openarchives.org/OAI/2.0/}"
Errors = Callable[[etree._Element], list[tuple[str, str]]]
Ask = Callable[..., etree._Element]

REQUESTS = {
    "GetRecord": "identifier=oai%3Aarchive.example.org%3Aletter-1&metadataPrefix=oai_dc",
    "Identify": "",
    "ListIdentifiers": "metadataPrefix=oai_dc&set=letters",
    "ListMetadataFormats": "",
    "ListRecords": "metadataPrefix=mods",
    "ListSets": "",
}


@pytest.fixture(autouse=True)
def _one_letter(publish: Callable[..., object], make_record: Callable[..., Record]) -> None:
    publish(make_record("letter-1", collections=["letters"]))


def without_time(body: bytes) -> bytes:
    """Return an answer without its responseDate, which differs by the second."""
    before, _, rest = body.partition(b"<responseDate>")
    return before + rest.partition(b"</responseDate>")[2]


@pytest.mark.parametrize("verb", sorted(REQUESTS))
def test_get_and_post_give_the_same_answer(client: FlaskClient, verb: str) -> None:
    """A verb is answered alike by GET and POST (3.1.1)."""
    arguments = f"verb={verb}&{REQUESTS[verb]}".rstrip("&")
    by_get = client.get(f"/oai?{arguments}")
    by_post = client.post("/oai", data=arguments, content_type="application/x-www-form-urlencoded")
    assert (by_get.status_code, by_post.status_code) == (200, 200)
    assert without_time(by_get.data) == without_time(by_post.data)
    assert f"<{verb}>".encode() in by_get.data


def test_arguments_of_a_post_may_stand_in_its_query_too(
    client: FlaskClient, checked: Callable[[bytes], object]
) -> None:
    """No argument of a POST is overlooked, wherever it stands."""
    answer = client.post("/oai?verb=Identify", content_type="application/x-www-form-urlencoded")
    checked(answer.data)
    assert b"<Identify>" in answer.data


def test_post_of_another_content_type_is_a_bad_argument(
    client: FlaskClient, checked: Callable[[bytes], etree._Element], errors: Errors
) -> None:
    """The content type of a POST is fixed (3.1.1.2)."""
    answer = client.post("/oai", data='{"verb": "Identify"}', content_type="application/json")
    assert errors(checked(answer.data)) == [
        ("badArgument", "the Content-Type of a POST request must be application/x-www-form-urlencoded")
    ]


def test_a_request_that_is_too_long_is_a_bad_argument(
    client: FlaskClient, checked: Callable[[bytes], etree._Element], errors: Errors
) -> None:
    """No request makes us read without end."""
    data = "verb=Identify&set=" + "a" * 70_000
    answer = client.post("/oai", data=data, content_type="application/x-www-form-urlencoded")
    assert errors(checked(answer.data)) == [("badArgument", "the request is longer than 65536 bytes")]
    many = client.get("/oai?" + "&".join(f"a{number}=1" for number in range(101)))
    assert errors(checked(many.data)) == [("badArgument", "there are more than 100 arguments")]


VERBS = "GetRecord, Identify, ListIdentifiers, ListMetadataFormats, ListRecords, ListSets"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", f"the argument verb is missing; it is one of {VERBS}"),
        ("verb=Identify&verb=Identify", "the argument verb is repeated"),
        ("verb=listrecords", f"'listrecords' is no verb; it is one of {VERBS}"),
        ("verb=", f"'' is no verb; it is one of {VERBS}"),
    ],
)
def test_bad_verb(
    client: FlaskClient, checked: Callable[[bytes], etree._Element], errors: Errors, query: str, message: str
) -> None:
    """A verb that is missing, repeated or none of the protocol is badVerb, and nothing is echoed (3.6, 3.2)."""
    root = checked(client.get(f"/oai?{query}").data)
    request = root.find(f"{OAI}request")
    assert errors(root) == [("badVerb", message)]
    assert request is not None
    assert dict(request.attrib) == {}
    assert request.text == "http://127.0.0.1:8000/oai"


def test_all_errors_come_at_once(ask: Ask, errors: Errors) -> None:
    """A harvester learns in one answer all that is wrong with its request (3.6)."""
    root = ask("ListRecords", from_="2024-02-30", until="yesterday", set="a b", colour="red", metadataPrefix="marc")
    assert errors(root) == [
        (
            "badArgument",
            "'colour' is not an argument here; this verb takes from, until, set, metadataPrefix, resumptionToken",
        ),
        ("badArgument", "from: '2024-02-30' is no day or time that exists"),
        ("badArgument", "until: 'yesterday' is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ"),
        ("badArgument", "set: 'a b' is no setSpec"),
        (
            "cannotDisseminateFormat",
            "metadataPrefix: 'marc' is no format of this repository; it has oai_dc, mods, oai_dcterms, edm, marc21, "
            "oai_datacite",
        ),
    ]
    assert dict(root.find(f"{OAI}request").attrib) == {}  # type: ignore[union-attr]


def test_what_came_is_echoed(client: FlaskClient, checked: Callable[[bytes], etree._Element]) -> None:
    """The request element repeats the arguments character for character (3.2)."""
    value = "\t<a> & \"b\"\r\n'é' \U0001f600"
    answer = client.get("/oai", query_string={"verb": "ListRecords", "resumptionToken": value})
    request = checked(answer.data).find(f"{OAI}request")
    assert request is not None
    assert dict(request.attrib) == {"verb": "ListRecords", "resumptionToken": value}
    assert request.text == "http://127.0.0.1:8000/oai"


def test_xml_stays_xml_whatever_is_accepted(client: FlaskClient) -> None:
    """Java harvesters accept text/html first; they get XML all the same."""
    for accept in ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "application/json", ""):
        answer = client.get("/oai?verb=Identify", headers={"Accept": accept})
        assert answer.content_type == "text/xml; charset=utf-8"


@pytest.mark.parametrize("size", [2, 3])
def test_a_packed_list_is_the_same_list(
    client: FlaskClient,
    library: Library,
    publish: Callable[..., object],
    make_record: Callable[..., Record],
    monkeypatch: pytest.MonkeyPatch,
    size: int,
) -> None:
    """Pages of stretches, and rows between, hold what pages of rows hold, plain and as one gzip member (RFC 1952)."""
    publish(*(make_record(f"r{number}", titles=[{"text": f"Zażółć {number} 文"}]) for number in range(8)))
    rows = list(_records(client, {}))
    monkeypatch.setattr("records.stretches.SIZE", size)
    while library.store.pack(["oai_dc"]):
        pass
    assert list(_records(client, {})) == rows
    assert list(_records(client, {"Accept-Encoding": "gzip"})) == rows


def _records(client: FlaskClient, headers: dict[str, str]) -> Iterator[bytes]:
    """Yield what stands on each page of a list."""
    query = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    while query:
        answer = client.get("/oai", query_string=query, headers=headers)
        assert (answer.headers.get("Content-Encoding") == "gzip") == bool(headers)
        assert answer.headers["Vary"] == "Accept-Encoding"
        body = gzip.decompress(answer.data) if headers else answer.data
        found = re.search(rb"<ListRecords>(.*?)<resumptionToken[^>]*>(.*)</resump|<ListRecords>(.*)<resump", body)
        assert found
        yield found[1] or found[3]
        query = {"verb": "ListRecords", "resumptionToken": found[2].decode()} if found[2] else {}


def test_gzip_for_those_who_take_it(client: FlaskClient) -> None:
    """A compressed answer is the same answer, and caches are told (3.1.3)."""
    plain = client.get("/oai?verb=ListRecords&metadataPrefix=mods")
    packed = client.get("/oai?verb=ListRecords&metadataPrefix=mods", headers={"Accept-Encoding": "gzip"})
    refused = client.get("/oai?verb=ListRecords&metadataPrefix=mods", headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert without_time(gzip.decompress(packed.data)) == without_time(plain.data)
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    assert {answer.headers["Vary"] for answer in (plain, packed, refused)} == {"Accept-Encoding"}


def test_head_has_no_body(client: FlaskClient) -> None:
    """HEAD is GET without the body."""
    answer = client.head("/oai?verb=Identify")
    assert (answer.status_code, answer.data) == (200, b"")


def test_the_address_may_end_with_a_slash(client: FlaskClient) -> None:
    """What lies below it is another page, which Flask says is not there."""
    answers = [client.get(address) for address in ("/oai/?verb=Identify", "/oai/x", "/oaix")]
    assert [answer.status_code for answer in answers] == [200, 404, 404]


def test_the_address_may_begin_with_two_slashes(client: FlaskClient) -> None:
    """As it does where a base URL that ends with one is put together; a web server before us may pass that on."""
    answer = client.get("/oai?verb=Identify", environ_overrides={"PATH_INFO": "//oai"})
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")


def test_a_request_leaves_nothing_behind(app: Flask) -> None:
    """What it came with is freed with its answer, and waits for no collector of garbage."""
    environ = create_environ("/oai?verb=Identify")
    app.wsgi_app(environ, lambda _status, _headers, _error=None: lambda _bytes: None)
    assert "werkzeug.request" not in environ


def test_other_methods_are_told(client: FlaskClient) -> None:
    """A client learns what it may do (RFC 9110, 15.5.6), a page of another host that it may read (3.1.1)."""
    asked, wrong = client.options("/oai"), client.put("/oai?verb=Identify")
    assert [(answer.status_code, answer.headers["Allow"]) for answer in (asked, wrong)] == [
        (200, "GET, HEAD, POST, OPTIONS"),
        (405, "GET, HEAD, POST, OPTIONS"),
    ]
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert wrong.get_data(as_text=True) == "OAI-PMH takes GET and POST.\n"


def test_a_store_that_fails_asks_harvesters_to_come_back(client: FlaskClient, sqlite_url: str) -> None:
    """A harvester waits for 503 with Retry-After, and gives up at anything else (3.1.2.2)."""
    for ending in ("", "-wal", "-shm"):
        Path(sqlite_url.removeprefix("sqlite:///") + ending).unlink(missing_ok=True)
    client.application.extensions["dragoman"].store.database.close()
    answer = client.get("/oai?verb=Identify")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.get_data(as_text=True) == "The repository cannot answer now; ask again later.\n"


NAMES = st.sampled_from(["verb", "metadataPrefix", "identifier", "from", "until", "set", "resumptionToken", "x"])
VALUES = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [verb.encode() for verb in REQUESTS]
        + [b"oai_dc", b"mods", b"letters", b"2024-02-29", b"9999-12-31", b"0000-01-01", b"2024-01-01T00:00:00Z"]
        + [b"oai:archive.example.org:letter-1", b"1.W10.00000000", b"http://[", b"%", b"#", b"a:b"]
    ),
)


@given(arguments=st.lists(st.tuples(NAMES, VALUES), max_size=6), post=st.booleans())
def test_any_bytes_get_a_valid_answer(
    client: FlaskClient, checked: Callable[[bytes], etree._Element], arguments: list[tuple[str, bytes]], post: bool
) -> None:
    """Whatever bytes stand in whatever argument, the answer is HTTP 200 and valid against the schema."""
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in arguments)
    answer = (
        client.post("/oai", data=query, content_type="application/x-www-form-urlencoded")
        if post
        else client.get(f"/oai?{query}")
    )
    assert answer.status_code == 200
    checked(answer.data)


@given(query=st.binary(max_size=60))
def test_any_raw_query_gets_a_valid_answer(
    client: FlaskClient, checked: Callable[[bytes], etree._Element], query: bytes
) -> None:
    """Even a query that is not encoded at all is answered."""
    answer = client.open("/oai", environ_overrides={"QUERY_STRING": query.decode("latin-1")})
    assert answer.status_code == 200
    checked(answer.data)


def test_schema_locations_are_pairs(ask: Ask, european: Callable[..., None]) -> None:
    """Each schemaLocation is a namespace that stands there and the schema that ListMetadataFormats names for it."""
    announced = {
        found.findtext(f"{OAI}metadataNamespace"): found.findtext(f"{OAI}schema")
        for found in ask("ListMetadataFormats").iter(f"{OAI}metadataFormat")
    }
    european("e")
    for prefix in FORMATS:
        root = ask("ListRecords", metadataPrefix=prefix)
        located = {}
        for element in root.iter():
            words = (element.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation") or "").split()
            assert len(words) in {0, 2}
            if words:
                assert words[0] == etree.QName(element).namespace
                located[words[0]] = words[1]
        assert located.pop("http://www.openarchives.org/OAI/2.0/") == "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
        assert located.items() <= announced.items()
        assert len(located) == 1


def test_a_token_is_refused_at_another_verb_and_beside_arguments(
    ask: Ask, publish: Callable[..., object], make_record: Callable[..., Record], errors: Errors
) -> None:
    """A token goes on with the list that it was given out for, and with no other (3.5)."""
    publish(*[make_record(f"r{number}") for number in range(5)])
    token = ask("ListRecords", metadataPrefix="oai_dc").findtext(f".//{OAI}resumptionToken") or ""
    assert errors(ask("ListRecords", resumptionToken=token)) == []
    assert errors(ask("ListIdentifiers", resumptionToken=token)) == [
        ("badResumptionToken", "resumptionToken: it was given out by ListRecords")
    ]
    assert errors(ask("ListRecords", resumptionToken=token, set="letters", metadataPrefix="oai_dc")) == [
        ("badArgument", "the argument set may not stand beside resumptionToken"),
        ("badArgument", "the argument metadataPrefix may not stand beside resumptionToken"),
    ]
    assert errors(ask("ListRecords", resumptionToken=f"{token[:-1]}x")) == [
        ("badResumptionToken", "resumptionToken: it is not as this repository gave it out; begin the list again")
    ]
