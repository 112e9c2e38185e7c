"""Say which findings of a thing a stronger one covers, so that each is reported once. Pure.

A weapon stolen in one country and seized in another satisfies two rules with the same two records.
This looks at what one reader may see of each finding, and at nothing else.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

_GRADES = {"possible": 0, "certain": 1}
_SEVERITIES = {"low": 0, "medium": 1, "high": 2}


class ComparedFinding(NamedTuple):
    """Hold what decides whether one finding covers another, as one reader sees it.

    `is_live`: no hub. `events`: the ids of its evidence.
    """

    thing: str | bytes
    grade: str
    severity: str
    is_live: bool
    events: AbstractSet[str] | AbstractSet[bytes]


def covers(stronger: ComparedFinding, weaker: ComparedFinding) -> bool:
    """Say whether a finding covers all that a weaker one does: its thing and all its records.

    Stronger is what is at least as certain and as severe, and one of both more. A hub covers no
    other finding, and no other covers it.
    """
    grades = _GRADES[stronger.grade] - _GRADES[weaker.grade]
    severities = _SEVERITIES[stronger.severity] - _SEVERITIES[weaker.severity]
    return (
        stronger.thing == weaker.thing
        and stronger.is_live
        and weaker.is_live
        and min(grades, severities) >= 0
        and max(grades, severities) > 0
        and weaker.events <= stronger.events
    )


def weaker_findings(
    findings: Sequence[ComparedFinding], listed: Sequence[bool] | None = None
) -> dict[int, list[int]]:
    """List, for each finding to report, the places of the weaker ones that it covers.

    `listed`: which of them a list holds; by default all. A finding that a stronger one of the list
    covers is no key. So the keys hold every record of all findings of the list.
    """
    by_thing: dict[str | bytes, list[int]] = {}
    for place, finding in enumerate(findings):
        by_thing.setdefault(finding.thing, []).append(place)
    weaker: dict[int, list[int]] = {}
    for place, finding in enumerate(findings):
        others = by_thing[finding.thing]
        in_list = [other for other in others if listed is None or listed[other]]
        if place in in_list and not any(covers(findings[other], finding) for other in in_list):
            weaker[place] = [other for other in others if covers(finding, findings[other])]
    return weaker
