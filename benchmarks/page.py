"""How long the reviewer's page takes to open: until it is interactive, against an empty page in the same browser.

`python benchmarks/page.py` after `make`; needs Chromium. Prints sizes and the median of several loads.
"""

import os
import shutil
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

PAGE = Path(__file__).resolve().parents[1] / "results/audit/index.html"
READY = "() => performance.timing.domInteractive - performance.timing.navigationStart"
LOADS = 7


def main() -> None:
    """Print the sizes and the times."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None or not PAGE.is_file():
        sys.exit("Chromium and results/audit/index.html are needed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        page = browser.new_page()
        times: dict[str, list[float]] = {"empty page": [], "reviewer's page": []}
        for _ in range(LOADS):
            for name, address in (("empty page", "data:text/html,<p>"), ("reviewer's page", PAGE.as_uri())):
                page.goto(address)
                times[name].append(page.evaluate(READY))
        browser.close()
    for path in (PAGE, PAGE.with_name("audit.xlsx")):
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
    for name, found_times in times.items():
        print(f"{name}: interactive after {median(found_times):.0f} ms (median of {LOADS}, the script has run)")


if __name__ == "__main__":
    main()
