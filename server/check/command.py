"""The command `dragoman check`: reads its arguments, says what it will do, tells what it found.

Status 0: nothing was found that counts; 1: something was; 2: nothing could be checked, or not to the end.
"""

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from rich.console import Console

from records.database import StoreError
from server import terminal
from server.check.findings import IMPOSSIBLE, CannotCheckError, Report
from server.check.junit import as_junit
from server.check.page import as_page
from server.check.rules import RULES, explained
from server.check.rules.rule import Level, Rule
from server.check.schemas import cache_folder
from server.check.telling import as_json, tell
from server.words import plural

if TYPE_CHECKING:
    from records.database import Database
    from server.check.checking import Choice


@click.command()
@click.argument("target", metavar="URL", required=False)
@click.option("--prefix", default="oai_dc", show_default=True, help="The format whose records are looked at.")
@click.option("--set", "set_spec", help="The set whose records are looked at, instead of all.")
@click.option(
    "--sample",
    default=100,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="How many records to look at, or links of a IIIF document to follow.",
)
@click.option("--all", "whole", is_flag=True, help="Read lists to their end and follow all links, instead of a sample.")
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "junit", "html"]),
    help="How to tell it.",
)
@click.option("--record", metavar="ID", help="Look at one record of the store: what aggregators make of it.")
@click.option("--explain", metavar="CODE", help="Say what a rule wants and what to do, and check nothing.")
@click.option(
    "--fail-on",
    default="must",
    show_default=True,
    type=click.Choice([str(level) for level in reversed(Level)]),
    help="The least level of a rule whose breach makes the status 1.",
)
@click.option(
    "--pause", default=0.5, show_default=True, type=click.FloatRange(0, 60), help="Seconds between two requests."
)
@click.option(
    "--links/--no-links",
    "follow",
    default=None,
    help="Whether to follow the links of a IIIF document; else those of an address are, and those of a file are not.",
)
@click.option(
    "--offline", is_flag=True, help="Fetch nothing, no schema either: for files and the records of the store."
)
@click.option("--allow-private", is_flag=True, help="Ask hosts of the local network too, and this machine.")
@click.option(
    "--schemas",
    envvar="DRAGOMAN_SCHEMAS",
    type=click.Path(path_type=Path),
    help="A folder with the official schemas and a catalog.xml (DRAGOMAN_SCHEMAS); else they are fetched and kept.",
)
def check(
    *,
    target: str | None,
    prefix: str,
    set_spec: str | None,
    sample: int,
    whole: bool,
    form: str,
    record: str | None,
    explain: str | None,
    fail_on: str,
    pause: float,
    follow: bool | None,
    offline: bool,
    allow_private: bool,
    schemas: Path | None,
) -> None:
    """Check an OAI-PMH endpoint or a IIIF document, yours or anybody's; without a URL, the records of the store.

    URL is the base URL of the endpoint, without a question mark, or the address or the file of a manifest or a
    collection. Which of these it is shows in what answers. A file of XML, or a folder of such files, holds responses of
    an endpoint that were saved: these are looked at, and nothing is asked.
    """
    if explain is not None:
        click.echo(explained(_rule(explain)))
        return
    if target is not None and record is not None:
        raise click.UsageError("--record looks at a record of the store; leave the URL away")
    polite = None if offline else pause
    try:
        if record is not None:
            report = _record(record, schemas, polite)
        elif target is None:
            report = _records(schemas, polite)
        else:
            from server.check.checking import Choice  # noqa: PLC0415 - what fetches is loaded where it is needed

            choice = Choice(prefix, set_spec, None if whole else sample, follow, schemas, offline)
            report = _answering(_given(target), choice, pause, allow_private=allow_private)
    except CannotCheckError as error:
        click.echo(f"dragoman: {error}", err=True)
        sys.exit(IMPOSSIBLE)
    level = Level[fail_on.upper()]
    _tell(report, form, level)
    sys.exit(report.status(level))


def _tell(report: Report, form: str, fail_on: Level) -> None:
    if form == "text":
        tell(report, Console())
    elif form == "json":
        click.echo(as_json(report))
    elif form == "junit":
        click.echo(as_junit(report, fail_on))
    else:
        click.echo(as_page(report))


def _answering(target: str | Path, choice: "Choice", pause: float, *, allow_private: bool) -> Report:
    from server.check.checking import holds_answers, most_requests, report_on  # noqa: PLC0415 - see above

    if choice.offline and (choice.follow or isinstance(target, str)):
        raise click.UsageError("--offline asks nobody; name files, without --links, or nothing for the store's records")
    most, saved = most_requests(choice.sample), isinstance(target, Path) and holds_answers(target)
    if saved:
        click.echo(f"Checking the responses that were saved in {target}; the endpoint is not asked.", err=True)
    else:
        _say_plan(target, most, pause, asks=bool(choice.follow) or isinstance(target, str))
    if saved or isinstance(target, str):
        _say_schemas(choice.schemas, offline=choice.offline)
    with terminal.progress("requests") as progress:
        return report_on(target, choice, most=most, pause=pause, progress=progress, allow_private=allow_private)


def _records(schemas: Path | None, pause: float | None) -> Report:
    from server.check.records import check_records  # noqa: PLC0415 - the application is loaded where it is needed

    with terminal.opened() as library:
        shown = library.store.counts()["shown"]
        click.echo(f"Checking {plural(shown, 'record')} of {library.store.database.name}.", err=True)
        _say_schemas(schemas, offline=pause is None)
        sequence = library.store.state().change_sequence
        with terminal.progress("records", total=shown) as progress:
            report = check_records(library, schemas=schemas, pause=pause, progress=progress)
        if not report.stopped:
            _keep(library.store.database, report, sequence)
        return report


def _keep(database: "Database", report: Report, sequence: int) -> None:
    from server.check import runs  # noqa: PLC0415 - see above

    try:
        runs.keep(database, report, sequence)
    except StoreError as error:
        click.echo(f"dragoman: /conformance will not show this run: {error}", err=True)


def _record(identifier: str, schemas: Path | None, pause: float | None) -> Report:
    from server.check.records import check_record  # noqa: PLC0415 - the application is loaded where it is needed

    with terminal.opened() as library:
        return check_record(library, identifier, schemas=schemas, pause=pause)


def _rule(code: str) -> Rule:
    if code not in RULES:
        near = get_close_matches(code, RULES, n=1) or list(RULES)[:1]
        raise click.BadParameter(f"there is no rule {code}; did you mean {near[0]}?", param_hint="--explain")
    return RULES[code]


def _given(target: str) -> str | Path:
    """Return the address or the file that was given.

    Raises:
        CannotCheckError: it is none.
    """
    parts = urlsplit(target)
    if parts.scheme in {"http", "https"} and parts.netloc:
        if parts.fragment:
            raise CannotCheckError(f"{target} names a part of something; leave away what begins with #")
        return target
    if Path(target).exists():
        return Path(target)
    raise CannotCheckError(
        f"{target} is no address on the web, and no file or folder; give one that begins with http:// or https://"
    )


def _say_schemas(folder: Path | None, *, offline: bool) -> None:
    if folder is None and not offline:
        click.echo(
            f"Official schemas that are needed are fetched from their publishers, once, into {cache_folder()}.",
            err=True,
        )


def _say_plan(target: str | Path, most: int, pause: float, *, asks: bool) -> None:
    if not asks:
        click.echo(f"Checking {target}: nothing is fetched; --links follows its links.", err=True)
        return
    click.echo(
        f"Checking {target}: one request at a time, {pause:g} seconds apart, {most} at most. It only reads; some "
        "requests are wrong on purpose where OAI-PMH answers.",
        err=True,
    )
