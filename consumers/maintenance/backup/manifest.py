"""Say what a backup holds, and compare it with what is there. Pure but for reading files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.sealed_files import SealedFile, sha256_of
from schemas.i18n import _

FORMAT = 1
NAME = "manifest.json"
DATA = "data"
"""The folder of the sealed files."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `created_at`: when it began, ms since 1970 UTC.

    `ends`: by `topic/partition`; `recipient`: the public key that it is sealed for, in hexadecimal;
    `files`: by name.
    """

    created_at: int
    generation: int
    with_keys: bool
    recipient: str
    ends: Mapping[str, int]
    files: Mapping[str, SealedFile]
    format: int = FORMAT


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the bytes of the file: what is signed, and written last, so a cut backup has none."""
    content = {**asdict(manifest), "files": {n: f._asdict() for n, f in manifest.files.items()}}
    return (json.dumps(content, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """Return what the backup says of itself. Raises BackupError."""
    path = folder / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise BackupError(
                _("{path} is of a format that this release cannot read.", path=path),
                _("Restore it with the release that wrote it, or a newer one."),
                "BACKUP_FORMAT",
            )
        files = {str(name): SealedFile(**entry) for name, entry in content.pop("files").items()}
        return Manifest(**content, files=files)
    except FileNotFoundError as error:
        raise BackupError(
            _("{path} is missing: the folder is no backup, or was cut short.", path=path),
            _("Use another backup. This one did not end, or was not copied whole."),
            "BACKUP_CUT",
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise altered(path) from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with the manifest. Raises BackupError, which names the file."""
    for name, expected in manifest.files.items():
        path = folder / DATA / name
        if not path.is_file():
            raise BackupError(
                _("{path} is missing from the backup.", path=path),
                _("Copy the backup again from where it was made, or use another one."),
                "BACKUP_CUT",
            )
        if sha256_of(path) != expected:
            raise altered(path)


def altered(path: Path) -> BackupError:
    """Make the error for a file that is not what was written."""
    return BackupError(
        _("{path} is not what the backup wrote: it was cut or changed.", path=path),
        _("Copy the backup again from where it was made, or use another one. Find out who wrote."),
        "BACKUP_ALTERED",
    )
