"""IIIF documents: manifests and collections of Presentation 3.0, the URIs that they mint, typeset pages."""
