"""A day at the desk, in both languages: sign in, find, understand, work, be notified, pass on."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from consumers.identity.demo_accounts import POLICE, demo_account_name
from producers.node import CountryNode
from tests.browser.conftest import Exchange, Watched
from tests.browser.walk import Walk, page_words
from tests.support.engines import eventually

HIT_ROWS = "table.hits tbody tr:has(td.what)"
SENTENCES = "#results td.what a"
NODES = {"CO": "co-ponal", "PE": "pe-pnp"}
CASE = "Armas del Putumayo"
REJECTED = {"es": "rechazado:", "en": "rejected:"}
POLL_MS = 60_000
"""The page of hits reads its list again so often."""
ALIKE = (("z", "s"), ("v", "b"), ("ll", "y"), ("y", "i"), ("h", ""), ("s", "z"))
"""How names are often misspelt."""


class Officer(NamedTuple):
    """Who the story is about. `mail`: the address for notices; `serial`: of the day's weapon."""

    country: str
    lang: str
    mail: str
    serial: str

    @property
    def account(self) -> str:
        """The account of the demonstration."""
        return demo_account_name(self.country)

    def words(self, text: str) -> str:
        """A text of the page in this person's language."""
        return page_words(text, self.lang)


OFFICERS = (
    Officer("CO", "es", "guardia@ponal.example", "SES7102"),
    Officer("PE", "en", "guardia@pnp.example", "SEN7102"),
)


@pytest.mark.parametrize("officer", OFFICERS, ids=lambda officer: officer.lang)
def test_four_people_sign_in_and_each_sees_the_right_picture(
    visit: Watched, exchange: Exchange, officer: Officer
) -> None:
    pictures = {}
    for country, authority in POLICE.items():
        page = sign_in(visit, exchange, demo_account_name(country), officer.lang)
        expect(page.locator(".asks summary")).to_contain_text(f"{country} · {authority}")
        page.goto("/")
        reader = f"{country}/{authority}/analyst/AMBER"
        newest = exchange.ask("/v1/indicators", reader, limit=25)
        shown = page.locator(SENTENCES).all_inner_texts()
        assert shown == [finding["sentence"][officer.lang] for finding in newest]
        page.goto("/hits")
        rows = page.locator(HIT_ROWS)
        assert all(country in row for row in rows.all_inner_texts()), "records of its own country"
        pictures[country] = (tuple(shown), tuple(rows.locator("td.what a").all_inner_texts()))
        sign_out(page, officer)
    assert all(shown and hits for shown, hits in pictures.values())
    assert len(set(pictures.values())) == len(POLICE), "each sees another picture"


@pytest.mark.parametrize("officer", OFFICERS, ids=lambda officer: officer.lang)
def test_a_day_at_the_desk(visit: Watched, exchange: Exchange, officer: Officer) -> None:
    page = sign_in(visit, exchange, officer.account, officer.lang)
    walk = Walk(page, officer.lang)
    wait_for_notices(walk, officer)
    watch_for_the_weapon(walk, officer)
    open_a_case(walk)
    finding = a_finding_arrives_live(page, exchange, officer)
    page.goto(finding)
    collect_reject_and_undo(walk, officer, finding)
    find_a_person_by_a_misspelt_name(walk)
    page.goto(finding)
    with page.expect_download() as download:
        page.get_by_role("link", name=officer.words("Report (PDF)")).click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    the_mail_says_that_and_not_what(exchange, officer)
    sign_out(page, officer)


def sign_in(visit: Watched, exchange: Exchange, account: str, lang: str) -> Page:
    page = visit.open(f"/sign-in?lang={lang}", person="")
    page.clock.install()
    walk = Walk(page, lang)
    walk.fill({"Account": account})
    page.get_by_label(page_words("Password", lang)).fill(exchange.password)
    walk.button("Sign in")
    expect(page.locator(".asks summary")).to_contain_text(account)
    expect(page.locator("h1")).to_have_text(page_words("Overview", lang))
    return page


def sign_out(page: Page, officer: Officer) -> None:
    page.click(".asks summary")
    page.get_by_role("button", name=officer.words("Sign out")).click()
    expect(page.locator("h1")).to_have_text(officer.words("Sign in"))
    page.goto("/hits")
    expect(page.locator("h1")).to_have_text(officer.words("Sign in"))


def wait_for_notices(walk: Walk, officer: Officer) -> None:
    """Choose to be notified at once, by mail, at every hour."""
    walk.page.goto("/notices")
    walk.fill({"When you are notified": "at_once", "Mail": officer.mail})
    walk.fill({"Language of the notices": officer.lang})
    for name in ("quiet_from", "quiet_until"):
        walk.page.fill(f"[name={name}]", "0")
    walk.button("Save")
    expect(walk.page.locator(".notice", has_text=officer.words("Saved."))).to_be_visible()


def watch_for_the_weapon(walk: Walk, officer: Officer) -> None:
    walk.link("My work")
    walk.link("Watch-lists")
    walk.fill({"Title": "Ruta de Leticia"})
    walk.button("Open")
    marks = {"Kind": "weapon", "Number or name": officer.serial, "Type": "PISTOL", "Make": "GLOCK"}
    walk.fill(marks)
    walk.button("Watch for it")
    shown_soon(walk.page, "ul li", officer.serial)
    expect(walk.page.locator("table.list .empty")).to_be_visible()


def open_a_case(walk: Walk) -> None:
    walk.link("Cases")
    walk.fill({"Title": CASE})
    walk.button("Open")
    shown_soon(walk.page, "h1", CASE)


def a_finding_arrives_live(page: Page, exchange: Exchange, officer: Officer) -> str:
    """Colombia loses a pistol and Peru seizes it, while the list of hits is open; its address."""
    page.goto("/hits")
    page.evaluate("window.stayed = true")
    before = page.locator(HIT_ROWS).count()
    publish(exchange, "CO", officer.serial, "LOST")
    publish(exchange, "PE", officer.serial, "SEIZED")
    newest = page.locator(HIT_ROWS).first.locator("td.what")

    def has_come() -> bool:
        with page.expect_response("**/hits*"):
            page.clock.fast_forward(POLL_MS)
        return officer.serial in newest.inner_text()

    eventually(has_come, "the list shows the new hit", 60)
    assert page.evaluate("window.stayed") is True, "nobody opened the page again"
    assert page.locator(HIT_ROWS).count() >= min(before + 1, 25)
    return str(newest.locator("a").get_attribute("href"))


def publish(exchange: Exchange, country: str, serial: str, status: str) -> None:
    weapon = {"kind": "firearm", "type": "PISTOL", "make": "GLOCK", "calibre": "9MM"}
    event = {
        "reference": f"{serial}-{status}",
        "payload": {"weapon": {**weapon, "serial": serial}, "status": status},
        "envelope": {
            "tlp": "AMBER",
            "purpose": "investigation",
            "legal_basis": "CAN-552",
            "crime": "09012",
            "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
        },
    }
    with CountryNode(exchange.settings, NODES[country]) as node:
        (answer,) = node.publish_events("weapon_record", [event], wait=30)
    assert answer.outcome == "sealed", answer.reasons


def collect_reject_and_undo(walk: Walk, officer: Officer, finding: str) -> None:
    """Add the finding to the case, say that it is wrong, and take that back."""
    page = walk.page
    walk.link("Work on this")
    walk.button("Add")
    walk.button("Reject")
    shown_soon(page, "p.notice", officer.account)
    expect(page.locator("main p.notice")).to_contain_text(REJECTED[officer.lang])
    walk.button("Take the verdict back")
    shown_soon(page, "p.empty", officer.words("No verdict yet."))
    walk.link("My work")
    walk.follow("main td.what a")
    expect(page.locator("main h1")).to_have_text(CASE)
    expect(page.locator(f"table.list td.what a[href^='{finding}']")).to_have_count(1)


def shown_soon(page: Page, selector: str, text: str) -> None:
    """What was done is in the log at once, and on its page when the tables have it."""

    def is_shown() -> bool:
        shown = page.locator(f"main {selector}")
        if shown.count() and text in shown.first.inner_text():
            return True
        page.reload()
        return False

    eventually(is_shown, f"{selector} shows {text}", 60)


def find_a_person_by_a_misspelt_name(walk: Walk) -> None:
    page = walk.page
    page.goto("/persons/findings")
    page.goto(str(page.locator("main article h2 a").first.get_attribute("href")))
    name = page.locator("main h1").inner_text()
    walk.field_of("Search anything", within="header").fill(misspelt(name))
    walk.button("Search", within="header")
    persons = page.locator("article.named h3 a", has_text=name)
    persons.first.click()
    expect(page.locator("main h1")).to_have_text(name)


def misspelt(name: str) -> str:
    """The name as somebody writes it who heard it: one sound in its last word in other letters."""
    first, _space, last = name.rpartition(" ")
    written, other = next(pair for pair in ALIKE if pair[0] in last.lower())
    return f"{first} {last.lower().replace(written, other, 1)}"


def the_mail_says_that_and_not_what(exchange: Exchange, officer: Officer) -> None:
    def mails() -> list[EmailMessage]:
        received = (message_from_bytes(body, policy=default) for body in exchange.mail.bodies)
        return [mail for mail in received if mail["To"] == officer.mail]

    eventually(lambda: bool(mails()), "a mail is sent", 60)
    text = "\n".join(f"{mail['Subject']} {mail.get_content()}" for mail in mails())
    assert re.search({"es": "nuev[ao]", "en": "new"}[officer.lang], text)
    assert officer.serial not in text
    assert "AMBER" not in text
