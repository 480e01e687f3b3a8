"""Collections: what they state holds for their records, unless a record says otherwise."""

from records.collections import ancestors, funder_sets, set_specs, stated_for, with_defaults
from records.model import Collection, Funding, Institution, Record, Rights, Title

LETTERS = Collection(
    spec="a:letters",
    title="Letters",
    rights=Rights(statement="Letters may be read."),
    funding=(Funding(acknowledgment="Paid by A."),),
)
ABOVE = Collection(
    spec="a",
    title="A",
    rights=Rights(statement="A is closed.", uri="http://rightsstatements.org/vocab/InC/1.0/"),
    provider=Institution(name="Archive"),
    languages=("en",),
)
OTHER = Collection(spec="b", title="B", languages=("ru",), original_languages=("zh",))
COLLECTIONS = {collection.spec: collection for collection in (LETTERS, ABOVE, OTHER)}


def _record(**stated: object) -> Record:
    return Record.model_validate({"identifier": "r", "titles": [Title(text="T")], **stated})


def test_the_sets_above_a_set_come_nearest_first() -> None:
    """`a:b` stands in `a:b` and in `a` (OAI-PMH 2.0, 2.6)."""
    assert [ancestors(spec) for spec in ("a", "a:b", "a:b:c")] == [("a",), ("a:b", "a"), ("a:b:c", "a:b", "a")]


def test_collections_speak_in_the_records_order() -> None:
    """Each before those above it; unknown ones are silent."""
    record = _record(collections=("b", "unknown", "a:letters"))
    assert list(stated_for(record, COLLECTIONS)) == [OTHER, LETTERS, ABOVE]


def test_what_a_record_does_not_state_its_collections_state() -> None:
    """Field by field from the nearest that states it, and the report says which; rights are taken whole."""
    filled, report = with_defaults(_record(collections=("a:letters", "b")), COLLECTIONS)
    assert filled == _record(
        collections=("a:letters", "b"),
        rights=LETTERS.rights,
        funding=LETTERS.funding,
        provider=ABOVE.provider,
        languages=("en",),
        original_languages=("zh",),
    )
    assert report == {
        "rights": "a:letters",
        "funding": "a:letters",
        "provider": "a",
        "languages": "a",
        "original_languages": "b",
    }


def test_a_records_own_statement_wins() -> None:
    """Of rights even a part: two half statements make no whole one."""
    stated = _record(
        collections=("a:letters",),
        rights=Rights(holder="Ann"),
        funding=(Funding(funder="B"),),
        provider=Institution(name="P"),
        languages=("de",),
    )
    assert with_defaults(stated, COLLECTIONS) == (stated, {})


def test_a_record_of_no_collection_is_as_it_was() -> None:
    """Nothing else is ever filled in."""
    record = _record(collections=("unknown",))
    assert with_defaults(record, COLLECTIONS) == (record, {})


def test_a_funder_that_is_named_makes_a_set() -> None:
    """By the declared slug, else by the ASCII letters of the name; the set of all funders stands above."""
    record = _record(
        collections=("a",),
        funding=(Funding(funder="Lévy & Söhne, Inc."), Funding(funder="Ministry", slug="min"), Funding(slug="quiet")),
    )
    assert funder_sets(record) == {
        "funder": "Funders",
        "funder:levy-sohne-inc": "Lévy & Söhne, Inc.",
        "funder:min": "Ministry",
        "funder:quiet": "quiet",
    }
    assert set_specs(record) == ("a", "funder:levy-sohne-inc", "funder:min", "funder:quiet")


def test_no_set_is_read_out_of_an_acknowledgment() -> None:
    """A sentence names nobody; a name without ASCII letters needs a declared slug; both are in no funder's set."""
    record = _record(funding=(Funding(acknowledgment="Made possible by Leon Levy."), Funding(funder="Фонд")))
    assert funder_sets(record) == {}
    assert set_specs(record) == ()


def test_a_funder_whose_name_makes_no_set_spec_has_no_set() -> None:
    """It would be too long; a declared slug mends that, unless it is too long itself."""
    record = _record(
        funding=(Funding(funder="Fund " * 60), Funding(slug="x" * 200), Funding(funder="F" * 300, slug="f"))
    )
    assert set_specs(record) == ("funder:f",)
