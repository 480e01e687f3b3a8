"""Types of resource: what MODS calls them and what the DCMI Type Vocabulary calls them.

The Library of Congress decides (MODS to Dublin Core, stylesheet for MODS 3.5): cartographic material is an Image,
notated music is Text, every sound recording is Sound. "software, multimedia" and "mixed material" name several things
at once and have no single DCMI term: they are carried as their words, since choosing one would be ours and not the
record's.

The other way round a DCMI term is always kept as a genre of authority `dct` (Dublin Core to MODS, note on Type), with a
MODS type beside it where exactly one fits.
"""

from records.model import DCMI_TYPES, Record

DCMI = "http://purl.org/dc/dcmitype/"

_TO_DCMI = {
    "text": "Text",
    "cartographic": "Image",
    "notated music": "Text",
    "sound recording-musical": "Sound",
    "sound recording-nonmusical": "Sound",
    "sound recording": "Sound",
    "still image": "StillImage",
    "moving image": "MovingImage",
    "three dimensional object": "PhysicalObject",
}
_TO_MODS = {
    "Text": "text",
    "Sound": "sound recording",
    "StillImage": "still image",
    "MovingImage": "moving image",
    "PhysicalObject": "three dimensional object",
    "Software": "software, multimedia",
    "InteractiveResource": "software, multimedia",
}


def dcmi(record: Record) -> tuple[str, ...]:
    """Return the DCMI terms of the stated types, each once; a type without a term as its own words."""
    return tuple(dict.fromkeys(_TO_DCMI.get(stated, stated) for stated in record.types))


def stated_dcmi(record: Record) -> tuple[str, ...]:
    """Return those of the stated types that are DCMI terms."""
    return tuple(stated for stated in record.types if stated in DCMI_TYPES)


def mods(record: Record) -> tuple[str, ...]:
    """Return the MODS types of the stated types, each once."""
    named = (_TO_MODS.get(stated) if stated in DCMI_TYPES else stated for stated in record.types)
    return tuple(dict.fromkeys(name for name in named if name))
