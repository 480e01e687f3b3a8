"""The viewer: Mirador on a page of ours, opened by the `iiif-content` parameter (Content State 1.0, 3.1).

It has that page to itself, or the page of a record has it in a frame: there it is at the top, with the document open
at a page, but its scripts and styles touch nothing of the record's page, which is read, printed and found without it.
"""

import re
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from flask import Response, abort, request

from records.values import IDENTIFIER
from server.current import library
from server.pages import assets
from server.pages.content_state import Target, target
from server.pages.page import page

OTHERS = {
    "Mirador": "https://projectmirador.org/embed/?iiif-content={}",
    "Universal Viewer": "https://universalviewer.dev/#?iiif-content={}",
    "Clover": "https://samvera-labs.github.io/clover-iiif/docs/viewer/demo?iiif-content={}",
}
"""Viewers that their makers offer to everybody, and how each is told which manifest to open."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src * data: blob:; "
    "font-src 'self' data:; media-src *; connect-src *; form-action 'self'"
)
"""Mirador writes styles into the page, and reads manifests and images wherever they are."""


def others(manifest: str) -> list[tuple[str, str]]:
    """Return the name of each public viewer, and the address that opens a manifest in it."""
    return [(name, address.format(quote(manifest, safe=""))) for name, address in OTHERS.items()]


def out_of_reach(base_url: str) -> bool:
    """Whether browsers keep pages of other hosts from reading this server: it is not public, or has no https."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        local = not ip_address(host).is_global
    except ValueError:
        local = host == "localhost" or host.endswith(".localhost")
    return local or parts.scheme != "https"


def installed() -> bool:
    """Whether Mirador is here."""
    return library().config.viewer_file.is_file()


def view() -> Response:
    """Return the page that opens what the parameter `iiif-content`, or `manifest`, names.

    With the parameter `framed` it stands within another page: without a head, and the wheel moves that page.
    """
    content = request.args.get("iiif-content") or request.args.get("manifest") or ""
    if not content:
        return page("view.html", content=None, other_viewers=[], out_of_reach=False, record=None)
    try:
        wanted = target(content)
    except ValueError as error:
        abort(400, str(error))
    framed = bool(request.args.get("framed"))
    return page(
        "view.html",
        policy=POLICY,
        content=wanted.manifest,
        viewer=assets.VIEWER if installed() else None,
        framed=framed,
        viewer_file=library().config.viewer_file,
        settings=settings(wanted, framed=framed),
        record=_record_page(wanted.manifest),
        other_viewers=others(wanted.manifest),
        out_of_reach=out_of_reach(wanted.manifest),
    )


def settings(wanted: Target, *, framed: bool = False) -> dict[str, object]:
    """Return Mirador's settings.

    Its panel of rights is open from the start: else the rights statement and the funder stay behind two clicks. Of
    annotations it shows the text of the page too, which it leaves out by itself.

    Args:
        wanted: what is opened.
        framed: whether it stands within another page; then it has a button that lets it fill the screen.
    """
    window = {"manifestId": wanted.manifest} | ({"canvasId": wanted.canvas} if wanted.canvas else {})
    return {
        "id": "viewer",
        "windows": [window],
        "annotations": {"filteredMotivations": ["commenting", "oa:commenting", "supplementing", "tagging"]},
        "window": {
            "allowClose": False,
            "allowFullscreen": framed,
            "allowMaximize": False,
            "defaultSideBarPanel": "attribution",
            "panels": {"info": True, "attribution": True, "canvas": True, "annotations": True, "search": True},
            "sideBarOpen": True,
        },
        "theme": {"components": {"MuiTabs": {"defaultProps": {"role": "toolbar"}}}},  # else `aria-orientation` is amiss
        "workspace": {"showZoomControls": True},
        "workspaceControlPanel": {"enabled": False},
    }


def _record_page(manifest: str) -> str | None:
    """Return the page of the record whose manifest it is, if it is one of ours."""
    base_url = library().config.base_url
    found = re.fullmatch(rf"{re.escape(base_url)}/iiif/({IDENTIFIER.pattern})/manifest\.json", manifest)
    return f"{base_url}/records/{found[1]}" if found else None
