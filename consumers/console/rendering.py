"""Render a page from a template: texts in the visitor's language, links that keep the date.

Headers keep the browser to what this server serves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from consumers.console import as_of as asof
from consumers.console import charts, js_libraries
from consumers.console.navigation import GROUPS, group_of
from consumers.console.session import LANG_COOKIE, Visitor, command
from consumers.presentation import wording
from consumers.presentation.times import exact_moment, local, local_first, occurred, utc
from consumers.query.views import to_datetime
from schemas import words
from schemas.codes import code_lists
from schemas.hidden_characters import make_visible
from schemas.i18n import UserMessage, _, figure_text, in_language, pgettext
from schemas.release.rules import TLP
from schemas.time_zones import zone_of

HERE = Path(__file__).parent
STATIC = HERE / "static"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
YEAR_S = 31_536_000


SEVERITIES = {"high": _("high"), "medium": _("medium"), "low": _("low")}
STATUSES = {
    "current": _("current"),
    "corrected": _("corrected by a later version"),
    "retracted": _("retracted by its owner"),
    "erased": _("erased: without content"),
}


CHANNELS = {
    "api": _("program (API)"),
    "cli": _("command"),
    "page": pgettext("channel", "page"),
    "hit": pgettext("channel", "hit"),
}
NODES_OF = "hits to "
"""How the ledger names who receives the hits of an authority (`consumers.hits.decide`)."""


def person_name(person: str, lang: str) -> str:
    """Name who was shown something: a person, or the nodes of an authority."""
    if not person.startswith(NODES_OF):
        return person
    return _("nodes of {authority}", authority=person[len(NODES_OF) :]).in_language(lang)


def translator(lang: str) -> Callable[..., str]:
    """Return the `_` of the templates: it gives a text, or a UserMessage of a table, in `lang`."""

    def translate(text: str | UserMessage, **values: object) -> str:
        message = (
            text if isinstance(text, UserMessage) else UserMessage(text, tuple(values.items()))
        )
        return message.in_language(lang)

    return translate


@cache
def environment() -> Environment:
    """Return the templates; inserted text is escaped, and a value that is missing is an error."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {"asset": asset, "data": data, "short": charts.SHORT}
    templates.globals |= {"severities": SEVERITIES, "grades": wording.GRADES, "statuses": STATUSES}
    templates.globals |= {"weaker_rules": wording.weaker_rules}
    templates.globals |= {"network_words": network_words, "stops_of": charts.stops_of}
    return templates


def _visible(value: object) -> object:
    """Return what a template inserts with its hidden characters shown by their names."""
    is_foreign = isinstance(value, str) and not isinstance(value, Markup)
    return make_visible(str(value)) if is_foreign else value


def network_words(translate: Callable[..., str]) -> dict[str, str]:
    """Return the words of the link chart, which a script writes."""
    return {
        "open": translate(_("Open")),
        "expand": translate(_("Show what hangs on it")),
        "state": translate(_("{shown} drawn, {hidden} not drawn.")),
        "nothing": translate(_("Nothing more that you may see hangs on it.")),
        "no_path": translate(_("No path between them in what is drawn. Go one step further.")),
        "path": translate(_("Path of {steps} steps.")),
        "failed": translate(_("It could not be read. Try again in a moment.")),
    }


@cache
def asset(name: str) -> str:
    """Return the address of a file that we serve, which differs where its content differs."""
    library = js_libraries.path_of(name)
    path = library or STATIC / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "missing"
    folder = "libraries" if name in js_libraries.FILES else "static"
    return f"/console/{folder}/{name}?v={digest}"


def data(value: Any) -> Markup:
    """Write JSON into a <script type="application/json">, which nothing within can leave."""
    text = (
        make_visible(orjson.dumps(value).decode())
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
    )
    return Markup(text)  # noqa: S704 - what could end the element is escaped


@dataclass(frozen=True, slots=True)
class PageContext:
    """What every template is given next to its own values.

    `as_of`: ms since 1970 UTC, None is now; `query`: the address's parameters.
    """

    visitor: Visitor
    path: str
    query: Mapping[str, str]
    as_of: int | None

    @property
    def lang(self) -> str:
        """The language of the page: es or en."""
        return self.visitor.lang

    def render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Render a template with its headers; keep the language where the address asks for one."""
        lang = self.lang
        context = {
            **values,
            "page": self,
            "lang": lang,
            "_": translator(lang),
            "link": self.link,
            "missing": js_libraries.missing(),
            "address_of": lambda entry: self.link(entry.path) if entry.has_moment else entry.path,
            "groups": GROUPS,
            "group": group_of(self.path),
            "now": datetime.now(UTC),
            "words": words,
            **_template_helpers(lang, self.visitor.reader.country),
        }
        response = HTMLResponse(
            environment().get_template(template).render(context), status, HEADERS
        )
        if "lang" in self.query:
            prefix = self.visitor.cookie_prefix
            response.set_cookie(
                f"{prefix}{LANG_COOKIE}",
                lang,
                max_age=YEAR_S,
                samesite="strict",
                httponly=True,
                secure=bool(prefix),
            )
        return response

    def absent(
        self, id_: str, several: Sequence[tuple[str, str]] = (), **values: Any
    ) -> HTMLResponse:
        """Answer 404 where nothing has an id, or the visitor may not see it.

        `several`: path and id of each thing that `id_` may mean.
        """
        return self.render("absent.html", 404, said=id_, several=several, detail="", **values)

    def link(self, path: str, **query: object) -> str:
        """Return an address of ours that keeps the date; empty parameters are left out."""
        date = {"as_of": asof.written(self.as_of)} if self.as_of is not None else {}
        parameters = {
            name: str(value) for name, value in {**date, **query}.items() if value not in (None, "")
        }
        return f"{path}?{urlencode(parameters)}" if parameters else path

    def here(self, **query: object) -> str:
        """Return the address of this page with parameters changed."""
        parameters = {
            name: value for name, value in self.query.items() if name not in {"lang", "as_of"}
        }
        return self.link(self.path, **{**parameters, **query})

    @property
    def question(self) -> str:
        """The parameters of this page's question, as an address has them; empty for none."""
        beside = {"lang", "as_of", "after", "format", "for_court"}
        return urlencode(
            {name: value for name, value in self.query.items() if value and name not in beside}
        )

    def command(self, what: str, options: Sequence[tuple[str, str]] = ()) -> str:
        """Return the command line that shows the same. `options`: of the question itself."""
        return command(
            what,
            self.visitor.claim,
            self.lang,
            "" if self.as_of is None else asof.written(self.as_of),
            options,
        )

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return codes and texts that the visitor can choose.

        `name`: role, clearance or purpose. Of roles and clearances those of the account.
        """
        account = self.visitor.caller.account if self.visitor.caller else None
        if name == "clearance":
            highest = TLP.index(account.clearance) if account else len(TLP) - 1
            return [(level, level) for level in TLP[: highest + 1]]
        return [
            (code, texts[self.lang].partition(":")[0])
            for code, texts in code_lists()[name].codes.items()
            if name != "role" or account is None or code in account.roles
        ]


def _template_helpers(lang: str, country: str) -> dict[str, Callable[..., Any]]:
    """Return what templates call for times, places and names."""
    return {
        "utc": utc,
        "occurred": occurred,
        "clock_times": lambda at, of="": local_first(at, country, of),
        "local": lambda at, of="": _beside(at, of if zone_of(of) else country),
        "place": lambda code: wording.place_name(code, lang),
        "country": lambda code: wording.country_name(code, lang),
        "kind_of_thing": lambda name: wording.thing_label(name, lang),
        "title_of_thing": lambda thing: wording.thing_title(
            thing.kind, thing.title, thing.id, lang
        ),
        "subject_beside": lambda view: wording.subject_beside(view, lang),
        "value": lambda code_list, code: words.value(code_list, code, lang),
        "clock": lambda ms: f"{to_datetime(ms):%H:%M:%S}",
        "stamp": asof.written,
        "stamp_field": asof.field,
        "exact_moment": lambda ms: exact_moment(to_datetime(ms), country),
        "summary": lambda event: wording.one_line(event, lang),
        "in_language": lambda text: in_language(text, lang),
        "who": lambda person: person_name(person, lang),
        "through": lambda channel: (
            CHANNELS[channel].in_language(lang) if channel in CHANNELS else channel
        ),
        "number": lambda figure: figure_text(figure, lang),
        "day": lambda at: at.strftime("%Y-%m-%d") if isinstance(at, datetime) else "—",
    }


def _beside(at: datetime | None, country: str) -> str:
    local_time = local(at, country)
    return f"{local_time} {country}" if local_time else ""
