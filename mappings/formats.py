"""FORMATS: the one registry of the formats that can be harvested. A new format is one module and one line here."""

from mappings import datacite, dcterms, dublin_core, edm, marc21, mods
from mappings.metadata_format import MetadataFormat
from mappings.namespaces import DATACITE, DCTERMS, EDM, MARC, MARCXML_PROFILE, MODS, OAI_DC, QUALIFIED_DC, RDF, SCHEMAS

FORMATS = {
    "oai_dc": MetadataFormat("oai_dc", SCHEMAS[OAI_DC], OAI_DC, "Dublin Core", dublin_core.write),
    "mods": MetadataFormat("mods", SCHEMAS[MODS], MODS, "MODS 3.8", mods.write, profile=MODS),
    "oai_dcterms": MetadataFormat(
        "oai_dcterms",
        SCHEMAS[QUALIFIED_DC],
        QUALIFIED_DC,
        "Qualified Dublin Core",
        dcterms.write,
        profile=DCTERMS,
    ),
    "edm": MetadataFormat("edm", SCHEMAS[EDM], RDF, "Europeana Data Model", edm.write, profile=EDM, fills=edm.fills),
    "marc21": MetadataFormat("marc21", SCHEMAS[MARC], MARC, "MARCXML", marc21.write, profile=MARCXML_PROFILE),
    "oai_datacite": MetadataFormat(
        "oai_datacite", SCHEMAS[DATACITE], DATACITE, "DataCite 4", datacite.write, fills=datacite.fills
    ),
}
