"""Every view of the page, read from the application: a new route is tried by itself.

`python -m tests.browser.photographs --views FOLDER` looks at the same list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from playwright.sync_api import Page

from tests.support.routes import api_routes, described_app

NO_VIEWS: Mapping[str, str] = {
    "/find": "leads to an item",
    "/search/suggestions": "a part of a page",
    "/overview/work": "a part of a page",
    "/overview/trends": "a part of a page",
    "/console/static/{name}": "a file",
    "/console/libraries/{name}": "a file",
    "/docs": "drawn by Swagger UI",
    "/openapi.json": "the description of the API",
    "/sign-in/provider": "leads to the provider",
    "/sign-in/callback": "comes from the provider",
}
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "/search": ("q=Quispe", "q=pistola", "q=zzzzzzzz"),
    "/things": ("kind=plate&number=ZZZ999&country=PE",),
    "/persons": ("name=Quispe&born=1984",),
    "/picture": ("until=2018-12-31",),
    "/figures/bursts": ("until=2018-12-31",),
    "/disclosures": ("count=1",),
    "/saved-searches": ("page=%2Fevents&query=country%3DPE",),
    "/events": ("since=yesterday",),
}
"""What a view is asked besides; without it, many show an empty form."""
Link = tuple[str, str]
ITEMS: Mapping[str, Link] = {
    "/indicators/{id}": ("/", "#results td.what a"),
    "/things/{id}": ("/indicators/{id}", "dl.facts a[href^='/things/']"),
    "/events/{id}": ("/events", "table.records td.what a"),
    "/bursts/{id}": ("/figures/bursts?until=2018-12-31", "a[href^='/bursts/']"),
    "/persons/{id}": ("/persons/findings", "main article h2 a"),
    "/requests/{id}": ("/requests", "main td a[href^='/requests/']"),
    "/investigations/{id}": ("/investigations?state=all", "main td a[href^='/investigations/']"),
    "/operations/{id}": ("/operations", "main article h2 a"),
    "/traces/{id}": ("/traces?state=all", "main td a[href^='/traces/']"),
    "/cases/{id}": ("/cases", "td.what a"),
    "/practice/{id}": ("/practice", "main td a[href^='/practice/']"),
    "/watch-lists/{id}": ("/watch-lists", "td.what a"),
}
"""Where an item of a view stands, and its link there. Where the exchange has none, it is absent."""
ABSENT = "00000000-0000-8000-8000-000000000000"


def view_paths() -> list[str]:
    """Return the paths of all views, in the order of the application's routes."""
    paths = [
        route.path
        for route in api_routes(described_app().routes)
        if not route.include_in_schema
        and "GET" in (route.methods or ())
        and route.path not in NO_VIEWS
    ]
    return list(dict.fromkeys(paths))


def addresses_of(page: Page, is_once: bool = False) -> Iterator[str]:
    """Yield the address of every view, items by links of the pages that list them.

    `is_once`: a view that is asked something is not opened without a question too.
    """
    items: dict[str, str] = {}
    for path in view_paths():
        if path == "/work":
            yield f"/work?about={quote('finding:' + items['/indicators/{id}'].rpartition('/')[2])}"
        elif "{id}" not in path:
            questions = QUESTIONS.get(path, ())
            if not (is_once and questions):
                yield path
            yield from (f"{path}?{question}" for question in questions)
        else:
            items[path] = _item(page, path, items)
            yield items[path]


def _item(page: Page, path: str, items: Mapping[str, str]) -> str:
    listed, selector = ITEMS[path]
    page.goto(items.get(listed, listed))
    link = page.locator(selector).first
    address = link.get_attribute("href") if link.count() else None
    return (address or path.replace("{id}", ABSENT)).partition("?")[0]


def faulty_lists() -> list[str]:
    """Return what the lists of this module and the application's routes disagree on."""
    every = {route.path for route in api_routes(described_app().routes)}
    named = NO_VIEWS.keys() | QUESTIONS.keys() | ITEMS.keys()
    unknown = [path for path in view_paths() if "{" in path and path not in ITEMS]
    return [*sorted(named - every), *unknown]


def open_work(page: Page) -> None:
    """Open a case and a watch-list where this visitor has none, so that their views have an item."""
    for listed in ("/cases", "/watch-lists"):
        page.goto(listed)
        if not page.locator("main td.what a").count():
            page.fill("main [name=title]", "Ruta de Leticia")
            page.click("main form .buttons button")
            page.locator("main h1", has_text="Ruta de Leticia").wait_for()
