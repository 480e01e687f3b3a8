"""The specifications that these rules are of, and where their sections are."""

from server.check.rules.rule import Level, Rule

MUST, SHOULD, ADVICE = Level.MUST, Level.SHOULD, Level.ADVICE

_PRESENTATION = {
    "3.1": "31-descriptive-properties",
    "3.2": "32-technical-properties",
    "3.3.1": "331-external-links",
    "3.3.2": "332-internal-links",
    "3.4": "34-structural-properties",
    "3.5": "35-values",
    "4.2": "42-resource-representations",
    "4.3": "43-properties-with-multiple-values",
    "4.4": "language-of-property-values",
    "4.5": "45-html-markup-in-property-values",
    "4.6": "46-linked-data-context-and-extensions",
    "4.8": "48-keyword-mappings",
    "5.1": "51-collection",
    "5.3": "53-canvas",
    "5.4": "54-range",
    "5.5": "55-annotation-page",
    "5.6": "56-annotation",
    "5.7": "57-content-resources",
    "6.1": "61-uri-recommendations",
    "6.3": "63-responses",
    "A": "a-summary-of-property-requirements",
}


def presentation_rule(code: str, level: Level, section: str, sentence: str, remedy: str) -> Rule:
    """Return a rule of the Presentation API 3.0; its code begins with iiif-."""
    link = f"https://iiif.io/api/presentation/3.0/#{_PRESENTATION[section]}"
    return Rule(f"iiif-{code}", level, section, sentence, remedy, "IIIF Presentation 3.0", link)
