"""Wang & Wong (2025), Artificial Intelligence and Technological Unemployment.

The paper was available only as a detailed summary; the system of equations is the reconstruction
that follows from it, and every derivation is ours. ``simple`` is the model with a fixed
job-finding rate and adoption, ``benchmark`` adds adoption decided by the surplus, and the full
model adds free entry; ``steady_states`` and ``stability`` treat all three.
"""

from aiecon.wang_wong.parameters import Parameters, job_finding_rate

__all__ = [
    "Parameters",
    "job_finding_rate",
]
