"""Fold the acts of a joint investigation into its register of exhibits: who holds what now. Pure.

Each act is an entry of an event of the investigation, signed by who did it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from streams.lifecycles.chain import in_order
from streams.lifecycles.custody_rules import (
    RULE_OF,
    CustodyRefusal,
    CustodyRole,
    CustodyWarning,
    Exhibit,
    ExhibitAct,
    ExhibitEvent,
    ExhibitKey,
    ExhibitState,
    HasPart,
)
from streams.lifecycles.model import Act, Party, Payload


@dataclass(slots=True)
class _Judge:
    """Judges the acts of one exhibit. `known`: their ids; `counted`: events that count."""

    exhibit: Exhibit
    known: set[str]
    counted: set[str]
    has_part: HasPart
    gaps: set[str] = field(default_factory=set)

    def take(self, claim: Act) -> None:
        """Judge an act, and change the exhibit where it counts."""
        refusal, detail = self._judgement(claim)
        if refusal is not None:
            self.refuse(claim, refusal, detail)
            return
        warnings = tuple(self._warnings(claim))
        self._apply(claim)
        self._record(claim, None, "", warnings)

    def refuse(self, claim: Act, refusal: CustodyRefusal, detail: str) -> None:
        """Keep an act that counts for nothing, with the reason."""
        if refusal is CustodyRefusal.GAP:
            self.gaps.add(claim.id)
        self._record(claim, refusal, detail)

    def _record(
        self,
        claim: Act,
        refusal: CustodyRefusal | None,
        detail: str,
        warnings: tuple[CustodyWarning, ...] = (),
    ) -> None:
        act = ExhibitAct(
            *(_event_of(claim), claim.author, claim.at, claim.word, claim.payload),
            *(self.exhibit.state, self.exhibit.holder, refusal, detail, warnings),
        )
        self.exhibit.acts.append(act)

    def _judgement(self, claim: Act) -> tuple[CustodyRefusal | None, str]:
        """Return why an act counts for nothing, with a detail; None where it counts."""
        rule, exhibit = RULE_OF.get(claim.word), self.exhibit
        if _event_of(claim) not in self.counted:
            return CustodyRefusal.NO_STEP, ""
        if rule is None:
            return CustodyRefusal.UNKNOWN_ACT, claim.word
        if claim.follows and (claim.follows not in self.known or claim.follows in self.gaps):
            return CustodyRefusal.GAP, ""
        if exhibit.state not in rule.after:
            return CustodyRefusal.IMPOSSIBLE, exhibit.state.value
        if rule.by is CustodyRole.HOLDER and claim.author != exhibit.holder:
            return CustodyRefusal.NOT_HOLDER, str(exhibit.holder)
        if rule.by is CustodyRole.ADDRESSEE and claim.author != exhibit.addressee:
            return CustodyRefusal.NOT_ADDRESSEE, str(exhibit.addressee)
        missing = [name for name in rule.needs if not claim.payload.get(name)]
        if missing:
            return CustodyRefusal.INCOMPLETE, missing[0]
        addressee = party_named(claim.payload.get("handed_to"))
        if rule.to is ExhibitState.HANDED_OVER and (
            addressee is None or not self.has_part(addressee)
        ):
            return CustodyRefusal.NO_PART, str(addressee or "")
        return None, ""

    def _warnings(self, claim: Act) -> Iterator[CustodyWarning]:
        entry, exhibit = claim.payload, self.exhibit
        seal, hash_ = text_of(entry, "seal"), text_of(entry, "hash")
        if seal and exhibit.seal and seal != exhibit.seal and claim.word != "SEALED":
            yield CustodyWarning.OTHER_SEAL
        if hash_ and exhibit.hash and hash_ != exhibit.hash:
            yield CustodyWarning.OTHER_HASH
        counting = [act for act in exhibit.acts if act.refusal is None]
        before = _moment_of(counting[-1].entry) if counting else None
        own = _moment_of(entry)
        if before is not None and own is not None and own < before:
            yield CustodyWarning.EARLIER

    def _apply(self, claim: Act) -> None:
        entry, exhibit = claim.payload, self.exhibit
        exhibit.state = RULE_OF[claim.word].to or exhibit.state
        exhibit.addressee = None
        if claim.word == "RECEIVED":
            exhibit.holder = claim.author
        elif exhibit.state is ExhibitState.HANDED_OVER:
            exhibit.addressee = party_named(entry.get("handed_to"))
        exhibit.kind = exhibit.kind or text_of(entry, "kind")
        exhibit.description = exhibit.description or text_of(entry, "description")
        exhibit.hash = exhibit.hash or text_of(entry, "hash")
        is_opened = claim.word == "EXAMINED"
        exhibit.seal = "" if is_opened else text_of(entry, "seal") or exhibit.seal
        exhibit.last = _event_of(claim)


def fold_exhibits(events: Iterable[ExhibitEvent], has_part: HasPart) -> list[Exhibit]:
    """Return the exhibits by their names, whatever the order of the events; copies count once."""
    claims: dict[ExhibitKey, list[Act]] = {}
    counted: set[str] = set()
    for event in events:
        if event.is_counted:
            counted.add(event.id)
        for key, claim in _claims(event):
            claims.setdefault(key, []).append(claim)
    before_all = Act("", "", Party(""), 0, "")
    exhibits = []
    for key, own in sorted(claims.items()):
        exhibit = Exhibit(key, key.authority)
        ordered, circular = in_order(before_all, own)
        judge = _Judge(exhibit, {claim.id for claim in own}, counted, has_part)
        for claim in ordered:
            judge.take(claim)
        for claim in circular:
            judge.refuse(claim, CustodyRefusal.CIRCULAR, "")
        exhibits.append(exhibit)
    return exhibits


def party_named(text: object) -> Party | None:
    """Read an authority as it is written, EC/FGE; None for what is none."""
    country, slash, authority = text.partition("/") if isinstance(text, str) else ("", "", "")
    return Party(country, authority) if slash and country and authority else None


def text_of(entry: Payload, name: str) -> str:
    """Return a text of an entry; empty where there is none."""
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _claims(event: ExhibitEvent) -> Iterator[tuple[ExhibitKey, Act]]:
    """Yield what an event says was done, by exhibit. One without a number is of none.

    Where an event has several acts of an exhibit, each follows the one before it in the event. The
    last of them has the id of the event, which later acts name.
    """
    groups: dict[ExhibitKey, list[Payload]] = {}
    for entry in event.entries:
        register = party_named(entry.get("registered_by")) or event.author
        if number := text_of(entry, "number"):
            groups.setdefault(ExhibitKey(register, number), []).append(entry)
    for key, entries in groups.items():
        follows = text_of(entries[0], "after") or None
        for left, entry in zip(range(len(entries) - 1, -1, -1), entries, strict=True):
            id_ = f"{event.id}#{left}" if left else event.id
            word = text_of(entry, "custody")
            claim = Act(id_, "", event.author, event.at, word, follows, payload=entry)
            yield key, claim
            follows = id_


def _event_of(claim: Act) -> str:
    return claim.id.partition("#")[0]


def _moment_of(entry: Payload) -> datetime | None:
    """Return when an act was done; None where it does not say so with its zone."""
    try:
        moment = datetime.fromisoformat(text_of(entry, "at"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
