"""`dragoman template`: an empty input, to be filled in."""

import csv
import io

import click

from records.readers.sheets.fields import FIELDS


@click.command()
@click.argument("kind", type=click.Choice(["csv"]), metavar="csv")
def template(*, kind: str) -> None:
    """Print an empty spreadsheet: headings, and below each what it holds, with an example.

    The rows of explanations begin with # and are no records; they may stay.
    """
    if kind == "csv":
        click.echo(_csv().encode(), nl=False)


def _csv() -> str:
    """Return the spreadsheet as text, with the byte order mark by which spreadsheet programs know UTF-8."""
    shown = {name: field for name, field in FIELDS.items() if name != "kept as it is"}
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(shown)
    for begin, cells in (
        ("# ", [field.words for field in shown.values()]),
        ("# For example: ", [field.example for field in shown.values()]),
    ):
        sheet.writerow([f"{begin}{cells[0]}", *cells[1:]])
    return f"\ufeff{text.getvalue()}"
