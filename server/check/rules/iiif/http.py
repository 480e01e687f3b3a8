"""The document and what it links to, as the web answers.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import ADVICE, MUST, SHOULD, presentation_rule

RULES = (
    presentation_rule(
        "response-type", SHOULD, "6.3",
        "Documents come as application/ld+json with the profile of Presentation 3.0, or as application/json.",
        'Set the Content-Type to application/ld+json;profile="http://iiif.io/api/presentation/3/context.json".',
    ),
    presentation_rule(
        "response-cors", MUST, "6.3",
        "Documents may be read by viewers of every host.",
        "Send the header Access-Control-Allow-Origin: * with each of them.",
    ),
    presentation_rule(
        "response-compressed", SHOULD, "6.3",
        "Documents are compressed for those who ask for it.",
        "Let the web server compress JSON by gzip; manifests shrink to a tenth.",
    ),
    presentation_rule(
        "response-accept", SHOULD, "6.3",
        "A document comes as application/json to who asks for that, and as application/ld+json to who asks for that.",
        "Obey the header Accept, and send Vary: Accept so that no cache mixes the two up.",
    ),
    presentation_rule(
        "response-head", ADVICE, "6",
        "A HEAD request is answered as GET is, without the document.",
        "Allow HEAD; programs that look for what is gone or new spare your server with it.",
    ),
    presentation_rule(
        "link-answer", MUST, "6.3",
        "What is linked answers, with status 200.",
        "Correct the address, or publish what is missing there.",
    ),
    presentation_rule(
        "link-type", SHOULD, "3.2",
        "What is linked comes with the media type that its format states.",
        "Correct the format, or the Content-Type that the server sends.",
    ),
    presentation_rule(
        "link-document", MUST, "4.2",
        "What is named as a manifest, collection, range or annotation page is one.",
        "Name the address of the JSON, not that of the page about it.",
    ),
    presentation_rule(
        "link-measure", MUST, "3.2",
        "Images have the height and width that is stated of them, in pixels.",
        "State those of the very file that is linked.",
    ),
    presentation_rule(
        "link-cors", ADVICE, "6.3",
        "What viewers show themselves, images, sounds, videos and texts, they may read from every host.",
        "Send the header Access-Control-Allow-Origin: * with them too; some viewers cannot show them else.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
