"""`make supply`: what the project rests on, from its locks: docs/sbom.cdx.json and docs/licences.md.

The first is a bill of materials (CycloneDX 1.6) with each package and its digests; the second says the licence of each,
as the package that is installed says it. A test holds both to the locks.
"""

import importlib.metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from locks import PROJECT, RUN, TEST, entries

SBOM, LICENCES = PROJECT / "docs/sbom.cdx.json", PROJECT / "docs/licences.md"
COMPATIBLE = (  # with the MIT licence of a program that requires the package and changes nothing of it
    "MIT", "BSD", "Apache", "ISC", "Python Software Foundation", "PSF-2.0", "0BSD", "Zlib", "CC0", "Public Domain",
    "Artistic", "MPL-2.0", "Mozilla Public License 2.0",
)  # fmt: skip
ELSEWHERE = {  # of packages that do not say it themselves, or that are not installed on every system
    "appnope": "BSD-2-Clause (macOS only)",
    "cffi": "MIT-0 (Windows only)",
    "colorama": "BSD License (Windows only)",
    "pycparser": "BSD-3-Clause (Windows only)",
    "pyreadline3": "BSD (Windows only)",
    "sysrsync": "MIT (its repository, gchamon/sysrsync)",
}


def packages(lock: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and SHA-256 digests of each package of a lock."""
    for entry in entries(lock):
        name, version = entry.split()[0].split("==")
        yield name, version, re.findall(r"sha256:([0-9a-f]{64})", entry)


def sbom() -> dict[str, Any]:
    """The bill of materials; the same for the same locks: it has no time and no random number."""
    about = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    subject = {"type": "application", "name": about["name"], "version": about["version"], "bom-ref": about["name"]}
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "scope": "required" if lock == RUN else "excluded",  # what only tests and linters need
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
        }
        for lock in (RUN, TEST)
        for name, version, digests in packages(lock)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": subject},
        "components": components,
    }


def licence(name: str) -> str:
    """What the package that is installed says of its licence; else what ELSEWHERE says; else nothing."""
    try:
        about = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    said: Mapping[str, Any] = about.metadata.json
    named = [line.rpartition(" :: ")[2] for line in said.get("classifier", []) if line.startswith("License ::")]
    texts = [file for file in about.files or [] if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    first = [line for file in texts[:1] for line in file.read_text(encoding="utf-8").splitlines() if line.strip()][:1]
    short = str(said.get("license", "")).split("\n")[0]
    return (
        said.get("license_expression")
        or " or ".join(named)
        or short
        or "".join(first).strip()
        or ELSEWHERE.get(name, "")
    )


def licences_page() -> str:
    """The page of all licences."""
    head = """# Licences

Of all that `make` and `make test` install, as each package says it itself. All go with the project's own MIT licence:
none of the packages is part of it, and of several licences that a package offers, one that does so is taken. Written by
`make supply` from the locks; a test compares. [sbom.cdx.json](sbom.cdx.json) has the digests (CycloneDX 1.6).

| package | version | needed for | licence |
|---|---|---|---|
"""
    rows = [
        f"| {name} | {version} | {needed} | {licence(name)} |"
        for lock, needed in ((RUN, "a run"), (TEST, "tests"))
        for name, version, _ in packages(lock)
    ]
    return head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    SBOM.write_text(json.dumps(sbom(), indent=1) + "\n", encoding="utf-8")
    LICENCES.write_text(licences_page(), encoding="utf-8")
