"""The command `dragoman check`: reads its arguments, says what it will do, tells what it found.

Status 0: nothing was found that counts; 1: something was; 2: nothing could be checked, or not to the end.
"""

import sys
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.console import Console

from server import terminal
from server.check.findings import IMPOSSIBLE, CannotCheckError
from server.check.rules import RULES, explained
from server.check.rules.rule import Level, Rule
from server.check.telling import as_json, tell


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
    "--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]), help="How to tell it."
)
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
    explain: str | None,
    fail_on: str,
    pause: float,
    follow: bool | None,
    allow_private: bool,
    schemas: Path | None,
) -> None:
    """Check an OAI-PMH endpoint or a IIIF document, yours or anybody's.

    URL is the base URL of the endpoint, without a question mark, or the address or the file of a manifest or a
    collection. Which of these it is shows in what answers.
    """
    if explain is not None:
        click.echo(explained(_rule(explain)))
        return
    from server.check.checking import Choice, most_requests, report_on  # noqa: PLC0415 - loads what fetches

    choice = Choice(prefix, set_spec, None if whole else sample, follow, schemas)
    try:
        address = _given(target)
        most = most_requests(choice.sample)
        _say_plan(address, most, pause, asks=bool(follow) or isinstance(address, str))
        with terminal.progress("requests") as progress:
            report = report_on(address, choice, most=most, pause=pause, progress=progress, allow_private=allow_private)
    except CannotCheckError as error:
        click.echo(f"dragoman: {error}", err=True)
        sys.exit(IMPOSSIBLE)
    if form == "json":
        click.echo(as_json(report))
    else:
        tell(report, Console())
    sys.exit(report.status(Level[fail_on.upper()]))


def _rule(code: str) -> Rule:
    if code not in RULES:
        near = get_close_matches(code, RULES, n=1) or list(RULES)[:1]
        raise click.BadParameter(f"there is no rule {code}; did you mean {near[0]}?", param_hint="--explain")
    return RULES[code]


def _given(target: str | None) -> str | Path:
    """Return the address or the file that was given.

    Raises:
        CannotCheckError: there is none.
    """
    if target is None:
        raise CannotCheckError(
            "say what to check: the base URL of an endpoint, such as https://archive.example.org/oai, or the address "
            "or file of a manifest or a collection"
        )
    parts = urlsplit(target)
    if parts.scheme in {"http", "https"} and parts.netloc:
        if parts.fragment:
            raise CannotCheckError(f"{target} names a part of something; leave away what begins with #")
        return target
    if Path(target).is_file():
        return Path(target)
    raise CannotCheckError(
        f"{target} is no address on the web, and no file; give one that begins with http:// or https://"
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
