"""Forms of an export: what the ending of its files is, and how one file holds many records."""

from codecs import BOM_UTF8
from dataclasses import dataclass

from mappings.formats import FORMATS
from mappings.namespaces import MARC, MODS

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an export.

    Attributes:
        ending: the ending of its files.
        published: whether it is what harvesters get, of records that are shown; else it is what was stated, of all.
        before: what a file of one record begins with.
        opening: what a file of many begins with; None if there is no such file.
        between: what stands between two of them.
        closing: what it ends with.
        apart: whether there can be a file for each record.
    """

    ending: str
    published: bool = True
    before: bytes = _DECLARATION
    opening: bytes | None = None
    between: bytes = b"\n"
    closing: bytes = b"\n"
    apart: bool = True


def _collection(name: str, namespace: str) -> Form:
    return Form(
        ".xml",
        opening=_DECLARATION + f'<{name} xmlns="{namespace}">\n'.encode(),
        closing=f"\n</{name}>\n".encode(),
    )


CSV = "csv"
"""The form whose columns are those that the records need; Excel knows by the mark before it that it is UTF-8."""

FORMS: dict[str, Form] = {
    **dict.fromkeys(FORMATS, Form(".xml")),
    "mods": _collection("modsCollection", MODS),
    "marc21": _collection("collection", MARC),
    "json": Form(".json", published=False, before=b"", opening=b"[\n", between=b",\n", closing=b"\n]\n"),
    "jsonl": Form(".jsonl", published=False, before=b"", opening=b"", apart=False),
    CSV: Form(".csv", published=False, before=b"", opening=BOM_UTF8, between=b"", closing=b"", apart=False),
}
"""The name of each form to what it is: the formats that can be harvested, and what was stated."""
