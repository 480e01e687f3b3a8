"""Rights statement URIs as their publishers define them: rightsstatements.org and Creative Commons.

Both define http URIs; the https pages that people copy out of a browser are web pages about them
(IIIF Presentation 3.0, 3.1 rights: the form is the one that the publisher calls machine actionable).
"""

import re
from functools import lru_cache

_RIGHTS_STATEMENTS = re.compile(
    r"(?:https?://)?(?:www\.)?rightsstatements\.org/(?:vocab|page)/([A-Za-z-]+)/(\d+\.\d+)(?:/[a-z-]*)?/?(?:[?#].*)?",
    re.I,
)
_CREATIVE_COMMONS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z+-]+)/(\d+\.\d+)(?:/([a-z]{2,3}(?:-[a-z]+)?))?"
    r"(?:/(?:deed|legalcode)(?:\.[A-Za-z_-]+)?)?/?(?:[?#].*)?",
    re.I,
)
RIGHTS_STATEMENTS = {
    "InC": "In Copyright",
    "InC-OW-EU": "In Copyright - EU Orphan Work",
    "InC-EDU": "In Copyright - Educational Use Permitted",
    "InC-NC": "In Copyright - Non-Commercial Use Permitted",
    "InC-RUU": "In Copyright - Rights-holder(s) Unlocatable or Unidentifiable",
    "NoC-CR": "No Copyright - Contractual Restrictions",
    "NoC-NC": "No Copyright - Non-Commercial Use Only",
    "NoC-OKLR": "No Copyright - Other Known Legal Restrictions",
    "NoC-US": "No Copyright - United States",
    "CNE": "Copyright Not Evaluated",
    "UND": "Copyright Undetermined",
    "NKC": "No Known Copyright",
}
"""The twelve statements of rightsstatements.org: code and official English label."""

_CODES = {code.casefold(): code for code in RIGHTS_STATEMENTS}


def canonical_rights_uri(uri: str) -> str | None:
    """Return the URI that the publisher defines, or None if it is of neither publisher.

    Args:
        uri: a URI as stated; a `/page/` or `/deed` address, https, www, a language, no slash or scheme are recognised.
    """
    if found := _RIGHTS_STATEMENTS.fullmatch(uri.strip()):
        code = _CODES.get(found[1].casefold())
        return f"http://rightsstatements.org/vocab/{code}/{found[2]}/" if code else None
    if found := _CREATIVE_COMMONS.fullmatch(uri.strip()):
        parts = [found[1], found[2], found[3], *([found[4]] if found[4] else [])]
        return f"http://creativecommons.org/{'/'.join(parts).lower()}/"
    return None


@lru_cache(maxsize=256)
def rights_label(uri: str) -> str | None:
    """Return the official English name of a canonical rights URI, or None if it is of neither publisher."""
    if found := _RIGHTS_STATEMENTS.fullmatch(uri):
        return RIGHTS_STATEMENTS.get(found[1])
    if not (found := _CREATIVE_COMMONS.fullmatch(uri)):
        return None
    if found[1] == "publicdomain":
        names = {"zero": f"CC0 {found[3]} Universal", "mark": f"Public Domain Mark {found[3]}"}
        return names.get(found[2])
    port = f" {found[4].upper()}" if found[4] else ""
    return f"CC {found[2].upper()} {found[3]}{port}"
