"""What a country node promises while Kafka is away: what it took in is sealed, whole, once, and
nothing of it lies there in clear.
"""

import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra.cli.root import main
from infra.errors import QuipuError
from infra.keys import keyring
from producers.errors import OutboxError
from producers.ingest.report import RunReport
from producers.node import ControlStatement, CountryNode
from producers.outbox import erasures, verdicts
from producers.outbox.erasures import ListSigner
from producers.outbox.store import Outbox
from schemas import ids
from schemas.avro.codec import log_format
from schemas.bounds import MAX_BUNDLE_BYTES, MAX_EVENT_BYTES
from schemas.checksum import MODULUS, item_checksum
from schemas.crypto.sealing import read_signed
from schemas.model import Cord, EventId
from tests.support.node import NODE, NOWHERE, offline, row, weapons, write
from tests.support.receipts import receipt_record

CORD = Cord(NODE, "routine", 1)


def publish(home: Path, path: Path, **more: object) -> RunReport:
    with CountryNode(offline(home), NODE) as node:
        return node.publish(path, weapons(home), wait=0, **more)  # type: ignore[arg-type]


def correct(home: Path, path: Path) -> RunReport:
    with CountryNode(offline(home), NODE) as node:
        return node.correct(path, weapons(home), "WRONG", wait=0)


def codes(report: RunReport) -> list[tuple[int, str, str]]:
    return [(refusal.line, refusal.code, refusal.field) for refusal in report.ingested.refusals]


def box(home: Path) -> Outbox:
    return Outbox(home / "nodes" / NODE / "outbox.db")


def test_what_is_taken_in_while_kafka_is_away_waits_sealed(tmp_path: Path) -> None:
    report = publish(tmp_path, write(tmp_path, *(row(n) for n in range(250))))
    assert report.counts() == {
        "accepted": 0,
        "duplicate": 0,
        "pending": 0,
        "refused": 0,
        "rejected": 0,
        "unanswered": 250,
    }
    assert report.unsent == 3  # bundles of 100 at most
    assert report.unavailable


def test_bundles_of_a_cord_are_a_chain(tmp_path: Path) -> None:
    publish(tmp_path, write(tmp_path, *(row(n) for n in range(150))))
    publish(tmp_path, write(tmp_path, *(row(n) for n in range(150, 260))))
    previous = bytes(32)
    for number, (bundle, hash_) in enumerate(
        box(tmp_path).rows(
            "SELECT bundle, hash FROM bundles JOIN contents USING (cord, sequence) ORDER BY "
            "sequence"
        )
    ):
        body = read_signed(bundle)["body"]
        record = log_format("bundle").read(body)
        assert (record["sequence"], record["previous"], record["cord"]) == (
            number,
            previous,
            CORD._asdict(),
        )
        assert len(bundle) <= MAX_BUNDLE_BYTES
        previous = hashlib.sha256(body).digest()
        assert previous == hash_


def test_a_file_published_again_is_all_duplicates(tmp_path: Path) -> None:
    path = write(tmp_path, row(1), row(2), row(1))
    assert publish(tmp_path, path).counts()["duplicate"] == 1
    again = publish(tmp_path, path)
    assert (again.counts()["duplicate"], again.unsent) == (3, 1)


def test_the_same_reference_with_other_content_is_a_conflict(tmp_path: Path) -> None:
    report = publish(tmp_path, write(tmp_path, row(1), row(1, serial="OTHER1")))
    assert codes(report) == [(3, "CONFLICT", "source_reference")]


def test_a_correction_supersedes_the_newest_version(tmp_path: Path) -> None:
    publish(tmp_path, write(tmp_path, row(1)))
    assert (
        correct(
            tmp_path, write(tmp_path, row(1, serial="B1"), row(1, serial="C1"), row(9))
        ).counts()["refused"]
        == 1
    )
    events = []
    for (bundle,) in box(tmp_path).rows("SELECT bundle FROM contents ORDER BY sequence"):
        events += [
            log_format("event").read(event)["envelope"]
            for event in log_format("bundle").read(read_signed(bundle)["body"])["events"]
        ]
    assert len({event["id"] for event in events}) == 1
    assert [event["supersedes"] for event in events] == [
        None,
        events[0]["version"],
        events[1]["version"],
    ]


def test_what_was_rejected_may_be_published_mended(tmp_path: Path) -> None:
    publish(tmp_path, write(tmp_path, row(1)))
    outbox = box(tmp_path)
    [(id_, version)] = outbox.rows("SELECT id, version FROM items")
    item = {
        "index": 0,
        "id": id_,
        "version": version,
        "verdict": "rejected",
        "code": "UNKNOWN_CODE",
        "field": "status",
    }
    receipt = receipt_record(CORD, 0, [item])
    verdicts.apply_receipts(outbox, [receipt], {})
    assert not codes(publish(tmp_path, write(tmp_path, row(1, serial="MENDED1"))))


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (row(1, date="31/02/2018"), "IMPOSSIBLE_DATE", "occurred"),
        (row(1, status="vanished"), "UNKNOWN_CODE", "status"),
        (row(1, status=""), "MISSING_FIELD", "status"),
        (
            row(1, date=f"{datetime.now(UTC) + timedelta(days=7):%d/%m/%Y}"),
            "FROM_FUTURE",
            "occurred_from",
        ),
        (row(1, note="x" * MAX_EVENT_BYTES), "EVENT_TOO_LARGE", ""),
        ("R-1,GLOCK,A1,stolen\n", "BROKEN_LINE", ""),
    ],
)
def test_each_bad_line_has_its_code_and_the_rest_goes_on(
    tmp_path: Path, line: str, code: str, field: str
) -> None:
    report = publish(tmp_path, write(tmp_path, row(7), line, row(8)))
    assert codes(report) == [(3, code, field)]
    assert (report.counts()["refused"], report.counts()["unanswered"], report.all_fine()) == (
        1,
        2,
        False,
    )
    with CountryNode(offline(tmp_path), NODE) as node:
        [counts] = node.reconcile_counts()
    assert (counts["taken"], counts["refused"], counts["sealed"]) == (3, 1, 2)


def test_large_events_are_parted_into_bundles_that_fit(tmp_path: Path) -> None:
    report = publish(tmp_path, write(tmp_path, *(row(n, note="x" * 200_000) for n in range(9))))
    assert report.counts()["unanswered"] == 9
    assert all(
        len(bundle) <= MAX_BUNDLE_BYTES
        for (bundle,) in box(tmp_path).rows("SELECT bundle FROM contents")
    )


def test_no_content_lies_in_the_outbox_in_clear(tmp_path: Path) -> None:
    publish(
        tmp_path,
        write(
            tmp_path,
            row(1, serial="SECRET777", note="Juan Quispe"),
            row(2, status="Juan Quispe"),
            row(3, date="Juan Quispe"),
        ),
    )
    for path in (tmp_path / "nodes" / NODE).glob("outbox.db*"):
        content = path.read_bytes().lower()
        assert b"secret777" not in content
        assert b"quispe" not in content
        assert b"r-1" not in content


def test_sums_follow_what_was_sealed_and_accepted(tmp_path: Path) -> None:
    publish(tmp_path, write(tmp_path, *(row(n) for n in range(5))))
    outbox = box(tmp_path)
    items = outbox.rows("SELECT item, id, version FROM items ORDER BY item")
    answer = [
        {
            "index": index,
            "id": id_,
            "version": version,
            "verdict": "accepted" if index < 3 else "pending",
            "code": "",
            "field": "",
        }
        for index, id_, version in items
    ]
    receipt = receipt_record(CORD, 0, answer)
    for _ in range(2):  # told twice
        verdicts.apply_receipts(outbox, [receipt], {})
    with CountryNode(offline(tmp_path), NODE) as node:
        [counts] = node.reconcile_counts()
    assert (counts["accepted"], counts["pending"]) == (3, 2)
    assert counts["sealed_sum"] == f"{item_checksum((i, v) for _, i, v in items):032x}"
    assert counts["accepted_sum"] == f"{item_checksum((i, v) for _, i, v in items[:3]):032x}"
    whole = sum(int.from_bytes(hashlib.sha256(i + v).digest(), "little") for _, i, v in items)
    assert whole % MODULUS == int(counts["sealed_sum"], 16)


def test_a_missing_bundle_is_sent_again_as_it_was(tmp_path: Path) -> None:
    publish(tmp_path, write(tmp_path, *(row(n) for n in range(150))))
    outbox = box(tmp_path)
    first = outbox.pending_bundles(9, [str(CORD)])
    outbox.mark_sent(
        [(pending_bundle.cord, pending_bundle.sequence) for pending_bundle in first], {}
    )
    assert not outbox.pending_bundles(9, [str(CORD)])
    verdicts.apply_receipts(outbox, [receipt_record(CORD, 1, code="GAP", missing=[0])], {})
    assert [pending_bundle.bundle for pending_bundle in outbox.pending_bundles(9, [str(CORD)])] == [
        first[0].bundle
    ]


def test_an_unknown_target_is_refused_at_the_node(tmp_path: Path) -> None:
    with CountryNode(offline(tmp_path), NODE) as node:
        report = node.retract(ControlStatement("retraction", EventId(b"x" * 16), "WRONG"), wait=0)
    assert codes(report) == [(0, "UNKNOWN_TARGET", "target")]


def test_a_retraction_bears_the_marking_of_its_target(tmp_path: Path) -> None:
    publish(tmp_path, write(tmp_path, row(1)))
    with CountryNode(offline(tmp_path), NODE) as node:
        report = node.retract(
            ControlStatement("retraction", node.id_of_reference("weapon_record", "R-1"), "WRONG"),
            wait=0,
        )
        assert report.counts()["unanswered"] == 1
        [(bundle,)] = node.outbox.rows("SELECT bundle FROM contents WHERE sequence = 1")
        envelope = log_format("event").read(
            log_format("bundle").read(read_signed(bundle)["body"])["events"][0]
        )["envelope"]
    assert (envelope["type"], envelope["tlp"], envelope["id"][:4]) == (
        "retraction",
        "AMBER",
        ids.node_tag(NODE),
    )


def test_a_key_that_is_cut_is_nowhere_in_the_outbox(tmp_path: Path) -> None:
    publish(tmp_path, write(tmp_path, row(1), row(2)))
    outbox = box(tmp_path)
    with CountryNode(offline(tmp_path), NODE) as node:
        target, keys = node.id_of_reference("weapon_record", "R-1"), node.keys
    [(before,)] = outbox.rows("SELECT key_list FROM contents")
    cut_key, kept_key = log_format("key_list").read(read_signed(before)["body"])["keys"]
    outbox.rows("UPDATE items SET verdict = 'accepted'")
    erasures.remove_keys(outbox, target, ListSigner("CO", keys.key_id, keys.signing), 1)
    assert erasures.truncate_wal(outbox)
    [(after,)] = outbox.rows("SELECT key_list FROM contents")
    assert log_format("key_list").read(read_signed(after)["body"])["keys"] == [
        {"verdict": "accepted", "code": "", "field": ""},
        kept_key,
    ]
    files = b"".join(path.read_bytes() for path in outbox.path.parent.glob("outbox.db*"))
    assert isinstance(cut_key, bytes) and isinstance(kept_key, bytes)
    assert cut_key not in files
    assert kept_key in files


def test_two_commands_do_not_work_with_one_node_at_once(tmp_path: Path) -> None:
    settings = offline(tmp_path)
    with (
        CountryNode(settings, NODE),
        pytest.raises(OutboxError, match="uses the node"),
        CountryNode(settings, NODE),
    ):
        pass


def test_an_outbox_of_a_newer_release_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(QuipuError, match="newer release"):
        Outbox(path)


def test_a_full_disk_leaves_nothing_half(tmp_path: Path) -> None:
    settings = offline(tmp_path)
    path = write(tmp_path, *(row(n) for n in range(600)))
    with CountryNode(settings, NODE) as node:
        pages = node.outbox.rows("PRAGMA page_count")[0][0]
        node.outbox.rows(f"PRAGMA max_page_count = {pages + 30}")
        with pytest.raises(OutboxError, match="full"):
            node.publish(path, weapons(tmp_path), wait=0)
    with CountryNode(settings, NODE) as node:
        sealed = node.outbox.rows("SELECT count(*) FROM items")[0][0]
        report = node.publish(path, weapons(tmp_path), wait=0)
        assert report.counts()["duplicate"] == sealed
        assert node.outbox.rows("SELECT count(*), count(DISTINCT id) FROM items") == [(600, 600)]


def test_equal_rows_without_reference_are_one_item_unless_the_mapping_says_distinct(
    tmp_path: Path,
) -> None:
    def published(home: Path, equal_rows: str) -> int:
        text = (home / "weapons.toml").read_text().replace('[reference]\ncolumns = ["REF"]', "")
        (home / "m.toml").write_text(f'equal_rows = "{equal_rows}"\n{text}')
        with CountryNode(offline(home), NODE) as node:
            path = write(home, row(1), row(1), row(1))
            node.publish(path, str(home / "m.toml"), wait=0)
            node.publish(path, str(home / "m.toml"), wait=0)
            return int(node.outbox.rows("SELECT count(*) FROM items")[0][0])

    for name, expected in (("same", 1), ("distinct", 3)):
        home = tmp_path / name
        home.mkdir()
        weapons(home)
        assert published(home, name) == expected


def test_a_bundle_refused_for_its_key_is_signed_again_with_the_same_body(tmp_path: Path) -> None:
    settings = offline(tmp_path)
    report = publish(tmp_path, write(tmp_path, row(1)))
    outbox = box(tmp_path)
    [before] = outbox.pending_bundles(9, [str(CORD)])
    assert report.all_fine()
    receipt = receipt_record(CORD, 0, code="KEY_REVOKED")
    verdicts.apply_receipts(outbox, [receipt], {})
    assert (report.refused_whole(), report.all_fine()) == (1, False)
    assert not outbox.pending_bundles(9, [str(CORD)])
    new = keyring.add_node_key(settings, NODE, 1)
    assert verdicts.sign_refused_again(outbox, "CO", new.key_id, new.signing) == 1
    [after] = outbox.pending_bundles(9, [str(CORD)])
    assert read_signed(after.bundle)["body"] == read_signed(before.bundle)["body"]
    assert (
        read_signed(after.bundle)["key_id"] == read_signed(after.key_list)["key_id"] == new.key_id
    )
    assert after.list_changed


@pytest.mark.parametrize(("lang", "text"), [("es", "línea 3"), ("en", "line 3")])
def test_the_command_line_tells_line_code_and_remedy_and_its_exit_code(
    tmp_path: Path, lang: str, text: str
) -> None:
    offline(tmp_path)
    path = write(tmp_path, row(1), row(2, date="31/02/2018"))
    how = tmp_path / "weapons.toml"
    weapons(tmp_path)
    argv = [
        "--lang",
        lang,
        "--home",
        str(tmp_path),
        "publish",
        str(path),
        "--node",
        NODE,
        "--mapping",
        str(how),
        "--no-wait",
    ]
    result = CliRunner().invoke(main, argv, env={"QUIPU_KAFKA": NOWHERE})
    assert result.exit_code == 1
    assert text in result.output
    assert "IMPOSSIBLE_DATE" in result.output
    assert f"quipu send {NODE}" in result.output
    fine = write(tmp_path, row(3), name="fine.csv")
    argv[argv.index(str(path))] = str(fine)
    assert (
        CliRunner().invoke(main, argv, env={"QUIPU_KAFKA": NOWHERE}).exit_code == 2
    )  # it waits in the outbox
    argv[argv.index(str(how))] = "none"
    assert CliRunner().invoke(main, argv, env={"QUIPU_KAFKA": NOWHERE}).exit_code == 2


def test_a_correction_back_to_what_was_said_before_is_a_version_of_its_own_and_only_once(
    tmp_path: Path,
) -> None:
    publish(tmp_path, write(tmp_path, row(1, serial="A1111")))
    assert correct(tmp_path, write(tmp_path, row(1, serial="B2222"))).counts()["refused"] == 0
    back = write(tmp_path, row(1, serial="A1111"))
    assert correct(tmp_path, back).ingested.sealed == 1
    assert correct(tmp_path, back).ingested.repeated == 1
    assert publish(tmp_path, back).ingested.repeated == 1
