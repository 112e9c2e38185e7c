"""Attacks by characters that nobody sees (finding C2): a record of another country rewrites neither
the analyst's terminal nor the page.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from consumers.console import rendering
from infra.logging_setup import _make_texts_visible
from infra.terminal import echo_json, make_console
from schemas.codes import code_sets
from schemas.errors import BrokenFormatError
from schemas.event.envelope import EnvelopeValidator, validate_envelope
from schemas.event.event_type import EVENTS, event_type
from schemas.examples import example
from schemas.hidden_characters import (
    escape_for_json,
    hidden_characters,
    make_one_line,
    make_visible,
)
from schemas.i18n import _

HIDDEN = [
    "\x1b[31mred\x1b]0;pwned\x07",
    "a\u202eb",
    "a\u200bb",
    "\u2066a",
    "\x9b2J",
    "\ufeffa",
    "\x00",
    "a\U000e0041",
    "a\x7f",
    "a\u2028b",
    "\u061ca",
    "a\u00adb",
]
NOW = 1_600_000_000_000
VISIBLE = [
    "Ibáñez Muñoz",
    "línea\nsegunda\tcolumna\r\n",
    "AB-123 №7",
    "محمد",
    "李",
    "😀",
    "a\u00a0b",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_payload_with_a_hidden_character_is_refused_with_its_field(text: str) -> None:
    for name in ("seizure", "trace_request"):
        kind = event_type(name)
        payload = example(name).payload
        field = next(key for key, value in payload.items() if isinstance(value, str))
        problems = kind.validate(payload | {field: text})
        assert ("HIDDEN_CHARACTER", field) in [
            (problem.code, problem.field) for problem in problems
        ]
        assert kind.validate_decoded(kind.read(kind.write(payload))) == []


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where there are texts in a value."""
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for step, child in children:
        if isinstance(child, str):
            yield (*path, step)
        elif isinstance(child, dict | list):
            yield from places(child, (*path, step))


@pytest.mark.parametrize("path", sorted(EVENTS.glob("*.avsc")), ids=lambda path: path.stem)
def test_it_is_found_in_every_text_of_every_type_of_event(path: Path) -> None:
    kind = event_type(path.stem)
    for *above, last in places(example(path.stem).payload):
        payload = kind.read(kind.write(example(path.stem).payload))
        holder = payload
        for step in above:
            holder = holder[step]
        if holder[last] in {None, ""} or kind.validate_decoded(payload):
            continue
        holder[last] += "\u202e"
        assert "HIDDEN_CHARACTER" in {problem.code for problem in kind.validate_decoded(payload)}


@pytest.mark.parametrize("text", HIDDEN)
def test_it_is_found_in_lists_maps_and_envelopes(text: str) -> None:
    envelope = example("seizure").envelope | {"case_reference": text}
    assert "case_reference" in {
        problem.field
        for problem in validate_envelope(envelope, None)
        if problem.code == "HIDDEN_CHARACTER"
    }


@pytest.mark.parametrize("text", HIDDEN)
@pytest.mark.parametrize("field", ["case_reference", "exercise", "review_date"])
def test_it_is_found_in_an_envelope_whose_like_was_found_good(field: str, text: str) -> None:
    validator, envelope = EnvelopeValidator(code_sets()), example("seizure").envelope
    assert validator.validate(envelope, NOW) == []
    problems = validator.validate(envelope | {field: text}, NOW)
    assert ("HIDDEN_CHARACTER", field) in [(problem.code, problem.field) for problem in problems]


@pytest.mark.parametrize("text", VISIBLE)
def test_what_people_write_is_neither_refused_nor_changed(text: str) -> None:
    assert hidden_characters(text) == []
    assert make_visible(text) == text


def printed(text: str) -> str:
    out = io.StringIO()
    make_console(file=out, width=200, highlight=False).print(text, markup=False)
    return out.getvalue()


@pytest.mark.parametrize("text", HIDDEN)
def test_the_terminal_shows_hidden_characters_by_their_names(text: str) -> None:
    assert hidden_characters(printed(text)) == []
    message = _("the node {node}", node=text).in_language("en")
    assert hidden_characters(message) == []
    assert "[U+" in message


class Named(NamedTuple):
    name: str

    def __str__(self) -> str:
        return self.name


@pytest.mark.parametrize("text", HIDDEN)
@pytest.mark.parametrize("kind", [Path, ValueError, Named, BrokenFormatError])
def test_a_value_of_any_kind_is_shown_so_in_a_message(
    text: str, kind: Callable[[str], object]
) -> None:
    """A value that was no text itself came out as it was: the holder of an exhibit, an error."""
    message = _("the node {node}", node=kind(text)).in_language("en")
    assert hidden_characters(message) == []
    assert "[U+" in message


@given(st.text())
def test_a_text_of_one_line_makes_no_other_and_moves_no_cursor(text: str) -> None:
    line = make_one_line(f"a{text}\r\nb")
    assert line.splitlines() == [line]
    assert hidden_characters(line) == []


def test_a_log_line_goes_back_to_no_beginning() -> None:
    (_key, text), *_others = _make_texts_visible(None, "", {"event": "failed\rall is well"}).items()
    assert "\r" not in text


@given(st.text())
def test_shown_text_never_hides_anything(text: str) -> None:
    assert hidden_characters(make_visible(text)) == []
    assert make_visible(make_visible(text)) == make_visible(text)


@given(st.recursive(st.text() | st.integers(), st.lists) | st.dictionaries(st.text(), st.text()))
def test_json_on_the_terminal_hides_nothing_and_means_the_same(value: Any) -> None:
    shown = escape_for_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert hidden_characters(shown) == []
    assert json.loads(shown) == value


def test_commands_print_json_through_the_same_way() -> None:
    import click

    @click.command()
    def command() -> None:
        echo_json({"a": "\u202e\x9b"})

    assert CliRunner().invoke(command).output == '{"a": "\\u202e\\u009b"}\n'


@pytest.mark.parametrize("text", HIDDEN)
def test_the_page_shows_hidden_characters_by_their_names(text: str) -> None:
    template = rendering.environment().from_string("<b>{{ text }}</b>{{ data([text]) }}")
    page = template.render(text=text)
    assert hidden_characters(page) == []
    assert "[U+" in page
