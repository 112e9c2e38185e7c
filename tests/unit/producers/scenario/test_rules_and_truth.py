"""The scenario through the whole pure line: the product's rules find exactly the indicators that
the truth owes, in each world.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from consumers.query.explanations.explain import ReleasedContent, explain
from consumers.query.indicators import tell_once, to_indicator_view
from producers.scenario.demo import demo_story
from producers.scenario.generate import generate
from producers.scenario.traps.person_traps import EXERCISE
from producers.scenario.truth.score import compare
from producers.scenario.truth.truth import read, read_traps
from tests.support.explained import event_view
from tests.support.scenario_pipeline import Findings, find_all, run_pipeline
from tests.support.signed_bundles import MECHANISM_READER

RECORDS = 2_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario")
    generate(RECORDS, "rules", path)
    return path


@pytest.fixture(scope="module")
def findings(folder: Path) -> Findings:
    return run_pipeline(folder)


def test_the_rules_find_exactly_what_the_truth_owes(folder: Path, findings: Findings) -> None:
    path = folder / "truth.jsonl"
    outcome = compare(read(path), find_all(findings), traps=read_traps(path))
    assert outcome.sprung == ()
    assert (outcome.certain.invented, outcome.certain.missed) == ((), ())
    assert (outcome.possible.precision, outcome.possible.recall) == (1.0, 1.0)
    assert len(outcome.rules) == 9
    assert all(outcome.of(rule, "certain").found_count > 0 for rule in outcome.rules)
    assert outcome.possible.found_count > 2


def test_an_exercise_shows_to_those_in_it_and_to_nobody_else(
    folder: Path, findings: Findings
) -> None:
    path = folder / "truth.jsonl"
    in_exercise = compare(read(path, EXERCISE), find_all(findings, EXERCISE))
    assert in_exercise.certain.exact
    assert in_exercise.certain.found_count >= 2
    drill = {reference for expected in read(path, EXERCISE) for reference in expected.references}
    assert not any(drill & references for _, _, references in find_all(findings))


def views(findings: Findings) -> list[dict[str, Any]]:
    """As the API says them, as far as the story looks at them."""
    return [
        {
            "id": str(indicator.id),
            "rule": indicator.rule,
            "kind": indicator.kind,
            "grade": indicator.grade,
            "status": indicator.status,
            "sentence": indicator.explanation,
            "evidence": [
                {
                    "event": member.row.event_id.hex(),
                    "role": member.row.role,
                    "country": member.row.country,
                    "type": member.row.type,
                    "occurred": None
                    if member.row.occurred is None
                    else datetime.fromtimestamp(member.row.occurred / 1000, UTC).isoformat(),
                }
                for member in indicator.evidence
            ],
        }
        for indicator in findings.line.indicators(MECHANISM_READER)
    ]


def test_the_story_has_ten_findings_of_all_countries_and_most_rules(findings: Findings) -> None:
    story = demo_story.choose(views(findings), findings.events.get)
    assert len({indicator["id"] for indicator in story}) == 10
    assert {indicator["grade"] for indicator in story} == {"certain"}
    assert len({indicator["rule"] for indicator in story}) >= 7
    assert {row["country"] for indicator in story for row in indicator["evidence"]} == {
        "BO",
        "CO",
        "EC",
        "PE",
    }
    assert demo_story.choose([], findings.events.get) == []


def test_no_two_findings_have_one_sentence(findings: Findings) -> None:
    rules = findings.line.book.by_id
    content = ReleasedContent(
        {
            str(UUID(id_)): event_view(str(UUID(id_)), event["envelope"], event["payload"])
            for id_, event in findings.events.items()
        }
    )
    listed = [
        explain(to_indicator_view(indicator), rules[indicator.rule], content)
        for indicator in findings.line.indicators(MECHANISM_READER)
    ]
    newest = tell_once(sorted(listed, key=lambda view: view.last_recorded)[-1_000:])
    assert len(newest) > 100
    for lang in ("es", "en"):
        assert len({view.sentence[lang] for view in newest}) == len(newest)
    assert all(view.explanation and view.explanation.confidence["es"] for view in newest)
