"""`python -m tests.benchmarks.manifests`: what a manifest of many canvases costs, beside one of few and beside a 304.

Times are of the processor, so that what else the machine does counts little; the ratios say whether they grow evenly.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

from mappings.iiif import leaves, manifest, openings, presentation
from mappings.repository import Repository
from records.model import Record
from server import processes, publishing
from server.application import create_app
from server.config import Config
from server.library import Library

ROUNDS = 7
FEW = 100
ADDRESS = "/iiif/volume/manifest.json"

REPOSITORY = Repository(base_url="https://archive.example.org", name="An archive", namespace="archive.example.org")
PARAGRAPH = "The Ministry of Foreign Affairs informs the embassy that the delegation arrives on Tuesday morning. " * 12
PARAGRAPHS_OF_TEN_PAGES = 16

Fields = dict[str, Any]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks.manifests", description=str(__doc__).split("\n")[0])
    parser.add_argument("--canvases", type=int, default=1000, help="how many canvases are many")
    many = parser.parse_args().canvases
    gc.set_threshold(processes._OBJECTS)  # as in the processes of a load, where manifests are built
    for name, fields in (("scans by file", _files), ("scans by service", _services), ("typeset text", _text)):
        _build(name, fields, many)
    _answers(many)


def _files(number: int) -> Fields:
    return {"pages": [{"file": f"{place}.jpg", "width": 2000, "height": 3000} for place in range(number)]}


def _services(number: int) -> Fields:
    of_page = {"service_type": "ImageService3", "service_profile": "level2", "width": 2000, "height": 3000}
    return {"pages": [{"service": f"https://images.example.org/{place}"} | of_page for place in range(number)]}


def _text(number: int) -> Fields:
    paragraphs = (f"{place} {PARAGRAPH}" for place in range(number * PARAGRAPHS_OF_TEN_PAGES // 10))
    return {"texts": [{"content": "\n\n".join(paragraphs), "language": "en"}]}


def _volume(fields: Fields) -> Record:
    return Record.model_validate({"identifier": "volume", "titles": [{"text": "A volume"}], **fields})


def _build(name: str, fields: Callable[[int], Fields], many: int) -> None:
    """Build the manifest of many canvases, and that of few."""
    few, volume = _volume(fields(FEW)), _volume(fields(many))
    canvases = sum(1 for _leaf in leaves.leaves(volume, REPOSITORY))
    presentation._accepted.clear()
    first = _seconds(lambda: _written(volume))
    later = median(_seconds(lambda: _written(volume)) for _round in range(ROUNDS))
    small = median(_seconds(lambda: _written(few)) for _round in range(ROUNDS))
    small_canvases = sum(1 for _leaf in leaves.leaves(few, REPOSITORY))
    _say("0.3 s", f"{name}: a manifest of {canvases} canvases", f"{later:.3f} s")
    _say("", "  the first one of its shape / a later one", f"{first / later:.1f}")
    _say(
        "1",
        f"  a canvas among {canvases} / one among {small_canvases}",
        f"{later / canvases / small * small_canvases:.2f}",
    )


def _written(record: Record) -> bytes | None:
    """Write a manifest; its text is set anew each time."""
    openings._set.cache_clear()
    return manifest.write(record, REPOSITORY)


def _answers(many: int) -> None:
    """Ask for a stored manifest, and again with its entity tag."""
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as named:
        folder = Path(named)
        app = create_app(
            Config(database_url=f"sqlite:///{folder}/store.sqlite", media_folder=folder, cache_folder=folder)
        )
        library: Library = app.extensions["dragoman"]
        volume = _volume(_services(many))
        library.store.publish([publishing.publication(volume, library.repository(), publishing.today())])
        tag = app.test_client().get(ADDRESS).headers["ETag"]
        whole, kept = _median_answer(app, {}), _median_answer(app, {"If-None-Match": tag})
        packed = _median_answer(app, {"Accept-Encoding": "gzip"})
        _say("", f"a stored manifest of {many} canvases / its 304", f"{whole / kept:.1f}")
        _say("", "  the same compressed / its 304", f"{packed / kept:.1f}")
        library.store.database.close()


def _median_answer(app: Flask, headers: dict[str, str]) -> float:
    environ = create_environ(ADDRESS, headers=headers)
    return median(_seconds(lambda: run_wsgi_app(app, environ.copy())) for _round in range(ROUNDS * 100))


def _seconds(run: Callable[[], object]) -> float:
    """Return the processor time of a run."""
    began = time.process_time()
    run()
    return time.process_time() - began


def _say(aim: str, what: str, found: str) -> None:
    print(f"{what:<58} {found:>24}   {aim}", flush=True)  # noqa: T201 - a table for people


if __name__ == "__main__":
    main()
