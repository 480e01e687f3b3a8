"""The specification that these rules are of, and where its sections are."""

from server.check.rules.rule import Level, Rule

MUST, SHOULD, ADVICE = Level.MUST, Level.SHOULD, Level.ADVICE

_PAGE = "https://www.openarchives.org/OAI/openarchivesprotocol.html"
_ANCHORS = {
    "2.5": "Record",
    "2.6": "Set",
    "3.1.3": "ResponseCompression",
    "3.5": "FlowControl",
    "3.6": "ErrorConditions",
    "4.1": "GetRecord",
    "4.2": "Identify",
    "4.3": "ListIdentifiers",
    "4.4": "ListMetadataFormats",
    "4.5": "ListRecords",
    "4.6": "ListSets",
}


def oai_rule(code: str, level: Level, section: str, sentence: str, remedy: str) -> Rule:
    """Return a rule of OAI-PMH 2.0; its code begins with oai-."""
    anchor = _ANCHORS.get(section)
    link = f"{_PAGE}#{anchor}" if anchor else _PAGE
    return Rule(f"oai-{code}", level, section, sentence, remedy, "OAI-PMH 2.0", link)
