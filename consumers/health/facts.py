"""Hold what is known of the system at one moment.

Times are ms since 1970 UTC where they end in `_at`, seconds where they end in `_s`. A fact that
could not be collected is `Unavailable`, with the reason; never a guess, never an error that hides
the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from consumers.health.cluster_facts import MemberStatus
from infra.kafka.copy_status import CopyStatus
from schemas.i18n import UserMessage, in_language


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why something is not known, in short. A client's own message is plain text.

    `is_late`: it did not answer in time, and may answer yet.
    """

    why: UserMessage | str
    is_late: bool = False

    def in_language(self, lang: str) -> str:
        """Return the reason in `lang` (es or en)."""
        return str(in_language(self.why, lang))


@dataclass(frozen=True, slots=True)
class Disk:
    """Free and total bytes of a disk."""

    free: int
    total: int

    @property
    def free_share(self) -> float:
        """The free part of the disk, from 0 to 1."""
        return self.free / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class TopicStatus:
    """The size of a topic.

    `messages`: between its begin and its end; `end`: the sum of the offsets at its end; `grown`:
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
    """A stage of the pipeline as Kafka sees it.

    `lag`: messages not committed; `lag_s`: age of the oldest of them, None where its time could
    not be read. `members`: processes in its group now; None for `hits`, whose process keeps its
    offsets in a group without joining it. `lost`: messages that left their topics unread.
    """

    name: str
    members: int | None
    lag: int
    lag_s: float | None
    lost: int = 0


@dataclass(frozen=True, slots=True)
class KafkaStatus:
    """The state of Kafka. `answer_s`: how long an administrative question took."""

    answer_s: float
    brokers: int
    topics: Sequence[TopicStatus]
    stages: Sequence[StageStatus]
    disk: Disk | None
    copies: CopyStatus | None = None


@dataclass(frozen=True, slots=True)
class TableStatus:
    """The size of a table of the generation's database."""

    name: str
    parts: int
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """The state of ClickHouse. `answer_s`: how long SELECT 1 took."""

    answer_s: float
    database: str
    tables: Sequence[TableStatus]
    disk: Disk | None


@dataclass(frozen=True, slots=True)
class ProcessEnd:
    """How a process of `quipu up` ended by itself, at `at`.

    `cause`: exit, signal, memory (the kernel killed it, for memory), stuck (the supervisor did).
    `recovered_s`: until it worked again, None where it does not yet.
    """

    at: int
    cause: str
    code: int
    recovered_s: float | None = None


@dataclass(frozen=True, slots=True)
class ProcessState:
    """A process of this machine.

    `figures`: what its status file held (infra.telemetry.status_file), `silent_s` ago; `still_s`:
    for how long work waited then and nothing moved; `up_s`: since it was started; `ends`: its last
    ends, the newest last.
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
    ends: Sequence[ProcessEnd] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Bundles of a cord that never arrived, though a later one did, at `since_at`."""

    cord: str
    first: int
    last: int
    since_at: int


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """What waits in an outbox of this data folder: bundles, and since when the oldest waits.

    `contradictions`: trees of the log of which the node saw two histories. `overdue`, `soon`:
    records whose review date is past, or within four months. Only operators may know these.
    """

    unsent: int
    unsent_since_at: int | None
    unanswered: int
    unanswered_since_at: int | None
    refused: int
    erasing: int
    contradictions: Sequence[str] = ()
    overdue: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """What is known of a node.

    `heard_at`: append time of the last bundle from it; `codes`: what was rejected in the last 24 h
    and not accepted since, by code; `rejected_at`: the last of these, by code; `mended`: how many
    were accepted since; `pending`: items that wait; `beats_every_s`: mean time between its
    heartbeats of the last hour, None where `quipu up` keeps no canary for it.
    """

    name: str
    country: str
    heard_at: int | Unavailable | None
    gaps: Sequence[Gap] = ()
    codes: Mapping[str, int] = field(default_factory=dict)
    pending: int = 0
    outbox: OutboxStatus | Unavailable | None = None
    beats_every_s: float | None = None
    rejected_at: Mapping[str, int] = field(default_factory=dict)
    mended: int = 0

    def for_readers(self) -> NodeStatus:
        """Return what readers may know: not how many records are due for review."""
        if not isinstance(self.outbox, OutboxStatus):
            return self
        return replace(self, outbox=replace(self.outbox, overdue=0, soon=0))


@dataclass(frozen=True, slots=True)
class CanaryStatus:
    """Heartbeats of a node in the last hour, in seconds from the node to the query.

    `measured`: how many of them bring a figure.
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
    """Rejected messages of the last 24 h that name no node.

    They are unreadable messages, config entries and key lists.
    """

    topic: str
    code: str
    count: int
    last_at: int


@dataclass(frozen=True, slots=True)
class Flood:
    """An authority that wrote very many records on one thing in the last seven days.

    `records`: on the thing with the most; `things`: on how many it did so. Only operators may know.
    """

    country: str
    authority: str
    records: int
    things: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts. `at`: when they were collected; `took_s`: how long that took."""

    at: int
    took_s: float
    generation: int | Unavailable
    kafka: KafkaStatus | Unavailable
    store: StoreStatus | Unavailable
    processes: Sequence[ProcessState] | Unavailable
    nodes: Sequence[NodeStatus] | Unavailable
    canaries: Sequence[CanaryStatus] | Unavailable
    refused: Sequence[RefusedMessages] | Unavailable
    floods: Sequence[Flood] | Unavailable = ()
    members: Sequence[MemberStatus] | Unavailable = ()

    def for_readers(self) -> Facts:
        """Return what readers may know: no count of hidden records, no names of machines."""
        nodes = self.nodes
        if not isinstance(nodes, Unavailable):
            nodes = [node.for_readers() for node in nodes]
        return replace(self, floods=(), members=(), nodes=nodes)
