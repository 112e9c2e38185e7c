"""The pages about work are rendered in both languages, and what people write is no markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from consumers.console import work_pages
from consumers.console.rendering import PageContext
from consumers.console.session import visitor
from consumers.console.work_forms import draft_of
from consumers.presentation import work_words
from consumers.query.work.acts import AudienceScope, Role, WorkAct, WorkKind
from consumers.query.work.refused import WorkRefusedError
from consumers.query.work.work_views import (
    AuthorView,
    CaseMemberView,
    CaseView,
    CustodyEntry,
    ItemView,
    MarkView,
    NoteView,
    SavedSearchView,
    ShownReference,
    TimelineEntry,
    WatchHit,
    WatchListView,
    WorkSummary,
)
from consumers.serving.query_pool import WrittenAct

AT = datetime(2026, 3, 1, tzinfo=UTC)
ID = "4b1d0007-0000-8000-8000-000000000007"
TEXT = "<b>Ruta</b>"
ANA = AuthorView("ana", "PE", "PNP")
SUMMARY = WorkSummary(ID, "case", TEXT, "open", "self", "", ANA, "owner", AT, AT)
RECORD = ShownReference("record", ID, None, "weapon_record", "PE", AT, "AMBER", [ID])
FINDING = ShownReference(
    "finding", f"{ID}~{ID}", {"es": TEXT, "en": TEXT}, "alike", None, AT, "GREEN", [ID]
)
NOTE = NoteView(ID, TEXT, ANA, AT, AT, "case", "", [RECORD, FINDING], ID, is_own=True)
CASE = CaseView(
    SUMMARY,
    TEXT,
    [CaseMemberView("ana", "PE", "owner"), CaseMemberView("b", "CO", "viewer")],
    [ItemView(RECORD, TEXT, ANA, AT), ItemView(FINDING, "", ANA, AT)],
    [NOTE],
    [
        TimelineEntry(ID, "weapon_record", "PE", AT, None, "month", AT, "PE-LIM", "AMBER"),
        TimelineEntry(ID, "weapon_record", "PE", None, None, "unknown", AT, None, "AMBER"),
    ],
    [
        CustodyEntry(AT, f"case_{act}", ANA, [f"record:{ID}"], "b (CO)", "viewer", "self", "OTHER")
        for act in WorkAct
    ],
)
MARK = MarkView("m", "plate", {"number": TEXT}, TEXT, AT)
HIT = WatchHit("m", ID, None, "movement", "PE", "PNP", AT, AT, "AMBER", "possible")
PAGES: dict[str, dict[str, Any]] = {
    "cases.html": {"cases": [SUMMARY]},
    "case.html": {"case": CASE},
    "watch_lists.html": {"lists": [WatchListView(SUMMARY, [MARK])]},
    "watch_list.html": {
        "view": WatchListView(SUMMARY, [MARK]),
        "hits": [HIT],
        "names": {"m": TEXT},
    },
    "saved_searches.html": {
        "searches": [SavedSearchView(SUMMARY, "/events", "country=PE")],
        "address": {"page": "/events", "query": TEXT},
        "pages": {ID: "/events?country=PE"},
    },
    "work.html": {
        "shown": FINDING,
        "about": f"finding:{ID}~{ID}",
        "notes": [NOTE],
        "verdicts": [TEXT],
        "cases": [SUMMARY],
        "may_decide": True,
    },
}


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("template", PAGES)
def test_every_page_says_what_is_written_and_takes_it_for_no_markup(
    template: str, lang: str
) -> None:
    page = PageContext(visitor(None, {}, lang, "es"), "/cases", {}, None)
    scopes = [(scope, words.in_language(lang)) for scope, words in work_words.SCOPES.items()]
    lists: dict[str, Any] = {name: [("OTHER", "Otro")] for name in ("reasons", "erasures")}
    values = {"work_words": work_words, "shown_to": scopes, "mark_kinds": ["name"], **lists}
    shown = page.render(template, may_work=True, **values, **PAGES[template])
    text = bytes(shown.body).decode()
    assert "&lt;b&gt;Ruta" in text and "<b>Ruta" not in text
    assert 'action="/work?back=' in text and 'name="form"' in text


@pytest.mark.parametrize("lang", ["es", "en"])
def test_who_did_something_hears_of_it_before_the_tables_have_it(lang: str) -> None:
    page = PageContext(visitor(None, {}, lang, "es"), "/work", {}, None)
    answer = work_pages.answer_after(page, WrittenAct(is_stored=True), f"/cases/{ID}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{ID}")
    early = work_pages.answer_after(page, WrittenAct(is_stored=False), f"/cases/{ID}")
    text = bytes(early.body).decode()
    assert early.status_code == 202
    assert f'href="/cases/{ID}"' in text and 'role="status"' in text


def test_a_verdict_on_one_finding_is_said_of_one_finding() -> None:
    finding = work_words.VERDICTS["rejected"]
    assert [finding.in_language(lang) for lang in ("es", "en")] == ["rechazado", "rejected"]


def test_there_are_words_for_all_that_can_be_said() -> None:
    acts = {f"case_{act}" for act in WorkAct}
    assert acts <= work_words.ACTS.keys()
    assert set(work_words.SCOPES) == set(AudienceScope) and set(work_words.ROLES) == set(Role)


def test_a_form_is_read_as_the_act_that_it_says() -> None:
    about = f"finding:{ID}"
    opened = draft_of({"kind": "case", "act": "opened", "title": " Ruta ", "scope": "country"})
    assert (opened.kind, opened.content["title"]) == (WorkKind.CASE, "Ruta")
    verdict = {"kind": "finding_verdict", "act": "verdict", "about": about, "word": "rejected"}
    assert draft_of({**verdict, "reason": "OWNER"}).code == "rejected OWNER"
    item = {"kind": "case", "act": "item_added", "object": ID, "about": about}
    assert str(draft_of(item).about[0]) == about
    member = {"kind": "case", "act": "member_added", "object": ID, "person": "b", "country": "co"}
    added = draft_of({**member, "role": "editor"}).member
    assert added is not None and (added.country, added.role) == ("CO", Role.EDITOR)
    mark = {"act": "mark", "object": ID, "mark": "plate", "number": "ABC123", "country": "CO"}
    assert draft_of(mark).content["kind"] == "plate"
    wrong: list[dict[str, str]] = [
        *({}, {"kind": "case"}, {"kind": "none", "act": "opened"}, {**item, "act": "none"}),
        *({**item, "object": "x"}, {**item, "about": "finding:x"}, {**item, "about": "none:x"}),
        *({**member, "role": "king"}, {**member, "person": ""}, {**mark, "mark": "none"}),
        *({**verdict, "reason": "NONE"}, {**verdict, "reason": "OWNER", "word": "maybe"}),
        {"kind": "case", "act": "opened", "text": "ohne"},
        {"kind": "case", "act": "opened", "title": "x" * 201},
        {"kind": "case", "act": "erased", "object": ID, "reason": "BECAUSE"},
    ]
    accepted = []
    for fields in wrong:
        try:
            accepted.append(draft_of(fields))
        except WorkRefusedError:
            continue
    assert accepted == []


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/events", "/events"),
        ("events", "/events"),
        ("indicators", "/"),
        ("/", "/"),
        ("//elsewhere.example", "/"),
        ("https://elsewhere.example", "/https://elsewhere.example"),
    ],
)
def test_a_saved_search_leads_to_a_page_of_ours(page: str, address: str) -> None:
    assert work_pages.path_of(page) == address


def test_a_page_offers_its_question_for_saving_without_what_is_not_of_it() -> None:
    query = {"country": "PE", "text": "oro & plata", "after": "c", "lang": "en", "rule": ""}
    page = PageContext(visitor(None, {}, "es", "es"), "/events", query, None)
    assert page.question == "country=PE&text=oro+%26+plata"
