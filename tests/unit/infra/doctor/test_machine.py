"""infra.doctor.machine: rights of the data folder, and how long certificates hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.doctor.check import Check, CheckResult, worst
from infra.doctor.machine import check_certificates, check_rights
from infra.settings import StatedSetting
from schemas.i18n import _
from tests.support.certificates import TestAuthority


def test_a_key_that_others_can_read_is_named(tmp_path: Path) -> None:
    password = tmp_path / "credentials" / "kafka-sink.password"
    password.parent.mkdir(mode=0o700)
    password.write_text("x")
    password.chmod(0o640)
    tmp_path.chmod(0o700)
    assert check_rights(tmp_path).result is CheckResult.OK  # nobody gets as far as the file
    tmp_path.chmod(0o755)
    check = check_rights(tmp_path)
    assert check.result is CheckResult.FAILED
    assert str(password) in check.seen.in_language("en")


@pytest.mark.parametrize(
    ("days", "result"),
    [(-40, CheckResult.OK), (0, CheckResult.WARNING), (2, CheckResult.FAILED)],
)
def test_a_certificate_warns_before_it_ends(tmp_path: Path, days: int, result: CheckResult) -> None:
    authority = TestAuthority(tmp_path, "ca")  # it ends in a day
    stated = {"kafka_ca_file": StatedSetting(authority.file.name, "quipu.toml")}
    (check,) = check_certificates(stated, tmp_path, datetime.now(UTC) + timedelta(days=days))
    assert check.result is result


def test_a_file_that_is_no_certificate_fails(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN NOTHING-----\n")
    stated = {"api_cert_file": StatedSetting("ca.pem", "QUIPU_API_CERT_FILE")}
    (check,) = check_certificates(stated, tmp_path, datetime.now(UTC))
    assert check.result is CheckResult.FAILED
    assert check.remedy is not None


def test_the_gravest_verdict_decides() -> None:
    checks = [Check(_("disk"), result, _("disk")) for result in CheckResult]
    assert worst(checks) is CheckResult.FAILED
    assert worst(checks[:1]) is CheckResult.OK
    assert worst([checks[0], checks[3]]) is CheckResult.UNKNOWN
    assert worst([]) is CheckResult.OK
