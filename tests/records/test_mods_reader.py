"""The MODS reader: what documents of others say, what is put right, what is refused, and that nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from records.errors import RecordError
from records.model import Record
from records.readers import mods, xml
from records.readers.found import Options, Taken
from records.readers.mods.source import squeezed
from records.readers.place import Header, Place

START = (
    '<mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink">'
    "<titleInfo><title>A letter</title></titleInfo><identifier>letter-1</identifier>"
)


def _read(inside: str, start: str = START, header: Header | None = None) -> Taken | RecordError:
    place = Place(Path("in.xml"), "record 1 (line 1)", header)
    return mods.read(etree.fromstring(f"{start}{inside}</mods>"), place)


def _taken(inside: str, start: str = START, header: Header | None = None) -> Taken:
    taken = _read(inside, start, header)
    assert isinstance(taken, Taken), taken
    return taken


def _stated(inside: str) -> dict[str, object]:
    """Return what a record states beside its identifier, title and document."""
    return _taken(inside).record.model_dump(
        mode="json", exclude={"identifier", "titles", "native"}, exclude_defaults=True
    )


@pytest.mark.parametrize(
    ("inside", "stated"),
    [
        (
            '<name type="personal"><namePart type="given">Ada</namePart><namePart type="family">Vale</namePart>'
            '<namePart type="date">1890-1951</namePart><role><roleTerm type="code">aut</roleTerm>'
            '<roleTerm type="text">Author</roleTerm></role></name>',
            {"agents": [{"name": "Vale, Ada, 1890-1951", "kind": "person", "roles": ["aut"]}]},
        ),
        (
            "<name><namePart>Press</namePart><role><roleTerm "
            'valueURI="http://id.loc.gov/vocabulary/relators/prt">Druckerei</roleTerm></role></name>',
            {"agents": [{"name": "Press", "roles": ["prt"]}]},
        ),
        (
            "<originInfo><publisher>River Press</publisher></originInfo>",
            {"agents": [{"name": "River Press", "roles": ["pbl"]}]},
        ),
        (
            '<originInfo><dateCreated encoding="w3cdtf" point="start" qualifier="approximate">1901</dateCreated>'
            '<dateCreated encoding="w3cdtf" point="end">1905</dateCreated></originInfo>',
            {"dates": [{"edtf": "1901~/1905"}]},
        ),
        (
            '<originInfo><dateIssued point="start">1901</dateIssued></originInfo>',
            {"dates": [{"edtf": "1901/", "kind": "issued"}]},
        ),
        (
            '<originInfo><dateIssued>sometime in the twenties, it seems</dateIssued><dateIssued encoding="w3cdtf" '
            'point="start">1920</dateIssued><dateIssued encoding="w3cdtf" point="end">1929</dateIssued></originInfo>',
            {"dates": [{"edtf": "1920/1929", "text": "sometime in the twenties, it seems", "kind": "issued"}]},
        ),
        (
            "<recordInfo><recordCreationDate>2014-09-23T10:11:12.5-04:00</recordCreationDate></recordInfo>",
            {"cataloguing": {"created": "2014-09-23"}},
        ),
        (
            "<accessCondition type='logo' xlink:href='https://a.example.org/logo.png'/>"
            "<accessCondition type='restrictionOnAccess'>Ask first.</accessCondition>",
            {"rights": {"access": "Ask first."}},
        ),
        (
            '<originInfo><dateCreated encoding="marc">19uu</dateCreated></originInfo>',
            {"dates": [{"edtf": "19XX", "text": "19uu"}]},
        ),
        (
            '<originInfo><dateCreated encoding="iso8601">19650302</dateCreated></originInfo>',
            {"dates": [{"edtf": "1965-03-02", "text": "19650302"}]},
        ),
        (
            "<subject authority='lcsh'><topic>Mills</topic><geographic>Leeds</geographic></subject>",
            {"subjects": [{"text": "Mills--Leeds", "authority": "lcsh"}]},
        ),
        (
            "<subject><hierarchicalGeographic><country>Iceland</country><city>Vik</city></hierarchicalGeographic>"
            "<cartographics><coordinates>63.42, -19.01</coordinates></cartographics></subject>",
            {"subjects": [{"text": "Iceland--Vik", "kind": "place", "latitude": 63.42, "longitude": -19.01}]},
        ),
        (
            "<name type='corporate'><namePart>Vale Fund</namePart><role><roleTerm>funder</roleTerm></role></name>"
            "<note type='funding'>Paid by the Vale Fund.</note>",
            {
                "agents": [{"name": "Vale Fund", "kind": "organization", "roles": ["fnd"]}],
                "funding": [{"acknowledgment": "Paid by the Vale Fund.", "funder": "Vale Fund"}],
            },
        ),
        (
            "<accessCondition type='use and reproduction' "
            "xlink:href='https://rightsstatements.org/page/InC/1.0/?language=en'>In Copyright</accessCondition>",
            {"rights": {"uri": "http://rightsstatements.org/vocab/InC/1.0/"}},
        ),
        (
            "<accessCondition>http://rightsstatements.org/vocab/InC/1.0/</accessCondition>",
            {"rights": {"uri": "http://rightsstatements.org/vocab/InC/1.0/"}},
        ),
        (
            "<language><languageTerm type='code' authority='iso639-2b'>chi</languageTerm></language>",
            {"languages": ["zh"]},
        ),
        (
            "<location><physicalLocation>Town Archive</physicalLocation><shelfLocator>B 7</shelfLocator></location>",
            {"source": {"repository": "Town Archive", "shelfmark": "B 7"}},
        ),
        (
            "<location><url note='iiif-manifest'>https://a.example.org/m</url>"
            "<url usage='primary display'>https://a.example.org/p</url></location>",
            {
                "links": [
                    {"url": "https://a.example.org/p", "kind": "landing page"},
                    {"url": "https://a.example.org/m", "kind": "manifest"},
                ]
            },
        ),
    ],
)
def test_an_element_is_read_into_its_field(inside: str, stated: dict[str, object]) -> None:
    """Each element of MODS that the model has a field for states that field, and nothing else."""
    assert _stated(inside) == stated


def test_a_title_is_joined_as_people_show_it() -> None:
    """Article, title, subtitle and part make one text; an elided article stands close to its word."""
    start = START.partition("<titleInfo>")[0] + "<identifier>a</identifier>"
    inside = (
        "<titleInfo><nonSort>The</nonSort><title>mill</title><subTitle>a report</subTitle>"
        "<partNumber>Part 2</partNumber></titleInfo>"
        "<titleInfo type='translated'><nonSort>L'</nonSort><title>orage</title></titleInfo>"
    )
    texts = [title.text for title in _taken(inside, start).record.titles]
    assert texts == ["The mill: a report. Part 2", "L'orage"]


@pytest.mark.parametrize(
    ("inside", "noted"),
    [
        (
            "<name><namePart>X</namePart><role><roleTerm>stagehand of all</roleTerm></role></name>",
            (
                "name/role/roleTerm",
                "is no role of the MARC relators; write its code, such as 'cre' for creator",
                "stagehand of all",
            ),
        ),
        (
            "<language><languageTerm>Qqqish</languageTerm></language>",
            (
                "language/languageTerm",
                "is no language that we know; write its code, such as 'chi', or its English name",
                "Qqqish",
            ),
        ),
        (
            "<subject><geographic>Vik</geographic><cartographics><coordinates>W 19° N 63°</coordinates>"
            "</cartographics></subject>",
            (
                "subject/cartographics/coordinates",
                "is no pair of decimal degrees; write latitude and longitude, such as '39.0338, -125.7543'",
                "W 19° N 63°",
            ),
        ),
    ],
)
def test_what_cannot_be_told_is_noted_and_stays_in_the_document(inside: str, noted: tuple[str, str, str]) -> None:
    """A role, a language, coordinates that are none: told with their words, and left to the native document."""
    told = _taken(inside).told
    assert told.noted == (noted,)
    assert told.native_only == (noted[0],)


def test_a_language_attribute_that_is_none_costs_itself_alone() -> None:
    """The title is taken without it; the attribute is told, and stays in the document."""
    start = START.replace("<titleInfo>", '<titleInfo xml:lang="no language">')
    taken = _taken("", start)
    assert taken.record.title.text == "A letter"
    assert taken.told.native_only == ("titleInfo/@lang",)
    assert [(fault.field, fault.problem, fault.value) for fault in taken.told.noted] == [
        ("titleInfo/@lang", "is no language that we know; write its tag, such as 'zh'", "no language")
    ]


def test_words_beside_the_same_date_encoded_are_no_fault() -> None:
    """What the words do not tell the encoded date does."""
    told = _taken(
        "<originInfo><dateCreated>in the year of the flood</dateCreated>"
        "<dateCreated encoding='w3cdtf'>1927</dateCreated></originInfo>"
    ).told
    assert not told.noted
    assert not told.native_only


def test_a_second_rights_statement_is_kept_apart() -> None:
    """The first is the statement of the record; the other is told and kept, and stays in the document."""
    taken = _taken("<accessCondition>One.</accessCondition><accessCondition>Two.</accessCondition>")
    assert taken.record.rights is not None
    assert taken.record.rights.statement == "One."
    assert taken.record.unmapped == {"accessCondition": ("Two.",)}
    assert [str(fault.value) for fault in taken.told.noted] == ["Two."]


def test_what_the_record_has_no_field_for_is_told_by_its_path() -> None:
    """The elements are counted, and those that reach no field are named."""
    told = _taken(
        "<classification authority='ddc'>942</classification><relatedItem><part><detail><number>7</number></detail>"
        "</part></relatedItem><note>Read.</note>"
    ).told
    assert told.elements == 5
    assert told.native_only == ("classification", "relatedItem/part/detail/number")


def test_faults_are_put_right_where_nothing_is_lost() -> None:
    """Empty elements go, a sequence gets its order, a version that is none goes; each is told."""
    start = START.replace("<mods", '<mods version="3.55"', 1)
    taken = _taken(
        "<originInfo/><location><url>https://a.example.org/</url><physicalLocation>Here</physicalLocation></location>",
        start,
    )
    assert [(fault.field, fault.problem) for fault in taken.told.mended] == [
        ("version", "'3.55' is no version of MODS; the attribute was left out"),
        ("originInfo", "is empty; it was left out"),
        (
            "location",
            "holds its elements in another order than the schema wants; they were put into it, physicalLocation, "
            "shelfLocator, url, holdingSimple, holdingExternal",
        ),
    ]
    assert taken.record.native is not None
    root = etree.fromstring(taken.record.native.document)
    assert "version" not in root.attrib
    assert [etree.QName(child).localname for child in root[-1]] == ["physicalLocation", "url"]


NAMESPACE = START.partition("<titleInfo>")[0]
TITLE = "<titleInfo><title>T</title></titleInfo>"


@pytest.mark.parametrize(
    ("inside", "identifier", "kept"),
    [
        ("<identifier>x</identifier><recordInfo><recordIdentifier>r-1</recordIdentifier></recordInfo>", "r-1", ["x"]),
        ("<identifier>x</identifier><identifier type='local'>l-1</identifier>", "l-1", ["x"]),
        ("<identifier>ark:/12/34</identifier>", "ark-12-34", ["ark:/12/34"]),
        (
            "<location><url usage='primary'>https://a.example.org/7</url></location>",
            "https-a.example.org-7",
            ["https://a.example.org/7"],
        ),
    ],
)
def test_the_identifier_is_the_documents_own(inside: str, identifier: str, kept: list[str]) -> None:
    """That of the description, else the local one, else the first, else the primary url; the original is kept."""
    record = _taken(TITLE + inside, NAMESPACE).record
    assert record.identifier == identifier
    assert [each.value for each in record.identifiers] == kept


def test_the_header_of_a_harvest_decides() -> None:
    """The OAI identifier stays, the sets are collections, the document's identifiers are kept."""
    record = _taken("", header=Header("oai:a.example.org:1/2", sets=("letters",))).record
    assert (record.identifier, record.oai_identifier) == ("oai-a.example.org-1-2", "oai:a.example.org:1/2")
    assert record.collections == ("letters",)
    assert [each.value for each in record.identifiers] == ["letter-1"]


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        (
            TITLE,
            "in.xml, record 1 (line 1), identifier: there is none, and no primary url; add "
            '<identifier type="local">...</identifier> to the record',
        ),
        (
            "<identifier>x</identifier><titleInfo type='uniform'><title>T</title></titleInfo>",
            "in.xml, record 1 (line 1), titleInfo: there is no title without a type; add "
            "<titleInfo><title>...</title></titleInfo> to the record",
        ),
    ],
)
def test_a_record_without_identifier_or_title_is_refused(inside: str, problem: str) -> None:
    """What a record must have is asked for, with the element that states it."""
    error = _read(inside, NAMESPACE)
    assert isinstance(error, RecordError)
    assert str(error) == problem


def test_a_collection_is_read_record_by_record(tmp_path: Path) -> None:
    """A modsCollection holds records; one without a title costs itself alone."""
    path = tmp_path / "all.xml"
    whole = f"{START}</mods>"
    path.write_text(
        f'<modsCollection xmlns="http://www.loc.gov/mods/v3">{whole}{NAMESPACE}</mods>{whole}</modsCollection>'
    )
    read = [item if isinstance(item, RecordError) else item.read() for item in xml.find(path, Options())]
    assert [isinstance(item, Taken) for item in read] == [True, False, True]


# Nothing is lost

LEAVES = st.sampled_from(
    [
        "title",
        "subTitle",
        "namePart",
        "roleTerm",
        "displayForm",
        "affiliation",
        "typeOfResource",
        "genre",
        "placeTerm",
        "publisher",
        "dateCreated",
        "dateIssued",
        "dateOther",
        "displayDate",
        "copyrightDate",
        "edition",
        "issuance",
        "languageTerm",
        "scriptTerm",
        "form",
        "extent",
        "note",
        "internetMediaType",
        "digitalOrigin",
        "abstract",
        "tableOfContents",
        "targetAudience",
        "topic",
        "geographic",
        "temporal",
        "country",
        "city",
        "coordinates",
        "scale",
        "classification",
        "physicalLocation",
        "shelfLocator",
        "url",
        "identifier",
        "accessCondition",
        "recordIdentifier",
        "recordContentSource",
        "recordCreationDate",
        "recordChangeDate",
        "recordOrigin",
        "recordInfoNote",
        "number",
        "extension",
    ]
)
HOLDERS = st.sampled_from(
    [
        "titleInfo",
        "name",
        "role",
        "originInfo",
        "place",
        "language",
        "physicalDescription",
        "subject",
        "hierarchicalGeographic",
        "cartographics",
        "relatedItem",
        "location",
        "recordInfo",
        "languageOfCataloging",
        "part",
        "detail",
        "holdingSimple",
    ]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["type", "encoding", "point", "qualifier", "authority", "displayLabel", "usage", "access"]),
    st.sampled_from(
        [
            "alternative",
            "personal",
            "given",
            "family",
            "date",
            "code",
            "text",
            "edtf",
            "w3cdtf",
            "marc",
            "iso8601",
            "start",
            "end",
            "approximate",
            "funding",
            "ownership",
            "original",
            "host",
            "local",
            "oai",
            "primary",
            "preview",
        ]
    ),
    max_size=2,
)
WORDS = st.sampled_from(
    [
        "1901",
        "19010203",
        "1901-05/1903",
        "190u",
        "creator",
        "fnd",
        "cph",
        "eng",
        "Still Image",
        "https://a.example.org/1",
    ]
) | st.integers(1, 10**9).map("word {}".format)


def _element(name: str, attributes: dict[str, str], inside: str) -> str:
    said = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>"


TREES = st.recursive(
    st.builds(_element, LEAVES, ATTRIBUTES, WORDS),
    lambda inner: st.builds(_element, HOLDERS, ATTRIBUTES, st.lists(inner, max_size=5).map("".join)),
    max_leaves=25,
)


def _said(record: Record) -> str:
    return squeezed(" ".join(_words(record.model_dump(exclude={"native"}))))


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for key, item in value.items() for word in (str(key), *_words(item))]
    if isinstance(value, (list, tuple)):
        return [word for item in value for word in _words(item)]
    return [] if value is None else [str(value)]


@given(st.lists(TREES, max_size=8).map("".join))
def test_each_text_stands_in_a_field_or_is_told(inside: str) -> None:
    """Whatever stands in MODS, in whatever place: each free text is in the record, or its path is native only."""
    taken = _taken(inside)
    said = _said(taken.record)
    told = set(taken.told.native_only)
    assert taken.record.native is not None
    root = etree.fromstring(taken.record.native.document)
    for element in root.iter("*"):
        names = [etree.QName(each).localname for each in (element, *element.iterancestors())]
        path = "/".join(reversed(names[:-1]))
        for text in (element.text, element.tail):
            if text and text.startswith("word "):
                assert text in said or path in told, (path, text)
