"""`quipu identify`: how any written value is read, for users and for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TypedDict

import click
from rich.padding import Padding
from rich.text import Text

from infra.clock import now_ms
from infra.coded_options import CodedText
from infra.command_line import argument, command, json_option, option
from infra.settings import Settings
from infra.terminal import echo_json, make_console
from producers.errors import IdentifyError
from producers.mapping.identify import Identified, WrittenText, identify
from schemas.i18n import UserMessage, _, pgettext
from schemas.words.written_codes import find_code

_TEXT_FIELDS = ("country", "type", "issuer", "make", "calibre")


class ThingRow(TypedDict):
    """A thing as `--json` gives it. `issuer` and `value` together are its identity in a kind.

    `currency`, `unit`: of an amount or a quantity, where its text names one.
    """

    value: str
    certainty: str
    why: str
    issuer: str
    currency: str
    unit: str


class IdentifiedRow(TypedDict):
    """A line as `--json` gives it. `why`: why there is no thing, empty where there is one.

    `error`: what is wrong with the line itself, empty where it could be read.
    """

    id: object
    things: list[ThingRow]
    why: str
    error: str


@command("identify", help=_("Show how a written value is read: as which things, and why."))
@argument("kind", type=CodedText("identify_kind"), required=False)
@argument("texts", nargs=-1, metavar="[TEXT]...")
@option(
    "--country", type=CodedText("country"), default="", help=_("Country of the number, such as CO.")
)
@option("--type", "type_", default="", help=_("Type of document or weapon, such as national_id."))
@option("--issuer", default="", help=_("Institution of an account."))
@option("--make", default="", help=_("Make of a weapon or lot."))
@option("--calibre", default="", help=_("Calibre of a weapon or lot."))
@json_option
@click.pass_obj
def identify_command(
    settings: Settings,
    kind: str | None,
    texts: tuple[str, ...],
    country: str,
    type_: str,
    issuer: str,
    make: str,
    calibre: str,
    as_json: bool,
) -> None:
    """Read the texts, or with `--json` and without texts the lines of standard input."""
    given = WrittenText(kind or "", "", country.upper(), type_, issuer, make, calibre)
    if as_json and not texts:
        rows = identify_lines(click.get_text_stream("stdin"), given, settings.lang)
        if echo_rows(rows):
            click.get_current_context().exit(1)
        return
    if not kind or not texts:
        raise IdentifyError(
            _("A kind and a text are missing."),
            _("Write for example: quipu identify document --country CO 'C.C. 10.111.222'"),
        )
    today = _today()
    for number, text in enumerate(texts, 1):
        written = WrittenText(kind, text, *(getattr(given, name) for name in _TEXT_FIELDS))
        identified = identify(written, today)
        if as_json:
            echo_json(_row(number, identified, settings.lang))
        else:
            _show(text, identified, settings.lang)


def identify_lines(
    lines: Iterable[str], given: WrittenText, lang: str, today: date | None = None
) -> Iterator[IdentifiedRow]:
    """Read lines of JSON: {id, kind, country, type, issuer, make, text}.

    `given`: what holds where a line does not say. A line that cannot be read has an `error` that
    names it, and the others go on.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        fields: Mapping[str, object] = {}
        try:
            fields = _parse_line(line, number)
            row = _row(fields.get("id"), _identify_line(fields, given, number, today), lang)
        except IdentifyError as error:
            problem = f"{error.message.in_language(lang)} {error.remedy.in_language(lang)}"
            row = {"id": fields.get("id"), "things": [], "why": "", "error": problem}
        yield row


def echo_rows(rows: Iterable[IdentifiedRow]) -> int:
    """Print each row as a line of JSON, and count those whose line could not be read."""
    errors = 0
    for row in rows:
        echo_json(row)
        errors += bool(row["error"])
    return errors


def _parse_line(line: str, number: int) -> Mapping[str, object]:
    try:
        fields = json.loads(line.lstrip("\ufeff"), parse_float=str)
    except ValueError as error:
        raise _bad_line(number, _("It is no JSON.")) from error
    if not isinstance(fields, dict):
        raise _bad_line(number, _("It is no JSON object."))
    return fields


def _identify_line(
    fields: Mapping[str, object], given: WrittenText, number: int, today: date | None
) -> Identified:
    values = {
        name: str(fields.get(name) or "") or getattr(given, name)
        for name in ("kind", *_TEXT_FIELDS)
    }
    values["kind"] = find_code("identify_kind", values["kind"]) or values["kind"]
    country = values["country"]
    values["country"] = find_code("country", country) or country.upper()
    text = fields.get("text")
    written = WrittenText(text="" if text is None else str(text), **values)
    try:
        return identify(written, today or _today())
    except IdentifyError as error:
        raise _bad_line(number, error.message, error.remedy) from error


def _today() -> date:
    return datetime.fromtimestamp(now_ms() / 1000, UTC).date()


def _bad_line(
    number: int, problem: UserMessage, remedy: UserMessage | None = None
) -> IdentifyError:
    expected = _('Each line is an object such as {"id": 1, "kind": "phone", "text": "3005550100"}.')
    return IdentifyError(
        _("Line {number}: {problem}", number=number, problem=problem), remedy or expected
    )


def _row(id_: object, identified: Identified, lang: str) -> IdentifiedRow:
    because = identified.nothing_because
    return {
        "id": id_,
        "things": [
            {
                "value": thing.value,
                "certainty": thing.certainty,
                "why": "; ".join(why.in_language(lang) for why in thing.why),
                "issuer": thing.issuer,
                "currency": thing.currency,
                "unit": thing.unit,
            }
            for thing in identified.things
        ],
        "why": "" if because is None else because.in_language(lang),
        "error": "",
    }


def _show(text: str, identified: Identified, lang: str) -> None:
    """Print one text with its things, or why there is none."""
    console = make_console(highlight=False)
    row = _row("", identified, lang)
    console.print(text, markup=False, style="bold")
    if not row["things"]:
        nothing = _("nothing: {why}", why=row["why"]).in_language(lang)
        console.print(f"  {nothing}", markup=False)
        return
    words = {
        "certain": pgettext("reading", "certain"),
        "possible": pgettext("reading", "possible"),
    }
    for thing in row["things"]:
        named = (thing["issuer"], thing["value"], thing["currency"], thing["unit"])
        value = " ".join(filter(None, named))
        parts = (value, words[thing["certainty"]].in_language(lang), thing["why"])
        console.print(Padding(Text(" · ".join(filter(None, parts))), (0, 0, 0, 2)))


commands = [identify_command]
