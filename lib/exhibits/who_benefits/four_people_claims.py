"""Labour and capital: the essay's statements, and each cell of the matrix of agreement."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.korinek_suh.extensions.skills import ProportionalSkills
from aiecon.korinek_suh.extensions.skills_transition import solve_skill_transition
from exhibits.ledger import (
    ByConstruction,
    Course,
    Exact,
    OfTheBook,
    OutOfReach,
    Planted,
    Range,
    Shape,
    Sign,
    scale,
)
from exhibits.who_benefits.claims import (
    CAPITAL,
    GAIN,
    PACKAGE,
    ROW,
    equal,
    in_chapter,
    losses,
    silent,
    upside_down,
)

SCENARIOS = ("Baseline AGI", "Aggressive AGI", "Bout of automation")
POINT = f"{PACKAGE}.answers:labor_cost_point"

claim = partial(in_chapter("four_people"), source=CAPITAL)
in_table = partial(claim, anchor="fig-wb-vocabulary", function=ROW)
of_people = partial(claim, anchor="wb-gains", function=GAIN)
of_costs = partial(claim, anchor="wb-costs", function=POINT)


def _rows(measure: str) -> list[np.ndarray]:
    """What the models that have it say of a measure, each (dates,); Acemoglu has only output."""
    rows = [m.row(measure) for m in wb.common_measures() if m.model != "Acemoglu"]
    return [row for row in rows if not np.isnan(row).any()]


def _gains(person: str) -> np.ndarray:
    """What a person gains, in the models that say so; business as usual is the yardstick."""
    found = [m.gain(person) for m in wb.common_measures()[1:]]
    return np.array([gain for gain in found if not np.isnan(gain)])


def _negative(gains: dict[str, float]) -> dict[str, float]:
    return {who: -gain for who, gain in gains.items()}


def _with_skills() -> Any:
    tasks = ks.Bounded(horizon=20.0)
    return solve_skill_transition(tasks, ProportionalSkills(tasks, nu=0.5))


# The essay on labour and capital ------------------------------------------------------------------


@in_table(
    Sign("<0", "capital first"),
    planted=(upside_down,),
    show=".2f",
    note="Change of labour's share within five years, in the eight models that have one. In a bout "
    "of automation half of the loss is made good later.",
)
def capital_early() -> Any:
    """AI benefits capital more than labour in its early stages."""
    return [row[1] - row[0] for row in _rows("labour share")]


@in_table(
    Sign("<0", "labour's share falls"),
    planted=(upside_down,),
    show=".2f",
    note="Over 49 years, in the eight models that have one; business as usual among them.",
)
def capital_share() -> Any:
    """AI raises the part of the value created that goes to owners of capital."""
    return [row[-1] - row[0] for row in _rows("labour share")]


@in_table(
    Sign("<0", "less of the work that there is"),
    planted=(upside_down,),
    show=".2f",
    note="Two models have employment: Wang & Wong, and Korinek & Suh with skills, where it counts "
    "those who still do what machines cannot. The others have full employment by assumption.",
)
def displacement_work() -> Any:
    """AI reduces the reliance on labour."""
    return [row[-1] - row[0] for row in _rows("employment")]


@claim(
    Sign("<0", "downward pressure"),
    anchor="wb-agreement",
    function="aiecon.korinek_suh.extensions.skills_transition:solve_skill_transition",
    planted=(
        Planted(
            "aiecon.korinek_suh.extensions.skills_transition:SkillTransition.displaced_wage",
            lambda w: w + 2.0,
            "the displaced paid two more",
        ),
    ),
    show=".2f",
    note="What a displaced worker earns less the wage today, years 0 to 15, in section 4.4 of "
    "Korinek & Suh. The mean wage of all workers rises for ten years there.",
)
def displacement_pay() -> Any:
    """Displacement puts downward pressure on the wages of those affected."""
    path = _with_skills()
    return path.displaced_wage(np.linspace(0.0, 15.0, 16)) - path.wage(0.0)


@claim(
    Course("rises"),
    anchor="wb-agreement",
    function="aiecon.korinek_suh.extensions.skills_transition:solve_skill_transition",
    planted=(
        Planted(
            "aiecon.korinek_suh.extensions.skills_transition:SkillTransition.displaced",
            lambda x: 1.0 - x,
            "the skilled counted",
        ),
    ),
    finding=ByConstruction(
        "In section 4.4 of Korinek & Suh the least skilled are displaced first by assumption."
    ),
    note="The share of workers displaced, from below, in years 0 to 18. In Chen & Meng AI helps "
    "the least skilled most (wb.displacement.levelled).",
)
def displacement_low_skill() -> Any:
    """Low- and middle-skill workers are affected most."""
    return _with_skills().displaced(np.linspace(0.0, 18.0, 19))


@claim(
    Sign("<0", "pay is more equal"),
    anchor="wb-agreement",
    function="aiecon.chen_meng.economy:economy",
    planted=(
        Planted("aiecon.chen_meng.economy:Economy.gini_labour", scale(1.5), "half as much again"),
    ),
    finding=OfTheBook(
        "The opposite force, in the other model with skills: AI stands in for skill, so that pay "
        "is more equal with it, in both regimes."
    ),
    show=".3f",
    note="The Gini of pay with AI less without, Chen & Meng, levelling and concentrating.",
)
def displacement_levelled() -> Any:
    """Where AI stands in for skill, it helps low-skill workers most."""
    found = [cm.economy(p) for p in cm.regimes()]
    return [x.gini_labour - x.gini_before for x in found]


@of_costs(
    Sign(">0", "margins have expanded"),
    planted=(Planted(POINT, scale(-1.0, "margin"), "the wrong sign"),),
    show=".1%",
    note="Of the price, at labour costs 20%, 25% and 30% lower for each unit, if the price stays "
    "where the cost was. Under competition the price falls by as much, and buyers gain.",
)
def costs_margins() -> Any:
    """Where labour costs dropped by 20–30%, profit margins have expanded."""
    return [wb.labor_cost_point(drop).margin for drop in (0.2, 0.25, 0.3)]


@of_costs(
    Range(0.66, 0.70, "0.66 to 0.70"),
    planted=(Planted(POINT, scale(1.06, "Phi"), "6% more tasks"),),
    finding=OfTheBook("Where the drop is on the frontier: an industry that automates 6 to 9 points "
                      "more of its tasks than the economy's 60.8%."),
    show=".3f",
    note="The share of tasks automated at drops of 20% and 30%, at the prices of today.",
)  # fmt: skip
def costs_tasks() -> Any:
    """Labour costs 20–30% lower are a share of automated tasks of 0.67 to 0.70."""
    return [wb.labor_cost_point(drop).Phi for drop in (0.2, 0.3)]


@in_table(
    Sign(">0", "productivity rises"),
    planted=(upside_down,),
    show=".2f",
    note="Output after 49 years over today's, less one, in the nine models with years or a change "
    "for good; Acemoglu's ten years are a row of the matrix.",
)
def paradox_output() -> Any:
    """AI boosts productivity."""
    return [row[-1] - row[0] for row in _rows("output")]


@of_people(
    Sign(">0", "not evenly"),
    planted=(losses,),
    show=".2f",
    note="An owner's gain less a worker's, in three scenarios of Korinek & Suh against business as "
    "usual.",
)
def paradox_uneven() -> Any:
    """The benefits of AI are not evenly distributed."""
    rows = [wb.measured(name) for name in SCENARIOS]
    return [m.gain("owner") - m.gain("worker") for m in rows]


@of_people(
    Shape("a significant part", lambda x: bool((x > 0.5).all())),
    function=f"{PACKAGE}.measures:measured",
    planted=(Planted(GAIN, lambda x: abs(x) + 1.0, "a gain of one more for everybody"),),
    show=".0%",
    note="The part of the gain in income that is not pay, Chen & Meng, levelling and "
    "concentrating. More than half is our reading of significant.",
)
def paradox_captured() -> Any:
    """A significant proportion of the gains is captured by those who own AI."""
    rows = [m for m in wb.common_measures() if m.model.startswith("Chen & Meng")]
    return [1.0 - m.gain("worker") / m.gain("representative") for m in rows]


@claim(
    Course("rises"),
    anchor="wb-agreement",
    function="aiecon.chen_meng.economy:economy",
    planted=(
        Planted("aiecon.chen_meng.economy:Economy.gini", lambda x: 1.0 - x, "one less the Gini"),
    ),
    show=".3f",
    note="The Gini of incomes as proprietary AI becomes 0.5, 1, 2 and 4 times as productive, Chen "
    "& Meng, both regimes.",
)
def paradox_proprietary() -> Any:
    """Proprietary control of the most valuable applications entrenches concentration."""
    times = (0.5, 1.0, 2.0, 4.0)
    return [[cm.economy(cm.with_ratio(p, x * p.ratio)).gini for x in times] for p in cm.regimes()]


@in_table(
    Shape("may", lambda x: bool((x > 0).any())),
    planted=(equal,),
    show=".2f",
    source="Introduction",
    note="Change of the Gini over 49 years in the seven models that have one. It ends higher in "
    "five; in Chen & Meng's levelling regime it falls, and with skills it returns to nothing, "
    "because in the end all workers earn the same.",
)
def inequality_may_rise() -> Any:
    """Without intervention AI may exacerbate existing inequalities."""
    return [row[-1] - row[0] for row in _rows("Gini")]


@of_people(
    Sign("<0", "worse off"),
    source="Introduction; conclusion",
    planted=(losses,),
    show=".0%",
    note="A worker without capital, in the three AGI scenarios, no instrument, against business as "
    "usual. In Wang & Wong and Chen & Meng she gains.",
)
def inequality_worker() -> Any:
    """Without deliberate interventions some lose by AI."""
    return [wb.measured(name).gain("worker") for name in SCENARIOS]


@of_people(
    Sign(">0", "higher living standards"),
    source="Conclusion",
    planted=(losses,),
    show=".2f",
    note="The average household, in all eight models other than business as usual.",
)
def standards_average() -> Any:
    """AI can improve living standards on average."""
    return _gains("representative")


@of_people(
    Shape("not guaranteed", lambda x: bool((x < 0).any())),
    source="Conclusion",
    planted=(Planted(GAIN, abs, "nobody loses"),),
    show=".2f",
    note="A worker without capital in the seven models that have one: she loses in four.",
)
def standards_not_for_all() -> Any:
    """That the benefits are shared is not guaranteed."""
    return _gains("worker")


# What the book adds -------------------------------------------------------------------------------


@claim(
    Exact("[(1−τ)(A−δ)−ρ]/η", (0.7 * 0.4 - 0.04) / 2),
    source="The book",
    anchor="prp-wb-growth",
    function=f"{PACKAGE}.transition:solve_two_agents",
    planted=(Planted(f"{PACKAGE}.taxed_growth:Savers.kept", scale(0.9), "a tax of 37%"),),
    finding=OfTheBook("Growth under a tax, where labour is not scarce."),
    note="Of owners' consumption between years 50 and 51 at τ = 0.3, Baseline AGI.",
)
def growth_taxed() -> Any:
    """With labour no longer scarce a tax on capital's income lowers growth for ever."""
    return np.diff(wb.solve_two_agents(ks.Bounded(horizon=20.0), 0.3).log_spending([50.0, 51.0]))


@claim(
    Sign("<0", "loses"),
    source="The book",
    anchor="wb-groups",
    function=f"{PACKAGE}.people:gains",
    planted=(
        Planted(f"{PACKAGE}.people:Person.capital", lambda a: a + 0.3, "0.3 of the average more"),
    ),
    finding=OfTheBook("Who loses, by published shares of wealth: the poorer half, in every AGI "
                      "scenario; nobody else."),
    show=".0%",
    note="Gains against business as usual of a member of the lower half, who owns 3.8% of the "
    "average (Distributional Financial Accounts, 2019).",
)  # fmt: skip
def groups_lower_half() -> Any:
    """The poorer half of US households loses in each of the three AGI scenarios."""
    return _of_groups("bottom 50%")


@claim(
    Sign(">0", "gains"),
    source="The book",
    anchor="wb-groups",
    function=f"{PACKAGE}.people:gains",
    planted=(Planted(f"{PACKAGE}.people:gains", _negative, "losses for gains"),),
    finding=OfTheBook("The groups above the median gain in every AGI scenario, the more the more "
                      "they own."),
    show=".2f",
    note="The next 40%, the next 9% and the top 1%.",
)  # fmt: skip
def groups_upper_half() -> Any:
    """Everybody else gains."""
    return [_of_groups(group) for group in wb.DFA_2019.groups[1:]]


def _of_groups(group: str) -> list[float]:
    base = wb.solve_two_agents(ks.BusinessAsUsual(rate=0.01))
    people = {group: wb.DFA_2019.person(group)}
    paths = (ks.Bounded(horizon=20.0), ks.Bounded(horizon=5.0), ks.Mixed(weight=0.877))
    return [wb.gains(wb.solve_two_agents(x), base, people=people)[group] for x in paths]


# Silent -------------------------------------------------------------------------------------------

alone = partial(silent, chapter="who_benefits/four_people", anchor="wb-silent", source=CAPITAL)
alone(
    "history.early-capital",
    "Industrialisation and computers benefited capital disproportionately in their early stages.",
    of="earlier revolutions of technology",
)
alone(
    "history.big-tech",
    "The pattern mirrors the rise of Big Tech, whose dominance made a few companies very rich.",
    of="market dominance over time",
)
alone(
    "risk.systemic",
    "Unequal gains create new forms of systemic risk.",
    of="systemic risk",
    source="Introduction",
)


# The matrix of agreement --------------------------------------------------------------------------

#: What each model answers to each question, in the order of ``wb.MODELS``: y(es), n(o), – (silent).
CELLS = {
    "Does output rise?": "yyyyyyyyyy",
    "Does the wage fall below today's at some date?": "nyyyynnnn–",
    "Is there a date with more output and a lower wage?": "nyyyynnnn–",
    "Does labour end with a smaller share?": "yyyyyy–yy–",
    "Does capital gain first (by the second date)?": "yyyyyy–yy–",
    "Do people lose the work they have?": "––––yy––––",
    "Do incomes end more unequal?": "yyyyn–yny–",
    "Is a worker without capital worse off than without AI?": "–yyyyn–nn–",
    "Is the median household worse off than without AI?": "–nnn––nnn–",
    "Is the average household worse off than without AI?": "–nnnnnnnn–",
    "Does a tax or subsidy that is paid out help a worker?": "yyyy–y––––",
    "Does half the speed of automation help a worker?": "nyyy––––––",
    "Does AI for everybody narrow incomes?": "–––––––yy–",
    "Does a region with half the capital stay behind?": "yyyy––––––",
}

_WORDS = {"y": ("yes", lambda x: x > 0.5), "n": ("no", lambda x: x < 0.5)}
_YEARS = np.arange(len(wb.DATES))


def _drift(slopes: dict[str, float]) -> Any:
    """Measures that change by so much at every date."""
    return lambda m, measure: m.values[measure] + slopes.get(measure, 0.0) * _YEARS


def _planted(question: str, model: str, answer: str) -> Planted:
    """An error under which a model would answer otherwise."""
    by_gain, by_table = "worse off" in question, "help a worker" in question
    if by_table:
        target = f"{PACKAGE}.instruments:Outcome"
        if answer == "–":
            return Planted(f"{target}.scenario", lambda name: f"{name}, {model}", "named as it is")
        return Planted(f"{target}.gain", _negative, "losses for gains")
    if "region" in question or "everybody" in question or (by_gain and model == _FIRST):
        if answer == "–":
            other = "Chen & Meng" if "everybody" in question else "Baseline AGI"
            return Planted(f"{PACKAGE}.measures:Measured.model", lambda _: other, "another's name")
        if "region" in question:
            gap = f"{PACKAGE}.regions:Regions.output_gap"
            return Planted(gap, lambda x: -x, "the poor ahead")
        return Planted(
            "aiecon.chen_meng.parameters:with_ratio", instead=lambda p, ratio: p, says="no change"
        )
    if by_gain:
        return Planted(GAIN, lambda x: -1.0 if answer == "n" else 1.0, "the other sign")
    if answer == "–":
        return Planted(ROW, lambda x: np.ones_like(x), "a number where there is none")
    if answer == "y":
        return equal
    slopes = {"wage": -9.0, "Gini": 1.0}
    return Planted(ROW, instead=_drift(slopes), says="wages fall, incomes part")


_FIRST = next(iter(wb.MODELS))


def _cell(question: str, model: str, answer: str) -> None:
    """Declares a cell: its function computes the answer, or looks that there is none."""

    def compute() -> Any:
        found = wb.QUESTIONS[question](wb.measured(model))
        return found is None if answer == "–" else found

    words = re.sub(r"[^a-z]+", "-", question.lower().split("(")[0].strip(" ?"))
    name = re.sub(r"[^a-z]+", "-", model.lower())
    silent_ = OutOfReach("Silent: this model has no number that answers the question.")
    adds = OfTheBook("The essay asks; what a model answers is computed, cell by cell.")
    claim(
        Shape("silent", lambda x: True) if answer == "–" else Shape(*_WORDS[answer], says=_says),
        id=f"wb.{words}.{name}",
        statement=f"{question} {model}.",
        source="The matrix of agreement",
        anchor="wb-agreement",
        function=f"{PACKAGE}.measures:measured",
        planted=(_planted(question, model, answer),),
        finding=silent_ if answer == "–" else adds,
    )(compute)


def _says(x: np.ndarray) -> str:
    return "yes" if x > 0.5 else "no"


for _question, _answers in CELLS.items():
    for _model, _answer in zip(wb.MODELS, _answers, strict=True):
        _cell(_question, _model, _answer)
