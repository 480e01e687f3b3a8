"""What properties say: identifiers, texts in languages, markup, dates, measures, words with a meaning.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import ADVICE, MUST, SHOULD, presentation_rule

RULES = (
    presentation_rule(
        "id-uri", MUST, "3.2",
        "Each id is a URI, and that of what Presentation 3.0 defines begins with http:// or https://.",
        "Give it the whole address; it need not answer for what stands in the document itself.",
    ),
    presentation_rule(
        "id-characters", MUST, "6.1",
        "Special characters in an id are encoded.",
        "Write a space as %20 and letters beyond ASCII in their percent-encoded UTF-8.",
    ),
    presentation_rule(
        "id-unique", MUST, "3.2",
        "No two resources of the document have the same id.",
        "Give each one its own; viewers mix up what has the same.",
    ),
    presentation_rule(
        "id-fragment", MUST, "5.3",
        "The id of a canvas has no fragment.",
        "Write what comes after # as a part of the path; # is for parts of a canvas.",
    ),
    presentation_rule(
        "id-address", MUST, "3.2",
        "The id of the document is the address at which it is published.",
        "Let the document name the address as the world reaches it, with https if so.",
    ),
    presentation_rule(
        "id-https", SHOULD, "6.1",
        "The id of the document begins with https.",
        "Publish it by https; viewers on secure pages cannot load it otherwise.",
    ),
    presentation_rule(
        "id-query", SHOULD, "6.1",
        "The id of the document has no query and no fragment.",
        "Give it an address of its own, such as https://archive.example.org/iiif/letter-1/manifest.json.",
    ),
    presentation_rule(
        "language-map", MUST, "4.4",
        "Labels, summaries and values are objects of languages, each with an array of strings.",
        'Write {"en": ["A letter"]}, or {"none": ["A letter"]} where the language is not known.',
    ),
    presentation_rule(
        "language-tag", MUST, "4.4",
        "Each language is a tag of BCP 47, or none.",
        "Write the shortest tag that is registered, such as en, es-419 or zh-Hant; none where it is not known.",
    ),
    presentation_rule(
        "blank", ADVICE, "4.4",
        "No text is blank.",
        "Leave it away where there is nothing to say.",
    ),
    presentation_rule(
        "label-value", MUST, "3.1",
        "Each row of metadata, and the requiredStatement, has a label and a value.",
        "Add what is missing.",
    ),
    presentation_rule(
        "markup-place", MUST, "4.5",
        "Markup stands only in summaries and in the values of metadata and of the requiredStatement.",
        "Write the label as plain text; if it is meant to begin with < and end with >, add a space at its end.",
    ),
    presentation_rule(
        "markup-form", MUST, "4.5",
        "What begins with < and ends with > is well-formed XML in one element.",
        "Close each tag and put all into one p or span; if it is plain text, add a space at its end.",
    ),
    presentation_rule(
        "markup-space", MUST, "4.5",
        "No space stands around markup.",
        "Remove what stands before the first < and after the last >; viewers take it for plain text otherwise.",
    ),
    presentation_rule(
        "markup-bare", ADVICE, "4.5",
        "Text with tags in it is put into one element, so that viewers know it for markup; a label has no tags.",
        "Put all into one span or p, and take tags out of labels; or leave them, if they are meant to be seen.",
    ),
    presentation_rule(
        "markup-removed", SHOULD, "4.5",
        "Markup has nothing that viewers must remove: scripts, styles, forms, comments, most attributes, other links.",
        "Leave only href at a, with http, https or mailto, and src and alt at img.",
    ),
    presentation_rule(
        "markup-tags", ADVICE, "4.5",
        "Markup has only the tags that viewers should show: a, b, br, i, img, p, small, span, sub and sup.",
        "Use these; others are likely to be removed.",
    ),
    presentation_rule(
        "rights", MUST, "3.1",
        "The rights are a URI, in the form that Creative Commons and RightsStatements.org define for theirs.",
        "Write http, no www, vocab rather than page, no deed, and the slash at the end; text belongs into the "
        "requiredStatement.",
    ),
    presentation_rule(
        "rights-known", SHOULD, "3.1",
        "The rights are of Creative Commons or of RightsStatements.org, or of an extension that the document names.",
        "Choose one of theirs; tell your own terms in the requiredStatement or the metadata.",
    ),
    presentation_rule(
        "nav-date", MUST, "3.1",
        "Each navDate is a date and time of the XML Schema, with a time zone.",
        "Write it as 1965-03-02T00:00:00Z; where the day is not known, tell it in the metadata alone.",
    ),
    presentation_rule(
        "nav-date-utc", SHOULD, "3.1",
        "Each navDate is in UTC, with Z.",
        "Reckon it in UTC, and write Z at its end.",
    ),
    presentation_rule(
        "format", MUST, "3.2",
        "Each format is a media type.",
        "Write it as image/jpeg or text/html, not as jpg.",
    ),
    presentation_rule(
        "content-type", SHOULD, "5.7",
        "The type of what is linked is Dataset, Image, Model, Sound, Text or Video.",
        "Choose one of these; a PDF to read is a Text, a METS file a Dataset.",
    ),
    presentation_rule(
        "profile", MUST, "3.2",
        "The profile of what is linked is a URI.",
        "Take it from IIIF's registry of profiles, such as http://www.loc.gov/mods/v3 for MODS.",
    ),
    presentation_rule(
        "service-profile", MUST, "3.3.1",
        "The profile of an image or search service is one of its specification and version.",
        "Write level0, level1 or level2 for ImageService3; the others have URIs, with http.",
    ),
    presentation_rule(
        "measure", MUST, "3.2",
        "Height and width are positive integers, a duration is a positive number.",
        "Write the number without quotation marks, in whole pixels, and seconds for a duration.",
    ),
    presentation_rule(
        "content-size", SHOULD, "3.2",
        "Images and videos that are painted or are thumbnails state height and width, sounds and videos a duration.",
        "Add them; viewers need them to choose, and to lay out before anything is loaded.",
    ),
    presentation_rule(
        "viewing-direction", MUST, "3.2",
        "The viewingDirection is left-to-right, right-to-left, top-to-bottom or bottom-to-top.",
        "Write one of the four, letter for letter.",
    ),
    presentation_rule(
        "behavior", MUST, "3.2",
        "Each behavior is one of Presentation 3.0, or of an extension that the document names.",
        "Write one of the table in the section, letter for letter.",
    ),
    presentation_rule(
        "behavior-class", MUST, "A",
        "Each behavior is one that its class may have.",
        "Move it to the resource that it is meant for.",
    ),
    presentation_rule(
        "behavior-disjoint", MUST, "3.2",
        "No resource has two behaviors that exclude each other.",
        "Choose one.",
    ),
    presentation_rule(
        "behavior-measure", MUST, "3.2",
        "Behaviors of pages stand where canvases have height and width, those of time where they have a duration.",
        "Remove the behavior, or give the canvases what it needs.",
    ),
    presentation_rule(
        "time-mode", MUST, "3.2",
        "The timeMode is trim, scale or loop.",
        "Write one of the three, letter for letter.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
