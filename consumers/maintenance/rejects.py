"""Find what was not accepted: items with their verdict, and messages that were rejected whole.

A verdict is computed from the log, so nothing here changes one. There are four ways to try again,
and each leaves it to the log:

- **itself**: a pending item is processed when config brings its schema; nobody sends anything.
- **sender**: a rejected item has left no trace in the state. Its sender seals the same item again,
  and it gets a new verdict. Nobody else can: the content is sealed, and not even the node keeps the
  key.
- **reread**: the sink reads a message of a derived topic again that it could not read, and
  everything after it, in the order of the log (single messages out of order could bring back what
  an erasure removed). Rows that are there already collapse.
- **rebuild**: correlate could not read a message. Its state cannot go back, so the next generation
  is made without the fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from consumers.store.sql import sql
from infra.clickhouse.client import Client
from schemas.topics import kind_of

RetryPath = Literal["itself", "sender", "reread", "rebuild", "none"]
RETRY_PATHS: tuple[RetryPath, ...] = ("itself", "sender", "reread", "rebuild", "none")
NEVER_RETRIED = frozenset({"REPEAT", "DUPLICATE"})
_READ_AGAIN = frozenset({"accepted", "evidence", "links", "rejects"})
"""Kinds of topics from which the sink can read a message again."""
_REBUILT = frozenset({"observations", "persons"})
"""Kinds of topics that a worker reads into its state, which cannot go back."""


@dataclass(frozen=True, slots=True)
class Reject:
    """An item that was rejected or is pending, or a message that was rejected whole.

    `what`: item or message; `detail`: the field of an item, or words about a message (never
    content); `recorded_at`: ms since 1970 UTC; `item`: -1 where it is the whole message.
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
        """Where it is in the log: topic/partition/offset[/item]."""
        message = f"{self.topic}/{self.partition}/{self.offset}"
        return message if self.item < 0 else f"{message}/{self.item}"

    @property
    def retry_path(self) -> RetryPath:
        """The way in which it can be tried again."""
        if self.verdict == "pending":
            return "itself"
        kind = kind_of(self.topic)
        if kind in _REBUILT:
            return "rebuild"
        if kind in _READ_AGAIN:
            return "reread"
        return "none" if self.code in NEVER_RETRIED or not self.node else "sender"

    @property
    def has_receipt(self) -> bool:
        """Whether a receipt says it to the sender.

        A receipt says it of every item, and of a bundle whose node is known.
        """
        return self.what == "item" or (bool(self.node) and self.topic.startswith("quipu.bundles."))


@dataclass(frozen=True, slots=True)
class RejectFilter:
    """Which rejects; empty and 0 mean any. `since`: ms since 1970 UTC."""

    code: str = ""
    node: str = ""
    since: int = 0


class RejectCount(NamedTuple):
    """How many rejects a node has of one code."""

    node: str
    verdict: str
    code: str
    number: int


def find_rejects(client: Client, filter_: RejectFilter) -> list[Reject]:
    """Return the rejects, newest first. `client`: of the generation's database."""
    return [Reject(*row) for row in client.execute(sql("rejects"), asdict(filter_))]


def count_rejects(rejects: Iterable[Reject]) -> list[RejectCount]:
    """Count by node, verdict and code; the most frequent come first."""
    counts = Counter((reject.node, reject.verdict, reject.code) for reject in rejects)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [RejectCount(*key, count) for key, count in ordered]


def matching_id(rejects: Sequence[Reject], id_: str) -> list[Reject]:
    """Return the rejects that the id names.

    It is the first or last digits of an event's id, or a position (topic/partition/offset[/item]).
    """
    digits = id_.lower()
    return [
        reject
        for reject in rejects
        if reject.position == id_
        or reject.position.startswith(f"{id_}/")
        or (reject.id and (reject.id.startswith(digits) or reject.id.endswith(digits)))
    ]


def by_retry_path(rejects: Iterable[Reject]) -> Mapping[RetryPath, list[Reject]]:
    """Group the rejects by the way in which they can be tried again."""
    groups: dict[RetryPath, list[Reject]] = {}
    for reject in rejects:
        groups.setdefault(reject.retry_path, []).append(reject)
    return {path: groups[path] for path in RETRY_PATHS if path in groups}
