"""A partner's reader sees what its admission leaves; nobody else is changed by admissions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.event.admission import Partner
from schemas.model import COUNTRIES, Label, Reader
from schemas.release.admitted_reader import admitted_reader
from schemas.release.rules import CONTENT_ROLES, TLP, release

NOW = 1_700_000_000_000
readers = st.builds(
    Reader,
    person=st.just("p"),
    country=st.sampled_from([*COUNTRIES, "MEC", "AR", "BR", "UNODC"]),
    authority=st.sampled_from([None, "PFA"]),
    roles=st.frozensets(st.sampled_from(sorted(CONTENT_ROLES)), min_size=1),
    clearance=st.sampled_from(TLP),
    groups=st.frozensets(st.sampled_from(["g"])),
    purpose=st.sampled_from([None, "investigation"]),
)
labels = st.builds(
    Label,
    country=st.sampled_from([*COUNTRIES, "AR", "BR"]),
    authority=st.just("PFA"),
    recipients=st.lists(
        st.sampled_from(["ALL", "AR", "BR/PFA", "@g", "CO"]), min_size=1, max_size=2
    ).map(tuple),
    tlp=st.sampled_from(TLP),
    handling=st.just(()),
    condition=st.none(),
    purpose=st.just("investigation"),
    exercise=st.none(),
)
partners = st.dictionaries(
    st.sampled_from(["AR", "BR"]),
    st.builds(
        Partner,
        code=st.just("AR"),
        host=st.just("PE"),
        sees=st.sampled_from(["", *TLP[1:]]),
        until=st.sampled_from([None, NOW, NOW + 1]),
    ),
    min_size=1,
)


@given(readers, partners, labels)
def test_an_admission_never_shows_more_and_touches_partners_alone(
    reader: Reader, register: dict[str, Partner], label: Label
) -> None:
    admitted = admitted_reader(reader, register, NOW)
    partner = register.get(reader.country)
    if release(label, admitted).released:
        assert release(label, reader).released
    if reader.country in (*COUNTRIES, "MEC"):
        assert admitted == reader
    elif partner is None or not partner.sees or partner.until == NOW:
        assert not release(label, admitted).released
    elif label.country != reader.country and release(label, admitted).released:
        assert TLP.index(label.tlp) <= max(TLP.index(partner.sees), TLP.index("GREEN"))


@given(readers, labels)
def test_where_nobody_was_ever_admitted_accounts_decide_as_before(
    reader: Reader, label: Label
) -> None:
    assert admitted_reader(reader, {}, NOW) == reader
