"""Exhibits on page and terminal: who holds them, each act, why one does not count, what is next."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from consumers.cli.investigation_render import print_investigation, print_investigations
from consumers.console.request_pages import STATE_WORDS
from consumers.presentation import custody_words
from consumers.query.investigations.investigation_views import (
    InvestigationList,
    InvestigationView,
    to_investigation,
    to_line,
)
from consumers.query.lifecycles.course_acts import gather
from consumers.query.lifecycles.course_views import CourseView, to_summary, to_view
from consumers.query.views import to_epoch_ms
from infra.cli.investigations import check_acts
from infra.errors import QuipuError
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from streams.lifecycles.custody_rules import CustodyRefusal, CustodyWarning, ExhibitState
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.fold import fold
from streams.lifecycles.model import Party
from tests.unit.consumers.console.test_request_pages import NOW, history, rendered

ECUADOR = parse_reader("EC/FGE/prosecutor/AMBER+STRICT")
PERU = parse_reader("PE/MPFN/prosecutor/AMBER+STRICT")
ACT = {"at": "2026-11-29T09:00-05:00", "number": "7", "registered_by": "EC/FGE"}
PARTIES = [{"country": "EC", "authority": "FGE"}, {"country": "PE", "authority": "MPFN"}]


def course_of(reader: Reader) -> CourseView:
    """An investigation of Ecuador and Peru; Peru receives a telephone with another seal."""
    opening = history(
        *(1, "investigation", "EC/FGE", 900),
        act="OPENED",
        parties=PARTIES,
        evidence=[],
        investigation=None,
    )
    entries = [
        ("EC/FGE", {"custody": "COLLECTED", "kind": "OBJECT", "seal": "P-1", "hash": "0" * 64}),
        ("EC/FGE", {"custody": "TRANSFERRED", "handed_to": "PE/MPFN", "place": "Rumichaca"}),
        ("PE/MPFN", {"custody": "EXAMINED"}),
        ("PE/MPFN", {"custody": "RECEIVED", "seal": "P-2"}),
    ]
    steps = [
        history(
            *(2 + place, "investigation", author, 500 - place),
            act="EVIDENCE",
            investigation=opening.id,
            evidence=[{**ACT, **entry}],
        )
        for place, (author, entry) in enumerate(entries)
    ]
    [events] = gather({item.id: item for item in (opening, *steps)})
    now = to_epoch_ms(NOW)
    course = fold(events.lifecycle, events.opening, events.acts, Clock(now))
    return to_view(to_summary(events, course, {}, reader, now), events, course, reader)


def investigation(reader: Reader = PERU) -> InvestigationView:
    return to_investigation(course_of(reader), reader)


def test_the_register_says_who_holds_an_exhibit_and_who_may_act() -> None:
    [exhibit] = investigation().exhibits
    assert (exhibit.register, exhibit.number, exhibit.kind) == ("EC/FGE", "7", "OBJECT")
    assert (exhibit.state, exhibit.holder, exhibit.seal) == ("HELD", "PE/MPFN", "P-2")
    assert [(act.act, act.refusal, act.warnings) for act in exhibit.acts] == [
        ("COLLECTED", None, []),
        ("TRANSFERRED", None, []),
        ("EXAMINED", "IMPOSSIBLE", []),
        ("RECEIVED", None, ["OTHER_SEAL"]),
    ]
    assert {act.party for act in exhibit.next_acts} == {"PE/MPFN"}
    assert all(act.is_yours for act in exhibit.next_acts)
    assert not any(act.is_yours for act in investigation(ECUADOR).exhibits[0].next_acts)


def test_the_list_counts_what_an_authority_has() -> None:
    lines = [to_line(course_of(reader), reader) for reader in (PERU, ECUADOR)]
    assert [(line.exhibits, line.held, line.awaited) for line in lines] == [(1, 1, 0), (1, 0, 0)]


def test_an_act_that_would_not_count_is_refused_before_it_is_sealed_with_the_reason() -> None:
    view = investigation()
    entry: dict[str, object] = {**ACT, "after": view.exhibits[0].last, "custody": "STORED"}
    with pytest.raises(QuipuError) as refused:
        check_acts(view, Party("EC", "FGE"), [{**entry, "place": "Quito"}], "en")
    assert refused.value.code == CustodyRefusal.NOT_HOLDER
    assert "PE/MPFN holds it" in str(refused.value.message)
    with pytest.raises(QuipuError) as refused:
        check_acts(view, Party("PE", "MPFN"), [entry], "en")
    assert refused.value.code == CustodyRefusal.INCOMPLETE
    assert "STORED" in str(refused.value.remedy)
    check_acts(view, Party("PE", "MPFN"), [{**entry, "place": "Lima"}], "en")


def test_every_state_reason_and_warning_has_words() -> None:
    assert set(custody_words.STATES) == set(custody_words.STATE_NAMES) == set(ExhibitState)
    assert set(custody_words.REASONS) == set(CustodyRefusal)
    assert set(custody_words.WARNINGS) == set(CustodyWarning)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_page_and_terminal_show_the_chain_of_custody_in_80_columns(lang: str) -> None:
    view = investigation()
    answer = InvestigationList([to_line(view.course, PERU)], is_complete=False)
    shown = rendered("investigation.html", lang, view=view, custody_words=custody_words)
    listed = rendered(
        "investigations.html",
        lang,
        **{"answer": answer, "errors": {}, "state": "open", "states": STATE_WORDS},
        command_line="quipu investigation list",
    )
    assert "Caso Ejemplo" in listed
    console = Console(file=io.StringIO(), width=80, color_system=None)
    print_investigation(console, view, NOW, lang)
    print_investigations(console, answer, lang)
    print_investigations(console, InvestigationList([], is_complete=True), lang)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert [line for line in text.splitlines() if len(line) > 80] == []
    [exhibit] = view.exhibits
    for words in (
        custody_words.standing_line(exhibit, lang),
        *(line for act in exhibit.acts for line in custody_words.remark_lines(act, lang)),
    ):
        assert words in " ".join(text.split())
        assert words in shown
