"""Page images over HTTP: scans as they lie in the media folder, typeset pages, small images, the cache."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from mappings.iiif import leaves, typesetting
from records.model import Record
from server.iiif.kept import kept
from server.library import Library

Letter = Callable[..., Record]


@pytest.fixture
def scan(library: Library, letter: Letter) -> Path:
    """Publish a letter of one scanned page; gives the file of the scan."""
    page = {"file": "1.png", "width": 900, "height": 1600, "media_type": "image/png"}
    letter(pages=[page, {"image": "https://images.example.org/2.jpg", "width": 900, "height": 1600}])
    path = library.config.media_folder / "letter-1" / "1.png"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (900, 1600), "white").save(path)
    return path


def test_a_scan_is_answered_as_the_file_that_it_is(client: FlaskClient, scan: Path) -> None:
    """Image, media type and entity tag; a client that has it already gets 304."""
    response = client.get("/iiif/letter-1/page/1.png", buffered=True)
    assert (response.data, response.content_type) == (scan.read_bytes(), "image/png")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    tag = {"If-None-Match": response.headers["ETag"]}
    again = client.get("/iiif/letter-1/page/1.png", headers=tag, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_the_small_image_of_a_scan_fits_300_by_400(client: FlaskClient, scan: Path) -> None:
    """It keeps its proportions; the cache keeps it, and a new scan gets a new one."""
    first = client.get("/iiif/letter-1/page/1/thumbnail.jpg")
    with Image.open(io.BytesIO(first.data)) as image:
        assert (first.content_type, image.format, image.size) == ("image/jpeg", "JPEG", (225, 400))
    Image.new("RGB", (300, 300), "black").save(scan)
    with Image.open(io.BytesIO(client.get("/iiif/letter-1/page/1/thumbnail.jpg").data)) as image:
        assert image.size == (300, 300)


@pytest.mark.parametrize(
    "place",
    [
        "page/1.jpg",
        "page/1.tif",
        "page/2.jpg",
        "page/3.png",
        "page/0.png",
        "page/-1.png",
        "page/01.png",
        "page/١.png",
        f"page/{'9' * 5000}.png",
        "page/2/thumbnail.jpg",
    ],
)
@pytest.mark.usefixtures("scan")
def test_a_page_that_is_not_kept_here_is_not_found(client: FlaskClient, place: str) -> None:
    """Another ending, an image elsewhere, a number that is none: 404, in JSON."""
    response = client.get(f"/iiif/letter-1/{place}")
    assert (response.status_code, response.content_type) == (404, "application/json")


@pytest.mark.usefixtures("scan")
def test_a_record_is_read_once_for_all_the_small_things_of_a_document(client: FlaskClient, library: Library) -> None:
    """What is stated may be megabytes of text: as long as the manifest is the same it is not read for each of them."""
    pages = ("page/1.png", "page/1/thumbnail.jpg", "image/1/info.json", "image/1/full/max/0/default.jpg")
    answers = [client.get(f"/iiif/letter-1/{page}", buffered=True).data for page in pages]
    with library.store.database.writing() as (connection, _now):
        connection.exec_driver_sql("UPDATE records SET stated = ?", (b"cannot be read",))
    assert [client.get(f"/iiif/letter-1/{page}", buffered=True).data for page in pages] == answers
    for missing in ("page/9.png", "page/2/thumbnail.jpg", "image/3/info.json", "image/2"):
        assert client.get(f"/iiif/letter-1/{missing}").status_code == 404


def test_a_record_that_changes_is_read_anew(client: FlaskClient, letter: Letter, scan: Path) -> None:
    """Its description, its pages; and 410 once it is withdrawn."""
    assert client.get("/iiif/letter-1/image/1/info.json").get_json()["partOf"][0]["label"] == {"none": ["A letter"]}
    page = {"file": "2.png", "width": 9, "height": 9, "media_type": "image/png"}
    Image.new("RGB", (9, 9)).save(scan.with_name("2.png"))
    letter(pages=[page], titles=[{"text": "Another"}])
    info = client.get("/iiif/letter-1/image/1/info.json").get_json()
    assert (info["width"], info["partOf"][0]["label"]) == (9, {"none": ["Another"]})
    assert client.get("/iiif/letter-1/page/1.png", buffered=True).data == scan.with_name("2.png").read_bytes()
    letter(pages=[page], visibility="deleted")
    addresses = ("page/1.png", "page/1/thumbnail.jpg", "image/1/info.json")
    assert [client.get(f"/iiif/letter-1/{address}").status_code for address in addresses] == [410] * 3


def test_a_scan_that_is_missing_or_spoilt_is_not_found(client: FlaskClient, scan: Path) -> None:
    """The operator reads in the log what to do; the viewer gets an answer."""
    scan.write_bytes(b"no image")
    assert client.get("/iiif/letter-1/page/1/thumbnail.jpg").status_code == 404
    scan.unlink()
    assert client.get("/iiif/letter-1/page/1/thumbnail.jpg").status_code == 404
    assert client.get("/iiif/letter-1/page/1.png").status_code == 404


def test_a_typeset_page_is_drawn_and_kept(client: FlaskClient, library: Library, letter: Letter) -> None:
    """The second answer is the cached file; an emptied cache costs nothing but time."""
    record = letter()
    layout, number = leaves.layout_of(record, 1)
    expected = typesetting.draw(layout, number), typesetting.thumbnail(layout, number)
    addresses = "/iiif/letter-1/page/1.jpg", "/iiif/letter-1/page/1/thumbnail.jpg"
    assert tuple(client.get(address).data for address in addresses) == expected
    cached = sorted((library.config.cache_folder / "letter-1").iterdir())
    assert {path.read_bytes() for path in cached} == set(expected)
    shutil.rmtree(library.config.cache_folder)
    assert tuple(client.get(address).data for address in addresses) == expected


def test_a_changed_text_is_drawn_anew(client: FlaskClient, letter: Letter) -> None:
    """The cache never answers for a text that is not the record's any more."""
    letter()
    before = client.get("/iiif/letter-1/page/1.jpg")
    letter(texts=[{"content": "Dear friend,\nwelcome."}])
    after = client.get("/iiif/letter-1/page/1.jpg", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.data != before.data


@pytest.mark.parametrize("place", ["page/2.jpg", "page/2/thumbnail.jpg", "page/1.png"])
def test_a_typeset_page_that_is_not_there_is_not_found(client: FlaskClient, letter: Letter, place: str) -> None:
    """The text has one page, and typeset pages are JPEG."""
    letter()
    assert client.get(f"/iiif/letter-1/{place}").status_code == 404


def test_a_cache_that_cannot_be_written_never_costs_an_answer(
    client: FlaskClient, library: Library, letter: Letter
) -> None:
    """A full or locked disk is a line in the log."""
    library.config.cache_folder.write_text("a file where the folder should be")
    letter()
    assert client.get("/iiif/letter-1/page/1.jpg").status_code == 200


def test_what_is_kept_is_whole_or_not_there(tmp_path: Path) -> None:
    """No part of a file is ever found under its name, and nothing is left behind."""
    path = tmp_path / "folder" / "1.jpg"
    assert kept(path, lambda: b"image") == b"image"
    assert kept(path, lambda: b"another") == b"image"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("size", [(900, 1600), (1601, 899), (200, 100), (3001, 7)])
@pytest.mark.parametrize("of", ["scan", "text"])
def test_every_image_of_a_manifest_is_there_and_has_the_stated_size(
    client: FlaskClient, library: Library, letter: Letter, of: str, size: tuple[int, int]
) -> None:
    """Width, height and media type are what viewers rely on before they load an image."""
    path = library.config.media_folder / "letter-1" / "1.png"
    path.parent.mkdir(parents=True)
    Image.new("RGB", size).save(path)
    page = {"file": "1.png", "width": size[0], "height": size[1], "media_type": "image/png"}
    letter(**({"pages": [page]} if of == "scan" else {"texts": [{"content": "Dear friend,\n" * size[0]}]}))
    canvases = client.get("/iiif/letter-1/manifest.json").get_json()["items"]
    stated = [
        image for canvas in canvases[:2] for image in (canvas["thumbnail"][0], canvas["items"][0]["items"][0]["body"])
    ]
    found = []
    for image in stated:
        response = client.get(image["id"].removeprefix(library.config.base_url), buffered=True)
        with Image.open(io.BytesIO(response.data)) as drawn:
            found.append((response.content_type, drawn.width, drawn.height))
    assert found == [(image["format"], image["width"], image["height"]) for image in stated]
