"""Remember since when findings last, and which ended in the last seven days. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consumers.health.findings import Finding, FindingKey
from consumers.health.thresholds import Degree
from schemas.i18n import UserMessage

KEPT_MS = 7 * 86_400_000
MOST_EPISODES = 300
"""Ended findings that are kept: the newest, of seven days at most."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A finding from its beginning to its end; `until_at` None: it lasts. Times in ms."""

    key: str
    degree: Degree
    message: UserMessage
    since_at: int
    until_at: int | None = None


@dataclass(frozen=True, slots=True)
class FindingMemory:
    """What was seen until now. `is_kept`: False where nobody watches, so that nothing is known."""

    lasting: Mapping[str, Episode] = field(default_factory=dict)
    ended: Sequence[Episode] = ()
    is_kept: bool = True

    def since(self, key: FindingKey) -> int | None:
        """Return since when the finding lasts; None where that is not known."""
        episode = self.lasting.get(str(key))
        return None if episode is None else episode.since_at

    def seconds_since(self, key: FindingKey, now: int) -> float:
        """Return for how long the finding lasts; 0 where that is not known. `now` in ms."""
        since_at = self.since(key)
        return 0.0 if since_at is None else (now - since_at) / 1000

    def dated(self, finding: Finding) -> Finding:
        """Return the finding with the moment since which it lasts, where it does not say it."""
        if finding.since_at is not None:
            return finding
        return replace(finding, since_at=self.since(finding.key))

    def after(
        self,
        findings: Iterable[Finding],
        now: int,
        is_known: Callable[[str], bool] = lambda _subject: True,
    ) -> FindingMemory:
        """Return what is remembered once these findings were seen, `now` in ms since 1970 UTC.

        `is_known`: whether the state of a part could be found out; what is not known lasts.
        """
        unknown = {
            key: episode
            for key, episode in self.lasting.items()
            if not is_known(key.partition("|")[0])
        }
        seen = {str(finding.key): self._episode(finding, now) for finding in findings}
        lasting = {**unknown, **seen}
        ended = [
            replace(episode, until_at=now)
            for key, episode in self.lasting.items()
            if key not in lasting
        ]
        recent = [
            episode
            for episode in (*self.ended, *ended)
            if now - (episode.until_at or now) <= KEPT_MS
        ]
        return FindingMemory(lasting, recent[-MOST_EPISODES:])

    def _episode(self, finding: Finding, now: int) -> Episode:
        """Return the finding's episode; its degree is the gravest that it had."""
        former = self.lasting.get(str(finding.key))
        since_at = finding.since_at if finding.since_at is not None else now
        if former is not None:
            since_at = min(since_at, former.since_at)
        degree = max(finding.degree, former.degree if former else Degree.GOOD)
        return Episode(str(finding.key), degree, finding.message, since_at)


NO_MEMORY = FindingMemory(is_kept=False)
