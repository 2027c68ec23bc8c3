"""What takes minutes, from the file that is part of the library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["committed_results"]


def committed_results() -> Mapping[str, Any]:
    """The committed results of the bootstrap, Sobol indices and power study, checked, read-only.

    >>> sorted(committed_results())
    ['minus', 'plus', 'power', 'simulation_error', 'sobol']
    """
    from aiecon.chen_meng.results import results  # not above: it is run as a command

    return results()
