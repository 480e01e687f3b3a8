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
@click.argument("url", required=False)
@click.option("--prefix", default="oai_dc", show_default=True, help="The format whose records are looked at.")
@click.option("--set", "set_spec", help="The set whose records are looked at, instead of all.")
@click.option(
    "--sample", default=100, show_default=True, type=click.IntRange(1, 100_000), help="How many records to look at."
)
@click.option("--all", "whole", is_flag=True, help="Read lists to their end, instead of a sample.")
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
    "--schemas",
    envvar="DRAGOMAN_SCHEMAS",
    type=click.Path(path_type=Path),
    help="A folder with the official schemas and a catalog.xml, else what DRAGOMAN_SCHEMAS names.",
)
def check(
    *,
    url: str | None,
    prefix: str,
    set_spec: str | None,
    sample: int,
    whole: bool,
    form: str,
    explain: str | None,
    fail_on: str,
    pause: float,
    schemas: Path | None,
) -> None:
    """Check an OAI-PMH endpoint, yours or anybody's: its base URL, without a question mark."""
    if explain is not None:
        click.echo(explained(_rule(explain)))
        return
    from server.check.oai_pmh import check_endpoint, most_requests  # noqa: PLC0415 - what fetches loads where it is needed

    sample_size = None if whole else sample
    try:
        address = _address(url)
        _say_plan(address, most_requests(sample_size), pause)
        with terminal.progress("requests") as progress:
            report = check_endpoint(
                address,
                prefix=prefix,
                set_spec=set_spec,
                sample=sample_size,
                pause=pause,
                schemas=schemas,
                progress=progress,
            )
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


def _address(url: str | None) -> str:
    """Return the base URL that was given.

    Raises:
        CannotCheckError: there is none.
    """
    if url is None:
        raise CannotCheckError(
            "say what to check: the base URL of an endpoint, such as https://archive.example.org/oai"
        )
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise CannotCheckError(f"{url} is no address on the web; give one that begins with http:// or https://")
    if parts.query or parts.fragment:
        raise CannotCheckError(f"{url} is more than a base URL; leave away what begins with ? or #")
    return url


def _say_plan(address: str, most: int, pause: float) -> None:
    click.echo(
        f"Checking {address}: one request at a time, {pause:g} seconds apart, {most} at most. It only reads; some "
        "requests are wrong on purpose.",
        err=True,
    )
