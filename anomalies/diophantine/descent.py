r"""An upper bound for the rank of the cubic curve of a dark sector, by a 3-isogeny descent.

The curve E: y (y + sigma x + pi) = x^3 has T = (0, 0) of order three, hence an isogeny phi: E -> E' = E/<T>
and its dual phi^: E' -> E, whose kernel is the group of the cube roots of unity.  The two maps

    E(Q) -> Q*/cubes, P -> y(P) = X^2 Z, T -> 1/pi,      E'(Q) -> cyclic cubic characters of Q,

have the kernels phi^E'(Q) and phi E(Q), and images in finite groups S(phi^) and S(phi), the classes that are
images of points over every Q_p.  As E has just three rational points of order dividing three, and E' none
in the kernel of phi^,

    rank <= dim S(phi^) + dim S(phi) - 1        (dimensions over the field with three elements).

Every local image has a closed form.  Let no prime p divide sigma with p^3 dividing pi (else replace them by
sigma/p, pi/p^3), and let D = sigma^3 - 27 pi.  In Q_p*/cubes,

* p divides pi: the image of E(Q_p) is everything, except that it is <pi> if p = 1 mod 3 divides sigma, or if
  p = 3 divides sigma and 9 divides sigma + pi;
* p does not divide pi: it is the classes of units, except that it is trivial if p = 1 mod 3 divides D, or if
  p = 3 divides sigma, pi = +-1 mod 9, and not D = 243 pi mod 729.

Call q = p, or q = 9 for p = 3, a modulus if p is one of the exceptions, and let log_q be the cubic residue
symbol mod q, extended to Q_p* by log_q(pi) = 0 if p divides pi.  So S(phi^) consists of the products u of
the primes of pi with log_q(u) = 0 for each modulus q.  By Tate's local duality, the image of E'(Q_p) consists
of the characters that vanish on the image of E(Q_p); hence S(phi), by the theorem of Kronecker and Weber,
consists of the products of characters chi_q of conductor q that vanish on Q_p* for each prime p of pi, or on
pi alone if p is an exception.  By the product formula these are the relations between the rows of one matrix,

    C = (log_q(p)), q the moduli, p the primes of pi:      S(phi^) = kernel of C, S(phi) = kernel of C^t,

and the bound is (number of primes) + (number of moduli) - 2 rank(C) - 1.  It needs the prime factors of pi
and D, and rests on no conjecture.  It exceeds the rank by dim Sha(E)[phi] + dim Sha(E')[phi^], which is even
if Sha is finite.  For lepton charges with many digits that is usually not zero: then pi has many primes, and
C few rows.

Proof of the local images
-------------------------
* p divides pi, not sigma: the node (0, 0) has the rational tangents y = 0 and y = -sigma x, so that E(Q_p) is
  Tate's Q_p*/<t^3>, where T is t because it reduces to the node.  E'(Q_p) is Q_p*/<t>, and phi^ the cube.
* p divides pi and sigma: the reduction is of type IV or IV* by Tate's algorithm (for p = 2, T is enough: the
  valuation of pi is 1 or 2), and T generates the three components.  For p = 2 mod 3, the class of pi is
  everything.  For p = 1 mod 3 the points of the identity component are divisible by three.  For p = 3 they
  are the kernel of reduction, with trivial classes (below), and points with x = 1, y = e = +-1 mod 3, all of
  which lift, with y = e + sigma + pi mod 9.
* p does not divide pi: at integral points either y is a unit or y = x^3/pi (1 + ...), with x^3 divisible by
  27 for p = 3; the others have y = -z^-3 (1 - sigma z + ...) with z = -x/y in p Z_p.  So the classes are
  classes of units, which are cubes if p = 2 mod 3.
* p = 1 mod 3, not dividing pi D: all units occur, because E and E' have equally many points mod p, three of
  which phi^ sends to zero, and the kernel of reduction is divisible by three.
* p = 1 mod 3 divides D, not pi: the tangents at the node X = Y = Z have cube roots of unity as their slopes,
  and T does not reduce to it.  E(Q_p) is Q_p*/<t> with a root of unity for T, E'(Q_p) is Q_p*/<t^3>, and
  phi^ is onto.
* p = 3 does not divide pi: T has a class other than 1 unless pi = +-1 mod 9, and so has the point with z = 3
  if 3 does not divide sigma.  There remains sigma = 3s and, up to (x, -y; -sigma, -pi), pi = 1 + 9k.  The
  classes are trivial near zero and where y or, up to P -> -P, y + sigma x + pi is not a unit, which leaves
  x = -1 + 3c, y = 1 + 3b.  They are on the curve if

      3 - 3s + 9 (b + b^2 - bs + sc + k - c) = 0 mod 27,

  that is s = 1 + 3m and b^2 = m - k mod 3, which lifts if b is not 0; and then D = 243 (m - k) mod 729.

Key results
-----------
isogeny_descent : both Selmer groups, and the bound
IsogenyDescent : what it returns

References
----------
J. H. Silverman, The Arithmetic of Elliptic Curves, 2nd edition, X.4 (descent by an isogeny); Advanced Topics,
IV.9 (Tate's algorithm), V.3 to V.5 (Tate's curve).  J. W. S. Cassels, J. reine angew. Math. 217 (1965) 180
(the two Selmer groups, local duality).  J. S. Milne, Arithmetic Duality Theorems, I.3.  H. Cohen, F. Pazuki,
Acta Arith. 140 (2009) 369 (3-isogenies).  E. F. Schaefer, M. Stoll, Trans. AMS 356 (2004) 1209.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

from flint import fmpz
from sympy.printing.defaults import Printable

from anomalies.diophantine.curve import CubicCurve, CurvePoint
from anomalies.diophantine.dark import product_form
from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import as_integer

__all__ = ["IsogenyDescent", "isogeny_descent"]

_Row: TypeAlias = tuple[int, ...]

_MOST_DIGITS = 60  # a product of two primes of thirty digits takes five seconds, and ten digits more tenfold
_TRIAL_PRIMES = 3000  # up to 27 449


@dataclass(frozen=True, slots=True, repr=False)
class IsogenyDescent(Printable):
    """The two Selmer groups of the isogeny with kernel <T>, and the bound for the rank that they give.

    Parameters
    ----------
    curve : the curve.
    primes : the primes of pi, where the classes of y may ramify.
    moduli : the conductors q of cubic characters that may occur: primes q = 1 mod 3, or 9.
    symbols : the matrix C of cubic residue symbols, one row for each modulus, one column for each prime.
    selmer : positive integers whose classes modulo cubes are a basis of S(phi^).
    dual_selmer : exponents c of characters prod chi_q^c_q that are a basis of S(phi).
    """

    curve: CubicCurve
    primes: tuple[int, ...]
    moduli: tuple[int, ...]
    symbols: tuple[_Row, ...]
    selmer: tuple[int, ...]
    dual_selmer: tuple[_Row, ...]

    @property
    def dimension(self) -> int:
        """The dimension of S(phi^), which contains E(Q)/phi^E'(Q)."""
        return len(self.selmer)

    @property
    def dual_dimension(self) -> int:
        """The dimension of S(phi), which contains E'(Q)/phi E(Q)."""
        return len(self.dual_selmer)

    @property
    def upper(self) -> int:
        """The bound dim S(phi^) + dim S(phi) - 1 for the rank."""
        return self.dimension + self.dual_dimension - 1

    def image(self, point: CurvePoint) -> int:
        """Return the class of a point in S(phi^), as a positive integer without cubes.

        It is the class of y, and 1 and 1/pi for zero and T; it is 1 exactly for the points phi^(R).

        Raises
        ------
        ArgumentError
            If the point is not on this curve.

        Examples
        --------
        >>> from anomalies.diophantine.curve import cubic_curve
        >>> curve = cubic_curve([3, 2, 1])
        >>> descent = isogeny_descent(curve)
        >>> [descent.image(point) for point in (curve.trivial, curve.three_torsion, 3 * curve.trivial)]
        [45, 450, 1]
        """
        if point.curve != self.curve:
            raise ArgumentError(must_be("point", f"a point of the curve {self.curve}", point))
        if point.is_zero:
            return 1
        y = self.curve.pi**2 if point.n == 0 else point.n
        return _integer(self.primes, tuple(_valuation(y, p)[0] % 3 for p in self.primes))

    def _sympystr(self, printer: Any) -> str:
        orders = f"3^{self.dimension} and 3^{self.dual_dimension}"
        return f"rank at most {self.upper}, from Selmer groups of order {orders}"

    def _latex(self, printer: Any) -> str:
        return rf"\operatorname{{rank}} \leq {self.upper}"


def isogeny_descent(curve: CubicCurve, digits: int = _MOST_DIGITS) -> IsogenyDescent:
    """Return the Selmer groups of the isogeny with kernel <T>, and so a proved upper bound for the rank.

    Parameters
    ----------
    curve : the curve.
    digits : an integer of at least 20; a number that is longer than this, without its prime factors below
        20 000, is not factored.  At worst, 60 digits take some five seconds and 40 take 0.05 s.

    Raises
    ------
    ArgumentTypeError
        If `curve` is not a cubic curve.
    ArgumentError
        If `digits` is less than 20.
    AnomaliesError
        If a number with too many digits would have to be factored.

    Examples
    --------
    >>> from anomalies.diophantine.curve import cubic_curve
    >>> isogeny_descent(cubic_curve([2, 1, 1]))
    rank at most 0, from Selmer groups of order 3^1 and 3^0
    >>> found = isogeny_descent(cubic_curve(["3/5", 1, "1/20"]))
    >>> found.upper, found.primes, found.moduli, found.symbols, found.selmer
    (2, (2, 3, 7, 13), (9,), ((1, 1, 1, 2),), (12, 28, 26))
    """
    if not isinstance(curve, CubicCurve):
        raise ArgumentTypeError(must_be("curve", "a cubic curve", curve))
    limit = as_integer(digits, "digits", 20)
    form = product_form(curve.a)
    factors = {p for value in (form.p, form.q, form.r) for p in _primes(int(value / curve.scale), limit)}
    sigma, pi = _minimal(curve.sigma, curve.pi, factors)
    primes = tuple(sorted(p for p in factors if pi % p == 0))
    others = _primes(sigma**3 - 27 * pi, limit)
    moduli = tuple(sorted(_moduli(sigma, pi, {*primes, *others, 3})))
    symbols = tuple(tuple(_symbol(q, p, pi) for p in primes) for q in moduli)
    columns = tuple(tuple(row[k] for row in symbols) for k in range(len(primes)))
    selmer = tuple(_integer(primes, exponents) for exponents in _kernel(symbols, len(primes)))
    return IsogenyDescent(curve, primes, moduli, symbols, selmer, _kernel(columns, len(moduli)))


def _primes(value: int, limit: int) -> set[int]:
    """The prime factors of an integer other than zero."""
    found: set[int] = set()
    for factor, _ in fmpz(value).factor(trial_limit=_TRIAL_PRIMES):
        length = len(str(factor))
        if length > limit:
            raise AnomaliesError(f"The descent would have to factor a number of {length} digits.")
        found.update(int(prime) for prime, _ in factor.factor())
    return found


def _minimal(sigma: int, pi: int, primes: set[int]) -> tuple[int, int]:
    """Divide by p and p^3 as often as possible: x and y change by p^2 and p^3, and no class changes."""
    for p in primes:
        while sigma % p == 0 and pi % p**3 == 0:
            sigma, pi = sigma // p, pi // p**3
    return sigma, pi


def _moduli(sigma: int, pi: int, bad: set[int]) -> set[int]:
    """The moduli among the bad primes, by the closed form of the local images."""
    found = {p for p in bad if p % 3 == 1 and (pi % p != 0 or sigma % p == 0)}
    if sigma % 3 == 0:
        trivial = pi % 9 in (1, 8) and (sigma**3 - 270 * pi) % 729 != 0
        multiples_of_pi = pi % 3 == 0 and (sigma + pi) % 9 == 0
        if trivial or multiples_of_pi:
            found.add(9)
    return found


def _symbol(modulus: int, prime: int, pi: int) -> int:
    """log_q(p), extended to the prime of q by log_q(pi) = 0."""
    if modulus % prime:
        return _logarithm(prime, modulus)
    exponent, unit = _valuation(pi, prime)
    # pi = p^v w and v^2 = 1 mod 3.
    return -exponent * _logarithm(unit, modulus) % 3


def _logarithm(unit: int, modulus: int) -> int:
    """The cubic residue symbol as 0, 1 or 2: 1 for the smaller of the two primitive cube roots of unity."""
    order = 6 if modulus == 9 else modulus - 1
    root = pow(unit, order // 3, modulus)
    if root == 1:
        return 0
    return 1 if 2 * root < modulus else 2


def _valuation(value: int, prime: int) -> tuple[int, int]:
    """(v, w) with value = prime^v w."""
    exponent = 0
    while value % prime == 0:
        value, exponent = value // prime, exponent + 1
    return exponent, value


def _integer(primes: tuple[int, ...], exponents: _Row) -> int:
    return prod(p**k for p, k in zip(primes, exponents, strict=True))


def _kernel(rows: tuple[_Row, ...], width: int) -> tuple[_Row, ...]:
    """A basis of the vectors over the field with three elements that are orthogonal to all rows."""
    work = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(width):
        depth = len(pivots)
        found = next((i for i in range(depth, len(work)) if work[i][column]), None)
        if found is None:
            continue
        work[depth], work[found] = work[found], work[depth]
        lead = work[depth][column]  # its own inverse
        work[depth] = [lead * entry % 3 for entry in work[depth]]
        for i, row in enumerate(work):
            if i != depth and row[column]:
                times = row[column]
                work[i] = [(entry - times * other) % 3 for entry, other in zip(row, work[depth], strict=True)]
        pivots.append(column)
    basis = []
    for free in sorted(set(range(width)) - set(pivots)):
        vector = [0] * width
        vector[free] = 1
        for row, pivot in zip(work, pivots, strict=False):
            vector[pivot] = -row[free] % 3
        basis.append(tuple(vector))
    return tuple(basis)
