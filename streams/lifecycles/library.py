"""List the lifecycles of the mechanism's work.

Every step may be left out: what may follow a step may also follow what was before it. So no step
is impossible for a reader who may not see the one before (tests hold it for each table).
Times are those of the vocabulary: an urgent request is answered within 8 hours whether, how and
when (Directive 2013/40/EU, article 13); an urgent trace within 24 hours (eTrace); others are
acknowledged in 7 days and answered in 90.
"""

from __future__ import annotations

from collections.abc import Mapping

from streams.lifecycles.model import DeadlineRule, Lifecycle, StepRole, StepRule

HOUR, DAY = 60, 1_440
ALERT_MINUTES = 15
_ACKNOWLEDGEMENT = ("acknowledgement",)
_WILL_ANSWER = ("will_answer", frozenset({"YES", "PARTLY", "NO"}))


def _step(word: str, types: tuple[str, ...], by: StepRole, after: str, to: str = "") -> StepRule:
    return StepRule(word, types, by, frozenset(after.split()), to)


def _open_request() -> tuple[StepRule, ...]:
    answer, both = ("assistance_response",), ("assistance_response", "assistance_request")
    early = "SENT RECEIVED ACKNOWLEDGED"
    live = f"{early} IN_EXECUTION POSTPONED PARTLY_ANSWERED"
    reasons = ("reason",)
    return (
        _step("RECEIVED", answer, StepRole.ADDRESSED, "SENT", "RECEIVED"),
        _step("ACKNOWLEDGED", answer, StepRole.ADDRESSED, "SENT RECEIVED", "ACKNOWLEDGED"),
        _step("IN_EXECUTION", answer, StepRole.ADDRESSED, live, "IN_EXECUTION"),
        StepRule(
            *("POSTPONED", answer, StepRole.ADDRESSED, frozenset(live.split()), "POSTPONED"),
            reasons,
        ),
        _step("PARTLY_ANSWERED", answer, StepRole.ADDRESSED, live, "PARTLY_ANSWERED"),
        _step("ANSWERED", answer, StepRole.ADDRESSED, f"{live} ANSWERED", "ANSWERED"),
        StepRule(
            *("REFUSED", answer, StepRole.ADDRESSED, frozenset(live.split()), "REFUSED"), reasons
        ),
        _step("WITHDRAWN", both, StepRole.OPENER, f"DRAFT {live}", "WITHDRAWN"),
        _step("CLOSED", both, StepRole.OPENER, f"{live} ANSWERED REFUSED", "CLOSED"),
    )


_FINAL_ANSWERS = frozenset({"ANSWERED", "REFUSED"})
ASSISTANCE = Lifecycle(
    name="assistance",
    opening="assistance_request",
    word_fields={"assistance_request": "state", "assistance_response": "state"},
    begins={"DRAFT": "DRAFT", "SENT": "SENT"},
    states=(
        *("DRAFT", "SENT", "RECEIVED", "ACKNOWLEDGED", "POSTPONED", "IN_EXECUTION"),
        *("PARTLY_ANSWERED", "ANSWERED", "REFUSED", "WITHDRAWN", "CLOSED"),
    ),
    ends=frozenset({"ANSWERED", "REFUSED", "WITHDRAWN", "CLOSED"}),
    steps=_open_request(),
    deadlines=(
        DeadlineRule(
            *("say", 8 * HOUR, None, _FINAL_ANSWERS | {"PARTLY_ANSWERED"}), kept_if=_WILL_ANSWER
        ),
        DeadlineRule(
            "acknowledge",
            None,
            7 * DAY,
            _FINAL_ANSWERS | {"ACKNOWLEDGED", "IN_EXECUTION", "POSTPONED", "PARTLY_ANSWERED"},
        ),
        DeadlineRule("answer", 90 * DAY, 90 * DAY, _FINAL_ANSWERS, own="deadline"),
        DeadlineRule(
            *("promise", None, None, _FINAL_ANSWERS | {"PARTLY_ANSWERED"}), promised="expected_by"
        ),
    ),
    lists=("assistance_state",),
    parties="requested",
    draft="DRAFT",
)

_WAITING = "ACTIVE DELIVERED READ"
ALERT = Lifecycle(
    name="alert",
    opening="alert",
    word_fields={"alert": "state", "acknowledgement": "act"},
    begins={"ACTIVE": "ACTIVE", "UPDATED": "ACTIVE"},
    states=(
        *("ACTIVE", "DELIVERED", "READ", "DECLINED", "ACKNOWLEDGED"),
        *("CLOSED", "CANCELLED", "ENDED"),
    ),
    ends=frozenset({"CLOSED", "CANCELLED", "ENDED"}),
    steps=(
        _step("DELIVERED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED, "ACTIVE", "DELIVERED"),
        _step("READ", _ACKNOWLEDGEMENT, StepRole.ADDRESSED, "ACTIVE DELIVERED", "READ"),
        _step(
            *("ACKNOWLEDGED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED),
            *(f"{_WAITING} DECLINED", "ACKNOWLEDGED"),
        ),
        _step("DECLINED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED, _WAITING, "DECLINED"),
        _step("ESCALATED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED, f"{_WAITING} DECLINED"),
        *(
            _step(word, _ACKNOWLEDGEMENT, StepRole.ADDRESSED, f"{_WAITING} DECLINED ACKNOWLEDGED")
            for word in ("USED", "NOT_USED")
        ),
        _step(
            *("CLOSED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED),
            *(f"{_WAITING} DECLINED ACKNOWLEDGED", "CLOSED"),
        ),
        _step("UPDATED", ("alert",), StepRole.OPENER, f"{_WAITING} DECLINED ACKNOWLEDGED"),
        *(
            _step(
                word, ("alert",), StepRole.OPENER, f"{_WAITING} DECLINED ACKNOWLEDGED CLOSED", word
            )
            for word in ("CANCELLED", "ENDED")
        ),
    ),
    deadlines=(
        DeadlineRule(
            *("acknowledge", ALERT_MINUTES, ALERT_MINUTES, frozenset({"ACKNOWLEDGED", "CLOSED"})),
            own="answer_minutes",
        ),
    ),
    lists=("alert_state", "acknowledgement_act"),
    parties="addressed",
)

_GIVEN = "SENT READ CONDITIONS_ACCEPTED NOT_USED USED"
INFORMATION = Lifecycle(
    name="information",
    opening="spontaneous_information",
    word_fields={"acknowledgement": "act"},
    begins={"": "SENT"},
    states=("SENT", "READ", "CONDITIONS_ACCEPTED", "CONDITIONS_REFUSED", "NOT_USED", "USED"),
    ends=frozenset({"CONDITIONS_REFUSED", "NOT_USED", "USED"}),
    steps=(
        _step("READ", _ACKNOWLEDGEMENT, StepRole.ADDRESSED, "SENT", "READ"),
        _step(
            *("CONDITIONS_REFUSED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED),
            *("SENT READ", "CONDITIONS_REFUSED"),
        ),
        _step(
            *("CONDITIONS_ACCEPTED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED),
            *(f"{_GIVEN} CONDITIONS_REFUSED", "CONDITIONS_ACCEPTED"),
        ),
        *(
            _step(word, _ACKNOWLEDGEMENT, StepRole.ADDRESSED, _GIVEN, word)
            for word in ("NOT_USED", "USED")
        ),
        _step("ONWARD_ASKED", _ACKNOWLEDGEMENT, StepRole.ADDRESSED, _GIVEN),
        *(
            _step(word, _ACKNOWLEDGEMENT, StepRole.OPENER, f"{_GIVEN} CONDITIONS_REFUSED")
            for word in ("ONWARD_PERMITTED", "ONWARD_REFUSED")
        ),
    ),
    deadlines=(
        DeadlineRule(
            *("feedback", None, None, frozenset({"USED", "NOT_USED", "CONDITIONS_REFUSED"})),
            own="feedback_by",
        ),
    ),
    lists=("assistance_state", "acknowledgement_act"),
    parties="",
)

TRACE = Lifecycle(
    name="trace",
    opening="trace_request",
    word_fields={"trace_result": "outcome"},
    begins={"": "SENT"},
    states=("SENT", "PARTIAL", "NOT_FOUND", "IDENTIFIED"),
    ends=frozenset({"NOT_FOUND", "IDENTIFIED"}),
    steps=tuple(
        _step(
            word, ("trace_result",), StepRole.ADDRESSED, "SENT PARTIAL NOT_FOUND IDENTIFIED", word
        )
        for word in ("PARTIAL", "NOT_FOUND", "IDENTIFIED")
    ),
    deadlines=(
        DeadlineRule(
            *("answer", DAY, 90 * DAY, frozenset({"PARTIAL", "NOT_FOUND", "IDENTIFIED"})),
        ),
    ),
    lists=("assistance_state", "trace_outcome"),
)

_PLANNED = "PLANNED CONFIRMED POSTPONED"
OPERATION = Lifecycle(
    name="operation",
    opening="operation_plan",
    word_fields={
        "operation_plan": "state",
        "acknowledgement": "act",
        "operation_result": "outcome",
    },
    begins={"PLANNED": "PLANNED", "CONFIRMED": "CONFIRMED"},
    states=("PLANNED", "POSTPONED", "CONFIRMED", "UNDERWAY", "ENDED", "CANCELLED"),
    ends=frozenset({"ENDED", "CANCELLED"}),
    steps=(
        _step("CONFIRMED", ("operation_plan",), StepRole.OPENER, _PLANNED, "CONFIRMED"),
        _step("UNDERWAY", ("operation_plan",), StepRole.OPENER, _PLANNED, "UNDERWAY"),
        _step("POSTPONED", ("operation_plan",), StepRole.OPENER, _PLANNED, "POSTPONED"),
        *(
            _step(word, ("operation_plan",), StepRole.OPENER, f"{_PLANNED} UNDERWAY", word)
            for word in ("CANCELLED", "ENDED")
        ),
        *(
            _step(word, _ACKNOWLEDGEMENT, StepRole.ADDRESSED, f"{_PLANNED} UNDERWAY")
            for word in ("READ", "ACKNOWLEDGED", "NO_CONFLICT", "CONFLICT")
        ),
        *(
            _step(
                word, ("operation_result",), StepRole.EITHER, f"{_PLANNED} UNDERWAY ENDED", "ENDED"
            )
            for word in ("CARRIED_OUT", "PARTLY", "NOT_CARRIED_OUT", "COMPROMISED")
        ),
    ),
    deadlines=(),
    lists=("operation_state", "acknowledgement_act", "operation_outcome"),
    parties="agencies",
)

_OPEN = "PROPOSED AGREED OPEN SUSPENDED"
INVESTIGATION = Lifecycle(
    name="investigation",
    opening="investigation",
    word_fields={"investigation": "act"},
    begins={"PROPOSED": "PROPOSED", "OPENED": "OPEN"},
    states=("PROPOSED", "AGREED", "OPEN", "SUSPENDED", "CLOSED", "REJECTED"),
    ends=frozenset({"CLOSED", "REJECTED"}),
    steps=(
        _step("JOINED", ("investigation",), StepRole.ADDRESSED, _OPEN, "AGREED"),
        _step("DECLINED", ("investigation",), StepRole.ADDRESSED, _OPEN, "REJECTED"),
        _step("OPENED", ("investigation",), StepRole.OPENER, _OPEN, "OPEN"),
        _step("MILESTONE", ("investigation",), StepRole.EITHER, _OPEN),
        *(
            _step(word, ("investigation",), StepRole.EITHER, f"{_OPEN} CLOSED REJECTED")
            for word in ("EVIDENCE", "ASSET", "REFERRAL")
        ),
        _step("SUSPENDED", ("investigation",), StepRole.OPENER, _OPEN, "SUSPENDED"),
        _step("RESUMED", ("investigation",), StepRole.OPENER, _OPEN, "OPEN"),
        _step("LEFT", ("investigation",), StepRole.ADDRESSED, _OPEN, "REJECTED"),
        _step("CLOSED", ("investigation",), StepRole.OPENER, _OPEN, "CLOSED"),
    ),
    deadlines=(),
    lists=("investigation_state", "investigation_act"),
    parties="parties",
)


def _commitment(opening: str, begin: str) -> Lifecycle:
    """Describe a goal or decision of the high-level group. Its owners answer, the setter moves."""
    live, types = f"{begin} AGREED PROGRESS", ("commitment_step",)
    return Lifecycle(
        name=opening,
        opening=opening,
        word_fields={"commitment_step": "act"},
        begins={"": begin},
        states=(begin, "AGREED", "PROGRESS", "WITHDRAWN", "NOT_ACHIEVED", "DECLINED", "ACHIEVED"),
        ends=frozenset({"ACHIEVED", "NOT_ACHIEVED", "DECLINED", "WITHDRAWN"}),
        steps=(
            _step("AGREED", types, StepRole.ADDRESSED, begin, "AGREED"),
            _step("PROGRESS", types, StepRole.ADDRESSED, live, "PROGRESS"),
            _step("ACHIEVED", types, StepRole.ADDRESSED, live, "ACHIEVED"),
            *(
                StepRule(
                    word, types, StepRole.ADDRESSED, frozenset(live.split()), word, ("grounds",)
                )
                for word in ("NOT_ACHIEVED", "DECLINED")
            ),
            StepRule(
                *("POSTPONED", types, StepRole.OPENER, frozenset(live.split()), ""),
                ("new_due", "grounds"),
            ),
            StepRule(
                *("WITHDRAWN", types, StepRole.OPENER, frozenset(live.split()), "WITHDRAWN"),
                ("grounds",),
            ),
        ),
        deadlines=(
            DeadlineRule(
                *("reach", None, None, frozenset({"ACHIEVED"})), own="due", moved="new_due"
            ),
        ),
        lists=("commitment_act",),
        parties="owners",
        seat="seat",
    )


GOAL = _commitment("goal", "SET")
DECISION = _commitment("decision", "TAKEN")
COMMITMENTS: Mapping[str, Lifecycle] = {"goal": GOAL, "decision": DECISION}
REQUESTS: Mapping[str, Lifecycle] = {
    lifecycle.name: lifecycle
    for lifecycle in (ALERT, ASSISTANCE, INFORMATION, TRACE, OPERATION, INVESTIGATION)
}
"""What countries ask of one another, and do together."""
LIFECYCLES: Mapping[str, Lifecycle] = {**REQUESTS, **COMMITMENTS}
BY_OPENING: Mapping[str, Lifecycle] = {
    lifecycle.opening: lifecycle for lifecycle in LIFECYCLES.values()
}
STEP_TYPES = frozenset(
    type_ for lifecycle in LIFECYCLES.values() for step in lifecycle.steps for type_ in step.types
)
