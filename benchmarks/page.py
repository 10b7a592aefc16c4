"""How long the reviewer's page takes to open: until its script has run and what it drew is painted.

`python benchmarks/page.py` after `make`; needs Chromium. Prints sizes, and the median of several loads of an empty page
and of the reviewer's, on this processor and on one that is six times slower.
"""

import os
import shutil
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

PAGE = Path(__file__).resolve().parents[1] / "results/audit/index.html"
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
LOADS = 5
SLOWER = (1, 6)


def loads(browser: Browser, address: str, slower: int) -> list[float]:
    """Milliseconds from the navigation until the page is painted, of several loads."""
    times = []
    for _ in range(LOADS):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(address)
        times.append(page.evaluate(PAINTED))
        page.close()
    return times


def main() -> None:
    """Print the sizes and the times."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None or not PAGE.is_file():
        sys.exit("Chromium and results/audit/index.html are needed.")
    pages = {"empty page": "data:text/html,<p>", "reviewer's page": PAGE.as_uri()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        times = {(name, slower): loads(browser, pages[name], slower) for name in pages for slower in SLOWER}
        browser.close()
    for path in (PAGE, PAGE.with_name("audit.xlsx")):
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
    for (name, slower), taken in times.items():
        print(f"{name}, {slower} times slower: interactive after {median(taken):.0f} ms (median of {LOADS})")


if __name__ == "__main__":
    main()
