"""All lepton and dark charges at once: the common shift, the Segre cubic, and two dark states; ADN (2.6)."""

from collections.abc import Sequence

from sympy import Add, Eq, Expr, Matrix, Mul, Rational, Symbol, Tuple, expand, symbols

from anomalies import DarkSector
from anomalies.diophantine import NONTRIVIAL_SENSES, is_nontrivial
from anomalies.diophantine.clebsch import EXCEPTIONAL_SECTORS, TwoDarkFamily, clebsch_charges, skew_points
from anomalies.diophantine.segre import (
    clebsch_lines,
    is_vector_like,
    planes_through,
    segre_nodes,
    segre_planes,
)
from anomalies.diophantine.shift import ShiftFamily, shift_formula
from anomalies.latex import Derivation, Step, equality, print_derivation, remark, statement
from anomalies.tables import Table

A = A_E, A_MU, A_TAU = symbols("a_e a_mu a_tau")
N = N_1, N_2, N_3 = symbols("n_1 n_2 n_3")
X = symbols("x_1:7")
PLANE = U, V, W = symbols("u v w")
T = Symbol("t")
SHIFTS, TWO = ShiftFamily(3), TwoDarkFamily()

A4 = DarkSector(("3/5", 1, "1/20"), ("1/4", "7/20", "21/20"))
FOOTNOTE_13 = DarkSector((5, -4, -4), (-1, -1, -1))
FOOTNOTE_29 = (DarkSector((7, 8, -9), (1, 5)), DarkSector((9, -2, -10), (4, -7)))
WITH_ZERO = DarkSector((7, 8, -9), (0, 1, 5))
VECTOR_LIKE = (
    DarkSector((1, -1, 5), (5, 2, -2)),
    DarkSector((1, 2, 4), (1, 2, 4)),
    DarkSector((1, 1, 1), (1, 1, 1)),
)


def derivation() -> Derivation:
    """Return what is known of all solutions of (2.6), without fixing the lepton charges."""
    return Derivation("All dark solutions", "ADN (2.6)", (*_shift(), *_planes(), *_two_states()))


# ------------------------------------------------------------------------------------ three states


def _shift() -> tuple[Step, ...]:
    a, n = symbols("a n")
    examples = (A4, FOOTNOTE_13, WITH_ZERO)
    return (
        equality(
            "Shift all lepton charges and all dark charges by {t}, which adds a multiple of {generator}. "
            "For each lepton charge with a dark charge,",
            (a + T) ** 3 - (n + T) ** 3,
            a**3 - n**3 + 3 * T * (a**2 - n**2) + 3 * T**2 * (a - n),
            t=T,
            generator=Symbol("T_B") - Symbol("T_L"),
        ),
        statement(
            "Summed over three pairs with equal sums this is linear in the shift: any charges with equal "
            "sums and different sums of squares become a solution by exactly one shift. Of the charges that "
            "differ by a shift take those with both sums zero. Every solution with different sums of "
            "squares comes exactly once:",
            SHIFTS,
            lambda: _is_linear_in_the_shift() and all(_comes_back(SHIFTS, sector) for sector in examples),
            "the cubic equation is denominator times t minus numerator, identically",
        ),
        remark(
            "No non-trivial solution is left out: three numbers are determined by the sums of their first, "
            "second and third powers, so a solution with equal sums of squares is a permutation. (Of four "
            "and four charges there are others, such as 0, 4, 7, 11 and 1, 2, 9, 10.)"
        ),
        statement(
            "ADN's (A.4), the first example of footnote 13, and one with a zero charge:",
            Table(("sector", *SHIFTS.parameters), [_row(SHIFTS, sector) for sector in examples]),
            lambda: all(_comes_back(SHIFTS, sector) for sector in examples),
            "the parameters give the sectors back",
        ),
    )


def _is_linear_in_the_shift() -> bool:
    alpha, nu = SHIFTS.normal_form(SHIFTS.parameters)
    numerator, denominator = shift_formula(alpha, nu)
    cubes = Add(*((x + T) ** 3 for x in alpha), *(-((x + T) ** 3) for x in nu))
    return bool(expand(cubes - (denominator * T - numerator)) == 0)


def _comes_back(family: ShiftFamily | TwoDarkFamily, sector: DarkSector) -> bool:
    return family.subs(family.parameters_of(sector)) == sector


def _row(family: ShiftFamily | TwoDarkFamily, sector: DarkSector) -> tuple[object, ...]:
    return (sector, *(Rational(str(value)) for value in family.parameters_of(sector)))


# ------------------------------------------------------------------------------- planes and nodes


def _planes() -> tuple[Step, ...]:
    rest = (*X[2:5], -X[2] - X[3] - X[4])
    shown = (FOOTNOTE_13, WITH_ZERO, *VECTOR_LIKE)
    return (
        statement(
            "As left-handed fields the charges are {charges}. Both equations are symmetric in these six: "
            "they are the cubic threefold of Segre. It is singular where all six squares agree, for the "
            "squares are the derivatives of the cubes. Of the 64 patterns of signs 20 have the sum zero. "
            "That is ten nodes, B - L and nine like the second of these; all are trivial:",
            Matrix([(1, 1, 1, -1, -1, -1), (1, 1, -1, 1, -1, -1)]),
            _nodes_are_trivial,
            "the ten nodes counted by their lepton charges; in each the dark charges are the lepton charges",
            charges=Tuple(*A, *(-n for n in N)),
        ),
        equality(
            "If two of the six are opposite, the other four have the sum zero, and",
            Add(*(x**3 for x in rest)),
            -3 * Mul(X[2] + X[3], X[3] + X[4], X[4] + X[2]),
        ),
        statement(
            "So one pair of opposites makes three. The solution lies on one of fifteen planes, as many as "
            "there are ways to pair six charges; that is to be vector-like. On six of the planes the dark "
            "charges are a permutation of the lepton charges. Off these six a solution is non-trivial in "
            "sense (a), off all fifteen in sense (b); sense (c) also forbids a zero:",
            Table(
                ("sector", "planes", *(f"({letter})" for letter in "abc")),
                [(s, len(planes_through(s)), *("yes" if x else "no" for x in _senses(s))) for s in shown],
            ),
            lambda: len(segre_planes()) == 15 and all(_senses(s) == _by_planes(s) for s in shown),
            "all fifteen pairings tried for each sector, and compared with the definitions of the senses",
        ),
    )


def _nodes_are_trivial() -> bool:
    nodes = segre_nodes()
    sectors = [DarkSector(node[:3], [-x for x in node[3:]]) for node in nodes]
    universal = [sector for sector in sectors if len(set(sector.a)) == 1]
    return (
        len(nodes) == 10 and len(universal) == 1 and not any(is_nontrivial(s, "permutation") for s in sectors)
    )


def _senses(sector: DarkSector) -> list[bool]:
    return [is_nontrivial(sector, sense) for sense in NONTRIVIAL_SENSES]


def _by_planes(sector: DarkSector) -> list[bool]:
    planes = planes_through(sector)
    permutations = [plane for plane in planes if all(i < 3 <= j for i, j in plane)]
    return [not permutations, not planes, not planes and 0 not in (*sector.a, *sector.n)]


# -------------------------------------------------------------------------------------- two states


def _two_states() -> tuple[Step, ...]:
    P, Q = skew_points(*PLANE)
    charges = dict(zip((*A, N_1, N_2), clebsch_charges(*PLANE), strict=True))
    back = (N_1 * (N_1 - A_TAU), (A_E + A_MU) * (A_MU - N_2), (A_MU - N_2) * (N_1 - A_TAU))
    return (
        remark(
            "Two dark states: the five charges are a point of the diagonal cubic surface of Clebsch. With a "
            "zero or a pair of opposites it lies on one of fifteen lines, one zero and two pairs; all else "
            "is non-trivial in sense (c)."
        ),
        statement(
            "Take a point on each of two lines that do not meet, {first} and {second}. With {B} the polar "
            "form of the cubic, the straight line through them meets the surface once more, in {third}. "
            "Without its common factor:",
            Table(("charge", "cubic in the parameters"), list(charges.items())),
            lambda: len(clebsch_lines()) == 15 and _is_third_point(P, Q, tuple(charges.values())),
            "P, Q and the cubics solve both equations identically, and the third point is w times the cubics",
            first=Eq(Symbol("P"), Tuple(*P), evaluate=False),
            second=Eq(Symbol("Q"), Tuple(*Q), evaluate=False),
            B=Symbol("B"),
            third=Symbol("B(P, Q, Q) P - B(P, P, Q) Q"),
        ),
        statement(
            "The parameters {plane} come back up to a factor as",
            Tuple(*back),
            lambda: _is_proportional([x.subs(charges) for x in back], PLANE),
            "with the cubics put in, proportional to u, v, w identically",
            plane=Tuple(*PLANE),
        ),
        statement(
            "Where all three vanish, another ratio or the tangent plane has the answer. Up to the scale s "
            "all solutions are reached but eight vector-like ones. ADN's footnote 29:",
            Table(("sector", *TWO.parameters), [_row(TWO, sector) for sector in FOOTNOTE_29]),
            _two_states_come_back,
            "the parameters give the sectors back; the eight are vector-like and have no parameters",
        ),
    )


def _polar(*points: tuple[Expr, ...]) -> Expr:
    signs = (1, 1, 1, -1, -1)
    return Add(*(sign * Mul(*(point[i] for point in points)) for i, sign in enumerate(signs)))


def _is_third_point(P: tuple[Expr, ...], Q: tuple[Expr, ...], cubics: tuple[Expr, ...]) -> bool:
    third = [_polar(P, Q, Q) * p - _polar(P, P, Q) * q for p, q in zip(P, Q, strict=True)]
    sums = [sum(x[:3]) - sum(x[3:]) for x in (P, Q, cubics)]
    cubes = [_polar(x, x, x) for x in (P, Q, cubics)]
    return not any(
        expand(x) for x in (*sums, *cubes, *(x - W * y for x, y in zip(third, cubics, strict=True)))
    )


def _is_proportional(left: Sequence[Expr], right: Sequence[Expr]) -> bool:
    minors = (left[i] * right[j] - left[j] * right[i] for i, j in ((0, 1), (1, 2), (2, 0)))
    return any(expand(x) for x in left) and not any(expand(minor) for minor in minors)


def _two_states_come_back() -> bool:
    missing = [DarkSector(charges[:3], charges[3:]) for charges in EXCEPTIONAL_SECTORS]
    return (
        all(_comes_back(TWO, sector) for sector in FOOTNOTE_29)
        and len(set(missing)) == 8
        and all(sector not in TWO and is_vector_like(sector) for sector in missing)
    )


if __name__ == "__main__":
    print_derivation(derivation)
