"""Faults of MODS documents that are put right, since nothing is lost by it (schema of MODS 3.8)."""

from lxml import etree
from lxml.etree import _Element

from records.errors import Fault
from records.readers.mods.source import MODS

_VERSIONS = frozenset({f"3.{minor}" for minor in range(9)})

_ORDERS = {
    "location": ("physicalLocation", "shelfLocator", "url", "holdingSimple", "holdingExternal"),
    "cartographics": ("scale", "projection", "coordinates", "cartographicExtension"),
    "language": ("languageTerm", "scriptTerm"),
}
"""Elements in which the schema wants an order."""

_MEANINGFUL = frozenset({f"{MODS}etal", f"{MODS}extension", f"{MODS}cartographicExtension", f"{MODS}holdingExternal"})
"""Elements that say something though they are empty, or hold what is not MODS."""

_KINDS = frozenset({"type", "encoding", "authority", "authorityURI", "usage", "point", "keyDate", "qualifier"})
"""Attributes that say of what kind a statement is, and state nothing by themselves."""


def mend(root: _Element) -> list[Fault]:
    """Put right what can be without loss, and return what was done.

    Args:
        root: a `mods` element.
    """
    return [*_version(root), *_emptied(root), *_ordered(root)]


def _version(root: _Element) -> list[Fault]:
    version = root.get("version")
    if version is None or version in _VERSIONS:
        return []
    del root.attrib["version"]
    return [Fault("version", f"{version!r} is no version of MODS; the attribute was left out", version)]


def _emptied(root: _Element) -> list[Fault]:
    found = []
    for element in [*root.iterdescendants(f"{MODS}*")][::-1]:
        parent = element.getparent()
        if parent is None or not _is_empty(element):
            continue
        if any(around.tag in _MEANINGFUL for around in element.iterancestors()):
            continue
        found.append(etree.QName(element).localname)
        _remove(element, parent)
    return [Fault(name, "is empty; it was left out") for name in dict.fromkeys(reversed(found))]


def _is_empty(element: _Element) -> bool:
    return (
        element.tag not in _MEANINGFUL
        and not len(element)
        and not (element.text or "").strip()
        and _KINDS.issuperset(map(str, element.attrib))
    )


def _remove(element: _Element, parent: _Element) -> None:
    """Remove an element, not what stands behind it."""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _ordered(root: _Element) -> list[Fault]:
    found = []
    for name, order in _ORDERS.items():
        rank = {f"{MODS}{child}": place for place, child in enumerate(order)}
        for element in root.iterdescendants(f"{MODS}{name}"):
            children = list(element)
            if not all(child.tag in rank for child in children):
                continue
            wanted = sorted(children, key=lambda child: rank[str(child.tag)])
            if wanted != children:
                element[:] = wanted
                found.append(name)
    return [
        Fault(
            name,
            f"holds its elements in another order than the schema wants; they were put into it, "
            f"{', '.join(_ORDERS[name])}",
        )
        for name in dict.fromkeys(found)
    ]
