r"""Theorems behind `model_family`: which double points quadric and cubic of the Standard Model share.

On the linear solution space V, with B the bilinear form of Y X^2 and T the trilinear one of X^3, a double
point of both is a D in V with B(D, X) = 0 and T(D, D, X) = 0 for all X in V.  These are derivatives: along X,
that of Y X^2 at D is 2 B(D, X), and that of X^3 is 3 T(D, D, X).  They are linear in X, so a basis of V is
enough: Y, B-L, and traceless charges of one species (`sm-linear-solutions`).

References
----------
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588: the double points Y and B-L.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from sympy import Eq, Expr, Symbol, diff, expand, symbols

from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.sm_geometry import B_MINUS_L, HYPERCHARGE, SPECIES, Values
from anomalies.exact import to_sympy
from anomalies.library import standard_model
from anomalies.proofs import (
    Statement,
    all_of,
    for_all,
    prove_each,
    solution_space,
    suppose_not,
)
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

ALPHA, BETA = symbols("alpha beta")
NEUTRINOS = symbols("nu_1 nu_2")
QUADRATIC, CUBIC = "Y X^2", "X^3"


@lru_cache(maxsize=4)
def _forms(right_handed_neutrinos: int) -> Mapping[str, Expr]:
    conditions = anomaly_conditions(standard_model(3, right_handed_neutrinos)).involving("X")
    return {str(triangle): polynomial for triangle, polynomial in conditions.items()}


def _linear(right_handed_neutrinos: int) -> list[Expr]:
    forms = _forms(right_handed_neutrinos)
    return [forms[name] for name in forms if name not in (QUADRATIC, CUBIC)]


def _charges(right_handed_neutrinos: int) -> list[Symbol]:
    """The charges that enter a condition, species by species."""
    species = SPECIES if right_handed_neutrinos else SPECIES[:-1]
    return [Symbol(f"Q_{name}{i}") for name in species for i in (1, 2, 3)]


def _of_species(vector: Values, species: Sequence[str]) -> list[Fraction]:
    return [vector[i] for i in range(len(species)) for _ in range(3)]


def _directions(right_handed_neutrinos: int) -> list[list[Fraction]]:
    """A basis of the linear solutions: Y, B-L with nu_R, and two traceless vectors for each species."""
    species = SPECIES if right_handed_neutrinos else SPECIES[:-1]
    centres = (HYPERCHARGE, B_MINUS_L) if right_handed_neutrinos else (HYPERCHARGE,)
    width = 3 * len(species)
    traceless = [
        [Fraction(x) for x in (*(0,) * start, *part, *(0,) * (width - start - 3))]
        for start in range(0, width, 3)
        for part in ((1, -1, 0), (0, 1, -1))
    ]
    return [*(_of_species(centre, species) for centre in centres), *traceless]


def _derivatives(form: str, right_handed_neutrinos: int) -> Iterator[Expr]:
    """The derivatives of a form along the basis, as functions of the point."""
    names = _charges(right_handed_neutrinos)
    gradient = [diff(_forms(right_handed_neutrinos)[form], name) for name in names]
    for direction in _directions(right_handed_neutrinos):
        along = expand(sum(to_sympy(x) * g for x, g in zip(direction, gradient, strict=True)))
        if along != 0:
            yield along


def _universal(*terms: tuple[Expr, Values], species: Sequence[str] = SPECIES) -> list[Expr]:
    """The sum of multiples of vectors that are the same in all families, charge by charge."""
    return [sum(c * to_sympy(v[i]) for c, v in terms) for i in range(len(species)) for _ in range(3)]


def _radical(right_handed_neutrinos: int, basis: Sequence[Sequence[Fraction]]) -> Statement:
    """B(D, .) = 0 for linear solutions D exactly on the span of a basis."""
    names = _charges(right_handed_neutrinos)
    equations = [*_linear(right_handed_neutrinos), *_derivatives(QUADRATIC, right_handed_neutrinos)]
    return for_all(names, solution_space(equations, names, basis))


def _radical_with_neutrinos() -> Statement:
    *_, first, second = _directions(3)
    return _radical(3, [*(_of_species(v, SPECIES) for v in (HYPERCHARGE, B_MINUS_L)), first, second])


def _radical_without_neutrinos() -> Statement:
    return _radical(0, [_of_species(HYPERCHARGE, SPECIES[:-1])])


def _point(*neutrinos: Expr) -> dict[Symbol, Expr]:
    """The charges of alpha Y + beta (B-L) + T_nu."""
    universal = _universal((ALPHA, HYPERCHARGE), (BETA, B_MINUS_L))
    traceless = (0,) * 15 + (neutrinos or (0,) * 3)
    return {name: x + t for name, x, t in zip(_charges(3), universal, traceless, strict=True)}


def _only_y_and_b_minus_l() -> Statement:
    """In the radical, T(D, D, .) = 0 for no other D."""
    x, y = NEUTRINOS
    lets = _point(x, y, -x - y)
    in_coordinates = (expand(along.xreplace(lets)) for along in _derivatives(CUBIC, 3))
    given = [along for along in in_coordinates if along != 0]
    return for_all([ALPHA, BETA, x, y], all_of(x, y), given=given)


def _y_and_b_minus_l() -> Statement:
    goals = [*_linear(3), *_derivatives(QUADRATIC, 3), *_derivatives(CUBIC, 3)]
    return for_all([ALPHA, BETA], all_of(*goals), lets=_point())


def _hypercharge_is_a_shift() -> Statement:
    names, forms = _charges(0), _forms(0)
    steps = _universal((ALPHA, HYPERCHARGE), species=SPECIES[:-1])
    moved = {name: name + step for name, step in zip(names, steps, strict=True)}
    goals = [
        Eq(forms[QUADRATIC].xreplace(moved), forms[QUADRATIC]),
        Eq(forms[CUBIC].xreplace(moved), forms[CUBIC] + 3 * ALPHA * forms[QUADRATIC]),
    ]
    return for_all([*names, ALPHA], all_of(*goals), given=_linear(0))


THEOREMS = (
    Theorem(
        "double-points-radical",
        "With three nu_R, the linear solutions D with B(D, X) = 0 for all linear solutions X are exactly "
        "alpha Y + beta (B-L) and any traceless charges of nu_R.",
        r"B(D, \cdot) = 0 \iff D = \alpha Y + \beta (B - L) + T_\nu",
        "new",
        _radical_with_neutrinos,
    ),
    Theorem(
        "double-points-are-y-and-b-minus-l",
        "Every alpha Y + beta (B-L) is a double point of quadric and cubic.",
        r"D = \alpha Y + \beta (B - L) \implies B(D, \cdot) = T(D, D, \cdot) = 0",
        "arXiv:2006.03588",
        _y_and_b_minus_l,
    ),
    Theorem(
        "no-double-point-but-y-and-b-minus-l",
        "With three nu_R, the traceless charges T_nu of a double point are 0: quadric and cubic share none "
        "but alpha Y + beta (B-L), and modulo Y, B-L is the only one.",
        r"D = \alpha Y + \beta (B - L) + T_\nu,\ T(D, D, \cdot) = 0 \implies T_\nu = 0",
        "new",
        _only_y_and_b_minus_l,
        prove_each(suppose_not(), suppose_not()),
        hypotheses=("B(D, .) = 0, so that D = alpha Y + beta (B-L) + T_nu.",),
    ),
    Theorem(
        "no-double-point-without-neutrinos",
        "Without nu_R, the linear solutions D with B(D, X) = 0 for all linear solutions X are exactly the "
        "multiples of Y: no other point is a double point of quadric and cubic.",
        r"B(D, \cdot) = 0 \iff D = \alpha Y",
        "new",
        _radical_without_neutrinos,
    ),
    Theorem(
        "hypercharge-shift-without-neutrinos",
        "Without nu_R too, adding alpha Y to a linear solution leaves Y X^2 as it is and changes X^3 by "
        "3 alpha Y X^2. So a multiple of Y takes solutions to solutions, and makes none of anything else.",
        r"\mathcal{A}_{XXX}(X + \alpha Y) = \mathcal{A}_{XXX}(X) + 3 \alpha \mathcal{A}_{YXX}(X)",
        "new",
        _hypercharge_is_a_shift,
        hypotheses=("The linear conditions hold.",),
    ),
)
