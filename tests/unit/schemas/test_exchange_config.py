"""What the entries of quipu.config make hold, for whom, and from which moment on."""

from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import exchange_config, topics
from schemas.avro.codec import Record
from schemas.errors import ConfigRefusedError
from schemas.exchange_config import ConfigHistory, ConfigView, apply
from schemas.model import NEWEST_FORM

PUBLIC = Ed25519PrivateKey.generate().public_key().public_bytes_raw()


def node(name: str = "co-ponal", **other: object) -> Record:
    return {
        "node": name,
        "country": "CO",
        "authority": "PONAL",
        "partition": 0,
        "succeeds": [],
        **other,
    }


def key(name: str = "co-ponal", revoked: bool = False) -> Record:
    return {"node": name, "key_id": f"{name}-1", "public_key": PUBLIC, "revoked": revoked}


@pytest.fixture
def config() -> ConfigHistory:
    config = ConfigHistory()
    config.add("Founding", {"notice_ms": 60_000}, 0, 1)
    config.add("Node", node(), 0, 2)
    config.add("NodeKey", key(), 0, 3)
    config.add("Founded", {}, 0, 4)
    return config


def test_founding_entries_hold_from_the_beginning_of_time(config: ConfigHistory) -> None:
    assert config.at(0).nodes["co-ponal"].country == "CO"
    assert not config.at(0).keys["co-ponal-1"].revoked


def test_an_entry_holds_from_its_effective_time_on_and_not_before(config: ConfigHistory) -> None:
    config.add("NodeKey", key(revoked=True), 100_000, 10_000)
    assert not config.at(99_999).keys["co-ponal-1"].revoked
    assert config.at(100_000).keys["co-ponal-1"].revoked


def test_less_notice_than_the_founding_says_is_refused(config: ConfigHistory) -> None:
    with pytest.raises(ConfigRefusedError, match="notice"):
        config.add("NodeKey", key(revoked=True), 69_999, 10_000)
    assert not config.newest().keys["co-ponal-1"].revoked


def test_nothing_holds_from_the_beginning_once_founded(config: ConfigHistory) -> None:
    with pytest.raises(ConfigRefusedError, match="founding"):
        config.add("Node", node("pe-pnp", country="PE"), 0, 10)


def test_founding_is_first_and_only_once(config: ConfigHistory) -> None:
    with pytest.raises(ConfigRefusedError):
        config.add("Founding", {"notice_ms": 0}, 0, 9)
    with pytest.raises(ConfigRefusedError):
        ConfigHistory().add("Node", node(), 0, 1)


def test_a_key_for_an_unknown_node_holds_for_nobody_and_spoils_nothing(
    config: ConfigHistory,
) -> None:
    before = config.newest()
    with pytest.raises(ConfigRefusedError, match="unknown node"):
        config.add("NodeKey", key("stranger"), 100_000, 10)
    assert config.newest() == before


def test_a_successor_owns_what_its_predecessors_owned(config: ConfigHistory) -> None:
    config.add("Node", node("co-ponal-2", succeeds=["co-ponal"]), 100_000, 10)
    view = config.at(100_000)
    assert view.nodes["co-ponal"].tags < view.nodes["co-ponal-2"].tags


def test_a_successor_stays_on_the_country_and_partition(config: ConfigHistory) -> None:
    with pytest.raises(ConfigRefusedError, match="succeed"):
        config.add("Node", node("co-ponal-2", succeeds=["co-ponal"], partition=1), 100_000, 10)


def test_entries_that_arrive_later_may_hold_earlier(config: ConfigHistory) -> None:
    config.add("Generation", {"number": 3, "thing_partitions": 4}, 300_000, 10)
    config.add("Generation", {"number": 2, "thing_partitions": 4}, 200_000, 20)
    assert [config.at(at).generation for at in (199_999, 200_000, 300_000)] == [1, 2, 3]


def test_an_exchange_of_a_former_release_keeps_its_names_of_topics_until_it_is_rebuilt(
    config: ConfigHistory,
) -> None:
    config.add("TopicNames", {"since_generation": 2}, 200_000, 10)
    config.add("Generation", {"number": 2, "thing_partitions": 4}, 200_000, 10)
    config.add("DerivedForm", {"form": 2, "since_generation": 3}, 300_000, 10)
    config.add("Generation", {"number": 3, "thing_partitions": 4}, 300_000, 10)
    generations = [config.at(at).generation for at in (199_999, 200_000, 300_000)]
    assert [topics.receipts(generation, "CO", "co-ponal") for generation in generations] == [
        "quipu.g1.receipts.co",
        "quipu.receipts.co.g2",
        "quipu.receipts.co.co-ponal.g3",
    ]
    assert [topics.receipt_partition(generation, 1) for generation in generations] == [1, 1, 0]
    assert [topics.worker_group(generation) for generation in generations] == [
        "quipu.g1.intake-correlate",
        "quipu.intake-correlate.g2",
        "quipu.intake-correlate.g3",
    ]


def test_the_form_of_a_generation_may_be_announced_before_or_with_it(config: ConfigHistory) -> None:
    config.add("Generation", {"number": 2, "thing_partitions": 4}, 200_000, 10)
    config.add("DerivedForm", {"form": 2, "since_generation": 2}, 200_000, 10)
    assert topics.hits(config.at(200_000).generation, "CO", "PONAL") == "quipu.hits.co.ponal.g2"
    assert topics.hits(config.at(199_999).generation, "CO", "PONAL") == "quipu.g1.hits.co"


def test_a_new_exchange_names_topics_kind_first_before_and_after_its_founding() -> None:
    config = ConfigHistory()
    assert topics.evidence(config.newest().generation) == "quipu.evidence.g1"
    config.add("Founding", {"notice_ms": 0}, 0, 1)
    config.add("DerivedForm", {"form": 2, "since_generation": 1}, 0, 1)
    config.add("Founded", {}, 0, 1)
    assert topics.evidence(config.at(5).generation) == "quipu.evidence.g1"
    config.add("Generation", {"number": 7, "thing_partitions": 4}, 10, 5)
    assert topics.evidence(config.at(10).generation) == "quipu.evidence.g7"


def test_config_says_in_how_many_partitions_a_generations_things_are(
    config: ConfigHistory,
) -> None:
    config.add("Generation", {"number": 2, "thing_partitions": 8}, 200_000, 10)
    config.add("DerivedForm", {"form": NEWEST_FORM, "since_generation": 2}, 200_000, 10)
    config.add("Generation", {"number": 3, "thing_partitions": 4}, 300_000, 10)
    generations = [config.at(at).generation for at in (199_999, 200_000, 300_000)]
    assert generations == [1, 2, 3]
    sizes = [
        {topics.kind_of(spec.name): spec.partitions for spec in topics.derived_topics(generation)}
        for generation in generations
    ]
    assert [size["observations"] for size in sizes] == [4, 8, 4]
    assert [size["evidence"] for size in sizes] == [4, 8, 4]
    assert [size["accepted"] for size in sizes] == [2, 2, 2]


def test_the_first_epoch_comes_with_the_node_later_ones_by_name(config: ConfigHistory) -> None:
    config.add("Epoch", {"node": "co-ponal", "lane": "routine", "epoch": 2}, 100_000, 10)
    assert config.at(0).approves("co-ponal", "routine", 1)
    assert not config.at(99_999).approves("co-ponal", "routine", 2)
    assert config.at(100_000).approves("co-ponal", "routine", 2)
    assert not config.at(100_000).approves("co-ponal", "urgent", 2)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), max_size=12))
def test_a_view_is_that_of_its_entries_in_order_whenever_they_came(delays: list[int]) -> None:
    def history(order: Sequence[int]) -> ConfigHistory:
        config = ConfigHistory()
        config.add("Founding", {"notice_ms": 0}, 0, 1)
        for number in order:
            config.add("Node", node("co-ponal", authority=f"A{number}"), 100 + delays[number], 2)
        return config

    came = history(range(len(delays)))
    in_order = history(sorted(range(len(delays)), key=lambda number: delays[number]))
    assert came.views() == in_order.views()


def test_an_entry_in_order_is_applied_once_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    applied: list[str] = []

    def count_applied(view: ConfigView, name: str, entry: Record, since: int) -> ConfigView:
        applied.append(name)
        return apply(view, name, entry, since)

    monkeypatch.setattr(exchange_config, "apply", count_applied)
    config = ConfigHistory()
    config.add("Founding", {"notice_ms": 0}, 0, 1)
    for number in range(200):
        config.add("Node", node(f"co-{number}"), 10 + number, 2)
    assert len(applied) == 200
