"""Name the pages and their groups, for the one navigation that every page has. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from schemas.i18n import UserMessage, _


class PageEntry(NamedTuple):
    """A page in the navigation.

    `is_begin`: pages whose address begins so belong to it, too; `has_moment`: it can be shown as
    of a moment.
    """

    path: str
    label: UserMessage
    is_begin: bool = False
    has_moment: bool = True

    def holds(self, path: str) -> bool:
        """Say whether a page is this one, or belongs to it."""
        return path == self.path or (self.is_begin and path.startswith(f"{self.path}/"))


class PageGroup(NamedTuple):
    """A group of pages; its first page opens it."""

    label: UserMessage
    entries: Sequence[PageEntry]
    others: Sequence[str] = ()

    def holds(self, path: str) -> bool:
        """Say whether a page is of this group. `others`: begins of further addresses."""
        return any(entry.holds(path) for entry in self.entries) or path.startswith(
            tuple(self.others)
        )

    def current(self, path: str) -> PageEntry | None:
        """Return the entry of a page: the one with its own address, else the one it belongs to."""
        exact = next((entry for entry in self.entries if entry.path == path), None)
        return exact or next((entry for entry in self.entries if entry.holds(path)), None)


GROUPS: Sequence[PageGroup] = (
    PageGroup(_("Overview"), (PageEntry("/overview", _("Overview"), is_begin=True),)),
    PageGroup(
        _("Findings"),
        (
            PageEntry("/", _("Matches between countries")),
            PageEntry("/hits", _("Hits of my authority")),
            PageEntry("/search", _("Search")),
            PageEntry("/lookup", _("Look up a list")),
            PageEntry("/things", _("Things"), is_begin=True),
            PageEntry("/persons", _("Persons"), is_begin=True),
            PageEntry("/persons/findings", _("Findings on persons")),
            PageEntry("/hit-lookup", _("Hit or no hit"), has_moment=False),
            PageEntry("/alike-findings", _("Objects and methods that are alike")),
            PageEntry("/rule-findings", _("Patterns in many records")),
            PageEntry("/noise", _("What is left out")),
        ),
        ("/indicators/",),
    ),
    PageGroup(
        _("My work"),
        (
            PageEntry("/cases", _("Cases"), is_begin=True),
            PageEntry("/watch-lists", _("Watch-lists"), is_begin=True),
            PageEntry("/saved-searches", _("Saved searches")),
            PageEntry("/training", _("Training")),
        ),
        ("/work",),
    ),
    PageGroup(
        _("Requests and alerts"),
        (
            PageEntry("/requests", _("Requests"), is_begin=True),
            PageEntry("/traces", _("Traces of weapons"), is_begin=True),
            PageEntry("/operations", _("Border operations"), is_begin=True),
            PageEntry("/investigations", _("Joint investigations"), is_begin=True),
            PageEntry("/duty-desk", _("Duty desk")),
            PageEntry("/answer-times", _("Answer times")),
            PageEntry("/goals", _("Goals and decisions")),
        ),
    ),
    PageGroup(
        _("Records"),
        (
            PageEntry("/events", _("Records"), is_begin=True),
            PageEntry("/reviews", _("Due for review")),
            PageEntry("/practice", _("Guides and forms"), is_begin=True, has_moment=False),
        ),
    ),
    PageGroup(
        _("Figures"),
        (
            PageEntry("/picture", _("Risk picture")),
            PageEntry("/figures/totals", _("Totals")),
            PageEntry("/figures/trends", _("Trends")),
            PageEntry("/figures/ranking", _("Rankings")),
            PageEntry("/figures/bursts", _("Bursts")),
            PageEntry("/figures/flows", _("Flows")),
            PageEntry("/figures/money-flows", _("Money")),
            PageEntry("/figures/finding-counts", _("Findings by rule")),
            PageEntry("/figures/finding-delays", _("Delays of findings")),
            PageEntry("/figures/delays", _("Delays")),
            PageEntry("/figures/quality", _("Quality")),
            PageEntry("/figures/shares", _("Part in findings")),
        ),
        ("/bursts/",),
    ),
    PageGroup(
        _("Disclosures"),
        (
            PageEntry("/disclosures", _("Who saw what"), has_moment=False),
            PageEntry("/conditions", _("Owners' conditions"), has_moment=False),
        ),
    ),
    PageGroup(_("System health"), (PageEntry("/line", _("System health"), has_moment=False),)),
)


def group_of(path: str) -> PageGroup | None:
    """Return the group of a page; None for a page outside of the navigation."""
    return next((group for group in GROUPS if group.holds(path)), None)
