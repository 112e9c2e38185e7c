"""The query layer on the real engine: as of a moment, for a reader, by the folds of the stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from consumers.health.store_probe import largest_hubs
from consumers.query.filters import EventFilter, IndicatorFilter
from consumers.query.identifiers import Identifiers
from consumers.query.ids import AmbiguousIdError
from consumers.query.known_names import UnknownNameError
from consumers.query.noise.noise_views import PublisherRecords
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from consumers.query.released_labels import EVERY_LABEL, LabelIds, ReleasedLabels
from consumers.query.store_reader import CandidateQuery, StoreReader
from consumers.query.views import to_epoch_ms
from consumers.sink.table_rows import Batch
from consumers.sink.writer import TableWriter
from consumers.store.sql import FAR_FUTURE_MS, MIGRATIONS, sql
from consumers.store.stored_counts import stored_counts
from consumers.store.stored_versions import CONTENT_COLUMNS, stored_version
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import migrate
from infra.clickhouse.users import StoreUser
from infra.orchestration.stack import RunningStack
from schemas import topics
from schemas.checksum import item_checksum, to_hex
from schemas.event.admission import Partner
from schemas.ids import indicator_id, thing_key, to_uuid_text
from schemas.model import Reader
from schemas.release import label_codec
from schemas.release.reader_text import parse_reader
from streams.correlation.crowding import most_that_decide
from streams.rules import read_rule_book
from tests.support import derived
from tests.support.engines import unique
from tests.support.query_layers import query_layer

SECRET = b"s" * 32
CO, PE, MEC = (
    parse_reader(statement)
    for statement in ("CO/analyst/AMBER", "PE/analyst/GREEN", "MEC/analyst/RED")
)
WEAPON = thing_key(SECRET, "weapon", "", "TKL12345|TAURUS|PISTOL")
INDICATOR = indicator_id("weapon-in-two-countries", "certain", WEAPON)


class StoredExchange:
    """What intake and correlate would have written, a bundle of one event at a time."""

    def __init__(self, store: TableWriter) -> None:
        self._store = store
        self._at = 0

    def say(self, number: int, target: bytes | None = None, **changes: Any) -> int:
        """An accepted event; when it was recorded (ms)."""
        self._at += 1
        batch, record = (
            Batch(),
            derived.accepted(
                self._at,
                [derived.accepted_item(0, derived.envelope(number, **changes), target=target)],
            ),
        )
        message = derived.message(topics.accepted(1, "CO"), "accepted", record, self._at)
        batch.add_accepted(message, record, derived.decrypt)
        self._store.write(batch)
        return derived.T0 + self._at

    def observe(
        self, number: int, thing: bytes, indicator: bytes | None = None, **changes: Any
    ) -> int:
        """An observation, with its evidence; when it was recorded (ms)."""
        self._at += 1
        event, batch = derived.id16("event", number), Batch()
        batch.add_observations(
            derived.observations(self._at, [derived.observation(thing, event, **changes)])
        )
        if indicator:
            batch.add_evidence(
                derived.evidence(
                    [derived.evidence_row(indicator, thing, event, self._at, **changes)]
                )
            )
        self._store.write(batch)
        return derived.T0 + self._at

    def withdraw(self, number: int, at: int) -> None:
        """The retraction of an event's evidence on WEAPON, so long after the beginning (ms)."""
        event, batch = derived.id16("event", number), Batch()
        row: dict[str, Any] = {"op": "withdraw", "label": None}
        batch.add_observations(
            derived.observations(at, [derived.observation(WEAPON, event, **row)])
        )
        batch.add_evidence(
            derived.evidence([derived.evidence_row(INDICATOR, WEAPON, event, at, **row)])
        )
        self._store.write(batch)

    def crowd(
        self, numbers: range, thing: bytes, indicator: bytes, countries: Sequence[str]
    ) -> None:
        """Observations of one thing, of these countries by turns, with their evidence."""
        batch = Batch()
        for number in numbers:
            country = countries[number % len(countries)]
            record: dict[str, Any] = {"country": country, "label": label(country=country)}
            event = derived.id16("event", number)
            batch.add_observations(
                derived.observations(number, [derived.observation(thing, event, **record)])
            )
            batch.add_evidence(
                derived.evidence([derived.evidence_row(indicator, thing, event, number, **record)])
            )
        self._store.write(batch)


@pytest.fixture
def database(stack: RunningStack) -> str:
    name = unique("quipu_query")
    client = connect(stack.settings, StoreUser.MIGRATOR)
    migrate(client, MIGRATIONS, name)
    client.disconnect()
    return name


@pytest.fixture
def exchange(stack: RunningStack, database: str) -> Iterator[StoredExchange]:
    store = TableWriter(connect(stack.settings, StoreUser.WRITER, database))
    yield StoredExchange(store)
    store.close()


@pytest.fixture
def queries(stack: RunningStack, database: str) -> Iterator[QueryLayer]:
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    yield query_layer(client, read_rule_book(), SECRET)
    client.disconnect()


def label(**changes: Any) -> bytes:
    return label_codec.write({**derived.LABEL, **changes})


def references(queries: QueryLayer, reader: Reader, **fields: Any) -> list[str]:
    return [event.id for event in queries.events.newest(reader, EventFilter(**fields))]


def id_of(number: int) -> str:
    return to_uuid_text(derived.id16("event", number))


def test_a_partner_sees_what_its_admission_leaves_and_release_allows(
    stack: RunningStack, database: str, exchange: StoredExchange
) -> None:
    exchange.say(1, tlp="GREEN", recipients=["ALL"])
    exchange.say(2, tlp="AMBER", recipients=["ALL"])
    exchange.say(3, tlp="GREEN", recipients=["PE"])
    reader = Reader("p", "BR", None, frozenset({"analyst"}), "RED", purpose="investigation")
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    for partners, expected in (
        ({}, {id_of(1), id_of(2)}),
        ({"BR": Partner("BR", "PE", (), "GREEN")}, {id_of(1)}),
        ({"BR": Partner("BR", "PE", (), "AMBER")}, {id_of(1), id_of(2)}),
        ({"BR": Partner("BR", "PE", (), "GREEN", 1)}, set[str]()),
        ({"AR": Partner("AR", "PE", (), "RED")}, set[str]()),
    ):
        queries = query_layer(client, read_rule_book(), SECRET, partners=partners)
        assert set(references(queries, reader)) == expected
    client.disconnect()


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        (
            "event_candidates",
            {"type": "", "country": "CO", "node": "", "place": "", "reference": "", "since": 0},
        ),
        ("indicator_candidates", IndicatorFilter(grade="certain").parameters(read_rule_book())),
    ],
)
def test_a_list_is_found_by_time_not_by_reading_all(
    stack: RunningStack,
    database: str,
    exchange: StoredExchange,
    name: str,
    parameters: dict[str, Any],
) -> None:
    exchange.say(1)
    exchange.observe(1, WEAPON, INDICATOR)
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    released = LabelIds([1], 0)._asdict()
    plan = client.execute(
        "EXPLAIN " + sql(name), {**parameters, **released, "as_of": FAR_FUTURE_MS, "limit": 50}
    )
    client.disconnect()
    literal_string = "\n".join(row[0] for row in plan)
    assert "newest_first" in literal_string, literal_string
    assert "Aggregating" not in literal_string, "grouping reads everything"


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("event_candidates", EventFilter().parameters()),
        ("indicator_candidates", IndicatorFilter().parameters(read_rule_book())),
    ],
)
def test_no_candidate_has_a_label_that_is_not_released(
    stack: RunningStack,
    database: str,
    exchange: StoredExchange,
    name: CandidateQuery,
    parameters: dict[str, Any],
) -> None:
    exchange.say(1)
    exchange.observe(1, WEAPON, INDICATOR)
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    store = StoreReader(client, read_rule_book(), ReleasedLabels(client))
    question = {**parameters, "as_of": FAR_FUTURE_MS}
    outsider = replace(CO, country="BO", exercise="another")
    assert store.candidates(name, question, 50, CO)
    assert store.candidates(name, question, 50, outsider) == []
    client.disconnect()


def test_a_correction_replaces_and_the_past_stays_askable(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    before = exchange.say(1)
    exchange.say(
        1,
        version=derived.id16("second"),
        supersedes=derived.id16("version", 1),
        subdivision="CO-PUT",
    )
    (now,) = queries.events.newest(CO, EventFilter())
    (then,) = queries.events.newest(CO, EventFilter(), as_of=before)
    assert (now.subdivision, then.subdivision) == ("CO-PUT", "CO-NAR")
    event_history = queries.events.event(id_of(1), CO)
    assert event_history is not None
    assert [(version.subdivision, version.status) for version in event_history.versions] == [
        ("CO-PUT", "current"),
        ("CO-NAR", "corrected"),
    ]


def test_a_correction_that_came_before_what_it_supersedes_is_current(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    exchange.say(
        1,
        version=derived.id16("second"),
        supersedes=derived.id16("version", 1),
        subdivision="CO-PUT",
    )
    exchange.say(1)
    assert [event.subdivision for event in queries.events.newest(CO, EventFilter())] == ["CO-PUT"]


def test_a_retracted_event_is_gone_now_and_there_before(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    before = exchange.say(1)
    exchange.say(2, target=derived.id16("event", 1), type="retraction")
    assert references(queries, CO) == []
    assert len(queries.events.newest(CO, EventFilter(), as_of=before)) == 1
    event_history = queries.events.event(id_of(1), CO)
    assert event_history is not None
    assert (event_history.status, [act.type for act in event_history.acts]) == (
        "retracted",
        ["retraction"],
    )


def test_an_erased_event_keeps_its_envelope_and_no_content(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    before = exchange.say(1)
    exchange.say(2, target=derived.id16("event", 1), type="erasure")
    event_history = queries.events.event(id_of(1), CO)
    assert event_history is not None
    assert (event_history.status, event_history.current.payload) == ("erased", None)
    assert [event.payload for event in queries.events.newest(CO, EventFilter(), as_of=before)] == [
        None
    ]


def test_filters_find_by_place_type_reference_and_time(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    exchange.say(1)
    exchange.say(2, type="seizure", case_reference="CASE-7", subdivision="CO-PUT")
    late = exchange.say(3, node="co-fiscalia")
    assert references(queries, CO, type="seizure") == [id_of(2)]
    assert references(queries, CO, reference="CASE-7") == [id_of(2)]
    assert references(queries, CO, reference=derived.id16("version", 1).hex()) == [id_of(1)]
    assert references(queries, CO, place="CO-PUT") == [id_of(2)]
    assert references(queries, CO, node="co-fiscalia") == [id_of(3)]
    assert references(queries, CO, since=late) == [id_of(3)]
    assert references(queries, CO) == [id_of(3), id_of(2), id_of(1)]


def test_what_is_not_released_leaves_no_trace_in_pages(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    for number in range(6):
        exchange.say(number, recipients=["ALL"] if number % 2 else ["EC"])
    mine = [event.id for event in queries.events.newest(PE, EventFilter(), limit=2)]
    rest = [
        event.id for event in queries.events.page(PE, EventFilter(), None, PageRange(2, 2)).items
    ]
    assert mine + rest == [id_of(5), id_of(3), id_of(1)]
    assert queries.events.event(id_of(0), PE) is None
    assert queries.events.event(id_of(0), CO) is not None


def test_the_content_of_a_version_repeats_its_columns(
    stack: RunningStack, database: str, exchange: StoredExchange
) -> None:
    text = 'Acta "9/2026" \\ ñandú\u2028 \U0001f5c2\n'
    texts: dict[str, Any] = dict.fromkeys(
        ("condition", "justification", "case_reference", "exercise"), text
    )
    exchange.say(1)
    exchange.say(
        2,
        supersedes=derived.id16("version", 1),
        recipients=["BO", "CO/CO-PONAL"],
        handling=["H1", "H3"],
        **texts,
        occurred_from=None,
        occurred_until=None,
        review_date="2031-01-31",
    )
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    shown = {name: f"UUIDNumToString({name})" for name in ("id", "version", "supersedes")} | {
        name: f"toUnixTimestamp64Milli({name})"
        for name in ("occurred_from", "occurred_until", "reported_at")
    }
    columns = ", ".join(shown.get(name, name) for name in CONTENT_COLUMNS)
    rows = client.execute(f"SELECT content, {columns} FROM events ORDER BY offset")
    client.disconnect()
    assert len(rows) == 2
    for content, *values in rows:
        version = stored_version({"content": content})
        version.pop("content")
        assert version == dict(zip(CONTENT_COLUMNS, values, strict=True))


def test_an_operator_sees_no_content(exchange: StoredExchange, queries: QueryLayer) -> None:
    exchange.say(1)
    assert queries.events.newest(parse_reader("CO/operator/RED"), EventFilter()) == []


def two_countries(exchange: StoredExchange, **of_peru: Any) -> tuple[int, int]:
    first = exchange.observe(1, WEAPON, INDICATOR)
    second = exchange.observe(
        2,
        WEAPON,
        INDICATOR,
        country="PE",
        type="seizure",
        traits={"calibre": "9X19"},
        label=label(country="PE", **of_peru),
    )
    return first, second


def test_an_indicator_shows_its_evidence_from_the_moment_it_holds(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    first, second = two_countries(exchange)
    (matches,) = queries.indicators.newest(CO)
    assert [evidence_row.country for evidence_row in matches.evidence] == ["CO", "PE"]
    assert matches.sentence["es"] == (
        "Un arma robada en Colombia fue decomisada en Nariño, Colombia (según el Perú)."
    )
    assert queries.indicators.newest(CO, as_of=first) == []
    assert [indicator.id for indicator in queries.indicators.newest(CO, as_of=second)] == [
        to_uuid_text(INDICATOR)
    ]
    assert queries.indicators.indicator(to_uuid_text(INDICATOR), CO) == matches


STRONGER, WEAKER = "stolen-weapon-seized-abroad", "weapon-in-two-countries"


def test_a_list_shows_a_finding_once_and_names_the_weaker_rule(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    for number, country, role in ((1, "CO", "lost"), (2, "PE", "seized")):
        for rule, filled in ((STRONGER, role), (WEAKER, "recorded")):
            exchange.observe(
                number,
                WEAPON,
                indicator_id(rule, "certain", WEAPON),
                country=country,
                rule=rule,
                role=filled,
                traits={"calibre": "9X19"},
                label=label(country=country),
            )

    def rules(**fields: Any) -> list[tuple[str, list[str]]]:
        views = queries.indicators.newest(CO, IndicatorFilter(**fields))
        return sorted((view.rule, [weaker.rule for weaker in view.also]) for view in views)

    assert rules() == [(STRONGER, []), (WEAKER, [])]
    assert rules(once=True) == rules(once=True, rule=STRONGER) == [(STRONGER, [WEAKER])]
    assert rules(once=True, rule=WEAKER) == rules(once=True, severity="medium") == [(WEAKER, [])]


def test_a_withdrawal_ends_an_indicator_and_the_past_stays(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    _, second = two_countries(exchange)
    exchange.observe(2, WEAPON, INDICATOR, op="withdraw", label=None, country="PE", type="seizure")
    assert queries.indicators.newest(CO) == []
    assert len(queries.indicators.newest(CO, as_of=second)) == 1


def test_an_indicator_exists_only_for_who_may_see_its_evidence(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    two_countries(exchange, tlp="AMBER", recipients=["EC"])
    assert queries.indicators.newest(CO) == []
    assert queries.indicators.newest(PE) != []
    assert queries.indicators.newest(parse_reader("EC/analyst/AMBER")) != []
    assert queries.indicators.newest(parse_reader("EC/analyst/GREEN")) == []


def test_filters_of_indicators(exchange: StoredExchange, queries: QueryLayer) -> None:
    two_countries(exchange)
    assert (
        len(queries.indicators.newest(CO, IndicatorFilter("weapon-in-two-countries", "certain")))
        == 1
    )
    assert queries.indicators.newest(CO, IndicatorFilter("stolen-weapon-seized-abroad")) == []
    assert queries.indicators.newest(CO, IndicatorFilter(grade="possible")) == []
    assert (
        len(
            queries.indicators.newest(
                CO,
                IndicatorFilter(severity=queries.indicators.newest(CO)[0].severity, country="PE"),
            )
        )
        == 1
    )
    assert queries.indicators.newest(CO, IndicatorFilter(country="BO")) == []
    with pytest.raises(UnknownNameError):
        queries.indicators.newest(CO, IndicatorFilter(severity="none"))


def test_filters_by_text_and_time_ask_what_is_seen_of_the_evidence(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    two_countries(exchange)
    (piece, _) = queries.indicators.newest(CO)[0].evidence
    at = to_epoch_ms(piece.occurred) if piece.occurred else 0
    for text_, matches in (
        (piece.authority.lower(), 1),
        (piece.subdivision or "", 1),
        ("9X19", 1),
        ("cochabamba", 0),
    ):
        assert len(queries.indicators.newest(CO, IndicatorFilter(text=text_))) == matches, text_
    assert len(queries.indicators.newest(CO, IndicatorFilter(since=at, until=at + 1))) == 1
    assert (
        queries.indicators.newest(CO, IndicatorFilter(since=at + 1))
        == queries.indicators.newest(CO, IndicatorFilter(until=at))
        == []
    )


def test_a_thing_tells_who_knows_it(exchange: StoredExchange, queries: QueryLayer) -> None:
    two_countries(exchange, recipients=["EC"])
    thing = queries.things.thing(to_uuid_text(WEAPON), CO)
    assert thing is not None
    assert [member.country for member in thing.members] == ["CO"]
    assert thing.indicators == []
    assert queries.things.thing(to_uuid_text(WEAPON), MEC) is not None
    assert queries.things.thing(to_uuid_text(derived.id16("nothing")), CO) is None


def test_a_weapon_is_found_by_its_marks_as_an_officer_writes_them(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    two_countries(exchange)
    assert [
        thing.id
        for thing in queries.things.identified_by(
            Identifiers("weapon", "tkl-12345", type="pistol", make="Taurus"), CO
        )
    ] == [to_uuid_text(WEAPON)]
    assert (
        queries.things.identified_by(
            Identifiers("weapon", "tkl-12346", type="PISTOL", make="Taurus"), CO
        )
        == []
    )


def test_a_thing_that_many_share_is_a_hub(exchange: StoredExchange, queries: QueryLayer) -> None:
    exchange.crowd(range(51), WEAPON, INDICATOR, ("PE", "CO"))
    thing = queries.things.thing(to_uuid_text(WEAPON), CO)
    assert thing is not None
    assert (
        thing.hub,
        len(thing.members),
        [indicator.status for indicator in thing.indicators],
    ) == (
        True,
        51,
        ["hub"],
    )


def test_a_flood_changes_no_indicator_and_is_read_no_further_than_it_decides(
    exchange: StoredExchange, queries: QueryLayer, database: str, stack: RunningStack
) -> None:
    """E2, in the store: 2,000 records of one authority beside a true pair."""
    two_countries(exchange)
    before = queries.indicators.newest(CO)
    assert [indicator.status for indicator in before] == ["live"]
    exchange.crowd(range(1_000, 3_000), WEAPON, INDICATOR, ("EC",))
    assert queries.indicators.newest(CO) == before
    assert queries.indicators.indicator(to_uuid_text(INDICATOR), CO) == before[0]
    thing = queries.things.thing(to_uuid_text(WEAPON), CO)
    assert thing is not None and {member.country for member in thing.members} == {"CO", "PE", "EC"}
    client = connect(stack.settings, StoreUser.WRITER, database)
    most = most_that_decide(read_rule_book())
    ids = [to_uuid_text(INDICATOR)]
    of_all = {"ids": ids, "as_of": FAR_FUTURE_MS, "most": most, **EVERY_LABEL._asdict()}
    assert len(client.execute(sql("evidence"), of_all)) == most + 2
    client.disconnect()


def test_what_is_left_out_of_a_value_is_said_and_comes_back_when_the_cause_goes(
    stack: RunningStack, database: str, exchange: StoredExchange
) -> None:
    client = connect(stack.settings, StoreUser.MIGRATOR, database)

    def ask() -> QueryLayer:
        """A question of its own, which reads the labels anew."""
        return query_layer(client, read_rule_book(), SECRET)

    def of_pairs(reader: Reader, as_of: int | None = None) -> list[Any]:
        noise = ask().noise.noise(reader, as_of)
        return [
            (item.reason, item.records, item.limit, to_epoch_ms(item.since), item.set_aside)
            for item in noise.left_out
        ]

    exchange.crowd(range(50), WEAPON, INDICATOR, ("PE", "CO"))
    assert of_pairs(CO) == []
    (value,) = ask().noise.noise(CO).most_linking
    assert (value.records, value.countries) == (50, ["CO", "PE"])
    exchange.crowd(range(50, 51), WEAPON, INDICATOR, ("PE", "CO"))
    since = derived.T0 + 50
    hub = ("hub", 51, 50, since, [PublisherRecords("PE", "CO-PONAL", 26)])
    assert of_pairs(CO) == [hub], "without Peru's records Colombia's have no partner"
    assert ask().noise.noise(CO).most_linking == [], "a hub joins nobody"
    assert [view.status for view in ask().indicators.newest(CO)] == ["hub"]
    exchange.crowd(range(1_000, 1_026), WEAPON, INDICATOR, ("EC",))
    exchange.withdraw(50, 2_000)
    assert of_pairs(CO) == [
        ("publisher", 76, 25, derived.T0 + 1_025, [PublisherRecords("EC", "CO-PONAL", 26)])
    ]
    assert [view.status for view in ask().indicators.newest(CO)] == ["live"]
    exchange.withdraw(1_000, 2_001)
    for number in range(1_001, 1_026):
        exchange.withdraw(number, 2_001)
    assert of_pairs(CO) == [], "the cause has gone"
    assert [value.records for value in ask().noise.noise(CO).most_linking] == [50]
    assert of_pairs(CO, since) == [hub], "as of then"
    assert of_pairs(CO, since - 1) == []
    client.disconnect()


def test_an_authority_that_writes_more_than_a_hub_on_one_thing_is_an_alarm(
    exchange: StoredExchange, database: str, stack: RunningStack
) -> None:
    exchange.crowd(range(102), WEAPON, INDICATOR, ("PE", "CO"))
    client = connect(stack.settings, StoreUser.WRITER, database)
    limits = largest_hubs()
    since = {"since": 0, "other": 20, "kinds": list(limits), "limits": list(limits.values())}
    rows = client.execute(sql("health_floods"), since)
    assert [(country, records, things) for country, _authority, records, things in rows] == [
        ("CO", 51, 1),
        ("PE", 51, 1),
    ]
    assert all(authority for _country, authority, _records, _things in rows)
    assert client.execute(sql("health_floods"), {**since, "limits": [51] * len(limits)}) == []
    client.disconnect()


def test_short_ids_are_understood_when_unique(
    exchange: StoredExchange, queries: QueryLayer
) -> None:
    two_countries(exchange)
    assert queries.ids.resolve(to_uuid_text(INDICATOR)[:8], CO) == (
        "indicator",
        to_uuid_text(INDICATOR),
    )
    assert queries.ids.resolve(to_uuid_text(WEAPON), CO) == ("thing", to_uuid_text(WEAPON))
    with pytest.raises(AmbiguousIdError):
        queries.ids.resolve("", CO)
    with pytest.raises(AmbiguousIdError):
        queries.ids.resolve("ffffffffffff", CO)


def test_the_sum_in_sql_is_the_sum_in_python(
    stack: RunningStack, database: str, exchange: StoredExchange
) -> None:
    pairs = []
    for number in range(40):
        exchange.say(number)
        pairs.append((derived.id16("event", number), derived.id16("version", number)))
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    side = stored_counts(client)["co-ponal/routine/1"]
    client.execute("TRUNCATE TABLE facts")
    uncounted = stored_counts(client)["co-ponal/routine/1"]
    client.disconnect()
    assert (side.sealed, side.accepted, side.stored) == (40, 40, 40)
    assert (side.countable, side.counted, uncounted.counted) == (40, 40, 0)
    assert side.sealed_sum == side.accepted_sum == side.stored_sum == to_hex(item_checksum(pairs))
