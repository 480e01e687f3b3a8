"""MARC relator codes and their labels (id.loc.gov/vocabulary/relators)."""

RELATORS = {
    "aut": "author",
    "cre": "creator",
    "fnd": "funder",
    "rcp": "addressee",
    "trl": "translator",
}
"""Code to label, both as the Library of Congress writes them."""
