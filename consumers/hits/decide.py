"""Decide what an authority receives of an indicator that its own records take part in. Pure.

A hit holds what `assess` gives one reader, the authority itself, and nothing else. So an owner
learns of no record that is not released to it, and an indicator that only such records support does
not exist for it. A value that many share stays a hit: its sentence says that many share it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Protocol

from consumers.query.explanations.explain import sentence_without_content
from consumers.query.indicators import to_indicator_view
from schemas.avro.codec import Record, log_format
from schemas.model import COUNTRIES, IndicatorId, Reader
from schemas.release.rules import EMBEDDED_PURPOSE
from streams.correlation.assess import (
    EvidenceMember,
    Indicator,
    hub_for,
    indicator_for,
    rows_by_indicator,
)
from streams.correlation.evidence_rows import EvidenceRow
from streams.correlation.told_once import ComparedFinding, weaker_findings
from streams.rules import RuleBook

ROLE = "officer"
CLEARANCE = "AMBER"
"""A hit reaches a duty desk, not a person: what asks for a name or a higher clearance (RED,
AMBER+STRICT) is asked for in person. For the same reason no condition (H3) counts as accepted: a
person accepts it, and the ledger knows who."""
PARTNER_CLEARANCE = "GREEN"
"""Of a partner's duty desk, whatever its readers may see."""
CONTENT_UNKNOWN = bytes(16)
ALSO = {"es": "También", "en": "Also"}
_COPIED_FIELDS = (
    "rule",
    "rule_version",
    "grade",
    "severity",
    "kind",
    "title",
    "first_recorded",
    "last_recorded",
)


class Owner(NamedTuple):
    """The authority that receives a hit, in one exercise (None is the real world)."""

    country: str
    authority: str
    exercise: str | None

    @property
    def reader(self) -> Reader:
        """The reader that the release rules take the authority for."""
        return Reader(
            f"hits to {self.country}/{self.authority}",
            self.country,
            self.authority,
            frozenset({ROLE}),
            CLEARANCE if self.country in COUNTRIES else PARTNER_CLEARANCE,
            purpose=EMBEDDED_PURPOSE,
            exercise=self.exercise,
        )


@dataclass(frozen=True)
class OwnerHit:
    """What an owner receives. `live`: None where the indicator ended for this owner.

    `also`: titles by language of weaker indicators of the same records, which it covers.
    """

    owner: Owner
    indicator: IndicatorId
    live: Indicator | None
    also: tuple[Mapping[str, str], ...] = ()

    @cached_property
    def value(self) -> bytes:
        """The framed Hit, as it goes to Kafka."""
        live = None if self.live is None else _live_record(self.live, self.owner, self.also)
        return log_format("hit").write(
            {**self.owner._asdict(), "indicator": self.indicator, "live": live}
        )

    @property
    def content(self) -> bytes:
        """A digest of 16 bytes that differs where the content differs."""
        return hashlib.sha256(self.value).digest()[:16]

    @property
    def key(self) -> bytes:
        """The key in Kafka: of each, the newest message counts."""
        return hit_key(self.owner, self.indicator)


def hit_key(owner: Owner, id_: IndicatorId) -> bytes:
    """Return the key in Kafka of what an owner receives of an indicator or a burst."""
    return f"{owner.authority}/{owner.exercise or ''}/{id_.hex()}".encode()


class HitMessage(Protocol):
    """A hit on its way: of an indicator, or of a burst."""

    @property
    def owner(self) -> Owner:
        """Return the authority that receives it."""

    @property
    def indicator(self) -> IndicatorId:
        """Return the id of the indicator or burst."""

    @property
    def value(self) -> bytes:
        """Return the framed Hit, as it goes to Kafka."""

    @property
    def content(self) -> bytes:
        """Return a digest of 16 bytes that differs where the hit is news."""

    @property
    def key(self) -> bytes:
        """Return the key in Kafka: of each, the newest message counts."""


def live_hits(rows: Iterable[EvidenceRow], rules: RuleBook) -> list[OwnerHit]:
    """Return the live hits of every owner.

    `rows`: of any number of indicators, each with all of its rows. Raises KeyError for a rule that
    is not in the book.
    """
    hits = (
        _hit(own_rows, owner, rules)
        for own_rows in rows_by_indicator(rows).values()
        for owner in owners(own_rows)
    )
    return [hit for hit in hits if hit is not None]


def tell_once(hits: Sequence[OwnerHit]) -> list[OwnerHit]:
    """Leave out the hits of an owner that a stronger one covers, and name them there.

    `hits`: live ones, all of each owner and thing among them.
    """
    findings = [
        ComparedFinding(
            repr((hit.owner, hit.live.thing)),
            hit.live.grade,
            hit.live.severity,
            hit.live.status == "live",
            {member.row.event_id for member in hit.live.evidence},
        )
        for hit in hits
        if hit.live is not None
    ]
    return [
        replace(
            hits[place], also=tuple(live.title for other in others if (live := hits[other].live))
        )
        for place, others in weaker_findings(findings).items()
    ]


def owners(rows: Iterable[EvidenceRow]) -> list[Owner]:
    """Return the owners of the records that ever were evidence here."""
    return sorted(
        {
            Owner(row.label.country, row.label.authority, row.label.exercise)
            for row in rows
            if row.label
        },
        key=str,
    )


def changes_to_send(
    live: Iterable[OwnerHit], sent: Mapping[tuple[IndicatorId, Owner], bytes]
) -> list[OwnerHit]:
    """Return the live hits whose content is not the one sent last, and the end of former ones.

    `sent`: the content sent last, CONTENT_UNKNOWN where that is not known. An unchanged hit is not
    sent again: that something changed which this owner may not see must not show either. An owner
    who never received a hit does not receive its end.
    """
    current = {(hit.indicator, hit.owner): hit for hit in live}
    ended = [
        OwnerHit(owner, indicator, None)
        for indicator, owner in sent
        if (indicator, owner) not in current
    ]
    return [
        hit
        for hit in [*current.values(), *ended]
        if sent.get((hit.indicator, hit.owner)) != hit.content
    ]


def _hit(rows: Sequence[EvidenceRow], owner: Owner, rules: RuleBook) -> OwnerHit | None:
    """Make the hit of an owner, also where its records pair with those of a crowd alone.

    So a hit does not end because others publish more of the same value.
    """
    indicator = indicator_for(rows, owner.reader, None, rules)
    if indicator is None:
        return None
    if indicator.status == "live" and not _takes_part(owner, indicator):
        indicator = hub_for(rows, owner.reader, None, rules)
    if indicator is None or not _takes_part(owner, indicator):
        return None
    return OwnerHit(owner, indicator.id, _worded(indicator, owner, rules))


def _worded(indicator: Indicator, owner: Owner, rules: RuleBook) -> Indicator:
    """Word a hit without content: it travels in clear, and outlives an erasure."""
    view, rule = to_indicator_view(indicator), rules.by_id[indicator.rule]
    sentence = sentence_without_content(view, rule, owner.exercise)
    return replace(indicator, explanation=sentence)


def _takes_part(owner: Owner, indicator: Indicator) -> bool:
    return any(_owns(owner, member) for member in indicator.evidence)


def _owns(owner: Owner, member: EvidenceMember) -> bool:
    return (member.label.country, member.label.authority) == (owner.country, owner.authority)


def _live_record(indicator: Indicator, owner: Owner, also: Sequence[Mapping[str, str]]) -> Record:
    return {
        **{name: getattr(indicator, name) for name in _COPIED_FIELDS},
        "sentence": _with_weaker(indicator.explanation, also),
        "own": _own_records([member for member in indicator.evidence if _owns(owner, member)]),
        "others": _other_records(
            [member for member in indicator.evidence if not _owns(owner, member)]
        ),
        **indicator.marking._asdict(),
    }


def _with_weaker(
    sentence: Mapping[str, str], also: Sequence[Mapping[str, str]]
) -> Mapping[str, str]:
    """Add the titles of weaker findings to a sentence: a node of any release shows it."""
    if not also:
        return sentence
    return {
        language: f"{text} {ALSO[language]}: {'; '.join(title[language] for title in also)}."
        for language, text in sentence.items()
    }


def _own_records(evidence: Iterable[EvidenceMember]) -> list[Record]:
    """Describe the owner's own events, each once with all its roles."""
    by_event: dict[bytes, Record] = {}
    for member in evidence:
        row = member.row
        new: Record = {
            "event": row.event_id,
            "type": row.type,
            "roles": [],
            "occurred": row.occurred,
            "recorded_at": row.position.appended_at,
        }
        by_event.setdefault(row.event_id, new)["roles"].append(row.role)
    return list(by_event.values())


def _other_records(evidence: Iterable[EvidenceMember]) -> list[Record]:
    """Describe others' events: by authority, how many, and how they are marked."""
    by_authority: dict[tuple[str, str], list[EvidenceMember]] = {}
    for member in evidence:
        by_authority.setdefault((member.row.country, member.label.authority), []).append(member)
    return [
        {
            "country": country,
            "authority": authority,
            "records": len({member.row.event_id for member in members}),
            "markings": sorted({code for member in members for code in member.markings}),
        }
        for (country, authority), members in sorted(by_authority.items())
    ]
