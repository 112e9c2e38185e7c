"""Remember the history of each topic of the log in a file of the data folder.

    <home>/checkpoints/<topic>.json            who the topic is, and its partitions' tree heads
    <home>/checkpoints/accepted-losses.jsonl   each loss that an operator accepted, and why

A copy of this folder on another machine shows a loss even where the data folder itself was changed.
"""

from __future__ import annotations

import base64
import binascii
import getpass
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from infra.data_folder import write_atomically
from infra.errors import HistoryLostError
from infra.exchange_log.log_history import (
    HistoryLoss,
    PartitionHead,
    TopicIdentity,
    TopicRecord,
)
from infra.file_lock import file_lock
from infra.settings import Settings
from schemas.checkpoint.chain import Origin
from schemas.i18n import _
from schemas.topics import CHECKPOINTS

LOCK_PATIENCE_S = 10.0


def load_records(settings: Settings) -> dict[str, TopicRecord]:
    """Return what is remembered of each topic.

    Raises HistoryLostError CHECKPOINT_UNREADABLE: a broken file is not the same as none.
    """
    return {path.stem: _load(path) for path in settings.checkpoints_dir.glob("quipu.*.json")}


def remember(
    settings: Settings, topic: str, former: TopicRecord | None, record: TopicRecord
) -> bool:
    """Replace what is remembered of a topic, if that is still `former`; say whether it was.

    Otherwise another process remembered something meanwhile, which stays.
    """
    path = _path(settings, topic)
    with _locked(settings):
        if (_load(path) if path.exists() else None) != former:
            return False
        write_atomically(path, json.dumps(_content(record), indent=1) + "\n")
        return True


def note_accepted_loss(
    settings: Settings, topic: str, losses: Sequence[HistoryLoss], reason: str
) -> None:
    """Add a line that says who accepted what, when and why. Nothing removes it."""
    note = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "user": getpass.getuser(),
        "topic": topic,
        "losses": [loss._asdict() for loss in losses],
        "reason": reason,
    }
    path = settings.checkpoints_dir / "accepted-losses.jsonl"
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    with _locked(settings), os.fdopen(os.open(path, flags, 0o600), "ab") as file:
        file.write(json.dumps(note, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def accepted_losses(settings: Settings) -> Counter[str]:
    """Count the losses that operators accepted, by topic. Raises HistoryLostError."""
    path = settings.checkpoints_dir / "accepted-losses.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return Counter(str(json.loads(line)["topic"]) for line in lines)
    except FileNotFoundError:
        return Counter()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _unreadable(path) from error


def origin_of(topic: str, partition: int, losses: Mapping[str, int]) -> Origin:
    """Name the tree of a partition now, by the losses that were accepted (`accepted_losses`).

    Where the checkpoints themselves were lost, each tree begins again.
    """
    history = 1 + losses.get(topic, 0) + losses.get(CHECKPOINTS, 0)
    return Origin(topic, partition, history)


@contextmanager
def _locked(settings: Settings) -> Iterator[None]:
    settings.checkpoints_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file_lock(settings.checkpoints_dir / ".lock", LOCK_PATIENCE_S):
        yield


def _path(settings: Settings, topic: str) -> Path:
    return settings.checkpoints_dir / f"{topic}.json"


def _content(record: TopicRecord) -> dict[str, object]:
    return {
        "identity": record.identity._asdict() if record.identity else None,
        "ends": record.ends,
        "partitions": [
            {**head._asdict(), "root": base64.b64encode(head.root).decode()}
            for head in record.heads
        ],
    }


def _load(path: Path) -> TopicRecord:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        identity = content["identity"]
        heads = tuple(
            PartitionHead(
                int(head["size"]), base64.b64decode(head["root"], validate=True), int(head["first"])
            )
            for head in content["partitions"]
        )
        ends = tuple(map(int, content["ends"]))
        return TopicRecord(TopicIdentity(**identity) if identity else None, heads, ends)
    except (OSError, ValueError, TypeError, KeyError, binascii.Error) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> HistoryLostError:
    return HistoryLostError(
        _("What is remembered of the log cannot be read: {path}.", path=path),
        _(
            "Somebody changed it, or the disk is damaged. Restore the folder checkpoints/ from "
            "the backup, then run `quipu verify`."
        ),
        "CHECKPOINT_UNREADABLE",
    )
