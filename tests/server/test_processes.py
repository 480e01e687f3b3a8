"""Work in processes: what goes wrong there reaches us, and nothing outlives its parent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from records.stated import UnreadableError
from server import processes, rendering
from server.library import Library


def test_an_error_in_a_process_reaches_us(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read is not passed over."""
    monkeypatch.setattr(processes, "PROCESSES", 2)
    with pytest.raises(UnreadableError, match=r"the record old .*cannot read it"):
        list(rendering.publications([[b'{"identifier": "old"}'], [b"{}"]], library.repository()))


WAITING_PARENT = """
import sys
from server.config import Config
from server.rendering import publications

def endless():
    yield [b'{"identifier":"a","titles":[{"text":"A"}]}']
    while True:
        yield []

if __name__ == "__main__":
    for batch in publications(endless(), Config().repository({})):
        print("rendered", flush=True)
        sys.stdin.read()
"""


def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """They hold no lock and wait for nobody."""
    script = tmp_path / "parent.py"
    script.write_text(WAITING_PARENT)
    house = Path(rendering.__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": str(house)}
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=tmp_path
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"rendered\n"
    children = psutil.Process(parent.pid).children(recursive=True)
    assert children
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    _gone, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
