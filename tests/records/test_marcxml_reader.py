"""MARCXML: what each field becomes, what is refused, and that nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from records.errors import RecordError
from records.readers.found import Options, Taken
from records.readers.xml import find
from records.xml import escaped
from tests.records.leaves import lost

Read = Callable[[str], Taken | RecordError]
Take = Callable[[str], Taken]

NAMESPACE = "http://www.loc.gov/MARC21/slim"
LEADER = "00000nkm a2200000 a 4500"
UNDATED = "200305nuuuuuuuuxx |||||||||||||||||   ||"


def field(tag: str, *subfields: str, ind: str = "  ") -> str:
    """Return a data field; each subfield is its code and its text."""
    inside = "".join(f'<subfield code="{text[0]}">{escaped(text[1:])}</subfield>' for text in subfields)
    return f'<datafield tag="{tag}" ind1="{ind[0]}" ind2="{ind[1]}">{inside}</datafield>'


def record(*fields: str, leader: str = LEADER, fixed: str = UNDATED, number: str = "7/12") -> str:
    """Return a MARC record with a title."""
    controls = f'<controlfield tag="001">{number}</controlfield><controlfield tag="008">{fixed}</controlfield>'
    title = field("245", "aHarbour at dusk /", ind="00")
    return f'<record xmlns="{NAMESPACE}"><leader>{leader}</leader>{controls}{title}{"".join(fields)}</record>'


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Give a function that reads the one record of a document."""
    path = tmp_path_factory.mktemp("marcxml") / "record.xml"

    def tell(document: str) -> Taken | RecordError:
        path.write_bytes(document.encode())
        (found,) = find(path, Options())
        return found if isinstance(found, RecordError) else found.read()

    return tell


@pytest.fixture(scope="module")
def taken(read: Read) -> Take:
    """Give a function that reads the one record of a document, which can be taken, and of which nothing is lost."""

    def take(document: str) -> Taken:
        found = read(document)
        assert isinstance(found, Taken), str(found)
        assert lost(etree.fromstring(document), found) == []
        return found

    return take


def _stated(found: Taken) -> dict[str, Any]:
    return found.record.model_dump(mode="json", exclude_defaults=True, exclude={"native"})


@pytest.mark.parametrize(
    ("stated", "name", "value"),
    [
        (field("020", "a9783161484100"), "identifiers", {"value": "9783161484100", "kind": "isbn"}),
        (field("024", "a10.12345/a", "2doi", ind="7 "), "identifiers", {"value": "10.12345/a", "kind": "doi"}),
        (field("035", "a(OCoLC)77"), "identifiers", {"value": "(OCoLC)77", "kind": "oclc"}),
        (field("041", "achi", ind="0 "), "languages", "zh"),
        (field("041", "aeng", "hrus", ind="1 "), "original_languages", "ru"),
        (field("100", "aRoe, Ann,", "d1901-1980,", "eauthor.", ind="1 "), "agents", ("Roe, Ann, 1901-1980", ["aut"])),
        (field("100", "aRoe, Ann", ind="1 "), "agents", ("Roe, Ann", ["cre"])),
        (
            field("700", "aRoe, Ann", "4relators:trl", ind="1 "),
            "agents",
            ("Roe, Ann", ["trl"]),
        ),
        (field("240", "aWorks.", "kSelections", ind="10"), "titles", {"text": "Works. Selections", "kind": "uniform"}),
        (field("246", "aPort :", "bat dusk", ind="3 "), "titles", {"text": "Port : at dusk", "kind": "alternative"}),
        (field("242", "aPort", "yger", ind="10"), "titles", {"text": "Port", "kind": "translated", "language": "de"}),
        (field("250", "a2nd ed."), "edition", "2nd ed."),
        (field("260", "aLeith :", "bQuay Press,", "c1931."), "dates", {"edtf": "1931", "kind": "issued"}),
        (field("260", "aLeith :", "b[s.n.]"), "places_of_origin", {"text": "Leith"}),
        (field("264", "bQuay Press", ind=" 1"), "agents", {"name": "Quay Press", "roles": ["pbl"]}),
        (field("264", "c©1932", ind=" 4"), "dates", {"edtf": "1932", "text": "©1932", "kind": "copyright"}),
        (field("260", "cc1932."), "dates", {"edtf": "1932", "text": "c1932", "kind": "copyright"}),
        (field("300", "a3 prints :", "bcol. ;", "c9 cm", "a2 boxes"), "extents", "2 boxes"),
        (
            field("490", "aQuays ;", "v3", ind="0 "),
            "relations",
            {"title": "Quays", "kind": "series", "description": "3"},
        ),
        (field("500", "aFound in 1950."), "notes", {"text": "Found in 1950."}),
        (field("505", "aBoats -- Nets", ind="0 "), "contents", {"text": "Boats -- Nets"}),
        (field("506", "aReading room only."), "rights", {"access": "Reading room only."}),
        (field("520", "aA quay.", ind="3 "), "abstracts", {"text": "A quay."}),
        (field("524", "aHarbour album, 7."), "source", {"citation": "Harbour album, 7."}),
        (field("535", "aTown Archive", ind="1 "), "source", {"repository": "Town Archive"}),
        (
            field("536", "aPaid by the Quay Fund.", "c12"),
            "funding",
            {"acknowledgment": "Paid by the Quay Fund.", "award": "12"},
        ),
        (field("710", "aQuay Fund", "4fnd", ind="2 "), "funding", {"funder": "Quay Fund"}),
        (field("542", "dA. Roe"), "rights", {"holder": "A. Roe"}),
        (field("546", "aIn French."), "notes", {"text": "In French.", "kind": "language"}),
        (field("561", "aBy gift."), "notes", {"text": "By gift.", "kind": "ownership"}),
        (
            field("600", "aRoe, Ann,", "d1901-1980", "xLetters", ind="10"),
            "subjects",
            ("Roe, Ann, 1901-1980--Letters", "person"),
        ),
        (field("651", "aLeith (Scotland)", "vMaps", ind=" 0"), "subjects", ("Leith (Scotland)--Maps", "place")),
        (field("653", "aBoats", "aNets"), "subjects", {"text": "Nets"}),
        (field("655", "aPostcards", "2aat", ind=" 7"), "genres", {"text": "Postcards", "authority": "aat"}),
        (field("752", "aScotland", "dLeith"), "subjects", ("Scotland--Leith", "place")),
        (
            field("773", "tAlbum 3", "gleaf 2", ind="0 "),
            "relations",
            {"title": "Album 3", "kind": "host", "description": "leaf 2"},
        ),
        (field("852", "aTown Archive", "jBox 7"), "source", {"repository": "Town Archive", "shelfmark": "Box 7"}),
        (
            field("856", "uhttps://example.org/7", ind="40"),
            "links",
            {"url": "https://example.org/7", "kind": "landing page"},
        ),
        (field("880", "6245-01/$1", "a港口"), "titles", {"text": "港口", "kind": "alternative"}),
    ],
)
def test_each_field_of_marc_has_its_field(taken: Take, stated: str, name: str, value: Any) -> None:  # noqa: ANN401
    """A value stands in the field of the record that says the same, without the punctuation that leads on."""
    found = _stated(taken(record(stated)))[name]
    stated_as = found if isinstance(found, list) else [found]
    if isinstance(value, tuple):
        stated_as = [(one.get("name") or one["text"], one.get("roles") or one["kind"]) for one in stated_as]
    assert value in stated_as


@pytest.mark.parametrize(
    ("fixed", "leader", "date"),
    [
        ("200305s1931    xx |||||||||||||||||   ||", LEADER, {"edtf": "1931", "kind": "issued"}),
        ("200305s19uu    xx |||||||||||||||||   ||", LEADER, {"edtf": "19XX", "kind": "issued"}),
        ("200305e19310512xx |||||||||||||||||   ||", LEADER, {"edtf": "1931-05-12", "kind": "issued"}),
        ("200305i19271929xx |||||||||||||||||   ||", LEADER.replace("nkm", "npc"), {"edtf": "1927/1929"}),
        ("200305c19279999xx |||||||||||||||||   ||", LEADER, {"edtf": "1927/..", "kind": "issued"}),
    ],
)
def test_the_date_of_008_stands_where_no_field_states_one(
    taken: Take, fixed: str, leader: str, date: dict[str, str]
) -> None:
    """Beside a date in words it is what these mean."""
    assert _stated(taken(record(fixed=fixed, leader=leader)))["dates"] == [date]
    beside = taken(record(field("264", "cthe year of the flood", ind=" 1"), fixed=fixed, leader=leader))
    assert _stated(beside)["dates"] == [{**date, "kind": "issued", "text": "the year of the flood"}]


def test_the_year_9999_of_008_is_none(taken: Take) -> None:
    """It stands there for what is not known, or has no end."""
    assert "dates" not in _stated(taken(record(fixed="200305s9999    xx |||||||||||||||||   ||")))


def test_a_coded_date_is_that_of_the_words(taken: Take) -> None:
    """Where as many are coded (046) as stand there in words."""
    fields = (field("046", "k1927~", "l1929", "2edtf"), field("264", "cabout 1927 to 1929", ind=" 0"))
    assert _stated(taken(record(*fields)))["dates"] == [{"edtf": "1927~/1929", "text": "about 1927 to 1929"}]
    assert _stated(taken(record(field("046", "k19310512"))))["dates"] == [{"edtf": "1931-05-12"}]


def test_the_record_says_when_it_was_made_and_by_whom(taken: Take) -> None:
    """005, 008/00-05 and 040."""
    changed = '<controlfield tag="005">20210203120000.0</controlfield>'
    document = record(field("040", "aTown", "beng")).replace("<datafield", f"{changed}<datafield", 1)
    assert _stated(taken(document))["cataloguing"] == {
        "source": "Town",
        "languages": ["en"],
        "created": "2020-03-05",
        "changed": "2021-02-03",
    }


def test_rights_are_a_statement_and_a_uri(taken: Take) -> None:
    """In 540, each in a field or in one; the name of the URI is not said twice."""
    page = "https://rightsstatements.org/page/InC/1.0/"
    found = taken(record(field("540", "aAsk  us."), field("540", "fIn Copyright", "2rs", f"u{page}")))
    assert _stated(found)["rights"] == {"statement": "Ask  us.", "uri": "http://rightsstatements.org/vocab/InC/1.0/"}
    assert [fault.problem for fault in found.told.mended] == [
        f"'{page}' is a page about the rights statement; taken as 'http://rightsstatements.org/vocab/InC/1.0/'"
    ]


def test_a_role_that_nobody_knows_is_noted_and_kept(taken: Take) -> None:
    """The agent is there without it."""
    found = taken(record(field("700", "aRoe, Ann,", "equaywright.", ind="1 ")))
    assert [(fault.field, fault.problem) for fault in found.told.noted] == [
        ("700$e", "'quaywright.' is no role of MARC's list; write one, such as 'author' or 'translator'")
    ]
    assert found.record.unmapped == {"700$e": ("quaywright.",)}


def test_what_has_no_field_stays_in_the_native_document(taken: Take) -> None:
    """And is told by tag and code."""
    found = taken(record(field("050", "aTR1", ind=" 4"), field("650", "aBoats", "0(DLC)sh1", ind=" 0")))
    assert found.told.native_only == ("leader", "008", "050$a", "650$0")
    assert found.told.elements == 7


def test_the_identifier_is_that_of_its_agency(taken: Take) -> None:
    """003 and 001; outside of a response there must be a number."""
    document = record().replace(
        '<controlfield tag="008">', '<controlfield tag="003">QuayLib</controlfield><controlfield tag="008">'
    )
    found = _stated(taken(document))
    assert (found["identifier"], found["identifiers"]) == ("QuayLib-7-12", [{"value": "(QuayLib)7/12"}])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            record(number=" "),
            "001: is missing; add the control number of the record",
        ),
        (record().replace("245", "246"), "245: is missing; add the title, since a record is shown by it"),
    ],
)
def test_what_a_record_needs_is_asked_for(read: Read, document: str, message: str) -> None:
    """A control number and a title."""
    found = read(document)
    assert isinstance(found, RecordError)
    assert message in str(found)


def test_fields_out_of_order_and_empty_ones_are_mended(taken: Take) -> None:
    """Leader and control fields come first; what is empty is left out; both is told."""
    document = record(field("500", "a ", "aFound."), '<controlfield tag="005">20210203120000.0</controlfield>')
    found = taken(document)
    assert [str(fault.field) + ": " + fault.problem for fault in found.told.mended] == [
        "500$a: is empty; it was left out",
        ": has its fields in another order than the schema; leader and control fields were put first",
    ]
    assert found.record.native
    kept = etree.fromstring(found.record.native.document)
    assert [child.get("tag") for child in kept] == [None, "001", "008", "005", "245", "500"]


@pytest.mark.parametrize(
    ("document", "field_name", "finding"),
    [
        (record(leader="bad"), "leader", "is not written as MARCXML wants it: 'bad'"),
        (record().replace("<leader>00000nkm a2200000 a 4500</leader>", ""), "leader", "does not stand there once"),
        (record(field("5xX", "aFound.")), "5xX", "has the tag '5xX', which no data field has"),
        (record("<p>loose</p>"), "p", "is no part of MARCXML"),
        (record(field("500", "éFound.")), "500", "has a subfield 'é' that MARCXML does not know"),
        (record(field("500", "aFound.", ind="AB")), "500", "has indicators or attributes that MARC does not know"),
    ],
)
def test_a_document_that_is_not_valid_is_not_kept_but_all_it_says(
    taken: Take, document: str, field_name: str, finding: str
) -> None:
    """And it is said why it cannot be served again."""
    found = taken(document)
    assert found.record.native is None
    fault = found.told.noted[0]
    assert (fault.field, fault.finding) == (field_name, finding)
    assert fault.remedy == "correct it, so that the document can be served again as it came"


@pytest.mark.parametrize("blank", ['ind2=""', 'ind2="#"', 'ind2="\\"', ""])
def test_an_indicator_that_is_written_otherwise_is_a_blank(taken: Take, blank: str) -> None:
    """Missing, empty, or as documentation and editors show it; it is told."""
    found = taken(record(field("500", "aFound.").replace('ind2=" "', blank)))
    assert [(fault.field, fault.problem) for fault in found.told.mended] == [
        ("500", "has an indicator that is not written as a blank; it is one now")
    ]
    assert found.record.native
    assert 'tag="500" ind1=" " ind2=" "' in found.record.native.document


@pytest.mark.parametrize(("kind", "name"), [("z", "an authority"), ("x", "a holdings"), ("w", "a classification")])
def test_a_record_that_describes_no_document_is_refused(read: Read, kind: str, name: str) -> None:
    """Authorities and holdings stand in the same files as what they belong to."""
    found = read(record(leader=f"00000n{kind}  a2200000n  4500"))
    assert isinstance(found, RecordError)
    assert found.faults[0].problem == (
        f"is {name} record (leader/06), which describes no document; export the bibliographic ones"
    )


TAGS = (
    *("010", "020", "024", "035", "040", "041", "046", "050", "100", "110", "245", "246", "260", "264", "300", "490"),
    *("500", "506", "520", "536", "540", "542", "555", "600", "650", "653", "655", "700", "710", "720", "751", "773"),
    *("787", "830", "852", "856", "880", "999"),
)
SAID = (
    *("245-01/$1", "fnd", "author.", "1931", "http://example.org/a", "engfre", "dct", "[s.l.]", "(uri)http://a.org/b"),
    *("/ :", "19310512", "Original", "a; b"),
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12) | st.sampled_from(SAID)
SUBFIELD = st.tuples(st.sampled_from("abcdefgjkltuvxyz023456"), TEXT).map("".join)
FIELD = st.builds(
    lambda tag, subfields, ind: field(tag, *subfields, ind=ind),
    st.sampled_from(TAGS),
    st.lists(SUBFIELD, max_size=4),
    st.sampled_from(["  ", "1 ", "7 ", " 7", "40", "42", "10"]),
)


@given(fields=st.lists(FIELD, max_size=5))
def test_nothing_of_any_record_is_lost(read: Read, fields: list[str]) -> None:
    """Whatever stands in which subfield: each value is in the record or told to be in the document."""
    document = record(*fields)
    found = read(document)
    assert isinstance(found, Taken), str(found)
    assert lost(etree.fromstring(document), found) == []
