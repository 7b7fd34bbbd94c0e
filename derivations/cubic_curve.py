"""Dark sectors as the points of a cubic curve: rank, torsion and first sectors of given lepton charges.

python derivations/cubic_curve.py                  ADN's two points, rank 0, a node, a point of order nine
python derivations/cubic_curve.py 59/100 1 0       the lepton charges (a_e, a_mu, a_tau) that are given
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import gcd
from typing import Any

from sympy import Eq, Expr, Matrix, Symbol, Tuple, symbols

from anomalies import DarkSector
from anomalies.diophantine import (
    NONTRIVIAL_SENSES,
    CubicCurve,
    DarkSectors,
    NodalFamily,
    TorsionGroup,
    VectorLikeFamily,
    dark_sectors,
    is_nontrivial,
    order_of_point,
    product_form,
    sectors_with_denominator,
)
from anomalies.diophantine.heights import height_form
from anomalies.errors import AnomaliesError, ArgumentError, must_be
from anomalies.exact import as_rational, common_denominator, to_sympy
from anomalies.latex import (
    Chain,
    Derivation,
    Step,
    equality,
    named,
    print_derivation,
    remark,
    statement,
    text,
)
from anomalies.latex.equality import difference
from anomalies.tables import Table

A = A_E, A_MU, A_TAU = symbols("a_e a_mu a_tau")
N = symbols("n_1:4")
PAIRS = p, q, r = symbols("p q r")
XYZ = X, Y, Z = symbols("X Y Z")
x, y, sigma, pi, P, Q, T = symbols("x y sigma pi P Q T")
CURVE = y**2 + sigma * x * y + pi * y - x**3
SECTOR_AT = (-y / x, -pi / x, (y + sigma * x + pi) / x)
ORDERS = {
    Q: (X, Y, Z),
    Q + T: (Y, Z, X),
    Q - T: (Z, X, Y),
    -Q: (Z, Y, X),
    -Q - T: (X, Z, Y),
    T - Q: (Y, X, Z),
}

EXAMPLES = (("3/5", 1, "1/20"), ("59/100", 1, 0), (2, 1, 1), (5, -4, -4), (7, 1, -5))
FOOTNOTE_13 = DarkSector((5, -4, -4), (-1, -1, -1))

MOST_SHOWN = 5
HIGHEST_SHOWN = 10**16  # what a line of three charges has room for
SEARCHED, LARGEST_SEARCHED = 60, 6000  # denominators: so many multiples of that of the lepton charges
TRIED = 12  # integers up to this size are tried where all sectors have a pair of opposite charges
LONGEST_CELL, LONGEST_CHARGE = 120, 30  # characters
ODD_PRIMES = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53)


def derivation(points: Iterable[Iterable[object]] = EXAMPLES) -> Derivation:
    """Return the map from sectors to points, and what is known of the curve of each (a_e, a_mu, a_tau)."""
    answers = [dark_sectors(point) for point in points]
    steps = (*_map(), *_group(), *(step for found in answers for step in _answer(found)))
    return Derivation("The cubic curve of given lepton charges", "ADN (2.6), footnote 13", steps)


# ---------------------------------------------------------------- sectors are points, their orders a group


def _map() -> tuple[Step, ...]:
    return (
        _said(
            "Of three dark charges let {X}, {Y}, {Z} be the sum of the lepton charges minus each of them; "
            "{p}, {q}, {r} are the sums of two lepton charges. If lepton and dark charges have the same sum,",
            Eq(sum(a**3 for a in A) - sum(n**3 for n in N), 3 * (X * Y * Z - p * q * r), evaluate=False),
            _is_product_form,
            "an identity, once everything is written in the lepton charges and two dark ones",
        ),
        _said(
            "So dark sectors, in every order, are the solutions of {sum} and {product}, with {sigma} and "
            "{pi}. By {at}, {from_X}, where {x} is not zero, they are the rational points of a cubic curve:",
            Eq(CURVE, -(pi**2) / Y**3 * (X * Y * Z - pi), evaluate=False),
            lambda: _agree(_at_sector(CURVE), -(pi**2) / Y**3 * (X * Y * (sigma - X - Y) - pi)),
            "an identity, once x, y and Z are put in",
            sum=Eq(X + Y + Z, sigma, evaluate=False),
            product=Eq(X * Y * Z, pi, evaluate=False),
            sigma=Eq(sigma, p + q + r, evaluate=False),
            pi=Eq(pi, p * q * r, evaluate=False),
            at=Eq(x, -pi / Y, evaluate=False),
            from_X=Eq(y, pi * X / Y, evaluate=False),
        ),
        _said(
            "Every rational point where {x} is not zero comes from one solution:",
            Eq(Tuple(*XYZ), Tuple(*SECTOR_AT), evaluate=False),
            _is_inverse,
            "there and back is the identity, both ways; sum and product are what they should be",
        ),
        equality(
            "The curve is smooth unless its discriminant vanishes. For {pi} there is no such map, and the "
            "equations are those of three lines; for {node} the curve has a node.",
            named("Delta", 9 * sigma**3 * pi**3 - 8 * (sigma * pi) ** 3 - 27 * pi**4),
            pi**3 * (sigma**3 - 27 * pi),
            pi=Eq(pi, 0, evaluate=False),
            node=Eq(sigma**3, 27 * pi, evaluate=False),
        ),
    )


def _said(template: str, formula: object, check: Callable[[], bool], checked: str, **values: Any) -> Step:
    """A statement in whose sentence {P}, {X} and other symbols stand for themselves."""
    return statement(template, formula, check, checked, **_symbols_in(template), **values)


def _symbols_in(template: str) -> dict[str, Expr]:
    return {name: Symbol(name) for name in "pqruvmxyOPQTXYZ" if f"{{{name}}}" in template}


def _agree(left: object, right: object) -> bool:
    return difference(left, right) is None


def _is_product_form() -> bool:
    s = sum(A)
    n = (*N[:2], s - N[0] - N[1])
    shifted = (s - n[0]) * (s - n[1]) * (s - n[2])
    pairs = (A_MU + A_TAU) * (A_TAU + A_E) * (A_E + A_MU)
    return _agree(sum(a**3 for a in A) - sum(m**3 for m in n), 3 * (shifted - pairs))


def _at_sector(expression: Expr) -> Expr:
    """An expression in x and y at the point of the solution (X, Y, sigma - X - Y)."""
    return expression.subs({x: -pi / Y, y: pi * X / Y}, simultaneous=True)


def _is_inverse() -> bool:
    there = [value.subs({X: SECTOR_AT[0], Y: SECTOR_AT[1]}) for value in (-pi / Y, pi * X / Y)]
    return (
        _agree(there, (x, y))
        and _agree([_at_sector(value) for value in SECTOR_AT[:2]], (X, Y))
        and _agree(sum(SECTOR_AT), sigma)
        and _agree(SECTOR_AT[0] * SECTOR_AT[1] * SECTOR_AT[2] - pi, pi / x**3 * CURVE)
    )


def _group() -> tuple[Step, ...]:
    header = ("order", "point", x, y, "reverse", "opposite", "its y")
    rows = [(*_row(name), *(_row(-name)[i] for i in (0, 1, 3))) for name in (Q, Q + T, Q - T)]
    return (
        _said(
            "The points of a smooth cubic are a group: three on a line have the sum zero. Zero is the point "
            "{O} at infinity, and {origin}, where the line {line} meets the curve three times, has order "
            "three. There {X}, {Y} or {Z} is infinite; any other point {Q} is a sector, which has six "
            "orders:",
            Table(header, rows),
            lambda: _agree(CURVE.subs(y, 0), -(x**3)) and _orders_are_sums(),
            "opposite points share their x; Q, T and -Q - T are on a line, and so are Q, -T and -Q + T, and "
            "the opposites of these: identities in X, Y, Z",
            origin=Eq(T, Tuple(0, 0), evaluate=False),
            line=Eq(y, 0, evaluate=False),
        ),
        remark(
            "So sectors, without order, are rational points modulo {T} and up to sign. By theorems of "
            "Mordell and Mazur, finitely many generate all, and those of finite order are known. The number "
            "of other independent ones is the rank: known points bound it from below, a descent from above. "
            "An upper bound, or an index, is quoted and not checked here; all else is. {P} is the point of "
            "the lepton charges themselves; {others} are independent, with their dark charges. A sector is "
            "non-trivial in the sense (a) if it is no permutation of the lepton charges, (b) if it shares "
            "no charge with them, (c) if moreover there is no zero and no pair of opposites.",
            T=T,
            P=P,
            others=Symbol("P_i"),
        ),
    )


def _row(name: Expr) -> tuple[Expr, ...]:
    return (Tuple(*ORDERS[name]), name, *_point(ORDERS[name]))


def _point(order: tuple[Expr, Expr, Expr]) -> tuple[Expr, Expr]:
    """The point (-pi/Y, pi X/Y) with pi = X Y Z."""
    return -order[0] * order[2], order[0] ** 2 * order[2]


def _orders_are_sums() -> bool:
    total, product = X + Y + Z, X * Y * Z
    at = {name: _point(order) for name, order in ORDERS.items()} | {T: (0, 0), -T: (0, -product)}
    opposite = [
        _agree((at[R][0], at[R][1] + at[-R][1]), (at[-R][0], -total * at[R][0] - product)) for R in at
    ]
    lines = [
        _agree(Matrix([(*at[one], 1), (*at[two], 1), (*at[-one - two], 1)]).det(), 0)
        for one in (Q, -Q)
        for two in (T, -T)
    ]
    on_curve = [_agree(CURVE.subs({x: u, y: v, sigma: total, pi: product}), 0) for u, v in at.values()]
    return all((*opposite, *lines, *on_curve))


# ---------------------------------------------------------------- a smooth curve


def _answer(found: DarkSectors) -> tuple[Step, ...]:
    if isinstance(found.family, NodalFamily):
        return _node(found, found.family)
    if isinstance(found.family, VectorLikeFamily):
        return (_three_lines(found.family),)
    assert found.curve is not None
    assert found.torsion is not None
    return _curve(found, found.curve, found.torsion), _sectors(found)


def _tuple(values: Iterable[Fraction]) -> Expr:
    return Tuple(*map(to_sympy, values))


def _cell(value: object) -> object:
    """A cell of a table, or words if it would not fit the page."""
    length = len(text(value))
    return value if length <= LONGEST_CELL else f"{length} characters, too long for the page"


def _curve(found: DarkSectors, curve: CubicCurve, torsion: TorsionGroup) -> Step:
    form, trivial, three = product_form(curve.a), curve.trivial, curve.three_torsion
    points = (trivial, trivial + three, trivial - three)
    primes, common = _reductions(curve, torsion.order)
    rows = [
        ("curve" if curve.scale == 1 else f"curve, in units of {curve.scale}", curve),
        ("discriminant", curve.discriminant),
        ("j-invariant", curve.j_invariant),
        ("torsion", torsion),
        ("rank", found.rank_bounds),
        (Tuple(P, P + T, P - T), points),
        (Tuple(-P, -P - T, T - P), tuple(-point for point in points)),
        *((Symbol(f"P_{k}"), (R, _tuple(R.charges))) for k, R in enumerate(found.generators, 1)),
    ]
    return statement(
        "{a}. {reason}",
        Table((PAIRS, _tuple((form.p, form.q, form.r))), [(name, _cell(value)) for name, value in rows]),
        lambda: (
            _invariants_hold(curve)
            and _trivial_points_hold(curve)
            and _is_group(torsion)
            and common % torsion.order == 0
            and (found.branch == "elliptic") == (order_of_point(trivial) is None)
            and _is_lower_bound(found)
        ),
        f"by definition and group law; modulo {', '.join(map(str, primes))} the numbers of points share the "
        f"divisor {common}" + ("; heights are definite" if found.generators else ""),
        a=Eq(Symbol("a"), _tuple(curve.a), evaluate=False),
        reason=found.reason,
    )


def _invariants_hold(curve: CubicCurve) -> bool:
    """Whether discriminant and j-invariant are those of a general Weierstrass equation."""
    b2, b4, b6 = curve.sigma**2, curve.sigma * curve.pi, curve.pi**2
    discriminant = 9 * b2 * b4 * b6 - 8 * b4**3 - 27 * b6**2
    return curve.discriminant == discriminant and curve.j_invariant * discriminant == (b2**2 - 24 * b4) ** 3


def _trivial_points_hold(curve: CubicCurve) -> bool:
    """Whether adding T moves the first charge to the end, and minus reverses the order."""
    trivial, three, a = curve.trivial, curve.three_torsion, curve.a
    orders = {trivial: a, trivial + three: a[1:] + a[:1], trivial - three: a[2:] + a[:2]}
    return (three * 3).is_zero and all(
        R.charges == n and (-R).charges == n[::-1] and curve.contains(R.x, R.y) for R, n in orders.items()
    )


def _is_group(torsion: TorsionGroup) -> bool:
    points, exponent = set(torsion.points), torsion.invariants[-1]
    return (
        len(points) == torsion.order
        and all(R + S in points for R in points for S in points)
        and {order_of_point(R) for R in points} <= {k for k in range(1, exponent + 1) if exponent % k == 0}
        and any(order_of_point(R) == exponent for R in points)
    )


def _reductions(curve: CubicCurve, order: int) -> tuple[list[int], int]:
    """Odd primes, and the common divisor of the numbers of points: torsion injects modulo each of them."""
    primes: list[int] = []
    common = 0
    for prime in ODD_PRIMES:
        if curve.discriminant % prime and common != order:
            primes.append(prime)
            common = gcd(common, _points_modulo(curve, prime))
    return primes, common


def _points_modulo(curve: CubicCurve, prime: int) -> int:
    """The number of points, zero included: for each x the values of 2y + sigma x + pi are square roots."""
    squares = [value * value % prime for value in range(prime)]
    return 1 + sum(
        squares.count(((curve.sigma * u + curve.pi) ** 2 + 4 * u**3) % prime) for u in range(prime)
    )


def _is_lower_bound(found: DarkSectors) -> bool:
    """Whether as many independent points are known as the lower bound of the rank says."""
    points, bounds = found.generators, found.rank_bounds
    diagonal = height_form(points).diagonal if points else ()
    return (
        bounds is not None
        and bounds.lower == len(points) == len(diagonal)
        and (bounds.upper is None or bounds.lower <= bounds.upper)
        and all(value > 0 for value in diagonal)
        and all(R.curve == found.curve for R in points)
    )


# ---------------------------------------------------------------- the sectors of a curve


def _sectors(found: DarkSectors) -> Step:
    searched, largest = _search(found.a)
    sectors = generated = list(found.first(MOST_SHOWN))
    words = "All sectors:"
    if found.status != "finite":
        # The points may generate less than there is, even where the rank is known.
        sectors = sorted({*generated, *searched}, key=_by_height)[:MOST_SHOWN]
        words = "The sectors that are known:"
    if found.generators:
        known = "that these points generate with the torsion" if sectors == generated else "that are known"
        words = f"The first sectors {known}, by height:"
        sectors = [sector for sector in sectors if sector.height < HIGHEST_SHOWN] or sectors[:1]
    return statement(
        words,
        _sector_table(sectors),
        lambda: (
            (found.status != "finite" or set(sectors) == set(found.finite))
            and DarkSector(found.a, found.a) in sectors
            and _agree_with_search(sectors, searched, largest)
        ),
        _searched(largest),
    )


def _search(a: tuple[Fraction, ...]) -> tuple[list[DarkSector], int]:
    """All sectors with a common denominator up to a bound, and the bound."""
    step = common_denominator(a)
    largest = step * max(1, min(SEARCHED, LARGEST_SEARCHED // step))
    return list(sectors_with_denominator(a, largest)), largest


def _searched(largest: int) -> str:
    found = "just what a complete search through divisors finds"
    return f"those with a common denominator up to {largest} are {found}"


def _by_height(sector: DarkSector) -> tuple[int, tuple[Fraction, ...]]:
    return sector.height, sector.n


def _agree_with_search(sectors: Sequence[DarkSector], searched: Sequence[DarkSector], largest: int) -> bool:
    """Whether sectors are in order, and hold what the search finds up to the last of them."""
    last = _by_height(sectors[-1])
    if len(sectors) < MOST_SHOWN:
        last = max(last, (HIGHEST_SHOWN, ()))
    return (
        len(searched) > 0
        and all(_by_height(one) < _by_height(other) for one, other in pairwise(sectors))
        and {s for s in sectors if s.denominator <= largest} == {s for s in searched if _by_height(s) <= last}
    )


def _sector_table(
    sectors: Sequence[DarkSector], before: Mapping[Expr, Sequence[object]] | None = None
) -> Table:
    """The sectors with their heights and senses, behind the columns that are given."""
    columns = dict(before or {})
    rows = [
        (*(column[row] for column in columns.values()), _cell(s.height), *map(_cell, s.n), _senses(s))
        for row, s in enumerate(sectors)
    ]
    return Table((*columns, "height", *N, "non-trivial in the senses"), rows)


def _senses(sector: DarkSector) -> str:
    senses = zip("abc", NONTRIVIAL_SENSES, strict=True)
    return " ".join(f"({letter})" for letter, sense in senses if is_nontrivial(sector, sense)) or "none"


# ---------------------------------------------------------------- singular cubics


def _node(found: DarkSectors, family: NodalFamily) -> tuple[Step, ...]:
    uvw = u, v, w = symbols("u v w")
    m = Symbol("m")
    searched, largest = _search(found.a)
    sectors = found.first(MOST_SHOWN)
    X_uvw = (m * u**2 / (v * w), m * v**2 / (w * u), m * w**2 / (u * v))
    parameters = zip(*map(family.parameters_of, sectors), strict=True)
    return (
        _said(
            "{a}: here {singular}, and the cubic has the node {node}, with {value}. A line through it in a "
            "direction {uvw}, {sum}, meets the cubic in one more point:",
            Eq(Tuple(*XYZ), Tuple(*X_uvw), evaluate=False),
            lambda: (
                _agree(sum(X_uvw).subs(w, -u - v), 3 * m)
                and _agree(X_uvw[0] * X_uvw[1] * X_uvw[2], m**3)
                and 3 * family.m == product_form(found.a).sigma
                and family.m**3 == product_form(found.a).pi
            ),
            "sum and product are 3 m and the cube of m, identically, and those of p, q, r",
            a=Eq(Symbol("a"), _tuple(found.a), evaluate=False),
            singular=Eq(sigma**3, 27 * pi, evaluate=False),
            node=Chain((*XYZ, m)),
            value=Eq(m, to_sympy(family.m), evaluate=False),
            uvw=Tuple(*uvw),
            sum=Eq(u + v + w, 0, evaluate=False),
        ),
        _said(
            "Coprime integers {u} ≥ {v} > 0 give each sector once, but for the node (0, 0)"
            + (", which is the example of footnote 13. The first:" if family.node == FOOTNOTE_13 else ":"),
            _sector_table(sectors, dict(zip((u, v), parameters, strict=True))),
            lambda: (
                all(family.subs(family.parameters_of(sector)) == sector for sector in (*sectors, *searched))
                and {DarkSector(found.a, found.a), family.node} <= set(searched)
                and _agree_with_search(sectors, searched, largest)
            ),
            f"{_searched(largest)}; the parameters of all {len(searched)} give them back",
        ),
    )


def _three_lines(family: VectorLikeFamily) -> Step:
    return _said(
        "{a}: here {pi}, and {X}, {Y} or {Z} vanishes. So one dark charge is the sum of the lepton charges, "
        "which is one of them, and the other two are opposite. All sectors:",
        family,
        lambda: family.fixed == (sum(family.a),) and family.fixed[0] in family.a and _is_all(family),
        f"compared with all multiples up to {TRIED} of the unit of the lepton charges",
        a=Eq(Symbol("a"), _tuple(family.a), evaluate=False),
        pi=Eq(pi, 0, evaluate=False),
    )


def _is_all(family: VectorLikeFamily) -> bool:
    """Whether all sectors in a box, two of whose charges are tried out, are in the family and the reverse."""
    unit = Fraction(1, common_denominator(family.a))
    box = [unit * k for k in range(-TRIED, TRIED + 1)]
    total, cubes = sum(family.a), sum(a**3 for a in family.a)
    triples = ((n, m, total - n - m) for n in box for m in box)
    found = {DarkSector(family.a, n) for n in triples if sum(k**3 for k in n) == cubes}
    return all(sector in family for sector in found) and {family.subs(c) for c in box} <= found


# ---------------------------------------------------------------- the command line


def charges(arguments: Sequence[str]) -> tuple[Fraction, ...]:
    """Return the lepton charges that were typed."""
    if len(arguments) != 3:
        raise ArgumentError(f"Arguments A_E A_MU A_TAU must be three numbers, or none, not {len(arguments)}.")
    typed = dict(zip(("A_E", "A_MU", "A_TAU"), arguments, strict=True))
    for name, value in typed.items():
        if len(value) > LONGEST_CHARGE:
            raise ArgumentError(must_be(name, f"a number of at most {LONGEST_CHARGE} characters", value))
    return tuple(as_rational(value, name) for name, value in typed.items())


def main(arguments: Sequence[str]) -> None:
    """Print the derivation for the typed lepton charges; bad input ends with status 2, a failure with 1."""
    status = 2
    try:
        points = (charges(arguments),) if arguments else EXAMPLES
        status = 1
        print_derivation(partial(derivation, points))
    except AnomaliesError as error:
        print(error, file=sys.stderr)
        sys.exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
