"""`make determinism`: runs under other settings, which must make the same bytes, and a table of their digests.

Of each setting every value occurs in some run, not each with each. `--python` names further interpreters, each with the
project's locks installed. It ends with status 1 if two runs differ.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "workflow")]

from conftest import STUDIES, copy_project, enable  # noqa: E402  a script, see faults.py

RUNS = (  # cores, folder, environment
    (2, "plain", {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}),
    (1, 'it\'s a "path" 🍇', {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}),
    (4, "São José", {"LC_ALL": "de_DE.UTF-8", "TZ": "America/Bogota", "PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "1"}),
    (2, "ar", {"LC_ALL": "ar_EG.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONOPTIMIZE": "2"}),
    (2, "haswell", {"OPENBLAS_CORETYPE": "Haswell"}),
    (2, "prescott", {"OPENBLAS_CORETYPE": "Prescott"}),
)


def made_locales(folder: Path) -> dict[str, str]:
    """The environment in which the locales of RUNS exist, made by glibc's localedef; without it they mean C."""
    for name in {environment["LC_ALL"].partition(".")[0] for *_, environment in RUNS if "LC_ALL" in environment} - {
        "C"
    }:
        subprocess.run(
            ["localedef", "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8"], check=True, capture_output=True
        )
    return {"LOCPATH": str(folder)}


def digest_of(folder: Path) -> str:
    """SHA-256 of the names and the bytes of all files below."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def digest_of_run(python: str, cores: int, folder: Path, environment: dict[str, str]) -> str:
    """The digest of the results of a run with the example studies under these settings."""
    copy_project(folder)
    enable(folder, *STUDIES[:2])
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | environment
    command = [python, "-m", "snakemake", "--cores", str(cores)]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    return digest_of(folder / "results") if done.returncode == 0 else f"failed: {done.stderr[-300:]}"


def main() -> int:
    """Print the table; the answer is 1 if two digests differ."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--python", nargs="*", default=[], help="other interpreters, with the locks installed")
    runs = [(sys.executable, *run) for run in RUNS]
    runs += [(python, 2, f"other {number}", {}) for number, python in enumerate(options.parse_args().python)]
    found = set()
    print("| Python | cores | folder | settings | digest |\n| --- | ---: | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "locales").mkdir()
        locales = made_locales(Path(name) / "locales")
        for python, cores, folder, environment in runs:
            version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout.split()[
                1
            ]
            digest = digest_of_run(python, cores, Path(name) / folder, locales | environment)
            settings = ", ".join(f"{key}={value}" for key, value in environment.items())
            print(f"| {version} | {cores} | `{folder}` | {settings} | {digest[:16]} |", flush=True)
            found.add(digest)
    print(f"\n{len(runs)} runs, {len(found)} different digests")
    return int(len(found) > 1)


if __name__ == "__main__":
    sys.exit(main())
