"""Fetch the jars of the embedded broker once, and check their SHA-256 at every start.

jgo fetches them into its own cache. Its `build` is not used: to distinguish modules from class path
jars it fetches a JDK of its own, a download stopped half way stays in its cache as if whole, and it
knows no pinned hashes. Its resolver and its cache are used. Where the air-gapped bundle brought the
jars, they lie with the program, and nothing is fetched. Run as a program, this prints what
`jars.toml` must hold for the coordinates below.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tomllib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.resources import files
from pathlib import Path
from typing import Any

import jgo
import requests
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext

from infra.errors import StartError
from infra.file_lock import file_lock
from schemas.i18n import _

KAFKA = "org.apache.kafka:kafka_2.13:4.3.1"
LOGGING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"

BUNDLED = Path(sys.prefix) / "share" / "quipu" / "maven"
"""Where the bundle's install script puts the jars, in the layout of a Maven repository."""

DownloadProgress = Callable[[int, int], None]
"""Called with (jars there, jars in all) while some are being fetched."""

_GIVE_UP_AFTER_S = 600.0
_PARALLEL_DOWNLOADS = 6


def class_path(progress: DownloadProgress | None = None) -> list[Path]:
    """Return the broker's jars, fetching the missing ones.

    Raises StartError when they cannot be fetched or are not the pinned ones.
    """
    pinned = _pinned()
    artifacts = {coordinate: _artifact(coordinate) for coordinate in pinned}
    missing = [
        name
        for name, artifact in artifacts.items()
        if not _is_whole(artifact.cached_path, pinned[name])
    ]
    if missing:
        _fetch({name: artifacts[name] for name in missing}, pinned, progress)
    return [artifact.cached_path for artifact in artifacts.values()]


def copy_jars(folder: Path) -> None:
    """Copy the broker's jars into a folder, in the layout of a Maven repository.

    Raises StartError as `class_path` does.
    """
    for jar in class_path():
        target = folder / jar.relative_to(_repository())
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(jar, target)


def _fetch(
    artifacts: Mapping[str, Any], pinned: Mapping[str, str], progress: DownloadProgress | None
) -> None:
    """Fetch under a lock, because two homes may start for the first time at once."""
    with (
        file_lock(_settings().cache_dir / "quipu.lock", _GIVE_UP_AFTER_S),
        ThreadPoolExecutor(_PARALLEL_DOWNLOADS) as pool,
    ):
        fetched_bytes = len(pinned) - len(artifacts)
        fetches = {
            pool.submit(_fetch_one, name, artifacts[name], pinned[name]) for name in artifacts
        }
        if progress:
            progress(fetched_bytes, len(pinned))
        for done, fetch in enumerate(as_completed(fetches), start=1):
            fetch.result()
            if progress:
                progress(fetched_bytes + done, len(pinned))


def _fetch_one(name: str, artifact: Any, sha256: str) -> None:
    path: Path = artifact.cached_path
    if _is_whole(path, sha256):
        return
    path.unlink(missing_ok=True)
    try:
        artifact.resolve()
    except (requests.RequestException, RuntimeError, ValueError, OSError) as error:
        raise _cannot_fetch(name, f"{type(error).__name__}: {error}"[:160]) from error
    if not _is_whole(path, sha256):
        path.unlink(missing_ok=True)
        raise _cannot_fetch(name, f"SHA-256 ≠ {sha256}")


def _cannot_fetch(name: str, why: str) -> StartError:
    return StartError(
        _("{name}, for Kafka, could not be fetched: {why}.", name=name, why=why),
        _(
            "Check the connection to the internet (or the Maven mirror) and repeat; "
            "finished downloads are kept."
        ),
        "JARS",
    )


def _is_whole(path: Path, sha256: str) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _artifact(coordinate: str) -> Any:
    group, name, version = coordinate.split(":")
    return _context().project(group, name).at_version(version).artifact()


def _context() -> MavenContext:
    settings = _settings()
    remote = {"central": MAVEN_CENTRAL_URL, **settings.repositories}
    return MavenContext(repo_cache=_repository(), remote_repos=remote)


def _repository() -> Path:
    if BUNDLED.is_dir():
        return BUNDLED
    cache: Path = _settings().repo_cache
    return cache


def _settings() -> Any:
    return GlobalSettings.load()


def _pinned() -> dict[str, str]:
    return tomllib.loads(files("infra.kafka").joinpath("jars.toml").read_text())


def _lock_lines() -> list[str]:
    binding = [
        artifact
        for artifact in jgo.resolve(LOGGING)
        if str(artifact).startswith(LOGGING.rsplit(":", 1)[0])
    ]
    lines = []
    for artifact in [*jgo.resolve(KAFKA), *binding]:
        digest = hashlib.sha256(artifact.resolve().read_bytes()).hexdigest()
        lines.append(f'"{artifact.groupId}:{artifact.artifactId}:{artifact.version}" = "{digest}"')
    return sorted(lines)


if __name__ == "__main__":
    print("\n".join(_lock_lines()))
