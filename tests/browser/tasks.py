"""The twelve everyday tasks of an analyst, walked on the page: each takes five steps at most.

`tests.browser.photographs` walks them on a demonstration, and docs/analyst.md tells them in words.
A step is what leads to another page, or sends a form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 5
QUARTER = ("2018-07-01", "2018-09-30")
RULE_OF_PHONES = "phone-in-two-countries"
STOLEN_WEAPON = "stolen-weapon-seized-abroad"
STOLEN_PLATE = "stolen-plate-at-crossing"
ROWS = "table.list td.what a"


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


@dataclass(slots=True)
class Walk:
    """A visitor who begins at the overview; `steps` counts what they do."""

    page: Page
    known: Known
    steps: int = 0

    def click(self, selector: str) -> None:
        """Follow a link, or send a form: a step."""
        self.steps += 1
        with self.page.expect_navigation():
            self._one(selector).click()

    def group(self, path: str) -> None:
        """Open a group of pages in the header: a step."""
        self.click(f".top nav a[href='{path}']")

    def fill(self, **values: str) -> None:
        """Fill fields of the form of the page, by their names."""
        for name, value in values.items():
            field = self._one(f"main form [name={name}]:visible")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def send(self) -> None:
        """Send the first form of the page: a step."""
        self.click("main form .buttons button:visible")

    def _one(self, selector: str) -> Locator:
        return self.page.locator(selector).first


def what_is_new(walk: Walk) -> None:
    """New since yesterday in my country, the gravest first."""
    walk.click(".presets a[href*='since=1']")
    walk.click("table.new-findings td.own a")
    expect(walk.page.locator(ROWS).first).to_be_visible()


def a_person(walk: Walk) -> None:
    """Find everything on a person."""
    walk.group("/")
    walk.click(".pages-of-group a[href='/persons']")
    walk.fill(name=walk.known.person)
    walk.send()
    walk.click("main article h2 a, main article h3 a")
    expect(walk.page.locator("main h1")).to_be_visible()


def a_telephone(walk: Walk) -> None:
    """Find everything on a telephone."""
    _look_up(walk, kind="phone", number=walk.known.phone)


def the_life_of_a_weapon(walk: Walk) -> None:
    """The life of a weapon, in the order in which it happened."""
    _look_up(walk, kind="weapon", number=walk.known.serial)


def _look_up(walk: Walk, **marks: str) -> None:
    walk.group("/")
    walk.click(".pages-of-group a[href='/things']")
    walk.fill(**marks)
    walk.send()
    if "/things?" in walk.page.url:
        walk.click("main ul.several a")
    expect(walk.page.locator("table.evidence td.what a").first).to_be_visible()


def the_crossing_with_most(walk: Walk) -> None:
    """The crossing with most records of a quarter, and its trend."""
    walk.group("/picture")
    walk.click(".pages-of-group a[href='/figures/ranking']")
    walk.fill(by="crossing", since=QUARTER[0], until=QUARTER[1])
    walk.send()
    walk.click("table.figures a[href*='/figures/trends']")
    expect(walk.page.locator("table.figures tbody tr").first).to_be_visible()


def routes_of_stolen_vehicles(walk: Walk) -> None:
    """From where to where stolen vehicles go."""
    walk.group("/picture")
    walk.click(".pages-of-group a[href='/figures/flows']")
    walk.fill(rule=STOLEN_PLATE, level="subdivision")
    walk.send()
    expect(walk.page.locator("table.figures tbody tr").first).to_be_visible()


def a_file_for_a_colleague(walk: Walk) -> None:
    """A file of a finding for a colleague."""
    walk.group("/")
    walk.click(ROWS)
    with walk.page.expect_download() as download:
        walk.page.locator("a[href*='format=pdf']").click()
    walk.steps += 1
    assert download.value.suggested_filename.endswith(".pdf")


def told_about_a_watch_list(walk: Walk) -> None:
    """Be told when a plate, document, telephone or name of a list appears."""
    walk.group("/cases")
    walk.click(".pages-of-group a[href='/watch-lists']")
    walk.fill(title="Ruta de Leticia")
    walk.send()
    walk.fill(mark="phone", number=walk.known.phone)
    walk.send()
    expect(walk.page.locator("main ul li").first).to_contain_text(re.compile(r"\d{4}"))
    walk.click(".brand")


def a_wrong_match(walk: Walk) -> None:
    """Say that a match is wrong, and why."""
    walk.group("/")
    walk.click(ROWS)
    walk.click(".work-on a")
    walk.click("button[value=rejected]")
    expect(walk.page.locator("main p.notice").first).to_be_visible()


def two_dates(walk: Walk) -> None:
    """What changed in a finding between two dates."""
    walk.group("/")
    walk.click(ROWS)
    walk.page.fill("#compare", "2018-01-01T00:00:00")
    walk.click("form.compare button")
    expect(walk.page.locator("section.changes")).to_be_visible()


def words_of_records(walk: Walk) -> None:
    """Find words in the free text of records."""
    walk.page.fill("#find", "mercurio")
    walk.click(".find button")
    expect(walk.page.locator("table.records td.what a").first).to_be_visible()


def totals_of_drugs(walk: Walk) -> None:
    """Add up drugs by kind, country and month."""
    walk.group("/picture")
    walk.click(".pages-of-group a[href='/figures/totals']")
    walk.fill(measure="mass", by="drug", by_2="country", period="month")
    walk.send()
    expect(walk.page.locator("table.figures tbody tr").first).to_be_visible()


TASKS: Mapping[str, Callable[[Walk], None]] = {
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
"""The tasks by the name of their photograph."""
