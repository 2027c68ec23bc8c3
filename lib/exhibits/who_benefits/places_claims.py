"""Regions, sectors and firms: the essay's statements, and what the book adds to them."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numpy as np

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.korinek_suh.dynamics.welfare import welfare
from exhibits.ledger import Course, NotIdentified, OfTheBook, Planted, Sign
from exhibits.who_benefits.claims import ETHICS, PACKAGE, PLACES, POWER, in_chapter, silent
from exhibits.who_benefits.people import PATHS

SECTORS, REGIONS = f"{PACKAGE}.sectors:sector_path", f"{PACKAGE}.regions:two_regions"
AGI, USUAL = PATHS["Baseline AGI"], PATHS["Business as usual"]
LATE = ks.Bounded(horizon=40.0)
YEARS = np.array([0.0, 5.0, 10.0, 15.0])

claim = partial(in_chapter("places"), source=PLACES)
of_sectors = partial(claim, anchor="fig-wb-sectors", function=SECTORS)
of_firms = partial(claim, anchor="fig-wb-firms", function=f"{PACKAGE}.sectors:firm_gap")
of_regions = partial(claim, anchor="fig-wb-regions", function=REGIONS)

swapped = Planted(
    REGIONS,
    instead=lambda rich, poor=None, *rest: wb.Regions(
        ks.solve_transition(poor or rich, 2.3), ks.solve_transition(rich, 4.6)
    ),
    says="rich and poor exchanged",
)


@cache
def _sectors(elasticity: float) -> wb.Sectors:
    """The first sector is automated within twenty years, the second as usual."""
    return wb.sector_path((AGI, USUAL), elasticity, YEARS)


# Sectors and firms --------------------------------------------------------------------------------


@of_sectors(
    Sign(">0", "a larger part of spending"),
    planted=(
        Planted(f"{PACKAGE}.sectors:Sectors.expenditure", lambda x: x[::-1], "sectors exchanged"),
    ),
    finding=NotIdentified(
        missing="The essay does not say how well other goods stand in for those of the sectors",
        required=lambda: 1.0,
        otherwise=lambda: _sectors(0.5).expenditure[0][1:] - 0.5,
        says="their elasticity of substitution exceeds {:g}",
    ),
    show=".2f",
    note="The automated sector's part of spending in years 5, 10 and 15, less a half, at an "
    "elasticity of 4; at 0.5 the sector that lags behind gets more.",
)
def sectors_revenue() -> Any:
    """Sectors that integrate AI benefit disproportionately."""
    return _sectors(4.0).expenditure[0][1:] - 0.5


@of_sectors(
    Course("rises"),
    planted=(Planted(f"{PACKAGE}.sectors:Sectors.price", lambda x: x[::-1], "prices exchanged"),),
    note="The quantity of the automated sector's good over the other's, in years 0 to 15, at "
    "elasticities of 0.5 and 4.",
)
def sectors_output() -> Any:
    """Industries with less digitisation lag behind in what they produce."""
    found = [_sectors(elasticity) for elasticity in (0.5, 4.0)]
    quantities = [x.expenditure / x.price for x in found]
    return [q[0] / q[1] for q in quantities]


@of_sectors(
    Course("falls"),
    planted=(Planted(f"{PACKAGE}.sectors:Sectors.labor", lambda x: x[::-1], "sectors exchanged"),),
    finding=OfTheBook("Where labour goes: out of the automated sector at once if goods are "
                      "complements, first into it and then out if they are substitutes."),
    note="The share of labour in the automated sector, years 0 to 15, elasticity 0.5.",
)  # fmt: skip
def sectors_labor() -> Any:
    """Labour leaves the automated sector."""
    return _sectors(0.5).labor[0]


@of_firms(
    Course("rises"),
    planted=(
        Planted(f"{PACKAGE}.sectors:FirmGap.output", lambda x: x[::-1], "quantiles reversed"),
    ),
    note="Output for each worker of a firm with assets over one without, by quantile of assets, "
    "Chen & Meng, both regimes. The essay speaks of small firms; here a firm is small in assets.",
)
def firms_gap() -> Any:
    """AI widens the gap between well-capitalised firms and small ones."""
    quantiles = (0.0, 0.5, 0.9, 0.99)
    return [wb.firm_gap(p, quantiles).output for p in cm.regimes()]


@of_firms(
    Sign("<0", "narrower"),
    planted=(Planted(f"{PACKAGE}.sectors:FirmGap.output", lambda x: 1.0 - x, "one less the gap"),),
    show=".3f",
    note="Change of the gap if proprietary AI is half as productive relative to commodity AI; at "
    "the median of assets, the upper tenth and the upper hundredth.",
)
def firms_access() -> Any:
    """Access to AI tools for small firms narrows the gap."""
    pairs = [(p, cm.with_ratio(p, 0.5 * p.ratio)) for p in cm.regimes()]
    return [wb.firm_gap(less).output - wb.firm_gap(p).output for p, less in pairs]


# Regions ------------------------------------------------------------------------------------------


@of_regions(
    Course("rises"),
    planted=(swapped,),
    note="Output per head of a region on the way to AGI over one with business as usual and half "
    "the capital, years 0 to 30.",
)
def regions_left_behind() -> Any:
    """Countries that cannot use AI are left behind in growth."""
    return wb.two_regions(AGI, USUAL).output_gap(np.linspace(0.0, 30.0, 7))


@of_regions(
    Sign(">0", "behind"),
    planted=(swapped,),
    show=".3f",
    note="Output per head in year 30 of the region with twice the capital, less one, in four "
    "scenarios with the same technology: 0.2% with business as usual, 41% in the aggressive one.",
)
def regions_capital() -> Any:
    """Regions with less capital gain less."""
    return [wb.two_regions(path).output_gap(30.0) for path in PATHS.values()]


@of_regions(
    Sign(">0", "earlier"),
    source="The book",
    planted=(swapped,),
    finding=OfTheBook("Lemma 1 of Korinek & Suh for two regions: less capital, earlier collapse."),
    show=".2f",
    note="Years between the dates at which labour stops being scarce, three AGI scenarios.",
)
def regions_collapse() -> Any:
    """With the same technology wages collapse first where there is less capital."""
    dates = [wb.two_regions(path).collapse for path in list(PATHS.values())[1:]]
    return [x["rich"] - x["poor"] for x in dates]


@of_regions(
    Sign(">0", "helps"),
    planted=(swapped,),
    show=".2f",
    note="What the transfer is worth to the poor region's average household: AGI in twenty years "
    "instead of forty, with half the capital.",
)
def transfer_household() -> Any:
    """Technology transfer helps the countries that receive it."""
    return _transfer("household")


@of_regions(
    Sign("<0", "harms"),
    source="The book",
    planted=(
        Planted(
            REGIONS,
            instead=lambda *paths: wb.Regions(
                ks.solve_transition(LATE), ks.solve_transition(LATE, 2.3)
            ),
            says="late in any case",
        ),
    ),
    finding=OfTheBook("Who loses by the transfer: a worker who lives from hand to mouth, as her "
                      "wage falls twenty years earlier."),
    show=".2f",
)  # fmt: skip
def transfer_worker() -> Any:
    """Technology transfer alone is a loss for a worker without capital."""
    return _transfer("hand_to_mouth")


def _transfer(who: str) -> float:
    early, late = (welfare(wb.two_regions(AGI, path).poor) for path in (AGI, LATE))
    return float(getattr(early, who) / getattr(late, who)) - 1.0


@claim(
    Sign("<0", "falls"),
    source="The book",
    anchor="fig-wb-market",
    function=f"{PACKAGE}.regions:open_region",
    planted=(
        Planted(f"{PACKAGE}.regions:open_region", lambda x: (3.0 * x[0], x[1]), "wages times 3"),
    ),
    finding=OfTheBook("Automation abroad reaches a region without it through capital: the leader's "
                      "return draws capital away, and the wage falls to A with the leader's."),
    show=".2f",
    note="The wage in a small open region with business as usual, less what it is if closed; years "
    "5, 10, 15 and 20 of the leader's way to AGI.",
)  # fmt: skip
def capital_mobile() -> Any:
    """Where capital is free to leave, wages fall with the leader's though nothing is automated."""
    years = np.array([5.0, 10.0, 15.0, 20.0])
    wage, _ = wb.open_region(ks.solve_transition(AGI), USUAL, years)
    return wage - ks.solve_transition(USUAL).wage(years)


# Silent -------------------------------------------------------------------------------------------

alone = partial(silent, chapter="who_benefits/places", anchor="wb-silent-places")
here, power = partial(alone, source=PLACES), partial(alone, source=POWER)
here("industries.diagnosis", "Diagnostic algorithms reduced error rates.", of="errors of diagnoses")
here("industries.trading", "Trading by AI generated billions.", of="returns on trading")
here(
    "industries.feedback",
    "Better data reinforce the lead of those who have it.",
    of="what data are worth",
)
here("regions.research", "A few countries dominate research on AI.", of="research by country")
here(
    "regions.barriers",
    "Developing countries lack computing power, talent and data.",
    of="what a country lacks for AI",
)
power("power.influence", "Nations that lead in AI gain influence.", of="influence between nations")
power("power.race", "Major powers race for dominance in AI.", of="a race between nations")
power("power.military", "AI enhances military systems.", of="military strength")
power("power.misuse", "Concentrated AI raises the potential for misuse.", of="misuse of AI")
power(
    "power.dependence", "Weaker nations come to depend on AI of others.", of="dependence on others"
)
power(
    "power.standards", "Leaders impose their technological standards.", of="technological standards"
)
power("power.institutions", "Global institutions could share the gains.", of="global institutions")
alone(
    "ethics.participation",
    "The public should take part in decisions on AI.",
    of="participation",
    source=ETHICS,
)
alone(
    "ethics.transparency",
    "Transparency and accountability align AI with values of society.",
    of="transparency of AI",
    source=ETHICS,
)
