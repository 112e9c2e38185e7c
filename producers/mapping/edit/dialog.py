"""Ask what a file is, column by column, and give the plan of its mapping. Pure.

`ask` is a generator: it yields questions, receives keys of their choices, and returns the plan. Its
proposals are those of `producers.mapping.suggest`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping

from producers.mapping.edit.question import Choice, MappingQuestion
from producers.mapping.suggest.column_roles import COUNTRIES, is_date
from producers.mapping.suggest.envelope_columns import ENVELOPE_FIELDS
from producers.mapping.suggest.inspect_file import ColumnProfile, FileProfile
from producers.mapping.suggest.match_fields import (
    LEFT_OUT,
    Match,
    Plan,
    event_type_names,
    plan,
    score,
)
from producers.mapping.suggest.synonym_terms import envelope_terms
from producers.mapping.suggest.value_kinds import (
    are_years,
    detect_months,
    detect_place_system,
    match_departments,
)
from schemas import words
from schemas.codes import code_lists
from schemas.event.event_type import event_type
from schemas.event.field_paths import FieldPath, field_paths
from schemas.i18n import UserMessage, _
from schemas.release.rules import TLP

Dialog = Generator[MappingQuestion, str, Plan]
"""Yields questions, is sent keys of choices, returns the plan."""
Questions = Generator[MappingQuestion, str, None]
_PROPOSALS = 6
"""Fields that are listed for a column; the others may be typed."""
_WORTH = 0.3
_VALUES_SHOWN = 4
_CODES_LISTED = 12
_NEIGHBOURS = ("BO", "CO", "EC", "PE", "VE", "BR", "CL", "AR", "US", "ES")
_EVALUATION = "admiralty"
REFERENCE, OCCURRED, PLACE, DEPARTMENT = "=reference", "=occurred", "=place", "=department"
MONTH = "=month"
"""Keys of the roles that a column may have instead of a field."""


def ask(seen: FileProfile, stem: str, country: str, lang: str) -> Dialog:
    """Ask about a file; `stem`: its name without ending; `country`: the node's, or empty."""
    proposal = plan(seen, stem, None, country or None)
    type_ = yield MappingQuestion(
        _("What does a row of this file report?"),
        tuple(Choice(name, words.event_type(name, lang)) for name in event_type_names()),
        proposal.type,
    )
    country = yield MappingQuestion(
        _("Which country's system is it?"),
        tuple(Choice(code, words.value("country", code, lang)) for code in COUNTRIES.values()),
        proposal.country or country or "CO",
    )
    draft = plan(seen, stem, type_, country)
    yield from _ask_columns(draft, seen, lang)
    draft.refresh_missing()
    yield from _ask_constants(draft, lang)
    for match in draft.matches:
        if match.leaf.codes:
            yield from _ask_codes(draft, match, lang)
    yield from _ask_envelope(draft, lang)
    draft.is_confirmed = True
    return draft


def _ask_columns(draft: Plan, seen: FileProfile, lang: str) -> Questions:
    """Ask for each column what it says, with its first values."""
    fields = (*field_paths(event_type(draft.type)), *ENVELOPE_FIELDS)
    leaves = {leaf.path: leaf for leaf in fields}
    columns = [column for column in seen.columns if column.values]
    for number, column in enumerate(columns, start=1):
        current = _role_of(draft, column)
        taken = {match.leaf.path for match in draft.matches if match.column is not column}
        free = [leaf for path, leaf in leaves.items() if path not in taken]
        ranked = sorted(free, key=lambda leaf: -score(column, leaf))
        proposed = [leaf for leaf in ranked[:_PROPOSALS] if score(column, leaf) > _WORTH]
        if current in leaves and leaves[current] not in proposed:
            proposed.insert(0, leaves[current])
        key = yield MappingQuestion(
            _(
                "Column {number} of {count}, “{name}”, with the values {values}. What is it?",
                number=number,
                count=len(columns),
                name=column.name,
                values=", ".join(column.distinct[:_VALUES_SHOWN]),
            ),
            (*_fields(proposed, lang), *_roles(column, lang), _leave_out(lang)),
            current,
            _fields((leaf for leaf in free if leaf not in proposed), lang),
        )
        _assign(draft, column, key, leaves.get(key))


def _role_of(draft: Plan, column: ColumnProfile) -> str:
    for key, other in (
        (REFERENCE, draft.reference),
        (OCCURRED, draft.occurred),
        (PLACE, draft.places.code),
        (DEPARTMENT, draft.places.department),
        (MONTH, draft.month[0] if draft.month else None),
    ):
        if other is column:
            return key
    return next((match.leaf.path for match in draft.matches if match.column is column), LEFT_OUT)


def _roles(column: ColumnProfile, lang: str) -> Iterable[Choice]:
    yield Choice(REFERENCE, _("the number that identifies the record").in_language(lang))
    if is_date(column) or are_years(column.values):
        yield Choice(OCCURRED, _("the date when it happened").in_language(lang))
    if detect_months(column.values):
        yield Choice(MONTH, _("the month when it happened, next to a year").in_language(lang))
    if detect_place_system(column.values):
        yield Choice(PLACE, _("the official code of the place").in_language(lang))
    if match_departments(column.distinct):
        yield Choice(DEPARTMENT, _("the department or province").in_language(lang))


def _leave_out(lang: str) -> Choice:
    return Choice(LEFT_OUT, _("leave it out").in_language(lang))


def _fields(leaves: Iterable[FieldPath], lang: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(leaf.path, f"{words.field(leaf.path, lang)} ({leaf.path})") for leaf in leaves
    )


def _assign(draft: Plan, column: ColumnProfile, key: str, leaf: FieldPath | None) -> None:
    """Give a column its role or its field, and take it from the one that it had."""
    draft.release(column)
    if key == REFERENCE:
        draft.reference = column
    elif key == OCCURRED:
        draft.occurred = column
    elif key == MONTH:
        draft.month = (column, detect_months(column.values) or "%m")
    elif key == PLACE:
        draft.places.code = column
        systems = detect_place_system(column.values)
        own = [name for name in systems if COUNTRIES[name] == draft.country]
        draft.places.system = (own or systems)[0]
    elif key == DEPARTMENT:
        draft.places.department = column
        draft.places.departments = match_departments(column.distinct) or {}
    elif leaf is not None:
        draft.matches.append(Match(column, leaf, 1.0))
    else:
        draft.idle.append(column)


def _ask_constants(draft: Plan, lang: str) -> Questions:
    """Ask for what no column says: first what is required, then what was assumed."""
    leaves = {leaf.path: leaf for leaf in field_paths(event_type(draft.type))}
    required = [leaf.path for leaf in draft.missing if leaf.codes]
    for path in dict.fromkeys([*required, *draft.constants]):
        text = (
            _("No column says this: {field} ({path}). What is it in every row?")
            if path not in required
            else _(
                "No column says this: {field} ({path}). What is it in every row? It is required: "
                "left out, no row is accepted."
            )
        )
        code = yield _code_question(
            text.with_values(field=words.field(path, lang), path=path),
            leaves[path].codes,
            draft.constants.get(path, LEFT_OUT),
            lang,
        )
        draft.constants.pop(path, None)
        if code != LEFT_OUT:
            draft.constants[path] = code
            draft.missing = [leaf for leaf in draft.missing if leaf.path != path]


def _ask_codes(draft: Plan, match: Match, lang: str) -> Questions:
    """Ask what each value of a coded column means, where the value is not surely a code."""
    code_list = match.leaf.codes
    answered: dict[str, str] = {}
    for value, code_match in match.column.codes(code_list).items():
        if code_match is not None and code_match.is_sure:
            continue
        code = yield _code_question(
            _("In column {name}, what is “{value}”?", name=match.column.name, value=value),
            code_list,
            code_match.code if code_match else LEFT_OUT,
            lang,
        )
        answered[value] = code
    if answered:
        draft.codes[match.column.name, code_list] = answered


def _ask_envelope(draft: Plan, lang: str) -> Questions:
    """Ask who may see the records, for what, on which basis, and how good the source is."""
    usual = envelope_terms(draft.type, draft.constants)
    coded_fields = (
        ("tlp", "tlp", _("Who may see these records?")),
        ("purpose", "purpose", _("For what are they shared?")),
        ("legal_basis", "legal_basis", _("On which legal basis?")),
        ("crime", "crime", _("Which crime do they concern?")),
    )
    by_column = {match.leaf.path for match in draft.matches}
    for name, code_list, text in coded_fields:
        if f"envelope.{name}" in by_column:
            continue
        draft.envelope[name] = yield _code_question(text, code_list, usual[name], lang)
    for part, text in (
        ("source", _("How reliable is the source?")),
        ("information", _("How credible is the information?")),
    ):
        code_list = f"evaluation.{_EVALUATION}.{part}"
        draft.envelope[part] = yield _code_question(text, code_list, usual[part], lang)


def _code_question(text: UserMessage, code_list: str, default: str, lang: str) -> MappingQuestion:
    """Ask for a code of a list; the first of a long list are shown, the others may be typed."""
    codes: Mapping[str, Mapping[str, str]] = code_lists()[code_list].codes
    first = {"tlp": TLP, "country": _NEIGHBOURS}.get(code_list, ())
    names = list(dict.fromkeys([*first, *codes]))
    choices = [Choice(code, f"{codes[code][lang]} [{code}]") for code in names]
    is_listed = default in names[:_CODES_LISTED]
    if default in codes and not (default.isdecimal() and is_listed):  # a number is its own place
        choices.sort(key=lambda choice: choice.key != default)
    shown = choices[:_CODES_LISTED]
    optional = (
        (_leave_out(lang),) if default == LEFT_OUT or code_list not in _REQUIRED_LISTS else ()
    )
    return MappingQuestion(text, (*shown, *optional), default, tuple(choices[_CODES_LISTED:]))


_REQUIRED_LISTS = frozenset(
    {
        "tlp",
        "purpose",
        "legal_basis",
        "crime",
        f"evaluation.{_EVALUATION}.source",
        f"evaluation.{_EVALUATION}.information",
    }
)
