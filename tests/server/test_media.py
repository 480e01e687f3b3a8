"""Page images: found beside the input, measured, copied whole; what cannot be taken is named with its remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips
from PIL import Image, TiffImagePlugin

from records.errors import RecordError
from records.model import Record
from server.arrivals import Arrivals
from server.media import NEEDS, Media

Make = Callable[..., Record]


def draw(path: Path, size: tuple[int, int] = (40, 60), mode: str = "RGB") -> None:
    """Write a small image in the format that its name says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, 200).save(path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give the place of an input file; images lie beside it."""
    return tmp_path / "in" / "records.json"


@pytest.fixture
def media(tmp_path: Path) -> Media:
    """Give an empty media folder."""
    return Media(tmp_path / "media")


def taken(media: Media, record: Record, source: Path) -> Record:
    """Return the record with its page images taken, and put into their places."""
    with Arrivals(media.folder) as arrivals:
        arrival = arrivals.of(record.identifier)
        found = media.take(record, source, arrival)
        assert isinstance(found, tuple), str(found)
        arrival.place()
    return found[0]


def refused(media: Media, record: Record, source: Path) -> RecordError:
    """Return why the page images of a record are not taken."""
    with Arrivals(media.folder) as arrivals:
        error = media.take(record, source, arrivals.of(record.identifier))
    assert isinstance(error, RecordError)
    return error


def test_images_that_a_record_names_are_measured_and_copied(media: Media, source: Path, make_record: Make) -> None:
    """Names are relative to the input; label and description stay."""
    draw(source.parent / "scans" / "front.png", (300, 200))
    record = taken(media, make_record("r", pages=[{"file": "scans/front.png", "label": "Front"}]), source)
    (page,) = record.pages
    assert (page.width, page.height, page.media_type, page.label) == (300, 200, "image/png", "Front")
    assert media.path("r", page).read_bytes() == (source.parent / "scans" / "front.png").read_bytes()


def test_a_folder_that_bears_the_identifier_is_the_record_s(media: Media, source: Path, make_record: Make) -> None:
    """Images in it are the pages, in the order that people count in; other files are left."""
    for number in (1, 2, 10):
        draw(source.parent / "r" / f"page{number}.jpg", (number, 1))
    (source.parent / "r" / "notes.txt").write_text("no image")
    (source.parent / "r" / "._page1.jpg").write_text("what macOS leaves")
    record = taken(media, make_record("r"), source)
    assert [page.width for page in record.pages] == [1, 2, 10]
    assert taken(media, make_record("s"), source).pages == ()


def test_what_browsers_cannot_show_becomes_jpeg(media: Media, source: Path, make_record: Make) -> None:
    """A TIFF is copied as JPEG, in its size."""
    draw(source.parent / "scan.tif", (50, 70), "CMYK")
    (page,) = taken(media, make_record("r", pages=[{"file": "scan.tif"}]), source).pages
    assert (page.file, page.media_type) == ("1.jpg", "image/jpeg")
    with Image.open(media.path("r", page)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (50, 70), "RGB")


def write_pyramid(path: Path, **options: bool) -> None:
    """Write a TIFF of 600 x 400 pixels with smaller copies of its image."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = pyvips.Image.black(600, 400, bands=3).copy(interpretation="srgb")
    image.tiffsave(str(path), **({"tile": True, "pyramid": True} | options))


@pytest.mark.parametrize("options", [{}, {"subifd": True}, {"bigtiff": True}])
def test_a_pyramidal_tiff_stays_as_it_is(
    media: Media, source: Path, make_record: Make, options: dict[str, bool]
) -> None:
    """Pictures are drawn from it when they are asked for; its smaller copies are no pages."""
    write_pyramid(source.parent / "scan.tiff", **options)
    (page,) = taken(media, make_record("r", pages=[{"file": "scan.tiff"}]), source).pages
    assert (page.file, page.media_type, page.width, page.height) == ("1.tif", "image/tiff", 600, 400)
    assert media.path("r", page).read_bytes() == (source.parent / "scan.tiff").read_bytes()


def test_a_tiff_without_smaller_copies_is_no_pyramid(media: Media, source: Path, make_record: Make) -> None:
    """Though it stands in tiles: all of it would have to be read for a small picture."""
    write_pyramid(source.parent / "scan.tif", pyramid=False)
    (page,) = taken(media, make_record("r", pages=[{"file": "scan.tif"}]), source).pages
    assert (page.file, page.media_type) == ("1.jpg", "image/jpeg")


def test_a_page_has_one_file(media: Media, source: Path, make_record: Make) -> None:
    """One that comes again as another kind of image leaves none behind."""
    write_pyramid(source.parent / "scan.tif")
    draw(source.parent / "scan.png")
    for name in ("scan.png", "scan.tif", "scan.png"):
        (page,) = taken(media, make_record("r", pages=[{"file": name}]), source).pages
        assert list((media.folder / "r").iterdir()) == [media.path("r", page)]


def test_a_tiff_of_several_pages_is_as_many_pages(media: Media, source: Path, make_record: Make) -> None:
    """Each in its size, with what is stated of it; pages behind it count on. A smaller copy in it is no page."""
    source.parent.mkdir()
    one, two, small = (Image.new("L", (width, 20), width) for width in (40, 50, 5))
    small_copy = TiffImagePlugin.ImageFileDirectory_v2()
    small_copy[254] = 1
    small.encoderinfo = {"tiffinfo": small_copy}
    one.save(source.parent / "a.tif", save_all=True, append_images=[two, small])
    draw(source.parent / "b.png", (60, 20))
    record = taken(media, make_record("r", pages=[{"file": "a.tif", "label": "A"}, {"file": "b.png"}]), source)
    assert [(page.file, page.width, page.label) for page in record.pages] == [
        ("1.jpg", 40, "A"),
        ("2.jpg", 50, "A"),
        ("3.png", 60, None),
    ]
    with Image.open(media.path("r", record.pages[1])) as image:
        assert (image.size, image.getpixel((0, 0))) == ((50, 20), (50, 50, 50))


def test_a_camera_s_jpeg_stays_as_it_is(media: Media, source: Path, make_record: Make) -> None:
    """Though another picture stands behind the first (MPO)."""
    source.parent.mkdir()
    one, two = Image.new("RGB", (40, 60)), Image.new("RGB", (4, 6))
    one.save(source.parent / "a.jpg", "MPO", save_all=True, append_images=[two])
    (page,) = taken(media, make_record("r", pages=[{"file": "a.jpg"}]), source).pages
    assert (page.file, page.media_type, page.width) == ("1.jpg", "image/jpeg", 40)
    assert media.path("r", page).read_bytes() == (source.parent / "a.jpg").read_bytes()


def test_grey_of_16_bits_is_not_white(media: Media, source: Path, make_record: Make) -> None:
    """Its upper 8 bits are shown."""
    source.parent.mkdir()
    Image.new("I;16", (4, 4), 0x7500).save(source.parent / "a.tif")
    (page,) = taken(media, make_record("r", pages=[{"file": "a.tif"}]), source).pages
    with Image.open(media.path("r", page)) as image:
        assert image.getpixel((0, 0)) == (0x75, 0x75, 0x75)


def test_jpeg_2000_becomes_jpeg(media: Media, source: Path, make_record: Make) -> None:
    """Where Pillow has the library for it."""
    draw(source.parent / "a.jp2")
    (page,) = taken(media, make_record("r", pages=[{"file": "a.jp2"}]), source).pages
    assert (page.file, page.width, page.height) == ("1.jpg", 40, 60)


@pytest.mark.parametrize("name", ["a.jp2", "a.tif"])
def test_an_image_that_breaks_off_is_named(media: Media, source: Path, make_record: Make, name: str) -> None:
    """It is measured by its beginning, and refused when its pixels are read; nothing half is left."""
    draw(source.parent / name, (400, 600))
    whole = (source.parent / name).read_bytes()
    (source.parent / name).write_bytes(whole[: len(whole) - 60])
    error = refused(media, make_record("r", pages=[{"file": name}]), source)
    assert f"{source}, r, pages.0.file: '{name}' cannot be read as an image (" in str(error)
    assert str(error).endswith("); save it again as JPEG, PNG or TIFF")
    assert [path for path in media.folder.rglob("*") if path.is_file()] == []


def test_images_elsewhere_stay_there(media: Media, source: Path, make_record: Make) -> None:
    """An image on the web is neither fetched nor measured: its size is stated."""
    stated = make_record("r", pages=[{"image": "https://example.org/1.jpg", "width": 10, "height": 20}])
    assert taken(media, stated, source) == stated
    assert not media.folder.exists()


def test_measuring_alone_copies_nothing(media: Media, source: Path, make_record: Make) -> None:
    """A dry run finds the sizes and leaves the media folder as it was."""
    draw(source.parent / "1.jpg")
    found = media.take(make_record("r", pages=[{"file": "1.jpg"}]), source)
    assert isinstance(found, tuple)
    assert found[0].pages[0].width == 40
    assert not media.folder.exists()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("absent.jpg", "'absent.jpg' is not in {folder}; put the file there, or correct the name"),
        ("../secret.jpg", "'../secret.jpg' lies outside the folder of the input; put it beside the input"),
        ("/etc/passwd", "'/etc/passwd' lies outside the folder of the input; put it beside the input"),
        (
            "broken.jpg",
            "'broken.jpg' cannot be read as an image (cannot identify image file '{folder}/broken.jpg'); save it again "
            "as JPEG, PNG or TIFF",
        ),
    ],
)
def test_an_image_that_cannot_be_taken_is_named(
    media: Media, source: Path, make_record: Make, name: str, problem: str
) -> None:
    """The error names file, record, field and remedy; nothing is copied."""
    source.parent.mkdir()
    (source.parent / "broken.jpg").write_bytes(b"\xff\xd8 no image")
    draw(source.parent.parent / "secret.jpg")
    error = refused(media, make_record("r", pages=[{"file": name}]), source)
    assert str(error) == f"{source}, r, pages.0.file: {problem.format(folder=source.parent)}"
    assert not media.folder.exists()


def test_every_bad_page_is_named(media: Media, source: Path, make_record: Make) -> None:
    """Staff see all that is missing at once."""
    source.parent.mkdir()
    error = refused(media, make_record("r", pages=[{"file": "a.jpg"}, {"file": "b.jpg"}]), source)
    assert [fault.field for fault in error.faults] == ["pages.0.file", "pages.1.file"]


def test_a_format_that_needs_an_absent_library_names_it(
    media: Media, source: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staff learn what to install, or how to save the image otherwise."""
    monkeypatch.setitem(NEEDS, "JPEG2000", ("a library that Pillow never heard of", "OpenJPEG"))
    draw(source.parent / "a.jp2")
    whole = (source.parent / "a.jp2").read_bytes()
    (source.parent / "a.jp2").write_bytes(whole[: len(whole) - 30])
    with pytest.warns(UserWarning, match="Unknown feature"):
        error = refused(media, make_record("r", pages=[{"file": "a.jp2"}]), source)
    assert str(error) == (
        f"{source}, r, pages.0.file: 'a.jp2' needs OpenJPEG support, which Pillow here was built without; install "
        f"Pillow with it, or save the image as JPEG or PNG"
    )
