"""The file for Stata, read by pandas and by R (haven), which have readers of their own; no Stata is at hand."""

import io
import subprocess

import pandas as pd
import pytest
from conftest import rscript
from exhibits_data import export_of_the_report

from collective_efficiency.exhibits.stata_file import stata_file


@pytest.fixture(scope="module")
def exported(report, clusters, cells):
    return export_of_the_report(report, clusters, cells)


def read_by_pandas(content, **options):
    with pd.read_stata(io.BytesIO(content), iterator=True) as reader:
        return reader.read(convert_categoricals=False, **options), reader.value_labels(), reader.variable_labels()


def test_pandas_reads_it(exported):
    columns, frame = exported
    back, labels, titles = read_by_pandas(stata_file(frame, columns))
    assert list(back.columns) == list(frame.columns)
    for column in columns:
        assert titles[column.name] == column.title
        known = [column.value(text) for text in frame[column.name]]
        if column.numbered:
            assert [None if pd.isna(value) else value for value in back[column.name]] == [
                None if isinstance(value, str) else value for value in known
            ]
            named = next(words for name, words in labels.items() if name.rstrip("0123456789") == column.name)
            assert {code: word for code, word in named.items() if code < 10**6} == column.value_labels
        else:
            assert list(back[column.name]) == known


def test_what_the_source_lacks_and_what_was_never_scored_are_two_missing_values(exported):
    columns, frame = exported
    back, _, _ = read_by_pandas(stata_file(frame, columns), convert_missing=True)
    for name in ("information", "intersectoral", "market"):
        expected = {"n.a.": ".a", "": ".b"}
        assert [str(value) for value in back[name] if str(value)[0] == "."] == [
            expected[text] for text in frame[name] if text in expected
        ]


def test_haven_reads_it_in_r(exported, tmp_path):
    columns, frame = exported
    (tmp_path / "clusters.dta").write_bytes(stata_file(frame, columns))
    code = """
    made <- haven::read_dta("clusters.dta")
    cat(nrow(made), ncol(made), "\\n")
    labels <- attr(made$market, "labels")
    cat(labels[!is.na(labels)], names(labels), sep = "|"); cat("\\n")
    cat(attr(made$ce_printed, "label"), "\\n")
    cat(sprintf("%.4f", sum(made$ce_recomputed, na.rm = TRUE)), table(haven::na_tag(made$information)),
        table(haven::na_tag(made$intersectoral)), "\\n")
    degree <- made$degree_printed[made$cluster == "blumenau-software"]
    cat(as.numeric(degree), as.character(haven::as_factor(degree)), "\\n")
    """
    done = subprocess.run([rscript("haven"), "-e", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    lines = [line.strip() for line in done.stdout.splitlines()]
    total = frame["ce_recomputed"].astype(float).sum()
    lacking, never = (frame["information"] == "n.a.").sum(), (frame["intersectoral"] == "").sum()
    missing = "n.a.: the source has no score|never scored"
    assert lines == [
        f"{len(frame)} {frame.shape[1]}",
        f"0|1|2|3|absent|domestic chain|global chain|domestic and global chain|{missing}",
        "Collective efficiency index, printed",
        f"{total:.4f} {lacking} {never}",
        "2 High",
    ]


def test_no_time_of_writing_is_in_it(exported):
    columns, frame = exported
    content = stata_file(frame, columns)
    assert b"<timestamp>\x1101 Jan 2004 00:00</timestamp>" in content
    assert content == stata_file(frame, columns)


def test_a_column_that_nobody_scored_and_a_long_name(exported):
    columns, frame = exported
    spoiled = frame.assign(hierarchy="", name=["ñ" * 1000, *frame["name"][1:]])
    back, _, _ = read_by_pandas(stata_file(spoiled, columns), convert_missing=True)
    assert {str(value) for value in back["hierarchy"]} == {".b"}
    assert back["name"][0] == "ñ" * 1000
