"""tests.conventions.names: what it finds, and what it leaves alone."""

from pathlib import Path

import pytest

from tests.conventions.names import (
    NameRules,
    check,
    check_module,
    find_classes,
    read_rules,
    repeated_classes,
)

RULES = NameRules(("product",), ("product", "tests"), frozenset({"told", "one"}), 5)


@pytest.mark.parametrize(
    "code",
    [
        "told = 1",
        "def send(told): ...",
        "def told(): ...",
        "for one in (): ...",
        "[one for one in ()]",
        "self.told = 1",
        "try: ...\nexcept ValueError as told: ...",
        "match 1:\n    case told: ...",
        "import os as told",
        "with open('x') as told: ...",
    ],
)
def test_a_forbidden_name_is_found_wherever_it_is_bound(code: str) -> None:
    findings = list(check_module("a.py", code, RULES))
    assert findings
    assert all(finding.path == "a.py" for finding in findings)


@pytest.mark.parametrize("code", ["event = 1", "print(told)", "'told'", "count(one=1)"])
def test_what_binds_no_forbidden_name_is_left_alone(code: str) -> None:
    assert list(check_module("a.py", code, RULES)) == []


def test_a_docstring_of_four_words_says_too_little() -> None:
    assert list(check_module("a.py", 'def f():\n    """One two three four."""', RULES))
    assert not list(check_module("a.py", 'def f():\n    """One two three four five."""', RULES))
    assert not list(check_module("a.py", "def f(): ...", RULES))


def test_a_class_name_stands_once() -> None:
    places = [*find_classes("a.py", "class Page: ..."), *find_classes("b.py", "class Page: ...")]
    (finding,) = repeated_classes(places)
    assert (finding.path, finding.line) == ("b.py", 1)
    assert "a.py:1" in finding.message


def test_classes_of_the_tests_may_repeat_those_of_the_product(tmp_path: Path) -> None:
    for folder in RULES.folders:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.py").write_text("class Page: ...\n")
    assert check(tmp_path, RULES) == []
    (tmp_path / "product" / "other.py").write_text("class Page: ...\n")
    assert len(check(tmp_path, RULES)) == 1


def test_the_rules_in_use_name_folders_that_exist() -> None:
    rules = read_rules()
    assert set(rules.packages) <= set(rules.folders)
    assert all((Path(__file__).parents[3] / folder).is_dir() for folder in rules.folders)


def test_a_variable_must_not_hide_the_catalogue() -> None:
    assert list(check_module("a.py", "def f():\n    _, b = 1, 2\n    return _('text')", RULES))
    assert not list(check_module("a.py", "def f():\n    return _('text'), [1 for _ in 'a']", RULES))
