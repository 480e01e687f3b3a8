"""Fixtures of the pages: settings whose viewer is not installed, until a test puts a file there."""

from pathlib import Path

import pytest

from server.config import Config


@pytest.fixture
def config(config: Config, tmp_path: Path) -> Config:
    """Give settings whose viewer is a file that a test can make."""
    return config.model_copy(update={"viewer_file": tmp_path / "mirador.min.js"})
