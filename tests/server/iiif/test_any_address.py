"""Whatever bytes an address or a header holds, IIIF answers with a status of the client's fault, in JSON."""

from collections.abc import Callable
from urllib.parse import quote_from_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from records.model import Record

ANY = st.binary(max_size=30)
PLACES = (
    "/iiif/{}",
    "/iiif/{}/manifest.json",
    "/iiif/collection/{}.json",
    "/iiif/collection/{}/part/1-200.json",
    "/iiif/collection/part/{}.json",
    "/iiif/activity/page/{}.json",
    "/iiif/letter-1/page/{}.jpg",
    "/iiif/letter-1/page/1.{}",
    "/iiif/letter-1/page/{}/thumbnail.jpg",
    "/iiif/{}/page/1.jpg",
    "/iiif/{}/image/1/info.json",
    "/iiif/letter-1/image/{}",
    "/iiif/letter-1/image/{}/full/max/0/default.jpg",
    "/iiif/letter-1/image/1/full/{}/0/default.jpg",
)


def _quoted(data: bytes) -> str:
    """Return bytes as they may stand in a path, percent-encoded; no empty segment, which the router redirects."""
    return quote_from_bytes(data, safe="").replace("%2F", "-") or "-"


@pytest.mark.parametrize("place", PLACES)
@given(data=ANY, query=ANY)
def test_any_bytes_in_an_address_are_answered(
    client: FlaskClient, letter: Callable[..., Record], place: str, data: bytes, query: bytes
) -> None:
    """404 with a sentence in JSON, open to every host; never an error of ours."""
    letter(texts=[])
    response = client.get(f"{place.format(_quoted(data))}?{quote_from_bytes(query)}")
    assert response.status_code == 404
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.is_json
    assert list(response.get_json()) == ["error"]


@given(
    accept=st.text(st.characters(min_codepoint=32, max_codepoint=255)),
    tag=st.text(st.characters(max_codepoint=126, min_codepoint=32)),
)
def test_any_header_is_answered(client: FlaskClient, letter: Callable[..., Record], accept: str, tag: str) -> None:
    """A header that makes no sense is as good as none."""
    letter()
    headers = {"Accept": accept, "If-None-Match": tag, "Accept-Encoding": accept, "Range": tag}
    response = client.get("/iiif/letter-1/manifest.json", headers=headers)
    assert response.status_code in {200, 304}
