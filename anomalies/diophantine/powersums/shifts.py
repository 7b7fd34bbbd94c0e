"""Shifts: adding hypercharge, or B-L, to a solution, and the solution that represents all of them.

Let A(Q) be the linear conditions, B the bilinear form of Y X^2 and T(a, b, c) = sum w a b c the trilinear
form of X^3.  If A(h) = 0, and B(h, Q) and T(h, h, Q) are combinations of the conditions in A, then

    B(Q + t h, Q + t h) = B(Q, Q),     T(Q + t h, ...) = T(Q, Q, Q) + 3 t T(h, Q, Q)      where A(Q) = 0.

* Hypercharge: B(Y, Q) and T(Y, Y, Q) are the condition Y^2 X and T(Y, Q, Q) is Y X^2, so that all multiples
  of Y can be added to every solution.
* B-L, with as many nu_R as families: both are combinations, but

      T(B-L, Q, Q) = 2 S2(q) - S2(u) - S2(d) - 2 S2(l) + S2(e) + S2(nu)

  is no multiple of Y X^2.  B-L is a double point of the cubic and no more: solutions with T(B-L, Q, Q) = 0
  come in whole lines Q + s (B-L), and every other solution is alone on its line.

A solution that can be shifted is moved to where S1 vanishes in the first class possible for each shift; for
the Standard Model with both shifts, to S1(q) = S1(u) = 0, and then all sums S1 vanish.  This point is
rational, unique, and simple to state, which the smallest integer point of a line is not; but it may leave the
box.

Key results
-----------
shift_directions : hypercharge and B-L as directions in the space of charges, checked
shifted : the representative of a solution

References
----------
B.C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588: B-L as a double point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from anomalies.diophantine.powersums.rows import parts_of
from anomalies.diophantine.powersums.system import PowerSumSystem, Row
from anomalies.errors import ArgumentError
from anomalies.exact import as_rational, primitive
from anomalies.fields import FieldContent, Multiplet
from anomalies.linear import in_span, null_space, reduced_rows

__all__ = ["B_MINUS_L", "HYPERCHARGE", "Direction", "shift_directions", "shifted"]

HYPERCHARGE = "hypercharge"
B_MINUS_L = "B-L"

# What a shift adds to each charge of every class.
Direction: TypeAlias = tuple[Fraction, ...]

_B_MINUS_L_OF = {
    **dict.fromkeys(("q", "u", "d"), Fraction(1, 3)),
    **dict.fromkeys(("l", "e", "nu"), Fraction(-1)),
}


@lru_cache(maxsize=64)
def shift_directions(system: PowerSumSystem, shifts: tuple[str, ...]) -> tuple[Direction, ...]:
    """Return hypercharge or B-L as directions along which solutions of a homogeneous system can move.

    Parameters
    ----------
    system : a homogeneous system.
    shifts : "hypercharge", "B-L".  Fields that are not called q, u, d, l, e, nu have B-L = 0.

    Raises
    ------
    ArgumentError
        If a shift does not respect the linear conditions, the equalities or the fixed charges, or is no
        double point; the message names the shift and the reason.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> system = power_sum_system(standard_model(), bound=3)
    >>> [str(step) for step in shift_directions(system, ("B-L",))[0]]
    ['1/3', '1/3', '1/3', '-1', '-1', '-1']
    >>> shift_directions(power_sum_system(standard_model(3, 2), bound=3), ("B-L",))
    Traceback (most recent call last):
        ...
    anomalies.errors.ArgumentError: Argument 'modulo' must hold shifts that keep solutions solutions, and \
B-L does not: grav^2 X does not vanish on it.
    """
    directions = {shift: _direction(system, shift) for shift in shifts}
    _require_shifts(system, directions)
    return tuple(directions.values())


def _direction(system: PowerSumSystem, shift: str) -> Direction:
    """What the shift adds to each charge of every class; refused when the classes do not allow it."""
    steps: dict[str, Fraction] = {name: Fraction(0) for name, _ in system.fixed}
    members = {name for entry in system.classes for names in entry.members for name in names}
    for field, family, charge in _charges_under_extra(system.content):
        step = _step(system.content, field, family, shift)
        factor, symbol = charge.as_coeff_Mul()
        name = str(symbol)
        if charge.is_Rational and field.chirality.sign and step:
            raise _refused(shift, f"the charge of {field.name} is a number")
        if name in members or name in steps:
            added = step / as_rational(factor, "content")
            if steps.setdefault(name, added) != added:
                raise _refused(shift, f"it is not free to change {name}")
    result: list[Fraction] = []
    for entry in system.classes:
        added_to_class = {steps[name] for names in entry.members for name in names}
        if len(added_to_class) > 1:
            raise _refused(shift, f"it would treat the charges of {entry.name} differently")
        result += added_to_class
    return tuple(result)


def _charges_under_extra(content: FieldContent) -> Iterator[tuple[Multiplet, int, Any]]:
    place = content.place_of(content.open_factors[0])
    for field in content.multiplets:
        for family, charge in enumerate(field.charges[place]):
            yield field, family, charge


def _step(content: FieldContent, field: Multiplet, family: int, shift: str) -> Fraction:
    """The charge of one family under the U(1) that is added."""
    if shift == B_MINUS_L:
        return _B_MINUS_L_OF.get(field.name, Fraction(0))
    if "Y" not in [factor.name for factor in content.group.abelian_factors]:
        raise _refused(shift, f"{content.group} has no U(1)_Y")
    return as_rational(field.charges[content.place_of("Y")][family], "content")


def _refused(shift: str, reason: str) -> ArgumentError:
    return ArgumentError(
        f"Argument 'modulo' must hold shifts that keep solutions solutions, and {shift} does not: {reason}."
    )


def _require_shifts(system: PowerSumSystem, directions: Mapping[str, Direction]) -> None:
    """Refuse directions h unless linear(h) = 0 and B(h, Q), T(h, h', Q) follow from the linear conditions.

    What is left of the cubic condition at Q + t h is then its value at Q and 3 t T(h, Q, Q), and the
    quadratic condition does not change.
    """
    linear = [
        [Fraction(entry.linear[index]) for entry in system.classes]
        for index in range(len(system.condition_names))
    ]
    for shift, direction in directions.items():
        for name, weights in zip(system.condition_names, linear, strict=True):
            if sum(w * x for w, x in zip(weights, _sums(system, direction), strict=True)):
                raise _refused(shift, f"{name} does not vanish on it")
        square = [entry.square * x for entry, x in zip(system.classes, direction, strict=True)]
        if not in_span(linear, square):
            raise _refused(shift, "the quadratic condition would change")
        for other in directions.values():
            cube = [entry.cube * x * y for entry, x, y in zip(system.classes, direction, other, strict=True)]
            if not in_span(linear, cube):
                raise _refused(shift, "it is no double point of the cubic condition")


def _sums(system: PowerSumSystem, direction: Sequence[Fraction]) -> list[Fraction]:
    return [entry.size * x for entry, x in zip(system.classes, direction, strict=True)]


def shifted(system: PowerSumSystem, parts: Sequence[Row], directions: Sequence[Direction]) -> tuple[Row, ...]:
    """Return a solution, class by class, moved to the representative of its shifts, and made primitive.

    Directions h_i can be combined to sum t_i h_i as long as sum t_i T(h_i, Q, Q) = 0.
    """
    obstacle = [_second_derivative(system, parts, direction) for direction in directions]
    kept = null_space([obstacle], len(directions))
    places = range(len(parts))
    along = [
        [
            sum((c * h[place] for c, h in zip(combination, directions, strict=True)), Fraction(0))
            for place in places
        ]
        for combination in kept
    ]
    reduced, pivots = reduced_rows([_sums(system, direction) for direction in along])
    totals = [Fraction(sum(part)) for part in parts]
    moved = [
        total - sum(row[place] * totals[pivot] for row, pivot in zip(reduced, pivots, strict=True))
        for place, total in enumerate(totals)
    ]
    values = primitive(
        [
            value + (new - old) / entry.size
            for entry, part, old, new in zip(system.classes, parts, totals, moved, strict=True)
            for value in part
        ]
    )
    return parts_of(system, values)


def _second_derivative(system: PowerSumSystem, parts: Sequence[Row], direction: Direction) -> Fraction:
    """T(h, Q, Q), the rate at which the cubic condition changes along h."""
    return sum(
        (
            entry.cube * x * sum(value**2 for value in part)
            for entry, x, part in zip(system.classes, direction, parts, strict=True)
        ),
        Fraction(0),
    )
