"""Taking in: rows of a file are mapped, checked, judged against what is known, sealed, and committed to the outbox, a batch at a time."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from infra.keyring import NodeKeys
from producers.event import Origin, draft, judge
from producers.lines import Read
from producers.mapping import MappingFile
from producers.model import Draft, Mapped, Refusal
from producers.outbox import Outbox, Taking
from producers.sealing import Signing, seal_all
from producers.standing import Standing
from schemas.codes import lists
from schemas.event_type import EventType, event_type
from schemas.ids import event_id
from schemas.model import Cord, EventId

KEPT = 100_000  # refusals remembered for the report of one run; all are counted, and stored


@dataclass(slots=True)
class Tally:
    """What became of a run's rows at the node. `repeated`: taken in before (ALREADY_TAKEN)."""

    rows: int = 0
    sealed: int = 0
    refused: int = 0
    repeated: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def count(self, sealed: int, refused: Sequence[Sequence[Refusal]], repeated: Sequence[Refusal]) -> None:
        """A batch: `refused` has the reasons of each refused item."""
        self.rows += sealed + len(refused) + len(repeated)
        self.sealed += sealed
        self.refused += len(refused)
        self.repeated += len(repeated)
        reasons = [*(reason for item in refused for reason in item), *repeated]
        self.refusals.extend(reasons[: KEPT - len(self.refusals)])


@dataclass(frozen=True, slots=True)
class Work:
    """How a run takes in: as what, on which lane, whether rows correct what is known, and why."""

    file: str
    lane: str
    correcting: bool = False
    why: str | None = None


class Taker:
    """For one run of one node."""

    def __init__(self, outbox: Outbox, node: str, standing: Standing, keys: NodeKeys, clock: Callable[[], int]) -> None:
        self._outbox, self._standing, self._keys, self._clock = outbox, standing, keys, clock
        self.origin = Origin(node, standing.country, standing.authority, keys.id_secret)
        self._signing = Signing(keys.key_id, keys.signing, standing.country, standing.recipients)
        self._lists = lists(standing.code_lists)
        self._equal: Counter[bytes] = Counter()

    def cord(self, lane: str) -> Cord:
        return Cord(self.origin.node, lane, self._standing.epochs[lane])

    def kind(self, name: str) -> EventType:
        """The event type, checked against the codes that hold. Raises ConfigRefused for an unknown one."""
        return EventType(event_type(name).format.text, self._lists) if self._standing.code_lists else event_type(name)

    def take_rows(self, reads: Sequence[Read], mapping: MappingFile, kind: EventType, work: Work, tally: Tally) -> None:
        """Take in a batch of a file's lines. Raises OutboxError: then none of it was taken in."""
        drafts: list[Draft] = []
        refused: list[list[Refusal]] = []
        for each in reads:
            mapped = [each] if isinstance(each, Refusal) else mapping.apply(each.row, each.number)
            made = mapped if isinstance(mapped, list) else self._draft(mapped, kind, mapping.distinct)
            if isinstance(made, Draft):
                drafts.append(made)
            else:
                refused.append([one if one.column else replace(one, column=mapping.column_of(one.field)) for one in made])
        self.commit(drafts, refused, work, tally)

    def commit(self, drafts: Sequence[Draft], refused: list[list[Refusal]], work: Work, tally: Tally) -> None:
        """Judge drafts, seal those that may be, commit all with the refusals (one list an item). Raises OutboxError."""
        known = self._outbox.versions(one.id for one in drafts)
        good: list[Draft] = []
        repeated: list[Refusal] = []
        for one in drafts:
            judged = judge(one, known.get(one.id, ()), work.why if work.correcting else None, self._keys.id_secret)
            if isinstance(judged, Draft):
                good.append(judged)
                known.setdefault(one.id, []).append(judged.version)
            elif judged.code == "ALREADY_TAKEN":
                repeated.append(judged)
            else:
                refused.append([judged])
        self._put(good, refused, repeated, work)
        tally.count(len(good), refused, repeated)

    def draft_one(self, mapped: Mapped, kind: EventType) -> Draft | list[Refusal]:
        """A single event, such as a retraction."""
        return draft(mapped, self.origin, kind, self._clock(), 1, self._lists)

    def id_of(self, type_: str, source: bytes) -> EventId:
        """The event id of an item of this node."""
        return event_id(self.origin.node, self.origin.id_secret, type_, source)

    def _draft(self, mapped: Mapped, kind: EventType, distinct: bool) -> Draft | list[Refusal]:
        made = self.draft_one(mapped, kind)
        if isinstance(made, list) or not distinct or mapped.reference:
            return made
        self._equal[made.id] += 1
        occurrence = self._equal[made.id]
        return made if occurrence == 1 else draft(mapped, self.origin, kind, self._clock(), occurrence, self._lists)

    def _put(self, good: Sequence[Draft], refused: list[list[Refusal]], repeated: list[Refusal], work: Work) -> None:
        cord = self.cord(work.lane)
        sealed = seal_all(cord, *self._outbox.tail(cord), good, self._signing)
        reasons = [reason for item in refused for reason in item]
        count = len(refused) + len(repeated)
        self._outbox.take(Taking(cord, work.file, len(good) + count, count, reasons, sealed, work.why), self._clock())
