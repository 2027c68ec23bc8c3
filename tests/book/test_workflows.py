"""The workflows that publish the book and rerun its notebooks: what they say, and what they run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GITHUB = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"


def keys(*required: str, **properties: Any) -> dict[str, Any]:
    """An object with these keys and no others: a mistyped key is one that no host knows.

    A ``_`` in a name stands for a hyphen, ``__`` for an underscore, one at the end for none.
    """
    named = {
        name.rstrip("_").replace("__", " ").replace("_", "-").replace(" ", "_"): value
        for name, value in properties.items()
    }
    return {
        "type": "object",
        "properties": named,
        "required": list(required),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": TEXT, "minItems": 1}
VALUES = {"type": "object", "additionalProperties": {"type": "string"}}
GRANT = {"enum": ["read", "write", "none"]}
ACTION = {"pattern": r"^actions/[\w-]+@v\d+$"}
STEP = keys(id=TEXT, name=TEXT, uses=ACTION, run=TEXT, with_=VALUES, env=VALUES)
STEP |= {"oneOf": [{"required": ["run"]}, {"required": ["uses"]}]}
CRON = {"pattern": r"^([\d*/,-]+ ){4}[\d*/,-]+$"}
#: What the hosts' own schemas say about the keys that these files use, and no other keys.
WORKFLOW = keys(
    *("name", "on", "jobs"),
    name=TEXT,
    on=keys(
        push=keys(branches=TEXTS),
        workflow__dispatch={"type": "null"},
        schedule={"items": keys(cron=CRON)},
    ),
    concurrency=keys(group=TEXT),
    permissions=keys(contents=GRANT, pages=GRANT, id_token=GRANT),
    jobs={
        "type": "object",
        "additionalProperties": keys(
            *("runs-on", "steps"),
            runs_on={"const": "ubuntu-latest"},
            timeout_minutes={"type": "integer"},
            environment=keys(name=TEXT, url=TEXT),
            env=VALUES,
            steps={"items": STEP, "minItems": 1},
        ),
    },
)
JOB = keys(
    "script",
    rules={"items": keys(if_=TEXT, when={"const": "never"})},
    variables=VALUES,
    script=TEXTS,
    artifacts=keys(paths=TEXTS),
)


def read(file: Path) -> dict[str, Any]:
    """Without YAML 1.1's idea that the key ``on`` is a truth value."""
    document = yaml.safe_load(file.read_text("utf8"))
    return {"on" if key is True else key: value for key, value in document.items()}


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def scripts() -> list[str]:
    found = [s["run"] for file in GITHUB for s in steps(read(file)) if "run" in s]
    return found + [line for job in ("pages", "rerun") for line in read(GITLAB)[job]["script"]]


@pytest.mark.parametrize("file", GITHUB, ids=lambda file: file.stem)
def test_a_workflow_says_what_its_host_knows(file):
    jsonschema.validate(read(file), WORKFLOW)


def test_the_pipeline_says_what_its_host_knows():
    document = read(GITLAB)
    assert set(document) == {"image", "pages", "rerun"}
    for job in ("pages", "rerun"):
        jsonschema.validate(document[job], JOB)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("runs-on:", "run-on:"),
        ("ubuntu-latest", "ubunt-latest"),
        ("checkout@v4", "checkout"),
        ("permissions:\n  contents: write", "permissions:\n  content: write"),
        ("timeout-minutes: 120", "timeout-minutes: many"),
        ("steps:", "step:"),
    ],
)
def test_the_check_sees_what_is_mistyped(tmp_path, right, wrong):
    text = GITHUB[0].read_text("utf8")
    (tmp_path / "w.yml").write_text(text.replace(right, wrong))
    assert text.count(right)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read(tmp_path / "w.yml"), WORKFLOW)


@pytest.mark.parametrize("file", GITHUB, ids=lambda file: file.stem)
def test_what_an_expression_names_is_there(file):
    text, known = file.read_text("utf8"), read(file)
    ids = {step.get("id") for step in steps(known)}
    for expression in re.findall(r"\$\{\{ (.*?) \}\}", text):
        if found := re.fullmatch(r"steps\.(\w+)\.outputs\.\w+", expression):
            assert found[1] in ids
        else:
            assert expression == "github.token"


@pytest.mark.parametrize("script", scripts())
def test_a_script_runs_what_there_is(script):
    read_by_shell = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
    assert read_by_shell.returncode == 0
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z-]+)", script)) <= set(targets)
    for file in re.findall(r"(?:^|\s)(\.ci/\w+|book/\w+\.py)", script):
        assert (ROOT / file).is_file()


def test_the_notebooks_go_to_a_branch_of_their_own_with_what_binder_needs(tmp_path):
    def git(*command: str, at: Path) -> str:
        own = ["-c", "user.name=a", "-c", "user.email=a@b.org"]
        call = ["git", "-C", str(at), *own, *command]
        return subprocess.run(call, check=True, capture_output=True, text=True).stdout

    clone, remote = tmp_path / "clone", tmp_path / "remote.git"
    made = clone / "_build" / "html" / "notebooks" / "chapters"
    made.mkdir(parents=True)
    (made / "x.ipynb").write_text("{}")
    (clone / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "notebooks", clone / ".ci")
    shutil.copy(ROOT / "environment.yml", clone)
    remote.mkdir()
    git("init", "-q", "--bare", ".", at=remote)
    git("init", "-q", "-b", "main", ".", at=clone)
    git("add", ".ci", at=clone)
    git("commit", "-q", "-m", "first", at=clone)
    environment = os.environ | {"AIECON_NOTEBOOKS": "n/b"}
    for _ in range(2):  # a second time in place of the first
        call = [str(clone / ".ci" / "notebooks"), str(remote)]
        subprocess.run(call, check=True, env=environment)
    files = git("ls-tree", "-r", "--name-only", "n/b", at=remote).split()
    assert files == ["chapters/x.ipynb", "environment.yml"]
    assert git("rev-list", "--count", "n/b", at=remote).strip() == "1"
    listed = yaml.safe_load(git("show", "n/b:environment.yml", at=remote))["dependencies"]
    names = {line.split("==")[0] for line in listed[-1]["pip"]}
    assert {"jupyterlab", "notebook", "numpy", "ipywidgets"} <= names
    assert not {"jupytext", "jupyterlab-myst"} & names
