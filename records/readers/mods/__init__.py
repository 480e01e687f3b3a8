"""MODS 3.0 to 3.8 (loc.gov/standards/mods): the reading of what `mappings.mods` writes, and of what others write.

The document is kept as it came, put right where that loses nothing, to be served again. What the record has no field
for stays in the document alone, and is told by its path.
"""

from lxml import etree
from lxml.etree import _Element

from records.errors import Fault, RecordError
from records.readers import salvage
from records.readers.found import Taken, Told
from records.readers.mods import description, identity, mending, names, origin, relations, rights, subjects
from records.readers.mods.source import Source
from records.readers.place import Place

TAG = "{http://www.loc.gov/mods/v3}mods"
"""The root element of a record."""

_NO_TITLE = Fault(
    "titleInfo", "there is no title without a type; add <titleInfo><title>...</title></titleInfo> to the record"
)


def read(root: _Element, place: Place) -> Taken | RecordError:
    """Read a MODS document.

    Args:
        root: its `mods` element; what can be put right in it is.
        place: where it stands.
    """
    mended = mending.mend(root)
    source = Source(root)
    try:
        gathered = _gathered(source, place)
        gathered["native"] = {"format": "mods", "document": etree.tostring(root, encoding="unicode", with_tail=False)}
        record, apart = salvage.record(gathered)
    except salvage.RefusedError as error:
        return place.refused(error)
    told = Told(place.position, tuple(mended), (*source.noted, *apart), source.elements, source.native_only())
    return Taken(record, told)


def _gathered(source: Source, place: Place) -> dict[str, object]:
    """Return what the record holds, in the form of a record as JSON.

    Raises:
        RefusedError: there is no identifier, or no title.
    """
    gathered = identity.identity(source, place)
    gathered["titles"] = description.titles(source)
    if not any(title["kind"] == "main" for title in gathered["titles"]):
        raise salvage.RefusedError((_NO_TITLE,))
    named = names.names(source)
    kept = relations.relations(source)
    gathered |= description.description(source)
    gathered |= origin.origin(source)
    gathered["agents"] = [*named.agents, *origin.publishers(source)]
    gathered["subjects"] = subjects.subjects(source)
    gathered["rights"], gathered["unmapped"] = rights.rights(source, named.holder)
    gathered["funding"] = rights.funding(source, named.funders)
    gathered |= description.record_info(source)
    gathered |= relations.kept_at(source, kept)
    gathered["notes"] = description.notes(source)
    return gathered
