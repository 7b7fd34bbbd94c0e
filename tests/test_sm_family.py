"""All rational solutions for three families and three nu_R: both directions, the loci, and no nu_R."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice, product, takewhile
from math import factorial, prod

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from sympy import ConditionSet, ImageSet, Rational, Tuple, latex, true

from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.charges_by_height import integer_charges_by_height
from anomalies.diophantine.powersums import (
    cells,
    charges_of,
    power_sum_system,
    satisfies,
    solution_of,
    solutions,
)
from anomalies.diophantine.sm_family import (
    LOCI,
    StandardModelFamily,
    locate_charges,
    locate_without_neutrinos,
    remaining_cubic,
    solution_without_neutrinos,
    standard_model_families,
    vectors_by_height,
)
from anomalies.diophantine.sm_geometry import (
    B_MINUS_L,
    CHARTS,
    HYPERCHARGE,
    SPECIES,
    charge_rows,
    components,
    cubic,
    norm,
    perpendicular,
    polar,
    quadric,
    slope,
    traceless,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, NotASolutionError
from anomalies.exact import height, primitive
from anomalies.library import field_content
from anomalies.proofs import Claim
from anomalies.solutions import LinearSolution, Solution, SolutionFamily
from anomalies.theorems.sm_family import THEOREMS
from anomalies.theorems.theorem import Theorem, proved

Values = tuple[Fraction, ...]
CONTENT = field_content("sm+3nu")
SYMBOLS = [symbol for name in SPECIES for symbol in CONTENT.multiplet(name).charges[CONTENT.place_of("X")]]
FAMILIES = {family.locus: family for family in standard_model_families()}
SYSTEM = power_sum_system(CONTENT, bound=1)  # the box is not looked at by `satisfies`
# The system lists the classes in the order of the content, in which H has no class.
ORDER = [str(symbol) for symbol in CONTENT.charge_symbols if symbol in SYMBOLS]

small = st.fractions(min_value=-6, max_value=6, max_denominator=5)
triples = st.tuples(small, small).map(lambda pair: traceless(*pair))
huge = st.builds(Fraction, st.integers(-(10**40), 10**40), st.integers(1, 10**40))


def solves(listed: Sequence[Fraction]) -> bool:
    """Whether 18 charges in the order of the species solve all conditions, by the engine's power sums."""
    named = dict(zip(map(str, SYMBOLS), primitive(listed), strict=True))
    return satisfies(SYSTEM, [named[name] for name in ORDER])


def flat(rows: Sequence[Sequence[Fraction]]) -> Values:
    return tuple(chain.from_iterable(rows))


@lru_cache(maxsize=3)
def catalogue(bound: int, name: str = "sm+3nu") -> tuple[Values, ...]:
    """All solutions in a box, each in one order of its families, in the order of the species."""
    content = field_content(name)
    system = power_sum_system(content, bound=bound)
    found = []
    for row in solutions(system):
        known = {str(symbol): value for symbol, value in charges_of(system, row).items()}
        found.append(tuple(known[str(symbol)] for symbol in SYMBOLS if str(symbol) in known))
    return tuple(found)


@st.composite
def parameters(draw: st.DrawFn, locus: str, numbers: st.SearchStrategy[Fraction] = small) -> Values:
    """Values that the locus does not refuse."""
    family = FAMILIES[locus]
    if locus == "every shift":
        common = traceless(draw(numbers), draw(numbers))
        coordinates = [x for _ in SPECIES for x in draw(st.permutations(common))[:2]]
        return (draw(numbers), draw(numbers), *coordinates, draw(numbers))
    values = tuple(draw(numbers) for _ in family.parameters)
    try:
        family.charges(values)
    except ArgumentError:
        reject()
    return values


# ---------------------------------------------------------------- the geometry


def test_the_vectors_and_the_order_are_those_of_the_content() -> None:
    hypercharges = [CONTENT.multiplet(name).charges[0][0] for name in SPECIES]
    assert [Fraction(str(y)) for y in hypercharges] == list(HYPERCHARGE)
    assert sorted(map(str, SYMBOLS)) == sorted(ORDER)
    assert all(solves([x for x in vector for _ in range(3)]) for vector in (HYPERCHARGE, B_MINUS_L))


@settings(max_examples=30)
@given(small, small, st.tuples(*(triples,) * 6))
def test_the_forms_are_the_conditions(alpha: Fraction, beta: Fraction, t: tuple[Values, ...]) -> None:
    values = dict(zip(SYMBOLS, flat(charge_rows(alpha, beta, t)), strict=True))
    found = LinearSolution(CONTENT, values | {CONTENT.multiplet("H").charges[1][0]: 0}).conditions
    assert Fraction(str(found["Y X^2"])) == 2 * quadric(t)
    expected = 3 * cubic(t) + 6 * beta * slope(t) + (6 * alpha + 12 * beta) * quadric(t)
    assert Fraction(str(found["X^3"])) == expected
    assert components(charge_rows(alpha, beta, t)) == (alpha, beta, t)


@given(triples, triples)
def test_the_norm_and_its_polar_form(s: Values, t: Values) -> None:
    total = tuple(x + y for x, y in zip(s, t, strict=True))
    assert polar(s, t) == norm(total) - norm(s) - norm(t)
    assert 2 * norm(s) == sum(x * x for x in s)
    assert polar(s, perpendicular(s)) == 0
    assert norm(perpendicular(s)) == 3 * norm(s)


# ---------------------------------------------------------------- both directions


@pytest.mark.parametrize("locus", LOCI)
@settings(max_examples=30)
@given(data=st.data())
def test_every_parameter_gives_a_solution_and_comes_back(locus: str, data: st.DataObject) -> None:
    values = data.draw(parameters(locus))
    family = FAMILIES[locus]
    rows = family.charges(values)
    assert solves(flat(rows))
    assert locate_charges(flat(rows), values[-1]) == (family, values)


@pytest.mark.parametrize("locus", LOCI)
@settings(max_examples=10)
@given(data=st.data())
def test_the_solutions_are_verified_and_come_back(locus: str, data: st.DataObject) -> None:
    values = data.draw(parameters(locus))
    solution = FAMILIES[locus].subs(values)
    assert solution.conditions.is_anomaly_free
    assert FAMILIES[locus].parameters_of(solution) == values
    assert [family.locus for family in standard_model_families() if solution in family] == [locus]


@pytest.mark.parametrize("locus", LOCI)
@settings(max_examples=10)
@given(data=st.data())
def test_big_integers(locus: str, data: st.DataObject) -> None:
    values = data.draw(parameters(locus, huge))
    rows = FAMILIES[locus].charges(values)
    assert solves(flat(rows))
    assert locate_charges(flat(rows), values[-1]) == (FAMILIES[locus], values)


def test_every_solution_in_a_box_has_its_parameters() -> None:
    """Completeness, against the exact engine; the families of every species in random order."""
    shuffled = random.Random(2006)
    seen: Counter[str] = Counter()
    for row in catalogue(2):
        parts = [list(row[i : i + 3]) for i in range(0, 18, 3)]
        for part in parts:
            shuffled.shuffle(part)
        listed = flat(parts)
        family, values = locate_charges(listed)
        assert flat(family.charges(values)) == listed
        seen[family.locus] += 1
    assert set(seen) == set(LOCI)
    assert sum(seen.values()) == len(catalogue(2))


def test_solutions_of_the_search_are_in_one_family() -> None:
    system = power_sum_system(CONTENT, bound=1)
    for row in solutions(system):
        solution = solution_of(system, row)
        (family,) = (family for family in standard_model_families() if solution in family)
        assert family.subs(family.parameters_of(solution)) == solution


@given(st.sampled_from(catalogue(1)), st.integers(0, 17), st.integers(0, 17), st.sampled_from([-1, 1, 2]))
def test_the_inverse_refuses_exactly_what_is_no_solution(
    row: Values, first: int, second: int, step: int
) -> None:
    listed = list(row)
    listed[first] += step
    listed[second] -= step
    if solves(listed):
        family, values = locate_charges(listed)
        assert flat(family.charges(values)) == tuple(listed)
    else:
        with pytest.raises(NotASolutionError, match="charges that solve"):
            locate_charges(listed)


def test_linear_solutions_that_violate_one_condition_are_refused_by_name() -> None:
    zero = (Fraction(0),) * 3
    off_quadric = ((1, -1, 0), *(zero,) * 5)
    with pytest.raises(NotASolutionError, match=r"charges that solve Y X\^2"):
        locate_charges(flat(charge_rows(Fraction(1), Fraction(0), off_quadric)))
    off_cubic = ((1, 1, -2), zero, zero, (1, 1, -2), zero, zero)
    with pytest.raises(NotASolutionError, match=r"charges that solve X\^3"):
        locate_charges(flat(charge_rows(Fraction(1), Fraction(0), off_cubic)))
    with pytest.raises(NotASolutionError, match="the linear conditions"):
        locate_charges([1] * 18)


# ---------------------------------------------------------------- shifts and loci


@pytest.mark.parametrize("locus", LOCI)
@settings(max_examples=30)
@given(data=st.data(), shift=small.filter(bool))
def test_shifts_by_hypercharge_and_b_minus_l(locus: str, data: st.DataObject, shift: Fraction) -> None:
    values = data.draw(parameters(locus))
    rows = FAMILIES[locus].charges(values)
    by_y = [[x + shift * y for x in row] for row, y in zip(rows, HYPERCHARGE, strict=True)]
    assert locate_charges(flat(by_y), values[-1]) == (FAMILIES[locus], (values[0] + shift, *values[1:]))
    by_b = flat([[x + shift * b for x in row] for row, b in zip(rows, B_MINUS_L, strict=True)])
    assert solves(by_b) == (locus == "every shift")


@settings(max_examples=30)
@given(data=st.data())
def test_permutations_within_a_species_stay_on_the_quadric(data: st.DataObject) -> None:
    """N and P are symmetric, so that every labelling of the families has the same alpha and beta."""
    rows = FAMILIES["generic"].charges(data.draw(parameters("generic")))
    permuted = [tuple(data.draw(st.permutations(row))) for row in rows]
    family, values = locate_charges(flat(permuted))
    assert family.charges(values) == tuple(permuted)
    assert components(permuted)[:2] == components(rows)[:2]


@pytest.mark.parametrize(
    ("locus", "values", "message"),
    [
        ("generic", [1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], r"\(a_1, a_2\) not \(0, 0\) and D = "),
        (
            "generic",
            [1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0],
            r".* and D = 3 N_u - 3 N_d - N_e \+ N_nu != 0, not '1, 1, 0",
        ),
        ("equal doublets", [1, 1, 0, 1, 1, -1, -1, 2, 1, 0, 0], r"\(b_1 \+ c_1, b_2 \+ c_2\) not"),
        ("equal singlets", [1, 1, 0, 1, 1, 1, 1, 0], "D = "),
        ("every shift", [1, 1, 1, *(0,) * 12], r"N_q \+ N_d \+ N_e = N_l \+ 2 N_u, D = 0 and"),
    ],
)
def test_what_a_locus_refuses(locus: str, values: list[int], message: str) -> None:
    with pytest.raises(ArgumentError, match=f"Argument 'values' must be parameters with {message}"):
        FAMILIES[locus].subs(values)
    with pytest.raises(ArgumentError, match=message):
        FAMILIES[locus].charges(values)


# ---------------------------------------------------------------- families as objects


@pytest.mark.parametrize("locus", LOCI)
def test_a_family_iterates_by_the_height_of_the_charges(locus: str) -> None:
    family: SolutionFamily[Solution] = FAMILIES[locus]
    found = list(islice(family, 25))
    assert len(set(found)) == 25
    heights = [height([value for _, value in solution.values]) for solution in found]
    assert heights == sorted(heights)
    assert all(solution in family for solution in found)
    assert all(family.subs(family.parameters_of(solution)) == solution for solution in found)


def test_each_solution_of_the_search_is_met_in_one_family() -> None:
    """The complete list of small height is divided among the four loci: nothing is lost or repeated."""
    seen: Counter[str] = Counter()
    everything = islice(integer_charges_by_height(CONTENT), 0, 40_000, 37)
    for number, (d, vector) in enumerate(everything):
        (locus,) = (locus for locus, family in FAMILIES.items() if family._has(vector))
        seen[locus] += 1
        if number % 20 == 0:
            exact = (Fraction(x, d) for x in vector)
            solution = Solution(CONTENT, dict(zip(CONTENT.charge_symbols, exact, strict=True)))
            assert [name for name, family in FAMILIES.items() if solution in family] == [locus]
    assert set(seen) >= {"generic", "equal doublets", "every shift"}


@pytest.mark.slow
def test_all_solutions_of_height_one_are_met_in_the_four_families() -> None:
    system = power_sum_system(CONTENT, bound=1)
    parts = [row[i : i + 3] for row in solutions(system) for i in range(0, 18, 3)]
    orders = [factorial(3) // prod(map(factorial, Counter(part).values())) for part in parts]
    expected = 3 * sum(prod(orders[i : i + 6]) for i in range(0, len(orders), 6))
    everything = integer_charges_by_height(CONTENT)
    found = [v for _, v in takewhile(lambda one: max(one[0], *map(abs, one[1])) == 1, everything)]
    assert len(found) == len(set(found)) == expected
    higgs = CONTENT.charge_symbols.index(CONTENT.multiplet("H").charges[1][0])
    seen = Counter(
        locus for v in found if v[higgs] == 0 for locus, family in FAMILIES.items() if family._has(v)
    )
    assert set(seen) == set(LOCI)
    assert 3 * sum(seen.values()) == expected


@pytest.mark.parametrize("locus", LOCI)
def test_a_family_iterates_by_its_parameters_as_well(locus: str) -> None:
    family = FAMILIES[locus]
    found = list(islice(family.by_parameters(), 25))
    assert len(set(found)) == 25
    heights = [height(family.parameters_of(solution)) for solution in found]
    assert heights == sorted(heights)
    assert all(solution in family for solution in found)


@pytest.mark.parametrize("locus", LOCI)
def test_sets_of_sympy_agree_with_the_family(locus: str) -> None:
    family = FAMILIES[locus]
    formula = dict(family.formula())
    for solution in islice(family.by_parameters(), 0, 12, 3):
        charges = Tuple(*(value for _, value in solution.values))
        assert [charges in other.as_set() for other in FAMILIES.values()] == [
            solution in other for other in FAMILIES.values()
        ]
        changed = Tuple(charges[0] + 1, *charges[1:])
        assert changed not in family.as_set()
        at = dict(zip(family.parameters, map(Rational, family.parameters_of(solution)), strict=True))
        assert Tuple(*(formula[symbol].subs(at) for symbol, _ in solution.values)) == charges
        image = family.image()
        assert image.base_set.contains(Tuple(*at.values())) is true
        assert image.lamda(tuple(at.values())) == charges
    assert isinstance(family.as_set(), ConditionSet)
    assert isinstance(family.image(), ImageSet)


@given(st.sampled_from(LOCI[:3]), st.lists(st.integers(-1, 1), min_size=15, max_size=15))
@settings(max_examples=30)
def test_the_image_leaves_out_exactly_what_is_refused(locus: str, numbers: list[int]) -> None:
    family = FAMILIES[locus]
    values = numbers[: len(family.parameters)]
    try:
        family.charges(values)
    except ArgumentError:
        refused = True
    else:
        refused = False
    # Where A or G is 0, the slope divides by it: sympy decides the first condition, and that is enough.
    assert (family.image().base_set.contains(Tuple(*values)) is not true) == refused


def test_vectors_come_once_and_by_height() -> None:
    numbers = {Fraction(x, d) for d in range(1, 4) for x in range(-3, 4)}
    expected = {v for v in product(numbers, repeat=2) if height(v) <= 3}
    found = list(islice(vectors_by_height(2), len(expected) + 1))
    assert set(found[:-1]) == expected
    assert [height(v) for v in found] == sorted(height(v) for v in found)
    assert height(found[-1]) == 4


@pytest.mark.parametrize("locus", LOCI)
def test_families_are_values_that_print(locus: str) -> None:
    family = FAMILIES[locus]
    assert pickle.loads(pickle.dumps(family)) == family
    assert hash(pickle.loads(pickle.dumps(family))) == hash(family)
    assert len({str(other) for other in standard_model_families()}) == 4
    shown = latex(family)
    assert shown.count("{") == shown.count("}")
    assert shown in latex([family])
    assert str(family.parameters[1]) in str(family)
    assert family.content == CONTENT


def test_parameters_by_name_and_by_symbol() -> None:
    family = StandardModelFamily()
    values = [6, 1, 0, "1/2", 1, 0, 0, 0, 1, 0, 0, 0, 5]
    expected = family.subs(values)
    assert family.subs(dict(zip(family.parameters, values, strict=True))) == expected
    assert family.subs({str(s): v for s, v in zip(family.parameters, values, strict=True)}) == expected
    assert dict(expected.values)[CONTENT.multiplet("H").charges[1][0]] == 5


def test_bad_input() -> None:
    family = StandardModelFamily()
    with pytest.raises(ArgumentError, match="Argument 'locus' must be one of generic, equal doublets"):
        StandardModelFamily("special")
    with pytest.raises(ArgumentError, match="Argument 'values' must have 13 entries, not 2"):
        family.subs([1, 2])
    with pytest.raises(InexactNumberError, match=r"must be exact, not 0\.5"):
        family.subs([0.5] * 13)
    with pytest.raises(ArgumentError, match="given once for each of alpha, a_1"):
        family.subs({"alpha": 1})
    with pytest.raises(ArgumentError, match="Argument 'values' must have 18 entries, not 15"):
        locate_charges([0] * 15)
    with pytest.raises(InexactNumberError, match=r"must be exact, not 0\.0"):
        locate_charges([0.0] * 18)
    with pytest.raises(ArgumentError, match="Argument 'solution' must be a solution on the locus 'generic'"):
        family.parameters_of(FAMILIES["every shift"].subs([1] * 15))
    linear = LinearSolution(CONTENT, dict.fromkeys(CONTENT.charge_symbols, Fraction(0)))
    other = Solution(field_content("sm"), dict.fromkeys(field_content("sm").charge_symbols, 0))
    for stranger in (linear, other, "generic", None):
        assert not any(stranger in each for each in standard_model_families())
        with pytest.raises(ArgumentError, match="Argument 'solution' must be a solution on the locus"):
            family.parameters_of(stranger)  # type: ignore[arg-type]


# ---------------------------------------------------------------- without nu_R


@pytest.mark.parametrize("chart", LOCI[:3])
@settings(max_examples=20)
@given(data=st.data(), alpha=small)
def test_the_remaining_cubic_is_what_is_left(chart: str, data: st.DataObject, alpha: Fraction) -> None:
    values = data.draw(st.tuples(*(small,) * (len(CHARTS[chart].names.split()) - 2)))
    t = CHARTS[chart].triples((*values, Fraction(0), Fraction(0)))
    assume(t is not None)
    assert t is not None
    content = field_content("sm")
    rows = flat(charge_rows(alpha, Fraction(0), t)[:5])
    named = dict(zip(SYMBOLS, rows, strict=False)) | {content.multiplet("H").charges[1][0]: Fraction(0)}
    left = LinearSolution(content, named).conditions
    assert left["Y X^2"] == 0
    assert Fraction(str(left["X^3"])) == 3 * remaining_cubic(values, chart)
    if remaining_cubic(values, chart) == 0:
        assert solution_without_neutrinos(alpha, values, chart) == Solution(content, named)
    else:
        with pytest.raises(NotASolutionError, match="the remaining cubic vanishes, where it is"):
            solution_without_neutrinos(alpha, values, chart)


def test_every_solution_without_neutrinos_in_a_box_is_reached() -> None:
    content = field_content("sm")
    charts: Counter[str] = Counter()
    for row in catalogue(2, "sm"):
        named = dict(zip(SYMBOLS, row, strict=False)) | {content.multiplet("H").charges[1][0]: Fraction(3)}
        solution = Solution(content, named)
        chart, alpha, values, higgs = locate_without_neutrinos(solution)
        assert remaining_cubic(values, chart) == 0
        assert solution_without_neutrinos(alpha, values, chart, higgs=higgs) == solution
        assert locate_charges((*row, 0, 0, 0))[1][0] == alpha
        charts[chart] += 1
    assert charts["generic"] > 1
    assert charts["equal singlets"] > 1


def test_bad_input_without_neutrinos() -> None:
    with pytest.raises(ArgumentError, match="Argument 'chart' must be one of generic, equal doublets, equal"):
        remaining_cubic([0] * 9, "every shift")
    with pytest.raises(ArgumentError, match=r"coordinates with \(a_1, a_2\) not \(0, 0\)"):
        remaining_cubic([0] * 9)
    with pytest.raises(ArgumentError, match="Argument 'values' must have 9 entries, not 11"):
        remaining_cubic([0] * 11)
    with pytest.raises(InexactNumberError, match="must be exact"):
        solution_without_neutrinos(0.5, [1, 0, 0, 1, 0, 1, 0, 1, 0])
    with pytest.raises(ArgumentTypeError, match="Argument 'solution' must be a Solution"):
        locate_without_neutrinos("nothing")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="one for the Standard Model without nu_R"):
        locate_without_neutrinos(FAMILIES["every shift"].subs([1] * 15))


# ---------------------------------------------------------------- theorems


@lru_cache(maxsize=len(THEOREMS))
def claim(theorem: Theorem) -> Claim:
    return proved(theorem)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.name)
def test_theorems_are_proved(theorem: Theorem) -> None:
    assert claim(theorem).status == "proved"
    assert theorem.name.startswith("sm-")


def test_the_theorems_are_about_the_derived_conditions() -> None:
    """The headline has one goal for each condition of the content, and the content has six."""
    (headline,) = (theorem for theorem in THEOREMS if theorem.name == "sm-general-solution")
    conditions = anomaly_conditions(CONTENT).involving("X")
    assert len(headline.formal().goal.parts) == len(conditions) == 6


# ---------------------------------------------------------------- the catalogue of the compiled engine


@pytest.mark.slow
def test_a_hundred_thousand_random_rows_have_their_parameters() -> None:
    pytest.importorskip("numpy")
    pytest.importorskip("numba")
    from anomalies.diophantine.powersums.enumeration import enumerate_cells

    source = random.Random(2006)
    seen: Counter[str] = Counter()
    for bound in range(6, 11):
        system = power_sum_system(CONTENT, bound=bound)
        every = list(cells(system))
        wanted = 20_000
        while wanted:
            (cell,) = source.sample(every, 1)
            listed = [row for batch in enumerate_cells(system, [cell], canonical=False) for row in batch]
            for row in source.sample(listed, min(len(listed), wanted, 500)):
                known = dict(zip(ORDER, row.tolist(), strict=True))
                charges_listed = tuple(Fraction(known[str(symbol)]) for symbol in SYMBOLS)
                family, values = locate_charges(charges_listed)
                assert flat(family.charges(values)) == charges_listed
                seen[family.locus] += 1
                wanted -= 1
    assert sum(seen.values()) == 100_000
    assert seen["generic"] > 50_000
    assert seen["every shift"] > 0
