"""What is said in docker/ is there: files, settings, versions."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.config import PREFIX, Config

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """Give compose.yaml as it is read."""
    found: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    return found


def test_every_file_and_service_that_is_named_is_there(compose: dict[str, Any]) -> None:
    """Mounted files, the Dockerfile, the services that others wait for, the volumes."""
    services = compose["services"]
    for service in services.values():
        for mount in service.get("volumes", []):
            source = mount.partition(":")[0]
            assert (DOCKER / source).is_file() if source.startswith(".") else source in compose["volumes"]
        assert set(service.get("depends_on", {})) <= set(services)
    build = services["app"]["build"]
    assert (DOCKER / build["context"] / build["dockerfile"]).is_file()


def test_every_setting_that_is_named_is_one() -> None:
    """In compose.yaml, the Dockerfile and the example of an environment."""
    known = {PREFIX + name.upper() for name in Config.model_fields}
    for file in ("compose.yaml", "Dockerfile", "example.env"):
        assert set(re.findall(rf"{PREFIX}[A-Z_]+", (DOCKER / file).read_text())) <= known


def test_what_must_be_set_stands_in_the_example() -> None:
    """Each variable of compose.yaml has a line there."""
    wanted = re.findall(r"\$\{([A-Z_]+)", (DOCKER / "compose.yaml").read_text())
    example = re.findall(r"^([A-Z_]+)=", (DOCKER / "example.env").read_text(), re.MULTILINE)
    assert set(wanted) == set(example)


def test_the_image_has_the_versions_that_are_tested() -> None:
    """Packages and Mirador, with the same checksums."""
    tested = (ROOT / "requirements.lock").read_text().splitlines()
    pinned = [line for line in (DOCKER / "requirements.lock").read_text().splitlines() if "==" in line]
    assert [line for line in pinned if line not in tested] == []
    makefile, dockerfile = (ROOT / "Makefile").read_text(), (DOCKER / "Dockerfile").read_text()
    for name in ("MIRADOR", "MIRADOR_SHA512"):
        (version,) = re.findall(rf"^{name} := (\S+)$", makefile, re.MULTILINE)
        assert f"ARG {name}={version}\n" in dockerfile


def test_the_image_is_given_the_packages_alone() -> None:
    """What the Dockerfile copies is let through, and the rest of the checkout stays out."""
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (DOCKER / "Dockerfile").read_text(), re.MULTILINE)
    named = {name for line in copied for name in line.split()}
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert named == let_in
