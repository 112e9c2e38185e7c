"""The questions of the benchmark `queries`: every list, look-up and figure, and who asks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.large_records import CROSSINGS, DAY_MS, DAYS, FIRST_DAY_MS, STATIONS, mapped
from consumers.identity.account import UserAccount
from consumers.identity.identity import open_identity
from consumers.identity.local_access import ensure_token
from consumers.identity.passwords import one_time_password
from consumers.query.views import to_datetime
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.keys.credentials import read_password
from infra.settings import Settings

LIST, THING, FIGURE, LOOKUP = "list", "thing", "figure", "lookup"
SAMPLES = 400
RULE = "stolen-weapon-seized-abroad"
ACCOUNTS = (
    UserAccount("bench-bo", "BO", "FELCN", frozenset({"analyst"}), "AMBER"),
    UserAccount("bench-co", "CO", "PONAL", frozenset({"analyst"}), "AMBER"),
    UserAccount("bench-ec", "EC", "POLICIA", frozenset({"analyst"}), "RED"),
    UserAccount("bench-pe", "PE", "PNP", frozenset({"analyst"}), "RED"),
    UserAccount("bench-green", "CO", "UIAF", frozenset({"analyst"}), "GREEN"),
    UserAccount(
        "bench-south", "PE", "SUCAMEC", frozenset({"analyst"}), "AMBER", frozenset({"frontera-sur"})
    ),
    UserAccount("bench-customs", "BO", "ADUANA", frozenset({"analyst"}), "AMBER"),
    UserAccount("bench-migration", "EC", "MIGRACION", frozenset({"analyst"}), "AMBER"),
)


@dataclass(frozen=True, slots=True)
class HttpQuestion:
    """A question over HTTP. `kind`: of list, thing, figure, lookup."""

    name: str
    kind: str
    path: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleIds:
    """Ids that are in the tables, and how many events there are."""

    events: Sequence[str]
    indicators: Sequence[str]
    things: Sequence[str]
    numbers: int


def make_accounts(settings: Settings) -> list[dict[str, str]]:
    """Make the eight readers where they are missing; return the headers that each asks with."""
    with open_identity(settings) as identity:
        for account in ACCOUNTS:
            if identity.accounts.find(account.name) is None:
                identity.accounts.add(account, "benchmark", one_time_password())
            ensure_token(settings, identity, account.name, account.name)
    tokens = [read_password(settings.token_file(account.name)) for account in ACCOUNTS]
    return [{"Authorization": f"Bearer {token}"} for token in tokens]


def sample_ids(settings: Settings, generation: int, numbers: int) -> SampleIds:
    """Read ids from the tables, spread over them."""
    client = connect(settings, StoreUser.READER, database_of(generation))
    try:
        events, indicators, things = (
            [
                str(row[0])
                for row in client.execute(
                    f"SELECT DISTINCT UUIDNumToString({column}) FROM {table} "
                    f"WHERE cityHash64({column}) % 1000 < 1000 LIMIT {SAMPLES}"
                )
            ]
            for column, table in (
                ("id", "events"),
                ("indicator", "evidence"),
                ("thing", "observations"),
            )
        )
    finally:
        client.disconnect()
    return SampleIds(events, indicators, things, numbers)


def questions(samples: SampleIds, rng: Random) -> list[HttpQuestion]:
    """Every question once, in a fixed order; `rng` chooses what each asks for."""
    return [*lists(samples, rng), *things(samples, rng), *figures(rng), *lookups(samples, rng)]


def lists(samples: SampleIds, rng: Random) -> list[HttpQuestion]:
    """Pages of 50 of events and indicators, hits and disclosures, with and without filters."""
    reference = str(mapped(rng.randrange(max(1, samples.numbers))).reference)
    station = rng.choice(STATIONS)
    events, indicators = "/v1/events", "/v1/indicators"
    since, until = _month(rng)
    return [
        HttpQuestion("events", LIST, events),
        HttpQuestion("events of a type", LIST, events, {"type": "suspicious_flow"}),
        HttpQuestion("events of a country", LIST, events, {"country": station.country}),
        HttpQuestion("events of a node", LIST, events, {"node": station.node}),
        HttpQuestion("events at a place", LIST, events, {"place": station.subdivisions[0]}),
        HttpQuestion("events by reference", LIST, events, {"reference": reference}),
        HttpQuestion("indicators", LIST, indicators),
        HttpQuestion("indicators of a rule", LIST, indicators, {"rule": RULE}),
        HttpQuestion("indicators of a country", LIST, indicators, {"country": station.country}),
        HttpQuestion("indicators of a month", LIST, indicators, {"since": since, "until": until}),
        HttpQuestion("indicators with a text", LIST, indicators, {"text": "glock"}),
        HttpQuestion("disclosures", LIST, "/v1/disclosures"),
    ]


def things(samples: SampleIds, rng: Random) -> list[HttpQuestion]:
    """A thing by its id, and by its number."""
    number = f"TKZ{rng.randrange(max(1, samples.numbers)):09}"
    marks = {"kind": "weapon", "number": number, "make": "Taurus", "type": "PISTOL"}
    return [
        HttpQuestion("thing", THING, f"/v1/things/{rng.choice(samples.things)}"),
        HttpQuestion("thing by serial", THING, "/v1/things", marks),
    ]


def figures(rng: Random) -> list[HttpQuestion]:
    """Every analytic question, some with filters."""
    since, until = _year(rng)
    year = {"since": since, "until": until}
    drugs = {"measure": "mass", "by": "drug,country", "type": "seizure"}
    weapons = {"by": "make", "type": "weapon_record"}
    where = {"by": "subdivision", "where": f"crossing={rng.choice(CROSSINGS).lower()}"}
    return [
        HttpQuestion("totals of records", FIGURE, "/v1/figures/totals", {"by": "type,country"}),
        HttpQuestion("totals of drugs", FIGURE, "/v1/figures/totals", drugs),
        HttpQuestion("totals in dollars", FIGURE, "/v1/figures/totals", {"measure": "usd", **year}),
        HttpQuestion("totals at a crossing", FIGURE, "/v1/figures/totals", {**where, **year}),
        HttpQuestion("trends", FIGURE, "/v1/figures/trends", {"by": "country", "type": "seizure"}),
        HttpQuestion("trends by week", FIGURE, "/v1/figures/trends", {"period": "week"}),
        HttpQuestion("ranking", FIGURE, "/v1/figures/ranking", {"by": "subdivision", **year}),
        HttpQuestion("ranking of makes", FIGURE, "/v1/figures/ranking", {**weapons, **year}),
        HttpQuestion("delays", FIGURE, "/v1/figures/delays", {"by": "authority"}),
        HttpQuestion("quality", FIGURE, "/v1/figures/quality"),
        HttpQuestion("flows", FIGURE, "/v1/figures/flows"),
        HttpQuestion("shares", FIGURE, "/v1/figures/shares"),
        HttpQuestion("series", FIGURE, "/v1/series"),
        HttpQuestion("series of a rule", FIGURE, "/v1/series", {"rule": RULE}),
    ]


def lookups(samples: SampleIds, rng: Random) -> list[HttpQuestion]:
    """An event, an indicator and a thing by the whole id."""
    return [
        HttpQuestion("event", LOOKUP, f"/v1/events/{rng.choice(samples.events)}"),
        HttpQuestion("indicator", LOOKUP, f"/v1/indicators/{rng.choice(samples.indicators)}"),
        HttpQuestion("thing by id", LOOKUP, f"/v1/things/{rng.choice(samples.things)}"),
    ]


def _month(rng: Random) -> tuple[str, str]:
    begin = FIRST_DAY_MS + rng.randrange(DAYS - 31) * DAY_MS
    return to_datetime(begin).isoformat(), to_datetime(begin + 30 * DAY_MS).isoformat()


def _year(rng: Random) -> tuple[str, str]:
    year = rng.choice((2021, 2022, 2023, 2024))
    return f"{year}-01-01T00:00:00+00:00", f"{year + 1}-01-01T00:00:00+00:00"
