"""The options of a question gather into one value each."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    grade_option,
    not_found,
    rule_option,
    with_page_options,
    with_query_options,
)
from consumers.identity.identity import open_identity
from consumers.identity.local_access import (
    NoLocalTokenError,
    ensure_token,
    prepare_local_access,
)
from consumers.identity.narrowing import WiderReaderError
from consumers.query.paging import PageRange
from consumers.query.series import SeriesFilter
from infra.cli.root import main
from infra.command_line import command
from infra.errors import QuipuError
from infra.local_user import owner_name
from infra.settings import load
from tests.support.identity import analyst

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def _series_filter(rule: str, grade: str) -> SeriesFilter:
    return SeriesFilter(rule, grade)


@pytest.fixture
def calls() -> list[tuple[QueryContext, SeriesFilter, PageRange]]:
    return []


@pytest.fixture
def question(calls: list[tuple[QueryContext, SeriesFilter, PageRange]]) -> click.Command:
    @command("question")
    @gathered("filter_", _series_filter, rule_option, grade_option)
    @with_page_options
    @with_query_options
    def ask(context: QueryContext, filter_: SeriesFilter, page: PageRange) -> None:
        calls.append((context, filter_, page))
        assert context.reader is context.reader

    return ask


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder as the first start leaves it, and an analyst of Colombia on this machine."""
    settings = load({"QUIPU_HOME": str(tmp_path)})
    with open_identity(settings) as identity:
        prepare_local_access(settings, identity)
        identity.accounts.add(analyst("ana", groups=frozenset({"A", "B", "C"})), "test")
        ensure_token(settings, identity, "ana", "ana")
    return tmp_path


def ask(question: click.Command, home: Path, *arguments: str) -> None:
    settings = load({"QUIPU_HOME": str(home)})
    result = CliRunner().invoke(question, arguments, obj=settings, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_a_command_takes_who_asks_a_filter_and_a_page(
    question: click.Command,
    calls: list[tuple[QueryContext, SeriesFilter, PageRange]],
    home: Path,
) -> None:
    ask(
        question,
        home,
        *("--as", "CO/analyst/GREEN", "--groups", "A,B", "--as-of", "2018-07-01", "--json"),
        *("--rule", "same-phone", "--grade", "certain", "--limit", "3", "--offset", "4"),
    )
    ((context, filter_, page),) = calls
    assert (context.reader.person, context.reader.groups) == (
        "ana",
        frozenset({"A", "B"}),
    )
    assert context.reader.clearance == "GREEN"
    assert (context.as_of, context.as_json) == (1_530_489_599_999, True)
    assert filter_ == SeriesFilter("same-phone", "certain")
    assert page == PageRange(3, 4)


def test_what_is_left_out_means_any_and_now(
    question: click.Command,
    calls: list[tuple[QueryContext, SeriesFilter, PageRange]],
    home: Path,
) -> None:
    ask(question, home)
    ((context, filter_, page),) = calls
    assert (context.reader.person, context.as_of, context.as_json) == (owner_name(), None, False)
    assert (context.reader.country, context.reader.clearance) == ("MEC", "AMBER")
    assert filter_ == SeriesFilter()
    assert page == PageRange(50, 0)


def test_a_desk_asks_as_its_settings_say_unless_told_otherwise(
    question: click.Command,
    calls: list[tuple[QueryContext, SeriesFilter, PageRange]],
    home: Path,
) -> None:
    """Usability finding O15: an officer forgets --as and sees more than his desk."""
    (home / "quipu.toml").write_text('as = "CO/analyst/GREEN"\n', encoding="utf-8")
    ask(question, home)
    ask(question, home, "--as", "CO/analista/AMBER")
    readers = [context.reader for context, _filter, _page in calls]
    assert [(reader.country, reader.clearance) for reader in readers] == [
        ("CO", "GREEN"),
        ("CO", "AMBER"),
    ]
    settings = load({"QUIPU_HOME": str(home)})
    assert load(settings.environ()) == settings


def test_a_reader_that_cannot_be_is_refused_with_an_example(
    question: click.Command, home: Path
) -> None:
    with pytest.raises(QuipuError, match="CO/analyst/AMBER"):
        ask(question, home, "--as", "nobody")


@pytest.mark.parametrize(
    "options",
    [
        ("--as", "CO/analyst/RED"),
        ("--as", "PE/analyst/GREEN"),
        ("--as", "CO/analyst/AMBER", "--groups", "other"),
        ("--exercise", "other"),
    ],
)
def test_more_than_every_account_of_this_machine_is_refused(
    question: click.Command, home: Path, options: tuple[str, ...]
) -> None:
    with pytest.raises(WiderReaderError):
        ask(question, home, *options)


def test_what_asks_nothing_needs_no_token(tmp_path: Path) -> None:
    @command("verify")
    @with_query_options
    def verify(context: QueryContext) -> None:
        assert not context.as_json

    ask(verify, tmp_path)


def test_without_a_token_there_is_no_question(question: click.Command, tmp_path: Path) -> None:
    with pytest.raises(NoLocalTokenError):
        ask(question, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("reader", ["CO/jefe/AMBER", "XX/analyst/AMBER", "CO", "CO/analyst/BLUE"])
def test_a_reader_that_does_not_exist_is_named_before_anything_is_opened(
    question: click.Command, tmp_path: Path, reader: str
) -> None:
    with pytest.raises(QuipuError) as caught:
        CliRunner().invoke(
            question,
            ["--as", reader],
            obj=load({"QUIPU_HOME": str(tmp_path / "nowhere")}),
            catch_exceptions=False,
        )
    assert caught.value.code == "READER"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("request show", "quipu request list"),
        ("watch-list show", "quipu watch-list list"),
        ("person-report", "quipu indicators"),
    ],
)
def test_what_is_not_there_is_looked_for_in_the_list_of_its_kind(path: str, remedy: str) -> None:
    context, group = click.Context(main, info_name="quipu"), main
    for name in path.split():
        command = group.get_command(context, name)
        assert command is not None
        context = click.Context(command, context, info_name=name)
        group = command  # type: ignore[assignment]
    with context:
        assert remedy in str(not_found("1f0e9a2b").remedy)
