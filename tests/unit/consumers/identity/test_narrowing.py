"""A query may ask for less than its account may see, never for more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.identity.account import AccountError, UserAccount, check_account
from consumers.identity.narrowing import Narrowing, WiderReaderError, narrow
from schemas.codes import code_sets
from schemas.errors import ReaderRefusedError
from schemas.model import COUNTRIES, Label
from schemas.release.rules import TLP, release
from tests.support.identity import analyst

COUNTRY = st.sampled_from([*COUNTRIES, "MEC"])
AUTHORITY = st.sampled_from([None, "PONAL", "PNP"])
ROLES = st.frozensets(st.sampled_from(sorted(code_sets()["role"])), min_size=1)
GROUPS = st.frozensets(st.sampled_from(["frontera", "cóndor", "ana.rojas"]))
PURPOSE = st.sampled_from(["", *sorted(code_sets()["purpose"])])
ACCOUNTS = st.builds(
    UserAccount,
    st.just("ana.rojas"),
    COUNTRY,
    AUTHORITY,
    ROLES,
    st.sampled_from(TLP),
    GROUPS,
    st.frozensets(st.just("simulacro")),
)
RECIPIENT = st.sampled_from(
    ["ALL", *COUNTRIES, "CO/PONAL", "PE/PNP", "@frontera", "@cóndor", "@ana.rojas"]
)
LABELS = st.builds(
    Label,
    country=COUNTRY,
    authority=st.sampled_from(["PONAL", "PNP"]),
    recipients=st.lists(RECIPIENT, min_size=1, max_size=4).map(tuple),
    tlp=st.sampled_from(TLP),
    handling=st.lists(st.sampled_from(["H0", "H1", "H2", "H3"]), max_size=2).map(tuple),
    condition=st.sampled_from([None, "no court"]),
    purpose=st.just("investigation"),
    exercise=st.sampled_from([None, "simulacro"]),
)
NARROWINGS = st.builds(
    lambda country, authority, role, clearance, groups, purpose, exercise, whole: Narrowing(
        None if whole else "/".join(part for part in (country, authority, role, clearance) if part),
        groups,
        purpose,
        exercise,
    ),
    COUNTRY,
    AUTHORITY,
    st.sampled_from(sorted(code_sets()["role"])),
    st.sampled_from(TLP),
    st.one_of(st.none(), GROUPS),
    PURPOSE,
    st.sampled_from([None, "simulacro", "another"]),
    st.booleans(),
)


@given(ACCOUNTS, NARROWINGS, LABELS)
def test_narrowing_never_gives_more(
    account: UserAccount, narrowing: Narrowing, label: Label
) -> None:
    try:
        reader = narrow(account, narrowing)
    except WiderReaderError:
        return
    whole = narrow(account, replace(narrowing, as_reader=None, groups=None))
    if release(label, reader).released:
        assert release(label, whole).released
    assert (reader.person, reader.country) == (account.name, account.country)
    assert reader.roles <= account.roles
    assert reader.groups <= account.groups


@pytest.mark.parametrize(
    "narrowing",
    [
        Narrowing("PE/analyst/AMBER"),
        Narrowing("CO/officer/AMBER"),
        Narrowing("CO/analyst/RED"),
        Narrowing("CO/PNP/analyst/AMBER"),
        Narrowing(groups=frozenset({"cóndor"})),
        Narrowing(exercise="simulacro"),
    ],
)
def test_more_than_the_account_has_is_refused(narrowing: Narrowing) -> None:
    with pytest.raises(WiderReaderError):
        narrow(analyst(), narrowing)


def test_a_purpose_that_there_is_not_is_refused() -> None:
    with pytest.raises(ReaderRefusedError):
        narrow(analyst(), Narrowing(purpose="curiosity"))


@pytest.mark.parametrize(
    "account",
    [
        analyst("Ana"),
        analyst("ana@rojas"),
        analyst("a"),
        analyst(country="XX"),
        analyst(clearance="TOP"),
        analyst(roles=frozenset()),
        analyst(roles=frozenset({"root"})),
        analyst(groups=frozenset({"a@b"})),
        analyst(authority="CO/PONAL"),
    ],
)
def test_an_account_that_cannot_be_is_refused(account: UserAccount) -> None:
    with pytest.raises(AccountError):
        check_account(account)
