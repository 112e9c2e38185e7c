"""Documents and plates along the whole pure line, from sealed bundles of the types' own examples to
indicators.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.support.signed_bundles import (
    MECHANISM_READER,
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    control,
    ecuador,
    example,
    peru,
)


def item(type_: str, **changes: Any) -> Item:
    """The example of a type; `changes` to its payload."""
    return Item(
        type_, type_, {**deepcopy(example(type_).payload), "source_reference": type_, **changes}
    )


def published(*publications: tuple[Node, Item]) -> ExchangeBuilder:
    world = ExchangeBuilder(*{node.name: node for node, _ in publications}.values())
    for node, entry in publications:
        world.publish(node, entry)
    return world


def sentences(world: ExchangeBuilder) -> dict[str, str]:
    """Sentence by rule; all certain."""
    indicators = world.run().indicators(MECHANISM_READER)
    assert {indicator.grade for indicator in indicators} <= {"certain"}
    return {indicator.rule: indicator.explanation["es"] for indicator in indicators}


WANTED = {
    "wanted-person-at-crossing": (
        "Una persona requerida por Perú cruzó un paso fronterizo de Ecuador."
    )
}
STOLEN = {
    "stolen-plate-at-crossing": (
        "La placa de un vehículo robado en Colombia pasó por un paso fronterizo de Ecuador."
    )
}


def test_one_crossing_finds_a_wanted_person_and_a_stolen_plate() -> None:
    world = published(
        (peru(), item("person_notice")),
        (colombia(), item("crime_incident")),
        (ecuador(), item("movement")),
    )
    assert sentences(world) == {**WANTED, **STOLEN}


def test_a_retracted_notice_wants_nobody() -> None:
    pe = peru()
    notice = item("person_notice")
    world = published((pe, notice), (ecuador(), item("movement")))
    assert sentences(world) == WANTED
    world.publish(pe, control("retraction", "r", pe.id_of(notice)))
    assert sentences(world) == {}


def test_an_equal_number_or_plate_of_another_country_is_another_thing() -> None:
    crossing = item("movement")
    crossing.payload["person"]["document"]["country"] = "EC"
    crossing.payload["conveyance"]["country"] = "PE"
    world = published(
        (peru(), item("person_notice")), (colombia(), item("crime_incident")), (ecuador(), crossing)
    )
    assert not sentences(world).keys() & {"wanted-person-at-crossing", "stolen-plate-at-crossing"}


def test_a_notice_wants_nobody_once_its_last_day_is_over() -> None:
    """The crossing was on 2018-05-21."""
    for last_day, texts in (("2018-05-21", WANTED), ("2018-05-20", {})):
        world = published(
            (peru(), item("person_notice", valid_until=last_day)), (ecuador(), item("movement"))
        )
        assert sentences(world) == texts


def test_a_person_named_as_witness_and_as_suspect_in_one_incident_is_a_suspect() -> None:
    person = example("movement").payload["person"]
    roles = [{**person, "role": "witness"}, {**person, "role": "suspect"}]
    for persons, rules in ((roles[:1], set()), (roles, {"thing-in-two-countries"})):
        world = published(
            (peru(), item("person_notice")),
            (colombia(), item("crime_incident", persons=persons, vehicles=[])),
        )
        assert sentences(world).keys() == rules


def _grades(notice: tuple[str, str, str], crossing: tuple[str, str, str]) -> set[tuple[str, str]]:
    """Grade by rule, of a notice of Peru and a crossing of Ecuador with these documents."""
    notice_item, crossing_item = item("person_notice"), item("movement")
    names = ("country", "type", "number")
    documents = [
        notice_item.payload["person"]["documents"][0],
        crossing_item.payload["person"]["document"],
    ]
    for record, values in zip(documents, (notice, crossing), strict=True):
        record.update(zip(names, values, strict=True))
    indicators = (
        published((peru(), notice_item), (ecuador(), crossing_item))
        .run()
        .indicators(MECHANISM_READER)
    )
    return {(indicator.rule, indicator.grade) for indicator in indicators}


RULE = "wanted-person-at-crossing"


@pytest.mark.parametrize(
    ("notice", "crossing", "grades"),
    [
        (
            ("CO", "national_id", "C.C. No. 10.111.222 de Cali"),
            ("CO", "national_id", "10111222.0"),
            {(RULE, "certain")},
        ),
        (("PE", "tax_id", "10012345670"), ("PE", "national_id", "01234567"), {(RULE, "possible")}),
        (("BO", "national_id", "1234599 LP"), ("BO", "national_id", "1234599"), {(RULE, "possible")}),
        (("BO", "national_id", "1234599 LP"), ("BO", "national_id", "1234599 SC"), set()),
        (
            ("EC", "national_id", "0912345674"),
            ("EC", "national_id", "Cédula 091234567-4"),
            {(RULE, "possible")},
        ),
        (
            (None, "national_id", "45879123"),
            (None, "national_id", "45.879.123"),
            {(RULE, "possible")},
        ),
        ((None, "national_id", "45879123"), (None, "national_id", "45879124"), set()),
        (("PE", "national_id", "1234567-9"), ("PE", "national_id", "12345679"), {(RULE, "possible")}),
        (("CO", "national_id", "NO PORTA 38"), ("CO", "national_id", "NO PORTA 38"), set()),
    ],
)  # fmt: skip
def test_documents_meet_as_certainly_as_they_are_written(
    notice: tuple[str, str, str], crossing: tuple[str, str, str], grades: set[tuple[str, str]]
) -> None:
    assert _grades(notice, crossing) == grades


LISTED = "listed-entity-abroad"
COMPANY = {"country": "CO", "type": "tax_id", "number": "800555111"}
ACCOUNT = {"institution": "BANCOLOMBIA", "country": "CO", "number": "240-555666-77", "type": None}
SHIP = {"kind": "boat", "country": "CO", "plate": "I.M.O. 9074729"}
NAME = "Comercializadora de Ejemplo S.A.S."


def flow(**party: Any) -> Item:
    """A report of a payment by a party of another country."""
    report = item("suspicious_flow")
    report.payload["transactions"][0]["from"] |= {"entity": NAME, **party}
    return report


def crossing_of(plate: str) -> Item:
    """The crossing of a ship under the flag of Panama."""
    crossing = item("movement")
    crossing.payload["conveyance"] |= {"kind": "boat", "country": "PA", "plate": plate}
    return crossing


def notice_of(**known_by: Any) -> Item:
    """The notice of an entity that is known by its name, and by this."""
    return item("entity_notice", **{"documents": [], "accounts": [], "vehicles": [], **known_by})


@pytest.mark.parametrize(
    ("notice", "record"),
    [
        (notice_of(documents=[COMPANY]), flow(entity_document=COMPANY)),
        (
            notice_of(accounts=[ACCOUNT]),
            flow(account={**ACCOUNT, "institution": "Bancolombia", "number": "24055566677"}),
        ),
        (notice_of(vehicles=[SHIP]), crossing_of("IMO 9074729")),
    ],
)
def test_a_listed_entity_in_a_record_of_another_country_is_a_finding(
    notice: Item, record: Item
) -> None:
    texts = sentences(published((colombia(), notice), (ecuador(), record)))
    assert texts[LISTED].endswith(
        "de una entidad que consta en una lista publicada por Colombia aparece en registros de "
        "Ecuador."
    )


def test_the_name_of_a_listed_entity_is_no_finding() -> None:
    world = published((colombia(), notice_of(documents=[COMPANY])), (ecuador(), flow()))
    assert LISTED not in sentences(world)


def test_a_listed_entity_in_a_record_of_the_same_country_is_no_finding() -> None:
    world = ExchangeBuilder(ecuador())
    for entry in (notice_of(vehicles=[SHIP]), crossing_of("IMO 9074729")):
        world.publish(ecuador(), entry)
    assert LISTED not in sentences(world)


def test_an_entity_is_listed_no_longer_than_its_notice_holds() -> None:
    """The crossing was on 2018-05-21."""
    for last_day, is_listed in (("2018-05-21", True), ("2018-05-20", False)):
        notice = notice_of(vehicles=[SHIP], valid_until=last_day)
        world = published((colombia(), notice), (ecuador(), crossing_of("IMO 9074729")))
        assert (LISTED in sentences(world)) == is_listed
