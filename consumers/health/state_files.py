"""Keep what health remembers in small files of the data folder: findings and acknowledgements.

They are files, and no table: health must be known while ClickHouse does not answer, and their size
is bounded. A file that cannot be read counts as empty, since health must always be shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import structlog

from consumers.health.acknowledgements import with_newer
from consumers.health.finding_memory import NO_MEMORY, Episode, FindingMemory
from consumers.health.findings import Acknowledgement
from consumers.health.thresholds import Degree
from infra.data_folder import write_atomically
from infra.file_lock import file_lock
from infra.settings import Settings
from schemas.i18n import as_record, from_record

log = structlog.get_logger(__name__)

_MEMORY, _ACKNOWLEDGEMENTS = "findings.json", "acknowledgements.json"
STALE_MS = 120_000
"""After so long without a look, nobody knows whether a finding lasted."""
_LOCK_S = 5.0
DAMAGE = (KeyError, TypeError, ValueError, AttributeError)
"""What a file that somebody changed by hand may raise."""


def read_memory(settings: Settings, now: int) -> FindingMemory:
    """Return what was seen until now; nothing where nobody watched lately. `now` in ms."""
    content = read_health_file(settings, _MEMORY)
    if now - content.get("seen_at", 0) > STALE_MS:
        return NO_MEMORY
    return _memory(content)


def read_former_memory(settings: Settings, now: int) -> FindingMemory:
    """Return what a watcher begins with: after a pause, all that lasted counts as ended then."""
    content = read_health_file(settings, _MEMORY)
    memory = _memory(content)
    if now - content.get("seen_at", 0) > STALE_MS:
        return memory.after((), content.get("seen_at", now))
    return memory


def write_memory(settings: Settings, memory: FindingMemory, now: int) -> None:
    """Write what is remembered, as of `now` in ms since 1970 UTC."""
    content = {
        "seen_at": now,
        "lasting": [_episode_record(episode) for episode in memory.lasting.values()],
        "ended": [_episode_record(episode) for episode in memory.ended],
    }
    write_health_file(settings, _MEMORY, content)


def read_acknowledgements(settings: Settings) -> list[Acknowledgement]:
    """Return what was acknowledged, ended or not."""
    content = read_health_file(settings, _ACKNOWLEDGEMENTS)
    try:
        return [
            Acknowledgement(**{**entry, "degree": Degree(entry["degree"])})
            for entry in content.get("acknowledgements", ())
        ]
    except DAMAGE as error:
        log.warning("acknowledgements_unreadable", error=repr(error))
        return []


def add_acknowledgements(settings: Settings, newer: Sequence[Acknowledgement], now: int) -> None:
    """Add acknowledgements in place of those of the same findings. Raises BlockingIOError."""
    with file_lock(settings.health_dir / "lock", _LOCK_S):
        _write_acknowledgements(settings, with_newer(read_acknowledgements(settings), newer, now))


def end_acknowledgements(settings: Settings, subject: str) -> int:
    """End those of a part of the system; return how many there were. Raises BlockingIOError."""
    with file_lock(settings.health_dir / "lock", _LOCK_S):
        present = read_acknowledgements(settings)
        rest = [known for known in present if known.key.partition("|")[0] != subject]
        _write_acknowledgements(settings, rest)
    return len(present) - len(rest)


def _write_acknowledgements(
    settings: Settings, acknowledgements: Sequence[Acknowledgement]
) -> None:
    entries = [asdict(known) for known in acknowledgements]
    write_health_file(settings, _ACKNOWLEDGEMENTS, {"acknowledgements": entries})


def write_health_file(settings: Settings, name: str, content: Mapping[str, object]) -> None:
    """Write one of health's files whole, for its owner alone."""
    settings.health_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(settings.health_dir / name, json.dumps(content) + "\n")


def read_health_file(settings: Settings, name: str) -> dict[str, Any]:
    """Return the content of one of health's files; empty where it is missing or damaged."""
    path = settings.health_dir / name
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, OSError) as error:
        log.warning("health_file_unreadable", file=str(path), error=repr(error))
        return {}
    return content if isinstance(content, dict) else {}


def _memory(content: Mapping[str, Any]) -> FindingMemory:
    try:
        lasting = [_episode(entry) for entry in content.get("lasting", ())]
        ended = [_episode(entry) for entry in content.get("ended", ())]
    except DAMAGE as error:
        log.warning("remembered_findings_unreadable", error=repr(error))
        return NO_MEMORY
    return FindingMemory({episode.key: episode for episode in lasting}, ended)


def _episode_record(episode: Episode) -> dict[str, object]:
    return {
        "key": episode.key,
        "degree": int(episode.degree),
        "message": as_record(episode.message),
        "since_at": episode.since_at,
        "until_at": episode.until_at,
    }


def _episode(entry: Mapping[str, Any]) -> Episode:
    return Episode(
        entry["key"],
        Degree(entry["degree"]),
        from_record(entry["message"]),
        entry["since_at"],
        entry["until_at"],
    )
