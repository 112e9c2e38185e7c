"""What is known of the line at one moment. Times: ms since 1970 UTC where they end in `_at`,
seconds where in `_s`.

A piece that could not be had is `Unknown`, with the reason; never a guess, never an error that
hides the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why something is not known, short: `why` in English, `es` where it can be said in Spanish
    (what a client raises cannot).
    """

    why: str
    es: str = ""

    def text(self, lang: str) -> str:
        """In `lang` (es or en)."""
        return self.es if lang == "es" and self.es else self.why


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes."""

    free: int
    total: int

    @property
    def free_share(self) -> float:
        """0..1."""
        return self.free / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class TopicStatus:
    """`messages`: between its begin and its end; `end`: the sum of the offsets at its end; `grown`:
    appended in the last ten minutes.
    """

    name: str
    partitions: int
    messages: int
    end: int
    grown: int
    bytes: int | None


@dataclass(frozen=True, slots=True)
class StageStatus:
    """A stage of the line as Kafka sees it. `lag_s`: age of the oldest message not committed.

    `members`: processes in its group now; None for `hits`, whose process keeps its place in a group
    without joining it.
    """

    name: str
    members: int | None
    lag: int
    lag_s: float


@dataclass(frozen=True, slots=True)
class KafkaStatus:
    """`answer_s`: how long an administrative question took."""

    answer_s: float
    brokers: int
    topics: Sequence[TopicStatus]
    stages: Sequence[StageStatus]
    disk: Disk | None


@dataclass(frozen=True, slots=True)
class TableStatus:
    """Of the generation's database."""

    name: str
    parts: int
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """ClickHouse. `answer_s`: of SELECT 1."""

    answer_s: float
    database: str
    tables: Sequence[TableStatus]
    disk: Disk | None


@dataclass(frozen=True, slots=True)
class ProcessState:
    """A process of this machine. `figures`: what it told last (infra.telemetry.status_file),
    `silent_s` ago; `up_s`: since it was started.
    """

    name: str
    pid: int | None
    alive: bool
    restarts: int
    up_s: float | None
    rss: int | None
    silent_s: float | None
    still_s: float
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """Bundles of a cord that were never heard, though a later one was, at `since_at`."""

    cord: str
    first: int
    last: int
    since_at: int


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """Of a node whose outbox is in this data folder: bundles, and since when the oldest of them
    waits.
    """

    unsent: int
    unsent_since_at: int | None
    unanswered: int
    unanswered_since_at: int | None
    refused: int
    erasing: int


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """`heard_at`: append time of the last bundle taken; `codes`: what was rejected in the last 24
    h, by code; `pending`: items that wait.

    `beats_every_s`: mean time between its heartbeats of the last hour; None where it sends none.
    """

    name: str
    country: str
    heard_at: int | Unavailable | None
    gaps: Sequence[Gap] = ()
    codes: Mapping[str, int] = field(default_factory=dict)
    pending: int = 0
    outbox: OutboxStatus | Unavailable | None = None
    beats_every_s: float | None = None


@dataclass(frozen=True, slots=True)
class CanaryStatus:
    """Heartbeats of a node in the last hour, in seconds from the node to the query. `measured`: how
    many bring a figure.
    """

    node: str
    measured: int
    p50: float
    p95: float
    p99: float
    last: float
    last_at: int


@dataclass(frozen=True, slots=True)
class RefusedMessages:
    """What stands in the table rejects of the last 24 h and names no node: poison, config entries,
    unreadable key lists.
    """

    topic: str
    code: str
    count: int
    last_at: int


@dataclass(frozen=True, slots=True)
class Facts:
    """`at`: when they were gathered; `took_s`: how long that took."""

    at: int
    took_s: float
    generation: int | Unavailable
    kafka: KafkaStatus | Unavailable
    store: StoreStatus | Unavailable
    processes: Sequence[ProcessState] | Unavailable
    nodes: Sequence[NodeStatus] | Unavailable
    canaries: Sequence[CanaryStatus] | Unavailable
    refused: Sequence[RefusedMessages] | Unavailable
