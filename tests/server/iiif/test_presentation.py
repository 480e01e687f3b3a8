"""Manifests over HTTP: media type, CORS, entity tags, compression, what is not there or was withdrawn."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from records.model import Record
from server import publishing
from server.application import create_app
from server.config import Config
from server.iiif.media_type import LINKED_DATA
from server.library import Library

Letter = Callable[..., Record]
ADDRESS = "/iiif/letter-1/manifest.json"


def test_a_manifest_is_answered_with_the_stored_bytes(client: FlaskClient, letter: Letter, library: Library) -> None:
    """What was rendered at load is what viewers get, byte for byte."""
    letter()
    row = library.store.document("letter-1", "manifest")
    assert row is not None
    assert client.get(ADDRESS).data == row.document


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, LINKED_DATA),
        ("*/*", LINKED_DATA),
        ("application/ld+json", LINKED_DATA),
        (LINKED_DATA, LINKED_DATA),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", LINKED_DATA),
        ("text/turtle", LINKED_DATA),
        ("application/json;q=0.5, application/ld+json", LINKED_DATA),
        ("application/json", "application/json"),
        ("application/ld+json;q=0.5, application/json", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
    ],
)
def test_plain_json_is_answered_to_who_prefers_it(
    client: FlaskClient, letter: Letter, accept: str | None, expected: str
) -> None:
    """Linked data with the profile is the default, `application/json` on request (Presentation 3.0, 6.3)."""
    letter()
    response = client.get(ADDRESS, headers={"Accept": accept} if accept else {})
    assert response.content_type == expected
    assert response.vary.as_set() == {"accept", "accept-encoding"}


def test_scripts_of_every_host_may_read_every_answer(client: FlaskClient, letter: Letter) -> None:
    """The header stands on manifests, on 304, on errors and on what a preflight asks (Presentation 3.0, 6.3)."""
    letter()
    tag = client.get(ADDRESS).headers["ETag"]
    answers = [
        client.get(ADDRESS),
        client.head(ADDRESS),
        client.get(ADDRESS, headers={"If-None-Match": tag}),
        client.options(ADDRESS),
        client.get("/iiif/nobody/manifest.json"),
        client.get("/iiif/no/such/place"),
        client.post(ADDRESS),
    ]
    assert [(answer.status_code, answer.headers.get("Access-Control-Allow-Origin")) for answer in answers] == [
        (200, "*"),
        (200, "*"),
        (304, "*"),
        (200, "*"),
        (404, "*"),
        (404, "*"),
        (405, "*"),
    ]


def test_a_preflight_is_told_what_it_may_do(client: FlaskClient, letter: Letter) -> None:
    """A script that sends headers of its own asks first."""
    letter()
    headers = client.options(ADDRESS).headers
    names = ("Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age")
    assert [headers[name] for name in names] == ["GET, HEAD, OPTIONS", "*", "86400"]


def test_an_unchanged_manifest_is_not_sent_again(client: FlaskClient, letter: Letter) -> None:
    """A client that names the entity tag gets 304 without a body, and the new bytes once there are any."""
    letter()
    tag = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "Accept" in again.headers["Vary"]
    letter(titles=[{"text": "Another title"}])
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_an_unchanged_manifest_is_not_even_read(database_url: str, tmp_path: Path) -> None:
    """The tag of a thousand canvases is compared with the stored digest: 304 comes where the bytes are gone."""
    app = create_app(Config(database_url=database_url, media_folder=tmp_path, cache_folder=tmp_path))
    library: Library = app.extensions["dragoman"]
    pages = [{"image": f"https://example.org/{n}.jpg", "width": 2000, "height": 3000} for n in range(1, 1001)]
    volume = Record.model_validate({"identifier": "letter-1", "titles": [{"text": "A volume"}], "pages": pages})
    library.store.publish([publishing.publication(volume, library.repository(), publishing.today())])
    client = app.test_client()
    sent = client.get(ADDRESS)
    assert len(sent.get_json()["items"]) == 1000
    with library.store.database.engine.begin() as connection:
        connection.execute(text("UPDATE entries SET document = NULL"))
    again = client.get(ADDRESS, headers={"If-None-Match": sent.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", sent.headers["ETag"])
    assert client.get(ADDRESS).status_code == 410
    library.store.database.close()


def test_a_compressed_manifest_shares_only_a_weak_tag_with_the_plain_one(client: FlaskClient, letter: Letter) -> None:
    """Two answers of different bytes never have the same strong tag (RFC 9110, 8.8.1)."""
    letter()
    plain = client.get(ADDRESS)
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert plain.headers["ETag"].startswith('W/"')


def test_head_answers_the_headers_of_get(client: FlaskClient, letter: Letter) -> None:
    """HEAD has no body, and the length that GET would have (RFC 9110, 9.3.2)."""
    letter()
    head, get = client.head(ADDRESS), client.get(ADDRESS)
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("place", ["manifest.json", "page/1.jpg", "page/1/thumbnail.jpg"])
def test_a_record_that_never_was_shown_is_not_found(client: FlaskClient, letter: Letter, place: str) -> None:
    """A hidden record is not told apart from one that does not exist."""
    letter(visibility="hidden")
    hidden, unknown = client.get(f"/iiif/letter-1/{place}"), client.get(f"/iiif/nobody/{place}")
    assert (hidden.status_code, hidden.json) == (unknown.status_code, unknown.json)
    assert (hidden.status_code, hidden.content_type) == (404, "application/json")
    assert hidden.json == {"error": "there is no such record here, or it has no such document"}


@pytest.mark.parametrize("visibility", ["hidden", "deleted"])
@pytest.mark.parametrize("place", ["manifest.json", "page/1.jpg", "page/1/thumbnail.jpg"])
def test_a_record_that_was_withdrawn_is_gone(client: FlaskClient, letter: Letter, visibility: str, place: str) -> None:
    """Once it was shown, its addresses answer 410 for ever, or until it is back."""
    letter()
    letter(visibility=visibility)
    gone = client.get(f"/iiif/letter-1/{place}")
    assert (gone.status_code, gone.json) == (410, {"error": "this was withdrawn"})
    letter()
    assert client.get(f"/iiif/letter-1/{place}").status_code == 200


def test_a_record_with_nothing_to_show_has_no_manifest(client: FlaskClient, letter: Letter) -> None:
    """Without images and text there is nothing to present."""
    letter(texts=[])
    assert client.get(ADDRESS).status_code == 404


LINES = "/iiif/letter-1/canvas/1/lines.json"


def test_the_text_of_a_canvas_is_answered_as_a_manifest_is(client: FlaskClient, letter: Letter) -> None:
    """With media type, CORS and a tag that holds as long as the text."""
    letter(texts=[{"content": "Dear friend,", "language": "en"}])
    answer = client.get(LINES)
    assert (answer.status_code, answer.content_type) == (200, LINKED_DATA)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.get_json(force=True)["items"][0]["body"]["value"] == "Dear friend,"
    assert client.get(LINES, headers={"Accept": "application/json"}).content_type == "application/json"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(LINES, headers=tag).status_code == 304
    letter(texts=[{"content": "Dear friends,", "language": "en"}])
    assert client.get(LINES, headers=tag).status_code == 200


@pytest.mark.parametrize("canvas", ["0", "2", "01", "-1", "x", "9" * 30, "%00", "1/2"])
def test_a_canvas_that_is_not_there_has_no_text(client: FlaskClient, letter: Letter, canvas: str) -> None:
    """Whatever it is called."""
    letter(texts=[{"content": "Dear friend,"}])
    answer = client.get(f"/iiif/letter-1/canvas/{canvas}/lines.json")
    assert (answer.status_code, answer.content_type) == (404, "application/json")


def test_the_text_of_what_was_withdrawn_is_gone(client: FlaskClient, letter: Letter) -> None:
    """As its manifest is; what was never shown is not there."""
    letter(texts=[{"content": "Dear friend,"}])
    letter(texts=[{"content": "Dear friend,"}], visibility="hidden")
    assert client.get(LINES).status_code == 410
    assert client.get("/iiif/nobody/canvas/1/lines.json").status_code == 404
