"""Measures our path solver and its peers in one run, prints the table, writes the result file.

    make benchmark                        everything, a few minutes
    python benchmarks/run.py --quick      few repetitions, nothing written: does it all still run?
    python benchmarks/run.py --only scipy_bvp dynare    these and ours, nothing written

Each solver runs in a process of its own, on one thread. Errors are measured against references
computed in the same process to more than thirty digits (references.py); a time is the median of
fifteen solves in a row after a warm-up, and the lowest of these that were seen in three rounds over
all solvers, so that what else the machine did for a moment counts for nobody.
Dynare is measured where it is installed (Debian: ``apt-get install dynare octave``); the other
peers are installed into .venv-benchmarks. Close other programs first: the load before the start
is part of the result file.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "lib")]  # so that `python benchmarks/run.py` works

from benchmarks import environment, report  # noqa: E402
from benchmarks.problems import RAMSEY, TAKEOVER  # noqa: E402

RESULTS = ROOT / "lib" / "aiecon" / "data" / "benchmarks.json"
PEERS = ("handmade", "scipy_bvp", "casadi_collocation", "gekko_apm", "sequence_space", "dynare")
ROUNDS = 3
TIME_LIMIT = 300  # seconds for one script
FIRST_CALL = 0.05  # seconds for the four scenarios, first call after import
PATHS_A_SECOND = 3000


def answers(
    python: Path, module: str, *arguments: str, limit: int = TIME_LIMIT
) -> list[dict[str, Any]]:
    """The lines of JSON that a script prints; the last one says why if it did not finish."""
    command = [str(python), "-m", module, *arguments]
    reason = None
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment.variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a peer may start programs of its own
    ) as run:
        try:
            said, complaints = run.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            if hasattr(os, "killpg"):
                os.killpg(run.pid, signal.SIGKILL)
            run.kill()
            said, complaints = run.communicate()
            reason = f"stopped after {limit} s"
    if run.returncode and reason is None:
        reason = f"failed: {(complaints.strip().splitlines() or ['?'])[-1]}"
    lines = [json.loads(line) for line in said.splitlines() if line.endswith("}")]
    if reason is not None:
        print(f"  {module}: {reason}")
        lines.append({"missing": module.removeprefix("benchmarks."), "reason": reason})
    return lines


def fastest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each setting: that of its fastest round (a failure only if all rounds failed)."""
    kept: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row["solver"], row["problem"], row["setting"])
        best = kept.setdefault(key, row)
        if row["seconds"] is not None and (
            best["seconds"] is None or row["seconds"] < best["seconds"]
        ):
            kept[key] = row
    return list(kept.values())


def machine() -> dict[str, Any]:
    """What ran this, without names of hosts or folders."""
    facts: dict[str, Any] = {"cores": os.cpu_count(), "system": platform.system()}
    try:
        facts["system"] = platform.freedesktop_os_release()["PRETTY_NAME"]
        cpu = Path("/proc/cpuinfo").read_text("utf8").splitlines()
        names = [line.partition(":")[2].strip() for line in cpu if line.startswith("model name")]
        facts["cpu"] = names[0] if names else platform.machine()
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
        facts["memory_gb"] = round(pages * size / 2**30)
    except (OSError, KeyError, ValueError):
        facts["cpu"] = platform.processor() or platform.machine()
    if hasattr(os, "getloadavg"):
        facts["load_before"] = round(os.getloadavg()[0], 2)
    return facts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few repetitions, nothing written")
    parser.add_argument("--only", nargs="+", choices=PEERS, default=None, help="these peers only")
    parser.add_argument("--output", type=Path, help="where to write the results")
    arguments = parser.parse_args()
    python = environment.python()
    flags = ["--quick"] if arguments.quick else []
    results: dict[str, Any] = {
        "measured": datetime.date.today().isoformat(),
        "machine": machine(),
        "versions": {},
        "problems": {
            name: {"goal": p.goal, "seconds": p.seconds, "until": p.until}
            for name, p in (("ramsey", RAMSEY), ("takeover", TAKEOVER))
        },
        "references": {},
        "rows": [],
        "missing": {},
    }
    print(f"Load before the start: {results['machine'].get('load_before', 'unknown')}", flush=True)
    results["references"] = answers(python, "benchmarks.references", "--json")[0]["references"]
    rows: list[dict[str, Any]] = []
    for number in range(1 if arguments.quick else ROUNDS):
        print(f"round {number + 1}:", end="", flush=True)
        for module in ("ours", *(f"peers.{name}" for name in arguments.only or PEERS)):
            print(f" {module.removeprefix('peers.')}", end="", flush=True)
            for line in answers(python, f"benchmarks.{module}", *flags):
                if "versions" in line:
                    results["versions"] |= line["versions"]
                elif "missing" in line:
                    results["missing"][line["missing"]] = line["reason"]
                else:
                    rows.append(line)
        print(flush=True)
    results["rows"] = fastest(rows)
    print("measuring the first call …", flush=True)
    calls = [c for _ in range(1 if flags else 9) for c in answers(python, "benchmarks.first_call")]
    results["first_call"] = {
        "goal": FIRST_CALL,
        "runs": len(calls),
        "seconds": median(call["seconds"] for call in calls),
        "scenarios": {
            name: median(call["scenarios"][name] for call in calls)
            for name in calls[0]["scenarios"]
        },
    }
    print("measuring random draws …", flush=True)
    draws = answers(python, "benchmarks.draws", *flags)
    results["draws"] = {"goal": PATHS_A_SECOND, "rows": [row for row in draws if "set" in row]}
    results["missing"] |= {row["missing"]: row["reason"] for row in draws if "missing" in row}
    results["families"] = answers(python, "benchmarks.families", *flags)
    print("measuring whether estimates bound errors …", flush=True)
    results["promises"] = answers(python, "benchmarks.promises", *flags, limit=3600)
    print("\n" + report.text(results))
    output = arguments.output or (None if arguments.quick or arguments.only else RESULTS)
    if output:
        output.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf8")
        print(f"\nWritten: {output.relative_to(ROOT) if output.is_relative_to(ROOT) else output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
