"""The twelve everyday tasks of an analyst, in both languages: as the guide tells them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.tasks import MOST_STEPS, TASKS, what_is_known
from tests.browser.walk import Walk

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = {
    "en": (DOCS / "analyst.md", "### Everyday tasks"),
    "es": (DOCS / "es" / "analista.md", "### Tareas de cada día"),
}


def steps_in_guide(lang: str) -> dict[str, set[str]]:
    """The words of the page in the row of each task: the guide writes them in italics."""
    file, heading = GUIDES[lang]
    section = file.read_text(encoding="utf-8").partition(heading)[2]
    table = re.search(r"^\|[^\n]*\n\|-[^\n]*\n((?:\|[^\n]*\n)+)", section, re.MULTILINE)
    assert table is not None, file
    rows = table.group(1).splitlines()
    return {
        name: set(re.findall(r"\*([^*]+)\*", row)) for name, row in zip(TASKS, rows, strict=True)
    }


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_task_takes_five_steps_at_most_as_the_guide_tells(visit: Watched, lang: str) -> None:
    page = visit.open(f"/overview?lang={lang}", person="demo-co")
    known = what_is_known(page)
    guide = steps_in_guide(lang)
    wrong = []
    for name, task in TASKS.items():
        page.goto("/overview")
        walk = Walk(page, lang)
        task(walk, known)
        if not 1 <= walk.steps <= MOST_STEPS:
            wrong.append(f"{name}: {walk.steps} steps")
        wrong += [
            f"{name}: {word} is not in the guide" for word in set(walk.followed) - guide[name]
        ]
    assert wrong == []
