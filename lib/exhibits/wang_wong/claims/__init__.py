"""What the summary of Wang & Wong (2025) reports, and what checks it, one module per chapter."""

from exhibits.ledger import Claim
from exhibits.wang_wong.claims import efficiency, free_entry, indeterminacy, predator_prey

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    *predator_prey.CLAIMS,
    *indeterminacy.CLAIMS,
    *free_entry.CLAIMS,
    *efficiency.CLAIMS,
)
