"""What a researcher does on the pages, from the front page to a decision."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from browser.conftest import TOKEN, Open


def test_find_two_states_and_narrow_their_timeline(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_label("One state").fill("Russia")
    page.get_by_label("The other").fill("China")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("China.*Russia|Russia.*China"))
    rows = page.get_by_role("table", name=re.compile("events, the newest first")).locator("tbody tr")
    expect(page.locator(".timeline .vis-item")).not_to_have_count(0)
    before = rows.count()
    assert before >= 4
    page.get_by_label("From", exact=True).fill("2022-01-01")
    page.get_by_label("To", exact=True).fill("2022-12-31")
    page.get_by_role("button", name="Narrow").click()
    expect(page).to_have_url(re.compile("from=2022-01-01"))
    narrowed = rows.count()
    assert 1 <= narrowed < before
    expect(page.locator(".timeline .vis-item")).not_to_have_count(0)
    page.get_by_role("navigation", name="Filters of the timeline").get_by_role("link", name=re.compile("^talks")).click()
    assert 1 <= rows.count() <= narrowed
    assert {cell.inner_text() for cell in rows.locator("td:nth-child(4)").all()} == {"talks"}
    page.get_by_role("link", name="All days").click()
    expect(page).not_to_have_url(re.compile("from="))


def test_open_an_article_and_see_the_words_of_a_claim(open_page: Open) -> None:
    page = open_page("/dyads/CHN-RUS")
    page.locator("#conflicts ~ .conflict .side").first.get_by_role("link").last.click()
    expect(page).to_have_url(re.compile("/doc/id/article/"))
    expect(page.locator(".graph canvas")).not_to_have_count(0)
    claim = page.locator("ol.claims > li").nth(1)
    claim.get_by_role("link", name="the words").click()
    # What is pointed at, and what the address names, is lit on both sides.
    claim.hover()
    lit = page.locator("mark.lit")
    expect(lit).not_to_have_count(0)
    number = str(claim.get_attribute("id"))
    assert all(number in str(mark.get_attribute("data-claims")) for mark in lit.all())
    lit.first.hover()
    expect(claim).to_have_class(re.compile("lit"))
    sentence = "".join(lit.all_inner_texts())
    assert len(sentence) > 20
    assert sentence.strip() in page.locator(".text").inner_text()


def test_run_a_query_and_share_it(open_page: Open) -> None:
    page = open_page("/sparql")
    expect(page.locator(".yasqe .CodeMirror")).to_be_visible()
    page.get_by_role("link", name=re.compile("How many events of which type")).click()
    cells = page.locator(".yasr table.dataTable tbody tr")
    expect(cells).not_to_have_count(0)
    expect(page.locator(".tabPanel.active .yasr_response_chip")).to_contain_text(re.compile("[1-9]\\d* results"))
    found = cells.first.inner_text()
    page.locator(".tabPanel.active .yasqe_share").click()
    address = page.locator(".yasqe_sharePopup input").first.input_value()
    other = open_page(address)
    expect(other.locator(".tabPanel.active .CodeMirror-code")).to_contain_text("SELECT")
    other.locator(".tabPanel.active .yasqe_queryButton").click()
    again = other.locator(".yasr table.dataTable tbody tr")
    expect(again).not_to_have_count(0)
    assert again.first.inner_text() == found


def test_see_the_answer_as_a_chart_and_on_a_timeline(open_page: Open) -> None:
    page = open_page("/sparql")
    expect(page.locator(".yasqe .CodeMirror")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Exercises, optionally of one state")).click()
    expect(page.locator(".yasr table.dataTable tbody tr")).not_to_have_count(0)
    page.locator(".tabPanel.active .yasr_btn", has_text="Timeline").click()
    expect(page.locator(".tabPanel.active .yasr .vis-item")).not_to_have_count(0)
    page.get_by_role("link", name=re.compile("How many articles, claims, conflicts")).click()
    expect(page.locator(".tabPanel.active .yasr table.dataTable tbody tr")).not_to_have_count(0)
    page.locator(".tabPanel.active .yasr_btn", has_text="Chart").click()
    expect(page.locator(".tabPanel.active .yasr svg rect")).not_to_have_count(0)


def test_validate_a_broken_file(open_page: Open, broken_file: Path) -> None:
    page = open_page("/validate")
    page.get_by_label("or a file").set_input_files(broken_file)
    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_role("heading", name="It does not fit the shapes")).to_be_visible()
    findings = page.get_by_role("table", name=re.compile("findings")).locator("tbody tr")
    assert findings.count() >= 2
    wrong_day = findings.filter(has_text="2023-02-30")
    expect(wrong_day).not_to_have_count(0)
    wrong_day.first.get_by_role("link").click()
    expect(page.locator("li:target")).to_contain_text("2023-02-30")


def test_accept_a_merge(open_page: Open) -> None:
    page = open_page("/review")
    merges = page.locator("section[aria-labelledby=links] ol > li")
    before = merges.count()
    assert before >= 2
    page.get_by_label("Your name").fill("A. Reviewer")
    page.get_by_label("Token").fill(TOKEN)
    merge = merges.first
    merge.get_by_label("reason").fill("the same days, the same sea")
    merge.get_by_role("button", name="One event").click()
    expect(page.get_by_role("status")).to_have_text("Decided: accepted.")
    expect(merge).to_have_class(re.compile("decided"))
    page.reload()
    expect(merges).to_have_count(before - 1)


def test_try_a_refused_article_again_and_drop_it(open_page: Open) -> None:
    page = open_page("/review")
    page.get_by_label("Your name").fill("A. Reviewer")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Try gap again").click()
    expect(page.get_by_role("status")).to_contain_text("Refused again:", timeout=60_000)
    page.get_by_role("button", name="Drop gap").click()
    expect(page.get_by_role("status")).to_have_text("Dropped.")
    page.reload()
    expect(page.get_by_text("Nothing is in quarantine.")).to_be_visible()


def test_read_without_scripts(open_page: Open) -> None:
    page = open_page("/dyads/CHN-RUS", java_script_enabled=False)
    expect(page.get_by_role("table", name=re.compile("events, the newest first")).locator("tbody tr")).not_to_have_count(0)
    page.locator("#conflicts ~ .conflict .side").first.get_by_role("link").last.click()
    expect(page.locator(".text mark")).not_to_have_count(0)
    page.locator(".text sup a").first.click()
    expect(page.locator("li:target")).to_be_visible()
    page.get_by_label("Search the graph").fill("Kentucky")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name=re.compile("Kentucky"))).not_to_have_count(0)
