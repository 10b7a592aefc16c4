"""A study.yaml guessed from tables as people have them: with it, the scores that were written down by hand come out."""

import csv
import io

import pyreadstat
import pytest
import yaml
from sheets_data import labelled, ods, xlsx
from studies_data import known

from collective_efficiency.problems import BadInputError
from collective_efficiency.studies.guessed_study import guess_study
from collective_efficiency.studies.new_study import lay_out_study_of
from collective_efficiency.studies.study import Known, read_studies
from collective_efficiency.words import ITEMS, NOT_AVAILABLE

FILLED_IN = "title: T\nsource: S\nscorer: A\ndate: 2024\nscale: 0 to 3\n"
SPANISH = [
    "Mercado de trabajo", "Disponibilidad de insumos", "Acceso a la información", "Acceso a mercados externos",
    "Encadenamientos hacia atrás", "Hacia adelante", "Cooperación bilateral", "Cooperación multilateral",
]  # fmt: skip
PORTUGUESE = [
    "Mercado de trabalho", "Insumos", "Informação", "Acesso a mercados", "Ligações para trás",
    "Ligações para a frente", "Cooperação bilateral", "Cooperação multilateral",
]  # fmt: skip
ENGLISH = [
    "Labour market", "Availability of inputs", "Access to information", "Access to markets", "Backward linkages",
    "Forward linkages", "Bilateral cooperation", "Multilateral cooperation",
]  # fmt: skip


def text_of(*rows, separator=","):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def guessed(file, content, known_=None):
    return guess_study("a", file, content, known_ or known())


def read(file, content, answers=""):
    """The study that a guess makes, once a person has filled in what is empty and answered what is open."""
    text = guessed(file, content).text
    described = {**yaml.safe_load(text), **yaml.safe_load(FILLED_IN), **(yaml.safe_load(answers) or {})}
    files = {"study.yaml": yaml.safe_dump(described, allow_unicode=True).encode(), file: content}
    (study,) = read_studies({"a": files}, known(), "median")
    return study


def scores(study, row=0):
    return " ".join(study.ratings[item][row].removesuffix("0").removesuffix(".0") for item in ITEMS)


def test_a_spanish_workbook_with_a_title_labels_and_a_missing_mark():
    header = ["Nombre del cluster", "Sector", "Rama de actividad", "País", *SPANISH, "Grado", "Observaciones"]
    labels = ["Alto", "medio", "Bajo", "Nulo", "s/d", "Alto", "Alta", "Media"]
    rows = [["Quesos de Cajamarca", "Agroindustria", "Quesos", "Perú", *labels, "Medio", "ok"]]
    rows += [["Muebles de Villa", "Tradicional", "Muebles", "Perú", *["Muy alto"] * 4, *["Bajo"] * 4, "Bajo", None]]
    content = xlsx([["Encuesta 2023"], [], header, *rows], merged=["A1:N1"])
    found = guessed("Encuesta final.xlsx", content)
    assert [message.partition(":")[0] for message in found.open] == [
        "the column 'Observaciones' (such as 'ok') is not known",
        *(f"'Muy alto' under {item} in 1 row is no score" for item in ITEMS[:4]),
    ]
    for line in [
        "skip_rows: 2 # guess: row 3 is the first of the headings (12 of them are known)",
        "  Acceso a mercados externos: market_access # guess: a known heading stands in it",
        "  Alto: 3 # guess: what the word usually means",
        "    Muebles: furniture # guess: what the word usually means",
        "  agroindustria: Agroindustria # guess: no sector of the report is called so: declared as a new one",
        "  - s/d # guess: it usually marks what is missing",
        "  - country # guess: no column holds ids; they are made of this",
    ]:
        assert f"{line}\n" in found.text
    values = yaml.safe_load(found.text)["values"] | {"Muy alto": 3}
    study = read("Encuesta final.xlsx", content, f"ignore: [Observaciones]\nvalues: {values}\n")
    assert (scores(study), scores(study, 1)) == (f"3 2 1 0 {NOT_AVAILABLE} 3 3 2", "3 3 3 3 1 1 1 1")
    assert study.clusters["sector"] == ["agroindustria", "traditional"]
    assert study.clusters["cluster"] == ["quesos-de-cajamarca-peru", "muebles-de-villa-peru"]


def test_a_portuguese_csv_of_windows_with_raters():
    header = ["Código", "Nome", "Setor", "Ramo", "País", "Avaliador", *PORTUGUESE, "Produto"]
    rows = [["franca", "Franca", "tradicional", "Calçados", "Brasil", rater, *[score] * 8, last]
            for rater, score, last in (("Ana", "2,5", "1"), ("João", "2", "n.d."))]  # fmt: skip
    content = text_of(header, *rows, separator=";").decode().encode("cp1252")
    assert guessed("pt.csv", content).open == ()
    study = read("pt.csv", content)
    assert (study.ratings["rater"], scores(study)) == (["Ana", "João"], "2.5 2.5 2.5 2.5 2.5 2.5 2.5 2.5")
    assert study.ratings["product"] == ["1.00", NOT_AVAILABLE]


def test_a_kobo_export_with_groups_and_metadata():
    header = ["start", "end", "deviceid", "grp/nombre", "grp/pais", "grp/sector", "grp/rama",
              *(f"ee/{name.lower().replace(' ', '_')}" for name in SPANISH), "_id", "_uuid", "_index"]  # fmt: skip
    row = [
        "2024-01-01",
        "2024-01-01",
        "x",
        "Puno",
        "Perú",
        "tradicional",
        "textiles",
        *["alto"] * 4,
        *["bajo"] * 4,
        "1",
        "u",
        "1",
    ]
    content = text_of(header, row)
    assert guessed("kobo.csv", content).open == ()
    assert scores(read("kobo.csv", content)) == "3 3 3 3 1 1 1 1"


def test_a_heading_without_its_small_words_is_not_the_shorter_one_that_stands_in_it():
    """`acceso mercados` is nearly `acceso a mercados`, though `mercado`, a value chain's governance, stands in it."""
    header = ["g/nombre", "g/pais", "g/sector", "g/rama", *(f"ee/{name}" for name in SPANISH)]
    header[7] = "ee/acceso_mercados"
    content = text_of(header, ["Puno", "Perú", "tradicional", "textiles", *["alto", "bajo"] * 4], separator=";")
    assert guessed("kobo.csv", content).open == ()
    assert scores(read("kobo.csv", content)) == "3 1 3 1 3 1 3 1"


@pytest.mark.parametrize("above", ["items", "raters"])
def test_a_column_a_rater_below_each_item_or_an_item_below_each_rater(above):
    facts, scored = ["Puno", "Perú", "Tradicional", "textiles"], [3, 1, 2, 0, 3, 1, 2, 0]
    pairs = [(item, rater) for item in ENGLISH for rater in ("Ana", "Luis")]
    if above == "raters":
        pairs = [(rater, item) for rater in ("Ana", "Luis") for item in ENGLISH]
    width = 2 if above == "items" else len(ENGLISH)
    upper = [text if not place % width else "" for place, (text, _) in enumerate(pairs)]
    rows = [["", "", "", "", *upper], ["Name", "Country", "Sector", "Industry", *(below for _, below in pairs)]]
    given = {"Ana": scored, "Luis": scored[::-1]}
    by_pair = {(item, rater): given[rater][place] for place, item in enumerate(ENGLISH) for rater in given}
    rows += [[*facts, *(by_pair[pair if above == "items" else pair[::-1]] for pair in pairs)]]
    for file, content in (("r.csv", text_of(*rows)), ("r.xlsx", xlsx(rows))):
        assert guessed(file, content).open == ()
        study = read(file, content)
        assert study.ratings["rater"] == ["Ana", "Luis"]
        assert (scores(study), scores(study, 1)) == ("3 1 2 0 3 1 2 0", "0 2 1 3 0 2 1 3")


@pytest.mark.parametrize(("encoding", "told"), [("mac-roman", "mac-roman"), ("cp1252", "cp1252"), ("utf-8", None)])
def test_an_old_encoding_is_guessed_by_the_headings_that_it_makes_known(encoding, told):
    """A dash between years is another letter in each, so that nothing but the words tells which it is."""
    header = ["Código", "Nombre", "País", "Sector", "Rama", *SPANISH]
    content = text_of(header, ["puno", "Puno – Juliaca", "Perú", "Tradicional", "Textiles", *"21021021"])
    content = content.decode().encode(encoding)
    assert guessed("a.csv", content).open == ()
    assert yaml.safe_load(guessed("a.csv", content).text).get("encoding") == told
    assert read("a.csv", content).clusters["name"] == ["Puno – Juliaca"]


def test_remarks_below_a_table_and_titles_above_it_are_left_out():
    header = ["Nombre", "País", "Sector", "Rama", *SPANISH]
    row = ["Puno", "Perú", "Tradicional", "Textiles", *["Alto"] * 8]
    content = xlsx([["Encuesta"], [], header, row, [], ["Fuente: trabajo de campo"]])
    found = guessed("e.xlsx", content)
    assert found.open == ()
    assert yaml.safe_load(found.text)["skip_rows"] == ["1-2", 6]
    assert read("e.xlsx", content).clusters["name"] == ["Puno"]


def test_a_qualtrics_export_with_three_rows_of_headings():
    names = [
        "StartDate",
        "Status",
        "IPAddress",
        "ResponseId",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        *(f"Q5_{n}" for n in range(1, 9)),
    ]
    questions = ["Start Date", "Response Type", "IP Address", "Response ID", "Name of the cluster", "Country", "Sector",
                 "Industry", *(f"Please rate\nthe following - {name}" for name in ENGLISH)]  # fmt: skip
    identifiers = [f'{{"ImportId":"{name}"}}' for name in names]
    labels = ["High", "Medium", "Low", "None", "High", "High", "Low", "Medium"]
    row = ["d", "IP", "1.1.1.1", "R_1", "Nairobi leather", "Kenya", "Traditional", "Textiles", *labels]
    content = text_of(names, questions, identifiers, row)
    assert guessed("survey.csv", content).open == ()
    assert scores(read("survey.csv", content)) == "3 2 1 0 3 3 1 2"


def test_two_rows_of_headings_in_an_ods_and_a_row_of_averages():
    groups = ["Cluster", "", "", "", "Economías externas", "", "", "", "Acción conjunta", "", "", ""]
    below = ["Nombre", "País", "Sector", "Industria", *SPANISH]
    rows = [["Ibagué", "Colombia", "tradicional", "Confecciones", 3, 2, 1, 0.5, 1, 2, 3, 2]]
    rows += [["Promedio", "", "", "", 3, 2, 1, 0.5, 1, 2, 3, 2]]
    content = ods([["Título"], groups, below, *rows], spans={(1, 4): (1, 4), (1, 8): (1, 4)})
    found = guessed("dos.ods", content)
    assert found.open == ()
    assert "header_rows: 2 # guess: row 2 names groups of columns\n" in found.text
    study = read("dos.ods", content)
    assert (scores(study), len(study.summaries), study.clusters["industry"]) == ("3 2 1 0.5 1 2 3 2", 1, ["garments"])


def test_stata_and_spss_files_by_what_they_say_of_variables(tmp_path):
    variables = [f"v{number}" for number in range(8)]
    described = dict(
        zip([*variables, "nm", "cty", "sec", "ind"], [*ENGLISH, "Name", "Country", "Sector", "Industry"], strict=True)
    )
    labels = {name: {1: "None", 2: "Low", 3: "Medium", 4: "High", 9: "Don't know"} for name in variables}
    columns = {"nm": ["A town"], "cty": ["Ghana"], "sec": ["software"], "ind": ["shoes"]}
    columns |= {name: [9.0 if name == "v0" else 3.0] for name in variables}
    for write, file in ((pyreadstat.write_dta, "s.dta"), (pyreadstat.write_sav, "s.sav")):
        content = labelled(write, columns, tmp_path, column_labels=described, variable_value_labels=labels)
        assert guessed(file, content).open == ()
        assert scores(read(file, content)) == f"{NOT_AVAILABLE} 2 2 2 2 2 2 2"


def test_a_row_a_score_and_a_column_a_rater():
    header = ["cluster", "pais", "sector", "rama", "evaluador", "indicador", "puntaje"]
    facts = ["Trujillo", "Perú", "tradicional", "calzado"]
    rows = [[*facts, rater, item, value] for rater, value in (("A", "alto"), ("B", "bajo")) for item in SPANISH]
    content = text_of(header, *rows, separator="\t")
    assert guessed("largo.tsv", content).open == ()
    study = read("largo.tsv", content)
    assert (scores(study), scores(study, 1)) == ("3 3 3 3 3 3 3 3", "1 1 1 1 1 1 1 1")
    header = [
        "name",
        "country",
        "sector",
        "industry",
        *(f"{name} - {rater}" for name in ENGLISH for rater in ("Ana", "Luis")),
    ]
    content = text_of(header, ["Trujillo", "Perú", "cops", "textiles", *["3", "1"] * 8])
    assert guessed("a.csv", content).open == ()
    study = read("a.csv", content)
    assert (study.ratings["rater"], scores(study, 1)) == (["Ana", "Luis"], "1 1 1 1 1 1 1 1")
    content = text_of(["name", "country", "sector", "industry", "item", "Ana", "Luis"],
                      *([*facts[:2], "cops", "textiles", item, "3", "1"] for item in ENGLISH))  # fmt: skip
    assert scores(read("b.csv", content), 1) == "1 1 1 1 1 1 1 1"


def test_another_scale_and_a_cluster_of_the_report_are_asked_about():
    header = ["name", "country", "sector", "industry", *ENGLISH]
    content = text_of(header, ["León", "México", "traditional", "footwear", *"12345321"])
    first, second, third = guessed("a.csv", content).open
    assert first == (
        "'4' under backward in 1 row is no score: say under values what it is worth, and all others if this is another"
        " scale, or write it under missing"
    ).replace("backward", "market_access")
    assert second.startswith("'5' under backward")
    assert "looks like leon-footwear of the report" in third


def test_a_study_is_laid_out_of_a_table(tmp_path, project):
    table = tmp_path / "Encuesta 1.csv"
    table.write_bytes(
        text_of(["name", "country", "sector", "industry", *ENGLISH], ["Puno", "Perú", "cops", "Lana", *"12321321"])
    )
    (tmp_path / "studies").mkdir()
    said = lay_out_study_of(tmp_path / "studies", "puno", table, project / "data/report", "here")
    assert said == (
        f"4 guesses in {tmp_path}/studies/puno/study.yaml, each with its reason: look at them, and fill in the keys"
        " that are empty.\n0 things are open."
    )
    assert (tmp_path / "studies/puno/Encuesta 1.csv").read_bytes() == table.read_bytes()
    said = lay_out_study_of(tmp_path / "studies", "again", table, tmp_path, "here")
    assert f"Its clusters were not compared with the report's: {tmp_path} holds none." in said
    for missing, name in ((tmp_path / "no.csv", "c"), (table, "puno")):
        with pytest.raises(BadInputError):
            lay_out_study_of(tmp_path / "studies", name, missing, tmp_path, "here")


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", b",,\n", b"a|b\n"])
def test_what_is_no_table_is_said(content):
    for file in ("a.csv", "a.xlsx"):
        with pytest.raises(BadInputError):
            guess_study("a", file, content, Known((), (), {}))


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"1,2\n3,4\n" * 30])
def test_a_table_of_nothing_that_is_known_is_left_open(content):
    assert guess_study("a", "a.csv", content, Known((), (), {})).open
