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


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


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
mutants_x__thing_link__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__thing_link__mutmut)
def _thing_link(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["key"], row["certainty"])


def x__thing_link__mutmut_orig(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["key"], row["certainty"])


def x__thing_link__mutmut_1(row: Record) -> ThingLink:
    return ThingLink(None, row["key"], row["certainty"])


def x__thing_link__mutmut_2(row: Record) -> ThingLink:
    return ThingLink(row["kind"], None, row["certainty"])


def x__thing_link__mutmut_3(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["key"], None)


def x__thing_link__mutmut_4(row: Record) -> ThingLink:
    return ThingLink(row["key"], row["certainty"])


def x__thing_link__mutmut_5(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["certainty"])


def x__thing_link__mutmut_6(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["key"], )


def x__thing_link__mutmut_7(row: Record) -> ThingLink:
    return ThingLink(row["XXkindXX"], row["key"], row["certainty"])


def x__thing_link__mutmut_8(row: Record) -> ThingLink:
    return ThingLink(row["KIND"], row["key"], row["certainty"])


def x__thing_link__mutmut_9(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["XXkeyXX"], row["certainty"])


def x__thing_link__mutmut_10(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["KEY"], row["certainty"])


def x__thing_link__mutmut_11(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["key"], row["XXcertaintyXX"])


def x__thing_link__mutmut_12(row: Record) -> ThingLink:
    return ThingLink(row["kind"], row["key"], row["CERTAINTY"])

mutants_x__thing_link__mutmut['_mutmut_orig'] = x__thing_link__mutmut_orig # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_1'] = x__thing_link__mutmut_1 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_2'] = x__thing_link__mutmut_2 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_3'] = x__thing_link__mutmut_3 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_4'] = x__thing_link__mutmut_4 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_5'] = x__thing_link__mutmut_5 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_6'] = x__thing_link__mutmut_6 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_7'] = x__thing_link__mutmut_7 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_8'] = x__thing_link__mutmut_8 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_9'] = x__thing_link__mutmut_9 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_10'] = x__thing_link__mutmut_10 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_11'] = x__thing_link__mutmut_11 # type: ignore # mutmut generated
mutants_x__thing_link__mutmut['x__thing_link__mutmut_12'] = x__thing_link__mutmut_12 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_withdrawal_record__mutmut)
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


def x_withdrawal_record__mutmut_orig(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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


def x_withdrawal_record__mutmut_1(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "XXopXX": op,
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


def x_withdrawal_record__mutmut_2(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "OP": op,
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


def x_withdrawal_record__mutmut_3(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "XXindexXX": 0,
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


def x_withdrawal_record__mutmut_4(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "INDEX": 0,
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


def x_withdrawal_record__mutmut_5(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 1,
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


def x_withdrawal_record__mutmut_6(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "XXkindXX": held.kind,
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


def x_withdrawal_record__mutmut_7(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "KIND": held.kind,
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


def x_withdrawal_record__mutmut_8(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": held.kind,
        "XXkeyXX": held.key,
        "event_id": event_id,
        "certainty": held.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_9(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": held.kind,
        "KEY": held.key,
        "event_id": event_id,
        "certainty": held.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_10(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": held.kind,
        "key": held.key,
        "XXevent_idXX": event_id,
        "certainty": held.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_11(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": held.kind,
        "key": held.key,
        "EVENT_ID": event_id,
        "certainty": held.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_12(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": held.kind,
        "key": held.key,
        "event_id": event_id,
        "XXcertaintyXX": held.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_13(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
    """A withdraw or erase of an observation; event id, country and index are the caller's to fill
    in.
    """
    return {
        "op": op,
        "index": 0,
        "kind": held.kind,
        "key": held.key,
        "event_id": event_id,
        "CERTAINTY": held.certainty,
        "type": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_14(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "XXtypeXX": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_15(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "TYPE": type_,
        "country": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_16(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "XXcountryXX": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_17(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "COUNTRY": "",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_18(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "country": "XXXX",
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_19(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "XXlabelXX": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_20(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "LABEL": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_21(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "XXoccurredXX": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_22(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "OCCURRED": None,
        "subdivision": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_23(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "XXsubdivisionXX": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_24(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "SUBDIVISION": None,
        "traits": {},
    }


def x_withdrawal_record__mutmut_25(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "XXtraitsXX": {},
    }


def x_withdrawal_record__mutmut_26(op: str, held: ThingLink, event_id: bytes, type_: str) -> Record:
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
        "TRAITS": {},
    }

mutants_x_withdrawal_record__mutmut['_mutmut_orig'] = x_withdrawal_record__mutmut_orig # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_1'] = x_withdrawal_record__mutmut_1 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_2'] = x_withdrawal_record__mutmut_2 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_3'] = x_withdrawal_record__mutmut_3 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_4'] = x_withdrawal_record__mutmut_4 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_5'] = x_withdrawal_record__mutmut_5 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_6'] = x_withdrawal_record__mutmut_6 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_7'] = x_withdrawal_record__mutmut_7 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_8'] = x_withdrawal_record__mutmut_8 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_9'] = x_withdrawal_record__mutmut_9 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_10'] = x_withdrawal_record__mutmut_10 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_11'] = x_withdrawal_record__mutmut_11 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_12'] = x_withdrawal_record__mutmut_12 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_13'] = x_withdrawal_record__mutmut_13 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_14'] = x_withdrawal_record__mutmut_14 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_15'] = x_withdrawal_record__mutmut_15 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_16'] = x_withdrawal_record__mutmut_16 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_17'] = x_withdrawal_record__mutmut_17 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_18'] = x_withdrawal_record__mutmut_18 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_19'] = x_withdrawal_record__mutmut_19 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_20'] = x_withdrawal_record__mutmut_20 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_21'] = x_withdrawal_record__mutmut_21 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_22'] = x_withdrawal_record__mutmut_22 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_23'] = x_withdrawal_record__mutmut_23 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_24'] = x_withdrawal_record__mutmut_24 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_25'] = x_withdrawal_record__mutmut_25 # type: ignore # mutmut generated
mutants_x_withdrawal_record__mutmut['x_withdrawal_record__mutmut_26'] = x_withdrawal_record__mutmut_26 # type: ignore # mutmut generated
mutants_x_pack_versions__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_pack_versions__mutmut)
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


def x_pack_versions__mutmut_orig(known: EventVersions) -> bytes:
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


def x_pack_versions__mutmut_1(known: EventVersions) -> bytes:
    """For the state."""
    return pack(
        None
    )


def x_pack_versions__mutmut_2(known: EventVersions) -> bytes:
    """For the state."""
    return pack(
        (
            known.type,
            known.versions,
            known.detached,
            known.head,
            [tuple(None) for held in known.live],
            [tuple(held) for held in known.former],
            known.retracted,
            known.erased,
        )
    )


def x_pack_versions__mutmut_3(known: EventVersions) -> bytes:
    """For the state."""
    return pack(
        (
            known.type,
            known.versions,
            known.detached,
            known.head,
            [tuple(held) for held in known.live],
            [tuple(None) for held in known.former],
            known.retracted,
            known.erased,
        )
    )

mutants_x_pack_versions__mutmut['_mutmut_orig'] = x_pack_versions__mutmut_orig # type: ignore # mutmut generated
mutants_x_pack_versions__mutmut['x_pack_versions__mutmut_1'] = x_pack_versions__mutmut_1 # type: ignore # mutmut generated
mutants_x_pack_versions__mutmut['x_pack_versions__mutmut_2'] = x_pack_versions__mutmut_2 # type: ignore # mutmut generated
mutants_x_pack_versions__mutmut['x_pack_versions__mutmut_3'] = x_pack_versions__mutmut_3 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_pack_single__mutmut)
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


def x_pack_single__mutmut_orig(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
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


def x_pack_single__mutmut_1(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        None
    )


def x_pack_single__mutmut_2(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        (
            type_,
            {version: supersedes},
            {},
            version,
            [(row["XXkindXX"], row["key"], row["certainty"]) for row in rows],
            [],
            False,
            False,
        )
    )


def x_pack_single__mutmut_3(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        (
            type_,
            {version: supersedes},
            {},
            version,
            [(row["KIND"], row["key"], row["certainty"]) for row in rows],
            [],
            False,
            False,
        )
    )


def x_pack_single__mutmut_4(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        (
            type_,
            {version: supersedes},
            {},
            version,
            [(row["kind"], row["XXkeyXX"], row["certainty"]) for row in rows],
            [],
            False,
            False,
        )
    )


def x_pack_single__mutmut_5(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        (
            type_,
            {version: supersedes},
            {},
            version,
            [(row["kind"], row["KEY"], row["certainty"]) for row in rows],
            [],
            False,
            False,
        )
    )


def x_pack_single__mutmut_6(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        (
            type_,
            {version: supersedes},
            {},
            version,
            [(row["kind"], row["key"], row["XXcertaintyXX"]) for row in rows],
            [],
            False,
            False,
        )
    )


def x_pack_single__mutmut_7(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
    """`write` of a Known that took this version and nothing else: what nearly every event comes to,
    without the detour.
    """
    return pack(
        (
            type_,
            {version: supersedes},
            {},
            version,
            [(row["kind"], row["key"], row["CERTAINTY"]) for row in rows],
            [],
            False,
            False,
        )
    )


def x_pack_single__mutmut_8(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
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
            True,
            False,
        )
    )


def x_pack_single__mutmut_9(type_: str, version: bytes, supersedes: bytes | None, rows: list[Record]) -> bytes:
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
            True,
        )
    )

mutants_x_pack_single__mutmut['_mutmut_orig'] = x_pack_single__mutmut_orig # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_1'] = x_pack_single__mutmut_1 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_2'] = x_pack_single__mutmut_2 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_3'] = x_pack_single__mutmut_3 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_4'] = x_pack_single__mutmut_4 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_5'] = x_pack_single__mutmut_5 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_6'] = x_pack_single__mutmut_6 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_7'] = x_pack_single__mutmut_7 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_8'] = x_pack_single__mutmut_8 # type: ignore # mutmut generated
mutants_x_pack_single__mutmut['x_pack_single__mutmut_9'] = x_pack_single__mutmut_9 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_unpack_versions__mutmut)
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


def x_unpack_versions__mutmut_orig(data: bytes | None) -> EventVersions:
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


def x_unpack_versions__mutmut_1(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is not None:
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


def x_unpack_versions__mutmut_2(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = None
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


def x_unpack_versions__mutmut_3(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(None)
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


def x_unpack_versions__mutmut_4(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        None,
        chain,
        waiting,
        head,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_5(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        None,
        waiting,
        head,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_6(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        chain,
        None,
        head,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_7(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        chain,
        waiting,
        None,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_8(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        chain,
        waiting,
        head,
        None,
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_9(data: bytes | None) -> EventVersions:
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
        None,
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_10(data: bytes | None) -> EventVersions:
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
        None,
        erased,
    )


def x_unpack_versions__mutmut_11(data: bytes | None) -> EventVersions:
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
        None,
    )


def x_unpack_versions__mutmut_12(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        chain,
        waiting,
        head,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_13(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        waiting,
        head,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_14(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        chain,
        head,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_15(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        chain,
        waiting,
        [ThingLink(*held) for held in live],
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_16(data: bytes | None) -> EventVersions:
    """From the state; None: an id never heard of."""
    if data is None:
        return EventVersions()
    type_, chain, waiting, head, live, former, retracted, erased = unpack(data)
    return EventVersions(
        type_,
        chain,
        waiting,
        head,
        [ThingLink(*held) for held in former],
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_17(data: bytes | None) -> EventVersions:
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
        retracted,
        erased,
    )


def x_unpack_versions__mutmut_18(data: bytes | None) -> EventVersions:
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
        erased,
    )


def x_unpack_versions__mutmut_19(data: bytes | None) -> EventVersions:
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
        )

mutants_x_unpack_versions__mutmut['_mutmut_orig'] = x_unpack_versions__mutmut_orig # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_1'] = x_unpack_versions__mutmut_1 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_2'] = x_unpack_versions__mutmut_2 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_3'] = x_unpack_versions__mutmut_3 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_4'] = x_unpack_versions__mutmut_4 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_5'] = x_unpack_versions__mutmut_5 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_6'] = x_unpack_versions__mutmut_6 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_7'] = x_unpack_versions__mutmut_7 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_8'] = x_unpack_versions__mutmut_8 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_9'] = x_unpack_versions__mutmut_9 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_10'] = x_unpack_versions__mutmut_10 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_11'] = x_unpack_versions__mutmut_11 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_12'] = x_unpack_versions__mutmut_12 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_13'] = x_unpack_versions__mutmut_13 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_14'] = x_unpack_versions__mutmut_14 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_15'] = x_unpack_versions__mutmut_15 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_16'] = x_unpack_versions__mutmut_16 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_17'] = x_unpack_versions__mutmut_17 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_18'] = x_unpack_versions__mutmut_18 # type: ignore # mutmut generated
mutants_x_unpack_versions__mutmut['x_unpack_versions__mutmut_19'] = x_unpack_versions__mutmut_19 # type: ignore # mutmut generated
