"""What is looked at in the manifest of each record, beside the statements that it must show: `Item.manifest` has it."""

from collections.abc import Callable, Iterator

from server.check.findings import Place
from server.check.records.item import Item

CHECKS: dict[str, Callable[[Item], Iterator[Place]]] = {}
"""The checks of a manifest by the code of their rule; none yet."""
