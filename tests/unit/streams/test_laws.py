"""The laws of the pure core, on made-up histories: order, doubles, interleaving and replay do not
matter; what is erased is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.avro.codec import Record
from schemas.model import MOST_THING_PARTITIONS, THING_PARTITIONS, Message, sized_generation
from streams.intake.parsed_bundle import parse_bundles
from streams.rules import RuleHistory
from tests.support.effort import examples
from tests.support.pipeline import Pipeline
from tests.support.signed_bundles import (
    MECHANISM_READER,
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    control,
    ecuador,
    partitions,
    peru,
    seizure,
    weapon,
)

SERIALS = ("ABC12345", "abc-12345", "ABC1234?", "ABD12345")
CALIBRES = ("9 mm", "7.62", "7.62x39", "7.62x51", None)
STATUSES = ("REGISTERED", "EXPORTED", "IMPORTED", "STOLEN", "SEIZED")
FATES = ("", "", "corrected", "corrected twice", "retracted", "erased")
LAW = settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Story:
    """What one node says of one of its records over time: versions, and how it ended."""

    node: int
    items: tuple[Item, ...]
    fate: str


@st.composite
def stories(draw: st.DrawFn, fates: tuple[str, ...] = FATES) -> list[Story]:
    """A history of up to ten records by three nodes."""
    return [_story(draw, number, fates) for number in range(draw(st.integers(1, 10)))]


def _story(draw: st.DrawFn, number: int, fates: tuple[str, ...]) -> Story:
    fate = draw(st.sampled_from(fates))
    versions = [_record(draw, number, 0, None)]
    for revision in range(
        {"corrected": 1, "corrected twice": 2}.get(fate, draw(st.integers(0, 1)))
    ):
        versions.append(_record(draw, number, revision + 1, versions[-1]))
    return Story(draw(st.integers(0, 2)), tuple(versions), fate)


def _record(draw: st.DrawFn, number: int, revision: int, before: Item | None) -> Item:
    serial, calibre = draw(st.sampled_from(SERIALS)), draw(st.sampled_from(CALIBRES))
    same_type = (
        before.type
        if before
        else draw(st.sampled_from(["weapon_record", "weapon_record", "seizure"]))
    )
    envelope = {
        "case_reference": f"revision {revision}"
    }  # so that a correction always says something else
    if same_type == "seizure":
        return seizure(str(number), [serial], calibre=calibre, envelope=envelope, supersedes=before)
    return weapon(
        str(number),
        draw(st.sampled_from(STATUSES)),
        serial,
        calibre=calibre,
        envelope=envelope,
        supersedes=before,
    )


def nodes() -> list[Node]:
    return [colombia(), ecuador(), peru()]


def publish(pairs: list[tuple[int, Item]], cut: Random) -> ExchangeBuilder:
    """Seals what each node says in its order, in bundles of one to four, the nodes' bundles
    interleaved at random.
    """
    world = ExchangeBuilder(*nodes())
    waiting = {number: [item for node, item in pairs if node == number] for number in range(3)}
    while any(waiting.values()):
        number = cut.choice([number for number, items in waiting.items() if items])
        size = cut.randint(1, 4)
        world.publish(list(world.nodes.values())[number], *waiting[number][:size])
        del waiting[number][:size]
    return world


def published_items(history: list[Story]) -> list[tuple[int, Item]]:
    """Everything that is said, each story in its order, endings last."""
    versions = [(story.node, item) for story in history for item in story.items]
    return versions + [(story.node, ending) for story in history for ending in endings(story)]


def endings(story: Story) -> list[Item]:
    type_ = {"retracted": "retraction", "erased": "erasure"}.get(story.fate)
    return [control(type_, f"end of {story.items[0].reference}", target(story))] if type_ else []


def target(story: Story) -> bytes:
    return nodes()[story.node].id_of(story.items[0])


def indicators(pipeline: Pipeline, as_of: int | None = None) -> list[object]:
    """What is shown, positions and recorded times apart."""
    return [
        (
            indicator.id,
            indicator.status,
            indicator.members,
            indicator.pairs,
            indicator.score,
            indicator.marking,
            indicator.explanation,
            {
                (
                    member.row.event_id,
                    member.row.role,
                    member.row.country,
                    member.label,
                    tuple(sorted(member.row.traits.items())),
                )
                for member in indicator.evidence
            },
        )
        for indicator in pipeline.indicators(MECHANISM_READER, as_of)
    ]


def evidence(pipeline: Pipeline) -> list[str]:
    """Every row that a store would hold, comparable."""
    return sorted(repr(row) for row in pipeline.evidence())


@LAW
@given(stories(), st.randoms(use_true_random=False), st.booleans())
def test_the_same_records_in_any_order_interleaving_or_doubled_end_in_the_same_indicators(
    history: list[Story], chance: Random, doubled: bool
) -> None:
    pairs = published_items(history)
    shuffled = [*pairs, *pairs] if doubled else list(pairs)
    chance.shuffle(shuffled)
    assert indicators(publish(pairs, Random(0)).run()) == indicators(
        publish(shuffled, chance).run()
    )


def hear(world: ExchangeBuilder, chance: Random) -> Pipeline:
    """The log's partitions interleaved at random, in batches; now and then a batch is sent, its
    state is lost, and it comes again.
    """
    line = world.pipeline()
    rest = {index: list(messages) for index, messages in enumerate(partitions(world.log))}
    while any(rest.values()):
        index = chance.choice([index for index, messages in rest.items() if messages])
        batch = rest[index][: chance.randint(1, 3)]
        if chance.random() < 0.3:
            lose(line, batch, world)
        line.take(batch, world.key_lists)
        del rest[index][: len(batch)]
        if chance.random() < 0.5:
            correlate(line, chance)
    for partition in range(THING_PARTITIONS):
        line.correlate(line.observations(partition))
    return line


def lose(pipeline: Pipeline, batch: list[Message], world: ExchangeBuilder) -> None:
    """The worker dies between sending and writing its state."""
    memory = pipeline.memory(batch[0].topic, batch[0].partition)
    pipeline.write(
        pipeline.intake.fold(
            parse_bundles(batch), memory.get, memory.scan, world.config, world.key_lists
        ).outputs
    )


def correlate(pipeline: Pipeline, chance: Random) -> None:
    """Observations of one partition from any earlier point up to any later, sometimes with the
    state lost after sending.
    """
    messages = pipeline.observations(chance.randrange(THING_PARTITIONS))
    received = pipeline.__dict__.setdefault("heard", {})
    if not messages:
        return
    partition = messages[0].partition
    until = chance.randint(received.get(partition, 0), len(messages))
    since = chance.randint(0, received.get(partition, 0))
    if chance.random() < 0.3 and messages[since:until]:
        memory = pipeline.memory(messages[0].topic, partition)
        pipeline.write(
            pipeline.things.fold(
                messages[since:until], memory.get, memory.scan, RuleHistory.of_book(pipeline.book)
            ).outputs
        )
    pipeline.correlate(messages[since:until])
    received[partition] = max(until, received.get(partition, 0))


@LAW
@given(stories(), st.randoms(use_true_random=False))
def test_one_log_gives_one_table_of_evidence_however_its_partitions_interleave_and_replay(
    history: list[Story], chance: Random
) -> None:
    pairs = published_items(history)
    chance.shuffle(pairs)
    world = publish(pairs, chance)
    assert evidence(hear(world, chance)) == evidence(world.run())


@LAW
@given(stories(), st.integers(1, MOST_THING_PARTITIONS))
def test_any_number_of_partitions_gives_the_same_evidence(
    history: list[Story], partitions: int
) -> None:
    world = publish(published_items(history), Random(0))
    assert evidence(world.run(sized_generation(1, partitions))) == evidence(world.run())


@LAW
@given(stories(("", "corrected", "retracted")), st.randoms(use_true_random=False))
def test_retracted_is_never_seen_as_of_now(history: list[Story], chance: Random) -> None:
    pairs = published_items(history)
    chance.shuffle(pairs)
    unheard = [
        (node, item)
        for node, item in pairs
        if not any(_belongs(story, node, item) for story in history if story.fate == "retracted")
    ]
    assert indicators(publish(pairs, chance).run()) == indicators(publish(unheard, Random(1)).run())


def _belongs(story: Story, node: int, item: Item) -> bool:
    return node == story.node and (item in story.items or item in endings(story))


@LAW
@given(
    stories(("", "corrected", "corrected twice", "retracted")),
    st.randoms(use_true_random=False),
    st.data(),
)
def test_the_past_is_what_was_known_then(
    history: list[Story], chance: Random, data: st.DataObject
) -> None:
    pairs = published_items(history)
    chance.shuffle(pairs)
    world = publish(pairs, chance)
    known = data.draw(st.integers(0, len(world.log)))
    whole, then = world.run(), world.pipeline()
    for message in world.log[:known]:
        then.take([message], world.key_lists)
    then.correlate_all()
    moment = world.log[known - 1].appended_at if known else 0
    assert indicators(whole, moment) == indicators(then)


@LAW
@given(stories(), st.randoms(use_true_random=False))
def test_after_an_erasure_a_rebuild_without_the_keys_ends_in_the_same_rows(
    history: list[Story], chance: Random
) -> None:
    pairs = published_items(history)
    chance.shuffle(pairs)
    world = publish(pairs, chance)
    before = hear(world, chance)
    erased = {target(story) for story in history if story.fate == "erased"}
    forget(world, before, erased)
    after = world.run()
    assert evidence(after) == evidence(before)
    assert verdicts(after) == verdicts(before)
    assert not any(row.event_id in erased for row in after.evidence())


def forget(world: ExchangeBuilder, pipeline: Pipeline, erased: set[bytes]) -> None:
    """Every owner takes the keys of its erased events out of its key lists, leaving the verdicts
    that it was told.
    """
    for record in pipeline.records("accepted"):
        node = world.nodes[record["cord"]["node"]]
        cord = next(cord for cord, _ in world.key_lists if cord.node == node.name)
        for item in record["items"]:
            if item["id"] in erased:
                world.forget_keys(
                    node, cord, record["sequence"], item["index"], verdict=item["verdict"]
                )


def verdicts(pipeline: Pipeline) -> list[str]:
    records: list[Record] = pipeline.records("accepted")
    return sorted({repr(record) for record in records})


@LAW
@given(stories(), st.randoms(use_true_random=False))
def test_everything_sealed_gets_exactly_one_verdict(history: list[Story], chance: Random) -> None:
    pairs = published_items(history)
    chance.shuffle(pairs)
    world = publish([*pairs, *pairs], chance)
    line = world.run()
    items = [item for record in line.records("accepted") for item in record["items"]]
    assert len(items) == 2 * len(pairs)
    assert sum(item["verdict"] == "accepted" for item in items) == len(pairs)
    assert sum(item["verdict"] == "duplicate" for item in items) == len(pairs)
