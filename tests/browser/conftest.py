"""One exchange with a small scenario, and Chromium, for all tests of the page: one test process runs
them all (tests.support.balance).

Every page of a test is watched: a request that leaves this machine, or an error on the browser's
console, fails the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from consumers.console import js_libraries
from consumers.console.session import LANG_COOKIE
from consumers.identity.account import UserAccount
from consumers.identity.demo_accounts import make_demo_accounts
from consumers.identity.identity import IdentityService, open_identity
from infra.api_client import api_url
from infra.settings import Settings
from producers.scenario.demo import demo
from tests.support.certificates import TestAuthority
from tests.support.exchange import wait_at_rest
from tests.support.exchange_lease import ExchangeLease
from tests.support.identity import gateway_secret
from tests.support.message_servers import Received, mail_server

RECORDS = 1_500
SEED = "page-3"
"""Its files correct weapon records of two nodes."""
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
MECHANISM_ANALYST = UserAccount(
    "analista", "MEC", roles=frozenset({"analyst", "operator"}), clearance="AMBER"
)
expect.set_options(timeout=30_000)  # a busy machine draws a page late
WIDE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A running pipeline. `base`: the page's address; `password`: of the accounts demo-…;
    `mail`: what was mailed.
    """

    settings: Settings
    base: str
    proof: dict[str, str]
    password: str
    mail: Received

    def headers(self, reader: str) -> dict[str, str]:
        """What the gateway adds to a reader's request."""
        return {**self.proof, "X-Quipu-Reader": reader}

    def ask(self, path: str, reader: str = "MEC/analyst/AMBER", **query: Any) -> Any:
        """The API's answer: what the page must show too."""
        answer = httpx.get(
            f"{self.base}{path}", params=query, headers=self.headers(reader), timeout=30
        )
        answer.raise_for_status()
        return answer.json()


@dataclass(slots=True)
class Watched:
    """Contexts of the browser whose pages are watched. `shared`: those that tests share, by person."""

    browser: Browser
    base: str
    left: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    shared: dict[str, BrowserContext] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    session_of: Callable[[str], str] = str
    proof_of: Callable[[str], dict[str, str]] = field(default=lambda _reader: {})

    def open(
        self,
        path: str = "/",
        person: str = MECHANISM_ANALYST.name,
        is_fresh: bool = False,
        **options: Any,
    ) -> Page:
        """A visitor on a page, signed in as an analyst and operator of the mechanism.

        `person`: another account; empty for a visitor who is not signed in. `is_fresh`: not in the
        session that the tests share, because something of it changes.
        """
        if person and not options and not is_fresh:
            context = self.shared.get(person) or self._context(person)
            context.clear_cookies(name=LANG_COOKIE)  # a test begins in the browser's language
            self.shared[person] = context
        else:
            context = self._context("" if "extra_http_headers" in options else person, **options)
            self.contexts.append(context)
        page = context.new_page()
        self.pages.append(page)
        self._watch(page)
        page.goto(path)
        return page

    def _context(self, person: str, **options: Any) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.base, **{"viewport": WIDE, "locale": "es-CO", **options}
        )
        if person:
            context.add_cookies(
                [{"name": "quipu_session", "value": self.session_of(person), "url": self.base}]
            )
        return context

    def _watch(self, page: Page) -> None:
        page.set_default_timeout(60_000)
        page.on("request", lambda request: self._asked(request.url))
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text) if message.type in {"error", "warning"} else None
            ),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and not url.startswith(f"{self.base}/"):
            self.left.append(url)


def chromium() -> str | None:
    """Return the path of an installed Chromium; None where there is none."""
    return next((path for path in map(shutil.which, CHROMIUMS) if path), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Skipped where there is none, but in CI. Ended with this folder: while it lives, no other test
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


@pytest.fixture(scope="package")
def exchange(
    browser: Browser, lease: ExchangeLease, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Exchange]:
    """The whole product as `quipu up` starts it, with the scenario's nodes, what they published,
    accounts of the four countries and a mail server.
    """
    folder = tmp_path_factory.mktemp("gateway")
    file, proof = gateway_secret(folder)
    authority = TestAuthority(folder, "ca")
    with mail_server(authority) as (port, mail):
        environ = {
            "QUIPU_API_GATEWAY_SECRET_FILE": str(file),
            "QUIPU_ALERT_SMTP": f"127.0.0.1:{port}",
            "QUIPU_ALERT_MAIL_FROM": "quipu@mec.example",
            "QUIPU_ALERT_MAIL_TO": "turno@mec.example",
            "QUIPU_ALERT_CA_FILE": str(authority.file),
        }
        with lease.running("browser", founder=demo.found_demo_mechanism, environ=environ) as stack:
            scenario, manifest = demo.make_scenario(stack.settings, RECORDS, SEED)
            demo.admit(stack.settings, manifest)
            demo.publish(stack.settings, scenario, manifest, lambda node, text: None)
            with open_identity(stack.settings) as identity:
                password = make_demo_accounts(stack.settings, identity)
                identity.accounts.add(MECHANISM_ANALYST, "test")
            wait_at_rest(stack.settings)
            yield Exchange(stack.settings, api_url(stack.settings), proof, password, mail)


def begin_session(identity: IdentityService, name: str) -> str:
    """The secret of a new session of an account."""
    account = identity.accounts.find(name)
    assert account is not None, name
    return identity.sessions.begin(account, None)


@pytest.fixture(scope="package")
def kept_contexts(browser: Browser) -> dict[str, BrowserContext]:
    """A context with a session for each person, with what the browser has read already."""
    return {}


@pytest.fixture
def visit(
    exchange: Exchange, browser: Browser, kept_contexts: dict[str, BrowserContext]
) -> Iterator[Watched]:
    """`visit.open(path)`; what the browser asked elsewhere, and what it complained of, is judged at
    the end.
    """
    with open_identity(exchange.settings) as identity:
        watched = Watched(
            browser,
            exchange.base,
            shared=kept_contexts,
            session_of=lambda name: begin_session(identity, name),
            proof_of=exchange.headers,
        )
        yield watched
    for page in watched.pages:
        page.close()
    for context in watched.contexts:
        context.close()
    assert watched.left == [], "requests that leave the product"
    unexpected = [
        error for error in watched.errors if not any(text in error for text in watched.expected)
    ]
    assert unexpected == [], "errors on the browser's console"
