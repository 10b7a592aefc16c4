"""The page and the workbook of another report than this one: what it has is shown, and nothing that it has not."""

import io
import json
import re

from audit_folders import rows, small_report
from openpyxl import load_workbook

from collective_efficiency.__main__ import main


def test_an_audited_folder_has_a_page_a_workbook_and_json(tmp_path):
    check = {"id": "both", "kind": "sum", "layouts": ["lExports"], "target": "both", "of": ["goods", "services"]}
    small_report(tmp_path / "in", {"Exports": rows("goods,services,both", "spain,120,34,145", "peru,1,2,3")}, [check])
    assert main(["audit", str(tmp_path / "in"), "--output", str(tmp_path / "out")]) == 1
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "made for a test" in page
    assert "Pietrobelli" not in page
    assert 'href="#view=claims"' not in page
    assert 'id="view=whatif"' not in page
    text = re.sub(r"<[^>]+>", "", page)
    assert "One slip makes 1 of 2 computed numbers wrong." in text
    assert "Put right, they change no class, no order and no claim." in text
    assert 'data-verdict="inconsistent" class="number" id="cell=Exports/spain/both"' in page
    book = load_workbook(io.BytesIO((tmp_path / "out/audit.xlsx").read_bytes()))
    assert book.sheetnames == ["Read me", "Findings", "Cells", "Exports"]
    found = json.loads((tmp_path / "out/findings.json").read_text(encoding="utf-8"))
    assert found["counts"]["severities"]["numeric"] == len(found["findings"]) == 1
    assert found["findings"][0]["expected"] == "154"
