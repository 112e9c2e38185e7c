"""Answer what is left out as noise for one reader, and what a list of values would remove."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from consumers.query.answer_context import AnswerContext
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.filters import IndicatorFilter
from consumers.query.indicators import IndicatorView, tell_once
from consumers.query.noise.block_search import BlockSearch
from consumers.query.noise.noise_views import (
    LeftOut,
    Noise,
    NoiseReason,
    PublisherRecords,
    WithoutValues,
    in_order,
)
from consumers.query.noise.noise_words import sentence_of
from consumers.query.noise.removal import Removal
from consumers.query.noise.shared_values import (
    SharedRecord,
    SharedValue,
    left_out_of,
    most_linking,
)
from consumers.query.noise.warning_list import WarningList
from consumers.query.paging import BATCH_SIZE
from consumers.query.released_labels import EVERY_ROW, EVIDENCE
from consumers.query.rule_findings.rule_finding_queries import RuleFindingQueries
from consumers.query.rule_findings.rule_finding_views import group_text
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.query.things import Thing
from consumers.query.views import to_datetime
from consumers.store.sql import rows_as_dicts
from consumers.store.stored_evidence import parse_label
from infra.errors import QuipuError
from schemas.i18n import LANGUAGES, _
from schemas.model import Reader
from schemas.release.rules import release
from streams.correlation.crowding import Publisher
from streams.rules import Rule
from streams.rules.detectors.evaluate import CrowdedGroup

MOST_VALUES = 200
"""Values under a rule that are looked at: those with the most records."""
MOST_LINKING = 20
WITHIN = _("{weaker}, within: {stronger}")
MOST_REPEATED = 1_000
"""The newest pieces of evidence whose findings are looked at for repetitions."""


class NoiseSources(NamedTuple):
    """What noise is read from. `secret`: the mechanism's; None where its keys are not."""

    store: StoreReader
    explanations: ExplanationReader
    rule_findings: RuleFindingQueries
    secret: bytes | None


class NoiseQueries:
    """The questions about noise over one generation's database, for one answer at a time.

    They raise what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(self, sources: NoiseSources, answer: AnswerContext) -> None:
        """`answer`: what this is a part of."""
        self._sources = sources
        self._answer = answer
        self._store, self._rules = sources.store, sources.store.rules

    def noise(self, reader: Reader, as_of: int | None = None) -> Noise:
        """Return what is left out, why, how much and since when, and the values that join most.

        All of it is counted from records that are released to the reader.
        """
        entitled, disclosed = self._answer.begin("noise", reader, as_of)
        values, is_complete = self._shared_values(entitled, as_of)
        indicators = self._indicators(values, entitled, as_of)
        shown = [value for value in values if value.indicator in indicators]
        things = self._things(shown, (entitled, as_of), disclosed)
        sources = self._sources
        blocks = BlockSearch(self._store, sources.secret, (entitled, as_of))
        groups = list(self._groups(entitled, as_of))
        left_out = [
            *self._of_pairs(shown, indicators, things, self._rules.at(as_of).by_id),
            *groups,
            *blocks.left_out(disclosed),
            *self._repetitions(entitled, as_of),
        ]
        disclosed.counted |= bool(left_out)
        linking = most_linking(shown, indicators, things, MOST_LINKING)
        return Noise(in_order(left_out), linking, is_complete and blocks.is_complete)

    def without(
        self, values: WarningList, reader: Reader, as_of: int | None = None
    ) -> WithoutValues:
        """Return how many findings of each rule would go without these values.

        Raises QuipuError NO_SECRET where the mechanism's keys are not.
        """
        if self._sources.secret is None:
            raise QuipuError(
                _("Only a machine with the mechanism's keys can find things by a list."),
                _("Ask at the mechanism."),
                "NO_SECRET",
            )
        entitled, disclosed = self._answer.begin("noise", reader, as_of)
        removal = Removal(self._store, self._sources.secret, (entitled, as_of))
        records = self._sources.rule_findings.records(
            self._rules.at(as_of).detectors, entitled, as_of
        )
        answer = removal.of(values, records)
        disclosed.counted |= bool(answer.values)
        if not answer.values:
            named = [sorted(values.ids), [list(name) for name in sorted(values.names)]]
            self._answer.add_empty(EmptyLookup(reader, as_of, "noise", named))
        return answer

    def _shared_values(self, reader: Reader, as_of: int | None) -> tuple[list[SharedValue], bool]:
        """Return the values with the most released records, and whether no hub is missing."""
        labels = self._store.labels.of(EVIDENCE, reader)
        limit = EVERY_ROW if labels.all_labels else MOST_VALUES
        rules = self._rules.at(as_of).by_id
        parameters = {
            **{"fewest": 2, "limit": limit, "as_of": upper_bound(as_of), **labels._asdict()},
            "roles": [f"{rule.id}|{role}" for rule in rules.values() for role in rule.pair],
        }
        rows = rows_as_dicts(self._store.client, "shared_values", parameters)
        released = [row for row in rows if release(parse_label(row["label"]), reader).released]
        hidden = self._store.hidden_today((row["event_id"] for row in released), reader, as_of)
        values = [
            _shared_value(list(own))
            for _id, own in groupby(
                (row for row in released if row["event_id"] not in hidden),
                key=lambda row: row["indicator"],
            )
        ]
        largest = sorted(values, key=lambda value: (-len(value.records), value.indicator))
        least_hub = min((rule.hub for rule in rules.values()), default=0)
        is_complete = len(largest) < MOST_VALUES or len(largest[-1].records) <= least_hub
        return largest[:MOST_VALUES], is_complete

    def _indicators(
        self, values: Sequence[SharedValue], reader: Reader, as_of: int | None
    ) -> dict[str, IndicatorView]:
        views = self._store.indicators([value.indicator for value in values], reader, as_of)
        return {view.id: view for view in views}

    def _things(
        self,
        values: Sequence[SharedValue],
        asked_by: tuple[Reader, int | None],
        disclosed: Disclosed,
    ) -> dict[str, Thing]:
        ids = list(dict.fromkeys(value.thing for value in values))
        things = self._store.things(ids, *asked_by) if ids else []
        disclosed.add_things(things)
        titled = self._sources.explanations.title_alone(things, *asked_by, disclosed)
        return {thing.id: thing for thing in titled}

    def _of_pairs(
        self,
        values: Iterable[SharedValue],
        indicators: Mapping[str, IndicatorView],
        things: Mapping[str, Thing],
        rules: Mapping[str, Rule],
    ) -> Iterator[LeftOut]:
        """Yield what rules of pairs leave out, once for certain and possible."""
        largest: dict[tuple[str, str], LeftOut] = {}
        for value in values:
            if value.thing not in things:
                continue
            rule, indicator = rules[value.rule], indicators[value.indicator]
            item = left_out_of(value, rule, indicator, things[value.thing])
            place = (value.rule, value.thing)
            if item and (place not in largest or largest[place].records < item.records):
                largest[place] = item
        yield from largest.values()

    def _groups(self, reader: Reader, as_of: int | None) -> Iterator[LeftOut]:
        """Yield what rules over many records leave out."""
        rules = self._rules.at(as_of).detectors
        records = self._sources.rule_findings.records(rules, reader, as_of)
        for own in records:
            yield from map(_left_out_group, records.evaluate(own).crowded)

    def _repetitions(self, reader: Reader, as_of: int | None) -> Iterator[LeftOut]:
        """Yield how many findings a stronger one of the same records names, by both rules."""
        parameters = {
            **IndicatorFilter().parameters(self._rules.at(as_of)),
            "as_of": upper_bound(as_of),
        }
        candidates = self._store.candidates(
            "indicator_candidates", parameters, MOST_REPEATED, reader
        )
        ids = list(dict.fromkeys(candidate.id for candidate in candidates))
        views: list[IndicatorView] = []
        for start in range(0, len(ids), BATCH_SIZE):
            views += self._store.indicators(ids[start : start + BATCH_SIZE], reader, as_of)
        related = self._store.with_findings_of_things(views, reader, as_of)
        by_id = {view.id: view for view in related}
        weaker: dict[tuple[str, str], list[tuple[IndicatorView, IndicatorView]]] = defaultdict(list)
        for view in tell_once(related):
            for other in view.also:
                weaker[other.rule, view.rule].append((by_id[other.id], view))
        for (rule, _stronger), pairs in sorted(weaker.items()):
            yield _repetition(rule, pairs)


def _shared_value(rows: Sequence[Mapping[str, object]]) -> SharedValue:
    """Read the rows of one indicator."""
    first = rows[0]
    records = [
        SharedRecord(
            str(row["event_id"]),
            Publisher(str(row["country"]), parse_label(str(row["label"])).authority),
            int(str(row["recorded_at"])),
        )
        for row in rows
    ]
    indicator, rule, kind, thing = (
        str(first[name]) for name in ("indicator", "rule", "kind", "thing")
    )
    return SharedValue(indicator, rule, kind, thing, records)


def _left_out_group(group: CrowdedGroup) -> LeftOut:
    crowding = group.crowding
    reason = NoiseReason(crowding.reason.value)
    parts = [PublisherRecords(*part) for part in crowding.set_aside]
    since = to_datetime(crowding.since)
    return LeftOut(
        reason=reason,
        rule=group.rule.id,
        group={lang: group_text(group.rule, group.key, lang) for lang in LANGUAGES},
        records=crowding.records,
        limit=crowding.limit,
        since=since,
        sentence=sentence_of(reason, crowding.records, since, crowding.limit, parts),
        set_aside=parts,
    )


def _repetition(rule: str, pairs: Sequence[tuple[IndicatorView, IndicatorView]]) -> LeftOut:
    """Say how many findings of a rule stronger ones name. `pairs`: the weaker, the stronger."""
    since = min(weaker.first_recorded for weaker, _stronger in pairs)
    weakest, strongest = pairs[0]
    return LeftOut(
        reason=NoiseReason.REPETITION,
        rule=rule,
        group={
            lang: WITHIN.with_values(
                weaker=weakest.title[lang], stronger=strongest.title[lang]
            ).in_language(lang)
            for lang in LANGUAGES
        },
        records=len(pairs),
        limit=None,
        since=since,
        sentence=sentence_of(NoiseReason.REPETITION, len(pairs), since),
    )
