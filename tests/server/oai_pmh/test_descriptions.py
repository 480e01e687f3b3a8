"""What Identify and ListSets tell of who provides the records: what is configured or stated, and nothing else."""

from collections.abc import Callable

from lxml import etree

from records.model import Collection, Record
from server.application import create_app
from server.config import Config

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
RIGHTS = "{http://www.openarchives.org/OAI/2.0/rights/}"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"

Ask = Callable[..., etree._Element]


def dublin_core(element: etree._Element) -> list[tuple[str, str]]:
    """Return what is said in Dublin Core inside an element."""
    return [(etree.QName(found).localname, str(found.text)) for found in element.iter(f"{DC}*")]


def test_identify_tells_who_provides_the_records(config: Config, checked: Callable[[bytes], etree._Element]) -> None:
    """The institution publishes, who passes records on contributes; the licence of the metadata is a manifest."""
    told = {
        "institution_name": "Archive & Sons",
        "institution_uri": "https://ror.org/05dxps055",
        "institution_homepage": "https://archive.example.org/about",
        "institution_description": "Letters <and> telegrams.",
        "intermediate_provider_name": "Regional Hub",
        "aggregator_name": "National Aggregator",
        "metadata_rights": CC0,
    }
    app = create_app(Config.model_validate(config.model_dump() | told))
    root = checked(app.test_client().get("/oai?verb=Identify").data)
    _identifiers, described, rights = root.iter(f"{OAI}description")
    assert dublin_core(described) == [
        ("title", "Dragoman example repository"),
        ("description", "Letters <and> telegrams."),
        ("publisher", "Archive & Sons"),
        ("identifier", "https://ror.org/05dxps055"),
        ("identifier", "https://archive.example.org/about"),
        ("contributor", "Regional Hub"),
        ("contributor", "National Aggregator"),
    ]
    manifest = rights[0]
    assert manifest.get("appliesTo") == "http://www.openarchives.org/OAI/2.0/entity#metadata"
    assert [found.get("ref") for found in manifest.iter(f"{RIGHTS}rightsReference")] == [CC0]
    app.extensions["dragoman"].store.close()


def test_a_set_tells_what_its_collection_states(
    ask: Ask, publish: Callable[..., object], make_record: Callable[..., Record]
) -> None:
    """Acknowledgment and rights statement as they are; a set that states nothing but its title has no description."""
    letters = Collection.model_validate(
        {
            "spec": "letters",
            "title": "Letters",
            "description": "What they wrote.",
            "provider": {"name": "An Archive", "uri": "https://ror.org/05dxps055"},
            "intermediate_provider": {"name": "A Hub"},
            "aggregator": {"name": "An Aggregator"},
            "funding": [{"acknowledgment": "With thanks  to the Fund.", "funder": "The Fund"}],
            "rights": {"statement": "Ask us.\n\nBefore you print.", "uri": CC0},
        }
    )
    publish(make_record("r", collections=["letters"]), collections=[letters])
    sets = {found.findtext(f"{OAI}setSpec"): found for found in ask("ListSets").iter(f"{OAI}set")}
    assert list(sets) == ["funder", "funder:the-fund", "letters"]
    assert dublin_core(sets["letters"]) == [
        ("description", "What they wrote."),
        ("publisher", "An Archive"),
        ("identifier", "https://ror.org/05dxps055"),
        ("contributor", "A Hub"),
        ("contributor", "An Aggregator"),
        ("description", "With thanks  to the Fund."),
        ("rights", "Ask us.\n\nBefore you print."),
        ("rights", CC0),
    ]
    assert [found.findtext(f"{OAI}setName") for found in sets.values()] == ["Funders", "The Fund", "Letters"]
    assert sets["funder:the-fund"].find(f"{OAI}setDescription") is None
