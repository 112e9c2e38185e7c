"""Examine this machine: space, the rights of the data folder, certificates, releases."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificates

from infra.doctor.check import Check, CheckResult
from infra.private_files import FOR_OTHERS
from infra.setting_keys import SETTINGS, SettingForm
from infra.settings import Settings, StatedSetting
from schemas.i18n import _

FEW_BYTES = 10 * 2**30
"""Below this much free space the operator is warned; a rebuild needs room for a second copy."""
TOO_FEW_BYTES = 2**30
FEW_DAYS = 30
"""A certificate that ends sooner is renewed now: an institution takes weeks to issue one."""
_SHOWN = 3


def check_release() -> Check:
    """Say which release and which Python run here."""
    return Check(
        _("release"),
        CheckResult.OK,
        _(
            "Quipu {release}, Python {python}.",
            release=version("quipu"),
            python=platform.python_version(),
        ),
    )


def check_space(folder: Path) -> Check:
    """Examine the free space of the disk of a folder that exists."""
    free = shutil.disk_usage(folder).free
    gigabytes = f"{free / 2**30:.1f}"
    seen = _("{folder} has {gigabytes} GiB free.", folder=folder, gigabytes=gigabytes)
    if free >= FEW_BYTES:
        return Check(_("disk"), CheckResult.OK, seen)
    result = CheckResult.WARNING if free >= TOO_FEW_BYTES else CheckResult.FAILED
    return Check(_("disk"), result, seen, _("Make room, or move the data folder to a larger disk."))


def check_rights(home: Path) -> Check:
    """Examine whether another user of the machine can read anything in the data folder."""
    if not stat.S_IMODE(home.stat().st_mode) & FOR_OTHERS:
        return Check(_("rights"), CheckResult.OK, _("The data folder is closed to other users."))
    open_files = [str(path) for path in _open_entries(home)]
    return Check(
        _("rights"),
        CheckResult.FAILED,
        _(
            "Other users of this machine can enter the data folder; open to them: {paths}.",
            paths=", ".join(open_files[:_SHOWN]) or home,
        ),
        _("Run `chmod -R go= {home}`. If keys were open, rotate them.", home=home),
    )


def _open_entries(home: Path) -> Iterator[Path]:
    """Yield the files of keys, passwords and tokens that others may read."""
    for folder in ("keys", "credentials", "access", "nodes"):
        for parent, _folders, names in os.walk(home / folder):
            for path in (Path(parent, name) for name in names):
                if path.lstat().st_mode & FOR_OTHERS:
                    yield path


def check_certificates(
    stated: Mapping[str, StatedSetting], home: Path, now: datetime
) -> list[Check]:
    """Examine how long the certificates of the settings hold. `now`: aware, UTC."""
    paths = {
        home / Path(stated[setting.key].value).expanduser(): setting.key
        for setting in SETTINGS
        if setting.form is SettingForm.FILE
        and setting.key.endswith(("ca_file", "cert_file"))
        and setting.key in stated
    }
    return [_certificate(path, key, now) for path, key in paths.items() if path.is_file()]


def _certificate(path: Path, key: str, now: datetime) -> Check:
    subject = _("certificate {key}", key=key)
    try:
        ends = min(
            certificate.not_valid_after_utc
            for certificate in load_pem_x509_certificates(path.read_bytes())
        )
    except ValueError as error:
        return Check(
            subject,
            CheckResult.FAILED,
            _("{path} is no certificate in PEM ({error}).", path=path, error=error),
            _("Ask who issued it for the file in PEM."),
        )
    days = (ends - now).days
    seen = _("{path} holds {days} days more.", path=path, days=days)
    if days >= FEW_DAYS:
        return Check(subject, CheckResult.OK, seen)
    return Check(
        subject,
        CheckResult.WARNING if ends > now else CheckResult.FAILED,
        seen
        if ends > now
        else _("{path} ended on {day}.", path=path, day=ends.astimezone(UTC).date().isoformat()),
        _("Have a new one issued, put it in the same place and restart the processes."),
    )


def home_of(settings: Settings) -> Path:
    """Return the data folder, or the nearest folder above it that exists."""
    return next(path for path in (settings.home, *settings.home.parents) if path.exists())
