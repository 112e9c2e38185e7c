"""Prepare the data folder: its format version, its folders, its one `quipu up`, its ports."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from infra.errors import HomeError
from infra.file_lock import file_lock
from infra.private_files import mend_rights
from infra.settings import LOOPBACK, Settings
from infra.system_errors import reason_of
from schemas.i18n import _

FORMAT = 1
"""The version of the folder's layout, in the file VERSION; raise it with a MIGRATIONS entry."""

MIGRATIONS: Mapping[int, Callable[[Path], None]] = {}
"""From a version, the function that turns the folder into the next one."""

_OWN = (
    "access",
    "credentials",
    "kafka",
    "clickhouse",
    "state",
    "nodes",
    "run",
    "logs",
    "checkpoints",
    "health",
)
_BEFORE_FIRST_USE = frozenset({"quipu.toml", "keys", "types", *_OWN})
"""May be there before the first `quipu up`: settings, keys, types of its own, nodes."""


@dataclass(frozen=True)
class Ports:
    """Hold the ports on the loopback interface.

    They are chosen when the folder is first used and kept while they are free.
    """

    kafka: int
    kafka_controller: int
    clickhouse: int
    api: int


def prepare(settings: Settings) -> int:
    """Create the data folder, or check that it is of this format, migrating an older one.

    Returns how many files and folders in it were open to other users; they are no more. Raises
    HomeError for a newer format, an older one without a way, and a folder that holds
    something else.
    """
    home = settings.home
    _make(home)
    version = _version(home)
    mended = _mend_rights(home)
    if version is not None and version > FORMAT:
        raise _newer(home, version)
    while version is not None and version < FORMAT:
        version = _migrate(home, version)
    for name in _OWN:
        _make(home / name)
    _make(settings.keys_dir)
    for private in (settings.keys_dir, settings.credentials_dir, settings.access_dir):
        private.chmod(0o700)
    write_atomically(home / "VERSION", f"{FORMAT}\n")
    return mended


@contextmanager
def exclusive_use(settings: Settings) -> Iterator[None]:
    """Prepare the folder and be its only `quipu up` for the time of the block. Raises HomeError."""
    prepare(settings)
    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock(settings.run_dir / "lock"))
        except BlockingIOError as error:
            raise in_use(settings) from error
        yield


def choose_ports(settings: Settings) -> Ports:
    """Choose the ports of the last run where they are still free, others where not.

    They are written to `run/ports.json`.
    """
    path = settings.run_dir / "ports.json"
    former = json.loads(path.read_text()) if path.exists() else {}
    with ExitStack() as taken_ports:
        chosen = {
            name: _choose(former.get(name, 0), taken_ports) for name in Ports.__dataclass_fields__
        }
    write_atomically(path, json.dumps(chosen) + "\n")
    return Ports(**chosen)


def write_atomically(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new content, never a part.

    Only its owner can read it. A link that somebody put in its way is not followed.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with create_private(part) as file:
        file.write(text.encode())
    part.replace(path)


def create_private(path: Path) -> BinaryIO:
    """Create a file that only its owner can read, for writing bytes.

    What was there is removed; a link is never followed. Raises OSError.
    """
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _choose(preferred: int, taken_ports: ExitStack) -> int:
    """Find a free port and keep it bound until `taken_ports` closes.

    So no two ports of one choice are equal.
    """
    for port in (preferred, 0):
        candidate = taken_ports.enter_context(socket.socket())
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            continue
        return int(candidate.getsockname()[1])
    raise HomeError(
        _("No free port is left on {loopback}.", loopback=LOOPBACK),
        _("Close other programs and try again."),
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise HomeError(
            _(
                "The folder {folder} cannot be created: {strerror}.",
                folder=folder,
                strerror=reason_of(error),
            ),
            _("Name another with --home or QUIPU_HOME."),
        ) from error


def _mend_rights(home: Path) -> int:
    try:
        return mend_rights(home)
    except OSError as error:
        raise HomeError(
            _(
                "The rights of {folder} cannot be changed: {strerror}.",
                folder=home,
                strerror=reason_of(error),
            ),
            _("Run Quipu as the user to whom the folder belongs, and as no other."),
        ) from error


def _version(home: Path) -> int | None:
    """Return the folder's format; None for one not used yet."""
    path = home / "VERSION"
    if path.exists():
        text = path.read_text(errors="replace").strip()
        if text.isdecimal():
            return int(text)
        raise _not_ours(home, f"VERSION = {text[:40]!r}")
    foreign = sorted(entry.name for entry in home.iterdir() if entry.name not in _BEFORE_FIRST_USE)
    if foreign:
        raise _not_ours(home, ", ".join(foreign[:3]))
    return None


def _migrate(home: Path, version: int) -> int:
    step = MIGRATIONS.get(version)
    if step is None:
        raise HomeError(
            _(
                "The data folder {home} is of format {version}; this program uses "
                "{format} and cannot migrate it.",
                home=home,
                version=version,
                format=FORMAT,
            ),
            _("Use the release of Quipu that created it, or start with another folder (--home)."),
            "HOME_OLDER",
        )
    step(home)
    write_atomically(home / "VERSION", f"{version + 1}\n")
    return version + 1


def _newer(home: Path, version: int) -> HomeError:
    return HomeError(
        _(
            "The data folder {home} is of format {version}, newer than this program's {format}.",
            home=home,
            version=version,
            format=FORMAT,
        ),
        _("Update Quipu; nothing was touched."),
        "HOME_NEWER",
    )


def _not_ours(home: Path, why: str) -> HomeError:
    return HomeError(
        _("{home} is not a data folder of Quipu ({why}).", home=home, why=why),
        _("Name an empty or new one with --home."),
        "HOME_FOREIGN",
    )


def in_use(settings: Settings) -> HomeError:
    """Make the error for a folder for which a `quipu up` already runs."""
    pid = read_run_state(settings).get("pid", "?")
    return HomeError(
        _("A `quipu up` already runs for {home} (pid {pid}).", home=settings.home, pid=pid),
        _("Stop it with `quipu down`, or use another folder with --home."),
        "HOME_IN_USE",
    )


def read_run_state(settings: Settings) -> dict[str, object]:
    """Return what the running (or last) `quipu up` wrote of itself: pid, start, children.

    The mapping is empty where it never ran.
    """
    try:
        content = json.loads((settings.run_dir / "up.json").read_text())
    except FileNotFoundError:
        return {}
    return dict(content)
