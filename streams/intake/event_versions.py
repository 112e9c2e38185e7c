"""Keep the versions of one event: which is the head, and what to tell about things when it changes.

A version without `supersedes` is the root, of which there is one; every version is superseded by at
most one other (else CONFLICT). So the versions of an event are one chain, of which pieces may be
missing for a while: the head is the end of a piece that does not hang on the root (it can only be
later), else the end of the root's. Once the chain is whole, the head is the same in whatever order
it came.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct, field

from schemas.avro.log_records import ObservationRecord
from schemas.bounds import (
    MAX_DETACHED_OBSERVATIONS,
    MAX_THINGS_PER_EVENT,
    MAX_VERSIONS_PER_EVENT,
)
from schemas.model import Certainty, ObservationOp
from streams.folding.packing import Packing
from streams.linking import PERSONS

CONTROL = frozenset({"retraction", "erasure"})
OF_OWN_RECORDS = CONTROL | {"retention_extension"}
"""Types about a record of the same owner; an extension changes nothing of it."""


class ThingLink(NamedTuple):
    """That an event was observed on a thing."""

    kind: str
    key: bytes
    certainty: Certainty


class EventVersions(Struct, array_like=True):
    """What is known of one event id.

    `versions`: what each version supersedes. `detached`: the observations of the ends of pieces
    that are not the head. `live` and `former`: things that the head, or an earlier head, was
    observed on.
    """

    type: str = ""
    versions: dict[bytes, bytes | None] = field(default_factory=dict)
    detached: dict[bytes, list[ObservationRecord]] = field(default_factory=dict)
    head: bytes | None = None
    live: list[ThingLink] = field(default_factory=list)
    former: list[ThingLink] = field(default_factory=list)
    retracted: bool = False
    erased: bool = False

    def conflict(self, version: bytes, supersedes: bytes | None) -> str:
        """Say why a version does not fit: DUPLICATE or CONFLICT; empty for a new one that fits."""
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

    def is_full(self, observations: int) -> bool:
        """Say whether the event has no room for a version with so many observations of things."""
        detached = sum(map(count_things, self.detached.values()))
        things = sum(link.kind != PERSONS for link in (*self.former, *self.live))
        return (
            len(self.versions) >= MAX_VERSIONS_PER_EVENT
            or detached + observations > MAX_DETACHED_OBSERVATIONS
            or things + observations > MAX_THINGS_PER_EVENT
        )

    def add(
        self, version: bytes, supersedes: bytes | None, observations: list[ObservationRecord]
    ) -> list[ObservationRecord]:
        """Add a version that fits, with what it observes.

        Gives the observations to be sent (add, withdraw); their index is the caller's to fill in.
        """
        self.versions[version] = supersedes
        if self.retracted or self.erased:
            return []
        self.detached[version] = observations
        head = self._find_head()
        changes = self._switch_head(head) if head != self.head else []
        superseded = set(self.versions.values())
        self.detached = {
            end: rows
            for end, rows in self.detached.items()
            if end not in superseded and end != head
        }
        return changes

    def _switch_head(self, head: bytes) -> list[ObservationRecord]:
        observations = self.detached[head]
        keys = {observation["key"] for observation in observations}
        gone = [link for link in self.live if link.key not in keys]
        self.former = list(dict.fromkeys([*self.former, *gone]))
        self.head, self.live = head, thing_links(observations)
        return [*(withdrawal_record("withdraw", link, self.type) for link in gone), *observations]

    def _find_head(self) -> bytes:
        superseded = set(self.versions.values())
        ends = [version for version in self.versions if version not in superseded]
        candidates = [end for end in ends if not self._hangs_on_root(end)] or ends
        if self.head in candidates:
            return self.head
        following = {before: after for after, before in self.versions.items() if before is not None}
        end = self.head
        while end in following:
            end = following[end]
        return end if end in candidates else max(candidates)

    def _hangs_on_root(self, version: bytes) -> bool:
        while version in self.versions:
            before = self.versions[version]
            if before is None:
                return True
            version = before
        return False

    def retract(self) -> list[ObservationRecord]:
        """Withdraw what is live, without return."""
        gone, self.live, self.detached, self.retracted = self.live, [], {}, True
        self.former = list(dict.fromkeys([*self.former, *gone]))
        return [withdrawal_record("withdraw", link, self.type) for link in gone]

    def erase(self) -> list[ObservationRecord]:
        """Forget all things that the event was ever observed on."""
        links = {link.key: link for link in [*self.former, *self.live]}
        self.live, self.former, self.detached, self.erased = [], [], {}, True
        return [withdrawal_record("erase", link, self.type) for link in links.values()]


EVENT_VERSIONS = Packing(EventVersions)


def unpack_versions(data: bytes | None) -> EventVersions:
    """Decode the versions of an event; None stands for an id that was never seen."""
    return EventVersions() if data is None else EVENT_VERSIONS.unpack(data)


def first_version(
    type_: str, version: bytes, supersedes: bytes | None, observations: list[ObservationRecord]
) -> EventVersions:
    """Make the versions of an event of which one came, as nearly every event has: a short cut."""
    return EventVersions(type_, {version: supersedes}, {}, version, thing_links(observations))


def thing_links(observations: list[ObservationRecord]) -> list[ThingLink]:
    """Give what an event keeps of its observations."""
    return [ThingLink(row["kind"], row["key"], row["certainty"]) for row in observations]


def withdrawal_record(op: ObservationOp, link: ThingLink, type_: str) -> ObservationRecord:
    """Withdraw or erase an observation.

    Event id, country and index are the caller's to fill in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": link.kind,
        "key": link.key,
        "event_id": b"",
        "certainty": link.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "label_index": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
        "sealed": None,
    }


def count_things(observations: Iterable[ObservationRecord]) -> int:
    """Count the observations of things, without the rows of persons."""
    return sum(row["kind"] != PERSONS for row in observations)
