"""Texts for people, in their languages (Presentation 3.0, 3.1 and 4.4), and the markup in them (4.5)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import langcodes
from lxml import etree

from server.check import strict_xml
from server.check.findings import Place
from server.check.iiif.document import Document, Node, objects
from server.check.iiif.linked_data import shown

SHOWN = ("a", "b", "br", "i", "img", "p", "small", "span", "sub", "sup")
"""Tags that viewers should show."""

REMOVED = (
    "script",
    "style",
    "object",
    "form",
    "input",
    "iframe",
    "embed",
    "button",
    "link",
    "meta",
    "textarea",
    "select",
)
"""Tags that viewers must remove, with those like them."""

_KEPT = {("a", "href"), ("img", "src"), ("img", "alt")}
_SCHEMES = ("http:", "https:", "mailto:")
_TAG = re.compile(
    rf"</?(?:{'|'.join((*SHOWN, *REMOVED))}|em|strong|div|u|ul|ol|li|h[1-6]|table|tr|td|th|blockquote|font|cite)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


class Text(NamedTuple):
    """A property that holds texts by their languages.

    Attributes:
        where: its place.
        value: what stands there, of whatever shape.
        markup: whether markup may stand in it.
    """

    where: str
    value: object
    markup: bool

    def strings(self) -> Iterator[tuple[str, str]]:
        """Yield each text with its place."""
        for language, values in self.value.items() if isinstance(self.value, dict) else ():
            for number, each in enumerate(values if isinstance(values, list) else []):
                if isinstance(each, str):
                    yield f"{self.where}.{language}[{number}]", each


def texts(document: Document) -> Iterator[Text]:
    """Yield every property that holds texts by their languages; those of services are others' business."""
    for node in document.nodes:
        if node.kind != "Service":
            yield from _texts_of(node)


def _texts_of(node: Node) -> Iterator[Text]:
    for name in ("label", "summary"):
        if name in node.value:
            yield Text(node.at(name), node.value[name], name == "summary")
    for where, entry in entries(node):
        for name in ("label", "value"):
            if name in entry:
                yield Text(f"{where}.{name}", entry[name], name == "value")


def entries(node: Node) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each row of the metadata of a resource, and its requiredStatement, with their places."""
    metadata, statement = node.value.get("metadata"), node.value.get("requiredStatement")
    for step, entry in objects(metadata) if isinstance(metadata, list) else ():
        yield node.at("metadata") + step, entry
    if isinstance(statement, dict):
        yield node.at("requiredStatement"), statement


def label_value(document: Document) -> Iterator[Place]:
    """Each row has a label and a value (3.1)."""
    for node in document.nodes:
        for where, entry in entries(node) if node.kind != "Service" else ():
            for name in ("label", "value"):
                if name not in entry:
                    yield Place(document.place(where), "label and value", f"no {name}")


def language_maps(document: Document) -> Iterator[Place]:
    """Each is an object of arrays of strings (4.4)."""
    expected = 'an object such as {"en": ["A letter"]}'
    for found in texts(document):
        if not isinstance(found.value, dict):
            yield Place(document.place(found.where), expected, shown(found.value))
            continue
        for language, values in found.value.items():
            if not isinstance(values, list) or not values or not all(isinstance(each, str) for each in values):
                yield Place(document.place(f"{found.where}.{language}"), "an array of strings", shown(values))


def language_tags(document: Document) -> Iterator[Place]:
    """Each language is a tag that BCP 47 knows, or none (4.4, 3.2)."""
    for found in texts(document):
        for language in found.value if isinstance(found.value, dict) else ():
            if language != "none" and (problem := _problem(language)):
                yield Place(document.place(found.where), problem, ascii(language)[1:-1])
    for node in document.nodes:
        value = node.value.get("language")
        for language in value if isinstance(value, list) else [value]:
            if isinstance(language, str) and node.kind != "Service" and (problem := _problem(language)):
                yield Place(document.place(node.at("language")), problem, ascii(language)[1:-1])


def _problem(tag: str) -> str | None:
    """Return what is expected instead of a language; None if it is a tag of BCP 47."""
    if not re.fullmatch(r"[A-Za-z0-9-]{1,100}", tag) or not langcodes.tag_is_valid(tag):
        return "a tag of BCP 47, or none"
    primary, language = tag.partition("-")[0].lower(), langcodes.Language.get(tag)
    if len(primary) == 3 and len(language.language or "") == 2:
        twins = {langcodes.Language.get(str(language.language)).to_alpha3(variant=variant) for variant in ("T", "B")}
        return f"the shortest tag, {language.language}" if primary in twins else None
    return None


def blank(document: Document) -> Iterator[Place]:
    """No text is blank."""
    for found in texts(document):
        for where, each in found.strings():
            if not each.strip():
                yield Place(document.place(where), "a text", "a blank one")


def markup_place(document: Document) -> Iterator[Place]:
    """What is markup by both its ends stands only where markup may (4.5); tags within plain text are none."""
    for found in texts(document):
        for where, each in found.strings() if not found.markup else ():
            if _is_marked(each) and (tag := _TAG.search(each)):
                yield Place(document.place(where), "plain text", tag[0])


def markup_form(document: Document) -> Iterator[Place]:
    """What looks like markup is well-formed, in one element (4.5)."""
    for where, each in _values(document):
        if _is_marked(each) and isinstance(parsed := strict_xml.parsed(each), str):
            yield Place(document.place(where), "well-formed XML in one element", parsed)


def markup_space(document: Document) -> Iterator[Place]:
    """No space stands before markup; one behind it is how plain text says that it is none (4.5)."""
    for where, each in _values(document):
        inner = each.lstrip()
        if inner != each and _is_marked(inner) and not isinstance(strict_xml.parsed(inner), str):
            yield Place(document.place(where), "< and > at the ends", "space around them")


def markup_bare(document: Document) -> Iterator[Place]:
    """Text with tags is wrapped in an element where it may be markup, and has none elsewhere (4.5)."""
    for found in texts(document):
        expected = "tags within one element, or none" if found.markup else "no tags"
        for where, each in found.strings():
            told = _is_marked(each.lstrip()) or _is_marked(each.removesuffix(" "))
            if not told and (tag := _TAG.search(each)):
                yield Place(document.place(where), expected, tag[0])


def _is_marked(each: str) -> bool:
    """Whether a text counts as markup, by both its ends (4.5)."""
    return each.startswith("<") and each.endswith(">")


def markup_removed(document: Document) -> Iterator[Place]:
    """Markup has nothing that viewers must remove (4.5)."""
    for where, root, source in _markup(document):
        if "<![CDATA[" in source:
            yield Place(document.place(where), "no CDATA section", "<![CDATA[")
        for element in root.iter():
            if not isinstance(element.tag, str):
                kind = "comment" if isinstance(element, etree._Comment) else "processing instruction"
                yield Place(document.place(where), f"no {kind}", str(element))
                continue
            yield from (Place(document.place(where), expected, found) for expected, found in _removed(element))


def _removed(element: etree._Element) -> Iterator[tuple[str, str]]:
    name = str(element.tag)
    if name.lower() in REMOVED:
        yield f"no {name.lower()}", f"<{name}>"
        return
    for attribute, value in element.attrib.items():
        if (name, attribute) not in _KEPT:
            yield "only href at a, src and alt at img", f'<{name} {attribute}="{value}">'
        elif attribute == "href" and not str(value).lower().startswith(_SCHEMES):
            yield "a link by http:, https: or mailto:", str(value)


def markup_tags(document: Document) -> Iterator[Place]:
    """Markup has only tags that viewers should show (4.5)."""
    for where, root, _source in _markup(document):
        names = dict.fromkeys(str(element.tag) for element in root.iter() if isinstance(element.tag, str))
        for name in names:
            if name not in SHOWN and name.lower() not in REMOVED:
                yield Place(document.place(where), ", ".join(SHOWN), f"<{name}>")


def _values(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each text that may be markup, with its place."""
    for found in texts(document):
        if found.markup:
            yield from found.strings()


def _markup(document: Document) -> Iterator[tuple[str, etree._Element, str]]:
    """Yield each text that is markup, read, with its place and as it stands."""
    for where, each in _values(document):
        if _is_marked(each) and not isinstance(parsed := strict_xml.parsed(each), str):
            yield where, parsed, each
