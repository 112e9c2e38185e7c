"""Check what an analyst says of a pair of persons, before it is written to the log. Pure."""

from __future__ import annotations

from infra.errors import QuipuError
from schemas.codes import code_sets
from schemas.i18n import _
from schemas.model import Reader
from schemas.words.written_codes import find_code
from streams.identities.mention import WITHDRAWN, PairVerdict, Verdict, pair_of, parse_mention

WORDS = (*Verdict, WITHDRAWN)
"""What can be said of a pair; the last word takes a verdict back."""
REASONS = "verdict_reason"
_ROLE = "analyst"


class VerdictRefusedError(QuipuError):
    """A verdict names no pair, no word or no reason that there is."""

    code = "VERDICT"


class VerdictRoleError(QuipuError):
    """Somebody who is no analyst gives a verdict."""

    code = "VERDICT_ROLE"


def read_verdict(first: str, second: str, word: str, reason: str) -> PairVerdict:
    """Return a verdict on two mentions. Raises VerdictRefusedError."""
    mentions = parse_mention(first), parse_mention(second)
    if mentions[0] is None or mentions[1] is None or mentions[0] == mentions[1]:
        raise VerdictRefusedError(
            _("A verdict needs the ids of two different persons of records."),
            _("They are shown with each record of a person, such as 4b1d0007-….0"),
        )
    if word not in WORDS:
        raise VerdictRefusedError(
            _("There is no verdict `{word}`.", word=word[:40]),
            _("Choose among: {names}.", names=", ".join(WORDS)),
        )
    code = find_code(REASONS, reason) or reason.upper()
    if code not in code_sets()[REASONS]:
        raise VerdictRefusedError(
            _("There is no reason `{reason}`.", reason=reason[:40]),
            _("Choose among: {names}.", names=", ".join(sorted(code_sets()[REASONS]))),
        )
    return PairVerdict(pair_of(mentions[0], mentions[1]), str(word), code)


def may_decide(reader: Reader) -> bool:
    """Return whether a reader may give verdicts."""
    return _ROLE in reader.roles


def require_analyst(reader: Reader) -> None:
    """Accept a reader who may give verdicts. Raises VerdictRoleError."""
    if not may_decide(reader):
        raise VerdictRoleError(
            _("Only an analyst decides who is who."), _("Ask an analyst of your authority.")
        )
