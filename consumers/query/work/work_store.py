"""Read from the store what analysts did, and fold it. Whether a reader sees it comes later."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from consumers.query.paging import BATCH_SIZE
from consumers.query.store_reader import upper_bound
from consumers.query.work.acts import (
    Audience,
    AudienceScope,
    Author,
    CaseMember,
    Content,
    Reference,
    ReferenceKind,
    Role,
    WorkAct,
    WorkDraft,
    WorkEntry,
    WorkKind,
)
from consumers.query.work.folding import fold_all
from consumers.query.work.work_object import WorkObject
from consumers.store.sql import rows_as_dicts, sql
from infra.clickhouse.client import Client
from schemas.model import Reader

MOST_OBJECTS = 2_000
"""Of one reader and kind, the newest: more than anybody works on."""


class WorkStore:
    """The objects of one generation's database. Not for two threads at once."""

    def __init__(self, client: Client) -> None:
        """Keep the client; nothing is asked before the first question."""
        self._client = client

    def of_reader(
        self, reader: Reader, kinds: Collection[WorkKind], as_of: int | None
    ) -> list[WorkObject]:
        """Return what may be a reader's to see, the newest first."""
        parameters = {
            **_kinds_of(reader, kinds, as_of),
            "person": reader.person,
            "country": reader.country,
            "authority": reader.authority or "",
            "groups": sorted(reader.groups),
            "most": MOST_OBJECTS,
        }
        rows = self._client.execute(sql("work_of_reader"), parameters)
        return self._of_hex([row[0] for row in rows], as_of)

    def about(
        self, ids: Collection[str], reader: Reader, kinds: Collection[WorkKind], as_of: int | None
    ) -> list[WorkObject]:
        """Return the objects that were ever about these ids."""
        if not ids:
            return []
        parameters = {**_kinds_of(reader, kinds, as_of), "ids": sorted(ids)}
        rows = self._client.execute(sql("work_about"), parameters)
        return self._of_hex([row[0] for row in rows], as_of)

    def decided_since(self, reader: Reader, since: int, as_of: int | None) -> list[Reference]:
        """Return the findings on which somebody gave a verdict since a moment, the newest first."""
        parameters = {
            **_kinds_of(reader, (WorkKind.FINDING_VERDICT,), as_of),
            "since": since,
            "most": MOST_OBJECTS,
        }
        rows = self._client.execute(sql("findings_decided"), parameters)
        return [Reference(ReferenceKind.FINDING, "~".join(about)) for about, _newest in rows]

    def of_ids(self, ids: Collection[str], as_of: int | None = None) -> list[WorkObject]:
        """Return objects by their ids; what is no id is none."""
        known = (_hex_of(id_) for id_ in ids)
        return self._of_hex([id_ for id_ in known if id_], as_of)

    def newest_offset(self, id_: str) -> int:
        """Return the offset of the newest act on an object that is stored; -1 for none."""
        rows = self._rows([_hex_of(id_)], None)
        return max((int(row["offset"]) for row in rows), default=-1)

    def _of_hex(self, ids: Sequence[str], as_of: int | None) -> list[WorkObject]:
        objects: dict[str, WorkObject] = {}
        for start in range(0, len(ids), BATCH_SIZE):
            batch = ids[start : start + BATCH_SIZE]
            rows = self._rows(batch, as_of)
            contents = self._contents(batch, as_of)  # afterwards: it is stored before its act
            objects |= fold_all(_entry(row, contents) for row in rows)
        ordered = (objects.get(str(UUID(hex=id_))) for id_ in ids)
        return [state for state in ordered if state is not None]

    def _rows(self, ids: Sequence[str], as_of: int | None) -> list[dict[str, Any]]:
        parameters = {"ids": list(ids), "as_of": upper_bound(as_of)}
        return rows_as_dicts(self._client, "work_acts", parameters) if ids else []

    def _contents(self, ids: Sequence[str], as_of: int | None) -> dict[int, Content]:
        parameters = {"ids": list(ids), "as_of": upper_bound(as_of)}
        rows = self._client.execute(sql("work_content"), parameters)
        return {int(offset): orjson.loads(content) for offset, content in rows}


def _kinds_of(reader: Reader, kinds: Collection[WorkKind], as_of: int | None) -> dict[str, Any]:
    return {
        "kinds": sorted(kinds),
        "exercise": reader.exercise or "",
        "as_of": upper_bound(as_of),
    }


def _hex_of(id_: str) -> str:
    """Return an id as 32 hexadecimal digits; empty for what is none."""
    try:
        return UUID(id_).hex
    except ValueError:
        return ""


def _entry(row: Mapping[str, Any], contents: Mapping[int, Content]) -> WorkEntry:
    member = CaseMember(
        row["member"], row["member_country"], Role(row["member_role"] or Role.VIEWER)
    )
    about = zip(row["about_kinds"], row["about"], strict=True)
    draft = WorkDraft(
        object=row["object"],
        kind=WorkKind(row["kind"]),
        act=WorkAct(row["act"]),
        about=tuple(Reference(ReferenceKind(kind), id_) for kind, id_ in about),
        item=row["item"],
        member=member if row["member"] else None,
        audience=Audience(AudienceScope(row["scope"]), row["sharing_group"])
        if row["scope"]
        else None,
        code=row["code"],
        content=contents.get(int(row["offset"]), {}),
    )
    author = Author(row["person"], row["country"], row["authority"], row["exercise"])
    return WorkEntry(draft, author, row["recorded_at"], int(row["offset"]))
