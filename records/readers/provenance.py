"""Where a record came from by OAI-PMH, and by which ways before (guidelines for provenance)."""

from lxml import etree
from lxml.etree import _Element
from pydantic import ValidationError

from records.errors import Fault, faults
from records.model import Provenance
from records.readers.found import Taken
from records.readers.place import Header

NAMESPACE = "{http://www.openarchives.org/OAI/2.0/provenance}"

_FIELDS = {
    "base_url": "baseURL",
    "identifier": "identifier",
    "datestamp": "datestamp",
    "namespace": "metadataNamespace",
}


def added(taken: Taken, header: Header | None) -> Taken:
    """Return what was read with its provenance, if the response says where it is from and when.

    A provenance container that came with it goes on within it. One that is not as the guidelines want it is kept as
    `unmapped`, and noted.

    Args:
        taken: what was read.
        header: what the OAI-PMH response around it says.
    """
    if header is None or not (header.base_url and header.response_date and header.datestamp):
        return taken
    stated: dict[str, object] = {
        "base_url": header.base_url,
        "identifier": header.identifier,
        "datestamp": header.datestamp,
        "namespace": header.namespace,
        "harvested": header.response_date,
    }
    container = header.provenance
    try:
        earlier = _description(etree.fromstring(container)) if container else None
        return _with(taken, Provenance.model_validate({**stated, "earlier": earlier}))
    except (ValidationError, etree.XMLSyntaxError):  # a prefix in it that nobody declared
        return _kept(taken, stated, container)


def _description(parent: _Element) -> dict[str, object] | None:
    """Return the description in a container, or in another description."""
    element = parent.find(f"{NAMESPACE}originDescription")
    if element is None:
        return None
    stated = {field: element.findtext(f"{NAMESPACE}{name}") for field, name in _FIELDS.items()}
    told = {"harvested": element.get("harvestDate"), "altered": element.get("altered")}
    return {**stated, **told, "earlier": _description(element)}


def _with(taken: Taken, provenance: Provenance) -> Taken:
    return taken._replace(record=taken.record.model_copy(update={"provenance": provenance}))


def _kept(taken: Taken, stated: dict[str, object], container: bytes | None) -> Taken:
    """Return what was read, where something cannot stand in a provenance container."""
    try:
        own = Provenance.model_validate(stated)
    except ValidationError as error:
        found = next(faults(error, Provenance))
        noted = Fault(f"provenance.{found.field}", f"is not passed on: {found.problem}", str(stated[found.field]))
    else:
        taken = _with(taken, own)
        problem = "came as the guidelines do not want it, and is kept as unmapped; ask the repository to mend it"
        noted = Fault("provenance", problem)
    if container:
        unmapped = {**taken.record.unmapped, "provenance": (container.decode(),)}
        taken = taken._replace(record=taken.record.model_copy(update={"unmapped": unmapped}))
    return taken._replace(told=taken.told._replace(noted=(*taken.told.noted, noted)))
