"""Write requests, alerts and their next steps, by the node's normal intake."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from infra.coded_options import WordChoice
from infra.command_line import argument, command, json_option, node_option, option
from infra.keys import keyring
from infra.option_types import seconds
from infra.settings import Settings
from infra.terminal import echo_json, make_console
from producers.cli.code_option import CodeOption
from producers.cli.field_values import field_values
from producers.cli.progress import progress_line
from producers.cli.source_file import source_file
from producers.errors import NodeError
from producers.events.submitted import SubmissionResult
from producers.node import DEFAULT_WAIT_S, CountryNode
from producers.node_config import NodeConfig
from producers.outbox.receipts import Receipt
from producers.outbox.store import Outbox
from schemas import words
from schemas.i18n import UserMessage, _
from schemas.ids import to_uuid_text
from schemas.model import EventId
from schemas.release.use_conditions import BOUND_TYPE, bound_envelope
from streams.lifecycles.completeness import Omission, gaps
from streams.lifecycles.drafting import (
    Case,
    Draft,
    StepAnswer,
    allowed_step,
    bind,
    opening_draft,
    step_draft,
    steps_of,
)
from streams.lifecycles.library import LIFECYCLES, REQUESTS
from streams.lifecycles.model import Party

_SET = option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("A field of the content; lists with commas, objects as JSON."),
)
_TO = option(
    "--to",
    "recipients",
    multiple=True,
    required=True,
    metavar="CO/FGN",
    help=_("Who is addressed: a country, an authority, a sharing group."),
)
timeout_option = option(
    "--timeout",
    type=seconds(),
    default=DEFAULT_WAIT_S,
    show_default=True,
    help=_("Seconds to wait for answers."),
)
_REFERENCE = option("--reference", default="", help=_("Your own reference of it."))
_EXERCISE = option("--exercise", help=_("Name of the exercise: it is not real."))


def publishing(command_: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that writes a step."""
    decorated = command_
    for decorate in (json_option, timeout_option, node_option):
        decorated = decorate(decorated)
    return decorated


@command("form", help=_("Print the form of a request as JSON, to be filled in and sent."))
@argument("kind", type=WordChoice("kind", sorted(REQUESTS)))
@node_option
@_TO
@_SET
@_REFERENCE
@_EXERCISE
@click.pass_obj
def form_command(
    settings: Settings,
    /,
    kind: str,
    node: str,
    recipients: tuple[str, ...],
    pairs: tuple[str, ...],
    **options: Any,
) -> None:
    """Print what is known of it; what is empty is to be filled in."""
    draft = _opening(kind, author_of(settings, node), recipients, pairs)
    if options["exercise"]:
        draft = {**draft, "envelope": {**_part(draft, "envelope"), "exercise": options["exercise"]}}
    echo_json({**draft, "reference": options["reference"] or None})
    _print_gaps(settings, draft)


@command("send", help=_("Check a request against what it must have, and publish it."))
@argument("file", type=source_file)
@option(
    "--reason",
    type=CodeOption("correction_reason"),
    help=_("Why it replaces what you sent before with this reference."),
)
@publishing
@click.pass_obj
def send_command(settings: Settings, /, file: Path, reason: str | None, **options: Any) -> None:
    """Publish a form that was filled in. A draft (state DRAFT) may still lack something."""
    draft = read_draft(file)
    if reason:
        draft = {**draft, "correction_reason": reason}
    require_complete(draft)
    publish(settings, draft, options)


@command("send", help=_("Send an alert to the duty desks of other countries."))
@_TO
@option("--title", required=True, help=_("What it is about, in a line."))
@option("--kind", type=CodeOption("alert_kind"), required=True, help=_("Kind of alert."))
@option("--message", default="", help=_("What is known, and what is needed."))
@option(
    "--minutes",
    type=click.IntRange(1, 10_080),
    help=_("Minutes to answer; otherwise those of the deadline."),
)
@option("--exercise", help=_("Name of the exercise: it is no real alert."))
@_SET
@_REFERENCE
@publishing
@click.pass_obj
def alert_command(
    settings: Settings,
    /,
    recipients: tuple[str, ...],
    title: str,
    kind: str,
    message: str,
    minutes: int | None,
    exercise: str | None,
    pairs: tuple[str, ...],
    reference: str,
    **options: Any,
) -> None:
    """Publish an alert on the urgent lane."""
    draft = _opening("alert", author_of(settings, options["node"]), recipients, pairs)
    content = {"title": title, "kind": kind, "message": message, "answer_minutes": minutes}
    payload = {**_part(draft, "payload"), **{name: text for name, text in content.items() if text}}
    envelope = {**_part(draft, "envelope"), "justification": title, "exercise": exercise}
    whole: Draft = {**draft, "payload": payload, "envelope": envelope}
    publish(settings, {**whole, "reference": reference or None}, options)


def answer(
    settings: Settings, case: Case, word: str, pairs: tuple[str, ...], options: Mapping[str, Any]
) -> None:
    """Publish the next step of a course. Raises NodeError for one that may not be taken."""
    take_step(settings, case, word, lambda type_: field_values(type_, pairs), options)


def take_step(
    settings: Settings,
    case: Case,
    word: str,
    values_of: Callable[[str], Mapping[str, object]],
    options: Mapping[str, Any],
) -> None:
    """Publish a step with the values that `values_of` gives for its type. Raises NodeError."""
    author = author_of(settings, options["node"])
    step = allowed_step(case, author, word)
    if step is None:
        raise _impossible(case, author, word, settings.lang)
    values = values_of(step.type)
    missing = [name for name in step.needs if not values.get(name)]
    if missing:
        raise NodeError(
            _("This step needs: {fields}.", fields=", ".join(missing)),
            _("Add it: --set {field}=VALUE.", field=missing[0]),
            "MISSING_FIELD",
        )
    reference = str(options.get("reference") or "")
    publish(settings, step_draft(case, author, step, StepAnswer(word, values, reference)), options)


def publish(settings: Settings, draft: Draft, options: Mapping[str, Any]) -> None:
    """Publish a draft, say what became of it, and end with the exit code."""
    type_, lang = str(draft["type"]), settings.lang
    record = {name: value for name, value in draft.items() if value is not None}
    is_shown = not options.get("as_json")
    with (
        progress_line(lang, is_shown, make_console(stderr=True)) as watch,
        CountryNode(settings, options["node"], watch) as node,
    ):
        [result] = node.publish_events(type_, [record], float(options["timeout"]))
        known = result.id is not None and result.outcome != "refused"
        receipts = node.receipts_of(EventId(result.id)) if known and result.id else []
    if not is_shown:
        echo_json(_as_json(result, receipts))
    else:
        _print_result(type_, result, receipts, lang)
    if result.outcome == "refused" or any(
        receipt.verdict == "rejected" for receipt in receipts[-1:]
    ):
        sys.exit(1)


def author_of(settings: Settings, node: str) -> Party:
    """Return the authority of a node, as config names it. Raises FoundingError, KeyringError."""
    config = config_of(settings, node)
    return Party(config.country, config.authority)


def config_of(settings: Settings, node: str) -> NodeConfig:
    """Return config as a node has read it. Raises FoundingError, KeyringError."""
    keyring.node_key_ids(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        config = outbox.node_config()
    if config is None:
        with CountryNode(settings, node) as opened:
            config = opened.read_config(DEFAULT_WAIT_S)
    return config


def read_draft(file: Path) -> Draft:
    """Read a form from JSON. Raises NodeError."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise _no_form(str(error)) from error
    if not isinstance(content, dict) or not isinstance(content.get("type"), str):
        raise _no_form("type")
    return content


def _opening(
    kind: str, author: Party, recipients: tuple[str, ...], pairs: tuple[str, ...]
) -> Draft:
    draft = opening_draft(kind, author, recipients)
    payload = {**_part(draft, "payload"), **field_values(str(draft["type"]), pairs)}
    binding = bound_envelope if draft["type"] == BOUND_TYPE else bind
    return {**draft, "payload": payload, "envelope": binding(_part(draft, "envelope"), payload)}


def _gaps(draft: Draft) -> list[Omission]:
    if draft["type"] != LIFECYCLES["assistance"].opening:
        return []
    is_urgent = _part(draft, "envelope").get("urgency") == "urgent"
    return gaps(_part(draft, "payload"), is_urgent)


def require_complete(draft: Draft) -> None:
    """Raise NodeError where a request that is no draft lacks what article 18(15) demands."""
    if _part(draft, "payload").get("state") == "DRAFT":
        return
    lacking = [gap for gap in _gaps(draft) if gap.is_required]
    if lacking:
        names = "; ".join(f"18(15)({gap.letter}) {gap.field}" for gap in lacking)
        raise NodeError(
            _("The request lacks what article 18(15) of UNTOC demands: {names}.", names=names),
            _("Fill it in and send it again, or send it with the state DRAFT."),
            "INCOMPLETE",
        )


def _print_gaps(settings: Settings, draft: Draft) -> None:
    for gap in _gaps(draft):
        name = words.field(gap.field, settings.lang)
        message = _("To be filled in: {name} ({field})", name=name, field=gap.field)
        click.echo(message.in_language(settings.lang), err=True)


def _print_result(type_: str, result: SubmissionResult, receipts: list[Receipt], lang: str) -> None:
    console = make_console()
    if result.id is None or result.outcome == "refused":
        for refusal in result.reasons:
            text = words.message(refusal.code, lang, field=refusal.field, detail=refusal.detail)
            console.print(text, markup=False)
            console.print(words.remedy(refusal.code, lang), markup=False, style="dim")
        return
    verdict = receipts[-1].verdict if receipts else "unanswered"
    line = f"{words.event_type(type_, lang)}: {words.verdict(verdict, lang)}"
    console.print(line, markup=False)
    console.print(to_uuid_text(result.id), markup=False)
    if receipts and receipts[-1].code:
        console.print(
            words.message(receipts[-1].code, lang, field=receipts[-1].field), markup=False
        )


def _as_json(result: SubmissionResult, receipts: list[Receipt]) -> dict[str, object]:
    return {
        "id": to_uuid_text(result.id) if result.id else None,
        "outcome": result.outcome,
        "verdict": receipts[-1].verdict if receipts else None,
        "reasons": [
            {"code": refusal.code, "field": refusal.field, "detail": str(refusal.detail)}
            for refusal in result.reasons
        ],
    }


def _impossible(case: Case, author: Party, word: str, lang: str) -> NodeError:
    possible = ", ".join(step.word for step in steps_of(case, author))
    remedy: UserMessage = (
        _("{author} may take: {steps}.", author=author, steps=possible)
        if possible
        else _("{author} has no step to take there now.", author=author)
    )
    message = _("The step {step} cannot follow {state}.", step=word, state=case.state)
    return NodeError(message, remedy, "IMPOSSIBLE")


def _no_form(detail: str) -> NodeError:
    return NodeError(
        _("The file is no form of a request: {detail}.", detail=detail[:200]),
        _("Make one: quipu request form assistance --node NODE --to CO/FGN"),
        "BROKEN_FORMAT",
    )


def _part(draft: Draft, name: str) -> dict[str, object]:
    part = draft.get(name)
    return dict(part) if isinstance(part, Mapping) else {}
