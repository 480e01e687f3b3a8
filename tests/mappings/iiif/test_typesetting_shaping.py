"""Typeset pages with and without the shaping library of the system, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

PLAIN = {
    "English": "The Premier said that we follow “no one”, 1965. " * 80,
    "Russian": "Товарищ Ким Ир Сен — «вождь», №5 (1965), и\u0306. " * 80,
    "Greek": "Ἀρχή ἥμισυ παντός, Α\u0313ρχη\u0301. " * 80,
    "Chinese": "金日成同志接见了中国大使。「毛泽东」，周恩来——1965年……（Kim）\n" * 40,
    "Japanese": "電報が届いた、「バナナ」ー。か\u3099き々\n" * 40,
    "Korean": "김일성 수상(金日成), \u1112\u1161\u11ab\u1100\u1173\u11af. " * 80,
    "Hebrew": "שלום (abc) 1965",
    "Armenian, Georgian, Amharic": "Հայերեն, ქართული, አማርኛ",
}
"""What needs no shaping."""

MARKS = "q\u0323\u0301 j\u0303 и\u0301 \u845b\U000e0100"
ARABIC = "برقية (1965) من ١٩٦٥"
HINDI = "नमस्ते (1965)"
OLD_HANGUL = "\u1112\u119e\u11ab글 abc"

PROGRAM = """
import hashlib, json, sys
from PIL import features
from mappings.iiif import typesetting

def said(text):
    found = typesetting.layout(text, heading=text[:20])
    boxes = [[list(word) for line in page.lines for word in line.words] for page in found.pages]
    framed = [piece.text for line in found.pages[-1].lines for piece in line.placed if piece.face is None]
    images = [hashlib.sha256(typesetting.draw(found, page + 1)).hexdigest() for page in range(len(boxes))]
    return {"boxes": boxes, "images": images, "framed": "".join(framed), "missing": typesetting.missing(text)}

shaping = bool(features.check("raqm"))
pages = {text: said(text) for text in json.load(sys.stdin)}
json.dump({"shaping": shaping, "fingerprint": typesetting.fingerprint(), "pages": pages}, sys.stdout)
"""

Said = dict[str, Any]


def told(environment: dict[str, str]) -> Said:
    """Return what a process says of all texts above: boxes and images of their pages, and what it cannot draw."""
    texts = json.dumps([*PLAIN.values(), MARKS, ARABIC, HINDI, OLD_HANGUL])
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=texts, env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    found: Said = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def with_library(need: Callable[[str], NoReturn]) -> Said:
    """Give what a process says that finds FriBidi."""
    found = told(dict(os.environ))
    if not found["shaping"]:
        need("the library FriBidi is missing, which Pillow needs for shaping (Debian: libfribidi0)")
    return found


@pytest.fixture(scope="module")
def without_library(tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], NoReturn]) -> Said:
    """Give what a process says that does not: an empty file in its place ends the loader's search."""
    folder: Path = tmp_path_factory.mktemp("libraries")
    for name in ("libfribidi.so", "libfribidi.so.0"):
        (folder / name).touch()
    found = told({**os.environ, "LD_LIBRARY_PATH": str(folder)})
    if found["shaping"]:
        need("the loader of this system finds FriBidi all the same: it cannot be hidden from a process")
    return found


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_what_needs_no_shaping_has_the_same_pages_without_the_library(
    text: str, with_library: Said, without_library: Said
) -> None:
    """Boxes, images byte for byte, and what is missing do not depend on the host."""
    assert without_library["pages"][text] == with_library["pages"][text]


def test_marks_without_a_composed_form_have_the_same_boxes_without_the_library(
    with_library: Said, without_library: Said
) -> None:
    """They stand less well, but they stand there, and nothing moves."""
    shaped, plain = with_library["pages"][MARKS], without_library["pages"][MARKS]
    assert plain["boxes"] == shaped["boxes"]
    assert plain["images"] != shaped["images"]
    assert (plain["missing"], plain["framed"]) == ("", "")


@pytest.mark.parametrize(
    ("text", "framed"), [(ARABIC, "برقيةمن١٩٦٥"), (HINDI, "नमस्ते"), (OLD_HANGUL, "\u1112\u119e\u11ab")]
)
def test_scripts_that_need_shaping_are_framed_without_the_library(
    text: str, framed: str, without_library: Said
) -> None:
    """Each of their characters is named as missing, and stands on the page as its code point."""
    said = without_library["pages"][text]
    assert sorted(set(said["framed"])) == sorted(set(framed))
    assert said["missing"] == "".join(dict.fromkeys(framed))


@pytest.mark.parametrize("text", [ARABIC, HINDI, OLD_HANGUL])
def test_scripts_that_need_shaping_are_drawn_with_the_library(text: str, with_library: Said) -> None:
    """Nothing of them is missing then."""
    said = with_library["pages"][text]
    assert (said["missing"], said["framed"]) == ("", "")


def test_the_fingerprint_says_whether_there_was_shaping(with_library: Said, without_library: Said) -> None:
    """So that pages are drawn anew once the library is there."""
    assert with_library["fingerprint"] != without_library["fingerprint"]
