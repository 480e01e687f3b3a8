"""Records, and lists of them.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.oai_pmh.protocol import ADVICE, MUST, SHOULD, oai_rule

RULES = (
    oai_rule(
        "header-identifier", MUST, "2.4",
        "The identifier of each record is a URI.",
        "Give records identifiers such as oai:archive.example.org:1, and escape what a URI does not allow.",
    ),
    oai_rule(
        "header-datestamp", MUST, "2.7.1",
        "The datestamp of each record has the granularity of the repository.",
        "Write all datestamps as Identify says, in UTC.",
    ),
    oai_rule(
        "deleted-metadata", MUST, "2.5",
        "A deleted record has a header and nothing else.",
        "Leave metadata and about away where the header has the status deleted.",
    ),
    oai_rule(
        "deleted-declared", MUST, "2.5",
        "Deleted records are told only where Identify says that they are.",
        "State transient or persistent in Identify; where it says no, harvesters do not look for deletions.",
    ),
    oai_rule(
        "record-metadata", MUST, "2.5",
        "A record that is not deleted has one document as its metadata.",
        "Give each record its metadata, or tell that it is deleted.",
    ),
    oai_rule(
        "record-namespace", MUST, "3.4",
        "Metadata are in the namespace that ListMetadataFormats declares for them.",
        "Declare the namespace that is sent, or send the one that is declared.",
    ),
    oai_rule(
        "record-same", MUST, "4.1",
        "GetRecord gives the record that ListRecords gave.",
        "Let both answer from the same source; harvesters that come one by one see something else otherwise.",
    ),
    oai_rule(
        "schema-metadata", MUST, "3.4",
        "Metadata are valid by the schema that ListMetadataFormats declares for them.",
        "Look at the element that is named; the schema says what may stand there.",
    ),
    oai_rule(
        "selective-exact", MUST, "2.7.1",
        "A record is found by from and until that both are its datestamp.",
        "Include both ends: from <= datestamp <= until, and compare in UTC.",
    ),
    oai_rule(
        "selective-day", MUST, "2.7.1",
        "A record is found by from and until that both are the day of its datestamp.",
        "Understand days in every repository, and let until a day hold all of it, to 23:59:59.",
    ),
    oai_rule(
        "selective-span", MUST, "2.7.1",
        "Lists hold only records whose datestamp lies between from and until.",
        "Select by the datestamp that the header shows.",
    ),
    oai_rule(
        "selective-set", MUST, "2.7.2",
        "Each record in the list of a set says that it is in that set, or in one below it.",
        "Write into each header all sets that the record is in.",
    ),
    oai_rule(
        "list-loss", MUST, "4.3",
        "ListIdentifiers and ListRecords list the same records.",
        "Page by a key that does not move (datestamp and identifier), not by counting rows.",
    ),
    oai_rule(
        "list-repeat", SHOULD, "3.5",
        "No record comes twice in a list.",
        "Page by a key that does not move (datestamp and identifier), not by counting rows.",
    ),
    oai_rule(
        "token-idempotent", MUST, "3.5",
        "A resumptionToken that is sent again gets the same records.",
        "Keep in the token where the page begins, not on the server where the harvester is.",
    ),
    oai_rule(
        "token-loops", MUST, "3.5",
        "No resumptionToken comes twice in a list.",
        "Give each page a token that leads to the next; harvesters would never end.",
    ),
    oai_rule(
        "token-closing", MUST, "3.5",
        "The last page of a list in parts has an empty resumptionToken.",
        "Add an empty resumptionToken element to the last page.",
    ),
    oai_rule(
        "token-cursor", MUST, "3.5",
        "The cursor is the number of records that came before.",
        "Count from 0 at the first page, or leave the attribute away.",
    ),
    oai_rule(
        "token-size", ADVICE, "3.5",
        "The completeListSize is no smaller than what comes.",
        "Estimate generously, or leave the attribute away; some harvesters stop when they have as many.",
    ),
    oai_rule(
        "token-expiration", MUST, "3.5",
        "The expirationDate of a token is a time in UTC.",
        "Write it as YYYY-MM-DDThh:mm:ssZ, or leave the attribute away.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
