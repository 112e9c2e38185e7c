"""Compare what figures read, `lasting_facts` and `finding_pairs`, in two generations.

Both follow from other tables, in runs of their own, a moment later than these. So what both
generations have computed for their present state is compared, and nothing else: a figure reads
nothing else either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from consumers.maintenance.compare_tables import TableComparison
from consumers.store.sql import rows_as_dicts, sql
from infra.clickhouse.client import Client

Digest = tuple[int, str]
"""Number of rows, and the sum of their hashes."""


class KnownPairs(NamedTuple):
    """Which pairs a generation has computed: up to a run, of these rules, but for what changed."""

    run: int
    digests: frozenset[int]
    changed: frozenset[str]


def compare_copies(old: Client, new: Client, until: int) -> list[TableComparison]:
    """Compare both tables: rows recorded up to `until` (ms since 1970 UTC).

    `old`, `new`: clients of the databases of two generations.
    """
    months = copied_months(old), copied_months(new)
    both = sorted(months[0].keys() & months[1].keys())
    gapped = gapped_events(old) | gapped_events(new)
    facts = [
        digest_facts(client, [copies[month] for month in both], until, gapped)
        for client, copies in zip((old, new), months, strict=True)
    ]
    known = known_pairs(old), known_pairs(new)
    digests = known[0].digests & known[1].digests
    changed = known[0].changed | known[1].changed
    pairs = [
        digest_pairs(client, KnownPairs(own.run, digests, changed), until)
        for client, own in zip((old, new), known, strict=True)
    ]
    return [_comparison("lasting_facts", *facts), _comparison("finding_pairs", *pairs)]


def copied_months(client: Client) -> dict[tuple[str, int], int]:
    """Return the run of the copy of each month whose copy holds, by type and month."""
    rows = rows_as_dicts(client, "month_states", {})
    return {(str(row["type"]), int(row["month"])): row["run"] for row in rows if row["run"]}


def gapped_events(client: Client) -> frozenset[str]:
    """Return the events that copies leave out, by their ids in hexadecimal digits.

    They depend on which versions came in one batch, so they differ between generations.
    """
    return frozenset(id_ for (id_,) in client.execute(sql("gapped_events")))


def digest_facts(
    client: Client, runs: Sequence[int], until: int, gapped: Collection[str] = ()
) -> Digest:
    """Digest the lines of copies. `gapped`: events whose lines are left out."""
    parameters = {"runs": list(runs), "until": until, "gapped": sorted(gapped)}
    ((rows, digest),) = client.execute(sql("compare_lasting_facts"), parameters)
    return int(rows), str(digest)


def known_pairs(client: Client) -> KnownPairs:
    """Return which pairs a generation has computed."""
    ((run, digests, changed),) = client.execute(sql("pairs_known"))
    return KnownPairs(int(run), frozenset(digests), frozenset(changed))


def digest_pairs(client: Client, known: KnownPairs, until: int) -> Digest:
    """Digest the pairs that are known."""
    parameters = {
        **{"run": known.run, "until": until},
        "digests": sorted(known.digests),
        "changed": sorted(known.changed),
    }
    ((rows, digest),) = client.execute(sql("compare_finding_pairs"), parameters)
    return int(rows), str(digest)


def _comparison(table: str, old: Digest, new: Digest) -> TableComparison:
    return TableComparison(table, old[0], new[0], equal=old == new)
