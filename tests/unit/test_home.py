"""infra.home: the data folder's format, its one owner, its ports."""

import os
import socket
import stat

import pytest

from infra import home
from infra.errors import HomeError
from infra.settings import Settings


def test_a_new_folder_is_made_with_its_keys_for_nobody_else(settings: Settings) -> None:
    home.prepare(settings)
    assert (settings.home / "VERSION").read_text() == f"{home.FORMAT}\n"
    assert stat.S_IMODE(settings.keys_dir.stat().st_mode) == 0o700
    home.prepare(settings)


def test_a_newer_folder_is_refused_and_left_alone(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "VERSION").write_text(f"{home.FORMAT + 1}\n")
    with pytest.raises(HomeError) as refusal:
        home.prepare(settings)
    assert refusal.value.code == "HOME_NEWER"
    assert [path.name for path in settings.home.iterdir()] == ["VERSION"]


def test_an_older_folder_without_a_way_is_refused_with_the_reason(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "VERSION").write_text("0\n")
    with pytest.raises(HomeError, match="format 0") as refusal:
        home.prepare(settings)
    assert refusal.value.code == "HOME_OLDER"


def test_an_older_folder_with_a_way_is_migrated(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.home.mkdir()
    (settings.home / "VERSION").write_text("0\n")
    monkeypatch.setattr(home, "MIGRATIONS", {0: lambda folder: (folder / "migrated").touch()})
    home.prepare(settings)
    assert (settings.home / "migrated").exists()
    assert (settings.home / "VERSION").read_text() == f"{home.FORMAT}\n"


def test_a_folder_with_something_else_in_it_is_not_taken(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "thesis.odt").touch()
    with pytest.raises(HomeError, match=r"thesis\.odt"):
        home.prepare(settings)


def test_keys_and_nodes_made_before_the_first_start_are_taken_over(settings: Settings) -> None:
    settings.keys_dir.mkdir(parents=True)
    settings.node_dir("co-ponal").mkdir(parents=True)
    (settings.home / "quipu.toml").write_text('lang = "en"\n')
    home.prepare(settings)
    assert (settings.home / "VERSION").exists()


def test_a_second_owner_is_refused_and_told_the_pid_of_the_first(settings: Settings) -> None:
    with home.owned(settings):
        home.write_atomically(settings.run_dir / "up.json", f'{{"pid": {os.getpid()}}}')
        with pytest.raises(HomeError, match=str(os.getpid())), home.owned(settings):
            pass
    with home.owned(settings):
        pass


def test_ports_are_kept_while_they_are_free_and_replaced_when_taken(settings: Settings) -> None:
    home.prepare(settings)
    first = home.choose_ports(settings)
    assert home.choose_ports(settings) == first
    assert len({first.kafka, first.kafka_controller, first.clickhouse, first.api}) == 4
    with socket.socket() as other:
        other.bind(("127.0.0.1", first.api))
        other.listen()
        second = home.choose_ports(settings)
    assert second.api != first.api
    assert second.kafka == first.kafka
