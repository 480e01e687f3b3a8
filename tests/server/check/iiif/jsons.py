"""Any JSON, with names and words in it that checks look for (hypothesis)."""

from hypothesis import strategies as some

NAMES = (
    "@context", "id", "@id", "type", "source", "items", "profile", "width", "height", "sizes", "tiles", "scaleFactors",
    "maxWidth", "maxHeight", "maxArea", "preferredFormats", "extraFormats", "protocol", "selector",
)  # fmt: skip
WORDS = ("<p>", "a#xywh=1", "level1", "http://iiif.io/api/image/2/context.json", "Canvas", "ImageService2")

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text() | some.sampled_from(WORDS),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(NAMES) | some.text(), inner, max_size=4)
    ),
    max_leaves=8,
)
JSON_OBJECTS = some.dictionaries(some.sampled_from(NAMES), JSON, max_size=8)
