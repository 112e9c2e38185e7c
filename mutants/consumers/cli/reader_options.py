"""Who asks, as of when, in which language: the options that every question of the command line has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import click

from consumers.ledger.writer import DisclosureLedger
from consumers.query.query_layer import AmbiguousIdError, QueryLayer
from consumers.query.views import to_epoch_ms
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.errors import QuipuError, Words
from infra.exchange_log import generation
from infra.keys.keyring import KeyringError, load_mechanism_keys
from infra.registry import local_types
from infra.settings import Settings
from schemas.model import Reader
from schemas.release.rules import EMBEDDED_PURPOSE, ReaderRefusedError, parse_reader
from streams.rules import rules

Command = TypeVar("Command", bound=Callable[..., Any])
CHANNEL = "cli"
WHOLE_DAY = len("2018-07-01")


@dataclass(frozen=True, slots=True)
class QueryContext:
    """A question's circumstances. `as_of`: ms since 1970 UTC, None is now."""

    settings: Settings
    reader: Reader
    as_of: int | None
    as_json: bool

    @property
    def lang(self) -> str:
        """es or en."""
        return self.settings.lang


def with_query_options(command: Command) -> Command:
    """Adds the options and hands the command an Asking as `asked`."""

    def asked(  # the options, gathered into one value
        *args: Any,
        reader: str,
        purpose: str,
        groups: str,
        exercise: str | None,
        as_of: str | None,
        as_json: bool,
        lang: str | None,
        **rest: Any,
    ) -> Any:
        settings: Settings = click.get_current_context().obj
        spoken = replace(settings, lang=lang) if lang else settings
        who = _reader(reader, purpose, groups, exercise)
        return command(*args, asked=QueryContext(spoken, who, parse_as_of(as_of), as_json), **rest)

    asked.__doc__ = command.__doc__
    for option in reversed(_OPTIONS):
        asked = option(asked)
    return asked  # type: ignore[return-value]


_OPTIONS = (
    click.option(
        "--as",
        "reader",
        default="MEC/analyst/AMBER",
        envvar="QUIPU_AS",
        show_default=True,
        metavar="PAIS/rol/TLP",
        help="Quién pregunta, p. ej. CO/analyst/AMBER. | Who asks, such as CO/analyst/AMBER.",
    ),
    click.option(
        "--purpose",
        default=EMBEDDED_PURPOSE,
        show_default=True,
        help="Para qué se pregunta. | What the query is for.",
    ),
    click.option(
        "--groups",
        default="",
        metavar="A,B",
        help="Grupos en que se comparte. | Sharing groups one is in.",
    ),
    click.option("--exercise", help="Ejercicio en que se está. | The exercise one is in."),
    click.option(
        "--as-of",
        metavar="FECHA",
        help="Lo que se sabía entonces: 2018-07-01 (todo el día) o 2018-07-01T14:30 (UTC). | What was known then (UTC).",
    ),
    click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs."),
    click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language."),
)


def parse_as_of(text: str | None) -> int | None:
    """ms since 1970 UTC; a whole day means its end. Raises QuipuError AS_OF."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise QuipuError(
            Words(f"«{text}» no es una fecha.", f"`{text}` is no date."),
            Words(
                "Escriba 2018-07-01, o 2018-07-01T14:30 (UTC).",
                "Write 2018-07-01, or 2018-07-01T14:30 (UTC).",
            ),
            "AS_OF",
        ) from error
    if len(text) == WHOLE_DAY:
        at += timedelta(days=1, milliseconds=-1)
    return to_epoch_ms(at if at.tzinfo else at.replace(tzinfo=UTC))


def _reader(text: str, purpose: str, groups: str, exercise: str | None) -> Reader:
    try:
        return parse_reader(
            text,
            purpose=purpose,
            groups=[name for name in groups.split(",") if name],
            exercise=exercise,
        )
    except ReaderRefusedError as error:
        raise QuipuError(
            Words(
                f"No se entiende quién pregunta: «{text}».", f"Who asks is not understood: {error}."
            ),
            Words(
                "Escriba --as PAÍS/rol/AUTORIZACIÓN, como CO/analyst/AMBER (MEC es el mecanismo).",
                "Write --as COUNTRY/role/CLEARANCE, such as CO/analyst/AMBER (MEC is the mechanism).",
            ),
            "READER",
        ) from error


@contextmanager
def open_queries(settings: Settings) -> Iterator[QueryLayer]:
    """The query layer over the generation that serves now, for one answer.

    When the block ends, what was shown has been written to the disclosure ledger: nothing may be
    printed within it. Raises LedgerUnavailableError.
    """
    client = connect(settings, database_of(generation.current_generation(settings)))
    try:
        layer = QueryLayer(client, rules(local_types.local_rules(settings)), _secret(settings))
        yield layer
    finally:
        client.disconnect()
    if any(layer.disclosed):
        with closing(open_ledger(settings)) as written:
            written.disclose(layer.disclosed, CHANNEL)


def open_ledger(settings: Settings) -> DisclosureLedger:
    """The disclosure ledger, to be closed."""
    return DisclosureLedger(settings, lambda: load_mechanism_keys(settings))


def _secret(settings: Settings) -> bytes | None:
    try:
        return load_mechanism_keys(settings).thing_secret
    except KeyringError as error:
        if error.code == "NOT_FOUNDED":
            return None
        raise


def ambiguous_id(error: AmbiguousIdError) -> QuipuError:
    """A short id that several have, or none."""
    if not error.found:
        return not_found(error.digits)
    several = ", ".join(id_ for _, id_ in error.found)
    return QuipuError(
        Words(
            f"«{error.digits}» puede ser varios: {several}.",
            f"`{error.digits}` may be several: {several}.",
        ),
        Words("Escriba una cifra más.", "Write one digit more."),
        "NOT_UNIQUE",
    )


def not_found(id_: str) -> QuipuError:
    """None of this id for this reader: not there and not released are not told apart."""
    return QuipuError(
        Words(
            f"No hay nada con el id «{id_}», o no se le muestra a quien pregunta.",
            f"Nothing has the id `{id_}`, or it is not released.",
        ),
        Words(
            "Vea la lista con «quipu indicators» o «quipu events».",
            "See the list with `quipu indicators` or `quipu events`.",
        ),
        "NOT_FOUND",
    )
