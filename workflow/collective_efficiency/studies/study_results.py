"""Stage `study`, what is written: a study's ratings, its clusters with their raters combined, and their indices."""

import numpy as np
import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import INDEX_COLUMNS, degrees, efficiency_index, recompute, written
from collective_efficiency.numbers.scores import units
from collective_efficiency.studies.cell_texts import degree_of
from collective_efficiency.studies.facts import FACTS
from collective_efficiency.studies.raters import aggregate
from collective_efficiency.studies.study import Study
from collective_efficiency.studies.study_table import Columns
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, INDICES, SCORES

STUDY_INDEX_COLUMNS = ("reading", *INDEX_COLUMNS)
RATING_COLUMNS = ("cluster", "rater", *SCORES, *GOVERNANCE)
NOTE_COLUMNS = ("about", "found", "how")


def study_ratings(study: Study) -> Columns:
    """The columns of ratings.csv, sorted by cluster and rater."""
    keys = list(zip(study.ratings["cluster"], study.ratings["rater"], strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return {name: [study.ratings[name][index] for index in order] for name in RATING_COLUMNS}


def study_notes(study: Study) -> list[Record]:
    """The rows of notes.csv: what was detected, declared and decided in reading the study's files."""
    inhabited = set(study.clusters["sector"])
    unused = [row["sector"] for row in study.sectors if row["sector"] not in inhabited]
    notes = [
        *study.notes,
        *(("sector", sector, "declared in study.yaml, and no cluster is of it") for sector in unused),
    ]
    return [dict(zip(NOTE_COLUMNS, note, strict=True)) for note in notes]


def study_clusters(study: Study, raters: str) -> pd.DataFrame:
    """The study's clusters as rows of clusters.csv, sorted by id. raters: how they are combined, median or mean."""
    ids = study.clusters["cluster"]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    columns = {name: study.clusters[name] for name in FACTS} | aggregate(study.ratings, raters)
    frame = pd.DataFrame(columns | {"study": [study.name] * len(ids)}, columns=list(CLUSTER_COLUMNS), dtype="str")
    return frame.iloc[order].reset_index(drop=True)


def study_indices(study: Study, clusters: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Both readings of the study's indices, one below the other. clusters: as `study_clusters` has them."""
    recomputed = recompute(clusters, choices)
    both = (indices_as_printed(study, recomputed, choices), recomputed)
    frames = [
        written(frame).assign(reading=reading) for reading, frame in zip(("printed", "recomputed"), both, strict=True)
    ]
    return pd.concat(frames, ignore_index=True)[list(STUDY_INDEX_COLUMNS)]


def indices_as_printed(study: Study, recomputed: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """The indices that the study itself prints; what it does not print follows from what it does, and from the items.

    source: `printed`, `items`, or `printed+items` where only some of the four are printed.
    """
    if not {*INDICES, "degree"} & study.clusters.keys():
        return recomputed
    none = [""] * len(recomputed)
    own = pd.DataFrame({name: study.clusters.get(name, none) for name in (*INDICES, "degree")}, dtype="str")
    own = own.set_axis(study.clusters["cluster"]).loc[recomputed["cluster"]].reset_index(drop=True)
    known = units(own.replace(",", ".", regex=True), INDICES, "omit")
    eei, jai = (known[name].fillna(recomputed[name]) for name in ("eei", "jai"))
    ce = known["ce"].fillna(efficiency_index(eei, jai, choices))
    printed = pd.Series([degree_of(text) for text in own["degree"]], dtype="str")
    degree = printed.where(printed != "", degrees(ce, choices))
    count = (own != "").sum(axis=1)
    source = np.select([count == 0, count == own.shape[1]], ["items", "printed"], default="printed+items")
    return recomputed[["cluster", "sector"]].assign(eei=eei, jai=jai, ce=ce, degree=degree, source=source)
