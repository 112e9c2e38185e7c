"""What is true: the indicators that the rules owe for one thing's records.

From the rules' words; imports no rule and no matcher.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

Reference = tuple[str, str]
RECORDED = frozenset({"REGISTERED", "LOST", "STOLEN", "TRAFFICKED", "SEIZED", "DESTROYED"})
LOST = frozenset({"LOST", "STOLEN"})
WANTED = frozenset({"requisitoria", "impedimento_de_transito"})
BYSTANDERS = frozenset({"witness", "complainant", "victim"})
DAY = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a thing, as far as the rules look at it.

    `certainty`: certain | possible | mistyped | lost | none (the last three: not found). `doubt`:
    what a possible one says; `variant`: which form of the thing's number it is written in.

    `status`: of a weapon (a seizure's is SEIZED), category of a notice, direction of a movement,
    outcome of a trace; `role`: of the person whose document it is; `at`: when it occurred, in
    minutes of UTC since the year 1, None if nobody wrote it; `until`: when it ceases to count, the
    same; `exercise`: the exercise it belongs to, or empty.
    """

    reference: Reference
    country: str
    type: str
    status: str
    certainty: str = "certain"
    calibre_known: bool = True
    role: str = ""
    involvement: str = ""
    at: int | None = 0
    until: int | None = None
    exercise: str = ""
    doubt: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """An indicator that is owed: its rule, grade and evidence.

    `exercise`: owed to those in this exercise alone. `kind`: of the thing, where it was read.
    """

    rule: str
    grade: str
    references: frozenset[Reference]
    exercise: str = ""
    kind: str = ""


Members = Sequence[Member]
Test = Callable[[Member, Members], bool]


@dataclass(frozen=True, slots=True)
class TruthRule:
    """`first`, `second`: who fills the roles, given all of one world.

    `days`: from the first to the second; `hub`: more link nobody.
    """

    id: str
    kinds: frozenset[str]
    first: Test
    second: Test
    hub: int = 50
    days: tuple[int, int] | None = None
    until: bool = False


def _status(*statuses: str) -> Test:
    return lambda m, _all: m.type == "weapon_record" and m.status in statuses


def _registered(m: Member, all_: Members) -> bool:
    """Who exported it may keep its registration."""
    exported = any(other.status == "EXPORTED" and other.country == m.country for other in all_)
    return m.type == "weapon_record" and m.status == "REGISTERED" and not exported


def _seized(m: Member, _all: Members) -> bool:
    return m.type == "seizure" or (m.type == "weapon_record" and m.status == "SEIZED")


def _recorded(m: Member, all_: Members) -> bool:
    return (
        _registered(m, all_)
        or _seized(m, all_)
        or (m.type == "weapon_record" and m.status in RECORDED - {"REGISTERED"})
    )


def _asked(m: Member, _all: Members) -> bool:
    return m.type == "trace_request"


def _known(m: Member, _all: Members) -> bool:
    return m.type == "weapon_record" or (m.type == "trace_result" and m.status == "IDENTIFIED")


def _case(m: Member, _all: Members) -> bool:
    """A record that makes its persons and things part of a case.

    Who only saw, complained or suffered is none.
    """
    if m.type == "person_notice":
        return m.status in ("antecedentes", "requisitoria")
    if m.type == "weapon_record" and m.status not in ("SEIZED", "TRAFFICKED"):
        return False
    return m.type in _CASES and m.role not in BYSTANDERS


_CASES = ("seizure", "crime_incident", "threat_report", "weapon_record")


def _reported(m: Member, _all: Members) -> bool:
    return m.type in ("suspicious_flow", "threat_report")


def _wanted(m: Member, _all: Members) -> bool:
    return m.type == "person_notice" and m.status in WANTED


def _crossing(m: Member, _all: Members) -> bool:
    return m.type == "movement"


def _stolen(m: Member, all_: Members) -> bool:
    """Until its country says that it was found again, then or later (a day's grace)."""
    matches = any(
        o.involvement == "RECOVERED"
        and o.type == "crime_incident"
        and o.country == m.country
        and (m.at is None or o.at is None or o.at > m.at - DAY)
        for o in all_
    )
    return m.type == "crime_incident" and m.involvement == "STOLEN" and not matches


_WEAPON = frozenset({"weapon"})
RULES: tuple[TruthRule, ...] = (
    TruthRule("weapon-in-two-countries", _WEAPON, _recorded, _recorded),
    TruthRule("stolen-weapon-seized-abroad", _WEAPON, _status("LOST", "STOLEN"), _seized),
    TruthRule("registered-weapon-seized-abroad", _WEAPON, _registered, _seized),
    TruthRule("weapon-traced", _WEAPON, _asked, _known),
    TruthRule(
        "thing-in-two-countries",
        frozenset({"document", "imei", "plate", "ammunition_lot"}),
        _case,
        _case,
    ),
    TruthRule(
        "phone-in-two-countries", frozenset({"phone"}), _case, _case, hub=20, days=(-180, 180)
    ),
    TruthRule("account-in-two-countries", frozenset({"account"}), _reported, _reported, hub=20),
    TruthRule(
        "wanted-person-at-crossing",
        frozenset({"document"}),
        _wanted,
        _crossing,
        hub=500,
        days=(-1, 36500),
        until=True,
    ),
    TruthRule(
        "stolen-plate-at-crossing",
        frozenset({"plate"}),
        _stolen,
        _crossing,
        hub=500,
        days=(-1, 36500),
    ),
)


def expected(kind: str, members: Members) -> list[Expected]:
    """The indicators owed for one thing of this kind.

    Exercise and real never mix. Calibres of one weapon always go together here.
    """
    matches = []
    for world in dict.fromkeys(member.exercise for member in members):
        of_world = [member for member in members if member.exercise == world]
        for rule in RULES:
            if kind in rule.kinds:
                matches += _owed(rule, of_world, world)
    return matches


def _owed(rule: TruthRule, members: Members, world: str) -> list[Expected]:
    first = [m for m in members if rule.first(m, members)]
    second = [m for m in members if rule.second(m, members)]
    if len({m.reference for m in (*first, *second)}) > rule.hub:
        return []
    evidence: dict[str, set[Reference]] = {"certain": set(), "possible": set()}
    for a, b in product(first, second):
        if a.country != b.country and (grade := _grade(rule, a, b)):
            evidence[grade] |= {a.reference, b.reference}
    return [
        Expected(rule.id, grade, frozenset(references), world)
        for grade, references in evidence.items()
        if references
    ]


def _grade(rule: TruthRule, a: Member, b: Member) -> str:
    """Certain | possible | empty: no pair."""
    both = {a.certainty, b.certainty}
    if not both <= {"certain", "possible"}:
        return ""
    if "certain" not in both and not _agree(rule, a, b):
        return ""
    if "possible" in both and a.variant != b.variant:
        return ""
    sure = both == {"certain"} and a.calibre_known and b.calibre_known and a.variant == b.variant
    if rule.days is not None:
        if a.at is None or b.at is None:
            sure = False
        elif not rule.days[0] * DAY <= b.at - a.at <= rule.days[1] * DAY:
            return ""
    if rule.until and a.until is not None:
        if b.at is None:
            sure = False
        elif b.at >= a.until:
            return ""
    return "certain" if sure else "possible"


def _agree(rule: TruthRule, a: Member, b: Member) -> bool:
    """Whether two possible ones say the same, and all is known that the rule compares."""
    known = a.calibre_known and b.calibre_known
    if rule.days is not None:
        known = known and a.at is not None and b.at is not None
    return known and bool(a.doubt) and a.doubt == b.doubt


def hidden(kind: str, members: Members) -> list[Expected]:
    """What would be owed as well, had nobody mistyped or lost a thing's number.

    It is real, but no rule can find it.
    """
    lost = ("mistyped", "lost")
    if all(member.certainty not in lost for member in members):
        return []
    perfect = [replace(m, certainty="certain") if m.certainty in lost else m for m in members]
    known = set(expected(kind, members))
    return [
        Expected(e.rule, "hidden", e.references, e.exercise)
        for e in expected(kind, perfect)
        if e not in known
    ]


def as_json(matches: Iterable[Expected]) -> list[dict[str, Any]]:
    """For truth.jsonl, in a fixed order."""
    return [
        {"rule": e.rule, "grade": e.grade, "references": sorted(list(r) for r in e.references)}
        | ({"exercise": e.exercise} if e.exercise else {})
        for e in matches
    ]


def read(path: Path, exercise: str = "") -> Iterator[Expected]:
    """The indicators owed by a truth.jsonl: in the real world, or in this exercise.

    Raises OSError, ValueError or KeyError for no truth.
    """
    return (item for item in _read(path, "expected") if item.exercise == exercise)


def read_hidden(path: Path) -> Iterator[Expected]:
    """What is true in the real world and cannot be found."""
    return (item for item in _read(path, "hidden") if not item.exercise)


def read_traps(path: Path) -> dict[Reference, str]:
    """Which records lie in which trap."""
    texts: dict[Reference, str] = {}
    for line in _lines(path, '"trap":true'):
        for record in line["records"]:
            texts[record["node"], record["reference"]] = line["story"]
    return texts


def read_exercise(path: Path) -> frozenset[Reference]:
    """The records that belong to an exercise."""
    records = (
        record
        for line in _lines(path, '"exercise":"')
        for record in line["records"]
        if record.get("exercise")
    )
    return frozenset((record["node"], record["reference"]) for record in records)


def _read(path: Path, field: str) -> Iterator[Expected]:
    for line in _lines(path, f'"{field}":[{{'):
        for indicator in line[field]:
            references = frozenset((node, reference) for node, reference in indicator["references"])
            yield Expected(
                indicator["rule"],
                indicator["grade"],
                references,
                indicator.get("exercise", ""),
                line["kind"],
            )


def _lines(path: Path, holding: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if holding in line:
                yield json.loads(line)
