"""Read what a form of a page about work wants to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.query.work.acts import Reference, WorkDraft, WorkKind
from consumers.query.work.drafts import (
    ActWords,
    act_draft,
    mark_draft,
    opening,
    read_audience,
    read_member,
    read_reference,
    texts,
    verdict_draft,
    word_of,
)

Fields = Mapping[str, str]


def draft_of(fields: Fields) -> WorkDraft:
    """Return the act of a form. Raises WorkRefusedError, QuipuError THING_MARKS.

    `act`: opened, verdict, mark, or a word of WorkAct; `kind`, `object`: of what it is done with;
    `about`: kind and id, such as record:4b1d0007-….
    """
    act = fields.get("act", "")
    if act == "mark":
        return mark_draft(fields.get("object", ""), {**fields, "kind": fields.get("mark", "")})
    kind = word_of(WorkKind, fields.get("kind", ""))
    if act == "verdict":
        _kind, _colon, finding = fields.get("about", "").partition(":")
        parts = (fields.get(name, "") for name in ("word", "reason", "text"))
        return verdict_draft(finding, *parts)
    about = _references(fields)
    if act == "opened":
        audience = read_audience(fields.get("scope", "self"), fields.get("group", ""))
        return opening(kind, _content(fields), audience, *about)
    is_member = act in {"member_added", "member_removed"}
    member = (
        read_member(
            fields.get("person", ""), fields.get("country", ""), fields.get("role", "viewer")
        )
        if is_member
        else None
    )
    words = ActWords(
        about=about,
        item=fields.get("item", ""),
        member=member,
        audience=read_audience(fields["scope"], fields.get("group", ""))
        if fields.get("scope")
        else None,
        reason=fields.get("reason", ""),
        content=_content(fields),
    )
    return act_draft(kind, fields.get("object", ""), act, words)


def _references(fields: Fields) -> list[Reference]:
    references = []
    for text in fields.get("about", "").split():
        kind, _colon, id_ = text.partition(":")
        references.append(read_reference(kind, id_))
    return references


def _content(fields: Fields) -> Mapping[str, str]:
    names = ("title", "text", "page", "query")
    return texts(**{name: fields.get(name, "") for name in names})
