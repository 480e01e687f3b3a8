"""The command `dragoman`: reads its arguments, calls, prints, and ends with a status that says how it went.

Status 0: done; 1: some input could not be taken; 2: nothing could be done (settings, store, usage).
`dragoman check` ends with 1 where it found something that counts.
"""

from importlib import import_module
from typing import cast

import click

from server import processes

_PLACES = {
    "backup": "server.backups",
    "check": "server.check.command",
    "delete": "server.upkeep_commands",
    "export": "server.export_command",
    "load": "server.load_command",
    "migrate": "server.upkeep_commands",
    "release": "server.upkeep_commands",
    "render": "server.upkeep_commands",
    "restamp": "server.backups",
    "restore": "server.backups",
    "schema": "server.upkeep_commands",
    "serve": "server.serve_command",
    "status": "server.status_command",
    "template": "server.template_command",
}
"""The module that each command is in."""

_IN_PROCESSES = frozenset({"load", "render"})
"""Commands that work on all cores where there is much to do; `check` does so for the records of the store alone."""


class _Commands(click.Group):
    """Commands that are imported when they are called: what one needs is not kept in memory by another."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the same in every context
        """Return the names of all."""
        return list(_PLACES)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, its name and its arguments."""
        if args[0] in _IN_PROCESSES:
            processes.prepare()
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command; None if there is none of that name."""
        if cmd_name not in _PLACES:
            return None
        return cast("click.Command", getattr(import_module(_PLACES[cmd_name]), cmd_name))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dragoman", message="dragoman %(version)s")
def main() -> None:
    """Dragoman: an archive's records for harvesters (OAI-PMH) and viewers (IIIF)."""
