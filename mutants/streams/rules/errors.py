"""What can be wrong with a rule's file."""


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
mutants_xǁRuleErrorǁ__init____mutmut: MutantDict = {}  # type: ignore


class RuleError(ValueError):
    """The file, the key and what it should be are in the message."""

    @_mutmut_mutated(mutants_xǁRuleErrorǁ__init____mutmut)
    def __init__(self, name: str, key: str, detail: str) -> None:
        super().__init__(f"{name}: {key}: {detail}")
        self.name = name
        self.key = key

    def xǁRuleErrorǁ__init____mutmut_orig(self, name: str, key: str, detail: str) -> None:
        super().__init__(f"{name}: {key}: {detail}")
        self.name = name
        self.key = key

    def xǁRuleErrorǁ__init____mutmut_1(self, name: str, key: str, detail: str) -> None:
        super().__init__(None)
        self.name = name
        self.key = key

    def xǁRuleErrorǁ__init____mutmut_2(self, name: str, key: str, detail: str) -> None:
        super().__init__(f"{name}: {key}: {detail}")
        self.name = None
        self.key = key

    def xǁRuleErrorǁ__init____mutmut_3(self, name: str, key: str, detail: str) -> None:
        super().__init__(f"{name}: {key}: {detail}")
        self.name = name
        self.key = None

mutants_xǁRuleErrorǁ__init____mutmut['_mutmut_orig'] = RuleError.xǁRuleErrorǁ__init____mutmut_orig # type: ignore # mutmut generated
mutants_xǁRuleErrorǁ__init____mutmut['xǁRuleErrorǁ__init____mutmut_1'] = RuleError.xǁRuleErrorǁ__init____mutmut_1 # type: ignore # mutmut generated
mutants_xǁRuleErrorǁ__init____mutmut['xǁRuleErrorǁ__init____mutmut_2'] = RuleError.xǁRuleErrorǁ__init____mutmut_2 # type: ignore # mutmut generated
mutants_xǁRuleErrorǁ__init____mutmut['xǁRuleErrorǁ__init____mutmut_3'] = RuleError.xǁRuleErrorǁ__init____mutmut_3 # type: ignore # mutmut generated
