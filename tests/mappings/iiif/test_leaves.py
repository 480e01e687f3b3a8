"""Leaves: one canvas for each page image, else for each page that the record's texts are set as."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mappings.iiif import leaves, manifest, typesetting, uris
from mappings.iiif.leaves import Image, Leaf, Service
from mappings.iiif.presentation import LARGEST_THUMBNAIL, fitted
from mappings.repository import ImageServer, Repository
from records.model import Record

Document = dict[str, Any]
Stating = Callable[..., Record]
Written = Callable[[Record], Document]
Faults = Callable[[Document], list[str]]

BASE = "https://archive.example.org/iiif/r"
JPEG = "image/jpeg"


def shown(record: Record, repository: Repository) -> list[Leaf]:
    """Return the leaves of a record."""
    return list(leaves.leaves(record, repository))


def names(record: Record, repository: Repository) -> list[str]:
    """Return the English labels of the leaves of a record."""
    return [leaf.label["en"][0] for leaf in shown(record, repository)]


def test_a_file_is_served_by_us_with_a_thumbnail(repository: Repository, stating: Stating) -> None:
    """The image has the file's ending, size and media type; the page's own label is in no language that we know."""
    page = {"file": "f/1.png", "width": 3000, "height": 4000, "media_type": "image/png", "label": "f. 1r"}
    assert shown(stating(pages=[page]), repository) == [
        Leaf(
            1,
            {"none": ["f. 1r"]},
            Image(f"{BASE}/page/1.png", 3000, 4000, "image/png"),
            Image(f"{BASE}/page/1/thumbnail.jpg", 300, 400, JPEG),
            Service(f"{BASE}/image/1", "ImageService3", "level2"),
        )
    ]


@pytest.mark.parametrize("level", ["level2", "level0"])
def test_the_body_of_a_file_names_our_image_service(
    repository: Repository, stating: Stating, written: Written, level: str
) -> None:
    """With the level that this server has, which is a part of the configuration."""
    record = stating(pages=[{"file": "1.png", "width": 30, "height": 40, "media_type": "image/png"}])
    document = json.loads(manifest.write(record, replace(repository, image_level=level)) or b"")
    body = document["items"][0]["items"][0]["items"][0]["body"]
    assert body["service"] == [{"id": f"{BASE}/image/1", "type": "ImageService3", "profile": level}]
    assert (
        "service"
        not in written(stating(texts=[{"content": "Dear friend"}]))["items"][0]["items"][0]["items"][0]["body"]
    )


def test_a_pyramid_is_shown_as_jpeg(repository: Repository, stating: Stating) -> None:
    """Browsers show no TIFF: the address and the media type are those of what is drawn from it."""
    (leaf,) = shown(
        stating(pages=[{"file": "1.tif", "width": 60, "height": 40, "media_type": "image/tiff"}]), repository
    )
    assert leaf.image == Image(f"{BASE}/page/1.jpg", 60, 40, JPEG)
    assert leaf.service == Service(f"{BASE}/image/1", "ImageService3", "level2")


@pytest.mark.parametrize(
    ("version", "reference"),
    [
        ("ImageService3", {"id": "", "type": "ImageService3", "profile": "level1"}),
        ("ImageService2", {"@id": "", "@type": "ImageService2", "profile": "http://iiif.io/api/image/2/level1.json"}),
    ],
)
def test_another_server_may_serve_the_pyramids(
    repository: Repository, stating: Stating, version: str, reference: dict[str, str]
) -> None:
    """By the file's place in the media folder, the slash as that server wants it; other files stay with us."""
    server = ImageServer("https://images.example.org/iiif/{record}%2F{file}", version, "level1")
    pages = [{"file": name, "width": 60, "height": 40} for name in ("1.tif", "2.jpg")]
    pyramid, other = shown(stating(pages=pages), replace(repository, image_server=server))
    name = "id" if version == "ImageService3" else "@id"
    assert pyramid.service
    assert pyramid.service.reference() == reference | {name: "https://images.example.org/iiif/r%2F1.tif"}
    assert pyramid.image.uri == f"{BASE}/page/1.jpg"
    assert other.service == Service(f"{BASE}/image/2", "ImageService3", "level2")


def test_any_ending_of_a_file_makes_an_address(repository: Repository, stating: Stating) -> None:
    """What may not stand in a path is encoded (RFC 3986, 3.3)."""
    (leaf,) = shown(stating(pages=[{"file": "1.{", "width": 1, "height": 1}]), repository)
    assert leaf.image.uri == f"{BASE}/page/1.%7B"


def test_an_image_on_the_web_is_its_own_thumbnail(repository: Repository, stating: Stating) -> None:
    """It stays where it is, and its media type is not guessed."""
    page = {"image": "https://example.org/2.jpg", "width": 100, "height": 50}
    image = Image("https://example.org/2.jpg", 100, 50)
    assert shown(stating(pages=[page]), repository) == [Leaf(1, {"en": ["Page 1"]}, image, image)]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("image/png", "image/png"),
        (" Image/SVG+XML ", "image/svg+xml"),
        ("JPEG", None),
        ("image", None),
        ("a/b c", None),
    ],
)
def test_a_media_type_is_one_or_absent(
    repository: Repository, stating: Stating, written: Written, stated: str, expected: str | None
) -> None:
    """`format` takes media types only; other words do not stand in the way of the manifest (3.2, format)."""
    record = stating(pages=[{"image": "https://example.org/2", "width": 9, "height": 9, "media_type": stated}])
    assert [leaf.image.media_type for leaf in shown(record, repository)] == [expected]
    assert written(record)["items"][0]["thumbnail"][0].get("format") == expected


@pytest.mark.parametrize("end", ["", "/"])
@pytest.mark.parametrize(
    ("stated", "sizes", "service"),
    [
        ({}, ("max", "300,200"), None),
        (
            {"service_type": "ImageService3", "service_profile": "level1"},
            ("max", "300,200"),
            {"id": "https://example.org/i", "type": "ImageService3", "profile": "level1"},
        ),
        (
            {"service_type": "ImageService2", "service_profile": "http://iiif.io/api/image/2/level1.json"},
            ("full", "300,"),
            {
                "@id": "https://example.org/i",
                "@type": "ImageService2",
                "profile": "http://iiif.io/api/image/2/level1.json",
            },
        ),
        (
            {"service_type": "ImageService2", "service_profile": "level2"},
            ("full", "300,"),
            {
                "@id": "https://example.org/i",
                "@type": "ImageService2",
                "profile": "http://iiif.io/api/image/2/level2.json",
            },
        ),
    ],
)
def test_an_image_service_gives_both_images(
    repository: Repository,
    stating: Stating,
    stated: dict[str, str],
    sizes: tuple[str, str],
    service: dict[str, str] | None,
    end: str,
) -> None:
    """They are asked for in sizes that its version knows; it is named to viewers only if its version is stated."""
    page = {"service": f"https://example.org/i{end}", "width": 600, "height": 400, **stated}
    if service:
        service = service | {name: f"{service[name]}{end}" for name in ("id", "@id") if name in service}
    whole, small = (f"https://example.org/i/full/{size}/0/default.jpg" for size in sizes)
    (leaf,) = shown(stating(pages=[page]), repository)
    assert (leaf.image, leaf.thumbnail) == (Image(whole, 600, 400, JPEG), Image(small, 300, 200, JPEG))
    assert leaf.service
    assert leaf.service.reference() == service


def test_a_thousand_pages_are_a_thousand_canvases(stating: Stating, written: Written, faults: Faults) -> None:
    """A volume keeps the order of its pages, and each canvas its own name."""
    pages = [{"file": f"{number}.jpg", "width": 2000, "height": 3000} for number in range(1, 1001)]
    document = written(stating(pages=pages))
    assert faults(document) == []
    assert [canvas["label"] for canvas in document["items"]] == [{"en": [f"Page {n}"]} for n in range(1, 1001)]
    assert [canvas["items"][0]["items"][0]["body"]["id"] for canvas in document["items"]] == [
        f"{BASE}/page/{number}.jpg" for number in range(1, 1001)
    ]


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((3000, 4000), (300, 400)),
        ((4000, 3000), (300, 225)),
        ((301, 400), (300, 399)),
        ((100, 50), (100, 50)),
        ((1, 100_000), (1, 400)),
        ((100_000, 1), (300, 1)),
    ],
)
def test_an_image_is_made_to_fit(size: tuple[int, int], small: tuple[int, int]) -> None:
    """Its proportions stay, and no small image is enlarged; no side vanishes."""
    assert fitted(*size) == small


@given(width=st.integers(1, 100_000), height=st.integers(1, 100_000))
def test_every_thumbnail_fits(width: int, height: int) -> None:
    """No size is beyond the largest one, nor beyond the image."""
    small = fitted(width, height)
    assert all(1 <= side <= most for side, most in zip(small, LARGEST_THUMBNAIL, strict=True))
    assert small[0] <= width
    assert small[1] <= height


def test_texts_are_set_in_order_and_say_so(repository: Repository, stating: Stating) -> None:
    """Transcripts come first, then paraphrases, each as stated among its kind."""
    record = stating(
        texts=[
            {"kind": "paraphrase", "content": "P."},
            {"language": "ru", "content": "Слово."},
            {"language": "de", "pages": [{"page": 1, "content": "A"}, {"page": 2, "content": "B"}]},
        ]
    )
    assert names(record, repository) == [
        "Typeset transcript in Russian, page 1 of 1",
        "Typeset transcript in German, page 1 of 2 (page 1 of the document)",
        "Typeset transcript in German, page 2 of 2 (page 2 of the document)",
        "Typeset paraphrase, page 1 of 1",
    ]


def test_a_long_text_is_set_as_pages_that_are_counted(repository: Repository, stating: Stating) -> None:
    """A canvas says which page of how many it is; the number of the leaf goes on through all texts."""
    record = stating(
        texts=[{"content": "T.", "language": "es-419"}, {"kind": "paraphrase", "content": "Word. " * 3000}]
    )
    found = shown(record, repository)
    count = len(found) - 1
    assert count > 1
    assert names(record, repository) == [
        "Typeset transcript in Spanish (Latin America), page 1 of 1",
        *(f"Typeset paraphrase, page {page} of {count}" for page in range(1, count + 1)),
    ]
    assert [leaf.number for leaf in found] == list(range(1, count + 2))
    assert [leaf.image.uri for leaf in found] == [f"{BASE}/page/{number}.jpg" for number in range(1, count + 2)]


def test_descriptions_are_set_only_where_there_is_no_text(repository: Repository, stating: Stating) -> None:
    """The abstract stands for what there is not; with page images nothing is set at all."""
    text, page = {"content": "Text."}, {"image": "https://example.org/1.jpg", "width": 5, "height": 5}
    abstracts = [{"text": "A.", "language": "en"}, {"text": "Б.", "language": "ru"}]
    assert names(stating(abstracts=abstracts), repository) == [
        "Typeset description in English, page 1 of 1",
        "Typeset description in Russian, page 1 of 1",
    ]
    assert names(stating(abstracts=abstracts, texts=[text]), repository) == ["Typeset transcript, page 1 of 1"]
    assert names(stating(abstracts=abstracts, texts=[text], pages=[page]), repository) == ["Page 1"]


def test_nothing_to_show_is_no_leaf(repository: Repository, stating: Stating) -> None:
    """A title alone makes no page."""
    assert shown(stating(abstracts=[]), repository) == []


@given(data=st.data())
def test_every_typeset_leaf_has_its_page(
    repository: Repository, stating: Stating, texts_strategy: SearchStrategy[str], data: st.DataObject
) -> None:
    """The server draws just the pages that the manifest names, each of the text that its label names."""
    kinds = st.sampled_from(["transcript", "translation", "paraphrase"])
    words = st.tuples(texts_strategy, st.integers(1, 200)).map(lambda drawn: " ".join([drawn[0]] * drawn[1]))
    text = st.fixed_dictionaries({"content": words, "kind": kinds})
    record = stating(texts=data.draw(st.lists(text, min_size=1, max_size=3)))
    found = shown(record, repository)
    for leaf in found:
        layout, page = leaves.layout_of(record, leaf.number)
        assert leaf.image == Image(
            uris.page_image(repository, record, leaf.number, "jpg"), layout.width, layout.height, JPEG
        )
        small = typesetting.thumbnail_size(layout)
        assert leaf.thumbnail == Image(uris.thumbnail(repository, record, leaf.number), *small, JPEG)
        assert leaf.label["en"][0].endswith((f", page {page} of {len(layout.pages)}", "Typeset title page"))
    for number in (-1, 0, len(found) + 1):
        with pytest.raises(LookupError):
            leaves.layout_of(record, number)


def test_staff_learn_what_cannot_be_set(stating: Stating) -> None:
    """Characters that no font has are named once, unless page images are shown or nothing is set."""
    page = {"image": "https://example.org/1.jpg", "width": 5, "height": 5}
    title, text = [{"text": "Title \U0001f600"}], [{"content": "A \U0001f600 and \U00012000."}]
    assert leaves.missing(stating(titles=title, texts=text)) == "\U0001f600\U00012000"
    assert leaves.missing(stating(titles=title, texts=text, pages=[page])) == ""
    assert leaves.missing(stating(titles=title, abstracts=[])) == ""
