"""The states and their codes, each row against the tables in ../shared/checks."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from reference_data import nodes, table

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = "https://w3id.org/entente/id/state/"
CODE = "https://w3id.org/entente/id/code/"
SCHEME = "https://w3id.org/entente/vocab/code-scheme/"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
LAST_YEAR = {"cow": 2016, "gw": 2017}

DISSOLVED = {"CSK", "DDR", "RVN", "SUN", "TBT", "YMD", "YUG", "ZAN"}
NO_ISO = {"XKX"} | DISSOLVED
OTHER_DEMONYMS = {
    "ARG": {"Argentinian": "common beside Argentine"},
    "AZE": {"Azeri": "common in headlines"},
    "BIH": {"Bosnian": "the table has it together with Herzegovinian"},
    "BLR": {"Belarussian": "older spelling"},
    "BWA": {"Botswanan": "the press's form of Motswana"},
    "COM": {"Comorian": "spelling variant"},
    "CPV": {"Cape Verdean": "usual spelling"},
    "DEU": {"West German": "the guideline codes West Germany as Germany"},
    "DJI": {"Djiboutian": "adjective; the table has the noun"},
    "ECU": {"Ecuadorian": "usual spelling"},
    "ESH": {"Saharawi": "spelling variant"},
    "GNQ": {"Equatoguinean": "common beside Equatorial Guinean"},
    "ISL": {"Icelandic": "adjective; the table has the noun"},
    "KAZ": {"Kazakh": "usual in the press"},
    "KGZ": {"Kyrgyz": "the table has the French form only"},
    "LAO": {"Lao": "official adjective"},
    "LSO": {"Basotho": "plural; the table has the singular"},
    "LUX": {"Luxembourgish": "adjective; the table has the noun"},
    "MDV": {"Maldivian": "usual spelling"},
    "MKD": {"North Macedonian": "since the renaming of 2019"},
    "NPL": {"Nepali": "common beside Nepalese"},
    "PHL": {"Philippine": "adjective; the table has the noun"},
    "SAU": {"Saudi": "short form"},
    "SUR": {"Surinamese": "adjective; the table has the noun"},
    "SVK": {"Slovakian": "common beside Slovak"},
    "SVN": {"Slovenian": "common beside Slovene"},
    "TJK": {"Tajik": "usual spelling"},
    "TLS": {"Timorese": "short form"},
    "UZB": {"Uzbek": "usual in the press"},
    "VNM": {"North Vietnamese": "North Vietnam is the state that goes on"},
    "XKX": {"Kosovan": "common beside Kosovar"},
    "YEM": {"North Yemeni": "Gleditsch and Ward let North Yemen go on as Yemen"},
}
# Two of our states share an entry of a list, or two entries meet within a year and that year is the later one's.
SPLIT = {("cow", "SUN"), ("cow", "YUG"), ("cow", "SRB"), ("gw", "SUN")}
YIELDS_YEAR = {("cow", "678"): 1990}
NOT_IN_CROSS_SECTION = {
    ("cow", "SRB", "345"): "blank there",
    ("cow", "DEU", "260"): "West Germany, which the guideline codes as Germany",
    ("cow", "YEM", "678"): "North Yemen, which is Yemen in the other list",
    ("gw", "DEU", "255"): "Germany until 1945",
    ("gw", "YEM", "678"): "blank there",
}


def states() -> dict[str, dict[str, list[str]]]:
    return {iri.removeprefix(STATE): node for iri, node in nodes("reference/states").items()}


def only(node: dict[str, list[str]], name: str) -> str:
    [value] = node[name]
    return value


def test_counts() -> None:
    assert len(states()) == 206
    assert len(nodes("reference/codes")) == 428


def test_states_equal_the_country_codes(shared: Path) -> None:
    rows = {row["ISO3166-1-Alpha-3"]: row for row in table(shared / "checks/country-codes.csv")}
    checked = 0
    for iso, state in states().items():
        assert only(state, "iso3166alpha3") == iso
        if iso in NO_ISO:
            assert iso not in rows
            assert not state["iso3166numeric"]
            continue
        row = rows[iso]
        checked += 1
        assert only(state, "iso3166alpha2") == row["ISO3166-1-Alpha-2"]
        assert only(state, "iso3166numeric") == row["ISO3166-1-numeric"].zfill(3)
        assert state["m49"] == ([row["M49"].zfill(3)] if row["M49"] else [])
        # The table has no Wikidata item for Namibia, so we have none either.
        items = [
            item.replace("http://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/") for item in state[SAME_AS]
        ]
        assert items == ([row["wikidata_id"]] if iso != "NAM" else [])
        assert state["http://www.w3.org/2004/02/skos/core#exactMatch"] == [
            f"https://sws.geonames.org/{row['Geoname ID']}/",
            f"http://publications.europa.eu/resource/authority/country/{iso}",
        ]
    assert checked == 197


def test_demonyms_are_in_the_countries_or_excused(shared: Path) -> None:
    countries = json.loads((shared / "checks/countries.json").read_text(encoding="utf-8"))
    known = {
        "XKX" if country["cca3"] == "UNK" else country["cca3"]: set(country["demonyms"]["eng"].values())
        for country in countries
    }
    checked, excused = 0, 0
    for iso, state in states().items():
        for demonym in state["demonym"]:
            if iso in DISSOLVED:
                continue
            checked += 1
            if demonym not in known[iso]:
                assert OTHER_DEMONYMS[iso][demonym]
                excused += 1
    assert excused == sum(len(reasons) for reasons in OTHER_DEMONYMS.values()) == 32
    assert checked == 207


def test_every_member_of_the_united_nations_is_there(shared: Path) -> None:
    countries = json.loads((shared / "checks/countries.json").read_text(encoding="utf-8"))
    # The table counts the Holy See, an observer, among the members.
    members = {country["cca3"] for country in countries if country["unMember"]} - {"VAT"}
    assert len(members) == 193
    assert members <= set(states())


def test_capitals_are_seats_of_their_own_state(shared: Path) -> None:
    countries = json.loads((shared / "checks/countries.json").read_text(encoding="utf-8"))
    owners = defaultdict(set)
    for iso, state in states().items():
        for seat in state["seatName"]:
            owners[seat].add(iso)
    assert {seat: isos for seat, isos in owners.items() if len(isos) > 1} == {}
    checked = 0
    for country in countries:
        for capital in country["capital"]:
            if capital in owners and country["cca3"] != "UNK":
                checked += 1
                assert owners[capital] == {country["cca3"]}, capital
    assert checked > 140


@pytest.mark.parametrize(("scheme", "count"), [("cow", 230), ("gw", 198)])
def test_codes_equal_the_year_panel(shared: Path, scheme: str, count: int) -> None:
    number, letters = f"{scheme}n", f"{scheme}c"
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in table(shared / f"checks/{scheme}_years.csv"):
        years[row[number], row[letters]].add(int(row["year"]))
    cross = {row["iso3c"]: (row[number], row[letters]) for row in table(shared / "checks/countrycode.csv") if row["iso3c"]}
    assert max(max(found) for found in years.values()) == LAST_YEAR[scheme]
    checked = 0
    held: dict[str, set[int]] = defaultdict(set)
    covered: dict[tuple[str, str], set[int]] = defaultdict(set)
    for iri, code in nodes("reference/codes").items():
        if only(code, "codeScheme") != SCHEME + scheme:
            continue
        checked += 1
        iso = only(code, "codeOf").removeprefix(STATE)
        key = (only(code, "codeNumber"), only(code, "codeLetters"))
        assert iri.removeprefix(CODE).startswith(f"{scheme}-{key[0]}-{iso}")
        if iso not in NO_ISO and (scheme, iso, key[0]) not in NOT_IN_CROSS_SECTION:
            assert cross[iso] == key
        start, end = int(only(code, "validFromYear")), int(only(code, "validToYear"))
        span = set(range(start, end + 1))
        assert span <= years[key], iri
        assert not held[iso] & span
        held[iso] |= span
        covered[key] |= span
        assert code["rightCensored"] == (["true"] if end == LAST_YEAR[scheme] else [])
        if (scheme, iso) not in SPLIT:
            assert not {start - 1, end + 1} & years[key] - {YIELDS_YEAR.get((scheme, key[0]))}, iri
    assert checked == count
    # Every entry that a list has for a year since 1945 belongs to one of our states, in all these years.
    for key, found in years.items():
        recent = {year for year in found if year >= 1945} - {YIELDS_YEAR.get((scheme, key[0]))}
        assert recent <= covered[key], key


def test_successors_split_an_entry_without_overlap() -> None:
    spans = {
        iri.removeprefix(CODE): (int(only(code, "validFromYear")), int(only(code, "validToYear")))
        for iri, code in nodes("reference/codes").items()
    }
    assert spans["cow-345-YUG"][1] < spans["cow-345-SRB"][0]
    assert spans["cow-365-SUN"] == (1922, 1991)
    assert spans["cow-365-RUS"] == (1816, 2016)
    assert spans["cow-260-DEU"][1] + 1 == spans["cow-255-DEU-1990"][0]
    assert spans["cow-678-YEM"][1] + 1 == spans["cow-679-YEM"][0]
    assert spans["gw-260-DEU"][0] == 1949
    for dissolved in DISSOLVED:
        last = int(only(states()[dissolved], "validToYear"))
        assert {end for key, (_, end) in spans.items() if f"-{dissolved}" in key} <= {last, last - 1, 1939}, dissolved


def test_successors_are_states_that_go_on() -> None:
    successors = {iso: state["succeeds"] for iso, state in states().items() if state["succeeds"]}
    assert len(successors) == 24
    for iso, earlier in successors.items():
        assert iso not in DISSOLVED
        assert {iri.removeprefix(STATE) for iri in earlier} <= DISSOLVED


def test_well_known_traps() -> None:
    numbers = {iri.removeprefix(CODE).rsplit("-", 1)[0] for iri in nodes("reference/codes")} | {
        iri.removeprefix(CODE) for iri in nodes("reference/codes")
    }
    # Germany and Vietnam have other numbers in the two lists; COW's letters are not ISO's.
    assert {"cow-255-DEU-1990", "gw-260-DEU", "cow-816-VNM", "gw-815-VNM"} <= numbers
    assert nodes("reference/codes")[CODE + "cow-255-DEU-1990"]["codeLetters"] == ["GMY"]
    assert "Chinese" in states()["CHN"]["demonym"]
    assert not [iso for iso, state in states().items() if "Korean" in state["demonym"] + state["alias"]]
    assert states()["GEO"]["ambiguousName"] == ["Georgia"]
