"""The pages of metrics, HTTP interfaces and commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from consumers.api.app import openapi_document
from docs.generate.markdown import Lang, Row, choose, columns, table
from infra.cli.root import Root
from infra.command_line import choose_language
from infra.settings import load
from infra.telemetry.metrics import METRICS
from producers.api import app
from producers.api.node_host import NodeHost

WIDTH = 110


def metrics(lang: Lang) -> Iterator[str]:
    """Yield every metric of /metrics."""
    rows = [
        (f"`{metric.name}`", metric.kind, metric.unit, metric.meaning.in_language(lang))
        for metric in METRICS
    ]
    yield table(columns(lang, "métrica tipo unidad significa", "metric type unit means"), rows)


def api(lang: Lang) -> Iterator[str]:
    """Yield the two HTTP interfaces."""
    node = app.create_app(NodeHost(load({}), "", ""), "").openapi()
    for title, description in (
        (choose(lang, "Del mecanismo", "Of the mechanism"), openapi_document()),
        (choose(lang, "De un nodo", "Of a node"), node),
    ):
        yield f"## {title}"
        yield description["info"].get("description", "").strip()
        for path, operations in description["paths"].items():
            for method, operation in operations.items():
                yield f"### `{method.upper()} {path}`"
                yield from _operation(operation, lang)


def _operation(operation: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    yield operation.get("description", operation.get("summary", ""))
    rows = [_parameter(parameter) for parameter in operation.get("parameters", [])]
    if rows:
        head = columns(lang, "parámetro dónde significa", "parameter where means")
        yield table(head, rows)
    responses = operation["responses"].items()
    yield ", ".join(f"{status} {response['description']}" for status, response in responses)


def _parameter(parameter: Mapping[str, Any]) -> Row:
    mark = " *" if parameter.get("required") else ""
    return f"`{parameter['name']}`{mark}", parameter["in"], parameter.get("description", "")


def cli(lang: Lang) -> Iterator[str]:
    """Yield every command's own help."""
    root = Root()
    context = click.Context(root)
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        if command:
            yield from _command(f"quipu {name}", command, lang)


def _command(name: str, command: click.Command, lang: Lang) -> Iterator[str]:
    with command.context_class(
        command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH
    ) as context:
        choose_language(context, lang)
        yield f"## {name}"
        yield f"```\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            yield from _command(f"{name} {child}", command.commands[child], lang)
