"""The viewer's page: what it opens, how Mirador is set, what it says where Mirador is not installed."""

import base64
import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from records.model import Record
from server.config import Config
from server.pages.content_state import Target, at_canvas, target
from server.pages.viewer import out_of_reach

MANIFEST = "https://records.example.org/iiif/letter-1/manifest.json"
CANVAS = "https://records.example.org/iiif/letter-1/canvas/2"
POINTER = {"id": CANVAS + "#xywh=0,0,10,10", "type": "Canvas", "partOf": [{"id": MANIFEST, "type": "Manifest"}]}

ADDRESSES = st.from_regex(r"https://[a-z]{1,9}\.example/[^\x00-\x20\x7f<>\"{}|\\^`#\s]{0,20}", fullmatch=True).filter(
    lambda address: address == address.strip()
)
"""Web addresses, in letters of every script."""


@pytest.mark.parametrize("parameter", ["iiif-content", "manifest"])
def test_the_viewer_opens_a_manifest_with_its_rights_in_sight(
    client: FlaskClient, config: Config, parameter: str
) -> None:
    """Mirador is told which manifest to open, and to open it with the panel of rights."""
    config.viewer_file.write_text("")
    page = html.document_fromstring(client.get("/view", query_string={parameter: MANIFEST}).data)
    assert json.loads(page.findtext(".//script[@id='settings']") or "") == {
        "id": "viewer",
        "windows": [{"manifestId": MANIFEST}],
        "annotations": {"filteredMotivations": ["commenting", "oa:commenting", "supplementing", "tagging"]},
        "window": {
            "allowClose": False,
            "allowFullscreen": False,
            "allowMaximize": False,
            "defaultSideBarPanel": "attribution",
            "panels": {"info": True, "attribution": True, "canvas": True, "annotations": True, "search": True},
            "sideBarOpen": True,
        },
        "theme": {"components": {"MuiTabs": {"defaultProps": {"role": "toolbar"}}}},
        "workspace": {"showZoomControls": True},
        "workspaceControlPanel": {"enabled": False},
    }
    assert page.xpath("//meta/@charset") == ["utf-8"]


def test_in_a_frame_the_viewer_stands_alone(client: FlaskClient, config: Config) -> None:
    """No head, no link to leave the frame by; it may fill the screen."""
    config.viewer_file.write_text("")
    page = html.document_fromstring(client.get("/view", query_string={"manifest": MANIFEST, "framed": "1"}).data)
    assert (page.xpath("//header"), page.xpath("//body//a"), page.xpath("//body/@class")) == (
        [],
        [],
        ["viewing framed"],
    )
    assert json.loads(page.findtext(".//script[@id='settings']") or "")["window"]["allowFullscreen"] is True


def test_a_manifest_of_ours_leads_back_to_its_record(client: FlaskClient, config: Config) -> None:
    """The viewer is no dead end."""
    config.viewer_file.write_text("")
    ours = f"{config.base_url}/iiif/letter-1/manifest.json"
    links = [
        html.document_fromstring(client.get("/view", query_string={"manifest": manifest}).data).xpath("//nav//a/@href")
        for manifest in (ours, MANIFEST)
    ]
    assert links == [["/records/letter-1", "/iiif/letter-1/manifest.json"], [MANIFEST]]


def test_without_mirador_the_page_says_what_to_do(client: FlaskClient, letter: Callable[..., Record]) -> None:
    """The record's page and its documents work all the same."""
    letter()
    page = html.document_fromstring(client.get("/view", query_string={"manifest": MANIFEST}).data)
    assert page.findtext(".//h1") == "The viewer is not installed"
    assert "make viewer" in page.xpath("//main//code/text()")
    assert client.get("/static/mirador.min.js").status_code == 404


def test_without_a_manifest_the_page_asks_for_one(client: FlaskClient) -> None:
    """A form that works without scripts."""
    page = html.document_fromstring(client.get("/view").data)
    assert (page.xpath("//form/@action"), page.xpath("//input/@name")) == (["/view"], ["iiif-content"])


@pytest.mark.parametrize(
    "content",
    [
        "javascript:alert(1)",
        "data:application/json,{}",
        "//example.org/manifest.json",
        "https://",
        "https://[",
        "https://example.org/<script>",
        '{"id": "javascript:alert(1)", "type": "Manifest"}',
        '{"id": "https://example.org/\\ud800", "type": "Manifest"}',
        '{"id": "https://example.org/1", "type": "Range"}',
        "[" * 100_000,
        "eyJ",
    ],
)
def test_what_is_no_manifest_is_refused(client: FlaskClient, content: str) -> None:
    """Only addresses of the web are opened; the page says so."""
    assert client.get("/view", query_string={"iiif-content": content}).status_code == 400


@given(content=st.binary())
def test_any_bytes_for_a_manifest_are_answered(client: FlaskClient, content: bytes) -> None:
    """A page or a refusal, never an error of ours."""
    assert client.get(f"/view?iiif-content={quote(content)}").status_code in {200, 400}


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_an_address_never_leaves_the_settings(client: FlaskClient, config: Config, text: str) -> None:
    """Whatever it holds, the page has its three scripts and no more, and the settings hold the address."""
    config.viewer_file.write_text("")
    response = client.get("/view", query_string={"iiif-content": f"https://example.org/{text}"})
    if response.status_code == 200:
        page = html.document_fromstring(response.data)
        settings = json.loads(page.findtext(".//script[@id='settings']") or "")
        assert len(page.xpath("//script")) == 3
        assert settings["windows"] == [{"manifestId": f"https://example.org/{text}".strip()}]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"id": MANIFEST, "type": "Manifest"}, Target(MANIFEST)),
        (POINTER, Target(MANIFEST, CANVAS)),
        ({"type": "Annotation", "motivation": ["contentState"], "target": POINTER}, Target(MANIFEST, CANVAS)),
        ({"type": "Annotation", "target": [{"type": "SpecificResource", "source": POINTER}]}, Target(MANIFEST, CANVAS)),
    ],
)
def test_a_content_state_is_read_as_it_is_and_encoded(state: dict[str, object], expected: Target) -> None:
    """Both forms that the parameter may have (Content State 1.0, 2.2 and 6)."""
    text = json.dumps(state)
    encoded = base64.urlsafe_b64encode(quote(text, safe="").encode()).decode().rstrip("=")
    assert (target(text), target(encoded)) == (expected, expected)


@given(manifest=ADDRESSES, canvas=ADDRESSES)
def test_a_content_state_that_we_write_is_read_as_it_was_meant(manifest: str, canvas: str) -> None:
    """In letters that addresses may hold as they are (Content State 1.0, 6)."""
    state = at_canvas(manifest, canvas)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", state)
    assert target(state) == Target(manifest, canvas)


def test_a_content_state_is_written_as_the_specification_has_it() -> None:
    """Percent-encoded as encodeURIComponent does it, then base64url without padding (Content State 1.0, 6.1)."""
    text = "%7B%22id%22%3A%22https%3A%2F%2Fa.example%2F(1)*'!~%22%2C%22type%22%3A%22Canvas%22%2C%22partOf%22%3A%5B%7B%22id%22%3A%22https%3A%2F%2Fa.example%2F%C3%A9%22%2C%22type%22%3A%22Manifest%22%7D%5D%7D"  # noqa: E501
    state = at_canvas("https://a.example/é", "https://a.example/(1)*'!~")
    assert base64.urlsafe_b64decode(state + "=" * (-len(state) % 4)).decode() == text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("https://[::1]", True),
        ("https://10.0.0.8", True),
        ("http://records.example.org", True),
        ("https://records.example.org", False),
    ],
)
def test_public_viewers_reach_what_is_public_and_has_https(address: str, expected: bool) -> None:
    """The record's page says so where they do not."""
    assert out_of_reach(address) is expected
