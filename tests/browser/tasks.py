"""The twelve everyday tasks of an analyst, walked on the page: each takes five steps at most.

`tests.browser.photographs` walks them on a demonstration, and docs/analyst.md tells them in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.walk import Walk

MOST_STEPS = 5
QUARTER = ("2018-07-01", "2018-09-30")
RULE_OF_PHONES = "phone-in-two-countries"
STOLEN_WEAPON = "stolen-weapon-seized-abroad"
STOLEN_PLATE = "stolen-plate-at-crossing"
ROWS = "table.list td.what a"
SERIAL = "Number or serial (? where it cannot be read)"


class Known(NamedTuple):
    """What the analyst has in hand before a task begins."""

    phone: str
    serial: str
    person: str


def what_is_known(page: Page) -> Known:
    """Read a telephone, a serial and a person from findings that this visitor sees."""
    phone = _title_of_first(page, f"/?rule={RULE_OF_PHONES}")
    weapon = _title_of_first(page, f"/?rule={STOLEN_WEAPON}&grade=certain")
    page.goto("/persons/findings")
    person = page.locator("main article h2 a").first.get_attribute("href")
    page.goto(str(person))
    number = re.sub(r"^[^+\d]*", "", phone)
    return Known(number, weapon.split()[-1], page.locator("main h1").inner_text())


def _title_of_first(page: Page, listed: str) -> str:
    page.goto(listed)
    page.goto(str(page.locator(ROWS).first.get_attribute("href")))
    return page.locator("dl.facts a[href^='/things/']").inner_text()


def what_is_new(walk: Walk, _known: Known) -> None:
    """New since yesterday in my country, the gravest first."""
    walk.link("since yesterday")
    walk.follow("table.new-findings td.own a")
    expect(walk.page.locator(ROWS).first).to_be_visible()


def a_person(walk: Walk, known: Known) -> None:
    """Find everything on a person."""
    walk.link("Findings")
    walk.link("Persons")
    walk.fill({"Name": known.person})
    walk.button("Search")
    walk.follow("main article h2 a, main article h3 a")
    expect(walk.page.locator("main h1")).to_be_visible()


def a_telephone(walk: Walk, known: Known) -> None:
    """Find everything on a telephone."""
    _look_up(walk, {"Thing": "phone", SERIAL: known.phone})


def the_life_of_a_weapon(walk: Walk, known: Known) -> None:
    """The life of a weapon, in the order in which it happened."""
    _look_up(walk, {SERIAL: known.serial})


def _look_up(walk: Walk, marks: Mapping[str, str]) -> None:
    walk.link("Findings")
    walk.link("Things")
    walk.fill(marks)
    walk.button("Search")
    if "/things?" in walk.page.url:
        walk.follow("main ul.several a")
    expect(walk.page.locator("table.evidence td.what a").first).to_be_visible()


def the_crossing_with_most(walk: Walk, _known: Known) -> None:
    """The crossing with most records of a quarter, and its trend."""
    since, until = QUARTER
    walk.link("Figures")
    walk.link("Rankings")
    walk.fill({"Grouped by": "crossing", "From the day": since, "to the day": until})
    walk.button("Show")
    walk.follow("table.figures a[href*='/figures/trends']")
    expect(walk.page.locator("table.figures tbody tr").first).to_be_visible()


def routes_of_stolen_vehicles(walk: Walk, _known: Known) -> None:
    """From where to where stolen vehicles go."""
    walk.link("Figures")
    walk.link("Flows")
    walk.fill({"Rule": STOLEN_PLATE, "Places are": "subdivision"})
    walk.button("Show")
    expect(walk.page.locator("table.figures tbody tr").first).to_be_visible()


def a_file_for_a_colleague(walk: Walk, _known: Known) -> None:
    """A file of a finding for a colleague."""
    walk.link("Findings")
    walk.follow(ROWS)
    with walk.page.expect_download() as download:
        walk.page.locator("a[href*='format=pdf']").click()
    walk.steps += 1
    assert download.value.suggested_filename.endswith(".pdf")


def told_about_a_watch_list(walk: Walk, known: Known) -> None:
    """Be told when a plate, document, telephone or name of a list appears."""
    walk.link("My work")
    walk.link("Watch-lists")
    walk.fill({"Title": "Ruta de Leticia"})
    walk.button("Open")
    walk.fill({"Kind": "phone", "Number or name": known.phone})
    walk.button("Watch for it")
    expect(walk.page.locator("main ul li").first).to_contain_text(re.compile(r"\d{4}"))


def a_wrong_match(walk: Walk, _known: Known) -> None:
    """Say that a match is wrong, and why."""
    walk.link("Findings")
    walk.follow(ROWS)
    walk.link("Work on this")
    walk.button("Reject")
    expect(walk.page.locator("main p.notice").first).to_be_visible()


def two_dates(walk: Walk, _known: Known) -> None:
    """What changed in a finding between two dates."""
    walk.link("Findings")
    walk.follow(ROWS)
    walk.fill({"Compare with what was known on": "2018-01-01T00:00:00"})
    walk.button("Compare")
    expect(walk.page.locator("section.changes")).to_be_visible()


def words_of_records(walk: Walk, _known: Known) -> None:
    """Find words in the free text of records."""
    walk.field_of("Search anything", within="header").fill("mercurio")
    walk.button("Search", within="header")
    expect(walk.page.locator("table.records td.what a").first).to_be_visible()


def totals_of_drugs(walk: Walk, _known: Known) -> None:
    """Add up drugs by kind, country and month."""
    walk.link("Figures")
    walk.link("Totals")
    walk.fill({"What is added": "mass", "Grouped by": "drug", "and by": "country"})
    walk.fill({"Period": "month"})
    walk.button("Show")
    expect(walk.page.locator("table.figures tbody tr").first).to_be_visible()


TASKS: Mapping[str, Callable[[Walk, Known], None]] = {
    "new": what_is_new,
    "person": a_person,
    "telephone": a_telephone,
    "weapon": the_life_of_a_weapon,
    "crossing": the_crossing_with_most,
    "routes": routes_of_stolen_vehicles,
    "file": a_file_for_a_colleague,
    "watch-list": told_about_a_watch_list,
    "wrong-match": a_wrong_match,
    "two-dates": two_dates,
    "words": words_of_records,
    "totals": totals_of_drugs,
}
"""The tasks by the name of their photograph, in the order of docs/analyst.md."""
