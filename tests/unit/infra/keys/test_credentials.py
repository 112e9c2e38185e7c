"""infra.keys.credentials: who may read a password, and what happens where it cannot be used."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from infra.errors import KeyringError
from infra.keys.credentials import ensure_password, password_file, read_password


def test_a_password_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "credentials"
    password = ensure_password(folder, "clickhouse", "reader")
    path = password_file(folder, "clickhouse", "reader")
    assert path.name == "clickhouse-reader.password"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(password) >= 43
    assert ensure_password(folder, "clickhouse", "reader") == password == read_password(path)
    assert ensure_password(folder, "clickhouse", "writer") != password


def test_processes_that_start_together_agree_on_one_password(tmp_path: Path) -> None:
    folder = tmp_path / "credentials"
    with ThreadPoolExecutor(8) as threads:
        passwords = list(
            threads.map(lambda _: ensure_password(folder, "kafka", "sink"), range(200))
        )
    assert len(set(passwords)) == 1
    assert [path.name for path in folder.iterdir()] == ["kafka-sink.password"]


def test_only_the_first_line_counts(tmp_path: Path) -> None:
    path = tmp_path / "own.password"
    path.touch(mode=0o600)
    path.write_text("secreto largo\r\nnota\n")
    assert read_password(path) == "secreto largo"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"x" * 2000])
def test_what_is_no_password_is_refused_without_being_quoted(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "own.password"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(KeyringError, match=r"own\.password") as refusal:
        read_password(path)
    assert refusal.value.code == "CREDENTIAL"
    assert "xxx" not in str(refusal.value)


def test_a_password_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.password"
    path.write_text("secreto\n")
    path.chmod(0o644)
    with pytest.raises(KeyringError, match="chmod 600") as refusal:
        read_password(path)
    assert "secreto" not in str(refusal.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match=r"absent\.password"):
        read_password(tmp_path / "absent.password")
