"""The rules of IIIF that are checked, as data, in the order of what they are about."""

from server.check.rules.iiif import discovery, documents, http, image, search, structure, values

IIIF_RULES = (
    *documents.RULES,
    *values.RULES,
    *structure.RULES,
    *http.RULES,
    *image.RULES,
    *search.RULES,
    *discovery.RULES,
)
