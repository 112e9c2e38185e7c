"""Every view of the page, as it is drawn: for everybody, and in the visitor's language."""

from __future__ import annotations

import os

import pytest

from consumers.console.js_libraries import FETCH, FOR_TESTS
from tests.browser.conftest import Watched
from tests.browser.view_faults import AXE, access_faults, view_faults
from tests.browser.views import addresses_of, open_work


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_view_is_accessible_and_in_the_visitor_s_language(visit: Watched, lang: str) -> None:
    """Each view once, wide and by day; `tests.browser.photographs --faults` tries all sizes."""
    if not AXE.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"missing: {FETCH} {FOR_TESTS}")
    visit.expected = ("404", "422")
    page = visit.open(f"/cases?lang={lang}", person="demo-co", bypass_csp=True)
    faults = access_faults(page)
    open_work(page)
    for address in addresses_of(page, is_once=True):
        answer = page.goto(address)
        assert answer is not None and answer.status < 500, address
        faults += [f"{address}: {fault}" for fault in view_faults(page, within="main")]
    assert faults == []
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert access_faults(page), "a fault is noticed"
