"""Page and terminal of goals and decisions: they render, in both languages, and say what counts."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from consumers.cli.goal_render import print_measures, print_plan, print_report
from consumers.console.rendering import PageContext
from consumers.console.session import Claim, Visitor
from consumers.presentation import course_words, group_words
from consumers.query.high_level_group.group_report import GroupPlan
from schemas.i18n import _
from tests.unit.consumers.presentation.test_group_report import READER, sample_plan, sample_report

EMPTY = GroupPlan(
    sample_plan().since, sample_plan().until, sample_plan().marking, [], [], is_complete=False
)
ERRORS = {"until": (_("The last day is before the first one."), _("Choose a later one."))}


def page(lang: str, plan: GroupPlan | None, errors: object) -> str:
    visitor = Visitor(READER, Claim("PE", "RREE", "analyst", "AMBER"), lang, None)
    answer = PageContext(visitor, "/goals", {}, None).render(
        "goals.html",
        plan=plan,
        errors=errors,
        exercises=["condor"],
        course_words=course_words,
        group_words=group_words,
        marking=["TLP:AMBER"],
        command_line="quipu goals list",
    )
    return bytes(answer.body).decode()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_shows_goals_decisions_and_what_does_not_count(lang: str) -> None:
    text = page(lang, sample_plan(), {})
    words = group_words.NO_SEAT.in_language(lang), group_words.point_name("P08", lang)
    assert [word for word in (*words, "90 %", "CO/PONAL", "2026-09-28") if word not in text] == []
    assert group_words.NO_GOALS.in_language(lang) in page(lang, EMPTY, {})
    assert "refusal" in page(lang, None, ERRORS)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_terminal_shows_the_same_in_80_columns(lang: str) -> None:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    print_plan(console, sample_plan(), lang)
    print_plan(console, EMPTY, lang)
    print_report(console, sample_report("condor"), READER, lang)
    print_measures(console, lang)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert [line for line in text.splitlines() if len(line) > 80] == []
    for part in ("90 %", "CO/PONAL", "condor", "TRACES_ANSWERED_SHARE", "TLP:AMBER"):
        assert part in text
    assert group_words.MORE.in_language(lang).split(":")[0] in " ".join(text.split())
