"""What the endpoint says of itself: Identify, formats, sets.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.oai_pmh.protocol import MUST, SHOULD, oai_rule

RULES = (
    oai_rule(
        "identify-elements", MUST, "4.2",
        "Identify has each element that it must have.",
        "Add the element that is missing, or remove the one that is there twice.",
    ),
    oai_rule(
        "identify-order", MUST, "4.2",
        "The elements of Identify stand in the order of the schema.",
        "Put them into the order that is expected.",
    ),
    oai_rule(
        "identify-version", MUST, "4.2",
        "The protocolVersion is 2.0.",
        "Write 2.0, whatever the version of the software is.",
    ),
    oai_rule(
        "identify-base-url", MUST, "4.2",
        "The baseURL is the address at which the endpoint was asked.",
        "Configure the base URL as the world reaches it, with https if so; or announce the one that Identify says.",
    ),
    oai_rule(
        "identify-granularity", MUST, "4.2",
        "The granularity is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.",
        "Write one of the two, letter for letter.",
    ),
    oai_rule(
        "identify-deleted", MUST, "4.2",
        "The deletedRecord is no, transient or persistent.",
        "Write the one of the three words that tells what becomes of deleted records.",
    ),
    oai_rule(
        "identify-earliest-form", MUST, "4.2",
        "The earliestDatestamp has the granularity of the repository.",
        "Write it as the granularity says, with or without the time of the day.",
    ),
    oai_rule(
        "identify-earliest", MUST, "4.2",
        "No record has a datestamp before the earliestDatestamp.",
        "State the oldest datestamp of all records, or an earlier one; harvesters ask for nothing before it.",
    ),
    oai_rule(
        "identify-email", MUST, "4.2",
        "Each adminEmail is an e-mail address.",
        "Give the address of someone who answers harvesters, without mailto: and without a name.",
    ),
    oai_rule(
        "identify-compression", SHOULD, "4.2",
        "Identify does not name identity among its compressions.",
        "Remove that element: uncompressed answers are always supported.",
    ),
    oai_rule(
        "formats-dc", MUST, "4.4",
        "The format oai_dc is offered.",
        "Offer unqualified Dublin Core under the metadataPrefix oai_dc; every repository must.",
    ),
    oai_rule(
        "formats-dc-schema", MUST, "4.4",
        "The format oai_dc is declared with its namespace and schema.",
        "Declare the namespace and the schema that are expected.",
    ),
    oai_rule(
        "formats-prefix", MUST, "3.4",
        "Each metadataPrefix is legal and declared once.",
        "Rename or remove the format that is declared twice or has characters that are not allowed.",
    ),
    oai_rule(
        "formats-item", MUST, "4.4",
        "The formats of an item have the one that it is listed in.",
        "Let ListMetadataFormats with an identifier answer from the same source as the lists.",
    ),
    oai_rule(
        "sets-answer", MUST, "4.6",
        "ListSets lists the sets, or answers noSetHierarchy.",
        "Answer noSetHierarchy if there are no sets.",
    ),
    oai_rule(
        "sets-spec", MUST, "2.6",
        "Each setSpec is made of legal characters, with colons between its levels.",
        "Rename the set; letters, digits and - _ . ! ~ * ' ( ) are allowed.",
    ),
    oai_rule(
        "sets-unique", MUST, "2.6",
        "Each set is listed once.",
        "Remove the repeated set, or give it a setSpec of its own.",
    ),
    oai_rule(
        "sets-ancestors", SHOULD, "2.6",
        "The set above each set is listed too.",
        "List the set above, or name the set without a colon if it has none above it.",
    ),
    oai_rule(
        "sets-listed", SHOULD, "2.6",
        "Each set that a record says it is in is listed.",
        "List the set, or remove it from the headers; harvesters cannot ask for what they do not know.",
    ),
    oai_rule(
        "schema-description", MUST, "4.2",
        "Descriptions of the repository and of sets name their schema and are valid by it.",
        "Name the schema in xsi:schemaLocation, and look at the element that is named; or leave the description away.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
