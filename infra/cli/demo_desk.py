"""Write and read as the police of a country does: by its own node, and by its own account."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter

from consumers.query.lifecycles.course_views import CourseView
from infra.cli.requests import to_case
from producers.node import CountryNode
from schemas.ids import to_uuid_text
from schemas.model import EventId
from schemas.release.use_conditions import BOUND_TYPE, bound_envelope
from streams.lifecycles.drafting import (
    Draft,
    StepAnswer,
    allowed_step,
    bind,
    opening_draft,
    step_draft,
)
from streams.lifecycles.model import Party

ANSWER_S = 60.0
"""How long a step of the case may take until the API shows it."""
_POLL_S = 0.1
_VIEW = TypeAdapter(CourseView)
_Answer = TypeVar("_Answer")


class DemoCaseError(RuntimeError):
    """Raised where a step of the case does not happen."""


class DemoDesk:
    """The police of a country. Its events are signed and sealed by its node."""

    def __init__(self, party: Party, node: CountryNode, api: httpx.Client) -> None:
        """`party`: for whom the node writes; `api`: asks as an analyst of the same authority."""
        self.party = party
        self._node, self._api = node, api
        self._published: list[EventId] = []

    def open(
        self,
        kind: str,
        to: Sequence[Party],
        payload: Mapping[str, object],
        envelope: Mapping[str, object],
    ) -> str:
        """Publish what opens a course; return its id."""
        draft = opening_draft(kind, self.party, [str(party) for party in to])
        content = {**_part(draft, "payload"), **payload}
        binding = bound_envelope if draft["type"] == BOUND_TYPE else bind
        marking = {**_part(draft, "envelope"), "tlp": "AMBER", **envelope}
        return self.publish(
            {
                **{"type": draft["type"], "reference": f"CASE-{kind}"},
                **{"envelope": binding(marking, content), "payload": content},
            }
        )

    def answer(self, id_: str, word: str, **values: object) -> str:
        """Publish the next step of a course that this desk sees; return the id of the step."""
        case = to_case(self.course(id_))
        step = allowed_step(case, self.party, word)
        if step is None:
            raise DemoCaseError(f"{self.party} may not take the step {word} after {case.state}")
        return self.publish(step_draft(case, self.party, step, StepAnswer(word, values)))

    def publish(self, draft: Draft) -> str:
        """Publish one event and return its id; `settle` reads what the mechanism answers."""
        record = {name: part for name, part in draft.items() if part is not None}
        [result] = self._node.publish_events(str(draft["type"]), [record], 0)
        if result.id is None or result.reasons:
            reasons = ", ".join(f"{refusal.code} {refusal.field}" for refusal in result.reasons)
            raise DemoCaseError(f"{self.party}, {draft['type']}: {reasons}")
        self._published.append(EventId(result.id))
        return to_uuid_text(result.id)

    def settle(self) -> bool:
        """Wait for the answers of the mechanism; say whether it accepted all that was published."""
        self._node.send(wait=ANSWER_S)
        receipts = (self._node.receipts_of(id_)[-1:] for id_ in self._published)
        return all([receipt.verdict for receipt in answers] == ["accepted"] for answers in receipts)

    def course(
        self, id_: str, is_ready: Callable[[CourseView], bool] = lambda _view: True
    ) -> CourseView:
        """Wait until the API shows this desk a course as it should be."""
        view = self._poll(lambda: self._view(id_), lambda view: view is not None and is_ready(view))
        if view is None:
            raise DemoCaseError(f"{self.party} does not see {id_}")
        return view

    def sees(self, id_: str) -> bool:
        """Say whether the API shows this desk anything of an event, or of a course."""
        return any(self._get(f"/v1/{kind}/{id_}") for kind in ("requests", "events"))

    def ask_plates(self, plates: Sequence[tuple[str, str]]) -> list[Mapping[str, Any]]:
        """Ask by hit or no hit for plates of countries, until the first one is known."""
        lines = [
            {"kind": "plate", "country": country, "number": number} for country, number in plates
        ]
        question = {"legal_basis": "CAN-589", "lines": lines}

        def ask() -> list[Mapping[str, Any]]:
            answer = self._api.post("/v1/hit-lookup", json=question).raise_for_status()
            answers: list[Mapping[str, Any]] = answer.json()["answers"]
            return answers

        return self._poll(ask, lambda answers: answers[0]["answer"] == "hit")

    def _view(self, id_: str) -> CourseView | None:
        answer = self._get(f"/v1/requests/{id_}")
        return None if answer is None else _VIEW.validate_json(answer.content)

    def _get(self, address: str) -> httpx.Response | None:
        """Return the answer; None where there is nothing that this desk may see.

        A late answer of a busy machine is requested again.
        """
        late = httpx.codes.SERVICE_UNAVAILABLE
        answer = self._poll(
            lambda: self._api.get(address), lambda answer: answer.status_code != late
        )
        return None if answer.status_code == httpx.codes.NOT_FOUND else answer.raise_for_status()

    @staticmethod
    def _poll(ask: Callable[[], _Answer], is_enough: Callable[[_Answer], bool]) -> _Answer:
        """Ask until the answer is enough, or the time is over; return the last answer."""
        until = time.monotonic() + ANSWER_S
        while not is_enough(answer := ask()) and time.monotonic() < until:
            time.sleep(_POLL_S)
        return answer


def _part(draft: Draft, name: str) -> dict[str, object]:
    part = draft[name]
    return dict(part) if isinstance(part, Mapping) else {}
