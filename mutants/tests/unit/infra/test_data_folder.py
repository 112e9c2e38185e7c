"""infra.data_folder: the data folder's format, its one owner, its ports."""

import os
import socket
import stat

import pytest

from infra import data_folder
from infra.errors import HomeError
from infra.settings import Settings


def test_a_new_folder_is_made_with_its_keys_for_nobody_else(settings: Settings) -> None:
    data_folder.prepare(settings)
    assert (settings.home / "VERSION").read_text() == f"{data_folder.FORMAT}\n"
    assert stat.S_IMODE(settings.keys_dir.stat().st_mode) == 0o700
    data_folder.prepare(settings)


def test_a_newer_folder_is_refused_and_left_alone(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "VERSION").write_text(f"{data_folder.FORMAT + 1}\n")
    with pytest.raises(HomeError) as refusal:
        data_folder.prepare(settings)
    assert refusal.value.code == "HOME_NEWER"
    assert [path.name for path in settings.home.iterdir()] == ["VERSION"]


def test_an_older_folder_without_a_way_is_refused_with_the_reason(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "VERSION").write_text("0\n")
    with pytest.raises(HomeError, match="format 0") as refusal:
        data_folder.prepare(settings)
    assert refusal.value.code == "HOME_OLDER"


def test_an_older_folder_with_a_way_is_migrated(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.home.mkdir()
    (settings.home / "VERSION").write_text("0\n")
    monkeypatch.setattr(
        data_folder, "MIGRATIONS", {0: lambda folder: (folder / "migrated").touch()}
    )
    data_folder.prepare(settings)
    assert (settings.home / "migrated").exists()
    assert (settings.home / "VERSION").read_text() == f"{data_folder.FORMAT}\n"


def test_a_folder_with_something_else_in_it_is_not_taken(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "thesis.odt").touch()
    with pytest.raises(HomeError, match=r"thesis\.odt"):
        data_folder.prepare(settings)


def test_keys_and_nodes_made_before_the_first_start_are_taken_over(settings: Settings) -> None:
    settings.keys_dir.mkdir(parents=True)
    settings.node_dir("co-ponal").mkdir(parents=True)
    (settings.home / "quipu.toml").write_text('lang = "en"\n')
    data_folder.prepare(settings)
    assert (settings.home / "VERSION").exists()


def test_a_second_owner_is_refused_and_told_the_pid_of_the_first(settings: Settings) -> None:
    with data_folder.exclusive_use(settings):
        data_folder.write_atomically(settings.run_dir / "up.json", f'{{"pid": {os.getpid()}}}')
        with pytest.raises(HomeError, match=str(os.getpid())), data_folder.exclusive_use(settings):
            pass
    with data_folder.exclusive_use(settings):
        pass


def test_ports_are_kept_while_they_are_free_and_replaced_when_taken(settings: Settings) -> None:
    data_folder.prepare(settings)
    first = data_folder.choose_ports(settings)
    assert data_folder.choose_ports(settings) == first
    assert len({first.kafka, first.kafka_controller, first.clickhouse, first.api}) == 4
    with socket.socket() as other:
        other.bind(("127.0.0.1", first.api))
        other.listen()
        second = data_folder.choose_ports(settings)
    assert second.api != first.api
    assert second.kafka == first.kafka
