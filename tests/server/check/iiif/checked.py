"""How tests check a page of the small archive, and break it."""

from collections.abc import Callable
from typing import Any

from server.check.checking import Choice, report_on
from server.check.findings import Report
from tests.server.check.iiif.site import MANIFEST, Site

Break = Callable[[Site], object]
GONE = object()
"""A value for what is no longer there."""


def checked(
    site: Site, path: str = MANIFEST, *, sample: int | None = 100, follow: bool | None = None, most: int = 100
) -> Report:
    """Return what is found in a document of the archive."""
    choice = Choice("oai_dc", None, sample, follow, None)
    return report_on(f"{site.host}{path}", choice, most=most, pause=0, progress=lambda _count: None, allow_private=True)


def codes(report: Report) -> set[str]:
    """Return the rules that are broken."""
    return {finding.code for finding in report.findings}


def having(path: str, **changed: object) -> Break:
    """Return the fault that a page is another one in something."""

    def edit(site: Site) -> None:
        for name, value in changed.items():
            setattr(site.pages[path], name, value)

    return edit


def changing(path: str, changes: dict[str, Any]) -> Break:
    """Return the fault that the JSON of a page says something else, or no longer says it."""

    def change(content: dict[str, Any]) -> None:
        content.update(changes)
        for name in [name for name, value in content.items() if value is GONE]:
            del content[name]

    return lambda site: site.pages[path].edit(change)
