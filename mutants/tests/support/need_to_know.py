"""What every reader may be told, said again from the vocabulary's table and the rules' definitions:
brute force, simple values.

Nothing of schemas.release.rules, streams.correlation or streams.rules is used; weights and
sentences are read from the rules' files as data. Answers are dictionaries as the HTTP API's JSON,
cut down to what need-to-know decides.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

RULES = Path(__file__).parents[2] / "streams" / "rules" / "library"
LEVELS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
MEMBERS = {"BO", "CO", "EC", "PE"}
COMMUNITY = MEMBERS | {"AR", "BR", "VE", "UNODC", "MEC"}
NAMES = {"BO": "Bolivia", "CO": "Colombia", "EC": "Ecuador", "PE": "Perú"}
RECORDED = {"LOST", "STOLEN", "TRAFFICKED", "SEIZED", "DESTROYED"}
HUB = 50
Told = dict[str, Any]


@dataclass(frozen=True)
class Asker:
    """A reader, in plain words. `accepted`: (owner's country, text) of conditions."""

    person: str
    country: str
    authority: str | None
    role: str
    clearance: str
    groups: frozenset[str]
    purpose: str | None
    exercise: str | None
    accepted: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Said:
    """One accepted event of the log. Times: ms since 1970 UTC. `things`: (kind, id). `act`:
    retraction or erasure of `target`.
    """

    event: str
    version: str
    country: str
    authority: str
    recorded: int
    recipients: tuple[str, ...] = ("ALL",)
    tlp: str = "GREEN"
    handling: tuple[str, ...] = ()
    condition: str | None = None
    exercise: str | None = None
    type: str = "weapon_record"
    status: str = ""
    calibre: str | None = None
    occurred: int | None = None
    things: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    act: str = ""
    target: str = ""


def may_see(said: Said, who: Asker) -> bool:
    """The vocabulary's table, row by row."""
    if who.role not in ("analyst", "prosecutor", "officer") or said.exercise != who.exercise:
        return False
    if said.country == who.country:
        return True
    own = {f"{who.country}/{who.authority}"} if who.authority else set()
    named = {f"@{name}" for name in (who.person, *who.groups)} & set(said.recipients)
    if not (named or own & set(said.recipients) or {"ALL", who.country} & set(said.recipients)):
        return False
    if said.tlp != "CLEAR" and who.country not in COMMUNITY:
        return False
    if LEVELS.index(said.tlp) >= LEVELS.index("AMBER") and (
        LEVELS.index(who.clearance) < LEVELS.index(said.tlp) or not who.purpose
    ):
        return False
    if said.tlp == "AMBER+STRICT" and not own & set(said.recipients):
        return False
    if said.tlp == "RED" and not named:
        return False
    if "H0" in said.handling and who.purpose not in ("prevention", "investigation"):
        return False
    return "H3" not in said.handling or (said.country, said.condition) in who.accepted


def markings(said: Said, who: Asker) -> list[str]:
    """What must be seen with it."""
    if said.country == who.country:
        return []
    return [
        f"H3: {said.condition}" if code == "H3" else code for code in said.handling if code != "H0"
    ]


@dataclass
class Oracle:
    """The log, and what may be told of it."""

    log: list[Said] = field(default_factory=list)
    _known: dict[tuple[str, Asker, int | None, int], Any] = field(default_factory=dict)

    # -- what is so
    # ------------------------------------------------------------------------------------------------------------

    def versions(self, as_of: int | None) -> dict[str, list[Said]]:
        """By event: what was said of it by then, in order; every correction came after what it
        corrects.
        """
        found: dict[str, list[Said]] = {}
        for said in self.log:
            if not said.act and (as_of is None or said.recorded <= as_of):
                found.setdefault(said.event, []).append(said)
        return found

    def acts(self, event: str, as_of: int | None) -> list[str]:
        return [
            said.act
            for said in self.log
            if said.act and said.target == event and (as_of is None or said.recorded <= as_of)
        ]

    def heads(self, who: Asker, as_of: int | None) -> dict[str, Said]:
        """The current version of each event that may be seen: as it was marked then, and as it is
        marked today.
        """
        today = self.versions(None)
        then = {event: versions[-1] for event, versions in self.versions(as_of).items()}
        return {
            event: head
            for event, head in then.items()
            if may_see(head, who) and may_see(today[event][-1], who)
        }

    def _once(self, what: str, who: Asker, as_of: int | None, make: Callable[[], Any]) -> Any:
        """Made once for each log, reader and moment."""
        key = (what, who, as_of, len(self.log))
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    def live(self, who: Asker, as_of: int | None) -> list[Said]:
        """What hangs on things: not retracted by then, never erased."""
        found: list[Said] = self._once("live", who, as_of, lambda: self._live(who, as_of))
        return found

    def _live(self, who: Asker, as_of: int | None) -> list[Said]:
        heads = self.heads(who, as_of).items()
        return [
            head
            for event, head in heads
            if not self.acts(event, as_of) and "erasure" not in self.acts(event, None)
        ]

    # -- what is told
    # ----------------------------------------------------------------------------------------------------------

    def events(self, who: Asker, as_of: int | None = None) -> list[Told]:
        """As listed: newest first."""
        heads = [
            head for event, head in self.heads(who, as_of).items() if not self.acts(event, as_of)
        ]
        return [
            {
                "id": one.event,
                "version": one.version,
                "tlp": one.tlp,
                "markings": markings(one, who),
            }
            for one in sorted(heads, key=lambda one: (-one.recorded, one.event))
        ]

    def event(self, id_: str, who: Asker, as_of: int | None = None) -> Told | None:
        """One event with its versions."""
        head = self.heads(who, as_of).get(id_)
        if head is None:
            return None
        acts = self.acts(id_, as_of)
        status = "erased" if "erasure" in acts else "retracted" if acts else "current"
        things = (
            [thing for _, thing in head.things]
            if not acts and "erasure" not in self.acts(id_, None)
            else []
        )
        return {
            "id": id_,
            "status": status,
            "current": head.version,
            "versions": {
                one.version: markings(one, who)
                for one in self.versions(as_of)[id_]
                if may_see(one, who)
            },
            "acts": sorted(acts),
            "things": sorted(things),
        }

    def thing(self, id_: str, who: Asker, as_of: int | None = None) -> Told | None:
        """Who knows it."""
        found = [one for one in self.live(who, as_of) if id_ in {thing for _, thing in one.things}]
        if not found:
            return None
        members = {one.event: markings(one, who) for one in found}
        indicators = [one for one in self.indicators(who, as_of) if one["thing"] == id_]
        return {
            "id": id_,
            "hub": len(found) > HUB,
            "members": members,
            "indicators": sorted(one["id"] for one in indicators),
        }

    def indicators(self, who: Asker, as_of: int | None = None) -> list[Told]:
        """As listed: newest first."""
        found: list[Told] = self._once(
            "indicators", who, as_of, lambda: self._indicators(who, as_of)
        )
        return found

    def _indicators(self, who: Asker, as_of: int | None) -> list[Told]:
        live = self.live(who, as_of)
        by_thing: dict[tuple[str, str], list[Said]] = {}
        for one in live:
            for thing in one.things:
                by_thing.setdefault(thing, []).append(one)
        found = [
            told for (kind, thing), on in by_thing.items() for told in _on(kind, thing, on, who)
        ]
        return sorted(found, key=lambda told: (-told["last_recorded"], told["id"]))

    def series(
        self, who: Asker, as_of: int | None = None, period: str = "month", clock: str = "occurred"
    ) -> Counter[tuple[str, str, str]]:
        """(first day, rule, grade) and how many; an empty day where nothing says when."""
        live = [told for told in self.indicators(who, as_of) if told["status"] == "live"]
        return Counter(
            (_begin(told[f"last_{clock}"], period), told["rule"], told["grade"]) for told in live
        )

    def hidden_words(self, who: Asker, as_of: int | None = None) -> set[str]:
        """Ids and words of content that no answer, page or message to this reader may hold, in
        whatever form it comes.

        The hook for what shows answers otherwise than as JSON: none of these may be anywhere in its
        text.
        """
        seen = self.heads(who, as_of)
        shown = {one.event for one in seen.values()} | {
            thing for one in seen.values() for _, thing in one.things
        }
        shown |= {word for one in seen.values() for word in one.words} | {
            told["id"] for told in self.indicators(who, as_of)
        }
        every = {one.event for one in self.log if not one.act} | {
            thing for one in self.log for _, thing in one.things
        }
        every |= {word for one in self.log for word in one.words} | {
            told["id"] for told in self._all_indicators()
        }
        return every - shown - {""}

    def _all_indicators(self) -> Iterator[Told]:
        """Whatever anybody could be told of at any time."""
        things = {thing for one in self.log for thing in one.things}
        for (kind, thing), rule, grade in product(things, _RULES, ("certain", "possible")):
            if kind in _rule(rule)["kinds"]:
                yield {"id": indicator_id(rule, grade, thing)}


def indicator_id(rule: str, grade: str, thing: str) -> str:
    return str(uuid5(uuid5(NAMESPACE_URL, f"quipu:rule:{rule}:{grade}"), UUID(thing).hex))


# -- the rules, as streams/rules/README.md words them
# -------------------------------------------------------

_RULES = (
    "weapon-in-two-countries",
    "stolen-weapon-seized-abroad",
    "registered-weapon-seized-abroad",
    "thing-in-two-countries",
)


@cache
def _rule(name: str) -> dict[str, Any]:
    read = tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))
    kinds = read["kind"] if isinstance(read["kind"], list) else [read["kind"]]
    return {**read, "kinds": kinds}


def _fills(rule: str, role: str, one: Said) -> bool:
    seized = one.type == "seizure" or one.status == "SEIZED"
    if role == "case":
        return seized or one.status == "TRAFFICKED"
    if role == "recorded":
        return one.type == "seizure" or one.status in RECORDED | {"REGISTERED"}
    return {
        "lost": one.status in ("LOST", "STOLEN"),
        "seized": seized,
        "registered": one.status == "REGISTERED",
    }[role]


def _joined(rule: str, one: Said, other: Said) -> bool:
    """Calibres here are equal or not, never merely adjacent."""
    return (
        rule == "thing-in-two-countries"
        or None in (one.calibre, other.calibre)
        or one.calibre == other.calibre
    )


def _excused(rule: str, role: str, one: Said, on: Sequence[Said]) -> bool:
    """Legal trade: its country also says that it exported it."""
    if one.status != "REGISTERED" or role not in ("recorded", "registered"):
        return False
    return any(
        other.status == "EXPORTED" and other.country == one.country and _joined(rule, one, other)
        for other in on
    )


def _on(kind: str, thing: str, on: list[Said], who: Asker) -> Iterator[Told]:
    """The indicators of one thing, by what of it is released."""
    for rule in _RULES:
        if kind not in _rule(rule)["kinds"]:
            continue
        first, second = _rule(rule)["pair"]
        for grade in ("certain", "possible"):
            known = [
                one
                for one in on
                if grade == "possible" or kind != "weapon" or one.calibre is not None
            ]
            members = [
                one for one in known if _fills(rule, first, one) or _fills(rule, second, one)
            ]
            pairs = _pairs(rule, grade, kind, known, on)
            if pairs and len(members) > HUB:
                yield _told(rule, grade, thing, "hub", [], [], members, who)
            elif pairs:
                rows = {
                    (one.event, role): (one, role)
                    for pair in pairs
                    for one, role in zip(pair, (first, second), strict=True)
                }
                yield _told(rule, grade, thing, "live", pairs, list(rows.values()), [], who)


def _pairs(
    rule: str, grade: str, kind: str, known: list[Said], on: list[Said]
) -> list[tuple[Said, Said]]:
    first, second = _rule(rule)["pair"]
    able = {
        role: [
            one for one in known if _fills(rule, role, one) and not _excused(rule, role, one, on)
        ]
        for role in (first, second)
    }
    found = []
    for one, other in product(able[first], able[second]):
        if (
            one.country == other.country
            or not _joined(rule, one, other)
            or (first == second and other.event < one.event)
        ):
            continue
        certain = kind != "weapon" or None not in (one.calibre, other.calibre)
        if certain == (grade == "certain"):
            found.append((one, other))
    return found


def _told(
    rule: str,
    grade: str,
    thing: str,
    status: str,
    pairs: list[tuple[Said, Said]],
    rows: list[tuple[Said, str]],
    hub: list[Said],
    who: Asker,
) -> Told:
    on = [one for one, _ in rows] or hub
    occurred = [one.occurred for one, _ in rows if one.occurred is not None]
    first, second = _rule(rule)["pair"]
    scores = [_weight(rule, first, one) + _weight(rule, second, other) for one, other in pairs]
    return {
        "id": indicator_id(rule, grade, thing),
        "rule": rule,
        "grade": grade,
        "status": status,
        "thing": thing,
        "members": len({one.event for one in on}),
        "pairs": len(pairs),
        "score": min(_rule(rule)["cap"], max(scores, default=0.0)),
        "countries": sorted({NAMES[one.country] for one in on}) if rows else [],
        "tlp": max((one.tlp for one in on), key=LEVELS.index),
        "handling": sorted({code for one in on for code in one.handling}),
        "conditions": sorted(
            {one.condition for one in on if "H3" in one.handling and one.condition}
        ),
        "first_recorded": min(one.recorded for one in on),
        "last_recorded": max(one.recorded for one in on),
        "last_occurred": max(occurred, default=None),
        "evidence": {(one.event, role): markings(one, who) for one, role in rows},
    }


def _weight(rule: str, role: str, one: Said) -> float:
    weights = _rule(rule)["weights"]
    joined = weights["calibre"] if "joined_by" in _rule(rule) and one.calibre is not None else 0.0
    return float(weights[role] + weights["certain"] + joined)


def _begin(ms: int | None, period: str) -> str:
    if ms is None:
        return ""
    day = datetime.fromtimestamp(ms / 1000, UTC).date()
    return str(day.replace(day=1) if period == "month" else day - timedelta(days=day.weekday()))
