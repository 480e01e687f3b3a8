"""The record: what it takes, what it drops, what it refuses."""

from typing import Any

import pytest
from pydantic import ValidationError

from records.model import DEEPEST, Collection, Date, DocumentText, Page, Range, Record, TextPage, without_blanks

LEAST: dict[str, Any] = {"identifier": "r", "titles": [{"text": "T"}]}
STATEMENT = "  The Program welcomes reuse.\n\nSome documents\tmay be “subject” to copyright. \n"


def _problems(stated: object, model: Any = Record) -> list[tuple[str, str]]:  # noqa: ANN401 - a model
    with pytest.raises(ValidationError) as refused:
        model.model_validate(stated)
    return [(".".join(map(str, error["loc"])), error["msg"]) for error in refused.value.errors()]


def test_a_record_needs_an_identifier_and_a_main_title() -> None:
    """And nothing else."""
    assert Record.model_validate(LEAST).title.text == "T"
    assert _problems({}) == [("identifier", "Field required")]
    needed = 'Value error, a record needs a main title: "titles": [{"text": "..."}]'
    assert _problems({"identifier": "r"}) == [("", needed)]
    assert _problems({"identifier": "r", "titles": [{"text": "T", "kind": "translated"}]}) == [("", needed)]


def test_a_deletion_needs_an_identifier_alone() -> None:
    """A record that is only a deletion has no title."""
    assert Record(identifier="r", visibility="deleted").titles == ()


def test_blanks_are_absent() -> None:
    """Null, empty and white text, empty lists and objects, at any depth; zero and false are values."""
    blank: list[Any] = [None, "", " \n\t", [], {}, [""], {"a": None}, [{"b": [" "]}]]
    assert without_blanks({"a": blank, "b": {"c": [0, False, " x "]}}) == {"b": {"c": [0, False, " x "]}}
    stated = LEAST | {
        "abstracts": blank,
        "rights": {"statement": " ", "uri": None},
        "edition": "",
        "unmapped": {"x": []},
    }
    assert Record.model_validate(stated) == Record.model_validate(LEAST)
    assert Collection.model_validate({"spec": "a", "title": "A", "rights": {"holder": ""}}).rights is None


def test_a_statement_of_qualifiers_alone_is_blank() -> None:
    """An empty cell stays empty, though its column says of what kind or in which language it would be."""
    record = Record.model_validate(
        {
            "identifier": "a",
            "titles": [{"text": "T"}, {"text": " ", "language": "en"}],
            "agents": [{"name": "", "roles": ["trl"]}],
            "dates": [{"edtf": None, "kind": "uploaded"}],
        }
    )
    assert record == Record.model_validate({"identifier": "a", "titles": [{"text": "T"}]})
    with pytest.raises(ValidationError):
        Record.model_validate({"identifier": "a", "titles": [{"text": "T"}, {"language": "en"}]})


def test_statements_are_kept_character_for_character() -> None:
    """Rights statement and acknowledgment, line breaks and blanks at both ends included; CR LF is LF."""
    stated = {"rights": {"statement": STATEMENT.replace("\n", "\r\n")}, "funding": [{"acknowledgment": STATEMENT}]}
    record = Record.model_validate(LEAST | stated)
    assert record.rights is not None
    assert (record.rights.statement, record.funding[0].acknowledgment) == (STATEMENT, STATEMENT)
    assert Record.model_validate_json(record.model_dump_json(exclude_defaults=True)) == record


def test_a_record_is_immutable() -> None:
    """What was checked stays checked."""
    with pytest.raises(ValidationError, match="frozen"):
        Record.model_validate(LEAST).identifier = "s"  # type: ignore[misc]


def test_an_unknown_field_is_refused() -> None:
    """Nothing is lost without a word."""
    assert _problems(LEAST | {"titel": "x"}) == [("titel", "Extra inputs are not permitted")]


@pytest.mark.parametrize(
    ("model", "stated", "problem"),
    [
        (Date, {}, "a date needs 'edtf', or 'text' where there is no date to state"),
        (DocumentText, {}, "a text needs either 'content' (the whole) or 'pages', not both"),
        (
            DocumentText,
            {"content": "x", "pages": [{"page": 1, "content": "x"}]},
            "a text needs either 'content' (the whole) or 'pages', not both",
        ),
        (Page, {}, "a page needs exactly one of 'file', 'image' (its web address) and 'service' (IIIF)"),
        (
            Page,
            {"file": "a.jpg", "image": "https://example.org/a.jpg"},
            "a page needs exactly one of 'file', 'image' (its web address) and 'service' (IIIF)",
        ),
        (
            Page,
            {"image": "https://example.org/a.jpg", "width": 1},
            "a page that is not a file needs 'width' and 'height' in pixels",
        ),
    ],
)
def test_parts_that_contradict_themselves_are_refused(model: Any, stated: object, problem: str) -> None:  # noqa: ANN401
    """With what they need."""
    assert _problems(stated, model) == [("", f"Value error, {problem}")]


@pytest.mark.parametrize(
    ("version", "stated", "taken"),
    [
        ("ImageService3", "level0", True),
        ("ImageService2", "level2", True),
        ("ImageService2", "http://iiif.io/api/image/2/level1.json", True),
        ("ImageService3", "http://iiif.io/api/image/2/level1.json", False),
        ("ImageService3", "http://iiif.io/api/image/3/level1.json", False),
        ("ImageService2", "https://iiif.io/api/image/2/level1.json", False),
        ("ImageService2", "http://iiif.io/api/image/2/level3.json", False),
        ("ImageService2", "level 2", False),
        ("ImageService3", "urn:example:profile", False),
    ],
)
def test_a_service_has_a_profile_of_its_version(version: str, stated: str, *, taken: bool) -> None:
    """Another one is refused by its name; viewers would take the service for what it is not."""
    service = {"service": "https://example.org/i", "service_type": version, "service_profile": stated}
    record = LEAST | {"pages": [{**service, "width": 3, "height": 4}]}
    if taken:
        assert Record.model_validate(record).pages[0].service_profile == stated
    else:
        problem = f"'service_profile': {version} has no {stated!r}; write 'level0', 'level1' or 'level2'"
        assert _problems(record) == [("pages.0", f"Value error, {problem}")]


def test_a_date_is_read_without_the_blanks_around_it() -> None:
    """Its words are kept as they are; words alone have no span."""
    date = Date(edtf=" 1965-03-02 ", text=" March 2, 1965")
    assert (date.edtf, date.text, date.span and date.span.day) == ("1965-03-02", " March 2, 1965", "1965-03-02")
    assert Date(text="undated").span is None
    assert _problems({"edtf": "1965-02-30"}, Date) == [
        ("edtf", "Value error, '1965-02-30' names a day that no calendar has; correct it")
    ]


def test_a_text_is_whole_or_the_sum_of_its_pages() -> None:
    """With an empty line between pages."""
    assert DocumentText(content="All.").whole == "All."
    pages = (TextPage(page=1, content="One."), TextPage(page=2, content="Two."))
    assert DocumentText(pages=pages).whole == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("stated", "presentable"),
    [
        ({}, False),
        ({"abstracts": [{"text": "A"}]}, True),
        ({"texts": [{"content": "C"}]}, True),
        ({"pages": [{"file": "a.jpg"}]}, True),
    ],
)
def test_a_record_with_images_or_text_is_presentable(stated: dict[str, Any], presentable: bool) -> None:
    """A record with neither has no manifest."""
    assert Record.model_validate(LEAST | stated).presentable is presentable


def test_links_are_found_by_their_kind() -> None:
    """The first of that kind, or none."""
    links = [
        {"url": f"https://example.org/{n}", "kind": kind} for n, kind in enumerate(["preview", "manifest", "manifest"])
    ]
    record = Record.model_validate(LEAST | {"links": links})
    assert (record.link("manifest"), record.link("file")) == ("https://example.org/1", None)


def _nested(depth: int) -> dict[str, Any]:
    stated: dict[str, Any] = {"label": "L", "pages": [1]}
    for _ in range(depth - 1):
        stated = {"label": "L", "ranges": [stated]}
    return stated


def test_a_range_holds_pages_or_ranges() -> None:
    """Pages are counted from 1; a label alone names nothing."""
    assert Range.model_validate({"label": "A", "pages": [3, 1], "ranges": [_nested(1)]}).depth == 2
    needed = "Value error, a range needs 'pages', [1, 2, 3], or 'ranges' within it"
    assert _problems({"label": "A"}, Range) == [("", needed)]
    assert [place for place, _problem in _problems({"label": "A", "pages": [1, 0]}, Range)] == ["pages.1"]


def test_ranges_stand_within_each_other_only_so_deep() -> None:
    """What is taken can be read again; what is deeper is refused with its remedy, however deep it is."""
    record = Record.model_validate(LEAST | {"structures": [_nested(DEEPEST)]})
    assert Record.model_validate_json(record.model_dump_json()) == record
    deep = f"Value error, ranges stand within each other {DEEPEST + 1} deep; leave out levels, {DEEPEST} can be"
    assert deep in [problem for _place, problem in _problems(_nested(DEEPEST + 1), Range)]
    assert _problems(_nested(200), Range)
