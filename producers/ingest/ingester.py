"""Taking in: rows of a file are mapped, checked, judged against what is known, sealed, and
committed to the outbox, a batch at a time.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from infra.keys.keyring import NodeKeys
from producers.events.draft import EventOrigin, build_draft, resolve_version
from producers.events.sealing import Signing, seal_all
from producers.events.submitted import CONTROL_TYPES, NewEvent, SubmissionResult, submission_result
from producers.mapping.mapping import RowMapping
from producers.model import Draft, MappedRow, Refusal
from producers.node_config import NodeConfig
from producers.outbox.store import IngestBatch, Outbox
from producers.sources.rows import RowOrRefusal
from schemas.codes import code_sets
from schemas.errors import ConfigRefusedError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType, event_type
from schemas.i18n import _
from schemas.model import Cord

MAX_REPORTED_REFUSALS = (
    20_000  # refusals remembered for the report of one run; all are counted, and stored
)
SINGLE_EVENTS_SOURCE = "api"  # what single events were taken from


@dataclass(slots=True)
class IngestCounts:
    """What became of a run's rows at the node. `repeated`: taken in before (ALREADY_TAKEN)."""

    rows: int = 0
    sealed: int = 0
    refused: int = 0
    repeated: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    row_indexes: "array[int]" = field(default_factory=lambda: array("l"))
    """Of every refused row of a file, its place in the order of reading, from 0."""

    def count(
        self, sealed: int, refused: Sequence[Sequence[Refusal]], repeated: Sequence[Refusal]
    ) -> None:
        """A batch: `refused` has the reasons of each refused item."""
        self.rows += sealed + len(refused) + len(repeated)
        self.sealed += sealed
        self.refused += len(refused)
        self.repeated += len(repeated)
        reasons = [*(reason for item in refused for reason in item), *repeated]
        self.refusals.extend(reasons[: MAX_REPORTED_REFUSALS - len(self.refusals)])


@dataclass(frozen=True, slots=True)
class IngestRun:
    """How a run takes in: as what, on which lane, whether rows correct what is known, and why."""

    source_name: str
    lane: str
    correcting: bool = False
    reason: str | None = None


class Ingester:
    """For one node, as long as its standing and its keys stay the same."""

    def __init__(
        self,
        outbox: Outbox,
        node: str,
        standing: NodeConfig,
        keys: NodeKeys,
        clock: Callable[[], int],
    ) -> None:
        self._outbox, self._standing, self._keys, self._clock = outbox, standing, keys, clock
        self.origin = EventOrigin(node, standing.country, standing.authority, keys.id_secret)
        self._signing = Signing(keys.key_id, keys.signing, standing.country, standing.recipients)
        self._lists = code_sets(standing.code_lists)
        self._judge = EnvelopeValidator(self._lists)
        self._kinds: dict[str, EventType] = {}

    def cord(self, lane: str) -> Cord:
        return Cord(self.origin.node, lane, self._standing.epochs[lane])

    def event_type(self, name: str) -> EventType:
        """The event type, checked against the codes that hold. Raises ConfigRefusedError for an
        unknown one.
        """
        if name not in self._kinds:
            brought = self._standing.schemas.get(name)
            text = brought or event_type(name).format.text
            self._kinds[name] = (
                EventType(text, self._lists)
                if brought or self._standing.code_lists
                else event_type(name)
            )
        return self._kinds[name]

    def ingest_rows(
        self,
        reads: Sequence[RowOrRefusal],
        mapping: RowMapping,
        work: IngestRun,
        tally: IngestCounts,
        equal: Counter[bytes],
    ) -> None:
        """Take in a batch of a file's lines. `equal`: how often the file had each row without a
        reference.

        Raises OutboxError: then none of the batch was taken in.
        """
        event_type = self.event_type(mapping.type)
        first, places = tally.rows, array("l")
        drafts: list[Draft] = []
        refused: list[list[Refusal]] = []
        for place, each in enumerate(reads, start=first):
            mapped = [each] if isinstance(each, Refusal) else mapping.apply(each.row, each.number)
            made = (
                mapped
                if isinstance(mapped, list)
                else self._draft(mapped, event_type, equal if mapping.keep_equal_rows else None)
            )
            if isinstance(made, Draft):
                drafts.append(made)
                places.append(place)
            else:
                refused.append(
                    [
                        one if one.column else replace(one, column=mapping.column_of(one.field))
                        for one in made
                    ]
                )
                tally.row_indexes.append(place)
        for place, judged in zip(places, self.commit(drafts, refused, work, tally), strict=True):
            if isinstance(judged, Refusal) and judged.code != "ALREADY_TAKEN":
                tally.row_indexes.append(place)

    def ingest_events(self, events: Sequence[NewEvent | list[Refusal]]) -> list[SubmissionResult]:
        """Take in single events, in their order; an answer to each. Raises OutboxError: then the
        caller hands all of them over again.
        """
        answers: list[SubmissionResult] = []
        for (lane, reason), group in groupby(events, _batch_key):
            made = [one if isinstance(one, list) else self._draft_event(one) for one in group]
            refused = [one for one in made if isinstance(one, list)]
            drafts = [one for one in made if isinstance(one, Draft)]
            judged = iter(
                self.commit(
                    drafts,
                    refused,
                    IngestRun(SINGLE_EVENTS_SOURCE, lane, reason is not None, reason),
                    IngestCounts(),
                )
            )
            for one in made:
                answers.append(
                    submission_result(
                        len(answers), one, next(judged) if isinstance(one, Draft) else None
                    )
                )
        return answers

    def commit(
        self,
        drafts: Sequence[Draft],
        refused: list[list[Refusal]],
        work: IngestRun,
        tally: IngestCounts,
    ) -> list[Draft | Refusal]:
        """Judge drafts, seal those that may be, commit all with the refusals (one list an item);
        what was judged of each draft.

        Raises OutboxError.
        """
        known = self._outbox.sealed_versions(one.id for one in drafts)
        judged: list[Draft | Refusal] = []
        for one in drafts:
            judged.append(
                resolve_version(
                    one,
                    known.get(one.id, ()),
                    work.reason if work.correcting else None,
                    self._keys.id_secret,
                )
            )
            if isinstance(judged[-1], Draft):
                known.setdefault(one.id, []).append(judged[-1].version)
        good = [one for one in judged if isinstance(one, Draft)]
        repeated = [
            one for one in judged if isinstance(one, Refusal) and one.code == "ALREADY_TAKEN"
        ]
        refused = [
            *refused,
            *([one] for one in judged if isinstance(one, Refusal) and one.code != "ALREADY_TAKEN"),
        ]
        self._put(good, refused, repeated, work)
        tally.count(len(good), refused, repeated)
        return judged

    def draft_one(self, mapped: MappedRow, event_type: EventType) -> Draft | list[Refusal]:
        """A single event, such as a retraction."""
        return build_draft(mapped, self.origin, event_type, self._clock(), 1, self._judge)

    def _draft_event(self, event: NewEvent) -> Draft | list[Refusal]:
        line = event.mapped.line
        if event.type in CONTROL_TYPES:
            return [
                Refusal(
                    line,
                    "UNKNOWN_CODE",
                    "type",
                    detail=_("is stated in another way"),
                )
            ]
        try:
            return self.draft_one(event.mapped, self.event_type(event.type))
        except ConfigRefusedError:
            return [Refusal(line, "UNKNOWN_CODE", "type", offending_value=event.type[:60])]
        except (RecursionError, TypeError) as error:  # what no JSON of a usual depth gives
            return [Refusal(line, "BROKEN_FORMAT", "payload", detail=type(error).__name__)]

    def _draft(
        self, mapped: MappedRow, event_type: EventType, equal: Counter[bytes] | None
    ) -> Draft | list[Refusal]:
        made = self.draft_one(mapped, event_type)
        if isinstance(made, list) or equal is None or mapped.reference:
            return made
        equal[made.id] += 1
        occurrence = equal[made.id]
        return (
            made
            if occurrence == 1
            else build_draft(
                mapped, self.origin, event_type, self._clock(), occurrence, self._judge
            )
        )

    def _put(
        self,
        good: Sequence[Draft],
        refused: list[list[Refusal]],
        repeated: list[Refusal],
        work: IngestRun,
    ) -> None:
        cord = self.cord(work.lane)
        sealed = seal_all(cord, *self._outbox.next_link(cord), good, self._signing)
        reasons = (
            []
            if work.source_name == SINGLE_EVENTS_SOURCE
            else [reason for item in refused for reason in item]
        )  # who hands over single events has the answer
        count = len(refused) + len(repeated)
        self._outbox.commit_batch(
            IngestBatch(
                cord, work.source_name, len(good) + count, count, reasons, sealed, work.reason
            ),
            self._clock(),
        )


def _batch_key(event: NewEvent | list[Refusal]) -> tuple[str, str | None]:
    """What is taken in together: lane, and why it corrects."""
    return (
        (event.lane, event.correction_reason) if isinstance(event, NewEvent) else ("routine", None)
    )
