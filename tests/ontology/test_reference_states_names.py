"""The names of the states in the six languages of the United Nations, against the tables in ../shared/checks."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent.parent / "ontology/tables"
# Per language: the columns of country-codes.csv and the key of the translations in countries.json.
SOURCES = {
    "ar": ("UNTERM Arabic Short", "official_name_ar", "ara"),
    "es": ("UNTERM Spanish Short", "official_name_es", "spa"),
    "fr": ("UNTERM French Short", "official_name_fr", "fra"),
    "ru": ("UNTERM Russian Short", "official_name_ru", "rus"),
    "zh": ("UNTERM Chinese Short", "official_name_cn", "zho"),
}
DISAGREEMENTS = {
    "ar": {
        "CPV": "translated; the tables transcribe Cabo Verde",
        "MDA": "plain letter; the tables have the letter for v",
        "MDV": "with the word for islands",
        "OMN": "with its vowel sign",
        "STP": "other spelling",
        "THA": "other spelling",
        "URY": "other spelling",
        "VAT": "without the word for state",
    },
    "es": {
        "BGD": "spelling of the Spanish academy",
        "BHR": "spelling of the Spanish academy",
        "BRN": "spelling of the Spanish academy",
        "BWA": "spelling of the Spanish academy",
        "DJI": "spelling of the Spanish academy",
        "LSO": "spelling of the Spanish academy",
        "MWI": "spelling of the Spanish academy",
        "PLW": "spelling of the Spanish academy",
        "ROU": "spelling of the Spanish academy",
    },
    "fr": {
        "CPV": "usual name; the tables have the endonym and a longer form",
        "KGZ": "other spelling",
        "NGA": "without the accent, as in France",
    },
    "ru": {"BHS": "usual short form", "XKX": "short form; the table has the long one"},
    "zh": {"DOM": "the full name, since the tables give Dominica the same short one"},
}
NOT_IN_THE_TABLES = {"CSK", "DDR", "RVN", "SUN", "TBT", "YMD", "YUG", "ZAN"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(name: str) -> str:
    """The name without the article and the mark of an observer that the tables append."""
    return re.sub(r"\s*\(.*?\)|\s*\*", "", name).replace("’", "'").strip()


def test_names_equal_the_tables_or_are_excused(shared: Path) -> None:
    codes = {row["ISO3166-1-Alpha-3"]: row for row in rows(shared / "checks/country-codes.csv")}
    countries = json.loads((shared / "checks/countries.json").read_text(encoding="utf-8"))
    translations = {"XKX" if country["cca3"] == "UNK" else country["cca3"]: country["translations"] for country in countries}
    checked, found = 0, {language: set() for language in SOURCES}
    for row in rows(TABLES / "names.csv"):
        if row["id"] in NOT_IN_THE_TABLES:
            continue
        for language, (short, official, key) in SOURCES.items():
            checked += 1
            translation = translations[row["id"]].get(key, {})
            code = codes.get(row["id"], {})
            known = {code.get(short, ""), code.get(official, ""), *translation.values()}
            if plain(row[language]) not in {plain(name) for name in known}:
                found[language].add(row["id"])
    assert {language: sorted(isos) for language, isos in found.items()} == {
        language: sorted(reasons) for language, reasons in DISAGREEMENTS.items()
    }
    assert checked == 990


def test_every_state_has_a_name_in_every_language() -> None:
    states = {row["id"] for row in rows(TABLES / "states.csv")}
    names = rows(TABLES / "names.csv")
    assert {row["id"] for row in names} == states
    assert all(row[language] for row in names for language in SOURCES)
    for language in SOURCES:
        assert len({row[language] for row in names}) == len(names) == 206
