"""Say which values too many records share under a rule of pairs, and which join most. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from consumers.query.indicators import IndicatorView
from consumers.query.noise.noise_views import (
    LeftOut,
    LinkingValue,
    NoiseReason,
    PublisherRecords,
)
from consumers.query.noise.noise_words import sentence_of
from consumers.query.things import Thing
from consumers.query.views import to_datetime
from schemas import words
from schemas.i18n import LANGUAGES
from streams.correlation.crowding import Publisher, largest_publishers
from streams.rules import Rule


class SharedRecord(NamedTuple):
    """A released record of a value. `recorded_at`: ms since 1970 UTC."""

    event: str
    publisher: Publisher
    recorded_at: int


class SharedValue(NamedTuple):
    """The released records that fill the roles of a rule on a thing. `indicator`: its id."""

    indicator: str
    rule: str
    kind: str
    thing: str
    records: Sequence[SharedRecord]

    def of_publishers(self) -> dict[Publisher, int]:
        """Count its records by who publishes them."""
        counts: dict[Publisher, int] = defaultdict(int)
        for record in self.records:
            counts[record.publisher] += 1
        return counts


def left_out_of(
    value: SharedValue, rule: Rule, indicator: IndicatorView, thing: Thing
) -> LeftOut | None:
    """Say what the rule leaves out of a value; None where all of its records count.

    `indicator`: what the rule says of it to the same reader.
    """
    if len(value.records) <= rule.hub:
        return None
    aside = _set_aside(value, rule)
    is_hub = indicator.status == "hub"
    reason = NoiseReason.HUB if is_hub else NoiseReason.PUBLISHER
    parts = [PublisherRecords(*publisher, count) for publisher, count in sorted(aside.items())]
    since = to_datetime(_since(value, rule, None if is_hub else aside))
    limit = rule.hub if is_hub else rule.share
    return LeftOut(
        reason=reason,
        rule=rule.id,
        group=_title(thing),
        records=len(value.records),
        limit=limit,
        since=since,
        sentence=sentence_of(reason, len(value.records), since, limit, parts),
        thing=thing.id,
        set_aside=parts,
    )


def most_linking(
    values: Iterable[SharedValue],
    indicators: Mapping[str, IndicatorView],
    things: Mapping[str, Thing],
    most: int,
) -> list[LinkingValue]:
    """Return the values by which rules join most records, the largest first."""
    by_thing: dict[str, list[IndicatorView]] = defaultdict(list)
    for value in values:
        indicator = indicators.get(value.indicator)
        if indicator is not None and indicator.status == "live" and value.thing in things:
            by_thing[value.thing].append(indicator)
    linking = [_linking(things[id_], views) for id_, views in by_thing.items()]
    return sorted(linking, key=lambda item: (-item.records, item.thing))[:most]


def _linking(thing: Thing, indicators: Sequence[IndicatorView]) -> LinkingValue:
    evidence = [piece for indicator in indicators for piece in indicator.evidence]
    return LinkingValue(
        thing=thing.id,
        kind=thing.kind,
        title=thing.title,
        records=len({piece.event for piece in evidence}),
        countries=sorted({piece.country for piece in evidence}),
        rules=sorted({indicator.rule for indicator in indicators}),
    )


def _set_aside(value: SharedValue, rule: Rule) -> dict[Publisher, int]:
    counts = value.of_publishers()
    large: set[Publisher] = set()
    for country in {publisher.country for publisher in counts}:
        own = {name: count for name, count in counts.items() if name.country == country}
        large |= largest_publishers(own, rule.share)
    return {publisher: counts[publisher] for publisher in large}


def _since(value: SharedValue, rule: Rule, aside: Mapping[Publisher, int] | None) -> int:
    """Return when there were more than a hub; `aside`: more of their country than its share."""
    if aside is None:
        return sorted(record.recorded_at for record in value.records)[rule.hub]
    moments = (
        sorted(
            record.recorded_at for record in value.records if record.publisher.country == country
        )
        for country in {publisher.country for publisher in aside}
    )
    return min(times[rule.share] for times in moments)


def _title(thing: Thing) -> dict[str, str]:
    """Name a thing by its value, or by its id where no released record writes it."""
    kinds = words.load_table("kinds")
    return {
        lang: f"{kinds[thing.kind][lang]['name'] if thing.kind in kinds else thing.kind} "
        f"{thing.title[lang] if thing.title else thing.id[:8]}"
        for lang in LANGUAGES
    }
