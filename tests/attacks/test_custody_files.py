"""Attacks on files of exhibits (ADR 0133), by who makes them: a court checks them off-line.

A file and what it says come from somebody who may gain by it. The keys alone are to be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from consumers.query.investigations.custody_file import CustodyFile, CustodyRecord, check_files
from infra.cli.root import main
from schemas.checkpoint.inclusion import PublicKeys, read_public_keys
from tests.support.custody import COLLEAGUE, ECUADOR, ENTRY, KEYS, PERU, file_of, record
from tests.support.signed_bundles import ExchangeBuilder, Node

FILE = TypeAdapter(CustodyFile)
COLLECTED = {**ENTRY, "custody": "COLLECTED"}


def acts(forger: Node, author: Node) -> list[CustodyRecord]:
    """An exhibit that is registered, and one more act that `forger` signs for `author`."""
    world = ExchangeBuilder(ECUADOR, PERU, COLLEAGUE)
    first = record(world, ECUADOR, [COLLECTED])
    sealed = {**ENTRY, "custody": "SEALED", "seal": "P-2", "after": first.id}
    return [first, record(world, forger, [sealed], author)]


def check(tmp_path: Path, files: Sequence[str | bytes], keys: PublicKeys = KEYS) -> Result:
    """What the command says of files."""
    paths = [tmp_path / f"{number}.json" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (tmp_path / "keys.txt").write_text(str(keys))
    command = ["investigation", "check", *map(str, paths), "--keys", str(tmp_path / "keys.txt")]
    return CliRunner().invoke(main, ["--home", str(tmp_path / "home"), "--lang", "en", *command])


def text_of(*records: CustodyRecord, **changes: object) -> bytes:
    return FILE.dump_json(replace(file_of(records), **changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def true_file() -> bytes:
    return text_of(*acts(ECUADOR, ECUADOR))


def test_a_true_file_is_proved(tmp_path: Path, true_file: bytes) -> None:
    result = check(tmp_path, [true_file])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("forger", [PERU, COLLEAGUE])
def test_a_node_proves_no_act_in_the_name_of_another_authority(
    tmp_path: Path, forger: Node
) -> None:
    """Intake rejects such a record, but it stands in the log, signed and countersigned."""
    genuine, forged = acts(forger, ECUADOR)
    result = check(tmp_path, [text_of(genuine, forged)])
    assert result.exit_code == 1
    assert f"{forger.name} does not publish for EC/FGE" in result.output
    checked = check_files([file_of([genuine, forged])], KEYS)
    assert checked.proved == {genuine.id}


def test_keys_that_do_not_say_for_whom_a_node_publishes_prove_nothing(
    tmp_path: Path, true_file: bytes
) -> None:
    result = check(tmp_path, [true_file], KEYS._replace(authors={}))
    assert result.exit_code == 1


def test_keys_stay_as_they_are_written() -> None:
    assert read_public_keys(str(KEYS)) == KEYS


def test_files_that_differ_in_what_nobody_can_prove_are_reported(tmp_path: Path) -> None:
    """When an act came, and who has a part, decide which of two acts counts."""
    records = acts(ECUADOR, ECUADOR)
    true = text_of(*records)
    earlier = [records[0], replace(records[1], recorded_at=records[0].recorded_at - 1)]
    for other in (
        text_of(*earlier),
        text_of(*records, parties=["EC/FGE", "PE/MPFN", "PE/OTRA"]),
        text_of(*records, is_group=True),
    ):
        for files in ([true, other], [other, true]):
            result = check(tmp_path, files)
            assert result.exit_code == 1
            assert "The files differ" in result.output
    assert check(tmp_path, [true, true]).exit_code == 0


def test_a_file_in_which_no_act_counts_proves_nothing(tmp_path: Path) -> None:
    """It had the exit code of a file in which all is proved."""
    _genuine, sealed = acts(ECUADOR, ECUADOR)
    for records in ([], [sealed]):
        assert check(tmp_path, [text_of(*records)]).exit_code == 1


def test_what_a_file_says_rewrites_no_terminal(tmp_path: Path) -> None:
    """Finding C2: a number, an author or an act may have any character."""
    hostile = "\x1b[2J\x1b[H\u202e7\r\n✓ all is proved"
    genuine, sealed = acts(ECUADOR, ECUADOR)
    fake = replace(
        sealed,
        id=hostile,
        author=f"EC/{hostile}",
        entries=[{"number": hostile, "custody": hostile, "handed_to": f"PE/{hostile}"}],
    )
    result = check(tmp_path, [text_of(genuine, fake)])
    assert result.exit_code == 1
    assert "[U+001B]" in result.output
    assert not {"\x1b", "\u202e", "\r"} & set(result.output)
    marked = [line for line in result.output.splitlines() if line.startswith("✓")]
    assert len(marked) == 1, "a text makes no line of its own"


@given(st.data())
def test_no_damage_of_a_file_ends_the_command(
    tmp_path_factory: pytest.TempPathFactory, true_file: bytes, data: st.DataObject
) -> None:
    text = true_file
    at = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(at, min(len(text), at + 40)))
    damaged = text[:at] + data.draw(st.binary(max_size=12)) + text[end:]
    result = check(tmp_path_factory.mktemp("damaged"), [damaged])
    assert result.exit_code in (0, 1, 2), result.exception
    assert result.exception is None or isinstance(result.exception, SystemExit)
