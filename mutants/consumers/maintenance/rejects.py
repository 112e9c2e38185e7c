"""What was not taken: items with their verdict and messages rejected whole; why, what their sender
was told, and what would redrive them.

A verdict is a function of the log, so nothing here changes one. There are four ways of trying
again, and each leaves it to the log:

- **itself**: a pending item is taken up when config brings its schema; nobody sends anything.
- **sender**: a rejected item is out for good, and has left no trace in the state: the same item,
  sealed anew by its sender, is judged anew. Nobody else can: the content is sealed, and not even
  its node keeps the key.
- **reread**: a message of a derived topic that the sink could not read, read again by the sink from
  there on, in the order of the log (single messages out of order could bring back what an erasure
  took). What is there already collapses.
- **rebuild**: a message that correlate could not read: its state cannot go back, the next
  generation's is made without it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from consumers.store.sql import sql
from infra.clickhouse.client import Client
from infra.data_folder import write_atomically
from infra.settings import Settings

RetryPath = Literal["itself", "sender", "reread", "rebuild", "none"]
RETRY_PATHS: tuple[RetryPath, ...] = ("itself", "sender", "reread", "rebuild", "none")
NEVER_RETRIED = frozenset({"REPEAT", "DUPLICATE"})
_DERIVED = re.compile(r"quipu\.g\d+\.(accepted|observations|evidence|rejects)")
REREAD = "sink.reread.json"


@dataclass(frozen=True, slots=True)
class Reject:
    """`what`: item | message; `detail`: the field of an item, words of a message (never content);
    `item` -1: the whole message.
    """

    what: str
    node: str
    verdict: str
    code: str
    detail: str
    recorded_at: int
    topic: str
    partition: int
    offset: int
    item: int
    cord: str
    sequence: int
    id: str

    @property
    def position(self) -> str:
        """topic/partition/offset[/item]"""
        whole = f"{self.topic}/{self.partition}/{self.offset}"
        return whole if self.item < 0 else f"{whole}/{self.item}"

    @property
    def retry_path(self) -> RetryPath:
        """How it can be tried again."""
        if self.verdict == "pending":
            return "itself"
        derived = _DERIVED.match(self.topic)
        if derived:
            return "rebuild" if derived[1] == "observations" else "reread"
        return "none" if self.code in NEVER_RETRIED or not self.node else "sender"

    @property
    def told(self) -> bool:
        """Whether a receipt says it to the sender: of items always, of bundles where it is known
        whose they are.
        """
        return self.what == "item" or (bool(self.node) and self.topic.startswith("quipu.bundles."))


@dataclass(frozen=True, slots=True)
class RejectFilter:
    """Which; empty and 0 mean any. `since`: ms since 1970 UTC."""

    code: str = ""
    node: str = ""
    since: int = 0


def find_rejects(client: Client, wanted: RejectFilter, limit: int | None = None) -> list[Reject]:
    """Newest first. `client`: of the generation's database."""
    query = sql("rejects") + (f"LIMIT {limit:d}" if limit is not None else "")
    return [
        Reject(*row)
        for row in client.execute(
            query, {"code": wanted.code, "node": wanted.node, "since": wanted.since}
        )
    ]


def count_rejects(found: Iterable[Reject]) -> list[tuple[str, str, str, int]]:
    """Node, verdict, code, how many; the most first."""
    counts = Counter((one.node, one.verdict, one.code) for one in found)
    return [
        (*key, number)
        for key, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def matching_id(found: Sequence[Reject], id_: str) -> list[Reject]:
    """Those whose event id begins or ends with these digits, or that stand at this place
    (topic/partition/offset[/item]).
    """
    digits = id_.lower()
    return [
        one
        for one in found
        if one.position == id_
        or one.position.startswith(f"{id_}/")
        or (one.id and (one.id.startswith(digits) or one.id.endswith(digits)))
    ]


def by_retry_path(found: Iterable[Reject]) -> Mapping[RetryPath, list[Reject]]:
    """Parted by how they can be tried again."""
    ways: dict[RetryPath, list[Reject]] = {}
    for one in found:
        ways.setdefault(one.retry_path, []).append(one)
    return {way: ways[way] for way in RETRY_PATHS if way in ways}


def ask_reread(settings: Settings, found: Iterable[Reject]) -> dict[str, dict[str, int]]:
    """Ask the sink of this data folder to read these partitions again, each from its first reject
    on; what was asked, by topic.
    """
    asked: dict[str, dict[str, int]] = {}
    for one in found:
        places = asked.setdefault(one.topic, {})
        places[str(one.partition)] = min(one.offset, places.get(str(one.partition), one.offset))
    write_atomically(settings.run_dir / REREAD, json.dumps(asked) + "\n")
    return asked


def take_reread(settings: Settings) -> dict[tuple[str, int], int]:
    """What was asked of the sink: (topic, partition) → offset. The request stays until
    `done_reread`.
    """
    path = settings.run_dir / REREAD
    if not path.exists():
        return {}
    asked: Any = json.loads(path.read_text(encoding="utf-8"))
    return {
        (topic, int(partition)): offset
        for topic, places in asked.items()
        for partition, offset in places.items()
    }


def done_reread(settings: Settings) -> None:
    """The group stands at the asked offsets: however it ends now, they are read again."""
    (settings.run_dir / REREAD).unlink(missing_ok=True)
