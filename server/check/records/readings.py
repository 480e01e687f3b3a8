"""How aggregators read a record: what arrives in each of their fields, and where it stands in our formats.

The Digital Public Library of America reads MODS through its hubs, each in its own way; three of these are known (the
mappings of its program ingestion3). Europeana reads EDM. The DLF's guidelines say where MODS is to have what.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from server.check.records.formats import PREFIXES, text
from server.check.records.item import Item

Found = dict[str, list[str]]
"""What an aggregator finds: the values of each of its fields."""


class Reading(NamedTuple):
    """A way to read a format.

    Attributes:
        name: whose it is.
        format: which format.
        fields: its fields, and where each of them is found.
    """

    name: str
    format: str
    fields: Mapping[str, etree.XPath]

    def of(self, item: Item) -> Found:
        """Return what arrives of a record; fields without a value too."""
        root = item.roots.get(self.format)
        return self.found(root) if root is not None else {name: [] for name in self.fields}

    def found(self, root: etree._Element) -> Found:
        """Return what arrives of a document of the format."""
        return {name: _values(path, root) for name, path in self.fields.items()}


def _values(path: etree.XPath, root: etree._Element) -> list[str]:
    found = path(root)
    texts = [found] if isinstance(found, str) else [each if isinstance(each, str) else text(each) for each in found]
    return [squeezed for each in dict.fromkeys(texts) if (squeezed := " ".join(each.split()))]


def _joined(_context: object, elements: Sequence[etree._Element]) -> str:
    """Return the texts of elements run together, as Scala's `.text` of several elements does."""
    return "".join(map(text, elements)).strip()


def _spaced(_context: object, elements: Sequence[etree._Element]) -> str:
    """Return the texts of elements with a blank between them."""
    return " ".join(map(text, elements))


def _lower(_context: object, value: str | Sequence[str]) -> str:
    return (value if isinstance(value, str) else "".join(value)).lower()


_FUNCTIONS: dict[tuple[None, str], Callable[..., str]] = {
    (None, "joined"): _joined,
    (None, "spaced"): _spaced,
    (None, "lower"): _lower,
}


def _reading(name: str, form: str, /, **paths: str) -> Reading:
    fields = {
        field.replace("_", " "): etree.XPath(path, namespaces=PREFIXES, extensions=_FUNCTIONS)
        for field, path in paths.items()
    }
    return Reading(name, form, fields)


_USE = "m:accessCondition[@type='use and reproduction']"
_ROLE = "joined(m:role/m:roleTerm)"
_DATES = "*[self::m:dateCreated or self::m:dateIssued or self::m:dateOther or self::m:copyrightDate]"
_COLLECTION = "lower(@displayLabel)='project' or lower(@displayLabel)='collection'"
_IN_CONTEXT = "@access='object in context'"

TENNESSEE = _reading(
    "DPLA, as Tennessee reads MODS",
    "mods",
    title="m:titleInfo/m:title",
    creator=f"m:name[lower({_ROLE})='creator']/m:namePart",
    contributor=f"m:name[lower({_ROLE})='contributor']/m:namePart",
    date="m:originInfo/m:dateCreated",
    description="m:abstract",
    type="m:typeOfResource",
    format="m:physicalDescription/m:form",
    extent="m:physicalDescription/m:extent",
    language="m:language/m:languageTerm[@type='code'][@authority='iso639-2b']",
    subject="m:subject/*[self::m:topic or self::m:name or self::m:genre or self::m:titleInfo or self::m:occupation]",
    place="m:subject/m:geographic",
    period="m:subject/m:temporal",
    identifier="m:identifier",
    publisher="m:originInfo/m:publisher",
    collection=f"m:relatedItem[{_COLLECTION}]/m:titleInfo/m:title",
    relation="m:relatedItem[not(@type='isReferencedBy' or @type='references')][lower(@displayLabel)!='project']",
    rights="m:accessCondition",
    rights_URI=f"{_USE}/@xlink:href",
    data_provider="m:recordInfo/m:recordContentSource",
    address=f"m:location/m:url[starts-with(@usage, 'primary')][{_IN_CONTEXT}]",
    preview="m:location/m:url[@access='preview']",
)
MASSACHUSETTS = _reading(
    "DPLA, as Massachusetts reads MODS",
    "mods",
    title="spaced(m:titleInfo[@usage='primary']/*)",
    alternative_title="m:titleInfo[@type='alternative' or @type='translated' or @type='uniform']/m:title",
    creator="m:name[not(m:role/m:roleTerm[normalize-space()='Contributor'])]/m:namePart[not(@*)]",
    contributor="m:name[m:role/m:roleTerm[normalize-space()='Contributor']]/m:namePart[not(@*)]",
    date=f"m:originInfo/{_DATES}[not(@point)][@keyDate='yes'][@encoding='w3cdtf']"
    f" | m:originInfo[{_DATES}[@keyDate='yes'][@point='start']]/{_DATES}[@point]",
    description="m:note | m:abstract",
    type="m:typeOfResource",
    format="m:genre",
    extent="m:physicalDescription/m:extent",
    language="m:language/m:languageTerm",
    subject="m:subject/*[self::m:topic or self::m:temporal or self::m:titleInfo or self::m:name or self::m:genre]",
    place="m:subject/*[self::m:geographic or self::m:hierarchicalGeographic]",
    period="m:subject/m:temporal",
    publisher="m:originInfo/m:publisher",
    collection="m:relatedItem[@type='host']/m:titleInfo/m:title",
    rights="m:accessCondition",
    rights_URI=f"{_USE}/@xlink:href",
    data_provider="m:location/m:physicalLocation",
    address=f"m:location/m:url[@usage='primary'][{_IN_CONTEXT}]",
    preview="m:location/m:url[@access='preview']",
    manifest="m:location/m:url[@note='iiif-manifest']",
)
PLAINS_TO_PEAKS = _reading(
    "DPLA, as Plains to Peaks reads MODS",
    "mods",
    title="m:titleInfo[not(@type='alternative')]/m:title",
    alternative_title="m:titleInfo[@type='alternative']/m:title",
    creator=f"m:name[{_ROLE}='creator']/m:namePart",
    contributor=f"m:name[{_ROLE}='contributor']/m:namePart",
    date="m:originInfo/m:dateCreated",
    description="m:abstract",
    type="m:typeOfResource",
    format="m:physicalDescription/m:form",
    extent="m:physicalDescription/m:extent",
    language="m:language/m:languageTerm",
    subject="m:subject/*[self::m:topic or self::m:name or self::m:genre]",
    place="m:subject/m:geographic",
    identifier="m:recordInfo/m:recordIdentifier",
    publisher="m:originInfo/m:publisher",
    collection="m:relatedItem[@type='host']/m:titleInfo/m:title",
    relation="m:relatedItem[@type='series']/m:titleInfo/m:title",
    rights_URI=_USE,
    data_provider="m:note[@type='ownership']",
    address="m:location/m:url[@usage='primary display']",
    preview="m:location/m:url[@access='preview']",
)
HUBS = (TENNESSEE, MASSACHUSETTS, PLAINS_TO_PEAKS)
"""The hubs of the Digital Public Library of America whose reading of MODS is known."""

_OBJECT = "edm:ProvidedCHO"
EUROPEANA = _reading(
    "Europeana",
    "edm",
    title=f"{_OBJECT}/dc:title",
    alternative_title=f"{_OBJECT}/dcterms:alternative",
    creator=f"{_OBJECT}/dc:creator",
    contributor=f"{_OBJECT}/dc:contributor",
    date=f"{_OBJECT}/*[self::dc:date or self::dcterms:created or self::dcterms:issued]",
    description=f"{_OBJECT}/dc:description | {_OBJECT}/dcterms:tableOfContents",
    type=f"{_OBJECT}/edm:type",
    format=f"{_OBJECT}/dc:type",
    extent=f"{_OBJECT}/dcterms:extent",
    language=f"{_OBJECT}/dc:language",
    subject=f"{_OBJECT}/dc:subject",
    place=f"{_OBJECT}/dcterms:spatial",
    period=f"{_OBJECT}/dcterms:temporal",
    identifier=f"{_OBJECT}/dc:identifier",
    collection=f"{_OBJECT}/dcterms:isPartOf",
    relation=f"{_OBJECT}/dc:relation",
    source=f"{_OBJECT}/dc:source",
    rights=f"{_OBJECT}/dc:rights",
    rights_URI="ore:Aggregation/edm:rights/@rdf:resource",
    data_provider="ore:Aggregation/edm:dataProvider",
    provider="ore:Aggregation/edm:provider",
    intermediate_provider="ore:Aggregation/edm:intermediateProvider",
    address="ore:Aggregation/edm:isShownAt/@rdf:resource | ore:Aggregation/edm:isShownBy/@rdf:resource",
    preview="ore:Aggregation/edm:object/@rdf:resource",
    manifest="edm:WebResource/dcterms:isReferencedBy/@rdf:resource",
)
WITHOUT_EDM = _reading(
    "Europeana",
    "oai_dc",
    title="dc:title",
    creator="dc:creator",
    date="dc:date",
    description="dc:description",
    type="dc:type",
    format="dc:type",
    language="dc:language",
    subject="dc:subject",
    place="dc:coverage",
    period="dc:coverage",
    rights_URI="dc:rights",
    data_provider="dc:publisher",
    provider="dc:publisher",
    address="dc:identifier",
)
"""What stands for Europeana's fields in Dublin Core: what a record lacks that has no EDM."""

DLF = _reading(
    "DLF guidelines",
    "mods",
    title="m:titleInfo/m:title",
    name="m:name/m:namePart",
    type="m:typeOfResource",
    genre="m:genre",
    date="m:originInfo/*[@keyDate='yes']",
    language="m:language/m:languageTerm",
    digital_origin="m:physicalDescription/m:digitalOrigin",
    media_type="m:physicalDescription/m:internetMediaType",
    abstract="m:abstract",
    subject="m:subject/*",
    identifier="m:identifier",
    address="m:location/m:url[starts-with(@usage, 'primary')]",
    access_condition="m:accessCondition",
    language_of_cataloguing="m:recordInfo/m:languageOfCataloging/m:languageTerm",
    several_values="m:subject/*[contains(., '; ')] | m:name/m:namePart[contains(., '; ')] | m:genre[contains(., '; ')]",
)
