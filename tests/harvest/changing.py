"""A writer: a process that changes records at random by the commands `load` and `delete`, as long as it is let.

`python -m tests.harvest.changing SEED SECONDS` works on the store of the environment; it prints what it did as JSON.
`python -m tests.harvest.changing SEED SECONDS naive` takes stamps as a careless program would.
"""

import io
import json
import random
import sys
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from server.cli import main

NAMES = [f"r{number}" for number in range(40)]
SETS = ((), ("a",), ("a:b",), ("c",), ("a:b", "c"))
RIGHTS = "http://rightsstatements.org/vocab/InC/1.0/"


def record(chance: random.Random, name: str, revision: str) -> dict[str, Any]:
    """Return a record as an input states it: at times hidden or deleted, in other sets, with more or less to show."""
    found: dict[str, Any] = {
        "identifier": name,
        "titles": [{"text": f"Revision {revision}"}],
        "collections": chance.choice(SETS),
        "visibility": chance.choice(["public"] * 5 + ["hidden", "deleted"]),
    }
    if chance.random() < 0.5:
        found["texts"] = [{"content": f"Dear friend, this is {revision}."}]
    if chance.random() < 0.5:  # what aggregators ask for, or not
        found |= {
            "types": ["Text"],
            "languages": ["en"],
            "rights": {"statement": "Ask us.", "uri": RIGHTS},
            "subjects": [{"text": "Letters"}],
            "agents": [{"name": "Ann Author", "roles": ["cre"]}],
            "dates": [{"edtf": "1965"}, {"edtf": "1966", "kind": "issued"}],
            "identifiers": [{"value": f"10.1234/{name}", "kind": "doi"}],
            "provider": {"name": "An Archive"},
        }
    return found


def run(*arguments: str) -> None:
    """Run a command of ours in this process.

    Raises:
        AssertionError: nothing could be done.
    """
    said = io.StringIO()
    status: object = 0
    with redirect_stdout(said), redirect_stderr(said):
        try:
            main(arguments, standalone_mode=False)
        except SystemExit as ended:
            status = ended.code
    assert status in {0, 1}, said.getvalue()


def change(chance: random.Random, revision: str) -> str:
    """Change some records by one command; returns what was done."""
    names = chance.sample(NAMES, chance.randint(1, 8))
    if chance.random() < 0.2:
        run("delete", *names)
        return "delete"
    path = Path(f"{revision}.json")
    path.write_text(json.dumps([record(chance, name, revision) for name in names]))
    run("load", str(path))
    path.unlink()
    return "load"


if __name__ == "__main__":
    if sys.argv[3:] == ["naive"]:
        from tests.harvest import naive

        naive.behave()
    began, dice = time.monotonic(), random.Random(int(sys.argv[1]))
    done: Counter[str] = Counter()
    while time.monotonic() - began < float(sys.argv[2]):
        done[change(dice, f"{sys.argv[1]}.{done.total()}")] += 1
    sys.stdout.write(json.dumps(done))
