r"""Rational points on a quadric: one of them, or a place at which there is none.

A quadratic form over the rationals has a non-trivial zero if and only if it has one over the real numbers and
over every p-adic field (Hasse and Minkowski).  Diagonalised, with squarefree coefficients a_1, ..., a_r, only
the places "real", 2 and the primes that divide a coefficient can fail, and Hilbert symbols decide them:

    rank 2    -a_1 a_2 must be a square
    rank 3    (-1, -d)_p = e_p                                     with d = a_1 ... a_r and
    rank 4    d is no square in Q_p, or (-1, -1)_p = e_p           e_p = product of (a_i, a_j)_p for i < j
    rank 5    and more: only the real place can fail

A form with a radical always has zeros there; a point in this module is a zero outside of the radical.

Key results
-----------
rational_point : such a zero, or an `Obstruction`
local_obstruction : a place where there is none, or None
Obstruction, check_obstruction : the certificate, and its check without Hilbert symbols
hilbert_symbol : (a, b) at a prime or at the real place
diagonalise : a basis in which the form is diagonal

The check of an obstruction
---------------------------
* Real place: all coefficients have one sign.
* Odd p: with f = f_0 + p f_1, where the coefficients of f_0 and f_1 are units, both forms have no zero modulo
  p except 0; so a zero of f modulo p^2 is divisible by p, and infinite descent leaves 0 alone (Springer).
* p = 2: no zero modulo 32 has an odd entry.  There are seven squares modulo 32, so all are tried.

References
----------
J.-P. Serre, A Course in Arithmetic (1973), chapters III and IV (theorems 1, 6 and 8).
D. Simon, Math. Comp. 74 (2005) 1531: the algorithm behind PARI's `qfsolve`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from itertools import combinations, product
from math import isqrt, prod
from typing import Any, Literal, TypeAlias

from flint import fmpz
from sympy.printing.defaults import Printable

from anomalies.diophantine.integers import rational_sqrt
from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError, MissingToolError, must_be
from anomalies.exact import RationalLike, as_integer, as_rationals, primitive
from anomalies.linear import Vector, rank

__all__ = [
    "REAL",
    "Obstruction",
    "Place",
    "check_obstruction",
    "diagonalise",
    "evaluate",
    "hilbert_symbol",
    "local_obstruction",
    "rational_point",
]

REAL: Literal["real"] = "real"
Place: TypeAlias = int | Literal["real"]
Gram: TypeAlias = tuple[Vector, ...]

# The largest entries that the search for a zero of a form of rank 3, 4, 5 tries, all but one entry free.
_BOX = {3: 40, 4: 10, 5: 5}
_MOST_SUBFORMS = 200


# ---------------------------------------------------------------- diagonal forms


def evaluate(gram: Sequence[Sequence[Fraction]], x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    """Return x^T G y.

    >>> evaluate(((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0))), (1, 2), (1, 2))
    Fraction(4, 1)
    """
    rows = (sum((g * b for g, b in zip(row, y, strict=True) if b), Fraction(0)) for row in gram)
    return sum((a * row for a, row in zip(x, rows, strict=True) if a), Fraction(0))


def _as_gram(gram: object) -> Gram:
    if isinstance(gram, str | bytes) or not isinstance(gram, Sequence):
        raise ArgumentTypeError(must_be("gram", "a symmetric matrix of rational numbers", gram))
    rows = tuple(as_rationals(row, f"gram[{i}]", len(gram)) for i, row in enumerate(gram))
    if any(rows[i][j] != rows[j][i] for i in range(len(rows)) for j in range(i)):
        raise ArgumentError(must_be("gram", "a symmetric matrix", gram))
    if not any(map(any, rows)):
        raise ArgumentError(must_be("gram", "a matrix other than zero", gram))
    return rows


def diagonalise(gram: Sequence[Sequence[RationalLike]]) -> tuple[tuple[int, ...], tuple[Vector, ...]]:
    """Return squarefree integers a_1, ..., a_r and vectors v_1, ..., v_r with v_i^T G v_j = a_i (i = j) or 0.

    Parameters
    ----------
    gram : a symmetric matrix G of rank r >= 1 with rational entries.

    Raises
    ------
    ArgumentError
        If the matrix is not symmetric, or zero.

    Examples
    --------
    >>> coefficients, vectors = diagonalise([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    >>> coefficients, [tuple(map(str, v)) for v in vectors]
    ((2, -2), [('1', '1', '0'), ('1', '-1', '0')])
    """
    matrix = _as_gram(gram)
    size = len(matrix)
    left: list[Vector] = [tuple(Fraction(i == j) for j in range(size)) for i in range(size)]
    coefficients, vectors = [], []
    while (v := _non_isotropic(matrix, left)) is not None:
        value = evaluate(matrix, v, v)
        projected = [_subtract(w, evaluate(matrix, v, w) / value, v) for w in left]
        left = [w for w in projected if any(evaluate(matrix, w, u) for u in projected)]
        squarefree, root = _squarefree(value)
        coefficients.append(squarefree)
        vectors.append(tuple(x / root for x in v))
    return tuple(coefficients), tuple(vectors)


def _subtract(w: Vector, factor: Fraction, v: Vector) -> Vector:
    return tuple(x - factor * y for x, y in zip(w, v, strict=True))


def _non_isotropic(matrix: Gram, vectors: Sequence[Vector]) -> Vector | None:
    """A vector v of the span with v^T G v != 0: a sum of two at most; None where the form vanishes."""
    for v in vectors:
        if evaluate(matrix, v, v):
            return v
    for v, w in combinations(vectors, 2):
        if evaluate(matrix, v, w):
            return tuple(x + y for x, y in zip(v, w, strict=True))
    return None


def _squarefree(value: Fraction) -> tuple[int, Fraction]:
    """Return a and r > 0 with value = a r^2 and a a squarefree integer."""
    whole = value.numerator * value.denominator
    result = (1 if whole > 0 else -1) * prod(int(p) for p, exponent in fmpz(whole).factor() if exponent % 2)
    square = value / result
    return result, Fraction(isqrt(square.numerator), isqrt(square.denominator))


# ---------------------------------------------------------------- local solvability


def hilbert_symbol(a: int, b: int, place: Place) -> int:
    """Return (a, b) at a place: 1 if a x^2 + b y^2 = z^2 has a zero other than 0 in Q_p or R, and -1 if not.

    Parameters
    ----------
    a, b : integers other than zero.
    place : a prime number, or "real".

    Source: Serre, chapter III, theorem 1.

    Examples
    --------
    >>> hilbert_symbol(-1, -1, "real"), hilbert_symbol(-1, -1, 2), hilbert_symbol(-1, 3, 3)
    (-1, -1, -1)
    """
    a, b = (_non_zero(value, name) for value, name in ((a, "a"), (b, "b")))
    place = _as_place(place)
    if place == REAL:
        return -1 if a < 0 and b < 0 else 1
    (alpha, u), (beta, v) = _valuation(a, place), _valuation(b, place)
    if place == 2:
        exponent = (u - 1) // 2 * ((v - 1) // 2) + alpha * ((v * v - 1) // 8) + beta * ((u * u - 1) // 8)
        return -1 if exponent % 2 else 1
    symbol = -1 if alpha * beta * ((place - 1) // 2) % 2 else 1
    return symbol * (_legendre(u, place) if beta % 2 else 1) * (_legendre(v, place) if alpha % 2 else 1)


def _non_zero(value: object, argument: str) -> int:
    number = as_integer(value, argument)
    if number == 0:
        raise ArgumentError(must_be(argument, "an integer other than zero", value))
    return number


def _as_place(place: object) -> Place:
    if place == REAL:
        return REAL
    number = None if isinstance(place, str) else as_integer(place, "place")
    if number is None or number < 2 or not fmpz(number).is_prime():
        raise ArgumentError(must_be("place", "a prime number or 'real'", place))
    return number


def _valuation(value: int, p: int) -> tuple[int, int]:
    """Return the exponent of p in a value other than zero, and the rest."""
    exponent = 0
    while value % p == 0:
        value, exponent = value // p, exponent + 1
    return exponent, value


def _legendre(unit: int, p: int) -> int:
    return 1 if pow(unit, (p - 1) // 2, p) == 1 else -1


def _is_local_square(value: int, place: Place) -> bool:
    if place == REAL:
        return value > 0
    exponent, unit = _valuation(value, place)
    if exponent % 2:
        return False
    return unit % 8 == 1 if place == 2 else _legendre(unit, place) == 1


def _fails_at(coefficients: Sequence[int], place: Place) -> bool:
    """Whether a diagonal form represents zero trivially only, at one place."""
    if place == REAL:
        return len({a > 0 for a in coefficients}) == 1
    size, d = len(coefficients), prod(coefficients)
    if size <= 2:
        return size == 1 or not _is_local_square(-d, place)
    e = prod(hilbert_symbol(a, b, place) for a, b in combinations(coefficients, 2))
    if size == 3:
        return hilbert_symbol(-1, -d, place) != e
    return size == 4 and _is_local_square(d, place) and hilbert_symbol(-1, -1, place) != e


def _failing_place(coefficients: Sequence[int]) -> Place | None:
    """The first place where the form fails, the real one first.

    Of rank 2 other primes may fail, but never they alone: either -a b > 0 is a square, or some prime divides
    it to an odd power.
    """
    primes = {2} | {int(p) for a in coefficients for p, _ in fmpz(a).factor()}
    places: list[Place] = [REAL, *sorted(primes)]
    return next((place for place in places if _fails_at(coefficients, place)), None)


@dataclass(frozen=True, slots=True, repr=False)
class Obstruction(Printable):
    """A proof that a quadratic form has no rational zero outside of its radical.

    Parameters
    ----------
    gram : the matrix G of the form.
    place : a prime number or "real".  The form has no zero outside of its radical over Q_p or R.
    coefficients, vectors : the form in diagonal shape, as `diagonalise` returns it.

    Raises
    ------
    ArgumentError
        If `check_obstruction` refuses it.

    Examples
    --------
    >>> print(rational_point([[1, 0, 0], [0, 1, 0], [0, 0, -3]]))
    x_1^2 + x_2^2 - 3*x_3^2 has no zero over Q_2 other than 0
    """

    gram: Gram
    place: Place
    coefficients: tuple[int, ...]
    vectors: tuple[Vector, ...]

    def __post_init__(self) -> None:
        """Check the certificate."""
        if not check_obstruction(self):
            raise ArgumentError(must_be("place", "one where the form has no zero", self.place))

    @property
    def field(self) -> str:
        """The completion at the place: "R" or "Q_p"."""
        return "R" if self.place == REAL else f"Q_{self.place}"

    def _form(self) -> Any:
        from sympy import Add, Symbol

        squares = [Symbol(f"x_{i + 1}") ** 2 * a for i, a in enumerate(self.coefficients)]
        return Add(*squares)

    def _sympystr(self, printer: Any) -> str:
        text = printer._print(self._form()).replace("**", "^")
        return f"{text} has no zero over {self.field} other than 0"

    def _latex(self, printer: Any) -> str:
        name = r"\mathbb{R}" if self.place == REAL else rf"\mathbb{{Q}}_{{{self.place}}}"
        return rf"{printer._print(self._form())} \neq 0 \text{{ for }} x \neq 0 \text{{ over }} {name}"


def check_obstruction(obstruction: Obstruction) -> bool:
    """Return whether an obstruction proves what it says, without Hilbert symbols.

    The diagonal shape is multiplied out, its rank compared, and the place examined as in the module's head.

    Examples
    --------
    >>> check_obstruction(rational_point([[1, 0], [0, -2]]))
    True
    """
    gram, vectors, coefficients = obstruction.gram, obstruction.vectors, obstruction.coefficients
    diagonal = all(
        evaluate(gram, v, w) == (coefficients[i] if i == j else 0)
        for i, v in enumerate(vectors)
        for j, w in enumerate(vectors)
    )
    whole = len(vectors) == len(coefficients) == rank(gram) and 0 not in coefficients
    return diagonal and whole and _has_no_local_zero(coefficients, _as_place(obstruction.place))


def _has_no_local_zero(coefficients: Sequence[int], place: Place) -> bool:
    if place == REAL:
        return all(a > 0 for a in coefficients) or all(a < 0 for a in coefficients)
    if any(a % place**2 == 0 for a in coefficients):
        return False  # not in the shape that the argument is about
    if place == 2:
        squares = {x * x % 32 for x in range(32)}
        values = ((x, x % 2) for x in squares)
        tuples = product(list(values), repeat=min(len(coefficients), 5))
        # Of rank 5 and more every form has a zero over Q_2: five coefficients suffice to find it.
        return not any(
            any(odd for _, odd in x)
            and sum(a * s for a, (s, _) in zip(coefficients, x, strict=False)) % 32 == 0
            for x in tuples
        )
    units = [a for a in coefficients if a % place]
    others = [a // place for a in coefficients if a % place == 0]
    return all(_is_anisotropic_modulo(form, place) for form in (units, others))


def _is_anisotropic_modulo(units: Sequence[int], p: int) -> bool:
    """Three and more squares with unit coefficients always have a zero modulo p (Chevalley)."""
    if len(units) == 2:
        return pow(-units[0] * units[1], (p - 1) // 2, p) == p - 1
    return len(units) < 2


def local_obstruction(gram: Sequence[Sequence[RationalLike]]) -> Obstruction | None:
    """Return a place where the form has no zero outside of its radical; None if there is a rational one.

    Parameters
    ----------
    gram : a symmetric matrix other than zero.

    Examples
    --------
    >>> local_obstruction([[1, 0, 0], [0, 1, 0], [0, 0, -7]]).place
    2
    >>> local_obstruction([[1, 0, 0], [0, 1, 0], [0, 0, -5]]) is None
    True
    """
    matrix = _as_gram(gram)
    coefficients, vectors = diagonalise(matrix)
    place = _failing_place(coefficients)
    return None if place is None else Obstruction(matrix, place, coefficients, vectors)


# ---------------------------------------------------------------- points


def rational_point(gram: Sequence[Sequence[RationalLike]]) -> tuple[int, ...] | Obstruction:
    """Return coprime integers x with x^T G x = 0 and G x != 0, or the proof that there are none.

    Small vectors are tried first, then forms of rank up to five in the diagonal shape with small entries, and
    at last PARI's `qfsolve`.

    Parameters
    ----------
    gram : a symmetric matrix G other than zero, with rational entries.

    Raises
    ------
    ArgumentError
        If the matrix is not symmetric, or zero.
    MissingToolError
        If there is a zero, small searches do not find it, and cypari is not installed.

    Examples
    --------
    >>> rational_point([[2, 0, 0], [0, 3, 0], [0, 0, -5]])
    (1, 1, 1)
    >>> rational_point([[1, 0], [0, 1]]).place
    'real'
    """
    matrix = _as_gram(gram)
    near = next((x for x in _sparse_vectors(len(matrix)) if _is_point(matrix, x)), None)
    if near is not None:
        return near
    obstruction = local_obstruction(matrix)
    if obstruction is not None:
        return obstruction
    coefficients, vectors = diagonalise(matrix)
    found = _small_zero(coefficients) or _pari_zero(coefficients)
    point = primitive([sum(map(_times, found, column), Fraction(0)) for column in zip(*vectors, strict=True)])
    if not _is_point(matrix, point):
        raise AnomaliesError(f"PARI's zero {point} of the quadratic form is none.")
    return point


def _times(x: int, y: Fraction) -> Fraction:
    return x * y


def _is_point(matrix: Gram, x: Sequence[int]) -> bool:
    image = [sum((g * b for g, b in zip(row, x, strict=True) if b), Fraction(0)) for row in matrix]
    return any(image) and not sum(a * b for a, b in zip(x, image, strict=True) if a)


def _sparse_vectors(size: int) -> Iterator[tuple[int, ...]]:
    """Vectors with entries 0, 1, -1, at most three of them not 0, the first positive."""
    for count in (1, 2, 3):
        for places in combinations(range(size), count):
            for signs in product((1, -1), repeat=count - 1):
                vector = [0] * size
                for place, sign in zip(places, (1, *signs), strict=True):
                    vector[place] = sign
                yield tuple(vector)


def _small_zero(coefficients: tuple[int, ...]) -> tuple[int, ...] | None:
    """A zero of the diagonal form with few entries other than 0, all of them small."""
    size = len(coefficients)
    tried = 0
    for count in range(2, min(size, 5) + 1):
        for places in combinations(range(size), count):
            part = [coefficients[i] for i in places]
            if _failing_place(part) is not None:
                continue
            found = _zero_in_box(part)
            if found is not None:
                values = dict(zip(places, found, strict=True))
                return tuple(values.get(i, 0) for i in range(size))
            tried += 1
            if tried == _MOST_SUBFORMS:
                return None
    return None


def _zero_in_box(part: Sequence[int]) -> tuple[int, ...] | None:
    """A zero of a diagonal form of rank 2 to 5: all entries but the last run through a box."""
    *first, last = part
    box = range(_BOX.get(len(part), 1) + 1)
    for x in product(box, repeat=len(first)):
        rest = rational_sqrt(Fraction(-sum(a * y * y for a, y in zip(first, x, strict=True)), last))
        if rest is not None and any(x):
            return primitive((*x, rest))
    return None


def _pari_zero(coefficients: tuple[int, ...]) -> tuple[int, ...]:
    try:
        installed = find_spec("cypari") is not None
    except ValueError:  # somebody forbade the import by an entry None in sys.modules
        installed = False
    if not installed:
        raise MissingToolError(
            "The zero of a form without small zeros needs cypari: pip install 'gauge-anomalies[curves]'."
        )
    from anomalies.diophantine.pari_worker import load_pari

    pari = load_pari()
    pari.setrand(1)
    solution = pari.matdiagonal([pari(a) for a in coefficients]).qfsolve()
    return tuple(int(x) for x in solution)
