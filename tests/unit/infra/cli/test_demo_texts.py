"""What `quipu demo` prints of a node's records: numbers and their words agree in both languages."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path

import pytest
from rich.console import Console

from infra.cli.demo import ANSWER_COUNTS, Demo
from infra.settings import load
from producers.ingest.report import OUTCOMES
from producers.scenario.demo.demo import Outcome
from schemas.i18n import LANGUAGES, _


def test_every_answer_of_a_report_has_its_words() -> None:
    others = {"refused", "unanswered"}
    assert {*OUTCOMES, *others} == set(ANSWER_COUNTS)


@pytest.mark.parametrize(
    ("answer", "count", "english", "spanish"),
    [
        ("accepted", 1, "1 accepted", "1 aceptado"),
        ("accepted", 1_449, "1,449 accepted", "1\xa0449 aceptados"),
        ("duplicate", 1, "1 duplicate", "1 duplicado"),
        ("duplicate", 2, "2 duplicates", "2 duplicados"),
        ("refused", 1, "1 refused", "1 no admitido"),
        ("pending", 1, "1 pending", "1 pendiente"),
    ],
)
def test_one_record_is_no_plural(answer: str, count: int, english: str, spanish: str) -> None:
    words = ANSWER_COUNTS[answer](count)
    assert (words.in_language("en"), words.in_language("es")) == (english, spanish)


def test_the_heading_of_what_was_found_fits_a_column_of_80() -> None:
    assert len(_("recall").in_language("es")) <= len("exhaustivi")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_story_has_whole_sentences_and_a_command_that_is_not_broken(
    tmp_path: Path, lang: str
) -> None:
    id_ = "977543e4-9b70-8ff8-b57e-8aadd4c4c0fa.0"
    words = dict.fromkeys(LANGUAGES, "both names are the same") | {
        "es": "coinciden los dos nombres"
    }
    finding = {
        "sentence": dict.fromkeys(LANGUAGES, "Juan Quispe stands in two cases. " * 4),
        "explanation": {
            "confidence": {"es": "Casi seguro (99 %).", "en": "Almost certain (99 %)."},
            "features": [{"text": words, "weight": 3.0}, {"text": words, "weight": -1.0}],
        },
        "person": id_,
    }
    text = io.StringIO()
    home = {"QUIPU_HOME": str(tmp_path / "a-folder-with-a-long-name"), "QUIPU_LANG": lang}
    demo = Demo(load(home), Console(file=text, width=80), threading.Event())
    demo._person_story(Outcome(person_story=[finding]))
    lines = [line.strip() for line in text.getvalue().splitlines()]
    command = next(line for line in lines if line.startswith(".venv/bin/quipu"))
    assert command.endswith(f"person {id_}"), lines
    assert not re.search(r"[.:!?] [a-záéíóúñ]", " ".join(lines).replace(command, "")), lines
    assert sum(words[lang][1:] in line for line in lines) == 1
