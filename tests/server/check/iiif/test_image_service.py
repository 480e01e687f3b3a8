"""What the checker says of our own image services, as a real server gives them."""

from collections.abc import Iterator
from wsgiref.simple_server import WSGIServer

import pytest
from PIL import Image

from server.application import create_app
from server.check.checking import Choice, report_on
from server.config import Config
from server.loading import Load
from tests.server.check.conftest import Quiet, listening

PAGES = {
    "1.png": ("RGB", (1300, 900)),
    "2.png": ("L", (40, 1)),
    "3.jpg": ("RGB", (17000, 30)),
    "4.png": ("1", (2000, 2001)),
    "5.gif": ("P", (513, 512)),
}
"""Coloured, grey, beyond the widest picture, beyond the largest, a pixel more than a tile."""

WITHOUT_OBJECT = {"iiif-image-profile-told", "iiif-image-formats"}
"""Rules that look at what a manifest says, and at a preference for formats, which we have none of."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the image services of a record of several pages, but for the number of the page."""
    folder = tmp_path_factory.mktemp("images")
    (folder / "in" / "letter-1").mkdir(parents=True)
    for name, (mode, size) in PAGES.items():
        Image.new(mode, size).save(folder / "in" / "letter-1" / name)
    (folder / "in" / "letter-1.json").write_text('{"identifier": "letter-1", "titles": [{"text": "A letter"}]}')
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        app = create_app(
            Config(
                base_url=url,
                database_url=f"sqlite:///{folder}/store.sqlite",
                media_folder=folder / "media",
                cache_folder=folder / "cache",
                image_pixels=2_000_000,
            )
        )
        library = app.extensions["dragoman"]
        Load(library, dry_run=False, tell=lambda finding: pytest.fail(str(finding))).run([folder / "in"])
        server.set_app(app)
        with listening(server):
            yield f"{url}/iiif/letter-1/image"
        library.store.database.close()


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1))
def test_nothing_is_wrong_with_our_image_services(service: str, number: int) -> None:
    """Neither with the description nor with the picture that the checker asks for."""
    choice = Choice("oai_dc", None, None, None, None)
    report = report_on(
        f"{service}/{number}/info.json", choice, most=20, pause=0, progress=lambda _count: None, allow_private=True
    )
    assert report.findings == []
    assert {each.code for each in report.unchecked if each.code.startswith("iiif-image")} <= WITHOUT_OBJECT
