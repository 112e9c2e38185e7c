"""What is true: the indicators that ARCHITECTURE.md's three rules owe for one weapon's records. Imports no rule and no matcher."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

Reference = tuple[str, str]
RECORDED = frozenset({"REGISTERED", "LOST", "STOLEN", "TRAFFICKED", "SEIZED", "DESTROYED"})
LOST = frozenset({"LOST", "STOLEN"})


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a weapon, as far as the rules look at it. `certainty`: certain | possible | mistyped | none (the last two: not found)."""

    reference: Reference
    country: str
    status: str
    certainty: str
    calibre_known: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """An indicator that is owed: its rule, grade and evidence."""

    rule: str
    grade: str
    references: frozenset[Reference]


def _registered(member: Member, exported: frozenset[str]) -> bool:
    return member.status == "REGISTERED" and member.country not in exported


def _two_countries(a: Member, b: Member, exported: frozenset[str]) -> bool:
    return all(_registered(m, exported) or (m.status in RECORDED and m.status != "REGISTERED") for m in (a, b))


def _stolen(a: Member, b: Member, _exported: frozenset[str]) -> bool:
    return a.status in LOST and b.status == "SEIZED"


def _registered_seized(a: Member, b: Member, exported: frozenset[str]) -> bool:
    return _registered(a, exported) and b.status == "SEIZED"


RULES: tuple[tuple[str, Callable[[Member, Member, frozenset[str]], bool]], ...] = (
    ("weapon-in-two-countries", _two_countries),
    ("stolen-weapon-seized-abroad", _stolen),
    ("registered-weapon-seized-abroad", _registered_seized),
)


def expected(members: Sequence[Member]) -> list[Expected]:
    """The indicators owed for one weapon. A seizure is a member of status SEIZED. Calibres of one weapon always go together here."""
    exported = frozenset(member.country for member in members if member.status == "EXPORTED")
    found = []
    for rule, holds in RULES:
        for grade in ("certain", "possible"):
            evidence: set[Reference] = set()
            for a, b in combinations(members, 2):
                if a.country != b.country and _grade(a, b) == grade and (holds(a, b, exported) or holds(b, a, exported)):
                    evidence |= {a.reference, b.reference}
            if evidence:
                found.append(Expected(rule, grade, frozenset(evidence)))
    return found


def hidden(members: Sequence[Member]) -> list[Expected]:
    """What would be owed as well, had nobody mistyped: real, but no rule can find it."""
    if all(member.certainty != "mistyped" for member in members):
        return []
    perfect = [replace(m, certainty="certain") if m.certainty == "mistyped" else m for m in members]
    known = set(expected(members))
    return [Expected(e.rule, "hidden", e.references) for e in expected(perfect) if e not in known]


def _grade(a: Member, b: Member) -> str:
    both = {a.certainty, b.certainty}
    if "certain" not in both or not both <= {"certain", "possible"}:
        return "none"
    return "certain" if both == {"certain"} and a.calibre_known and b.calibre_known else "possible"


def as_json(found: Iterable[Expected]) -> list[dict[str, Any]]:
    """For truth.jsonl, in a fixed order."""
    return [{"rule": e.rule, "grade": e.grade, "references": sorted(list(r) for r in e.references)} for e in found]


def read(path: Path) -> Iterator[Expected]:
    """The indicators owed by a truth.jsonl. Raises OSError, ValueError or KeyError for a file that is none."""
    yield from _read(path, "expected")


def read_hidden(path: Path) -> Iterator[Expected]:
    """What is true and cannot be found."""
    yield from _read(path, "hidden")


def _read(path: Path, field: str) -> Iterator[Expected]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if f'"{field}":[{{' in line:
                for one in json.loads(line)[field]:
                    yield Expected(one["rule"], one["grade"], frozenset((node, reference) for node, reference in one["references"]))
