"""Every XML namespace and schema location that we write, once."""

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
PROVENANCE = "http://www.openarchives.org/OAI/2.0/provenance"
RIGHTS = "http://www.openarchives.org/OAI/2.0/rights/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
QUALIFIED_DC = "http://worldcat.org/xmlschemas/qdc-1.0/"
MODS = "http://www.loc.gov/mods/v3"
MARC = "http://www.loc.gov/MARC21/slim"
EDM = "http://www.europeana.eu/schemas/edm/"
ORE = "http://www.openarchives.org/ore/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SVCS = "http://rdfs.org/sioc/services#"
DOAP = "http://usefulinc.com/ns/doap#"
DATACITE = "http://datacite.org/schema/kernel-4"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

SCHEMAS = {
    OAI: "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    OAI_DC: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    PROVENANCE: "http://www.openarchives.org/OAI/2.0/provenance.xsd",
    RIGHTS: "http://www.openarchives.org/OAI/2.0/rightsManifest.xsd",
    OAI_IDENTIFIER: "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd",
    MODS: "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd",
    QUALIFIED_DC: "qualifieddc.xsd",
    EDM: "http://www.europeana.eu/schemas/edm/EDM.xsd",
    DATACITE: "http://schema.datacite.org/meta/kernel-4/metadata.xsd",
    MARC: "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
}
"""Namespace to the place of its official schema; a name alone is one of ours, which we serve (`uris.schema`)."""

MARCXML_PROFILE = "http://www.loc.gov/standards/marcxml"
"""What IIIF's registry of profiles calls MARCXML."""
