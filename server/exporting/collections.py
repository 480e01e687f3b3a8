"""What is stated of collections, as `collections.toml`."""

import json
from collections.abc import Iterable, Mapping

from records.model import Collection


def toml(collections: Iterable[Collection]) -> str:
    """Return what `collections.toml` says of collections (TOML 1.0).

    Args:
        collections: the collections.
    """
    return "\n".join(_table(collection.model_dump(mode="json", exclude_defaults=True)) for collection in collections)


def _table(stated: Mapping[str, object]) -> str:
    return "".join(["[[collection]]\n", *(f"{name} = {_value(value)}\n" for name, value in stated.items())])


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_value(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
