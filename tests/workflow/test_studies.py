"""Studies in the whole workflow: what they add, what they never touch, and what a bad one leaves behind."""

import csv
import re
import shutil
from urllib.parse import unquote

import pytest
from conftest import PROJECT, STUDIES, copy_project, enable, snakemake

from collective_efficiency.files import package

BAD = "cluster,name,sector,industry,country,labour_market,inputs,information,market_access,backward,forward,bilateral\n"


def results(folder):
    """The content of every result by its path."""
    files = (path for path in (folder / "results").rglob("*") if path.is_file())
    return {path.relative_to(folder / "results").as_posix(): path.read_bytes() for path in files}


def rows(folder, name):
    with (folder / "results" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(run, tmp_path):
    """A copy of a finished run without studies."""
    return shutil.copytree(run, tmp_path / "copy")


def test_studies_change_no_byte_of_the_reports_results(run, studied):
    folder, said = studied
    before, after = results(run), results(folder)
    for of_the_run in ("index.html", "ro-crate-metadata.json"):  # they name what is made of them, too
        assert before.pop(of_the_run) != after.pop(of_the_run)
    assert {name: content for name, content in after.items() if name in before} == before
    assert {name.split("/")[0] for name in after.keys() - before.keys()} <= {"extended", "studies", "notebooks"}
    assert "dataset report" not in said
    assert "Auditing every printed cell" not in said


def test_every_result_of_a_study_is_linked_from_the_way_in(studied):
    folder, _ = studied
    way_in = (folder / "results/index.html").read_text(encoding="utf-8")
    linked = {unquote(path) for path in re.findall(r'href="([^"#]+)', way_in)}
    assert linked == results(folder).keys() - {"README.md"}
    assert "Studies: example_raters, example_simple, scored_again; several raters count as their median." in way_in


def test_every_table_of_a_study_is_described(studied):
    folder, _ = studied
    described = package.schema("results")
    columns = {}
    for name, entry in described.items():
        listed = described[entry["columns_of"]]["columns"] if "columns_of" in entry else entry["columns"]
        for reading in ("printed", "recomputed"):
            for study in STUDIES:
                place = name.format(dataset="extended", reading=reading, study=study, table="T3")
                columns[place] = list(listed)
    made = [name for name in results(folder) if name.endswith(".csv") and name.startswith(("extended/", "studies/"))]
    assert made
    for name in made:
        header = (folder / "results" / name).read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == columns[name], name


def test_the_extended_dataset_holds_the_report_and_what_is_new(studied):
    folder, _ = studied
    report, clusters = rows(folder, "report/clusters.csv"), rows(folder, "extended/clusters.csv")
    assert clusters[:40] == report
    assert [(row["study"], row["cluster"]) for row in clusters[40:]] == [
        ("example_raters", f"made-up-{name}")
        for name in ("coffee-coast", "coffee-hills", "saddlers", "tannery-east", "tannery-west")
    ] + [("example_simple", f"made-up-{name}") for name in ("garments", "shoes", "wine")]
    assert [row["sector"] for row in rows(folder, "extended/sectors.csv")][-1] == "leather"
    for reading in ("printed", "recomputed"):
        indices = rows(folder, f"extended/{reading}/indices.csv")
        assert indices[:40] == rows(folder, f"report/{reading}/indices.csv")
        averages = {row["sector"]: row for row in rows(folder, f"extended/{reading}/sector_averages.csv")}
        assert (averages["leather"]["n"], averages["leather"]["eei"]) == ("3", "7.3333")  # (9.5 + 7.5 + 5) / 3
        crosstabs = rows(folder, f"extended/{reading}/crosstabs.csv")
        (cell,) = [row for row in crosstabs if (row["sector"], row["degree"], row["upgrading"]) == (
            "leather", "Medium", "product")]  # fmt: skip
        assert (cell["n"], cell["mean"]) == ("2", "1.5000")  # tanneries: 2 and 1
        scopes = {row["scope"] for row in rows(folder, f"extended/{reading}/inference/associations.csv")}
        assert scopes == {"traditional", "natural_resource", "cops", "software", "leather", "all"}
        page = (folder / f"results/extended/{reading}/inference/answers.md").read_text(encoding="utf-8")
        assert "Leather and leather goods" in page
    sources = {row["cluster"]: row["source"] for row in rows(folder, "extended/printed/indices.csv")}
    assert (sources["made-up-saddlers"], sources["made-up-wine"]) == ("printed+items", "items")


def test_the_audit_of_a_study_finds_its_slip(studied):
    folder, said = studied
    (finding,) = rows(folder, "studies/example_raters/audit/findings.csv")
    assert (finding["finding"], finding["printed"], finding["expected"]) == (
        "column_average.S1.average.jai", "4,9", "4.7",
    )  # fmt: skip
    assert rows(folder, "studies/example_simple/audit/cells.csv") == []
    assert "column_average.S1.average.jai: printed 4,9, expected 4.7" in said


def test_a_second_run_with_studies_has_nothing_to_do(studied):
    done = snakemake(studied[0], "--cores", "1")
    assert done.returncode == 0
    assert "Nothing to be done" in done.stdout + done.stderr


def test_an_edit_of_a_study_reruns_what_rests_on_it(studied, tmp_path):
    folder = shutil.copytree(studied[0], tmp_path / "copy")
    path = folder / "data/studies/example_simple/clusters.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Made-up Wine Hills", "Hills"), encoding="utf-8")
    said = snakemake(folder, "-n").stdout
    assert "Reading the study example_simple" in said
    assert "Adding the clusters of the studies" in said
    assert "Reading the study example_raters" not in said
    assert "dataset report" not in said


def test_the_choice_of_raters_reruns_what_rests_on_it(studied, tmp_path):
    folder = shutil.copytree(studied[0], tmp_path / "copy")
    path = folder / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("raters: median", "raters: mean"), encoding="utf-8")
    done = snakemake(folder, "--cores", "2", "results/extended/recomputed/indices.csv")
    assert done.returncode == 0, done.stderr
    assert rows(folder, "studies/example_raters/clusters.csv")[3]["forward"] == "1.50"  # of 2 and 1, as the median


def test_a_bad_study_stops_before_anything_is_written(folder):
    (folder / "data/studies/bad").mkdir()
    shutil.copy2(PROJECT / "data/studies/example_simple/study.yaml", folder / "data/studies/bad")
    (folder / "data/studies/bad/clusters.csv").write_text(BAD, encoding="utf-8")
    enable(folder, "bad", "exampl_simple")
    before = results(folder)
    done = snakemake(folder, "--cores", "1")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert "2 problems in the input; nothing was written." in said
    assert "key studies: found 'exampl_simple'; there is no folder data/studies/exampl_simple; allowed:" in said
    assert "did you mean example_simple?" in said
    assert "data/studies/bad/clusters.csv, row 1, column multilateral: the column is missing" in said
    after = results(folder)
    content = after.pop("studies/bad/problems.csv").decode()
    assert after == before
    assert content.startswith("file,row,column,value,message,allowed\ndata/studies/bad/clusters.csv,1,multilateral,,")
    shutil.copy2(PROJECT / "data/studies/example_simple/clusters.csv", folder / "data/studies/bad")
    enable(folder, "bad")
    assert snakemake(folder, "-n").returncode == 0
    assert (folder / "results/studies/bad/problems.csv").read_text(encoding="utf-8") == content
    assert snakemake(folder, "--cores", "1", "results/studies/bad/indices.csv").returncode == 0
    assert not (folder / "results/studies/bad/problems.csv").exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("_template", "found '_template'; allowed: at most 60 small letters, digits, - and _"),
        ("'../report'", "found '../report'; allowed: at most 60 small letters, digits, - and _"),
        ("report", "found 'report'; the name is taken"),
        ("[a]", "key studies.0: "),
    ],
)
def test_names_that_are_no_study(folder, name, expected):
    enable(folder, name)
    before = results(folder)
    done = snakemake(folder, "--cores", "1")
    assert done.returncode == 1
    assert expected in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert results(folder) == before


def test_nothing_is_read_outside_the_studys_folder(folder, tmp_path):
    outside = shutil.copytree(PROJECT / "data/studies/example_simple", tmp_path / "outside")
    (folder / "data/studies/link").symlink_to(outside)
    shutil.copytree(outside, folder / "data/studies/half")
    (folder / "data/studies/half/clusters.csv").unlink()
    (folder / "data/studies/half/clusters.csv").symlink_to(outside / "clusters.csv")
    enable(folder, "link", "half")
    done = snakemake(folder, "--cores", "1")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    for name in ("link", "half"):
        assert f"data/studies/{name}/clusters.csv: allowed: a file of its own, no link" in said


def test_a_new_study_is_laid_out_and_left_alone(folder):
    before = results(folder)
    done = snakemake(folder, "--cores", "1", "new_study", "--config", "name=ethiopia")
    assert done.returncode == 0, done.stderr
    assert "Fill in data/studies/ethiopia/study.yaml and data/studies/ethiopia/clusters.csv" in done.stdout
    made = folder / "data/studies/ethiopia"
    template = PROJECT / "workflow/collective_efficiency/templates/study"
    assert {path.name: path.read_bytes() for path in made.iterdir()} == {
        path.name: path.read_bytes() for path in template.iterdir()
    }
    (made / "mine.txt").write_text("mine", encoding="utf-8")
    for name, expected in (
        ("ethiopia", "found 'ethiopia'; there is a folder ethiopia already; nothing was changed"),
        ("Ethiopia", "found 'Ethiopia'; allowed: at most 60 small letters, digits, - and _"),
        ("../x", "found '../x'; allowed: at most 60 small letters"),
        ("report", "found 'report'; the name is taken"),
    ):
        done = snakemake(folder, "--cores", "1", "new_study", "--config", f"name={name}")
        assert done.returncode == 1
        assert f"--config, key name: {expected}" in done.stderr
        assert "Traceback" not in done.stderr
    done = snakemake(folder, "--cores", "1", "new_study")
    assert "name the new study: snakemake --cores 1 new_study --config name=ethiopia" in done.stderr
    snakemake(folder, "--delete-all-output", "--cores", "1")
    assert (made / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert {path.name for path in (folder / "data/studies").iterdir()} - {
        path.name for path in (PROJECT / "data/studies").iterdir()
    } == {"ethiopia"}
    assert before


def test_a_new_study_names_what_is_to_be_filled_in(folder):
    snakemake(folder, "--cores", "1", "new_study", "--config", "name=ethiopia")
    enable(folder, "ethiopia")
    said = snakemake(folder, "--cores", "1").stderr
    for key in ("title", "source", "scorer", "date", "scale"):
        assert f", key {key}: nothing stands here" in said
    assert "data/studies/ethiopia/clusters.csv: there is no cluster; write one row a cluster" in said


def test_a_large_study_is_not_tested(folder):
    """Its tests are for few clusters; everything else is made."""
    header, *first = (PROJECT / "data/studies/example_simple/clusters.csv").read_text(encoding="utf-8").splitlines()
    made = [line.replace("made-up", f"made-up-{number}", 1) for number in range(60) for line in first]
    (folder / "data/studies/large").mkdir()
    (folder / "data/studies/large/clusters.csv").write_text("\n".join([header, *made]) + "\n", encoding="utf-8")
    shutil.copy2(PROJECT / "data/studies/example_simple/study.yaml", folder / "data/studies/large")
    enable(folder, "large")
    done = snakemake(folder, "--cores", "2")
    assert done.returncode == 0, done.stderr
    assert "Not tested: extended, 220 clusters; config.yaml says inference.largest." in done.stdout
    assert len(rows(folder, "extended/recomputed/indices.csv")) == 220
    assert not (folder / "results/extended/recomputed/inference").exists()


def test_a_workbook_in_the_workflow(folder):
    from openpyxl import Workbook

    source = PROJECT / "data/studies/example_raters"
    book = Workbook()
    for line in csv.reader((source / "clusters.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"):
        book.active.append(line)
    target = folder / "data/studies/workbook"
    target.mkdir()
    shutil.copy2(source / "study.yaml", target)
    book.save(target / "clusters.xlsx")
    enable(folder, "workbook")
    done = snakemake(folder, "--cores", "1", "results/studies/workbook/indices.csv")
    assert done.returncode == 0, done.stderr
    assert {"about": "sheet", "found": "Sheet", "how": "the only one"} in rows(folder, "studies/workbook/notes.csv")
    assert len(rows(folder, "studies/workbook/indices.csv")) == 10


def test_a_fresh_clone_runs_with_a_study(tmp_path):
    """From clean, with the study named on the command line."""
    folder = copy_project(tmp_path)
    done = snakemake(folder, "--cores", "2", "results/extended/governance.csv", "--config", "studies=[example_simple]")
    assert done.returncode == 0, done.stderr
    chains = {(row["sector"], row["chain"]): row for row in rows(folder, "extended/governance.csv")}
    assert chains["traditional", "quasi_hierarchy"]["clusters"].endswith("made-up-garments; made-up-shoes")
