"""A MODS document while it is read: each text is marked as it reaches a field, so that what is left can be told."""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from records.errors import Fault
from records.written import languages

MODS = "{http://www.loc.gov/mods/v3}"
HREF = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_VALUES = ("valueURI", HREF)
"""Attributes that hold a value of their own, and do not only say of what kind a text is."""

_BLANKS = re.compile("[ \t\r\n]+")


def squeezed(text: str) -> str:
    """Return a text on one line: line breaks and indents are layout in XML."""
    return _BLANKS.sub(" ", text).strip(" ")


class Source:
    """A document, and what of it was read.

    Args:
        root: the `mods` element; it is copied, without comments.

    Attributes:
        root: the element to be read.
        noted: what could not be read as what it seems to be.
    """

    def __init__(self, root: _Element) -> None:
        self.root = deepcopy(root)
        etree.strip_tags(self.root, etree.Comment, etree.PI)
        self.noted: list[Fault] = []
        self._read: set[_Element] = set()
        self._attributes: set[tuple[_Element, str]] = set()
        self._left: list[str] = []
        self._all = list(self.root.iter("*"))
        self._own = {element for element in self._all if _has_text(element)}

    @property
    def elements(self) -> int:
        """How many elements have a text or a value of their own."""
        return sum(element in self._own or any(element.get(name) for name in _VALUES) for element in self._all)

    def all(self, path: str, within: _Element | None = None) -> list[_Element]:
        """Return the elements at a path of local names."""
        start = self.root if within is None else within
        return start.findall(_qualified(path))

    def text(self, element: _Element) -> str:
        """Return a text on one line, and mark it as read."""
        return squeezed(self.verbatim(element))

    def verbatim(self, element: _Element) -> str:
        """Return a text as it stands, with what is marked up in it, and mark it as read."""
        self._read.update(element.iter("*"))
        return "".join(element.itertext())

    def texts(self, path: str, within: _Element | None = None) -> list[str]:
        """Return the texts at a path."""
        return [text for element in self.all(path, within) if (text := self.text(element))]

    def first(self, path: str, within: _Element | None = None) -> str | None:
        """Return the first text at a path; those behind it are not read."""
        return next((text for element in self.all(path, within) if (text := self.text(element))), None)

    def value(self, element: _Element, name: str) -> str | None:
        """Return the value of an attribute, and mark it as read."""
        self._attributes.add((element, name))
        return squeezed(element.get(name) or "") or None

    def term(self, element: _Element) -> dict[str, object]:
        """Return a term with its URI and its authority."""
        return {
            "text": self.text(element),
            "uri": self.value(element, "valueURI"),
            "authority": element.get("authority"),
        }

    def language(self, element: _Element) -> str | None:
        """Return the language that an element says that it is in; one that we do not know is told."""
        name = LANG if element.get(LANG) else "lang"
        stated = element.get(name)
        tag = languages.read(stated) if stated else None
        if stated and tag is None:
            self.leave(element, "lang")
            self.noted.append(
                Fault(f"{_path(element)}/@lang", "is no language that we know; write its tag, such as 'zh'", stated)
            )
        return tag

    def is_read(self, element: _Element) -> bool:
        """Whether the text of an element reached a field."""
        return element in self._read

    def leave(self, element: _Element, name: str) -> None:
        """Tell that an attribute says what no field can hold."""
        self._left.append(f"{_path(element)}/@{name}")

    def note(self, element: _Element, problem: str) -> None:
        """Tell that a text is not what it seems to be."""
        self.noted.append(Fault(_path(element), problem, squeezed("".join(element.itertext()))))

    def settle(self, element: _Element) -> None:
        """Take back what was told of a text, since another element says it."""
        text = squeezed("".join(element.itertext()))
        self.noted = [fault for fault in self.noted if (fault.field, fault.value) != (_path(element), text)]

    def native_only(self) -> tuple[str, ...]:
        """Return the paths of what reached no field, each once."""
        return tuple(dict.fromkeys([*self._unread(), *self._left]))

    def _unread(self) -> Iterator[str]:
        for element in self._all:
            unread = element in self._own and element not in self._read
            if unread:
                yield _path(element)
            for name in _VALUES:
                if not unread and element.get(name) and (element, name) not in self._attributes:
                    yield f"{_path(element)}/@{etree.QName(name).localname}".removeprefix("/")


def _has_text(element: _Element) -> bool:
    """Whether an element has a text of its own, and not only elements that have."""
    texts = (element.text, *(child.tail for child in element))
    return any(text and not text.isspace() for text in texts)


@lru_cache(maxsize=256)
def _qualified(path: str) -> str:
    """Return a path of local names as lxml wants it."""
    return "/".join(f"{MODS}{name}" for name in path.split("/"))


def _path(element: _Element) -> str:
    """Return the local names from below the root to an element."""
    names = [etree.QName(each).localname for each in (element, *element.iterancestors())]
    return "/".join(reversed(names[:-1]))
