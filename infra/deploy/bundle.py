"""Make the bundle for a place without internet: `python -m infra.deploy.bundle --into dist`.

The bundle is one folder: wheels, Kafka's jars, Java as a wheel, the guides, the files of this
folder, checksums and an install script. `make bundle` builds the project's own wheels first, and
the page's libraries are inside them. It holds for the Python and the machine that made it. A wheel
that requirements.lock does not pin by hash is refused.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

from consumers.console.js_libraries import FILES as PAGE_LIBRARIES
from infra.errors import StartError
from infra.kafka.jars import copy_jars
from infra.program_version import this_release
from schemas.i18n import _

ROOT = Path(__file__).parents[2]
CHECKSUMS = "SHA256SUMS"
SCRIPT = "install.sh"
OWN = frozenset({"quipu", "quipu-client"})
_PINNED = re.compile(
    r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)([^\\\n]*)((?:\\\n +--hash=sha256:\w+ ?)+)", re.M
)


def locked_hashes(lock: str) -> Mapping[tuple[str, str], frozenset[str]]:
    """Read the SHA-256 that a lock allows, by name and version of the package."""
    return {
        (_normal(name), version): frozenset(re.findall(r"sha256:(\w+)", hashes))
        for name, version, _marker, hashes in _PINNED.findall(lock)
    }


def constraints(lock: str) -> str:
    """Write a lock as constraints of pip: the versions with their markers, without hashes."""
    lines = (
        f"{name}=={version}{marker.rstrip()}\n"
        for name, version, marker, _hashes in _PINNED.findall(lock)
    )
    return "".join(lines)


def name_and_version(wheel: str) -> tuple[str, str]:
    """Read the package's name and version from the name of its wheel."""
    name, version = wheel.split("-")[:2]
    return _normal(name), version


def unlocked(wheels: Mapping[str, str], lock: str) -> list[str]:
    """Return the wheels, of {name: SHA-256}, that the lock does not pin, but for our own."""
    allowed = locked_hashes(lock)
    return sorted(
        wheel
        for wheel, sha256 in wheels.items()
        if name_and_version(wheel)[0] not in OWN
        and sha256 not in allowed.get(name_and_version(wheel), ())
    )


def requirements(wheels: Mapping[str, str]) -> str:
    """Write what pip installs from wheels of {name: SHA-256}: each by its one hash."""
    return "".join(
        f"{'=='.join(name_and_version(wheel))} --hash=sha256:{sha256}\n"
        for wheel, sha256 in sorted(wheels.items())
    )


def checksums(folder: Path) -> str:
    """Write the SHA-256 of every file below a folder, as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    return "".join(f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def fill(folder: Path, own_wheels: Path) -> None:
    """Put everything into an empty folder.

    `own_wheels`: where the wheels of the project are. Raises StartError where something cannot be
    fetched, or is not what is pinned.
    """
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wheels = folder / "wheels"
    _download(own_wheels, wheels, lock)
    sums = {path.name: _sha256(path) for path in wheels.iterdir()}
    if strange := unlocked(sums, lock):
        raise StartError(
            _("Not pinned by requirements.lock: {names}.", names=", ".join(strange)),
            _("Write the lock again, or use the registry that it was written from."),
            "BUNDLE",
        )
    (folder / "requirements.txt").write_text(requirements(sums), encoding="utf-8")
    copy_jars(folder / "maven")
    _copy_texts(folder)
    (folder / "platform.txt").write_text(platform_text(), encoding="utf-8")
    (folder / CHECKSUMS).write_text(checksums(folder), encoding="utf-8")


def platform_text() -> str:
    """Say which Python and machine the wheels are for, as the install script reads it."""
    python = ".".join(map(str, sys.version_info[:2]))
    return f"release={this_release()}\npython={python}\nmachine={platform.machine()}\n"


def bundle_name() -> str:
    """Return the name of the bundle's folder, such as quipu-0.1.0-py3.11-x86_64."""
    return "quipu-{}-py{}-{}".format(
        *(line.partition("=")[2] for line in platform_text().splitlines())
    )


def _download(own_wheels: Path, wheels: Path, lock: str) -> None:
    wheels.mkdir()
    own = [path for path in own_wheels.glob("*.whl") if name_and_version(path.name)[0] in OWN]
    for wheel in own:
        if name_and_version(wheel.name)[0] == "quipu" and (names := page_libraries_missing(wheel)):
            raise StartError(
                _("The wheel lacks the page's libraries: {names}.", names=", ".join(names)),
                _("Check the connection to the internet, and repeat `make bundle`."),
                "BUNDLE",
            )
    with tempfile.TemporaryDirectory() as place:
        pins = Path(place) / "constraints.txt"
        pins.write_text(constraints(lock), encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        only = ["--only-binary", ":all:", "--constraint", str(pins), "--dest", str(wheels)]
        done = subprocess.run([*pip, *only, *map(str, own)], check=False)
    if done.returncode:
        raise StartError(
            _("The wheels could not be fetched."),
            _("Check the connection to the internet, and repeat `make bundle`."),
            "BUNDLE",
        )


def page_libraries_missing(wheel: Path) -> list[str]:
    """Return the page's libraries that are not inside the wheel of Quipu."""
    with ZipFile(wheel) as archive:
        inside = archive.namelist()
    return sorted(
        name
        for name, path in PAGE_LIBRARIES.items()
        if f"consumers/console/node_modules/{path}" not in inside
    )


def _copy_texts(folder: Path) -> None:
    """Copy the install script, the guides, the licences and the files for other places."""
    here = Path(__file__).parent
    shutil.copy(here / SCRIPT, folder / SCRIPT)
    shutil.copyfile(here / "bundle.txt", folder / "README.txt")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    ignore = shutil.ignore_patterns("__pycache__", "*.py", SCRIPT, "bundle.txt")
    shutil.copytree(here, folder / "deploy", ignore=ignore)
    for page in (*ROOT.glob("docs/*.md"), *ROOT.glob("docs/es/**/*.md"), *_reference()):
        target = folder / page.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)


def _reference() -> list[Path]:
    return [*ROOT.glob("docs/reference/*.md"), ROOT / "docs" / "reference" / "sbom.cdx.json"]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> None:
    """Make the bundle below the folder that `--into` names; it holds the project's wheels too."""
    parser = argparse.ArgumentParser(description="The bundle for a place without internet.")
    parser.add_argument("--into", type=Path, required=True)
    into: Path = parser.parse_args().into
    folder = into / bundle_name()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        fill(folder, into)
    except StartError as error:
        sys.exit(f"{error.code}: {error}")
    print(f"{folder}\nSHA-256 of {CHECKSUMS}: {_sha256(folder / CHECKSUMS)}")


if __name__ == "__main__":
    main()
