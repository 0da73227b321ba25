"""Let axe look at a page, folded and unfolded. It is put there from outside, which the page's own rules forbid."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def found_by_axe(page: Page) -> list[str]:
    """Return what is wrong with a page as it is shown, and then with all its parts open."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "rules => axe.run({runOnly: rules}).then(found => found.violations.map(v => v.id + ' ' + v.nodes[0].html))"
    folded = page.evaluate(run, RULES)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    return [*folded, *page.evaluate(run, RULES)]
