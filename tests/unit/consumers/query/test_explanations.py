"""A finding is explained from what is released of its records, and from nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.explanations.titles import title_thing
from consumers.query.things import Sighting, Thing
from tests.support.explained import Told, events, explained, finding

RIFLE = {"kind": "firearm", "type": "RIFLE", "make": "RUGER", "model": "MINI-14", "serial": "18412"}
SHOTGUN = {"kind": "firearm", "type": "SHOTGUN", "make": "FN", "model": None, "serial": "77F4521"}
LOT = {"kind": "ammunition_lot", "make": "INDUMIL", "calibre": ".38", "serial": "AJ400843"}
LETICIA = {"place": {"municipality": "Leticia"}}
CAR = {"kind": "pickup", "make": "TOYOTA", "model": "HILUX", "plate": "ABC123", "country": "PE"}
DNI = {"country": "PE", "type": "national_id", "number": "47345584"}
PERSON = {"given_names": "Ana", "first_surname": "Quispe", "second_surname": "Mamani"}
ACCOUNT = {"number": "10000456789", "institution": "BANCO FIE", "country": "BO"}


def weapon(country: str, status: str, day: str | None = None, content: Any = RIFLE) -> Told:
    payload = {"status": status, "weapon": content}
    traits = {"status": status, "calibre": "5.56X45"}
    return Told(country, "weapon_record", traits, payload, day, precision="day")


def seized(country: str, day: str | None = None, content: Any = RIFLE) -> Told:
    item = {"what": "weapon", "weapon": content}
    return Told(country, "seizure", {"calibre": "5.56X45"}, {"items": [item], **LETICIA}, day)


def notice(category: str, sex: str | None = None) -> Told:
    person = {**PERSON, "sex": sex, "documents": [DNI]}
    payload = {"category": category, "person": person}
    return Told("PE", "person_notice", {"category": category}, payload, "2025-05-03")


def crossing(country: str, document: Any = None, vehicle: Any = None) -> Told:
    person = {**PERSON, "document": document} if document else None
    payload = {"direction": "ENTRY", "crossing": "Kasani", "person": person, "conveyance": vehicle}
    return Told(country, "movement", {"direction": "ENTRY"}, payload, "2025-06-05")


def case(country: str, day: str | None, crime: str = "02051", **payload: Any) -> Told:
    return Told(country, "crime_incident", {}, {**payload, **LETICIA}, day, crime=crime)


def flow(country: str, day: str) -> Told:
    side = {"person": None, "entity": None, "account": ACCOUNT}
    payload = {"report": {"entity": "UIF"}, "transactions": [{"from": side, "to": None}]}
    return Told(country, "suspicious_flow", {}, payload, day, crime="07041")


class Row(NamedTuple):
    """A rule with records, what is said of them, and what is said where no content is released."""

    rule: str
    kind: str
    records: list[Told]
    es: str
    en: str
    bare_es: str


TABLE = [
    Row(
        "stolen-weapon-seized-abroad",
        "weapon",
        [weapon("PE", "STOLEN", "2025-08-12"), seized("CO", "2025-12-22")],
        "Un fusil RUGER MINI-14 robado en el Perú el 12 de agosto de 2025 fue decomisado en "
        "Leticia, Colombia, 132 días después.",
        "A RUGER MINI-14 rifle stolen in Peru on 12 August 2025 was seized in Leticia, Colombia, "
        "132 days later.",
        "Un arma robada en el Perú fue decomisada en Colombia.",
    ),
    Row(
        "stolen-weapon-seized-abroad",
        "weapon",
        [weapon("EC", "LOST", None, SHOTGUN), seized("CO", None, SHOTGUN)],
        "Una escopeta FN denunciada como perdida en el Ecuador fue decomisada en Leticia, "
        "Colombia.",
        "An FN shotgun reported lost in Ecuador was seized in Leticia, Colombia.",
        "Un arma denunciada como perdida en el Ecuador fue decomisada en Colombia.",
    ),
    Row(
        "lost-weapon-found-abroad",
        "weapon",
        [weapon("BO", "STOLEN", "2025-01-31"), weapon("PE", "FOUND", "2025-02-01")],
        "Un fusil RUGER MINI-14 robado en Bolivia el 31 de enero de 2025 fue hallado en el Perú "
        "un día después.",
        "A RUGER MINI-14 rifle stolen in Bolivia on 31 January 2025 was found in Peru one day "
        "later.",
        "Un arma robada en Bolivia fue hallada en el Perú.",
    ),
    Row(
        "registered-weapon-seized-abroad",
        "weapon",
        [weapon("EC", "REGISTERED", "2014-02-03"), seized("PE", "2025-03-01")],
        "Un fusil RUGER MINI-14 registrado en el Ecuador desde el 3 de febrero de 2014 fue "
        "decomisado en Leticia, Perú, el 1 de marzo de 2025; no consta su exportación.",
        "A RUGER MINI-14 rifle registered in Ecuador since 3 February 2014 was seized in Leticia, "
        "Peru, on 1 March 2025; no export is on record.",
        "Un arma registrada en el Ecuador fue decomisada en el Perú; no consta su exportación.",
    ),
    Row(
        "weapon-in-two-countries",
        "weapon",
        [weapon("EC", "REGISTERED", "2014-02-03"), weapon("PE", "REGISTERED", "2015-02-03")],
        "Un fusil RUGER MINI-14 registrado en el Ecuador desde el 3 de febrero de 2014 está "
        "registrado también en el Perú desde el 3 de febrero de 2015.",
        "A RUGER MINI-14 rifle registered in Ecuador since 3 February 2014 has also been "
        "registered in Peru since 3 February 2015.",
        "Un arma registrada en el Ecuador está registrada también en el Perú.",
    ),
    Row(
        "weapon-traced",
        "weapon",
        [
            Told("CO", "trace_request", {"calibre": "9X19"}, {"weapon": RIFLE}, "2025-03-03"),
            weapon("PE", "REGISTERED", "2014-02-03")._replace(traits={"status": "REGISTERED"}),
        ],
        "Posible, sin certeza: un fusil RUGER MINI-14 cuyo rastreo pidió Colombia el 3 de marzo "
        "de 2025 está registrado en el Perú desde el 3 de febrero de 2014.",
        "Possible, not certain: a RUGER MINI-14 rifle of which Colombia requested a trace on 3 "
        "March 2025 has been registered in Peru since 3 February 2014.",
        "Posible, sin certeza: un arma cuyo rastreo pidió Colombia está registrada en el Perú.",
    ),
    Row(
        "wanted-person-at-crossing",
        "document",
        [notice("requisitoria"), crossing("BO", DNI)],
        "Ana Quispe Mamani (DNI 47345584 del Perú), con orden de captura del Perú desde el 3 de "
        "mayo de 2025, ingresó a Bolivia por Kasani el 5 de junio de 2025.",
        "Ana Quispe Mamani (national ID 47345584 of Peru), wanted by Peru since 3 May 2025, "
        "entered Bolivia at Kasani on 5 June 2025.",
        "Una persona con orden de captura del Perú ingresó a Bolivia.",
    ),
    Row(
        "stolen-plate-at-crossing",
        "plate",
        [
            case("PE", "2025-06-04", vehicles=[{**CAR, "involvement": "STOLEN"}])._replace(
                traits={"involvement": "STOLEN"}
            ),
            crossing("EC", vehicle=CAR),
        ],
        "Una camioneta TOYOTA HILUX de placa ABC123 robada en el Perú el 4 de junio de 2025 "
        "ingresó al Ecuador por Kasani un día después; no consta su recuperación.",
        "A TOYOTA HILUX pick-up with plate ABC123 stolen in Peru on 4 June 2025 entered Ecuador "
        "at Kasani one day later; no recovery is on record.",
        "Un vehículo robado en el Perú ingresó al Ecuador; no consta su recuperación.",
    ),
    Row(
        "thing-in-two-countries",
        "plate",
        [
            case("CO", "2025-06-04", "0101", vehicles=[CAR]),
            case("PE", "2025-06-04", vehicles=[CAR]),
        ],
        "Una camioneta TOYOTA HILUX de placa ABC123 figura en un caso de homicidio intencional "
        "en Leticia, Colombia, el 4 de junio de 2025 y en un caso de extorsión o chantaje en "
        "Leticia, Perú, el mismo día.",
        "A TOYOTA HILUX pick-up with plate ABC123 appears in a case of intentional homicide in "
        "Leticia, Colombia, on 4 June 2025 and in a case of extortion or blackmail in Leticia, "
        "Peru, the same day.",
        "Un vehículo figura en un caso en Colombia y en un caso en el Perú.",
    ),
    Row(
        "thing-in-two-countries",
        "imei",
        [
            case("CO", None, phones=[{"imei": "490154203237518"}]),
            case("EC", "2025-06-04", phones=[{"imei": "490154203237518"}]),
        ],
        "El equipo celular con IMEI 490154203237518 figura en un caso de extorsión o chantaje en "
        "Leticia, Colombia, y en un caso de extorsión o chantaje en Leticia, Ecuador, el 4 de "
        "junio de 2025.",
        "The handset with IMEI 490154203237518 appears in a case of extortion or blackmail in "
        "Leticia, Colombia, and in a case of extortion or blackmail in Leticia, Ecuador, on 4 "
        "June 2025.",
        "Un equipo celular figura en un caso en Colombia y en un caso en el Ecuador.",
    ),
    Row(
        "phone-in-two-countries",
        "phone",
        [
            case("BO", "2025-02-01", phones=[{"number": "+51960949341", "country": "PE"}]),
            case("PE", "2025-03-05", phones=[{"number": "+51960949341", "country": "PE"}]),
        ],
        "El teléfono +51960949341 figura en un caso de extorsión o chantaje en Leticia, Bolivia, "
        "el 1 de febrero de 2025 y en un caso de extorsión o chantaje en Leticia, Perú, 32 días "
        "después.",
        "The telephone +51960949341 appears in a case of extortion or blackmail in Leticia, "
        "Bolivia, on 1 February 2025 and in a case of extortion or blackmail in Leticia, Peru, "
        "32 days later.",
        "Un teléfono figura en un caso en Bolivia y en un caso en el Perú.",
    ),
    Row(
        "account-in-two-countries",
        "account",
        [flow("EC", "2025-03-30"), flow("CO", "2025-04-03")],
        "La cuenta 10000456789 (BANCO FIE) figura en un reporte de operación sospechosa del Ecuador "
        "por lavado de activos el 30 de marzo de 2025 y en un reporte de operación sospechosa de "
        "Colombia por lavado de activos 4 días después.",
        "Account 10000456789 (BANCO FIE) appears in a suspicious transaction report of Ecuador for "
        "money laundering on 30 March 2025 and in a suspicious transaction report of Colombia "
        "for money laundering 4 days later.",
        "Una cuenta figura en un reporte de operación sospechosa del Ecuador y en un reporte de "
        "operación sospechosa de Colombia.",
    ),
    Row(
        "listed-entity-abroad",
        "plate",
        [
            Told(
                "PE",
                "entity_notice",
                {},
                {"kind": "vessel", "name": "NAVE SA", "list": "ONU", "vehicles": [CAR]},
            ),
            crossing("BO", vehicle=CAR),
        ],
        "Una camioneta TOYOTA HILUX de placa ABC123 inscrita en una lista ONU del Perú ingresó a "
        "Bolivia por Kasani el 5 de junio de 2025.",
        "A TOYOTA HILUX pick-up with plate ABC123 on a list ONU of Peru entered Bolivia at Kasani "
        "on 5 June 2025.",
        "Un vehículo inscrito en una lista del Perú ingresó a Bolivia.",
    ),
    Row(
        "thing-in-two-countries",
        "ammunition_lot",
        [
            seized("PE", "2025-01-01", LOT),
            seized("BO", "2025-01-31", LOT),
        ],
        "Munición INDUMIL .38 del lote AJ400843 decomisada en el Perú el 1 de enero de 2025 fue "
        "decomisada también en Leticia, Bolivia, 30 días después.",
        "INDUMIL .38 ammunition of lot AJ400843 seized in Peru on 1 January 2025 was also seized "
        "in Leticia, Bolivia, 30 days later.",
        "Un lote de munición decomisado en el Perú fue decomisado también en Bolivia.",
    ),
]


def test_every_rule_is_told_by_what_its_records_say_and_by_less_where_less_is_released() -> None:
    for row in TABLE:
        view = finding(row.kind, row.records, row.rule)
        answer = explained(view, events(view, row.records))
        assert answer.sentence == {"es": row.es, "en": row.en}, row.rule
        assert explained(view).sentence["es"] == row.bare_es, row.rule
        assert answer.explanation is not None
        assert answer.explanation.sentence == answer.sentence
        assert answer.explanation.subject is not None
        assert len(answer.explanation.records) == 2
        assert all(feature.weight > 0 for feature in answer.explanation.features)


def test_a_rule_of_the_mechanism_is_told_in_its_own_words_with_where_and_when() -> None:
    records = [weapon("PE", "STOLEN", "2025-08-12"), seized("CO", "2025-12-22")]
    view = finding("weapon", records, "stolen-weapon-seized-abroad")
    unknown = {id_: replace(event, type="beacon") for id_, event in events(view, records).items()}
    pieces = [replace(piece, type="beacon") for piece in view.evidence]
    sentence = explained(replace(view, evidence=pieces), unknown).sentence
    assert sentence["es"] == (
        "Un arma denunciada como perdida o robada en Perú fue incautada en Colombia: el Perú el 12 "
        "de agosto de 2025; Leticia, Colombia, el 22 de diciembre de 2025."
    )


def test_dates_are_told_as_exactly_as_they_are_known() -> None:
    for precision, es, en in (
        ("month", "en agosto de 2025", "in August 2025"),
        ("year", "en 2025", "in 2025"),
        ("unknown", "", ""),
    ):
        stolen = weapon("PE", "STOLEN", "2025-08-12")._replace(precision=precision)
        records = [stolen, seized("CO", "2025-12-22")]
        view = finding("weapon", records, "stolen-weapon-seized-abroad")
        sentence = explained(view, events(view, records)).sentence
        assert f"robado en el Perú {es}".strip() in sentence["es"]
        assert f"stolen in Peru {en}".strip() in sentence["en"]
        assert "el 22 de diciembre de 2025" in sentence["es"]
        assert "on 22 December 2025" in sentence["en"]


def test_a_woman_a_crowd_an_exercise_and_a_possible_finding_are_told_as_such() -> None:
    records = [notice("impedimento_de_transito", "F"), crossing("EC", DNI)]
    view = finding("document", records, "wanted-person-at-crossing")
    sentence = explained(view, events(view, records), exercise="condor").sentence
    assert sentence["es"].startswith("EJERCICIO «condor»: Ana Quispe Mamani (DNI 47345584 del")
    assert sentence["en"].startswith("EXERCISE “condor”: Ana Quispe Mamani")
    unsure = [*records[:1], records[1]._replace(certainty="possible")]
    doubtful = finding("document", unsure, "wanted-person-at-crossing")
    answer = explained(doubtful, events(doubtful, unsure))
    assert answer.sentence["es"].startswith("Posible, sin certeza: Ana Quispe")
    assert answer.explanation is not None
    assert "registro del Ecuador" in answer.explanation.confidence["es"]
    crowd = [case("PE", None, phones=[{"number": "+51960949341"}]) for _ in range(15)]
    crowd += [case("BO", None, phones=[{"number": "+51960949341"}]) for _ in range(15)]
    hub = finding("phone", crowd, "phone-in-two-countries")
    assert hub.status == "hub"
    sentence = explained(hub, events(hub, crowd)).sentence
    assert sentence["es"].startswith("El teléfono +51960949341: más de 20 registros")


def test_evidence_stands_in_the_order_of_occurrence() -> None:
    records = [
        case("PE", "2025-03-05", phones=[]),
        case("BO", "2025-02-01", phones=[]),
        case("CO", "2025-02-03", phones=[]),
    ]
    view = finding("phone", records, "phone-in-two-countries")
    assert [piece.country for piece in view.evidence] == ["BO", "CO", "PE"]


@given(released=st.sets(st.integers(0, 1)), row=st.sampled_from(TABLE), marked=st.booleans())
def test_nothing_is_told_of_a_record_that_is_not_released(
    released: set[int], row: Row, marked: bool
) -> None:
    records = [_signed(record, number) for number, record in enumerate(row.records)]
    view = finding(row.kind, records, row.rule)
    content = events(view, records)
    ids = sorted(content)
    seen = {ids[number]: content[ids[number]] for number in released}
    if marked:  # a version that is marked otherwise than the evidence is not covered by its marking
        seen |= {
            id_: replace(event, tlp="RED") for id_, event in content.items() if id_ not in seen
        }
    text = json.dumps(asdict(explained(view, seen)), default=str)
    for number in {0, 1} - released:
        assert f"SECRET{number}" not in text
    sentence = explained(view, seen).sentence
    for written in sentence.values():
        assert written.endswith(".")
        assert not re.search(r"\s\s|\s[,;]|,[,.;]|None|[{}]|\bde el [A-Z]|\ba el [A-Z]", written)


@given(released=st.sets(st.integers(0, 2)))
def test_a_title_is_how_released_records_write_the_thing(released: set[int]) -> None:
    spellings = ["184-12", "184 12", "184 12"]
    records = [
        weapon(country, "SEIZED", None, {**RIFLE, "serial": serial})
        for country, serial in zip(("PE", "CO", "BO"), spellings, strict=True)
    ]
    view = finding("weapon", records, "weapon-in-two-countries")
    content = events(view, records)
    seen = {id_: event for n, (id_, event) in enumerate(sorted(content.items())) if n in released}
    members = [_sighting(piece) for piece in view.evidence]
    thing = title_thing(Thing(view.thing, "weapon", False, members, []), seen, None)
    written = [spellings[number] for number in sorted(released)]
    if not written:
        assert thing.title is None
    else:
        expected = "184 12" if "184 12" in written and released != {0, 1} else min(written)
        assert thing.title is not None
        assert thing.title["es"] == f"RUGER MINI-14 {expected}"


def _signed(record: Told, number: int) -> Told:
    """Mark every place and maker that a record names."""
    text = json.dumps(record.payload).replace("Leticia", f"SECRET{number} X")
    text = text.replace("Kasani", f"SECRET{number}").replace("HILUX", f"SECRET{number}")
    text = text.replace("MINI-14", f"SECRET{number}").replace("Quispe", f"SECRET{number}")
    return record._replace(payload=json.loads(text))


def _sighting(piece: Any) -> Sighting:
    names = ("event", "type", "country", "authority", "certainty", "occurred", "recorded_at")
    more = ("subdivision", "traits", "tlp", "handling", "markings")
    return Sighting(**{name: getattr(piece, name) for name in (*names, *more)})
