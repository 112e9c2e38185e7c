"""Page, terminal and form of the practice library: the same guide in both languages."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from consumers.cli.practice import print_guide
from consumers.console.rendering import PageContext
from consumers.console.session import Claim, Visitor
from consumers.presentation import practice_words
from infra.cli.root import main
from producers.events.submitted import NewEvent, parse_event
from schemas.i18n import LANGUAGES
from schemas.model import Reader
from schemas.practice import guides

READER = Reader("ana", "PE", "MINCUL", frozenset({"officer"}), "AMBER")


def page(lang: str, template: str, **values: Any) -> str:
    visitor = Visitor(READER, Claim("PE", "MINCUL", "officer", "AMBER"), lang, None)
    answer = PageContext(visitor, "/practice", {}, None).render(
        template, practice_words=practice_words, **values
    )
    return bytes(answer.body).decode()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", guides())
def test_the_page_of_a_guide_has_each_section_question_source_and_version(
    lang: str, name: str
) -> None:
    guide = guides()[name]
    text = page(lang, "practice_guide.html", guide=guide)
    parts = [section.title[lang] for section in guide.sections]
    parts += [question.text[lang] for question in guide.questions]
    parts += [source[lang] for source in guide.sources]
    parts += [guide.current.version, guide.current.digest, f"quipu practice form {name}"]
    assert [part for part in parts if part.replace("'", "&#39;") not in text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_leads_to_each_guide(lang: str) -> None:
    text = page(lang, "practice.html", guides=list(guides().values()))
    assert all(f'href="/practice/{name}"' in text for name in guides())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_shows_a_guide_in_80_columns(lang: str) -> None:
    for guide in guides().values():
        console = Console(file=io.StringIO(), width=80, color_system=None)
        print_guide(console, guide, lang)
        assert isinstance(console.file, io.StringIO)
        text = console.file.getvalue()
        assert [line for line in text.splitlines() if len(line) > 80] == []
        plain = " ".join(text.split())
        assert all(question.text[lang] in plain for question in guide.questions)


@pytest.mark.parametrize("name", guides())
def test_a_form_is_an_event_as_a_node_takes_it_with_whom_it_addresses(name: str) -> None:
    options = ("--to", "CO/PONAL", "--exercise", "training-ana")
    done = CliRunner().invoke(main, ["--lang", "en", "practice", "form", name, *options])
    assert done.exit_code == 0, done.output
    form = json.loads(done.stdout)
    parsed = parse_event(form, 1)
    assert isinstance(parsed, NewEvent), parsed
    assert form["envelope"]["recipients"] == ["CO/PONAL"]
    assert form["envelope"]["exercise"] == "training-ana"
    assert done.stderr.count("To be filled in") == len(guides()[name].lacking({}))


def test_a_real_form_names_no_exercise() -> None:
    assert "exercise" not in str(practice_words.blank_report(guides()["environment"], ["ALL"]))


def test_a_guide_that_is_none_is_refused_with_those_that_there_are() -> None:
    done = CliRunner().invoke(main, ["--lang", "en", "practice", "show", "nope"])
    assert done.exit_code == 2
    assert "There is no guide `nope`" in done.stderr
    assert "trafficking" in done.stderr
