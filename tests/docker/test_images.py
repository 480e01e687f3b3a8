"""IIPImage as an image server beside us: manifests name it for pyramids, and what they say of it is true."""

import io
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NoReturn

import pytest
import pyvips
import requests
import yaml
from PIL import Image

from tests.docker.nginx import IMAGES, running
from tests.harvest.sites import HOUSE, Site, free_port, settled, started

IIPIMAGE = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
SIZE = (1800, 1300)
PAINTED = (200, 30, 30)


def _named(word: str) -> dict[str, str]:
    """Return the settings that begin with a word in compose.yaml and in the image of the image server."""
    compose = yaml.safe_load((HOUSE / "docker" / "compose.yaml").read_text())
    ours: dict[str, str] = compose["services"]["app"]["environment"]
    lines = (HOUSE / "docker" / "images.Dockerfile").read_text().replace("ENV ", "").splitlines()
    theirs = dict(line.strip(" \\").split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name: value for name, value in (ours | theirs).items() if name.startswith(word)}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a site whose record has a pyramid and a plain image, and names an image server as compose.yaml has it."""
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    settings = _named("DRAGOMAN_IMAGE_SERVICE")
    settings["DRAGOMAN_IMAGE_SERVICE"] = re.sub(r"^\$\{[^}]+\}", base_url, settings["DRAGOMAN_IMAGE_SERVICE"])
    site = settled(tmp_path, settings)
    site.environment["DRAGOMAN_BASE_URL"] = base_url
    pages = tmp_path / "in" / "letter-1"
    pages.mkdir(parents=True)
    image = Image.new("RGB", SIZE, PAINTED)
    pyramid = pyvips.Image.new_from_memory(image.tobytes(), *SIZE, 3, "uchar").copy(interpretation="srgb")
    pyramid.tiffsave(str(pages / "1.tif"), tile=True, pyramid=True, compression="jpeg")
    Image.new("RGB", (30, 20)).save(pages / "2.png")
    (pages.parent / "letter-1.json").write_text('{"identifier": "letter-1", "titles": [{"text": "A letter"}]}')
    assert site.run("load", str(pages.parent)).returncode == 0
    return site


@pytest.fixture
def image_server(tmp_path: Path, need: Callable[[str], NoReturn]) -> Iterator[str]:
    """Run IIPImage for the media folder; gives its host and port, where it speaks FastCGI."""
    if not IIPIMAGE.exists():
        need("IIPImage is missing (Debian: iipimage-server)")
    port = free_port()
    theirs = ("FILESYSTEM_PREFIX", "URI_MAP", "CORS", "MAX_CVT")
    settings = {name: _named(name)[name] for name in theirs} | {"FILESYSTEM_PREFIX": f"{tmp_path}/var/media/"}
    process = subprocess.Popen([IIPIMAGE, "--bind", f"127.0.0.1:{port}"], env=os.environ | settings)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def manifest(tmp_path: Path, site: Site, image_server: str, need: Callable[[str], NoReturn]) -> Iterator[str]:
    """Give the address of the record's manifest, with everything running behind nginx."""
    port = int(site.environment["DRAGOMAN_BASE_URL"].rpartition(":")[2])
    server = site.base_url.removeprefix("http://")
    with started(site), running(tmp_path, need, port, [server], {IMAGES: image_server}) as url:
        yield f"{url}/iiif/letter-1/manifest.json"


def _services(manifest: str) -> list[dict[str, Any]]:
    canvases = requests.get(manifest, timeout=30).json()["items"]
    return [canvas["items"][0]["items"][0]["body"]["service"][0] for canvas in canvases]


def test_a_pyramid_is_served_by_the_image_server(manifest: str) -> None:
    """The manifest says what the server says of itself; what is no pyramid stays with us."""
    pyramid, plain = _services(manifest)
    described = requests.get(f"{pyramid['@id']}/info.json", timeout=30)
    info = described.json()
    assert described.headers["Access-Control-Allow-Origin"] == "*"
    assert (info["@id"], info["profile"][0]) == (pyramid["@id"], pyramid["profile"])
    assert (info["width"], info["height"]) == SIZE
    assert requests.get(pyramid["@id"], timeout=30).json() == info
    tile = requests.get(f"{pyramid['@id']}/512,512,512,512/256,/0/default.jpg", timeout=30)
    with Image.open(io.BytesIO(tile.content)) as image:
        assert image.size == (256, 256)
        assert all(abs(found - painted) < 4 for found, painted in zip(image.getpixel((9, 9)), PAINTED, strict=True))
    assert requests.get(f"{plain['id']}/info.json", timeout=30).json()["profile"] == "level2"


def test_our_checks_find_nothing_wrong_with_what_the_manifest_names(site: Site, manifest: str) -> None:
    """Services, images and thumbnails of both pages."""
    run = site.run("check", manifest, "--allow-private", "--pause", "0", "--format", "json")
    report = json.loads(run.stdout)
    assert {finding["code"] for finding in report["findings"] if "image" in finding["code"]} == set()
    assert {each["code"] for each in report["unchecked"] if "image" in each["code"]} == {"iiif-image-formats"}


def _none(answer: requests.Response) -> bool:
    """Whether an answer is that there is no such image."""
    told = [answer.headers.get(name) for name in ("Access-Control-Allow-Origin", "Content-Type")]
    return (answer.status_code, answer.text, told) == (404, "There is no such image here.\n", ["*", "text/plain"])


def test_the_image_server_shows_no_record_that_is_not_shown(tmp_path: Path, site: Site, manifest: str) -> None:
    """Withdrawn, under embargo, never here: neither image nor description; shown again, both are there."""
    service = _services(manifest)[0]["@id"]
    wanted = (f"{service}/info.json", f"{service}/full/90,/0/default.jpg")
    record = {"identifier": "letter-1", "titles": [{"text": "A letter"}]}
    for changed, status in (({"visibility": "hidden"}, 404), ({}, 200), ({"visibility": "deleted"}, 404)):
        (tmp_path / "in" / "letter-1.json").write_text(json.dumps(record | changed))
        assert site.run("load", str(tmp_path / "in")).returncode == 0
        answers = [requests.get(address, timeout=30) for address in wanted]
        assert [answer.status_code for answer in answers] == [status] * 2
        assert all(_none(answer) for answer in answers) is (status == 404)


ROUND_ABOUT = [
    "letter-2/1.tif/info.json&FIF=letter-1/1.tif&WID=90&CVT=jpeg",
    "other/1.tif/info.json&FIF=letter-1/1.tif&WID=90&CVT=jpeg",
    "other/1.tif/info.json?&FIF=letter-1/1.tif&WID=90&CVT=jpeg",
    "other/../letter-1/1.tif/full/90,/0/default.jpg",
    "other/%2e%2e/letter-1/1.tif/full/90,/0/default.jpg",
    "other%2f..%2fletter-1/1.tif/full/90,/0/default.jpg",
    "letter-1%2f1.tif/full/90,/0/default.jpg",
    "/letter-1/1.tif/full/90,/0/default.jpg",
    "./letter-1/1.tif/full/90,/0/default.jpg",
    "letter-1/1.tif/%2e%2e/%2e%2e/other/1.tif/full/90,/0/default.jpg",
    "other/%252e%252e/letter-1/1.tif/full/90,/0/default.jpg",
]
"""Addresses below /images/ that could mean an image of letter-1, and do not say so."""


def test_no_other_way_leads_to_an_image_that_is_not_shown(tmp_path: Path, site: Site, manifest: str) -> None:
    """Neither a way round a record that is shown, nor a command of IIPImage within an address."""
    records = [
        {"identifier": "letter-1", "titles": [{"text": "A letter"}], "visibility": "hidden"},
        {"identifier": "other", "titles": [{"text": "Another"}], "abstracts": [{"text": "Shown"}]},
    ]
    for record in records:
        (tmp_path / "in" / f"{record['identifier']}.json").write_text(json.dumps(record))
    assert site.run("load", str(tmp_path / "in")).returncode == 0
    host = manifest.partition("/iiif/")[0].removeprefix("http://")
    for path in ROUND_ABOUT:
        connection = HTTPConnection(host, timeout=30)
        connection.request("GET", f"/images/{path}")
        answer = connection.getresponse()
        found = (answer.status, answer.getheader("Content-Type"))
        assert found in {(404, "text/plain"), (404, None)}, path  # our 404, IIPImage's
        connection.close()
