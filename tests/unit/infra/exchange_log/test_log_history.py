"""What was remembered of a topic, against what it is now."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.errors import HistoryLostError
from infra.exchange_log import history_files
from infra.exchange_log.log_history import (
    HistoryLoss,
    LossKind,
    PartitionBounds,
    PartitionHead,
    PartitionReading,
    TopicIdentity,
    TopicRecord,
    bounds_losses,
    content_losses,
    identity_losses,
)
from infra.settings import Settings
from schemas.checkpoint.merkle import leaf_hash, root_of

TOPIC = "quipu.bundles.co"
HERE = TopicIdentity("cluster", "id-1")
MESSAGES = st.lists(st.binary(max_size=3), max_size=12)


def head_of(messages: Sequence[bytes]) -> PartitionHead:
    return PartitionHead(len(messages), root_of(map(leaf_hash, messages)))


def reading_of(messages: Sequence[bytes], former: PartitionHead | None) -> PartitionReading:
    """What a reader of these messages finds who remembers `former`."""
    reaches = former is not None and former.size <= len(messages)
    then = head_of(messages[: former.size]).root if former and reaches else None
    return PartitionReading(head_of(messages), then, len(messages))


def losses_of(former: Sequence[bytes], now: Sequence[bytes]) -> list[LossKind]:
    head = head_of(former)
    record = TopicRecord(HERE, (head,))
    return [loss.kind for loss in content_losses(TOPIC, record, [reading_of(now, head)])]


@given(MESSAGES, MESSAGES)
def test_a_log_that_only_grew_lost_nothing(former: list[bytes], more: list[bytes]) -> None:
    assert losses_of(former, [*former, *more]) == []


@given(MESSAGES, MESSAGES)
def test_every_other_history_is_a_loss(former: list[bytes], now: list[bytes]) -> None:
    assert bool(losses_of(former, now)) == (now[: len(former)] != former)


@given(MESSAGES.filter(bool), st.data())
def test_a_cut_tail_shows_without_reading(former: list[bytes], data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(former) - 1))
    record = TopicRecord(HERE, (head_of(former),))
    (loss,) = bounds_losses(TOPIC, record, [PartitionBounds(0, end)])
    assert loss.kind == (LossKind.CUT if end else LossKind.EMPTIED)
    assert (loss.remembered, loss.present, loss.place) == (len(former), end, f"{TOPIC}/0")
    assert bounds_losses(TOPIC, record, [PartitionBounds(0, len(former))]) == []


@given(st.integers(1, 9), st.integers(0, 9))
def test_an_end_is_remembered_without_reading(former: int, now: int) -> None:
    record = TopicRecord(HERE, (), (former,))
    losses = bounds_losses(TOPIC, record, [PartitionBounds(0, now)])
    kind = LossKind.CUT if now else LossKind.EMPTIED
    assert [loss.kind for loss in losses] == ([kind] if now < former else [])
    contents = content_losses(TOPIC, record, [PartitionReading(head_of([b""] * now), None, now)])
    assert contents == losses


def test_a_deleted_beginning_shows_even_where_nothing_is_remembered() -> None:
    (loss,) = bounds_losses(TOPIC, None, [PartitionBounds(3, 5)])
    assert loss.kind == LossKind.BEGINNING_GONE
    accepted = TopicRecord(HERE, (PartitionHead(2, b"root", first=3),))
    assert bounds_losses(TOPIC, accepted, [PartitionBounds(3, 5)]) == []
    assert bounds_losses(TOPIC, accepted, [PartitionBounds(4, 7)])


@pytest.mark.parametrize(
    ("record", "present", "is_expected", "kind"),
    [
        (None, None, True, LossKind.MISSING),
        (None, None, False, None),
        (None, HERE, True, None),
        (TopicRecord(HERE), None, False, LossKind.MISSING),
        (TopicRecord(HERE), HERE, False, None),
        (TopicRecord(HERE), TopicIdentity("other", "id-1"), False, LossKind.OTHER_CLUSTER),
        (TopicRecord(HERE), TopicIdentity("cluster", "id-2"), False, LossKind.REMADE),
        (TopicRecord(None), None, True, None),
        (TopicRecord(None), HERE, True, None),
    ],
)
def test_a_topic_is_who_it_was(
    record: TopicRecord | None,
    present: TopicIdentity | None,
    is_expected: bool,
    kind: LossKind | None,
) -> None:
    losses = identity_losses(TOPIC, record, present, is_expected=is_expected)
    assert [loss.kind for loss in losses] == ([kind] if kind else [])


def test_a_record_is_replaced_only_by_who_knew_it(settings: Settings) -> None:
    first, second = (TopicRecord(HERE, (head_of([b"a"] * size),), (size,)) for size in (1, 2))
    assert history_files.remember(settings, TOPIC, None, first)
    assert not history_files.remember(settings, TOPIC, None, second), "another knew something"
    assert history_files.remember(settings, TOPIC, first, second)
    assert history_files.load_records(settings) == {TOPIC: second}


def test_a_broken_record_is_not_taken_for_none(settings: Settings) -> None:
    history_files.remember(settings, TOPIC, None, TopicRecord(HERE))
    (settings.checkpoints_dir / f"{TOPIC}.json").write_text("{}")
    with pytest.raises(HistoryLostError) as error:
        history_files.load_records(settings)
    assert error.value.code == "CHECKPOINT_UNREADABLE"


def test_notes_of_accepted_losses_are_only_added_to(settings: Settings) -> None:
    loss = HistoryLoss(TOPIC, None, LossKind.MISSING, 4)
    for reason in ("fire", "water"):
        history_files.note_accepted_loss(settings, TOPIC, [loss], reason)
    path = settings.checkpoints_dir / "accepted-losses.jsonl"
    assert path.stat().st_mode & 0o777 == 0o600
    notes = [json.loads(line) for line in path.read_text().splitlines()]
    assert [note["reason"] for note in notes] == ["fire", "water"]
    assert notes[0]["losses"][0]["kind"] == "missing"


@pytest.mark.parametrize("kind", LossKind)
def test_every_loss_has_words_in_both_languages(kind: LossKind) -> None:
    texts = {HistoryLoss(TOPIC, 0, kind, 3, 1).text.in_language(lang) for lang in ("es", "en")}
    assert len(texts) == 2
