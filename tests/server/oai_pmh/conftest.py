"""What tests of the protocol ask of an answer."""

from collections.abc import Callable

import pytest
from lxml import etree

from records.model import Collection, Record

OAI = "{http://www.openarchives.org/OAI/2.0/}"


@pytest.fixture(scope="session")
def texts() -> Callable[[etree._Element, str], list[str]]:
    """Give a function that returns the texts of all elements of a name."""
    return lambda root, name: [element.text or "" for element in root.iter(f"{OAI}{name}")]


@pytest.fixture(scope="session")
def errors() -> Callable[[etree._Element], list[tuple[str, str]]]:
    """Give a function that returns code and message of each error."""
    return lambda root: [(str(error.get("code")), error.text or "") for error in root.iter(f"{OAI}error")]


@pytest.fixture(scope="session")
def local_identifiers() -> Callable[[etree._Element], list[str]]:
    """Give a function that returns the local part of each record's identifier, in order."""
    return lambda root: [(element.text or "").rpartition(":")[2] for element in root.iter(f"{OAI}identifier")]


@pytest.fixture(scope="session")
def token() -> Callable[[etree._Element], etree._Element | None]:
    """Give a function that returns the resumptionToken element of an answer."""
    return lambda root: root.find(f".//{OAI}resumptionToken")


@pytest.fixture
def european(publish: Callable[..., object], make_record: Callable[..., Record]) -> Callable[..., None]:
    """Give a function that publishes a record with all that EDM and DataCite ask for, unless it is told otherwise."""
    passed_on = Collection.model_validate({"spec": "passed-on", "title": "T", "aggregator": {"name": "Aggregator"}})
    stated = {
        "collections": ["passed-on"],
        "rights": {"uri": "http://rightsstatements.org/vocab/InC/1.0/"},
        "types": ["Text"],
        "languages": ["en"],
        "provider": {"name": "An Archive"},
        "identifiers": [{"value": "10.12345/e", "kind": "doi"}],
        "agents": [{"name": "A writer", "roles": ["aut"]}],
        "dates": [{"edtf": "1965"}],
    }

    def run(identifier: str, **fields: object) -> None:
        publish(make_record(identifier, **(stated | fields)), collections=[passed_on])

    return run
