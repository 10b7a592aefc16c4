"""Pictures of the reviewer's page for the README: docs/figures/page_*.png. Run by `make docs`; needs Chromium."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "results/audit/index.html"
SHOTS = {"overview": "#view=overview", "cell": "#cell=T3/santa-catarina-tiles/ce", "claims": "#view=claims"}


def main() -> None:
    """Take every picture at 1280 by 860 pixels."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None or not PAGE.is_file():
        sys.exit("Chromium and results/audit/index.html are needed: install the one, make the other with `make`.")
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=root)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        for name, address in SHOTS.items():
            page.goto(PAGE.as_uri() + address)
            page.reload()
            page.screenshot(path=PROJECT / f"docs/figures/page_{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
