"""Intake asks the register of agreements and of partners, as config has it at the bundle's append."""

from __future__ import annotations

from schemas.event.admission import FOUNDED_AGREEMENTS, Agreement, Partner
from schemas.model import Reader
from tests.support.signed_bundles import (
    MECHANISM_READER,
    NOTICE,
    ExchangeBuilder,
    Node,
    colombia,
    items_of,
    peru,
    seizure,
    weapon,
)

BRAZIL = Partner("BR", "PE", ("seizure", "sighting"))
TRAFFICKING = {"crime": "0204", "legal_basis": "CAN-552"}


def brazil() -> Node:
    return Node("br-pf", "BR", "PF", host="PE")


def exchange_with_brazil(partner: Partner = BRAZIL) -> tuple[ExchangeBuilder, Node, Node]:
    """An exchange that admits Brazil before it admits its node."""
    co, br = colombia(), brazil()
    world = ExchangeBuilder(co)
    world.now += NOTICE
    world.configure("Partner", partner._asdict(), world.now + NOTICE)
    world.nodes[br.name] = br
    world.admit(br, effective_from=world.now + NOTICE)
    world.now += 2 * NOTICE
    return world, co, br


def register(world: ExchangeBuilder, *agreements: Agreement) -> None:
    """Put agreements into effect for what is appended next."""
    for agreement in agreements:
        world.configure("Agreement", agreement._asdict(), world.now + NOTICE)
    world.now += NOTICE


def test_what_was_accepted_before_the_register_stays_and_what_follows_needs_a_basis() -> None:
    pe = peru()
    world = ExchangeBuilder(pe)
    world.publish(pe, weapon("1", "STOLEN", envelope=TRAFFICKING))
    world.now += NOTICE
    register(world, *FOUNDED_AGREEMENTS)
    good = {"crime": "0204", "legal_basis": "UNTOC-18.4"}
    world.publish(pe, weapon("2", "STOLEN", envelope=TRAFFICKING))
    world.publish(pe, weapon("3", "STOLEN", envelope=good))
    expected = [("accepted", ""), ("rejected", "NO_AGREEMENT"), ("accepted", "")]
    assert items_of(world.run()) == expected
    assert items_of(world.run()) == expected  # a rebuild decides the same


def test_an_agreement_ends_for_what_is_appended_later() -> None:
    pe = peru()
    world = ExchangeBuilder(pe)
    world.now += NOTICE
    register(world, *FOUNDED_AGREEMENTS)
    world.publish(pe, weapon("1", "STOLEN"))
    ended = next(basis for basis in FOUNDED_AGREEMENTS if basis.code == "CAN-552")
    world.now += NOTICE
    register(world, ended._replace(parties=()))
    world.publish(pe, weapon("2", "STOLEN", envelope={"legal_basis": "CAN-552"}))
    assert items_of(world.run()) == [("accepted", ""), ("rejected", "NO_AGREEMENT")]


def test_a_partners_node_writes_in_the_topic_of_its_host_what_it_may_send() -> None:
    world, co, br = exchange_with_brazil()
    world.publish(co, weapon("1", "STOLEN"))
    world.publish(br, seizure("2", ["ABC12345"]), weapon("3", "LOST"))
    outcome = world.run()
    assert sorted(items_of(outcome)) == [
        ("accepted", ""),
        ("accepted", ""),
        ("rejected", "TYPE_NOT_ADMITTED"),
    ]
    reader = Reader("br", "BR", "PF", frozenset({"analyst"}), "GREEN", purpose="investigation")
    for asker in (MECHANISM_READER, reader):
        rules = {indicator.rule for indicator in outcome.indicators(asker)}
        assert "stolen-weapon-seized-abroad" in rules


def test_a_partner_whose_admission_ended_sends_nothing_more() -> None:
    world, _co, br = exchange_with_brazil()
    world.publish(br, seizure("1", ["ABC12345"]))
    world.now += NOTICE
    world.configure("Partner", BRAZIL._replace(sends=(), sees="")._asdict(), world.now + NOTICE)
    world.now += NOTICE
    world.publish(br, seizure("2", ["ABC12346"]))
    assert items_of(world.run()) == [("accepted", ""), ("rejected", "TYPE_NOT_ADMITTED")]


def test_a_member_cannot_write_for_a_partner_nor_a_partner_for_a_member() -> None:
    world, _co, br = exchange_with_brazil()
    other = seizure("1", ["ABC12345"], envelope={"country": "PE", "place_country": "PE"})
    world.publish(br, other)
    assert items_of(world.run()) == [("rejected", "WRONG_ORIGIN")]
