"""Photograph the page for the documents: `python -m tests.browser.photographs --home .demo`.

A demonstration must be running in the folder. Each everyday task is walked in both languages, and
its last page is photographed. `--views FOLDER` photographs every view instead, to look at.
`--faults` lists what axe-core and our own rules find on every view, and exits with 1 if any.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from consumers.identity.demo_accounts import demo_account_name
from consumers.identity.identity import IdentityService, open_identity
from infra.api_client import api_url
from infra.settings import load
from tests.browser.conftest import FLAGS, chromium
from tests.browser.tasks import MOST_STEPS, TASKS, Known, what_is_known
from tests.browser.view_faults import view_faults
from tests.browser.views import addresses_of, open_work
from tests.browser.walk import Walk

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots" / "tasks"
SHEET = ViewportSize(width=1100, height=860)
LOOKS = (
    ("es", (1366, 800), False),
    ("en", (390, 844), True),
    ("en", (1366, 800), False),
    ("es", (390, 844), False),
)
"""Language, size and darkness in which every view is looked at."""


class Visits:
    """Pages of a browser, each signed in as the analyst of a country."""

    def __init__(self, browser: Browser, base: str, identity: IdentityService) -> None:
        """Take the page's address, `base`, and who may sign in."""
        self._browser = browser
        self._base = base
        self._identity = identity

    @contextmanager
    def page(
        self, country: str, lang: str, size: ViewportSize, night: bool = False
    ) -> Iterator[Page]:
        """Open the overview; close the page afterwards."""
        account = self._identity.accounts.find(demo_account_name(country))
        assert account is not None, "a demonstration has an account of each country"
        secret = self._identity.sessions.begin(account, None)
        context = self._browser.new_context(
            bypass_csp=True,  # axe-core
            base_url=self._base,
            viewport=size,
            locale="es-CO" if lang == "es" else "en-GB",
            color_scheme="dark" if night else "light",
        )
        context.add_cookies([{"name": "quipu_session", "value": secret, "url": self._base}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: print("console:", message.type, message.text))
        page.goto(f"/overview?lang={lang}")
        yield page
        context.close()


def photograph_tasks(visits: Visits, country: str) -> None:
    """Walk every task in both languages, and photograph its last page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    known: Known | None = None
    for lang in ("es", "en"):
        for name, task in TASKS.items():
            with visits.page(country, lang, SHEET) as page:
                known = known or what_is_known(page)
                page.goto("/overview")
                walk = Walk(page, lang)
                task(walk, known)
                assert walk.steps <= MOST_STEPS, f"{name}: {walk.steps} steps"
                page.wait_for_load_state("networkidle")
                page.locator("main").evaluate("one => one.scrollIntoView()")
                page.screenshot(path=PICTURES / f"{name}-{lang}.png")


def faults_of_views(visits: Visits, country: str, only: str) -> int:
    """Print what is wrong with every view, in each language and size, and return how many."""
    many = 0
    for lang, (width, height), night in LOOKS:
        with visits.page(country, lang, ViewportSize(width=width, height=height), night) as page:
            open_work(page)
            for address in list(addresses_of(page)):
                if not re.search(only, address):
                    continue
                begun = time.monotonic()
                answer = page.goto(address)
                page.wait_for_load_state("networkidle")
                took = time.monotonic() - begun
                faults = view_faults(page)
                if answer is None or answer.status >= 500:
                    faults.append(f"status {answer and answer.status}")
                many += len(faults)
                for fault in faults or ["-"]:
                    print(f"{lang} {width} {took:.1f} s {address} {fault}", flush=True)
    return many


def photograph_views(visits: Visits, country: str, folder: Path, only: str) -> None:
    """Photograph every view in both languages, two sizes, by day and at night."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang, (width, height), night in LOOKS:
        with visits.page(country, lang, ViewportSize(width=width, height=height), night) as page:
            for address in list(addresses_of(page)):
                if not re.search(only, address):
                    continue
                page.goto(address)
                page.wait_for_load_state("networkidle")
                name = re.sub(r"[^a-z0-9]+", "_", re.sub(r"[0-9a-f-]{36}", "id", address)).strip(
                    "_"
                )
                page.screenshot(
                    path=folder / f"{name or 'findings'}-{country}-{lang}-{width}.png",
                    full_page=True,
                )


def main() -> None:
    """Photograph what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", default=".demo")
    parser.add_argument("--country", default="CO")
    parser.add_argument("--views", type=Path)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    settings = load({"QUIPU_HOME": options.home})
    with open_identity(settings) as identity, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        visits = Visits(browser, api_url(settings), identity)
        many = faults_of_views(visits, options.country, options.only) if options.faults else 0
        if options.faults:
            print(many, "faults")
        elif options.views:
            photograph_views(visits, options.country, options.views, options.only)
        else:
            photograph_tasks(visits, options.country)
        browser.close()
    sys.exit(min(many, 1))


if __name__ == "__main__":
    main()
