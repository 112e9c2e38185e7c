"""Compare two objects field by field, say the score, and say where two records meet."""

from collections.abc import Callable, Mapping, Sequence
from math import log

from streams.matching.objects.model import ObjectModel
from streams.matching.objects.record import ObjectMeasure, ObjectRecord
from streams.matching.score import Feature, PairScore, probability_of

MOST_KEYS = 16
_EXACT, _NEAR = 0.02, 0.08
"""How much two measures of one object may differ: two rulers, and a damaged edge."""
_KEY_STEP = log(1.1)
_EQUAL, _STRONG, _PART = (0.8, 60.0), (0.45, 40.0), (0.3, 18.0)
"""Least share of the shorter text, and least bits, that two texts have in common."""
_WEAK_BITS = 8.0
_RAREST = 6


def score_objects(a: ObjectRecord, b: ObjectRecord, model: ObjectModel) -> PairScore:
    """Score a pair. Symmetric; a field that one record lacks makes no feature."""
    levels = {name: compare(a, b, model) for name, compare in _COMPARED.items()}
    features = [
        Feature(name, level, model.weights[name][level])
        for name, level in levels.items()
        if level and name in model.weights
    ]
    features.sort(key=lambda feature: (-abs(feature.weight), feature.name))
    total = model.prior + sum([feature.weight for feature in features])
    return PairScore(probability_of(total), total, tuple(features))


def object_keys(record: ObjectRecord, model: ObjectModel) -> Sequence[str]:
    """List the blocking keys of a record, at most MOST_KEYS, each once.

    `i` an inscription's rarest term, `m` two measures of one type of object, `w` a rare term of the
    description. A key holds content: hash it before it leaves the process.
    """
    keys = [f"i|{term}" for term in _rarest(record.inscriptions, model)[:2]]
    keys += _keys_of_measures(record)
    keys += [f"w|{term}" for term in _rarest(record.description, model)[:_RAREST]]
    return list(dict.fromkeys(keys))[:MOST_KEYS]


def method_keys(record: ObjectRecord, model: ObjectModel) -> Sequence[str]:
    """List the blocking keys of a way of acting: `a`, a rare term of it. Hash them as above."""
    return [f"a|{term}" for term in _rarest(record.description, model)[:_RAREST]]


def _rarest(terms: Sequence[str], model: ObjectModel) -> Sequence[str]:
    return sorted(terms, key=lambda term: (-model.bits_of(term), term))


def _keys_of_measures(record: ObjectRecord) -> list[str]:
    """Give the steps of the first two dimensions; each twice, so that near values share one."""
    by_dimension = sorted({measure.dimension: measure.value for measure in record.measures}.items())
    if len(by_dimension) < 2:
        return []
    (first, length), (second, other) = by_dimension[:2]
    return [
        f"m|{record.type}|{first}{_step(length, half)}{half}|{second}{_step(other, other_half)}"
        f"{other_half}"
        for half in (0, 1)
        for other_half in (0, 1)
    ]


def _step(value: float, half: int) -> int:
    return int(log(value) / _KEY_STEP + half / 2)


def _compare_type(a: ObjectRecord, b: ObjectRecord, _model: ObjectModel) -> str:
    return _same(a.type, b.type) if a.type and b.type else ""


def _same(first: object, second: object) -> str:
    return "same" if first == second else "differ"


def _compare_materials(a: ObjectRecord, b: ObjectRecord, _model: ObjectModel) -> str:
    if not a.materials or not b.materials:
        return ""
    common = set(a.materials) & set(b.materials)
    if len(common) == min(len(a.materials), len(b.materials)):
        return "same"
    return "part" if common else "differ"


def _compare_measures(a: ObjectRecord, b: ObjectRecord, _model: ObjectModel) -> str:
    gaps = _gaps(a.measures, b.measures)
    if not gaps:
        return ""
    exact = sum(gap <= _EXACT for gap in gaps)
    if exact == len(gaps):
        return "all_exact" if exact > 1 else "one_exact"
    if all(gap <= _NEAR for gap in gaps):
        return "near"
    return "some_differ" if min(gaps) <= _NEAR else "differ"


def _gaps(a: Sequence[ObjectMeasure], b: Sequence[ObjectMeasure]) -> list[float]:
    """Give the relative difference of each dimension that both records have."""
    first = {measure.dimension: measure.value for measure in a}
    second = {measure.dimension: measure.value for measure in b}
    return [
        abs(first[name] - second[name]) / max(first[name], second[name])
        for name in sorted(first.keys() & second.keys())
    ]


def _compare_inscriptions(a: ObjectRecord, b: ObjectRecord, model: ObjectModel) -> str:
    if not a.inscriptions or not b.inscriptions:
        return ""
    share, bits = _common(a.inscriptions, b.inscriptions, model)
    if share >= _EQUAL[0] and bits >= _PART[1]:
        return "same"
    return "part" if share >= 0.5 and bits >= _WEAK_BITS else "differ"


def _compare_culture(a: ObjectRecord, b: ObjectRecord, _model: ObjectModel) -> str:
    if not a.culture or not b.culture:
        return ""
    return "same" if set(a.culture) & set(b.culture) else "differ"


def _compare_century(a: ObjectRecord, b: ObjectRecord, _model: ObjectModel) -> str:
    if not a.centuries or not b.centuries:
        return ""
    return "same" if set(a.centuries) & set(b.centuries) else "differ"


def _compare_description(a: ObjectRecord, b: ObjectRecord, model: ObjectModel) -> str:
    if not a.description or not b.description:
        return ""
    share, bits = _common(a.description, b.description, model)
    steps = {"equal": _EQUAL, "strong": _STRONG, "part": _PART}
    for level, (least_share, least_bits) in steps.items():
        known = level in model.weights["description"]
        if known and share >= least_share and bits >= least_bits:
            return level
    return "weak" if bits >= _WEAK_BITS else "differ"


def _common(a: Sequence[str], b: Sequence[str], model: ObjectModel) -> tuple[float, float]:
    """Weigh what two texts have in common: its share of the lighter text, and its bits."""
    bits = _bits(set(a) & set(b), model)
    return bits / min(_bits(set(a), model), _bits(set(b), model)), bits


def _bits(terms: set[str], model: ObjectModel) -> float:
    return sum([model.bits_of(term) for term in sorted(terms)])


_COMPARED: Mapping[str, Callable[[ObjectRecord, ObjectRecord, ObjectModel], str]] = {
    "type": _compare_type,
    "materials": _compare_materials,
    "measures": _compare_measures,
    "inscriptions": _compare_inscriptions,
    "culture": _compare_culture,
    "century": _compare_century,
    "description": _compare_description,
}
