"""`quipu demo` deletes nothing that is in use or not its own (finding H1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.data_folder import exclusive_use, prepare
from infra.errors import HomeError
from infra.settings import Settings
from producers.scenario.demo import demo
from producers.scenario.files.national import NODES


def files(settings: Settings) -> set[Path]:
    return {path for path in settings.home.rglob("*") if path.is_file()}


@pytest.fixture
def former(settings: Settings) -> Settings:
    """The folder of a demo that has ended."""
    demo.forget(settings)
    prepare(settings)
    (settings.kafka_dir / "log").write_text("messages")
    settings.node_dir(NODES[0].name).mkdir(parents=True)
    (settings.node_dir(NODES[0].name) / "outbox.db").write_text("rows")
    return settings


def test_the_folder_of_an_earlier_demo_is_emptied(former: Settings) -> None:
    demo.forget(former)
    assert {path.name for path in files(former)} == {"demo", "lock"}


def test_a_folder_in_use_is_left_alone(former: Settings) -> None:
    before = files(former)
    with exclusive_use(former), pytest.raises(HomeError) as error:
        demo.forget(former)
    assert error.value.code == "HOME_IN_USE"
    assert before <= files(former)


def test_a_folder_with_nodes_of_somebody_is_left_alone(former: Settings) -> None:
    former.node_dir("co-aduana-real").mkdir()
    before = files(former)
    with pytest.raises(HomeError, match="co-aduana-real") as error:
        demo.forget(former)
    assert error.value.code == "DEMO_HAS_NODES"
    assert files(former) == before


def test_a_folder_that_is_no_demos_is_left_alone(settings: Settings) -> None:
    prepare(settings)
    before = files(settings)
    with pytest.raises(HomeError) as error:
        demo.forget(settings)
    assert error.value.code == "HOME_FOREIGN"
    assert files(settings) == before


def test_a_link_in_the_folder_is_removed_and_not_followed(former: Settings, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("mine")
    (former.home / "link").symlink_to(precious)
    demo.forget(former)
    assert (precious / "file").read_text() == "mine"
