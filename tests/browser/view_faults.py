"""What is wrong with a view as people meet it: found by axe-core, and by rules of our own.

`python -m tests.browser.photographs --faults` tries every view in both languages and two sizes.
"""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from consumers.console.js_libraries import MODULES

AXE = MODULES / "axe-core" / "axe.min.js"
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RUN = """async ([within, tags]) => (await axe.run(within, {runOnly: tags, resultTypes: ["violations"]})).violations.map(one =>
    `${one.id} (${one.nodes.length}): ${one.nodes.slice(0, 2).map(node => node.target.join(" ") + " " + ((node.any[0] || node.all[0] || {}).message || "")).join("; ")}`)"""
DRAWN = """() => !document.querySelector("[hx-trigger='load'], .htmx-request, .htmx-swapping, .htmx-settling")
    && document.getAnimations().every(one => one.playState !== "running")"""
"""Whether all parts of a page have come and none is still fading."""
SIDEWAYS = """() => { const page = document.scrollingElement; if (page.scrollWidth <= page.clientWidth) return [];
    const wide = [...document.querySelectorAll("main *")].filter(one => one.getBoundingClientRect().right > page.clientWidth + 1 && !one.closest(".scroll"));
    return [`scrolls sideways: ${page.scrollWidth} px, ${wide.slice(-2).map(one => one.tagName + "." + one.className).join(" ")}`]; }"""
ENGLISH = r"""() => {
    const words = /(?<![\w-])([Tt]he|[Oo]f|[Aa]nd|[Ww]ith|[Ff]rom|[Nn]ot|[Ff]or|[Ww]hich|[Tt]his|[Rr]ecords?|[Yy]es|[Uu]nknown|[Nn]one|null|undefined)(?![\w-])/; // not SMITH AND WESSON
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const { parentElement: above, textContent: text } = walker.currentNode;
        if (above.closest("code, script, style, noscript, .command, .language, optgroup, datalist, dl.content, td.compared")) continue;
        if (words.test(text)) found.push(`English: ${text.trim().slice(0, 80)}`);
    }
    return found;
}"""
FIGURES = r"""() => {
    const figures = [...document.querySelectorAll("td.number, .count b")].map(one => one.innerText).filter(text => /(?<![\w.-])\d{5,}/.test(text));
    const sentences = document.querySelector("main").innerText.split("\n").filter(line => /(?<![\w.,:-])\d{4,} (días|days|registros|records|hallazgos|findings)/.test(line));
    return [...figures, ...sentences].map(text => `an ungrouped figure: ${text.trim().slice(0, 90)}`);
}"""
EMPTY = """() => [...document.querySelectorAll("h2")].filter(one => !one.textContent.trim()).map(() => "an empty heading")"""
TALL = """() => document.scrollingElement.scrollHeight"""
TALLEST = 12_000
"""Pixels of the longest page of a wide window; a list that grows beyond has pages."""
NARROW = 600


@cache
def axe() -> str:
    """Return the script of axe-core, which `js_libraries --tests` installs."""
    return AXE.read_text(encoding="utf-8")


def access_faults(page: Page, within: str = "html") -> list[str]:
    """Return violations of WCAG AA on a page once it is drawn. `within`: a selector."""
    page.wait_for_function(DRAWN)
    page.evaluate(axe())
    faults: list[str] = page.evaluate(RUN, [within, list(STANDARD)])
    return faults


def view_faults(page: Page, within: str = "html") -> list[str]:
    """Return what is wrong with the open page in its language and size."""
    faults = [*access_faults(page, within), *page.evaluate(SIDEWAYS), *page.evaluate(EMPTY)]
    faults += page.evaluate(FIGURES)
    if page.locator("html").get_attribute("lang") == "es":
        faults += page.evaluate(ENGLISH)
    height = page.evaluate(TALL)
    is_wide = (page.viewport_size or {"width": 0})["width"] > NARROW
    return [*faults, f"{height} px high"] if is_wide and height > TALLEST else faults
