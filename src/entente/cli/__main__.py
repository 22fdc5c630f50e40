"""`python -m entente.cli`."""

from __future__ import annotations

from entente.cli.root import main

main()
