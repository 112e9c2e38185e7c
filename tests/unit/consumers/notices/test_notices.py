"""Who is known what, and when: nothing twice, nothing lost, in order, at the hours that are choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.notices.decide import (
    LEAST_GAP_MS,
    HitNotice,
    NewsKind,
    NoticeHit,
    NoticeKind,
    PersonState,
    due_escalation,
    due_notice,
)
from consumers.notices.notice_words import carried, notice_message
from consumers.notices.settings import (
    SEVERITY_ORDER,
    NoticeSettings,
    NoticeSettingsError,
    NoticeWay,
    check_settings,
)
from schemas.i18n import LANGUAGES
from schemas.release.rules import TLP
from schemas.time_zones import zone_of

HOUR = 3_600_000
DAY = 24 * HOUR
START = 1_700_000_000_000
WANTS = NoticeSettings("ana.rojas", NoticeWay.AT_ONCE, "ana@policia.example")
SECRET = "Juan Quispe con una pistola"
ADDRESS = "https://quipu.example"
NEVER_TOLD = PersonState()

hits = st.lists(
    st.builds(
        NoticeHit,
        st.integers(START, START + 3 * DAY),
        st.sampled_from(("a", "b", "c", "d")),
        st.sampled_from(SEVERITY_ORDER),
        st.sampled_from(TLP),
    ),
    max_size=6,
    unique_by=lambda hit: hit.indicator,
)
hours = st.integers(0, 23)
settings = st.builds(
    NoticeSettings,
    st.just("ana.rojas"),
    st.sampled_from((NoticeWay.AT_ONCE, NoticeWay.DIGEST)),
    st.just("ana@policia.example"),
    st.booleans(),
    st.sampled_from(SEVERITY_ORDER),
    hours,
    hours,
    hours,
    st.sampled_from(("es", "en")),
    st.integers(START - DAY, START + 2 * DAY),
)
moments = st.integers(START, START + 4 * DAY)
endings = st.frozensets(st.sampled_from(("a", "b", "c", "d")))


def hit(
    indicator: str = "a", at: int = START, severity: str = "high", tlp: str = "AMBER"
) -> NoticeHit:
    return NoticeHit(at, indicator, severity, tlp, sentence={"es": SECRET, "en": SECRET})


# -- laws


@given(settings, hits, endings, moments)
def test_a_restart_tells_nothing_twice(
    choice: NoticeSettings, news: list[NoticeHit], ended: frozenset[str], now: int
) -> None:
    notice = due_notice(choice, news, ended, NEVER_TOLD, now)
    state = NEVER_TOLD.after(notice) if notice else NEVER_TOLD
    for later in (now, now + LEAST_GAP_MS, now + 2 * DAY):
        again = due_notice(choice, news, ended, state, later)
        before = {known.indicator for known in notice.hits} if notice else set()
        assert not again or before.isdisjoint(known.indicator for known in again.hits)


@given(settings, hits, endings, moments, st.randoms())
def test_the_order_in_which_hits_come_changes_nothing(
    choice: NoticeSettings, news: list[NoticeHit], ended: frozenset[str], now: int, chance: object
) -> None:
    shuffled = [*news, *news]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first = due_notice(choice, news, ended, NEVER_TOLD, now)
    second = due_notice(choice, shuffled, sorted(ended, reverse=True), NEVER_TOLD, now)
    assert first == second
    assert not first or list(first.hits) == sorted(first.hits)


@given(settings, hits, st.integers(1, 12))
def test_every_wanted_hit_is_told_exactly_once_in_days_of_looks(
    choice: NoticeSettings, news: list[NoticeHit], every: int
) -> None:
    state = NEVER_TOLD
    known: list[NoticeHit] = []
    zone = zone_of("CO") or UTC
    for now in range(START, START + 8 * DAY, every * LEAST_GAP_MS + 1):
        notice = due_notice(choice, news, (), state, now, zone)
        if notice is None:
            continue
        hour = datetime.fromtimestamp(now / 1000, zone).hour
        assert choice.way is NoticeWay.DIGEST or not choice.is_quiet(hour)
        known += notice.hits
        state = state.after(notice)
    assert sorted(known) == sorted(
        item
        for item in news
        if item.notified_at >= choice.since
        and SEVERITY_ORDER.index(item.severity) >= SEVERITY_ORDER.index(choice.least)
    )


@given(hits, endings, moments, st.integers(0, DAY))
def test_only_what_nobody_acknowledged_in_time_is_escalated_and_once(
    made_up: list[NoticeHit], acknowledged: frozenset[str], now: int, after_ms: int
) -> None:
    news = [replace(item, is_acknowledged=item.indicator in acknowledged) for item in made_up]
    notice = due_escalation("alternate", news, NEVER_TOLD, after_ms, now)
    late = {item.indicator for item in notice.hits} if notice else set()
    for item in news:
        is_late = after_ms and item.notified_at + after_ms <= now
        assert (item.indicator in late) == bool(is_late and not item.is_acknowledged)
    if notice:
        again = due_escalation("alternate", news, NEVER_TOLD.after(notice), after_ms, now + DAY)
        assert not again or late.isdisjoint(item.indicator for item in again.hits)


@given(hits, hits, st.sampled_from(LANGUAGES))
def test_a_notice_is_the_same_for_every_secret_that_its_channel_may_not_carry(
    news: list[NoticeHit], others: list[NoticeHit], lang: str
) -> None:
    """Two sets of hits that differ in content alone make the same message."""
    if not news:
        return
    texts = [
        notice_message(
            HitNotice(
                "ana",
                NoticeKind.NEWS,
                [replace(item, sentence={lang: text}) for item in news],
                (),
                0,
            ),
            lang,
            ADDRESS,
        )
        for text in (SECRET, "other")
    ]
    assert texts[0] == texts[1]
    assert others is not None


# -- cases


def test_what_came_while_it_was_quiet_comes_together_in_the_morning() -> None:
    night = replace(WANTS, quiet_from=22, quiet_until=6)
    zone = zone_of("CO") or UTC
    at = int(datetime(2026, 3, 1, 23, 30, tzinfo=zone).timestamp() * 1000)
    news = [hit("a", at), hit("b", at + HOUR)]
    assert due_notice(night, news, (), NEVER_TOLD, at + 2 * HOUR, zone) is None
    notice = due_notice(night, news, (), NEVER_TOLD, at + 7 * HOUR, zone)
    assert notice is not None and [item.indicator for item in notice.hits] == ["a", "b"]


def test_many_hits_in_a_minute_are_one_notice() -> None:
    first = due_notice(WANTS, [hit("a")], (), NEVER_TOLD, START)
    assert first is not None
    state = NEVER_TOLD.after(first)
    news = [hit("a"), *(hit(name, START + 1_000) for name in "bcd")]
    assert due_notice(WANTS, news, (), state, START + 60_000) is None
    second = due_notice(WANTS, news, (), state, START + LEAST_GAP_MS)
    assert second is not None and len(second.hits) == 3


def test_a_hit_that_holds_no_more_is_told_to_who_was_told_of_it_and_comes_back_as_new() -> None:
    first = due_notice(WANTS, [hit("a")], {"b"}, NEVER_TOLD, START)
    assert first is not None and first.ended == []
    state = NEVER_TOLD.after(first)
    over = due_notice(WANTS, [], {"a", "b"}, state, START + DAY)
    assert over is not None and over.ended == ["a"]
    state = state.after(over)
    assert due_notice(WANTS, [], {"a", "b"}, state, START + 2 * DAY) is None
    back = due_notice(WANTS, [hit("a", START + 2 * DAY)], (), state, START + 2 * DAY)
    assert back is not None and [item.indicator for item in back.hits] == ["a"]
    assert due_notice(WANTS, [], {"a"}, state.after(back), START + 3 * DAY) is not None


@pytest.mark.parametrize(
    ("levels", "clear", "expected"),
    [
        (["CLEAR"], True, "content"),
        (["CLEAR"], False, "severity"),
        (["GREEN", "AMBER"], False, "severity"),
        (["AMBER", "AMBER+STRICT"], False, "nothing"),
        (["RED"], False, "nothing"),
    ],
)
def test_a_channel_carries_as_much_as_the_narrowest_hit_allows(
    levels: Sequence[str], clear: bool, expected: str
) -> None:
    news = [replace(hit(tlp=level), is_clear=clear) for level in levels]
    assert carried(news) == expected
    for lang in LANGUAGES:
        message = notice_message(HitNotice("ana", NoticeKind.NEWS, news, (), START), lang, ADDRESS)
        text = f"{message.subject} {message.lines} {message.content}"
        assert (SECRET in text) == (expected == "content")
        assert ADDRESS in text
        severity = {"es": "alta", "en": "high"}[lang]
        assert (severity in message.subject) == (expected != "nothing")
        assert not any(level in text for level in ("AMBER", "RED"))


def test_own_work_is_told_of_whatever_its_severity_and_named_as_such() -> None:
    news = [
        replace(hit("a"), severity="low"),
        replace(hit("r", tlp="GREEN"), severity="low", kind=NewsKind.RECORD),
        replace(hit("c", tlp="GREEN"), severity="low", kind=NewsKind.CASE),
    ]
    notice = due_notice(replace(WANTS, least="high"), news, (), NEVER_TOLD, START)
    assert notice is not None and {item.indicator for item in notice.hits} == {"r", "c"}
    lines = notice_message(notice, "en", ADDRESS).lines
    assert list(lines) == [
        "1 new record on your watch-lists.",
        "1 case of yours has something new.",
        f"Sign in to read: {ADDRESS}",
    ]


def test_who_wants_nothing_is_told_nothing() -> None:
    for settings_ in (replace(WANTS, way=NoticeWay.NEVER), replace(WANTS, mail="")):
        assert due_notice(settings_, [hit()], (), NEVER_TOLD, START) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"mail": "ana"},
        {"mail": "ana@a.example, eve@b.example"},
        {"mail": "ana@a.example\nBcc: eve@b.example"},
        {"mail": f"{'a' * 65}@a.example"},
        {"least": "some"},
        {"quiet_from": 24},
        {"digest_hour": -1},
        {"mail": "", "way": NoticeWay.AT_ONCE},
    ],
)
def test_settings_that_cannot_be_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(NoticeSettingsError):
        check_settings(replace(WANTS, **changes))  # type: ignore[arg-type]
