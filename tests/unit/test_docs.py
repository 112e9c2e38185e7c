"""The pages: every link leads somewhere, both languages tell of the same commands, and the worked
examples are what they claim to be.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import pytest

from infra.cli.root import main
from producers.mapping.loader import load_mapping
from schemas.avro.codec import Record
from schemas.event.event_type import EventType
from schemas.examples import example
from schemas.model import NEWEST_FORM
from streams.linking import object_comparers
from streams.linking.comparers import COMPARERS
from streams.matching.objects.terms import terms_of
from streams.rules import read_rule_book

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLE = DOCS / "example"
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *ROOT.glob("*.md"),
        *ROOT.glob("schemas/**/*.md"),
        *ROOT.glob("producers/**/*.md"),
        *ROOT.glob("streams/**/*.md"),
    ]
)
USERS = {
    "national-system.md": "sistema-nacional.md",
    "analyst.md": "analista.md",
    "operator.md": "operador.md",
    "extending.md": "ampliar.md",
    "real-files.md": "archivos-reales.md",
    "rules.md": "reglas.md",
    "onboarding.md": "incorporar.md",
    "requests.md": "solicitudes.md",
    "goals.md": "metas.md",
    "operations.md": "operaciones.md",
    "hit-lookup.md": "consulta-positivo-negativo.md",
    "matching-lists.md": "comparar-listas.md",
    "picture.md": "cuadro.md",
    "practice.md": "practica.md",
}
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_COMMAND = re.compile(
    r"\bquipu ((?:(?:mapping|node|contact|rejects|rule|request|alert|goals|trace|operation|practice) "
    r")?[a-z-]+)"
)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text(page), flags=re.M | re.S), re.M
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_its_heading(page: Path) -> None:
    for link in _LINK.findall(text(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not heading or heading in anchors(target), link


def command_lines(page: Path) -> list[str]:
    """The lines of commands within the page's blocks."""
    fences = re.findall(r"^```(\w*)\n(.*?)^```", text(page), re.M | re.S)
    blocks = [block.replace("\\\n", " ") for language, block in fences if not language]
    return [line for block in blocks for line in block.splitlines() if line[:6] == "quipu "]


def commands(page: Path) -> set[str]:
    """The commands within the page's blocks."""
    return {match for line in command_lines(page) for match in _COMMAND.findall(line)}


def unknown_words(line: str) -> list[str]:
    """The words that are no command of a group, and the options that the command does not take."""
    command: click.Command = main
    options = {name: option for option in main.params for name in option.opts}
    unknown, is_value = [], False
    for word in re.split(r"[#|>]", line)[0].split()[1:]:
        if word.startswith("--"):
            own = command.get_params(click.Context(command))
            options |= {name: it for it in own for name in it.opts + it.secondary_opts}
            option = options.get(word.partition("=")[0])
            unknown += [] if option else [word]
            is_value = "=" not in word and not getattr(option, "is_flag", False)
        elif is_value:
            is_value = False
        elif isinstance(command, click.Group) and word.islower():
            step = command.get_command(click.Context(command), word)
            unknown += [] if step else [word]
            command = step or command
    return unknown


def test_every_command_of_a_page_exists_and_takes_its_options() -> None:
    lines = [(page.name, line) for page in PAGES for line in command_lines(page)]
    assert len(lines) > 300
    assert [line for line in lines if unknown_words(line[1])] == []
    assert unknown_words("quipu mapping guess") == ["guess"]
    assert unknown_words("quipu mapping suggest a.csv --outt b.toml") == ["--outt"]


@pytest.mark.parametrize(("english", "spanish"), USERS.items())
def test_both_languages_show_the_same_commands(english: str, spanish: str) -> None:
    assert commands(DOCS / english)
    assert commands(DOCS / english) == commands(DOCS / "es" / spanish)


def test_the_worked_type_and_its_sources_are_whole() -> None:
    kind = EventType(text(EXAMPLE / "types/events/fuel_smuggling.avsc"))
    empty: Record = {"route": "Desaguadero - Tacna", "persons": [], "vehicles": [], "phones": []}
    assert kind.validate(empty) == []
    for name in ("casos", "pasos"):
        assert load_mapping(str(EXAMPLE / f"{name}.toml")).type in (kind.name, "movement")


def test_the_worked_rule_is_a_rule_and_what_the_page_shows() -> None:
    rule = text(EXAMPLE / "types/rules/smugglers-vehicle-at-crossing.toml")
    assert (
        "smugglers-vehicle-at-crossing"
        in read_rule_book({"smugglers-vehicle-at-crossing": rule}).by_id
    )
    assert f"```toml\n{rule}```" in text(DOCS / "extending.md")


def test_the_worked_comparer_compares_and_stands_in_both_guides() -> None:
    (code,) = re.findall(r"^```python\n(class .*?)^```", text(DOCS / "extending.md"), re.M | re.S)
    assert f"```python\n{code}```" in text(DOCS / "es" / "ampliar.md")
    names: dict[str, Any] = {**vars(object_comparers), "terms_of": terms_of}
    exec(code.replace("concealment_model", "method_model"), names)  # noqa: S102  # this page's code
    comparer = names["ConcealmentComparer"]()
    (record,) = comparer.records("seizure", example("seizure").payload)
    assert comparer.unpack(comparer.pack(record)) == record
    others = [other for other in COMPARERS if other.format_byte == comparer.format_byte]
    letters = {letter for other in COMPARERS for letter in other.caps}
    assert not others and not letters & comparer.caps.keys()
    assert comparer.since_form == NEWEST_FORM + 1
    assert comparer.compare(comparer.pack(record), comparer.pack(record)) is not None


def test_the_days_for_reports_and_for_libraries_are_written() -> None:
    text = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
    for promise in ("an answer within 3 working days", "at most 90 days later"):
        assert promise in text
    assert "within 7 days if it is critical, within 30 days if it is high" in text
