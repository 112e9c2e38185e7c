"""One exchange with a small scenario, and Chromium, for the tests of the page.

Every page of a test is watched: a request that leaves this machine, or an error on the browser's
console, fails the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from consumers.console import js_libraries
from infra.settings import Settings
from producers.scenario.demo import demo
from tests.support.exchange import wait_at_rest
from tests.support.exchange_lease import ExchangeLease

RECORDS = 1_500
FLAGS = (
    "--no-sandbox",  # the tests' own pages only, and root in CI cannot have one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "apt-get install chromium (or any Chromium or Chrome on the PATH)"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A running pipeline. `base`: the page's address."""

    settings: Settings
    base: str

    def ask(self, path: str, reader: str = "MEC/analyst/AMBER", **query: Any) -> Any:
        """The API's answer: what the page must show too."""
        answer = httpx.get(
            f"{self.base}{path}", params=query, headers={"X-Quipu-Reader": reader}, timeout=30
        )
        answer.raise_for_status()
        return answer.json()


@dataclass(slots=True)
class Watched:
    """Contexts of the browser whose pages are watched."""

    browser: Browser
    base: str
    left: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str = "/", **options: Any) -> Page:
        """A new visitor on a page."""
        context = self.browser.new_context(
            base_url=self.base, **{"viewport": WIDE, "locale": "es-CO", **options}
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: self._asked(request.url))
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text) if message.type in {"error", "warning"} else None
            ),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(path)
        return page

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and not url.startswith(f"{self.base}/"):
            self.left.append(url)


def chromium() -> str | None:
    """Return the path of an installed Chromium; None where there is none."""
    return next((path for path in map(shutil.which, CHROMIUMS) if path), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Skipped where there is none, but in CI. Ended with its module: while it lives, no other test
    of the process can run an event loop.
    """
    path, missing = chromium(), js_libraries.missing()
    lacking = [] if path else [f"Chromium: {HOW}"]
    lacking += [f"the page's libraries: {js_libraries.FETCH}"] if missing else []
    if lacking:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"missing: {'; '.join(lacking)}")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def exchange(browser: Browser, lease: ExchangeLease) -> Iterator[Exchange]:
    """The whole product as `quipu up` starts it, with the scenario's nodes and what they published."""
    with lease.running("browser", founder=demo.found_demo_mechanism) as stack:
        folder, manifest = demo.make_scenario(stack.settings, RECORDS, "page")
        demo.admit(stack.settings, manifest)
        demo.publish(stack.settings, folder, manifest, lambda node, text: None)
        wait_at_rest(stack.settings)
        yield Exchange(
            stack.settings, f"http://{stack.settings.api_host}:{stack.settings.api_port}"
        )


@pytest.fixture
def visit(exchange: Exchange, browser: Browser) -> Iterator[Watched]:
    """`visit.open(path)`; what the browser asked elsewhere, and what it complained of, is judged at
    the end.
    """
    watched = Watched(browser, exchange.base)
    yield watched
    for context in watched.contexts:
        context.close()
    assert watched.left == [], "requests that leave the product"
    unexpected = [
        error for error in watched.errors if not any(text in error for text in watched.expected)
    ]
    assert unexpected == [], "errors on the browser's console"
