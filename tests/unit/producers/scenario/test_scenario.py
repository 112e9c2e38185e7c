"""The scenario itself: its bytes, its counts, its traps, its truth."""

import ast
import csv
import hashlib
import json
import zipfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from math import prod
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import phonenumbers
import pytest
from click.testing import CliRunner
from stdnum import luhn
from stdnum.ec import ci

from infra.cli.root import main
from producers.mapping.columns import getter_for_format
from producers.model import SourceRow
from producers.scenario.alike.draw import EVERY
from producers.scenario.files.columns import BARE
from producers.scenario.files.formats import writer
from producers.scenario.files.national import NODES
from producers.scenario.generate import generate
from producers.scenario.recording import noise
from producers.scenario.recording.field_noise import read_noise
from producers.scenario.stories import cases
from producers.scenario.traps import phone_account_traps, weapon_traps
from producers.scenario.traps.person_traps import EXERCISE
from producers.scenario.truth.score import compare
from producers.scenario.truth.truth import Expected, Member, expected, hidden
from producers.scenario.world.belongings import Belongings
from producers.scenario.world.numbers import Numbers
from producers.scenario.world.people import People
from producers.scenario.world.places import read as read_places
from producers.scenario.world.serials import Pattern, canonical
from producers.scenario.world.weapons import Armoury
from producers.sources import reader
from producers.sources.format import Source
from schemas.codes import code_lists
from schemas.normalise import account, document, plate

HERE = Path(__file__).parents[4] / "producers" / "scenario"
MANY = 10_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario")
    generate(MANY, "many", path)
    return path


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, Any]]:
    with (folder / "truth.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def digest(path: Path) -> dict[str, str]:
    return {
        item.name: hashlib.sha256(item.read_bytes()).hexdigest() for item in sorted(path.iterdir())
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        generate(1000, seed, tmp_path / name)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert digest(tmp_path / "one")["truth.jsonl"] != digest(tmp_path / "three")["truth.jsonl"]


def test_a_seed_means_the_same_bytes_for_ever(tmp_path: Path) -> None:
    """On purpose: a change of these bytes changes every figure ever measured against them. Say so
    in the commit.
    """
    generate(200, "2018", tmp_path)
    (tmp_path / "README.md").unlink()  # its words may change
    assert (
        hashlib.sha256("".join(digest(tmp_path).values()).encode()).hexdigest()
        == "e6fcf9eb2387e20521aa8661b6a2775eb36d6fb6653070954f1c08ea7b69184a"
    )


def test_it_imports_nothing_of_the_matcher() -> None:
    """Nor anything else of ours: what makes the input and the truth stands alone. Commands and the
    demo, which runs the pipeline, use it.
    """
    for path in [path for path in HERE.rglob("*.py") if not path.stem.startswith(("demo", "cli"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            ours = [
                name
                for name in imported(node)
                if name.split(".")[0] in ("schemas", "streams", "consumers", "producers", "infra")
            ]
            assert all(
                name.startswith("producers.scenario") and "demo" not in name for name in ours
            ), (path.name, ours)


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_manifest_counts_every_row(folder: Path) -> None:
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    rows: Counter[str] = Counter()
    frames = {form.mapping: form.frame for node in NODES for form in node.forms.values()}
    for file in manifest["files"]:
        frame = frames.get(file["mapping"], BARE)
        around = len(frame.titles) + bool(frame.total) + bool(frame.note) + frame.two_rows
        assert rows_of(folder / file["file"]) - around == file["rows"], file["file"]
        rows[file["kind"]] += file["rows"] - file["repeated"]
    repeated = sum(item["repeated"] for item in manifest["files"])
    assert rows["records"] == MANY
    assert rows["alike"] == 2 * MANY // EVERY
    assert 0.005 * MANY < repeated < 0.011 * MANY
    assert rows["corrections"] == manifest["noise"]["corrected"]


POLICE = {"co-ponal", "ec-policia", "pe-pnp", "bo-policia"}
REGISTRIES = {"co-dccae", "ec-ccffaa", "pe-sucamec", "bo-reafuc"}
KEEPERS = {
    "person_notice": POLICE,
    "crime_incident": POLICE,
    "threat_report": POLICE,
    "trace_request": POLICE,
    "trace_result": REGISTRIES,
    "seizure": POLICE | {"bo-felcn"},
    "weapon_record": POLICE | REGISTRIES,
    "movement": {"co-migracion", "ec-migracion", "pe-migraciones", "bo-migracion"},
    "cultural_object": POLICE,
    "suspicious_flow": {"co-uiaf", "ec-uafe", "pe-uif", "bo-uif"},
}


def test_every_record_is_kept_by_who_has_to_keep_it(
    folder: Path, truth: list[dict[str, Any]]
) -> None:
    """A registry of weapons issues no arrest warrant (finding P23)."""
    for file in json.loads((folder / "scenario.json").read_text(encoding="utf-8"))["files"]:
        assert file["node"] in KEEPERS[file["type"]], file
    lawful = {"REGISTERED", "EXPORTED", "IMPORTED", "DESTROYED"}
    weapons = [
        record for item in truth for record in item["records"] if record["type"] == "weapon_record"
    ]
    assert {record["node"] for record in weapons} == POLICE | REGISTRIES
    assert all((record["node"] in REGISTRIES) == (record["status"] in lawful) for record in weapons)


def rows_of(path: Path) -> int:
    if path.suffix == ".csv":
        with path.open(encoding="latin-1", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return book.read("xl/worksheets/sheet1.xml").count(b"<row>") - 1
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".xml":
        return len(ElementTree.fromstring(text))  # noqa: S314 - our own file
    return len(json.loads(text)) if path.suffix == ".json" else len(text.splitlines())


@pytest.mark.parametrize("records", [1, 2, 9, 400])
def test_any_number_of_records_is_met_exactly(records: int, tmp_path: Path) -> None:
    manifest = generate(records, "n", tmp_path)
    assert (
        sum(
            file["rows"] - file["repeated"]
            for file in manifest["files"]
            if file["kind"] == "records"
        )
        == records
    )


def test_a_scenario_can_be_made_again_in_its_folder_but_not_over_other_files(
    tmp_path: Path,
) -> None:
    generate(300, "1", tmp_path / "a")
    generate(300, "2", tmp_path / "a")
    generate(300, "2", tmp_path / "b")
    assert digest(tmp_path / "a") == digest(tmp_path / "b")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine.txt").write_text("mine")
    for out in (tmp_path / "c", tmp_path / "c" / "mine.txt"):
        refused = CliRunner().invoke(
            main, ["--lang", "en", "scenario", "--records", "10", "--out", str(out)]
        )
        assert refused.exit_code == 2
        assert "SCENARIO" in refused.output
        assert "not a scenario" in refused.output


def test_the_command_says_what_it_wrote_and_what_to_do_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["scenario", "--records", "500", "--out", str(tmp_path / "s")]
    )
    assert result.exit_code == 0
    assert "indicadores" in result.output
    assert "quipu publish" in result.output


def test_a_sixth_of_the_records_crosses_a_border(folder: Path) -> None:
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    assert 0.12 * MANY <= manifest["crossing_records"] <= 0.20 * MANY


def test_ten_thousand_records_have_every_trap_and_every_noise(folder: Path) -> None:
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    assert {
        name: manifest["stories"].get(name, 0)
        for name in (*weapon_traps.KINDS, *phone_account_traps.SNARES)
        if manifest["stories"].get(name, 0) < 5
    } == {}
    assert all(
        manifest["stories"].get(name, 0) >= 1
        for name in (*phone_account_traps.CROWDS, *cases.STORIES)
    )
    kinds = {kind.name: kind for of_field in read_noise().values() for kind in of_field}
    assert set(manifest["noise"]) <= set(noise.WORDS) | set(kinds)
    missing = (set(noise.WORDS) | set(kinds)) - set(manifest["noise"])
    # few handsets, accounts and old telephones among them
    assert missing <= {name for name in kinds if kinds[name].rate <= 0.02}
    assert len(missing) <= 6, missing


def test_half_of_the_records_tell_of_weapons_and_seizures_and_all_types_are_there(
    folder: Path,
) -> None:
    types = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))["types"]
    assert abs(types["weapon_record"] + types["seizure"] - MANY / 2) < 0.02 * MANY
    assert sum(types.values()) == MANY
    assert len(types) == 9


def test_the_borders_are_full_on_holidays(folder: Path) -> None:
    days: Counter[str] = Counter()
    with (folder / "co-migracion-movimientos.csv").open(encoding="utf-8", newline="") as file:
        days.update(row["fecha"] for row in csv.DictReader(file))
    christmas = (
        sum(count for day, count in days.items() if "2018-12-15" <= day <= "2018-12-31") / 17
    )
    ordinary = sum(count for day, count in days.items() if "2018-09-01" <= day <= "2018-10-30") / 60
    assert christmas > 1.5 * ordinary


@pytest.mark.parametrize(
    "text", ["@@@#####", "IM######@", "#######", "@@@###", "245~~######", "@######@", "###-#####"]
)
def test_serials_of_a_pattern_differ_in_three_positions(text: str) -> None:
    pattern, rng = Pattern(text, "distance"), Random("distance")
    issued = [serial for serial in (pattern.issue(rng) for _ in range(400)) if serial]
    for number, item in enumerate(issued):
        for other in issued[:number]:
            assert sum(item[place] != other[place] for place in pattern.variable) >= 3


def test_a_pattern_ends_before_it_repeats() -> None:
    pattern, rng = Pattern("####", "end"), Random("end")
    issued = []
    while (serial := pattern.issue(rng)) is not None:
        issued.append(serial)
    assert len(issued) == len(set(issued)) > 50


def test_a_maker_whose_numbers_are_out_goes_on_with_others() -> None:
    """Up to ten million records: no weapon is numbered twice, and none is refused."""
    armoury, rng = Armoury("out"), Random("out")
    model = min(
        armoury.models,
        key=lambda model: sum(
            prod(10 if c == "#" else 19 for c in p.text if c in "#@") for p in model.patterns[:-1]
        ),
    )
    serials = [
        weapon.serial for weapon in (armoury.make(model, rng) for _ in range(12_000)) if weapon
    ]
    assert len(set(serials)) == 12_000


@pytest.mark.parametrize("country", ["BO", "CO", "EC", "PE", "VE"])
def test_documents_are_valid_by_the_rules_of_their_country(country: str) -> None:
    people, rng = People("valid"), Random("valid")
    numbers = [people.issue(country, rng).number for _ in range(500)]
    assert len(set(numbers)) == 500
    for number in numbers:
        if country == "EC":
            ci.validate(number)
        observations = document.observe(
            {
                "country": country,
                "type": "passport" if country == "VE" else "national_id",
                "number": number,
            }
        )
        assert [observation.certainty for observation in observations] == ["certain"], number


@pytest.mark.parametrize("country", ["BO", "CO", "EC", "PE"])
def test_telephones_plates_handsets_and_accounts_are_valid_too(country: str) -> None:
    belongings, rng = Belongings("valid", Armoury("valid")), Random("valid")
    for _ in range(200):
        for desk in (False, True):
            read = phonenumbers.parse(belongings.line(country, desk).national, country)
            assert phonenumbers.is_valid_number(read)
        luhn.validate(belongings.handset(rng).imei)
        assert [
            observation.certainty
            for observation in plate.observe(
                {"country": country, "plate": belongings.car(country, rng).plate}
            )
        ] == ["certain"]
        item = belongings.account(country, rng)
        record = (
            {"country": None, "institution": None}
            if item.interbank
            else {"country": country, "institution": item.names[0]}
        )
        assert [seen.certainty for seen in account.observe({**record, "number": item.number})] == [
            "certain"
        ]


def test_no_wrong_digit_makes_another_ones_number() -> None:
    numbers, rng = Numbers(40_000_000, 49_999_999, "digits"), Random("digits")
    for _ in range(500):
        number = str(numbers.issue())
        assert int(number) % 11 == 0
        assert int(noise.wrong_digit(number, rng)) % 11 != 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("369J257", "369257"),
        ("tkx-i2.345", "TKX12345"),
        ("IM 12345 A", "112345A"),
        ("BER12Z", "8122"),
        ("ABC", "A8C"),
    ],
)
def test_the_canonical_form_reads_as_the_vocabulary_says(written: str, meant: str) -> None:
    assert canonical(written) == meant


def test_places_are_of_their_country_and_exist() -> None:
    texts = set(code_lists()["subdivision"].codes)
    for place, weight in read_places():
        assert place.subdivision in texts
        assert place.subdivision.startswith(place.country)
        assert weight > 0
        assert -23 < place.latitude < 13
        assert -82 < place.longitude < -57


def member(
    name: str,
    country: str,
    status: str,
    certainty: str = "certain",
    calibre: bool = True,
    type_: str = "weapon_record",
    **more: Any,
) -> Member:
    return Member((country, name), country, type_, status, certainty, calibre, **more)


def owed(kind: str, *members: Member) -> set[tuple[str, str]]:
    return {(item.rule, item.grade) for item in expected(kind, members)}


def test_truth_owes_what_the_weapon_rules_say() -> None:
    registered, stolen, seized = (
        member("1", "CO", "REGISTERED"),
        member("2", "CO", "STOLEN"),
        member("3", "PE", "SEIZED"),
    )
    refs = [item.reference for item in (registered, stolen, seized)]
    assert expected("weapon", [registered, stolen, seized]) == [
        Expected("weapon-in-two-countries", "certain", frozenset(refs)),
        Expected("stolen-weapon-seized-abroad", "certain", frozenset(refs[1:])),
        Expected("registered-weapon-seized-abroad", "certain", frozenset([refs[0], refs[2]])),
    ]


def test_truth_owes_nothing_for_legal_trade_nor_for_one_country() -> None:
    trade = [
        member("1", "CO", "REGISTERED"),
        member("2", "CO", "EXPORTED"),
        member("3", "PE", "IMPORTED"),
        member("4", "PE", "REGISTERED"),
    ]
    assert owed("weapon", *trade) == set()
    assert owed("weapon", member("1", "CO", "STOLEN"), member("2", "CO", "SEIZED")) == set()


def test_truth_owes_a_trace_wherever_the_weapon_is_on_record() -> None:
    query = member("1", "PE", "", type_="trace_request")
    for known in (
        member("2", "CO", "EXPORTED"),
        member("2", "CO", "IDENTIFIED", type_="trace_result"),
    ):
        assert owed("weapon", query, known) == {("weapon-traced", "certain")}
    for nothing in (
        member("2", "CO", "NOT_FOUND", type_="trace_result"),
        member("2", "PE", "REGISTERED"),
        member("2", "CO", "", type_="seizure"),
    ):
        assert owed("weapon", query, nothing) == set()


@pytest.mark.parametrize(
    ("role", "owes"),
    [("detained", True), ("", True), ("witness", False), ("victim", False), ("complainant", False)],
)
def test_who_only_saw_or_suffered_brings_no_case(role: str, owes: bool) -> None:
    first = member("1", "CO", "requisitoria", type_="person_notice")
    assert (
        bool(owed("document", first, member("2", "PE", "", type_="crime_incident", role=role)))
        == owes
    )


DAY = 24 * 60


@pytest.mark.parametrize(("days", "owes"), [(0, True), (-0.9, True), (-1.1, False), (90, True)])
def test_a_notice_counts_from_its_day_on_with_a_day_of_grace(days: float, owes: bool) -> None:
    notice = member("1", "CO", "requisitoria", type_="person_notice", at=1000 * DAY)
    crossed = member("2", "PE", "ENTRY", type_="movement", at=int((1000 + days) * DAY))
    assert bool(owed("document", notice, crossed)) == owes


def test_a_notice_counts_until_the_end_of_its_last_day() -> None:
    notice = member(
        "1",
        "CO",
        "impedimento_de_transito",
        type_="person_notice",
        at=1000 * DAY,
        until=1010 * DAY + 29 * 60,
    )
    for minutes, owes in ((-1, True), (0, False)):
        crossed = member("2", "PE", "ENTRY", type_="movement", at=1010 * DAY + 29 * 60 + minutes)
        assert bool(owed("document", notice, crossed)) == owes
    assert owed("document", notice, member("2", "PE", "ENTRY", type_="movement", at=None)) == {
        ("wanted-person-at-crossing", "possible")
    }


def test_a_recovered_car_may_travel_and_a_telephone_falls_silent_after_half_a_year() -> None:
    stolen = member("1", "EC", "", type_="crime_incident", involvement="STOLEN")
    crossed = member("2", "PE", "ENTRY", type_="movement", at=5 * DAY)
    recovered = member("3", "EC", "", type_="crime_incident", involvement="RECOVERED", at=2 * DAY)
    assert owed("plate", stolen, crossed) == {("stolen-plate-at-crossing", "certain")}
    assert owed("plate", stolen, recovered, crossed) == set()
    assert owed("plate", replace(stolen, at=4 * DAY), recovered, crossed) == {
        ("stolen-plate-at-crossing", "certain")
    }
    calls = [
        member(str(day), country, "", type_="crime_incident", at=day * DAY)
        for day, country in ((0, "CO"), (181, "PE"))
    ]
    assert owed("phone", *calls) == set()
    assert owed("phone", *calls, member("3", "CO", "", type_="threat_report", at=None)) == {
        ("phone-in-two-countries", "possible")
    }


def test_a_hub_links_nobody_and_exercise_and_real_never_mix() -> None:
    crowd = [
        member(str(number), "CO" if number % 2 else "PE", "", type_="suspicious_flow")
        for number in range(21)
    ]
    assert owed("account", *crowd[:20]) == {("account-in-two-countries", "certain")}
    assert owed("account", *crowd) == set()
    drill = [
        member(str(number), country, "", type_="suspicious_flow", exercise="X")
        for number, country in ((1, "CO"), (2, "PE"))
    ]
    assert [(item.grade, item.exercise) for item in expected("account", drill)] == [
        ("certain", "X")
    ]
    assert expected("account", [drill[0], member("3", "PE", "", type_="suspicious_flow")]) == []


@pytest.mark.parametrize(
    ("certainty", "calibre"), [("possible", True), ("certain", False), ("possible", False)]
)
def test_an_uncertain_member_gives_a_possible_match(certainty: str, calibre: bool) -> None:
    assert {
        grade
        for _, grade in owed(
            "weapon", member("1", "CO", "LOST"), member("2", "PE", "SEIZED", certainty, calibre)
        )
    } == {"possible"}


def test_two_uncertain_members_give_none_and_a_mistyped_one_is_hidden() -> None:
    assert (
        owed(
            "weapon", member("1", "CO", "LOST", "possible"), member("2", "PE", "SEIZED", "possible")
        )
        == set()
    )
    mistyped = [member("1", "CO", "LOST"), member("2", "PE", "SEIZED", "mistyped")]
    assert expected("weapon", mistyped) == []
    assert [expected.rule for expected in hidden("weapon", mistyped)] == [
        "weapon-in-two-countries",
        "stolen-weapon-seized-abroad",
    ]


def test_the_truth_of_every_trap_is_silence_or_what_it_says(truth: list[dict[str, Any]]) -> None:
    owing = {record["story"] for record in truth if record["trap"] and record["expected"]}
    assert owing == {"corrected-to"} | phone_account_traps.OWING
    for story in owing:
        assert any(record["expected"] for record in truth if record["story"] == story)


def test_what_an_exercise_owes_it_owes_to_the_exercise_alone(truth: list[dict[str, Any]]) -> None:
    drill = [e for record in truth if record["story"] == "exercise" for e in record["expected"]]
    assert {e.get("exercise") for e in drill} == {EXERCISE}
    assert {e["rule"] for e in drill} == {"wanted-person-at-crossing", "stolen-plate-at-crossing"}
    assert [
        e
        for record in truth
        if record["story"] != "exercise"
        for e in record["expected"]
        if e.get("exercise")
    ] == []


def test_comparison_counts_inventions_and_misses_by_indicator_and_by_pair() -> None:
    a, b, c, d = (("n", name) for name in "abcd")
    owed = [
        Expected("r", "certain", frozenset([a, b, c])),
        Expected("r", "possible", frozenset([a, d])),
    ]
    rows = [("r", "certain", frozenset([a, b])), ("r", "certain", frozenset([c, d]))]
    outcome = compare(owed, rows, [Expected("r", "hidden", frozenset([b, d]))])
    assert (outcome.certain.precision, outcome.certain.recall) == (0.5, 1 / 3)
    assert (len(outcome.certain.invented), len(outcome.certain.missed)) == (2, 1)
    assert (outcome.possible.precision, outcome.possible.recall, outcome.possible.exact) == (
        1.0,
        0.0,
        False,
    )
    assert outcome.recall_of_all == 1 / 4
    assert compare(owed, [(e.rule, e.grade, e.references) for e in owed]).certain.exact
    assert (
        outcome.of("r", "certain").owed,
        outcome.of("other", "certain").owed,
        outcome.rules,
    ) == (1, 0, ["r"])
    assert outcome.of("r", "certain").exactness == 0.0


def test_a_trap_that_fires_is_named() -> None:
    a, b = ("n", "a"), ("n", "b")
    row = ("thing-in-two-countries", "certain", frozenset([a, b]))
    assert compare([], [row], traps={a: "equal-plates", b: "equal-plates"}).sprung == (
        ("equal-plates", row),
    )
    assert compare([Expected(*row)], [row], traps={a: "corrected-to"}).sprung == ()


@pytest.mark.parametrize("format_", ["csv", "json", "jsonl", "xml", "xlsx"])
def test_every_format_is_read_as_it_was_written(format_: str, tmp_path: Path) -> None:
    """By the product's own readers: texts with all that a format must escape, empty ones, groups."""
    mark = "/" if format_ == "xml" else "."
    names = (
        ["numero", f"persona{mark}nombres", f"persona{mark}apellidos", "nota"]
        if format_ in ("json", "jsonl", "xml")
        else list("abcd")
    )
    rows = [
        ["1", 'JOSÉ & "PEPE" <X>', "ÑAHUI", "uno, dos"],
        ["2", "", "", "ú"],
        ["3", "ANA", "", "tres;"],
    ]
    with ExitStack() as stack:
        result = writer(tmp_path / "file", format_, names, stack, rows="filas/fila")
        for row in rows:
            result.write(row)
        result.end()
    source = (
        Source(format_, separator=",", rows="filas/fila" if format_ == "xml" else None)
        if format_ != "xlsx"
        else Source("xlsx")
    )
    read_back = list(
        reader.read(
            tmp_path / "file", source, frozenset(names if format_ in ("csv", "xlsx") else [])
        )
    )
    assert [
        [getter_for_format(format_)(name)(line.row) or "" for name in names]
        for line in read_back
        if isinstance(line, SourceRow)
    ] == rows


def test_recall_is_said_by_kind_of_thing() -> None:
    a, b, c, d = (("n", name) for name in "abcd")
    owed = [
        Expected("r", "certain", frozenset([a, b, c]), kind="plate"),
        Expected("r", "possible", frozenset([a, d]), kind="plate"),
        Expected("s", "certain", frozenset([a, b]), kind="phone"),
    ]
    lost = [Expected("r", "hidden", frozenset([c, d]), kind="plate")]
    rows = [("r", "certain", frozenset([a, b])), ("s", "certain", frozenset([a, b]))]
    phone, plate = compare(owed, rows, lost).kinds
    assert (phone.kind, phone.certain, phone.possible, phone.hidden) == ("phone", 1.0, 1.0, 0)
    assert (plate.certain_owed, plate.certain_found, plate.certain) == (3, 1, 1 / 3)
    assert (plate.possible_owed, plate.possible, plate.hidden, plate.of_all) == (1, 0.0, 1, 0.2)


@pytest.mark.parametrize(
    ("first", "second", "grades"),
    [
        ({"certainty": "possible", "doubt": "A?1"}, {"certainty": "possible", "doubt": "A?1"}, 1),
        ({"certainty": "possible", "doubt": "A?1"}, {"certainty": "possible", "doubt": "A1?"}, 0),
        ({"certainty": "possible", "doubt": "A?1"}, {"variant": "no zeros"}, 0),
        ({}, {"variant": "no zeros"}, 1),
        ({"certainty": "lost"}, {}, 0),
    ],
)
def test_one_doubt_is_possible_and_two_are_none_unless_they_are_the_same(
    first: dict[str, str], second: dict[str, str], grades: int
) -> None:
    pair = [
        replace(member("1", "CO", "SEIZED"), **first),  # type: ignore[arg-type]
        replace(member("2", "PE", "SEIZED"), **second),  # type: ignore[arg-type]
    ]
    assert {grade for _, grade in owed("weapon", *pair)} == ({"possible"} if grades else set())


def test_a_lost_number_is_hidden_as_a_mistyped_one_is() -> None:
    pair = [member("1", "CO", "LOST"), member("2", "PE", "SEIZED", "lost")]
    assert expected("weapon", pair) == []
    assert len(hidden("weapon", pair)) == 2
