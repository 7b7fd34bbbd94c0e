"""EFT's cubic condition, "complicated and unrevealing": its degree and factors, squares, singular points."""

from fractions import Fraction
from functools import cache
from typing import Any

from sympy import (
    Eq,
    Expr,
    Integer,
    Poly,
    Rational,
    Symbol,
    Tuple,
    cancel,
    expand,
    factor,
    factor_list,
    symbols,
)

from anomalies.diophantine import double_points, model_family
from anomalies.exact import primitive
from anomalies.latex import Derivation, Step, definition, print_derivation, remark, statement
from anomalies.literature import scenario
from anomalies.reports import claimed
from anomalies.tables import Table
from anomalies.theorems.ellis_conditions import CUBIC_COEFFICIENTS, DENOMINATOR, NUMERATOR
from anomalies.theorems.ellis_dense import OF_DIFFERENCES, SURFACE, VECTOR_LIKE_MUON
from anomalies.theorems.ellis_up_quarks import CUBIC_FORM

q, t, u, t_R, mu_L, mu_R, tau_L, tau_R = symbols("q t u t_R mu_L mu_R tau_L tau_R")
chi_L, chi_R, X, D, N = symbols("chi_L chi_R X D N")
A, B, E, K, L = symbols("A B E K L")
x, y = symbols("x y")
p, r, a, b, c, h, m, w, p_0, r_0 = symbols("p r a b c h m w p_0 r_0")
ORDER = (q, t, u, t_R, mu_L, mu_R, tau_L, tau_R, chi_L, chi_R)
FREE = (q, u, mu_L, mu_R)
SHOWN = tuple(
    (Rational(at), Integer(second), Rational(slope)) for at, second, slope in (("1", 0, "0"), ("1/2", 0, "0"))
)


def derivation() -> Derivation:
    """Return the quintic form, the three squares, the singular points, and a dense set of models."""
    steps = (*_quintic(), *_three_squares(), *_singular_points(), *_dense())
    return Derivation("EFT: the cubic condition", "EFT section 2", steps)


def _same(left: Any, right: Any) -> Eq:
    return Eq(left, right, evaluate=False)


def _quintic() -> tuple[Step, ...]:
    first, second, third = CUBIC_COEFFICIENTS
    ours = (
        first * DENOMINATOR**2
        + NUMERATOR * DENOMINATOR * (second + chi_L**2)
        + NUMERATOR**2 * (third - 2 * chi_L)
    )
    factors = factor_list(expand(ours))[1]
    degree = Poly(expand(ours), *FREE, chi_L).total_degree()
    short = A * D**2 + N * D * (B + chi_L**2) + N**2 * (E - 2 * chi_L)
    return (
        remark(
            "With one dark particle the linear conditions leave five charges and {X}, the sum of the "
            "left-handed quark charges; the quadratic one is {D}{X} = {N}. The cubic condition of EFT is "
            "what is left with {X} = {quotient}. They call it algebraically complicated and unrevealing, "
            "and do not print it.",
            X=X,
            D=D,
            N=N,
            quotient=N / D,
        ),
        claimed("eft-quintic", _same(D**2 * Symbol("A_e"), 6 * short)),
        statement(
            "This is a form of degree five in {five}, irreducible over the rational numbers: a threefold, "
            "double along the surface {D} = {N} = 0, where it says nothing and the branch above takes its "
            "place.",
            Table(
                ("degree", "terms", "factors", "multiplicities"),
                [
                    (
                        degree,
                        len(Poly(expand(ours), *FREE, chi_L).terms()),
                        len(factors),
                        Tuple(*(m for _, m in factors)),
                    )
                ],
            ),
            lambda: degree == 5 and len(factors) == 1 and factors[0][1] == 1,
            "factored over Q",
            five=Tuple(*FREE, chi_L),
            D=D,
            N=N,
        ),
    )


def _three_squares() -> tuple[Step, ...]:
    return (
        remark(
            "It is better not to eliminate. The linear conditions fix the sums of charges over a species, in "
            "units of {X}; take half the differences in their place.",
            X=X,
        ),
        definition(
            "Write",
            Tuple(p, r, a, b, c),
            Tuple((q - t) / 3, (u - t_R) / 3, (mu_L - tau_L) / 2, (mu_R - tau_R) / 2, (chi_L + chi_R) / 2),
        ),
        claimed(
            "eft-sums-and-differences",
            _same(Symbol("A_e") / 6, CUBIC_FORM),
        ),
        claimed("eft-three-squares", _same(Tuple(b**2 - a**2, c**2 - a**2), Tuple(K, L))),
        definition(
            "Here, for the quark charges, that is {three},",
            Tuple(K, L),
            Tuple(
                6 * r**2 - 3 * p**2 - Rational(7, 12) * X**2,
                Rational(3, 4) * X**2 - 6 * r**2 + (6 * p**3 - 3 * r**3) / X,
            ),
            three=Tuple(X, p, r),
        ),
        statement(
            "So the leptons and the dark particle of given quark charges are three squares with the "
            "differences {K} and {L}, and give a point of an elliptic curve, {x} the square of {a} and {y} "
            "the product of {abc}:",
            _same(y**2, x * (x + K) * (x + L)),
            _on_the_curve,
            "y = a b c and x = a^2 put in, with b^2 = a^2 + K and c^2 = a^2 + L",
            K=K,
            L=L,
            x=x,
            y=y,
            a=a,
            abc=Tuple(a, b, c),
        ),
        remark(
            "By the classical descent this is multiplication by two from the curve of the three squares, "
            "which is the same elliptic curve unless {K}, {L} or their difference vanishes; its points of "
            "order two are at infinity. So for each {three} the models are a group of rational points.",
            three=Tuple(X, p, r),
            K=K,
            L=L,
        ),
    )


def _on_the_curve() -> bool:
    squares = {b**2: a**2 + K, c**2: a**2 + L}
    left = (a**2 * b**2 * c**2).subs(squares)
    return bool(expand(left - (x * (x + K) * (x + L)).subs(x, a**2)) == 0)


def _singular_points() -> tuple[Step, ...]:
    content = scenario(up_quarks=True, dark=("chi",)).content
    return (
        claimed("eft-singular-points", _same(Tuple(X, p, r, a**2 - b**2, a**2 - c**2), Tuple(0, 0, 0, 0, 0))),
        statement(
            "None of the five is a double point of quadric and cubic at once, so there is no "
            "parametrisation by lines through one, as there is with two dark fermions:",
            double_points(content),
            lambda: (
                double_points(content).exhaustive
                and not double_points(content).points
                and model_family(content).family is None
            ),
            "an exhaustive search by algebra",
        ),
        statement(
            "At the four the cubic alone is double. Its tangent cone is two hyperplanes, one of them {X} = "
            "0:",
            Table(("point (a, b, c)", "Hessian of the cubic"), _hessians()),
            _tangent_cones_split,
            "gradient and Hessian evaluated at each of the four points",
            X=X,
        ),
        remark("At the fifth the quadric alone is double."),
    )


_COORDINATES = (X, p, r, a, b, c)
_FOUR = tuple((1, second, third) for second in (1, -1) for third in (1, -1))


def _at(point: tuple[int, int, int]) -> dict[Symbol, int]:
    return dict(zip(_COORDINATES, (0, 0, 0, *point), strict=True))


def _hessian_form(point: tuple[int, int, int]) -> Expr:
    """The quadratic form of the second derivatives."""
    pairs = [(i, j) for i in _COORDINATES for j in _COORDINATES]
    return expand(sum(CUBIC_FORM.diff(i, j).subs(_at(point)) * i * j for i, j in pairs) / 2)


def _hessians() -> list[tuple[Any, ...]]:
    return [(Tuple(*point), factor(_hessian_form(point))) for point in _FOUR]


def _tangent_cones_split() -> bool:
    return all(
        all(CUBIC_FORM.diff(s).subs(_at(point)) == 0 for s in _COORDINATES)
        and expand(_hessian_form(point) - X * expand(_hessian_form(point) / X)) == 0
        for point in _FOUR
    )


# ---------------------------------------------------------------- a dense set of models


def _dense() -> tuple[Step, ...]:
    start = h * (2 * p_0**3 - r_0**3) / (2 * r_0**2 - p_0**2)
    surface = {X: 0, p: p_0, r: r_0, w: start}
    return (
        remark(
            "There is a parametrisation all the same, if not of every model once. Take the difference of {b} "
            "and {a} in units of {X}, let it be {product}, and write {w} for that of {c} and {a}. Then the "
            "quadratic condition is linear in {a}, and the cubic one becomes a cubic surface.",
            b=b,
            a=a,
            c=c,
            w=w,
            X=X,
            product=h * X,
        ),
        claimed("eft-cubic-surfaces", _same(h * X * w**2 + w * (K - h**2 * X**2), h * X * L)),
        claimed("eft-cubic-surfaces-solve", _same(Tuple(b, c), Tuple(a + h * X, a + w))),
        statement(
            "For each {h} this is a cubic surface with a curve of known points, where {X} = 0:",
            _same(Tuple(X, p, r, w), Tuple(0, p_0, r_0, start)),
            lambda: cancel(SURFACE.subs(surface)) == 0,
            "put into the equation",
            h=h,
            X=X,
        ),
        statement(
            "The tangent plane at such a point meets the surface in a cubic with a double point there, and "
            "each line through it in one more point, which is a model. So {h}, the ratio of {p_0} and "
            "{r_0}, and the direction {m} = dr/dX of the line are three free parameters. Some models, with "
            "coprime integers as charges:",
            Table((h, r_0, m, Tuple(*ORDER)), [_row(*chosen) for chosen in SHOWN]),
            lambda: all(_is_model(*chosen) for chosen in SHOWN),
            "all six conditions verified; here p_0 = 1",
            h=h,
            p_0=p_0,
            r_0=r_0,
            m=m,
        ),
        statement(
            "The models so reached are dense among all: for a fixed {h} the Jacobian determinant of the "
            "ratios {ratios} by {r_0} and {m} does not vanish identically. At {h} = 1/2, {r_0} = 1 and {m} "
            "= 0 it is",
            _jacobian(),
            lambda: bool(_jacobian() != 0),
            "differentiated exactly",
            h=h,
            r_0=r_0,
            m=m,
            ratios=Tuple(p / X, r / X),
        ),
        claimed(
            "eft-vector-like-muon-family",
            Table(
                ("charge", "value"),
                list(VECTOR_LIKE_MUON.items()),
            ),
        ),
        remark(
            "This is {h} = 1/2 and {r_0} = 0. So a Z' with a purely vector coupling to muons and a chiral "
            "dark particle is no accident of small charges: there is a family with two parameters of them.",
            h=h,
            r_0=r_0,
        ),
    )


def _surface_at(values: tuple[Any, ...], at: Any) -> Any:
    """The equation of the surface for numbers or expressions."""
    x, y, z, last = values
    k = 6 * z**2 - 3 * y**2 - Rational(7, 12) * x**2
    cubes = Rational(3, 4) * x**3 - 6 * x * z**2 + 6 * y**3 - 3 * z**3
    return at * x * last**2 + last * (k - at**2 * x**2) - at * cubes


def _third_point(at: Any, second: Any, slope: Any) -> tuple[Any, ...]:
    """The third point (X, p, r, w) of the tangent with that slope at (0, 1, r_0, w_0)."""
    first: Any = Integer(1)
    start = at * (2 - second**3) / (2 * second**2 - 1)
    by_x = at * start**2 + 6 * at * second**2
    by_p = -6 * start - 18 * at
    by_r = 12 * start * second + 9 * at * second**2
    direction = (first, -(by_x + by_r * slope) / by_p, slope, first * 0)
    point = (first * 0, first, second, start)
    plus, minus = (
        _surface_at(tuple(k + sign * d for k, d in zip(point, direction, strict=True)), at)
        for sign in (1, -1)
    )
    length = -(plus + minus) / (plus - minus)
    return tuple(k + length * d for k, d in zip(point, direction, strict=True))


def _charges(at: Any, second: Any, slope: Any) -> dict[Symbol, Expr]:
    x, y, z, last = _third_point(at, second, slope)
    k = 6 * z**2 - 3 * y**2 - Rational(7, 12) * x**2
    half = (k / (at * x) - at * x) / 2
    values = {X: x, p: y, r: z, a: half, b: half + at * x, c: half + last}
    return {symbol: value.subs(values) for symbol, value in OF_DIFFERENCES.items()}


def _row(at: Any, second: Any, slope: Any) -> tuple[Any, ...]:
    charges = _charges(at, second, slope)
    integers = primitive([Fraction(int(charges[s].p), int(charges[s].q)) for s in ORDER])
    return (at, second, slope, Tuple(*integers))


def _is_model(at: Any, second: Any, slope: Any) -> bool:
    charges = _charges(at, second, slope)
    return scenario(up_quarks=True, dark=("chi",)).conditions.subs(charges).is_anomaly_free


@cache
def _jacobian() -> Expr:
    x, y, z, _ = _third_point(Rational(1, 2), r_0, m)
    place = {r_0: 1, m: 0}
    rows = [[(value / x).diff(s).subs(place) for s in (r_0, m)] for value in (y, z)]
    return cancel(rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0])


if __name__ == "__main__":
    print_derivation(derivation)
