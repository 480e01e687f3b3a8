"""What a viewer is asked to open, read and written: an address, or a content state (Content State API 1.0, 2 and 6)."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_UNFIT = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`\ud800-\udfff]")
"""What no web address holds as it is."""

_UNRESERVED = "-_.!~*'()"
"""What stays as it is, beside letters and digits, in what is encoded (6.1, encodeURIComponent)."""


@dataclass(frozen=True)
class Target:
    """A manifest, and a canvas in it if one is asked for."""

    manifest: str
    canvas: str | None = None


def target(content: str) -> Target:
    """Return what the value of `iiif-content` points at.

    Args:
        content: a manifest's address, or a content state: JSON, as it is or encoded (section 6).

    Raises:
        ValueError: it is neither; says what would be.
    """
    text = content.strip()
    if re.match(r"https?:", text, re.IGNORECASE):
        return Target(_web(text))
    try:
        state = json.loads(text if text.startswith("{") else _decoded(text))
    except (ValueError, RecursionError):
        raise ValueError("iiif-content must be the web address of a manifest, http or https") from None
    return _pointed_at(state)


def at_canvas(manifest: str, canvas: str) -> str:
    """Return the content state that opens a manifest at a canvas, encoded.

    It is the body of the target alone, which is what addresses should hold for brevity (2.2.3 and 3.1).

    Args:
        manifest: the manifest's address.
        canvas: the canvas's URI.

    Returns:
        base64url without padding (6).
    """
    state = {"id": canvas, "type": "Canvas", "partOf": [{"id": manifest, "type": "Manifest"}]}
    text = quote(json.dumps(state, ensure_ascii=False, separators=(",", ":")), safe=_UNRESERVED)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(text: str) -> str:
    """Undo the content state encoding: base64url, without padding, of percent-encoded text (section 6.2)."""
    padded = text + "=" * (-len(text) % 4)
    try:
        return unquote(base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii"), errors="strict")
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _pointed_at(state: object) -> Target:
    """Return the manifest (or collection) and canvas of a content state: an annotation, or what it targets (2.2)."""
    found = _one(state.get("target", state)) if isinstance(state, dict) else {}
    found = _one(found.get("source", found))
    if found.get("type") in {"Manifest", "Collection"}:
        return Target(_web(found.get("id")))
    if found.get("type") == "Canvas":
        canvas = _web(found.get("id")).partition("#")[0]
        return Target(_web(_one(found.get("partOf")).get("id")), canvas)
    raise ValueError("the content state must point at a manifest, or at a canvas that is part of one")


def _one(value: object) -> dict[str, object]:
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, dict) else {}


def _web(value: object) -> str:
    try:
        parts = urlsplit(str(value))
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and not _UNFIT.search(str(value))
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"{value!r} is not a web address; it must begin with http:// or https://")
    return str(value)
