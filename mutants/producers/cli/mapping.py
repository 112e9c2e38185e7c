"""`quipu mapping`: try out a mapping on a file, or have one suggested. Nothing is published."""

import json
import sys
import time
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import click

from infra.keys import keyring
from infra.settings import Settings
from producers.cli import render_dry_run, render_report
from producers.errors import bad_mapping
from producers.events.draft import Origin
from producers.ingest.dry_run import Check, Counts, Sample
from producers.mapping.mapping import MappingFile, load
from producers.mapping.suggest import suggest
from producers.model import Line, Mapped
from producers.node_config import Standing
from producers.outbox.store import Outbox
from producers.sources.reader import read
from schemas.codes import CodeSets, code_sets
from schemas.errors import ConfigRefusedError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType, event_type

_LOOKED_AT = 1000  # rows, to find out in which country a file's events are
_UNREAD = frozenset({"EMPTY_FILE", "UNREADABLE_FILE", "BAD_ENCODING"})
_LANG = click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")


@click.group(
    "mapping",
    help="Mapeos: de un archivo nacional a eventos. | Mappings: from a national file to events.",
)
def mapping_group() -> None:
    """Only reads."""


@mapping_group.command(
    "check",
    help="Prueba un mapeo con un archivo; no publica nada. | Try a mapping on a file; publishes nothing.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    required=True,
    metavar="M",
    help="Nombre o ruta del mapeo. | Name or path of the mapping.",
)
@click.option(
    "--node",
    metavar="N",
    help="Como este nodo: su país, sus listas. | As this node: its country, its lists.",
)
@click.option(
    "--rows", default=5, show_default=True, help="Filas que se muestran. | Rows that are shown."
)
@_JSON
@_LANG
@click.pass_obj
def check_command(
    settings: Settings,
    /,
    file: Path,
    mapping: str,
    node: str | None,
    rows: int,
    as_json: bool,
    lang: str | None,
) -> None:
    """Exit codes: 0 nothing wrong, 1 some row is, 2 the file or the mapping cannot be read."""
    how, counts = load(mapping), Counts()
    check = _check(settings, file, how, node)
    samples = check.samples(islice(read(file, how.source, how.columns), _LOOKED_AT), rows)
    problems = check.problems(read(file, how.source, how.columns), counts)
    if as_json:
        found = [asdict(one) for one in problems]
        click.echo(
            json.dumps(
                _as_json(file, how, samples, found, counts), ensure_ascii=False, default=bytes.hex
            )
        )
    else:
        render_dry_run.check(
            file.name,
            check,
            samples,
            problems,
            counts,
            lang or settings.lang,
            render_report.console(),
            known=node is not None,
        )
    sys.exit(_exit_code(counts))


@mapping_group.command(
    "suggest", help="Propone un mapeo para un archivo. | Propose a mapping for a file."
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--type",
    "type_",
    metavar="T",
    help="Tipo de evento; si no, el más probable. | Event type; else the likeliest.",
)
@click.option(
    "--country",
    type=click.Choice(["BO", "CO", "EC", "PE"]),
    help="País del archivo. | The file's country.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Archivo nuevo; si no, la pantalla. | A new file; else the screen.",
)
@_LANG
@click.pass_obj
def suggest_command(
    settings: Settings,
    /,
    file: Path,
    type_: str | None,
    country: str | None,
    out: Path | None,
    lang: str | None,
) -> None:
    """Exit codes: 0 proposed, 2 there is nothing to propose from."""
    if type_ is not None:
        known_type(type_, "--type")
    text = suggest(file, type_, country, lang or settings.lang)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise bad_mapping(
            str(out),
            f"no se puede escribir ({error.strerror})",
            f"cannot be written ({error.strerror})",
        ) from error
    render_report.say(
        lang or settings.lang,
        f"{out}: revise sus comentarios y pruebe: quipu mapping check {file} --mapping {out}",
        f"{out}: go through its comments and try: quipu mapping check {file} --mapping {out}",
    )


def _exit_code(counts: Counts) -> int:
    if not counts.good and not counts.repeated and counts.rows <= 1 and set(counts.codes) & _UNREAD:
        return 2
    return 1 if counts.codes else 0


def _check(settings: Settings, file: Path, how: MappingFile, node: str | None) -> Check:
    standing, secret = _standing(settings, node) if node else (None, bytes(32))
    country = standing.country if standing else _country(file, how)
    origin = Origin(node or "?", country, standing.authority if standing else "?", secret)
    known = code_sets(standing.code_lists if standing else {})
    return Check(
        how, _kind(how, standing, known), origin, EnvelopeValidator(known), int(time.time() * 1000)
    )


def _kind(how: MappingFile, standing: Standing | None, known: CodeSets) -> EventType:
    """Of config, where the node remembers it from there; checked against the codes that hold."""
    brought = standing.schemas.get(how.type) if standing else None
    if brought is None and not (standing and standing.code_lists):
        return known_type(how.type, f"{how.name}: type")
    return EventType(brought or known_type(how.type, f"{how.name}: type").format.text, known)


def known_type(name: str, where: str) -> EventType:
    """Raises MappingError, saying where, for a type that there is not."""
    try:
        return event_type(name)
    except ConfigRefusedError as error:
        raise bad_mapping(
            where, f"no hay tipo de evento {name}", f"there is no event type {name}"
        ) from error


def _standing(settings: Settings, node: str) -> tuple[Standing | None, bytes]:
    """What the node's outbox remembers of config; None before it ever read it. Raises KeyringError
    for a node that is not here.
    """
    keys = keyring.load_node_keys(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as box:
        remembered = box.fact("standing")
    return Standing.read(remembered) if remembered else None, keys.id_secret


def _country(file: Path, how: MappingFile) -> str:
    """Where the mapping says that things are, else the country of the first place that a row names."""
    if "place_country" in how.envelope:
        return str(how.envelope["place_country"])
    for each in islice(read(file, how.source, how.columns), _LOOKED_AT):
        mapped = how.apply(each.row, each.number) if isinstance(each, Line) else None
        if isinstance(mapped, Mapped) and mapped.envelope.get("subdivision"):
            return str(mapped.envelope["subdivision"])[:2]
    return "CO"


def _as_json(
    file: Path, how: MappingFile, samples: list[Sample], found: list[dict[str, Any]], counts: Counts
) -> dict[str, Any]:
    return {
        "file": file.name,
        "mapping": how.name,
        "type": how.type,
        "rows": counts.rows,
        "good": counts.good,
        "repeated": counts.repeated,
        "codes": dict(counts.codes.most_common()),
        "problems": found,
        "samples": [asdict(sample) for sample in samples],
    }


commands: list[click.Command] = [mapping_group]
