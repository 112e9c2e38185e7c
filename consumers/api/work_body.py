"""Read over HTTP what somebody does with an object of work."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from consumers.query.work.acts import ReferenceKind, Role, WorkAct, WorkDraft, WorkKind
from consumers.query.work.drafts import (
    ActWords,
    act_draft,
    mark_draft,
    read_audience,
    read_member,
    read_reference,
)


class WorkBody(BaseModel):
    """What is common to all that is sent about work."""

    model_config = ConfigDict(extra="forbid")


class ReferenceBody(WorkBody):
    """What an act or a note concerns: its kind and its id."""

    kind: str = Field(description=", ".join(ReferenceKind))
    id: str = Field(
        description="its id; of a finding that is computed when read: its id, a tilde, and the id "
        "of one of its records"
    )


class MemberBody(WorkBody):
    """Somebody who takes part, and what they may do."""

    person: str = Field(description="the account")
    country: str
    role: str = Field("viewer", description=", ".join(Role))


class MarkBody(WorkBody):
    """A mark to watch for."""

    kind: str = Field(description="plate, document, phone, imei, account, weapon … or name")
    number: str = ""
    name: str = Field("", description="of a person, where the kind is name")
    born: str = ""
    country: str = ""
    type: str = ""
    make: str = ""
    calibre: str = ""
    institution: str = ""
    text: str = Field("", description="why it is watched for")


class ActBody(WorkBody):
    """An act on an object. What the act does not need is left out."""

    act: str = Field(description=", ".join(act for act in WorkAct if act is not WorkAct.OPENED))
    about: list[ReferenceBody] = Field([], max_length=100)
    item: str = Field("", description="id of the mark to remove")
    title: str = ""
    text: str = ""
    query: str = Field("", description="filters of a saved search, as in the address of its page")
    page: str = ""
    member: MemberBody | None = None
    mark: MarkBody | None = None
    scope: str = Field("", description="who may see it: self, authority, country, group")
    group: str = ""
    reason: str = Field("", description="of an erasure: a code of the list erasure_reason")

    def draft(self, kind: WorkKind, id_: str) -> WorkDraft:
        """Return the act as the product takes it. Raises WorkRefusedError."""
        if self.mark is not None:
            return mark_draft(id_, self.mark.model_dump())
        member = self.member
        words = ActWords(
            about=[read_reference(about.kind, about.id) for about in self.about],
            item=self.item,
            member=None
            if member is None
            else read_member(member.person, member.country, member.role),
            audience=read_audience(self.scope, self.group) if self.scope else None,
            reason=self.reason,
            content={
                name: value
                for name in ("title", "text", "query", "page")
                if (value := getattr(self, name))
            },
        )
        return act_draft(kind, id_, self.act, words)
