"""Check the envelope of an event, whatever the event's type (event.avsc, Envelope)."""

import re
from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from schemas.bounds import (
    MAX_CONDITION_LENGTH,
    MAX_ENVELOPE_TEXT,
    MAX_HANDLING_CODES,
    MAX_RECIPIENTS,
    MAX_RECIPIENTS_LENGTH,
)
from schemas.codes import CodeSets
from schemas.codes import code_sets as released_lists
from schemas.hidden_characters import find_hidden
from schemas.model import DAY_MS
from schemas.observation import Problem

EARLIEST = -5_364_662_400_000  # 1 January 1800: before it, a date is a slip
LONGEST_SHOWN = 40
MOST_REMEMBERED = 4_000  # combinations of words, and
LONGEST_REMEMBERED = 1_000  # characters of one, so that nobody can fill the memory

_TEXTS = (
    "type",
    "country",
    "authority",
    "node",
    "tlp",
    "purpose",
    "legal_basis",
    "urgency",
    "crime",
    "occurred_precision",
    "language",
)
_CODED = (
    ("tlp", "tlp"),
    ("purpose", "purpose"),
    ("legal_basis", "legal_basis"),
    ("urgency", "urgency"),
    ("crime", "crime"),
    ("occurred_precision", "precision"),
    ("language", "language"),
)
_LONGEST_TEXTS = (
    *((field, MAX_ENVELOPE_TEXT) for field in (*_TEXTS, "place_country", "subdivision")),
    ("correction_reason", MAX_ENVELOPE_TEXT),
    ("condition", MAX_CONDITION_LENGTH),
    ("justification", MAX_CONDITION_LENGTH),
)
_REFERENCES = ("case_reference", "exercise", "review_date")
"""Texts that no envelope is remembered by."""
_references_of = itemgetter(*_REFERENCES)
_RECIPIENT = re.compile(
    r"ALL|@[^\s@,/][^@,/]{0,63}|(?P<country>[A-Z]{2,8})(/[^\s@,/][^@,/]{0,63})?"
)

_plain_words = itemgetter(
    *_TEXTS, "condition", "correction_reason", "justification", "place_country", "subdivision"
)

Envelope = Mapping[str, Any]


def validate_envelope(
    envelope: Envelope, appended_at: int | None, lists: CodeSets | None = None
) -> list[Problem]:
    """List what is wrong with an envelope; empty if nothing is.

    `appended_at`: ms since 1970 UTC of the bundle's append, or the node's own clock before sending;
    None leaves FROM_FUTURE out. `lists`: the codes of every list, ours unless config brings others.
    Codes: MISSING_FIELD, UNKNOWN_CODE, IMPOSSIBLE_DATE, UNKNOWN_PLACE, FROM_FUTURE,
    HIDDEN_CHARACTER, TOO_MANY_ENTRIES, TEXT_TOO_LONG.
    """
    code_sets = released_lists() if lists is None else lists
    problems: list[Problem] = []
    _check_bounds(envelope, problems)
    _check_references(envelope, problems)
    if problems:
        return problems  # what is too long is not read further
    _check_texts(envelope, code_sets, problems)
    _check_marking(envelope, code_sets, problems)
    _check_evaluation(envelope, code_sets, problems)
    _check_times(envelope, appended_at, problems)
    _check_place(envelope, code_sets, problems)
    find_hidden(envelope, "", problems)
    return problems


class EnvelopeValidator:
    """Check many decoded envelopes against the same lists.

    A node's envelopes hardly differ in anything but id, version and times, so the rest is checked
    once for all that are equal in it.
    """

    def __init__(self, lists: CodeSets) -> None:
        """Begin with no envelope known to be good."""
        self._lists = lists
        self._good: set[tuple[object, ...]] = set()

    def validate(self, envelope: Envelope, appended_at: int) -> list[Problem]:
        """List what is wrong with an envelope, as `validate_envelope` does."""
        try:
            words = _cache_key(envelope)
            is_good = words in self._good and _are_good(_references_of(envelope))
        except (KeyError, TypeError):  # it was not read but made, and lacks something
            return validate_envelope(envelope, appended_at, self._lists)
        if is_good:
            problems: list[Problem] = []
            _check_times(envelope, appended_at, problems)
            return problems
        problems = validate_envelope(envelope, appended_at, self._lists)
        if not problems and len(repr(words)) <= LONGEST_REMEMBERED:
            if len(self._good) >= MOST_REMEMBERED:
                self._good.clear()
            self._good.add(words)
        return problems


def _are_good(references: tuple[str | None, ...]) -> bool:
    """Say whether the texts that differ from event to event are short and hide nothing."""
    text = "".join(filter(None, references))
    return len(text) <= MAX_ENVELOPE_TEXT and text.isprintable()


def _cache_key(envelope: Envelope) -> tuple[object, ...]:
    """Return all that decides but the times."""
    evaluation = envelope["evaluation"]
    return (
        *_plain_words(envelope),
        evaluation["scheme"],
        evaluation["source"],
        evaluation["information"],
        tuple(envelope["recipients"]),
        tuple(envelope["handling"]),
    )


def recipient_problem(recipient: str, code_sets: CodeSets) -> bool:
    """Say whether a recipient is none of ALL, a country or partner, country/authority, @group."""
    fits = _RECIPIENT.fullmatch(recipient)
    return fits is None or (
        (country := fits["country"]) is not None
        and recipient != "ALL"
        and not _is_country(country, code_sets)
    )


def _is_country(code: str, code_sets: CodeSets) -> bool:
    return code in code_sets["country"] or code in code_sets["partner"]


def _missing(field: str) -> Problem:
    return Problem("MISSING_FIELD", field, "")


def _unknown(field: str, name: str, value: object) -> Problem:
    return Problem("UNKNOWN_CODE", field, f"{name}: {str(value)[:LONGEST_SHOWN]}")


def _check_bounds(envelope: Envelope, problems: list[Problem]) -> None:
    """Check lists and texts that are alike in most envelopes of a node."""
    for field, longest in _LONGEST_TEXTS:
        _check_length(envelope, field, longest, problems)
    recipients = envelope.get("recipients") or ()
    if len(recipients) > MAX_RECIPIENTS:
        detail = f"{len(recipients)} > {MAX_RECIPIENTS}"
        problems.append(Problem("TOO_MANY_ENTRIES", "recipients", detail))
    elif (length := sum(map(len, recipients))) > MAX_RECIPIENTS_LENGTH:
        detail = f"{length} > {MAX_RECIPIENTS_LENGTH}"
        problems.append(Problem("TEXT_TOO_LONG", "recipients", detail))
    handling = envelope.get("handling") or ()
    if len(handling) > MAX_HANDLING_CODES:
        detail = f"{len(handling)} > {MAX_HANDLING_CODES}"
        problems.append(Problem("TOO_MANY_ENTRIES", "handling", detail))


def _check_references(envelope: Envelope, problems: list[Problem]) -> None:
    """Check the texts that differ from event to event."""
    for field in _REFERENCES:
        _check_length(envelope, field, MAX_ENVELOPE_TEXT, problems)


def _check_length(envelope: Envelope, field: str, longest: int, problems: list[Problem]) -> None:
    value = envelope.get(field)
    if value and value.__class__ is str and len(value) > longest:
        problems.append(Problem("TEXT_TOO_LONG", field, f"{len(value)} > {longest}"))


def _check_texts(envelope: Envelope, code_sets: CodeSets, problems: list[Problem]) -> None:
    get = envelope.get
    for field in _TEXTS:
        value = get(field)
        if value.__class__ is not str or not value or value.isspace():
            problems.append(_missing(field))
    for field, name in _CODED:
        value = get(field)
        if value.__class__ is str and value and value not in code_sets[name]:
            problems.append(_unknown(field, name, value))
    if (
        (country := get("country")).__class__ is str
        and country
        and not _is_country(country, code_sets)
    ):
        problems.append(_unknown("country", "country", country))


def _check_marking(envelope: Envelope, code_sets: CodeSets, problems: list[Problem]) -> None:
    recipients = envelope.get("recipients")
    if not recipients:
        problems.append(_missing("recipients"))
    for index, recipient in enumerate(recipients or ()):
        if recipient != "ALL" and recipient_problem(recipient, code_sets):
            problems.append(_unknown(f"recipients[{index}]", "recipients", recipient))
    handling = envelope.get("handling") or ()
    for index, code in enumerate(handling):
        if code not in code_sets["handling"]:
            problems.append(_unknown(f"handling[{index}]", "handling", code))
    if "H3" in handling and not _has_text(envelope, "condition"):
        problems.append(_missing("condition"))
    if (reason := envelope.get("correction_reason")) is not None and reason not in code_sets[
        "correction_reason"
    ]:
        problems.append(_unknown("correction_reason", "correction_reason", reason))
    if envelope.get("urgency") == "urgent" and not _has_text(envelope, "justification"):
        problems.append(_missing("justification"))


def _has_text(envelope: Envelope, field: str) -> bool:
    value = envelope.get(field)
    return isinstance(value, str) and value.strip() != ""


def _check_evaluation(envelope: Envelope, code_sets: CodeSets, problems: list[Problem]) -> None:
    evaluation = envelope.get("evaluation")
    if not evaluation:
        problems.append(_missing("evaluation"))
        return
    scheme = evaluation.get("scheme")
    if scheme not in code_sets["evaluation"]:
        problems.append(
            _unknown("evaluation.scheme", "evaluation", scheme)
            if scheme
            else _missing("evaluation.scheme")
        )
        return
    for part in ("source", "information"):
        name, value = f"evaluation.{scheme}.{part}", evaluation.get(part)
        if value not in code_sets[name]:
            problems.append(
                _unknown(f"evaluation.{part}", name, value)
                if value
                else _missing(f"evaluation.{part}")
            )


def _check_times(envelope: Envelope, appended_at: int | None, problems: list[Problem]) -> None:
    begin, end, reported = (
        envelope.get("occurred_from"),
        envelope.get("occurred_until"),
        envelope.get("reported_at"),
    )
    if reported is None:
        problems.append(_missing("reported_at"))
    if begin is None and envelope.get("occurred_precision") not in {"unknown", None}:
        problems.append(_missing("occurred_from"))
    if end is not None and (begin is None or begin > end):
        problems.append(Problem("IMPOSSIBLE_DATE", "occurred_until", "before occurred_from"))
    for field, time in (("occurred_from", begin), ("reported_at", reported)):
        if time is not None and time < EARLIEST:
            problems.append(Problem("IMPOSSIBLE_DATE", field, "before 1800"))
        elif time is not None and appended_at is not None and time > appended_at + DAY_MS:
            problems.append(Problem("FROM_FUTURE", field, "more than 24 h ahead"))
    if (review := envelope.get("review_date")) is not None and not _is_date(review):
        problems.append(Problem("IMPOSSIBLE_DATE", "review_date", "YYYY-MM-DD"))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_place(envelope: Envelope, code_sets: CodeSets, problems: list[Problem]) -> None:
    country, subdivision = envelope.get("place_country"), envelope.get("subdivision")
    if country is not None and country not in code_sets["country"]:
        problems.append(
            Problem("UNKNOWN_PLACE", "place_country", f"country: {country[:LONGEST_SHOWN]}")
        )
    if subdivision is None:
        return
    if country is None:
        problems.append(_missing("place_country"))
    elif not subdivision.startswith(f"{country}-") or subdivision not in code_sets["subdivision"]:
        problems.append(
            Problem(
                "UNKNOWN_PLACE",
                "subdivision",
                f"subdivision of {country[:2]}: {subdivision[:LONGEST_SHOWN]}",
            )
        )
