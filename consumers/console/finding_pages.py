"""Lead from figures of findings, bursts and money to the lists of what they count. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.console.figure_pages import RowLinks
from consumers.console.record_links import LIST, Link, RecordLinks
from consumers.query.bursts.burst import Burst, Bursts, burst_id
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.figures.finding_counts import FindingCounts
from consumers.query.figures.money_flows import MoneyFlows
from consumers.query.figures.records import FigureGroup

BURST_PATH = "/bursts/"
NARROWING = ("theme", "country", "authority", "crime", "where")
"""What leaves out records of a place, so that another burst is found."""


def burst_links(bursts: Bursts, link: Link, parameters: Mapping[str, str]) -> list[RowLinks]:
    """Return the links of the rows of bursts: to the records of each. `parameters`: the filter."""
    narrowing = {name: parameters.get(name, "") for name in NARROWING}
    rows = []
    for burst in bursts.bursts:
        id_ = burst_id(burst.rule, burst.key, week_of(burst.first_day))
        records = link(LIST, **{**narrowing, "burst": id_})
        rows.append({"count": records, "place": burst_address(burst, link)})
    return [*rows, *({} for _burst in bursts.ended)]


def burst_address(burst: Burst, link: Link) -> str:
    """Return the address of a burst's own page; empty where other records would be counted."""
    return link(f"{BURST_PATH}{burst.id}") if burst.id else ""


def money_flow_links(
    flows: MoneyFlows, links: RecordLinks, changed_since: int | None
) -> list[RowLinks]:
    """Return the links of the rows of flows of money."""
    former = links.as_known(changed_since)
    rows = []
    for row in flows.rows:
        group = FigureGroup((row.origin, row.destination), None, row.currency)
        now, then = links.of_group(group), links.of_group(group, **former)
        rows.append({"amount": now, "records": now, "former_amount": then, "former_records": then})
    return rows


def finding_count_links(counts: FindingCounts, link: Link) -> list[RowLinks]:
    """Return the links of the rows of findings by rule: to all of them, the weaker ones too."""
    rows = []
    for row in counts.rows:
        own = {"rule": row.rule, "every": "1"}
        rows.append(
            {
                "open": link("/", status="live", **own),
                "certain": link("/", status="live", grade="certain", **own),
                "possible": link("/", status="live", grade="possible", **own),
                "hubs": link("/", status="hub", **own),
            }
        )
    return rows
