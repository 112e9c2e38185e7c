"""The law of figures: each answer equals a plain count over the records that the reader may see,
whatever was corrected, retracted or erased, and as of any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product
from types import CodeType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consumers.maintenance.compare_copies import copied_months, digest_facts, gapped_events
from consumers.query.figures.delays import DELAYS, DelaysQuestion
from consumers.query.figures.figure_queries import FigureQueries
from consumers.query.figures.finding_counts import FindingCountsQuestion
from consumers.query.figures.finding_delays import FindingDelaysQuestion
from consumers.query.figures.finding_queries import FindingQueries
from consumers.query.figures.flows import FlowsQuestion
from consumers.query.figures.marking import file_for_court, file_for_others, reading
from consumers.query.figures.money_flows import MoneyFlowsQuestion
from consumers.query.figures.periods import PERIODS
from consumers.query.figures.published import PublishedQuestion
from consumers.query.figures.question import CLOCKS, MEASURES, FactFilter, Grouping
from consumers.query.figures.ranking import RankingQuestion
from consumers.query.figures.records import RecordsQuestion
from consumers.query.figures.totals import Totals, TotalsQuestion
from consumers.query.figures.trends import TrendsQuestion
from consumers.query.figures.values import UnknownValueError
from consumers.query.known_names import UnknownNameError
from consumers.query.paging import PageRange
from consumers.query.picture.picture import PictureQuestion
from consumers.query.query_layer import QueryLayer
from consumers.sink.lasting_facts import FactKeeper
from schemas.measures import FactLine
from tests.support import derived
from tests.support.effort import IS_THOROUGH, examples
from tests.support.fact_store import FactStore
from tests.support.fact_world import (
    DAY,
    FIRST_DAY,
    FactWorld,
    askers,
    contents,
    delay_rows,
    envelopes,
    fact_worlds,
    quality_rows,
    total_rows,
)
from tests.support.marked_world import reader
from tests.support.native_servers import EmbeddedServer
from tests.support.need_to_know import Asker
from tests.support.picture_oracle import picture_cells, plain_cells

pytestmark = [pytest.mark.integration, pytest.mark.timeout(3_600)]
ANALYST = Asker(
    "ana", "CO", "PONAL", "analyst", "AMBER", frozenset(), "investigation", None, frozenset()
)
MARKS = """{"type": "record", "name": "mark", "fields": [
  {"name": "what", "type": "string", "dimension": "drug"},
  {"name": "calibre", "type": "string", "dimension": "calibre"}]}"""
"""A type of event that marks what the made-up records say."""
END = FIRST_DAY + 730 * DAY
LAW = settings(
    max_examples=examples(4, more=8),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactStore]:
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as server:
        yield FactStore(server, {"mark": MARKS})
        server.stop()


def groupings() -> st.SearchStrategy[Grouping]:
    names = ["country", "type", "place", "subdivision", "crime", "drug", "calibre", "authority"]
    names.append("theme")
    return st.builds(
        Grouping,
        by=st.lists(st.sampled_from(names), max_size=3, unique=True).map(tuple),
        period=st.sampled_from(PERIODS),
        clock=st.sampled_from(CLOCKS),
    )


def filters() -> st.SearchStrategy[FactFilter]:
    days = st.sampled_from([None, None, None, 0, 31, 90, 365])
    return st.builds(
        FactFilter,
        type=st.sampled_from(["", "", "seizure", "suspicious_flow"]),
        country=st.sampled_from(["", "", "CO", "PE"]),
        crime=st.sampled_from(["", "", "06", "0602"]),
        theme=st.sampled_from(["", "", "", "drugs", "laundering"]),
        place=st.sampled_from(["", "", "CO", "CO-NAR"]),
        where=st.sampled_from([(), (), (("drug", "cannabis"),), (("calibre", "9x19"),)]),
        since=days.map(_ms),
        until=days.map(_ms),
    ).filter(lambda own: own.since is None or own.until is None or own.since < own.until)


def _ms(day: int | None) -> int | None:
    return None if day is None else FIRST_DAY + day * DAY


def plain(totals: Totals) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {
        row.group: (
            row.amount,
            row.records,
            row.without_amount,
            row.without_unit,
            row.without_code,
        )
        for row in totals.rows
    }


def check_totals_are_a_plain_sum_of_what_the_reader_may_see(case: Case) -> None:
    world, who, as_of = case.world, case.who, case.as_of
    question = TotalsQuestion(case.measure, case.grouping, case.filter)
    answer = case.queries.figures.totals(reader(who), question, as_of)
    assert plain(answer) == total_rows(world, who, as_of, question)


def check_copies_of_months_count_as_their_facts(case: Case) -> None:
    world, who = case.world, case.who
    for measure in ("records", case.amounts, "money"):
        grouping = replace(case.grouping, clock="occurred")
        question = TotalsQuestion(measure, grouping, case.filter)
        answer = case.queries.figures.totals(reader(who), question)
        assert plain(answer) == total_rows(world, who, None, question)


def check_totals_say_what_changed_since_a_moment(case: Case) -> None:
    world, who, as_of = case.world, case.who, case.as_of
    former = case.former
    question = TotalsQuestion(case.amounts, case.grouping, case.filter, former)
    answer = case.queries.figures.totals(reader(who), question, as_of)
    now = total_rows(world, who, as_of, question)
    then = total_rows(world, who, former, question)
    nothing = (Decimal(0), 0, 0, 0, 0)
    assert plain(answer) == {**dict.fromkeys(then, nothing), **now}
    changed = {row.group: (row.former_amount, row.former_records) for row in answer.rows}
    assert changed == {group: then.get(group, nothing)[:2] for group in {*now, *then}}


def check_trends_are_the_totals_of_each_period_with_that_of_a_year_before(case: Case) -> None:
    world, who, as_of = case.world, case.who, case.as_of
    measure, period = case.measure, case.period
    grouping = Grouping(("country",), period, "reported")
    question = TrendsQuestion(measure, grouping, FactFilter(since=FIRST_DAY, until=END))
    answer = case.queries.figures.trends(reader(who), question, as_of)
    past = replace(question, filter=FactFilter(until=END))
    figures = total_rows(world, who, as_of, past)
    values = {
        key: row[1] if measure == "records" else row[0]
        for key, row in figures.items()
        if has_amount(measure, key)
    }
    shown = {(point.begins, tuple(point.keys), point.currency): point for point in answer.points}
    assert {key: point.value for key, point in shown.items() if key in values} == values
    assert not any(point.value for key, point in shown.items() if key not in values)
    if period != "week":
        for (begins, keys, currency), point in shown.items():
            former = begins.replace(year=begins.year - 1), keys, currency
            expected = values.get(former, 0) if former[0] >= date(2018, 1, 1) else None
            known = min(key[0] for key in values) <= former[0]
            assert point.year_before == (expected if known else None)


def has_amount(measure: Any, key: tuple[Any, ...]) -> bool:
    """Say whether a group has amounts: of money those without a currency have none."""
    return measure not in ("money", "usd") or key[2] != ""


def check_trends_say_what_changed_since_a_moment(case: Case) -> None:
    grouping = Grouping(("place",), case.period, "reported")
    question = TrendsQuestion(case.measure, grouping, FactFilter())
    now = case.queries.figures.trends(reader(case.who), question, case.as_of)
    then = case.queries.figures.trends(reader(case.who), question, case.former)
    compared = case.queries.figures.trends(
        reader(case.who), replace(question, changed_since=case.former), case.as_of
    )
    shown = {(point.begins, *point.keys, point.currency): point for point in compared.points}
    for points, name in ((now.points, "value"), (then.points, "former_value")):
        values = {(point.begins, *point.keys, point.currency): point.value for point in points}
        assert {key: getattr(point, name) for key, point in shown.items()} == {
            **dict.fromkeys(shown, Decimal(0)),
            **values,
        }


def check_a_ranking_says_what_changed_since_a_moment(case: Case) -> None:
    question = RankingQuestion(case.measure, Grouping(("place",)), case.filter, limit=1_000)
    figures, who = case.queries.figures, reader(case.who)
    then = figures.ranking(who, question, case.former).rows
    compared = figures.ranking(who, replace(question, changed_since=case.former), case.as_of).rows
    assert [(row.keys, row.currency, row.value) for row in compared] == [
        (row.keys, row.currency, row.value)
        for row in figures.ranking(who, question, case.as_of).rows
    ]
    former = {(*row.keys, row.currency): (row.rank, row.value) for row in then}
    for row in compared:
        assert (row.former_rank, row.former_value) == former.get(
            (*row.keys, row.currency), (None, Decimal(0))
        )


def check_a_ranking_orders_the_totals_of_two_spans(case: Case) -> None:
    world, who, as_of = case.world, case.who, case.as_of
    span = FactFilter(since=FIRST_DAY + 60 * DAY, until=FIRST_DAY + 120 * DAY)
    measure, grouping = case.measure, Grouping(("subdivision",), clock="reported")
    question = RankingQuestion(measure, grouping, span, limit=1_000)
    answer = case.queries.figures.ranking(reader(who), question, as_of)
    before = replace(span, since=FIRST_DAY, until=span.since)
    now, former = (
        {
            key[1:]: row[1] if measure == "records" else row[0]
            for key, row in total_rows(world, who, as_of, replace(question, filter=filter_)).items()
            if key[1] != ("",) and has_amount(measure, key)
        }
        for filter_ in (span, before)
    )
    assert {(tuple(row.keys), row.currency): row.value for row in answer.rows} == now
    for row in answer.rows:
        group = tuple(row.keys), row.currency
        assert row.former_value == former.get(group, 0)
        larger = [value for key, value in now.items() if key[1] == row.currency]
        assert row.rank == 1 + sum(value > row.value for value in larger)


def check_delays_are_those_of_single_records(case: Case) -> None:
    world, who, as_of = case.world, case.who, case.as_of
    question = DelaysQuestion(
        case.delay, Grouping(("country", "subdivision"), case.period), case.filter
    )
    answer = case.queries.figures.delays(reader(who), question, as_of)
    expected = {
        key: (records, negative, [_days(ms) for ms in spread], _days(longest))
        for key, (records, negative, spread, longest) in delay_rows(
            world, who, as_of, question
        ).items()
    }
    assert {
        (row.begins, tuple(row.keys)): (
            row.records,
            row.negative,
            [row.p10, row.p25, row.median, row.p75, row.p90],
            row.longest,
        )
        for row in answer.rows
    } == expected


def check_quality_is_what_single_records_lack(case: Case) -> None:
    world, who, as_of = case.world, case.who, case.as_of
    answer = case.queries.figures.quality(reader(who), case.filter, as_of)
    expected = {
        owner: (*counts, [_days(ms) for ms in late])
        for owner, (*counts, late) in quality_rows(
            world, who, as_of, case.filter, Grouping()
        ).items()
    }
    assert {
        (row.country, row.authority): (
            row.records,
            row.corrected,
            row.with_date,
            row.with_place,
            row.measured,
            row.usable,
            row.coded,
            [row.median_days, row.p90_days],
        )
        for row in answer.rows
    } == expected


def check_delays_say_what_changed_since_a_moment(case: Case) -> None:
    question = DelaysQuestion(case.delay, Grouping(("place",), case.period), case.filter)
    ask = case.queries.figures.delays
    check_change(
        ask(reader(case.who), question, case.as_of, case.use).rows,
        ask(reader(case.who), question, case.former, case.use).rows,
        ask(
            reader(case.who),
            replace(question, changed_since=case.former),
            case.as_of,
            case.use,
        ).rows,
    )


def check_quality_says_what_changed_since_a_moment(case: Case) -> None:
    ask = case.queries.figures.quality
    check_change(
        ask(reader(case.who), case.filter, case.as_of, case.use).rows,
        ask(reader(case.who), case.filter, case.former, case.use).rows,
        ask(reader(case.who), case.filter, case.as_of, case.use, case.former).rows,
    )


def check_change(now: Sequence[Any], then: Sequence[Any], compared: Sequence[Any]) -> None:
    """A comparison is the two answers, side by side: nothing more, nothing less."""
    present = {row.group: row for row in now}
    former = {row.group: row for row in then}
    assert {row.group for row in compared} == {*present, *former}
    for row in compared:
        assert replace(row, former=None) == present.get(row.group, row.emptied())
        assert row.former == former.get(row.group, row.emptied())


def check_a_file_counts_what_may_be_passed_on(case: Case) -> None:
    """The same as for a reader to whom H2, and for court H1, is not released."""
    who = replace(case.who, use=case.use)
    question = TotalsQuestion(case.measure, case.grouping, case.filter)
    answer = case.queries.figures.totals(reader(case.who), question, case.as_of, case.use)
    assert plain(answer) == total_rows(case.world, who, case.as_of, question)
    assert "H2" not in answer.marking.markings or case.use == "reading"
    assert "H1" not in answer.marking.markings or case.use != "court"


def check_money_flows_are_totals_from_country_to_country(case: Case) -> None:
    question = MoneyFlowsQuestion(case.filter, changed_since=case.former)
    answer = case.queries.figures.money_flows(reader(case.who), question, case.as_of, case.use)
    for as_of, rows in (
        (case.as_of, [row for row in answer.rows if row.records]),
        (case.former, [row.former for row in answer.rows if row.former and row.former.records]),
    ):
        expected = {
            (*keys, currency): amount
            for (_, keys, currency), (amount, *_counts) in total_rows(
                case.world, replace(case.who, use=case.use), as_of, question.totals
            ).items()
            if currency and any(keys)
        }
        assert {row.group: row.amount for row in rows} == expected


def _days(ms: int) -> float:
    return round(ms / DAY, 3)


def check_the_picture_counts_what_the_reader_may_see(case: Case) -> None:
    world, who = case.world, case.who
    as_of = derived.T0 + 200 * DAY if case.as_of is None else case.as_of
    picture = case.queries.picture.picture(reader(who), PictureQuestion(), as_of)
    assert plain_cells(picture) == picture_cells(world, who, as_of)
    for cell in picture.cells:
        assert len(cell.drivers) == bool(cell.records) + bool(cell.quantity)


CHECKS = (
    check_copies_of_months_count_as_their_facts,
    check_totals_are_a_plain_sum_of_what_the_reader_may_see,
    check_totals_say_what_changed_since_a_moment,
    check_trends_are_the_totals_of_each_period_with_that_of_a_year_before,
    check_trends_say_what_changed_since_a_moment,
    check_a_ranking_orders_the_totals_of_two_spans,
    check_a_ranking_says_what_changed_since_a_moment,
    check_delays_are_those_of_single_records,
    check_quality_is_what_single_records_lack,
    check_the_picture_counts_what_the_reader_may_see,
    check_delays_say_what_changed_since_a_moment,
    check_quality_says_what_changed_since_a_moment,
    check_a_file_counts_what_may_be_passed_on,
    check_money_flows_are_totals_from_country_to_country,
)


@dataclass(frozen=True)
class Case:
    """A question of one reader as of a moment, over a log that is in the store."""

    queries: QueryLayer
    world: FactWorld
    who: Asker
    as_of: int | None
    former: int
    measure: Any
    amounts: Any
    period: Any
    grouping: Grouping
    filter: FactFilter
    delay: Any
    use: Any


@LAW
@given(
    world=fact_worlds(most=30),
    who=st.lists(askers(), min_size=1, max_size=2),
    data=st.data(),
)
def test_figures_are_those_of_a_plain_count_of_what_the_reader_may_see(
    store: FactStore, world: FactWorld, who: list[Asker], data: st.DataObject
) -> None:
    store.write(world, data.draw(st.integers(0, len(world.messages))))
    moments = world.moments()
    for asker in who:
        as_of = data.draw(st.sampled_from([None, None, *moments]))
        former = data.draw(st.sampled_from(moments))
        case = Case(
            store.queries(asker),
            world,
            asker,
            as_of,
            former if as_of is None else min(former, as_of),
            data.draw(st.sampled_from([*MEASURES, "usd"])),
            data.draw(st.sampled_from(["mass", "usd"])),
            data.draw(st.sampled_from(PERIODS[1:])),
            data.draw(groupings()),
            data.draw(filters()),
            data.draw(st.sampled_from(DELAYS)),
            data.draw(st.sampled_from(["reading", "file", "court"])),
        )
        for check in CHECKS:
            try:
                check(case)
            except UnknownValueError:
                check_nobody_has_the_value(case)


def check_nobody_has_the_value(case: Case) -> None:
    """A value is refused where no record has it that the reader may see, then or for that use."""
    ((name, value),) = case.filter.where
    question = TotalsQuestion(grouping=Grouping((name,)))
    assert any(
        value not in {key[1][0] for key in total_rows(case.world, who, moment, question)}
        for who in (case.who, replace(case.who, use=case.use))
        for moment in (case.as_of, case.former)
    )


HIDING = settings(LAW, max_examples=examples(3, more=4))


@HIDING
@given(world=fact_worlds(), who=askers().filter(lambda who: who.country != "BO"), data=st.data())
def test_no_difference_between_answers_betrays_a_hidden_record(
    store: FactStore, world: FactWorld, who: Asker, data: st.DataObject
) -> None:
    """Subtract over dates, places, as-of, exercise and corrections: nothing is left."""
    moment = data.draw(st.sampled_from(world.moments()))
    points = points_of([moment, moment + 400, moment + 500])
    if not IS_THOROUGH:
        points = data.draw(st.permutations(points))[:POINTS]
    store.write(world)
    before = every_answer(store.queries(who), who, points)
    world.add_hidden(data.draw(envelopes()), data.draw(contents()))
    store.write(world)
    assert every_answer(store.queries(who), who, points) == before


Ask = Callable[[Any, Any, Any, Any], object]


def questions(queries: QueryLayer, by: Grouping, year: FactFilter) -> list[Ask]:
    """Every question with figures: (reader, as of, use, changed since) → its answer.

    `test_every_question_is_among_those_that_are_subtracted` says which are missing here.
    """
    figures, findings = queries.figures, queries.findings
    one_place, period = FactFilter(place="CO-NAR"), Grouping(("country",), "month", "reported")
    return [
        lambda who, at, use, then: figures.totals(
            who, TotalsQuestion("records", by, changed_since=then), at, use
        ),
        lambda who, at, use, then: figures.totals(
            who, TotalsQuestion("mass", by, FactFilter(), then), at, use
        ),
        lambda who, at, use, then: figures.totals(
            who, TotalsQuestion("usd", by, changed_since=then), at, use
        ),
        lambda who, at, use, then: figures.totals(
            who, TotalsQuestion(filter=one_place, changed_since=then), at, use
        ),
        lambda who, at, use, then: figures.trends(
            who, TrendsQuestion("records", period, changed_since=then), at or FIRST_DAY * 2, use
        ),
        lambda who, at, use, then: figures.ranking(
            who, RankingQuestion("records", by, year, changed_since=then), at, use
        ),
        lambda who, at, use, then: figures.delays(
            who, DelaysQuestion(grouping=period, changed_since=then), at, use
        ),
        lambda who, at, use, then: figures.quality(who, FactFilter(), at, use, then),
        lambda who, at, use, _then: refusal(
            lambda: figures.totals(
                who, TotalsQuestion(filter=FactFilter(where=(("calibre", "9x1"),))), at, use
            )
        ),
        lambda who, at, use, _then: refusal(
            lambda: figures.quality(who, FactFilter(authority="PONA"), at, use)
        ),
        lambda who, at, use, then: figures.money_flows(
            who, MoneyFlowsQuestion(changed_since=then), at, use
        ),
        lambda who, at, use, then: findings.flows(who, FlowsQuestion(changed_since=then), at, use),
        lambda who, at, use, then: findings.finding_counts(
            who, FindingCountsQuestion(changed_since=then), at, use
        ),
        lambda who, at, use, then: findings.finding_delays(
            who, FindingDelaysQuestion(changed_since=then), at, use
        ),
        lambda who, at, use, then: findings.shares(who, figures, at, use, then),
        lambda who, at, _use, _then: figures.records(
            who, RecordsQuestion(order="occurred"), at, PageRange(50)
        ),
        lambda who, at, _use, _then: figures.records(
            who, RecordsQuestion(part="corrected"), at, PageRange(50)
        ),
        lambda who, at, _use, _then: figures.published(
            who, PublishedQuestion("country", "month", "community", 3), at
        ),
        lambda who, at, _use, _then: findings.members(who, "", at),
        lambda who, at, _use, _then: queries.picture.picture(who, PictureQuestion(), at),
    ]


def refusal(ask: Callable[[], object]) -> object:
    """Return the answer, or what a refusal says: the values near the one that was written."""
    try:
        return ask()
    except UnknownValueError as error:
        return str(error)


NO_QUESTIONS = {"check", "open_question", "close_question"}
"""What begins and ends a question of any kind."""


def test_every_question_is_among_those_that_are_subtracted() -> None:
    """A question that is added must be in `questions`, which takes it by its name."""
    names = questions.__code__.co_consts
    covered = {
        name
        for code in names
        if isinstance(code, CodeType)
        for name in code.co_names
        if not name[0].isupper()
    }
    for kind in (FigureQueries, FindingQueries):
        public = {name for name in vars(kind) if not name.startswith("_")}
        assert public - NO_QUESTIONS <= covered, public - covered


Point = tuple[str | None, int | None, int | None]
"""The exercise of a question, its moment, and since when it says what changed."""
POINTS = 3
"""How many of the points an everyday run asks about in each log; in time it meets all."""


def points_of(times: Sequence[int]) -> list[Point]:
    """List every point: the real world and an exercise, now and then, alone and compared."""
    return list(product((None, "condor"), (None, *times), (None, times[0])))


def every_answer(
    queries: QueryLayer, who: Asker, points: Sequence[Point]
) -> dict[Point, list[object]]:
    """Answer every question at each point."""
    by = Grouping(("place", "drug"), "month", "reported")
    year = FactFilter(since=FIRST_DAY, until=END)
    answers: dict[Point, list[object]] = {}
    for exercise, as_of, changed in points:
        asker = replace(reader(who), exercise=exercise)
        use = reading if changed is None else file_for_others
        answers[exercise, as_of, changed] = [
            ask(asker, as_of, use, changed) for ask in questions(queries, by, year)
        ]
    return answers


def test_of_a_chain_with_a_gap_one_version_counts(store: FactStore) -> None:
    """The version that corrects an unknown one counts until the gap is closed."""
    world = FactWorld()
    record = {**derived.envelope(0), "type": "seizure"}
    number = world.publish(record, [FactLine(), _kilograms(1)])
    root = world.heads[number]["version"]
    missing = derived.id16("version", "missing")
    world.heads[number]["version"] = missing
    world.correct(number, record, [FactLine(), _kilograms(10)])
    store.write(world, len(world.messages))
    queries = store.queries(ANALYST)
    assert _mass(queries, None) == 10
    assert _mass(queries, derived.T0) == 1
    world.heads[number]["version"] = root
    world.correct(number, record, [FactLine(), _kilograms(100)])
    store.write(world)
    queries = store.queries(ANALYST)
    heads = {_mass(queries, as_of) for as_of in (derived.T0 + 1_000, None)}
    assert heads <= {Decimal(10), Decimal(100)}, "never the sum of two versions"


def _kilograms(amount: int) -> FactLine:
    return FactLine("items", "mass", Decimal(amount))


def _mass(queries: QueryLayer, as_of: int | None) -> Decimal | None:
    question = TotalsQuestion("mass", Grouping(), FactFilter())
    (row,) = queries.figures.totals(reader(ANALYST), question, as_of).rows
    return row.amount


def test_two_copies_of_one_log_have_one_digest_until_a_line_is_lost(store: FactStore) -> None:
    """So a rebuild compares what figures read, though each copy is of a run of its own."""
    world = FactWorld()
    record = {**derived.envelope(0), "type": "seizure"}
    world.publish(record, [FactLine(), _kilograms(1)])
    copies = []
    for _generation in range(2):
        store.write(world, len(world.messages))
        runs = list(copied_months(store.client).values())
        copies.append((runs, digest_facts(store.client, runs, 2**42)))
    assert copies[0][0] != copies[1][0]
    assert copies[0][1] == copies[1][1] and copies[0][1][0] == 2
    store.client.execute(
        "ALTER TABLE lasting_facts DELETE WHERE line = 1 SETTINGS mutations_sync = 1"
    )
    assert digest_facts(store.client, copies[1][0], 2**42) != copies[1][1]


def test_an_event_that_one_copy_leaves_out_does_not_part_two_copies(store: FactStore) -> None:
    """Whether a correction came in the batch of its original decides what a copy leaves out."""
    world = FactWorld()
    for number in range(2):
        record = {**derived.envelope(number), "type": "seizure"}
        world.publish(record, [FactLine(), _kilograms(1)])
    store.write(world, len(world.messages))
    left_out = world.heads[0]["id"]
    runs = list(copied_months(store.client).values())
    whole, compared = (
        digest_facts(store.client, runs, 2**42, ids) for ids in ((), {left_out.hex()})
    )
    store.client.insert("gapped_events", ("event_id",), [[left_out]])
    ((month,),) = store.client.execute("SELECT DISTINCT month FROM changed_months")
    columns = ("type", "month", "writer", "step")
    store.client.insert("changed_months", columns, [["seizure"], [month], [1], [2]])
    assert FactKeeper(store._copying).step() == 1
    runs = list(copied_months(store.client).values())
    gapped = gapped_events(store.client)
    assert gapped == {left_out.hex()}
    assert digest_facts(store.client, runs, 2**42) != whole
    assert digest_facts(store.client, runs, 2**42, gapped) == compared
    assert compared[0] == 2


def test_figures_are_in_the_ledger_with_their_markings(store: FactStore) -> None:
    world = FactWorld()
    world.publish(derived.envelope(0, country="PE", tlp="AMBER", handling=["H2"]), [FactLine()])
    store.write(world)
    queries = store.queries(ANALYST)
    queries.figures.totals(reader(ANALYST), TotalsQuestion())
    (disclosed,) = queries.answer.disclosed
    assert (list(disclosed.questions), disclosed.tlp) == (["totals"], "AMBER")
    assert (disclosed.markings, disclosed.counted) == ({"H2"}, True)
    nothing = TotalsQuestion(filter=FactFilter(place="BR"))
    assert queries.figures.totals(reader(ANALYST), nothing).rows == []
    assert [lookup.question for lookup in queries.answer.empty_lookups] == ["totals"]


def test_a_file_counts_nothing_that_may_not_be_passed_on(store: FactStore) -> None:
    world = FactWorld()
    for country, handling in (("PE", ["H2"]), ("PE", ["H1"]), ("CO", ["H2"]), ("PE", [])):
        marked = {"country": country, "handling": handling}
        world.publish(derived.envelope(len(world.heads), **marked), [FactLine()])
    store.write(world)
    queries = store.queries(ANALYST)
    counts = [
        queries.figures.totals(reader(ANALYST), TotalsQuestion(), None, use).rows[0].records
        for use in (reading, file_for_others, file_for_court)
    ]
    assert counts == [4, 3, 2]


@pytest.mark.parametrize(
    "filter_",
    [
        FactFilter(type="seizur"),
        FactFilter(country="ZZ"),
        FactFilter(place="CO-XX"),
        FactFilter(theme="armas"),
        FactFilter(where=(("country", "CO"),)),
    ],
)
def test_a_name_that_does_not_exist_is_refused(store: FactStore, filter_: FactFilter) -> None:
    """Nothing would read as if there were no such records."""
    figures, who = store.queries(ANALYST).figures, reader(ANALYST)
    for ask in (
        lambda: figures.totals(who, TotalsQuestion(filter=filter_)),
        lambda: figures.trends(who, TrendsQuestion(filter=filter_)),
        lambda: figures.ranking(who, RankingQuestion(filter=filter_)),
        lambda: figures.delays(who, DelaysQuestion(filter=filter_)),
        lambda: figures.quality(who, filter_),
    ):
        with pytest.raises(UnknownNameError):
            ask()
