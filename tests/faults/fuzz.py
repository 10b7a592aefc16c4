"""`make fuzz`: mutated inputs for each reader, the predicates of claims and the checks of an audit.

`python tests/faults/fuzz.py` tries so many mutations of each target, by a seed; with `--guided`, of one target,
and guided by the coverage of the library, where atheris is installed (it is not among the pins). An input may be
refused in words, or accepted as the schema allows; anything else, or more than `SECONDS`, is printed with its bytes and
ends it with status 1.
"""

import argparse
import faulthandler
import inspect
import random
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "workflow"))

from jsonschema import Draft202012Validator  # noqa: E402  the library's path is set above

from collective_efficiency.audit.folder import audit_files_of_report  # noqa: E402
from collective_efficiency.choices import Choices  # noqa: E402
from collective_efficiency.claims.language.grammar import compile_predicate  # noqa: E402
from collective_efficiency.claims.language.nodes import Fact, PredicateError  # noqa: E402
from collective_efficiency.claims.worlds import ReportRecords  # noqa: E402
from collective_efficiency.files.csv_files import read_csv  # noqa: E402
from collective_efficiency.files.package import schema  # noqa: E402
from collective_efficiency.files.sheets.reading import READERS, read_grids  # noqa: E402
from collective_efficiency.files.yaml_files import checked_yaml, load_yaml  # noqa: E402
from collective_efficiency.problems import BadInputError, Problem  # noqa: E402
from collective_efficiency.report.ingest import cell_records, read_report  # noqa: E402

SECONDS = 10
REPORT = PROJECT / "data/report"
PIECES = (
    b"", b"0", b"010", b"1e3", b"1_0", b".nan", b"~", b"yes", b"- ", b": ", b"? ", b"&a ", b"*a", b"!!str ", b"<<: *a",
    b"[", b"]", b"{", b"}", b'"', b"'", b"|\n", b">\n", b"#", b"\n", b"\r", b"\r\n", b"  ", b"\t", b"\0", b"\xff",
    b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xcc\x81", b",", b";", b"sep=;\n", b"(", b")", b" and ", b" not ", b"==", b"<",
    b">=", b"*", b"**", b"/0", b"-", b"every(", b"count(", b"mean(", b"lambda: 1", b"9" * 40, b"x" * 300,
    b"<td colspan=9>", b"</table>", b"&#0;", b"<!--", b"PK\x03\x04",
)  # fmt: skip


def yaml_target(content: bytes) -> None:
    """What the strict reader accepts fits the schema, by another validator, and is what the fast reader reads."""
    allowed = schema("config.schema")
    document, problems = load_yaml("config.yaml", content, allowed)
    if not problems:
        assert document == checked_yaml(content)
        Draft202012Validator(allowed).validate(document)


def csv_target(content: bytes) -> None:
    """What is read has the columns and a text for each."""
    problems: list[Problem] = []
    read = read_csv("A1.csv", content, ["row", "ce"], problems)
    assert problems or read is not None
    assert read is None or all(row.keys() == set(read.columns) for _, row in read.rows)


def sheet_target(content: bytes) -> None:
    """The columns of a grid have one length. The first byte says which format the file is named after."""
    endings = (".csv", ".tsv", *READERS)
    problems: list[Problem] = []
    grids = read_grids(f"a{endings[content[0] % len(endings)] if content else '.csv'}", content[1:], problems)
    assert (grids is None) == bool(problems)
    assert all(len(column) == grid.height for grid in grids or () for column in grid.columns)


def _predicate_target(claims: Mapping[str, Any]) -> Callable[[bytes], None]:
    files = {path.name: path.read_bytes() for path in [*REPORT.glob("*.csv"), REPORT / "tables.yaml"]}
    report = read_report(files)
    facts = {name: Fact(Fraction(3), "1") for claim in claims.values() for name in claim.get("facts", ())}
    vocabulary = ReportRecords(cell_records(report), report.clusters, {}, Choices()).vocabulary

    def predicate_target(content: bytes) -> None:
        """A predicate is compiled, and can be said in words, or refused by the language itself."""
        with suppress(PredicateError):
            assert compile_predicate(content.decode(errors="replace"), vocabulary, facts).words

    return predicate_target


TABLES = b"""\
formats: {whole: {decimal: "."}}
layouts:
  counts:
    a: {kind: fact, format: whole}
    b: {kind: fact, format: whole}
    sum: {kind: fact, format: whole}
tables:
  T1: {title: Counts, layout: counts, summary: [total]}
"""
TABLE = b"row,label,a,b,sum\nx,X,1,2,3.0\ny,Y,2,2,5.0\ntotal,Total,3,4,8.0\n"


def checks_target(content: bytes) -> None:
    """The checks of a small folder are carried out, or refused in words."""
    with suppress(BadInputError):
        audit_files_of_report({"tables.yaml": TABLES, "T1.csv": TABLE, "checks.yaml": content})


def _texts(document: object, key: str) -> Iterable[str]:
    if isinstance(document, dict):
        for name, value in document.items():
            yield from [value] if name == key and isinstance(value, str) else _texts(value, key)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value, key)


def targets() -> dict[str, tuple[Callable[[bytes], None], list[bytes]]]:
    """Each target with what its mutations begin from: the project's own files."""
    ledger = checked_yaml((REPORT / "claims.yaml").read_bytes())
    kinds = (
        b"sum\n  of: [a, b]",
        b"average\n  of: [a, b]",
        b"formula\n  formula: a + b / 2",
        b"inequality\n  holds: a <= b",
    )
    checks = [
        b"checks:\n- id: s\n  layouts: [counts]\n"
        + (b"" if b"holds" in kind else b"  target: sum\n")
        + b"  kind: "
        + kind
        for kind in kinds
    ]
    table = (REPORT / "A1.csv").read_bytes()[:400]
    page = b"<h1>A</h1><table><tr><th colspan=2>a<th>b</tr><tr><td>1<td>2<td>3</table>"
    markdown = b"# A\n\n| a | b |\n|---|--:|\n| 1 | **2** |\n"
    beginnings = [table, table, b"PK", b"PK", b"<stata_dta>", b"$FL2", page, markdown]  # one of each ending
    sheets = [bytes([at]) + content for at, content in enumerate(beginnings)]
    return {
        "yaml": (yaml_target, [(PROJECT / "config.yaml").read_bytes(), b"degree: {high: 9.5, low: 5}\nstudies: [a]\n"]),
        "csv": (csv_target, [b"row,ce\naverage,6.50\n", b'ce,row\r\n"6,5","a\nb"\r\n']),
        "sheets": (sheet_target, sheets),
        "predicates": (
            _predicate_target(ledger["claims"]),
            [text.encode() for text in _texts(ledger, "holds_if")],
        ),
        "checks": (checks_target, checks),
    }


def mutated(draw: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with a few places replaced: by a piece, a part of another seed, or nothing."""
    content = draw.choice(seeds)
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        start = draw.randint(0, len(content))
        stop = min(start + draw.choice((0, 0, 1, 2, 8, 64)), len(content))
        other = draw.choice(seeds)
        at = draw.randint(0, len(other))
        piece = draw.choice((draw.choice(PIECES), other[at : at + draw.randint(0, 32)], bytes([draw.randint(0, 255)])))
        content = content[:start] + piece + content[stop:]
    return content


def tried(target: Callable[[bytes], None], seeds: Sequence[bytes], count: int, seed: str) -> tuple[float, list[str]]:
    """The longest time that one of so many mutations took, and what came out wrong."""
    draw, slowest, wrong = random.Random(seed), 0.0, []
    for _ in range(count):
        content = mutated(draw, seeds)
        start = time.process_time()
        faulthandler.dump_traceback_later(10 * SECONDS, exit=True)  # what never ends
        try:
            target(content)
        except Exception as error:  # whatever it is, it is what this looks for
            wrong.append(f"{type(error).__name__}: {error}; of {content!r}")
        slowest = max(slowest, time.process_time() - start)
        if time.process_time() - start > SECONDS:
            wrong.append(f"{time.process_time() - start:.0f} seconds; of {content!r}")
    faulthandler.cancel_dump_traceback_later()
    return slowest, wrong


def main() -> int:
    """Try all targets, and print a line each; the answer is 1 if anything came out wrong."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--count", type=int, default=20_000, help="mutations of each target")
    options.add_argument("--guided", help="only this target, by atheris, until so many mutations were tried")
    asked = options.parse_args()
    found = targets()
    if asked.guided:
        import atheris

        for name, module in list(sys.modules.items()):
            for member in vars(module).values() if name.startswith("collective_efficiency") else ():
                if inspect.isfunction(member) and member.__module__ == name:
                    atheris.instrument_func(member)
        target, seeds = found[asked.guided]
        draw = random.Random(asked.guided)
        atheris.Setup(
            [sys.argv[0], f"-runs={asked.count}", f"-timeout={SECONDS}", "-max_len=4096"],
            target,
            custom_mutator=lambda data, most, _: mutated(draw, [data, *seeds])[:most],
        )
        atheris.Fuzz()
    bad = 0
    print("| target | mutations | slowest | wrong |\n| --- | ---: | ---: | --- |", flush=True)
    for name, (target, seeds) in found.items():
        slowest, wrong = tried(target, seeds, asked.count, name)
        print(f"| {name} | {asked.count:,} | {slowest:.2f} s | {'; '.join(wrong[:5]) or 'none'} |", flush=True)
        bad += len(wrong)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
