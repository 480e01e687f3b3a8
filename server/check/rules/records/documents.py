"""The documents of each record: that they are there, well-formed and valid.

Each: its code and level, what holds where all is well, what to do where it does not; section, specification and link.
"""

from server.check.rules.rule import Level, Rule

MUST = Level.MUST
_RENDER = "Run 'dragoman render'; if that does not help, the mapping has a fault: report it with what is found here."
_LOOK = (
    "Look at the element that is named, and at what the record states there. A record that arrived in this format is "
    "served as it arrived: mend its input and load it again. Otherwise the mapping has a fault: report it."
)


def _valid(name: str, specification: str, title: str, link: str) -> Rule:
    return Rule(
        f"record-valid-{name}",
        MUST,
        "schema",
        f"The documents in {title} are valid by its schema.",
        _LOOK,
        specification,
        link,
    )


RULES = (
    Rule(
        "record-page", MUST, "15.3.1",
        "The web page of each record is there.",
        "Look into the log of the server for what went wrong.",
        "RFC 9110", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.1",
    ),
    Rule(
        "record-oai-dc", MUST, "3.4",
        "Each record that is shown has a document in oai_dc.",
        _RENDER,
        "OAI-PMH 2.0", "https://www.openarchives.org/OAI/openarchivesprotocol.html#MetadataNamespaces",
    ),
    Rule(
        "record-well-formed", MUST, "2.1",
        "Each document is well-formed XML, each manifest JSON.",
        _RENDER,
        "XML 1.0", "https://www.w3.org/TR/xml/#sec-well-formed",
    ),
    _valid("oai-dc", "OAI Dublin Core", "oai_dc", "https://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
    _valid("mods", "MODS 3.8", "MODS", "https://www.loc.gov/standards/mods/"),
    _valid(
        "dcterms", "Qualified Dublin Core", "qualified Dublin Core",
        "https://www.dublincore.org/schemas/xmls/qdc/2008/02/11/",
    ),
    _valid("edm", "Europeana Data Model", "EDM", "https://pro.europeana.eu/page/edm-documentation"),
    _valid("marc21", "MARCXML", "MARCXML", "https://www.loc.gov/standards/marcxml/"),
    _valid("datacite", "DataCite 4", "DataCite", "https://schema.datacite.org/meta/kernel-4/"),
)  # fmt: skip
"""The rules, in the order in which they are told."""
