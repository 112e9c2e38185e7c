"""The bundle: what may be inside, and what its install script refuses before it writes anything."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from consumers.console.js_libraries import FILES
from infra.deploy import bundle
from infra.kafka import jars

LOCK = """\
alpha==1.0 \\
    --hash=sha256:aa11 \\
    --hash=sha256:bb22
beta-gamma==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:cc33
"""
WHEEL = "alpha-1.0-py3-none-any.whl"


def test_the_real_lock_is_read_whole() -> None:
    text = (bundle.ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert len(bundle.constraints(text).splitlines()) == text.count("==") - text.count(" == ")
    assert sum(map(len, bundle.locked_hashes(text).values())) == text.count("--hash=sha256:")


def test_versions_and_markers_of_the_lock_bind_what_is_fetched() -> None:
    assert bundle.constraints(LOCK).splitlines() == [
        "alpha==1.0",
        "beta-gamma==2.0 ; python_full_version < '3.12'",
    ]


@pytest.mark.parametrize(
    ("wheel", "sha256", "refused"),
    [
        (WHEEL, "aa11", False),
        ("beta_gamma-2.0-cp311-cp311-manylinux_2_28_x86_64.whl", "cc33", False),
        (WHEEL, "cc33", True),
        ("alpha-1.1-py3-none-any.whl", "aa11", True),
        ("delta-1.0-py3-none-any.whl", "aa11", True),
        ("quipu-0.1.0-py3-none-any.whl", "ff00", False),
    ],
)
def test_a_wheel_that_the_lock_does_not_pin_is_refused(
    wheel: str, sha256: str, refused: bool
) -> None:
    assert bundle.unlocked({wheel: sha256}, LOCK) == [wheel] * refused


def test_pip_installs_each_wheel_by_its_one_hash() -> None:
    assert bundle.requirements({WHEEL: "aa11"}) == "alpha==1.0 --hash=sha256:aa11\n"


def test_a_wheel_without_the_pages_libraries_is_noticed(tmp_path: Path) -> None:
    wheel = tmp_path / "quipu-0.1.0-py3-none-any.whl"
    missing, *others = FILES.values()
    with ZipFile(wheel, "w") as archive:
        for path in others:
            archive.writestr(f"consumers/console/node_modules/{path}", "")
    assert [FILES[name] for name in bundle.page_libraries_missing(wheel)] == [missing]


def test_the_broker_takes_the_jars_of_the_bundle_and_copies_them_in_maven_s_layout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = tmp_path / "share" / "maven"
    jar = brought / "org" / "example" / "log" / "1.0" / "log-1.0.jar"
    jar.parent.mkdir(parents=True)
    jar.write_bytes(b"jar")
    pinned = {"org.example:log:1.0": hashlib.sha256(b"jar").hexdigest()}
    monkeypatch.setattr(jars, "BUNDLED", brought)
    monkeypatch.setattr(jars, "_pinned", lambda: pinned)
    assert jars.class_path() == [jar]
    jars.copy_jars(tmp_path / "bundle")
    assert (tmp_path / "bundle" / jar.relative_to(brought)).read_bytes() == b"jar"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle for this machine with one file and no wheel."""
    place = tmp_path / "bundle"
    (place / "wheels").mkdir(parents=True)
    (place / "wheels" / WHEEL).write_bytes(b"wheel")
    shutil.copy(Path(bundle.__file__).parent / bundle.SCRIPT, place / bundle.SCRIPT)
    (place / "platform.txt").write_text(bundle.platform_text())
    seal(place)
    return place


def seal(place: Path) -> None:
    (place / bundle.CHECKSUMS).write_text(bundle.checksums(place))


def install(place: Path, *arguments: str) -> tuple[int, str]:
    """Run the script as an operator does; its exit code and what it printed."""
    done = subprocess.run(
        [str(place / bundle.SCRIPT), "--python", sys.executable, *arguments],
        env={"PATH": "/usr/bin:/bin", "QUIPU_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_whole_bundle_for_this_machine_passes_its_check(folder: Path, tmp_path: Path) -> None:
    code, text = install(folder, "--check", "--prefix", str(tmp_path / "new"))
    assert (code, text.splitlines()[-1]) == (0, "All is well.")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("change", ["wheel", "gone", "script", "more", "link"])
def test_a_changed_file_stops_it_before_anything_is_written(
    folder: Path, tmp_path: Path, change: str
) -> None:
    if change == "wheel":
        (folder / "wheels" / WHEEL).write_bytes(b"other")
    elif change == "gone":
        (folder / "wheels" / WHEEL).unlink()
    elif change == "more":
        (folder / "wheels" / "more.whl").write_bytes(b"of somebody else")
    elif change == "link":
        (folder / "docs").symlink_to(tmp_path)
    else:
        (folder / bundle.SCRIPT).write_text((folder / bundle.SCRIPT).read_text() + "\n")
    code, text = install(folder, "--prefix", str(tmp_path / "new"))
    assert code == 1
    assert "Copy the bundle again." in text
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("here", "elsewhere", "complaint"),
    [
        ("python=3.", "python=2.", "This bundle is for Python 2."),
        (f"machine={platform.machine()}", "machine=s390x", "This bundle is for s390x"),
    ],
)
def test_another_python_or_machine_is_refused(
    folder: Path, tmp_path: Path, here: str, elsewhere: str, complaint: str
) -> None:
    path = folder / "platform.txt"
    path.write_text(path.read_text().replace(here, elsewhere))
    seal(folder)
    code, text = install(folder, "--prefix", str(tmp_path / "new"))
    assert code == 2
    assert complaint in text


def test_what_is_installed_already_is_never_written_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "mine").write_text("x")
    code, text = install(folder, "--prefix", str(tmp_path / "old"))
    assert code == 2
    assert "exists already" in text
    assert (tmp_path / "old" / "mine").read_text() == "x"


def test_an_unknown_word_shows_the_usage_and_ends_with_2(folder: Path) -> None:
    code, text = install(folder, "--prefx", "/nowhere")
    assert code == 2
    assert text.startswith("Usage: ./install.sh")
    assert max(map(len, text.splitlines())) <= 80


PYTHON_STAND_IN = f"""#!/bin/sh
case "$1 $2" in
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip")
    shift 2; echo "$PIP_CONFIG_FILE $*" > "$(dirname "$0")/pip"; [ ! -e "$STAND_IN_FAILS" ] || exit 1
    printf '#!/bin/sh\\necho quipu, version 9.9\\n' > "$(dirname "$0")/quipu"
    chmod +x "$(dirname "$0")/quipu" ;;
  *) exec {sys.executable} "$@" ;;
esac
"""
"""Does what venv and pip do to the folder, in no time; everything else is the real Python."""


@pytest.mark.parametrize("pip_fails", [False, True])
def test_only_what_is_pinned_is_installed_and_nothing_stays_where_that_fails(
    folder: Path, tmp_path: Path, pip_fails: bool
) -> None:
    for name in ("maven", "deploy", "docs"):
        (folder / name).mkdir()
        (folder / name / "file").write_text(name)
    (folder / "LICENSE").write_text("licence")
    (folder / "requirements.txt").write_text(bundle.requirements({WHEEL: "aa11"}))
    seal(folder)
    python, new = tmp_path / "python", tmp_path / "new"
    python.write_text(PYTHON_STAND_IN.replace("$STAND_IN_FAILS", str(tmp_path / "fails")))
    python.chmod(0o755)
    if pip_fails:
        (tmp_path / "fails").touch()
    code, text = install(folder, "--python", str(python), "--prefix", str(new))
    if pip_fails:
        assert (code, new.exists()) == (1, False)
        assert text.endswith("Nothing was installed.\n")
        return
    assert code == 0, text
    assert "Done: quipu, version 9.9. Try:" in text
    words = (new / "bin" / "pip").read_text().split()
    assert words[0] == "/dev/null"
    assert {"--no-index", "--require-hashes", str(folder / "requirements.txt")} <= set(words)
    assert (new / "share" / "quipu" / "maven" / "file").read_text() == "maven"
    assert (new / "share" / "quipu" / "docs" / "file").is_file()
