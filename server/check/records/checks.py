"""The tables of checks of our own records, each under the code of its rule."""

from collections.abc import Callable, Iterator

from server.check.findings import Place
from server.check.records import aggregators, dates, documents, manifests, statements, values
from server.check.records.formats import FORMATS
from server.check.records.item import Item
from server.check.schemas import Schemas

CHECKS: dict[str, Callable[[Item], Iterator[Place]]] = {
    "record-page": documents.page,
    "record-oai-dc": documents.oai_dc,
    "record-well-formed": documents.well_formed,
    "record-statement": statements.statement,
    "record-statement-manifest": statements.statement_manifest,
    "record-statement-page": statements.statement_page,
    "record-acknowledgment": statements.acknowledgment,
    "record-acknowledgment-manifest": statements.acknowledgment_manifest,
    "record-acknowledgment-page": statements.acknowledgment_page,
    "record-rights-uri": statements.rights_uri,
    "record-rights-canonical": statements.canonical,
    "record-date-form": dates.form,
    "record-date-order": dates.order,
    "record-date-future": dates.future,
    "record-language-code": values.codes,
    "record-language-tag": values.tags,
    "record-link": values.links,
    "record-repository": values.repository,
    "record-shelfmark": values.shelfmark,
    **manifests.CHECKS,
}
"""What is looked at in each record."""

VALID: dict[str, Callable[[Item, Schemas, str], Iterator[Place]]] = {
    form.rule: documents.valid(name) for name, form in FORMATS.items()
}
"""What is looked at in each record as far as there are schemas."""

CODES = (*CHECKS, *VALID, *aggregators.CODES)
"""All rules that are looked at."""
