"""The scripts of an export: run by R and Python, and the do-file by the meaning of its commands in Stata's manual.

Table 10, by hand from table A4 and A8 of the annex, is that which the report prints.
"""

import subprocess
import sys

import pyreadstat
import pytest
from conftest import rscript
from exhibits_data import export_of_the_report
from stata_interpreter import DoFile

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.data_package import data_package
from collective_efficiency.exhibits.export_scripts import export_scripts, stata_text
from collective_efficiency.exhibits.stata_file import stata_file

TABLE_10 = [
    ["High", "4", "3.0000", "3.0000", "1.0000", "0.7500"],
    ["Medium", "6", "2.5000", "2.3333", "0.3333", "0.0000"],
    ["Low", "1", "2.0000", "2.0000", "0.0000", "1.0000"],
]


@pytest.fixture(scope="module", params=["zero", "omit"])
def folder(report, clusters, cells, request, tmp_path_factory):
    """An export whose n.a. counts so, with one more n.a. among the clusters of natural resources."""
    columns, frame = export_of_the_report(report, clusters, cells)
    if request.param == "omit":
        frame.loc[frame["cluster"] == "colchagua-wine", "functional"] = "n.a."
    folder = tmp_path_factory.mktemp("export")
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    (folder / "clusters.csv").write_bytes(content)
    (folder / "clusters.dta").write_bytes(stata_file(frame, columns))
    (folder / "datapackage.json").write_text(data_package("report", {}, content, columns), encoding="utf-8")
    for name, text in export_scripts(columns, Choices(request.param), "By hand.").items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "way").write_text(request.param)
    return folder


def expected(folder):
    """Colchagua's 0 left out, functional upgrading of the clusters of a medium degree is 2 over 5, not over 6."""
    if (folder / "way").read_text() == "zero":
        return TABLE_10
    return [TABLE_10[0], ["Medium", "6", "2.5000", "2.3333", "0.4000", "0.0000"], TABLE_10[2]]


def table_shown(text):
    """The lines of the table in what a script printed."""
    lines = [line.split() for line in text.splitlines()]
    return [line for line in lines if line and line[0] in ("High", "Medium", "Low")]


def test_python_makes_table_10(folder):
    done = subprocess.run([sys.executable, "clusters.py"], cwd=folder, capture_output=True, text=True, check=True)
    assert table_shown(done.stdout) == expected(folder)


def test_r_makes_table_10(folder):
    done = subprocess.run([rscript("haven"), "clusters.R"], cwd=folder, capture_output=True, text=True, check=True)
    assert table_shown(done.stdout) == expected(folder)


def test_r_keeps_the_order_of_the_degree_and_words_for_codes(folder):
    code = """
    sink(tempfile()); source("clusters.R"); sink()
    cat(paste(levels(labelled$degree_printed), collapse = " < "), is.ordered(labelled$degree_printed), "\\n")
    cat(sum(labelled$degree_printed >= "Medium"), levels(labelled$market)[3], "\\n")
    """
    done = subprocess.run([rscript("haven"), "-e", code], cwd=folder, capture_output=True, text=True, check=True)
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0] == "Low < Medium < High TRUE"
    assert lines[1].endswith("global chain")


def test_the_do_file_makes_table_10_and_what_the_dta_file_holds(folder):
    done = DoFile(folder, "clusters.do")
    shown = [
        [
            done.labels["degree"][f"{row['degree_recomputed']:.0f}"],
            str(row["n"]),
            *(f"{value:.4f}" for value in list(row.values())[2:]),
        ]
        for row in done.listed
    ]
    assert shown == expected(folder)
    frame, meta = pyreadstat.read_dta(folder / "clusters.dta", user_missing=True)
    assert list(done.columns) == list(frame.columns)
    assert [done.titles[name] for name in frame.columns] == meta.column_labels
    for name in frame.columns:
        values = [f".{value}" if value in ("a", "b") else value for value in frame[name]]
        assert done.columns[name] == values, name
        if name in done.labels_of:
            own = done.labels[done.labels_of[name]]
            labels = {str(code): word for code, word in meta.variable_value_labels[name].items()}
            assert own == {f".{code}" if code in ("a", "b") else code: word for code, word in labels.items()}


def test_a_name_is_text_in_a_do_file():
    assert stata_text('a "b" `c\' $d') == "a 'b' 'c' \\$d"
