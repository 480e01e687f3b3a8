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
    "6": "6-http-requests-and-responses",
    "6.1": "61-uri-recommendations",
    "6.3": "63-responses",
    "A": "a-summary-of-property-requirements",
}


def presentation_rule(code: str, level: Level, section: str, sentence: str, remedy: str) -> Rule:
    """Return a rule of the Presentation API 3.0; its code begins with iiif-."""
    link = f"https://iiif.io/api/presentation/3.0/#{_PRESENTATION[section]}"
    return Rule(f"iiif-{code}", level, section, sentence, remedy, "IIIF Presentation 3.0", link)


_IMAGE = {
    "4": "4-image-requests",
    "4.2": "42-size",
    "5.1": "51-image-information-request",
    "5.2": "52-technical-properties",
    "5.3": "53-sizes",
    "5.4": "54-tiles",
    "5.5": "55-preferred-formats",
}


def image_rule(code: str, level: Level, section: str, sentence: str, remedy: str) -> Rule:
    """Return a rule of the Image API 3.0, or of 2.1 where that says the same; its code begins with iiif-image-."""
    link = f"https://iiif.io/api/image/3.0/#{_IMAGE[section]}"
    return Rule(f"iiif-image-{code}", level, section, sentence, remedy, "IIIF Image 3.0 and 2.1", link)


_SEARCH = {
    "4.2": "responses",
    "4.2.1": "simple-lists",
    "4.2.2": "paging-results",
    "4.2.4": "ignored-parameters",
    "4.3": "extended-responses",
    "5.2": "autocomplete-response",
}


def search_rule(code: str, level: Level, section: str, sentence: str, remedy: str) -> Rule:
    """Return a rule of Content Search 2.0, or of 1.0 where that says the same; its code begins with iiif-search-."""
    link = f"https://iiif.io/api/search/2.0/#{_SEARCH[section]}"
    return Rule(f"iiif-search-{code}", level, section, sentence, remedy, "IIIF Content Search 2.0 and 1.0", link)


_DISCOVERY = {
    "3.1": "orderedcollection",
    "3.2": "ordered-collection-page",
    "3.3": "activities",
    "3.4.1": "341-context",
    "4.1": "41-media-type",
}


def discovery_rule(code: str, level: Level, section: str, sentence: str, remedy: str) -> Rule:
    """Return a rule of the Change Discovery API 1.0; its code begins with iiif-discovery-."""
    link = f"https://iiif.io/api/discovery/1.0/#{_DISCOVERY[section]}"
    return Rule(f"iiif-discovery-{code}", level, section, sentence, remedy, "IIIF Change Discovery 1.0", link)
