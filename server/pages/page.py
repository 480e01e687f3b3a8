"""A web page: its template, the addresses in it, and the headers that keep it safe."""

from urllib.parse import urlsplit, urlunsplit

from flask import Response, render_template
from markupsafe import Markup, escape

from server.current import library
from server.pages import assets

SAME_HOST = "default-src 'none'; style-src 'self'; img-src 'self' https: http:; form-action 'self'"
"""What a page may load: our style sheet, and images of records whose images are elsewhere."""


def page(template: str, status: int = 200, *, policy: str = SAME_HOST, **values: object) -> Response:
    """Return a page.

    Args:
        template: its template.
        status: the HTTP status.
        policy: what it may load (Content Security Policy), beside what holds for all pages.
        values: what the template shows.
    """
    config = library().config
    body = render_template(template, site=config, here=here, asset=assets.address, verbatim=verbatim, **values)
    headers = {
        "Content-Security-Policy": f"{policy}; base-uri 'none'; frame-ancestors 'self'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, status, headers, content_type="text/html; charset=utf-8")


def verbatim(text: str) -> Markup:
    """Return a text as HTML that reads the same: a carriage return arrives only as a reference (HTML, 13.2.3.5)."""
    return escape(text).replace("\r", Markup("&#13;"))


def here(uri: str) -> str:
    """Return an address of ours without scheme and host, so that a page works under every name of its host.

    Args:
        uri: an address; one that is not below the base URL is returned as it is.
    """
    ours, parts = urlsplit(library().config.base_url), urlsplit(uri)
    if parts[:2] != ours[:2]:
        return uri
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
