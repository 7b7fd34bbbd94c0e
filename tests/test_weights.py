from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anomalies.errors import ArgumentTypeError, RepresentationError
from anomalies.groups import (
    SO,
    SU,
    Irrep,
    SimpleGroup,
    Sp,
    conjugate,
    cubic_coefficient,
    dimension,
    dynkin_index,
    exceptional,
    irrep,
    reality,
)
from anomalies.groups.roots import Weight, cartan_matrix, pairing, positive_roots, to_chamber
from anomalies.weights import count_singlets, tensor_product, weight_multiplicities

E6, E7, E8, F4, G2 = (exceptional(name) for name in ("E6", "E7", "E8", "F4", "G2"))
GROUPS = [SU(2), SU(3), SU(4), SU(5), SO(5), SO(6), SO(7), SO(8), SO(10), Sp(4), Sp(6), G2, F4, E6]


def small_irreps(group: SimpleGroup, largest_sum: int, largest_dimension: int) -> list[Irrep]:
    labels = itertools.product(range(largest_sum + 1), repeat=group.rank)
    candidates = (Irrep(group, entry) for entry in labels if sum(entry) <= largest_sum)
    return [r for r in candidates if dimension(r) <= largest_dimension]


SMALL = {group: small_irreps(group, 3 if group.rank < 4 else 2, 400) for group in GROUPS}
TINY = {group: [r for r in SMALL[group] if dimension(r) <= 30] for group in GROUPS}
EVERY_SMALL = [r for group in GROUPS for r in SMALL[group]]


def tuples_of_irreps(
    length: int, source: dict[SimpleGroup, list[Irrep]]
) -> st.SearchStrategy[tuple[Irrep, ...]]:
    return st.sampled_from(GROUPS).flatmap(
        lambda group: st.tuples(*[st.sampled_from(source[group])] * length)
    )


def test_the_small_irreps_include_what_matters() -> None:
    assert min(len(irreps) for irreps in TINY.values()) > 1
    sizes = {group.name: {dimension(r) for r in SMALL[group]} for group in GROUPS}
    assert sizes["F4"] >= {1, 26, 52}
    assert sizes["E6"] >= {1, 27, 78, 351}
    assert sizes["SO(10)"] >= {1, 10, 16, 45, 120, 126, 144}


# --- Weights ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_weyls_formulas_against_sums_over_weights(group: SimpleGroup) -> None:
    # The charge of a weight under a generic element of the Cartan subalgebra.
    charge = (3, -5, 11, 2, 7, -13)[: group.rank]
    roots = [root.labels for root in positive_roots(group.series, group.rank)]
    adjoint = Irrep(group, roots[-1])
    squares_of_roots = 2 * sum(pairing(charge, root) ** 2 for root in roots)
    fundamental = {"A": (1,) + (0,) * (group.rank - 1), "D": (0,) * (group.rank - 1) + (1,)}
    cubes_of_fundamental = sum(
        multiplicity * pairing(charge, weight) ** 3
        for weight, multiplicity in weight_multiplicities(
            Irrep(group, fundamental.get(group.series, roots[-1]))
        )
    )
    for r in SMALL[group]:
        weights = weight_multiplicities(r)
        assert sum(multiplicity for _, multiplicity in weights) == dimension(r)
        assert sum(multiplicity * sum(weight) for weight, multiplicity in weights) == 0
        squares = sum(multiplicity * pairing(charge, weight) ** 2 for weight, multiplicity in weights)
        assert squares * dynkin_index(adjoint) == dynkin_index(r) * squares_of_roots
        cubes = sum(multiplicity * pairing(charge, weight) ** 3 for weight, multiplicity in weights)
        assert cubes == cubic_coefficient(r) * cubes_of_fundamental
    assert bool(cubes_of_fundamental) == (group in (SU(3), SU(4), SU(5), SO(6)))


@given(st.sampled_from(EVERY_SMALL))
def test_weights_are_weyl_invariant_and_start_at_the_highest(r: Irrep) -> None:
    weights = dict(weight_multiplicities(r))
    assert len(weights) == len(weight_multiplicities(r))
    assert min(weights.values()) > 0
    assert next(iter(weights)) == r.labels
    assert weights[r.labels] == 1
    for j, simple in enumerate(cartan_matrix(r.group.series, r.group.rank)):
        for weight, multiplicity in weights.items():
            reflected = tuple(m - weight[j] * a for m, a in zip(weight, simple, strict=True))
            assert weights[reflected] == multiplicity


@given(st.sampled_from(EVERY_SMALL))
def test_the_weights_of_the_conjugate_are_the_negatives(r: Irrep) -> None:
    negatives = {tuple(-m for m in weight): multiplicity for weight, multiplicity in weight_multiplicities(r)}
    assert dict(weight_multiplicities(conjugate(r))) == negatives


@given(st.sampled_from(EVERY_SMALL))
def test_reality_is_the_frobenius_schur_indicator(r: Irrep) -> None:
    # Singlets in the symmetric minus the antisymmetric square: the trivial part of the character at g^2.
    series, rank = r.group.series, r.group.rank
    rho = (1,) * rank
    indicator = 0
    for weight, multiplicity in weight_multiplicities(r):
        dominant, sign = to_chamber(series, rank, tuple(2 * m + 1 for m in weight))
        indicator += sign * multiplicity if dominant == rho else 0
    assert reality(r) == {1: "real", -1: "pseudoreal", 0: "complex"}[indicator]


@pytest.mark.parametrize("r", [irrep(E7, 56), irrep(E8, 248), irrep(E7, 912), irrep(E8, 3875)], ids=str)
def test_large_exceptional_groups(r: Irrep) -> None:
    assert sum(multiplicity for _, multiplicity in weight_multiplicities(r)) == dimension(r)


@pytest.mark.parametrize("r", [irrep(SU(2), 3000), irrep(SU(3), (20, 18)), Irrep(G2, (3, 3))], ids=str)
def test_long_strings_of_weights(r: Irrep) -> None:
    assert sum(multiplicity for _, multiplicity in weight_multiplicities(r)) == dimension(r)


# --- Products -----------------------------------------------------------------------------------------


def peel(left: Irrep, right: Irrep) -> dict[Irrep, int]:
    """Decompose left x right from its character, taking off the irrep of a maximal weight each time."""
    rest: Counter[Weight] = Counter()
    for (a, m), (b, n) in itertools.product(weight_multiplicities(left), weight_multiplicities(right)):
        rest[tuple(map(sum, zip(a, b, strict=True)))] += m * n
    terms: dict[Irrep, int] = {}
    roots = positive_roots(left.group.series, left.group.rank)
    while rest:
        top = max(rest, key=lambda weight: sum(pairing(root.covector, weight) for root in roots))
        terms[Irrep(left.group, top)] = count = rest[top]
        for weight, multiplicity in weight_multiplicities(Irrep(left.group, top)):
            rest[weight] -= count * multiplicity
        rest = +rest
    return terms


@given(tuples_of_irreps(2, TINY))
def test_products_against_characters(pair: tuple[Irrep, Irrep]) -> None:
    assert dict(tensor_product(*pair)) == peel(*pair)


@given(tuples_of_irreps(2, SMALL))
def test_products_conserve_dimension_index_and_cubic_coefficient(pair: tuple[Irrep, Irrep]) -> None:
    a, b = pair
    terms = tensor_product(a, b)
    assert tensor_product(b, a) == terms
    assert min(multiplicity for _, multiplicity in terms) > 0
    assert sum(m * dimension(r) for r, m in terms) == dimension(a) * dimension(b)
    for invariant in (dynkin_index, cubic_coefficient):
        expected = dimension(a) * invariant(b) + dimension(b) * invariant(a)
        assert sum(m * invariant(r) for r, m in terms) == expected
    bars = {conjugate(r): m for r, m in terms}
    assert dict(tensor_product(conjugate(a), conjugate(b))) == bars
    assert terms[0] == max(terms, key=lambda term: (dimension(term[0]), term[0].labels))


@pytest.mark.parametrize(
    ("group", "left", "right", "expected"),
    [
        (SU(2), "2", "2", ["3", "1"]),
        (SU(3), "3", "3", ["6", "3bar"]),
        (SU(3), "3", "3bar", ["8", "1"]),
        (SU(3), "8", "8", ["27", "10", "10bar", "8", "8", "1"]),
        (SU(5), "5bar", "10", ["45", "5"]),
        (SU(5), "10", "10", ["50bar", "45bar", "5bar"]),
        (SO(10), "16", "16", ["126", "120", "10"]),
        (SO(10), "10", "16bar", ["144", "16"]),
        (E6, "27", "27", ["(2, 0, 0, 0, 0, 0)", "(0, 0, 1, 0, 0, 0)", "27bar"]),
        (E7, "56", "56", ["1539", "1463", "133", "1"]),
        (G2, "7", "7", ["27", "14", "7", "1"]),
        (F4, "26", "26", ["324", "273", "52", "26", "1"]),
    ],
)
def test_products_in_the_literature(
    group: SimpleGroup, left: str, right: str, expected: Sequence[str]
) -> None:
    # Slansky, Phys. Rept. 79 (1981) 1, the tables of products.
    product: Counter[Irrep] = Counter(irrep(group, spec) for spec in expected)
    assert dict(tensor_product(irrep(group, left), irrep(group, right))) == product


# --- Invariants ---------------------------------------------------------------------------------------


def iterated_singlets(irreps: Sequence[Irrep]) -> int:
    """The singlets of a product, multiplied out from left to right."""
    group = irreps[0].group
    trivial = Irrep(group, (0,) * group.rank)
    total = Counter({trivial: 1})
    for factor in irreps:
        terms: Counter[Irrep] = Counter()
        for r, multiplicity in total.items():
            for term, count in peel(r, factor).items():
                terms[term] += multiplicity * count
        total = terms
    return total[trivial]


THREE = {group: [r for r in TINY[group] if dimension(r) <= 10] or TINY[group][:2] for group in GROUPS[:12]}


@given(
    st.sampled_from(list(THREE)).flatmap(
        lambda group: st.lists(st.sampled_from(THREE[group]), min_size=1, max_size=3)
    )
)
def test_singlets_against_multiplying_out(irreps: list[Irrep]) -> None:
    assert count_singlets(irreps) == iterated_singlets(irreps)


@given(tuples_of_irreps(4, TINY), st.randoms(use_true_random=False))
def test_singlets_do_not_depend_on_order_conjugation_or_singlets(
    irreps: tuple[Irrep, ...], random: object
) -> None:
    shuffled = list(irreps)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    expected = count_singlets(irreps)
    assert count_singlets(shuffled) == expected
    assert count_singlets(map(conjugate, irreps)) == expected
    group = irreps[0].group
    assert count_singlets([*irreps, Irrep(group, (0,) * group.rank)]) == expected


@given(st.sampled_from(EVERY_SMALL), st.sampled_from(EVERY_SMALL))
def test_schurs_lemma(a: Irrep, b: Irrep) -> None:
    assert count_singlets([a, conjugate(a)]) == 1
    if a.group == b.group:
        assert count_singlets([a, conjugate(b)]) == (a == b)


@pytest.mark.parametrize(
    ("group", "specs", "expected"),
    [
        (SU(3), ["3"] * 3, 1),
        (SU(3), ["3", "3"], 0),
        (SU(3), ["8"] * 3, 2),  # f_abc and d_abc
        (SU(2), ["2"] * 4, 2),
        (SU(2), ["2"] * 3, 0),
        (SU(2), ["1"], 1),
        (SU(2), ["2"], 0),
        (SU(5), ["10", "10", "5"], 1),
        (SU(5), ["10", "5bar", "5bar"], 1),
        (SO(10), ["16", "16", "10"], 1),
        (SO(10), ["16", "16", "126bar"], 1),
        (SO(10), ["16", "16", "126"], 0),
        (SO(10), ["16"] * 4, 2),  # through 10 x 10 and 120 x 120
        (E6, ["27"] * 3, 1),
        (E8, ["248"] * 3, 1),
    ],
)
def test_invariants_of_grand_unification(group: SimpleGroup, specs: list[str], expected: int) -> None:
    assert count_singlets(irrep(group, spec) for spec in specs) == expected


def test_many_doublets_have_catalan_many_invariants() -> None:
    catalan = [1]
    for n in range(20):
        catalan.append(sum(catalan[i] * catalan[n - i] for i in range(n + 1)))
    assert [count_singlets([irrep(SU(2), 2)] * (2 * n)) for n in range(21)] == catalan


def test_the_empty_product_is_an_invariant() -> None:
    assert count_singlets([]) == 1


def test_bad_input() -> None:
    with pytest.raises(RepresentationError, match=r"its dimension 125000 exceeds 100000\."):
        weight_multiplicities(irrep(SU(3), (49, 49)))
    with pytest.raises(
        RepresentationError, match=r"representations of one group, not of SU\(2\)_L and SU\(2\)_R"
    ):
        tensor_product(irrep(SU(2, "L"), 2), irrep(SU(2, "R"), 2))
    with pytest.raises(
        RepresentationError, match=r"representations of one group, not of SU\(3\) and SU\(2\)"
    ):
        count_singlets([irrep(SU(3), 3), irrep(SU(2), 1)])
    with pytest.raises(ArgumentTypeError, match="Argument 'irreps' must be Irrep objects"):
        count_singlets(["3", "3bar"])  # type: ignore[list-item]
    with pytest.raises(ArgumentTypeError, match="Argument 'irreps' must be Irrep objects"):
        weight_multiplicities((1, 0))  # type: ignore[arg-type]


def test_a_large_factor_may_meet_a_small_one() -> None:
    large = irrep(SU(3), (300, 200))
    terms = tensor_product(large, irrep(SU(3), 8))
    assert sum(m * dimension(r) for r, m in terms) == 8 * dimension(large) == prod((4, 2, dimension(large)))
