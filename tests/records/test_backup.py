"""The backup's file: whole or not there at all, recognised when it is damaged, and taken while others write."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import records
from records.backup import back_up
from records.database import StoreError
from records.publish import Publication
from records.restore import restore
from records.store import Store
from records.tables import SCHEMA

Make = Callable[..., Publication]


def nothing(_count: int) -> None:
    """Show no progress."""


@pytest.fixture
def path(store: Store, tmp_path: Path, make_publication: Make) -> Path:
    """Give the backup of a store with two records."""
    store.publish([make_publication("a", sets=("x",)), make_publication("b")])
    path = tmp_path / "backup" / "store.backup"
    path.parent.mkdir()
    back_up(store.database, path, force=False, progress=nothing)
    return path


def _refusal(store: Store, path: Path) -> str:
    """Return why a file is not restored, which leaves the store as it was."""
    before = list(store.all_stated(9))
    with pytest.raises(StoreError) as raised:
        restore(store.database, path, force=True, progress=nothing)
    assert list(store.all_stated(9)) == before
    return str(raised.value)


def _rewrite(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(gzip.compress(b"".join(change(gzip.decompress(path.read_bytes()).splitlines(keepends=True)))))


def test_a_file_that_is_there_is_kept(store: Store, path: Path) -> None:
    """Unless it is said that it may be written over."""
    before = path.read_bytes()
    with pytest.raises(StoreError) as raised:
        back_up(store.database, path, force=False, progress=nothing)
    assert str(raised.value) == f"{path} is there already; choose another name, or write over it with --force"
    assert path.read_bytes() == before
    assert back_up(store.database, path, force=True, progress=nothing)["records"] == 2


def test_a_backup_is_the_store_of_one_moment(store: Store, tmp_path: Path, make_publication: Make) -> None:
    """What is written meanwhile is not in it, in no table; nothing else lies beside it."""
    store.publish([make_publication("a")])
    path = tmp_path / "backup" / "one"
    path.parent.mkdir()

    def write(_count: int) -> None:
        store.publish([make_publication("late")])

    back_up(store.database, path, force=False, progress=write)
    assert [file.name for file in path.parent.iterdir()] == ["one"]
    restore(store.database, path, force=True, progress=nothing)
    assert store.counts() == {"shown": 1, "hidden": 0, "withdrawn": 1}


def test_a_folder_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    """With what the system says of it."""
    with pytest.raises(StoreError) as raised:
        back_up(store.database, tmp_path / "none" / "x", force=False, progress=nothing)
    assert str(raised.value) == (
        f"{tmp_path}/none/x cannot be written (No such file or directory); make room, or choose another folder"
    )


FULL = """
import resource, signal, sys
from pathlib import Path
from records.backup import back_up
from records.database import StoreError
from records.store import Store
store = Store(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    back_up(store.database, Path(sys.argv[2]), force=False, progress=lambda _count: None)
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_disk_that_is_full_leaves_nothing_behind(store: Store, path: Path) -> None:
    """The system lets the process write no more than a hundred bytes into a file."""
    house = Path(records.__path__[0]).parent
    to = path.with_name("full")
    program = [sys.executable, "-c", FULL, store.database.url, str(to)]
    done = subprocess.run(program, cwd=house, capture_output=True, text=True, check=True)
    assert done.stdout == f"{to} cannot be written (File too large); make room, or choose another folder\n"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_that_is_not_there_is_named(store: Store, path: Path) -> None:
    """With what the system says of it."""
    assert _refusal(store, path.with_name("none")) == (
        f"{path.parent}/none cannot be read (No such file or directory); correct the name, or its rights"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}", gzip.compress(b"[1]\n"), gzip.compress(b"\x00")])
def test_a_file_that_is_no_backup_is_refused(store: Store, path: Path, content: bytes) -> None:
    """Whether it is empty, no gzip, or a gzip of something else."""
    path.write_bytes(content)
    assert _refusal(store, path) == f"{path} is no backup; name a file that 'dragoman backup' wrote"


def test_a_backup_of_a_later_schema_is_refused(store: Store, path: Path) -> None:
    """It names the programs and the remedy; so does an earlier one."""

    def of(schema: str) -> Callable[[list[bytes]], list[bytes]]:
        return lambda lines: [json.dumps(json.loads(lines[0]) | {"schema": schema}).encode() + b"\n", *lines[1:]]

    _rewrite(path, of("0999"))
    assert _refusal(store, path) == (
        f"{path} was written by a later Dragoman (0.1.0, schema 0999; this program knows {SCHEMA}); restore it with "
        f"that program, or a later one"
    )
    _rewrite(path, of("0001"))
    assert _refusal(store, path) == (
        f"{path} was written by an earlier Dragoman (0.1.0, schema 0001; this program needs {SCHEMA}); restore it "
        f"with that program into an empty database, then run 'dragoman migrate' with this one"
    )


def test_a_file_that_is_cut_off_anywhere_is_refused(store: Store, path: Path) -> None:
    """Nothing is restored from it, not even the part that is there."""
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        assert _refusal(store, path).startswith(f"{path} is ")


def test_a_file_with_an_altered_byte_anywhere_is_refused(store: Store, path: Path) -> None:
    """Behind the ten bytes of gzip's own heading, which say nothing of the store."""
    whole = path.read_bytes()
    for place in range(10, len(whole), 71):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert _refusal(store, path).startswith(f"{path} is ")


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [line.replace(b'"x"', b'"y"') for line in lines],
        lambda lines: [*lines[:9], *lines[10:]],
        lambda lines: lines[:-1],
        lambda lines: lines[:1],
        lambda lines: [*lines, lines[-1]],
    ],
)
def test_a_file_that_was_packed_anew_is_held_against_its_checksum(
    store: Store, path: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    """Gzip would not notice a line that was changed or left out."""
    _rewrite(path, change)
    problem = "its checksum is another"
    assert _refusal(store, path) == (
        f"{path} is damaged or not whole ({problem}); nothing was restored; use another backup"
    )


def test_only_the_owner_may_read_a_backup(path: Path) -> None:
    """It holds what is hidden from the world."""
    assert path.stat().st_mode & 0o777 == 0o600
