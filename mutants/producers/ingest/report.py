"""What a run of a node came to, in numbers and item by item."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from producers.ingest.ingester import Tally
from producers.model import Refusal
from producers.outbox.store import Outbox
from producers.outbox.verdicts import TAKEN
from schemas import ids
from schemas.model import Cord

OUTCOMES = ("accepted", "duplicate", "pending", "refused", "rejected", "unanswered")
_SAID = ("line", "code", "field", "column", "detail", "seen")


@dataclass(slots=True)
class Progress:
    """Of the run that goes on. `away`: why Kafka does not answer now, or empty. `sent` counts
    bundles, the others rows or items.
    """

    rows: int = 0
    sealed: int = 0
    refused: int = 0
    repeated: int = 0
    sent: int = 0
    answered: int = 0
    erasing: int = 0
    away: str = ""
    try_again_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """The bundles that a run sealed: cord -> from, until (exclusive; None while it goes on)."""

    bundles: Mapping[str, tuple[int, int | None]]

    @staticmethod
    def begin(outbox: Outbox, *cords: Cord) -> "Span":
        return Span({str(cord): (outbox.tail(cord)[0], None) for cord in cords})

    def end(self, outbox: Outbox) -> "Span":
        """The span as sealed now."""
        whole = {}
        for text, (start, _) in self.bundles.items():
            node, lane, epoch = text.rsplit("/", 2)
            whole[text] = (start, outbox.tail(Cord(node, lane, int(epoch)))[0])
        return Span(whole)

    def verdicts(self, outbox: Outbox) -> dict[str, int]:
        """Items by verdict ('' without one)."""
        counts: dict[str, int] = {}
        for cord, (start, end) in self.bundles.items():
            sql = "SELECT ifnull(verdict, ''), count(*) FROM items WHERE cord = ? AND sequence >= ? AND sequence < ? GROUP BY 1"
            for verdict, count in outbox.rows(sql, (cord, start, end)):
                counts[verdict] = counts.get(verdict, 0) + count
        return counts

    def refused_whole(self, outbox: Outbox) -> int:
        """Items of bundles that the mechanism refused as such, by their signature or chain, so that
        no item of theirs has a verdict.
        """
        sql = (
            "SELECT count(*) FROM items JOIN bundles USING (cord, sequence) "
            "WHERE cord = ? AND sequence >= ? AND sequence < ? AND state = 'refused'"
        )
        return sum(
            int(outbox.rows(sql, (cord, start, end))[0][0])
            for cord, (start, end) in self.bundles.items()
        )

    def is_open(self, outbox: Outbox) -> bool:
        """Whether some bundle of it has no answer yet."""
        sql = "SELECT 1 FROM bundles WHERE cord = ? AND sequence >= ? AND sequence < ? AND state IN ('sealed', 'sent') LIMIT 1"
        return any(
            outbox.rows(sql, (cord, start, end)) for cord, (start, end) in self.bundles.items()
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the report. `outcome`: of OUTCOMES; `seen`: what stood there, for the screen
    only.
    """

    line: int
    outcome: str
    code: str
    field: str
    column: str = ""
    detail: str = ""
    seen: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """`unsent`: bundles of the node that wait for Kafka; `erasures`: those not done; `away`: why
    Kafka does not answer.
    """

    node: str
    tally: Tally
    span: Span
    unsent: int
    erasures: int
    away: str
    interrupted: bool
    _outbox: Path

    def counts(self) -> dict[str, int]:
        """Items by outcome; `duplicate` counts what this node had taken in before, too."""
        verdicts = self._verdicts()
        counts = {name: verdicts.get(name, 0) for name in OUTCOMES}
        counts["refused"] = self.tally.refused
        counts["duplicate"] += self.tally.repeated
        counts["unanswered"] = verdicts.get("", 0) + verdicts.get("abandoned", 0)
        return counts

    def all_fine(self) -> bool:
        """Nothing refused or rejected, neither an item nor a bundle."""
        counts = self.counts()
        return not counts["refused"] and not counts["rejected"] and not self.refused_whole()

    def refused_whole(self) -> int:
        """Items, counted as unanswered, whose bundles the mechanism refused as such: somebody must
        act before they are answered.
        """
        with closing(Outbox(self._outbox)) as outbox:
            return self.span.refused_whole(outbox)

    def after(self, later: "Report") -> "Report":
        """This report, with the node's state as a later one saw it."""
        return replace(
            self,
            unsent=later.unsent,
            erasures=later.erasures,
            away=later.away,
            interrupted=later.interrupted,
        )

    def items(self, every: bool = True) -> Iterator[Item]:
        """What was not simply accepted: refused lines first, then what the mechanism said.

        Not `every` one: only what must be looked at, so neither duplicates nor what is merely
        unanswered yet.
        """
        for each in self.tally.refusals:
            outcome = "duplicate" if each.code == "ALREADY_TAKEN" else "refused"
            if every or outcome == "refused":
                yield Item(
                    each.line, outcome, each.code, each.field, each.column, each.detail, each.seen
                )
        for line, verdict, code, field, id_, bundle_code in self._told(every):
            outcome = verdict if verdict in OUTCOMES else "unanswered"
            yield Item(
                line or 0,
                outcome,
                code or ("" if bundle_code in TAKEN else bundle_code),
                field,
                id=ids.to_uuid_text(id_),
            )

    def as_json(self, every: bool = True) -> dict[str, Any]:
        """For programs of the node's own house: `seen` quotes the file. `every`: as of `items`."""
        names = ("line", "outcome", "code", "field", "column", "detail", "seen", "id")
        items = [{name: getattr(one, name) for name in names} for one in self.items(every)]
        facts = {
            "node": self.node,
            "rows": self.tally.rows,
            "counts": self.counts(),
            "sealed": self.tally.sealed,
            "unsent_bundles": self.unsent,
            "erasures_left": self.erasures,
            "bundles": {cord: list(part) for cord, part in self.span.bundles.items()},
        }
        return {**facts, "interrupted": self.interrupted, "items": items}

    @staticmethod
    def from_json(told: Mapping[str, Any], outbox: Path) -> "Report":
        """The report that `as_json` wrote, with what the node's outbox says by now."""
        refused = [
            Refusal(*(one[name] for name in _SAID))
            for one in told["items"]
            if one["outcome"] == "refused"
        ]
        repeated = told["rows"] - told["sealed"] - told["counts"]["refused"]
        tally = Tally(told["rows"], told["sealed"], told["counts"]["refused"], repeated, refused)
        span = Span({cord: (start, end) for cord, (start, end) in told["bundles"].items()})
        return Report(
            told["node"],
            tally,
            span,
            told["unsent_bundles"],
            told["erasures_left"],
            "",
            told["interrupted"],
            outbox,
        )

    def _told(self, every: bool) -> list[Any]:
        found: list[Any] = []
        which = (
            "IS NOT 'accepted'"
            if every
            else "IN ('pending', 'rejected', 'abandoned') OR (verdict IS NULL AND bundles.code NOT IN ('', 'GAP'))"
        )
        with closing(Outbox(self._outbox)) as outbox:
            for cord, (start, end) in self.span.bundles.items():
                sql = (
                    "SELECT line, verdict, items.code, field, id, bundles.code FROM items JOIN bundles USING (cord, sequence) "
                    f"WHERE cord = ? AND sequence >= ? AND sequence < ? AND (verdict {which}) ORDER BY number"
                )
                found.extend(outbox.rows(sql, (cord, start, end)))
        return found

    def _verdicts(self) -> dict[str, int]:
        with closing(Outbox(self._outbox)) as outbox:
            return self.span.verdicts(outbox)
