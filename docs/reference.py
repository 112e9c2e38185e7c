"""The reference: docs/reference/ (English) and docs/es/referencia/ (Spanish), made from what the
code itself reads.

python docs/reference.py            writes the pages
python docs/reference.py --check    exit code 1 where a page is not what it would write: `make
check` runs it
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, NamedTuple

import click

from consumers.api.app import describe
from infra.cli.root import ENTRY_POINTS, in_language
from infra.settings import load
from infra.telemetry.metrics import METRICS
from producers.api import app
from producers.api.node_host import Intake
from schemas import words
from schemas.avro.schema_walk import Names, Part, items, parts
from schemas.codes import code_lists
from schemas.event.event_type import EVENTS, event_type
from streams.rules import Rule, rules

HERE = Path(__file__).parent
FOLDERS = {"en": HERE / "reference", "es": HERE / "es" / "referencia"}
# codes of a list that are written out; longer ones (countries, subdivisions) are standards of
# others
LONGEST = 130
WIDTH = 110

Text = Mapping[str, str]  # by language


class Page(NamedTuple):
    """`name`: of the file, by language; `write`: the page's lines in a language."""

    name: Text
    title: Text
    write: Callable[[str], Iterator[str]]


def event_types(lang: str) -> Iterator[str]:
    """Every type with its fields."""
    for path in sorted(EVENTS.glob("*.avsc")):
        definition = event_type(path.stem).format.definition
        yield f"## {path.stem}: {words.event_type(path.stem, lang)}"
        yield definition.get("doc", "")
        rows = [_field(where, one, lang) for where, one in _fields(definition, "", {})]
        yield table(
            _say(lang, "campo tipo significa reglas", "field type means rules").split(), rows
        )


def _fields(record: Mapping[str, Any], above: str, names: Names) -> Iterator[tuple[str, Part]]:
    for one in parts(dict(record), names):
        where = f"{above}{one.name}"
        inner = items(one, names) if one.type["type"] == "array" else one
        yield (
            where + ("[]" if inner is not one else ""),
            one._replace(attributes={**inner.attributes, **one.attributes}),
        )
        if inner.type["type"] == "record" and "fields" in inner.type:
            yield from _fields(inner.type, where + ("[]." if inner is not one else "."), names)


def _field(where: str, one: Part, lang: str) -> Sequence[str]:
    doc = words.field(where.replace("[]", ""), lang)
    kind = str(one.type.get("name", one.type["type"]))
    return f"`{where}`", kind, "" if doc == where else doc, ", ".join(_demands(one, lang))


def _demands(one: Part, lang: str) -> Iterator[str]:
    said = one.attributes
    if said.get("required") or not (one.nullable or one.has_default):
        yield _say(lang, "obligatorio", "required")
    if "codes" in said:
        yield _say(lang, f"códigos `{said['codes']}`", f"codes `{said['codes']}`")
    if "minimum" in said or "maximum" in said:
        yield f"{said.get('minimum', '')}..{said.get('maximum', '')}"
    if said.get("date"):
        yield _say(lang, "fecha ISO", "ISO date")
    if "pattern" in said:
        yield f"`{said['pattern']}`".replace("|", "\\|")
    if said.get("personal"):
        yield _say(lang, "personal", "personal")
    if said.get("trait"):
        yield _say(lang, "lo miran las reglas", "rules look at it")
    if "observed" in said:
        yield _say(lang, f"es una cosa: {said['observed']}", f"is a thing: {said['observed']}")


def codes(lang: str) -> Iterator[str]:
    """Every closed list."""
    for name, found in sorted(code_lists().items()):
        yield f"## {name}: {found.words[lang]}"
        yield f"{_say(lang, 'Fuente', 'Source')}: {found.source}"
        if len(found.codes) > LONGEST:
            yield (
                _say(lang, f"{len(found.codes)} códigos", f"{len(found.codes)} codes")
                + f": `schemas/codes/{name}.json`"
            )
        else:
            rows = [(f"`{code}`", said[lang]) for code, said in found.codes.items()]
            yield table((_say(lang, "código", "code"), _say(lang, "significa", "means")), rows)
    yield f"## {_say(lang, 'Códigos estables', 'Stable codes')}"
    stable = sorted(words.table("stable_codes").items())
    head = _say(lang, "código significa remedio", "code means remedy").split()
    yield table(
        head, [(f"`{code}`", said[lang]["title"], said[lang]["remedy"]) for code, said in stable]
    )


def rule_pages(lang: str) -> Iterator[str]:
    """Every rule as its file says it."""
    for rule in rules().by_id.values():
        yield f"## {rule.id}"
        yield f"**{rule.title[lang]}.** {rule.sentence[lang]}"
        yield table(("", ""), _rule(rule, lang))


def _rule(rule: Rule, lang: str) -> Iterator[Sequence[str]]:
    yield _say(lang, "versión", "version"), str(rule.version)
    yield (
        _say(lang, "cosas", "things"),
        ", ".join(words.table("kinds")[kind][lang]["name"] for kind in rule.kinds),
    )
    yield _say(lang, "gravedad", "severity"), rule.severity
    for role in dict.fromkeys(rule.pair):
        yield f"`{role}`", "; ".join(filling.told() for filling in rule.roles[role])
    yield from rule.conditions()
    yield "hub", str(rule.hub)
    yield (
        _say(lang, "pesos", "weights"),
        ", ".join(f"{name} {weight:g}" for name, weight in rule.weights.items()),
    )


def metrics(lang: str) -> Iterator[str]:
    """Every metric of /metrics."""
    rows = [(f"`{one.name}`", one.kind, one.unit, one.meaning.text(lang)) for one in METRICS]
    yield table(_say(lang, "métrica tipo unidad significa", "metric type unit means").split(), rows)


def api(lang: str) -> Iterator[str]:
    """The two HTTP interfaces."""
    for title, found in (
        (_say(lang, "Del mecanismo", "Of the mechanism"), describe()),
        (_say(lang, "De un nodo", "Of a node"), app.create(Intake(load({}), "", ""), "").openapi()),
    ):
        yield f"## {title}"
        yield found["info"].get("description", "").strip()
        for path, methods in found["paths"].items():
            for method, said in methods.items():
                yield f"### `{method.upper()} {path}`"
                yield said.get("description", said.get("summary", ""))
                rows = [_parameter(one) for one in said.get("parameters", [])]
                if rows:
                    yield table(
                        _say(lang, "parámetro dónde significa", "parameter where means").split(),
                        rows,
                    )
                yield ", ".join(
                    f"{code} {answer['description']}" for code, answer in said["responses"].items()
                )


def _parameter(one: Mapping[str, Any]) -> Sequence[str]:
    needed = " *" if one.get("required") else ""
    return f"`{one['name']}`{needed}", one["in"], one.get("description", "")


def cli(lang: str) -> Iterator[str]:
    """Every command's own help."""
    commands = {
        str(one.name): one
        for point in entry_points(group=ENTRY_POINTS)
        for one in import_module(point.value).commands
    }
    for name in sorted(commands):
        yield from _command(f"quipu {name}", in_language(commands[name], lang))


def _command(name: str, command: click.Command) -> Iterator[str]:
    with click.Context(
        command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH
    ) as context:
        yield f"## {name}"
        yield f"```\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            yield from _command(f"{name} {child}", command.commands[child])


PAGES = (
    Page(
        {"en": "event-types", "es": "tipos-de-evento"},
        {"en": "Event types", "es": "Tipos de evento"},
        event_types,
    ),
    Page({"en": "codes", "es": "codigos"}, {"en": "Codes", "es": "Códigos"}, codes),
    Page({"en": "rules", "es": "reglas"}, {"en": "Rules", "es": "Reglas"}, rule_pages),
    Page({"en": "metrics", "es": "metricas"}, {"en": "Metrics", "es": "Métricas"}, metrics),
    Page({"en": "api", "es": "api"}, {"en": "HTTP interfaces", "es": "Interfaces HTTP"}, api),
    Page({"en": "cli", "es": "ordenes"}, {"en": "Commands", "es": "Órdenes"}, cli),
)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| "
        + " | ".join(
            cell.replace("\n", " ").replace("|", "\\|").replace("\\\\|", "\\|") for cell in line
        )
        + " |"
        for line in lines
    )


def render(page: Page, lang: str) -> str:
    """The page as it stands in its file."""
    made = _say(lang, "Hecho por", "Made by")
    body = "\n\n".join(one for one in page.write(lang) if one)
    return f"# {page.title[lang]}\n\n{made} `python docs/reference.py`.\n\n{body}\n"


def index(lang: str) -> str:
    """The folder's README."""
    lines = [f"- [{page.title[lang]}]({page.name[lang]}.md)" for page in PAGES]
    return f"# {_say(lang, 'Referencia', 'Reference')}\n\n" + "\n".join(lines) + "\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Every file with its text."""
    for lang, folder in FOLDERS.items():
        yield folder / "README.md", index(lang)
        for page in PAGES:
            yield folder / f"{page.name[lang]}.md", render(page, lang)


def main() -> int:
    """0, or 1 where --check finds a page that is not true today."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for path, text in pages():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(HERE.parent))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(
            f"{path}: {'is not what the code says: run python docs/reference.py' if check else 'written'}"
        )
    return 1 if check and stale else 0


def _say(lang: str, spanish: str, english: str) -> str:
    return spanish if lang == "es" else english


if __name__ == "__main__":
    sys.exit(main())
