"""`dragoman load`: records come in, and what became of them is said."""

import re
import sys
from pathlib import Path

import click

from mappings.iiif import typesetting
from records.errors import RecordError
from records.model import FUNDERS
from records.readers import rights_toml
from records.readers.found import Options
from records.values import is_set_spec
from server import publishing, terminal
from server.harvesting.harvest import Harvest, Wanted, is_datestamp
from server.harvesting.repository import Manners, Repository
from server.library import Library
from server.loading import Load
from server.reports import table
from server.reports.findings import Findings
from server.reports.report import Report
from server.reports.written import FORMS, write
from server.words import plural

ELEMENTS = 10
"""Names of elements that are told."""

MOST_UNDRAWN = 20
"""Characters that no font draws, of those that are told."""


def _form(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    if value and value.suffix.lower() not in FORMS:
        raise click.BadParameter(f"a report is written as {', '.join(FORMS)}; let the name end so")
    return value


def _datestamp(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_datestamp(value):
        raise click.BadParameter(f"{value!r} is no datestamp; write 2026-01-31 or 2026-01-31T12:00:00Z")
    return value


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--strict", is_flag=True, help="Load everything or, if there is any fault, nothing.")
@click.option("--merge", is_flag=True, help="Lay what the input states over what is there; the rest of a record stays.")
@click.option(
    "--replace",
    "whole",
    default="",
    metavar="SET",
    help="The input is the whole of this set: delete what else stands in it.",
)
@click.option("--yes", is_flag=True, help="Let --replace delete more than a tenth of a set.")
@click.option("--dry-run", is_flag=True, help="Check and count what would change; write nothing.")
@click.option("--diff", is_flag=True, help="With --dry-run: show what would change in each document.")
@click.option(
    "--columns",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What the columns of spreadsheets are.",
)
@click.option(
    "--separator", metavar="TEXT", help="What divides several values in a cell of a spreadsheet. [default: |]"
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    callback=_form,
    help="Write what became of it into a file: .html, .csv or .json.",
)
@click.option("--prefix", metavar="NAME", help="The format to harvest. [default: the richest that we read]")
@click.option("--set", "set_specs", metavar="SPEC", multiple=True, help="A set to harvest; may be given several times.")
@click.option("--from", "start", metavar="DATE", callback=_datestamp, help="Harvest what changed since then.")
@click.option("--until", metavar="DATE", callback=_datestamp, help="Harvest what changed until then.")
@click.option("--full", is_flag=True, help="Harvest from the beginning again.")
@click.option("--if-empty", is_flag=True, help="Do nothing if the store holds records already.")
def load(
    *,
    paths: tuple[str, ...],
    strict: bool,
    merge: bool,
    whole: str,
    yes: bool,
    dry_run: bool,
    diff: bool,
    columns: Path | None,
    separator: str | None,
    report_file: Path | None,
    prefix: str | None,
    set_specs: tuple[str, ...],
    start: str | None,
    until: str | None,
    full: bool,
    if_empty: bool,
) -> None:
    """Load records out of files and folders, and out of other repositories by the address of their OAI-PMH endpoint.

    A record replaces the one with the same identifier; no other is touched.
    """
    if whole and (not is_set_spec(whole) or whole.partition(":")[0] == FUNDERS):
        raise click.BadParameter(f"{whole!r} is no set of a collection", param_hint="--replace")
    check_diff(diff=diff, dry_run=dry_run)
    wanted = [Wanted(prefix, set_spec, start, until, full) for set_spec in set_specs or (None,)]
    _check_usage(paths, wanted, strict=strict, again=merge or bool(whole))
    with terminal.opened() as library, Findings() as findings:
        publishing.check_base_url(library.store, library.config)
        if if_empty and any(library.store.counts().values()):
            click.echo(f"{library.store.database.name} holds records already; nothing was loaded")
            return
        teller = table.Teller(findings, silent=dry_run)
        with terminal.progress("records") as progress:
            options = Options(columns, separator, parts=merge)
            loading = Load(
                library,
                dry_run,
                teller.tell,
                progress,
                options,
                replace=whole,
                sure=yes,
                diff=diff,
                say=click.echo,
            )
            harvests = [each for path in paths if _is_endpoint(path) for each in _harvests(library, path, wanted)]
            files = [Path(path) for path in paths if not _is_endpoint(path)]
            report = loading.run(files, harvests, strict=strict)
        teller.end()
        if dry_run:
            table.show(findings)
        table.show_fields(report)
        _say_loaded(report, dry_run=dry_run, nothing=strict and bool(report.faults or report.withheld))
        terminal.say_outdated(library)
        if report_file:
            _write(report, findings, report_file, dry_run=dry_run)
    sys.exit(1 if report.faults or report.withheld else 0)


def check_diff(*, diff: bool, dry_run: bool) -> None:
    """Hold two options against each other.

    Raises:
        BadParameter: differences are asked for outside of a dry run, when they would be there already.
    """
    if diff and not dry_run:
        raise click.BadParameter("is for --dry-run, before anything has changed; add that", param_hint="--diff")


def _write(report: Report, findings: Findings, path: Path, *, dry_run: bool) -> None:
    try:
        write(report, findings, path, dry_run=dry_run)
    except OSError as error:
        click.echo(f"the report cannot be written to {path} ({error.strerror}); name another file", err=True)
        sys.exit(terminal.IMPOSSIBLE)


def _is_endpoint(path: str) -> bool:
    return re.match(r"https?://", path, re.IGNORECASE) is not None


def _check_usage(paths: tuple[str, ...], wanted: list[Wanted], *, strict: bool, again: bool) -> None:
    endpoints = [path for path in paths if _is_endpoint(path)]
    for endpoint in endpoints:
        if "?" in endpoint or "#" in endpoint:
            raise click.UsageError(f"{endpoint}: name the endpoint alone, without what follows the question mark")
    if endpoints and strict:
        raise click.UsageError("--strict reads everything twice, which is not done to another's server; leave it out")
    if endpoints and again:
        raise click.UsageError("--merge and --replace are for files: a harvest brings what changed, and whole records")
    if not endpoints and any(each != Wanted() for each in wanted):
        raise click.UsageError("--prefix, --set, --from, --until and --full are for the address of an OAI-PMH endpoint")


def _harvests(library: Library, endpoint: str, wanted: list[Wanted]) -> list[Harvest]:
    admin = "" if library.config.is_example else library.config.admin_email.partition(",")[0].strip()
    repository = Repository(endpoint, Manners(admin, tell=lambda sentence: click.echo(sentence, err=True)))
    return [Harvest(repository, each, library.store) for each in wanted]


def complain(error: RecordError) -> None:
    """Say what is wrong with a record."""
    click.echo(str(error), err=True)


def _say_loaded(report: Report, *, dry_run: bool, nothing: bool) -> None:
    if nothing:
        why = f"{_faulty(report)}, see above" if report.faults else report.withheld
        click.echo(f"nothing was loaded (--strict): {why}", err=True)
        return
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.outcomes.items()))
    total = sum(report.outcomes.values())
    click.echo(f"{plural(total, 'record')} {'would be loaded' if dry_run else 'loaded'}{outcomes and f': {outcomes}'}")
    click.echo(moved(report, dry_run=dry_run))
    if report.rendered:
        click.echo(f"{plural(report.rendered, 'record')} changed with what their collection states")
    _say_of_others(report, dry_run=dry_run)
    for (spec, name), count in sorted(report.from_collections.items()):
        click.echo(f"{name} stated by the collection {spec}: {plural(count, 'record')}")
    if report.approved:
        click.echo(f"rights URI by {rights_toml.NAME}: {plural(report.approved, 'record')}")
    _say_kept(report)
    _say_unvalidated(report)
    if report.undrawn:
        click.echo(_undrawn(report.undrawn), err=True)
    if report.faults:
        click.echo(f"not loaded: {_faulty(report)}, see above", err=True)


def _say_kept(report: Report) -> None:
    if report.mended:
        click.echo(f"mended: {plural(report.mended, 'record')}")
    if report.native_only:
        _say_native(report)
    for name, count in sorted(report.unmapped.items()):
        click.echo(f"kept, but shown nowhere: {name} ({plural(count, 'record')})")


def _say_unvalidated(report: Report) -> None:
    if report.unvalidated:
        click.echo(
            f"documents in {', '.join(sorted(report.unvalidated))} were not held to a schema, since none is here; "
            "'dragoman check' fetches them, or let DRAGOMAN_SCHEMAS name a folder that has them",
            err=True,
        )


def _say_native(report: Report) -> None:
    shown = ", ".join(f"{name} {count}" for name, count in report.native_only.most_common(ELEMENTS))
    more = len(report.native_only) - ELEMENTS
    click.echo(
        f"elements that only the documents hold which records arrived as, {report.native_only.total()} of "
        f"{report.elements}: {shown}" + (f", and {plural(more, 'name')} more" if more > 0 else "")
    )


def _say_of_others(report: Report, *, dry_run: bool) -> None:
    """Say what became of records of the store: those that were merged, and those that were not in the input."""
    for said, count in sorted(report.left.items()):
        click.echo(f"not in the input, {'would be ' if dry_run else ''}{said}: {plural(count, 'record')}")
    for note, count in sorted(report.merged.items()):
        click.echo(f"{plural(count, 'record')}: {note}")
    if report.withheld:
        click.echo(report.withheld, err=True)


def moved(report: Report, *, dry_run: bool) -> str:
    """Return how many datestamps moved, by format."""
    counts = ", ".join(f"{name} {count}" for name, count in sorted(report.moved.items()))
    return f"datestamps {'that would move' if dry_run else 'moved'}: {counts or 'none'}"


def _undrawn(characters: set[str]) -> str:
    remedy = "" if typesetting.can_shape() else "; letters that join need the library FriBidi (Debian: libfribidi0)"
    named = [f"{character} (U+{ord(character):04X})" for character in sorted(characters)]
    rest = f" and {len(named) - MOST_UNDRAWN} more" if len(named) > MOST_UNDRAWN else ""
    return f"no font here draws {', '.join(named[:MOST_UNDRAWN])}{rest}; typeset pages show their code points{remedy}"


def _faulty(report: Report) -> str:
    return "1 record or file with faults" if report.faults == 1 else f"{report.faults} records or files with faults"
