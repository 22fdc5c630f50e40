"""Every kind of page: nothing serious for axe-core in light and dark, no sideways scrolling on a phone, keys suffice."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Open

PHONE = 360
PAGES = [
    "/",
    "/schema",
    "/validate",
    "/review",
    "/about",
    "/sparql",
    "/events",
    "/search?q=navy",
    "/dyads/CHN-RUS",
    "/doc/ns",
    "/doc/id/article/interaction-003",
    "/doc/id/state/RUS",
    "/doc/id/place/sea-of-japan",
    "/doc/id/vessel/USA-ronald-reagan",
    "/doc/id/series/malabar",
    "/doc/vocab/mode",
    "/doc/graph/article/kentucky-001",
]


def faults(page: Page, *rules: str) -> list[str]:
    """What axe-core finds serious or critical, by some of its rules or by all of them."""
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['html'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def check(page: Page) -> None:
    """Hold a page to the rules as it is."""
    assert not faults(page)
    # Nothing but the colours is another in the dark.
    page.emulate_media(color_scheme="dark")
    assert not faults(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_for_everybody(open_page: Open, path: str) -> None:
    page = open_page(path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    check(page)


def test_events_of_each_type_are_for_everybody(open_page: Open) -> None:
    page = open_page("/events")
    seen: dict[str, str] = {}
    for row in page.locator("main table tbody tr").all():
        link = row.locator("a").first.get_attribute("href") or ""
        seen.setdefault(link.split("/id/")[-1].partition("/")[0], link)
    assert len(seen) >= 5
    for link in list(seen.values())[:5]:
        page.goto(link)
        page.wait_for_load_state("networkidle")
        check(page)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_the_query_page_with_an_answer_is_for_everybody(open_page: Open) -> None:
    page = open_page("/sparql")
    expect(page.locator(".yasqe .CodeMirror")).to_be_visible()
    page.get_by_role("link", name="How many events of which type").click()
    expect(page.locator(".yasr table.dataTable tbody tr")).not_to_have_count(0)
    page.locator(".tabPanel.active .yasqe_share").click()
    expect(page.locator(".yasqe_sharePopup input")).to_be_visible()
    check(page)


def test_the_report_of_a_validation_is_for_everybody(open_page: Open) -> None:
    page = open_page("/validate")
    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_role("heading", name="It does not fit the shapes")).to_be_visible()
    check(page)


def test_errors_have_pages(site: str, chromium: Browser) -> None:
    page = chromium.new_page(base_url=site)
    for path, code in (
        ("/nothing", "ENTENTE-140"),
        ("/linksets/nowhere", "ENTENTE-860"),
        ("/doc/id/state/XXX", "ENTENTE-371"),
    ):
        answer = page.goto(path)
        assert answer
        assert answer.status == 404
        expect(page.get_by_text(code)).to_be_visible()
        check(page)
    page.close()


def test_keys_lead_to_the_content(open_page: Open) -> None:
    page = open_page("/about")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
