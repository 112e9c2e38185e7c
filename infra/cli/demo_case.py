"""Tell one case in ten steps, from the alert at night to the joint investigation.

Nodes of the four countries sign the events. After each step the API is asked what each country
sees now, and who must see nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from consumers.identity.demo_accounts import POLICE, demo_account_name
from consumers.query.lifecycles.course_views import CourseView, DeadlineView
from infra.api_client import open_api
from infra.cli.demo_desk import DemoCaseError, DemoDesk
from infra.settings import Settings
from producers.node import CountryNode
from schemas.i18n import UserMessage, _
from schemas.model import COUNTRIES
from schemas.release.rules import MECHANISM
from streams.lifecycles.model import Party

STEPS = 10
PLATE = ("PE", "T9Q-918")
UNKNOWN_PLATE = ("PE", "T9Q-919")
FACTS = "El camión T9Q-918 lo contrató por teléfono una empresa de transporte de Guayaquil."
ANSWER = "Se remiten los movimientos de la cuenta, de enero a marzo."
_CRIME = {"crime": "09012"}
_STOLEN_LORRY = {
    "type": "crime_incident",
    "reference": "CASE-lorry",
    "envelope": {
        **{"tlp": "AMBER", "recipients": ["PE/PNP", "@hit:ALL"], "crime": "05021"},
        **{"purpose": "investigation", "legal_basis": "CAN-589"},
        "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
    },
    "payload": {
        "title": "Hurto de camión",
        "vehicles": [
            {"kind": "truck", "country": "PE", "plate": PLATE[1], "involvement": "STOLEN"}
        ],
    },
}
_ALERT = {
    "title": "Camión robado hacia Ipiales",
    "kind": "VEHICLE_IN_TRANSIT",
    "message": "Pasó por Tulcán a las 23:40 con dos personas; se presume que lleva armas.",
}
_INFORMATION = {
    "matter": "Contratante de un camión robado",
    "facts": FACTS,
    "conditions": ["CONFIDENTIAL", "NO_ONWARD"],
}
_REQUEST = {
    "matter": "Pagos por el camión T9Q-918",
    "proceeding": "INVESTIGATION",
    "requesting": {"country": "CO", "authority": "PONAL", "functions": "Policía judicial"},
    "facts": "Una cuenta de Santa Cruz pagó tres viajes del camión.",
    "assistance": ["FINANCIAL_RECORDS"],
    "assistance_details": "Movimientos de la cuenta, de enero a marzo",
    "aim": "Saber quién pagó los viajes",
}
_PLAN = {
    "title": "Operación Rumichaca",
    "kind": "CHECKPOINT",
    "starts": "2018-12-01T04:00-05:00",
    "ends": "2018-12-01T09:00-05:00",
    "areas": [{"subdivision": "EC-C"}],
    "contact": {"country": "EC", "authority": "POLICIA"},
}
_RESULTS = [{"what": "ARRESTS", "count": 3}, {"what": "SEIZURES", "count": 1}]
_MILESTONE = {"kind": "CHARGES", "done": "2018-12-20"}


@dataclass(frozen=True, slots=True)
class ToldStep:
    """What happened in a step, whether it is right, and of which course and reader it is."""

    text: UserMessage
    is_right: bool
    command: str


@contextmanager
def open_desks(settings: Settings) -> Iterator[Mapping[str, DemoDesk]]:
    """Open a desk for the police of each country, by country code.

    The accounts are those of `make_demo_accounts`. Raises FoundingError, KeyringError.
    """
    with ExitStack() as stack:
        desks = {}
        for country in COUNTRIES:
            party = Party(country, POLICE[country])
            node = CountryNode(settings, f"{party.country}-{party.authority}".lower())
            token = settings.token_file(demo_account_name(country))
            api = stack.enter_context(open_api(settings, token, timeout=60))
            desks[country] = DemoDesk(party, stack.enter_context(node), api)
        yield desks


def mechanism_sees(settings: Settings, id_: str) -> bool:
    """Say whether the mechanism's analyst sees anything of an event."""
    token = settings.token_file(demo_account_name(MECHANISM))
    with open_api(settings, token, timeout=60) as api:
        return api.get(f"/v1/events/{id_}").is_success


class DemoCase:
    """The case: each step happens once, in this order."""

    def __init__(
        self, desks: Mapping[str, DemoDesk], mechanism_sees: Callable[[str], bool]
    ) -> None:
        """`mechanism_sees`: whether the mechanism sees an event of this id."""
        self._bolivia, self._colombia = desks["BO"], desks["CO"]
        self._ecuador, self._peru = desks["EC"], desks["PE"]
        self._mechanism_sees = mechanism_sees
        self._ids: dict[str, str] = {}

    def steps(self) -> Iterator[ToldStep]:
        """Let each step happen and tell it. A step that does not happen is the last one."""
        for step in (
            *(self._alert, self._acknowledgement, self._hit, self._information),
            *(self._acceptance, self._request, self._response, self._operation),
            *(self._investigation, self._milestone),
        ):
            try:
                yield step()
            except DemoCaseError as error:
                yield ToldStep(_("This step did not happen: {reason}", reason=error), False, "")
                return

    def _alert(self) -> ToldStep:
        envelope = {**_CRIME, "justification": _ALERT["title"]}
        self._ids["lorry"] = self._peru.publish(dict(_STOLEN_LORRY))
        id_ = self._ids["alert"] = self._ecuador.open(
            "alert", [self._colombia.party], _ALERT, envelope
        )
        view = self._colombia.course(id_)
        minutes = _span(view, _deadline(view, "acknowledge")) / 60
        return ToldStep(
            _(
                "By night Ecuador alerts Colombia: a stolen lorry is on its way to Ipiales. "
                "Colombia has {minutes:.0f} minutes to acknowledge it.",
                minutes=minutes,
            ),
            (view.summary.state, view.summary.is_yours, minutes) == ("ACTIVE", True, 15)
            and not self._peru.sees(id_),
            f"alert show {_short(id_)} {_reader(self._colombia)}",
        )

    def _acknowledgement(self) -> ToldStep:
        id_ = self._ids["alert"]
        self._colombia.answer(id_, "ACKNOWLEDGED", function="REGULAR")
        view = self._ecuador.course(id_, _is("ACKNOWLEDGED"))
        deadline = _deadline(view, "acknowledge")
        return ToldStep(
            _(
                "The regular contact of Colombia acknowledges it after {seconds:.0f} s. Ecuador "
                "sees that the deadline is kept.",
                seconds=_span(view, deadline, at=True),
            ),
            (view.summary.state, deadline.status) == ("ACKNOWLEDGED", "kept"),
            f"alert show {_short(id_)} {_reader(self._ecuador)}",
        )

    def _hit(self) -> ToldStep:
        known, unknown = self._colombia.ask_plates([PLATE, UNKNOWN_PLATE])
        owners = [f"{owner['country']}/{owner['authority']}" for owner in known["ask"]]
        has_seen = self._colombia.sees(self._ids["lorry"])
        return ToldStep(
            _(
                "Colombia asks whether plate {plate} is known. Hit: {owner} is to be asked. "
                "Colombia sees nothing of the record itself.",
                plate=PLATE[1],
                owner=", ".join(owners),
            ),
            owners == [str(self._peru.party)] and unknown["answer"] == "no_hit" and not has_seen,
            f"hit-lookup asked --mine {_reader(self._colombia)}",
        )

    def _information(self) -> ToldStep:
        id_ = self._ids["information"] = self._peru.open(
            "information", [self._colombia.party], _INFORMATION, _CRIME
        )
        view = self._colombia.course(id_)
        return ToldStep(
            _(
                "Peru gives Colombia information without a request, under {count} conditions. "
                "Until Colombia accepts them, it sees the conditions and no content.",
                count=len(view.summary.conditions),
            ),
            view.summary.is_withheld
            and view.summary.conditions == _INFORMATION["conditions"]
            and FACTS not in str(view),
            f"request show {_short(id_)} {_reader(self._peru)}",
        )

    def _acceptance(self) -> ToldStep:
        id_ = self._ids["information"]
        self._colombia.answer(id_, "CONDITIONS_ACCEPTED")
        view = self._colombia.course(id_, lambda view: not view.summary.is_withheld)
        return ToldStep(
            _(
                "Colombia accepts the conditions by a signed record and reads who hired the lorry. "
                "Ecuador does not learn that this information exists."
            ),
            (view.opening.payload or {}).get("facts") == FACTS and not self._ecuador.sees(id_),
            f"request show {_short(id_)} {_reader(self._colombia)}",
        )

    def _request(self) -> ToldStep:
        envelope = {**_CRIME, "urgency": "urgent", "justification": "Hay tres detenidos"}
        id_ = self._ids["request"] = self._colombia.open(
            "assistance", [self._bolivia.party], _REQUEST, envelope
        )
        view = self._bolivia.course(id_)
        hours = _span(view, _deadline(view, "say")) / 3600
        return ToldStep(
            _(
                "Colombia urgently asks Bolivia for bank records. Bolivia has {hours:.0f} hours "
                "to say whether, how and when it answers.",
                hours=hours,
            ),
            (view.summary.state, view.summary.is_yours, hours) == ("SENT", True, 8)
            and not [gap for gap in view.gaps if gap.is_required],
            f"request show {_short(id_)} {_reader(self._bolivia)}",
        )

    def _response(self) -> ToldStep:
        id_ = self._ids["request"]
        self._bolivia.answer(id_, "ANSWERED", answer=ANSWER, executed=_REQUEST["assistance"])
        view = self._colombia.course(id_, _is("ANSWERED"))
        statuses = [_deadline(view, name).status for name in ("say", "answer")]
        answers = [(event.payload or {}).get("answer") for event in view.events]
        return ToldStep(
            _(
                "Bolivia answers after {seconds:.0f} s and hands over the records; both "
                "deadlines are kept. Peru, which is no party, sees nothing of it.",
                seconds=_span(view, _deadline(view, "answer"), at=True),
            ),
            statuses == ["kept", "kept"] and answers == [ANSWER] and not self._peru.sees(id_),
            f"request show {_short(id_)} {_reader(self._colombia)}",
        )

    def _operation(self) -> ToldStep:
        id_ = self._ecuador.open("operation", [self._colombia.party], _PLAN, _CRIME)
        self._colombia.answer(id_, "NO_CONFLICT")
        self._ecuador.course(id_, _has("NO_CONFLICT"))
        self._ecuador.answer(id_, "CARRIED_OUT", results=_RESULTS)
        view = self._colombia.course(id_, _is("ENDED"))
        results = (view.events[-1].payload or {}).get("results") or []
        counts = {str(result["what"]): result["count"] for result in results}
        return ToldStep(
            _(
                "Ecuador plans an operation at the border; Colombia says that it has no conflict. "
                "Result: arrests: {arrests}; seizures: {seizures}.",
                arrests=counts.get("ARRESTS"),
                seizures=counts.get("SEIZURES"),
            ),
            counts == {"ARRESTS": 3, "SEIZURES": 1} and not self._bolivia.sees(id_),
            f"request show {_short(id_)} {_reader(self._ecuador)}",
        )

    def _investigation(self) -> ToldStep:
        others = [self._colombia, self._peru, self._bolivia]
        payload = {"title": "Caso Rumichaca", "structure": "Red que mueve armas en camiones"}
        id_ = self._ids["investigation"] = self._ecuador.open(
            "investigation", [desk.party for desk in others], payload, _CRIME
        )
        for desk in others:
            desk.answer(id_, "JOINED")
        self._ecuador.course(id_, _is("AGREED"))
        self._ecuador.answer(id_, "OPENED")
        view = self._peru.course(id_, _is("OPEN"))
        return ToldStep(
            _(
                "Ecuador proposes a joint investigation; Colombia, Peru and Bolivia join it, each "
                "by a signed record. It is open with {count} countries.",
                count=len(view.summary.parties) + 1,
            ),
            view.summary.state == "OPEN" and len(view.summary.parties) == len(others),
            f"request show {_short(id_)} {_reader(self._peru)}",
        )

    def _milestone(self) -> ToldStep:
        id_ = self._ids["investigation"]
        self._colombia.answer(id_, "MILESTONE", milestone=_MILESTONE)
        desks = (self._bolivia, self._colombia, self._ecuador, self._peru)
        histories = [desk.course(id_, _has("MILESTONE")).steps for desk in desks]
        counting = [step for step in histories[0] if step.refusal is None]
        are_accepted = [desk.settle() for desk in desks]
        return ToldStep(
            _(
                "Colombia records the charges as a milestone. The four countries read the same "
                "{count} steps. The mechanism, which is no party, sees none.",
                count=len(counting),
            ),
            all(steps == histories[0] for steps in histories)
            and len(counting) == len(histories[0]) == 5
            and all(are_accepted)
            and not self._mechanism_sees(id_),
            f"request show {_short(id_)} {_reader(self._bolivia)}",
        )


def _deadline(view: CourseView, name: str) -> DeadlineView:
    """Return a deadline of the only party. Raises DemoCaseError where it has none."""
    for party in view.summary.parties:
        for deadline in party.deadlines:
            if deadline.name == name:
                return deadline
    raise DemoCaseError(f"{view.summary.kind} has no deadline {name}")


def _span(view: CourseView, deadline: DeadlineView, at: bool = False) -> float:
    """Return the seconds from the opening until a deadline is due, or until it was kept."""
    end = deadline.at if at else deadline.due
    return (end - view.summary.opened_at).total_seconds() if end else float("nan")


def _is(state: str) -> Callable[[CourseView], bool]:
    return lambda view: view.summary.state == state


def _has(word: str) -> Callable[[CourseView], bool]:
    return lambda view: any(step.word == word for step in view.steps)


def _short(id_: str) -> str:
    """Return the end of an event's id, which finds it; all ids of a node begin equally."""
    return id_[-8:]


def _reader(desk: DemoDesk) -> str:
    return f"--as {desk.party}/analyst/AMBER"
