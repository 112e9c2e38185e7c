"""The page as a person meets it: in Chromium, on the real pipeline, watched for requests that leave
the machine and for errors.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from consumers.identity.identity import open_identity
from producers.node import CountryNode
from schemas.i18n import number_text
from tests.browser.conftest import MECHANISM_ANALYST, PHONE, WIDE, Exchange, Watched
from tests.support.engines import eventually
from tests.support.exchange import wait_at_rest
from tests.support.identity import PASSWORD

FIGURE_PAGES = (
    "/figures/totals?lang=es",
    "/figures/totals?measure=mass&by=drug&by_2=place",
    "/figures/trends?by=type&period=quarter&since=2018-01-01",
    "/figures/ranking?since=2018-07-01&until=2018-12-31",
    "/figures/flows",
    "/figures/finding-counts",
    "/figures/delays",
    "/figures/quality",
    "/figures/shares",
)
WHOLE_NUMBERS = ("registros", "antes", "año anterior", "hallazgos", "ciertos", "en hallazgos")
"""Headings of columns whose figures count the rows of the list to which they lead."""
STOLEN = "stolen-weapon-seized-abroad"
ROWS = "#results tbody tr:has(td.what)"
INKED = """element => {
    const canvas = [...element.querySelectorAll("canvas")].filter(one => one.width && one.height);
    const colours = new Set();
    for (const one of canvas) {
        const pixels = new Uint32Array(one.getContext("2d").getImageData(0, 0, one.width, one.height).data.buffer);
        for (let at = 0; at < pixels.length; at += 7) if (pixels[at]) colours.add(pixels[at]);
    }
    return colours.size;
}"""
FITS = "width => document.scrollingElement.scrollWidth <= width"
"""A chart takes the width of the window a moment after the window has changed."""
UNNAMED = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a, img")].filter(one =>
    !(one.labels && one.labels.length) && !one.getAttribute("aria-label") && !one.hasAttribute("alt") && !one.textContent.trim()
).map(one => one.outerHTML)"""


@pytest.fixture(scope="module")
def stolen(exchange: Exchange) -> dict[str, Any]:
    """The indicator of the rule that stands on most evidence, as the API tells it."""
    matches = exchange.ask("/v1/indicators", rule=STOLEN, grade="certain", limit=1000)
    most: dict[str, Any] = max(
        matches,
        key=lambda indicator: (
            len({piece["subdivision"] for piece in indicator["evidence"]}),
            indicator["id"],
        ),
    )
    return most


def sentences(page: Page) -> list[str]:
    return page.locator(f"{ROWS} td.what a").all_inner_texts()


def test_a_person_signs_in_changes_the_password_narrows_and_signs_out(
    visit: Watched, exchange: Exchange
) -> None:
    visit.expected = ("401",)
    with open_identity(exchange.settings) as identity:
        first = "k3fd-8adm-22pq-zz9x"
        person = replace(MECHANISM_ANALYST, name="ana.rojas", must_change_password=True)
        identity.accounts.add(person, "test", first)
    page = visit.open("/things", person="")
    assert page.url.endswith("/sign-in?back=%2Fthings")
    page.fill("[name=name]", "ana.rojas")
    page.fill("[name=password]", "not this one, surely")
    page.click(".entry button")
    expect(page.locator(".refusal")).to_contain_text("no es correcto")
    page.fill("[name=name]", "ana.rojas")
    page.fill("[name=password]", first)
    page.click(".entry button")
    expect(page.locator("h1")).to_have_text("Cambiar la contraseña")
    page.fill("[name=old]", first)
    page.fill("[name=new]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click(".entry button")
    expect(page.locator(".asks summary")).to_contain_text("ana.rojas")
    expect(page.locator("h1")).to_have_text("Resumen")
    assert page.locator("table.list td.what a").count(), "what is new is named"
    expect(page.locator("#overview-work .hint")).to_contain_text("Aún no tiene")
    expect(page.locator("#overview-trends [data-figure]")).to_have_attribute("data-drawn", "yes")
    page.click(".asks summary")
    page.select_option(".asks [name=clearance]", "CLEAR")
    page.click(".asks form button >> nth=0")
    expect(page.locator(".asks summary")).to_contain_text("TLP:CLEAR")
    page.click(".asks summary")
    page.click(".leave button")
    expect(page.locator("h1")).to_have_text("Ingresar")
    page.goto("/")
    assert "/sign-in" in page.url


def test_the_list_is_the_api_s_newest_first(visit: Watched, exchange: Exchange) -> None:
    page = visit.open("/")
    newest = exchange.ask("/v1/indicators", limit=25)
    assert sentences(page) == [indicator["sentence"]["es"] for indicator in newest]
    expect(page.locator(ROWS).first.locator(".tlp")).to_have_text(f"TLP:{newest[0]['tlp']}")
    assert page.title() == "Coincidencias entre países · Quipu"


def test_filters_are_answered_without_leaving_the_page(visit: Watched, exchange: Exchange) -> None:
    page = visit.open("/")
    page.evaluate("window.stayed = true")
    chosen: dict[str, str] = {}
    filters = {"country": "BO", "severity": "high", "rule": STOLEN, "grade": "certain"}
    for field, choice in filters.items():
        chosen[field] = choice
        page.select_option(f"#filters [name={field}]", choice)
        expected = listed_by_api(exchange, **chosen)
        eventually_listed(page, expected)
    assert page.evaluate("window.stayed") is True
    assert parse_qs(urlsplit(page.url).query) == {name: [code] for name, code in filters.items()}
    page.reload()
    assert sentences(page) == expected
    for field, choice in filters.items():
        expect(page.locator(f"#filters [name={field}]")).to_have_value(choice)


def listed_by_api(exchange: Exchange, **filters: str) -> list[str]:
    """The sentences of the newest findings of a filter."""
    listed = exchange.ask("/v1/indicators", limit=25, **filters)
    return [indicator["sentence"]["es"] for indicator in listed]


def eventually_listed(page: Page, texts: list[str]) -> None:
    assert texts, "a filter that nothing fits shows nothing"
    page.wait_for_function(
        "([rows, wanted]) => JSON.stringify([...document.querySelectorAll(rows)].map(one => "
        "one.innerText.trim())) === wanted",
        arg=["#results td.what a", json.dumps(texts, ensure_ascii=False, separators=(",", ":"))],
    )


def test_text_and_period_filter(visit: Watched, exchange: Exchange) -> None:
    page = visit.open("/")
    page.fill("#text", "sucamec")
    eventually_listed(page, listed_by_api(exchange, text="sucamec"))
    page.goto("/?since=2018-03-01&until=2018-03-31")
    within = exchange.ask("/v1/indicators", limit=25, since="2018-03-01", until="2018-04-01")
    assert within
    assert sentences(page) == [indicator["sentence"]["es"] for indicator in within]
    page.goto("/?text=nobody-is-called-like-this")
    expect(page.locator("#results .empty")).to_contain_text("No hay indicadores")


def test_pages_follow_one_another(visit: Watched, exchange: Exchange) -> None:
    page = visit.open("/")
    page.click("a[rel=next]")
    older = exchange.ask("/v1/indicators", limit=25, offset=25)
    eventually_listed(page, [indicator["sentence"]["es"] for indicator in older])
    page.click("a[rel=first]")
    newest = exchange.ask("/v1/indicators", limit=25)
    eventually_listed(page, [indicator["sentence"]["es"] for indicator in newest])


def test_the_language_is_kept(visit: Watched, exchange: Exchange) -> None:
    page = visit.open("/", is_fresh=True)
    assert page.locator("html").get_attribute("lang") == "es"
    page.click("a.language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    newest = exchange.ask("/v1/indicators", limit=25)
    eventually_listed(page, [indicator["sentence"]["en"] for indicator in newest])
    page.goto("/line")
    expect(page.locator("h1")).to_have_text("System health")


def test_an_indicator_shows_its_evidence_and_draws_it(
    visit: Watched, stolen: dict[str, Any]
) -> None:
    page = visit.open(f"/indicators/{stolen['id']}")
    expect(page.locator("h1")).to_have_text(stolen["sentence"]["es"])
    assert page.locator("table.evidence tbody tr").count() == len(stolen["evidence"])
    for piece in stolen["evidence"]:
        row = page.locator(f"table.evidence tr:has(a[href='/events/{piece['event']}'])")
        expect(row.locator(".chip")).to_have_text(piece["country"])
        assert piece["authority"] in row.inner_text()
        weight = number_text(sum(piece["weights"].values()), "g", "es")
        assert weight in row.locator(".weights b").inner_text()
    for chart in ("timeline", "map", "links"):
        element = page.locator(f"[data-chart={chart}]")
        expect(element).to_have_attribute("data-drawn", "yes")
        eventually(lambda element=element: element.evaluate(INKED) > 8, f"{chart} is drawn", 10)  # type: ignore[misc]
    graph = page.evaluate(
        "() => { const { graph } = document.querySelector('[data-chart=links]');"
        " return [graph.nodes('[sort=\"event\"]').map(n => n.id()), graph.edges().length]; }"
    )
    assert sorted(graph[0]) == sorted({piece["event"] for piece in stolen["evidence"]})
    assert graph[1] >= len(graph[0])


def test_the_command_shown_says_the_same(
    visit: Watched, exchange: Exchange, stolen: dict[str, Any]
) -> None:
    page = visit.open(f"/indicators/{stolen['id']}?lang=en")
    command = page.locator("#command").inner_text().split()
    assert command[0] == "quipu"
    home = ["--home", str(exchange.settings.home)]
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", *home, *command[1:]],
        capture_output=True,
        text=True,
        check=True,
    )
    assert stolen["sentence"]["en"] in " ".join(done.stdout.split())


def _known(exchange: Exchange, stolen: dict[str, Any], as_of: str) -> list[dict[str, Any]]:
    indicators = exchange.ask("/v1/indicators", as_of=as_of, limit=1000)
    return [indicator for indicator in indicators if indicator["id"] == stolen["id"]]


def test_the_slider_goes_back_to_what_was_known(
    visit: Watched, exchange: Exchange, stolen: dict[str, Any]
) -> None:
    page = visit.open(f"/indicators/{stolen['id']}")
    changes = sorted({piece["recorded_at"] for piece in stolen["evidence"]})
    steps = [step for step in changes if _known(exchange, stolen, step)]
    assert 0 < len(steps) < len(changes), "with its first record alone there is no finding"
    expect(page.locator(".steps output")).to_have_text("ahora")
    expect(page.locator("input[type=range]")).to_have_attribute("max", str(len(steps)))
    for step in reversed(range(len(steps))):
        with page.expect_navigation():
            page.locator("input[type=range]").fill(str(step))
        expect(page.locator(".notice.past")).to_contain_text(
            f"{steps[step][:10]} {steps[step][11:19]} UTC"
        )
        (known,) = _known(exchange, stolen, steps[step])
        assert page.locator("table.evidence tbody tr").count() == len(known["evidence"])
        expect(page.locator("input[type=range]")).to_have_value(str(step))
    page.click(".notice.past a")
    assert page.locator("table.evidence tbody tr").count() == len(stolen["evidence"])


def test_a_thing_tells_who_knows_it_and_is_found_by_its_marks(
    visit: Watched, exchange: Exchange, stolen: dict[str, Any]
) -> None:
    page = visit.open(f"/indicators/{stolen['id']}")
    page.click("dl.facts a")
    thing = exchange.ask(f"/v1/things/{stolen['thing']}")
    assert page.url.endswith(f"/things/{stolen['thing']}")
    assert page.locator("table.evidence tbody tr").count() == len(thing["members"])
    assert page.locator("table.list tbody tr").count() == len(thing["indicators"])
    weapon = exchange.ask(f"/v1/events/{stolen['evidence'][0]['event']}")["current"]["payload"]
    weapon = weapon.get("weapon") or weapon["items"][0]["weapon"]
    page.goto("/things")
    page.fill("[name=number]", weapon["serial"])
    page.fill("[name=make]", weapon["make"])
    page.select_option("[name=type]", weapon["type"])
    page.click(".marks button")
    expect(page.locator("h1, .several").first).to_be_visible()
    assert stolen["thing"] in (page.url + page.content())


def test_marks_that_are_missing_are_named(visit: Watched) -> None:
    visit.expected = ("422",)
    page = visit.open("/things?kind=weapon&make=Taurus")
    expect(page.locator(".found")).to_contain_text("Falta")


def test_an_event_reads_in_words_with_its_versions(visit: Watched, exchange: Exchange) -> None:
    corrected = next(
        answer
        for event in exchange.ask("/v1/events", type="weapon_record", limit=1000)
        if event["supersedes"]
        and len((answer := exchange.ask(f"/v1/events/{event['id']}"))["versions"]) > 1
    )
    page = visit.open(f"/events/{corrected['id']}")
    assert page.locator("table.versions tbody tr").count() == len(corrected["versions"]) + len(
        corrected["acts"]
    )
    content = page.locator("dl.content").first
    expect(content).to_contain_text("Tipo de arma")
    expect(content).not_to_contain_text(corrected["current"]["payload"]["weapon"]["type"])
    page.goto(page.url + "?lang=en")
    expect(page.locator("dl.content").first).to_contain_text("Type of weapon")


def test_a_short_id_leads_to_what_it_means(visit: Watched, stolen: dict[str, Any]) -> None:
    page = visit.open("/")
    page.fill("#find", stolen["id"][:8])
    page.press("#find", "Enter")
    page.wait_for_url(f"**/indicators/{stolen['id']}")
    page.fill("#find", "00000000000")
    page.press("#find", "Enter")
    expect(page.locator(".readings")).to_contain_text("00000000000")
    expect(page.locator("#results")).to_contain_text("No hay registros con todas estas palabras")


def test_the_line_s_figures_are_live(visit: Watched) -> None:
    visit.expected = ("Failed to load resource", "Failed to fetch", "htmx")
    page = visit.open("/line")
    # the exchange of a test is configured with a Kafka of one broker
    expect(page.locator(".state b")).to_have_text("VIGILE")
    expect(page.locator("main")).to_contain_text("La bitácora tiene 1 copia")
    assert page.locator("table.nodes tbody tr").count() > 4
    page.evaluate("window.stayed = true")
    first = page.locator(".state span").inner_text()
    page.wait_for_function(
        "before => document.querySelector('.state span').innerText !== before", arg=first
    )
    assert page.evaluate("window.stayed") is True
    page.route("**/line", lambda route: route.abort())
    expect(page.locator(".lost")).to_be_visible()
    page.unroute("**/line")
    expect(page.locator(".lost")).to_be_hidden()


def test_a_narrower_reader_sees_less_and_is_told_nothing_of_the_rest(
    visit: Watched, exchange: Exchange, stolen: dict[str, Any]
) -> None:
    visit.expected = ("404",)
    page = visit.open(f"/indicators/{stolen['id']}", is_fresh=True)
    page.click(".asks summary")
    page.select_option(".asks [name=clearance]", "GREEN")
    page.click(".asks form button >> nth=0")
    expect(page.locator("h1")).to_contain_text(
        "No hay nada con este identificador, o usted no puede verlo"
    )
    page.goto("/")
    expect(page.locator(".asks summary")).to_contain_text("TLP:GREEN")
    assert sentences(page) == [
        indicator["sentence"]["es"]
        for indicator in exchange.ask("/v1/indicators", "MEC/analyst/GREEN", limit=25)
    ]
    page.goto(f"/things/{stolen['thing']}")
    answer = [
        record["event"]
        for record in _of(exchange, f"/v1/things/{stolen['thing']}", "MEC/analyst/GREEN")
    ]
    assert page.locator("table.evidence tbody tr").count() == len(answer) < len(stolen["evidence"])
    for piece in stolen["evidence"]:
        assert (piece["event"] in page.content()) == (piece["event"] in answer)


def _of(exchange: Exchange, path: str, reader: str) -> list[dict[str, Any]]:
    answer = httpx.get(f"{exchange.base}{path}", headers=exchange.headers(reader))
    members: list[dict[str, Any]] = answer.json()["members"] if answer.is_success else []
    return members


def test_an_operator_sees_the_line_and_no_content(visit: Watched, exchange: Exchange) -> None:
    page = visit.open("/", extra_http_headers=exchange.headers("CO/operator/RED"))
    assert sentences(page) == []
    expect(page.locator("#results")).to_contain_text("Un operador ve cómo funciona el sistema")
    expect(page.locator(".asks-change")).to_contain_text("Lo indica la pasarela de autenticación")
    assert page.locator(".asks form:not(.theme)").count() == 0


def test_what_the_page_showed_is_in_the_ledger(
    visit: Watched, exchange: Exchange, stolen: dict[str, Any]
) -> None:
    visit.open(
        f"/indicators/{stolen['id']}",
        extra_http_headers=exchange.headers("PE/LEDGER/analyst/AMBER"),
    )

    def recorded() -> bool:
        matches = exchange.ask(
            "/v1/disclosures", "MEC/auditor/RED", person="PE/LEDGER/analyst/AMBER"
        )
        return any(
            match["through"] == "page" and stolen["id"] in json.dumps(match) for match in matches
        )

    eventually(recorded, "the disclosure ledger names the page and the indicator", 20)


def test_without_script_the_page_still_answers(
    visit: Watched, exchange: Exchange, stolen: dict[str, Any]
) -> None:
    page = visit.open("/", java_script_enabled=False)
    page.select_option("#filters [name=country]", "PE")
    page.click("#filters button")
    assert sentences(page) == [
        indicator["sentence"]["es"]
        for indicator in exchange.ask("/v1/indicators", limit=25, country="PE")
    ]
    page.goto(f"/indicators/{stolen['id']}")
    assert page.locator("table.evidence tbody tr").count() == len(stolen["evidence"])


def test_a_phone_needs_no_sideways_scrolling(visit: Watched, stolen: dict[str, Any]) -> None:
    page = visit.open("/", viewport=PHONE)
    paths = [
        "/",
        "/things",
        "/alike-findings",
        "/line",
        f"/indicators/{stolen['id']}",
        f"/things/{stolen['thing']}",
        f"/events/{stolen['evidence'][0]['event']}",
    ]
    for path in paths:
        page.goto(path)
        page.click(".asks summary")
        page.wait_for_function(FITS, arg=PHONE["width"])


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_a_session_to_end_is_chosen_beside_its_words(
    visit: Watched, viewport: dict[str, int]
) -> None:
    visit.open("/")
    page = visit.open("/sessions", viewport=viewport)
    choice = page.locator("label.choice").first
    mark, line = choice.locator("input").bounding_box(), choice.bounding_box()
    assert mark and line
    assert mark["x"] == line["x"]
    assert mark["height"] <= line["height"] < 2 * mark["height"]


def test_every_control_has_a_name_and_the_keyboard_reaches_the_content(
    visit: Watched, stolen: dict[str, Any]
) -> None:
    page = visit.open("/")
    for path in (
        "/",
        "/things",
        "/alike-findings",
        "/line",
        f"/indicators/{stolen['id']}",
        f"/events/{stolen['evidence'][0]['event']}",
    ):
        page.goto(path)
        assert page.evaluate(UNNAMED) == [], path
        assert page.locator("h1").count() == 1
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(
    ("reader", "paths"),
    [
        ("CO/analyst/AMBER", FIGURE_PAGES),
        ("PE/analyst/GREEN", (*FIGURE_PAGES[:1], "/figures/flows")),
    ],
)
def test_the_pages_with_figures_lead_to_what_they_count(
    visit: Watched, reader: str, paths: tuple[str, ...]
) -> None:
    """One reader walks all of them: each is drawn, fits a telephone, and its figures hold."""
    page = visit.open(paths[0], extra_http_headers=visit.proof_of(reader))
    for path in paths:
        page.set_viewport_size(WIDE)
        page.goto(path)
        expect(page.locator("[data-figure][data-drawn=yes]"), path).to_have_count(1)
        assert page.locator("[data-figure]").evaluate(INKED) > 2, path
        assert page.evaluate(UNNAMED) == [], path
        page.set_viewport_size(PHONE)
        page.wait_for_function(FITS, arg=PHONE["width"])
        figure = page.locator("table.figures td.number a").last
        amount, heading = figure.inner_text(), figure.locator("..").get_attribute("data-name")
        with page.expect_navigation():
            figure.click()
        if heading in WHOLE_NUMBERS:
            assert listed(page) == int(amount.replace(" ", "")), (path, heading)


@pytest.mark.parametrize(
    ("lang", "title", "level"),
    [
        ("es", "Cuadro de riesgo", "sin datos suficientes"),
        ("en", "Risk picture", "not enough data"),
    ],
)
def test_the_picture_and_the_bursts_speak_both_languages(
    visit: Watched, lang: str, title: str, level: str
) -> None:
    """A map with a table, what stands behind a level, and a page of bursts that may be empty."""
    page = visit.open(
        f"/picture?until=2018-12-31&lang={lang}",
        extra_http_headers=visit.proof_of("CO/analyst/AMBER"),
    )
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".risk-map svg[role=img]")).to_be_visible()
    expect(page.locator(".risk-legend")).to_contain_text(level)
    marks = page.locator("table.risk-levels td:not(.risk-not_enough_data)")
    assert marks.count() > 3
    assert page.evaluate(UNNAMED) == []
    with page.expect_navigation():
        marks.first.locator("xpath=../th/a").click()
    drivers = page.locator("table.risk-cells td.what a")
    for address in [str(link.get_attribute("href")) for link in drivers.all()][:3]:
        assert not address.startswith("/v1"), "what stands behind a level is on the page"
        page.goto(address)
        assert page.locator(".refusal, .empty").count() == 0, address
    page.goto("/picture?until=2018-12-31&changed_since=2018-07-01")
    page.set_viewport_size(PHONE)
    page.wait_for_function(FITS, arg=PHONE["width"])
    page.goto("/figures/bursts?until=2018-12-31")
    expect(page.locator("main .empty, main table.figures").first).to_be_visible()
    assert page.evaluate(UNNAMED) == []
    page.wait_for_function(FITS, arg=PHONE["width"])
    visit.expected = ("404",)
    page.goto("/find?id=00000900-0000-8000-8000-000000000000")
    assert "/bursts/" in page.url, "the id in a hit leads to its burst"


@pytest.mark.parametrize(
    "path",
    ["/events?type=seizure&place=CO", f"/?rule={STOLEN}", "/hits", "/disclosures"],
)
def test_a_list_is_taken_along_as_a_file(visit: Watched, path: str) -> None:
    """Whole, with the marking and the moment in each row, and a form for each program."""
    page = visit.open(path, extra_http_headers=visit.proof_of("CO/PONAL/analyst/AMBER"))
    names = page.locator(".files a").all_inner_texts()
    assert names == ["CSV", "XLSX", "PARQUET", "JSON"], path
    address = page.locator(".files a >> nth=0").get_attribute("href")
    content = page.request.get(str(address)).body().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert rows, path
    assert {"tlp", "markings", "asked_as_of"} <= rows[0].keys(), rows[0].keys()
    assert not any("H2" in row["markings"] and row.get("country") != "CO" for row in rows)
    if path.startswith("/events"):
        assert len(rows) <= count_said(page)
        assert len({row["id"] for row in rows}) == len(rows)


def test_hits_and_disclosures_are_lists_that_are_counted(visit: Watched) -> None:
    page = visit.open("/hits", extra_http_headers=visit.proof_of("CO/PONAL/analyst/AMBER"))
    assert page.locator("table.hits td.what").count()
    assert listed(page) > 0
    assert page.locator("table.hits tbody tr").first.locator("time").count() == 2
    page.goto("/disclosures")
    assert page.locator("table.disclosures td.what").count()
    with page.expect_navigation():
        page.click("button[name=count]")
    lines = [int(text) for text in page.locator("td[data-name=Líneas]").all_inner_texts()]
    assert sum(lines) == int(page.locator(".count b").inner_text().replace(" ", ""))


def listed(page: Page) -> int:
    """How many a list has, page by page; a list of records says so too."""
    count = count_said(page) if page.locator("[data-count]").count() else None
    content, rows = page.request.get(page.url).text(), 0
    while True:
        rows += len(re.findall(r'<td class="what"', content))
        following = re.search(r'<a href="([^"]+)" rel="next"', content)
        if following is None:
            break
        content = page.request.get(unescape(following.group(1))).text()
    assert count in (None, rows)
    return rows


def count_said(page: Page) -> int:
    """How many a list says that it has."""
    return int(page.locator("[data-count]").get_attribute("data-count") or 0)


def test_a_wrong_field_keeps_the_form_and_an_unknown_one_is_refused(visit: Watched) -> None:
    visit.expected = ("422",)
    page = visit.open("/figures/totals?since=ayer&by=drug")
    field = page.locator("input[name=since]")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "ayer"
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
    page.goto("/events?text=mercurio")
    assert "text" in page.locator("main").inner_text()
    assert page.locator("table").count() == 0


def test_the_policy_lets_nothing_in_from_elsewhere(exchange: Exchange) -> None:
    answer = httpx.get(f"{exchange.base}/", headers=exchange.headers("MEC/analyst/AMBER"))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


def test_the_apis_description_is_drawn_with_our_own_files(visit: Watched) -> None:
    page = visit.open("/docs")
    expect(page.locator(".opblock-summary-path").first).to_be_visible()


HOSTILE = '</script><img src="x" onerror="window.hurt = true"><b>nota</b>'
CONDITION = "Avísese antes a la Fiscalía <i>de turno</i>"


def test_a_condition_is_accepted_on_the_page_and_hostile_text_stays_text(
    visit: Watched, exchange: Exchange
) -> None:
    visit.expected = ("404",)  # before the condition is accepted
    weapon = {
        "kind": "firearm",
        "type": "PISTOL",
        "make": "GLOCK",
        "calibre": "9MM",
        "serial": "H3PAGE1",
    }
    evaluation = {"scheme": "4x4", "source": "A", "information": "1"}
    marked = {
        "tlp": "AMBER",
        "handling": ["H3"],
        "condition": CONDITION,
        "purpose": "investigation",
        "legal_basis": "CAN-552",
    }
    event = {
        "reference": "H3-PAGE",
        "payload": {"weapon": weapon, "status": "LOST", "note": HOSTILE},
        "envelope": {**marked, "crime": "09012", "evaluation": evaluation},
    }
    with CountryNode(exchange.settings, "pe-sucamec") as node:
        (answer,) = node.publish_events("weapon_record", [event], wait=30)
    assert answer.outcome == "sealed", answer.reasons
    wait_at_rest(exchange.settings)
    (published,) = exchange.ask("/v1/events", "PE/analyst/AMBER", reference="H3-PAGE")
    page = visit.open(
        f"/events/{published['id']}",
        extra_http_headers=exchange.headers("BO/CONDITION/officer/AMBER"),
    )
    expect(page.locator("h1")).to_contain_text("No hay nada con este id")
    page.goto("/conditions")
    expect(page.locator("table.conditions")).to_contain_text(CONDITION)
    page.click("table.conditions button")
    expect(page.locator("main .notice")).to_contain_text("Registrado")

    def shown() -> bool:
        page.goto(f"/events/{published['id']}")
        return page.locator("dl.content").count() > 0

    eventually(shown, "the accepted condition counts", 30)
    expect(page.locator(".marking").last).to_contain_text(CONDITION)
    expect(page.locator("dl.content").first).to_contain_text(HOSTILE)
    assert page.evaluate("window.hurt") is None
