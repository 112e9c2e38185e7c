"""Fold evidence: does a rule hold on a thing, as of a moment, for this reader, and why?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.model import EventId, Grade, IndicatorId, Label, Position, Reader, ThingKey
from schemas.release.rules import Marking, combine_labels, release
from streams.correlation.crowding import (
    Crowd,
    Publisher,
    members,
    publisher_of,
    sample,
    split_crowd,
)
from streams.correlation.evidence_rows import EvidenceRow
from streams.correlation.wording import explain, title
from streams.rules import Grading, Rule, RuleBook


@dataclass(frozen=True, slots=True)
class EvidenceMember:
    """A piece of evidence: an event in a role, part of at least one pair that satisfies the rule.

    `label`: the row's own; `markings`: what the reader must see with it.
    """

    row: EvidenceRow
    label: Label
    markings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one reader may know of a rule that holds on a thing, as of a moment.

    `status`: live, or hub: so many share the value that it alone links nobody. A hub has no score
    and no pairs. Its evidence says who shares it. `score`: the weights of the strongest pair, at
    most the rule's cap. `explanation` and `title` by language (es, en). Times: ms since 1970 UTC.
    """

    id: IndicatorId
    rule: str
    rule_version: int
    grade: Grade
    severity: str
    kind: str
    thing: ThingKey
    status: str
    evidence: tuple[EvidenceMember, ...]
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
    """Decide which indicator these rows support for this reader; None where they support none.

    What is not released to the reader (of another exercise, or of none, too) is as if it were not
    there, for a hub's count as well. `rows`: all of one indicator id, in any order, copies allowed.
    `as_of`: rows recorded later are not known yet (ms since 1970 UTC); None is now. None also for a
    rule that is not in the book: config has ended it.

    Where more members are released than a hub may have, a country that has more than its share of
    them loses its largest authorities: nobody hides what others know by publishing more.
    """
    released = _released(rows, reader, as_of, rules)
    if not released:
        return None
    rule, grade = rules.by_id[released[0].rule], released[0].grade
    # of the released ones: how many others there are must not show
    if len(members(released, rule)) <= rule.hub:
        pairs = matching_pairs(released, rule, grade)
        return _live(rule, pairs, reader) if pairs else None
    crowd = split_crowd(released, rule)
    if len(members(crowd.counting, rule)) <= rule.hub:
        pairs = matching_pairs(crowd.counting, rule, grade, released)
        if pairs:
            return _live(rule, pairs, reader)
    return _hub(released, crowd, reader, rules)


def hub_for(
    rows: Iterable[EvidenceRow], reader: Reader, as_of: int | None, rules: RuleBook
) -> Indicator | None:
    """Describe the thing as a hub, for whom `indicator_for` names no longer; None where it is none.

    An owner whose records pair with those of a crowd alone still learns who shares the value.
    Arguments as of `indicator_for`.
    """
    released = _released(rows, reader, as_of, rules)
    if not released:
        return None
    rule = rules.by_id[released[0].rule]
    if len(members(released, rule)) <= rule.hub:
        return None
    return _hub(released, split_crowd(released, rule), reader, rules)


def indicators_for(
    rows: Iterable[EvidenceRow], reader: Reader, as_of: int | None, rules: RuleBook
) -> list[Indicator]:
    """List the indicators that rows of any number of indicators support, by id."""
    by_id = rows_by_indicator(rows)
    indicators = (indicator_for(by_id[id_], reader, as_of, rules) for id_ in sorted(by_id))
    return [indicator for indicator in indicators if indicator is not None]


def rows_by_indicator(rows: Iterable[EvidenceRow]) -> dict[IndicatorId, list[EvidenceRow]]:
    """Group rows of any number of indicators by their indicator's id."""
    by_id: dict[IndicatorId, list[EvidenceRow]] = {}
    for row in rows:
        by_id.setdefault(row.indicator, []).append(row)
    return by_id


def live_rows(rows: Iterable[EvidenceRow], as_of: int | None) -> list[EvidenceRow]:
    """Keep the newest row of each event and role, where it is an add; in the order of positions.

    Rows recorded after `as_of` (ms since 1970 UTC) are not known yet.
    """
    newest: dict[tuple[bytes, str], EvidenceRow] = {}
    for row in rows:
        if row.op == "erase" or (as_of is not None and row.position.appended_at > as_of):
            continue
        former = newest.get((row.event_id, row.role))
        if former is None or former.position < row.position:
            newest[row.event_id, row.role] = row
    return sorted((row for row in newest.values() if row.op == "add"), key=_order)


def _order(row: EvidenceRow) -> tuple[Position, EventId, str]:
    return row.position, row.event_id, row.role


def matching_pairs(
    rows: Sequence[EvidenceRow],
    rule: Rule,
    grade: str,
    released: Sequence[EvidenceRow] | None = None,
) -> list[tuple[EvidenceRow, EvidenceRow]]:
    """List the pairs of live, released rows that satisfy the rule in this grade.

    Each pair of events is given once. `released`: all rows, of which some may exclude others; the
    same as `rows` by default.
    """
    excluding = [row for row in (rows if released is None else released) if row.role in rule.unless]
    counting = [
        row for row in rows if row.role in rule.pair and not _is_excluded(row, excluding, rule)
    ]
    first = [row for row in counting if row.role == rule.pair[0]]
    second = [row for row in counting if row.role == rule.pair[1]]
    mirrored = rule.pair[0] == rule.pair[1]
    return [
        (a, b)
        for a in first
        for b in second
        if is_pair(a, b, rule, grade) and not (mirrored and b.event_id < a.event_id)
    ]


def _released(
    rows: Iterable[EvidenceRow], reader: Reader, as_of: int | None, rules: RuleBook
) -> list[EvidenceRow]:
    """List the live rows that are released to the reader; none of a rule that config has ended."""
    return [
        row
        for row in live_rows(rows, as_of)
        if row.label is not None and row.rule in rules.by_id and release(row.label, reader).released
    ]


def _could_match(rows: Sequence[EvidenceRow], grading: Grading, rules: RuleBook) -> bool:
    """Say whether two of these members could match the rule.

    Otherwise a hub says nothing, and that there were or are others must not show.
    """
    classes = {rules.class_of(row.kind, row) for row in rows}
    return grading in rules.possible_gradings(rows[0].kind, frozenset(classes - {""}))


def is_pair(a: EvidenceRow, b: EvidenceRow, rule: Rule, grade: str) -> bool:
    """Say whether two rows, in the roles of the pair, satisfy the rule in this grade."""
    return a.country != b.country and rule.conditions_hold(a, b) and rule.grade_of(a, b) == grade


def _is_excluded(row: EvidenceRow, excluding: Iterable[EvidenceRow], rule: Rule) -> bool:
    """Return whether the row's country also published what excludes it from its role (`unless`)."""
    return any(is_excluded_by(row, other, rule) for other in excluding)


def is_excluded_by(row: EvidenceRow, other: EvidenceRow, rule: Rule) -> bool:
    """Say whether another record of its country takes a row out of its role (`unless`)."""
    return (
        other.country == row.country
        and other.role in rule.unless_of(row.role, row.type, row.traits)
        and rule.excludes(other, row)
    )


def _live(
    rule: Rule, pairs: Sequence[tuple[EvidenceRow, EvidenceRow]], reader: Reader
) -> Indicator:
    rows = _evidence(pairs)
    score = max(sum(sum(row.weights.values()) for row in pair) for pair in pairs)
    countries = {
        role: sorted({row.country for row in rows if row.role == role}) for role in rule.pair
    }
    indicator = _indicator(rule, rows, len(members(rows, rule)))
    return replace(
        indicator,
        evidence=tuple(_member(row, reader) for row in rows),
        pairs=len(pairs),
        score=min(rule.cap, score),
        explanation=explain(rule, rows[0].grade, rows[0].kind, countries),
    )


def _hub(
    released: Sequence[EvidenceRow], crowd: Crowd, reader: Reader, rules: RuleBook
) -> Indicator | None:
    """Make the indicator of a thing that many share; None where no two of them could match.

    Its evidence is what pairs among the members that count and some of each authority set aside,
    so that each authority that counts still meets its partners.
    """
    first = released[0]
    rule = rules.by_id[first.rule]
    if not _could_match(released, Grading(rule, first.grade), rules):
        return None
    groups = _partners(crowd, Grading(rule, first.grade))
    shown = [*crowd.counting, *sample(crowd.set_aside, groups, rule.quota)]
    pairs = matching_pairs(shown, rule, first.grade, released)
    evidence = _evidence(pairs)
    indicator = _indicator(rule, evidence or released, len(members(released, rule)))
    return replace(
        indicator,
        status="hub",
        evidence=tuple(_member(row, reader) for row in evidence),
        explanation=explain(rule, "hub", first.kind, {}),
    )


def _partners(crowd: Crowd, grading: Grading) -> list[set[EventId]]:
    """List, for each authority that counts, the events set aside that pair with its records."""
    by_publisher: dict[Publisher, list[EvidenceRow]] = {}
    for row in crowd.counting:
        by_publisher.setdefault(publisher_of(row), []).append(row)
    return [
        {row.event_id for row in crowd.set_aside if _fits_any(row, own, grading)}
        for own in by_publisher.values()
    ]


def _fits_any(row: EvidenceRow, others: Iterable[EvidenceRow], grading: Grading) -> bool:
    """Say whether a row makes a pair with one of the others, were none excluded."""
    rule, grade = grading
    return any(
        (
            row.role == rule.pair[0]
            and other.role == rule.pair[1]
            and is_pair(row, other, rule, grade)
        )
        or (
            row.role == rule.pair[1]
            and other.role == rule.pair[0]
            and is_pair(other, row, rule, grade)
        )
        for other in others
    )


def _evidence(pairs: Iterable[tuple[EvidenceRow, EvidenceRow]]) -> list[EvidenceRow]:
    """List the rows of pairs, each event once in each role, in the order of positions."""
    by_role_of_event = {(row.event_id, row.role): row for pair in pairs for row in pair}
    return sorted(by_role_of_event.values(), key=_order)


def _indicator(rule: Rule, rows: Sequence[EvidenceRow], count: int) -> Indicator:
    """Make a live indicator of these rows, without evidence, pairs, score and explanation."""
    row = rows[0]
    times = [row.position.appended_at for row in rows]
    return Indicator(
        id=row.indicator,
        rule=rule.id,
        rule_version=rule.version,
        grade=row.grade,
        severity=rule.severity,
        kind=row.kind,
        thing=row.thing,
        status="live",
        evidence=(),
        members=count,
        pairs=0,
        score=0.0,
        first_recorded=min(times),
        last_recorded=max(times),
        marking=combine_labels(row.label for row in rows if row.label is not None),
        title=title(rule, row.grade, row.kind),
        explanation={},
    )


def _member(row: EvidenceRow, reader: Reader) -> EvidenceMember:
    label = row.label
    assert label is not None, "only an add is evidence"  # noqa: S101
    return EvidenceMember(row, label, release(label, reader).markings)
