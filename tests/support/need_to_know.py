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
RECORDED = {"LOST", "STOLEN", "FOUND", "TRAFFICKED", "SEIZED", "DESTROYED"}
HUB = 50
ShownRecord = dict[str, Any]


@dataclass(frozen=True)
class Asker:
    """A reader, in plain words. `accepted`: (owner's country, text) of conditions; `use`: reading,
    file or court.
    """

    person: str
    country: str
    authority: str | None
    role: str
    clearance: str
    groups: frozenset[str]
    purpose: str | None
    exercise: str | None
    accepted: frozenset[tuple[str, str]] = frozenset()
    use: str = "reading"


@dataclass(frozen=True)
class Statement:
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


def may_see(statement: Statement, who: Asker) -> bool:
    """The vocabulary's table, row by row."""
    if who.role not in ("analyst", "prosecutor", "officer") or statement.exercise != who.exercise:
        return False
    if statement.country == who.country:
        return True
    own = {f"{who.country}/{who.authority}"} if who.authority else set()
    named = {f"@{name}" for name in (who.person, *who.groups)} & set(statement.recipients)
    if not (
        named or own & set(statement.recipients) or {"ALL", who.country} & set(statement.recipients)
    ):
        return False
    if statement.tlp != "CLEAR" and who.country not in COMMUNITY:
        return False
    if LEVELS.index(statement.tlp) >= LEVELS.index("AMBER") and (
        LEVELS.index(who.clearance) < LEVELS.index(statement.tlp) or not who.purpose
    ):
        return False
    if statement.tlp == "AMBER+STRICT" and not own & set(statement.recipients):
        return False
    if statement.tlp == "RED" and not named:
        return False
    if "H2" in statement.handling and who.use != "reading":
        return False
    if "H1" in statement.handling and who.use == "court":
        return False
    if "H0" in statement.handling and who.purpose not in ("prevention", "investigation"):
        return False
    return (
        "H3" not in statement.handling or (statement.country, statement.condition) in who.accepted
    )


def markings(statement: Statement, who: Asker) -> list[str]:
    """What must be seen with it."""
    if statement.country == who.country:
        return []
    return [
        f"H3: {statement.condition}" if code == "H3" else code
        for code in statement.handling
        if code != "H0"
    ]


@dataclass
class Oracle:
    """The log, and what may be told of it."""

    log: list[Statement] = field(default_factory=list)
    _known: dict[tuple[str, Asker, int | None, int], Any] = field(default_factory=dict)

    # -- what is so

    def versions(self, as_of: int | None) -> dict[str, list[Statement]]:
        """By event: what was said of it by then, in order; every correction came after what it
        corrects.
        """
        matches: dict[str, list[Statement]] = {}
        for statement in self.log:
            if not statement.act and (as_of is None or statement.recorded <= as_of):
                matches.setdefault(statement.event, []).append(statement)
        return matches

    def acts(self, event: str, as_of: int | None) -> list[str]:
        return [
            statement.act
            for statement in self.log
            if statement.act
            and statement.target == event
            and (as_of is None or statement.recorded <= as_of)
        ]

    def heads(self, who: Asker, as_of: int | None) -> dict[str, Statement]:
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

    def live(self, who: Asker, as_of: int | None) -> list[Statement]:
        """What hangs on things: not retracted by then, never erased."""
        statements: list[Statement] = self._once("live", who, as_of, lambda: self._live(who, as_of))
        return statements

    def _live(self, who: Asker, as_of: int | None) -> list[Statement]:
        heads = self.heads(who, as_of).items()
        return [
            head
            for event, head in heads
            if not self.acts(event, as_of) and "erasure" not in self.acts(event, None)
        ]

    # -- what is told

    def events(self, who: Asker, as_of: int | None = None) -> list[ShownRecord]:
        """List what the reader may see, newest first."""
        heads = [
            head for event, head in self.heads(who, as_of).items() if not self.acts(event, as_of)
        ]
        return [
            {
                "id": statement.event,
                "version": statement.version,
                "tlp": statement.tlp,
                "markings": markings(statement, who),
            }
            for statement in sorted(
                heads, key=lambda statement: (-statement.recorded, statement.event)
            )
        ]

    def event(self, id_: str, who: Asker, as_of: int | None = None) -> ShownRecord | None:
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
                statement.version: markings(statement, who)
                for statement in self.versions(as_of)[id_]
                if may_see(statement, who)
            },
            "acts": sorted(acts),
            "things": sorted(things),
        }

    def thing(self, id_: str, who: Asker, as_of: int | None = None) -> ShownRecord | None:
        """Say which records the reader sees on a thing."""
        statements = [
            statement
            for statement in self.live(who, as_of)
            if id_ in {thing for _, thing in statement.things}
        ]
        if not statements:
            return None
        members = {statement.event: markings(statement, who) for statement in statements}
        indicators = [
            indicator for indicator in self.indicators(who, as_of) if indicator["thing"] == id_
        ]
        return {
            "id": id_,
            "hub": len(statements) > HUB,
            "members": members,
            "indicators": sorted(indicator["id"] for indicator in indicators),
        }

    def indicators(self, who: Asker, as_of: int | None = None) -> list[ShownRecord]:
        """List what the reader may see, newest first."""
        showns: list[ShownRecord] = self._once(
            "indicators", who, as_of, lambda: self._indicators(who, as_of)
        )
        return showns

    def _indicators(self, who: Asker, as_of: int | None) -> list[ShownRecord]:
        live = self.live(who, as_of)
        by_thing: dict[tuple[str, str], list[Statement]] = {}
        for statement in live:
            for thing in statement.things:
                by_thing.setdefault(thing, []).append(statement)
        showns = [
            shown for (kind, thing), on in by_thing.items() for shown in _on(kind, thing, on, who)
        ]
        return sorted(showns, key=lambda shown: (-shown["last_recorded"], shown["id"]))

    def crowds(
        self, who: Asker, as_of: int | None = None
    ) -> dict[tuple[str, str], list[tuple[str, int, dict[str, int]]]]:
        """By rule and thing that more records share than a hub, for each grade: whether it is a hub
        or publishers are set aside, how many share it, and how many each of these has.
        """
        status = {shown["id"]: shown["status"] for shown in self.indicators(who, as_of)}
        on: dict[tuple[str, str], list[Statement]] = {}
        for statement in self.live(who, as_of):
            for named in statement.things:
                on.setdefault(named, []).append(statement)
        crowds: dict[tuple[str, str], list[tuple[str, int, dict[str, int]]]] = {}
        for (kind, thing), statements in on.items():
            for rule, grade in product(_RULES, ("certain", "possible")):
                shown = status.get(indicator_id(rule, grade, thing))
                members = {
                    statement.event: statement.country
                    for statement in statements
                    if any(_fills(rule, role, statement) for role in _rule(rule)["pair"])
                    and (grade == "possible" or kind != "weapon" or statement.calibre is not None)
                }
                if shown is not None and len(members) > HUB:
                    counts = Counter(members.values())
                    aside = {name: size for name, size in counts.items() if size > HUB // 2}
                    reason = "hub" if shown == "hub" else "publisher"
                    crowds.setdefault((rule, thing), []).append((reason, len(members), aside))
        return crowds

    def listed_once(self, who: Asker) -> list[ShownRecord]:
        """List what API and command line show: without what a stronger indicator covers."""
        showns = self.indicators(who)
        return [
            weaker for weaker in showns if not any(_tells(stronger, weaker) for stronger in showns)
        ]

    def series(
        self, who: Asker, as_of: int | None = None, period: str = "month", clock: str = "occurred"
    ) -> Counter[tuple[str, str, str]]:
        """(first day, rule, grade) and how many; an empty day where nothing says when."""
        live = [
            indicator for indicator in self.indicators(who, as_of) if indicator["status"] == "live"
        ]
        return Counter(
            (_begin(indicator[f"last_{clock}"], period), indicator["rule"], indicator["grade"])
            for indicator in live
        )

    # -- figures of findings

    def _live_findings(self, who: Asker, as_of: int | None) -> Iterator[ShownRecord]:
        for finding in self.indicators(who, as_of):
            if finding["status"] == "live":
                yield finding

    def flows(self, who: Asker, as_of: int | None = None) -> dict[tuple[str, str, str], Any]:
        """By rule, country of the first and of the second record: findings, certain ones."""
        country = {statement.event: statement.country for statement in self.log}
        counts: dict[tuple[str, str, str], Any] = {}
        for finding in self._live_findings(who, as_of):
            first, second = _rule(finding["rule"])["pair"]
            on = [(country[event], role) for event, role in finding["evidence"]]
            ways = {
                (finding["rule"], origin, destination)
                for origin, role in on
                for destination, other in on
                if first != second and (role, other) == (first, second) and origin != destination
            }
            for way in ways:
                findings, certain = counts.get(way, (0, 0))
                counts[way] = findings + 1, certain + (finding["grade"] == "certain")
        return counts

    def shares(self, who: Asker, as_of: int | None = None) -> dict[tuple[str, str], Any]:
        """By country and authority: records, those in findings, those in certain ones."""
        live = {statement.event: statement for statement in self.live(who, as_of)}
        in_findings = {
            grade: {
                event
                for finding in self._live_findings(who, as_of)
                if grade in ("", finding["grade"])
                for event, _role in finding["evidence"]
            }
            for grade in ("", "certain")
        }
        owners = {(statement.country, statement.authority) for statement in live.values()}
        return {
            owner: tuple(
                sum(
                    (live[event].country, live[event].authority) == owner and event in events
                    for event in live
                )
                for events in (set(live), in_findings[""], in_findings["certain"])
            )
            for owner in owners
        }

    def finding_counts(self, who: Asker, as_of: int | None = None) -> dict[str, Any]:
        """By rule: certain and possible findings, and hubs."""
        grades = [
            (finding["rule"], finding["grade"] if finding["status"] == "live" else "hub")
            for finding in self.indicators(who, as_of)
        ]
        return {
            rule: tuple(grades.count((rule, grade)) for grade in ("certain", "possible", "hub"))
            for rule, _grade in grades
        }

    def finding_delays(self, who: Asker, as_of: int | None, delay: str) -> dict[str, list[int]]:
        """By rule: the ms between the closest two records of each finding, in order."""
        heads = {statement.event: statement for statement in self.live(who, as_of)}
        delays: dict[str, list[int]] = {}
        for finding in self._live_findings(who, as_of):
            first, second = _rule(finding["rule"])["pair"]
            on = [(heads[event], role) for event, role in finding["evidence"]]
            spans = []
            for (origin, role), (other, other_role) in product(on, on):
                if (role, other_role) != (first, second) or origin.country == other.country:
                    continue
                if delay == "reported_to_found":
                    spans.append(abs(other.recorded - origin.recorded))
                elif origin.occurred is not None and other.occurred is not None:
                    span = other.occurred - origin.occurred
                    spans.append(abs(span) if first == second else span)
            if spans:
                closest = min(spans, key=lambda span: (abs(span), span))
                delays.setdefault(finding["rule"], []).append(closest)
        return {rule: sorted(spans) for rule, spans in delays.items()}

    def hidden_words(self, who: Asker, as_of: int | None = None) -> set[str]:
        """Ids and words of content that no answer, page or message to this reader may hold, in
        whatever form it comes.

        The hook for what shows answers otherwise than as JSON: none of these may be anywhere in its
        text.
        """
        statements = self.heads(who, as_of)
        texts = {statement.event for statement in statements.values()} | {
            thing for statement in statements.values() for _, thing in statement.things
        }
        texts |= {word for statement in statements.values() for word in statement.words} | {
            indicator["id"] for indicator in self.indicators(who, as_of)
        }
        every = {statement.event for statement in self.log if not statement.act} | {
            thing for statement in self.log for _, thing in statement.things
        }
        every |= {word for statement in self.log for word in statement.words} | {
            all_indicator["id"] for all_indicator in self._all_indicators()
        }
        return every - texts - {""}

    def _all_indicators(self) -> Iterator[ShownRecord]:
        """Whatever anybody could be told of at any time."""
        things = {thing for statement in self.log for thing in statement.things}
        for (kind, thing), rule, grade in product(things, _RULES, ("certain", "possible")):
            if kind in _rule(rule)["kinds"]:
                yield {"id": indicator_id(rule, grade, thing)}


def _tells(stronger: ShownRecord, weaker: ShownRecord) -> bool:
    """At least as certain and as severe, one of both more, with all of its records."""
    if stronger["thing"] != weaker["thing"] or {stronger["status"], weaker["status"]} != {"live"}:
        return False
    ranks = [
        (
            shown["grade"] == "certain",
            ("low", "medium", "high").index(_rule(shown["rule"])["severity"]),
        )
        for shown in (stronger, weaker)
    ]
    events = [{event for event, _ in shown["evidence"]} for shown in (stronger, weaker)]
    at_least = all(high >= low for high, low in zip(*ranks, strict=True))
    return at_least and ranks[0] != ranks[1] and events[1] <= events[0]


def indicator_id(rule: str, grade: str, thing: str) -> str:
    return str(uuid5(uuid5(NAMESPACE_URL, f"quipu:rule:{rule}:{grade}"), UUID(thing).hex))


# -- the rules, as streams/rules/README.md words them

_RULES = (
    "weapon-in-two-countries",
    "stolen-weapon-seized-abroad",
    "lost-weapon-found-abroad",
    "registered-weapon-seized-abroad",
    "thing-in-two-countries",
)


@cache
def _rule(name: str) -> dict[str, Any]:
    read = tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))
    kinds = read["kind"] if isinstance(read["kind"], list) else [read["kind"]]
    return {**read, "kinds": kinds}


def _fills(rule: str, role: str, statement: Statement) -> bool:
    seized = statement.type == "seizure" or statement.status == "SEIZED"
    if role == "case":
        return seized or statement.status == "TRAFFICKED"
    if role == "recorded":
        return statement.type == "seizure" or statement.status in RECORDED | {"REGISTERED"}
    return {
        "lost": statement.status in ("LOST", "STOLEN"),
        "seized": seized,
        "found": statement.status == "FOUND",
        "registered": statement.status == "REGISTERED",
    }[role]


def _joined(rule: str, statement: Statement, other: Statement) -> bool:
    """Calibres here are equal or not, never merely adjacent."""
    return (
        rule == "thing-in-two-countries"
        or None in (statement.calibre, other.calibre)
        or statement.calibre == other.calibre
    )


def _excused(rule: str, role: str, statement: Statement, on: Sequence[Statement]) -> bool:
    """Legal trade: its country also says that it exported it."""
    if statement.status != "REGISTERED" or role not in ("recorded", "registered"):
        return False
    return any(
        other.status == "EXPORTED"
        and other.country == statement.country
        and _joined(rule, statement, other)
        for other in on
    )


def _on(kind: str, thing: str, on: list[Statement], who: Asker) -> Iterator[ShownRecord]:
    """The indicators of one thing, by what of it is released."""
    for rule in _RULES:
        if kind not in _rule(rule)["kinds"]:
            continue
        first, second = _rule(rule)["pair"]
        for grade in ("certain", "possible"):
            statements = [
                statement
                for statement in on
                if grade == "possible" or kind != "weapon" or statement.calibre is not None
            ]
            members = [
                statement
                for statement in statements
                if _fills(rule, first, statement) or _fills(rule, second, statement)
            ]
            pairs = _pairs(rule, grade, kind, statements, on)
            counting = members
            if pairs and len(members) > HUB:
                counting = _within_share(members)
                among = _among(pairs, counting)
                if not among or len(counting) > HUB:
                    shown = counting + _sample(pairs, counting, members)
                    rows = _rows(rule, _among(pairs, shown))
                    yield _told(rule, grade, thing, "hub", [], rows, members, who)
                    continue
                pairs = among
            if pairs:
                yield _told(rule, grade, thing, "live", pairs, _rows(rule, pairs), [], who)


def _among(
    pairs: list[tuple[Statement, Statement]], statements: list[Statement]
) -> list[tuple[Statement, Statement]]:
    return [pair for pair in pairs if all(statement in statements for statement in pair)]


def _rows(rule: str, pairs: list[tuple[Statement, Statement]]) -> list[tuple[Statement, str]]:
    first, second = _rule(rule)["pair"]
    rows = {
        (statement.event, role): (statement, role)
        for pair in pairs
        for statement, role in zip(pair, (first, second), strict=True)
    }
    return list(rows.values())


def _within_share(members: list[Statement]) -> list[Statement]:
    """Each country here has one authority: it goes where it has more than half of a hub."""
    sizes = Counter(statement.country for statement in members)
    return [statement for statement in members if sizes[statement.country] <= HUB // 2]


def _sample(
    pairs: list[tuple[Statement, Statement]],
    counting: list[Statement],
    members: list[Statement],
) -> list[Statement]:
    """A tenth of a hub of each country that went, and of its partners of each that stayed."""
    sample: list[Statement] = []
    crowd = sorted(
        (statement for statement in members if statement not in counting),
        key=lambda statement: statement.event,
    )
    for country in {statement.country for statement in crowd}:
        own = [statement for statement in crowd if statement.country == country]
        sample += own[: HUB // 10]
        for other in {statement.country for statement in counting}:
            partners = [
                statement
                for statement in own
                if any(
                    statement in pair and other in {item.country for item in pair} for pair in pairs
                )
            ]
            sample += partners[: HUB // 10]
    return sample


def _pairs(
    rule: str, grade: str, kind: str, statements: list[Statement], on: list[Statement]
) -> list[tuple[Statement, Statement]]:
    first, second = _rule(rule)["pair"]
    able = {
        role: [
            statement
            for statement in statements
            if _fills(rule, role, statement) and not _excused(rule, role, statement, on)
        ]
        for role in (first, second)
    }
    matches = []
    for item, other in product(able[first], able[second]):
        if (
            item.country == other.country
            or not _joined(rule, item, other)
            or (first == second and other.event < item.event)
        ):
            continue
        certain = kind != "weapon" or None not in (item.calibre, other.calibre)
        if certain == (grade == "certain"):
            matches.append((item, other))
    return matches


def _told(
    rule: str,
    grade: str,
    thing: str,
    status: str,
    pairs: list[tuple[Statement, Statement]],
    rows: list[tuple[Statement, str]],
    hub: list[Statement],
    who: Asker,
) -> ShownRecord:
    on = [statement for statement, _ in rows] or hub
    occurred = [statement.occurred for statement, _ in rows if statement.occurred is not None]
    first, second = _rule(rule)["pair"]
    scores = [
        _weight(rule, first, statement) + _weight(rule, second, other) for statement, other in pairs
    ]
    return {
        "id": indicator_id(rule, grade, thing),
        "rule": rule,
        "grade": grade,
        "status": status,
        "thing": thing,
        "members": len({statement.event for statement in hub or on}),
        "pairs": len(pairs),
        "score": min(_rule(rule)["cap"], max(scores, default=0.0)),
        "countries": sorted({NAMES[statement.country] for statement in on})
        if status == "live"
        else [],
        "tlp": max((statement.tlp for statement in on), key=LEVELS.index),
        "handling": sorted({code for statement in on for code in statement.handling}),
        "conditions": sorted(
            {
                statement.condition
                for statement in on
                if "H3" in statement.handling and statement.condition
            }
        ),
        "first_recorded": min(statement.recorded for statement in on),
        "last_recorded": max(statement.recorded for statement in on),
        "last_occurred": max(occurred, default=None),
        "evidence": {(statement.event, role): markings(statement, who) for statement, role in rows},
    }


def _weight(rule: str, role: str, statement: Statement) -> float:
    weights = _rule(rule)["weights"]
    joined = (
        weights["calibre"] if "joined_by" in _rule(rule) and statement.calibre is not None else 0.0
    )
    return float(weights[role] + weights["certain"] + joined)


def _begin(ms: int | None, period: str) -> str:
    if ms is None:
        return ""
    day = datetime.fromtimestamp(ms / 1000, UTC).date()
    return str(day.replace(day=1) if period == "month" else day - timedelta(days=day.weekday()))
