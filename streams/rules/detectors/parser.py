"""Parse the file of a rule over many records, checked to the last key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from pydantic import ValidationError

from schemas.words import load_table
from streams.rules.detectors.detector_rule import (
    MICRO,
    CountForm,
    DetectorRule,
    DistinctForm,
    NetworkForm,
    PathForm,
    RuleForm,
    RunForm,
    SequenceForm,
    SumForm,
    TogetherForm,
)
from streams.rules.detectors.examples import ExampleError, milliseconds_of, read_examples
from streams.rules.detectors.file_model import (
    DETECTOR_FILES,
    DETECTORS,
    CountModel,
    DetectorFile,
    DistinctModel,
    NetworkModel,
    PathModel,
    RunModel,
    SequenceModel,
    SumModel,
    TogetherModel,
)
from streams.rules.errors import RuleError
from streams.rules.file_model import RoleTable
from streams.rules.rule import RoleCondition
from streams.rules.rule_text import by_language, detector_of, holes_of
from streams.rules.trait_condition import TraitCondition

HOLES = frozenset({"group", "records", "countries", "first", "last"})
"""What every sentence may name."""
OWN_HOLES: Mapping[str, frozenset[str]] = {
    "count": frozenset(),
    "distinct": frozenset({"distinct"}),
    "sum": frozenset({"amount"}),
    "sequence": frozenset(),
    "run": frozenset({"serials"}),
    "together": frozenset({"times"}),
    "path": frozenset({"amount", "transfers"}),
    "network": frozenset({"things"}),
}
GROUPED = frozenset({"count", "distinct", "sum", "sequence", "together"})
"""Forms that need `by`; the others group by themselves."""


def is_detector_rule(text: str) -> bool:
    """Say whether a rule's text is meant to look at many records."""
    return detector_of(text) in DETECTORS


def parse_detector_rule(name: str, text: str) -> DetectorRule:
    """Parse the rule called `name`. Raises RuleError naming the rule and the key."""
    try:
        model = DETECTOR_FILES.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    except ValidationError as error:
        raise _refusal(name, error) from None
    return _Parsing(name, model).rule()


def _refusal(name: str, error: ValidationError) -> RuleError:
    """Name the key as people write it: without the form, which pydantic puts first.

    A key that is none is named before one that is missing: it may be that one, misspelt.
    """
    errors = error.errors(include_url=False)
    unknown = (item for item in errors if item["type"] == "extra_forbidden")
    first = next(unknown, errors[0])
    parts = [str(part) for part in first["loc"] if not str(part).startswith("~")]
    key = ".".join(parts[1:] if parts[:1] and parts[0] in DETECTORS else parts) or "detector"
    if first["type"] == "extra_forbidden":
        return RuleError(name, key, "is no key of this form")
    if first["type"] == "missing":
        return RuleError(name, key, "is missing")
    return RuleError(name, key, first["msg"][:1].lower() + first["msg"][1:])


class _Parsing:
    """One file on its way to a rule."""

    def __init__(self, name: str, model: DetectorFile) -> None:
        self._name, self._model = name, model
        self._kinds = load_table("kinds")

    def rule(self) -> DetectorRule:
        """Return the rule. Raises RuleError."""
        model = self._model
        self._check_by()
        self._check_holes()
        try:
            examples = read_examples(model.examples)
        except ExampleError as error:
            raise RuleError(self._name, error.key, str(error)) from None
        return DetectorRule(
            id=self._name,
            detector=model.detector,
            version=model.version,
            severity=model.severity,
            form=self._form(),
            records={role: self._role(role, tables) for role, tables in model.records.items()},
            by=tuple(model.by),
            countries=model.countries,
            hub=model.hub,
            title=by_language(model.title),
            sentence=by_language(model.sentence),
            doubt=by_language(model.doubt),
            false_positives=tuple(map(by_language, model.false_positives)),
            examples=examples,
        )

    def _role(self, role: str, tables: Sequence[RoleTable]) -> tuple[RoleCondition, ...]:
        return tuple(self._condition(f"records.{role}", table) for table in tables)

    def _condition(self, key: str, table: RoleTable) -> RoleCondition:
        if table.unless is not None:
            raise RuleError(self._name, f"{key}.unless", "is a key of the form pair alone")
        conditions = {
            field: TraitCondition(frozenset(values), False)
            if isinstance(values, list)
            else TraitCondition(frozenset(values.values), True)
            for field, values in table.__pydantic_extra__.items()
        }
        return RoleCondition(table.type, conditions)

    def _check_by(self) -> None:
        by, detector = self._model.by, self._model.detector
        if bool(by) != (detector in GROUPED):
            detail = "is missing" if detector in GROUPED else "is no key of this form"
            raise RuleError(self._name, "by", detail)
        if len([name for name in by if name in self._kinds]) > (detector != "together"):
            raise RuleError(self._name, "by", "names at most one kind of thing, beside fields")
        if len(set(by)) < len(by):
            raise RuleError(self._name, "by", "names something twice")

    def _check_holes(self) -> None:
        allowed = HOLES | OWN_HOLES[self._model.detector]
        for key, holes in holes_of(self._name, by_language(self._model.sentence)):
            if holes - allowed:
                raise RuleError(self._name, key, f"may name {', '.join(sorted(allowed))}")

    def _check_roles(self, key: str, roles: Sequence[str]) -> None:
        unknown = sorted(set(roles) - set(self._model.records))
        if unknown:
            detail = f"there is no role {unknown[0]!r} under `records`"
            raise RuleError(self._name, key, detail)

    def _form(self) -> RuleForm:
        model = self._model
        match model:
            case CountModel():
                return CountForm(milliseconds_of(model.within), model.at_least)
            case DistinctModel():
                return DistinctForm(milliseconds_of(model.within), model.distinct, model.at_least)
            case SumModel():
                return _sum_form(model)
            case SequenceModel():
                return self._sequence_form(model)
            case RunModel():
                return RunForm(model.run, model.at_least, model.gap)
            case TogetherModel():
                return self._together_form(model)
            case PathModel():
                return PathForm(
                    model.hops,
                    milliseconds_of(model.within),
                    model.loss,
                    in_millionths(model.least),
                    model.ends == "owner",
                )
            case NetworkModel():
                return self._network_form(model)
            case _:
                assert_never(model)

    def _sequence_form(self, model: SequenceModel) -> SequenceForm:
        self._check_roles("order", model.order)
        self._check_roles("absent", model.absent)
        if len(model.gaps) != len(model.order) - 1:
            detail = f"must have {len(model.order) - 1} times: one for each step after the first"
            raise RuleError(self._name, "gaps", detail)
        return SequenceForm(
            tuple(model.order),
            tuple(map(milliseconds_of, model.gaps)),
            milliseconds_of(model.slack),
            tuple(model.differ),
            tuple(model.agree),
            frozenset(model.absent),
        )

    def _network_form(self, model: NetworkModel) -> NetworkForm:
        self._check_roles("needs", list(model.needs))
        for kind in model.joined_by:
            if kind not in self._kinds:
                detail = f"names {kind!r}, which is none of {', '.join(self._kinds)}"
                raise RuleError(self._name, "joined_by", detail)
        return NetworkForm(
            frozenset(model.joined_by),
            milliseconds_of(model.within),
            model.at_least,
            model.most,
            dict(model.needs),
        )

    def _together_form(self, model: TogetherModel) -> TogetherForm:
        if model.things not in self._kinds:
            detail = f"must be one of {', '.join(self._kinds)}"
            raise RuleError(self._name, "things", detail)
        return TogetherForm(
            model.things,
            milliseconds_of(model.within),
            model.at_least,
            milliseconds_of(model.apart),
            model.share,
            model.partners,
        )


def in_millionths(number: float) -> int:
    """Return a number in whole millionths, as it is written."""
    return int(Decimal(str(number)) * MICRO)


def _sum_form(model: SumModel) -> SumForm:
    return SumForm(
        within=milliseconds_of(model.within),
        measure=model.sum,
        at_least=in_millionths(model.at_least),
        fewest=model.fewest,
        least=in_millionths(model.amounts.least),
        below=None if model.amounts.below is None else in_millionths(model.amounts.below),
        limits={country: in_millionths(limit) for country, limit in model.limits.items()},
    )
