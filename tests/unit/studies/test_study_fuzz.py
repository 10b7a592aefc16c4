"""Whatever a folder holds: a study that keeps every rule, or problems with their places; never anything else."""

import json
import re
import unicodedata

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from studies_data import HEADER, PROJECT, ROWS, YAML, files, known, table, workbook

from collective_efficiency.choices import Choices
from collective_efficiency.files import package
from collective_efficiency.files.yaml_files import load_yaml
from collective_efficiency.problems import BadInputError
from collective_efficiency.studies.guessed_study import guess_study
from collective_efficiency.studies.raters import MOST_RATERS
from collective_efficiency.studies.study import read_studies
from collective_efficiency.studies.study_results import study_clusters, study_indices, study_ratings
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, ITEMS, UPGRADING

GOOD = [
    {path.name: path.read_bytes() for path in (PROJECT / "data/studies" / name).iterdir()}
    for name in ("example_simple", "example_raters")
] + [files(), files(workbook(("Data", [HEADER, *ROWS])), name="clusters.xlsx")]
FILES = ("study.yaml", "clusters.csv", "clusters.xlsx")
ODD = [
    b"", b",", b";", b"\t", b"\n", b"\r", b'"', b"'", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe9",
    "é".encode(), b"=1+1", b"@x", b"-", b"n.a.", b"3.5", b"-1", b"2,5", b"1e9", b"../..", b"{{", b"}}", b"*a", b"&a",
    b"!!python/object", b"total", b"Average", b"sinos-footwear", b"traditional", b"x" * 2000, "\u202e".encode(),
    b"\x1b[2J", b"[" * 50,
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(["", "0", "3", "1.5", "2,5", "n.a.", "-", "NA", "4", "x", "a-b", "cops", "wine", "total"]),
    st.text(max_size=8),
)


@st.composite
def spoiled(draw):
    """The files of a good study with a few bytes replaced, and sometimes a file less or more."""
    found = dict(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(found)))
        content = found[name]
        start = draw(st.integers(0, len(content)))
        stop = start + draw(st.sampled_from([0, 0, 1, 1, 3, 40]))
        found[name] = content[:start] + draw(st.sampled_from(ODD)) + content[stop:]
    if draw(st.integers(0, 9)) == 0:
        found.pop(draw(st.sampled_from(sorted(found))))
    if draw(st.integers(0, 9)) == 0:
        found[draw(st.sampled_from(FILES))] = draw(st.binary(max_size=60))
    return found


@st.composite
def tables(draw):
    """A table of any cells under mostly known headings."""
    header = draw(st.permutations([*HEADER, "rater", "eei", "degree", "market"]))
    header = header[: draw(st.integers(len(header) - 2, len(header)))]
    quoted = lambda text: '"' + text.replace('"', '""') + '"'  # noqa: E731
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=4))
    return table([list(map(quoted, row)) for row in rows], header).encode("utf-8", "surrogatepass")


def problems_of(folder, raters):
    """The study, and no problems; or no study, and its problems."""
    try:
        return read_studies({"ethiopia": folder}, known(), raters)[0], ()
    except BadInputError as error:
        return None, error.problems


def look(folder, raters="median"):
    """Read the study and check what came of it with rules of this test's own."""
    study, problems = problems_of(folder, raters)
    assert (study is None) == bool(problems)
    for problem in problems:
        assert problem.file.startswith("data/studies/ethiopia/")
        assert problem.message
        assert str(problem).isprintable(), problem
    if study is None:
        return
    scored = study_clusters(study, raters)
    assert tuple(scored.columns) == CLUSTER_COLUMNS
    assert scored["cluster"].is_unique
    written = study_ratings(study)
    assert len(written["cluster"]) == len({*zip(written["cluster"], written["rater"], strict=True)})
    for item in ITEMS:
        assert all(re.fullmatch(r"[0-2]\.\d\d(\d{6})?|3\.00|n\.a\.", text) for text in written[item])
    for kind in UPGRADING:
        assert all(re.fullmatch(r"[0-2]\.\d\d(\d{6})?|3\.00|n\.a\.|", text) for text in written[kind])
    for chain in GOVERNANCE:
        assert all(re.fullmatch(r"[0-3]|n\.a\.|", text) for text in written[chain])
    sectors = {*known().sectors, *(row["sector"] for row in study.sectors)}
    assert set(scored["sector"]) <= sectors
    for row in scored.to_dict("records"):
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", row["cluster"])
        assert row["name"].strip()
        assert not any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for text in row.values() for letter in text)
    indices = study_indices(study, scored, Choices())
    assert len(indices) == 2 * len(scored)
    assert set(indices["degree"]) <= {"High", "Medium", "Low", ""}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled(), st.sampled_from(["median", "mean"]))
def test_spoiled_files(folder, raters):
    look(folder, raters)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_tables_of_any_cells(content):
    look(files(content))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300))
@example(b"\xff\xfe", b"\xfe\xff\xd8\x00")
@example(b"", b"\x0b")
def test_any_bytes(described, content):
    look({"study.yaml": described, "clusters.csv": content})
    look({"study.yaml": YAML.encode(), "clusters.xlsx": content})


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
        lambda each: st.one_of(st.lists(each, max_size=3), st.dictionaries(st.text(max_size=5), each, max_size=3)),
        max_leaves=6,
    ),
    st.sampled_from(sorted(package.schema("study.schema")["properties"])),
)
def test_any_value_of_a_key(value, key):
    described = YAML + f"{key}: {json.dumps(value)}\n" if f"{key}:" not in YAML else YAML
    described = re.sub(rf"^{key}: .*$", lambda _: f"{key}: {json.dumps(value)}", described, flags=re.M)
    look(files(described=described))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(tables(), st.binary(max_size=200), st.text(alphabet='ab;,\t\n"1é{:', max_size=60).map(str.encode)))
def test_guesses_from_any_table_are_yaml(content):
    try:
        guessed = guess_study("ethiopia", "a: b.csv", content, known())
    except BadInputError:
        return
    document, problems = load_yaml("study.yaml", guessed.text.encode(), {})
    assert problems == []
    assert document["file"] == "a: b.csv"


@given(st.integers(1, MOST_RATERS + 2), st.sampled_from(["median", "mean"]))
def test_any_number_of_raters(count, raters):
    rows = [(ROWS[0][0], f"R{number}", *ROWS[0][1:]) for number in range(count)]
    look(files(table(rows, ("cluster", "rater", *HEADER[1:]))), raters)
