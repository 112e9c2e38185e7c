"""What is wrong with a view as people meet it: found by axe-core, and by rules of our own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from playwright.sync_api import Page, ViewportSize

from consumers.console.js_libraries import MODULES

AXE = MODULES / "axe-core" / "axe.min.js"
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RUN = """async (tags) => (await axe.run({runOnly: tags, resultTypes: ["violations"]})).violations.map(one =>
    `${one.id}: ${one.nodes.slice(0, 2).map(node => node.target.join(" ") + " " + ((node.any[0] || {}).message || "")).join("; ")}`)"""
SIDEWAYS = """() => { const page = document.scrollingElement; if (page.scrollWidth <= page.clientWidth) return [];
    const wide = [...document.querySelectorAll("main *")].filter(one => one.getBoundingClientRect().right > page.clientWidth + 1 && !one.closest(".scroll"));
    return [`scrolls sideways: ${page.scrollWidth} px, ${wide.slice(-2).map(one => one.tagName + "." + one.className).join(" ")}`]; }"""
ENGLISH = r"""() => {
    const words = /(?<![\w-])(the|of|and|with|from|not|for|which|this|records?|yes|unknown|none|null|undefined)(?![\w-])/i;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const { parentElement: above, textContent: text } = walker.currentNode;
        if (above.closest("code, script, style, noscript, datalist, .command, .language")) continue;
        if (words.test(text)) found.push(`English: ${text.trim().slice(0, 80)}`);
    }
    return found;
}"""
FIGURES = r"""() => [...document.querySelectorAll("td.number, .count b, .sentences")].map(one => one.innerText.trim())
    .filter(text => /\d\.\d|(?<![\d:-])\d{5,}/.test(text)).map(text => `a figure in another form: ${text.slice(0, 60)}`)"""
EMPTY = """() => [...document.querySelectorAll("h2")].filter(one => !one.textContent.trim()).map(() => "an empty heading")"""
SMALL = ViewportSize(width=390, height=844)


@cache
def axe() -> str:
    """Return the script of axe-core; the development set-up installs it with the libraries."""
    return AXE.read_text(encoding="utf-8")


def spanish_faults(page: Page) -> list[str]:
    """Return English words and figures in another form than Spanish has, on a page in Spanish."""
    faults: list[str] = [*page.evaluate(ENGLISH), *page.evaluate(FIGURES), *page.evaluate(EMPTY)]
    return faults


def access_faults(page: Page) -> list[str]:
    """Return violations of WCAG AA on a page as it is drawn."""
    page.evaluate(axe())
    faults: list[str] = page.evaluate(RUN, list(STANDARD))
    return faults


def view_faults(page: Page) -> Iterator[str]:
    """Yield what is wrong with the Spanish page that is open: wide by day, then small by night."""
    yield from spanish_faults(page)
    yield from (f"by day: {fault}" for fault in access_faults(page))
    before = page.viewport_size or SMALL
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(SMALL)
    yield from (f"at night on a telephone: {fault}" for fault in access_faults(page))
    yield from page.evaluate(SIDEWAYS)
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
