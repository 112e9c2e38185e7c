"""Estimate the shares of the levels with Splink, from made-up records whose truth is known.

Splink computes u from random pairs (`estimate_u_using_random_sampling`) and m from the label of the
person (`estimate_m_from_label_column`). Its levels are those of streams.matching, which DuckDB
calls as a function, so that training and scoring cannot differ. Relatives are counted here, as
Splink knows two kinds of pairs only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.matching.population import (
    SHARES,
    TRAINING_SEED,
    Population,
    Resident,
    made_by,
)
from streams.matching import PersonRecord, from_bytes, read_person, to_bytes
from streams.matching.name_comparison import compare_names
from streams.matching.person_comparison import LEVELS, compare_facts, compare_persons
from streams.matching.sound import sound_of

Shares = dict[str, dict[str, dict[str, float]]]
JUDGED: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "document": {
        "same": {"u": 1e-7, "sibling": 2e-6, "parent": 2e-6},
        "likely": {"u": 4e-7, "sibling": 4e-6, "parent": 4e-6},
        "other_number": {"m": 0.3, "u": 1.0, "sibling": 1.0, "parent": 1.0},
    },
    "phone": {"same": {"u": 3e-6}},
    "alias": {"same": {"m": 0.3, "u": 0.002, "sibling": 0.002, "parent": 0.002}},
}
"""Shares that no sample shows: borrowed documents, shared telephones, common aliases."""
LEAST_M = 4e-4
"""Least share of a level among pairs of one person: offices err in every way."""
PRIOR = 2.0**-18
"""Odds that two records in one block are of one person, before anything is compared.

Judged, for some million records in an exchange. A strict prior is what makes automatic links right.
"""
RELATIVES = {"sibling": 2.0**-12, "parent": 2.0**-12}
"""Odds of relatives against strangers, for some million persons. Judged."""
NAMESAKE = 2.0**-18.5
"""Odds of two persons of one name beyond chance. Judged: names alone are possible, never sure."""
ALIKE_AS_NAMESAKES = {"given_names": 1.0, "surnames": 1.0, "sex": 1.0, "nationality": 0.8}
ALIKE_AS_NAMESAKES |= {"birth_place": 0.3}
"""Share of namesakes who agree as one person does: a name says the sex, and often the region."""
RAREST = {"given_names": 1e-3, "surnames": 5e-4}
"""Least share of a name: the shares are rounded judgement, and no name is surely rarer."""


def train(families: int, pairs: int) -> dict[str, Any]:
    """Return the document of a model. `pairs`: random pairs that Splink looks at for u."""
    population = Population(TRAINING_SEED)
    residents = population.families(families)
    written = [population.write(resident) for resident in residents for _ in range(2)]
    records = [read_person(record.person, record.phones) for record in written]
    people = [record.resident for record in written]
    shares = _splink_shares(records, people, pairs)
    _add_relatives(shares, records, people)
    _add_judged(shares)
    add_namesakes(shares)
    return {
        "version": "4",
        "trained_with": made_by(families, pairs),
        "prior": PRIOR,
        "others": {**RELATIVES, "namesake": NAMESAKE},
        "features": shares,
        "frequencies": frequencies(),
    }


def frequencies() -> dict[str, Any]:
    """Return the share of each name by its sound, as weighted over the countries."""
    weights = {"PE": 4 / 13, "BO": 2 / 13, "EC": 2 / 13, "CO": 5 / 13}
    surnames: dict[str, float] = defaultdict(float)
    for name, by_country in SHARES["surnames"].items():
        surnames[sound_of(name)] += sum(
            weights[country] * share for country, share in by_country.items()
        )
    given: dict[str, float] = defaultdict(float)
    for sex in ("female", "male"):
        for name, share in SHARES[sex].items():
            given[sound_of(name)] += share / 2
    return {
        feature: {
            "unknown": RAREST[feature],
            "names": {
                sound: round(max(share / 10_000, RAREST[feature]), 7)
                for sound, share in sorted(table.items())
            },
        }
        for feature, table in (("given_names", given), ("surnames", surnames))
    }


_unpack = lru_cache(maxsize=100_000)(from_bytes)
NAMES = ("given_names", "surnames")


@lru_cache(maxsize=16_384)
def _levels(packed: bytes, other: bytes, of_names: bool) -> dict[str, str]:
    a, b = _unpack(packed), _unpack(other)
    compared = compare_names(a, b) if of_names else compare_facts(a, b)
    return {name: level for name, level, _ in compared}


def _level_of(packed: bytes, other: bytes, feature: str) -> str:
    return _levels(packed, other, feature in NAMES).get(feature, "")


def _comparison(feature: str, levels: Sequence[str]) -> dict[str, Any]:
    """Write a comparison for Splink, the worst level first: nearly all pairs stop there."""
    call = f"level_of(packed_l, packed_r, '{feature}')"
    *others, last = reversed(levels)
    return {
        "output_column_name": feature,
        "comparison_levels": [
            {"sql_condition": f"{call} = ''", "label_for_charts": "null", "is_null_level": True},
            *(
                {"sql_condition": f"{call} = '{level}'", "label_for_charts": level}
                for level in others
            ),
            {"sql_condition": "ELSE", "label_for_charts": last},
        ],
    }


def _splink_shares(
    records: Sequence[PersonRecord], people: Sequence[Resident], pairs: int
) -> Shares:
    connection = duckdb.connect()
    connection.create_function("level_of", _level_of, ["BLOB", "BLOB", "VARCHAR"], "VARCHAR")
    table = pa.table(
        {
            "unique_id": list(range(len(records))),
            "packed": pa.array([to_bytes(record) for record in records], pa.binary()),
            "person": [resident.number for resident in people],
        }
    )
    features = {name: levels for name, levels in LEVELS.items() if len(levels) > 1}
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(name, levels) for name, levels in features.items()],
        blocking_rules_to_generate_predictions=[block_on("person")],
        additional_columns_to_retain=["person"],
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register(table), settings)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=pairs, seed=1, min_count_per_level=None
    )
    linker.training.estimate_m_from_label_column("person")
    return _read_shares(linker.misc.save_model_to_json(), 0.5 / pairs)


def _read_shares(model: Mapping[str, Any], least: float) -> Shares:
    shares: Shares = {}
    for comparison in model["comparisons"]:
        levels = [
            level for level in comparison["comparison_levels"] if not level.get("is_null_level")
        ]
        shares[comparison["output_column_name"]] = {
            level["label_for_charts"]: {
                "m": max(level.get("m_probability") or 0.0, LEAST_M),
                "u": max(level.get("u_probability") or 0.0, least),
            }
            for level in levels
        }
    return shares


def _add_relatives(
    shares: Shares, records: Sequence[PersonRecord], people: Sequence[Resident]
) -> None:
    """Count the levels among records of brothers and sisters, and of parents and children."""
    counts: dict[str, dict[str, Counter[str]]] = {kind: defaultdict(Counter) for kind in RELATIVES}
    for a, b, kind in _relatives(people):
        for name, level, _ in compare_persons(records[a], records[b]):
            counts[kind][name][level] += 1
    for name, levels in shares.items():
        for level, share in levels.items():
            for kind, by_feature in counts.items():
                total = sum(by_feature[name].values())
                share[kind] = (by_feature[name][level] + 50 * share["u"]) / (total + 50)


def _relatives(people: Sequence[Resident]) -> Iterator[tuple[int, int, str]]:
    families: dict[int, list[int]] = defaultdict(list)
    for index, resident in enumerate(people):
        families[resident.family].append(index)
    for members in families.values():
        yield from _kinds(members, people)


def _kinds(members: Iterable[int], people: Sequence[Resident]) -> Iterator[tuple[int, int, str]]:
    for a, b in combinations(members, 2):
        if people[a] is people[b] or (people[a].parent and people[b].parent):
            continue
        yield a, b, "parent" if people[a].parent or people[b].parent else "sibling"


def add_namesakes(shares: Shares) -> None:
    """Add the shares among namesakes: partly those of one person, partly those of strangers."""
    for name, levels in shares.items():
        alike = ALIKE_AS_NAMESAKES.get(name, 0.0)
        for share in levels.values():
            share["namesake"] = alike * share["m"] + (1 - alike) * share["u"]


def _add_judged(shares: Shares) -> None:
    for name, levels in JUDGED.items():
        for level, judged in levels.items():
            share = shares.setdefault(name, {}).setdefault(level, {})
            share.update(judged)
