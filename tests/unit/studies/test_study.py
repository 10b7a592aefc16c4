"""Studies: what is read of a good one, and for each rule a bad one whose place is named."""

import pytest
import yaml
from studies_data import HEADER, ROWS, YAML, changed, files, known, problems, read, table, workbook

from collective_efficiency.problems import SHOWN, BadInputError
from collective_efficiency.studies.described import is_date, is_zero_to_three
from collective_efficiency.studies.study import check_name, read_studies, study_files
from collective_efficiency.words import GOVERNANCE, ITEMS, NOT_AVAILABLE, UPGRADING

RATED = ("cluster", "rater", *HEADER[1:])


def rated(*rows):
    """A table with raters: of the first cluster, each row a rater and the score of its inputs."""
    first = ROWS[0]
    cells = [(first[0], rater, *first[1:6], score, *first[7:]) for rater, score in rows]
    return table(cells, RATED)


def test_a_good_study_is_tidy():
    study = read()
    assert study.clusters == {
        "cluster": ["addis-shoes", "jimma-coffee"], "name": ["Addis", "Jimma"],
        "sector": ["traditional", "natural_resource"], "industry": ["footwear", "wine"], "country": ["Ethiopia"] * 2,
    }  # fmt: skip
    assert study.ratings["rater"] == ["", ""]
    assert [study.ratings[name][1] for name in ITEMS] == [
        "1.50",
        "2.00",
        "0.00",
        "1.00",
        "1.00",
        "0.50",
        "1.00",
        "2.00",
    ]
    assert [study.ratings[name][0] for name in UPGRADING] == ["2.00", "2.00", "1.00", "0.00"]
    assert all(study.ratings[name] == ["", ""] for name in GOVERNANCE)
    assert (study.sectors, study.summaries, study.described["title"]) == ((), (), "A study")


def test_missing_scores():
    marks = ["", "n.a.", "N.A.", "NA", "n/a", "-", "–"]
    for mark in marks:
        study = read(table(changed(0, "inputs", mark, changed(0, "product", mark))))
        assert study.ratings["inputs"] == [NOT_AVAILABLE, "2.00"]
        assert study.ratings["product"] == [NOT_AVAILABLE if mark else "", "1.00"]
        noted = ("missing", "inputs", "1 empty cell taken as n.a.") in study.notes
        assert noted == (mark == "")


@pytest.mark.parametrize("text", ["0", "3", "3.00", "0.88", "2.5", "1.0"])
def test_scores_that_are_allowed(text):
    assert read(table(changed(0, "inputs", text))).ratings["inputs"][0] == f"{float(text):.2f}"


@pytest.mark.parametrize(
    "text",
    ["4", "3.01", "-1", "1.333", "1.", ".5", "+1", "1e0", "x", "1 2", "²", "٣", "nan", "inf", "NULL", "#N/A", "10"],
)
def test_scores_that_are_not(text):
    assert problems(table(changed(0, "inputs", text))) == [
        f"clusters.csv, row 2 (addis-shoes), column inputs: found {text!r}; allowed: 0 to 3, with at most two decimals"
        " after a decimal point; missing: an empty cell, -, n.a, n.a., n/a, na, –"
        + "; values in study.yaml says what labels are worth"
        * any(map(str.isalpha, text))
    ]


def test_governance_codes():
    header, rows = (
        (*HEADER, *GOVERNANCE),
        [(*row, *codes) for row, codes in zip(ROWS, ("0123", "--" + "10"), strict=True)],
    )
    study = read(table(rows, header))
    assert [study.ratings[name] for name in GOVERNANCE] == [["0", "n.a."], ["1", "n.a."], ["2", "1"], ["3", "0"]]
    for text in ("4", "0.5", "1.0", "yes"):
        (said,) = problems(table(changed(1, "network", text, rows, header), header))
        assert said.startswith(
            f"clusters.csv, row 3 (jimma-coffee), column network: found {text!r}; allowed: 0 (absent)"
        )


def test_columns_that_must_be_there():
    header = [name for name in HEADER if name not in ("inputs", "sector")]
    rows = [tuple(dict(zip(HEADER, row, strict=True))[name] for name in header) for row in ROWS]
    first, second = problems(table(rows, header))
    assert first.startswith("clusters.csv, row 1, column sector: the column is missing; allowed: cluster, name,")
    assert second.startswith("clusters.csv, row 1, column inputs: the column is missing; allowed: cluster, name,")


@pytest.mark.parametrize("text", ["", "Addis", "addis shoes", "-a", "a" * 101, "é", "../a", "=1", "a_b"])
def test_ids_are_small_letters_digits_and_hyphens(text):
    (said,) = problems(table(changed(0, "cluster", text)))
    assert said.endswith("allowed: at most 100 small letters, digits and -, the first no -")
    assert said.startswith("clusters.csv, row 2, column cluster")


def test_ids_that_are_taken():
    (said,) = problems(table(changed(0, "cluster", "all")))
    assert said.endswith("and not a reserved word")


@pytest.mark.parametrize("column", ["name", "sector", "industry", "country"])
def test_a_new_cluster_needs_its_facts(column):
    assert problems(table(changed(0, column, " "))) == [
        f"clusters.csv, row 2 (addis-shoes), column {column}: the cell is empty; a new cluster needs its {column}"
    ]


@pytest.mark.parametrize("text", ["\x07", "a\tb", '"a\nb"', "\u202eabc", "a\u2028b", "x" * 1001, "\x9b31m"])
def test_text_stays_on_its_line(text):
    (said,) = problems(table(changed(0, "name", text)))
    assert said.startswith("clusters.csv, row 2 (addis-shoes), column name: found ")
    assert said.endswith("allowed: at most 1000 letters on one line, without control characters")
    assert said.isprintable()


@pytest.mark.parametrize("text", ["x" * 300, "a; b | <b>c</b>", "=HYPERLINK(1)", "北京", "'\\"])
def test_names_may_be_long_and_odd(text):
    assert read(table(changed(0, "name", text))).clusters["name"][0] == text


def test_sectors_and_industries_are_known_or_declared():
    rows = changed(0, "sector", "leather", changed(0, "industry", "tanning"))
    assert problems(table(rows)) == [
        "clusters.csv, row 2 (addis-shoes), column sector: found 'leather'; unknown sector; allowed: traditional,"
        " natural_resource, cops, software; or declare it, or say under values what it is, in study.yaml",
        f"clusters.csv, row 2 (addis-shoes), column industry: found 'tanning'; unknown industry; allowed:"
        f" {', '.join(known().industries)}; or declare it, or say under values what it is, in study.yaml",
    ]
    (said,) = problems(table(changed(0, "sector", "traditionl")))
    assert "did you mean traditional?" in said
    rows_ = [
        ("leather", "Leather", "Leather", "45473"),
        ("leather", "Leather goods", "Leather goods", "45473"),
        ("leather", "Goods", "L", "17"),
    ]
    for declared, row in zip(
        ("[leather]", "{leather: Leather goods}", "{leather: {name: Goods, short_name: L, code: 17}}"),
        rows_,
        strict=True,
    ):
        study = read(table(rows), f"{YAML}sectors: {declared}\nindustries: {{tanning: Hides into leather}}\n")
        assert study.sectors == (dict(zip(("sector", "name", "short_name", "code"), row, strict=True)),)


def test_a_cluster_of_the_report_is_scored_again():
    again = ("sinos-footwear", "", "", "", "", *"33333333", *"1111")
    study = read(table([again]))
    assert study.clusters["name"] == ["Sinos Valley"]
    assert study.clusters["sector"] == ["traditional"]
    header = ("cluster", *ITEMS)
    assert read(table([("sinos-footwear", *"33333333")], header)).clusters == study.clusters
    assert problems(table(changed(0, "sector", "cops", [again]))) == [
        "clusters.csv, row 2 (sinos-footwear), column sector: found 'cops'; allowed: traditional, as in the report"
    ]


def test_a_column_study_names_this_study():
    header = (*HEADER, "study")
    assert (
        read(table([(*row, text) for row, text in zip(ROWS, ("ethiopia", ""), strict=True)], header)).ratings
        == read().ratings
    )
    assert problems(table([(*row, text) for row, text in zip(ROWS, ("report", ""), strict=True)], header)) == [
        "clusters.csv, row 2 (addis-shoes), column study: found 'report'; allowed: ethiopia, or no column study"
    ]


def test_several_raters():
    study = read(rated(("B", "2"), ("A", "1")))
    assert study.ratings["cluster"] == ["addis-shoes"] * 2
    assert (study.ratings["rater"], study.ratings["inputs"]) == (["B", "A"], ["2.00", "1.00"])
    assert study.clusters["cluster"] == ["addis-shoes"]
    assert problems(rated(("A", "2"), ("A", "1"))) == [
        "clusters.csv, row 3 (addis-shoes), column rater: found 'A'; this rater scores the cluster twice; first in row"
        " 2"
    ]
    for content in (rated(("", "2"), ("", "1")), table([ROWS[0], ROWS[0]])):
        rule = "column rater: the cluster stands in several rows; name the rater of each"
        assert problems(content) == [f"clusters.csv, row {row} (addis-shoes), {rule}" for row in (2, 3)]


def test_raters_agree_on_what_a_cluster_is():
    text = rated(("A", "1"), ("B", "1"), ("C", "2"))
    assert problems(text.replace("B,Addis,traditional", "B,Adis,cops")) == [
        "clusters.csv, row 3 (addis-shoes), column name: found 'Adis'; another row of the cluster has 'Addis'",
        "clusters.csv, row 3 (addis-shoes), column sector: found 'cops'; another row of the cluster has 'traditional'",
    ]
    assert read(text.replace("A,Addis,traditional", "A,,")).clusters["name"] == ["Addis"]


def test_a_mean_takes_ten_raters():
    many = rated(*((f"R{number}", "1") for number in range(11)))
    assert len(read(many).ratings["rater"]) == 11
    assert problems(many, raters="mean") == [
        "clusters.csv, column rater: found 'addis-shoes'; 11 raters; a mean takes at most 10: use raters: median in"
        " config.yaml"
    ]


def test_a_row_needs_an_item():
    rows = ROWS
    for item in ITEMS:
        rows = changed(0, item, "n.a.", rows)
    (said,) = problems(table(rows))
    assert said == (
        f"clusters.csv, row 2 (addis-shoes): the row has no score for any of the items: {', '.join(ITEMS)}; if it is no"
        " cluster, leave it out by skip_rows in study.yaml"
    )


def test_a_remark_below_the_table_is_one_problem():
    header, rows = HEADER[1:], [row[1:] for row in ROWS]
    text = table([*rows, ("Source: field work", *[""] * (len(header) - 1))], header)
    made = YAML + "id: [name]\n"
    assert problems(text, made) == [
        "clusters.csv, row 4 (source-field-work): the row holds one text and nothing else; leave it out by skip_rows in"
        " study.yaml"
    ]
    assert read(text, f"{made}skip_rows: [4]\n").clusters["name"] == [row[0] for row in rows]


PRINTED = (*HEADER, "eei", "jai", "ce", "degree", "upgrading_sum")
OWN = [(*ROWS[0], "8", "5", "6.50", "medium", "5"), (*ROWS[1], *[""] * 5)]


def test_what_the_study_prints_itself_is_kept_as_it_is():
    rows = [*OWN, ("Total", *[""] * 4, "4.5", *[""] * 11, "12,5", *[""] * 4), ("average", "", "cops", *[""] * 19)]
    study = read(table([[cell.replace(",", ".") for cell in row] for row in rows], PRINTED))
    assert {name: study.clusters[name] for name in PRINTED[-5:]} == {
        "eei": ["8", ""], "jai": ["5", ""], "ce": ["6.50", ""], "degree": ["medium", ""], "upgrading_sum": ["5", ""],
    }  # fmt: skip
    assert [(each.row, each.sector, dict(each.texts)) for each in study.summaries] == [
        ("total", "", {"labour_market": "4.5", "eei": "12.5"}), ("average", "cops", {}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "row"), [("TOTAL:", "total"), ("Total general", "total"), ("Média geral", "average"), ("Mean.", "average")]
)
def test_rows_that_sum_up_are_known_by_their_names(name, row):
    header, rows = HEADER[1:], [cells[1:] for cells in ROWS]
    text = table([*rows, (name, "", "", "", "2.25", *[""] * 11)], header)
    study = read(text, YAML + "id: [name]\n")
    assert [(each.row, dict(each.texts)) for each in study.summaries] == [(row, {"labour_market": "2.25"})]
    assert study.clusters["name"] == [cells[0] for cells in rows]


def test_printed_numbers_that_are_none():
    rows = changed(0, "degree", "Middling", changed(0, "ce", "6,5x", OWN, PRINTED), PRINTED)
    total = ("total", "", "cop", *[""] * 14, "x", *[""] * 4)
    said = problems(table([*rows, total, total], PRINTED, ";"))
    assert [each.removeprefix("clusters.csv, row ") for each in said] == [
        "2 (addis-shoes), column ce: found '6,5x'; allowed: a number with '.' before its decimals",
        "2 (addis-shoes), column degree: found 'Middling'; allowed: High, Medium, Low",
        "4 (total), column eei: found 'x'; allowed: a number with '.' before its decimals",
        "4 (total), column sector: found 'cop'; unknown sector; allowed: traditional, natural_resource, cops, software;"
        " did you mean cops?; or empty, for all clusters",
        "5 (total), column eei: found 'x'; allowed: a number with '.' before its decimals",
        "5 (total), column sector: found 'cop'; unknown sector; allowed: traditional, natural_resource, cops, software;"
        " did you mean cops?; or empty, for all clusters",
        "5 (total), column cluster: found 'total'; the row stands twice; first in row 4",
    ]


def test_files_that_must_be_there():
    def said(folder):
        with pytest.raises(BadInputError) as caught:
            read_studies({"ethiopia": folder}, known(), "median")
        return [str(problem) for problem in caught.value.problems]

    place = "data/studies/ethiopia/"
    assert said({}) == [f"{place}study.yaml: the file is missing", f"{place}clusters.csv: the file is missing"]
    both = files() | {"clusters.xlsx": b""}
    assert said(both) == [
        f"{place}clusters.csv: clusters.csv and clusters.xlsx are both here: keep one, or name it under file in"
        " study.yaml"
    ]
    assert {*both} == {*study_files([*both, "notes.docx"])}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("title: A study\n", "study.yaml: 'title' is a required key"),
        ("title: A study\ncolour: red\n", "study.yaml, line 2: found 'colour'; unknown key; allowed: title, source"),
        ("title:\n", "study.yaml, line 1, key title: nothing stands here; allowed: string (Its title.)"),
        ("title: ''\n", "study.yaml, line 1, key title:  should be non-empty"),
        ("title: a\ntitle: b\n", "study.yaml, line 2: the key title stands twice"),
        ("title: [\n", "study.yaml, line "),
        ("title: A\nseparator: pipe\n", "study.yaml, line 2, key separator: found 'pipe'; allowed: comma, semicolon"),
        ("title: A\ndecimal: ','\n", "study.yaml, line 2, key decimal: found ','; allowed: comma, point"),
        ("title: A\nencoding: ebcdic\n", "study.yaml, line 2, key encoding: found 'ebcdic'; allowed: utf-8, utf-16"),
        ("title: A\nsectors: [cops]\n", "study.yaml, key sectors: found 'cops'; the report has this sector"),
        ("title: A\nsectors: [A-b]\n", "study.yaml, key sectors: found 'A-b'; allowed: small letters"),
        ("title: A\nsectors: [all]\n", "study.yaml, key sectors: found 'all'; allowed: small letters"),
        ("title: A\nsectors: {no: {nam: x}}\n", "study.yaml, line 2: a key must be text, in quotes: 'no'"),
        ("title: A\nsectors: {x: {name: 1}}\n", "study.yaml, line 2, key sectors.x.name: found '1'; allowed: string"),
        ('title: "a\\e[31m"\n', "study.yaml, key title: found 'a\\x1b[31m'; allowed: text on one line"),
        ("? [a]\n: b\n", "study.yaml, line 1: a key must be text"),
    ],
)  # fmt: skip
def test_a_bad_description(change, expected):
    described = YAML.replace("title: A study\n", change)
    if change == "title: A study\n":
        described = YAML.replace(change, "")
    said = problems(described=described)
    assert said[0].startswith(expected), said
    assert all(each.startswith("study.yaml") for each in said)


def test_a_description_may_break_nothing():
    for described in (
        "",
        "- a",
        "a: " + "[" * 5000,
        "a: " + "9" * 9000,
        "\x00",
        "é".encode("latin-1"),
        "#" * 100_001,
        "{a: 1, ? }",
    ):
        assert all(each.startswith("study.yaml") for each in problems(described=described))


def test_everything_is_said_at_once():
    described = YAML.replace("scale: 0 to 3", "scale: 1 to 5").replace("2024", "20024") + "colour: red\n"
    said = problems(table(changed(0, "inputs", "9", changed(1, "sector", "x"))), described)
    assert [each.split(":")[0] for each in said] == [
        "study.yaml, line 6", "study.yaml, key scale", "study.yaml, key date",
        "clusters.csv, row 3 (jimma-coffee), column sector", "clusters.csv, row 2 (addis-shoes), column inputs",
    ]  # fmt: skip


def test_a_great_many_problems_are_said_briefly():
    rows = [(f"c-{number}", *ROWS[0][1:5], *"99999999", *"0000") for number in range(3000)]
    with pytest.raises(BadInputError) as caught:
        read(table(rows))
    assert len(caught.value.problems) == 8 * 1001
    assert len(str(caught.value).splitlines()) == SHOWN + 2
    assert str(caught.value).endswith("... and 6,508 more")
    assert caught.value.problems[1000].message == "2,000 more rows like this"


@pytest.mark.parametrize("scale", ["0 to 3", "0-3", "0–3", [0, 3], [0, 1, 2, 3], {"min": 0, "max": 3}, [0.0, 3.0]])
def test_the_scale_is_the_reports(scale):
    assert is_zero_to_three(scale)


@pytest.mark.parametrize("scale", ["1 to 5", "3", "low to high", [0, 5], [], {"min": 1, "max": 3}, "0 to 3 to 5"])
def test_other_scales_are_refused(scale):
    assert not is_zero_to_three(scale)
    (said,) = problems(described=YAML.replace("0 to 3", yaml.safe_dump(scale, default_flow_style=True).split("\n")[0]))
    assert "scores must be from 0 (absent) to 3 (high); rescale them and say so in notes" in said


def test_dates():
    assert all(map(is_date, ("2024", "2024-05", "2024-05-17", "1999-12-31")))
    assert not any(
        map(is_date, ("", "24", "2024-13", "2024-02-30", "May 2024", "0000", "2024-5-1", "2024-05-17T00:00"))
    )
    assert read(described=YAML.replace("2024", "2024-05-17")).described["date"] == "2024-05-17"


@pytest.mark.parametrize("apart", [False, True])
def test_two_sectors_have_two_codes(apart):
    one, two = "x: {name: X, code: 10}", "y: {name: Y, code: 10}"
    added = [f"{YAML}sectors: {{{one}}}\n", f"{YAML}sectors: {{{two}}}\n"]
    new = [table(changed(0, "sector", "x", ROWS[:1])), table(changed(0, "sector", "y", ROWS[1:]))]
    studies = {name: files(*each) for name, each in zip("ab", zip(new, added, strict=True), strict=True)}
    if not apart:
        studies = {"b": files(new[0], f"{YAML}sectors: {{{one}, {two}}}\n")}
    with pytest.raises(BadInputError) as caught:
        read_studies(studies, known(), "median")
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"data/studies/b/study.yaml, key sectors: found '10'; in exports the code is that of x of the study"
        f" {'a' if apart else 'b'}; declare another, as code"
    )


def test_two_studies_together():
    def said(**folders):
        with pytest.raises(BadInputError) as caught:
            read_studies(folders, known(), "median")
        return [str(problem) for problem in caught.value.problems]

    assert said(a=files(), b=files(table(ROWS[:1]))) == [
        "data/studies/b/clusters.csv, row addis-shoes, column cluster: found 'addis-shoes'; the cluster is in the study"
        " a, too"
    ]
    again = table([("sinos-footwear", *[""] * 4, *"33333333", *"1111")])
    assert len(read_studies({"a": files(again), "b": files(again)}, known(), "median")) == 2
    new = [table(changed(0, "sector", "x", ROWS[:1])), table(changed(0, "sector", "x", ROWS[1:]))]
    studies = {"a": files(new[0], YAML + "sectors: {x: X}\n"), "b": files(new[1], YAML + "sectors: {x: Y}\n")}
    assert said(**studies) == [
        "data/studies/b/study.yaml, key sectors: found 'Y'; the study a calls the sector x 'X'; call it the same"
    ]
    other = {
        "a": files(new[0], YAML + "sectors: {x: X}\n"),
        "b": files(new[1], YAML + "sectors: {x: {name: X, code: 10}}\n"),
    }
    assert said(**other) == [
        "data/studies/b/study.yaml, key sectors: found '10'; the study a gives the sector x the code 65265; give it the"
        " same"
    ]
    assert said(a=files(b"", b""), b=files(b"", b""))[-1].startswith("data/studies/b/clusters.csv")


def test_names_of_studies():
    assert not any(map(check_name, ("ethiopia", "a", "2024", "a-b_c")))
    assert all(map(check_name, ("", "_a", "-a", "A", "a b", "../a", "a/b", "report", "extended", "é", "x" * 61)))


def test_what_a_file_does_not_have_cannot_be_declared():
    assert problems(described=YAML + "sheet: A\n") == [
        "study.yaml, key sheet: found 'A'; clusters.csv has none: leave it out"
    ]
    content = workbook(("Data", [HEADER, *ROWS]))
    assert problems(content, YAML + "separator: tab\n", "clusters.xlsx") == [
        "study.yaml, key separator: found 'tab'; clusters.xlsx has none: leave it out"
    ]


def with_blanks(number, row, marks=("n.a.", "")):
    """A row with so many of its eight items blank, the last ones."""
    cells = list(row)
    for place in range(number):
        cells[HEADER.index(ITEMS[-1 - place])] = marks[place % 2]
    return tuple(cells)


def test_a_cluster_with_more_blank_items_than_scored_ones_needs_leave():
    assert read(table([with_blanks(4, ROWS[0]), ROWS[1]])).name == "ethiopia"
    sparse = table([with_blanks(5, ROWS[0]), ROWS[1]])
    assert problems(sparse) == [
        "clusters.csv, row addis-shoes: 5 of its 8 items have no score, more than have one: score them, or say"
        " allow_sparse: true in study.yaml, if so few are meant"
    ]
    assert len(problems(sparse, f"{YAML}allow_sparse: false\n")) == 1
    assert read(sparse, f"{YAML}allow_sparse: true\n").clusters["cluster"] == ["addis-shoes", "jimma-coffee"]


def test_what_one_rater_leaves_blank_another_may_score():
    header = (*HEADER, "rater")
    both = [(*with_blanks(6, ROWS[0]), "A"), (*ROWS[0], "B")]
    assert len(read(table(both, header)).ratings["cluster"]) == 2
    (problem,) = problems(table([(*with_blanks(6, ROWS[0]), "A"), (*with_blanks(7, ROWS[0]), "B")], header))
    assert "6 of its 8 items have no score" in problem
