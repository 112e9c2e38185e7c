"""Say who asks through the page, and in which language.

In production a gateway that signs people in sets the headers that the API reads too, and they
decide. Without them (the embedded set-up) the visitor says who asks, and is believed, as by the API
and the command line; a cookie keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from schemas.errors import ReaderRefusedError
from schemas.i18n import LANGUAGES
from schemas.model import Reader
from schemas.release.rules import EMBEDDED_PURPOSE, parse_reader

CLAIM_COOKIE = "quipu_asks"
LANG_COOKIE = "quipu_lang"
HEADER = "x-quipu-reader"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody claims to be, as the form's fields."""

    country: str = "MEC"
    authority: str = ""
    role: str = "analyst"
    clearance: str = "AMBER"
    purpose: str = EMBEDDED_PURPOSE
    groups: str = ""
    exercise: str = ""

    @property
    def person(self) -> str:
        """The claim as the command line's --as takes it."""
        return "/".join(
            part for part in (self.country, self.authority, self.role, self.clearance) if part
        )

    @property
    def cookie(self) -> str:
        """The claim as the visitor's browser keeps it."""
        return urlencode(
            {name: getattr(self, name) for name in Claim.__slots__ if getattr(self, name)}
        )


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who visits a page. `gateway`: the headers name the reader, so nothing can be chosen."""

    reader: Reader
    claim: Claim
    lang: str
    gateway: bool


def visitor(
    headers: Mapping[str, str],
    cookies: Mapping[str, str],
    asked_lang: str | None,
    default_lang: str,
) -> Visitor:
    """Return who visits the page.

    Raises ReaderRefusedError where the headers name a reader that cannot be.
    """
    lang = next(
        (choice for choice in (asked_lang, cookies.get(LANG_COOKIE)) if choice in LANGUAGES),
        default_lang,
    )
    if HEADER in headers:
        claim = claim_from_headers(headers[HEADER], headers)
        return Visitor(reader_of(claim), claim, lang, True)
    claim = parse_claim(cookies.get(CLAIM_COOKIE, ""))
    try:
        return Visitor(reader_of(claim), claim, lang, False)
    except ReaderRefusedError:  # a cookie of another release, or made by hand
        return Visitor(reader_of(Claim()), Claim(), lang, False)


def claim_from_headers(person: str, headers: Mapping[str, str]) -> Claim:
    """Read the headers as a claim. Raises ReaderRefusedError."""
    parts = person.split("/")
    if len(parts) not in {3, 4}:
        raise ReaderRefusedError(
            f"{HEADER}: {person!r} is no reader: write COUNTRY/role/CLEARANCE "
            "or COUNTRY/AUTHORITY/role/CLEARANCE"
        )
    authority = parts[1] if len(parts) == 4 else ""
    rest = (
        headers.get(f"x-quipu-{name}", default)
        for name, default in (("purpose", EMBEDDED_PURPOSE), ("groups", ""), ("exercise", ""))
    )
    return Claim(parts[0].upper(), authority, parts[-2].lower(), parts[-1].upper(), *rest)


def parse_claim(form: str) -> Claim:
    """Read a form or cookie, URL-encoded; a field that is left out has its default."""
    fields = {
        name: value.strip()
        for name, value in parse_qsl(form, keep_blank_values=False)
        if name in Claim.__slots__
    }
    return Claim(**{name: value for name, value in fields.items() if value})


def reader_of(claim: Claim) -> Reader:
    """Return the reader that a claim names. Raises ReaderRefusedError where it cannot be."""
    groups = [name.strip() for name in claim.groups.split(",") if name.strip()]
    return parse_reader(
        claim.person, purpose=claim.purpose, groups=groups, exercise=claim.exercise or None
    )


def command(what: str, claim: Claim, lang: str, as_of: str) -> str:
    """Return the command line that shows the same as the page."""
    options = [("--as", claim.person)]
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
