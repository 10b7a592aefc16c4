"""Every page of a run in Chromium: one header, one main part, light and dark, and nothing loaded or refused."""

import re

import pytest

DARK = 0.2  # of the brightness of white: what the paper of a dark page has at most


def pages(run):
    """One page of a kind: the first of a folder's tables stands for all of them."""
    found = sorted((run / "results").rglob("*.html"))
    tables = [path for path in found if path.parent.name == "tables"]
    return [path for path in found if path not in tables[1:]]


def brightness(colour: str) -> float:
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_has_a_main_part_and_a_way_back_and_is_dark_where_that_is_wanted(browser, run, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 700})
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None)
    for path in pages(run):
        page.goto(path.as_uri())
        assert page.locator("main#main").count() == 1, path
        assert page.locator("h1").count() >= 1, path
        hrefs = page.locator("header a").evaluate_all("(all) => all.map((a) => a.href.split('#')[0])")
        assert (run / "results/index.html").as_uri() in hrefs, path
        assert page.locator(".skip").get_attribute("href") == "#main", path
        paper, ink = page.evaluate(
            "[getComputedStyle(document.body), getComputedStyle(document.querySelector('main p'))]"
            ".map((style, place) => place ? style.color : style.backgroundColor)"
        )
        assert (brightness(paper) < DARK) == (scheme == "dark"), path
        assert abs(brightness(paper) - brightness(ink)) > 0.5, path
    context.close()
    assert wrong == []
