"""Which news agencies an article says its report comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["credited_agencies"]

# The names under which agencies are credited; the first is the one that the outlet goes by.
_AGENCIES = (
    ("Reuters",),
    ("AP", "Associated Press"),
    ("AFP", "Agence France-Presse", "Agence France Presse"),
    ("UPI", "United Press International"),
    ("TASS", "ITAR-TASS", "Itar-Tass"),
    ("Interfax",),
    ("RIA Novosti", "RIA"),
    ("Xinhua",),
    ("Kyodo", "Kyodo News"),
    ("Jiji Press", "Jiji"),
    ("Yonhap",),
    ("KCNA", "Korean Central News Agency"),
    ("Anadolu Agency", "Anadolu"),
    ("IRNA",),
    ("Tasnim",),
    ("SANA",),
    ("PTI", "Press Trust of India"),
    ("ANI",),
    ("DPA", "dpa"),
    ("EFE",),
    ("ANSA",),
    ("PA Media", "Press Association"),
    ("Bernama",),
    ("Antara",),
    ("Ukrinform",),
)
_NAMES: Mapping[str, str] = {name: names[0] for names in _AGENCIES for name in names}
_NAME = "(" + "|".join(sorted(map(re.escape, _NAMES), key=lambda name: (-len(name), name))) + ")"
_HEAD, _TAIL = 400, 300
# "PORT CITY, May 3 (Reuters) -", "MOSCOW, May 3. /TASS/.", "BEIJING, May 3 (Xinhua) --"
_DATELINE = re.compile(rf"\({_NAME}(?: [A-Z][\w ]*)?\)|/{_NAME}/")
# "TASS reports", "the Kyodo news agency reported": in the first lines, for further down it is one source among others.
_REPORTS = re.compile(rf"\b{_NAME}(?: news agency)? (?:reports|reported|has reported)\b|\breports {_NAME}\b")
# "(Reporting by A. Writer; Reuters)", "Source: Xinhua", "With reporting from AP"
_CREDIT = re.compile(
    rf"(?:\b[Ss]ource|\b[Cc]redit): ?{_NAME}\b|\(Reporting by [^()\n]*\b{_NAME}\)|[-–—] ?{_NAME}\s*$|\({_NAME}\)\s*$"
)


def credited_agencies(text: str) -> tuple[str, ...]:
    """Name the agencies whose report the article says it carries, by dateline, first lines or credit line, sorted."""
    head, tail = text[:_HEAD], text[-_TAIL:]
    found = [*_DATELINE.finditer(head), *_REPORTS.finditer(head), *_CREDIT.finditer(tail)]
    return tuple(sorted({_NAMES[name] for match in found for name in match.groups() if name}))
