"""Which agencies an article credits: by dateline, first lines or credit line, and not by a mention further down."""

from __future__ import annotations

import pytest

from entente_loaders.assemble.credits import credited_agencies

FILLER = "The two ministers spoke of fisheries and of nothing else for the rest of the day. " * 12


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("Ships meet\nPORT ALBA, May 3 (Reuters) - Two frigates met off the cape on Friday.", ("Reuters",)),
        ("PORT ALBA, May 3. /TASS/. Two frigates met off the cape.", ("TASS",)),
        ("Port Alba (AP) Two frigates met off the cape.", ("AP",)),
        ("Two frigates met off the cape, TASS reports.", ("TASS",)),
        ("Two frigates met off the cape, the Kyodo news agency reported on Friday.", ("Kyodo",)),
        (f"Two frigates met. {FILLER}\nSource: Xinhua", ("Xinhua",)),
        (f"Two frigates met. {FILLER}\n(Reporting by A. Writer and B. Writer; Reuters)", ("Reuters",)),
        (f"Two frigates met. {FILLER}\n- AFP", ("AFP",)),
        (f"Two frigates met. {FILLER} A ship was seen, TASS reports. {FILLER}", ()),
        ("The map shows the port of Alba. Two frigates met there.", ()),
        ("", ()),
    ],
)
def test_agencies(text: str, agencies: tuple[str, ...]) -> None:
    assert credited_agencies(text) == agencies
