"""Where records, mappings and store meet: render what is stated in every format, and publish what changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import mappings
import records
from mappings import provenance
from mappings.formats import FORMATS
from mappings.iiif import collection, manifest, passages, typesetting
from mappings.repository import Repository
from records import activities, stated
from records.collections import funder_sets, set_specs, stated_for, with_defaults
from records.model import Record
from records.publish import Publication, Published
from records.stated import UnreadableError
from records.store import Shown, Store
from server.config import Config, ConfigError

BATCH = 200
"""Records of one transaction."""

MANIFEST = activities.MANIFEST
"""The name of the manifest among the representations."""

_BASE_URL = "base_url"
_FINGERPRINT = "fingerprint"


def today() -> date:
    """Return the day in UTC."""
    return datetime.now(UTC).date()


def publication(record: Record, repository: Repository, day: date) -> Publication:
    """Return a record as it is to be published: every format rendered, if it may be shown.

    Args:
        record: the record as stated.
        repository: what the mappings need to know.
        day: today; an embargoed record is hidden until its day.
    """
    status = _status(record, day)
    shown, _filled = with_defaults(record, repository.collections)
    documents = rendered(shown, repository) if status == "public" else dict.fromkeys([*FORMATS, MANIFEST])
    return Publication(
        identifier=record.identifier,
        oai_identifier=repository.oai_identifier(record),
        stated=stated.write(record),
        sets=set_specs(shown),
        titles={**_titles(shown, repository), **funder_sets(shown)},
        status=status,
        reference=collection.reference(shown, repository) if status == "public" else None,
        release=_release(record) if status == "hidden" else None,
        documents=documents,
        passages=passages.indexed(shown) if documents[MANIFEST] else (),
        abouts=provenance.write(shown, documents),
    )


def _titles(record: Record, repository: Repository) -> dict[str, str]:
    """Return the titles of a record's collections and of those above them."""
    return {collection.spec: collection.title for collection in stated_for(record, repository.collections)}


def rendered(record: Record, repository: Repository) -> dict[str, bytes | None]:
    """Return the finished documents of a record by format, None where it cannot fill one.

    Args:
        record: the record with what its collections state.
        repository: what the mappings need to know.
    """
    documents = {prefix: form.write(record, repository) for prefix, form in FORMATS.items()}
    return documents | {MANIFEST: manifest.write(record, repository)}


def _status(record: Record, day: date) -> Literal["public", "hidden", "deleted"]:
    if record.visibility == "public" and record.embargoed_until and record.embargoed_until > day:
        return "hidden"
    return record.visibility


def _release(record: Record) -> int | None:
    """Return when a record is to be shown, in seconds since 1970 UTC; None if it is hidden without a day."""
    if record.visibility != "public" or record.embargoed_until is None:
        return None
    return int(datetime.combine(record.embargoed_until, time(), UTC).timestamp())


def release(store: Store, repository: Repository) -> int:
    """Publish the records whose embargo has ended; return how many.

    Their datestamps are those of now. Any number of processes may do so at once, and again: what was released already
    stays as it is, and what was stated anew meanwhile is looked at again.

    Raises:
        UnreadableError: a record that is due cannot be read; the others of its batch were released.
    """
    count = 0
    while due := store.due(BATCH):
        readable, problems = _readable(due, repository)
        results = store.publish(readable)
        count += sum(bool(result.moved) for result in results)
        if problems:
            raise problems[0]
        if any(result.outcome in {"refused", "hidden"} for result in results):
            break  # a refused one would come again for ever; a hidden one is due by another clock than ours
    return count


def _readable(due: Iterable[Shown], repository: Repository) -> tuple[list[Publication], list[UnreadableError]]:
    """Return records as they are to be published again, and why others cannot be."""
    found: list[Publication] = []
    problems: list[UnreadableError] = []
    for row in due:
        try:
            found.append(again(row.stated, repository))
        except UnreadableError as error:
            problems.append(error)
    return found, problems


def delete(store: Store, repository: Repository, identifiers: Iterable[str]) -> tuple[list[Published], list[str]]:
    """Turn records into tombstones.

    Args:
        store: the store.
        repository: what the mappings need to know.
        identifiers: local identifiers.

    Returns:
        What became of those that are known, and the identifiers that are not.
    """
    wanted = list(dict.fromkeys(identifiers))
    results: dict[str, Published] = {}
    unknown: list[str] = []
    while missing := [identifier for identifier in wanted if identifier not in results and identifier not in unknown]:
        known = store.stated(missing)
        unknown += [identifier for identifier in missing if identifier not in known]
        done = store.publish([again(kept, repository, visibility="deleted") for kept in known.values()])
        results |= {result.identifier: result for result in done if result.outcome != "overtaken"}
    return [results[identifier] for identifier in wanted if identifier in results], unknown


def again(kept: bytes, repository: Repository, **changed: object) -> Publication:
    """Return a stored record as it is to be published again, unless it is stated otherwise by then.

    Args:
        kept: the record as the store has it.
        repository: what the mappings need to know.
        changed: fields that are to be stated otherwise, by name.
    """
    record = stated.read(kept).model_copy(update=changed)
    return replace(publication(record, repository, today()), rendered_from=kept)


def fingerprint(repository: Repository) -> str:
    """Return what decides how a record is rendered: our mappings, the libraries and fonts, the configuration."""
    digest = hashlib.blake2b(digest_size=16)
    folders = (Path(mappings.__path__[0]), Path(records.__path__[0]))
    for file in sorted(file for folder in folders for file in folder.rglob("*.py")):
        digest.update(file.read_bytes())
    configured = (repository.base_url, repository.name, repository.namespace, repository.funder_names)
    agents = (repository.institution, repository.intermediate_provider, repository.aggregator)
    images = (repository.image_level, repository.image_server)
    parts = (version("iiif-prezi3"), version("lxml"), typesetting.fingerprint(), configured, agents, images)
    digest.update(repr(parts).encode())
    return digest.hexdigest()


def remember(store: Store, repository: Repository) -> None:
    """Remember in the store what all its records were rendered with."""
    store.put_fact(_BASE_URL, repository.base_url)
    store.put_fact(_FINGERPRINT, fingerprint(repository))


def remember_if_new(store: Store, repository: Repository) -> None:
    """Remember what the first records of a store are rendered with."""
    if _BASE_URL not in store.facts():
        remember(store, repository)


def other_base_url(store: Store, config: Config) -> str | None:
    """Return the base URL that the store's documents carry, if it is not the configured one."""
    found = store.facts().get(_BASE_URL)
    return found if found != config.base_url else None


def check_base_url(store: Store, config: Config) -> None:
    """Hold a store and the settings against each other.

    Raises:
        ConfigError: the documents of the store carry another base URL than the configured one.
    """
    if other := other_base_url(store, config):
        raise ConfigError(
            f"DRAGOMAN_BASE_URL is {config.base_url}, but the documents of {store.database.name} were rendered for "
            f"{other}; run 'dragoman render', or set DRAGOMAN_BASE_URL back"
        )


def outdated(store: Store, repository: Repository) -> bool:
    """Whether the store's documents were rendered with other mappings or settings than these."""
    found = store.facts().get(_FINGERPRINT)
    return found is not None and found != fingerprint(repository)
