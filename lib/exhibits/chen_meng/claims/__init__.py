"""What the abstract of Chen & Meng (2026) says, and the computations that check it.

Every claim is qualitative, and is checked in a stylised reconstruction of the mechanism: the
paper's equations, parameters and tables were not available, and none of its numbers is here.
"""

from exhibits.chen_meng.claims import moments, regimes
from exhibits.ledger import Claim

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (*regimes.CLAIMS, *moments.CLAIMS)
