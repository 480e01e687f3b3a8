"""The fields of a MARC record, which know what of them was read."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

MARC = "{http://www.loc.gov/MARC21/slim}"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Field:
    """A data field; one in another script (880) has the tag of the field that it goes with ($6).

    Attributes:
        tag: its tag.
        indicators: two characters, a blank for one that says nothing.
        linked: whether it repeats another field in another script.
    """

    def __init__(self, stated_tag: str, indicators: str, subfields: list[tuple[str, str]]) -> None:
        link = next((text[:3] for code, text in subfields if code == "6"), "")
        self.linked = stated_tag == "880" and link.isdigit()
        self.tag = link if self.linked else stated_tag
        self.indicators = indicators
        self._stated_tag = stated_tag
        self._subfields = subfields
        self._read: set[int] = set()

    def take(self, codes: str, *, also: str = "") -> list[tuple[str, str]]:
        """Return the subfields of some codes in their order; they count as read.

        Args:
            codes: the codes.
            also: codes that count as read too.
        """
        found = [number for number, (code, _text) in enumerate(self._subfields) if code in codes]
        self._read |= {number for number, (code, _text) in enumerate(self._subfields) if code in codes + also}
        return [self._subfields[number] for number in found]

    def texts(self, codes: str) -> list[str]:
        """Return the texts of some codes in their order."""
        return [text for _code, text in self.take(codes)]

    def text(self, codes: str) -> str:
        """Return the texts of some codes as one, without the punctuation that leads to the next subfield."""
        return trimmed(" ".join(self.texts(codes)))

    def peek(self, code: str) -> str:
        """Return the first text of a code; nothing if there is none. It does not count as read."""
        return next((text for found, text in self._subfields if found == code), "")

    def uri(self) -> str | None:
        """Return the URI of what a heading names ($0, $1), if one of them is a URI."""
        for number, (code, text) in enumerate(self._subfields):
            if code in "01" and re.fullmatch(r"(?:\(uri\))?(?:https?://|urn:|info:)\S+", text):
                self._read.add(number)
                return text.removeprefix("(uri)")
        return None

    def left(self) -> Iterator[tuple[str, str]]:
        """Yield what was not read: tag and code, and the text."""
        for number, (code, text) in enumerate(self._subfields):
            if number not in self._read:
                yield f"{self._stated_tag}${code}", text


def trimmed(text: str) -> str:
    """Return a text in one line without the punctuation at its end that divides subfields (ISBD)."""
    line = " ".join(text.split())
    return re.sub(r"(?:\s*[:;,=]|\s/)+$", "", line) or line


class Document:
    """A MARC record as its fields.

    Attributes:
        leader: the leader, 24 characters at least.
        controls: the control fields, each as its tag and text.
        fields: the data fields that hold something.
        count: how many leaders, control fields and subfields hold something.
        strange: texts that stand elsewhere, by the name of their element.
    """

    def __init__(self, root: _Element) -> None:
        self.leader = ""
        self.controls: list[tuple[str, str]] = []
        self.fields: list[Field] = []
        self.strange: list[tuple[str, str]] = []
        for element in root.iterchildren(etree.Element):
            self._add(element)
        if loose := " ".join(" ".join(root.xpath("text()")).split()):
            self.strange.append(("text", loose))
        self.count = bool(self.leader.strip()) + len(self.controls) + len(self.strange)
        self.count += sum(len(list(field.left())) for field in self.fields)

    def _add(self, element: _Element) -> None:
        name = str(element.tag).removeprefix(MARC)
        text = str(element.xpath("string()"))
        if name == "leader" and not self.leader:
            self.leader = text
        elif name == "controlfield" and element.get("tag") and text.strip():
            self.controls.append((element.get("tag", ""), text))
        elif name == "datafield" and element.get("tag"):
            self._add_field(element)
        elif text.strip():
            self.strange.append((etree.QName(element).localname, " ".join(text.split())))

    def _add_field(self, element: _Element) -> None:
        subfields = []
        for inner in element.iterchildren(etree.Element):
            text = str(inner.xpath("string()"))
            if inner.tag == f"{MARC}subfield" and inner.get("code") and text.strip():
                subfields.append((inner.get("code", ""), text.strip()))
            elif text.strip():
                self.strange.append((etree.QName(inner).localname, " ".join(text.split())))
        if loose := " ".join(" ".join(element.xpath("text()")).split()):
            self.strange.append((element.get("tag", ""), loose))
        if subfields:
            indicators = f"{element.get('ind1') or ' '}"[:1] + f"{element.get('ind2') or ' '}"[:1]
            self.fields.append(Field(element.get("tag", ""), indicators, subfields))

    def control(self, tag: str) -> str:
        """Return the text of a control field; nothing if there is none."""
        return next((text for found, text in self.controls if found == tag), "")

    def of(self, *tags: str) -> list[Field]:
        """Return the fields of some tags, in their order."""
        return [field for field in self.fields if field.tag in tags]
