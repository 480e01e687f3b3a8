"""The house: imports come from this tree, and the documentation says what is there, no more and no less."""

import doctest
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import etree

import mappings
import records
import server
from mappings.formats import FORMATS
from records.model import Collection
from records.readers import READERS, collections_toml
from server.application import create_app
from server.check.rules import as_tables
from server.cli import main
from server.config import PREFIX, Config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLES = ROOT / "records" / "samples"


def section(title: str) -> str:
    """Return the part of the README under a heading, to the next of its kind."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no section {title!r}"
    return found[1]


def first_column(text: str) -> list[str]:
    """Return what stands in backquotes at the beginning of each row of a table."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


@pytest.mark.parametrize("package", [records, mappings, server])
def test_packages_come_from_this_tree(package: ModuleType) -> None:
    """Their names are common ones; another distribution must not stand in for ours."""
    assert Path(str(package.__file__)).is_relative_to(ROOT)


def test_every_setting_is_documented() -> None:
    """The configuration table has each setting with its default and description, and no other."""
    rows = re.findall(r"^\| `(DRAGOMAN_\w+)` \| (.*?) \| (.*) \|$", section("Configuration"), re.MULTILINE)
    expected = [
        (PREFIX + name.upper(), _default(field.default), field.description)
        for name, field in Config.model_fields.items()
    ]
    assert rows == expected


def _default(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, Path) and value.is_absolute():
        return "in the environment of `dragoman`"
    return f"`{json.dumps(value) if isinstance(value, bool) else value}`"


def test_everything_that_a_collection_may_state_is_documented(tmp_path: Path) -> None:
    """In words or in the example, which is read without a fault."""
    text = section("Records")
    missing = [name for name in Collection.model_fields if not re.search(rf"`{name}`|^{name} =|\.{name}\]", text, re.M)]
    assert missing == []
    example = re.search(r"^```toml\n(\[\[collection\]\].*?)^```", text, re.MULTILINE | re.DOTALL)
    assert example
    (tmp_path / collections_toml.NAME).write_text(example[1], encoding="utf-8")
    (collection,), errors = collections_toml.read(tmp_path / collections_toml.NAME)
    assert (collection.provider and collection.provider.name, list(errors)) == ("Town Archive", [])


def commands() -> dict[str, click.Command]:
    """Return all commands by name."""
    assert isinstance(main, click.Group)
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def test_every_command_is_documented() -> None:
    """The table of commands has each one with its options, and no other."""
    rows = re.findall(r"^\| `dragoman (\w+)([^`]*)` \|", section("Commands"), re.MULTILINE)
    assert {name: sorted(re.findall(r"--[a-z-]+", rest)) for name, rest in rows} == {
        name: sorted(option for parameter in command.params for option in parameter.opts if option.startswith("--"))
        for name, command in commands().items()
    }


def test_every_command_has_help() -> None:
    """`--help` works for each command, and says what each option does."""
    for name, command in commands().items():
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0
        assert all(parameter.help for parameter in command.params if parameter.param_type_name == "option")


def test_the_server_keeps_nothing_in_memory_that_only_loads_and_checks_need() -> None:
    """Each process that answers would hold it: readers of spreadsheets, clients, drivers of other databases."""
    names = {"alembic", "httpx2", "oaipmh_scythe", "openpyxl", "psycopg"}
    code = f"import sys; import server.serve_command; print(*sorted({names} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.split() == []


def test_every_format_and_reader_is_documented() -> None:
    """The tables of formats and of readers have each one, and no other."""
    assert first_column(section("Formats")) == list(FORMATS)
    assert first_column(section("Records")) == list(READERS)


def test_the_tables_of_rules_are_the_ones_that_are_checked() -> None:
    """The README has them as the rules make them."""
    assert f"\n\n{as_tables()}\n" in section("Checking"), as_tables()


def tour() -> Iterator[tuple[str, str]]:
    """Yield each command of the README's tour with the answer that it shows."""
    for block in re.findall(r"^```console\n(.*?)^```$", section("A tour"), re.MULTILINE | re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = step.partition("\n")
            yield command, answer


@pytest.fixture(scope="module")
def tour_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Give a client of a server that holds the samples, as `make serve` has it."""
    from server.library import Library
    from server.loading import Load

    folder = tmp_path_factory.mktemp("tour")
    config = Config(database_url=f"sqlite:///{folder}/store.sqlite", media_folder=folder / "media")
    app = create_app(config)
    library: Library = app.extensions["dragoman"]
    load = Load(library, dry_run=False, tell=lambda finding: pytest.fail(str(finding)))
    load.run([SAMPLES])
    yield app.test_client()
    library.store.database.close()


def _xml(body: bytes) -> str:
    root = etree.fromstring(body, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True).decode().replace("'", '"', 4)


def _json(body: bytes) -> str:
    return json.dumps(json.loads(body), indent=4, ensure_ascii=False) + "\n"


SHOWN: dict[str, Callable[[bytes], str]] = {
    "": bytes.decode,
    "xmllint --format -": _xml,
    "python3 -m json.tool --no-ensure-ascii": _json,
}
"""How the tour shows an answer, by what it is piped through."""


@pytest.mark.parametrize(("command", "answer"), list(tour()))
def test_the_tour_is_true(tour_client: FlaskClient, command: str, answer: str) -> None:
    """Each request of the tour gets the answer that the README shows (`...` stands for what is left out)."""
    request, _, pipe = command.partition(" | ")
    words = shlex.split(request)
    assert words[:2] == ["curl", "-s"], command
    headers = dict(word.split(": ", 1) for word in words[2:] if ": " in word)
    url = next(word for word in words if word.startswith("http://127.0.0.1:8000/"))
    found = tour_client.get(url.removeprefix("http://127.0.0.1:8000"), headers=headers)
    shown = SHOWN[pipe](found.data)
    assert doctest.OutputChecker().check_output(answer, shown, doctest.ELLIPSIS), shown
