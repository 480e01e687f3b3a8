"""Packages of npm that the browser's tests need, and that we do not ship: fetched once, each held to its hash."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

KEPT = Path(sys.prefix) / "share" / "dragoman-tests"
"""Where they are kept, in the environment that tests run in."""


class MissingError(Exception):
    """A package cannot be had; says why."""


@dataclass(frozen=True)
class Package:
    """A version of a package.

    Attributes:
        name: as npm has it.
        version: its version.
        sha512: what its archive hashes to.
    """

    name: str
    version: str
    sha512: str

    @property
    def folder(self) -> str:
        """The name of its folder among those that are kept."""
        return f"{self.name.strip('@').replace('/', '-')}-{self.version}"

    def fetch(self) -> Path:
        """Return the folder of its files, fetched with npm unless it is there.

        Raises:
            MissingError: npm is not here or cannot fetch it, or what came is not the file that we know.
        """
        place = KEPT / self.folder
        if place.is_dir():
            return place
        npm = shutil.which("npm")
        if npm is None:
            raise MissingError(f"npm is missing: it brings {self.name}")
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            archive = self._packed(npm, Path(folder))
            with tarfile.open(archive) as files:
                files.extractall(folder, filter="data")
            os.replace(Path(folder) / "package", place)  # noqa: PTH105 - at once, whatever runs beside it
        return place

    def _packed(self, npm: str, folder: Path) -> Path:
        wanted = f"{self.name}@{self.version}"
        ran = subprocess.run([npm, "pack", "--silent", wanted], cwd=folder, capture_output=True, check=False)
        archive = folder / f"{self.folder}.tgz"
        if ran.returncode or not archive.is_file():
            raise MissingError(f"npm cannot fetch {wanted}: {ran.stderr.decode(errors='replace').strip()}")
        if hashlib.sha512(archive.read_bytes()).hexdigest() != self.sha512:
            raise MissingError(f"{archive.name} is not the file that we know")
        return archive


AXE = Package(
    "axe-core",
    "4.14.1",
    "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965"
    "edfb3a0b9d546b5",
)
"""Finds what keeps people from reading a page."""

UNIVERSAL_VIEWER = Package(
    "universalviewer",
    "4.4.0",
    "f4e56ceae0b3790630e748e0f24daf106aba85016eee412ff4e380966a951fd76e86ba60d71948a9c3086f6ae13509c0c5341ddd1d7783127"
    "37bd518922c1dce",
)

CLOVER = Package(
    "@samvera/clover-iiif",
    "3.3.8",
    "976f06a192bba83e34d8b5d6fc9a59cbd157df78605f4245351a5c751e83261c2eb3a9b85914fd48e3dd312c130d6fb0df78566c8c91336c16"
    "709e03d78d4994",
)
