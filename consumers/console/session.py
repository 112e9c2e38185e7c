"""Say who visits the page, how far the visitor narrowed the own account, and in which language.

The account says the most that the visitor may see. A cookie keeps what the visitor chose to be less
than that; where it would be more, it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode

from consumers.access.caller import Caller, Way
from consumers.access.cookies import own_cookies
from consumers.identity.account import UserAccount
from consumers.identity.narrowing import Narrowing, WiderReaderError, narrow, parse_names
from schemas.errors import ReaderRefusedError
from schemas.i18n import LANGUAGES
from schemas.model import Reader
from schemas.release.rules import CONTENT_ROLES, EMBEDDED_PURPOSE, MECHANISM

CLAIM_COOKIE = "quipu_asks"
LANG_COOKIE = "quipu_lang"
THEME_COOKIE = "quipu_theme"
THEMES = ("light", "dark")
"""What a visitor may choose instead of what the system says."""
NOBODY = Reader("", MECHANISM, roles=frozenset())
"""Who visits before the sign-in: nothing is released to nobody."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody asks as, as the form's fields."""

    country: str = MECHANISM
    authority: str = ""
    role: str = "analyst"
    clearance: str = "AMBER"
    purpose: str = EMBEDDED_PURPOSE
    groups: str = ""
    exercise: str = ""

    @property
    def text(self) -> str:
        """The claim as the command line's --as takes it."""
        return "/".join(
            part for part in (self.country, self.authority, self.role, self.clearance) if part
        )

    @property
    def cookie(self) -> str:
        """The claim as the visitor's browser keeps it."""
        return urlencode({field.name: getattr(self, field.name) for field in fields(Claim)})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who visits a page. `caller`: None before the sign-in; `gateway`: it chose everything.

    `theme`: light or dark as the visitor chose; empty: as the system says.
    """

    reader: Reader
    claim: Claim
    lang: str
    caller: Caller | None
    cookie_prefix: str = ""
    theme: str = ""

    @property
    def gateway(self) -> bool:
        """Say whether a gateway names the reader, so that nothing can be chosen here."""
        return self.caller is not None and self.caller.way is Way.GATEWAY

    @property
    def csrf(self) -> str:
        """What every form of this visitor carries."""
        return self.caller.csrf if self.caller else ""


def visitor(
    caller: Caller | None,
    cookies: Mapping[str, str],
    asked_lang: str | None,
    default_lang: str,
    prefix: str = "",
) -> Visitor:
    """Return who visits the page.

    `caller`: as the gate found it; `prefix`: that of our cookies' names.
    """
    own = own_cookies(cookies, prefix)
    theme = own.get(THEME_COOKIE, "")
    return replace(
        _visitor(caller, own, asked_lang, default_lang),
        cookie_prefix=prefix,
        theme=theme if theme in THEMES else "",
    )


def _visitor(
    caller: Caller | None, cookies: Mapping[str, str], asked_lang: str | None, default_lang: str
) -> Visitor:
    lang = next(
        (choice for choice in (asked_lang, cookies.get(LANG_COOKIE)) if choice in LANGUAGES),
        default_lang,
    )
    if caller is None:
        return Visitor(NOBODY, Claim(clearance=NOBODY.clearance), lang, None)
    own = claim_of(caller.account)
    if caller.way is Way.GATEWAY:  # its header says in which exercise the person is now
        exercise = next(iter(caller.account.exercises), "")
        own = replace(own, exercise=exercise, purpose=caller.purpose)
    if caller.way is not Way.GATEWAY and CLAIM_COOKIE in cookies:
        claim = parse_claim(cookies[CLAIM_COOKIE], own)
        try:
            return Visitor(reader_of(caller.account, claim), claim, lang, caller)
        except (ReaderRefusedError, WiderReaderError):
            pass  # of another account or release, or made by hand
    return Visitor(reader_of(caller.account, own), own, lang, caller)


def claim_of(account: UserAccount) -> Claim:
    """Return the widest claim of an account: with the first of its roles that sees content."""
    first = sorted(account.roles, key=lambda role: (role not in CONTENT_ROLES, role))
    return Claim(
        account.country,
        account.authority or "",
        first[0] if first else "",
        account.clearance,
        groups=",".join(sorted(account.groups)),
    )


def parse_claim(form: str, default: Claim) -> Claim:
    """Read a form or cookie, URL-encoded; a field that is left out is as in `default`."""
    names = {field.name for field in fields(Claim)}
    values = {
        name: value.strip()
        for name, value in parse_qsl(form, keep_blank_values=True)
        if name in names
    }
    return Claim(**{name: values.get(name, getattr(default, name)) for name in names})


def reader_of(account: UserAccount, claim: Claim) -> Reader:
    """Return the reader of a claim. Raises ReaderRefusedError, WiderReaderError."""
    return narrow(
        account,
        Narrowing(claim.text, parse_names(claim.groups), claim.purpose, claim.exercise or None),
    )


def command(
    what: str, claim: Claim, lang: str, as_of: str, own: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the command line that shows the same as the page. `own`: options of the question."""
    options = [*own, ("--as", claim.text)]
    options += [("--purpose", claim.purpose)] if claim.purpose != EMBEDDED_PURPOSE else []
    options += [("--groups", claim.groups)] if claim.groups else []
    options += [("--exercise", claim.exercise)] if claim.exercise else []
    options += [("--as-of", as_of)] if as_of else []
    options += [("--lang", "en")] if lang == "en" else []
    return " ".join(["quipu", what, *(f"{name} {_quoted(value)}" for name, value in options)])


def _quoted(value: str) -> str:
    return (
        value
        if value and all(letter.isalnum() or letter in "-_./:+,@" for letter in value)
        else "'" + value.replace("'", "'\\''") + "'"
    )
