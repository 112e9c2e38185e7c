"""All rules that hold together, and the question the stream asks of them: could these members ever
have fired one?
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from streams.rules.parser import parse
from streams.rules.rule import GRADES, Rule

HERE = Path(__file__).parent / "library"
OCCURRED = "occurred"
CACHE_SIZE = 20_000


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


class Grading(NamedTuple):
    """A rule in one of its grades: what an indicator of a thing is of."""

    rule: Rule
    grade: str
mutants_xǁMemberClassǁtext__mutmut: MutantDict = {}  # type: ignore
mutants_xǁMemberClassǁread__mutmut: MutantDict = {}  # type: ignore


class MemberClass(NamedTuple):
    """What the rules see of a member before they compare it with another: all members alike in this
    are one to them.

    It is a `Seen`: of what is only compared, it says that it is known.
    """

    type: str
    country: str
    certainty: str
    known: tuple[str, ...]  # of what conditions between two members ask for, what it has
    traits_read: tuple[tuple[str, str], ...]  # the traits that roles ask for

    @property
    def traits(self) -> Mapping[str, str]:
        return {**dict.fromkeys(self.known, "known"), **dict(self.traits_read)}

    @property
    def occurred(self) -> int | None:
        return 0 if OCCURRED in self.known else None

    @_mutmut_mutated(mutants_xǁMemberClassǁtext__mutmut)
    def text(self) -> str:
        """For the state."""
        return "\t".join(
            [
                self.type,
                self.country,
                self.certainty,
                " ".join(self.known),
                *(f"{name}={value}" for name, value in self.traits_read),
            ]
        )

    def xǁMemberClassǁtext__mutmut_orig(self) -> str:
        """For the state."""
        return "\t".join(
            [
                self.type,
                self.country,
                self.certainty,
                " ".join(self.known),
                *(f"{name}={value}" for name, value in self.traits_read),
            ]
        )

    def xǁMemberClassǁtext__mutmut_1(self) -> str:
        """For the state."""
        return "\t".join(
            None
        )

    def xǁMemberClassǁtext__mutmut_2(self) -> str:
        """For the state."""
        return "XX\tXX".join(
            [
                self.type,
                self.country,
                self.certainty,
                " ".join(self.known),
                *(f"{name}={value}" for name, value in self.traits_read),
            ]
        )

    def xǁMemberClassǁtext__mutmut_3(self) -> str:
        """For the state."""
        return "\t".join(
            [
                self.type,
                self.country,
                self.certainty,
                " ".join(None),
                *(f"{name}={value}" for name, value in self.traits_read),
            ]
        )

    def xǁMemberClassǁtext__mutmut_4(self) -> str:
        """For the state."""
        return "\t".join(
            [
                self.type,
                self.country,
                self.certainty,
                "XX XX".join(self.known),
                *(f"{name}={value}" for name, value in self.traits_read),
            ]
        )

    @staticmethod
    @_mutmut_mutated(mutants_xǁMemberClassǁread__mutmut)
    def read(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_orig(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_1(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = None
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_2(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split(None)
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_3(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("XX\tXX")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_4(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = None
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_5(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple(None)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_6(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition(None)[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_7(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.rpartition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_8(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("XX=XX")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_9(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[1], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_10(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition(None)[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_11(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.rpartition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_12(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("XX=XX")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_13(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[3]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_14(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(None, country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_15(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, None, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_16(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, None, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_17(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, None, traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_18(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), None)

    @staticmethod
    def xǁMemberClassǁread__mutmut_19(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(country, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_20(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, certainty, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_21(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, tuple(known.split()), traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_22(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, traits)

    @staticmethod
    def xǁMemberClassǁread__mutmut_23(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), )

    @staticmethod
    def xǁMemberClassǁread__mutmut_24(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(None), traits)

mutants_xǁMemberClassǁtext__mutmut['_mutmut_orig'] = MemberClass.xǁMemberClassǁtext__mutmut_orig # type: ignore # mutmut generated
mutants_xǁMemberClassǁtext__mutmut['xǁMemberClassǁtext__mutmut_1'] = MemberClass.xǁMemberClassǁtext__mutmut_1 # type: ignore # mutmut generated
mutants_xǁMemberClassǁtext__mutmut['xǁMemberClassǁtext__mutmut_2'] = MemberClass.xǁMemberClassǁtext__mutmut_2 # type: ignore # mutmut generated
mutants_xǁMemberClassǁtext__mutmut['xǁMemberClassǁtext__mutmut_3'] = MemberClass.xǁMemberClassǁtext__mutmut_3 # type: ignore # mutmut generated
mutants_xǁMemberClassǁtext__mutmut['xǁMemberClassǁtext__mutmut_4'] = MemberClass.xǁMemberClassǁtext__mutmut_4 # type: ignore # mutmut generated

mutants_xǁMemberClassǁread__mutmut['_mutmut_orig'] = MemberClass.xǁMemberClassǁread__mutmut_orig # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_1'] = MemberClass.xǁMemberClassǁread__mutmut_1 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_2'] = MemberClass.xǁMemberClassǁread__mutmut_2 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_3'] = MemberClass.xǁMemberClassǁread__mutmut_3 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_4'] = MemberClass.xǁMemberClassǁread__mutmut_4 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_5'] = MemberClass.xǁMemberClassǁread__mutmut_5 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_6'] = MemberClass.xǁMemberClassǁread__mutmut_6 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_7'] = MemberClass.xǁMemberClassǁread__mutmut_7 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_8'] = MemberClass.xǁMemberClassǁread__mutmut_8 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_9'] = MemberClass.xǁMemberClassǁread__mutmut_9 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_10'] = MemberClass.xǁMemberClassǁread__mutmut_10 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_11'] = MemberClass.xǁMemberClassǁread__mutmut_11 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_12'] = MemberClass.xǁMemberClassǁread__mutmut_12 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_13'] = MemberClass.xǁMemberClassǁread__mutmut_13 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_14'] = MemberClass.xǁMemberClassǁread__mutmut_14 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_15'] = MemberClass.xǁMemberClassǁread__mutmut_15 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_16'] = MemberClass.xǁMemberClassǁread__mutmut_16 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_17'] = MemberClass.xǁMemberClassǁread__mutmut_17 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_18'] = MemberClass.xǁMemberClassǁread__mutmut_18 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_19'] = MemberClass.xǁMemberClassǁread__mutmut_19 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_20'] = MemberClass.xǁMemberClassǁread__mutmut_20 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_21'] = MemberClass.xǁMemberClassǁread__mutmut_21 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_22'] = MemberClass.xǁMemberClassǁread__mutmut_22 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_23'] = MemberClass.xǁMemberClassǁread__mutmut_23 # type: ignore # mutmut generated
mutants_xǁMemberClassǁread__mutmut['xǁMemberClassǁread__mutmut_24'] = MemberClass.xǁMemberClassǁread__mutmut_24 # type: ignore # mutmut generated


class KindFields(NamedTuple):
    """What the rules of one kind of thing look at."""

    rules: tuple[Rule, ...]
    traits: tuple[str, ...]  # that roles ask for
    compared: tuple[str, ...]  # traits that conditions between two members ask for
    timed: bool  # whether such conditions ask when it occurred
mutants_xǁRuleBookǁ__init____mutmut: MutantDict = {}  # type: ignore
mutants_xǁRuleBookǁof_kind__mutmut: MutantDict = {}  # type: ignore
mutants_xǁRuleBookǁclass_of__mutmut: MutantDict = {}  # type: ignore
mutants_xǁRuleBookǁ_find_text__mutmut: MutantDict = {}  # type: ignore
mutants_xǁRuleBookǁ_possible_gradings__mutmut: MutantDict = {}  # type: ignore


class RuleBook:
    """The rules by id. `fingerprint` (32 bytes) changes with any of them."""

    @_mutmut_mutated(mutants_xǁRuleBookǁ__init____mutmut)
    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_orig(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_1(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = None
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_2(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(None, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_3(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, None) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_4(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_5(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, ) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_6(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(None)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_7(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = None
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_8(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            None
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_9(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(None).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_10(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "XX\0XX".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_11(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(None)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_12(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = None
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_13(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted(None)
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_14(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = None
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_15(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields(None)
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_16(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind not in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_17(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = None
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_18(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(None)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_19(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(None)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def xǁRuleBookǁ__init____mutmut_20(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = None

    def xǁRuleBookǁ__init____mutmut_21(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(None)

    def xǁRuleBookǁ__init____mutmut_22(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(None)(self._find_text)

    @_mutmut_mutated(mutants_xǁRuleBookǁof_kind__mutmut)
    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """The rules that look at things of this kind, by id."""
        return self._kind_fields[kind].rules if kind in self._kind_fields else ()

    def xǁRuleBookǁof_kind__mutmut_orig(self, kind: str) -> tuple[Rule, ...]:
        """The rules that look at things of this kind, by id."""
        return self._kind_fields[kind].rules if kind in self._kind_fields else ()

    def xǁRuleBookǁof_kind__mutmut_1(self, kind: str) -> tuple[Rule, ...]:
        """The rules that look at things of this kind, by id."""
        return self._kind_fields[kind].rules if kind not in self._kind_fields else ()

    @_mutmut_mutated(mutants_xǁRuleBookǁclass_of__mutmut)
    def class_of(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_orig(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_1(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = None
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_2(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(None)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_3(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is not None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_4(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return "XXXX"
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_5(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = None
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_6(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(None)
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_7(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(None))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_8(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = None
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_9(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple(None)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_10(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name not in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_11(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            None,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_12(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            None,
        )

    def xǁRuleBookǁclass_of__mutmut_13(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_14(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            )

    def xǁRuleBookǁclass_of__mutmut_15(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                None,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_16(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                None,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_17(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                None,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_18(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                None,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_19(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                None,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_20(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_21(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_22(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_23(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_24(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                ),
        )

    def xǁRuleBookǁclass_of__mutmut_25(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed or occurred is not None else known,
                asked,
            ),
        )

    def xǁRuleBookǁclass_of__mutmut_26(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is None else known,
                asked,
            ),
        )

    @_mutmut_mutated(mutants_xǁRuleBookǁ_find_text__mutmut)
    def _find_text(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.type, member.traits) for rule in self.of_kind(kind))
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_orig(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.type, member.traits) for rule in self.of_kind(kind))
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_1(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(None)
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_2(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(None, member.traits) for rule in self.of_kind(kind))
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_3(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.type, None) for rule in self.of_kind(kind))
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_4(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.traits) for rule in self.of_kind(kind))
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_5(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.type, ) for rule in self.of_kind(kind))
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_6(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.type, member.traits) for rule in self.of_kind(None))
            else ""
        )

    def xǁRuleBookǁ_find_text__mutmut_7(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.type, member.traits) for rule in self.of_kind(kind))
            else "XXXX"
        )

    @_mutmut_mutated(mutants_xǁRuleBookǁ_possible_gradings__mutmut)
    def _possible_gradings(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_orig(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_1(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = None
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_2(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(None) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_3(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(None)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_4(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = None
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_5(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(None, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_6(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, None)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_7(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_8(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, )) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_9(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(None)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_10(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            None
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_11(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(None, grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_12(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, None) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_13(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(grade) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_14(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, ) for rule, there in grades for grade in GRADES if grade in there
        )

    def xǁRuleBookǁ_possible_gradings__mutmut_15(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade not in there
        )

mutants_xǁRuleBookǁ__init____mutmut['_mutmut_orig'] = RuleBook.xǁRuleBookǁ__init____mutmut_orig # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_1'] = RuleBook.xǁRuleBookǁ__init____mutmut_1 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_2'] = RuleBook.xǁRuleBookǁ__init____mutmut_2 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_3'] = RuleBook.xǁRuleBookǁ__init____mutmut_3 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_4'] = RuleBook.xǁRuleBookǁ__init____mutmut_4 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_5'] = RuleBook.xǁRuleBookǁ__init____mutmut_5 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_6'] = RuleBook.xǁRuleBookǁ__init____mutmut_6 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_7'] = RuleBook.xǁRuleBookǁ__init____mutmut_7 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_8'] = RuleBook.xǁRuleBookǁ__init____mutmut_8 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_9'] = RuleBook.xǁRuleBookǁ__init____mutmut_9 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_10'] = RuleBook.xǁRuleBookǁ__init____mutmut_10 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_11'] = RuleBook.xǁRuleBookǁ__init____mutmut_11 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_12'] = RuleBook.xǁRuleBookǁ__init____mutmut_12 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_13'] = RuleBook.xǁRuleBookǁ__init____mutmut_13 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_14'] = RuleBook.xǁRuleBookǁ__init____mutmut_14 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_15'] = RuleBook.xǁRuleBookǁ__init____mutmut_15 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_16'] = RuleBook.xǁRuleBookǁ__init____mutmut_16 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_17'] = RuleBook.xǁRuleBookǁ__init____mutmut_17 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_18'] = RuleBook.xǁRuleBookǁ__init____mutmut_18 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_19'] = RuleBook.xǁRuleBookǁ__init____mutmut_19 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_20'] = RuleBook.xǁRuleBookǁ__init____mutmut_20 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_21'] = RuleBook.xǁRuleBookǁ__init____mutmut_21 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ__init____mutmut['xǁRuleBookǁ__init____mutmut_22'] = RuleBook.xǁRuleBookǁ__init____mutmut_22 # type: ignore # mutmut generated

mutants_xǁRuleBookǁof_kind__mutmut['_mutmut_orig'] = RuleBook.xǁRuleBookǁof_kind__mutmut_orig # type: ignore # mutmut generated
mutants_xǁRuleBookǁof_kind__mutmut['xǁRuleBookǁof_kind__mutmut_1'] = RuleBook.xǁRuleBookǁof_kind__mutmut_1 # type: ignore # mutmut generated

mutants_xǁRuleBookǁclass_of__mutmut['_mutmut_orig'] = RuleBook.xǁRuleBookǁclass_of__mutmut_orig # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_1'] = RuleBook.xǁRuleBookǁclass_of__mutmut_1 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_2'] = RuleBook.xǁRuleBookǁclass_of__mutmut_2 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_3'] = RuleBook.xǁRuleBookǁclass_of__mutmut_3 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_4'] = RuleBook.xǁRuleBookǁclass_of__mutmut_4 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_5'] = RuleBook.xǁRuleBookǁclass_of__mutmut_5 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_6'] = RuleBook.xǁRuleBookǁclass_of__mutmut_6 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_7'] = RuleBook.xǁRuleBookǁclass_of__mutmut_7 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_8'] = RuleBook.xǁRuleBookǁclass_of__mutmut_8 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_9'] = RuleBook.xǁRuleBookǁclass_of__mutmut_9 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_10'] = RuleBook.xǁRuleBookǁclass_of__mutmut_10 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_11'] = RuleBook.xǁRuleBookǁclass_of__mutmut_11 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_12'] = RuleBook.xǁRuleBookǁclass_of__mutmut_12 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_13'] = RuleBook.xǁRuleBookǁclass_of__mutmut_13 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_14'] = RuleBook.xǁRuleBookǁclass_of__mutmut_14 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_15'] = RuleBook.xǁRuleBookǁclass_of__mutmut_15 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_16'] = RuleBook.xǁRuleBookǁclass_of__mutmut_16 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_17'] = RuleBook.xǁRuleBookǁclass_of__mutmut_17 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_18'] = RuleBook.xǁRuleBookǁclass_of__mutmut_18 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_19'] = RuleBook.xǁRuleBookǁclass_of__mutmut_19 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_20'] = RuleBook.xǁRuleBookǁclass_of__mutmut_20 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_21'] = RuleBook.xǁRuleBookǁclass_of__mutmut_21 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_22'] = RuleBook.xǁRuleBookǁclass_of__mutmut_22 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_23'] = RuleBook.xǁRuleBookǁclass_of__mutmut_23 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_24'] = RuleBook.xǁRuleBookǁclass_of__mutmut_24 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_25'] = RuleBook.xǁRuleBookǁclass_of__mutmut_25 # type: ignore # mutmut generated
mutants_xǁRuleBookǁclass_of__mutmut['xǁRuleBookǁclass_of__mutmut_26'] = RuleBook.xǁRuleBookǁclass_of__mutmut_26 # type: ignore # mutmut generated

mutants_xǁRuleBookǁ_find_text__mutmut['_mutmut_orig'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_orig # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_find_text__mutmut['xǁRuleBookǁ_find_text__mutmut_1'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_1 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_find_text__mutmut['xǁRuleBookǁ_find_text__mutmut_2'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_2 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_find_text__mutmut['xǁRuleBookǁ_find_text__mutmut_3'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_3 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_find_text__mutmut['xǁRuleBookǁ_find_text__mutmut_4'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_4 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_find_text__mutmut['xǁRuleBookǁ_find_text__mutmut_5'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_5 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_find_text__mutmut['xǁRuleBookǁ_find_text__mutmut_6'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_6 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_find_text__mutmut['xǁRuleBookǁ_find_text__mutmut_7'] = RuleBook.xǁRuleBookǁ_find_text__mutmut_7 # type: ignore # mutmut generated

mutants_xǁRuleBookǁ_possible_gradings__mutmut['_mutmut_orig'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_orig # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_1'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_1 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_2'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_2 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_3'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_3 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_4'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_4 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_5'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_5 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_6'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_6 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_7'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_7 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_8'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_8 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_9'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_9 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_10'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_10 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_11'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_11 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_12'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_12 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_13'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_13 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_14'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_14 # type: ignore # mutmut generated
mutants_xǁRuleBookǁ_possible_gradings__mutmut['xǁRuleBookǁ_possible_gradings__mutmut_15'] = RuleBook.xǁRuleBookǁ_possible_gradings__mutmut_15 # type: ignore # mutmut generated
mutants_x__grades__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__grades__mutmut)
def _grades(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_orig(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_1(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = None
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_2(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role not in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_3(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(None, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_4(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, None)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_5(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_6(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, )]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_7(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(None, b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_8(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, None) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_9(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(b) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_10(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, ) for a in first for b in second if a.country != b.country}


def x__grades__mutmut_11(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country == b.country}

mutants_x__grades__mutmut['_mutmut_orig'] = x__grades__mutmut_orig # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_1'] = x__grades__mutmut_1 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_2'] = x__grades__mutmut_2 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_3'] = x__grades__mutmut_3 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_4'] = x__grades__mutmut_4 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_5'] = x__grades__mutmut_5 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_6'] = x__grades__mutmut_6 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_7'] = x__grades__mutmut_7 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_8'] = x__grades__mutmut_8 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_9'] = x__grades__mutmut_9 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_10'] = x__grades__mutmut_10 # type: ignore # mutmut generated
mutants_x__grades__mutmut['x__grades__mutmut_11'] = x__grades__mutmut_11 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__kind_fields__mutmut)
def _kind_fields(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_orig(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_1(rules_: Sequence[Rule]) -> KindFields:
    traits = None
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_2(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = None
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_3(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_4(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        None,
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_5(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        None,
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_6(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        None,
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_7(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        None,
    )


def x__kind_fields__mutmut_8(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_9(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_10(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_11(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        )


def x__kind_fields__mutmut_12(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(None),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_13(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(None),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_14(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(None)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_15(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(None),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_16(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(None)),
        any(rule.days or rule.until for rule in rules_),
    )


def x__kind_fields__mutmut_17(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(None),
    )


def x__kind_fields__mutmut_18(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days and rule.until for rule in rules_),
    )

mutants_x__kind_fields__mutmut['_mutmut_orig'] = x__kind_fields__mutmut_orig # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_1'] = x__kind_fields__mutmut_1 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_2'] = x__kind_fields__mutmut_2 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_3'] = x__kind_fields__mutmut_3 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_4'] = x__kind_fields__mutmut_4 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_5'] = x__kind_fields__mutmut_5 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_6'] = x__kind_fields__mutmut_6 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_7'] = x__kind_fields__mutmut_7 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_8'] = x__kind_fields__mutmut_8 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_9'] = x__kind_fields__mutmut_9 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_10'] = x__kind_fields__mutmut_10 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_11'] = x__kind_fields__mutmut_11 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_12'] = x__kind_fields__mutmut_12 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_13'] = x__kind_fields__mutmut_13 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_14'] = x__kind_fields__mutmut_14 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_15'] = x__kind_fields__mutmut_15 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_16'] = x__kind_fields__mutmut_16 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_17'] = x__kind_fields__mutmut_17 # type: ignore # mutmut generated
mutants_x__kind_fields__mutmut['x__kind_fields__mutmut_18'] = x__kind_fields__mutmut_18 # type: ignore # mutmut generated
mutants_x_rules__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_rules__mutmut)
def rules(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_orig(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_1(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = None
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_2(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding=None) for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_3(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="XXutf-8XX") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_4(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="UTF-8") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_5(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(None)}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_6(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob(None))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_7(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("XX*.tomlXX"))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_8(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.TOML"))}
    return RuleBook({**own, **(texts or {})})


def x_rules__mutmut_9(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook(None)


def x_rules__mutmut_10(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts and {})})

mutants_x_rules__mutmut['_mutmut_orig'] = x_rules__mutmut_orig # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_1'] = x_rules__mutmut_1 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_2'] = x_rules__mutmut_2 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_3'] = x_rules__mutmut_3 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_4'] = x_rules__mutmut_4 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_5'] = x_rules__mutmut_5 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_6'] = x_rules__mutmut_6 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_7'] = x_rules__mutmut_7 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_8'] = x_rules__mutmut_8 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_9'] = x_rules__mutmut_9 # type: ignore # mutmut generated
mutants_x_rules__mutmut['x_rules__mutmut_10'] = x_rules__mutmut_10 # type: ignore # mutmut generated
