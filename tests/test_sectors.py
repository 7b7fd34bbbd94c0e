"""The complete answer for given lepton charges: branches, completeness, order, and what PARI adds."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from functools import partial
from itertools import combinations_with_replacement, islice, product
from math import isqrt
from pathlib import Path

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anomalies.diophantine import (
    BRANCHES,
    DarkSector,
    DarkSectors,
    NodalFamily,
    TangentFamily,
    VectorLikeFamily,
    cubic_curve,
    dark_sectors,
    many_states_by_height,
    mordell_weil,
    order_of_point,
    pari_is_installed,
    pari_worker,
    product_form,
    sectors_with_denominator,
)
from anomalies.diophantine.ordering import by_height
from anomalies.errors import (
    AnomaliesError,
    ArgumentError,
    InexactNumberError,
    MissingToolError,
    NotASolutionError,
    UnknownNameError,
)
from anomalies.theorems import find_theorem, proved

# The rank of a curve is beyond elementary means: these tests need the extra `curves`.
needs_pari = pytest.mark.skipif(not pari_is_installed(), reason="needs cypari, the extra 'curves'")

# Coefficients of thirty digits: the 2-descent would have to factor numbers of ninety.
HOPELESS = (10**30 + 7, 10**29 + 9, 3 * 10**28)

# The descent by the 3-isogeny says 0 to 2, and the trivial point has order six.
UNDECIDED = (2, 3, 3)

charges = st.fractions(min_value=-6, max_value=6, max_denominator=5)
triples = st.tuples(charges, charges, charges)


# ---------------------------------------------------------------- branches


def _expected_branch(a: tuple[int, ...]) -> str:
    """The branch for three dark states, from the charges themselves instead of sigma and pi."""
    e, mu, tau = map(Fraction, a)
    if 0 in (e + mu, mu + tau, tau + e):
        return "vector-like"
    mean = (e + mu + tau) * Fraction(2, 3)
    if (mu + tau) * (tau + e) * (e + mu) == mean**3:
        return "nodal"
    return "torsion" if order_of_point(cubic_curve(a).trivial) else "elliptic"


def test_every_small_input_lands_in_exactly_one_branch() -> None:
    seen: Counter[str] = Counter()
    undecided = 0
    for a in product(range(-6, 7), repeat=3):
        found = dark_sectors(a, rank="descent")
        assert found.branch == _expected_branch(a), a
        assert (found.curve is None) == (found.branch in {"vector-like", "nodal"})
        assert (found.status == "infinite") >= (found.branch != "torsion")
        assert (found.status == "undecided") == (
            found.rank_bounds is not None and not found.generators and not found.rank_bounds.decided
        )
        undecided += found.status == "undecided"
        assert DarkSector(a, a) in found
        seen[found.branch] += 1
    assert seen.total() == 13**3
    assert set(seen) == {"vector-like", "nodal", "torsion", "elliptic"}
    assert 0 < undecided < seen["torsion"]


def test_two_equal_charges_are_of_order_two_or_six_and_a_zero_is_nothing_special() -> None:
    for a in product(range(-5, 6), repeat=3):
        found = dark_sectors(a, rank="descent")
        if found.curve is not None:
            order = order_of_point(found.curve.trivial)
            assert (order in {2, 6}) == (len(set(a)) == 2)
    assert dark_sectors([3, 0, 1], rank="descent").branch == "elliptic"


@pytest.mark.parametrize("states", range(7))
def test_every_number_of_states_lands_in_one_branch(states: int) -> None:
    for a in product(range(-3, 4), repeat=3):
        found = dark_sectors(a, states, rank="descent")
        assert found.branch in BRANCHES
        assert (found.branch == "many") == (states > 3)
        assert (found.branch == "elementary") <= (states < 3)
        assert (found.status == "finite") <= bool(found.finite)
        assert (found.status == "none") <= (not found.finite)


def test_every_branch_rests_on_theorems_that_are_proved() -> None:
    branches = set()
    for a in [(1, -1, 0), (3, 2, 1), (2, 1, 1), (5, -4, -4), (1, -1, 2), (3, 0, 1)]:
        for states in range(6):
            found = dark_sectors(a, states, rank="descent")
            branches.add(found.branch)
            assert found.claims
            for name in found.claims:
                assert proved(find_theorem(name)).status == "proved"
    assert branches == set(BRANCHES)


# ---------------------------------------------------------------- few states, against brute force


def _brute_force(a: tuple[int, ...], states: int, denominator: int, size: int) -> set[DarkSector]:
    """All sectors with dark charges N/denominator, |N| <= size."""
    scaled = [x * denominator for x in a]
    total, cubes = sum(scaled), sum(x**3 for x in scaled)
    return {
        DarkSector(a, [Fraction(x, denominator) for x in n])
        for n in combinations_with_replacement(range(-size, size + 1), states)
        if sum(n) == total and sum(x**3 for x in n) == cubes
    }


@pytest.mark.parametrize("states", [0, 1, 2])
def test_few_states_are_complete(states: int) -> None:
    table: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for n in combinations_with_replacement(range(-19, 20), states):
        table.setdefault((sum(n), sum(x**3 for x in n)), []).append(n)
    hits = 0
    for a in product(range(-6, 7), repeat=3):
        found = dark_sectors(a, states)
        expected = {DarkSector(a, n) for n in table.get((sum(a), sum(x**3 for x in a)), ())}
        if found.family is None:
            assert expected == {sector for sector in found if sector.denominator == 1}
        else:
            assert isinstance(found.family, VectorLikeFamily)
            assert expected == {found.family.subs(c) for c in range(20)}
        hits += len(expected)
    assert hits > 0


# ---------------------------------------------------------------- three states, against brute force


def _all_with_denominator(a: tuple[Fraction, ...], d: int, size: int) -> set[DarkSector]:
    """All sectors with n = N/d, |N_1| <= size the largest: two loops and the quadratic for the last two."""
    total = int(sum(a) * d)
    cubes = sum((x * d) ** 3 for x in a)
    found = set()
    for x in range(-size, size + 1):
        # y + z and y z from the sum and the sum of cubes.
        s, t = total - x, cubes - x**3
        if s == 0:
            continue
        p, remainder = divmod(s**3 - t, 3 * s)
        square = s * s - 4 * p
        if not remainder and square >= 0 and isqrt(int(square)) ** 2 == square:
            root = isqrt(int(square))
            found.add(DarkSector(a, [Fraction(n, 2 * d) for n in (2 * x, s - root, s + root)]))
    return found


@pytest.mark.parametrize(
    "a", [("3/5", 1, "1/20"), (3, 2, 1), (2, 1, 1), (7, 1, -5), (5, -4, -4), (4, -1, 6), ("1/2", "1/3", 2)]
)
def test_the_list_by_denominator_is_complete(a: tuple[object, ...]) -> None:
    found = set(sectors_with_denominator(a, 60))
    exact = tuple(Fraction(str(x)) for x in a)
    step = DarkSector(exact, exact).denominator
    expected = {s for d in range(step, 61, step) for s in _all_with_denominator(exact, d, 40 * d)}
    assert {sector for sector in found if max(map(abs, sector.n)) <= 40} <= expected
    assert expected <= found
    assert DarkSector(exact, exact) in found


@needs_pari
@pytest.mark.parametrize(
    "a", [("3/5", 1, "1/20"), ("59/100", 1, 0), (2, 1, 1), (3, 2, 1), (7, 1, -5), (4, -1, 6), (9, 2, 2)]
)
def test_the_curve_has_exactly_the_sectors_of_the_search(a: tuple[object, ...]) -> None:
    found = dark_sectors(a)
    searched = set(sectors_with_denominator(a, 100))
    assert searched
    if found.status == "finite":
        assert set(found) == searched
    else:
        highest = max(sector.height for sector in searched)
        reached = set()
        for sector in found:
            if sector.height > highest:
                break
            reached.add(sector)
        assert {sector for sector in reached if sector.denominator <= 100} == searched


# ---------------------------------------------------------------- the worked values


@needs_pari
def test_the_published_point_has_rank_two() -> None:
    # arXiv:1909.02021, (A.4)
    found = dark_sectors(["3/5", 1, "1/20"])
    assert (found.branch, found.rank, str(found.torsion)) == ("elliptic", 2, "Z/3")
    assert DarkSector(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"]) in found.first(2)


@needs_pari
def test_the_best_fit_point_has_rank_two() -> None:
    found = dark_sectors(["59/100", 1, 0])
    assert (found.branch, found.rank) == ("elliptic", 2)
    assert DarkSector(["59/100", 1, 0], ["-549/200", "3103/1700", "8533/3400"]) in found.first(2)


@needs_pari
def test_a_curve_of_rank_zero_has_a_finite_complete_list() -> None:
    found = dark_sectors([2, 1, 1])
    assert (found.branch, found.status, found.rank, str(found.torsion)) == ("torsion", "finite", 0, "Z/6")
    assert found.complete
    assert list(found) == [DarkSector([2, 1, 1], [2, 1, 1])]
    assert "rank 0 leaves only the points of finite order" in found.reason


@needs_pari
def test_two_sectors_in_the_torsion_group_of_order_twelve() -> None:
    # The second is half the first: 4P = 0 modulo T, and 2P is the sector with two equal charges.
    found = dark_sectors([-2, 34, -38])
    assert (found.branch, found.status, str(found.torsion)) == ("torsion", "finite", "Z/12")
    assert set(found) == {DarkSector([-2, 34, -38], n) for n in ([-2, 34, -38], [-26, 10, 10])}


def test_the_nodal_example_of_footnote_13() -> None:
    found = dark_sectors([5, -4, -4])
    assert (found.branch, found.status, found.complete, found.rank) == ("nodal", "infinite", True, None)
    assert DarkSector([5, -4, -4], [-1, -1, -1]) in found.first(5)


# ---------------------------------------------------------------- order of iteration

EXAMPLES = [
    ((3, 2, 1), 3),
    (("3/5", 1, "1/20"), 3),
    ((5, -4, -4), 3),
    (("5/3", "-4/3", "-4/3"), 3),
    ((1, -1, "5/2"), 3),
    ((1, -1, 0), 2),
    ((3, 2, 1), 4),
    ((1, 0, "1/2"), 4),
    ((1, 2, -1), 5),
]


@pytest.mark.parametrize(("a", "states"), EXAMPLES)
def test_sectors_come_once_and_by_height(a: tuple[object, ...], states: int) -> None:
    found = dark_sectors(a, states, rank="descent")
    first = found.first(25)
    keys = [(sector.height, sector.n) for sector in first]
    assert keys == sorted(keys)
    assert len(set(first)) == 25
    assert all(sector in found for sector in first)
    assert list(islice(found, 25)) == list(first)


def test_the_merge_waits_for_the_floor() -> None:
    a = (0, 0, 0)
    low, high = DarkSector(a, [0, 1, -1]), DarkSector(a, [0, 9, -9])
    assert list(by_height([(1, [high]), (2, [low, high]), (99, [])])) == [low, high]


# ---------------------------------------------------------------- families


@given(
    st.integers(1, 30), st.integers(1, 30), st.sampled_from([(5, -4, -4), (1, 1, 1), ("2/3", "2/3", "2/3")])
)
def test_the_nodal_family_and_its_inverse(u: int, v: int, a: tuple[object, ...]) -> None:
    family = NodalFamily(a)
    sector = family.subs([u, v])
    assert sector in family
    found = family.parameters_of(sector)
    assert found[0] * min(u, v) == found[1] * max(u, v)
    assert family.subs(found) == sector


@pytest.mark.parametrize("a", [(5, -4, -4), (2, 2, 2)])
def test_the_nodal_family_is_complete(a: tuple[int, ...]) -> None:
    family = NodalFamily(a)
    searched = set(sectors_with_denominator(a, 40))
    assert family.node in searched
    assert len(searched) > 5
    for sector in searched:
        assert family.subs(family.parameters_of(sector)) == sector


def test_nodal_lepton_charges_are_themselves_in_the_family() -> None:
    """All lepton charges with a nodal cubic: each is a sector of its own node."""
    nodal = [a for a in product(range(-20, 21), repeat=3) if dark_sectors_branch(a) == "nodal"]
    assert len({tuple(sorted(a)) for a in nodal if len(set(a)) > 1}) > 2
    for a in nodal:
        family = NodalFamily(a)
        u, v = family.parameters_of(DarkSector(a, a))
        assert (u == v == 0) == (len(set(a)) == 1)


def dark_sectors_branch(a: tuple[int, ...]) -> str:
    form = product_form(a)
    if form.pi == 0:
        return "vector-like"
    return "nodal" if form.sigma**3 == 27 * form.pi else "smooth"


def test_what_the_nodal_family_refuses() -> None:
    with pytest.raises(ArgumentError, match="whose cubic is nodal, not"):
        NodalFamily([3, 2, 1])
    with pytest.raises(ArgumentError, match=r"Argument 'values' must be \(0, 0\), or u, v with u v"):
        NodalFamily([1, 1, 1]).subs([1, -1])
    with pytest.raises(ArgumentError, match="Argument 'sector' must be a sector of this family"):
        NodalFamily([1, 1, 1]).parameters_of(DarkSector([1, 2, 3], [1, 2, 3]))


@given(triples, st.integers(-9, 9), st.integers(-9, 9))
def test_the_tangent_family_and_its_inverse(a: tuple[Fraction, ...], v_1: int, v_2: int) -> None:
    assume(0 not in a)
    family = TangentFamily(a)
    v_3 = -(a[0] ** 2 * v_1 + a[1] ** 2 * v_2) / a[2] ** 2
    above = a[0] * v_1**2 + a[1] * v_2**2 + a[2] * v_3**2
    if above * (v_1 + v_2) * (v_2 + v_3) * (v_3 + v_1) == 0:
        with pytest.raises(
            ArgumentError, match="Argument 'values' must be a direction that meets the surface"
        ):
            family.subs([v_1, v_2])
        return
    sector = family.subs([v_1, v_2])
    assert sector in family
    assert sector in dark_sectors(a, 4)
    assert family.subs(family.parameters_of(sector)) == sector


def test_the_tangent_family_is_infinite_but_not_everything() -> None:
    family = TangentFamily([3, 2, 1])
    assert len({family.subs([1, v]) for v in range(20)}) == 20
    everything = list(islice(many_states_by_height([3, 2, 1], 4), 30))
    assert 0 < sum(sector in family for sector in everything) < 30
    assert DarkSector([3, 2, 1], [3, 2, 1, 0]) not in family
    assert next(iter(family)) in family
    with pytest.raises(ArgumentError, match="Argument 'a' must be three charges other than zero"):
        TangentFamily([1, 0, 2])


@pytest.mark.parametrize(("a", "states"), [((3, 2, 1), 4), ((1, 0, -2), 4), ((2, -1, 1), 4), ((1, 1, 0), 5)])
def test_many_states_are_complete(a: tuple[int, ...], states: int) -> None:
    bound = 8 if states == 4 else 6
    found = set()
    for sector in many_states_by_height(a, states):
        if sector.height > bound:
            break
        found.add(sector)
    expected = {
        sector
        for d in range(1, bound + 1)
        for sector in _brute_force(a, states, d, bound)
        if sector.height <= bound
    }
    assert found == expected
    assert DarkSector(a, [*a, *[0] * (states - 3)]) in found


@given(triples, st.integers(4, 7))
def test_four_or_more_states_have_an_infinite_family(a: tuple[Fraction, ...], states: int) -> None:
    found = dark_sectors(a, states)
    assert (found.branch, found.status) == ("many", "infinite")
    if isinstance(found.family, VectorLikeFamily):
        assert found.family.subs(7) in found
        assert found.family.subs(7) != found.family.subs(8)
    else:
        assert isinstance(found.family, TangentFamily)
        assert states == 4


# ---------------------------------------------------------------- what PARI adds


@needs_pari
def test_generators_are_independent_points_that_enlarge_what_is_known() -> None:
    grown = 0
    for a in combinations_with_replacement(range(-3, 5), 3):
        if dark_sectors_branch(a) != "smooth":
            continue
        core, full = dark_sectors(a, rank="descent"), dark_sectors(a, rank="pari")
        assert core.rank_bounds is not None
        assert full.rank_bounds is not None
        assert core.rank_bounds.lower <= full.rank_bounds.lower == len(full.generators)
        assert full.rank_bounds.upper is not None
        assert full.rank_bounds.lower <= full.rank_bounds.upper
        assert core.torsion == full.torsion
        assert set(core.first(2)) <= set(full.first(20))
        grown += full.rank_bounds.decided > core.rank_bounds.decided
    assert grown > 0
    best_fit = ["59/100", 1, 0]
    assert len(dark_sectors(best_fit, rank="descent").generators) < len(dark_sectors(best_fit).generators)


@needs_pari
def test_a_time_limit_leaves_the_rank_open() -> None:
    found = dark_sectors(HOPELESS, time_limit="1/2")
    assert found.rank_bounds is not None
    assert (found.status, found.rank_bounds.upper) == ("infinite", None)
    assert "stopped by the time limit" in found.reason
    assert dark_sectors([3, 2, 1], time_limit=60).rank == 1


@needs_pari
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_interrupts_a_rank_computation() -> None:
    code = """
import os, subprocess, sys
from anomalies.diophantine import dark_sectors
dark_sectors([3, 2, 1], rank="pari")
subprocess.Popen([sys.executable, "-c", f"import os, time; time.sleep(0.3); os.kill({os.getpid()}, 2)"])
try:
    dark_sectors([10**30 + 7, 10**29 + 9, 3 * 10**28], rank="pari")
except KeyboardInterrupt:
    print("interrupted", dark_sectors([2, 1, 1], rank="pari").rank)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert ran.stdout.split() == ["interrupted", "0"]


@needs_pari
def test_a_time_limit_changes_nothing_else() -> None:
    for a in [("3/5", 1, "1/20"), (2, 1, 1), (3, 2, 1)]:
        assert dark_sectors(a, time_limit=60) == dark_sectors(a)


@needs_pari
def test_pari_errors_come_back_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    curve = cubic_curve([3, 2, 1])
    compute = pari_worker.compute
    for program, message in (
        ("(c, k, u, b, e) -> 1/0", "impossible inverse"),
        ('(c, k, u, b, e) -> error("no")', "user error: no"),
        ("(c, k, u, b, e) -> vector(10^9, i, i)", "the PARI stack overflows"),
    ):
        monkeypatch.setattr(pari_worker, "compute", partial(compute, program=program))
        with pytest.raises(AnomaliesError, match=rf"PARI could not compute the rank of y.*: .*{message}"):
            mordell_weil(curve)
        monkeypatch.undo()
        assert mordell_weil(curve).upper == 1


@needs_pari
def test_a_process_that_dies_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    monkeypatch.setattr(pari_worker, "__file__", str(worker))
    for code, message in (
        ("raise RuntimeError('no')", "RuntimeError: no"),
        ("raise SystemExit(3)", "status 3"),
    ):
        worker.write_text(code)
        with pytest.raises(AnomaliesError, match=f"PARI could not compute the rank of y.*{message}"):
            mordell_weil(cubic_curve([3, 2, 1]), time_limit=60)


def test_without_pari_the_rank_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cypari", None)
    assert not pari_is_installed()
    found = dark_sectors(UNDECIDED)
    assert (found.status, found.complete, str(found.rank)) == ("undecided", False, "0 to 2")
    assert "The rank is not decided" in found.reason
    with pytest.raises(MissingToolError, match=r"pip install 'gauge-anomalies\[curves\]'"):
        dark_sectors(UNDECIDED, rank="pari")
    assert dark_sectors([2, 1, 1]).status == "finite"


# ---------------------------------------------------------------- the result object, and bad input


@settings(max_examples=25)
@given(triples, st.integers(0, 5))
def test_results_print_pickle_and_compare(a: tuple[Fraction, ...], states: int) -> None:
    found = dark_sectors(a, states, rank="descent")
    assert pickle.loads(pickle.dumps(found)) == found == dark_sectors(list(a), states, rank="descent")
    assert found in {found}
    assert found.status in str(found)
    assert found.branch in sympy.latex([found])
    shown = found.as_json(2)
    assert json.loads(json.dumps(shown)) == shown
    assert {"branch", "rank", "torsion", "sectors"} <= shown.keys()
    assert len(shown["sectors"]) <= 2


def test_membership_is_exact() -> None:
    found: DarkSectors = dark_sectors(["3/5", 1, "1/20"], rank="descent")
    assert DarkSector(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"]) in found
    assert DarkSector([1, "3/5", "1/20"], ["1/4", "7/20", "21/20"]) not in found
    assert DarkSector(["3/5", 1, "1/20"], ["3/5", 1, "1/20", 0]) not in found
    assert "3/5" not in found
    with pytest.raises(NotASolutionError):
        DarkSector(["3/5", 1, "1/20"], [1, 2, 3])


def test_bad_input() -> None:
    with pytest.raises(InexactNumberError, match=r"Argument 'a\[1\]' must be exact, not 0.5"):
        dark_sectors([1, 0.5, 2])
    with pytest.raises(ArgumentError, match="Argument 'a' must have 3 entries, not 4"):
        dark_sectors([1, 2, 3, 4])
    with pytest.raises(ArgumentError, match="Argument 'states' must be an integer of at least 0, not -1"):
        dark_sectors([1, 2, 3], -1)
    with pytest.raises(
        UnknownNameError, match="Argument 'rank' must be 'auto', 'pari' or 'descent', not 'gp'"
    ):
        dark_sectors([1, 2, 3], rank="gp")
    with pytest.raises(
        ArgumentError, match="Argument 'time_limit' must be a positive number of seconds, not 0"
    ):
        mordell_weil(cubic_curve([3, 2, 1]), time_limit=0)
    with pytest.raises(ArgumentError, match="Argument 'limit' must be an integer of at least 0"):
        dark_sectors([1, 2, 3], rank="descent").first(-1)
    with pytest.raises(ArgumentError, match="Argument 'a' must be lepton charges with p q r != 0"):
        sectors_with_denominator([1, -1, 3], 10)
    with pytest.raises(ArgumentError, match="Argument 'states' must be an integer of at least 4, not 3"):
        many_states_by_height([1, 2, 3], 3)
