"""Health asks only for what somebody must do: causes first, no false alarm, nothing hidden."""

from __future__ import annotations

import signal
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition

from consumers.health.acknowledgements import acknowledge, make_acknowledgements
from consumers.health.causes import fold_consequences
from consumers.health.evaluate import Diagnosis, evaluate
from consumers.health.facts import (
    Facts,
    KafkaStatus,
    NodeStatus,
    OutboxStatus,
    ProcessEnd,
    StageStatus,
    Unavailable,
)
from consumers.health.finding_memory import MOST_EPISODES, FindingMemory
from consumers.health.findings import Finding, FindingKey
from consumers.health.kafka_probe import waiting_messages
from consumers.health.mended_bundles import (
    BundleIdentity,
    RejectedBundle,
    TakenBundle,
    count_mended,
)
from consumers.health.node_statuses import node_statuses
from consumers.health.remedies import REMEDIES
from consumers.health.state_files import (
    add_acknowledgements,
    end_acknowledgements,
    read_acknowledgements,
    read_former_memory,
    read_memory,
    write_memory,
)
from consumers.health.store_probe import CordProgress, TableCounts
from consumers.health.terminal import HealthScreen
from consumers.health.thresholds import Degree
from infra.settings import Settings
from schemas.exchange_config import ConfigView
from schemas.exchange_config import Node as ConfigNode
from schemas.i18n import _
from tests.unit.consumers.health.test_health import NOW, good, process, with_kafka, with_node

WATCHED = FindingMemory()
MINUTE = 60_000


def ended(*ago_s: float, cause: str = "signal", recovered_s: float | None = 16.0) -> Facts:
    """A worker that ended so many seconds ago, each time by SIGKILL."""
    ends = [ProcessEnd(NOW - int(ago * 1000), cause, -signal.SIGKILL, recovered_s) for ago in ago_s]
    worker = process("worker-1", restarts=len(ends), up_s=ago_s[-1] - 1, ends=ends)
    return replace(good(), processes=[worker])


def kafka_away(is_late: bool = False) -> Facts:
    """Kafka does not answer, and all that follows from it shows."""
    waiting = OutboxStatus(3, NOW - 400_000, 3, NOW - 4_000_000, 0, 0)
    facts = with_node(outbox=waiting)
    silent = process("sink", still_s=45.0)
    starting = process(
        "worker-1", alive=False, pid=None, ends=[ProcessEnd(NOW - 90_000, "exit", 1)]
    )
    return replace(facts, kafka=Unavailable("no answer", is_late), processes=[silent, starting])


def only(health: Diagnosis) -> Finding:
    (finding,) = health.findings
    return finding


def test_a_canary_that_ended_is_no_fault_and_one_that_is_kept_is() -> None:
    view = ConfigView(nodes={"co-x": ConfigNode("co-x", "CO", "A", 0, frozenset())})
    counts = TableCounts(
        {"co-x/routine/1": CordProgress("co-x/routine/1", 4, 3, NOW - 180_000)},
        [], {}, {}, [], {"co-x": 5.0}, [],
    )  # fmt: skip
    for canary_node, degree in ((None, Degree.GOOD), ("co-x", Degree.ACT_NOW)):
        nodes = node_statuses(view, counts, {}, canary_node)
        assert not isinstance(nodes, Unavailable)
        assert evaluate(replace(good(), nodes=nodes)).degree == degree


def test_a_rejection_that_was_mended_is_told_and_one_that_was_not_alarms_with_its_own_remedy() -> (
    None
):
    mended = only(evaluate(with_node(mended=39)))
    assert (mended.degree, mended.kind) == (Degree.INFORMED, "mended")
    alarm = only(evaluate(with_node(codes={"KEY_REVOKED": 2}, rejected_at={"KEY_REVOKED": 7})))
    assert (alarm.degree, alarm.item, alarm.cause) == (Degree.ACT_NOW, "KEY_REVOKED", "7")
    assert "node rotate" in str(alarm.remedy)
    assert "node rotate" not in str(only(evaluate(with_node(codes={"FORK": 1}))).remedy)


def test_only_the_very_events_of_a_rejected_bundle_mend_it_and_only_later() -> None:
    bundle = RejectedBundle("quipu.bundles.co", 0, 5, "co-x", "KEY_REVOKED", 1000)
    identities = {bundle.place: BundleIdentity("co-x/routine/1", 7, frozenset({b"a", b"b"}))}
    events, other = frozenset({b"a", b"b", b"c"}), frozenset({b"z"})
    number = ("co-x/routine/1", 7)
    cases = [
        ({number: TakenBundle(events, 1001)}, 1),
        ({number: TakenBundle(other, 1001)}, 0),  # the node went on; a thief's bundle did not
        ({number: TakenBundle(events, 999)}, 0),  # a copy of what was taken before
        ({("co-x/routine/1", 8): TakenBundle(events, 1001)}, 0),
        ({}, 0),
    ]
    for taken, count in cases:
        assert count_mended([bundle], identities, taken).total() == count
    assert not count_mended([bundle], {}, {number: TakenBundle(events, 1001)})


def test_a_restart_that_healed_is_told_with_its_signal_and_asks_for_nothing() -> None:
    finding = only(evaluate(ended(23)))
    assert (finding.degree, finding.degree.exit_code, finding.kind) == (
        Degree.INFORMED,
        0,
        "young_s",
    )
    text = str(finding.message)
    assert "worker-1: signal SIGKILL, 23 s ago; it works again after 16 s" in text
    assert "Nothing to do" in str(finding.remedy)
    assert finding.since_at == NOW - 23_000
    assert "restarted it once" in str(finding.tried)
    assert evaluate(ended(601)).findings == []


def test_ends_that_go_on_are_graver_and_the_reason_is_in_the_remedy() -> None:
    cases = [
        (ended(300, 200, 23), Degree.WATCH, "killed"),
        (ended(300, 200, 23, cause="memory"), Degree.WATCH, "memory"),
        (ended(300, 200, 23, cause="stuck"), Degree.WATCH, "ends"),
        (ended(500, 400, 300, 200, 100, 23), Degree.ACT_NOW, "killed"),
        (ended(23, recovered_s=None), Degree.WATCH, "killed"),  # just starting
        (ended(90, recovered_s=None), Degree.ACT_NOW, "killed"),
    ]
    for facts, degree, kind in cases:
        finding = only(evaluate(facts))
        assert (finding.degree, finding.kind) == (degree, kind)
    memory = only(evaluate(ended(300, 200, 23, cause="memory")))
    assert "out of memory" in str(memory.message)
    assert "memory" in str(memory.remedy)
    stuck = only(evaluate(ended(300, 200, 23, cause="stuck")))
    assert "quipu logs worker-1" in str(stuck.remedy)
    assert not [text for text in REMEDIES.values() if "<process>" in text.msgid]


def test_the_cause_comes_first_and_what_follows_from_it_is_folded() -> None:
    health = evaluate(kafka_away())
    finding = only(health)
    assert (finding.subject, finding.degree) == ("kafka", Degree.ACT_NOW)
    assert {item.subject for item in finding.consequences} == {
        "process/sink",
        "process/worker-1",
        "node/co-institucion-00",
    }
    assert health.degree_of("process/sink") == Degree.WATCH
    lines = HealthScreen(kafka_away(), health, "es", colour=False).lines()
    assert any("De esto se sigue: " in line for line in lines)
    stages = [line for line in lines if "atraso no se conoce" in line]
    assert [line[:2] for line in stages] == ["? "] * 4


def test_a_process_that_ends_by_itself_is_the_cause_of_the_lag_of_its_stage() -> None:
    stages = [StageStatus("sink", 0, 9, 400.0), StageStatus("intake", 1, 0, 0.0)]
    down = process("sink", alive=False, pid=None)
    finding = only(evaluate(replace(with_kafka(stages=stages), processes=[down])))
    assert (finding.subject, finding.degree) == ("process/sink", Degree.ACT_NOW)
    assert {item.kind for item in finding.consequences} == {"nobody", "lag_s"}


def test_a_lag_is_never_guessed_and_what_left_unread_is_told() -> None:
    unknown = with_kafka(stages=[StageStatus("intake", 1, 10, None)])
    assert only(evaluate(unknown)).degree == Degree.INFORMED
    since = evaluate(unknown, WATCHED).findings
    later = WATCHED.after(since, NOW - 2 * MINUTE)
    assert only(evaluate(unknown, later)).degree == Degree.WATCH
    screen = HealthScreen(unknown, evaluate(unknown), "en", colour=False).lines()
    assert "lag 10 · ?" in next(line for line in screen if "intake" in line)
    lost = only(evaluate(with_kafka(stages=[StageStatus("sink", 1, 0, 0.0, lost=4)])))
    assert (lost.degree, lost.kind) == (Degree.ACT_NOW, "lost")
    assert "quipu rebuild" in str(lost.remedy)


@given(
    begin=st.integers(0, 50),
    length=st.integers(0, 50),
    done=st.one_of(st.none(), st.integers(0, 100)),
)
def test_the_lag_begins_at_the_first_message_that_is_left_and_not_committed(
    begin: int, length: int, done: int | None
) -> None:
    at, other = TopicPartition("quipu.bundles.co", 0), TopicPartition("quipu.keys.co", 0)
    committed = {} if done is None else {at: min(done, begin + length)}
    waiting = waiting_messages(
        {at: begin, other: 0}, {at: begin + length, other: 9}, committed, ["quipu.bundles.co"]
    )
    unread = set(range(committed.get(at, 0), begin + length))
    left = {offset for offset in unread if offset >= begin}
    assert (waiting.messages, waiting.lost) == (len(left), len(unread - left))
    assert waiting.starts == ({at: min(left)} if left else {})


def test_an_engine_that_is_late_for_a_moment_is_watched_and_one_that_stays_away_alarms() -> None:
    late = kafka_away(is_late=True)
    assert evaluate(late, WATCHED).degree == Degree.WATCH
    finding = replace(only(evaluate(late, WATCHED)), since_at=None)
    for seconds, degree in ((10, Degree.WATCH), (16, Degree.ACT_NOW)):
        memory = WATCHED.after([finding], NOW - seconds * 1000)
        assert evaluate(late, memory).degree == degree
    assert evaluate(late).degree == Degree.ACT_NOW, "nobody watched: it may last for long"
    assert evaluate(kafka_away(), WATCHED).degree == Degree.ACT_NOW


KINDS = ["kafka_away", "lag_s", "alarm", "down", "unsent_s", "canary_s", "broken_tree", "still_s"]
SUBJECTS = ["kafka", "stage/sink", "process/sink", "process/kafka", "node/n", "canary/n", "store"]
FINDINGS = st.lists(
    st.builds(
        lambda degree, subject, kind, item, cause: Finding(
            degree, subject, kind, _("x"), _("y"), item, cause
        ),
        st.sampled_from([Degree.INFORMED, Degree.WATCH, Degree.ACT_NOW]),
        st.sampled_from(SUBJECTS),
        st.sampled_from(KINDS),
        st.sampled_from(["", "1"]),
        st.sampled_from(["", "c"]),
    ),
    max_size=8,
    unique_by=lambda finding: finding.key,
)


@given(findings=FINDINGS)
def test_folding_loses_no_finding_and_never_folds_an_alarm(findings: list[Finding]) -> None:
    roots = fold_consequences(findings)
    shown = [finding.key for root in roots for finding in (root, *root.consequences)]
    assert sorted(shown) == sorted(finding.key for finding in findings)
    folded = [finding for root in roots for finding in root.consequences]
    assert not [finding for finding in folded if finding.kind in ("alarm", "broken_tree")]
    degrees = {finding.key: finding.degree for finding in findings}
    assert all(root.degree >= degrees[root.key] for root in roots)


@given(known=FINDINGS, present=FINDINGS, later=st.integers(0, 2000))
def test_an_acknowledgement_lowers_only_what_was_known_and_only_for_its_time(
    known: list[Finding], present: list[Finding], later: int
) -> None:
    entries = make_acknowledgements(known, "ana", "planned", NOW, NOW + 1000)
    judged = acknowledge(present, entries, NOW + later)
    former = {finding.key: finding for finding in known}
    assert {finding.key for finding in judged} == {finding.key for finding in present}
    degrees = {finding.key: finding.degree for finding in present}
    for finding in judged:
        same = former.get(finding.key)
        is_known = (
            same is not None
            and same.cause == finding.cause
            and degrees[finding.key] <= same.degree
            and later < 1000
        )
        expected = Degree.INFORMED if is_known else degrees[finding.key]
        assert finding.degree == expected
        assert (finding.acknowledged is not None) == is_known


def test_a_finding_that_was_acknowledged_comes_back_with_its_time_and_with_a_new_reject() -> None:
    facts = with_node(codes={"FORK": 1}, rejected_at={"FORK": 7})
    entries = make_acknowledgements(
        evaluate(facts).findings, "ana", "their laboratory", NOW, NOW + 1000
    )
    known = evaluate(facts, WATCHED, entries)
    assert known.degree == Degree.INFORMED
    lines = HealthScreen(facts, known, "en", colour=False).lines()
    assert any("ana knows it until" in line and "their laboratory" in line for line in lines)
    newer = with_node(codes={"FORK": 2}, rejected_at={"FORK": 8})
    assert evaluate(newer, WATCHED, entries).degree == Degree.ACT_NOW
    assert evaluate(replace(facts, at=NOW + 1000), WATCHED, entries).degree == Degree.ACT_NOW


def test_what_lasts_is_dated_from_its_first_sight_and_what_ended_is_kept_for_a_week() -> None:
    finding = only(evaluate(with_kafka(answer_s=2.0), WATCHED))
    assert finding.since_at is None
    memory = WATCHED.after([finding], NOW).after([finding], NOW + MINUTE)
    assert memory.since(FindingKey("kafka", "kafka_s", "")) == NOW
    over = memory.after([], NOW + 2 * MINUTE)
    (episode,) = over.ended
    assert (episode.since_at, episode.until_at) == (NOW, NOW + 2 * MINUTE)
    assert over.after([], NOW + 8 * 86_400_000).ended == []
    for number in range(MOST_EPISODES + 5):
        over = over.after([replace(finding, item=str(number))], NOW + number)
    assert len(over.ended) == MOST_EPISODES


def test_memory_and_acknowledgements_outlive_the_process_and_a_damaged_file_counts_as_empty(
    tmp_path: Path,
) -> None:
    settings = Settings(home=tmp_path)
    findings = evaluate(kafka_away()).findings
    write_memory(settings, WATCHED.after(findings, NOW), NOW)
    memory = read_memory(settings, NOW + MINUTE)
    assert only(evaluate(kafka_away(), memory)).since_at == NOW
    assert not read_memory(settings, NOW + 3 * MINUTE).is_kept, "nobody watched meanwhile"
    after_pause = read_former_memory(settings, NOW + 3 * MINUTE)
    assert [(item.since_at, item.until_at) for item in after_pause.ended] == [(NOW, NOW)]

    entries = make_acknowledgements(findings, "ana", "planned", NOW, NOW + 1000)
    add_acknowledgements(settings, entries, NOW)
    assert read_acknowledgements(settings) == entries
    assert end_acknowledgements(settings, "stage/sink") == 0
    assert end_acknowledgements(settings, "kafka") == 1
    assert read_acknowledgements(settings) == []
    for damage in ("{", "[]", '{"acknowledgements": [{"key": 1}], "lasting": [7]}'):
        for name in ("acknowledgements.json", "findings.json"):
            (settings.health_dir / name).write_text(damage)
        assert read_acknowledgements(settings) == []
        assert not read_memory(settings, NOW).is_kept


def test_the_operator_reads_what_time_it_is_where_the_contact_sleeps() -> None:
    silent = NodeStatus("co-x", "CO", NOW - 8 * 86_400_000)
    message = str(only(evaluate(replace(good(), nodes=[silent]))).message)
    assert "(there it is 03:00)" in message


def test_the_screen_of_a_system_without_kafka_says_of_no_node_that_it_is_well() -> None:
    facts = replace(good(1), kafka=Unavailable("refused"))
    lines = HealthScreen(facts, evaluate(facts), "en", colour=False).lines()
    assert any(line.startswith("? co-institucion") for line in lines)
    assert isinstance(good().kafka, KafkaStatus)
