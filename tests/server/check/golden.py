"""What is said of a fault, compared with `tests/golden/check.json`."""

import json
import os
import re
from pathlib import Path

from server.check.findings import Finding

GOLDEN = Path(__file__).parents[2] / "golden" / "check.json"


def steady(text: str) -> str:
    """Return a text of a finding without what is another one each time: the port, times, days, tokens, columns."""
    text = re.sub(r"127\.0\.0\.1:[0-9]+", "127.0.0.1:8000", text)
    text = re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!00:00:00)[0-9:]{8}", "TIME", text)
    text = re.sub(r"20(2[6-9]|[3-9][0-9])-[0-9]{2}-[0-9]{2}", "DAY", text)
    text = re.sub(r"column [0-9]+.*", "column N", text)
    return re.sub(r"1\.[A-Za-z0-9_-]{20,}\.[0-9a-f]{8}", "TOKEN", text)


def assert_golden(finding: Finding) -> None:
    """Assert that a finding says what it said before; DRAGOMAN_TEST_UPDATE_GOLDEN=1 takes what it says now."""
    said = {name: steady(getattr(finding, name)) for name in ("where", "expected", "found")}
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    if os.environ.get("DRAGOMAN_TEST_UPDATE_GOLDEN") == "1":
        golden[finding.code] = said
        GOLDEN.write_text(json.dumps(golden, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert said == golden[finding.code]
