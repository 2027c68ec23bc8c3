"""The committed results of the long computations, and the command that makes them afresh.

``python -m aiecon.chen_meng.results`` writes ``aiecon/data/chen_meng_results.json`` (some minutes
on two cores; SALib is needed). The file carries a SHA-256 checksum of its results, and reading it
checks that.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from aiecon.cached import cached
from aiecon.chen_meng.economy import delta_gini
from aiecon.chen_meng.moments import moments, standard_errors, targets_with
from aiecon.chen_meng.msm import NAMES, Estimate, estimate, hansen_j
from aiecon.chen_meng.parameters import Parameters, unknown, with_ratio
from aiecon.chen_meng.power import power_at
from aiecon.drafts import write_whole
from aiecon.sweep import sweep
from aiecon.validation import number

__all__ = ["ADOPTION", "FIRMS", "WORKERS", "checksum", "read", "results"]

NAME = "chen_meng_results.json"

#: The sizes of the power study.
ADOPTION = (0.0, 0.02, 0.04, 0.08, 0.12, 0.16, 0.2, 0.3, 0.4)
WORKERS = (50, 100, 200, 400, 800, 1600)
FIRMS = (10, 20, 40, 80, 160, 320)


def checksum(found: Any) -> str:
    """SHA-256 of results, written as JSON with sorted keys.

    >>> checksum({"b": 1, "a": [1.5]}) == checksum({"a": [1.5], "b": 1})
    True
    """
    text = json.dumps(found, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> dict[str, Any]:
    """The results in a file's text; ValueError if they do not have the checksum it carries."""
    try:
        document = json.loads(text)
        found, carried = dict(document["results"]), str(document["sha256"])
    except (KeyError, TypeError, ValueError):
        raise ValueError(
            f"{NAME}: text = {str(text)[:40]!r}… is no file of results; make it afresh: "
            "python -m aiecon.chen_meng.results"
        ) from None
    if checksum(found) != carried:
        raise ValueError(
            f"{NAME}: the results do not have the checksum {carried[:12]}…; make the "
            "file afresh: python -m aiecon.chen_meng.results"
        )
    return found


@cached()
def results() -> Mapping[str, Any]:
    """The committed results, checked; they are kept, and cannot be written to."""
    return read(files("aiecon").joinpath("data", NAME).read_text("utf8"))


# Making them --------------------------------------------------------------------------------------


#: The parameters of the global sensitivity analysis and the ranges from which they are drawn,
#: uniformly (η₁/η₀ on a logarithmic scale): choices of ours.
SOBOL_RANGES: dict[str, tuple[float, float]] = {
    "lam": (0.1, 0.3),
    "log_ratio": (float(np.log(0.1)), float(np.log(10.0))),
    "xi": (0.0, 0.6),
    "zeta": (1.2, 3.0),
    "Omega": (0.6, 0.95),
    "tau": (0.2, 0.6),
    "psi": (0.2, 0.6),
    "a": (0.25, 0.75),
}


def sobol_draw(log_ratio: float, n: int = 2000, **fields: float) -> float:
    """ΔGini at one draw of the parameters in :data:`SOBOL_RANGES`. ValueError for other names.

    >>> sobol_draw(log_ratio=0.0, xi=0.2) == delta_gini(Parameters(eta1=2.3), n=2000)
    True
    """
    other = set(fields) - set(SOBOL_RANGES)
    if other:
        raise unknown("fields", sorted(other), f"some of {', '.join(SOBOL_RANGES)}")
    log_ratio = number("log_ratio", log_ratio, -690, 690, "ln η₁/η₀ from −690 to 690")
    return delta_gini(with_ratio(replace(Parameters(), **fields), float(np.exp(log_ratio))), n=n)


@dataclass(frozen=True)
class Bootstrap:
    """The parametric bootstrap: targets drawn around the fitted moments, everything estimated.

    Centred at the model's own moments, so that the model is true of what is drawn; the draws serve
    as a Monte Carlo study of the estimator, too. Called with a number that is not used and a
    random generator, it makes one draw: the estimates, their standard errors, ΔGini, J and the six
    targets drawn. The moments used are those of ``fitted``.
    """

    delta: float  # the value of m₆
    fitted: Estimate
    n: int = 4000  # simulated people

    def __call__(self, number: int, rng: np.random.Generator) -> dict[str, Any]:
        known = self.fitted.targets
        targets = (*known[:5], replace(known[5], value=self.delta))
        data = self.fitted.moments + standard_errors(targets) * rng.standard_normal(6)
        found = estimate(targets, self.fitted.params, self.n, data=data, use=self.fitted.used)
        out: dict[str, Any] = dict(zip(NAMES, found.vector.tolist(), strict=True))
        out |= {f"se {name}": se for name, se in zip(NAMES, found.se.tolist(), strict=True)}
        return out | {"ΔGini": found.delta_gini, "J": found.J, "data": data}


def _bootstrap(delta: float, draws: int, workers: int | None) -> dict[str, Any]:
    fitted = estimate(targets_with(delta), n=100_000)
    draw = Bootstrap(delta, estimate(targets_with(delta), n=Bootstrap.n))
    done = sweep(draw, list(range(draws)), seed=20260305, workers=workers)
    values = np.stack([done.column(name) for name in (*NAMES, "ΔGini")], axis=1)[done.ok]
    se = np.stack([done.column(f"se {name}") for name in NAMES], axis=1)[done.ok]
    again = hansen_j(draw.fitted, done.column("data")[done.ok])  # the same draws, a second method
    inside = np.abs(values[:, :4] - draw.fitted.vector) < 1.959964 * se
    return {
        "estimate": fitted.vector.tolist(),
        "se": fitted.se.tolist(),
        "moments": fitted.moments.tolist(),
        "J": fitted.criterion,
        "p": fitted.p_value,
        "bootstrap": {
            "draws": draws,
            "failed": len(done.failures),
            "sd": values.std(axis=0, ddof=1).tolist(),
            "low": np.quantile(values, 0.025, axis=0).tolist(),
            "high": np.quantile(values, 0.975, axis=0).tolist(),
            "coverage": inside.mean(axis=0).tolist(),
            "J above 5% point": float(np.mean(done.column("J")[done.ok] > 5.991465)),
            "hansen_j above 5% point": float(np.mean(again > 5.991465)),
        },
    }


def _sobol(base: int, workers: int | None) -> dict[str, Any]:
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as sample

    problem = {
        "num_vars": len(SOBOL_RANGES),
        "names": list(SOBOL_RANGES),
        "bounds": [list(bounds) for bounds in SOBOL_RANGES.values()],
    }
    draws = sample.sample(problem, base, calc_second_order=False, seed=2026)
    columns = {name: draws[:, i] for i, name in enumerate(SOBOL_RANGES)}
    change = sweep(sobol_draw, columns, workers=workers).array
    found = analyse.analyze(problem, change, calc_second_order=False, seed=2026)
    return {
        "base": base,
        "evaluations": len(change),
        "positive": float(np.mean(change > 0)),
        **{key: np.asarray(found[key]).tolist() for key in ("S1", "S1_conf", "ST", "ST_conf")},
    }


def _simulation_error(seeds: int) -> dict[str, list[float]]:
    """Standard deviation of the moments over crowds, over that of the targets, by their size."""
    fitted = estimate(targets_with(0.01), n=20_000).params
    out = {}
    for n in (20_000, 100_000):
        drawn = np.array([moments(fitted, n=n, seed=seed) for seed in range(seeds)])
        ratio = drawn.std(axis=0, ddof=1) / standard_errors(targets_with(0.01))
        out[f"{n}"] = ratio.tolist()
    return out


def _power(sets: int) -> dict[str, Any]:
    sizes = {"occupations": ADOPTION, "unpooled": ADOPTION, "tasks": WORKERS, "firms": FIRMS}
    out: dict[str, Any] = {"sets": sets}
    for kind, some in sizes.items():
        rows = [power_at(kind, size, sets) for size in some]
        out[kind] = {"sizes": list(some)} | {
            question: [row[question] for row in rows] for question in ("effect", "size", "regime")
        }
    return out


def compute(
    draws: int = 300, base: int = 1024, sets: int = 1000, workers: int | None = None
) -> dict[str, Any]:
    """All results; smaller arguments make a quick and rough version."""
    return _rounded(
        {
            "plus": _bootstrap(0.01, draws, workers),
            "minus": _bootstrap(-0.01, draws, workers),
            "simulation_error": _simulation_error(100),
            "sobol": _sobol(base, workers),
            "power": _power(sets),
        }
    )


def _rounded(x: Any) -> Any:
    """Numbers to six digits, so that machines agree."""
    if isinstance(x, dict):
        return {str(key): _rounded(value) for key, value in x.items()}
    if isinstance(x, list | tuple):
        return [_rounded(value) for value in x]
    return float(f"{x:.6g}") if isinstance(x, float) else x


def main() -> None:
    """Computes everything and writes the file."""
    about = "Results of the chapter on moments: a stylised reconstruction, not the paper's numbers."
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=None, help="processes (all cores)")
    parser.add_argument(
        "--to", type=Path, default=Path(__file__).parents[1] / "data" / NAME, help="the file"
    )
    options = parser.parse_args()
    started = time.perf_counter()
    found = compute(workers=options.workers)
    command = "python -m aiecon.chen_meng.results"
    document = {"about": about, "command": command, "sha256": checksum(found), "results": found}
    text = json.dumps(document, indent=1, ensure_ascii=False)
    write_whole(options.to, f"{text}\n".encode())
    print(f"{options.to.name} written after {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
