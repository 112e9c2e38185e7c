"""What a run of a node came to, in numbers and item by item."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from producers.ingest.ingest_counts import IngestCounts
from producers.model import REPEATED_CODES, Notice, Reason, Refusal
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from producers.outbox.verdicts import ACCEPTED_CODES
from schemas import ids
from schemas.i18n import UserMessage, as_record, from_record
from schemas.model import Cord

OUTCOMES = ("accepted", "duplicate", "pending", "refused", "rejected", "unanswered")
_NOTICE_KEYS = ("line", "code", "column", "detail")
CHANGES = ("corrected", "retracted", "never_sent", "capitals_only")
"""What rows of a file did to records that the node knew, as IngestCounts names it."""
_REFUSAL_KEYS = ("line", "code", "field", "column", "detail", "seen")


@dataclass(slots=True)
class RunProgress:
    """The progress of a run.

    `unavailable` says why Kafka does not answer now, or is empty. `sent` counts bundles, the others
    count rows or items.
    """

    rows: int = 0
    sealed: int = 0
    refused: int = 0
    repeated: int = 0
    sent: int = 0
    answered: int = 0
    erasing: int = 0
    unavailable: Reason = ""


@dataclass(frozen=True, slots=True)
class BundleRange:
    """The bundles that a run sealed: cord -> from, until (exclusive; None while it runs)."""

    bundles: Mapping[str, tuple[int, int | None]]

    @staticmethod
    def begin(outbox: Outbox, *cords: Cord) -> "BundleRange":
        """Begin a range at the present end of these cords."""
        return BundleRange({str(cord): (outbox.next_link(cord)[0], None) for cord in cords})

    def end(self, outbox: Outbox) -> "BundleRange":
        """The span as sealed now."""
        whole = {}
        for text, (start, _) in self.bundles.items():
            node, lane, epoch = text.rsplit("/", 2)
            whole[text] = (start, outbox.next_link(Cord(node, lane, int(epoch)))[0])
        return BundleRange(whole)

    def verdicts(self, outbox: Outbox) -> dict[str, int]:
        """Items by verdict ('' without one)."""
        counts: dict[str, int] = {}
        for cord, (start, end) in self.bundles.items():
            for verdict, count in outbox.rows(sql("count_verdicts"), (cord, start, end)):
                counts[verdict] = counts.get(verdict, 0) + count
        return counts

    def refused_whole(self, outbox: Outbox) -> int:
        """Count the items of bundles that the mechanism refused as a whole.

        Their signature or chain was wrong, so no item of theirs has a verdict.
        """
        return sum(
            int(outbox.rows(sql("count_refused_whole"), (cord, start, end))[0][0])
            for cord, (start, end) in self.bundles.items()
        )

    def is_open(self, outbox: Outbox) -> bool:
        """Whether some bundle of it has no answer yet."""
        return any(
            outbox.rows(sql("has_open_bundle"), (cord, start, end))
            for cord, (start, end) in self.bundles.items()
        )


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One line of the report.

    `outcome` is one of OUTCOMES. `offending_value` is the source's value, for the screen only.
    """

    line: int
    outcome: str
    code: str
    field: str
    column: str = ""
    detail: UserMessage | str = ""
    offending_value: str = ""
    id: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the item for programs; the key `seen` quotes the file."""
        return {
            "line": self.line,
            "outcome": self.outcome,
            "code": self.code,
            "field": self.field,
            "column": self.column,
            "detail": as_record(self.detail),
            "seen": self.offending_value,
            "id": self.id,
        }


@dataclass(frozen=True, slots=True)
class RunReport:
    """What became of a run.

    `unsent` counts the node's bundles that wait for Kafka, and `erasures` those that are not done.
    `unavailable` says why Kafka does not answer, or is empty. `sent_bundles` and `answered` (items)
    count what this process sent and what was answered meanwhile.
    """

    node: str
    ingested: IngestCounts
    bundle_range: BundleRange
    unsent: int
    erasures: int
    unavailable: Reason
    interrupted: bool
    outbox_path: Path
    sent_bundles: int = 0
    answered: int = 0

    def counts(self) -> dict[str, int]:
        """Items by outcome; `duplicate` also counts what this node had ingested before."""
        verdicts = self._verdicts()
        counts = {name: verdicts.get(name, 0) for name in OUTCOMES}
        counts["refused"] = self.ingested.refused
        counts["duplicate"] += self.ingested.repeated
        counts["unanswered"] = verdicts.get("", 0) + verdicts.get("abandoned", 0)
        return counts

    def all_fine(self) -> bool:
        """Nothing refused or rejected, neither an item nor a bundle."""
        counts = self.counts()
        return not counts["refused"] and not counts["rejected"] and not self.refused_whole()

    def refused_whole(self) -> int:
        """Count the items, unanswered, whose bundles were refused as a whole.

        Somebody must act before they are answered.
        """
        with closing(Outbox(self.outbox_path)) as outbox:
            return self.bundle_range.refused_whole(outbox)

    def after(self, later: "RunReport") -> "RunReport":
        """This report, with the node's state as a later one saw it."""
        return replace(
            self,
            unsent=later.unsent,
            erasures=later.erasures,
            unavailable=later.unavailable,
            interrupted=later.interrupted,
            sent_bundles=later.sent_bundles,
            answered=later.answered,
        )

    def items(self, every: bool = True) -> Iterator[ReportItem]:
        """What was not simply accepted: refused lines first, then the mechanism's answers.

        Not `every` one: only what must be looked at, so neither duplicates nor what is merely
        unanswered yet.
        """
        for refusal in self.ingested.refusals:
            outcome = "duplicate" if refusal.code in REPEATED_CODES else "refused"
            if every or outcome == "refused":
                yield ReportItem(
                    refusal.line,
                    outcome,
                    refusal.code,
                    refusal.field,
                    refusal.column,
                    refusal.detail,
                    refusal.offending_value,
                )
        for line, verdict, code, field, id_, bundle_code in self._item_rows(every):
            outcome = verdict if verdict in OUTCOMES else "unanswered"
            yield ReportItem(
                line or 0,
                outcome,
                code or ("" if bundle_code in ACCEPTED_CODES else bundle_code),
                field,
                id=ids.to_uuid_text(id_),
            )

    def as_json(self, every: bool = True) -> dict[str, Any]:
        """For programs of the node's own house: `seen` quotes the file. `every`: as of `items`."""
        items = [item.as_json() for item in self.items(every)]
        facts = {
            "node": self.node,
            "rows": self.ingested.rows,
            "counts": self.counts(),
            "sealed": self.ingested.sealed,
            "sent_bundles": self.sent_bundles,
            "answered": self.answered,
            "unsent_bundles": self.unsent,
            "erasures_left": self.erasures,
            **{name: getattr(self.ingested, name) for name in CHANGES},
            "readings": self.ingested.readings.as_json(),
            "bundles": {cord: list(part) for cord, part in self.bundle_range.bundles.items()},
        }
        notices = [notice.as_json() for notice in self.ingested.notices]
        return {**facts, "interrupted": self.interrupted, "notices": notices, "items": items}

    @staticmethod
    def from_json(content: Mapping[str, Any], outbox: Path) -> "RunReport":
        """The report that `as_json` wrote, with what the node's outbox says by now."""
        refused = [
            Refusal(*(from_record(item[name]) for name in _REFUSAL_KEYS))
            for item in content["items"]
            if item["outcome"] == "refused"
        ]
        repeated = content["rows"] - content["sealed"] - content["counts"]["refused"]
        notices = [
            Notice(*(from_record(notice[name]) for name in _NOTICE_KEYS))
            for notice in content.get("notices", [])
        ]
        ingested = IngestCounts(
            content["rows"],
            content["sealed"],
            content["counts"]["refused"],
            repeated,
            refused,
            notices=notices,
            **{name: content.get(name, 0) for name in CHANGES},
        )
        bundle_range = BundleRange(
            {cord: (start, end) for cord, (start, end) in content["bundles"].items()}
        )
        return RunReport(
            content["node"],
            ingested,
            bundle_range,
            content["unsent_bundles"],
            content["erasures_left"],
            "",
            content["interrupted"],
            outbox,
        )

    def _item_rows(self, every: bool) -> list[Any]:
        query = sql("items_not_accepted" if every else "items_to_look_at")
        with closing(Outbox(self.outbox_path)) as outbox:
            return [
                row
                for cord, (start, end) in self.bundle_range.bundles.items()
                for row in outbox.rows(query, (cord, start, end))
            ]

    def _verdicts(self) -> dict[str, int]:
        with closing(Outbox(self.outbox_path)) as outbox:
            return self.bundle_range.verdicts(outbox)
