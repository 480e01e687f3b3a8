"""Typeset pages: a text set as page images, for records without scans.

`layout` says how many pages there are and where each word stands, `draw` makes their images. Fonts come from packages,
so that a page has the same bytes on every host; only scripts whose letters join, old Hangul and rare letters with marks
need a library of the system too (see `faces.can_shape`).
"""

from mappings.iiif.typesetting.characters import STEERING
from mappings.iiif.typesetting.drawing import draw, fingerprint, thumbnail, thumbnail_size
from mappings.iiif.typesetting.faces import can_shape, missing
from mappings.iiif.typesetting.line import Line, Word
from mappings.iiif.typesetting.pages import HEADING, Layout, PageLayout, layout, paragraphs, title_page
from mappings.iiif.typesetting.shared_pages import Side, shared_pages

__all__ = [
    "HEADING",
    "STEERING",
    "Layout",
    "Line",
    "PageLayout",
    "Side",
    "Word",
    "can_shape",
    "draw",
    "fingerprint",
    "layout",
    "missing",
    "paragraphs",
    "shared_pages",
    "thumbnail",
    "thumbnail_size",
    "title_page",
]
