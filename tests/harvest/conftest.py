"""Sites for real harvesters: with the sample records, and with long ones for a crowd."""

import json
from collections.abc import Iterator

import pytest
from PIL import Image

from tests.harvest.sites import SAMPLES, Site, serving

STAFF_PASSWORD = "correct horse"
INSTITUTION = "Example Archive"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server on loopback with two workers, whose store holds the samples; list pages have four records.

    It runs on the embedded default first, then on PostgreSQL.
    """
    settings = {
        "DRAGOMAN_INSTITUTION_NAME": INSTITUTION,
        "DRAGOMAN_PAGE_SIZE": "4",
        "DRAGOMAN_STAFF_PASSWORD": STAFF_PASSWORD,
    }
    if request.param == "postgresql":
        settings["DRAGOMAN_DATABASE_URL"] = request.getfixturevalue("module_postgresql_url")
    with serving(tmp_path_factory.mktemp("site"), SAMPLES, settings) as site:
        yield site


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server with one worker that answers one list request at a time.

    Its records are long: each of its list pages, and its page image, is many megabytes.
    """
    inputs, folder = tmp_path_factory.mktemp("inputs"), tmp_path_factory.mktemp("crowded")
    records: list[dict[str, object]] = [
        {"identifier": f"long-{number}", "titles": [{"text": "Long"}], "abstracts": [{"text": "word " * 400_000}]}
        for number in range(8)
    ]
    records[0]["pages"] = [{"file": "noise.png"}]
    Image.effect_noise((2000, 1500), 100).convert("RGB").save(inputs / "noise.png", compress_level=0)
    (inputs / "long.json").write_text(json.dumps(records))
    settings = {"DRAGOMAN_INSTITUTION_NAME": INSTITUTION, "DRAGOMAN_PAGE_SIZE": "4", "DRAGOMAN_LIST_REQUESTS": "1"}
    with serving(folder, inputs, settings, workers=1) as site:
        yield site
