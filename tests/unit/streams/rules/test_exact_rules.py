"""The rules of documents, accounts, phones, plates, lots and traced weapons, one by one: what they
find, and the traps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from schemas.model import DAY_MS
from schemas.release.reader_text import parse_reader
from streams.correlation.wording import title_of_any
from streams.rules import read_rule_book
from tests.support.members import ALL, OPEN, Member, at, indicators, shown

NOTICE_DAY = at("2026-03-01T05:00")


def member(
    kind: str,
    type_: str,
    country: str,
    event: int = 0,
    traits: Mapping[str, str] | None = None,
    **changes: Any,
) -> Member:
    """An event of this type that hangs on the thing; numbered by its country where no number is
    given.
    """
    return Member(
        event or {"BO": 1, "CO": 2, "EC": 3, "PE": 4}[country],
        kind,
        country,
        type_,
        traits or {},
        **changes,
    )


def graded_rules(*members: Member) -> set[tuple[str, str]]:
    """Rule and grade of what is live."""
    return {named for named, pair in shown(indicators(*members)).items() if pair[0] == "live"}


def sentences(*members: Member) -> list[str]:
    return [indicator.explanation["es"] for indicator in indicators(*members)]


def notice(country: str = "PE", category: str = "requisitoria", **changes: Any) -> Member:
    traits = {
        "category": category,
        **({"valid_until": changes.pop("valid_until")} if "valid_until" in changes else {}),
    }
    return member(
        "document", "person_notice", country, traits=traits, **{"occurred": NOTICE_DAY, **changes}
    )


def crossing(country: str = "BO", kind: str = "document", **changes: Any) -> Member:
    return member(
        kind,
        "movement",
        country,
        traits={"direction": "ENTRY"},
        **{"occurred": NOTICE_DAY + 30 * DAY_MS, **changes},
    )


def incident(country: str, involvement: str, **changes: Any) -> Member:
    return member(
        "plate",
        "crime_incident",
        country,
        traits={"involvement": involvement},
        **{"occurred": NOTICE_DAY, **changes},
    )


def phone(country: str, day: int | None, **changes: Any) -> Member:
    return member(
        "phone",
        "crime_incident",
        country,
        **{"occurred": None if day is None else day * DAY_MS, **changes},
    )


class TestThingInTwoCountries:
    """Hold the rule thing-in-two-countries to what it promises."""

    CERTAIN = ("thing-in-two-countries", "certain")
    POSSIBLE = ("thing-in-two-countries", "possible")

    @pytest.mark.parametrize(
        ("kind", "sentence"),
        [
            ("document", "El mismo documento aparece en casos de Colombia y Perú."),
            ("plate", "La misma placa aparece en casos de Colombia y Perú."),
            ("imei", "El mismo equipo celular aparece en casos de Colombia y Perú."),
            ("ammunition_lot", "El mismo lote de munición aparece en casos de Colombia y Perú."),
        ],
    )
    def test_the_same_thing_in_cases_of_two_countries_is_told_by_its_kind(
        self, kind: str, sentence: str
    ) -> None:
        cases = member(kind, "seizure", "CO"), member(kind, "crime_incident", "PE")
        assert graded_rules(*cases) == {self.CERTAIN}
        assert sentences(*cases) == [sentence]

    def test_the_title_names_the_thing_too(self) -> None:
        (indicator,) = indicators(
            member("document", "seizure", "CO"),
            member("document", "threat_report", "PE", certainty="possible"),
        )
        assert indicator.title["es"] == "El mismo documento en casos de dos países (posible)"
        assert (
            indicator.explanation["en"]
            == "Possible, not certain: the same document appears in cases of Colombia and Peru."
        )

    def test_where_no_thing_is_at_hand_the_title_names_its_kind_or_any(self) -> None:
        texts = {rule.id: title_of_any(rule)["es"] for rule in read_rule_book().by_id.values()}
        assert texts["phone-in-two-countries"] == "El mismo teléfono en casos de dos países"
        assert texts["thing-in-two-countries"] == "El mismo objeto en casos de dos países"
        assert not any("{" in title for title in texts.values())

    def test_one_country_alone_is_nothing(self) -> None:
        assert (
            graded_rules(
                member("plate", "seizure", "CO", 1), member("plate", "crime_incident", "CO", 2)
            )
            == set()
        )

    @pytest.mark.parametrize("role", ["witness", "complainant", "victim", "complainant|witness"])
    def test_who_saw_complained_or_suffered_brings_no_case_onto_the_document(
        self, role: str
    ) -> None:
        assert (
            graded_rules(
                member("document", "seizure", "CO"),
                member("document", "crime_incident", "PE", traits={"role": role}),
            )
            == set()
        )

    def test_who_is_a_witness_and_a_suspect_is_a_suspect(self) -> None:
        both = member("document", "crime_incident", "PE", traits={"role": "suspect|witness"})
        assert graded_rules(member("document", "seizure", "CO"), both) == {self.CERTAIN}

    @pytest.mark.parametrize(
        ("category", "counts"),
        [("antecedentes", True), ("missing", False), ("impedimento_de_transito", False)],
    )
    def test_a_notice_is_a_case_by_its_category(self, category: str, counts: bool) -> None:
        assert graded_rules(member("document", "seizure", "CO"), notice(category=category)) == (
            {self.CERTAIN} if counts else set()
        )

    @pytest.mark.parametrize(
        ("status", "counts"),
        [("SEIZED", True), ("TRAFFICKED", True), ("REGISTERED", False), ("EXPORTED", False)],
    )
    def test_a_weapon_record_is_a_case_by_its_status(self, status: str, counts: bool) -> None:
        lots = (
            member("ammunition_lot", "seizure", "CO"),
            member("ammunition_lot", "weapon_record", "PE", traits={"status": status}),
        )
        assert graded_rules(*lots) == ({self.CERTAIN} if counts else set())

    def test_two_merely_possible_documents_are_nothing_and_one_is_possible(self) -> None:
        sure, unsure = (
            member("document", "seizure", "CO"),
            member("document", "seizure", "PE", certainty="possible"),
        )
        assert graded_rules(sure, unsure) == {self.POSSIBLE}
        assert graded_rules(replace(sure, certainty="possible"), unsure) == set()

    def test_an_exercise_beside_the_real_thing_is_not_part_of_it_and_makes_no_hub_of_it(
        self,
    ) -> None:
        drill = replace(OPEN, exercise="SIMULACRO")
        real = member("plate", "seizure", "CO"), member("plate", "crime_incident", "PE")
        drills = [
            member("plate", "seizure", "EC", 100 + number, label=drill) for number in range(60)
        ]
        assert indicators(*real, *drills) == indicators(*real)
        assert graded_rules(real[0], *drills) == set()
        in_it = parse_reader("EC/analyst/RED", exercise="SIMULACRO")
        assert indicators(*real, *drills, reader=in_it) == []
        played = indicators(
            *real, *drills[:2], member("plate", "seizure", "BO", 200, label=drill), reader=in_it
        )
        assert {piece.label.exercise for indicator in played for piece in indicator.evidence} == {
            "SIMULACRO"
        }


class TestPhones:
    """Hold the rule phone-in-two-countries to what it promises."""

    CERTAIN = ("phone-in-two-countries", "certain")

    @pytest.mark.parametrize(
        ("days", "holds"), [(0, True), (180, True), (-180, True), (181, False), (-181, False)]
    )
    def test_a_number_is_the_same_persons_for_half_a_year(self, days: int, holds: bool) -> None:
        assert graded_rules(phone("CO", 1000), phone("PE", 1000 + days)) == (
            {self.CERTAIN} if holds else set()
        )

    def test_a_recycled_number_is_not_bridged_by_a_case_between(self) -> None:
        (indicator,) = indicators(phone("CO", 0), phone("EC", 150), phone("PE", 300))
        assert (indicator.pairs, indicator.members) == (2, 3)
        assert graded_rules(phone("CO", 0), phone("CO", 150, event=9), phone("PE", 340)) == set()

    def test_without_its_day_a_case_is_possible_only(self) -> None:
        assert graded_rules(phone("CO", 0), phone("PE", None)) == {
            ("phone-in-two-countries", "possible")
        }

    def test_a_hotels_phone_links_nobody(self) -> None:
        guests = [
            phone(("CO", "EC", "PE")[number % 3], number, event=100 + number)
            for number in range(21)
        ]
        everybody = frozenset(range(100, 121))
        assert shown(indicators(*guests)) == {self.CERTAIN: ("hub", (21, everybody))}
        assert graded_rules(*guests[:20]) == {self.CERTAIN}

    def test_a_hotels_many_guests_of_one_country_are_no_hub_of_interest_at_all(self) -> None:
        assert indicators(*(phone("CO", number, event=100 + number) for number in range(60))) == []

    def test_the_sentence_says_when(self) -> None:
        assert sentences(phone("BO", 0), phone("PE", 9)) == [
            "El mismo teléfono aparece en casos de Bolivia y Perú, "
            "con no más de seis meses entre uno y otro."
        ]


class TestAccounts:
    """Hold the rule account-in-two-countries to what it promises."""

    def test_the_same_account_in_reports_of_two_countries(self) -> None:
        reports = (
            member("account", "suspicious_flow", "BO"),
            member("account", "threat_report", "PE"),
        )
        assert graded_rules(*reports) == {("account-in-two-countries", "certain")}
        assert sentences(*reports) == ["La misma cuenta aparece en reportes de Bolivia y Perú."]

    def test_an_exchange_house_links_nobody(self) -> None:
        reports = [
            member("account", "suspicious_flow", ("BO", "PE")[number % 2], 100 + number)
            for number in range(21)
        ]
        peru = {101 + number for number in range(0, 20, 2)}
        assert shown(indicators(*reports)) == {
            ("account-in-two-countries", "certain"): ("hub", (21, frozenset({100, 102} | peru)))
        }
        assert graded_rules(*reports[:20]) == {("account-in-two-countries", "certain")}

    def test_a_seizure_is_no_report(self) -> None:
        assert (
            graded_rules(
                member("account", "suspicious_flow", "BO"), member("account", "seizure", "PE")
            )
            == set()
        )


class TestWantedPersons:
    """Hold the rule wanted-person-at-crossing to what it promises."""

    CERTAIN = ("wanted-person-at-crossing", "certain")
    POSSIBLE = ("wanted-person-at-crossing", "possible")

    @pytest.mark.parametrize("category", ["requisitoria", "impedimento_de_transito"])
    def test_a_wanted_persons_document_at_a_crossing_abroad(self, category: str) -> None:
        assert graded_rules(notice(category=category), crossing()) == {self.CERTAIN}
        assert sentences(notice(category=category), crossing()) == [
            "Una persona requerida por Perú cruzó un paso fronterizo de Bolivia."
        ]

    @pytest.mark.parametrize("category", ["antecedentes", "missing"])
    def test_other_notices_want_nobody(self, category: str) -> None:
        assert graded_rules(notice(category=category), crossing()) == set()

    def test_a_crossing_of_the_country_that_wants_is_its_own_affair(self) -> None:
        assert graded_rules(notice(), crossing("PE", event=9)) == set()

    @pytest.mark.parametrize(("before", "holds"), [(DAY_MS, True), (DAY_MS + 1, False)])
    def test_a_crossing_before_the_notice_is_nothing(self, before: int, holds: bool) -> None:
        assert graded_rules(notice(), crossing(occurred=NOTICE_DAY - before)) == (
            {self.CERTAIN} if holds else set()
        )

    @pytest.mark.parametrize(
        ("crossed", "holds"),
        [
            ("2026-03-31T05:00", True),
            ("2026-04-01T04:59", True),
            ("2026-04-01T05:00", False),
            ("2026-04-02", False),
        ],
    )
    def test_a_notice_that_expired_before_the_crossing_is_nothing(
        self, crossed: str, holds: bool
    ) -> None:
        expires = notice(valid_until="2026-03-31")
        assert graded_rules(expires, crossing(occurred=at(crossed))) == (
            {self.CERTAIN} if holds else set()
        )

    def test_an_unknown_time_of_the_crossing_is_possible_only(self) -> None:
        assert graded_rules(notice(valid_until="2026-03-31"), crossing(occurred=None)) == {
            self.POSSIBLE
        }
        assert graded_rules(notice(), crossing(certainty="possible")) == {self.POSSIBLE}

    def test_who_crosses_daily_is_no_hub(self) -> None:
        daily = [
            crossing(event=100 + number, occurred=NOTICE_DAY + number * DAY_MS)
            for number in range(365)
        ]
        (indicator,) = indicators(notice(), *daily)
        assert (indicator.status, indicator.pairs) == ("live", 365)

    def test_two_countries_that_want_the_same_person_are_both_named(self) -> None:
        assert (
            "Una persona requerida por Colombia y Perú cruzó un paso fronterizo de Bolivia."
            in sentences(notice(), notice("CO"), crossing())
        )


class TestStolenPlates:
    """Hold the rule stolen-plate-at-crossing to what it promises."""

    CERTAIN = ("stolen-plate-at-crossing", "certain")

    def test_a_stolen_plate_at_a_crossing_abroad(self) -> None:
        passed = incident("CO", "STOLEN"), crossing("EC", "plate")
        assert graded_rules(*passed) == {self.CERTAIN}
        assert sentences(*passed) == [
            "La placa de un vehículo robado en Colombia pasó por un paso fronterizo de Ecuador."
        ]

    def test_a_crossing_before_the_theft_is_nothing(self) -> None:
        assert (
            graded_rules(
                incident("CO", "STOLEN"), crossing("EC", "plate", occurred=NOTICE_DAY - 2 * DAY_MS)
            )
            == set()
        )

    def test_a_plate_that_its_country_recovered_is_nothing_but_another_countrys_word_does_not_count(
        self,
    ) -> None:
        passed = incident("CO", "STOLEN"), crossing("EC", "plate")
        assert graded_rules(*passed, incident("CO", "RECOVERED", event=9)) == set()
        assert self.CERTAIN in graded_rules(*passed, incident("PE", "RECOVERED"))

    def test_a_plate_recovered_before_it_was_stolen_again_is_stolen(self) -> None:
        passed = incident("CO", "STOLEN"), crossing("EC", "plate")
        assert graded_rules(
            *passed, incident("CO", "RECOVERED", event=9, occurred=NOTICE_DAY - 30 * DAY_MS)
        ) == {self.CERTAIN}
        assert (
            graded_rules(
                *passed, incident("CO", "RECOVERED", event=9, occurred=NOTICE_DAY - DAY_MS // 2)
            )
            == set()
        ), "told by its day alone"
        assert graded_rules(*passed, incident("CO", "RECOVERED", event=9, occurred=None)) == set()

    def test_a_plate_stolen_and_recovered_in_one_report_is_nothing(self) -> None:
        assert graded_rules(incident("CO", "RECOVERED|STOLEN"), crossing("EC", "plate")) == set()

    def test_a_vehicle_that_was_only_used_is_nothing(self) -> None:
        assert graded_rules(incident("CO", "USED"), crossing("EC", "plate")) == set()


class TestTraces:
    """Hold the rule weapon-traced to what it promises."""

    @staticmethod
    def trace_request(country: str = "PE", calibre: str | None = "9X19") -> Member:
        return member(
            "weapon", "trace_request", country, traits={"calibre": calibre} if calibre else {}
        )

    @pytest.mark.parametrize(
        "status", ["REGISTERED", "EXPORTED", "IMPORTED", "DESTROYED", "STOLEN"]
    )
    def test_a_weapon_asked_about_that_another_country_has_on_record(self, status: str) -> None:
        record = member(
            "weapon", "weapon_record", "CO", traits={"status": status, "calibre": "9X19"}
        )
        assert graded_rules(self.trace_request(), record) == {("weapon-traced", "certain")}
        assert sentences(self.trace_request(), record) == [
            "Un arma rastreada a pedido de Perú consta en Colombia."
        ]

    @pytest.mark.parametrize(
        ("outcome", "holds"), [("IDENTIFIED", True), ("PARTIAL", False), ("NOT_FOUND", False)]
    )
    def test_an_answer_counts_when_it_identifies(self, outcome: str, holds: bool) -> None:
        answer = member(
            "weapon", "trace_result", "CO", traits={"outcome": outcome, "calibre": "9X19"}
        )
        assert graded_rules(self.trace_request(), answer) == (
            {("weapon-traced", "certain")} if holds else set()
        )

    def test_another_calibre_is_another_weapon_and_an_unknown_one_is_possible(self) -> None:
        record = member(
            "weapon", "weapon_record", "CO", traits={"status": "REGISTERED", "calibre": "9X19"}
        )
        assert graded_rules(self.trace_request(calibre="45 ACP"), record) == set()
        assert graded_rules(self.trace_request(calibre=None), record) == {
            ("weapon-traced", "possible")
        }


def test_what_is_not_released_is_no_evidence() -> None:
    closed = replace(OPEN, recipients=("PE",), tlp="AMBER")
    members = notice(label=closed), crossing()
    assert indicators(*members, reader=parse_reader("EC/analyst/RED")) == []
    assert len(indicators(*members, reader=parse_reader("PE/analyst/GREEN"))) == 1
    assert indicators(*members, reader=ALL) == []
