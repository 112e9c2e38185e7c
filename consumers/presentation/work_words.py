"""Write work of analysts in the words of a language. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.presentation.times import occurred, utc
from consumers.presentation.wording import thing_label
from consumers.query.work.work_views import (
    AuthorView,
    CustodyEntry,
    FindingVerdictView,
    MarkView,
    ShownReference,
    TimelineEntry,
)
from schemas import words
from schemas.i18n import UserMessage, _, pgettext

ACTS: Mapping[str, UserMessage] = {
    "case_opened": _("opened the case"),
    "case_changed": _("changed the title or the text"),
    "case_shared": _("changed who may see it"),
    "case_item_added": _("added"),
    "case_item_removed": _("took out"),
    "case_member_added": _("made a member"),
    "case_member_removed": _("took out the member"),
    "case_closed": _("closed the case"),
    "case_reopened": _("reopened the case"),
    "case_withdrawn": _("withdrew the case"),
    "case_erased": _("erased what was written"),
    "note_opened": _("wrote a note"),
    "note_changed": _("changed a note"),
    "note_shared": _("changed who may see a note"),
}
STATUSES: Mapping[str, UserMessage] = {
    "open": pgettext("a case", "open"),
    "closed": _("closed"),
    "withdrawn": _("withdrawn"),
    "erased": _("erased"),
}
SCOPES: Mapping[str, UserMessage] = {
    "self": _("nobody but its members"),
    "authority": _("my authority"),
    "country": _("my country"),
    "group": _("a sharing group"),
    "case": _("whoever sees the case"),
    "finding": _("whoever sees the finding"),
}
ROLES: Mapping[str, UserMessage] = {
    "owner": _("owner"),
    "editor": _("editor"),
    "viewer": _("viewer"),
}
VERDICTS: Mapping[str, UserMessage] = {
    "confirmed": _("confirmed"),
    "rejected": pgettext("a finding", "rejected"),
    "unsure": _("unsure"),
    "withdrawn": _("taken back"),
}
KINDS: Mapping[str, UserMessage] = {
    "finding": _("finding"),
    "record": _("record"),
    "thing": _("object"),
    "person": _("person"),
    "case": _("case"),
}


def author_name(author: AuthorView) -> str:
    """Return who did something, as far as the reader may know."""
    office = " ".join(part for part in (author.country, author.authority) if part)
    return f"{author.person} ({office})" if author.person else office


def reference_name(reference: ShownReference, lang: str) -> str:
    """Return what a reference is called: its title, or its type and country."""
    if reference.title:
        return reference.title.get(lang, reference.id)
    if reference.kind == "thing":
        return thing_label(reference.type, lang)
    type_ = words.event_type(reference.type, lang)
    return f"{type_} ({reference.country})" if reference.country else type_


def custody_line(entry: CustodyEntry, lang: str) -> str:
    """Return an act of a custody record: who did what."""
    act = ACTS.get(entry.act)
    deed = act.in_language(lang) if act else entry.act
    role = ROLES[entry.role].in_language(lang) if entry.role else ""
    scope = SCOPES[entry.scope].in_language(lang) if entry.scope else ""
    member = f"{entry.member}, {role}" if entry.member and role else entry.member or ""
    code = words.value("erasure_reason", entry.code, lang) if entry.act == "case_erased" else ""
    parts = [", ".join(entry.about), member, scope, code]
    detail = " · ".join(part for part in parts if part)
    return f"{author_name(entry.author)}: {deed}" + (f" · {detail}" if detail else "")


def timeline_when(entry: TimelineEntry, lang: str) -> str:
    """Return when a record occurred, and how exactly that is known."""
    if entry.occurred_from is None:
        return _("no date").in_language(lang)
    precision = words.value("precision", entry.precision, lang).lower()
    return f"{occurred(entry.occurred_from, entry.precision)} ({precision})"


def mark_kind(kind: str, lang: str) -> str:
    """Return what a kind of mark is called."""
    return _("name").in_language(lang) if kind == "name" else thing_label(kind, lang)


def mark_line(mark: MarkView, lang: str) -> str:
    """Return a mark of a watch-list in one line."""
    kind = mark_kind(mark.kind, lang)
    values = " ".join(mark.values.values())
    return f"{kind}: {values}" + (f" · {mark.text}" if mark.text else "")


def verdict_line(verdict: FindingVerdictView, lang: str) -> str:
    """Return the last verdict on a finding: word, reason, author."""
    word = VERDICTS[verdict.verdict].in_language(lang)
    reason = words.value("finding_verdict_reason", verdict.reason, lang)
    text = f" «{verdict.text}»" if verdict.text else ""
    return f"{word}: {reason}{text} · {author_name(verdict.author)}, {utc(verdict.at)} UTC"
