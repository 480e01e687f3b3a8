"""Which specification of IIIF a document says it follows."""

import re
from collections.abc import Mapping
from typing import Any

from server.check.findings import CannotCheckError
from server.check.iiif.document import CLASSES, CONTEXT, contexts, text

PRESENTATION, DISCOVERY, IMAGE = "presentation", "discovery", "image"
"""What can be checked: a document of Presentation 3.0, a stream of Change Discovery, the description of an image."""

_SHARED_CANVAS = "http://www.shared-canvas.org/ns/context.json"
_VERSION = re.compile(r"https?://iiif\.io/api/([a-z]+)/([0-9.]+)/context\.json")
_FORMER_TYPE = re.compile(r"sc:(Manifest|Collection|Canvas|Sequence|Range|Layer|AnnotationList)")


def kind(root: Mapping[str, Any], name: str) -> str:
    """Return which of the three a document is.

    Args:
        root: the object at its top.
        name: what the document is called.

    Raises:
        CannotCheckError: it is of another version, of another specification, or no IIIF at all.
    """
    named = contexts(root)
    found = [matched.groups() for context in named if (matched := _VERSION.fullmatch(context))]
    if CONTEXT in named or ("presentation", "3") in found:
        return PRESENTATION
    for api, version in found:
        if (api, version) in {("discovery", "1"), ("image", "2"), ("image", "3")}:
            return DISCOVERY if api == "discovery" else IMAGE
    _refuse_others(root, name, found)
    return PRESENTATION


def _refuse_others(root: Mapping[str, Any], name: str, found: list[tuple[str, ...]]) -> None:
    former = _FORMER_TYPE.fullmatch(text(root.get("@type")))
    what = text(root.get("type")) or (former[1] if former else "")
    version = next(
        (number for api, number in found if api == "presentation"), "1" if _SHARED_CANVAS in contexts(root) else ""
    )
    if former or version:
        version = {"2": "2.0 or 2.1", "4": "4.0", "": "2.0 or 2.1"}.get(version, version)
        article = "an" if what.startswith("A") else "a"
        raise CannotCheckError(
            f"{name} is {article} {what or 'document'} of Presentation {version}; what is checked is Presentation 3.0. "
            "Give the address of the same in that version, if there is one"
        )
    if found:
        api, version = found[0]
        raise CannotCheckError(f"{name} is of IIIF's {api} API, version {version}, which is not checked by itself")
    if what not in CLASSES:
        raise CannotCheckError(
            f"{name} is JSON, but no IIIF: it names no @context of IIIF, and its type is {what or 'not stated'}"
        )
