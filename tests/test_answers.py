"""The kinds of answers, the hashes and what `check` says: no traceback for an answer, ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from exhibits import answers
from exhibits.answers import Array, Choice, Expression, Function, NotYet, Number, Several, Text
from exhibits.check import Checked, check

LIB = Path(__file__).parents[1] / "lib"


@pytest.fixture
def ask():
    """Declares an exercise for one test, and asks it."""

    def asked(holds, *kinds, given):
        answers.answer("toy.ask.1", *kinds)(holds)
        return check("toy.ask.1", *given)

    yield asked
    answers.DEFINITIONS.pop("toy.ask.1", None)


@pytest.mark.parametrize(
    "given", [2, 2.0, np.float64(2), np.int8(2), np.array(2.0), np.array([[2]]), sp.Integer(2)]
)
def test_a_number_in_every_form(given):
    assert Number("γ").read(given) == 2.0


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (Number("γ"), sp.Symbol("x"), "asked as a number; this is a Symbol"),
        (Number("γ"), sp.nan, "asked as a number"),
        (Number("γ"), sp.oo, "finite"),
        (Number("γ"), sp.I, "asked as a number"),
        (Number("γ"), np.array([1.0, 2.0]), "an array of shape (2,)"),
        (Number("γ"), [1.0], "a list of 1"),
        (Number("γ"), b"1", "a bytes"),
        (Number("γ"), len, "a function"),
        (Number("γ", unit="dollars"), "x", "in dollars; this is a text"),
        (Number("γ", above=1), 1, "must be above 1"),
        (Number("γ", below=1), 1, "must be below 1"),
        (Number("γ", least=1), 0.5, "must be 1 or more"),
        (Number("γ", most=1), 1.5, "must be 1 or less"),
        (Number("s", share=True), 5, "divide by 100"),
        (Number("s", share=True), -0.1, "between 0 and 1"),
        (Array("w", shape=(3,)), [1, 2], "array of 3 numbers; yours has the shape (2,)"),
        (Array("w", shape=(None, 2)), [[1, 2, 3]], "any number by 2"),
        (Array("w"), [1, np.nan, np.inf], "2 of yours are not finite"),
        (Array("w"), ["1", "2"], "not all of its entries are numbers"),
        (Array("w"), [[1], [1, 2]], "differ in length"),
        (Array("w"), [True, False], "not all of its entries are numbers"),
        (Array("w"), {1, 2}, "a set"),
        (Array("w", above=0), [1, 0], "must be above 0"),
        (Array("w"), range(10**9), "array of any number"),
        (Choice("abc"), "d", "one letter of a, b, c"),
        (Choice("abc"), "ab", "one letter"),
        (Choice("abc"), 1, "one letter"),
        (Several("abc"), "", "letters of a, b, c"),
        (Several("abc"), ["a", 1], "letters of"),
        (Text("why"), "Because.", "10 words or more, in quotation marks; yours has 1"),
        (Text("why"), None, "nothing yet"),
        (Function("h", of="x"), 3.0, "a function of x; this is a float"),
        (Function("h", of="x"), dict, "the class dict"),
        (Expression("h", of="x"), sp.Symbol("z"), "yours has also z"),
        (Expression("h", of="x"), "x**2", "a function of x; this is a text"),
    ],
)
def test_what_is_of_another_kind_is_refused_by_name(kind, given, says):
    with pytest.raises(NotYet) as refused:
        kind.read(given)
    assert says in str(refused.value)
    assert kind.name in str(refused.value)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (lambda x: 1 / x, "h(0) stops with ZeroDivisionError"),
        (lambda: 1, "h is a function of x"),
        (lambda x: "one", "h(0) is asked as a number; this is a text"),
        (lambda x: np.nan, "a finite one"),
        (lambda x: np.array([1.0, 2.0]), "an array of shape (2,)"),
    ],
)
def test_what_goes_wrong_in_a_function_of_the_students_is_said(given, says):
    with pytest.raises(NotYet) as refused:
        Function("h", of="x").read(given)([0.0, 1.0])
    assert says in str(refused.value)


def test_a_function_is_called_with_single_numbers():
    h = Function("h", of="x, y").read(lambda x, y: max(x, y))  # knows nothing of arrays
    np.testing.assert_array_equal(h([1, 5], [[3], [7]]), [[3, 5], [7, 7]])
    assert h(1, 2) == 2.0


def test_expressions_are_known_by_the_names_of_their_symbols():
    x, a = sp.symbols("x a", positive=True)
    kind = Expression("f", of="a, x")
    for given in (a * x**2, lambda a, x: a * x**2, sp.Mul(x, a * x)):
        assert kind.read(given)(2, 3) == pytest.approx(18)
    for constant in (7, 7.0, sp.Integer(7)):
        assert kind.read(constant)(2, 3) == 7
    with pytest.raises(NotYet, match="asked as a number"):
        kind.read(sp.log(-x))(1, 1)  # complex


@pytest.mark.parametrize("given", ["ca", "A, C", ["a", "c"], {"c", "a"}, "(a) (c)", ("C", "a")])
def test_letters_in_every_form(given):
    assert Several("abc").read(given) == "ac"


@pytest.mark.parametrize(
    ("given", "fits"),
    [(0.4567, True), (0.457, True), (0.45651, True), (0.4561, False), (0.0, False), (9.9, False)],
)
def test_a_hash_knows_a_number_to_its_digits(given, fits):
    token = answers.ASKED.set("toy.hash.1")
    try:
        known = answers.hashed("toy.hash.1", 0.4567, 3)
        assert answers.same(given, known, 3) is fits
        for factor, says in ((-1, "sign"), (100, "100 times too large"), (1e-3, "1,000 times")):
            with pytest.raises(NotYet, match=says):
                answers.same(0.4567 * factor, known, 3)
    finally:
        answers.ASKED.reset(token)


def test_a_hash_is_salted_with_the_exercise_and_its_digits():
    some = [answers.hashed(id, 0.5, digits) for id in ("a.b.1", "a.b.2") for digits in (2, 3)]
    assert len(set(some)) == 4
    assert answers.hashed("a.b.1", "ca") == answers.hashed("a.b.1", "ac")


def test_the_command_makes_the_same_hash():
    command = [sys.executable, "-m", "exhibits.check", "--hash", "a.b.1"]
    for rest, hashed in (
        (["0.5", "2"], answers.hashed("a.b.1", 0.5, 2)),
        (["ac"], answers.hashed("a.b.1", "ac")),
    ):
        ran = subprocess.run(
            command + rest, env={"PYTHONPATH": str(LIB)}, capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == hashed


def test_what_is_said(ask):
    def holds(a, b):
        """Both   are
        right."""
        answers.expect([a < 2, b < 2], "Too large")

    kinds = (Number("a"), Number("b"))
    assert ask(holds, *kinds, given=(1, 1)) == Checked(True, "Both are right.")
    assert ask(holds, *kinds, given=((1, 1),)) == Checked(True, "Both are right.")
    assert ask(holds, *kinds, given=(1, 2)) == Checked(False, "Too large.")
    assert ask(holds, *kinds, given=(1,)).message == (
        "toy.ask.1 asks for 2 answers (a, b); here are 1."
    )


def test_texts_are_for_somebody_to_read(ask):
    def points(why):
        """It is compared."""
        return ["who loses", "what is assumed"]

    done = ask(points, Text("why", words=2), given=("Some do.",))
    assert done.passed is None
    assert repr(done) == "To compare: who loses; what is assumed."


def test_nothing_that_goes_wrong_in_a_definition_reaches_the_student(ask):
    def refuses(a):
        """Never."""
        raise ValueError("K = -1 is not allowed: K ≥ 0 is required.")

    def stops(a):
        """Never."""
        raise KeyError(a)

    said = ask(refuses, Number("a"), given=(1,)).message
    assert said == "The model does not take this: K = -1 is not allowed: K ≥ 0 is required."
    assert "The check stops" in ask(stops, Number("a"), given=(1,)).message
    assert answers.ASKED.get() == ""


def test_markdown_shows_what_the_terminal_shows():
    shown = Checked(False, "a_b * 2 < $c$")._repr_markdown_()
    assert shown == r"Not yet: a\_b \* 2 \< \$c\$"
    with pytest.raises(AttributeError):
        Checked(True, "x").passed = False


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("ku.plateau.99", "There are ku.plateau.1, ku.plateau.2"),
        ("KU.Plateau.1", "There are ku.plateau.1"),
        ("plateau", "The ids begin with"),
        ("", "The ids begin with"),
        (1.92, "comes first, as a text"),
        (None, "comes first, as a text"),
    ],
)
def test_an_unknown_exercise_is_an_error_that_names_those_there_are(id, says):
    with pytest.raises(ValueError, match="id") as refused:
        check(id, 1)
    assert says in str(refused.value)


def test_a_definition_needs_kinds_and_words():
    with pytest.raises(ValueError, match="docstring"):
        answers.answer("toy.bad.1", Number("a"))(lambda a: None)
    with pytest.raises(ValueError, match="kind"):
        answers.answer("toy.bad.1")(test_a_definition_needs_kinds_and_words)
