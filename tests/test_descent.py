"""The bound for the rank by 3-isogeny descent: local images, Selmer groups, and points that must fit in."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, permutations, product
from math import prod

import pytest
from flint import fmpz
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import latex

from anomalies.diophantine import (
    CubicCurve,
    cubic_curve,
    dark_sectors,
    mordell_weil,
    pari_is_installed,
    product_form,
    sectors_with_denominator,
    torsion_subgroup,
)
from anomalies.diophantine.curve import CurvePoint
from anomalies.diophantine.descent import IsogenyDescent, isogeny_descent
from anomalies.diophantine.heights import height_form
from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError

needs_pari = pytest.mark.skipif(not pari_is_installed(), reason="needs cypari, the extra 'curves'")

charges = st.fractions(min_value=-6, max_value=6, max_denominator=5)
triples = st.tuples(charges, charges, charges)


def _curve(pairs: Iterable[int | Fraction]) -> CubicCurve:
    """The curve of given pair sums p, q, r."""
    p, q, r = map(Fraction, pairs)
    return cubic_curve([(q + r - p) / 2, (r + p - q) / 2, (p + q - r) / 2])


def _smooth(a: Iterable[int | Fraction]) -> bool:
    form = product_form(list(a))
    return form.pi != 0 and form.sigma**3 != 27 * form.pi


def _small_curves(bound: int, step: int = 1) -> list[CubicCurve]:
    """The different curves with |p|, |q|, |r| <= bound, or every so many of them."""
    found: dict[tuple[int, int], CubicCurve] = {}
    for pairs in combinations_with_replacement(range(-bound, bound + 1), 3):
        if prod(pairs) and sum(pairs) ** 3 != 27 * prod(pairs):
            curve = _curve(pairs)
            found.setdefault((curve.sigma, curve.pi), curve)
    return list(found.values())[::step]


# ---------------------------------------------------------------- local images, from points of plane cubics


def _valuation(value: int, p: int) -> int:
    """The exponent of p, and a large number for zero."""
    exponent = 0
    while value and value % p == 0:
        value, exponent = value // p, exponent + 1
    return exponent if value else 10**6


def _has_point(sigma: int, pi: int, u: int, p: int) -> bool:
    """Whether F = u^2 W^3 + sigma u W M N + pi u N^3 - M^3 has a zero over Q_p: y = u W^3, x = W M."""

    def search(chart: int, point: tuple[int, int], k: int) -> bool:
        """Look for zeros that agree with `point` mod p^k, by Hensel's lemma and branching."""
        coordinates = list(point)
        coordinates.insert(chart, 1)
        W, M, N = coordinates
        F = u * u * W**3 + sigma * u * W * M * N + pi * u * N**3 - M**3
        gradient = [
            3 * u * u * W**2 + sigma * u * M * N,
            sigma * u * W * N - 3 * M**2,
            sigma * u * W * M + 3 * pi * u * N**2,
        ]
        del gradient[chart]
        slope, value = min(_valuation(g, p) for g in gradient), _valuation(F, p)
        if value > 2 * slope:
            return True
        if value < min(2 * k, k + slope):
            return False
        x, y = point
        return any(search(chart, (x + i * p**k, y + j * p**k), k + 1) for i, j in product(range(p), repeat=2))

    return any(search(chart, (0, 0), 0) for chart in range(3))


def _classes(p: int) -> list[int]:
    """Integers for all classes of Q_p*/cubes."""
    if p % 3 == 2:
        units = [1]
    elif p == 3:
        units = [1, 2, 4]
    else:
        least = next(g for g in range(2, p) if pow(g, (p - 1) // 3, p) != 1)
        units = [1, least, least**2]
    return [p**k * unit for k in range(3) for unit in units]


def _is_cube(u: int, p: int) -> bool:
    v = _valuation(u, p)
    unit = u // p**v
    if v % 3:
        return False
    return unit % 9 in (1, 8) if p == 3 else p % 3 == 2 or pow(unit, (p - 1) // 3, p) == 1


@cache
def _image(sigma: int, pi: int, p: int) -> frozenset[int]:
    return frozenset(u for u in _classes(p) if _has_point(sigma, pi, u, p))


def _dimension(order: int) -> int:
    return {1: 0, 3: 1, 9: 2}[order]


def _bad_primes(curve: CubicCurve) -> list[int]:
    return [int(p) for p, _ in fmpz(3 * curve.discriminant).factor()]


def _in_image(u: int, image: frozenset[int], p: int) -> bool:
    """Whether u times the inverse (the square) of some class of the image is a cube."""
    return any(_is_cube(u * v * v, p) for v in image)


def _by_definition(curve: CubicCurve) -> tuple[int, int]:
    """Both dimensions: S(phi^) by trying all classes, S(phi) by the formula of Greenberg and Wiles.

    |S(phi)|/|S(phi^)| = 3 prod_v |image of E'(Q_v)|/3, because all three points in the kernel of phi are
    rational and only one in that of phi^ is.  The image of E'(Q_p) is dual to Q_p*/cubes modulo that of
    E(Q_p), and over the reals it is trivial.
    """
    bad = _bad_primes(curve)
    images = {p: _image(curve.sigma, curve.pi, p) for p in bad}
    own = [
        u
        for exponents in product(range(3), repeat=len(bad))
        if all(
            _in_image(u := prod(p**k for p, k in zip(bad, exponents, strict=True)), images[p], p) for p in bad
        )
    ]
    dimension = {3**k: k for k in range(len(bad) + 1)}[len(own)]
    return dimension, dimension + sum(
        _dimension(len(_classes(p))) - _dimension(len(image)) - 1 for p, image in images.items()
    )


def test_local_images_are_subgroups_that_contain_pi() -> None:
    sizes: Counter[tuple[int, int]] = Counter()
    for curve in _small_curves(7, 7):
        for p in (2, 3, 5, 7):
            image = _image(curve.sigma, curve.pi, p)
            assert all(_in_image(u * v, image, p) for u in image for v in image)
            assert _in_image(curve.pi, image, p)
            sizes[p % 3, len(image)] += 1
    assert set(sizes) == {(2, 1), (2, 3), (0, 1), (0, 3), (0, 9), (1, 1), (1, 3), (1, 9)}


def test_both_selmer_groups_against_points_over_every_p() -> None:
    moduli: Counter[str] = Counter()
    for curve in _small_curves(12, 5):
        if max(_bad_primes(curve)) > 13:
            continue
        descent = isogeny_descent(curve)
        assert (descent.dimension, descent.dual_dimension) == _by_definition(curve), curve
        for q in descent.moduli:
            p = 3 if q == 9 else q
            moduli[f"{'3' if p == 3 else 'p'} {'divides' if curve.pi % p == 0 else 'not'}"] += 1
    assert set(moduli) == {"3 divides", "3 not", "p divides", "p not"}
    assert min(moduli.values()) > 2


def test_every_residue_that_matters_at_three() -> None:
    seen: Counter[tuple[int, int]] = Counter()
    for curve in _small_curves(14):
        sigma, pi = curve.sigma, curve.pi
        if sigma % 3 or pi % 27 == 0:
            continue
        key = (sigma % 27, pi % 27)
        seen[key] += 1
        if seen[key] > 2:
            continue
        image = _dimension(len(_image(sigma, pi, 3)))
        assert (9 in isogeny_descent(curve).moduli) == (image < (1 if pi % 3 else 2)), curve
    assert len(seen) > 100


# ---------------------------------------------------------------- points


def _known_points(curve: CubicCurve, denominator: int) -> list[CurvePoint]:
    return [curve.point_of(sector) for sector in sectors_with_denominator(curve.a, denominator)]


def _independent(points: list[CurvePoint]) -> int:
    """The number of independent ones among points, as far as `height_form` shows it."""
    chosen: list[CurvePoint] = []
    for point in points:
        try:
            height_form([*chosen, point])
        except ArgumentError:
            continue
        chosen.append(point)
    return len(chosen)


def _in_span(u: int, generators: tuple[int, ...]) -> bool:
    """Whether u is, up to a cube, a product of powers of the generators."""
    products = {
        prod(g**k for g, k in zip(generators, exponents, strict=True))
        for exponents in product(range(3), repeat=len(generators))
    }
    return any(fmpz(u * v * v).root(3) ** 3 == u * v * v for v in products)


@pytest.mark.parametrize(
    "a", [(3, 2, 1), (2, 1, 1), (7, 1, -5), (1, 2, 5), (5, 3, -1), (9, 4, 2), (8, -3, 1)]
)
def test_points_have_classes_in_the_selmer_group(a: tuple[int, int, int]) -> None:
    curve = cubic_curve(a)
    descent = isogeny_descent(curve)
    points = [*_known_points(curve, 12), *torsion_subgroup(curve).points]
    for point in points:
        assert _in_span(descent.image(point), descent.selmer)
    # A homomorphism, on all pairs.
    for P, Q in product(points[:12], repeat=2):
        cube = descent.image(P) * descent.image(Q) * descent.image(P + Q) ** 2
        assert fmpz(cube).root(3) ** 3 == cube
        assert descent.image(P + P + P) == 1


def test_the_bound_is_not_below_the_independent_points_that_are_found() -> None:
    ranks: Counter[tuple[int, int]] = Counter()
    for curve in _small_curves(9, 12):
        lower = _independent(_known_points(curve, 8)[:12])
        upper = isogeny_descent(curve).upper
        assert lower <= upper, curve
        ranks[lower, upper] += 1
    assert ranks[1, 1] > 5
    assert ranks[2, 2] > 0


# The ranks are PARI's.  The last curve has non-trivial elements of Sha(E')[phi^]: S(phi) is trivial there.
@pytest.mark.parametrize(
    ("a", "rank", "upper"),
    [((2, 1, 1), 0, 0), ((3, 2, 1), 1, 1), (("3/5", 1, "1/20"), 2, 2), (("59/100", 1, 0), 2, 4)],
)
def test_known_curves(a: tuple[int | str, ...], rank: int, upper: int) -> None:
    found = isogeny_descent(cubic_curve(a))
    assert found.upper == upper
    assert found.upper == found.dimension + found.dual_dimension - 1
    if pari_is_installed():
        assert dark_sectors(a).rank == rank


@needs_pari
def test_the_bound_exceeds_the_rank_by_an_even_number() -> None:
    excess: Counter[int] = Counter()
    for curve in _small_curves(11, 4):
        known = mordell_weil(curve)
        assert known.upper == len(known.generators), curve
        excess[isogeny_descent(curve).upper - known.upper] += 1
    assert excess.total() > 250
    assert set(excess) <= {0, 2, 4}
    assert excess[0] > excess[2] > 0


# ---------------------------------------------------------------- what must not matter


def _answer(found: IsogenyDescent) -> tuple[object, ...]:
    return found.primes, found.moduli, found.symbols, found.selmer, found.dual_selmer, found.upper


@given(triples, charges)
def test_order_scale_and_sign_of_the_charges_do_not_matter(
    a: tuple[Fraction, Fraction, Fraction], scale: Fraction
) -> None:
    assume(scale and _smooth(a))
    expected = _answer(isogeny_descent(cubic_curve(a)))
    for order in permutations(a):
        assert _answer(isogeny_descent(cubic_curve(order))) == expected
    assert _answer(isogeny_descent(cubic_curve([scale * charge for charge in a]))) == expected


@given(triples)
def test_the_kernels_are_kernels_and_pi_is_in_them(a: tuple[Fraction, Fraction, Fraction]) -> None:
    assume(_smooth(a))
    curve = cubic_curve(a)
    found = isogeny_descent(curve)
    for u in found.selmer:
        exponents = [_valuation(u, p) for p in found.primes]
        assert u == prod(p**k for p, k in zip(found.primes, exponents, strict=True))
        for row in found.symbols:
            assert sum(map(int.__mul__, row, exponents)) % 3 == 0
    for c in found.dual_selmer:
        for k in range(len(found.primes)):
            assert sum(c_q * row[k] for c_q, row in zip(c, found.symbols, strict=True)) % 3 == 0
    assert _in_span(found.image(curve.three_torsion), found.selmer)
    # Dimensions and the rank of the matrix: the two kernels differ as its two sides.
    assert found.dimension - found.dual_dimension == len(found.primes) - len(found.moduli)


def test_a_model_that_is_not_minimal_gives_the_same() -> None:
    """The pair sums of a sector with denominators are a primitive vector with a larger sigma and pi."""
    larger = 0
    for a in [(3, 2, 1), (5, 3, -1), (4, 1, 1), (9, 4, 2), ("3/5", 1, "1/20")]:
        curve = cubic_curve(a)
        expected = _answer(isogeny_descent(curve))
        for k, T in product((1, 2, 3), torsion_subgroup(curve).representatives()):
            point = curve.trivial * k + T
            if not point.is_sector:
                continue
            other = cubic_curve(point.charges)
            assert other.j_invariant == curve.j_invariant
            assert _answer(isogeny_descent(other)) == expected
            larger += abs(other.pi) > abs(curve.pi)
    assert larger > 5


# ---------------------------------------------------------------- printing, big and bad input


def test_printing_and_pickling() -> None:
    found = isogeny_descent(cubic_curve([3, 2, 1]))
    assert str(found) == repr(found) == "rank at most 1, from Selmer groups of order 3^2 and 3^0"
    assert latex(found) == r"\operatorname{rank} \leq 1"
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(isogeny_descent(cubic_curve([3, 2, 1])))


def test_twenty_digits() -> None:
    curve = cubic_curve([10**19 + 51, 3, 7 - 10**10])
    found = isogeny_descent(curve)
    assert _in_span(found.image(curve.trivial), found.selmer)


def test_what_is_too_large_to_factor_is_refused() -> None:
    curve = cubic_curve([10**30 + 7, 10**29 + 9, 3 * 10**28])
    with pytest.raises(
        AnomaliesError, match=r"^The descent would have to factor a number of [0-9]+ digits\.$"
    ):
        isogeny_descent(curve)


def test_bad_input() -> None:
    curve = cubic_curve([3, 2, 1])
    with pytest.raises(ArgumentTypeError, match=r"Argument 'curve' must be a cubic curve, not \[3, 2, 1\]\."):
        isogeny_descent([3, 2, 1])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="Argument 'digits' must be an integer of at least 20, not 19"):
        isogeny_descent(curve, 19)
    with pytest.raises(ArgumentError, match="Argument 'point' must be a point of the curve"):
        isogeny_descent(curve).image(cubic_curve([2, 1, 1]).trivial)
