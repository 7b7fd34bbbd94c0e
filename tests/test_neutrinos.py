"""Neutrino masses: operators, textures, ranks, seesaw and scalars, against brute force, symbols and ADN."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import pytest
import sympy
from flint import nmod_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from anomalies import gauging_generator, multiplet, parse_coupling, standard_model
from anomalies.dark_masses import fewest_scalars, generic_rank, majorana_texture
from anomalies.dark_masses.majorana import obstruction
from anomalies.errors import (
    ArgumentError,
    ArgumentTypeError,
    CouplingError,
    InexactNumberError,
    UnitWarning,
    UnknownNameError,
)
from anomalies.phenomenology.neutrinos import (
    BLOCKS,
    NeutrinoSector,
    PatternMatrix,
    block_rank,
    lepton_flavour_scale,
    lepton_flavour_scale_TeV,
    m_nu,
    neutrino_operators,
    neutrino_sector,
    neutrino_texture,
    operator_shapes,
    scalars_for_masses,
    scalars_for_texture,
    seesaw_pattern,
)
from anomalies.phenomenology.symbols import v, v_Phi

# ADN (A.3), (A.4), (A.5), (A.7), (A.10) and the charge 1 of Phi.
BENCHMARK = neutrino_sector(["59/100", 1, 0, "87/100"], ["59/100", 1, 0], {"Phi": 1})
A4 = neutrino_sector(["3/5", 1, "1/20", "9/10"], ["1/4", "7/20", "21/20"])
A5 = {"chi_1": "3/5", "chi_2": "21/10"}
A10 = {"chi_3": "1/5", "chi_4": "3/4", "chi_5": "23/20"}
LISTED = A4.with_scalars({"Phi": 1, **A5, **A10})
A9 = ((True, True, True), (True, True, True), (True, True, False))
A6 = ((False, True, False), (True, False, False), (False, False, True))
EMPTY = ((False,) * 3,) * 3

Pattern = tuple[tuple[bool, ...], ...]

values = st.builds(Fraction, st.integers(-4, 4), st.sampled_from([1, 2]))


@st.composite
def sectors(draw: st.DrawFn, most_dark: int = 3, most_scalars: int = 3) -> NeutrinoSector:
    """Few different values, so that coincidences are common."""
    point = draw(st.lists(values, min_size=4, max_size=4))
    dark = draw(st.lists(values, max_size=most_dark))
    charges = draw(st.lists(values.filter(bool), max_size=most_scalars, unique_by=abs))
    return neutrino_sector(point, dark, charges)


def patterns(rows: int, columns: int) -> st.SearchStrategy[Pattern]:
    row = st.lists(st.booleans(), min_size=columns, max_size=columns).map(tuple)
    return st.lists(row, min_size=rows, max_size=rows).map(tuple)


def symmetric(size: int, bits: Iterator[bool]) -> Pattern:
    filled = {(i, j): next(bits) for i in range(size) for j in range(i, size)}
    return tuple(tuple(filled[min(i, j), max(i, j)] for j in range(size)) for i in range(size))


# ---------------------------------------------------------------- what the Standard Model allows


def test_the_shapes_are_what_parse_coupling_accepts() -> None:
    base = standard_model()
    content = base.with_fields(multiplet(base.group, "chi", ("1", "1"), {"Y": "0"}, chirality="scalar"))
    fermions = {"dark": "nu_R^i nu_R^j", "dirac": "lbar_L^i nu_R^j", "light": "l_L^i l_L^j"}
    accepted = set()
    for (block, pair), numbers in product(fermions.items(), product(range(5), repeat=3)):
        if sum(numbers) <= 4:
            scalars = " H" * numbers[0] + " H^c" * numbers[1] + " chi" * numbers[2]
            try:
                parse_coupling(content, pair + scalars)
            except CouplingError:
                continue
            accepted.add((block, *numbers))
    shapes = operator_shapes(7)
    assert {(s.block, s.higgs, s.conjugate_higgs, s.singlets) for s in shapes} == accepted
    assert len(shapes) == len(accepted) == 19
    assert [s.dimension for s in shapes] == sorted(s.dimension for s in shapes)


def test_other_pairs_of_fermions_make_no_mass_term() -> None:
    content = standard_model()
    for pair in ("lbar_L l_L", "l_L nu_R", "nubar_R nu_R", "l_L nu_R H^c", "lbar_L l_L H H^c"):
        with pytest.raises(CouplingError, match="Lorentz scalar"):
            parse_coupling(content, pair)


@pytest.mark.parametrize("shape", operator_shapes(8), ids=str)
def test_invariants_by_counting_monomials(shape: Any) -> None:
    """Independent of tensor products: monomials of weight 0, less those of weight 2, in T_3 doubled."""

    def count(equal: bool) -> int:
        fermions = [(1, -1) if name == "l" else (0,) for name, _ in BLOCKS[shape.block]]
        pairs: Any = product(*fermions)
        if equal and BLOCKS[shape.block][0] == BLOCKS[shape.block][1]:
            pairs = combinations_with_replacement(fermions[0], 2)
        weights = [
            sum(pair) + sum(up) + sum(down)
            for pair in pairs
            for up in combinations_with_replacement((1, -1), shape.higgs)
            for down in combinations_with_replacement((1, -1), shape.conjugate_higgs)
        ]
        return weights.count(0) - weights.count(2)

    assert shape.invariants == (count(True), count(False))
    assert min(shape.invariants) == 1


# ---------------------------------------------------------------- all operators


@cache
def couplings(scalars: int) -> tuple[tuple[tuple[str, int, int], Any], ...]:
    """Every product of fields up to dimension six, for each block and number of H and H^c, as a coupling."""
    base = standard_model(universal=("q", "u", "d"))
    chi = multiplet(base.group, "chi", ("1", "1"), {"Y": "0"}, chirality="scalar", families=scalars)
    content = base.with_fields(chi)
    pairs = {"dark": "nu_R^i nu_R^j", "dirac": "lbar_L^i nu_R^j", "light": "l_L^i l_L^j"}
    found = []
    for shape in operator_shapes():
        for plain in range(shape.singlets + 1):
            text = pairs[shape.block] + " H" * shape.higgs + " H^c" * shape.conjugate_higgs
            text += " chi" * plain + " chi^*" * (shape.singlets - plain)
            kind = (shape.block, shape.higgs, shape.conjugate_higgs)
            found.append((kind, parse_coupling(content, text)))
    return tuple(found)


@cache
def generator_charges() -> dict[str, dict[str, Fraction]]:
    """The charge of each field as a linear form in a_e, ..., Q_nu3."""
    charges = gauging_generator(standard_model(universal=("q", "u", "d"))).charges
    return {
        str(symbol): {str(s): Fraction(str(c)) for s, c in charge.as_coefficients_dict().items()}
        for symbol, charge in charges.items()
    }


def brute_force(sector: NeutrinoSector) -> set[tuple[Any, ...]]:
    """All operators with their families and scalars, by adding up the charges of every product."""
    parameters = dict(zip(("a_e", "a_mu", "a_tau", "a_Y"), (*sector.a, sector.point.a_Y), strict=True))
    parameters |= {f"Q_nu{j}": charge for j, charge in enumerate(sector.n, 1)}
    charge = {
        name: sum((c * parameters[s] for s, c in form.items()), Fraction(0))
        for name, form in generator_charges().items()
    } | {f"Q_chi{k}": charge for k, (_, charge) in enumerate(sector.scalars, 1)}
    found = set()
    for kind, coupling in couplings(len(sector.scalars)):
        for families in product(*(range(1, f.field.families + 1) for f in coupling.factors)):
            factors = [*zip(coupling.factors, families, strict=True)]
            total = sum(f.sign * charge[f"Q_{f.field.labels[family - 1]}"] for f, family in factors)
            if total == 0 and (kind[0] == "dirac" or families[0] <= families[1]):
                chi = [(f.sign, family) for f, family in factors if f.field.name == "chi"]
                found.add((*kind, families[:2], tuple(sorted(chi))))
    return found


@settings(max_examples=20, deadline=None)
@given(
    st.lists(values, min_size=4, max_size=4),
    st.lists(values, min_size=3, max_size=3),
    st.lists(values.filter(bool), min_size=2, max_size=2, unique_by=abs),
)
def test_operators_against_every_product(
    point: list[Fraction], dark: list[Fraction], charges: list[Fraction]
) -> None:
    sector = neutrino_sector(point, dark, charges)
    operators = neutrino_operators(sector, products=True)
    ours = [
        (
            o.block,
            o.shape.higgs,
            o.shape.conjugate_higgs,
            o.families,
            tuple(sorted((-1 if s.conjugate else 1, int(s.name[-1])) for s in o.scalars)),
        )
        for o in operators
    ]
    assert len(set(ours)) == len(ours)
    assert set(ours) == brute_force(sector)
    assert set(neutrino_operators(sector)) == {o for o in operators if not o.is_product}


@given(sectors())
def test_an_operator_is_a_product_when_some_scalars_are_neutral(sector: NeutrinoSector) -> None:
    charge = dict(sector.scalars)
    for operator in neutrino_operators(sector, products=True):
        signed = [-charge[s.name] if s.conjugate else charge[s.name] for s in operator.scalars]
        neutral = any(sum(part) == 0 for size in (1, 2, 3) for part in combinations(signed, size))
        assert operator.is_product == (
            neutral or min(operator.shape.higgs, operator.shape.conjugate_higgs) > 0
        )


@given(sectors(), values)
def test_a_y_drops_out(sector: NeutrinoSector, a_y: Fraction) -> None:
    other = neutrino_sector([*sector.a, a_y], sector.n, dict(sector.scalars))
    assert neutrino_operators(other) == neutrino_operators(sector)


@given(sectors())
def test_opposite_charges_have_the_conjugate_scalars(sector: NeutrinoSector) -> None:
    opposite = neutrino_sector(
        [-x for x in (*sector.a, sector.point.a_Y)], [-x for x in sector.n], dict(sector.scalars)
    )

    def scalars(operator: Any, flip: bool) -> tuple[Any, ...]:
        return (operator.shape, operator.families, {(s.name, s.conjugate != flip) for s in operator.scalars})

    ours = [scalars(o, False) for o in neutrino_operators(sector)]
    theirs = [scalars(o, True) for o in neutrino_operators(opposite)]
    assert len(ours) == len(theirs)
    assert all(operator in theirs for operator in ours)


def test_without_dark_states() -> None:
    sector = neutrino_sector([0, 1, -1, 0], [])
    assert [str(o) for o in neutrino_operators(sector)] == ["l_L^1 l_L^1 H^c H^c", "l_L^2 l_L^3 H^c H^c"]
    assert neutrino_texture(sector).rank == 3


# ---------------------------------------------------------------- what ADN print


def test_benchmark() -> None:
    shown = [str(operator) for operator in neutrino_operators(BENCHMARK, 4)]
    dirac = [f"lbar_L^{i} nu_R^{i} H" for i in (1, 2, 3)]  # ADN (A.1)
    assert set(shown) == {*dirac, "nu_R^2 nu_R^3 Phi^*", "nu_R^3 nu_R^3"}  # ADN (A.2)
    assert [neutrino_texture(BENCHMARK, d).rank for d in (3, 4)] == [1, 6]
    assert "l_L^3 l_L^3 H^c H^c" in {str(operator) for operator in neutrino_operators(BENCHMARK, 5)}


def test_doublet_charges() -> None:
    assert A4.field_charges()["l"] == (Fraction(3, 20), Fraction(11, 20), Fraction(-2, 5))  # ADN (A.7)
    assert A4.field_charges()["H"] == (Fraction(-9, 20),)


def test_the_dark_texture_has_the_conjugate_scalars() -> None:
    sector = A4.with_scalars(A5)
    assert [str(operator) for operator in neutrino_operators(sector, 4)] == [
        "nu_R^1 nu_R^2 chi_1^*",
        "nu_R^3 nu_R^3 chi_2^*",
    ]
    assert neutrino_texture(sector, 4).block("dark") == A6  # ADN (A.6)
    assert not any(operator.dimension < 4 for operator in neutrino_operators(LISTED))


def test_the_listed_scalars_allow_no_entry_of_the_light_texture() -> None:
    assert neutrino_texture(LISTED).block("light") == EMPTY
    assert not [operator for operator in neutrino_operators(LISTED) if operator.block == "light"]


def test_the_printed_operator_has_the_printed_texture_and_the_wrong_hypercharge() -> None:
    """As recomputed independently: charges and scalars of l_i H l_j H chi at (A.7), entry by entry."""
    charges = A4.field_charges()
    scalars = {name: Fraction(charge) for name, charge in (A5 | A10).items()}
    literal = {
        (i, j): charges["l"][i] + charges["l"][j] + 2 * charges["H"][0]
        for i, j in combinations_with_replacement(range(3), 2)
    }
    assert list(map(str, literal.values())) == ["-3/5", "-1/5", "-23/20", "1/5", "-3/4", "-17/10"]
    serving = {
        pair: [name for name, charge in scalars.items() if abs(charge) == abs(total)]
        for pair, total in literal.items()
    }
    assert serving == {
        (0, 0): ["chi_1"],
        (0, 1): ["chi_3"],
        (0, 2): ["chi_5"],
        (1, 1): ["chi_3"],
        (1, 2): ["chi_4"],
        (2, 2): [],
    }
    base = standard_model()
    content = base.with_fields(multiplet(base.group, "chi", ("1", "1"), {"Y": "0"}, chirality="scalar"))
    with pytest.raises(CouplingError, match=r"has U\(1\)_Y charge -2"):
        parse_coupling(content, "l_L^i H l_L^j H chi")


def test_dimension_five() -> None:
    five = [str(operator) for operator in neutrino_operators(LISTED, 5) if operator.dimension == 5]
    assert five == ["lbar_L^2 nu_R^1 H chi_4", "lbar_L^3 nu_R^1 H chi_3^*", "lbar_L^3 nu_R^3 H Phi^*"]
    texture = neutrino_texture(LISTED)
    assert [texture.up_to(d).rank for d in (3, 4, 5, 6)] == [0, 3, 4, 6]
    assert texture.up_to(5).seesaw() == ((False,) * 3, (False,) * 3, (False, False, True))


def test_the_scalars_of_the_corrected_texture() -> None:
    sums = tuple(sorted({x + y for x, y in combinations_with_replacement(A4.a, 2)} - {2 * A4.a[2]}))
    found = scalars_for_texture(A4, "light", A9)
    assert found == (sums,)
    assert len(sums) == 5
    assert not {*sums} & {abs(charge) for _, charge in LISTED.scalars}
    named = {f"x{k}": charge for k, charge in enumerate(sums)}
    assert neutrino_texture(A4.with_scalars(named)).block("light") == A9
    assert scalars_for_texture(LISTED, "light", A9) == found
    assert scalars_for_texture(A4.with_scalars(named), "light", A9) == ((),)
    assert scalars_for_texture(A4, "light", A9, max_dimension=5) == ()


def test_all_six_masses_from_two_scalars() -> None:
    (chosen,) = scalars_for_masses(A4)
    assert neutrino_texture(A4.with_scalars(chosen)).rank == 6
    alone = {abs(x + y) for x, y in product(A4.majorana_charges, repeat=2)} - {0}
    assert max(neutrino_texture(A4.with_scalars([c]), 6).rank for c in alone) >= 4
    assert max(majorana_texture(A4.majorana_charges, [c]).rank for c in alone) < 6


# ---------------------------------------------------------------- textures and ranks


@given(sectors(4))
def test_with_one_scalar_for_each_entry_it_is_the_texture_of_all_states(sector: NeutrinoSector) -> None:
    """Another way: all states as right-handed ones, in the room for dark masses."""
    texture = neutrino_texture(sector)
    single = majorana_texture(sector.majorana_charges, dict(sector.scalars))
    for i, j in product(range(texture.size), repeat=2):
        entry, expected = texture.entries[i][j], single.entries[i][j]
        assert not (expected and not entry)
        if expected is not None:
            assert len(entry) == 1
            assert len(entry[0].scalars) == (0 if expected.is_bare else 1)
            if i < 3 and j < 3 and not expected.is_bare:
                # l_i l_j is the conjugate of the product of the two right-handed states.
                assert entry[0].scalars[0].name == expected.name
                assert entry[0].scalars[0].conjugate != expected.conjugate
            elif not expected.is_bare:
                assert entry[0].scalars == (expected,)
        else:
            assert all(len(operator.scalars) > 1 for operator in entry)


@given(sectors())
def test_textures_grow_with_the_dimension(sector: NeutrinoSector) -> None:
    texture = neutrino_texture(sector)
    for dimension in (3, 4, 5, 6):
        smaller = texture.up_to(dimension)
        assert smaller == neutrino_texture(sector, dimension)
        filled = [[0 < found <= dimension for found in row] for row in texture.dimensions]
        assert smaller.pattern == tuple(map(tuple, filled))
        assert smaller.massless == smaller.size - smaller.rank


@settings(deadline=None)
@given(sectors(3), st.integers(0, 2**32))
def test_rank_both_ways(sector: NeutrinoSector, seed: int) -> None:
    """From below by one evaluation modulo a prime, from above by rows with too few columns."""
    texture = neutrino_texture(sector)
    generator, prime = random.Random(seed), 2**61 - 1
    numbers = {
        (i, j): generator.randrange(prime) for i, j in combinations_with_replacement(range(texture.size), 2)
    }
    rows = [
        [numbers[min(i, j), max(i, j)] if filled else 0 for j, filled in enumerate(row)]
        for i, row in enumerate(texture.pattern)
    ]
    assert nmod_mat(rows, prime).rank() == texture.rank
    if texture.rank < texture.size:
        found = obstruction(texture.pattern, texture.rank + 1)
        assert found is not None
        reached, columns = found
        assert len(reached) - len(columns) >= texture.massless
        assert not any(
            texture.pattern[i][j] for i in reached for j in set(range(texture.size)) - set(columns)
        )


@given(st.integers(0, 4), st.integers(1, 4), st.data())
def test_rank_of_a_block_against_symbols(height: int, width: int, data: st.DataObject) -> None:
    pattern = data.draw(patterns(height, width))
    symbols = sympy.Matrix(
        height, width, lambda i, j: sympy.Symbol(f"x_{i}_{j}") if pattern[i][j] else sympy.Integer(0)
    )
    expected = 0
    for size in range(1, min(height, width) + 1):
        minors = (
            symbols.extract(list(rows), list(columns)).det(method="berkowitz").expand()
            for rows in combinations(range(height), size)
            for columns in combinations(range(width), size)
        )
        expected = size if any(minor != 0 for minor in minors) else expected
    assert block_rank(pattern) == expected


def seesaw_by_symbols(dirac: Pattern, dark: Pattern) -> Pattern:
    size = len(dark)
    heavy = sympy.Matrix(
        size,
        size,
        lambda i, j: sympy.Symbol(f"m_{min(i, j)}_{max(i, j)}") if dark[i][j] else sympy.Integer(0),
    )
    light = sympy.Matrix(
        len(dirac), size, lambda i, j: sympy.Symbol(f"d_{i}_{j}") if dirac[i][j] else sympy.Integer(0)
    )
    product_ = (light * heavy.adjugate() * light.T).expand()
    return tuple(tuple(bool(product_[i, j] != 0) for j in range(len(dirac))) for i in range(len(dirac)))


def test_seesaw_of_every_pair_of_small_patterns() -> None:
    compared = 0
    for bits in product([False, True], repeat=3):
        dark = symmetric(2, iter(bits))
        if generic_rank(dark) == 2:
            for entries in product([False, True], repeat=4):
                dirac = (entries[:2], entries[2:])
                assert seesaw_pattern(dirac, dark) == seesaw_by_symbols(dirac, dark)
                compared += 1
    assert compared == 16 * 5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.booleans(), min_size=6, max_size=6), patterns(3, 3))
def test_seesaw_against_symbols(bits: list[bool], dirac: Pattern) -> None:
    dark = symmetric(3, iter(bits))
    if generic_rank(dark) == 3:
        assert seesaw_pattern(dirac, dark) == seesaw_by_symbols(dirac, dark)
    else:
        with pytest.raises(ArgumentError, match="'dark' must be of full generic rank"):
            seesaw_pattern(dirac, dark)


# ---------------------------------------------------------------- the reverse problem


def sums(charges: tuple[Fraction, ...], most: int) -> set[Fraction]:
    weights = product(range(-most, most + 1), repeat=len(charges))
    return {
        sum((w * c for w, c in zip(row, charges, strict=True)), Fraction(0))
        for row in weights
        if sum(map(abs, row)) <= most
    }


def test_complete_against_a_grid() -> None:
    """Two insertions, no zeros.

    By Cramer's rule two charges are multiples of 1/d with d <= 4 and at most twice the largest entry.
    """
    compared = []
    for targets in ((Fraction(1), Fraction(3), Fraction(4)), (Fraction(3), Fraction(4), Fraction(7))):
        # Six leptons pairs: the diagonal carries the targets, nothing else is asked for.
        a = [target / 2 for target in targets]
        wanted = [[True if i == j else None for j in range(3)] for i in range(3)]
        found = scalars_for_texture(neutrino_sector([*a, 0], []), "light", wanted, max_dimension=7)
        grid = sorted({Fraction(k, d) for d in (1, 2, 3, 4) for k in range(1, 2 * d * int(max(targets)) + 1)})
        expected: set[tuple[Fraction, ...]] = {(c,) for c in grid if set(targets) <= sums((c,), 2)}
        expected = expected or {pair for pair in combinations(grid, 2) if set(targets) <= sums(pair, 2)}
        assert {*found} == expected
        compared.append(len(expected))
    assert min(compared) > 0


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_a_planted_pair_is_found_unless_one_is_enough(x: int, y: int, data: st.DataObject) -> None:
    """Three insertions: dark masses that two scalars give are given by them, or by fewer."""
    planted = tuple(sorted({Fraction(x), Fraction(y)}))
    choice = st.sampled_from(sorted(abs(total) for total in sums(planted, 3) if total))
    targets = data.draw(st.lists(choice, min_size=3, max_size=4))
    wanted = [[True if i == j else None for j in range(len(targets))] for i in range(len(targets))]
    found = scalars_for_texture(neutrino_sector([0, 0, 0, 0], [t / 2 for t in targets]), "dark", wanted)
    fewest = len(found[0])
    assert fewest <= len(planted)
    assert fewest < len(planted) or planted in found
    assert all(set(targets) <= sums(chosen, 3) for chosen in found)


def test_a_pair_that_enters_with_different_weights_is_found() -> None:
    # 7 = 2*10 - 13, 33 = 2*10 + 13, 36 = 2*13 + 10
    targets = [Fraction(number, 2) for number in (7, 33, 36)]
    wanted = [[True if i == j else None for j in range(3)] for i in range(3)]
    found = scalars_for_texture(neutrino_sector([0, 0, 0, 0], targets), "dark", wanted)
    assert (Fraction(10), Fraction(13)) in found


@settings(max_examples=60, deadline=None)
@given(sectors(3, 2), st.sampled_from([*BLOCKS]), st.integers(3, 6), st.data())
def test_what_is_found_gives_the_texture(
    sector: NeutrinoSector, block: str, dimension: int, data: st.DataObject
) -> None:
    rows, columns = (3 if name == "l" else len(sector.n) for name, _ in BLOCKS[block])
    choice = st.sampled_from([True, True, False, None])
    entries = {(i, j): data.draw(choice) for i in range(rows) for j in range(columns)}
    wanted = [
        [entries[(i, j) if block == "dirac" else (min(i, j), max(i, j))] for j in range(columns)]
        for i in range(rows)
    ]
    most = 6 if block == "light" else 4 + (block == "dirac")
    dimension = min(dimension, most)
    found = scalars_for_texture(sector, block, wanted, max_dimension=dimension)
    assert len({len(chosen) for chosen in found}) <= 1
    for chosen in found[:5]:
        names = {f"new_{k}": charge for k, charge in enumerate(chosen)}
        pattern = neutrino_texture(sector.with_scalars(dict(sector.scalars) | names), dimension).block(block)
        assert all(
            entry is None or entry == filled
            for row, filled_row in zip(wanted, pattern, strict=True)
            for entry, filled in zip(row, filled_row, strict=True)
        )
    if not found:
        # One scalar for each wanted charge fails only by filling a zero, or if there is no insertion.
        everything = {
            f"new_{k}": charge
            for k, charge in enumerate(
                {abs(x + y) for x, y in combinations_with_replacement(sector.majorana_charges, 2)}
                - {0}
                - {abs(charge) for _, charge in sector.scalars}
            )
        }
        full = neutrino_texture(sector.with_scalars(dict(sector.scalars) | everything), dimension)
        has_zero = any(entry is False for row in wanted for entry in row)
        assert has_zero or not all(
            filled or entry is not True
            for row, filled_row in zip(wanted, full.block(block), strict=True)
            for entry, filled in zip(row, filled_row, strict=True)
        )


def test_two_insertions_need_fewer_scalars() -> None:
    found = scalars_for_texture(A4, "light", A9, max_dimension=7)
    assert {len(chosen) for chosen in found} == {3}
    # Two are too few even if the zero may be filled, so that none is missed.
    either = [[entry or None for entry in row] for row in A9]
    relaxed = scalars_for_texture(A4, "light", either, max_dimension=7)
    assert {len(chosen) for chosen in relaxed} == {3}
    assert {*found} < {*relaxed}
    for chosen in found:
        assert neutrino_texture(A4.with_scalars(chosen), 7).block("light") == A9
    # The charges a_e, a_mu and their sum with a_tau: all sums but 2 a_tau.
    assert (A4.a[0], A4.a[1], sum(A4.a, Fraction(0))) in found
    assert scalars_for_texture(
        A4.with_scalars({"Phi": 1, **A5}), "light", A9, max_dimension=7
    ) == ((Fraction(33, 20),),)  # fmt: skip


def test_the_dark_texture_has_one_smallest_set() -> None:
    assert scalars_for_texture(A4, "dark", A6, max_dimension=4) == ((Fraction(3, 5), Fraction(21, 10)),)
    # ADN's scalars of (A.10) fill none of the zeros at dimension four, and some at dimension six.
    assert scalars_for_texture(LISTED, "dark", A6, max_dimension=4) == ((),)
    assert scalars_for_texture(LISTED, "dark", A6, max_dimension=6) == ()


@given(sectors(3, 2))
def test_all_masses(sector: NeutrinoSector) -> None:
    found = scalars_for_masses(sector)
    assert found == fewest_scalars(sector.majorana_charges, present=dict(sector.scalars))
    names = {f"new_{k}": charge for k, charge in enumerate(found[0])}
    texture = neutrino_texture(sector.with_scalars(dict(sector.scalars) | names))
    assert texture.rank == texture.size


# ---------------------------------------------------------------- the scale


def test_scale() -> None:
    # ADN (A.11) prints 10^5 TeV; the values for v and v/sqrt(2) are those of an independent recomputation.
    assert f"{lepton_flavour_scale_TeV('3.1'):.2e}" == "1.37e+06"
    assert f"{lepton_flavour_scale_TeV('3.1', v_TeV='0.174'):.2e}" == "9.69e+05"
    assert lepton_flavour_scale_TeV("3.1") > 1e5


@given(st.integers(0, 4))
def test_the_scale_solves_the_relation(insertions: int) -> None:
    scale = lepton_flavour_scale(insertions)
    assert sympy.simplify(v**2 * v_Phi**insertions / scale ** (insertions + 1) - m_nu) == 0


@given(st.floats(0.5, 100), st.floats(1e-14, 1e-11), st.integers(0, 3))
def test_the_number_solves_the_relation(scale: float, mass: float, insertions: int) -> None:
    found = lepton_flavour_scale_TeV(scale, m_nu_TeV=mass, v_TeV=0.25, insertions=insertions)
    assert 0.25**2 * scale**insertions / found ** (insertions + 1) == pytest.approx(mass, rel=1e-9)


def test_units_are_named() -> None:
    with pytest.warns(UnitWarning, match="'v_Phi_TeV' is in TeV: 3100 TeV were read"):
        lepton_flavour_scale_TeV(3100)
    with pytest.warns(UnitWarning, match="'m_nu_TeV' is in TeV: 0.1 TeV were read. Write 1e-13 if eV"):
        lepton_flavour_scale_TeV(3, m_nu_TeV=0.1)


# ---------------------------------------------------------------- printing


def test_printing() -> None:
    texture = neutrino_texture(LISTED, 5)
    assert str(texture).startswith("[[0, 0, 0, 0, 0, 0], [0, 0, 0, H chi_4, 0, 0]")
    assert r"H \chi_{3}^{*} & 0 & H \Phi^{*}" in sympy.latex(texture)
    assert sympy.pretty(texture).splitlines()[5] == "[0     0      H Phi^*       0         0     chi_2^*]"
    assert "+ ..." in str(neutrino_texture(LISTED))
    operator = neutrino_operators(LISTED, 5)[-1]
    assert sympy.latex(operator) == r"\bar{\ell}_{L}^{3}\, \nu_{R}^{3}\, H\, \Phi^{*}"
    weinberg = neutrino_operators(BENCHMARK, 5)
    assert r"\ell_{L}^{3}\, \ell_{L}^{3}\, H^{c}\, H^{c}" in {sympy.latex(o) for o in weinberg}
    assert str(neutrino_texture(BENCHMARK, 4)).endswith("[0, 0, H, 0, Phi^*, M]]")
    assert [pickle.loads(pickle.dumps(x)) for x in (texture, operator, LISTED)] == [texture, operator, LISTED]
    assert len({texture, operator, LISTED, operator.shape}) == 4
    assert texture.as_json()["operators"][-1]["operator"] == str(operator)
    assert r"\chi_{1}: 3/5" in sympy.latex(LISTED)
    mixed = PatternMatrix(((True, None), (False, True)))
    assert str(mixed) == "[[x, *], [0, x]]"
    assert sympy.latex(mixed) == r"\left(\begin{matrix}\times & * \\ 0 & \times\end{matrix}\right)"
    assert sympy.pretty(mixed).splitlines() == ["[x  *]", "[0  x]"]
    assert texture.matrix().rank() == texture.rank


# ---------------------------------------------------------------- bad input

ONE: Any = 1  # of no type that is asked for below
SPREAD = neutrino_sector([1, 10**2, 10**4, 0], [10**6, 10**8, 10**10], [10**12, 10**14, 10**16])
WRONG: Any = [["x"] * 3] * 3


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: neutrino_sector([1, 2, 3], []), ArgumentError, "'point' must have 4 entries, not 3"),
        (lambda: neutrino_sector([1, 2, 3, 0.5], []), InexactNumberError, r"'point\[3\]' must be exact"),
        (lambda: neutrino_sector(ONE, []), ArgumentTypeError, "'point' must be a sequence"),
        (
            lambda: neutrino_sector([1, 2, 3, 0], [], {"H": 1}),
            ArgumentError,
            "'scalars' must be keyed by names other than H, l, nu, not 'H'",
        ),
        (
            lambda: neutrino_sector([1, 2, 3, 0], [], {"M": 1}),
            ArgumentError,
            "'scalars' must be keyed by names",
        ),
        (lambda: neutrino_sector([1, 2, 3, 0], [], [1, -1]), ArgumentError, "differ up to sign, not 1, -1"),
        (lambda: neutrino_sector([1, 2, 3, 0], [], [0]), ArgumentError, "must be charges different from"),
        (lambda: operator_shapes(2), ArgumentError, "'max_dimension' must be an integer of at least 3"),
        (lambda: operator_shapes(21), ArgumentError, "'max_dimension' must be at most 20, not 21"),
        (lambda: operator_shapes(WRONG), ArgumentTypeError, "'max_dimension' must be an"),
        (lambda: neutrino_operators(ONE), ArgumentTypeError, "'sector' must be a NeutrinoSector"),
        (
            lambda: neutrino_operators(LISTED, 15),
            ArgumentError,
            "'max_dimension' must be smaller: 6 scalars have more than 1000000 products of up to 12",
        ),
        (lambda: neutrino_texture(LISTED, 5).up_to(6), ArgumentError, "'dimension' must be at most 5, not 6"),
        (lambda: neutrino_texture(LISTED, 5).block("heavy"), UnknownNameError, "'name' must be one of dark"),
        (
            lambda: neutrino_texture(A4, 5).seesaw(),
            ArgumentError,
            "'dark' must be of full generic rank, so that all dark states are heavy",
        ),
        (
            lambda: seesaw_pattern([[True]], [[True, False], [False, True]]),
            ArgumentError,
            "'dirac' must be in rows of length 2",
        ),
        (lambda: block_rank([[True], []]), ArgumentError, "'pattern' must be a sequence of rows of one"),
        (lambda: block_rank(ONE), ArgumentTypeError, "'pattern' must be a sequence of rows of truth values"),
        (
            lambda: scalars_for_texture(A4, "heavy", A9),
            UnknownNameError,
            "'block' must be one of dark, dirac",
        ),
        (lambda: scalars_for_texture(A4, "light", A9[:2]), ArgumentError, "'wanted' must be 3 rows of 3"),
        (lambda: scalars_for_texture(A4, "light", WRONG), ArgumentTypeError, "of True, False or None"),
        (
            lambda: scalars_for_texture(A4, "light", [[True, False, True], [True] * 3, [True] * 3]),
            ArgumentError,
            "'wanted' must be symmetric",
        ),
        (
            lambda: scalars_for_texture(SPREAD, "dirac", ((True,) * 3,) * 3, max_dimension=8),
            ArgumentError,
            "'max_dimension' must be smaller: fewer than",
        ),
        (lambda: scalars_for_masses(A4, 7), ArgumentError, "'rank' must be at most the number"),
        (lambda: lepton_flavour_scale(-1), ArgumentError, "'insertions' must be an integer of at least 0"),
        (lambda: lepton_flavour_scale_TeV(0), ArgumentError, "'v_Phi_TeV' must be a positive number of TeV"),
        (lambda: lepton_flavour_scale_TeV(3, m_nu_TeV=-1), ArgumentError, "'m_nu_TeV' must be a positive"),
        (lambda: lepton_flavour_scale_TeV(3, m_nu_TeV=[]), ArgumentTypeError, "'m_nu_TeV' must be a number"),
    ],
)
def test_bad_input(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
