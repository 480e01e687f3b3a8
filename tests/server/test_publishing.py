"""Publishing by the real mappings: datestamps move where bytes, sets or visibility change, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mappings.formats import FORMATS
from mappings.repository import ImageServer
from records.model import Collection, Record
from records.publish import Published
from records.store import Store
from server import publishing, rendering
from server.library import Library
from tests.told import told

Make = Callable[..., Record]
ALL = tuple(sorted({*FORMATS, "manifest"} - {"edm", "oai_datacite"}))
"""What every record has; the others ask for more."""

STATED: dict[str, Any] = {
    "abstracts": [{"text": "Something to read."}],
    "funding": [{"acknowledgment": "With thanks.", "funder": "A funder"}],
}


def moved(results: list[Published]) -> list[tuple[str, ...]]:
    """Return the formats that moved, record by record."""
    return [result.moved for result in results]


def test_the_same_record_again_moves_nothing(publish: Callable[..., list[Published]], make_record: Make) -> None:
    """What was loaded is loaded again: no datestamp moves."""
    assert moved(publish(make_record("r", **STATED))) == [ALL]
    assert moved(publish(make_record("r", **STATED))) == [()]


@pytest.mark.parametrize(
    ("change", "formats"),
    [
        ({"abstracts": [{"text": "Something else to read."}]}, ALL),
        ({"viewing_direction": "right-to-left"}, ("manifest",)),
        ({"notes": [{"text": "A note."}]}, ALL),
        ({"cataloguing": {"created": "1999"}}, ("mods",)),
        ({"cataloguing": {"created": "1999-01-02"}}, ("marc21", "mods")),
        ({"digital_origin": "born digital"}, ("mods",)),
        ({"collections": ["letters"]}, ALL),
        ({"visibility": "deleted"}, ALL),
        ({"visibility": "hidden"}, ALL),
    ],
)
def test_a_change_moves_the_formats_that_show_it(
    publish: Callable[..., list[Published]], make_record: Make, change: dict[str, Any], formats: tuple[str, ...]
) -> None:
    """The datestamp moves in exactly the formats whose bytes changed; a change of sets or a deletion moves all."""
    publish(make_record("r", **STATED))
    assert moved(publish(make_record("r", **(STATED | change)))) == [formats]


def test_a_record_without_a_manifest_loses_it(publish: Callable[..., list[Published]], make_record: Make) -> None:
    """What can no longer fill one format is deleted in that one; the others change as their bytes do."""
    publish(make_record("r", **STATED))
    link = [{"url": "https://example.org/manifest", "kind": "manifest"}]
    assert moved(publish(make_record("r", **STATED, links=link))) == [ALL]
    assert moved(publish(make_record("r", **STATED, links=link))) == [()]


def test_a_setting_moves_the_formats_that_show_it(
    library: Library, publish: Callable[..., list[Published]], make_record: Make
) -> None:
    """Rendering after a change of settings moves just what it changed."""
    publish(make_record("r", **STATED), make_record("s"))
    repository = replace(library.repository(), funder_names=False)
    assert moved(list(rendering.render(library.store, repository))) == [("mods",), ()]
    assert moved(list(rendering.render(library.store, repository))) == [(), ()]


def test_a_collection_moves_the_records_that_it_speaks_for(
    library: Library, publish: Callable[..., list[Published]], make_record: Make
) -> None:
    """A statement of a collection reaches the records inside it, and no others."""
    publish(make_record("in", collections=["a:b"]), make_record("out", collections=["c"]))
    library.store.put_collections([Collection.model_validate({"spec": "a", "title": "A", "languages": ["de"]})])
    results = list(rendering.render(library.store, library.repository(), within=["a"]))
    assert [(result.identifier, result.moved) for result in results] == [("in", tuple(sorted({*ALL} - {"manifest"})))]


def test_an_embargo_ends_by_itself(library: Library, make_record: Make) -> None:
    """An embargoed record is hidden until its day, and shown by the first rendering from then on."""
    record = make_record("r", embargoed_until="2030-01-01", **STATED)
    repository = library.repository()
    before = publishing.publication(record, repository, date(2029, 12, 31))
    after = publishing.publication(record, repository, date(2030, 1, 1))
    assert (before.status, set(before.documents.values())) == ("hidden", {None})
    assert after.status == "public"
    assert [result.outcome for result in library.store.publish([before])] == ["hidden"]
    assert [result.outcome for result in library.store.publish([after])] == ["created"]


def test_what_is_due_is_released_once(library: Library, store: Store, make_record: Make) -> None:
    """On its day a record is shown with the datestamp of its release; releasing again moves nothing."""
    repository = library.repository()
    embargoed = [
        make_record(name, embargoed_until=day) for name, day in (("now", "2030-01-01"), ("later", "9999-12-31"))
    ]
    store.publish([publishing.publication(record, repository, date(2029, 12, 31)) for record in embargoed])
    with store.database.writing() as (connection, now):
        connection.exec_driver_sql(f"UPDATE records SET release = {now - 1} WHERE identifier = 'now'")
        connection.exec_driver_sql("UPDATE records SET stated = replace(stated, '2030-01-01', '2020-01-01')")
    before = store.time()
    assert [publishing.release(store, repository) for _each in range(2)] == [1, 0]
    row = store.document("now", "oai_dc")
    assert row is not None
    assert told(row).datestamp >= before
    assert store.document("later", "oai_dc") is None


def test_what_was_shown_and_is_embargoed_comes_back(
    store: Store, publish: Callable[..., list[Published]], make_record: Make
) -> None:
    """Hidden again a record is deleted for harvesters, until its day."""
    publish(make_record("r"))
    assert [result.outcome for result in publish(make_record("r", embargoed_until="9999-12-31"))] == ["deleted"]
    assert store.due(1) == []
    assert [result.outcome for result in publish(make_record("r", embargoed_until="2020-01-01"))] == ["created"]


def test_rendering_revives_nothing(
    library: Library, store: Store, publish: Callable[..., list[Published]], make_record: Make
) -> None:
    """A deleted record stays deleted, whatever is rendered; loading it brings it back."""
    publish(make_record("r", **STATED))
    publishing.delete(store, library.repository(), ["r"])
    assert moved(list(rendering.render(store, library.repository()))) == [()]
    assert store.counts() == {"shown": 0, "hidden": 0, "withdrawn": 1}
    assert [result.outcome for result in publish(make_record("r", **STATED))] == ["created"]


def test_a_store_knows_who_served_its_images(library: Library) -> None:
    """Manifests name the image services: another level, or another server, and they are to be rendered anew."""
    repository = library.repository()
    publishing.remember(library.store, repository)
    server = ImageServer("https://images.example.org/{record}/{file}", "ImageService3", "level2")
    others = [replace(repository, image_level="level0"), replace(repository, image_server=server)]
    assert [publishing.outdated(library.store, each) for each in (repository, *others)] == [False, True, True]
