"""Finding B1: the disclosure ledger tells an owner nothing of records that are hidden from it.

The law, on made-up records: what an owner sees of the ledger of hits and opened indicators is the
same, whether or not there are records that are not released to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from consumers.hits.decide import changes_to_send, live_hits
from consumers.hits.notifier import disclosed_hits
from consumers.query.cursors import Cursor, read_cursor, write_cursor
from consumers.query.disclosed import Disclosed
from consumers.query.disclosures import NO_VERSION, Disclosure
from consumers.query.indicators import to_indicator_view
from consumers.query.owner_ledger import (
    EvidencePiece,
    ExplainedRow,
    LedgerDay,
    LedgerLine,
    end_of_day,
    end_of_entries,
    entitled_asker,
    entry_reader,
    explained_events,
    owner_lines,
)
from consumers.query.paging import is_after
from consumers.query.views import to_datetime
from schemas.model import Label, Reader
from schemas.release.reader_text import parse_reader
from schemas.release.rules import release
from streams.correlation.assess import indicators_for, live_rows
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import read_rule_book
from tests.support.members import Member, Statement, evidence

BOOK = read_rule_book()
HOUR = 3_600_000
STEP = 8 * HOUR
STEPS = 9
ANY_ONE = settings(phases=[Phase.generate], max_examples=300)
"""To find an example, whichever it is: the smallest takes long to find."""
DAY = 24 * HOUR
ASKER = parse_reader("EC/analyst/AMBER")
READERS = (parse_reader("PE/VICTIMA/analyst/RED"), parse_reader("CO/analyst/GREEN"))
VICTIM, ECUADOR, COLOMBIA = "PE/VICTIMA", "EC/POLICIA", "CO/PONAL"
RED = {"tlp": "RED", "recipients": ("@nadie",)}


def member(event: int, authority: str, status: str, **marked: Any) -> Member:
    country, _, name = authority.partition("/")
    label = Label(country, name, ("ALL",), "GREEN", (), None, "investigation", None)
    traits = {"status": status, "calibre": "9X19"}
    return Member(event, "weapon", country, "weapon_record", traits, label=replace(label, **marked))


def statements_of(*members: Member) -> list[Statement]:
    """Three in a day, in this order."""
    return [Statement("add", item, number * STEP + HOUR) for number, item in enumerate(members)]


def lines(statements: Sequence[Statement], since: int = 0) -> list[Disclosure]:
    """What the asker sees once all was said, every change was sent and every reader opened it."""
    return [line.disclosure for line in ledger_lines(statements, since)]


def ledger_lines(
    statements: Sequence[Statement], since: int = 0, end: int | None = None
) -> list[LedgerLine]:
    """The same, with the place of each line; `end`: as of queries/disclosures.sql."""
    asker, rows = ASKER, evidence(statements, BOOK)
    day = since // DAY * DAY
    entries = [
        entry
        for entry in ledger(statements)
        if entry["recorded_at"] >= day
        and (end is None or entry["recorded_at"] < end or entry["through"] == "hit")
    ]
    explained = [
        ExplainedRow(
            entry,
            explained_events(
                entry,
                LedgerDay(pieces(rows, asker, end_of_day(entry)), {}),
                entitled_asker(asker),
                entry_reader(entry),
                BOOK,
            ),
        )
        for entry in reversed(entries)
    ]
    return list(owner_lines(explained, asker.country, lambda _id: True, to_datetime(since)))


def pieces(rows: Sequence[EvidenceRow], asker: Reader, moment: int) -> list[EvidencePiece]:
    return [
        EvidencePiece(row, row.label)
        for row in live_rows(rows, moment)
        if row.label is not None and release(row.label, asker).released
    ]


def ledger(statements: Sequence[Statement]) -> Iterator[dict[str, Any]]:
    """The entries of the ledger, in the order in which they are written.

    At every step hits are sent and readers open what they see, whether or not something was said.
    """
    sent: dict[Any, bytes] = {}
    for time in range(HOUR, STEPS * STEP, STEP):
        rows = evidence([item for item in statements if item.time <= time], BOOK)
        hits = changes_to_send(live_hits(rows, BOOK), sent)
        sent |= {(hit.indicator, hit.owner): hit.content for hit in hits}
        for disclosed in disclosed_hits(hits):
            yield entry_of(disclosed, "hit", time + 1)
        for number, reader in enumerate(READERS, 2):
            disclosed = Disclosed(reader, None)
            disclosed.add_indicators(
                to_indicator_view(indicator)
                for indicator in indicators_for(rows, reader, None, BOOK)
            )
            if disclosed:
                yield entry_of(disclosed, "page", time + number)


def entry_of(disclosed: Disclosed, channel: str, at: int) -> dict[str, Any]:
    """An entry as queries/disclosures.sql returns it."""
    reader, events = disclosed.reader, list(disclosed.events)
    return {
        "recorded_at": at,
        "offset": at,
        "writer": "ab" * 16,
        "sequence": at,
        "act": "shown",
        "through": channel,
        "questions": ["indicator"],
        "as_of": None,
        "indicators": list(disclosed.indicators),
        "things": [],
        "events": [shown.id for shown in events],
        "versions": [shown.version or NO_VERSION for shown in events],
        "events_recorded": [shown.recorded_at for shown in events],
        "owners": [shown.country for shown in events],
        "owning_authorities": [shown.authority for shown in events],
        **{"tlp": "RED", "markings": [], "condition": None, "condition_country": None},
        "question_hash": "",
        **{name: getattr(reader, name) for name in ("person", "country", "authority")},
        **{name: getattr(reader, name) for name in ("clearance", "purpose", "exercise")},
        "roles": sorted(reader.roles),
        "groups": sorted(reader.groups),
    }


def test_a_hit_that_a_hidden_record_brings_about_is_not_listed() -> None:
    probe, hidden = member(1, ECUADOR, "STOLEN"), member(2, VICTIM, "SEIZED", **RED)
    assert list(ledger(statements_of(probe, hidden))), (
        "there is a hit to the owner of the hidden record"
    )
    assert lines(statements_of(probe, hidden)) == []


def test_a_hidden_record_is_not_betrayed_through_a_third_country_either() -> None:
    visible = member(1, ECUADOR, "STOLEN"), member(2, COLOMBIA, "SEIZED")
    persons = {line.person for line in lines(statements_of(*visible))}
    assert f"hits to {COLOMBIA}" in persons, "what is visible is listed"
    hidden = member(3, VICTIM, "SEIZED", **RED)
    assert lines(statements_of(*visible, hidden)) == lines(statements_of(*visible))


def test_a_visible_owners_hit_counts_once_by_the_day() -> None:
    visible = member(1, ECUADOR, "STOLEN"), member(2, VICTIM, "SEIZED")
    hits = [line for line in lines(statements_of(*visible)) if line.through == "hit"]
    others = [line for line in hits if line.person == f"hits to {VICTIM}"]
    assert [(line.recorded_at.hour, line.offset) for line in others] == [(0, None)]
    hidden = [member(number, VICTIM, "SEIZED", **RED) for number in range(3, 9)]
    later = [line for line in lines(statements_of(*visible, *hidden)) if line.through == "hit"]
    assert later == hits, "hits sent again on the following days"


MARKED: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    (
        *({}, {}, {}),
        {"tlp": "AMBER"},
        RED,
        {"tlp": "AMBER+STRICT", "recipients": ("CO/PONAL",)},
        {"recipients": ("PE",)},
        {"handling": ("H3",), "condition": "llamar antes"},
        {"exercise": "cóndor"},
    )
)


@st.composite
def members(draw: st.DrawFn) -> list[Member]:
    return [
        member(
            number,
            draw(st.sampled_from((VICTIM, ECUADOR, COLOMBIA, "PE/SUCAMEC", "BO/FELCN"))),
            draw(st.sampled_from(("STOLEN", "SEIZED"))),
            **draw(MARKED),
        )
        for number in range(1, draw(st.integers(2, 7)) + 1)
    ]


@given(members(), st.integers(0, STEPS))
def test_hidden_records_change_no_line(every: list[Member], steps: int) -> None:
    statements = statements_of(*every)
    visible = [
        statement for statement in statements if release(statement.member.label, ASKER).released
    ]
    since = steps * STEP
    assert lines(statements, since) == lines(visible, since)


@given(members(), st.data())
def test_the_list_goes_on_after_any_of_its_lines(every: list[Member], data: st.DataObject) -> None:
    """C1: the list was read with an offset alone, which has an end."""
    statements = statements_of(*every)
    whole = ledger_lines(statements)
    ranks = [line.rank for line in whole]
    assert ranks == sorted(ranks, key=lambda rank: (-rank[0], rank[1]))
    assert len(set(ranks)) == len(ranks)
    if whole:
        last = data.draw(st.integers(0, len(whole) - 1))
        cursor = read_cursor(write_cursor(Cursor(*whole[last].rank)))
        rest = ledger_lines(statements, end=end_of_entries(cursor))
        assert [line for line in rest if is_after(line.rank, cursor)] == whole[last + 1 :]


def test_the_made_up_records_give_lines_and_hidden_hits() -> None:
    find(members(), lambda every: bool(lines(statements_of(*every))), settings=ANY_ONE)
    find(
        members(),
        lambda every: bool([*ledger(statements_of(*every))]) and not lines(statements_of(*every)),
        settings=ANY_ONE,
    )
