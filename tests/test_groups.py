from __future__ import annotations

import itertools
import pickle
import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, latex, pretty

from anomalies.errors import (
    ArgumentError,
    ArgumentTypeError,
    InexactNumberError,
    RepresentationError,
    UnknownNameError,
)
from anomalies.groups import (
    SO,
    SU,
    U1,
    GaugeGroup,
    Irrep,
    SimpleGroup,
    Sp,
    conjugate,
    cubic_coefficient,
    dimension,
    dynkin_index,
    exceptional,
    gauge_group,
    has_cubic_anomaly,
    has_witten_anomaly,
    irrep,
    irreps_of_dimension,
    reality,
    witten_parity,
)
from anomalies.groups.roots import (
    cartan_matrix,
    level_vector,
    pairing,
    positive_roots,
    simple_root_lengths,
    to_chamber,
)

E6, E7, E8, F4, G2 = (exceptional(name) for name in ("E6", "E7", "E8", "F4", "G2"))
GROUPS = [
    SU(2),
    SU(3),
    SU(4),
    SU(5),
    SU(6),
    SO(3),
    SO(5),
    SO(6),
    SO(7),
    SO(8),
    SO(10),
    SO(11),
    SO(12),
    SO(14),
]
GROUPS += [Sp(2), Sp(4), Sp(6), Sp(8), E6, E7, E8, F4, G2]
RANK_TWO = [SU(3), SO(5), Sp(4), G2]
NAMES = [group.name for group in GROUPS]


def small_irreps(largest: int = 3) -> st.SearchStrategy[Irrep]:
    return st.sampled_from(GROUPS).flatmap(
        lambda group: st.tuples(*[st.integers(0, largest)] * group.rank).map(
            lambda labels: Irrep(group, labels)
        )
    )


# The simple roots in orthonormal coordinates, from Bourbaki, ch. VI, plates I-IX.


def _unit(length: int, *entries: tuple[int, int | Fraction]) -> tuple[Fraction, ...]:
    return tuple(Fraction(dict(entries).get(i, 0)) for i in range(1, length + 1))


def bourbaki_simple_roots(series: str, n: int) -> list[tuple[Fraction, ...]]:
    half = Fraction(1, 2)
    steps = [_unit(n + 1, (i, 1), (i + 1, -1)) for i in range(1, n + 1)]
    if series == "A":
        return steps
    if series in "BCD":
        last = {"B": [(n, 1)], "C": [(n, 2)], "D": [(n - 1, 1), (n, 1)]}[series]
        return [step[:n] for step in steps[: n - 1]] + [_unit(n, *last)]
    if series == "F":
        fourth = (half, -half, -half, -half)
        return [_unit(4, (2, 1), (3, -1)), _unit(4, (3, 1), (4, -1)), _unit(4, (4, 1)), fourth]
    if series == "G":
        return [_unit(3, (1, 1), (2, -1)), _unit(3, (1, -2), (2, 1), (3, 1))]
    spinor = tuple(half if i in (1, 8) else -half for i in range(1, 9))
    chain = [_unit(8, (i, -1), (i + 1, 1)) for i in range(1, 7)]
    return [spinor, _unit(8, (1, 1), (2, 1)), *chain][:n]


@pytest.mark.parametrize("group", GROUPS, ids=NAMES)
def test_the_cartan_matrix_is_that_of_bourbakis_simple_roots(group: SimpleGroup) -> None:
    roots = bourbaki_simple_roots(group.series, group.rank)

    def product(a: tuple[Fraction, ...], b: tuple[Fraction, ...]) -> Fraction:
        return sum((x * y for x, y in zip(a, b, strict=True)), Fraction())

    expected = tuple(tuple(2 * product(a, b) / product(b, b) for b in roots) for a in roots)
    assert cartan_matrix(group.series, group.rank) == expected
    shortest = min(product(a, a) for a in roots)
    lengths = tuple(product(a, a) / shortest for a in roots)
    assert simple_root_lengths(group.series, group.rank) == lengths


@pytest.mark.parametrize("group", GROUPS, ids=NAMES)
def test_reflections_permute_the_roots(group: SimpleGroup) -> None:
    roots = positive_roots(group.series, group.rank)
    labels = {root.labels for root in roots}
    everything = labels | {tuple(-m for m in root) for root in labels}
    assert len(everything) == 2 * len(roots)
    for j, simple in enumerate(cartan_matrix(group.series, group.rank)):
        assert simple in labels
        images = {tuple(m - root[j] * a for m, a in zip(root, simple, strict=True)) for root in everything}
        assert images == everything
    heights = [sum(root.coefficients) for root in roots]
    assert heights == sorted(heights)
    assert heights.count(heights[-1]) == 1


@pytest.mark.parametrize("group", GROUPS, ids=NAMES)
def test_the_level_vector_gives_two_on_every_simple_root(group: SimpleGroup) -> None:
    level = level_vector(group.series, group.rank)
    assert [pairing(level, row) for row in cartan_matrix(group.series, group.rank)] == [2] * group.rank


@given(small_irreps(), st.data())
def test_to_chamber_returns_to_the_dominant_weight_with_the_right_sign(r: Irrep, data: st.DataObject) -> None:
    series, rank = r.group.series, r.group.rank
    strictly_dominant = tuple(label + 1 for label in r.labels)
    weight = strictly_dominant
    word = data.draw(st.lists(st.integers(0, rank - 1), max_size=12))
    for j in word:
        simple = cartan_matrix(series, rank)[j]
        weight = tuple(m - weight[j] * a for m, a in zip(weight, simple, strict=True))
    assert to_chamber(series, rank, weight) == (strictly_dominant, (-1) ** len(word))


# Dual Coxeter numbers, V. Kac, Infinite Dimensional Lie Algebras, section 6.1.
DUAL_COXETER: dict[str, Callable[[int], int]] = {
    "A": lambda n: n + 1,
    "B": lambda n: 2 * n - 1,
    "C": lambda n: n + 1,
    "D": lambda n: 2 * n - 2,
    "E": lambda n: {6: 12, 7: 18, 8: 30}[n],
    "F": lambda n: 9,
    "G": lambda n: 4,
}
ORDERS: dict[str, Callable[[int], int]] = {
    "A": lambda n: n * (n + 2),
    "B": lambda n: n * (2 * n + 1),
    "C": lambda n: n * (2 * n + 1),
    "D": lambda n: n * (2 * n - 1),
    "E": lambda n: {6: 78, 7: 133, 8: 248}[n],
    "F": lambda n: 52,
    "G": lambda n: 14,
}


@pytest.mark.parametrize("group", GROUPS, ids=NAMES)
def test_the_adjoint(group: SimpleGroup) -> None:
    adjoint = Irrep(group, positive_roots(group.series, group.rank)[-1].labels)
    assert dimension(adjoint) == ORDERS[group.series](group.rank)
    assert dynkin_index(adjoint) == 2 * DUAL_COXETER[group.series](group.rank)
    assert cubic_coefficient(adjoint) == 0
    assert reality(adjoint) == "real"


@pytest.mark.parametrize("n", range(3, 12))
def test_fundamentals_of_the_classical_groups(n: int) -> None:
    assert dynkin_index(irrep(SU(n), n)) == 1
    assert cubic_coefficient(irrep(SU(n), n)) == 1
    antisymmetric, symmetric = (Irrep(SU(n), (a, b) + (0,) * (n - 3)) for a, b in ((0, 1), (2, 0)))
    assert (dimension(antisymmetric), dimension(symmetric)) == (n * (n - 1) // 2, n * (n + 1) // 2)
    assert (cubic_coefficient(antisymmetric), cubic_coefficient(symmetric)) == (n - 4, n + 4)
    assert (dynkin_index(antisymmetric), dynkin_index(symmetric)) == (n - 2, n + 2)
    sp = irrep(Sp(2 * n), 2 * n)
    assert (dynkin_index(sp), reality(sp), witten_parity(sp)) == (1, "pseudoreal", 1)
    if n >= 5:
        vector = Irrep(SO(n), (1,) + (0,) * (SO(n).rank - 1))
        assert (dimension(vector), dynkin_index(vector), reality(vector)) == (n, 2, "real")


# R. Slansky, Phys. Rept. 79 (1981) 1, the tables of the single groups: (labels, dimension, index,
# reality).  Slansky numbers the nodes differently for F4, G2 and E_n; the labels here are Bourbaki's.
SLANSKY: list[tuple[SimpleGroup, str, int, int, str]] = [
    (SU(3), "(1,1)", 8, 6, "real"),
    (SU(5), "(0,1,0,0)", 10, 3, "complex"),
    (SU(6), "(0,0,1,0,0)", 20, 6, "pseudoreal"),
    (Sp(4), "(1,0)", 4, 1, "pseudoreal"),
    (SO(5), "(0,1)", 4, 1, "pseudoreal"),
    (SO(6), "(0,0,1)", 4, 1, "complex"),
    (SO(7), "(0,0,1)", 8, 2, "real"),
    (SO(8), "(0,0,0,1)", 8, 2, "real"),
    (SO(8), "(0,0,1,0)", 8, 2, "real"),
    (SO(9), "(0,0,0,1)", 16, 4, "real"),
    (SO(10), "(0,0,0,0,1)", 16, 4, "complex"),
    (SO(10), "(0,0,0,0,2)", 126, 70, "complex"),
    (SO(10), "(1,0,0,1,0)", 144, 68, "complex"),
    (SO(11), "(0,0,0,0,1)", 32, 8, "pseudoreal"),
    (SO(12), "(0,0,0,0,0,1)", 32, 8, "pseudoreal"),
    (SO(14), "(0,0,0,0,0,0,1)", 64, 16, "complex"),
    (E6, "(1,0,0,0,0,0)", 27, 6, "complex"),
    (E7, "(0,0,0,0,0,0,1)", 56, 12, "pseudoreal"),
    (E8, "(0,0,0,0,0,0,0,1)", 248, 60, "real"),
    (F4, "(0,0,0,1)", 26, 6, "real"),
    (G2, "(1,0)", 7, 2, "real"),
]


@pytest.mark.parametrize(
    ("group", "labels", "size", "index", "kind"), SLANSKY, ids=[f"{row[0]}-{row[1]}" for row in SLANSKY]
)
def test_slanskys_tables(group: SimpleGroup, labels: str, size: int, index: int, kind: str) -> None:
    r = irrep(group, labels)
    assert (dimension(r), dynkin_index(r), reality(r)) == (size, index, kind)


@given(small_irreps())
def test_conjugation(r: Irrep) -> None:
    bar = conjugate(r)
    assert conjugate(bar) == r
    assert (reality(r) == "complex") == (bar != r)
    assert reality(bar) == reality(r)
    assert dimension(bar) == dimension(r)
    assert dynkin_index(bar) == dynkin_index(r)
    assert cubic_coefficient(bar) == -cubic_coefficient(r)
    assert witten_parity(bar) == witten_parity(r)


@given(st.tuples(*[st.integers(0, 5)] * 3))
def test_so6_is_su4_and_so5_is_sp4(labels: tuple[int, int, int]) -> None:
    a, b, c = labels
    for invariant in (dimension, dynkin_index, cubic_coefficient, reality):
        assert invariant(Irrep(SO(6), (b, c, a))) == invariant(Irrep(SU(4), labels))
    for invariant in (dimension, dynkin_index, witten_parity, reality):
        assert invariant(Irrep(SO(5), (a, b))) == invariant(Irrep(Sp(4), (b, a)))


@pytest.mark.parametrize("labels", [(1, 0, 0), (1, 1, 0), (2, 0, 0), (2, 1, 0)])
def test_so6_and_su4_agree_about_bars(labels: tuple[int, int, int]) -> None:
    a, b, c = labels
    su4, so6 = Irrep(SU(4), labels), Irrep(SO(6), (b, c, a))
    assert str(so6) == str(su4).replace(str(labels), str(so6.labels))


@pytest.mark.parametrize("n", range(2, 9))
def test_wittens_anomaly_of_su2(n: int) -> None:
    # The index of isospin j is 2j(j+1)(2j+1)/3: odd for j = 1/2, 5/2, 9/2, ... (Witten 1982).
    j = Fraction(n - 1, 2)
    assert witten_parity(irrep(SU(2), n)) == 2 * j * (j + 1) * (2 * j + 1) / 3 % 2
    assert witten_parity(irrep(SU(2), n)) == (n % 4 == 2)


def test_which_groups_have_which_anomaly() -> None:
    cubic = {group.name for group in GROUPS if has_cubic_anomaly(group)}
    assert cubic == {"SU(3)", "SU(4)", "SU(5)", "SU(6)", "SO(6)"}
    witten = {group.name for group in GROUPS if has_witten_anomaly(group)}
    assert witten == {"SU(2)", "SO(3)", "SO(5)", "Sp(2)", "Sp(4)", "Sp(6)", "Sp(8)"}
    assert witten_parity(irrep(SU(3), 3)) == 0 < dynkin_index(irrep(SU(3), 3))


def test_grand_unified_families_are_free_of_anomalies() -> None:
    assert cubic_coefficient(irrep(SU(5), "5bar")) + cubic_coefficient(irrep(SU(5), "10")) == 0
    assert cubic_coefficient(irrep(SU(5), "5bar")) == -1


def test_so3_has_the_vector_as_adjoint() -> None:
    vector = irrep(SO(3), 3)
    assert (vector.labels, dynkin_index(vector), reality(vector)) == ((2,), 4, "real")


# --- Which representation a dimension means -----------------------------------------------------------


@pytest.mark.parametrize("group", [*RANK_TWO, SU(2), SU(4), SO(7), Sp(6)], ids=str)
def test_irreps_of_dimension_against_brute_force(group: SimpleGroup) -> None:
    bound = 80 if group.rank < 3 else 36
    # dim exceeds the sum of the labels, because each unit adds at least one.
    box = (labels for labels in itertools.product(range(bound), repeat=group.rank) if sum(labels) < bound)
    by_size: dict[int, set[tuple[int, ...]]] = {}
    for labels in box:
        by_size.setdefault(dimension(Irrep(group, labels)), set()).add(labels)
    for size in range(1, bound):
        found = [r.labels for r in irreps_of_dimension(group, size)]
        assert len(set(found)) == len(found)
        assert set(found) == by_size.get(size, set())
    assert sum(len(by_size.get(size, ())) for size in range(1, bound)) > 4


@given(small_irreps(2))
def test_irreps_of_dimension_finds_every_representation(r: Irrep) -> None:
    if dimension(r) <= 100_000:
        assert r in irreps_of_dimension(r.group, dimension(r))


@given(small_irreps(2))
def test_what_is_printed_is_read_back(r: Irrep) -> None:
    assert irrep(r.group, str(r)) == r
    assert irrep(r.group, str(r.labels).replace(",)", ")")) == r
    assert irrep(r.group, list(r.labels)) == irrep(r.group, r) == r


@given(small_irreps())
def test_irreps_pickle_and_hash(r: Irrep) -> None:
    copy = pickle.loads(pickle.dumps(r))
    assert copy == r
    assert len({copy, r}) == 1


@pytest.mark.parametrize(
    ("group", "spec", "labels"),
    [
        (SU(2), 2, (1,)),
        (SU(3), "3", (1, 0)),
        (SU(3), "3bar", (0, 1)),
        (SU(3), " 6bar ", (0, 2)),
        (SU(3), Integer(8), (1, 1)),
        (SU(3), "1", (0, 0)),
        (SU(3), "( 4 , 0 )", (4, 0)),
        (SU(5), 5, (1, 0, 0, 0)),
        (SU(5), "10", (0, 1, 0, 0)),
        (SU(5), "10bar", (0, 0, 1, 0)),
        (SU(5), "45", (0, 1, 0, 1)),
        (SU(5), "50", (0, 0, 2, 0)),
        (SU(5), "15", (2, 0, 0, 0)),
        (SU(4), "10", (2, 0, 0)),
        (SU(6), "20", (0, 0, 1, 0, 0)),
        (SO(6), 4, (0, 0, 1)),
        (SO(10), 16, (0, 0, 0, 0, 1)),
        (SO(10), "16bar", (0, 0, 0, 1, 0)),
        (SO(10), 126, (0, 0, 0, 0, 2)),
        (SO(10), 144, (1, 0, 0, 1, 0)),
        (SO(14), 64, (0, 0, 0, 0, 0, 0, 1)),
        (E6, 27, (1, 0, 0, 0, 0, 0)),
        (E6, "27bar", (0, 0, 0, 0, 0, 1)),
    ],
)
def test_the_representation_of_a_dimension(group: SimpleGroup, spec: object, labels: tuple[int, ...]) -> None:
    assert irrep(group, spec).labels == labels


@pytest.mark.parametrize(
    ("group", "spec", "message"),
    [
        (SU(3), 5, "SU(3) has no irreducible representation of dimension 5."),
        (SU(3), 15, "SU(3) has several irreps of dimension 15: write (2, 1) or (4, 0)."),
        (SO(8), "8", "write (0, 0, 0, 1) or (0, 0, 1, 0) or (1, 0, 0, 0)."),
        (SU(3), "8bar", "is its own conjugate: write '8', not '8bar'."),
        (SU(3), "three", "Argument 'spec' must be a dimension such as 3 or '3bar'"),
        (SU(3), "-3", "Argument 'spec' must be a dimension such as 3 or '3bar'"),
        (SU(3), "", "Argument 'spec' must be a dimension such as 3 or '3bar'"),
        (
            SU(3),
            "(1,0,0)",
            "Argument 'labels' must be 2 non-negative Dynkin labels for SU(3), not (1, 0, 0).",
        ),
        (SU(3), (), "Argument 'labels' must be 2 non-negative Dynkin labels for SU(3), not ()."),
        (SU(3), 100_001, "Argument 'target' must be at most 100000, not 100001: write the Dynkin labels."),
        (
            SU(2, "L"),
            Irrep(SU(2, "R"), (1,)),
            "Argument 'spec' must be a representation of SU(2)_L, not '2 of SU(2)_R'.",
        ),
    ],
)
def test_representations_that_do_not_exist(group: SimpleGroup, spec: object, message: str) -> None:
    with pytest.raises(RepresentationError, match=re.escape(message)):
        irrep(group, spec)


@pytest.mark.parametrize(
    ("spec", "error", "message"),
    [
        (0, ArgumentError, "Argument 'spec' must be an integer of at least 1, not 0."),
        ((-1, 0), ArgumentError, "Argument 'spec[0]' must be an integer of at least 0, not -1."),
        ((1, 0.5), InexactNumberError, "Argument 'spec[1]' must be exact, not 0.5"),
        (3.0, ArgumentTypeError, "Argument 'spec' must be a dimension such as 3 or '3bar'"),
        (None, ArgumentTypeError, "Argument 'spec' must be a dimension such as 3 or '3bar'"),
        (True, ArgumentTypeError, "Argument 'spec' must be an integer of at least 1"),
    ],
)
def test_arguments_that_are_no_representations(spec: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        irrep(SU(3), spec)


def test_the_constructor_of_irrep_checks() -> None:
    with pytest.raises(RepresentationError, match=r"2 non-negative Dynkin labels for SU\(3\), not \(1, -1\)"):
        Irrep(SU(3), (1, -1))
    with pytest.raises(ArgumentTypeError, match="'labels' must be a tuple of integers, not \\[1, 0\\]"):
        Irrep(SU(3), [1, 0])
    with pytest.raises(ArgumentTypeError, match="'labels' must be a tuple of integers"):
        Irrep(SU(2), (True,))
    with pytest.raises(ArgumentTypeError, match="'group' must be a simple group such as SU"):
        Irrep("SU(3)", (1, 0))


@pytest.mark.parametrize(
    "function", [dimension, dynkin_index, cubic_coefficient, conjugate, reality, witten_parity]
)
@pytest.mark.parametrize("bad", ["3", [1, 0], SU(3)])
def test_functions_of_an_irrep_refuse_anything_else(
    function: Callable[[object], object], bad: object
) -> None:
    with pytest.raises(ArgumentTypeError, match="Argument 'irrep' must be an Irrep"):
        function(bad)


def test_functions_of_a_group_refuse_a_u1() -> None:
    for function in (has_cubic_anomaly, has_witten_anomaly, lambda group: irreps_of_dimension(group, 3)):
        with pytest.raises(ArgumentTypeError, match="Argument 'group' must be a simple group"):
            function(U1("Y"))


def test_how_irreps_print() -> None:
    shown = {
        r: (str(r), latex(r)) for r in (irrep(SU(3), s) for s in ("3", "3bar", "8", "(2,1)", "(10, 10)"))
    }
    assert list(shown.values()) == [
        ("3", r"\mathbf{3}"),
        ("3bar", r"\overline{\mathbf{3}}"),
        ("8", r"\mathbf{8}"),
        ("(2, 1)", r"\mathbf{15}_{(2,1)}"),
        ("(10, 10)", r"\mathbf{1331}_{(10,10)}"),
    ]
    assert repr([irrep(SU(3), "3bar")]) == "[3bar]"
    assert pretty(irrep(SU(3), "3bar")) == "3bar"


# --- Groups -------------------------------------------------------------------------------------------


LABELS = st.sampled_from(["", "L", "R", "c", "mu", "B-L", "L_mu-L_tau", "X'", "1", "EM"])
SIMPLE = st.builds(
    lambda base, label: gauge_group(base + (label and f"_{label}")).factors[0], st.sampled_from(NAMES), LABELS
)
FACTORS = st.one_of(SIMPLE, LABELS.filter(bool).map(U1))


@given(
    st.lists(FACTORS, unique_by=lambda factor: factor.name, min_size=1, max_size=5), st.sampled_from("x*×")
)
def test_gauge_groups_are_read_back(factors: list[SimpleGroup | U1], sign: str) -> None:
    group = GaugeGroup(tuple(factors))
    assert gauge_group(str(group)) == group
    assert gauge_group(str(group).replace(" x ", f" {sign} ")) == group
    assert pickle.loads(pickle.dumps(group)) == group
    assert hash(gauge_group(str(group))) == hash(group)
    assert set(group.simple_factors) | set(group.abelian_factors) == set(factors)
    assert [group.factor(factor.name) for factor in factors] == factors
    assert [group.factor(str(factor)) for factor in factors] == factors


@pytest.mark.parametrize("group", GROUPS, ids=NAMES)
def test_constructors_agree_with_the_parser(group: SimpleGroup) -> None:
    assert gauge_group(group.name).factors == (group,)
    assert (
        SimpleGroup(group.series, group.rank, f"{group.name}_L") == gauge_group(f"{group.name}_L").factors[0]
    )


def test_how_groups_print() -> None:
    group = gauge_group("SU(3)*SU(2)_L × U(1)_Y x U(1)_L_mu-L_tau x E6 x G2_D x U(1)_EM x U(1)_X'")
    assert str(group) == "SU(3) x SU(2)_L x U(1)_Y x U(1)_L_mu-L_tau x E6 x G2_D x U(1)_EM x U(1)_X'"
    assert latex(group) == (
        r"SU(3) \times SU(2)_{L} \times U(1)_{Y} \times U(1)_{L_{\mu}-L_{\tau}} \times E_{6} \times G_{2,D} "
        r"\times U(1)_{\mathrm{EM}} \times U(1)_{X'}"
    )
    assert (str(GaugeGroup(())), latex(GaugeGroup(()))) == ("1", "1")
    assert (repr(SU(2, "L")), str(U1("Y")), latex([U1("Y")])) == (
        "SU(2)_L",
        "U(1)_Y",
        r"\left[ U(1)_{Y}\right]",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Argument 'text' must be a product of groups such as 'SU(3) x SU(2)_L x U(1)_Y', not ''."),
        ("SU(3) x", "Argument 'text' must be a product of groups"),
        ("SU(3) SU(2)", "Argument 'text' must be a product of groups"),
        ("SU(3) x SU(-2)", "Argument 'text' must be a product of groups"),
        ("SU(3)_{c}", "Argument 'text' must be a product of groups"),
        ("SU(03)", "Argument 'text' must be a product of groups"),
        ("U(2)", "Argument 'text' must be a product of groups"),
        ("SU(3) x U(1)", "as in U(1)_Y, not 'U(1)'."),
        ("SU(2) x SU(2)", "must have distinct names, not SU(2) twice: add labels, as in SU(2)_L x SU(2)_R."),
        ("E6 x U(1)_E6", "must have distinct names, not E6 twice"),
        ("SU(1)", "SU(1) is trivial: leave it out."),
        ("SO(2)", "SO(2) is not a simple group: it is abelian, write U(1)_X with a name for X."),
        ("SO(4)", "SO(4) is not a simple group: write SU(2)_L x SU(2)_R."),
        ("Sp(5)", "Sp(5) does not exist: Sp(n) has even n, and Sp(2) = SU(2)."),
        ("E5", "must be one of E6, E7, E8, F4, G2, not 'E5'."),
        ("SU(1000)", "SU(1000) has rank 999: groups of rank up to 64 are supported."),
    ],
)
def test_gauge_groups_that_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(ArgumentError, match=re.escape(message)):
        gauge_group(text)


def test_bad_arguments_of_the_constructors() -> None:
    with pytest.raises(ArgumentTypeError, match="Argument 'text' must be a product of groups"):
        gauge_group(3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="Argument 'n' must be an integer of at least 1, not 0"):
        SU(0)
    with pytest.raises(RepresentationError, match=r"SO\(4\) is not a simple group"):
        SO(4)
    with pytest.raises(ArgumentError, match="Argument 'label' must be a short name such as 'L', not 'a b'"):
        SU(2, "a b")
    with pytest.raises(RepresentationError, match="must be one of E6, E7, E8, F4, G2, not 'E9'"):
        exceptional("E9")
    with pytest.raises(RepresentationError, match=r"must be one of E6, E7, E8, F4, G2, not \['E6'\]"):
        exceptional(["E6"])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"must be \('A', 4\) for SU\(5\), not \('A', 3\)"):
        SimpleGroup("A", 3, "SU(5)")
    with pytest.raises(ArgumentError, match="Argument 'name' must be the name of a simple group"):
        SimpleGroup("A", 4, "GUT")
    with pytest.raises(
        ArgumentError, match="Argument 'name' must be a short name such as 'Y' or 'B-L', not ''"
    ):
        U1("")
    with pytest.raises(ArgumentTypeError, match="Argument 'factors' must be a tuple of SimpleGroup and U1"):
        GaugeGroup((SU(3), "U(1)_Y"))
    with pytest.raises(
        UnknownNameError, match=r"must be a factor of the gauge group \(SU\(3\), Y\), not 'Z'"
    ):
        gauge_group("SU(3) x U(1)_Y").factor("Z")
