"""A national export repeats its records with marks: each row does what its mark says, and tells."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.cli.root import main
from producers.errors import MappingError
from producers.ingest.report import RunReport
from producers.mapping import loader
from producers.mapping.mapping import RowMapping
from producers.node import ControlStatement, CountryNode
from producers.outbox.row_history import read_withdrawals
from producers.outbox.store import Outbox
from schemas.avro.codec import log_format
from schemas.avro.log_records import EnvelopeRecord
from schemas.crypto.sealing import read_signed
from schemas.i18n import in_language
from schemas.model import EventId
from tests.support.node import MAPPING, NODE, offline

CASES = Path(__file__).parents[3] / "cases"
VERSIONS = """
[versions]
[[versions.marks]]
column = "NOVEDAD"
in = ["N", "NUEVO"]
means = "new"
[[versions.marks]]
column = "NOVEDAD"
in = ["M", "MODIFICADO"]
means = "correction"
reason = "TYPING_ERROR"
[[versions.marks]]
column = "NOVEDAD"
in = ["A", "ANULADO"]
means = "annulment"
reason = { column = "MOTIVO", steps = [{ codes = "motives" }], default = "WRONG" }
note = { column = "MOTIVO" }
[[versions.marks]]
column = "LEVANTADO"
present = true
means = "lifting"
[tables.motives]
"ORDEN JUDICIAL" = "ORDERED"
DUPLICADO = "DUPLICATE"
"""
NUMBERED = """
[versions]
number = "VERSION"
reason = "OTHER"
"""
CHANGED = """
[versions]
changed = "correction"
reason = "OTHER"
"""
COLUMNS = ("REF", "MAKE", "SERIAL", "STATUS", "DATE", "NOTE")
MORE_COLUMNS = ("NOVEDAD", "MOTIVO", "LEVANTADO", "VERSION")
Line = dict[str, str]


def line(ref: str, serial: str = "ABC1", mark: str = "", **cells: str) -> Line:
    """Make a row of the national export."""
    plain = {"MAKE": "GLOCK", "STATUS": "stolen", "DATE": "02/03/2018"}
    return {**plain, "REF": ref, "SERIAL": serial, "NOVEDAD": mark, **cells}


def write(folder: Path, *lines: Line, name: str = "export.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, *MORE_COLUMNS], restval="")
        writer.writeheader()
        writer.writerows(lines)
    return path


def mapping_file(folder: Path, versions: str) -> Path:
    path = folder / "export.toml"
    path.write_text(MAPPING + versions, encoding="utf-8")
    return path


def load(folder: Path, versions: str = VERSIONS) -> RowMapping:
    return loader.load_mapping(str(mapping_file(folder, versions)))


def publish(home: Path, *lines: Line, versions: str = VERSIONS) -> RunReport:
    with CountryNode(offline(home), NODE) as node:
        return node.publish(write(home, *lines), load(home, versions), wait=0)


def outcomes(report: RunReport) -> list[tuple[int, str]]:
    """List line and code of what was not simply sealed."""
    return sorted((refusal.line, refusal.code) for refusal in report.ingested.refusals)


def details(report: RunReport) -> list[str]:
    return [in_language(refusal.detail, "en") for refusal in report.ingested.refusals]


def envelopes(home: Path) -> list[EnvelopeRecord]:
    """List the envelopes of all sealed events, oldest first."""
    outbox = Outbox(home / "nodes" / NODE / "outbox.db")
    bundles = outbox.rows("SELECT bundle FROM contents ORDER BY cord, sequence")
    outbox.close()
    return [
        log_format("event").read(event)["envelope"]
        for (bundle,) in bundles
        for event in log_format("bundle").read(read_signed(bundle)["body"])["events"]
    ]


def sealed(home: Path) -> list[tuple[str, str | None]]:
    """List type and correction reason of all sealed events."""
    return [(envelope["type"], envelope["correction_reason"]) for envelope in envelopes(home)]


def reasons(home: Path) -> list[str | None]:
    """List why each item was sealed, as the outbox says it."""
    outbox = Outbox(home / "nodes" / NODE / "outbox.db")
    rows = outbox.rows("SELECT why FROM items ORDER BY number")
    outbox.close()
    return [why for (why,) in rows]


def test_an_annulled_row_retracts_its_record_with_its_reason(tmp_path: Path) -> None:
    publish(tmp_path, line("1", mark="NUEVO"), line("2", mark="NUEVO"))
    report = publish(tmp_path, line("1", mark="ANULADO", MOTIVO="ORDEN JUDICIAL"), line("2"))
    assert report.ingested.retracted == 1
    assert outcomes(report) == [(3, "ALREADY_TAKEN")]
    assert [type_ for type_, _reason in sealed(tmp_path)] == [
        "weapon_record",
        "weapon_record",
        "retraction",
    ]
    assert reasons(tmp_path)[-1] == "ORDERED"


def test_the_retraction_bears_the_markings_of_its_record(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    publish(tmp_path, line("1", mark="A"))
    record, retraction = envelopes(tmp_path)
    names = ("tlp", "recipients", "handling", "purpose", "legal_basis", "crime", "evaluation")
    assert all(record[name] == retraction[name] for name in names)  # type: ignore[literal-required]


def test_an_annulled_row_needs_nothing_but_its_reference(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    annulled = {"REF": "1", "NOVEDAD": "A", "DATE": "no date at all"}
    assert publish(tmp_path, annulled).ingested.retracted == 1


def test_the_same_export_again_does_nothing(tmp_path: Path) -> None:
    lines = (line("1"), line("1", "ABC2", "M"), line("2"), line("2", mark="A"), line("9", mark="A"))
    first = publish(tmp_path, *lines)
    assert (first.ingested.sealed, first.ingested.corrected, first.ingested.retracted) == (4, 1, 1)
    count = len(envelopes(tmp_path))
    again = publish(tmp_path, *lines)
    assert again.all_fine()
    assert len(envelopes(tmp_path)) == count
    assert [code for _line, code in outcomes(again)] == [
        "ALREADY_TAKEN",
        "ALREADY_TAKEN",
        "ALREADY_TAKEN",
        "ALREADY_RETRACTED",
        "NEVER_SENT",
    ]


def test_an_annulled_record_that_was_never_sent_is_told(tmp_path: Path) -> None:
    report = publish(tmp_path, line("7", mark="ANULADO"))
    assert outcomes(report) == [(2, "NEVER_SENT")]
    assert report.ingested.never_sent == 1
    assert report.all_fine()
    assert envelopes(tmp_path) == []


def test_a_modified_row_corrects_its_record_or_is_new(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    report = publish(tmp_path, line("1", "ABC2", "MODIFICADO"), line("5", "ABC5", "M"))
    assert (report.ingested.sealed, report.ingested.corrected) == (2, 1)
    assert sealed(tmp_path)[1:] == [("weapon_record", "TYPING_ERROR"), ("weapon_record", None)]


def test_a_lifted_measure_is_a_retraction_that_says_so(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    report = publish(tmp_path, line("1", LEVANTADO="15/03/2021"))
    assert report.ingested.retracted == 1
    assert reasons(tmp_path)[-1] == "LIFTED"


def test_where_two_marks_hold_the_record_is_withdrawn(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    report = publish(tmp_path, line("1", "ABC9", "M", LEVANTADO="x"))
    assert (report.ingested.retracted, report.ingested.corrected) == (1, 0)


def test_a_mark_that_the_mapping_does_not_know_is_refused(tmp_path: Path) -> None:
    report = publish(tmp_path, line("1", mark="ANULADA"), line("2", mark=" anulado "))
    assert outcomes(report) == [(2, "UNKNOWN_CODE"), (3, "NEVER_SENT")]
    assert report.ingested.refusals[0].offending_value == "ANULADA"
    assert envelopes(tmp_path) == []


def test_a_row_after_the_withdrawal_of_its_record_is_refused(tmp_path: Path) -> None:
    report = publish(tmp_path, line("1"), line("1", mark="A"), line("1", "ABC2", "M"))
    assert outcomes(report) == [(4, "TARGET_WITHDRAWN")]
    assert details(report) == ["withdrawn by line 3 of this file"]
    again = publish(tmp_path, line("1", "ABC3", "M"))
    assert outcomes(again) == [(2, "TARGET_WITHDRAWN")]
    assert "retracted on 20" in details(again)[0]


def test_a_correction_of_a_retracted_record_says_what_it_does(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    with CountryNode(offline(tmp_path), NODE) as node:
        target = node.id_of_reference("weapon_record", "1")
        node.retract(ControlStatement("retraction", target, "WRONG"), wait=0)
        path = write(tmp_path, line("1", "ABC2"))
        report = node.correct(path, load(tmp_path, ""), "WRONG", wait=0)
        assert outcomes(report) == [(2, "TARGET_WITHDRAWN")]
        repeated = node.retract(ControlStatement("retraction", target, "DUPLICATE"), wait=0)
        assert outcomes(repeated) == [(0, "ALREADY_RETRACTED")]
        assert not report.all_fine()
        assert repeated.all_fine()


def test_an_erased_record_gets_no_other_version(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    with CountryNode(offline(tmp_path), NODE) as node:
        target = node.id_of_reference("weapon_record", "1")
        node.erase(ControlStatement("erasure", target, "COURT_ORDER"), wait=0)
        report = node.correct(write(tmp_path, line("1", "B2")), load(tmp_path, ""), "WRONG", wait=0)
    assert outcomes(report) == [(2, "TARGET_WITHDRAWN")]
    assert details(report)[0].startswith("erased on ")


def test_a_rejected_retraction_can_be_stated_again(tmp_path: Path) -> None:
    publish(tmp_path, line("1"))
    publish(tmp_path, line("1", mark="A"))
    with CountryNode(offline(tmp_path), NODE) as node:
        node.outbox.connection.execute(
            "UPDATE items SET verdict = 'rejected' WHERE type = 'retraction'"
        )
        target = node.id_of_reference("weapon_record", "1")
        assert read_withdrawals(node.outbox, [target]) == {}
    assert publish(tmp_path, line("1", mark="A")).ingested.retracted == 1


def test_the_highest_version_number_counts(tmp_path: Path) -> None:
    lines = [line("1", f"ABC{n}", VERSION=str(n)) for n in (2, 3, 1)]
    report = publish(tmp_path, *lines, versions=NUMBERED)
    assert outcomes(report) == [(4, "OLDER_VERSION")]
    assert report.ingested.corrected == 1
    other = line("1", "OTHER", VERSION="3")
    later = publish(tmp_path, lines[0], other, line("1", "ABC2", VERSION="10"), versions=NUMBERED)
    assert outcomes(later) == [(2, "OLDER_VERSION"), (3, "CONFLICT")]
    assert sealed(tmp_path) == [
        ("weapon_record", None),
        ("weapon_record", "OTHER"),
        ("weapon_record", "OTHER"),
    ]


def test_a_row_without_its_number_is_the_oldest(tmp_path: Path) -> None:
    lines = (line("1", "ABC1", VERSION="1"), line("1", "ABC0"), line("2", "ABC0"))
    report = publish(tmp_path, *lines, versions=NUMBERED)
    assert outcomes(report) == [(3, "OLDER_VERSION")]
    assert report.ingested.sealed == 2


def test_no_former_content_of_a_withdrawn_record_is_sent_again(tmp_path: Path) -> None:
    publish(tmp_path, line("1", "ABC1"), line("1", "ABC2", "M"), line("1", mark="A"))
    count = len(envelopes(tmp_path))
    with CountryNode(offline(tmp_path), NODE) as node:
        path = write(tmp_path, line("1", "ABC1"))
        report = node.correct(path, load(tmp_path, ""), "WRONG", wait=0)
    assert outcomes(report) == [(2, "TARGET_WITHDRAWN")]
    assert len(envelopes(tmp_path)) == count


def test_a_version_number_may_be_the_moment_of_the_change(tmp_path: Path) -> None:
    dated = """
[versions]
number = { column = "VERSION", steps = [{ date = ["%d/%m/%Y"], zone = "America/Bogota" }] }
reason = "OTHER"
"""
    days = ("02/03/2021", "01/12/2021", "15/03/2021")
    lines = [line("1", f"ABC{n}", VERSION=day) for n, day in enumerate(days)]
    report = publish(tmp_path, *lines, versions=dated)
    assert outcomes(report) == [(4, "OLDER_VERSION")]


def test_without_marks_the_last_row_counts_if_the_mapping_says_so(tmp_path: Path) -> None:
    lines = (line("1", "ABC1"), line("1", "ABC2"), line("1", "ABC3"))
    report = publish(tmp_path, *lines, versions=CHANGED)
    assert report.ingested.corrected == 2
    assert outcomes(publish(tmp_path, *lines, versions=CHANGED)) == [
        (number, "ALREADY_TAKEN") for number in (2, 3, 4)
    ]


def test_without_it_another_content_is_a_conflict_that_names_the_other_line(
    tmp_path: Path,
) -> None:
    report = publish(tmp_path, line("1"), line("1", "ABC2"))
    assert outcomes(report) == [(3, "CONFLICT")]
    assert details(report) == ["line 2 of this file has it too"]
    later = publish(tmp_path, line("1", "ABC3"))
    assert "from export.csv, line 2" in details(later)[0]


def test_going_back_to_a_former_content_is_told(tmp_path: Path) -> None:
    publish(tmp_path, line("1", "ABC1"), line("1", "ABC2", "M"))
    report = publish(tmp_path, line("1", "ABC1", "M"))
    assert outcomes(report) == [(2, "CONFLICT")]
    assert "had this content before" in details(report)[0]


@pytest.mark.parametrize(
    ("versions", "message"),
    [
        ('[versions]\nnumber = "V"', "[versions]: reason is needed: why a record was corrected"),
        ('[versions]\nchanged = "correction"\nreason = "NO"', "`NO` is not a reason; these are"),
        (
            '[versions]\n[[versions.marks]]\ncolumn = "N"\nin = ["A"]\nmeans = "annulment"',
            "marks[1]: reason is needed",
        ),
        (
            '[versions]\n[[versions.marks]]\ncolumn = "N"\nin = ["A"]\nmeans = "annulment"\n'
            'reason = "TYPING_ERROR"',
            "marks[1]: `TYPING_ERROR` is not a reason; these are: WRONG, ",
        ),
        ('[versions]\n[[versions.marks]]\ncolumn = "N"\nmeans = "new"', "needs column (or columns"),
        (
            '[versions]\n[[versions.marks]]\ncolumn = "N"\nin = ["N"]\nmeans = "nuevo"',
            "[versions]: marks[1]: means: is one of 'new', 'correction', 'annulment', 'lifting'",
        ),
        ('[versions]\nnumbr = "V"', "[versions]: numbr is not known; these are: changed, marks, "),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_at_loading(
    tmp_path: Path, versions: str, message: str
) -> None:
    with pytest.raises(MappingError) as caught:
        load(tmp_path, f"\n{versions}\n")
    assert message in caught.value.message.in_language("en")


def test_versions_need_a_reference(tmp_path: Path) -> None:
    text = (MAPPING + VERSIONS).replace('[reference]\ncolumns = ["REF"]', "")
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match="reference"):
        loader.load_mapping(str(path))


def run(home: Path, *words: str) -> Result:
    offline(home)
    environment = {"QUIPU_HOME": str(home), "QUIPU_KAFKA": "127.0.0.1:1", "QUIPU_LANG": "en"}
    return CliRunner().invoke(main, [*words, "--node", NODE, "--no-wait"], env=environment)


def test_a_file_retracts_all_its_records(tmp_path: Path) -> None:
    publish(tmp_path, line("1"), line("2"), line("3"))
    path, mapping = write(tmp_path, line("1"), line("3", "X"), line("8")), load(tmp_path, "").name
    text = run(
        tmp_path,
        "retract",
        "--file",
        str(path),
        "--mapping",
        str(tmp_path / f"{mapping}.toml"),
        "--reason",
        "WRONG",
    )
    assert text.exit_code == 1, text.output
    assert "2 rows retracted records" in text.output
    assert "UNKNOWN_TARGET" in text.output
    assert [type_ for type_, _reason in sealed(tmp_path)].count("retraction") == 2


def test_a_file_retracts_records_without_a_reference_by_their_content(tmp_path: Path) -> None:
    mapping = loader.load_mapping(str(CASES / "38-mapping-before.toml"))
    path = CASES / "38-mapping-edited.csv"
    statement = ControlStatement("retraction", EventId(bytes(16)), "WRONG")
    with CountryNode(offline(tmp_path), NODE) as node:
        node.publish(path, mapping, wait=0)
        report = node.retract_file(path, mapping, statement, wait=0)
    assert report.ingested.retracted == 2


def test_the_rows_in_conflict_are_a_file_that_correct_takes(tmp_path: Path) -> None:
    publish(tmp_path, line("1"), line("2"))
    path = write(tmp_path, line("1", "NEW1"), line("2"), line("3"), name="second.csv")
    mapping = str(mapping_file(tmp_path, ""))
    copy = tmp_path / "conflicts.csv"
    text = run(tmp_path, "publish", str(path), "--mapping", mapping, "--conflicts", str(copy))
    assert text.exit_code == 1, text.output
    assert f"quipu correct {copy}" in text.output.replace("\n", " ")
    rows = list(csv.DictReader(copy.read_text(encoding="utf-8").splitlines()))
    assert [row["SERIAL"] for row in rows] == ["NEW1"]
    text = run(tmp_path, "correct", str(copy), "--mapping", mapping, "--reason", "TYPING_ERROR")
    assert "1 row corrected a record" in text.output
    assert sealed(tmp_path)[-1] == ("weapon_record", "TYPING_ERROR")


def test_a_mapping_that_changed_capitals_sends_nothing_twice_and_warns(tmp_path: Path) -> None:
    path = CASES / "38-mapping-edited.csv"
    before, after = (
        loader.load_mapping(str(CASES / f"38-mapping-{name}.toml")) for name in ("before", "after")
    )
    with CountryNode(offline(tmp_path), NODE) as node:
        first = node.publish(path, before, wait=0)
        second = node.publish(path, after, wait=0)
    assert (first.ingested.sealed, second.ingested.sealed) == (2, 0)
    assert [code for _line, code in outcomes(second)] == ["CAPITALS_ONLY", "CAPITALS_ONLY"]
    assert second.ingested.capitals_only == 2
    text = run(tmp_path, "publish", str(path), "--mapping", str(CASES / "38-mapping-after.toml"))
    assert "Did the mapping change? With [reference]" in text.output.replace("\n", " ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('number = "."', 'number = ","'),
        ("[fields]", '[reference]\ncolumns = ["FECHA", "MUNICIPIO"]\n[fields]'),
    ],
)
def test_a_changed_mapping_without_a_reference_is_noticed(
    tmp_path: Path, old: str, new: str
) -> None:
    text = (CASES / "38-mapping-before.toml").read_text(encoding="utf-8")
    path = tmp_path / "hechos.toml"
    notices = []
    with CountryNode(offline(tmp_path), NODE) as node:
        for content in (text, text.replace("title = ", "title  = "), text.replace(old, new)):
            path.write_text(content, encoding="utf-8")
            report = node.publish(CASES / "38-mapping-edited.csv", str(path), wait=0)
            notices.append([notice.code for notice in report.ingested.notices])
    assert notices == [[], [], ["MAPPING_CHANGED"]]


def test_equal_rows_that_are_distinct_stay_distinct(tmp_path: Path) -> None:
    text = "FECHA;MUNICIPIO;CANTIDAD\n" + "21/01/2020;CALI;1\n21/01/2020;Cali;1\n" * 2
    path = tmp_path / "equal.csv"
    path.write_text(text, encoding="utf-8")
    before, after = (
        loader.load_mapping(str(CASES / f"38-mapping-{name}.toml")) for name in ("before", "after")
    )
    with CountryNode(offline(tmp_path), NODE) as node:
        assert node.publish(path, before, wait=0).ingested.sealed == 4
        assert node.publish(path, after, wait=0).ingested.sealed == 0
        assert node.publish(path, before, wait=0).ingested.sealed == 0


def test_a_withdrawn_record_without_a_reference_can_be_sent_with_other_capitals(
    tmp_path: Path,
) -> None:
    path = CASES / "38-mapping-edited.csv"
    before, after = (
        loader.load_mapping(str(CASES / f"38-mapping-{name}.toml")) for name in ("before", "after")
    )
    statement = ControlStatement("retraction", EventId(bytes(16)), "WRONG")
    with CountryNode(offline(tmp_path), NODE) as node:
        node.publish(path, before, wait=0)
        node.retract_file(path, before, statement, wait=0)
        assert node.publish(path, after, wait=0).ingested.sealed == 2


def test_check_says_what_would_be_retracted_and_what_conflicts(tmp_path: Path) -> None:
    lines = (line("1"), line("1", "B", "M"), line("1", mark="A"), line("2"), line("2", "C"))
    path, mapping = write(tmp_path, *lines), mapping_file(tmp_path, VERSIONS)
    environment = {"QUIPU_HOME": str(tmp_path), "QUIPU_LANG": "en"}
    words = ["mapping", "check", str(path), "--mapping", str(mapping), "--json"]
    text = CliRunner().invoke(main, words, env=environment)
    content = json.loads(text.output)
    assert (content["good"], content["retracting"], content["codes"]) == (3, 1, {"CONFLICT": 1})


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("123"), st.sampled_from("XYZ"), st.sampled_from("NMA")),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_batches_do_not_change_what_a_file_does(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], parts: int
) -> None:
    lines = [line(ref, serial, mark) for ref, serial, mark in rows]
    whole, split = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("split")
    first = publish(whole, *lines)
    codes: list[str] = []
    size = max(1, len(lines) // parts)
    for start in range(0, len(lines), size):
        codes += [code for _l, code in outcomes(publish(split, *lines[start : start + size]))]
    assert sorted(code for _l, code in outcomes(first)) == sorted(codes)
    assert sealed(whole) == sealed(split)
