"""What the facts of a line mean, how they fit on one screen, and that the metrics are those that
are written down.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from consumers.health.cluster_facts import MemberStatus
from consumers.health.evaluate import evaluate
from consumers.health.facts import (
    CanaryStatus,
    Disk,
    Facts,
    Flood,
    Gap,
    KafkaStatus,
    NodeStatus,
    OutboxStatus,
    ProcessState,
    RefusedMessages,
    StageStatus,
    StoreStatus,
    TableStatus,
    TopicStatus,
    Unavailable,
)
from consumers.health.humanize import humanize_bytes, humanize_count, humanize_seconds
from consumers.health.json_report import to_report
from consumers.health.node_statuses import node_statuses
from consumers.health.prometheus import samples
from consumers.health.remedies import REMEDIES
from consumers.health.store_probe import CordProgress, TableCounts
from consumers.health.terminal import HEIGHT, WIDTH, HealthScreen
from consumers.health.thresholds import ALARMING, TABLE, Degree
from infra.kafka.copy_status import CopyStatus
from infra.telemetry.metrics import METRICS, MetricSample, exposition
from schemas import words
from schemas.exchange_config import ConfigView
from schemas.exchange_config import Node as ConfigNode

NOW = 1_800_000_000_000
DISK = Disk(80, 100)
STAGES = ("intake", "correlate", "sink", "hits")
SPEED = {
    "partitions": 8,
    "lag": 0,
    "messages": 10,
    "events": 100,
    "messages_per_s": 2.0,
    "events_per_s": 210.5,
    "batch_s": 0.03,
    "state_bytes": 9,
}


def process(name: str, **changes: Any) -> ProcessState:
    answer: dict[str, dict[str, Any]] = {
        "worker-1": {"kind": "worker", "stages": {"intake": SPEED, "correlate": SPEED}},
        "sink": {"kind": "sink", "rows": 5, "rows_per_s": 12.0, "committed_at": NOW / 1000 - 3},
    }
    return replace(
        ProcessState(name, 7, True, 0, 5000.0, 150_000_000, 0.4, 0.0, answer.get(name, {})),
        **changes,
    )


def good(count_of_nodes: int = 12) -> Facts:
    """A line without a fault."""
    topics = [
        TopicStatus("quipu.bundles.co", 2, 9, 9, 3, 100),
        TopicStatus("quipu.evidence.g1", 4, 9, 9, 0, 100),
        TopicStatus("quipu.rejects.g1", 1, 0, 0, 0, 0),
    ]
    return Facts(
        NOW,
        0.08,
        1,
        KafkaStatus(
            0.01,
            1,
            topics,
            [StageStatus(name, None if name == "hits" else 1, 0, 0.0) for name in STAGES],
            DISK,
            CopyStatus(3, 2),
        ),
        StoreStatus(0.004, "quipu_g1", [TableStatus("events", 4, 1000, 5000)], DISK),
        [process(name) for name in ("kafka", "clickhouse", "worker-1", "sink", "api")],
        [
            NodeStatus(
                f"co-institucion-{number:02}",
                "CO",
                NOW - 60_000,
                outbox=OutboxStatus(0, None, 0, None, 0, 0),
            )
            for number in range(count_of_nodes)
        ],
        [CanaryStatus("co-institucion-01", 100, 0.4, 0.6, 0.9, 0.5, NOW - 3000)],
        [],
        members=[MemberStatus("worker-1@m1-home", "worker", "0.1.0", 1, 8, 3.0, -0.02, True)],
    )


def with_node(**changes: Any) -> Facts:
    facts = good(1)
    assert not isinstance(facts.nodes, Unavailable)
    return replace(facts, nodes=[replace(facts.nodes[0], **changes)])


def with_kafka(**changes: Any) -> Facts:
    facts = good()
    assert isinstance(facts.kafka, KafkaStatus)
    return replace(facts, kafka=replace(facts.kafka, **changes))


def with_store(**changes: Any) -> Facts:
    facts = good()
    assert isinstance(facts.store, StoreStatus)
    return replace(facts, store=replace(facts.store, **changes))


GAP = Gap("co-x/routine/1", 17, 19, NOW - 60_000)

CASES = [
    (replace(good(), kafka=Unavailable("refused")), 2, "kafka"),
    (with_kafka(disk=Disk(10, 100)), 1, "kafka"),
    (with_kafka(disk=Disk(4, 100)), 2, "kafka"),
    (with_kafka(answer_s=2.0), 1, "kafka"),
    (with_kafka(stages=[StageStatus("intake", 1, 10, 31.0)]), 1, "stage/intake"),
    (with_kafka(stages=[StageStatus("intake", 1, 10, 301.0)]), 2, "stage/intake"),
    (with_kafka(stages=[StageStatus("sink", 0, 0, 0.0)]), 2, "stage/sink"),
    (with_kafka(stages=[StageStatus("hits", None, 10, 301.0)]), 2, "stage/hits"),
    (replace(good(), store=Unavailable("refused")), 2, "store"),
    (with_store(answer_s=0.6), 1, "store"),
    (with_store(tables=[TableStatus("events", 301, 1, 1)]), 1, "store"),
    (replace(good(), processes=[process("sink", alive=False, pid=None)]), 2, "process/sink"),
    (replace(good(), processes=[process("sink", silent_s=31.0)]), 2, "process/sink"),
    (replace(good(), processes=[process("sink", still_s=45.0)]), 1, "process/sink"),
    (replace(good(), processes=[process("sink", rss=2_000_000_000)]), 1, "process/sink"),
    (replace(good(), canaries=[CanaryStatus("n", 9, 1, 1, 1, 6.0, NOW)]), 1, "canary/n"),
    (with_node(heard_at=None), 1, "node/co-institucion-00"),
    (with_node(heard_at=NOW - 3 * 86_400_000), 1, "node/co-institucion-00"),
    (with_node(heard_at=NOW - 8 * 86_400_000), 2, "node/co-institucion-00"),
    (with_node(heard_at=NOW - 120_000, beats_every_s=30.0), 1, "node/co-institucion-00"),
    (with_node(gaps=[GAP]), 1, "node/co-institucion-00"),
    (with_node(gaps=[replace(GAP, since_at=NOW - 16 * 60_000)]), 2, "node/co-institucion-00"),
    (with_node(codes={"UNKNOWN_CODE": 1}), 0, "node/co-institucion-00"),
    (with_node(codes={"UNKNOWN_CODE": 1001}), 1, "node/co-institucion-00"),
    (with_node(codes={"FORK": 1}), 2, "node/co-institucion-00"),
    (with_node(pending=1), 0, "node/co-institucion-00"),
    (with_node(outbox=OutboxStatus(3, NOW - 61_000, 0, None, 0, 0)), 1, "node/co-institucion-00"),
    (
        with_node(outbox=OutboxStatus(3, NOW - 3_601_000, 0, None, 0, 0)),
        2,
        "node/co-institucion-00",
    ),
    (
        with_node(outbox=OutboxStatus(0, None, 3, NOW - 16 * 60_000, 0, 0)),
        1,
        "node/co-institucion-00",
    ),
    (with_node(outbox=OutboxStatus(0, None, 0, None, 1, 0)), 2, "node/co-institucion-00"),
    (
        with_node(outbox=OutboxStatus(0, None, 0, None, 0, 0, ["quipu.config/0"])),
        2,
        "node/co-institucion-00",
    ),
    (
        replace(good(), processes=[process("checkpoints", figures={"broken": ["quipu.config/0"]})]),
        2,
        "process/checkpoints",
    ),
    (with_node(outbox=Unavailable("damaged")), 2, "node/co-institucion-00"),
    (
        replace(good(), refused=[RefusedMessages("quipu.bundles.co", "BROKEN_FORMAT", 1, NOW)]),
        1,
        "rejects",
    ),
    (
        replace(good(), refused=[RefusedMessages("quipu.bundles.co", "BAD_SIGNATURE", 1, NOW)]),
        2,
        "rejects",
    ),
    (replace(good(), floods=[Flood("CO", "MALO", 51, 3)]), 1, "authority/CO/MALO"),
    (
        with_node(outbox=OutboxStatus(0, None, 0, None, 0, 0, overdue=2)),
        1,
        "node/co-institucion-00",
    ),
]


def test_a_flood_is_told_to_operators_and_to_nobody_else() -> None:
    facts = replace(good(), floods=[Flood("CO", "MALO", 51, 3)])
    (finding,) = evaluate(facts).findings
    assert "51 records" in str(finding.message) and "MALO" in finding.message.in_language("es")
    assert to_report(facts.for_readers(), evaluate(facts.for_readers())) == to_report(
        good().for_readers(), evaluate(good())
    )


def test_records_that_expire_are_a_notice_and_an_overdue_one_is_a_watch() -> None:
    due = with_node(outbox=OutboxStatus(0, None, 0, None, 0, 0, overdue=2, soon=1_500))
    overdue, soon = evaluate(due).findings
    assert (overdue.degree, soon.degree) == (Degree.WATCH, Degree.INFORMED)
    assert "2 records" in str(overdue.message) and "1,500 records" in str(soon.message)
    assert "--node co-institucion-00" in str(overdue.remedy)


def test_how_many_records_are_due_is_told_to_operators_and_to_nobody_else() -> None:
    due = with_node(outbox=OutboxStatus(0, None, 0, None, 0, 0, overdue=2, soon=1_500))
    report = to_report(due.for_readers(), evaluate(due.for_readers()))
    assert report == to_report(good(1).for_readers(), evaluate(good(1)))


def test_a_line_without_a_fault_is_good() -> None:
    health = evaluate(good())
    assert (health.degree, health.findings) == (Degree.GOOD, [])


@pytest.mark.parametrize(
    ("facts", "level", "subject"),
    CASES,
    ids=[f"{subject}-{level}-{number}" for number, (_, level, subject) in enumerate(CASES)],
)
def test_each_fault_has_its_level_its_place_and_what_to_do(
    facts: Facts, level: int, subject: str
) -> None:
    health = evaluate(facts)
    assert (health.degree.exit_code, health.degree_of(subject).exit_code) == (level, level)
    assert {finding.subject for finding in health.findings} == {subject}
    assert all(
        text.strip()
        for finding in health.findings
        for text in (
            finding.message.in_language("es"),
            str(finding.message),
            finding.remedy.in_language("es"),
            str(finding.remedy),
        )
    )


@pytest.mark.parametrize(
    "facts",
    [
        with_kafka(stages=[StageStatus("intake", 1, 10, 29.0)]),
        replace(good(), processes=[process("sink", restarts=3, up_s=700.0)]),
        with_node(outbox=OutboxStatus(3, NOW - 30_000, 9, NOW - 600_000, 0, 0)),
        with_node(heard_at=NOW - 86_400_000),
        replace(good(), canaries=[]),
        replace(good(), processes=Unavailable("not on this machine")),
    ],
)
def test_what_is_usual_is_no_fault(facts: Facts) -> None:
    assert evaluate(facts).degree.exit_code == 0


def test_while_the_store_is_away_no_node_is_called_silent() -> None:
    view = ConfigView(nodes={"co-x": ConfigNode("co-x", "CO", "A", 0, frozenset())})
    matches = node_statuses(view, Unavailable("away"), {})
    assert not isinstance(matches, Unavailable)
    assert evaluate(replace(good(), nodes=matches)).degree == Degree.GOOD


def test_a_gap_on_an_epoch_that_was_closed_is_over() -> None:
    gaps = [replace(GAP, cord="co-x/routine/1"), replace(GAP, cord="co-x/routine/2")]
    counts = TableCounts({"a": CordProgress("co-x/routine/2", 5, 7, NOW)}, gaps, {}, {}, [], {}, [])
    view = ConfigView(
        nodes={"co-x": ConfigNode("co-x", "CO", "A", 0, frozenset())},
        epochs=frozenset({("co-x", "routine", 2)}),
    )
    matches = node_statuses(view, counts, {})
    assert not isinstance(matches, Unavailable)
    assert [gap.cord for gap in matches[0].gaps] == ["co-x/routine/2"]
    assert matches[0].heard_at == NOW


def worst() -> Facts:
    """Everything at once, the names as long as they get."""
    codes = {"UNKNOWN_CODE": 123_456, "MISSING_FIELD": 99, "BAD_SIGNATURE": 3}
    box = OutboxStatus(999, NOW - 9_000_000, 999, NOW - 900_000_000, 2, 1)
    bad = [
        NodeStatus(
            f"co-una-institucion-larga-{number}",
            "CO",
            NOW - 9 * 86_400_000,
            [GAP, GAP],
            codes,
            12_345,
            box,
        )
        for number in range(12)
    ]
    down = [
        process(name, alive=False, pid=None, restarts=9)
        for name in ("kafka", "clickhouse", "worker-1", "worker-2", "sink", "api", "canary")
    ]
    stages = [StageStatus(name, 0, 123_456_789, 9_999.0) for name in STAGES]
    topics = [
        TopicStatus(f"quipu.{kind}.co.g12", 4, 10**9, 10**9, 10**8, 10**12)
        for kind in ("bundles", "accepted", "evidence", "rejects")
    ]
    return replace(
        good(), kafka=KafkaStatus(9.0, 3, topics, stages, Disk(1, 100), CopyStatus(1, 1, ["a/0"], ["a/0"])),
        store=StoreStatus(9.9, "d", [TableStatus("events", 5000, 10**10, 10**13)], Disk(1, 100)),
        processes=down, nodes=bad, canaries=[CanaryStatus("co-una-institucion-larga-1", 9, 100.0, 100.0, 100.0, 100.0, NOW)],
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize(
    "facts",
    [
        good(),
        good(4),
        worst(),
        replace(
            good(),
            kafka=Unavailable("x" * 200),
            store=Unavailable("y" * 200),
            nodes=Unavailable("z" * 200),
        ),
    ],
)
def test_it_fits_on_one_screen_and_says_so_without_colour(facts: Facts, lang: str) -> None:
    lines = HealthScreen(facts, evaluate(facts), lang, colour=False).lines()
    assert len(lines) <= HEIGHT
    assert max(map(len, lines)) <= WIDTH
    assert "\x1b" not in "".join(lines)
    assert ("BIEN" if lang == "es" else "GOOD") in lines[0] or "✗" in lines[0] or "!" in lines[0]


@pytest.mark.parametrize(
    ("lang", "foreign"), [("es", r"\d\.\d+ ?[a-zA-Z]"), ("en", r"\d,\d [a-z]")]
)
def test_every_figure_has_the_sign_of_the_language(lang: str, foreign: str) -> None:
    nodes = good(4).nodes
    assert not isinstance(nodes, Unavailable)
    facts = replace(worst(), nodes=[replace(node, heard_at=NOW - 9_900) for node in nodes])
    lines = HealthScreen(facts, evaluate(facts), lang, colour=False).lines(None)
    assert [line for line in lines if re.search(foreign, line)] == []
    assert any({"es": "9,9 s", "en": "9.9 s"}[lang] in line for line in lines)


def test_a_screen_of_twelve_nodes_has_room_for_the_worst_finding_and_its_remedy() -> None:
    facts = with_kafka(
        stages=[
            StageStatus("intake", 0, 5, 400.0),
            StageStatus("correlate", 1, 0, 0.0),
            StageStatus("sink", 1, 0, 0.0),
        ]
    )
    lines = HealthScreen(facts, evaluate(facts), "es", colour=False).lines()
    assert "✗ intake: ningún proceso activo, 5 mensajes en espera" in lines
    assert any(line.startswith("  → ") for line in lines)
    assert "✗ intake" in next(line for line in lines if "atraso 5" in line)


def test_colour_changes_no_words() -> None:
    facts = worst()
    plain, coloured = (
        HealthScreen(facts, evaluate(facts), "es", colour).lines(None) for colour in (False, True)
    )
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == plain
    assert plain != coloured


def test_all_findings_are_listed_where_asked() -> None:
    facts = worst()
    health = evaluate(facts)
    lines = HealthScreen(facts, health, "en", colour=False).lines(None)
    assert sum(line.startswith("  → ") for line in lines) == len(health.findings)


def test_every_threshold_that_can_be_found_has_a_remedy_and_every_code_that_alarms_has_words() -> (
    None
):
    assert set(TABLE) - set(REMEDIES) == {"away_s", "down_s", "lag_unknown_s"}
    assert all(words.remedy(code, "es") for code in ALARMING)


def test_the_report_keeps_status_and_generation_and_names_what_is_unknown() -> None:
    report = to_report(
        replace(good(), kafka=Unavailable("refused")),
        evaluate(replace(good(), kafka=Unavailable("refused"))),
    )
    assert (report.status, report.generation, report.level) == ("ok", 1, "act_now")
    assert report.unknown == {"kafka": "refused"}
    assert "kafka" not in report.facts
    assert (
        to_report(replace(good(), store=Unavailable("x")), evaluate(good())).status == "store_away"
    )


LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\.)*",?)*)\})? (\S+)')


def parsed(text: str) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """Prometheus' text format: type by metric, labels of its samples. Fails on a line that is not
    of the format.
    """
    types: dict[str, str] = {}
    matches: dict[str, list[dict[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("# HELP "):
            continue
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            types[name] = kind
            continue
        match = LINE.fullmatch(line)
        assert match, line
        assert match[1] in types, f"{match[1]} stands before its type"
        float(match[3])
        matches.setdefault(match[1], []).append(
            dict(re.findall(r'([a-z]+)="((?:[^"\\]|\\.)*)"', match[2] or ""))
        )
    return types, matches


def test_the_exposition_is_what_the_file_of_metrics_says_and_leaves_none_out() -> None:
    facts = replace(
        worst(),
        processes=good().processes,
        refused=[RefusedMessages("quipu.config", "CONFIG_REFUSED", 2, NOW)],
        floods=[Flood("CO", "MALO", 51, 3)],
    )
    types, matches = parsed(exposition(samples(facts, evaluate(facts))))
    declared = {metric.name: metric for metric in METRICS}
    assert types == {name: declared[name].kind for name in matches}
    assert {name for name in declared if name not in matches} == set()
    for name, labels in matches.items():
        assert all(set(label) == set(declared[name].labels) for label in labels), name
        assert len({tuple(sorted(texts.items())) for texts in labels}) == len(labels), (
            f"{name} says a thing twice"
        )


def test_metrics_are_named_with_their_unit_and_told_in_both_languages() -> None:
    for metric in METRICS:
        assert re.fullmatch(r"quipu_[a-z_]+", metric.name)
        assert metric.meaning.in_language("es"), metric.name
        assert str(metric.meaning)
        if metric.unit in ("seconds", "bytes", "ratio"):
            assert metric.name.endswith(f"_{metric.unit}"), metric.name
    assert len({metric.name for metric in METRICS}) == len(METRICS)


def test_a_sample_that_is_not_written_down_is_refused() -> None:
    with pytest.raises(KeyError):
        exposition([MetricSample("quipu_unknown", 1)])
    with pytest.raises(ValueError, match="labels"):
        exposition([MetricSample("quipu_stage_members", 1)])


def test_figures_are_short() -> None:
    assert [
        humanize_seconds(item) for item in (0.0123, 3.44, 59.9, 119, 120, 7199, 7200, 200_000)
    ] == [
        "12 ms",
        "3.4 s",
        "60 s",
        "119 s",
        "2 min",
        "120 min",
        "2 h",
        "2 d",
    ]
    assert [humanize_count(item) for item in (0, 950, 9999, 12_345, 123_456, 4_500_000)] == [
        "0",
        "950",
        "10k",
        "12k",
        "123k",
        "4.5M",
    ]
    assert [humanize_bytes(item) for item in (12, 12_300, 3_400_000)] == ["12 B", "12 kB", "3.4 MB"]
