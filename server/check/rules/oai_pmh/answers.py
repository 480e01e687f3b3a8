"""What holds for each answer, whatever was asked.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.oai_pmh.protocol import MUST, SHOULD, oai_rule

RULES = (
    oai_rule(
        "http-status", MUST, "3.6",
        "What OAI-PMH answers, errors too, comes with HTTP status 200.",
        "Send the errors of the protocol with status 200; harvesters throw away what comes with another one.",
    ),
    oai_rule(
        "retry-after", SHOULD, "3.1.2.2",
        "Status 503 comes with a Retry-After.",
        "Add the header Retry-After with a number of seconds, so that harvesters know when to come back.",
    ),
    oai_rule(
        "content-type", MUST, "3.1.2.1",
        "The Content-Type is text/xml.",
        "Set the Content-Type to text/xml; charset=UTF-8.",
    ),
    oai_rule(
        "identity", MUST, "3.1.3",
        "An answer is compressed only for those who asked for it.",
        "Obey Accept-Encoding: compress only what it allows, and send all else as it is.",
    ),
    oai_rule(
        "gzip", MUST, "3.1.3",
        "A compressed answer holds what the uncompressed one holds.",
        "Compress the finished answer, and send Vary: Accept-Encoding so that no cache mixes the two up.",
    ),
    oai_rule(
        "post", MUST, "3.1.1",
        "A POST request gets the answer that GET gets.",
        "Accept POST with application/x-www-form-urlencoded, and read its arguments as those of GET.",
    ),
    oai_rule(
        "utf-8", MUST, "3.2",
        "Answers are encoded in UTF-8.",
        "Write the XML in UTF-8, and declare no other encoding.",
    ),
    oai_rule(
        "characters", MUST, "3.2",
        "No character stands in an answer that XML does not allow.",
        "Remove control characters from the records; escaping them does not help, as XML 1.0 has no word for them.",
    ),
    oai_rule(
        "well-formed", MUST, "3.2",
        "Answers are well-formed XML.",
        "Write XML by a library, not by joining text; escape & and < in what is stored.",
    ),
    oai_rule(
        "namespace", MUST, "3.2",
        "The root element is OAI-PMH in the namespace of version 2.0.",
        'Begin each answer with <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">.',
    ),
    oai_rule(
        "schema-location", MUST, "3.2",
        "The root element names the schema of OAI-PMH 2.0 in xsi:schemaLocation.",
        "Add the pair of the namespace and http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd.",
    ),
    oai_rule(
        "schema-answer", MUST, "3.2.1",
        "Each answer is valid by the schema of OAI-PMH 2.0.",
        "Look at the element that is named; the schema says what may stand there, and in which order.",
    ),
    oai_rule(
        "response-date", MUST, "3.2",
        "The responseDate is a time in UTC, as YYYY-MM-DDThh:mm:ssZ.",
        "Write the time of the answer in UTC, without fractions and with Z; harvesters ask from it next time.",
    ),
    oai_rule(
        "request-url", MUST, "3.2",
        "The request element holds the base URL.",
        "Write the configured base URL there, not the address that a proxy passes on.",
    ),
    oai_rule(
        "request-echo", MUST, "3.2",
        "The request element repeats the arguments that were sent, and no others; that of an error may repeat fewer.",
        "Give the request element one attribute for each argument of the request, with its value.",
    ),
    oai_rule(
        "request-echo-error", MUST, "3.2",
        "The request element of badVerb and badArgument repeats no arguments.",
        "Leave the attributes of the request element away in these two errors.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
