"""What is looked at in IIIF documents and in what they link to: the tables of checks, by the rules that they are of."""

from collections.abc import Callable, Iterator

from server.check.client import Fetched
from server.check.findings import Finding, Place
from server.check.iiif import canvases, identity, linked_data, links, properties, ranges, texts, words
from server.check.iiif.document import Document
from server.check.iiif.links import Link, Places

DOCUMENT: dict[str, Callable[[Document], Iterator[Place]]] = {
    "iiif-utf-8": linked_data.utf_8,
    "iiif-duplicate-name": linked_data.duplicate_names,
    "iiif-context": linked_data.context,
    "iiif-context-first": linked_data.context_first,
    "iiif-context-inside": linked_data.context_inside,
    "iiif-context-service": linked_data.context_service,
    "iiif-graph": linked_data.graph,
    "iiif-keyword": linked_data.keywords,
    "iiif-required": properties.required,
    "iiif-recommended": properties.recommended,
    "iiif-recommended-link": properties.recommended_link,
    "iiif-not-allowed": properties.not_allowed,
    "iiif-unknown-property": properties.unknown,
    "iiif-type": properties.types,
    "iiif-array": properties.arrays,
    "iiif-value": properties.single_values,
    "iiif-empty": properties.empty,
    "iiif-empty-collection": properties.empty_collection,
    "iiif-empty-canvas": properties.empty_canvas,
    "iiif-id-uri": identity.uris,
    "iiif-id-characters": identity.characters,
    "iiif-id-unique": identity.unique,
    "iiif-id-fragment": identity.fragments,
    "iiif-id-address": identity.address,
    "iiif-id-https": identity.https,
    "iiif-id-query": identity.query,
    "iiif-language-map": texts.language_maps,
    "iiif-language-tag": texts.language_tags,
    "iiif-blank": texts.blank,
    "iiif-label-value": texts.label_value,
    "iiif-markup-place": texts.markup_place,
    "iiif-markup-form": texts.markup_form,
    "iiif-markup-space": texts.markup_space,
    "iiif-markup-bare": texts.markup_bare,
    "iiif-markup-removed": texts.markup_removed,
    "iiif-markup-tags": texts.markup_tags,
    "iiif-rights": words.rights,
    "iiif-rights-known": words.rights_known,
    "iiif-nav-date": words.nav_dates,
    "iiif-nav-date-utc": words.nav_dates_in_utc,
    "iiif-format": words.formats,
    "iiif-content-type": words.content_types,
    "iiif-profile": words.profiles,
    "iiif-service-profile": words.service_profiles,
    "iiif-measure": words.measures,
    "iiif-content-size": words.content_sizes,
    "iiif-viewing-direction": words.viewing_directions,
    "iiif-behavior": words.behaviors,
    "iiif-behavior-class": words.behavior_classes,
    "iiif-behavior-disjoint": words.behaviors_disjoint,
    "iiif-behavior-measure": words.behavior_measures,
    "iiif-time-mode": words.time_modes,
    "iiif-collection-manifest": canvases.collection_manifests,
    "iiif-services-top": canvases.services_at_top,
    "iiif-canvas-pair": canvases.pairs,
    "iiif-canvas-extent": canvases.extents,
    "iiif-canvas-within": canvases.within,
    "iiif-painting": canvases.painting,
    "iiif-painting-elsewhere": canvases.painting_elsewhere,
    "iiif-painting-target": canvases.painting_targets,
    "iiif-annotation-target": canvases.annotation_targets,
    "iiif-painting-body": canvases.painting_bodies,
    "iiif-painting-text": canvases.painting_text,
    "iiif-painting-measure": canvases.painting_measures,
    "iiif-region": canvases.regions,
    "iiif-image-service": canvases.image_services,
    "iiif-start": ranges.start,
    "iiif-range-canvas": ranges.canvases,
    "iiif-range-sequence": ranges.sequences,
    "iiif-range-thumbnail": ranges.thumbnails,
}
"""What is looked at in each document."""


def judged(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with a document in itself."""
    for code, check in DOCUMENT.items():
        yield from (Finding(code, *place) for place in check(document))


LINKED: dict[str, Callable[[Link, Fetched], Places]] = {
    "iiif-link-answer": links.answer,
    "iiif-link-type": links.media_type,
    "iiif-link-document": links.document,
    "iiif-link-measure": links.measure,
    "iiif-link-cors": links.cors,
}
"""What is looked at in the answer of each link."""

ANSWERED: dict[str, Callable[[str, Fetched], list[Place]]] = {
    "iiif-response-type": links.response_type,
    "iiif-response-cors": links.closed,
}
"""What is looked at in the answer that brought a document."""
