"""Streams of changes.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import MUST, SHOULD, discovery_rule

RULES = (
    discovery_rule(
        "context", MUST, "3.4.1",
        "The @context of the collection and of each page is that of Change Discovery 1, or ends with it.",
        "Write http://iiif.io/api/discovery/1/context.json, with http.",
    ),
    discovery_rule(
        "required", MUST, "3.1",
        "The collection has id, type and last, each page id, type and orderedItems, and at least one activity.",
        "Add what is named; leave away a page without activities.",
    ),
    discovery_rule(
        "recommended", SHOULD, "3.1",
        "The collection has first, pages have partOf and, except the last, next.",
        "Add what is named.",
    ),
    discovery_rule(
        "id", MUST, "3.1",
        "The id of the collection and of each page is the address at which it is.",
        "Write the address as the world reaches it, with https if so.",
    ),
    discovery_rule(
        "answer", MUST, "3.2",
        "Each page answers, with JSON.",
        "Correct the address, or publish what is missing there.",
    ),
    discovery_rule(
        "chain", MUST, "3.2",
        "From the last page prev leads, page by page, to the first.",
        "Give each page but the first the one before it as prev; consumers go backwards.",
    ),
    discovery_rule(
        "order", MUST, "3.2",
        "Activities stand in the order of their endTime, the oldest first, over all pages.",
        "Sort them by endTime, and let new ones come at the end of the last page.",
    ),
    discovery_rule(
        "activity", MUST, "3.3",
        "Each activity has a type that is registered, and an object with id and type; a move also has its target.",
        "Write Create, Update, Delete, Move, Add, Remove or Refresh, and the address of the manifest.",
    ),
    discovery_rule(
        "time", MUST, "3.3",
        "Each endTime and startTime is a date and time in UTC.",
        "Write it as 2026-11-23T09:30:00Z.",
    ),
    discovery_rule(
        "total", MUST, "3.1",
        "The totalItems is the number of activities on all pages.",
        "Count them, or leave it away.",
    ),
    discovery_rule(
        "media-type", SHOULD, "4.1",
        "Collection and pages come as application/ld+json with their profile, or as application/json.",
        'Set the Content-Type to application/ld+json;profile="http://iiif.io/api/discovery/1/context.json".',
    ),
    discovery_rule(
        "cors", SHOULD, "4.1",
        "Collection and pages may be read by scripts of every host.",
        "Send the header Access-Control-Allow-Origin: * with them.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
