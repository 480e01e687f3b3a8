"""Image services, and what they say of their images.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import ADVICE, MUST, SHOULD, image_rule

RULES = (
    image_rule(
        "answer", MUST, "5.1",
        "An image service answers at its address followed by /info.json, with a JSON object.",
        "Correct the id of the service, or let the image server answer there.",
    ),
    image_rule(
        "media-type", SHOULD, "5.1",
        "The info.json comes as application/ld+json with its profile, or as application/json.",
        "Set the Content-Type to application/json.",
    ),
    image_rule(
        "cors", SHOULD, "5.1",
        "The info.json may be read by viewers of every host.",
        "Send the header Access-Control-Allow-Origin: * with it; viewers show nothing otherwise.",
    ),
    image_rule(
        "version", MUST, "5.2",
        "The @context is that of the version that the document says the service has.",
        "Write ImageService3 for version 3 and ImageService2 for version 2; they are asked in other words.",
    ),
    image_rule(
        "id", MUST, "5.2",
        "The id is the address of the service, without a slash at its end.",
        "Tell the image server its address as the world reaches it, with https if so.",
    ),
    image_rule(
        "required", MUST, "5.2",
        "The info.json has all that it must have.",
        "Add what is named; in version 2 id is called @id.",
    ),
    image_rule(
        "protocol", MUST, "5.2",
        "The protocol is http://iiif.io/api/image, and the type is ImageService3.",
        "Write these, letter for letter, with http; version 2 has no such type.",
    ),
    image_rule(
        "profile", MUST, "5.2",
        "The profile is level0, level1 or level2; in version 2 it begins with the URI of one of these.",
        "Write the highest level that is kept in full.",
    ),
    image_rule(
        "profile-told", ADVICE, "5.2",
        "The profile that the document states is that of the info.json.",
        "Correct the one in the document; viewers that trust it ask for sizes that there are not.",
    ),
    image_rule(
        "measure", MUST, "5.2",
        "Width, height and limits are positive integers, and maxHeight stands only beside maxWidth.",
        "Write whole numbers of pixels, without quotation marks.",
    ),
    image_rule(
        "sizes", MUST, "5.3",
        "Each of the sizes has a width and a height, as positive integers.",
        "Add what is missing.",
    ),
    image_rule(
        "tiles", MUST, "5.4",
        "Each of the tiles has a width and scaleFactors, as positive integers, and no two have the same measures.",
        "Add what is missing, or put the scale factors of the same tiles together.",
    ),
    image_rule(
        "limits", MUST, "5.2",
        "Sizes and tiles are within the limits that the service states.",
        "Remove what is larger than maxWidth, maxHeight or maxArea, or raise these.",
    ),
    image_rule(
        "formats", MUST, "5.5",
        "The preferredFormats are among those of the profile and the extraFormats.",
        "Add the format to extraFormats, or prefer another.",
    ),
    image_rule(
        "request", MUST, "4",
        "A small picture of the whole image is answered with a JPEG.",
        "Ask for the address that is named, and see what the image server says.",
    ),
    image_rule(
        "request-size", MUST, "4.2",
        "The picture has the size that was asked for.",
        "Let the image server scale as it was asked, or list the sizes that it has.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
