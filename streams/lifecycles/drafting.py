"""Draft the event that opens a course, or that is its next step, as a node takes it.

A draft is what a node's intake reads: type, reference, envelope and payload.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.release.use_conditions import HANDLING
from streams.lifecycles.library import COMMITMENTS, INVESTIGATION, LIFECYCLES
from streams.lifecycles.model import Party, StepRole

Draft = dict[str, object]
_KNOWN = {"scheme": "4x4", "source": "A", "information": "1"}
_ENVELOPES: Mapping[str, Mapping[str, object]] = {
    "alert": {
        "tlp": "AMBER",
        "purpose": "border_control",
        "legal_basis": "UNTOC-18.4",
        "crime": "0000",
        "urgency": "urgent",
    },
    "assistance": {"tlp": "AMBER+STRICT", "purpose": "prosecution", "legal_basis": "UNTOC-18.15"},
    "information": {"tlp": "AMBER+STRICT", "purpose": "investigation", "legal_basis": "UNTOC-18.4"},
    "trace": {
        "tlp": "AMBER",
        "purpose": "investigation",
        "legal_basis": "CAN-552",
        "crime": "09012",
    },
    "operation": {"tlp": "AMBER+STRICT", "purpose": "border_control", "legal_basis": "CAN-589"},
    "investigation": {"tlp": "AMBER+STRICT", "purpose": "prosecution", "legal_basis": "CAN-589"},
    **{
        kind: {"tlp": "AMBER", "purpose": "prevention", "legal_basis": "CAN-PAR", "crime": "0000"}
        for kind in COMMITMENTS
    },
}
_COPIED: Mapping[str, Sequence[str]] = {
    "alert": ("kind", "title", "message", "action", "addressed", "answer_minutes"),
    "operation_plan": ("title", "kind", "starts", "ends", "areas", "agencies", "contact"),
    "trace_result": ("weapon",),
    "investigation": ("title", "sharing_group"),
}
"""Fields of the opening that a step of this type repeats, since its schema demands them."""
_ABOUT: Mapping[str, str] = {
    "acknowledgement": "event",
    "assistance_response": "request",
    "commitment_step": "commitment",
    "investigation": "investigation",
    "operation_result": "plan",
}
_CHAINED = frozenset(
    {"acknowledgement", "assistance_response", "alert", "operation_plan", "operation_result"}
    | {"investigation", "commitment_step"}
)
_REFERENCED: Mapping[str, str] = {
    "assistance_response": "request_reference",
    "operation_result": "plan_reference",
    "trace_result": "request_reference",
}


@dataclass(frozen=True, slots=True)
class CaseStep:
    """Hold a step that may be taken now."""

    word: str
    type: str
    role: str
    party: Party
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Hold what a node must know of a course to write its next step.

    `past`: author and word of each step so far; `last`: the id of the last one that counts.
    """

    id: str
    kind: str
    state: str
    opener: Party
    reference: str
    envelope: Mapping[str, object]
    payload: Mapping[str, object]
    next_steps: tuple[CaseStep, ...]
    past: tuple[tuple[Party, str], ...] = ()
    last: str | None = None


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """Hold what somebody says with a step. `reference`: empty for one made from the course."""

    word: str
    values: Mapping[str, object] = field(default_factory=dict)
    reference: str = ""


def opening_draft(kind: str, author: Party, recipients: Sequence[str]) -> Draft:
    """Draft the event that opens a course; what is not known yet is left out.

    `recipients`: countries, country/authority, @group or ALL.
    """
    lifecycle = LIFECYCLES[kind]
    payload: dict[str, object] = {}
    if word_field := lifecycle.word_fields.get(lifecycle.opening):
        payload[word_field] = [*lifecycle.begins][0 if not lifecycle.draft else -1]
    parties = [_agency(recipient) for recipient in recipients if recipient[:1] not in ("@", "")]
    parties = [agency for agency in parties if agency["country"] != "ALL"]
    if kind == "assistance":
        payload["requesting"] = {**_agency(str(author)), "part": "REQUESTING"}
        payload["requested"] = {**parties[0], "part": "REQUESTED"} if parties else None
    elif lifecycle.seat:
        payload[lifecycle.seat] = str(author)
    elif lifecycle.parties:
        payload[lifecycle.parties] = parties
    envelope = {"evaluation": _KNOWN, **_ENVELOPES[kind], "recipients": list(recipients)}
    return {"type": lifecycle.opening, "envelope": envelope, "payload": payload}


def bind(envelope: Mapping[str, object], payload: Mapping[str, object]) -> dict[str, object]:
    """Return an envelope whose handling codes hold a receiver to the conditions of use."""
    conditions = payload.get("conditions")
    named = [str(code) for code in conditions] if isinstance(conditions, list) else []
    former = envelope.get("handling")
    handling = [str(code) for code in former] if isinstance(former, list) else []
    handling += [HANDLING[code] for code in named if code in HANDLING]
    bound = dict(envelope)
    if text := payload.get("condition_text"):
        handling.append("H3")
        bound["condition"] = text
    if handling:
        bound["handling"] = sorted(set(handling))
    return bound


def allowed_step(case: Case, author: Party, word: str) -> CaseStep | None:
    """Return the step that an author may take now; None where it may not."""
    return next((step for step in steps_of(case, author) if step.word == word), None)


def steps_of(case: Case, author: Party) -> list[CaseStep]:
    """Return the steps that an author may take now."""
    is_opener = author == case.opener
    has_own_part = bool(LIFECYCLES[case.kind].seat)
    return [
        step
        for step in case.next_steps
        if (step.role == StepRole.OPENER and is_opener)
        or (
            step.role == StepRole.ADDRESSED
            and step.party in (author, Party(author.country))
            and (has_own_part or not is_opener)
        )
    ]


def step_draft(case: Case, author: Party, step: CaseStep, answer: StepAnswer) -> Draft:
    """Draft the event of a step, which names the opening and the step before."""
    lifecycle = LIFECYCLES[case.kind]
    payload: dict[str, object] = {
        name: case.payload[name]
        for name in _COPIED.get(step.type, ())
        if case.payload.get(name) is not None
    }
    payload[lifecycle.word_fields[step.type]] = step.word
    if name := _ABOUT.get(step.type):
        payload[name] = case.id
    if (name := _REFERENCED.get(step.type)) and case.reference:
        payload[name] = case.reference
    if step.type in _CHAINED:
        payload["follows"] = case.last or (case.id if step.type == lifecycle.opening else None)
    if step.word == "CONDITIONS_ACCEPTED":
        payload["conditions"] = case.payload.get("conditions") or []
    payload |= answer.values
    number = sum(past == (author, step.word) for past in case.past) + 1
    reference = answer.reference or f"{case.id[-12:]}-{step.word}-{number}"
    envelope = {**_step_envelope(case, author), "evaluation": _KNOWN}
    if step.type != "acknowledgement":  # its conditions are those of another's record
        envelope = bind(envelope, payload)
    return {"type": step.type, "reference": reference, "envelope": envelope, "payload": payload}


def _step_envelope(case: Case, author: Party) -> dict[str, object]:
    """Return the marking of the opening, for who must know of the step.

    A step of a joint investigation is for all its parties; another one for who opened the course.
    """
    names = ("tlp", "purpose", "legal_basis", "crime", "case_reference", "exercise")
    envelope = {name: case.envelope.get(name) for name in names}
    named = case.envelope.get("recipients")
    recipients = [str(recipient) for recipient in named] if isinstance(named, list) else []
    if author != case.opener and not LIFECYCLES[case.kind].seat:
        groups = [name for name in recipients if name[:1] == "@"]
        parties = recipients if case.kind == INVESTIGATION.name else []
        others = [name for name in parties if name != str(author)]
        recipients = groups or [str(case.opener), *others]
    return {**envelope, "recipients": recipients}


def _agency(recipient: str) -> dict[str, object]:
    country, _slash, authority = recipient.partition("/")
    return {"country": country, "authority": authority or None}
