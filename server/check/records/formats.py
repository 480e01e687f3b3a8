"""The formats of our records, as their specifications have them: namespaces, schemas, and where they hold what.

Read here a second time, so that `check` does not judge us by ourselves.
"""

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from mappings.namespaces import (
    DATACITE,
    DC,
    DCTERMS,
    EDM,
    MARC,
    MODS,
    OAI_DC,
    ORE,
    QUALIFIED_DC,
    RDF,
    SCHEMAS,
    XLINK,
    XSI,
)

MANIFEST = "manifest"
"""The name of the manifest among the stored documents."""

PREFIXES = {
    "dc": DC,
    "dcterms": DCTERMS,
    "d": DATACITE,
    "edm": EDM,
    "marc": MARC,
    "m": MODS,
    "ore": ORE,
    "rdf": RDF,
    "xlink": XLINK,
    "xsi": XSI,
}


class Format(NamedTuple):
    """A format.

    Attributes:
        rule: the rule of its validity.
        namespace: that of its root element.
        schema: the address of its schema; a name alone is one that our own server has.
    """

    rule: str
    namespace: str
    schema: str

    def address(self, base_url: str) -> str:
        """Return where the schema is."""
        return self.schema if "://" in self.schema else f"{base_url}/schemas/{self.schema}"


FORMATS = {
    "oai_dc": Format("record-valid-oai-dc", OAI_DC, SCHEMAS[OAI_DC]),
    "mods": Format("record-valid-mods", MODS, SCHEMAS[MODS]),
    "oai_dcterms": Format("record-valid-dcterms", QUALIFIED_DC, SCHEMAS[QUALIFIED_DC]),
    "edm": Format("record-valid-edm", RDF, SCHEMAS[EDM]),
    "marc21": Format("record-valid-marc21", MARC, SCHEMAS[MARC]),
    "oai_datacite": Format("record-valid-datacite", DATACITE, SCHEMAS[DATACITE]),
}


class Places:
    """Where each format holds something, by XPath.

    Args:
        paths: the path in each format, from the root element on; a format without one holds no such thing.
    """

    def __init__(self, paths: Mapping[str, str]) -> None:
        self._paths = {name: etree.XPath(path, namespaces=PREFIXES) for name, path in paths.items()}
        self.formats = tuple(paths)

    def texts(self, name: str, root: etree._Element) -> list[str]:
        """Return the texts that a document in a format holds there, each as it stands."""
        return [each if isinstance(each, str) else text(each) for each in self._paths[name](root)]


def text(element: etree._Element) -> str:
    """Return the whole text of an element."""
    return "".join(map(str, element.itertext()))


STATEMENTS = Places(
    {
        "oai_dc": "dc:rights",
        "mods": "m:accessCondition",
        "oai_dcterms": "dcterms:rights",
        "edm": "edm:ProvidedCHO/dc:rights",
        "marc21": "marc:datafield[@tag='540']/marc:subfield[@code='a']",
        "oai_datacite": "d:rightsList/d:rights",
    }
)
"""Rights statements."""

ACKNOWLEDGMENTS = Places(
    {
        "oai_dc": "dc:description",
        "mods": "m:note",
        "oai_dcterms": "dcterms:description",
        "edm": "edm:ProvidedCHO/dc:description",
        "marc21": "marc:datafield[@tag='536']/marc:subfield[@code='a']",
        "oai_datacite": "d:descriptions/d:description[@descriptionType='Other']",
    }
)
"""What is said of funders."""

RIGHTS_URIS = Places(
    {
        "oai_dc": "dc:rights",
        "mods": "m:accessCondition/@xlink:href",
        "oai_dcterms": "dcterms:license | dcterms:rights",
        "edm": "ore:Aggregation/edm:rights/@rdf:resource",
        "marc21": "marc:datafield[@tag='540']/marc:subfield[@code='u']",
        "oai_datacite": "d:rightsList/d:rights/@rightsURI",
    }
)
"""Rights URIs; Dublin Core has them beside the statements."""

ADDRESSES = Places(
    {
        "mods": "m:location/m:url | m:relatedItem/m:location/m:url",
        "oai_dcterms": "*[@xsi:type='dcterms:URI']",
        "edm": "*/@rdf:about | */*/@rdf:resource",
        "marc21": "marc:datafield[@tag='856']/marc:subfield[@code='u']",
        "oai_datacite": "d:relatedIdentifiers/d:relatedIdentifier[@relatedIdentifierType='URL']",
    }
)
"""Addresses of what is on the web, and names that are URIs."""

LANGUAGE_CODES = Places({"mods": ".//m:languageTerm[@type='code' and @authority='iso639-2b']"})
LANGUAGE_TAGS = Places(
    {
        "oai_dc": ".//@xml:lang",
        "mods": ".//@xml:lang | .//m:languageTerm[@type='code' and @authority='rfc5646']",
        "oai_dcterms": ".//@xml:lang | dcterms:language[@xsi:type='dcterms:RFC4646']",
        "edm": ".//@xml:lang | edm:ProvidedCHO/dc:language",
        "oai_datacite": ".//@xml:lang | d:language",
    }
)
"""Tags of BCP 47; Dublin Core may have words for languages too, so that its own are not looked at."""
