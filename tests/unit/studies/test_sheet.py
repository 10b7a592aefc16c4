"""A table as text: its headings, its empty rows, its decimal mark, and the line on which each row stands."""

from studies_data import HEADER, ROWS, YAML, changed, notes, problems, read, table


def test_decimal_commas():
    rows = [tuple(cell.replace(".", ",") for cell in row) for row in ROWS]
    for content in (table(rows, separator=";"), table([[f'"{cell}"' for cell in row] for row in rows])):
        study = read(content)
        assert study.ratings == read().ratings
        assert (study.decimal, notes(study)["decimal"]) == (",", "comma")
    assert "decimal" not in notes(read(table(ROWS[:1])))


def test_two_decimal_marks_are_refused_unless_one_is_declared():
    content = table(changed(0, "inputs", "2,5"), separator=";")
    place, allowed = "clusters.csv, row 2 (addis-shoes), column inputs: found '2,5'; ", "allowed: 0 to 3, with at most"
    assert problems(content) == [
        "clusters.csv, row 2, column inputs: found '2,5'; another decimal mark than '1.5' in row 3; use one, or write"
        " decimal: both in study.yaml, if both are meant"
    ]
    both = read(content, YAML + "decimal: both\n")
    assert (both.ratings["inputs"][0], both.ratings["labour_market"][1]) == ("2.50", "1.50")
    (said,) = problems(content, YAML + "decimal: point\n")
    assert said == (
        f"{place}{allowed} two decimals after a decimal point; missing: an empty cell, -, n.a, n.a., n/a, na, –"
    )


def test_headings_are_matched_without_case_accents_and_spaces():
    names = {
        "labour_market": "Specialised  Labour-Market (a)", "inputs": "Availability of inputs",
        "market_access": "MARKET ACCESS", "backward": "Backward línkages", "cluster": "Cluster ID",
        "product": "Product Upgrading*",
    }  # fmt: skip
    study = read(table(header=[names.get(name, name) for name in HEADER]))
    assert study.ratings == read().ratings
    assert ("column", "labour_market", "under the heading 'Specialised  Labour-Market (a)'") in study.notes


def test_an_unknown_heading_names_the_nearest():
    (said,) = problems(table(header=[name.replace("backward", "Bakward linkages") for name in HEADER]))
    assert said.startswith(
        "clusters.csv, row 1: found 'Bakward linkages'; unknown column; allowed: cluster, name, sector,"
    )
    assert said.endswith("did you mean backward?")
    (said,) = problems(table(header=[name.replace("forward", "Backward Linkages") for name in HEADER]))
    assert "the column backward stands twice; it is also under 'backward'" in said
    (said,) = problems(table(header=[name.replace("product", "") for name in HEADER]))
    assert "found 'an empty heading'; unknown column" in said


def test_empty_rows_columns_and_white_space_do_not_count():
    text = "\n" + table().replace("\n", ",,\n").replace("Addis", "  Addis ") + ",,,\n\n" + "," * 18 + "\n"
    study = read(text)
    assert study.ratings == read().ratings
    assert study.clusters["name"] == ["Addis", "Jimma"]


def test_rows_are_named_by_their_line():
    text = table(changed(1, "inputs", "9")).replace("\njimma", "\n\n\njimma")
    (said,) = problems(text)
    assert said.startswith("clusters.csv, row 5 (jimma-coffee), column inputs: found '9'")
    text = table(changed(1, "inputs", "9", changed(0, "name", '"A\nB"')))
    first, second = problems(text)
    assert first.startswith(
        "clusters.csv, row 2 (addis-shoes), column name: found 'A\\nB'; allowed: at most 1000 letters"
    )
    assert second.startswith("clusters.csv, row 4 (jimma-coffee), column inputs: found '9'")
