"""What is written of a study, against indices by hand."""

from studies_data import HEADER, ROWS, changed, read, table

from collective_efficiency.choices import Choices
from collective_efficiency.studies.study_results import STUDY_INDEX_COLUMNS, study_clusters, study_indices
from collective_efficiency.words import CLUSTER_COLUMNS

PRINTED = (*HEADER, "eei", "jai", "ce", "degree")


def rows_of(study, reading, choices=None):
    choices = choices or Choices()
    frame = study_indices(study, study_clusters(study, "median"), choices)
    assert tuple(frame.columns) == STUDY_INDEX_COLUMNS
    return frame[frame["reading"] == reading].drop(columns="reading").to_numpy().tolist()


def test_clusters_are_sorted_and_tidy():
    frame = study_clusters(read(table(ROWS[::-1])), "median")
    assert tuple(frame.columns) == CLUSTER_COLUMNS
    assert frame["cluster"].tolist() == ["addis-shoes", "jimma-coffee"]
    assert frame["study"].tolist() == ["ethiopia"] * 2
    assert frame.equals(study_clusters(read(), "median"))


def test_indices_by_hand():
    """addis: 3+2+2+1 = 8, 1+1+2+1 = 5, 6.5; jimma: 1.5+2+0+1 = 4.5, 1+0.5+1+2 = 4.5."""
    expected = [
        ["addis-shoes", "traditional", "8.0000", "5.0000", "6.5000", "Medium", "items"],
        ["jimma-coffee", "natural_resource", "4.5000", "4.5000", "4.5000", "Low", "items"],
    ]
    assert rows_of(read(), "recomputed") == rows_of(read(), "printed") == expected
    weighted = rows_of(read(), "recomputed", Choices(high=6, eei_weight=1, jai_weight=0))
    assert [row[4:6] for row in weighted] == [["8.0000", "High"], ["4.5000", "Low"]]


def test_the_printed_reading_takes_what_the_study_prints():
    """What it does not print follows from what it prints."""
    rows = [(*ROWS[0], "9", "", "", ""), (*ROWS[1], "4,5", "4,5", "4,50", "medium")]
    study = read(table([[cell.replace(".", ",") for cell in row] for row in rows], PRINTED, ";"))
    assert rows_of(study, "printed") == [
        ["addis-shoes", "traditional", "9.0000", "5.0000", "7.0000", "Medium", "printed+items"],
        ["jimma-coffee", "natural_resource", "4.5000", "4.5000", "4.5000", "Medium", "printed"],
    ]
    assert rows_of(study, "recomputed") == rows_of(read(), "recomputed")
    shuffled = read(table([[cell.replace(".", ",") for cell in row] for row in rows[::-1]], PRINTED, ";"))
    assert rows_of(shuffled, "printed") == rows_of(study, "printed")


def test_a_missing_item_is_treated_as_config_says():
    study = read(table(changed(0, "inputs", "n.a.")))
    assert rows_of(study, "recomputed")[0][2:6] == ["6.0000", "5.0000", "5.5000", "Medium"]
    assert rows_of(study, "recomputed", Choices(missing="omit"))[0][2:6] == ["", "5.0000", "", ""]
    assert rows_of(study, "printed", Choices(missing="omit"))[0][2:6] == ["", "5.0000", "", ""]
