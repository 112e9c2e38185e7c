"""Rules are files: checked to the last key, and named when wrong."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import streams.rules
from schemas.codes import code_sets
from schemas.event.event_type import EVENTS
from schemas.model import Grade
from streams.rules import RuleError, library_texts, read_rule_book
from tests.support.oracle import LAWS

FOLDER = Path(streams.rules.__file__).parent / "library"
TEXT = (FOLDER / "registered-weapon-seized-abroad.toml").read_text(encoding="utf-8")
WANTED = (FOLDER / "wanted-person-at-crossing.toml").read_text(encoding="utf-8")
THINGS = (FOLDER / "thing-in-two-countries.toml").read_text(encoding="utf-8")
PHONES = (FOLDER / "phone-in-two-countries.toml").read_text(encoding="utf-8")


def test_the_nine_rules_are_there() -> None:
    assert set(read_rule_book().by_id) >= set(LAWS)


def test_adding_a_rule_is_adding_a_text() -> None:
    book = read_rule_book({**library_texts(), "another": TEXT})
    assert book.by_id["another"].pair == ("registered", "seized")
    assert set(read_rule_book({"another": TEXT}).by_id) == {"another"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("version = 1", "version = 0", "version"),
        ("version = 1", "version = 'one'", "version"),
        ("version = 1", "", "version"),
        ("version = 1", "versoin = 1", "versoin"),
        ("version = 1", "version = ", "file"),
        ("hub = 50", "hub = true", "hub"),
        ("hub = 50", "hub = 1", "hub"),
        ('severity = "high"', 'severity = "terrible"', "severity"),
        ('pair = ["registered", "seized"]', 'pair = ["registered", "sold"]', "pair"),
        ('joined_by = "calibre"', 'joined_by = "colour"', "joined_by"),
        ('unless = "exported"', 'unless = "sold"', "roles.registered.unless"),
        ('status = ["SEIZED"]', 'status = "SEIZED"', "roles.seized.status"),
        ("exported = 0.0", "", "weights.exported"),
        ("exported = 0.0", "exported = 0.0\ncolour = 1.0", "weights.colour"),
        ("fue incautada en {seized}", "fue incautada", "sentence.es"),
        ('en = "Registered weapon seized in another country"', "", "title.en"),
    ],
)
def test_a_slip_is_named_with_its_file_and_key(old: str, new: str, key: str) -> None:
    assert old in TEXT
    with pytest.raises(RuleError) as refused:
        read_rule_book({"the-file": TEXT.replace(old, new)})
    assert (refused.value.name, refused.value.key) == ("the-file", key)
    assert str(refused.value).startswith(f"the-file: {key}: ")


@pytest.mark.parametrize(
    ("text", "old", "new", "key"),
    [
        (WANTED, "days = [-1, 36500]", "days = [-1]", "days"),
        (WANTED, "days = [-1, 36500]", "days = 36500", "days"),
        (WANTED, "days = [-1, 36500]", "days = [1, -1]", "days"),
        (WANTED, "days = [-1, 36500]", "days = [-0.5, 36500]", "days"),
        (WANTED, "days = [-1, 36500]", "days = [true, 36500]", "days"),
        (WANTED, 'until = "valid_until"', "until = 2026-01-01", "until"),
        (WANTED, 'kind = "document"', 'kind = "documento"', "kind"),
        (WANTED, 'kind = "document"', "kind = []", "kind"),
        (WANTED, 'kind = "document"', 'kind = ["document", "document"]', "kind"),
        (WANTED, 'kind = "document"', 'kind = ["document", 7]', "kind"),
        (
            WANTED,
            '["requisitoria", "impedimento_de_transito"]',
            '{ nor = ["missing"] }',
            "roles.wanted.category",
        ),
        (
            WANTED,
            '["requisitoria", "impedimento_de_transito"]',
            "{ not = [] }",
            "roles.wanted.category",
        ),
        (
            WANTED,
            '["requisitoria", "impedimento_de_transito"]',
            '{ not = "missing" }',
            "roles.wanted.category",
        ),
        (
            WANTED,
            '["requisitoria", "impedimento_de_transito"]',
            '["requisitoria|missing"]',
            "roles.wanted.category",
        ),
        (WANTED, "{wanted} cruzó", "{wnated} cruzó", "sentence.es"),
        (WANTED, "requerida por {wanted}", "requerida por {wanted", "sentence.es"),
        (WANTED, "Persona requerida en", "{thingy} en", "title.es"),
        (PHONES, "days = [-180, 180]", "days = [0, 180]", "days"),
        (PHONES, "days = [-180, 180]", 'until = "valid_until"', "until"),
        (THINGS, "roles.case", "roles.thing", "roles.thing"),
    ],
)
def test_a_slip_in_the_newer_keys_is_named_too(text: str, old: str, new: str, key: str) -> None:
    assert old in text
    with pytest.raises(RuleError) as refused:
        read_rule_book({"the-file": text.replace(old, new)})
    assert (refused.value.name, refused.value.key) == ("the-file", key)


def test_a_rule_of_several_kinds_looks_at_each_of_them() -> None:
    book = read_rule_book()
    assert book.by_id["thing-in-two-countries"].kinds == (
        "document",
        "imei",
        "plate",
        "ammunition_lot",
    )
    for kind in ("document", "imei", "plate", "ammunition_lot"):
        assert book.by_id["thing-in-two-countries"] in book.of_kind(kind)
    assert book.by_id["stolen-plate-at-crossing"] in book.of_kind("plate")
    assert book.of_kind("vessel") == ()


def test_a_rule_tells_its_roles_and_conditions() -> None:
    rule, things = (
        read_rule_book().by_id["wanted-person-at-crossing"],
        read_rule_book().by_id["thing-in-two-countries"],
    )
    assert dict(rule.conditions()) == {"days": "-1 … 36500", "until": "valid_until"}
    assert [filling.describe() for filling in rule.roles["wanted"]] == [
        "person_notice (category: impedimento_de_transito requisitoria)"
    ]
    assert things.roles["case"][0].describe() == "seizure (role: not complainant victim witness)"


@pytest.mark.parametrize("rule", sorted(read_rule_book().by_id))
def test_what_a_rule_asks_for_is_in_the_schemas(rule: str) -> None:
    """Else a slip of the pen is a rule that never fires, or one that fires on witnesses."""
    for filling in (
        filling for fillings in read_rule_book().by_id[rule].roles.values() for filling in fillings
    ):
        codes = traits_of(filling.type)
        for name, condition in filling.traits.items():
            assert condition.accepted <= set(code_sets()[codes[name]]), (filling.type, name)
    until = read_rule_book().by_id[rule].until
    assert until is None or all(
        until in traits_of(filling.type)
        for filling in read_rule_book().by_id[rule].roles[read_rule_book().by_id[rule].pair[0]]
    )


def traits_of(type_: str) -> dict[str, str]:
    """The fields marked as traits anywhere in an event type's file, and the code list of each."""
    texts: dict[str, str] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("trait"):
                texts[node["name"]] = node.get("codes", "")
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads((EVENTS / f"{type_}.avsc").read_text(encoding="utf-8")))
    return texts


def member(
    type_: str, country: str, certainty: str, occurred: int | None, traits: dict[str, str]
) -> SimpleNamespace:
    return SimpleNamespace(
        type=type_, country=country, certainty=certainty, occurred=occurred, traits=traits
    )


def test_a_member_that_no_rule_looks_at_is_of_no_class() -> None:
    book = read_rule_book()
    assert book.class_of("vessel", member("weapon_record", "CO", "certain", 0, {})) == ""
    assert (
        book.class_of(
            "document", member("person_notice", "CO", "certain", 0, {"category": "missing"})
        )
        == ""
    )
    assert (
        book.class_of("document", member("crime_incident", "CO", "certain", 0, {"role": "witness"}))
        == ""
    )
    assert (
        book.class_of(
            "document", member("crime_incident", "CO", "certain", 0, {"role": "suspect|witness"})
        )
        != ""
    )


def test_when_and_until_when_make_no_class_of_their_own() -> None:
    book, notice = read_rule_book(), {"category": "requisitoria"}
    dated = {
        book.class_of(
            "document",
            member(
                "person_notice", "CO", "certain", day, {**notice, "valid_until": f"20{day}-01-01"}
            ),
        )
        for day in (26, 27)
    }
    assert len(dated) == 1
    assert (
        book.class_of("document", member("person_notice", "CO", "certain", None, notice))
        not in dated
    )


def test_what_could_fire_only_grows_with_more_members() -> None:
    book = read_rule_book()
    classes = [
        book.class_of(
            "weapon",
            member("weapon_record", country, certainty, 0, {"status": status, "calibre": "9X19"}),
        )
        for country in ("CO", "EC")
        for certainty in ("certain", "possible")
        for status in ("STOLEN", "SEIZED", "REGISTERED", "EXPORTED", "IMPORTED")
    ]
    before: set[tuple[str, Grade]] = set()
    for count in range(len(classes) + 1):
        now = {
            (grading.rule.id, grading.grade)
            for grading in book.possible_gradings("weapon", frozenset(classes[:count]))
        }
        assert before <= now
        before = now
    assert len(before) == 6
