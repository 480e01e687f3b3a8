"""What aggregators ask of each record, as advice: an archive need not go to each of them.

Each: its code and level, what holds where all is well, what to do where it does not; section, specification and link.
"""

from server.check.rules.rule import Level, Rule

_DPLA = ("DPLA", "https://pro.dp.la/hubs/metadata-application-profile")
_EDM = ("EDM external profile", "https://europeana.atlassian.net/wiki/spaces/EF/pages/2106294284")
_DLF = ("DLF/Aquifer guidelines", "https://www.loc.gov/standards/mods/userguide/dlfaquifer.html")
_URI = (
    "State rights.uri, for the record or once for its collection, such as http://rightsstatements.org/vocab/InC/1.0/."
)
_PROVIDER = "Set DRAGOMAN_INSTITUTION_NAME, or state the record's or the collection's provider."
_PAGE = "Run 'dragoman render': each document is to have the address of the record's page."
_TITLE = "State a title that says what the document is, where it stands alone."
_TYPE = "State types, such as text, still image or sound recording."
_LANGUAGE = "State languages, for the record or once for its collection."


def _asked(code: str, section: str, sentence: str, remedy: str, specification: tuple[str, str]) -> Rule:
    return Rule(code, Level.ADVICE, section, sentence, remedy, *specification)


RULES = (
    _asked("dpla-title", "title", "DPLA finds a title.", _TITLE, _DPLA),
    _asked("dpla-rights", "edm:rights", "DPLA finds a rights URI that it knows.", _URI, _DPLA),
    _asked("dpla-provider", "edm:dataProvider", "DPLA finds who provides the record.", _PROVIDER, _DPLA),
    _asked("dpla-address", "edm:isShownAt", "DPLA finds the address of the object in its context.", _PAGE, _DPLA),
    _asked("europeana-title", "edm:ProvidedCHO", "Europeana finds a title or a description.", _TITLE, _EDM),
    _asked(
        "europeana-subject", "edm:ProvidedCHO",
        "Europeana finds a subject, a kind, a place or a period.",
        "State subjects or genres.", _EDM,
    ),
    _asked("europeana-type", "edm:type", "Europeana finds whether it is a text, image, sound or video.", _TYPE, _EDM),
    _asked("europeana-language", "dc:language", "Europeana finds the language of each text.", _LANGUAGE, _EDM),
    _asked("europeana-rights", "edm:rights", "Europeana finds a rights URI that it knows.", _URI, _EDM),
    _asked(
        "europeana-provider", "edm:provider",
        "Europeana finds whose record it is, and who delivers it.",
        "Set DRAGOMAN_INSTITUTION_NAME; and DRAGOMAN_AGGREGATOR_NAME if somebody else delivers it.", _EDM,
    ),
    _asked("europeana-address", "edm:isShownAt", "Europeana finds the address of a page or an image.", _PAGE, _EDM),
    _asked(
        "europeana-document", "edm:ProvidedCHO",
        "A record that has what Europeana asks for has a document in EDM.",
        "Set DRAGOMAN_INSTITUTION_NAME or DRAGOMAN_AGGREGATOR_NAME, and run 'dragoman render'.", _EDM,
    ),
    _asked("dlf-title", "titleInfo", "MODS has a title.", _TITLE, _DLF),
    _asked("dlf-type", "typeOfResource", "MODS has a type of resource.", _TYPE, _DLF),
    _asked(
        "dlf-date", "originInfo",
        "MODS has a date to sort by.",
        "State a date in EDTF, be it as vague as 19XX or 1920~; words alone sort nowhere.", _DLF,
    ),
    _asked("dlf-language", "language", "MODS has the language of each text.", _LANGUAGE, _DLF),
    _asked(
        "dlf-digital-origin", "physicalDescription",
        "MODS says how the digital document came about.",
        "State digital_origin, such as reformatted digital or born digital.", _DLF,
    ),
    _asked(
        "dlf-media-type", "physicalDescription",
        "MODS says of which media type the digital document is.",
        "State media_types, such as image/jpeg or text/html.", _DLF,
    ),
    _asked("dlf-address", "location", "MODS has exactly one primary address.", _PAGE, _DLF),
    _asked(
        "dlf-access", "accessCondition",
        "MODS says under which conditions the document may be used.",
        "State rights.statement or rights.uri, for the record or once for its collection.", _DLF,
    ),
    _asked(
        "dlf-cataloguing", "recordInfo",
        "MODS says in which language the record is written.",
        "State cataloguing.languages.", _DLF,
    ),
    _asked(
        "dlf-one-value", "general",
        "Each subject, name and genre stands alone in its element.",
        "State several as several, not as one divided by semicolons.", _DLF,
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
