"""What the checker says of our own manifests and collections, as a real server gives them."""

import json
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIServer

import pytest

from server.application import create_app
from server.check.checking import Choice, report_on
from server.check.iiif.discovery import STREAM
from server.check.iiif.document import Document
from server.check.iiif.tables import judged
from server.check.rules import RULES
from server.check.rules.rule import Level
from server.config import Config
from server.loading import Load
from tests.server.check.conftest import Quiet, listening

ROOT = Path(__file__).parents[4]
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*/manifest.json"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server that holds the samples."""
    folder = tmp_path_factory.mktemp("samples")
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        app = create_app(
            Config(
                base_url=url,
                database_url=f"sqlite:///{folder}/store.sqlite",
                media_folder=folder / "media",
                cache_folder=folder / "cache",
            )
        )
        library = app.extensions["dragoman"]
        run = Load(library, dry_run=False, tell=lambda finding: pytest.fail(str(finding)))
        run.run([ROOT / "records" / "samples"])
        server.set_app(app)
        with listening(server):
            yield url
        library.store.database.close()


@pytest.fixture
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know no host but this machine."""
    real = socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **named: Any) -> list[Any]:  # noqa: ANN401 - as the real one takes them
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return real(host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.usefixtures("_alone")
def test_our_samples_keep_what_must_be_kept(samples: str) -> None:
    """From the topmost collection down. What they lack is what should be, and the hosts of others are not asked."""
    choice = Choice("oai_dc", None, None, None, None)
    report = report_on(
        f"{samples}/iiif/collection.json",
        choice,
        most=2000,
        pause=0,
        progress=lambda _count: None,
        allow_private=True,
    )
    own = [finding for finding in report.findings if "no such host" not in finding.found]
    assert Counter(RULES[finding.code].level for finding in own).keys() == {Level.SHOULD}
    assert {finding.code for finding in own} == {"iiif-recommended", "iiif-recommended-link"}
    assert report.records > 20
    assert not set(STREAM) - set(report.rules)


@pytest.mark.parametrize("file", GOLDEN, ids=[file.parent.name for file in GOLDEN])
def test_golden_manifests_keep_what_must_be_kept(file: Path) -> None:
    """All that they lack is what links should have."""
    findings = list(judged(Document(file.name, file.read_bytes())))
    assert {finding.code for finding in findings} <= {"iiif-recommended-link"}


def test_a_title_in_the_spanish_of_latin_america_is_no_fault() -> None:
    """The official schema takes it for one."""
    manifest = json.loads(GOLDEN[0].read_text())
    manifest["label"] = {"es-419": ["Una carta"]}
    codes = {finding.code for finding in judged(Document("a letter", json.dumps(manifest).encode()))}
    assert codes <= {"iiif-recommended-link"}
