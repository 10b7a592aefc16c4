"""Tables as people have them, read by a mapping alone. The scores that must come of each were written down by hand."""

import datetime

import pyreadstat
import pytest
from sheets_data import labelled, ods, rich, xlsx
from studies_data import YAML, files, known, notes, problems, read, workbook

from collective_efficiency.studies.study import read_studies
from collective_efficiency.words import ITEMS, NOT_AVAILABLE

SPANISH = (
    "Código", "Nombre del cluster", "Sector", "Rama", "País", "Mercado de trabajo", "Insumos", "Información",
    "Acceso a mercados", "Hacia atrás", "Hacia adelante", "Cooperación bilateral", "Cooperación multilateral",
)  # fmt: skip
SCORED = ("cluster", "name", "sector", "industry", "country", *ITEMS)
TANNERS = ("curtiembres", "Lima Sur", "traditional", "textiles", "Perú")
WEAVERS = ("tejidos", "Cusco", "traditional", "textiles", "Perú")


def csv(*rows, separator=","):
    return "".join(separator.join(row) + "\n" for row in rows)


def scores(study, cluster=0):
    return [study.ratings[item][cluster] for item in ITEMS]


def points(*values):
    return [NOT_AVAILABLE if value is None else f"{value:.2f}" for value in values]


def test_headings_in_spanish_labels_and_missing_marks():
    content = csv(
        SPANISH,
        (*TANNERS, "Alto", "medio", "BAJO", "nulo", "s/d", "alto", "Medio", "1"),
        (*WEAVERS, *"32101230"),
    )
    described = YAML + "columns: {Código: cluster}\nmissing: [s/d]\nvalues: {alto: 3, medio: 2, bajo: 1, nulo: 0}\n"
    study = read(content, described)
    assert scores(study) == points(3, 2, 1, 0, None, 3, 2, 1)
    assert scores(study, 1) == points(3, 2, 1, 0, 1, 2, 3, 0)
    assert study.clusters["name"] == ["Lima Sur", "Cusco"]
    for note in [
        ("column", "cluster", "under the heading 'Código'"),
        ("labour_market", "'Alto' in 1 cell", "3, by values in study.yaml"),
        ("backward", "'s/d' in 1 cell", "n.a., as study.yaml says"),
    ]:
        assert note in study.notes


def test_values_of_one_column_rule_over_those_of_all():
    content = csv(SCORED, (*TANNERS, *["si"] * 8))
    study = read(content, YAML + "values: {si: 3, inputs: {si: 1.5}, country: {perú: Peru}, name: {Lima Sur: Lima}}\n")
    assert scores(study) == points(3, 1.5, 3, 3, 3, 3, 3, 3)
    assert (study.clusters["country"], study.clusters["name"]) == (["Peru"], ["Lima"])


def test_scores_as_programs_write_them():
    """7/3 and 8/5, as doubles; 7/3 as a float of four bytes."""
    content = csv(SCORED,
                  (*TANNERS, "2.3333333333333335", "1.5999999999999999", "2.3333333", *"12301"))  # fmt: skip
    assert scores(read(content))[:3] == ["2.33333333", "1.60", "2.33333333"]


def test_na_is_a_country():
    facts = ("windhoek-meat", "Windhoek", "traditional", "textiles", "NA")
    content = csv((*SCORED[:5], "rater", *ITEMS), *((*facts, rater, *"12321111") for rater in "AB"))
    assert read(content).clusters["country"] == ["NA"]
    described = YAML + "missing: {scores: [x], facts: [NA]}\n"
    assert "the cell is empty; a new cluster needs its country" in problems(content, described)[0]


def test_letters_are_composed_in_both_files():
    content = csv(SCORED,
                  ("sao", "São Paulo", "cops", "espa\u0301rragos", "México", *"12321111"))  # fmt: skip
    assert read(content, YAML + "industries: [espárragos]\n").clusters["industry"] == ["espárragos"]
    composed = content.replace("a\u0301", "á")
    assert read(composed, YAML + "industries: [espa\u0301rragos]\n").clusters["industry"] == ["espárragos"]


def test_sectors_and_industries_by_their_printed_names():
    rows = [
        ("a", "Lima Sur", "Leather goods", "Curtiembre", "Perú", *"12321111"),
        ("b", "Cusco", "Natural resource-based", "curtiembre ", "Perú", *"12321111"),
        ("c", "Puno", "Cuero", "TEXTILES", "Perú", *"12321111"),
    ]
    described = YAML + (
        "sectors: {leather: Leather goods}\nindustries: [Curtiembre]\nvalues: {sector: {cuero: leather}}\n"
    )
    study = read(csv(SCORED, *rows), described)
    assert study.clusters["sector"] == ["leather", "natural_resource", "leather"]
    assert study.clusters["industry"] == ["Curtiembre", "Curtiembre", "textiles"]
    assert ("sector", "'Leather goods' in 1 row", "leather, by its printed name") in study.notes


def test_ids_are_made_of_names():
    header = ("name", "sector", "industry", "country", *ITEMS)
    rows = [("Lima Sur", *TANNERS[2:], *"12321111"), ("北京 (cuero)", "cops", "textiles", "China", *"12321111"),
            ("Total", "", "", "", *"24642222")]  # fmt: skip
    study = read(csv(header, *rows), YAML + "id: [name, country]\n")
    assert study.clusters["cluster"] == ["lima-sur-peru", "beijing-cuero-china"]
    assert [each.row for each in study.summaries] == ["total"]
    (said,) = problems(csv(header, *rows))
    assert said.endswith("or write id: [name, country] in study.yaml, from which ids are made")
    twice = [("Lima-Sur", *TANNERS[2:], *"12321111"), ("Lima Sur", *TANNERS[2:], *"12321111")]
    (said, *_) = problems(csv(header, *twice), YAML + "id: [name]\n")
    assert "the id made of it is that of 'Lima-Sur', too: name more columns under id in study.yaml" in said


def test_what_holds_for_every_cluster():
    header = ("cluster", "name", "industry", *ITEMS)
    content = csv(header, ("a", "Lima Sur", "textiles", *"12321111"), ("", "Promedio", "", *"12321111"))
    described = YAML + "constants: {country: Perú, sector: Tradicional}\nvalues: {sector: {tradicional: traditional}}\n"
    study = read(content, described)
    assert (study.clusters["country"], study.clusters["sector"]) == (["Perú"], ["traditional"])
    assert ("country", "'Perú'", "of every row, by constants in study.yaml") in study.notes
    assert [each.row for each in study.summaries] == ["average"]
    (said,) = problems(content, described.replace("country: Perú", "industry: x, country: Perú"))
    assert said.startswith("study.yaml, key constants.industry: found 'x'; a column of the table says it")


def test_another_sheet_that_holds_the_headings_is_named():
    content = workbook(("Portada", [["Encuesta de clusters"]]), ("Datos", [SCORED, [*TANNERS, *[1] * 8]]))
    assert (
        "clusters.xlsx: the sheet 'Datos' holds 13 known headings: if it is the one, write sheet: Datos in study.yaml"
        in (problems(content, name="clusters.xlsx"))
    )
    assert scores(read(content, YAML + "sheet: Datos\n", "clusters.xlsx")) == points(*[1] * 8)


def test_two_rows_of_headings_titles_and_hidden_parts():
    title = ["Encuesta 2023", *[None] * 13]
    groups = [
        "Cluster",
        None,
        None,
        None,
        None,
        "Economías externas",
        None,
        None,
        None,
        "Acción conjunta",
        None,
        None,
        None,
        "Notas",
    ]
    below = [None, "Nombre", "Sector", "Rama", "País", *SPANISH[5:], None]
    rows = [[*TANNERS, 3, 2, 1, 0, 1, 2, 3, 2.5, "x"], [*WEAVERS, *[1] * 8, "y"]]
    content = xlsx(
        [title, [], groups, below, *rows],
        merged=["F3:I3", "J3:M3", "A3:A4", "A1:N1"],
        hidden_rows=[6],
        hidden_columns=["N"],
    )
    described = YAML + "header_rows: 2\nskip_rows: 2\nignore: [Notas]\n"
    study = read(content, described, "clusters.xlsx")
    assert scores(study) == points(3, 2, 1, 0, 1, 2, 3, 2.5)
    assert ("column", "labour_market", "under the heading 'Economías externas/Mercado de trabajo'") in study.notes
    assert ("hidden rows", "6", "read") in study.notes
    assert len(scores(read(content, described + "cells: {hidden_rows: skip}\n", "clusters.xlsx"))) == 8
    assert read(content, described + "cells: {hidden_rows: skip}\n", "clusters.xlsx").clusters["name"] == ["Lima Sur"]
    text = csv(*[["" if cell is None else str(cell) for cell in row] for row in (title, groups, below, *rows)])
    assert read(text, YAML + "header_rows: 2\nskip_rows: [1]\nignore: [Notas]\n").ratings == study.ratings
    said = problems(text)
    assert "this row holds 12 known headings; if they are the table's, write skip_rows: 2 in study.yaml" in "\n".join(
        said
    )


@pytest.mark.parametrize(
    ("cell", "changes", "place", "advice", "key", "score"),
    [
        (0.5, {"formats": {"F2": "0%"}}, "50%", "a number that is shown as a percentage", "{percent: read}", "0.50"),
        (0.5, {"formats": {"F2": "0%"}}, "50%", "a number that is shown as a percentage", "{percent: missing}", "n.a."),
        (2, {"struck": ["F2"]}, "2", "text that is struck out", "{struck_out: read}", "2.00"),
        (2, {"struck": ["F2"]}, "2", "text that is struck out", "{struck_out: missing}", "n.a."),
        (datetime.date(2024, 5, 2), {}, "2024-05-02", "a date or a time: spreadsheets", "{date: missing}", "n.a."),
        ("#N/A", {}, "#N/A", "an error of a formula", "{error: missing}", "n.a."),
        (True, {}, "TRUE", "true or false", "{boolean: missing}", "n.a."),
        (None, {"cells": {"F2": "=1+1"}}, "=1+1", "a formula that was saved without", "{uncomputed: missing}", "n.a."),
        (None, {"cells": {"F2": rich("2", ("3",))}}, "23", "text of which a part is", "{struck_out: missing}", "n.a."),
    ],
)  # fmt: skip
def test_cells_that_are_more_than_they_say(cell, changes, place, advice, key, score):
    content = xlsx([SCORED, [*TANNERS, cell, *[1] * 7]], **changes)
    (said,) = problems(content, name="clusters.xlsx")
    assert said.startswith(f"clusters.xlsx, row 2, column F (labour_market): found '{place}'; {advice}")
    study = read(content, YAML + f"cells: {key}\n", "clusters.xlsx")
    assert scores(study)[0] == score
    assert any(found.startswith("F2 (labour_market") and "study.yaml" in how for _, found, how in study.notes)


def test_a_row_that_is_struck_out_is_left_out():
    rows = [SCORED, [*TANNERS, *[1] * 8], [*WEAVERS, *[2] * 8]]
    content = xlsx(rows, struck=[f"{letter}2" for letter in "ABCDEFGHIJKLM"])
    study = read(content, YAML + "cells: {struck_out: missing}\n", "clusters.xlsx")
    assert study.clusters["cluster"] == ["tejidos"]
    assert ("struck out rows", "2", "skipped, as study.yaml says") in study.notes
    assert problems(content, YAML, "clusters.xlsx") == [
        "clusters.xlsx, row 2: all of the row is struck out: write cells: {struck_out: missing} in study.yaml to leave"
        " it out, {struck_out: read} if it counts"
    ]


def test_a_value_says_what_a_date_or_a_percentage_is_worth():
    content = xlsx([SCORED, [*TANNERS, datetime.date(2025, 5, 2), 0.5, *[1] * 6]], formats={"G2": "0%"})
    study = read(content, YAML + "values: {2025-05-02: 2.5, inputs: {50%: 1.5}}\n", "clusters.xlsx")
    assert scores(study)[:2] == ["2.50", "1.50"]


def test_merged_cells():
    rows = [SCORED, [*TANNERS, *[1] * 8], ["b", "Cusco", None, "textiles", "Perú", None, *[1] * 7]]
    (said,) = problems(xlsx(rows, merged=["C2:C3", "F2:F3"]), name="clusters.xlsx")
    assert "column F (labour_market): found '1'; the score stands in merged cells: write cells: {merged: read}" in said
    study = read(xlsx(rows, merged=["C2:C3", "F2:F3"]), YAML + "cells: {merged: read}\n", "clusters.xlsx")
    assert study.clusters["sector"] == ["traditional", "traditional"]
    assert study.ratings["labour_market"] == ["1.00", "1.00"]
    assert ("merged", "C2:C3 (sector), F2:F3 (labour_market)", "read for each row") in study.notes


def test_texts_with_a_comma_beside_numbers():
    study = read(xlsx([SCORED, [*TANNERS, 2.5, "1,5", *[1] * 6]]), name="clusters.xlsx")
    assert scores(study)[:2] == ["2.50", "1.50"]
    assert notes(study)["decimal"] == "point and comma"


def test_a_row_a_score():
    names = dict(zip(ITEMS, SPANISH[5:], strict=True))
    rows = [
        ("Lima Sur", "Perú", "traditional", "textiles", rater, names[item] if item != "inputs" else "Materiales", score)
        for rater, score in (("Ana", "2"), ("Luis", "1,5"))
        for item in ITEMS
    ]
    content = csv(("Cluster", "País", "Sector", "Rama", "Evaluador", "Indicador", "Valor"), *rows, separator=";")
    described = YAML + "layout: long\ncolumns: {Cluster: name}\nid: [name]\nvalues: {item: {materiales: inputs}}\n"
    study = read(content, described)
    assert study.ratings["rater"] == ["Ana", "Luis"]
    assert (scores(study), scores(study, 1)) == (points(*[2] * 8), points(*[1.5] * 8))
    (said,) = problems(content.replace("Información;2", "Informes;2"), described)
    assert said == (
        "clusters.csv, row 4, column item: found 'Informes'; no such item; say what it means in study.yaml, as values:"
        " {item: {Informes: inputs}}; did you mean information?"
    )
    (said,) = problems(content.replace("Información;2", "Información;9"), described)
    assert said.startswith("clusters.csv, row 4 (lima-sur), column information: found '9'; allowed: 0 to 3")
    (said,) = problems(content + content.splitlines()[1] + "\n", described)
    assert "row 18, column labour_market: found '2'; the cluster is scored twice by Ana; first in row 2" in said


def test_a_column_a_rater():
    header = [
        "cluster",
        "name",
        "sector",
        "industry",
        "country",
        *(f"{item} {rater}" for item in ITEMS for rater in "AB"),
    ]
    mapped = ", ".join(f"{item} {rater}: {{key: {item}, rater: {rater}}}" for item in ITEMS for rater in "AB")
    content = csv(header, [*TANNERS, *"30" * 8], [*WEAVERS, *["1", ""] * 8])
    study = read(content, YAML + f"columns: {{{mapped}}}\n")
    assert [*zip(study.ratings["cluster"], study.ratings["rater"], strict=True)] == [
        ("curtiembres", "A"), ("curtiembres", "B"), ("tejidos", "A"),
    ]  # fmt: skip
    assert [scores(study, place) for place in range(3)] == [points(*[3] * 8), points(*[0] * 8), points(*[1] * 8)]
    rows = [[*TANNERS, item, "3", "1"] for item in ITEMS]
    described = YAML + "layout: long\ncolumns: {Ana: {key: score, rater: Ana}, Luis: {key: score, rater: Luis}}\n"
    study = read(csv([*SCORED[:5], "Item", "Ana", "Luis"], *rows), described)
    assert [scores(study, place) for place in range(2)] == [points(*[3] * 8), points(*[1] * 8)]


def test_data_of_stata_and_spss_with_labels(tmp_path):
    columns = dict(zip(SCORED, [[text] for text in TANNERS], strict=False)) | {item: [2.0] for item in ITEMS}
    labels = {"variable_value_labels": {item: {1: "bajo", 2: "medio", 3: "alto"} for item in ITEMS}}
    for write, name in ((pyreadstat.write_dta, "clusters.dta"), (pyreadstat.write_sav, "clusters.sav")):
        assert scores(read(labelled(write, columns, tmp_path, **labels), name=name)) == points(*[2] * 8)
    shifted = {"variable_value_labels": {"inputs": {1: "absent", 2: "low", 3: "medium", 4: "high"}}}
    content = labelled(pyreadstat.write_dta, columns, tmp_path, **shifted)
    (said,) = problems(content, name="clusters.dta")
    assert said == (
        "clusters.dta, row 1, column inputs: found '2'; the code is labelled 'low'; say in study.yaml what that is"
        " worth: values: {low: ...}"
    )
    for listed in ("{absent: 0, low: 1, medium: 2, high: 3}", "{inputs: {'1': 0, '2': 1, '3': 2, '4': 3}}"):
        assert scores(read(content, YAML + f"values: {listed}\n", "clusters.dta"))[1] == "1.00"
    missing = labelled(pyreadstat.write_sav, columns | {"inputs": [9.0]}, tmp_path, missing_ranges={"inputs": [9]})
    assert scores(read(missing, name="clusters.sav"))[1] == NOT_AVAILABLE


def test_an_ods_and_a_file_of_another_name():
    folder = files(ods([SCORED, [*TANNERS, *[1] * 8]]), YAML + "file: Encuesta final.ods\n", "Encuesta final.ods")
    (study,) = read_studies({"a": folder | {"old.csv": b""}}, known(), "median")
    assert (study.file, scores(study)) == ("data/studies/a/Encuesta final.ods", points(*[1] * 8))
    assert problems(described=YAML + "file: cluster.csv\n") == [
        "study.yaml, key file: found 'cluster.csv'; no such table beside it; allowed: clusters.csv; did you"
        " mean clusters.csv?"
    ]


def test_a_survey_export_with_groups_and_metadata():
    header = ["start", "end", "_id", *(f"grp/{name}" for name in ("nombre", "sector", "industria", "pais"))]
    header += [*(f"ee/{item}" for item in ITEMS[:4]), *(f"ja/{item}" for item in ITEMS[4:]), "_uuid", "__version__"]
    row = ["2024-01-01T10:00", "2024-01-01T11:00", "7", *TANNERS[1:], *["alto"] * 4, *["bajo"] * 4, "u-1", "v2"]
    described = YAML + "id: [name, country]\nignore: [start, end, _*]\nvalues: {alto: 3, bajo: 1}\n"
    study = read(csv(header, row), described)
    assert scores(study) == points(*[3] * 4, *[1] * 4)
    assert ("ignored", "'_id', '_uuid', '__version__'", "_* under ignore in study.yaml") in study.notes


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("columns: {name: nam}", "key columns.name: found 'nam'; no such column; allowed: cluster, name"),
        ("columns: {Nme: name}", "key columns: found 'Nme'; no such heading in row 1 of the table; did you mean name?"),
        ("columns: {name: {key: name, rater: A}}", "key columns.name: found 'name'; only scores and codes are"),
        ("columns: {name: item}", "key columns.name: found 'item'; no such column"),
        ("values: {no: 0}", "line 6: a key must be text, in quotes: 'no'"),
        ("values: {eei: {alto: 4}}", "key values.eei: found 'eei'; a printed index is audited as it stands"),
        ("values: {hierarchy: {alto: 1}}", "key values.hierarchy: found 'hierarchy'; no column of the table holds it"),
        ("values: {alto: 4}", "key values.alto: found '4'; allowed: 0 to 3"),
        ("values: {inptus: {alto: 3}}", "key values.inptus: found 'inptus'; no such column; allowed: cluster"),
        ("values: {market: {si: 9}}", "key values.market.si: found '9'; allowed: 0 (absent)"),
        ("values: {degree: {alto: Higj}}", "key values.degree.alto: found 'Higj'; allowed: High"),
        ("values: {alto: yes}", "line 6: found 'yes', which programs read differently"),
        ("ignore: [nme]", "key ignore: found 'nme'; no such heading in row 1 of the table; did you mean name?"),
        ("ignore: [name]\ncolumns: {name: name}", "key ignore: found 'name'; the column is also under columns"),
        ("skip_rows: [x]", "key skip_rows: found 'x'; allowed: the number of a row"),
        ("skip_rows: [99]", "key skip_rows: found '99'; allowed: rows of the table, which has 3"),
        ("id: [name]", "key id: found 'name'; the table holds ids in a column of its own"),
        ("id: [nam]", "key id.0: found 'nam'; allowed: cluster, name, country"),
        ("header_rows: 3", "key header_rows: found '3'; allowed: 1, 2"),
        ("cells: {percnt: read}", "key cells: found 'percnt'; unknown key; allowed: hidden_rows"),
        ("layout: tall", "key layout: found 'tall'; allowed: wide, long"),
        ("same_as: {jima-coffee: sinos-footwear}", "key same_as: found 'jima-coffee'; no such cluster in the table"),
        ("same_as: {jimma-coffee: sinos-footwer}", "key same_as.jimma-coffee: found 'sinos-footwer'; no such id"),
        ("distinct: [x-y-z]", "key distinct: found 'x-y-z'; no such cluster in the table"),
    ],
)  # fmt: skip
def test_a_bad_mapping_names_what_is_near(keys, expected):
    said = problems(described=YAML + keys + "\n")
    assert any(expected in each for each in said), said


def test_a_cluster_that_looks_like_one_of_the_report_is_asked_about():
    rows = [
        ("calzado-leon", "León de Guanajuato", "traditional", "footwear", "México", *"11111111"),
        (*WEAVERS, *"33333333"),
    ]
    content = csv(SCORED, *rows)
    assert problems(content) == [
        "clusters.csv, row 2 (calzado-leon), column name: found 'León de Guanajuato'; looks like leon-footwear of the"
        " report; write in study.yaml same_as: {calzado-leon: leon-footwear} if it is that cluster, distinct:"
        " [calzado-leon] if it is another"
    ]
    assert read(content, YAML + "distinct: [calzado-leon]\n").clusters["cluster"] == ["calzado-leon", "tejidos"]
    study = read(content, YAML + "same_as: {calzado-leon: leon-footwear}\n")
    assert study.clusters["cluster"] == ["leon-footwear", "tejidos"]
    assert study.clusters["name"] == ["León", "Cusco"]
    assert ("same as", "calzado-leon in 1 row", "leon-footwear of the report, by study.yaml") in study.notes
