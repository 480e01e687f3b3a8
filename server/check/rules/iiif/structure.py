"""How resources hold together: collections, canvases, annotations, ranges.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import ADVICE, MUST, SHOULD, presentation_rule

RULES = (
    presentation_rule(
        "collection-manifest", MUST, "5.1",
        "A collection names its manifests, and does not hold them.",
        "Leave id, type, label and thumbnail, and publish the manifest at its own address.",
    ),
    presentation_rule(
        "services-top", MUST, "3.3.1",
        "Only the topmost resource has services; all others have service.",
        "Move the list to the top of the document.",
    ),
    presentation_rule(
        "canvas-pair", MUST, "3.2",
        "A canvas has height and width, or neither.",
        "Add the other one.",
    ),
    presentation_rule(
        "canvas-extent", MUST, "5.3",
        "A canvas has height and width, or a duration, or all three.",
        "Give it the measures of what is painted on it.",
    ),
    presentation_rule(
        "canvas-within", MUST, "3.1",
        "A placeholderCanvas or accompanyingCanvas has neither of the two itself.",
        "Remove it from the inner canvas.",
    ),
    presentation_rule(
        "painting", MUST, "5.3",
        "All annotations in the items of a canvas have the motivation painting.",
        "Move the others to the annotations of the canvas.",
    ),
    presentation_rule(
        "painting-elsewhere", MUST, "3.4",
        "No annotation in annotations has the motivation painting.",
        "Move what is painted to the items of its canvas; text of the canvas is supplementing.",
    ),
    presentation_rule(
        "painting-target", MUST, "5.6",
        "Annotations that paint a canvas have that canvas, or a part of it, as their target.",
        "Repeat the id of the canvas in the target.",
    ),
    presentation_rule(
        "annotation-target", MUST, "3.4",
        "Annotations in annotations have that resource, or a part of it, as their target.",
        "Repeat the id of the resource in the target, or move the annotation to the resource that it is about.",
    ),
    presentation_rule(
        "painting-body", MUST, "5.6",
        "Annotations that paint a canvas have a body.",
        "Say in the body what is painted.",
    ),
    presentation_rule(
        "painting-text", ADVICE, "5.7",
        "What is painted is an image, a sound, a video or another canvas.",
        "Add the text as a supplementing annotation or as a rendering; viewers show no painted text.",
    ),
    presentation_rule(
        "painting-measure", MUST, "5.3",
        "Images are painted where the canvas has height and width, sounds and videos where it has a duration.",
        "Give the canvas what it lacks, or link the content as a rendering.",
    ),
    presentation_rule(
        "region", MUST, "5.3",
        "Parts of a canvas lie inside it, in measures that it has.",
        "Reckon coordinates in the height, width and duration of the canvas, not in those of the image.",
    ),
    presentation_rule(
        "image-service", MUST, "5.7",
        "What has an image service is an Image, at the address of a picture and not of the service.",
        "Write an address such as the service's followed by /full/max/0/default.jpg.",
    ),
    presentation_rule(
        "start", MUST, "3.3.2",
        "The start is a canvas of the manifest, or a part of one.",
        "Name one that is in its items.",
    ),
    presentation_rule(
        "range-canvas", SHOULD, "5.4",
        "Ranges name canvases that are in the manifest.",
        "Correct the id; viewers cannot go where there is nothing.",
    ),
    presentation_rule(
        "range-sequence", MUST, "5.4",
        "Ranges with the behavior sequence stand directly in structures.",
        "Move the range there.",
    ),
    presentation_rule(
        "range-thumbnail", MUST, "3.2",
        "The ranges in one with the behavior thumbnail-nav have thumbnails.",
        "Add them, or remove the behavior.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
