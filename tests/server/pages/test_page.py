"""What holds for all pages: headers, files, health."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from records.model import Record
from server.config import Config
from server.library import Library


@pytest.mark.parametrize(
    ("address", "besides"),
    [
        ("/", ""),
        ("/records/letter-1", "script-src 'self'; frame-src 'self'; "),
        ("/records/nobody", ""),
        ("/view", ""),
    ],
)
def test_pages_load_nothing_that_is_not_ours(
    client: FlaskClient, letter: Callable[..., Record], address: str, besides: str
) -> None:
    """No scripts but those of ours on a record's page, no styles in elements, and no frame on another site."""
    letter()
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'self'; img-src 'self' https: http:; form-action 'self'; {besides}"
        "base-uri 'none'; frame-ancestors 'self'"
    )
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == (
        "nosniff",
        "strict-origin-when-cross-origin",
    )


def test_files_are_kept_by_browsers_until_they_change(client: FlaskClient, letter: Callable[..., Record]) -> None:
    """Every file that a page names is there, at an address that changes with it."""
    letter()
    page = html.document_fromstring(client.get("/records/letter-1").data)
    addresses = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
    assert len(addresses) == 3
    for address in addresses:
        response = client.get(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (
            200,
            "public, max-age=31536000, immutable",
        )


@pytest.mark.parametrize("name", ["nothing.css", "..", "..%2Fpage.py", "%00", "view.html"])
def test_only_the_files_of_the_list_are_answered(client: FlaskClient, name: str) -> None:
    """No name leads anywhere else."""
    assert client.get(f"/static/{name}").status_code == 404


def test_a_server_that_works_says_so(client: FlaskClient) -> None:
    """Watchers and load balancers ask this."""
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_a_server_whose_store_is_gone_says_so_everywhere(client: FlaskClient, library: Library, config: Config) -> None:
    """Health, pages and IIIF answer 503, each in its own form, and ask to come again."""
    library.store.database.close()
    Path(config.database_url.removeprefix("sqlite:///")).write_bytes(b"no database" * 1000)
    answers = [client.get(address) for address in ("/healthz", "/", "/iiif/letter-1/manifest.json")]
    assert [(answer.status_code, answer.mimetype) for answer in answers] == [
        (503, "application/json"),
        (503, "text/html"),
        (503, "application/json"),
    ]
    assert [answer.headers.get("Retry-After") for answer in answers[1:]] == ["60", "60"]


@given(data=st.binary(max_size=30), query=st.binary(max_size=30))
def test_any_bytes_in_an_address_are_answered(client: FlaskClient, data: bytes, query: bytes) -> None:
    """A page or a fault of the client's; never an error of ours."""
    part = "".join(f"%{byte:02X}" for byte in data)
    for place in ("/records/{}", "/collections/{}", "/static/{}", "/records/letter-1/{}.xml", "/records/{}/text/1.txt"):
        address = f"{place.format(part)}?after={''.join(f'%{byte:02X}' for byte in query)}"
        assert client.get(address).status_code in {308, 404}
