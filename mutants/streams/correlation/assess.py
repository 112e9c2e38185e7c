"""The one fold of evidence: does a rule hold on a thing, as of a moment, for this reader, and why?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.model import EventId, IndicatorId, Label, Position, Reader, ThingKey
from schemas.release.rules import Marking, combine_labels, release
from streams.correlation.evidence_rows import EvidenceRow
from streams.correlation.wording import explain, title
from streams.rules import Grading, Rule, RuleBook


@dataclass(frozen=True, slots=True)
class Member:
    """A piece of evidence: an event in a role, part of at least one pair that satisfies the rule."""

    event_id: EventId
    role: str
    certainty: str
    weights: Mapping[str, float]
    position: Position
    type: str
    country: str
    occurred: int | None
    subdivision: str | None
    traits: Mapping[str, str]
    label: Label
    markings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one reader may know of a rule that holds on a thing, as of a moment. Times: ms since
    1970 UTC.

    `status`: live, or hub (a value shared by so many links nobody: no evidence, no pairs). `score`:
    the weights of the strongest pair, at most the rule's cap. `explanation` and `title` by language
    (es, en).
    """

    id: IndicatorId
    rule: str
    rule_version: int
    grade: str
    severity: str
    kind: str
    thing: ThingKey
    status: str
    evidence: tuple[Member, ...]
    members: int
    pairs: int
    score: float
    first_recorded: int
    last_recorded: int
    marking: Marking
    title: Mapping[str, str]
    explanation: Mapping[str, str]


def indicator_for(
    rows: Iterable[EvidenceRow], reader: Reader, as_of: int | None, rules: RuleBook
) -> Indicator | None:
    """The indicator that these rows support; None where they support none for this reader.

    What is not released to this reader (of another exercise, or of none, too) is as if it were not
    there, for a hub's count as well. `rows`: all of one indicator id, in any order, copies allowed.
    `as_of`: rows recorded later are not known yet (ms since 1970 UTC); None is now. Raises KeyError
    for a rule that is not in the book.
    """
    released = [
        row
        for row in live_rows(rows, as_of)
        if row.label is not None and release(row.label, reader).released
    ]
    if not released:
        return None
    rule, grade = rules.by_id[released[0].rule], released[0].grade
    if (
        count := len(members(released, rule))
    ) > rule.hub:  # of the released ones: how many others there are must not show
        return (
            _hub(rule, released, count)
            if _could_match(released, Grading(rule, grade), rules)
            else None
        )
    pairs = matching_pairs(released, rule, grade)
    return _live(rule, pairs, reader) if pairs else None


def indicators_for(
    rows: Iterable[EvidenceRow], reader: Reader, as_of: int | None, rules: RuleBook
) -> list[Indicator]:
    """The indicators that rows of any number of indicators support, by id."""
    by_id: dict[bytes, list[EvidenceRow]] = {}
    for row in rows:
        by_id.setdefault(row.indicator, []).append(row)
    found = (indicator_for(by_id[id_], reader, as_of, rules) for id_ in sorted(by_id))
    return [indicator for indicator in found if indicator is not None]


def live_rows(rows: Iterable[EvidenceRow], as_of: int | None) -> list[EvidenceRow]:
    """Of each event and role the newest row known by then, where that is an add; in the order of
    positions.
    """
    newest: dict[tuple[bytes, str], EvidenceRow] = {}
    for row in rows:
        if row.op == "erase" or (as_of is not None and row.position.appended_at > as_of):
            continue
        there = newest.get((row.event_id, row.role))
        if there is None or there.position < row.position:
            newest[row.event_id, row.role] = row
    return sorted(
        (row for row in newest.values() if row.op == "add"),
        key=lambda row: (row.position, row.event_id, row.role),
    )


def members(live: Iterable[EvidenceRow], rule: Rule) -> set[EventId]:
    """The events that fill a role of the rule's pair."""
    return {row.event_id for row in live if row.role in rule.pair}


def matching_pairs(
    rows: Sequence[EvidenceRow], rule: Rule, grade: str
) -> list[tuple[EvidenceRow, EvidenceRow]]:
    """The pairs of live, released rows that satisfy the rule in this grade; each pair of events
    once.
    """
    standing = [row for row in rows if row.role in rule.pair and not _is_excluded(row, rows, rule)]
    first = [row for row in standing if row.role == rule.pair[0]]
    second = [row for row in standing if row.role == rule.pair[1]]
    mirrored = rule.pair[0] == rule.pair[1]
    return [
        (a, b)
        for a in first
        for b in second
        if _fits(a, b, rule, grade) and not (mirrored and b.event_id < a.event_id)
    ]


def _could_match(rows: Sequence[EvidenceRow], grading: Grading, rules: RuleBook) -> bool:
    """Whether two of these members could fire the rule: else a hub tells nothing, and that there
    were or are others must not show.
    """
    classes = {
        rules.class_of(row.kind, row.type, row.country, row.certainty, row.occurred, row.traits)
        for row in rows
    }
    return grading in rules.possible_gradings(rows[0].kind, frozenset(classes - {""}))


def _fits(a: EvidenceRow, b: EvidenceRow, rule: Rule, grade: str) -> bool:
    return a.country != b.country and rule.conditions_hold(a, b) and rule.grade_of(a, b) == grade


def _is_excluded(row: EvidenceRow, rows: Iterable[EvidenceRow], rule: Rule) -> bool:
    """Whether its country also said what takes this row out of its role (`unless`)."""
    unless = rule.unless_of(row.role, row.type, row.traits)
    return bool(unless) and any(
        other.role in unless and other.country == row.country and rule.excludes(other, row)
        for other in rows
    )


def _live(
    rule: Rule, pairs: Sequence[tuple[EvidenceRow, EvidenceRow]], reader: Reader
) -> Indicator:
    rows = sorted(
        {(row.event_id, row.role): row for pair in pairs for row in pair}.values(),
        key=lambda row: (row.position, row.event_id, row.role),
    )
    score = max(sum(sum(row.weights.values()) for row in pair) for pair in pairs)
    by_role = {
        role: sorted({row.country for row in rows if row.role == role}) for role in rule.pair
    }
    evidence = tuple(_member(row, reader) for row in rows)
    return _indicator(
        rule,
        rows,
        "live",
        evidence,
        len(members(rows, rule)),
        len(pairs),
        min(rule.cap, score),
        explain(rule, rows[0].grade, rows[0].kind, by_role),
    )


def _hub(rule: Rule, released: Sequence[EvidenceRow], count: int) -> Indicator:
    """Told to whoever may see more members of it than link."""
    return _indicator(
        rule, released, "hub", (), count, 0, 0.0, explain(rule, "hub", released[0].kind, {})
    )


def _indicator(
    rule: Rule,
    rows: Sequence[EvidenceRow],
    status: str,
    evidence: tuple[Member, ...],
    count: int,
    pairs: int,
    score: float,
    explanation: Mapping[str, str],
) -> Indicator:
    one = rows[0]
    times = [row.position.appended_at for row in rows]
    marking = combine_labels(row.label for row in rows if row.label is not None)
    return Indicator(
        one.indicator,
        rule.id,
        rule.version,
        one.grade,
        rule.severity,
        one.kind,
        one.thing,
        status,
        evidence,
        count,
        pairs,
        score,
        min(times),
        max(times),
        marking,
        title(rule, one.grade, one.kind),
        explanation,
    )


def _member(row: EvidenceRow, reader: Reader) -> Member:
    label = row.label
    assert label is not None, "only an add is evidence"  # noqa: S101
    return Member(
        row.event_id,
        row.role,
        row.certainty,
        row.weights,
        row.position,
        row.type,
        row.country,
        row.occurred,
        row.subdivision,
        row.traits,
        label,
        release(label, reader).markings,
    )
