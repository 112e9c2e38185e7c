"""Fold the acts of a course that are released to a reader into its state at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from streams.lifecycles.chain import in_order
from streams.lifecycles.deadlines import Clock, deadlines_of
from streams.lifecycles.model import (
    Act,
    Course,
    CourseStep,
    Lifecycle,
    NextStep,
    Party,
    StepRefusal,
    StepRole,
    StepRule,
    Track,
)
from streams.lifecycles.parties import addressed_parties, party_of, takes_anybody

NOBODY: frozenset[Party] = frozenset()


@dataclass(slots=True)
class _Folding:
    """The state while acts are folded. `base`: that of a party that has not spoken yet."""

    lifecycle: Lifecycle
    opening: Act
    stand_ins: frozenset[Party]
    base: str
    states: dict[Party, str]
    steps: list[CourseStep] = field(default_factory=list)

    def take(self, act: Act) -> CourseStep:
        """Judge an act, and change the state where it is possible."""
        role, parties = self._part_of(act)
        refusal, detail, rule = self._judge(act, role, parties)
        if refusal is not None or rule is None:
            return CourseStep(act, role, tuple(parties), self.state(parties), refusal, detail)
        for place in parties:
            if rule.to and self.states[place] in rule.after:
                self.states[place] = rule.to
        if role is StepRole.OPENER and rule.to and self.base in rule.after:
            self.base = rule.to
        return CourseStep(act, role, tuple(parties), self.state(parties))

    def state(self, parties: Iterable[Party]) -> str:
        """Return the least advanced state of these parties."""
        states = {self.states[party] for party in parties} or {self.base}
        return min(states, key=self.lifecycle.states.index)

    def _part_of(self, act: Act) -> tuple[StepRole | None, list[Party]]:
        """Return the role of an author, and whose state its step changes."""
        party = party_of(act.author, self.states)
        if act.author == self.opening.author and not (party and self._is_for_addressed(act.word)):
            return StepRole.OPENER, sorted(self.states)
        if party is None and act.author in self.stand_ins:
            return StepRole.ADDRESSED, self._unanswered()
        if party is None and takes_anybody(self.opening):
            party = act.author
            self.states[party] = self.base
        return (StepRole.ADDRESSED, [party]) if party else (None, [])

    def _is_for_addressed(self, word: str) -> bool:
        """Say whether only the addressed take a step: the opener then takes it as one of them."""
        roles = {rule.by for rule in self.lifecycle.steps if rule.word == word}
        return roles == {StepRole.ADDRESSED}

    def _unanswered(self) -> list[Party]:
        first = self.lifecycle.begins.values()
        return sorted(party for party, state in self.states.items() if state in first)

    def _judge(
        self, act: Act, role: StepRole | None, parties: list[Party]
    ) -> tuple[StepRefusal | None, str, StepRule | None]:
        """Return why an act counts for nothing, with a detail, or the rule that lets it count."""
        if act.exercise != self.opening.exercise:
            return StepRefusal.OTHER_WORLD, "", None
        rules = [
            rule
            for rule in self.lifecycle.steps
            if rule.word == act.word and act.type in rule.types
        ]
        if not rules:
            return StepRefusal.UNKNOWN_STEP, act.word, None
        if role is None:
            return StepRefusal.NOT_ADDRESSED, "", None
        own = [rule for rule in rules if rule.by in (role, StepRole.EITHER)]
        if not own:
            return StepRefusal.NOT_YOURS, "", None
        rule = own[0]
        states = [self.states[party] for party in parties]
        states = states or ([self.base] if role is StepRole.OPENER else [])
        if not any(state in rule.after for state in states):
            return StepRefusal.IMPOSSIBLE, self.state(parties), None
        for name in rule.needs:
            if not act.payload.get(name):
                return StepRefusal.INCOMPLETE, name, None
        return None, "", rule


def fold(
    lifecycle: Lifecycle,
    opening: Act,
    acts: Iterable[Act],
    clock: Clock,
    stand_ins: frozenset[Party] = NOBODY,
) -> Course:
    """Return the course at a moment, whatever the order of its acts.

    `acts`: its steps; those after the moment are left out. `stand_ins`: who may answer for the
    addressed.
    """
    begin = _begin(lifecycle, opening)
    parties = addressed_parties(lifecycle, opening)
    folding = _Folding(lifecycle, opening, stand_ins, begin, dict.fromkeys(parties, begin))
    ordered, circular = in_order(opening, (act for act in acts if act.at <= clock.now))
    steps = [folding.take(act) for act in ordered]
    steps += [CourseStep(act, None, (), "", StepRefusal.CIRCULAR) for act in circular]
    state = folding.state(folding.states)
    is_draft = bool(lifecycle.draft) and begin == lifecycle.draft
    tracks = []
    for party, own in sorted(folding.states.items()):
        counting = [step for step in steps if step.refusal is None and party in step.parties]
        dues = () if is_draft else deadlines_of(lifecycle, opening, party, counting, clock)
        tracks.append(Track(party, own, dues))
    is_open = state not in lifecycle.ends
    return Course(
        lifecycle.name, opening, state, tracks, steps, list(_next_steps(folding)), is_open
    )


def _begin(lifecycle: Lifecycle, opening: Act) -> str:
    """Return the state of an opening, or of a later step whose opening the reader may not see."""
    states = [lifecycle.begins.get(opening.word, "")]
    states += [
        rule.to
        for rule in lifecycle.steps
        if rule.word == opening.word and opening.type in rule.types
    ]
    states += lifecycle.begins.values()
    return next(state for state in states if state)


def _next_steps(folding: _Folding) -> Iterator[NextStep]:
    opener = folding.opening.author
    for rule in folding.lifecycle.steps:
        states = folding.states or {opener: folding.base}
        able = [party for party, state in sorted(states.items()) if state in rule.after]
        for type_ in rule.types[:1]:
            if able and rule.by is not StepRole.ADDRESSED:
                yield NextStep(rule.word, type_, StepRole.OPENER, opener, rule.needs)
            if rule.by is not StepRole.OPENER and folding.states:
                for party in able:
                    yield NextStep(rule.word, type_, StepRole.ADDRESSED, party, rule.needs)
