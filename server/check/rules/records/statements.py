"""The rights statement, the rights URI and the funder's acknowledgment: that they arrive wherever the record is read.

Each: its code and level, what holds where all is well, what to do where it does not; section, specification and link.
"""

from server.check.rules.rule import Level, Rule

MUST = Level.MUST
_AGAIN = "Run 'dragoman render'; if that does not help, the mapping drops or changes it: report it with what is found."
_PAGE = "Report it with what is found here: the page drops or changes it."
_TERMS = ("DCMI Metadata Terms", "https://www.dublincore.org/specifications/dublin-core/dcmi-terms/elements11/rights/")
_FUNDING = ("MARC 21", "https://www.loc.gov/marc/bibliographic/bd536.html")
_MANIFEST = ("IIIF Presentation 3.0", "https://iiif.io/api/presentation/3.0/#requiredstatement")
_RIGHTS = ("IIIF Presentation 3.0", "https://iiif.io/api/presentation/3.0/#rights")

RULES = (
    Rule(
        "record-statement", MUST, "rights",
        "The rights statement stands in each format, character for character.",
        _AGAIN, *_TERMS,
    ),
    Rule(
        "record-statement-manifest", MUST, "3.1",
        "The rights statement stands in the manifest's requiredStatement, character for character.",
        _AGAIN, *_MANIFEST,
    ),
    Rule(
        "record-statement-page", MUST, "rights",
        "The rights statement stands on the web page of the record, character for character.",
        _PAGE, *_TERMS,
    ),
    Rule(
        "record-acknowledgment", MUST, "536",
        "Each acknowledgment that a funder is owed stands in each format, character for character.",
        _AGAIN, *_FUNDING,
    ),
    Rule(
        "record-acknowledgment-manifest", MUST, "3.1",
        "Each acknowledgment stands in the manifest's requiredStatement, character for character.",
        _AGAIN, *_MANIFEST,
    ),
    Rule(
        "record-acknowledgment-page", MUST, "536",
        "Each acknowledgment stands on the web page of the record, character for character.",
        _PAGE, *_FUNDING,
    ),
    Rule(
        "record-rights-uri", MUST, "3.1",
        "The rights URI stands in each format, in the manifest and on the page.",
        _AGAIN, *_RIGHTS,
    ),
    Rule(
        "record-rights-canonical", MUST, "3.1",
        "A rights URI of rightsstatements.org or Creative Commons has the form that its publisher defines.",
        "Write http, /vocab/ and the slash at the end, as in http://rightsstatements.org/vocab/InC/1.0/; aggregators "
        "compare it letter for letter.",
        *_RIGHTS,
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
