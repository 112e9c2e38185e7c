"""A visitor who works on the page as a person does: by the words on links, buttons and fields.

A step is what leads to another page, or sends a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Locator, Page

from schemas.i18n import UserMessage


def page_words(text: str, lang: str, context: str = "") -> str:
    """Return a text of the page in a language. `text`: in English, as the code has it."""
    return UserMessage(text, context=context).in_language(lang)


@dataclass(slots=True)
class Walk:
    """Works on one page. `steps`: how many were made; `followed`: the words that were followed."""

    page: Page
    lang: str
    steps: int = 0
    followed: list[str] = field(default_factory=list)

    def link(self, text: str, within: str = "body") -> None:
        """Follow the link with these words (in English): a step."""
        self._follow_words("link", text, within)

    def button(self, text: str, within: str = "main") -> None:
        """Press the button with these words (in English): a step."""
        self._follow_words("button", text, within)

    def follow(self, selector: str) -> None:
        """Follow a link whose words the page takes from records: a step."""
        self._step(self.page.locator(selector))

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill fields of the page by their labels (in English); a list takes the code."""
        for label, value in values.items():
            labelled = self.field_of(label)
            if labelled.evaluate("one => one.tagName") == "SELECT":
                labelled.select_option(value)
            else:
                labelled.fill(value)

    def field_of(self, label: str, within: str = "main") -> Locator:
        """Return the first field with this label (in English)."""
        inside, name = self.page.locator(within), page_words(label, self.lang)
        by_name = inside.get_by_role("textbox", name=name, exact=True).or_(
            inside.get_by_role("combobox", name=name, exact=True)
        )
        return by_name.or_(inside.get_by_label(name, exact=True)).first

    def _follow_words(self, role: Literal["link", "button"], text: str, within: str) -> None:
        name = page_words(text, self.lang)
        self.followed.append(name)
        self._step(self.page.locator(within).get_by_role(role, name=name, exact=True))

    def _step(self, chosen: Locator) -> None:
        """Click on the first of these, and wait for the page to which it leads."""
        self.steps += 1
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            chosen.first.click()
