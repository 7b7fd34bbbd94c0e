"""Rational points on quadrics: Hilbert symbols, certificates and points, against brute force."""

from __future__ import annotations

import pickle
import sys
from fractions import Fraction
from itertools import combinations, product
from math import gcd, isqrt, prod
from typing import Any

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy.printing.latex import latex

from anomalies.diophantine.pari import pari_is_installed
from anomalies.diophantine.quadrics import (
    REAL,
    Obstruction,
    Place,
    check_obstruction,
    diagonalise,
    evaluate,
    hilbert_symbol,
    local_obstruction,
    rational_point,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, MissingToolError
from anomalies.linear import rank

SQUAREFREE = [a for a in range(-15, 16) if a and all(a % p**2 for p in (2, 3))]
numbers = st.integers(-200, 200).filter(bool)
grams = st.integers(1, 4).flatmap(
    lambda size: st.lists(
        st.fractions(-6, 6, max_denominator=3), min_size=size * size, max_size=size * size
    ).map(lambda flat: _symmetric(flat, size))
)
Gram = tuple[tuple[Fraction, ...], ...]


def _symmetric(flat: list[Fraction], size: int) -> Gram:
    return tuple(tuple(flat[size * min(i, j) + max(i, j)] for j in range(size)) for i in range(size))


def diagonal(*coefficients: int) -> Gram:
    return tuple(
        tuple(Fraction(a if i == j else 0) for j, _ in enumerate(coefficients))
        for i, a in enumerate(coefficients)
    )


def zeros_modulo(coefficients: tuple[int, ...], p: int, modulus: int) -> bool:
    """Whether a diagonal form has a zero modulo some number with an entry that p does not divide."""
    values = {(x * x % modulus, x % p != 0) for x in range(modulus)}
    return any(
        any(unit for _, unit in x)
        and sum(a * s for a, (s, _) in zip(coefficients, x, strict=True)) % modulus == 0
        for x in product(values, repeat=len(coefficients))
    )


# ---------------------------------------------------------------- Hilbert symbols


@pytest.mark.parametrize(("p", "modulus"), [(2, 32), (3, 9), (5, 25), (7, 49)])
def test_hilbert_symbols_are_solvability_modulo_a_power(p: int, modulus: int) -> None:
    seen = set()
    for a, b in product(SQUAREFREE, repeat=2):
        if a < b:
            symbol = hilbert_symbol(a, b, p)
            assert (symbol == 1) == zeros_modulo((a, b, -1), p, modulus), (a, b)
            seen.add(symbol)
    assert seen == {1, -1}


@given(numbers, numbers, numbers, st.sampled_from([REAL, 2, 3, 5, 7]))
def test_hilbert_symbols_are_bilinear_and_symmetric(a: int, b: int, c: int, place: Place) -> None:
    assert hilbert_symbol(a, b, place) == hilbert_symbol(b, a, place)
    assert hilbert_symbol(a, b * c, place) == hilbert_symbol(a, b, place) * hilbert_symbol(a, c, place)
    assert hilbert_symbol(a, -a, place) == 1
    assert hilbert_symbol(a, b * c * c, place) == hilbert_symbol(a, b, place)


@given(numbers, numbers)
def test_the_product_of_all_hilbert_symbols_is_one(a: int, b: int) -> None:
    places: list[Place] = [REAL, *sympy.primefactors(2 * a * b)]
    assert prod(hilbert_symbol(a, b, place) for place in places) == 1


# ---------------------------------------------------------------- solvable or not


def legendre_zero(a: int, b: int, c: int) -> bool:
    """Brute force in the box of Holzer: |x| <= sqrt|bc| and so on, for squarefree coprime coefficients."""
    for x, y in product(range(isqrt(abs(b * c)) + 1), range(isqrt(abs(a * c)) + 1)):
        rest = -(a * x * x + b * y * y)
        if (x or y) and rest % c == 0 and rest // c >= 0 and isqrt(rest // c) ** 2 == rest // c:
            return True
    return False


def test_ternary_forms_against_brute_force() -> None:
    outcomes = {True: 0, False: 0}
    for a, b, c in product(SQUAREFREE, repeat=3):
        if a <= b <= c and gcd(a, b) == gcd(b, c) == gcd(a, c) == 1:
            solvable = legendre_zero(a, b, c)
            obstruction = local_obstruction(diagonal(a, b, c))
            assert (obstruction is None) == solvable, (a, b, c)
            outcomes[solvable] += 1
    assert min(outcomes.values()) > 100


def test_quaternary_forms_against_brute_force() -> None:
    outcomes = {True: 0, False: 0}
    for a, b, c in product((1, 2, 3, 5, 6, 7), repeat=3):
        form = (1, a, -b, -c)
        zero = any(
            any(x) and sum(k * y * y for k, y in zip(form, x, strict=True)) == 0
            for x in product(range(9), repeat=4)
        )
        assert (local_obstruction(diagonal(*form)) is None) == zero, form
        outcomes[zero] += 1
    assert min(outcomes.values()) > 2


@pytest.mark.skipif(not pari_is_installed(), reason="needs cypari")
@given(grams)
def test_a_form_has_a_point_or_a_certificate(gram: Gram) -> None:
    assume(any(map(any, gram)))
    found = rational_point(gram)
    if isinstance(found, Obstruction):
        assert check_obstruction(found)
        assert found == local_obstruction(gram)
    else:
        point = tuple(map(Fraction, found))
        assert evaluate(gram, point, point) == 0
        assert any(sum(g * x for g, x in zip(row, point, strict=True)) for row in gram)
        assert gcd(*found) == 1
        assert local_obstruction(gram) is None


@given(st.lists(numbers, min_size=5, max_size=7))
def test_five_squares_fail_at_the_real_place_only(coefficients: list[int]) -> None:
    obstruction = local_obstruction(diagonal(*coefficients))
    assert (obstruction is not None) == (len({a > 0 for a in coefficients}) == 1)
    assert obstruction is None or obstruction.place == REAL


@pytest.mark.skipif(not pari_is_installed(), reason="needs cypari")
@pytest.mark.parametrize(
    "coefficients", [(1009, 1000003, -1022117), (10007, 10009, -10037, -10039), (1, 1, -(10**9 + 9))]
)
def test_points_without_small_zeros_come_from_pari(coefficients: tuple[int, ...]) -> None:
    gram = diagonal(*coefficients)
    found = rational_point(gram)
    assert (local_obstruction(gram) is None) == (not isinstance(found, Obstruction))
    if not isinstance(found, Obstruction):
        assert sum(a * x * x for a, x in zip(coefficients, found, strict=True)) == 0


def test_pari_is_asked_for_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cypari", None)
    assert rational_point(diagonal(2, 3, -5)) == (1, 1, 1)
    assert rational_point(diagonal(7, 11, -239)) == (3, 4, 1)
    with pytest.raises(MissingToolError, match="needs cypari"):
        rational_point(diagonal(1, 1, -(10**9 + 9)))


# ---------------------------------------------------------------- certificates


@pytest.mark.parametrize("coefficients", list(combinations((1, 2, -3, 5, -6, -7), 3)))
def test_obstructions_hold_modulo_a_power(coefficients: tuple[int, ...]) -> None:
    obstruction = local_obstruction(diagonal(*coefficients))
    if obstruction is not None and obstruction.place != REAL:
        p = int(obstruction.place)
        assert not zeros_modulo(obstruction.coefficients, p, 32 if p == 2 else p**2)


def test_the_classic_certificate() -> None:
    obstruction = rational_point(diagonal(1, 1, -3))
    assert isinstance(obstruction, Obstruction)
    assert obstruction.place == 2
    assert str(obstruction) == "x_1^2 + x_2^2 - 3*x_3^2 has no zero over Q_2 other than 0"
    assert Obstruction(obstruction.gram, 3, obstruction.coefficients, obstruction.vectors).field == "Q_3"
    assert r"\mathbb{Q}_{2}" in latex(obstruction)
    assert pickle.loads(pickle.dumps(obstruction)) == obstruction
    assert len({obstruction, pickle.loads(pickle.dumps(obstruction))}) == 1


@pytest.mark.parametrize(("place", "change"), [(5, 0), (REAL, 0), (2, 1)])
def test_false_certificates_are_refused(place: Place, change: int) -> None:
    true = local_obstruction(diagonal(1, 1, -3))
    assert true is not None
    coefficients = tuple(a + change for a in true.coefficients)
    with pytest.raises(ArgumentError, match="Argument 'place' must be one where the form has no zero"):
        Obstruction(true.gram, place, coefficients, true.vectors)


def test_a_certificate_covers_the_whole_form() -> None:
    true = local_obstruction(diagonal(1, 1, -3))
    assert true is not None
    with pytest.raises(ArgumentError, match="one where the form has no zero"):
        Obstruction(diagonal(1, 1, -3), REAL, true.coefficients[:2], true.vectors[:2])


@given(grams)
def test_diagonal_forms_are_congruent(gram: Gram) -> None:
    assume(any(map(any, gram)))
    coefficients, vectors = diagonalise(gram)
    assert len(coefficients) == rank(gram) == rank(vectors)
    for i, v in enumerate(vectors):
        for j, w in enumerate(vectors):
            assert evaluate(gram, v, w) == (coefficients[i] if i == j else 0)
    assert all(a % p**2 for a in coefficients for p in (2, 3, 5, 7))


# ---------------------------------------------------------------- bad input


def test_bad_input_is_refused() -> None:
    with pytest.raises(ArgumentError, match="Argument 'gram' must be a matrix other than zero"):
        rational_point([[0, 0], [0, 0]])
    with pytest.raises(ArgumentError, match="Argument 'gram' must be a symmetric matrix"):
        rational_point([[1, 2], [3, 4]])
    with pytest.raises(ArgumentError, match=r"Argument 'gram\[0\]' must have 2 entries, not 1"):
        rational_point([[1], [2]])
    with pytest.raises(
        ArgumentTypeError, match="Argument 'gram' must be a symmetric matrix of rational numbers"
    ):
        rational_point("1")
    with pytest.raises(InexactNumberError):
        rational_point([[0.5]])
    with pytest.raises(ArgumentError, match="Argument 'gram' must be a matrix other than zero"):
        local_obstruction([])
    places: tuple[Any, ...] = (4, 1, -3, "complex")
    for place in places:
        with pytest.raises(ArgumentError, match="Argument 'place' must be a prime number or 'real'"):
            hilbert_symbol(1, 1, place)
    with pytest.raises(ArgumentError, match="Argument 'a' must be an integer other than zero"):
        hilbert_symbol(0, 1, 2)
