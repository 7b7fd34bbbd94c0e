"""Canonical forms: one representative of all rows that describe the same physics.

Family permutations are divided out by sorting each class.  For a homogeneous system the overall sign and
scale mean nothing either: the representative is primitive, and of a row and its negative (sorted again) the
lexicographically larger one.

Three more equivalences are separate choices, because not everybody wants them.

* "hypercharge": Q ~ Q + t Y, which is a solution whenever Q is.
* "B-L": Q ~ Q + s (B-L), *where both are solutions*; for most Q it is not one (see `shifts`).
* "dark labels": charges of states that are neutral under all other gauge factors may change places, also
  between classes that restrictions have separated, and left-handed states with right-handed antiparticles.

Key results
-----------
canonical, is_canonical : under overall sign and scale
inequivalent : one representative of each orbit among the solutions of a system
Equivalence, canonical_modulo : the further choices
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from math import gcd

from anomalies.diophantine.powersums.rows import parts_of, satisfies
from anomalies.diophantine.powersums.shifts import B_MINUS_L, HYPERCHARGE, shift_directions, shifted
from anomalies.diophantine.powersums.system import PowerSumSystem, Row
from anomalies.errors import ArgumentError, ArgumentTypeError, NotASolutionError, UnknownNameError, must_be
from anomalies.fields import FieldContent

__all__ = ["Equivalence", "canonical", "canonical_modulo", "has_integer_box", "inequivalent", "is_canonical"]


class Equivalence(Enum):
    """What else may be divided out: see the module's docstring for what each one means."""

    HYPERCHARGE = HYPERCHARGE
    B_MINUS_L = B_MINUS_L
    DARK_LABELS = "dark labels"


# ---------------------------------------------------------------- sign and scale


def canonical(system: PowerSumSystem, row: Sequence[int]) -> Row:
    """Return the representative of a row under overall sign, scale and family permutation.

    Entries without a common factor; of the row and its negative, each sorted within the classes, the
    lexicographically larger one.  The zero row represents itself.

    Raises
    ------
    ArgumentError
        If the system is not homogeneous: multiples of its solutions are then no solutions.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> system = power_sum_system(standard_model(2, 0), bound=3)
    >>> canonical(system, (0, 0, 0, 0, 0, 0, 3, -3, -3, 3))
    (0, 0, 0, 0, 0, 0, -1, 1, -1, 1)
    """
    _require_homogeneous(system)
    parts = parts_of(system, row)
    divisor = gcd(*(value for part in parts for value in part)) or 1
    return max(_sorted_row(parts, divisor), _sorted_row(parts, -divisor))


def _sorted_row(parts: Iterable[Iterable[int]], divisor: int) -> Row:
    return tuple(value for part in parts for value in sorted(entry // divisor for entry in part))


def _require_homogeneous(system: PowerSumSystem) -> None:
    if not system.is_homogeneous:
        raise ArgumentError(
            "Argument 'system' must be homogeneous: with constants or non-zero fixed charges, multiples of "
            "solutions are no solutions."
        )


def is_canonical(system: PowerSumSystem, row: Sequence[int]) -> bool:
    """Return whether a row is its own representative under sign, scale and family permutation."""
    return canonical(system, row) == tuple(row)


def has_integer_box(system: PowerSumSystem) -> bool:
    """Return whether every class allows exactly the integers from -Q to Q, for some Q of its own.

    The representative of a row in such a box is in the box, too.
    """
    return all(
        entry.allowed[0] == -entry.allowed[-1] and len(entry.allowed) == 2 * entry.allowed[-1] + 1
        for entry in system.classes
    )


def inequivalent(system: PowerSumSystem, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one representative of each orbit under sign and scale among all solutions of a system.

    In an integer box these are the rows that are canonical, and nothing is kept in memory.  Other sets of
    allowed charges may lack the representative of a row that they contain, so every representative is
    remembered and yielded once, whether or not it is in the box.

    Parameters
    ----------
    system : a homogeneous system.
    rows : all its solutions, in any order.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system, solutions
    >>> system = power_sum_system(standard_model(right_handed_neutrinos=0), bound=2)
    >>> sum(1 for _ in inequivalent(system, solutions(system)))
    22
    """
    _require_homogeneous(system)
    if has_integer_box(system):
        yield from (row for row in rows if is_canonical(system, row))
        return
    seen: set[Row] = set()
    for row in rows:
        representative = canonical(system, row)
        if representative not in seen:
            seen.add(representative)
            yield representative


# ---------------------------------------------------------------- further choices


def canonical_modulo(
    system: PowerSumSystem, row: Sequence[int], modulo: Iterable[Equivalence | str] = tuple(Equivalence)
) -> Row:
    """Return the representative of a solution under sign, scale, family permutation and further choices.

    The representative is primitive and solves the anomaly conditions, but need not be in the box; "dark
    labels" may also take it out of the allowed sets and equalities that restrict individual dark states.

    Parameters
    ----------
    system : a homogeneous system.
    row : one of its solutions.
    modulo : "hypercharge", "B-L", "dark labels", or members of `Equivalence`.

    Raises
    ------
    ArgumentError
        If the system is not homogeneous, or one of the shifts does not keep solutions solutions: see
        `anomalies.diophantine.powersums.shifts`.  B-L needs as many nu_R as families.
    NotASolutionError
        If the row is no solution.
    UnknownNameError
        For an equivalence that is none of these.

    Examples
    --------
    Hypercharge and B-L themselves are nothing, and B - 3 L_tau is L_e + L_mu - 2 L_tau.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> system = power_sum_system(standard_model(), bound=9)
    >>> hypercharge = (1,) * 3 + (4,) * 3 + (-2,) * 3 + (-3,) * 3 + (-6,) * 3 + (0,) * 3
    >>> set(canonical_modulo(system, hypercharge))
    {0}
    >>> canonical_modulo(system, (1,) * 9 + (-9, 0, 0) * 3)[9:]
    (-1, -1, 2, -1, -1, 2, -1, -1, 2)
    """
    _require_homogeneous(system)
    if isinstance(modulo, str):
        raise ArgumentTypeError(must_be("modulo", "a list such as ['hypercharge', 'B-L']", modulo))
    if not satisfies(system, row):
        raise NotASolutionError(must_be("row", "a solution of the system", tuple(row)))
    choices = frozenset(_as_equivalence(choice) for choice in modulo)
    shifts = tuple(name for name in (HYPERCHARGE, B_MINUS_L) if Equivalence(name) in choices)
    parts = shifted(system, parts_of(system, row), shift_directions(system, shifts))
    if Equivalence.DARK_LABELS not in choices:
        return canonical(system, [value for part in parts for value in part])
    groups = _dark_columns(system)
    negative = [[-value for value in part] for part in parts]
    return max(_sorted_row(_relabelled(system, signed, groups), 1) for signed in (parts, negative))


def _as_equivalence(choice: Equivalence | str) -> Equivalence:
    try:
        return Equivalence(choice)
    except ValueError:
        known = ", ".join(f"'{member.value}'" for member in Equivalence)
        raise UnknownNameError(must_be("modulo", f"made of {known}", choice)) from None


# ---------------------------------------------------------------- dark labels


def _dark_columns(system: PowerSumSystem) -> list[list[tuple[int, int]]]:
    """Columns whose charges may change places, in groups of equal weight; each with its sign."""
    dark = _dark_charges(system.content)
    groups: dict[int, list[tuple[int, int]]] = {}
    columns = ((entry, names) for entry in system.classes for names in entry.members)
    for column, (entry, names) in enumerate(columns):
        if len(names) == 1 and names[0] in dark:
            groups.setdefault(abs(entry.cube), []).append((column, 1 if entry.cube < 0 else -1))
    return list(groups.values())


def _dark_charges(content: FieldContent) -> set[str]:
    """The charges of chiral fermions that are neutral under every gauge factor but the extra U(1)."""
    place = content.place_of(content.open_factors[0])
    return {
        str(charge)
        for field in content.multiplets
        if field.chirality.sign
        and field.multiplicity == 1
        and not any(
            charge for index, charges in enumerate(field.charges) if index != place for charge in charges
        )
        for charge in field.charges[place]
    }


def _relabelled(
    system: PowerSumSystem, parts: Sequence[Sequence[int]], groups: Sequence[Sequence[tuple[int, int]]]
) -> tuple[Row, ...]:
    """The row with the dark charges of each group in order, counted as those of right-handed states."""
    result = [value for part in parts for value in part]
    for group in groups:
        ordered = sorted(sign * result[column] for column, sign in group)
        for (column, sign), value in zip(group, ordered, strict=True):
            result[column] = sign * value
    return parts_of(system, result)
