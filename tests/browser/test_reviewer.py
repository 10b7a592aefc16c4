"""The reviewer's page in Chromium. What it should say is read from the results of the run, not from the page."""

import csv
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from conftest import copy_project, snakemake

from collective_efficiency.reviewer.reviewer_page import reviewer_page
from collective_efficiency.reviewer.workbook import reviewer_workbook


@pytest.fixture(scope="session")
def made(run) -> Path:
    """The page as the workflow made it."""
    return run / "results/audit/index.html"


@pytest.fixture(scope="session")
def data(made) -> dict:
    """The data embedded in the page, the cells as records."""
    text = made.read_text(encoding="utf-8")
    found = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)[1])
    cells = found["cells"]
    base = found["scenarios"]["printed/zero"]
    found["cells"] = [
        {key: value for key, value in zip(cells["fields"], row, strict=True) if value != ""} for row in cells["rows"]
    ]
    found["scenarios"] = {name: base | values for name, values in found["scenarios"].items()}
    return found


@pytest.fixture
def visit(browser, made):
    """Opens the page at an address; fails at the end if anything was loaded, or an error stood in the console."""
    contexts, wrong = [], []

    def opened(address="", path=made, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: wrong.append(asked.url) if not _own(asked.url, path) else None)
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri() + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _own(url: str, path: Path) -> bool:
    return url.startswith(("data:", "blob:")) or url.partition("#")[0] == path.as_uri()


TILES = "T3/santa-catarina-tiles/ce"
SLIP = "ce_index.T3.santa-catarina-tiles.ce"
VIEWS = ("overview", "tables", "findings", "claims", "whatif", "suppose", "take")
STORIES = (f"#cell={TILES}", f"#finding={SLIP}", "#claim=C017")


def rows(run, name):
    with (run / f"results/audit/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def story(page):
    return page.locator("#story")


def cell(page, name):
    return page.locator(f'td[id="cell={name}"]')


def saved(page, press):
    with page.expect_download() as waiting:
        press()
    return waiting.value


def test_it_is_one_file_of_less_than_two_megabytes(made):
    text = made.read_text(encoding="utf-8")
    assert len(text.encode()) < 2_000_000
    kept = r"#|data:|audit\.xlsx|\.\./index\.html|\.\./glossary\.html|\.\./policy/policy\.html#"
    assert not re.search(rf"""(src|href)="(?!{kept})""", text)
    assert "Content-Security-Policy" in text


def test_every_printed_cell_stands_in_its_place_with_its_verdict(visit, run):
    page = visit("#view=tables")
    shown = page.evaluate("[...document.querySelectorAll('td[data-verdict]')].map((td) => [td.id, td.dataset.verdict])")
    audited = [(f"cell={row['table']}/{row['row']}/{row['column']}", row["verdict"]) for row in rows(run, "cells")]
    assert sorted(map(tuple, shown)) == sorted(audited)
    assert cell(page, TILES).inner_text().split() == ["✗", "7.00", "→", "should", "be", "8.00", "inconsistent"]


def test_from_the_overview_to_a_finding_to_a_cell_to_a_sister_table_and_back(visit):
    page = visit()
    cards = page.locator(".cards")
    cards.get_by_role("link", name="T3, Santa Catarina (tiles), Collective efficiency index").first.click()
    assert page.url.endswith(f"#finding={SLIP}")
    assert "replaced digit: 8.00 printed 7.00" in story(page).inner_text()
    story(page).get_by_role("link", name="Santa Catarina (tiles), Collective efficiency index").first.click()
    assert page.url.endswith(f"#cell={TILES}")
    assert cell(page, TILES).is_visible()
    assert "contributes" in (cell(page, "T3/santa-catarina-tiles/eei").get_attribute("class") or "")
    assert "follows" in (cell(page, "T17/traditional/ce").get_attribute("class") or "")
    story(page).get_by_role("link", name="Santa Catarina (tiles), External economies index").click()
    story(page).get_by_role("link", name="Santa Catarina (tiles), External economies index").click()  # of annex table 1
    assert page.url.endswith("A1/santa-catarina-tiles/eei")
    assert cell(page, "A1/santa-catarina-tiles/eei").is_visible()
    for _ in range(2):
        story(page).get_by_role("button", name="Back").click()
    assert page.url.endswith(f"#cell={TILES}")
    page.go_back()
    assert page.url.endswith(f"#finding={SLIP}")


def test_the_story_of_a_cell_says_everything(visit, run):
    page = visit(f"#cell={TILES}")
    text = story(page).inner_text()
    finding = next(row for row in rows(run, "findings") if row["finding"] == SLIP)
    for said in ("7.00", "8.00", "[6.995 to 7.005) rounded to the nearest", finding["explanation"], "printing slip"):
        assert said in text
    for said in finding["alternatives"].split(" | "):
        assert said in text
    assert "the collective efficiency index is half the sum of the two indices" in text
    assert "C017" in text


def test_an_interval_under_the_inferred_rounding(visit, run):
    """A number truncated to d decimals stands for all from itself to one unit of its last decimal above (by hand)."""
    inferred = {(row["table"], row["column"]): row["mode"] for row in rows(run, "rounding")}
    assert inferred["A1", "inputs"] == "truncation"
    printed = next(
        row["printed"]
        for row in rows(run, "cells")
        if (row["table"], row["row"], row["column"]) == ("A1", "average", "inputs")
    )
    above = Decimal(printed) + Decimal(1).scaleb(Decimal(printed).as_tuple().exponent)
    page = visit("#cell=A1/average/inputs")
    assert f"[{printed} to {above}) truncated" in story(page).inner_text()


@pytest.mark.parametrize("address", [f"#view={name}" for name in VIEWS] + list(STORIES))
def test_every_address_opens_what_it_names(visit, address):
    page = visit(address)
    kind, _, name = address[1:].partition("=")
    if kind == "view":
        assert page.locator(f"#view-{name}").is_visible()
        assert page.locator(".view:visible").count() == 1
    else:
        assert page.locator(f'[id="{address[1:]}"]').is_visible()
        assert story(page).is_visible()


def test_an_address_that_names_nothing_opens_the_overview_and_says_so(visit):
    page = visit("#finding=nothing%")
    assert page.locator("#view-overview").is_visible()
    told = page.locator("#notice").inner_text()
    assert told == "Nothing here has the address finding=nothing%: this is the overview."
    page.get_by_role("link", name="Tables", exact=True).click()
    assert not page.locator("#notice").is_visible()
    assert not visit().locator("#notice").is_visible()


def test_every_arrow_of_a_claim_starts_from_the_verdict_in_the_list(visit, run):
    verdicts = {row["claim"]: row["verdict"].replace("_", " ") for row in rows(run, "claims")}
    told = visit().locator("#view-overview .cards li li").all_inner_texts()
    arrows = [re.fullmatch(r"claim (\S+): (.+) → .+", text) for text in told if text.startswith("claim ")]
    assert arrows
    assert all(verdicts[arrow[1]] == arrow[2] for arrow in arrows)


def test_all_that_is_computed_from_a_cell_is_told(visit, data):
    """Chipilo's joint action, by a search of its own over the cells: all that reads it, and what reads that."""
    numbers = {(each["table"], each["row"], each["column"]): number for number, each in enumerate(data["cells"])}
    start = numbers["A2", "chipilo-furniture", "jai"]
    reached, todo = set(), [start]
    while todo:
        parent = todo.pop()
        for number, each in enumerate(data["cells"]):
            if number not in reached | {start} and any(parent in way["cells"] for way in each.get("from", [])):
                reached.add(number)
                todo.append(number)
    page = visit("#cell=A2/chipilo-furniture/jai")
    assert f"{len(reached)} cells with an amber frame" in story(page).inner_text()
    assert len(reached) > 15
    framed = page.locator("td.follows").evaluate_all("(all) => all.map((td) => td.id)")
    places = [data["cells"][number] for number in reached]
    assert {f"cell={each['table']}/{each['row']}/{each['column']}" for each in places} <= {*framed}


def test_close_goes_back_to_the_list_as_it_was_filtered(visit):
    page = visit("#view=findings&severity=decision")
    page.locator("#findings tbody tr:visible th a").first.click()
    story(page).get_by_role("button", name="Close").click()
    assert page.url.endswith("#view=findings&severity=decision")


def test_two_tabs_keep_both_marks_and_those_of_another_version(visit):
    page = visit(f"#finding={SLIP}")
    story(page).get_by_label("agreed").check()
    key = page.evaluate("Object.keys(localStorage)[0]")
    assert key.startswith("collective-efficiency.marks/Upgrading in Clusters")
    other = page.context.new_page()
    other.goto(page.url.partition("#")[0] + "#finding=column_total.A8.total.backward")
    other.evaluate(
        """(key) => {
            const old = { "gone.from.this": { stance: "agreed", note: "old", printed: "9" } };
            localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), ...old });
        }""",
        key,
    )
    story(other).get_by_label("disputed").check()
    page.wait_for_function("document.getElementById('marks').textContent.startsWith('1 agreed, 1 disputed')")
    story(page).get_by_label("Note").fill("kept")
    kept = json.loads(other.evaluate("(key) => localStorage[key]", key))
    assert {name: mark["stance"] for name, mark in kept.items()} == {
        SLIP: "agreed", "column_total.A8.total.backward": "disputed", "gone.from.this": "agreed",
    }  # fmt: skip
    assert kept[SLIP]["note"] == "kept"


def test_filters_have_addresses_and_addresses_filter(visit, run):
    page = visit("#view=findings")
    page.get_by_label("Severity").select_option("decision")
    decisive = [row["finding"] for row in rows(run, "findings") if row["severity"] == "decision"]
    assert page.locator("#findings tbody > tr[data-id]:visible").count() == len(decisive)
    page.locator("form[data-list=findings] input[type=search]").fill("BLUMENAU high")
    page.wait_for_function("location.hash === '#view=findings&severity=decision&q=BLUMENAU%20high'")
    kept = visit("#view=findings&severity=decision&q=BLUMENAU%20high")
    assert kept.locator("#findings tbody > tr[data-id]:visible").count() == 1
    assert kept.get_by_label("Severity").input_value() == "decision"
    kept.get_by_role("button", name="Show all").click()
    kept.wait_for_function("location.hash === '#view=findings'")
    assert kept.locator("#findings tbody > tr[data-id]:visible").count() == len(rows(run, "findings"))


def test_claims_filter_by_topic_and_verdict(visit, run):
    page = visit("#view=claims&topic=group averages&verdict=contradicted")
    wanted = [
        row["claim"]
        for row in rows(run, "claims")
        if (row["topic"], row["verdict"]) == ("group averages", "contradicted")
    ]
    assert wanted
    shown = page.locator("#claims tbody > tr[data-id]:visible").evaluate_all(
        "(all) => all.map((row) => row.dataset.id)"
    )
    assert sorted(shown) == wanted


def test_lists_sort_both_ways(visit, run):
    page = visit("#view=claims")
    page.locator("#claims th button").nth(2).click()
    page.locator("#claims th button").nth(2).click()
    assert page.locator("#claims th[aria-sort]").get_attribute("aria-sort") == "descending"
    first = page.locator("#claims tbody > tr[data-id]").first.get_attribute("data-kind")
    assert first == max(row["kind"] for row in rows(run, "claims"))
    assert page.url.endswith("sort=kind&dir=desc")


def test_a_claim_leads_to_the_cells_it_rests_on(visit):
    """C017: the total and the mean of the index of the traditional clusters, the 15 cells of table 3; and, in its
    second reading, the totals of the two indices, 2 more."""
    page = visit("#claim=C017")
    page.locator("#story details summary").last.click()
    assert page.locator('#story a[href^="#cell="]').count() == 17
    page.locator('#story a[href^="#cell="]').first.click()
    assert page.locator('td.open[id^="cell=T3/"]').is_visible()


def test_from_a_score_to_an_index_to_a_claim_to_the_advice_and_back(visit, run):
    """Every step is a link: of a score to what is computed from it, of a cell to claims, of a claim to advice; and the
    page of the advice leads back to the claim and its cells."""
    with (run / "results/policy/policy.csv").open(encoding="utf-8", newline="") as file:
        grounds = {row["advice"]: row["grounds"].split("; ") for row in csv.DictReader(file)}
    page = visit("#cell=A1/santa-catarina-tiles/inputs")
    for name in ("External economies index", "External economies index", "Collective efficiency index"):  # A1, T3, T3
        story(page).get_by_role("link", name=f"Santa Catarina (tiles), {name}").first.click()
    assert page.url.endswith(f"#cell={TILES}")
    claim = page.locator('#story a[href^="#claim="]').evaluate_all("(all) => all.map((a) => a.textContent)")
    advice = page.locator('#story a[href^="../policy/"]').evaluate_all("(all) => all.map((a) => a.textContent)")
    assert advice == [name for name, resting in grounds.items() if set(resting) & set(claim)]
    assert advice
    resting = next(name for name in claim if name in grounds[advice[0]])
    page.evaluate(f"location.hash = '#claim={resting}'")
    links = page.locator('#story a[href^="../policy/"]').evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert f"../policy/policy.html#{advice[0]}" in links
    policy = (run / "results/policy/policy.html").read_text(encoding="utf-8")
    assert f'<article id="{advice[0]}">' in policy
    assert f'href="../audit/index.html#claim={resting}"' in policy


def test_what_if_shows_the_other_reading_in_place(visit, run):
    page = visit("#view=whatif")
    for reading in ("printed", "recomputed"):
        page.locator(f"#choices input[name=reading][value={reading}]").check()
        with (run / f"results/report/{reading}/indices.csv").open(encoding="utf-8", newline="") as file:
            wanted = {row["cluster"]: row["degree"] for row in csv.DictReader(file)}
        for cluster, degree in wanted.items():
            shown = page.locator(f'td[data-value="index/{cluster}/degree"] .value').inner_text()
            assert shown == degree, cluster
    assert page.locator('td[data-value="index/blumenau-software/degree"]').inner_text().split() == [
        "Medium",
        "was",
        "High",
    ]
    assert page.locator('td.changed[data-value$="/degree"]').count() == 1
    page.locator("#choices input[value=omit]").check()
    assert page.url.endswith("#view=whatif&reading=recomputed&missing=omit")
    page.get_by_label("only what changes").check()
    assert page.locator("#view-whatif tbody tr:visible").count() < 60
    for table in page.locator("#view-whatif table").all():  # each value stands under its own head, whatever is hidden
        heads = table.locator("thead tr > *").count()
        rows_shown = table.locator("tbody tr:visible")
        assert {row.locator("> *").count() for row in rows_shown.all()} <= {heads}
        assert table.locator("[rowspan]").count() == 0


def test_marks_are_kept(visit):
    page = visit(f"#finding={SLIP}")
    story(page).get_by_label("disputed").check()
    story(page).get_by_label("Note").fill("no")
    page.goto(page.url.partition("#")[0] + "#finding=column_total.A8.total.backward")
    story(page).get_by_label("agreed").check()
    page.reload()
    assert story(page).get_by_label("agreed").is_checked()
    page.evaluate("location.hash = '#view=take'")
    assert "1 agreed, 1 disputed" in page.locator("#marks").inner_text()


def test_by_keyboard_alone(visit):
    page = visit("#view=tables")
    cell(page, "T3/medellin-textiles/eei").locator("a").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    assert page.url.endswith("T3/medellin-textiles/jai")
    page.wait_for_function("document.activeElement.id === 'story'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "← Back"
    page.keyboard.press("Escape")
    assert not story(page).is_visible()
    assert page.evaluate("document.activeElement.closest('td').id") == "cell=T3/medellin-textiles/jai"


def test_a_table_is_one_stop_of_the_tab_key(visit):
    page = visit("#view=tables")
    stops = page.locator('[id="table=T3"] td a').evaluate_all("(all) => all.filter((a) => a.tabIndex === 0).length")
    assert stops == 1


def test_recomputed_values_in_the_facsimiles(visit):
    page = visit("#view=tables")
    page.locator("input[name=shown][value=recomputed]").check()
    assert cell(page, TILES).locator(".value").inner_text() == "8.00"
    assert cell(page, "T6/High/product").locator(".value").inner_text() != "lost"
    assert cell(page, TILES).inner_text().split() == ["8.00", "recomputed,", "printed", "7.00"]
    colour = "(td) => getComputedStyle(td).backgroundColor"
    shown = cell(page, TILES).evaluate(colour)
    page.locator("input[name=shown][value=printed]").check()
    assert shown != cell(page, TILES).evaluate(colour)


def test_downloads_hold_everything_and_no_formula(visit, run, made, tmp_path):
    page = visit("#view=take")
    for name in ("cells", "findings", "claims"):
        file = saved(page, page.locator(f'[data-save="{name}.csv"]').click)
        file.save_as(tmp_path / f"{name}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as opened:
            found = list(csv.DictReader(opened))
        key = {"cells": "printed", "findings": "finding", "claims": "claim"}[name]
        assert [row[key].lstrip("'") for row in found] == [row[key] for row in rows(run, name)]
        if name == "findings":
            columns = list(rows(run, name)[0])
            assert list(found[0])[: len(columns)] == columns
            assert [[row[each].lstrip("'") for each in columns] for row in found] == [
                [row[each] for each in columns] for row in rows(run, name)
            ]
    saved(page, page.locator('[data-save="audit.json"]').click).save_as(tmp_path / "audit.json")
    assert len(json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))["cells"]) == 1266
    assert made.with_name("audit.xlsx").is_file()


def test_without_a_script_everything_is_readable(visit, run):
    page = visit(java_script_enabled=False)
    for name in VIEWS:
        assert page.locator(f'[id="view={name}"]').is_visible()
    assert page.locator("td[data-verdict]:visible").count() == len(rows(run, "cells"))
    assert page.locator("#findings tbody > tr[data-id]:visible").count() == len(rows(run, "findings"))
    assert page.locator("#claims tbody > tr[data-id]:visible").count() == len(rows(run, "claims"))
    assert page.locator(".script:visible").count() == 0


def test_it_prints_what_is_open_or_all(visit, data):
    page = visit("#view=claims&q=nothing+such")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.evaluate("window.print = () => {}")
    page.evaluate("document.getElementById('print').click()")
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 15
    page.emulate_media(media="print")
    page.evaluate("document.documentElement.classList.add('whole')")
    assert page.locator("td[data-verdict]:visible").count() == 1266
    assert page.locator("#claims tbody > tr[data-id]:visible").count() == len(data["claims"])


@pytest.mark.parametrize("address", [f"#view={name}" for name in VIEWS] + list(STORIES))
def test_nothing_is_wider_than_a_phone(visit, address):
    page = visit(address, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(visit, scheme):
    """axe-core 4, rules of WCAG 2.0, 2.1 and 2.2 at levels A and AA, on every view and every kind of story.

    In the dark scheme only the colours differ, so only the rules about them run again.
    """
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {"light": {"type": "tag", "values": tags}, "dark": {"type": "tag", "values": ["cat.color"]}}[scheme]
    page = visit(color_scheme=scheme)
    for address in (*(f"#view={name}" for name in VIEWS), *STORIES):
        page.evaluate("(hash) => { location.hash = hash; }", address)
        page.wait_for_function("(hash) => location.hash === hash", arg=address)
        found = Axe().run(page, options={"runOnly": rules}).response["violations"]
        told = [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]
        assert told == [], address


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://example.org","x")',
    '"><b>{{ 7*7 }}</b></script><script>alert(2)</script>',
    "\u202eevil\u202c \u200frtl\u2066",
    "N" * 300,
    "@SUM(1+1)*cmd|' /C calc'!A0",
)


def spoil(data, text):
    """The data of the page with `text` wherever a name, a label or a sentence of a data file stands."""
    spoiled = json.loads(json.dumps(data))
    spoiled["names"] = dict.fromkeys(spoiled["names"], text)
    spoiled["sectors"] = dict.fromkeys(spoiled["sectors"], text)
    for table in spoiled["tables"]:
        table["title"] = text
        table["notes"] = [text]
        for row in table["rows"]:
            row.update(label=text, group=row["group"] and text)
    for each in spoiled["cells"]:
        if each["kind"] == "fact":
            each["printed"] = text
    for each in (*spoiled["findings"], *spoiled["claims"], *spoiled["clusters"]):
        for key in ("explanation", "reason", "note", "printed_label", "paraphrase", "evidence", "name", "topic"):
            if key in each:
                each[key] = text
    for claim in spoiled["claims"]:  # its readings stand in the page's list alone
        said = {"printed": "holds", "recomputed": "fails", "numbers": text}
        claim["readings"] = [{"reads": text, "role": "main", **said}]
    return spoiled


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_shown_as_text(visit, data, tmp_path, text):
    path = tmp_path / "index.html"
    path.write_text(reviewer_page(spoil(data, text), {}), encoding="utf-8")
    page = visit(path=path, viewport={"width": 390, "height": 800})
    for address in (*(f"#view={name}" for name in VIEWS), *STORIES):
        page.evaluate("(hash) => { location.hash = hash; }", address)
        assert page.locator("b, img, [onerror]").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        shown = page.locator("body").text_content()
        assert text in shown
        assert "49" not in page.locator("#story h2, h3").all_inner_texts()
    (tmp_path / "audit.xlsx").write_bytes(reviewer_workbook(spoil(data, text)))
    book = openpyxl.load_workbook(tmp_path / "audit.xlsx")
    cells = [each for sheet in book for row in sheet.iter_rows() for each in row if each.value is not None]
    assert {each.data_type for each in cells} <= {"s", "n", "inlineStr"}
    assert all(each.hyperlink is None for each in cells)
    assert any(each.value == text for each in cells)


def test_the_workbook_colours_what_the_audit_says(made, run):
    book = openpyxl.load_workbook(made.with_name("audit.xlsx"))
    tables = sorted({row["table"] for row in rows(run, "cells")})
    assert sorted(book.sheetnames) == sorted(["Read me", "Findings", "Claims", "Cells", "Readings", *tables])
    assert book["Findings"].max_row == len(rows(run, "findings")) + 1
    assert book["Cells"].max_row == len(rows(run, "cells")) + 1
    wrong = sum(
        each.fill.fgColor.rgb == "FFFBDCD3" for name in tables for row in book[name].iter_rows() for each in row
    )
    assert wrong == sum(row["verdict"] == "inconsistent" for row in rows(run, "cells"))


def test_page_and_workbook_are_the_same_bytes_on_every_run(run, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(run, folder)
    made = [folder / f"results/audit/{name}" for name in ("index.html", "audit.xlsx")]
    before = [path.read_bytes() for path in made]
    done = snakemake(
        folder, "--cores", "1", "--forcerun", "reviewer_page", "--", "results/audit/index.html", TZ="Asia/Tokyo"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path.read_bytes() for path in made] == before


@pytest.mark.parametrize("address", STORIES)
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_what_is_addressed_is_in_sight_beside_its_story(visit, address, width, height):
    page = visit(address, viewport={"width": width, "height": height})
    page.wait_for_timeout(300)  # the browser may scroll to the fragment once more
    box = page.locator(f'[id="{address[1:]}"]').bounding_box()
    header, told = page.locator("header.site").bounding_box(), story(page).bounding_box()
    assert box["y"] >= header["y"] + header["height"] - 1
    assert box["x"] < told["x"] if width > 1000 else box["y"] < told["y"]


GUADALAJARA = "A1/guadalajara-footwear/eei"


def test_a_finding_that_is_put_right_shows_all_that_follows(visit):
    """By hand: 9 for 8 makes the index of Guadalajara (9 + 7) / 2, and the mean of the 15 clusters 115 / 15."""
    page = visit(f"#cell={GUADALAJARA}")
    story(page).get_by_role("link", name="Suppose it put right").first.click()
    assert page.url.endswith("#view=suppose&cells=A1/guadalajara-footwear/eei~9")
    told = page.locator("#view-suppose")
    assert "1 cell is supposed" in told.locator("output").inner_text()
    followed = {
        row.locator("th").inner_text(): row.locator("td").last.inner_text()
        for row in told.locator("tr").all()[1:]
        if row.locator("th[scope=row]").count()
    }
    assert followed["T3, Guadalajara (footwear), Collective efficiency index"] == "8"
    assert followed["A1, average, External economies index"] == "7.6667"
    told.get_by_role("button", name="Undo").click()
    assert "every cell is as printed" in told.locator("output").inner_text()


def test_a_score_is_moved_by_keyboard_and_its_address_says_it(visit):
    """By hand: with a joint action of 11 the index of Guadalajara is (8 + 11) / 2, which is High."""
    page = visit("#cell=A2/guadalajara-footwear/jai")
    field = story(page).get_by_label("Suppose it printed")
    field.focus()
    field.fill("eleven")
    page.keyboard.press("Enter")
    assert "is no number" in story(page).get_by_role("status").inner_text()
    field.fill("11")
    page.keyboard.press("Enter")
    address = page.url[page.url.index("#") :]
    again = visit(address)
    for each in (page, again):
        assert (
            each.get_by_role("region", name="Classes that change").locator("tbody td").all_inner_texts()
            == ["Medium", "High"] * 2
        )
    tested = page.get_by_role("region", name="Associations that change")
    assert "Degree and Functional upgrading" in tested.inner_text()
    page.go_back()
    page.go_forward()
    assert page.url.endswith(address)


def test_what_cannot_be_supposed_is_said(visit):
    page = visit(
        "#view=suppose&cells=A9/nowhere/eei~1;A1/guadalajara-footwear/inputs~7;T3/guadalajara-footwear/degree~Higher"
    )
    said = page.locator("#view-suppose output").inner_text()
    assert "There is no cell A9/nowhere/eei." in said
    assert "7 is not on its scale, from 0 to 3." in said
    assert "“Higher” is none of High, Low, Medium." in said
    assert "every cell is as printed" in said


# ---------------------------------------------------------------- the first screen


def test_the_first_screen_names_the_report_and_says_what_is_wrong(visit, run):
    page = visit()
    assert "Upgrading in Clusters and Value Chains in Latin America" in page.locator("h1").inner_text()
    found, cells, claims = (rows(run, name) for name in ("findings", "cells", "claims"))
    slips = [row for row in found if row["severity"] in ("decision", "numeric")]
    wrong = [row for row in cells if row["verdict"] == "inconsistent"]
    judged = [row for row in cells if row["verdict"] in ("consistent", "consistent_if", "inconsistent")]
    said = f"{len(slips)} slips make {len(wrong)} of {len(judged)} computed numbers wrong."
    assert page.locator(".headline").inner_text() == said
    moved = {name for row in slips for name in re.findall(r"claim (\S+) .+? -> ", row["consequence"])}
    concluded = {row["claim"] for row in claims if row["kind"] == "conclusion"}
    lead = page.locator("#view-overview .lead").first.inner_text()
    assert f"{len(moved & concluded)} of the report's {len(concluded)} conclusions" in lead
    assert "1 degree," in lead
    assert "Blumenau" in page.locator(".changes-at-once").inner_text()
    assert page.locator(".headline").bounding_box()["y"] < 300


def test_the_map_has_a_dot_for_every_cell_each_a_link_with_its_verdict(visit, run):
    page = visit(viewport={"width": 390, "height": 844})
    dots = page.locator("#map .dot").evaluate_all(
        "(all) => all.map((dot) => [decodeURIComponent(dot.hash.slice(6)), dot.classList[1].slice(2)])"
    )
    audited = [(f"{row['table']}/{row['row']}/{row['column']}", row["verdict"]) for row in rows(run, "cells")]
    assert sorted(map(tuple, dots)) == sorted(audited)
    page.locator(f'#map a[href="#cell={TILES}"]').click()
    assert cell(page, TILES).is_visible()


def test_claims_are_counted_by_kind(visit, run):
    page = visit()
    claims = rows(run, "claims")
    for kind in ("conclusion", "naming"):
        contradicted = [row for row in claims if (row["kind"], row["verdict"]) == (kind, "contradicted")]
        link = page.locator(f'#view-overview a[href="#view=claims&kind={kind}&verdict=contradicted"]')
        assert link.inner_text() == str(len(contradicted))
    link.click()
    assert page.locator("#claims tbody > tr[data-id]:visible").count() == len(contradicted)


def test_a_finding_shows_what_each_cell_prints_if_it_alone_is_put_right(visit, run):
    page = visit(f"#finding={SLIP}")
    shown = page.locator("#story .before-after tbody tr").evaluate_all(
        "(all) => all.map((row) => [decodeURIComponent(row.querySelector('a').hash.slice(6)),"
        " ...[...row.querySelectorAll('td')].map((td) => td.textContent)])"
    )
    wanted = [
        [f"{row['table']}/{row['row']}/{row['column']}", row["printed"], row["becomes"]]
        for row in rows(run, "put_right")
        if row["finding"] == SLIP
    ]
    assert shown == wanted
    assert [TILES, "7.00", "8.00"] in shown


def test_claims_stand_by_weight_with_their_readings_as_a_table(visit, run):
    page = visit("#view=claims")
    weight = {row["claim"]: int(row["weight"]) for row in rows(run, "claims")}
    order = page.locator("#claims tbody > tr[data-id]").evaluate_all("(all) => all.map((row) => row.dataset.id)")
    assert [weight[name] for name in order] == sorted(weight.values(), reverse=True)
    readings = [row for row in rows(run, "claim_readings") if row["claim"] == "C001"]
    row = page.locator('[id="claim=C001"]')
    row.locator("summary").click()
    assert row.locator("table.evidence tbody tr").count() == len(readings)
    assert readings[0]["numbers"] in row.locator("table.evidence").inner_text()


# ---------------------------------------------------------------- tables that work


def test_heads_stay_in_sight_and_points_stand_in_one_line(visit):
    page = visit("#table=T3", viewport={"width": 1280, "height": 700})
    page.evaluate("scrollBy(0, 300)")
    head = page.locator('[id="table=T3"] thead th').first.bounding_box()
    header = page.locator("header.site").bounding_box()
    assert header["y"] + header["height"] - 2 <= head["y"] <= header["y"] + header["height"] + 40
    points = page.evaluate(
        """() => [...document.querySelectorAll('td[id^="cell=A1/"][id$="/eei"] .value')].map((value) => {
            const text = value.firstChild, at = text.data.search(/[.,]/);
            const range = document.createRange();
            range.setStart(text, at < 0 ? text.length : at);
            range.setEnd(text, at < 0 ? text.length : at);
            return Math.round(range.getBoundingClientRect().left);
        })"""
    )
    assert max(points) - min(points) <= 1


def test_the_keys_n_and_p_go_through_the_findings_as_they_are_filtered(visit, run):
    decisive = [row["finding"] for row in rows(run, "findings") if row["severity"] == "decision"]
    page = visit("#view=findings&severity=decision")
    for name in [*decisive, decisive[0]]:
        page.keyboard.press("n")
        page.wait_for_function("(name) => location.hash === '#finding=' + name", arg=name)
    page.keyboard.press("p")
    page.wait_for_function("(name) => location.hash === '#finding=' + name", arg=decisive[-1])


def test_one_search_finds_cells_findings_and_claims_whatever_the_accents(visit):
    page = visit()
    page.get_by_role("searchbox", name="Search everything").fill("sao jose dos campos")
    page.wait_for_function("() => location.hash.startsWith('#view=search')")
    found = page.locator("#found")
    found.locator("li").first.wait_for()
    heads = found.locator("h3").all_inner_texts()
    assert heads[0].startswith("Findings")
    assert any(head.startswith("Cells") for head in heads)
    assert "São José dos Campos" in found.inner_text()
    assert visit("#view=search&q=policy integrated").locator('#found a[href^="../policy/"]').count() >= 1


def test_a_table_is_copied_as_csv_and_as_markdown(visit):
    page = visit("#table=T17")
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { copied = text; } } });"
        "var copied = '';"
    )
    table = page.locator('[id="table=T17"]')
    table.get_by_role("button", name="Copy as CSV").click()
    assert "→" in page.evaluate("copied")
    assert page.evaluate("copied").startswith(",External economies index,Joint action index")
    table.get_by_role("button", name="Copy as Markdown").click()
    assert page.evaluate("copied").startswith("|  | External economies index |")
    assert page.locator("#announced").inner_text() == "Copied."


# ---------------------------------------------------------------- reviewers


def marked_by(page, name, stance, note, finding=SLIP):
    """Marks a finding under a name, and gives the file that is exported."""
    page.evaluate("location.hash = '#view=take'")
    page.get_by_label("My name").fill(name)
    page.evaluate(f"location.hash = '#finding={finding}'")
    story(page).get_by_label(stance).check()
    story(page).get_by_label("Note").fill(note)
    page.evaluate("location.hash = '#view=take'")
    return saved(page, page.get_by_role("button", name="Export my marks").click)


NOTE = 'no: "7" is right\n\u2028# not a comment: {{ x }} \u0085 <b>é</b> 🙂'


def test_marks_of_two_reviewers_are_exported_imported_and_read_by_the_workflow(visit, tmp_path, run):
    ana, bo = visit(), visit()
    first = marked_by(ana, "Ana Silva", "disputed", NOTE)
    second = marked_by(bo, "Bo", "agreed", "8.00 it is")
    assert (first.suggested_filename, second.suggested_filename) == ("ana-silva.json", "bo.json")
    folder = copy_project(tmp_path)
    reviews = folder / "data/report/reviews"
    for file in (first, second):
        file.save_as(reviews / file.suggested_filename)
    bo.locator("#import").set_input_files(reviews / "ana-silva.json")
    bo.locator("#imported p").wait_for()
    assert "1 marks of Ana Silva read" in bo.locator("#imported").inner_text()
    conflicts = bo.locator("#conflicts").inner_text()
    assert "Where reviewers differ" in conflicts
    assert all(said in conflicts for said in (SLIP, "Ana Silva", "disputed", "agreed", '"7" is right'))
    bo.evaluate(f"location.hash = '#finding={SLIP}'")
    assert "disputed Ana Silva" in story(bo).inner_text()
    assert story(bo).get_by_label("agreed").is_checked()
    done = snakemake(folder, "--cores", "1", "results/audit/index.html")
    assert done.returncode == 0, done.stdout + done.stderr
    found = {row["finding"]: row for row in rows(folder, "findings")}
    before = {row["finding"]: row["adjudication"] for row in rows(run, "findings")}
    assert {name: row["adjudication"] for name, row in found.items()} == before
    assert found[SLIP]["reviews"].startswith("disputed by Ana Silva, 20")
    assert "| agreed by Bo, 20" in found[SLIP]["reviews"]
    assert f"Disputed by reviewers: {SLIP}." in (folder / "results/audit/summary.txt").read_text(encoding="utf-8")
    page = visit(path=folder / "results/audit/index.html")
    told = page.locator("#view-overview").inner_text()
    assert "Disputed by reviewers" in told
    assert "decided printing slip; Ana Silva" in told


def test_of_ones_own_marks_what_differs_is_asked_about(visit, tmp_path):
    first = visit()
    file = marked_by(first, "Ana", "disputed", "from the other machine")
    file.save_as(tmp_path / "ana.json")
    again = visit()
    marked_by(again, "Ana", "agreed", "from this machine")
    again.locator("#import").set_input_files(tmp_path / "ana.json")
    again.locator(".clash").wait_for()
    assert "from the other machine" in again.locator(".clash").inner_text()
    again.get_by_role("button", name="Take what is in the file").click()
    assert again.locator(".clash").count() == 0
    assert "0 agreed, 1 disputed" in again.locator("#marks").inner_text()


def test_what_is_no_file_of_marks_is_said_and_nothing_is_lost(visit, tmp_path):
    page = visit()
    marked_by(page, "Ana", "agreed", "")
    for name, text, said in (
        ("a.json", "nothing", "this is no file of marks"),
        ("b.json", '{"reviewer": "Bo", "report": "Another", "marks": []}', "marks of another report: Another"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        page.locator("#import").set_input_files(tmp_path / name)
        page.wait_for_function("(said) => document.getElementById('imported').textContent.includes(said)", arg=said)
    assert "1 agreed" in page.locator("#marks").inner_text()


# ---------------------------------------------------------------- for everyone


@pytest.mark.parametrize(("language", "overview", "ce"), [
    ("es", "Resumen", "Índice de eficiencia colectiva"),
    ("pt", "Resumo", "Índice de eficiência coletiva"),
])  # fmt: skip
def test_the_pages_own_words_in_another_language(visit, language, overview, ce):
    page = visit()
    english = page.locator("#view-overview").inner_text()
    page.locator("#language").select_option(language)
    assert page.evaluate("document.documentElement.lang") == language
    assert page.get_by_role("link", name=overview, exact=True).is_visible()
    page.reload()
    page.evaluate(f"location.hash = '#cell={TILES}'")
    assert ce in story(page).locator("h2").inner_text()
    assert "Santa Catarina (tiles)" in story(page).inner_text()
    assert cell(page, TILES).locator(".value").inner_text() == "7.00"
    page.locator("#language").select_option("en")
    page.evaluate("location.hash = '#view=overview'")
    assert page.locator("#view-overview").inner_text() == english


def test_a_change_of_view_is_announced_and_names_the_page(visit):
    page = visit()
    page.get_by_role("link", name="Tables", exact=True).click()
    assert page.locator("#announced").inner_text() == "The tables as printed"
    assert page.title().startswith("The tables as printed · Upgrading")


def test_frames_are_seen_in_forced_colours(visit):
    page = visit(f"#cell={TILES}", forced_colors="active")
    for kind in ("contributes", "follows"):
        style = page.locator(f"td.{kind}").first.evaluate("(td) => getComputedStyle(td).outlineStyle")
        assert style in ("solid", "dashed")


@pytest.mark.parametrize("size", [(640, 400), (320, 256)])
def test_at_200_and_400_percent_the_opened_cell_is_in_sight(visit, size):
    """A zoom of 200 and 400 % of a window of 1280 by 800 or 1024 leaves so many pixels of CSS."""
    page = visit(f"#cell={TILES}", viewport={"width": size[0], "height": size[1]})
    page.wait_for_timeout(300)
    box, told = cell(page, TILES).bounding_box(), story(page).bounding_box()
    assert box["y"] >= 0
    assert box["y"] + min(box["height"], 24) <= told["y"] + 1
