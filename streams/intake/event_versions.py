"""The versions of one event: which is the head, and what about things must be said when that
changes.

A version without `supersedes` is the root, of which there is one; every version is superseded by at
most one other (else CONFLICT). So the versions of an event are one chain, of which pieces may be
missing for a while: the head is the end of a piece that does not hang on the root (it can only be
later), else the end of the root's. Once the chain is whole, the head is the same in whatever order
it came.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.avro.codec import Record
from streams.folding.packing import pack, unpack

CONTROL = frozenset({"retraction", "erasure"})


class ThingLink(NamedTuple):
    """That an event was observed on a thing."""

    kind: str
    key: bytes
    certainty: str


@dataclass(slots=True)
class EventVersions:
    """What is known of one event id. `waiting`: observation records of ends of pieces that are not
    the head.
    """

    type: str = ""
    versions: dict[bytes, bytes | None] = field(default_factory=dict)
    detached: dict[bytes, list[Record]] = field(default_factory=dict)
    head: bytes | None = None
    live: list[ThingLink] = field(default_factory=list)
    former: list[ThingLink] = field(default_factory=list)
    retracted: bool = False
    erased: bool = False

    def verdict(self, version: bytes, supersedes: bytes | None) -> str:
        """Empty for a new version that fits, else DUPLICATE or CONFLICT."""
        if not self.versions:
            return "CONFLICT" if version == supersedes else ""
        if version in self.versions:
            return "DUPLICATE"
        if supersedes in self.versions.values() or self._descends(supersedes, version):
            return "CONFLICT"
        return ""

    def _descends(self, version: bytes | None, ancestor: bytes) -> bool:
        while version is not None and version != ancestor:
            version = self.versions.get(version)
        return version is not None

    def add(self, version: bytes, supersedes: bytes | None, rows: list[Record]) -> list[Record]:
        """Takes a version that fits, with what it says about things. Gives the observations to be
        sent (add, withdraw), without index.
        """
        self.versions[version] = supersedes
        if self.retracted or self.erased:
            return []
        if len(self.versions) == 1:
            self.head, self.live = version, [_thing_link(row) for row in rows]
            return rows
        self.detached[version] = rows
        head = self._find_head()
        said = self._switch_head(head) if head != self.head else []
        superseded = set(self.versions.values())
        self.detached = {
            end: there
            for end, there in self.detached.items()
            if end not in superseded and end != head
        }
        return said

    def _switch_head(self, head: bytes) -> list[Record]:
        rows, event_id = self.detached[head], b""
        new = {row["key"] for row in rows}
        gone = [held for held in self.live if held.key not in new]
        self.former = list(dict.fromkeys([*self.former, *gone]))
        self.head, self.live = head, [_thing_link(row) for row in rows]
        return [*(withdrawal_record("withdraw", held, event_id, self.type) for held in gone), *rows]

    def _find_head(self) -> bytes:
        superseded = set(self.versions.values())
        ends = [version for version in self.versions if version not in superseded]
        loose = [end for end in ends if not self._hangs_on_root(end)]
        if not loose:
            return ends[0]
        if self.head in loose:
            return self.head
        following = {before: after for after, before in self.versions.items() if before is not None}
        end = self.head
        while end in following:
            end = following[end]
        return end if end in loose else max(loose)

    def _hangs_on_root(self, version: bytes) -> bool:
        while version in self.versions:
            before = self.versions[version]
            if before is None:
                return True
            version = before
        return False

    def retract(self) -> list[Record]:
        """Withdraws what is live, for ever."""
        gone, self.live, self.detached, self.retracted = self.live, [], {}, True
        self.former = list(dict.fromkeys([*self.former, *gone]))
        return [withdrawal_record("withdraw", held, b"", self.type) for held in gone]

    def erase(self) -> list[Record]:
        """Forgets all things it was ever observed on."""
        ever = {held.key: held for held in [*self.former, *self.live]}
        self.live, self.former, self.detached, self.erased = [], [], {}, True
        return [withdrawal_record("erase", held, b"", self.type) for held in ever.values()]


def _thing_link(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["key"], row["certainty"])


def withdrawal_record(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": held.kind,
        "key": held.key,
        "event_id": event_id,
        "certainty": held.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def pack_versions(known: EventVersions) -> bytes:
    """For the state."""
    return pack(
        (
            known.type,
            known.versions,
            known.detached,
            known.head,
            [tuple(held) for held in known.live],
            [tuple(held) for held in known.former],
            known.retracted,
            known.erased,
        )
    )


def pack_single(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        (
            type_,
            {version: supersedes},
            {},
            version,
            [(row["kind"], row["key"], row["certainty"]) for row in rows],
            [],
            False,
            False,
        )
    )


def unpack_versions(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        chain,
        waiting,
        head,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )
