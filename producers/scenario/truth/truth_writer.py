"""Writes truth.jsonl: what is true of each thing that a tale's records speak of, a line a thing."""

from collections import Counter
from datetime import date
from typing import Any, TextIO

from producers.scenario.files.formats import compact
from producers.scenario.files.national import FORMS, file_of, node_of
from producers.scenario.stories.record import SEIZURE, Mention, Record, Tale
from producers.scenario.truth import truth
from producers.scenario.world.belongings import Account, Car, Handset, Line, Lot
from producers.scenario.world.people import Identity
from producers.scenario.world.weapons import Weapon

OFFSET = {"CO": 300, "EC": 300, "PE": 300, "BO": 240}  # minutes that local time is behind UTC
DAY_ENDS = 29 * 60  # the last local day of a notice ends then, in minutes of UTC: midnight of UTC-5

Mentions = list[tuple[Record, Mention]]


class Telling:
    """`things`: lines by kind; `expected`.

    Indicators owed by rule and grade, those of exercises apart; `hidden`: by rule.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.things: Counter[str] = Counter()
        self.expected: Counter[tuple[str, str]] = Counter()
        self.hidden: Counter[str] = Counter()

    def tell(self, tale: Tale) -> None:
        """Every weapon, and every other thing that is in several records or in a trap."""
        things: dict[int, Mentions] = {}
        for record in tale.records:
            for mention in record.mentions():
                things.setdefault(id(mention.thing), []).append((record, mention))
        remaining = [
            thing
            for thing in things.values()
            if len(thing) > 1 or tale.trap or thing[0][1].kind == "weapon"
        ]
        numbers = []
        for mentions in remaining:
            self.things[mentions[0][1].kind] += 1
            numbers.append(f"{mentions[0][1].kind}-{self.things[mentions[0][1].kind]:07}")
        for number, mentions in zip(numbers, remaining, strict=True):
            alike = [
                n
                for n, other in zip(numbers, remaining, strict=True)
                if n != number and other[0][1].kind == mentions[0][1].kind
            ]
            self._line(number, tale, mentions, alike if tale.trap else [])

    def _line(self, number: str, tale: Tale, mentions: Mentions, resembles: list[str]) -> None:
        kind = mentions[0][1].kind
        members = [member(record, mention) for record, mention in mentions]
        owed, lost = (
            (truth.expected(kind, members), truth.hidden(kind, members))
            if len(members) > 1
            else ([], [])
        )
        self.expected.update((e.rule, "exercise" if e.exercise else e.grade) for e in owed)
        self.hidden.update(e.rule for e in lost)
        line = {
            "thing": number, "kind": kind, "story": tale.story, "trap": tale.trap, "resembles": resembles, "is": _is(mentions[0][1].thing),
            "records": [_told(record, mention) for record, mention in mentions],
            "expected": truth.as_json(owed), "hidden": truth.as_json(lost),
        }  # fmt: skip
        self._file.write(compact(line) + "\n")


def member(record: Record, mention: Mention) -> truth.Member:
    """The record as the rules look at it."""
    status = "SEIZED" if record.type == SEIZURE else record.status
    minute = record.minute if FORMS[file_of(record)].timed else 0
    at = None if record.undated else record.day * truth.DAY + minute + OFFSET[record.country]
    until = None if record.until is None else record.until * truth.DAY + DAY_ENDS
    return truth.Member(
        (node_of(record), record.reference), record.country, record.type, status, mention.certainty,
        record.is_calibre_known or mention.kind != "weapon", mention.role, mention.involvement, at, until, record.exercise,
        mention.doubt, mention.variant,
    )  # fmt: skip


def _told(record: Record, mention: Mention) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "node": node_of(record), "reference": record.reference, "country": record.country, "type": record.type,
        "day": date.fromordinal(record.day).isoformat(), "status": record.status, "written": mention.written,
        "certainty": mention.certainty, "noise": record.noise,
    }  # fmt: skip
    for name, value in (
        ("role", mention.role),
        ("involvement", mention.involvement),
        ("exercise", record.exercise),
    ):
        if value:
            answer[name] = value
    if mention.kind == "weapon":
        answer |= {"make": record.make, "calibre": record.calibre}
    if record.until is not None:
        answer["until"] = date.fromordinal(record.until).isoformat()
    if record.reported_as is not None:
        answer["reported_as"] = next(
            (m.written for m in record.reported_as.mentions() if m.kind == mention.kind), ""
        )
    return answer


def _is(thing: object) -> dict[str, str]:
    """The thing itself, rightly written."""
    match thing:
        case Weapon():
            return {
                "make": thing.make.name,
                "type": thing.type,
                "calibre": thing.calibre.key,
                "serial": thing.serial,
            }
        case Identity():
            names = [thing.given, thing.first.name, *([thing.second.name] if thing.second else [])]
            return {
                "name": " ".join(names),
                "country": thing.country,
                "type": thing.type,
                "number": thing.number,
            }
        case Car():
            return {"country": thing.country, "plate": thing.plate}
        case Line():
            return {"country": thing.country, "national": thing.national}
        case Handset():
            return {"imei": thing.imei}
        case Account():
            return {"country": thing.country, "institution": thing.names[0], "number": thing.number}
        case Lot():
            return {"make": thing.make.name, "calibre": thing.calibre.key, "lot": thing.mark}
        case _:
            raise TypeError(f"{thing!r} is nothing that the truth tells of")
