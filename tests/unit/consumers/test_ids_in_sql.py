"""Ids in statements: an id is 16 bytes, the last of which may be zero."""

from __future__ import annotations

import re

from consumers.store.sql import MIGRATIONS


def test_ids_that_a_statement_is_given_keep_their_last_zeros() -> None:
    """Compared with a FixedString, ClickHouse takes a text that ends in zeros for a shorter one."""
    queries = MIGRATIONS.with_name("queries").glob("*.sql")
    wrong = {
        path.name
        for path in queries
        if re.search(r"(?<!toFixedString\()unhex\(", path.read_text(encoding="utf-8"))
    }
    assert wrong == set()
