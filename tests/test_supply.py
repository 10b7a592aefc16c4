"""What the project rests on: pinned by digest, listed, and under licences that go with its own."""

import json
import re

from conftest import PROJECT
from locks import RUN, TEST, entries
from supply import COMPATIBLE, LICENCES, SBOM, licence, packages, sbom

FROM_SOURCE = {"connection-pool", "odfpy"}  # no wheel of theirs exists: their own setup.py runs, once, as it was pinned


def test_the_bill_of_materials_is_that_of_the_locks():
    """Run `make supply` after `make lock`."""
    assert json.loads(SBOM.read_text(encoding="utf-8")) == sbom()
    names = [component["bom-ref"] for component in sbom()["components"]]
    assert len(names) == len(set(names)) == len(entries(RUN)) + len(entries(TEST))


def test_every_package_is_listed_with_its_version_and_a_compatible_licence():
    page = LICENCES.read_text(encoding="utf-8")
    for lock in (RUN, TEST):
        for name, version, _ in packages(lock):
            (said,) = re.findall(
                rf"^\| {re.escape(name)} \| {re.escape(version)} \| .* \| (.*) \|$", page, re.MULTILINE
            )
            assert any(word in said for word in COMPATIBLE), f"{name}: {said}"
            installed = licence(name)
            assert not installed or any(word in installed for word in COMPATIBLE), f"{name}: {installed}"


def test_every_package_is_pinned_by_digest_and_nothing_else_is_installed():
    for lock in (RUN, TEST):
        assert all(digests for _, _, digests in packages(lock))
        assert not re.search(r"https?://|git\+|^-", lock.read_text(encoding="utf-8"), re.MULTILINE)
    single = {name for lock in (RUN, TEST) for name, _, digests in packages(lock) if len(digests) == 1}
    assert single == FROM_SOURCE
    made = (PROJECT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install(?:.|\\\n)*", made)
    assert installs
    assert all("--require-hashes" in line for line in installs)
    for name in ("Makefile", "Containerfile", ".ci/run"):
        assert not re.search(r"\b(curl|wget)\b", (PROJECT / name).read_text(encoding="utf-8"))
