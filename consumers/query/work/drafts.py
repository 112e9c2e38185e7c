"""Read what somebody wants to do from texts, as a form, a request or a command has them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar
from uuid import UUID, uuid4

from consumers.query.identifiers import KINDS, Identifiers, thing_names
from consumers.query.persons.person_question import PersonQuestion, read_question
from consumers.query.work.acts import (
    Audience,
    AudienceScope,
    CaseMember,
    Content,
    Reference,
    ReferenceKind,
    Role,
    WorkAct,
    WorkDraft,
    WorkKind,
)
from consumers.query.work.refused import WorkRefusedError
from schemas.codes import code_sets
from schemas.i18n import _
from schemas.words.written_codes import find_code

MOST_CHARACTERS = 4_000
MOST_TITLE = 200
NAME = "name"
"""The kind of a mark that is a person's name; the other kinds are those of things."""
MARK_KINDS = (*KINDS, NAME)
MARK_FIELDS = ("number", "country", "type", "make", "calibre", "institution")
FINDING_REASONS = "finding_verdict_reason"
ERASURE_REASONS = "erasure_reason"
Word = TypeVar("Word", bound=StrEnum)


_REQUIRED: Mapping[WorkKind, tuple[str, ...]] = {
    WorkKind.CASE: ("title",),
    WorkKind.NOTE: ("text",),
    WorkKind.WATCH_LIST: ("title",),
    WorkKind.SAVED_SEARCH: ("title", "page"),
    WorkKind.FINDING_VERDICT: (),
}
"""The texts that an object of a kind cannot do without."""


class FindingWord(StrEnum):
    """What an analyst says of a finding; the last word takes a verdict back."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ActWords:
    """What an act says, as far as it says it. `reason`: of an erasure."""

    about: Sequence[Reference] = ()
    item: str = ""
    member: CaseMember | None = None
    audience: Audience | None = None
    reason: str = ""
    content: Content = field(default_factory=dict)


def act_draft(kind: WorkKind, id_: str, act: str, words: ActWords) -> WorkDraft:
    """Return the draft of an act on an object that is there. Raises WorkRefusedError.

    `act`: a word of WorkAct; what the act does not need of `words` is left out.
    """
    chosen = word_of(WorkAct, act)
    if chosen is WorkAct.ERASED:
        return erasing(kind, id_, words.reason)
    draft = WorkDraft(read_id(id_), kind, chosen)
    match chosen:
        case WorkAct.CHANGED:
            return replace(draft, content=_complete(kind, words.content))
        case WorkAct.SHARED:
            return replace(draft, audience=words.audience)
        case WorkAct.ITEM_ADDED:
            return replace(draft, about=tuple(words.about), content=texts(**words.content))
        case WorkAct.ITEM_REMOVED:
            return replace(draft, about=tuple(words.about), item=words.item)
        case WorkAct.MEMBER_ADDED | WorkAct.MEMBER_REMOVED:
            return replace(draft, member=words.member)
        case _:
            return draft


def _complete(kind: WorkKind, content: Content) -> Content:
    """Return the texts of an object. Raises WorkRefusedError where one is missing."""
    complete = texts(**content)
    for name in _REQUIRED[kind]:
        if name not in complete:
            raise WorkRefusedError(
                _("A text is missing: `{name}`.", name=name), _("Write it, then try again.")
            )
    return complete


def opening(kind: WorkKind, content: Content, audience: Audience, *about: Reference) -> WorkDraft:
    """Return the draft of a new object, under an id of its own. Raises WorkRefusedError."""
    content = _complete(kind, content)
    return WorkDraft(
        str(uuid4()), kind, WorkAct.OPENED, about=about, audience=audience, content=content
    )


def verdict_draft(finding: str, word: str, reason: str, text: str = "") -> WorkDraft:
    """Return the draft of a verdict on a finding. Raises WorkRefusedError.

    `finding`: its id; of a computed one with a tilde and the id of a record of it. `reason`: a code
    of the list finding_verdict_reason. `text`: for the author's country alone.
    """
    chosen = word_of(FindingWord, word)
    code = code_of(FINDING_REASONS, reason)
    id_, _tilde, event = read_reference(ReferenceKind.FINDING, finding).id.partition("~")
    record = [Reference(ReferenceKind.RECORD, event)] if event else []
    return WorkDraft(
        str(uuid4()),
        WorkKind.FINDING_VERDICT,
        WorkAct.OPENED,
        about=(Reference(ReferenceKind.FINDING, id_), *record),
        audience=Audience(AudienceScope.FINDING),
        code=f"{chosen} {code}",
        content=texts(text=text),
    )


def mark_draft(watch_list: str, mark: Mapping[str, str]) -> WorkDraft:
    """Return the draft that adds a mark to a watch-list.

    Raises WorkRefusedError, PersonQuestionError, QuipuError.

    `mark`: kind, and number (or name) with country, type, make, calibre or institution; text.
    """
    kind = find_code("thing_kind", mark.get("kind", ""), KINDS) or mark.get("kind", "")
    if kind not in MARK_KINDS:
        raise _unknown(kind, MARK_KINDS)
    content = texts(kind=kind, text=mark.get("text", ""), **_mark_fields(kind, mark))
    item = uuid4().hex
    return WorkDraft(
        watch_list, WorkKind.WATCH_LIST, WorkAct.ITEM_ADDED, item=item, content=content
    )


def _mark_fields(kind: str, mark: Mapping[str, str]) -> dict[str, str]:
    if kind == NAME:
        name = (mark.get("name") or mark.get("number", "")).strip()
        if len(name) < 3:
            raise WorkRefusedError(
                _("A mark needs a name or a number."), _("Write it as records do.")
            )
        born = mark.get("born", "").strip()
        read_question(PersonQuestion(name, born))  # what cannot be asked would never match
        return {"name": name, "born": born}
    fields = {name: mark.get(name, "").strip() for name in MARK_FIELDS}
    if not thing_names(Identifiers(kind=kind, **fields)):
        raise WorkRefusedError(
            _("`{number}` names nothing that a record could name.", number=fields["number"][:40]),
            _("Write it as records do, and say its country where it has one."),
        )
    return fields


def identifiers_of(mark: Content) -> Identifiers:
    """Return a mark, which is no name, as look-ups take it."""
    return Identifiers(kind=mark["kind"], **{name: mark.get(name, "") for name in MARK_FIELDS})


def erasing(kind: WorkKind, id_: str, reason: str) -> WorkDraft:
    """Return the draft that erases an object. Raises WorkRefusedError.

    `reason`: a code of the list erasure_reason.
    """
    return WorkDraft(read_id(id_), kind, WorkAct.ERASED, code=code_of(ERASURE_REASONS, reason))


def read_reference(kind: str, id_: str) -> Reference:
    """Return what an item refers to. Raises WorkRefusedError."""
    chosen = word_of(ReferenceKind, kind)
    if chosen is ReferenceKind.PERSON:
        event, _dot, place = id_.partition(".")
        if not (place.isascii() and place.isdecimal() and len(place) < 6):
            raise _no_id(id_)
        return Reference(chosen, f"{read_id(event)}.{int(place)}")
    if chosen is ReferenceKind.FINDING and "~" in id_:
        finding, _tilde, event = id_.partition("~")
        return Reference(chosen, f"{read_id(finding)}~{read_id(event)}")
    return Reference(chosen, read_id(id_))


def read_member(person: str, country: str, role: str) -> CaseMember:
    """Return a member. Raises WorkRefusedError."""
    code = find_code("country", country) or country.strip().upper()
    if not person.strip() or not code or len(person) > MOST_TITLE or len(code) > 8:
        raise WorkRefusedError(
            _("A member needs an account and its country."), _("For example: ana.quispe, PE.")
        )
    return CaseMember(person.strip(), code, word_of(Role, role))


def read_audience(scope: str, group: str = "") -> Audience:
    """Return who may see an object. Raises WorkRefusedError."""
    chosen = word_of(AudienceScope, scope or AudienceScope.SELF)
    return Audience(chosen, group.strip() if chosen is AudienceScope.GROUP else "")


def texts(**values: str) -> Content:
    """Return what is sealed: the texts that are not empty. Raises WorkRefusedError."""
    stripped = {name: value.strip() for name, value in values.items() if value.strip()}
    for name, value in stripped.items():
        most = MOST_CHARACTERS if name in {"text", "query"} else MOST_TITLE
        if len(value) > most:
            raise WorkRefusedError(
                _(
                    "A text has {count:,} characters, at most {most:,}.",
                    count=len(value),
                    most=most,
                ),
                _("Shorten it, or write several notes."),
            )
    return stripped


def read_id(id_: str) -> str:
    """Return an id as the product writes it. Raises WorkRefusedError."""
    try:
        return str(UUID(id_.strip()))
    except ValueError as error:
        raise _no_id(id_) from error


def word_of(words: type[Word], word: str) -> Word:
    """Return the word of a closed list. Raises WorkRefusedError."""
    try:
        return words(word)
    except ValueError as error:
        raise _unknown(word, [str(known) for known in words]) from error


def code_of(code_list: str, code: str) -> str:
    """Return a code of a list, by the code or its words. Raises WorkRefusedError."""
    known = find_code(code_list, code) or code.upper()
    if known not in code_sets()[code_list]:
        raise _unknown(code, sorted(code_sets()[code_list]))
    return known


def _no_id(id_: str) -> WorkRefusedError:
    return WorkRefusedError(
        _("`{id}` is no whole id.", id=id_[:60]), _("Copy it from its page, with all its digits.")
    )


def _unknown(word: str, known: Sequence[str]) -> WorkRefusedError:
    return WorkRefusedError(
        _("There is no `{word}`.", word=word[:40]),
        _("Choose among: {names}.", names=", ".join(known)),
    )
