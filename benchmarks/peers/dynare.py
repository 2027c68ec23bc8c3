"""Dynare in Octave: the perfect-foresight solver, with block decomposition and bytecode.

Dynare solves discrete-time models, so the equations are discretised first, by Simpson's rule
between neighbouring dates on a graded grid whose steps are an exogenous path. The set-up is
Dynare's reading of the model and Octave's start; a solve is the core of
``perfect_foresight_solver``, timed within Octave. The takeover has the switching date as an unknown
that is constant over time and is pinned by the border in the last period.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.measure import Row, error_of, steady
from benchmarks.problems import RAMSEY, TAKEOVER, FloatArray
from benchmarks.references import solve_ramsey, solve_takeover

SOLVER = "Dynare (Octave)"
HORIZON = 160.0
ALGORITHM = {"ramsey": 5, "takeover": 0}  # the fastest that works: 5 crashes on the takeover
FOLDERS = ("/usr/lib/dynare/matlab", "/usr/share/dynare/matlab", "/usr/local/lib/dynare/matlab")

RAMSEY_MODEL = """
var k q;
varexo h;
parameters alpha rho delta eta;
alpha = {alpha}; rho = {rho}; delta = {delta}; eta = {eta};
model(block, bytecode);
  // k(-1), q: at the left end of an interval; k, q(+1): at its right end
  #kL = k(-1); #qL = q; #kR = k; #qR = q(+1);
  #fL = exp((alpha-1)*kL)-delta-exp(qL);
  #fR = exp((alpha-1)*kR)-delta-exp(qR);
  #gL = (alpha*exp((alpha-1)*kL)-rho-delta)/eta-fL;
  #gR = (alpha*exp((alpha-1)*kR)-rho-delta)/eta-fR;
  #kM = (kL+kR)/2+h/8*(fL-fR);
  #qM = (qL+qR)/2+h/8*(gL-gR);
  #fM = exp((alpha-1)*kM)-delta-exp(qM);
  #gM = (alpha*exp((alpha-1)*kM)-rho-delta)/eta-fM;
  kR-kL = h/6*(fL+4*fM+fR);
  qR-qL = h/6*(gL+4*gM+gR);
end;
initval; k = {k0}; q = {q_star}; h = 1; end;
endval; k = {k_star}; q = {q_star}; h = 1; end;
perfect_foresight_setup(periods = {periods});
"""

TAKEOVER_MODEL = """
var k z d;         // log K, consumption's distance from the rule of region 2, the switching date
varexo s last;     // the left end of the interval as a share of d; 1 in the last period
parameters T rho delta eta sigma A rest m W e h;
T = {T}; rho = {rho}; delta = {delta}; eta = {eta}; sigma = {sigma}; A = {A}; rest = {rest};
m = {m}; W = {W}; e = (sigma-1)/sigma; h = 1/{periods};
model(block, bytecode);
  #kL = k(-1); #qL = z+log(m*(1+W*exp(-k(-1)))); #kR = k; #qR = z(+1)+log(m*(1+W*exp(-k)));
  #uL = rest*(1-d*s/T); #uM = rest*(1-d*(s+h/2)/T); #uR = rest*(1-d*(s+h)/T);
  #PL = (1-uL)^(1/sigma); #PM = (1-uM)^(1/sigma); #PR = (1-uR)^(1/sigma);
  #ZL = PL+uL^(1/sigma)*exp(-e*kL); #ZR = PR+uR^(1/sigma)*exp(-e*kR);
  #fL = d*(A*ZL^(1/e)-delta-exp(qL)); #fR = d*(A*ZR^(1/e)-delta-exp(qR));
  #gL = d*(A*ZL^(1/(sigma-1))*PL-rho-delta)/eta-fL;
  #gR = d*(A*ZR^(1/(sigma-1))*PR-rho-delta)/eta-fR;
  #kM = (kL+kR)/2+h/8*(fL-fR); #qM = (qL+qR)/2+h/8*(gL-gR);
  #ZM = PM+uM^(1/sigma)*exp(-e*kM);
  #fM = d*(A*ZM^(1/e)-delta-exp(qM));
  #gM = d*(A*ZM^(1/(sigma-1))*PM-rho-delta)/eta-fM;
  kR-kL = h/6*(fL+4*fM+fR);
  qR-qL = h/6*(gL+4*gM+gR);
  last*(k-log((1-uR)/uR))+(1-last)*(d-d(+1)) = 0;
end;
initval; k = {k0}; z = 0; d = {date}; s = 0; last = 0; end;
endval; k = {k1}; z = 0; d = {date}; s = 0; last = 0; end;
perfect_foresight_setup(periods = {periods});
"""

PROGRAM = """
started = tic;
addpath {folder};
warning('off', 'all');
dynare model.mod noclearall nolog nograph;
oo_.exo_simul(2:end-1, :) = load('exogenous.txt');
start = load('start.txt')';
options_.stack_solve_algo = {algorithm}; options_.block = 1; options_.bytecode = 1;
options_.dynatol.f = {tolerance}; options_.dynatol.x = {tolerance};
options_.verbosity = 0; options_.noprint = true;
ready = toc(started);
seconds = [];
for r = 1:{repetitions}
  oo_.endo_simul = start;
  t = tic; [oo_, e] = perfect_foresight_solver_core(M_, options_, oo_); seconds(r) = toc(t);
end
printf('\\nstatus %d\\nready %.9f\\nseconds', oo_.deterministic_simulation.status, ready);
printf(' %.9f', seconds);
printf('\\nversion %s %s\\n', dynare_version, version);
path = oo_.endo_simul';
save('-ascii', '-double', 'path.txt', 'path');
"""


def folder() -> str | None:
    """Where Dynare's Octave files lie, or None if Dynare or Octave is not installed."""
    found = [place for place in FOLDERS if Path(place, "dynare.m").is_file()]
    return found[0] if found and shutil.which("octave-cli") else None


def run(
    model: str, exogenous: FloatArray, start: FloatArray, algorithm: int, repetitions: int
) -> tuple[FloatArray, list[float], float, str]:
    """The path (periods + 2, variables), seconds of each solve, of the set-up, and versions."""
    with tempfile.TemporaryDirectory() as place:
        Path(place, "model.mod").write_text(model)
        np.savetxt(Path(place, "exogenous.txt"), exogenous, fmt="%.17g")
        np.savetxt(Path(place, "start.txt"), start, fmt="%.17g")
        program = PROGRAM.format(
            folder=folder(), tolerance=1e-11, algorithm=algorithm, repetitions=repetitions
        )
        Path(place, "program.m").write_text(program)
        started = time.perf_counter()
        answer = subprocess.run(
            ["octave-cli", "--no-init-file", "-q", "program.m"],
            cwd=place,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        total = time.perf_counter() - started
        said = {
            name: re.search(rf"^{name} (.*)$", answer.stdout, re.MULTILINE)
            for name in ("status", "ready", "seconds", "version")
        }
        if said["status"] is None or said["status"][1] != "1":
            raise RuntimeError((answer.stderr or answer.stdout).strip().splitlines()[-1])
        seconds = [float(x) for x in said["seconds"][1].split()]  # type: ignore[index]
        path = np.loadtxt(Path(place, "path.txt"))
    setup = total - sum(seconds)
    return path, seconds, setup, said["version"][1]  # type: ignore[index]


def ramsey(periods: int) -> tuple[str, FloatArray, FloatArray, FloatArray]:
    """The model, the exogenous path, the first guess, and the dates of the nodes."""
    p = RAMSEY
    mu, slope = p.stable()
    t = HORIZON * np.expm1(np.linspace(0, 1, periods + 1) * 2.5) / np.expm1(2.5)
    deviation = np.log(p.share) * np.exp(-mu * t)
    # Dynare's first row holds what k was before the first period
    k = np.concatenate([p.k_star + deviation, [p.k_star]])
    q = p.q_star + slope * np.concatenate([deviation[:1], deviation[:-1], [0.0]])
    values = {name: repr(float(getattr(p, name))) for name in ("alpha", "rho", "delta", "eta")}
    values |= {name: repr(float(getattr(p, name))) for name in ("k0", "k_star", "q_star")}
    model = RAMSEY_MODEL.format(periods=periods, **values)
    return model, np.diff(t)[:, None], np.array([k, q]).T, t


def takeover(periods: int) -> tuple[str, FloatArray, FloatArray, FloatArray]:
    p = TAKEOVER
    s = np.linspace(0, 1, periods + 1)
    date = 0.9 * p.T
    u = p.unautomated(date)
    k = np.linspace(p.k0, np.log((1 - u) / u), periods + 1)
    z = np.linspace(np.log(0.35) - p.consumption_ratio(p.k0), 0.0, periods + 1)
    start = np.array(
        [
            np.concatenate([k, k[-1:]]),
            np.concatenate([z[:1], z]),
            np.full(periods + 2, date),
        ]
    ).T
    names = ("T", "rho", "delta", "eta", "sigma", "A", "rest", "m", "W", "k0")
    values = {name: repr(float(getattr(p, name))) for name in names}
    last = np.zeros(periods)
    last[-1] = 1
    model = TAKEOVER_MODEL.format(periods=periods, date=repr(date), k1=repr(float(k[-1])), **values)
    return model, np.array([s[:-1], last]).T, start, s


def values_on_grid(
    problem: str, path: FloatArray, grid: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Dates and (2, n): K and C at the nodes, from Dynare's rows."""
    k = path[:-1, 0]
    if problem == "ramsey":
        return grid, np.array([np.exp(k), np.exp(k + path[1:, 1])])
    p = TAKEOVER
    date, q = path[1, 2], path[1:, 1] + p.consumption_ratio(k)
    later = np.linspace(date, p.until, 101)
    after = p.after(later, date, np.exp(k[-1]))
    values = np.array([np.exp(k), np.exp(k + q)])
    return np.concatenate([date * grid, later]), np.concatenate([values, after], axis=1)


def main() -> None:
    if folder() is None:
        for problem in ("ramsey", "takeover"):
            words = "not installed on this machine"
            print(json.dumps(asdict(Row(SOLVER, problem, "", None, None, None, 0, None, words))))
        return
    repetitions = 2 if "--quick" in sys.argv else 60
    os.environ["OMP_NUM_THREADS"] = "1"
    for problem, build, reference, until, sizes in (
        ("ramsey", ramsey, solve_ramsey(), RAMSEY.until, (40, 80, 160, 320, 640)),
        ("takeover", takeover, solve_takeover(), TAKEOVER.until, (40, 80, 160, 320, 640)),
    ):
        for periods in sizes:
            words, label = "solves a discretisation in steps; no error estimate", f"{periods} steps"
            model, exogenous, start, grid = build(periods)
            try:
                path, seconds, setup, version = run(
                    model, exogenous, start, ALGORITHM[problem], repetitions + 1
                )
            except (RuntimeError, subprocess.TimeoutExpired) as failure:
                words = f"failed: {str(failure)[:120]}"
                row = Row(SOLVER, problem, label, None, None, None, 0, None, words)
            else:
                timed = seconds[1:]
                quartiles = (float(np.quantile(timed, 0.25)), float(np.quantile(timed, 0.75)))
                error = error_of(values_on_grid(problem, path, grid), reference, until)
                row = Row(
                    SOLVER,
                    problem,
                    label,
                    error,
                    steady(timed),
                    quartiles,
                    len(timed),
                    setup,
                    words,
                )
                print(
                    json.dumps(
                        {"versions": dict(zip(("dynare", "octave"), version.split(), strict=True))}
                    )
                )
            print(json.dumps(asdict(row)), flush=True)


if __name__ == "__main__":
    main()
