"""What the store of work reads while the sink writes."""

from __future__ import annotations

from typing import Any, cast

from consumers.query.work.work_store import WorkStore
from consumers.store.sql import sql
from infra.clickhouse.client import Client

LIST = "33333333-3333-4333-8333-333333333333"
COLUMNS = (
    *("object", "kind", "act", "about_kinds", "about", "item", "member", "member_country"),
    *("member_role", "scope", "sharing_group", "code", "person", "country", "authority"),
    *("exercise", "recorded_at", "offset"),
)


def act_row(offset: int, act: str, item: str = "") -> tuple[object, ...]:
    about: tuple[object, ...] = (LIST, "watch_list", act, [], [], item, "", "", "", "self", "", "")
    return (*about, "ana", "CO", "PONAL", "", 1_000 + offset, offset)


class GrowingStore:
    """Answers as ClickHouse does, and receives the next act after each answer, content first."""

    def __init__(self) -> None:
        self.coming = [
            (act_row(0, "opened"), (0, b'{"title": "Ruta"}')),
            (act_row(1, "item_added", "m1"), (1, b'{"kind": "plate", "number": "ABC123"}')),
        ]
        self.acts: list[tuple[object, ...]] = []
        self.contents: list[tuple[int, bytes]] = []
        self.receive()

    def receive(self) -> None:
        """Store the next act and its content."""
        if self.coming:
            act, content = self.coming.pop(0)
            self.acts.append(act)
            self.contents.append(content)

    def execute(self, text: str, _parameters: object, with_column_types: bool = False) -> Any:
        rows = list(self.contents) if text == sql("work_content") else list(self.acts)
        self.receive()
        return (rows, [(name, "") for name in COLUMNS]) if with_column_types else rows


def test_an_act_that_comes_in_between_is_shown_whole_or_not_at_all() -> None:
    store = WorkStore(cast(Client, GrowingStore()))
    for _reading in range(2):
        (watch_list,) = store.of_ids([LIST])
        assert all(item.content for item in watch_list.items), "a mark has its number"
    assert [item.key for item in watch_list.items] == ["m1"]
