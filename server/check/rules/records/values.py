"""Dates, languages and addresses in the documents of each record, and what a reader of an archive's record expects.

Each: its code and level, what holds where all is well, what to do where it does not; section, specification and link.
"""

from server.check.rules.rule import Level, Rule

MUST, SHOULD, ADVICE = Level.MUST, Level.SHOULD, Level.ADVICE
_EDTF = ("EDTF", "https://www.loc.gov/standards/datetime/")
_DATES = ("MODS 3.8", "https://www.loc.gov/standards/mods/userguide/origininfo.html")
_LANGUAGE = ("MODS 3.8", "https://www.loc.gov/standards/mods/userguide/language.html")
_RELATED = ("MODS 3.8", "https://www.loc.gov/standards/mods/userguide/location.html")

RULES = (
    Rule(
        "record-date-form", MUST, "originInfo",
        "Each date that says its encoding is written in it, and is in the calendar.",
        "Write a date as 1965-03-02, 1965-03, 1920~ (about 1920) or 1927/1929; words belong into the date's text.",
        *_DATES,
    ),
    Rule(
        "record-date-order", MUST, "level 0",
        "A span of time begins before it ends.",
        "Write the earlier date first.",
        *_EDTF,
    ),
    Rule(
        "record-date-future", SHOULD, "originInfo",
        "No date of making, issue, capture or change lies in the future.",
        "Correct the date; of what is only announced, state no date yet.",
        *_DATES,
    ),
    Rule(
        "record-language-code", MUST, "languageTerm",
        "Each language code in MODS is one of ISO 639-2/B.",
        "Write the bibliographic code, such as chi for Chinese or ger for German.",
        *_LANGUAGE,
    ),
    Rule(
        "record-language-tag", MUST, "2.2.9",
        "Each language tag is valid.",
        "Write a tag of registered parts, such as en, zh-Hant or es-419.",
        "BCP 47", "https://www.rfc-editor.org/rfc/rfc5646#section-2.2.9",
    ),
    Rule(
        "record-link", MUST, "3",
        "Each address is a whole URI; one on the web names its host.",
        "Write it whole, such as https://archive.example.org/letters/1, and escape what a URI does not allow.",
        "RFC 3986", "https://www.rfc-editor.org/rfc/rfc3986#section-3",
    ),
    Rule(
        "record-repository", ADVICE, "physicalLocation",
        "Each record says which archive keeps the original.",
        "State source.repository, the name of the archive.",
        *_RELATED,
    ),
    Rule(
        "record-shelfmark", ADVICE, "shelfLocator",
        "Each record says under which shelfmark the original lies in its archive.",
        "State source.shelfmark, as the archive writes it.",
        *_RELATED,
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
