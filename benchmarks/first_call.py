"""The four scenarios of Figure 8, solved for the first time in a fresh process."""

from __future__ import annotations

import json
import time

from aiecon import korinek_suh as ks

# the weight of the bout is not printed in the paper; the book's value is near this one
SCENARIOS = {
    "business as usual": ks.BusinessAsUsual(),
    "baseline AGI": ks.Bounded(horizon=20.0),
    "aggressive AGI": ks.Bounded(horizon=5.0),
    "bout of automation": ks.Mixed(weight=0.9),
}


def main() -> None:
    seconds: dict[str, float] = {}
    consumption: dict[str, float] = {}
    started = time.perf_counter()
    for name, scenario in SCENARIOS.items():
        before = time.perf_counter()
        path = ks.solve_transition(scenario)
        seconds[name] = time.perf_counter() - before
        consumption[name] = float(path.consumption(0.0))
    total = time.perf_counter() - started
    print(json.dumps({"seconds": total, "scenarios": seconds, "consumption": consumption}))


if __name__ == "__main__":
    main()
