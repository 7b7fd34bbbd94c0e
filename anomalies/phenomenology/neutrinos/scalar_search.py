r"""The reverse problem: the fewest scalars that give a wanted texture, or a wanted number of massive states.

A block of the mass matrix has an entry of charge s (a sum or difference of two charges of fermions) for each
pair of families.  With m insertions of scalars allowed by the dimension, m = d - 5, d - 4, d - 3 for "light",
"dirac", "dark", a set C of scalars fills the entry exactly when |s| is in

    S_m(C) = { |w . c| : integers w with sum |w_a| <= m },

so a wanted texture asks that S_m(C) contain T, the |s| of the entries to be filled, and be disjoint from F,
those of the zeros.  Charges are counted up to sign: chi^* is at hand with chi.

Key results
-----------
scalars_for_texture : all smallest sets for a texture, entry by entry
scalars_for_masses : all smallest sets for a number of massive states, with one insertion for each entry

What is complete
----------------
A set is called *determined* by T if its charges are the only solution of equations w . c = t, one for each
t in T, for some choice of the w.  All determined sets of the least size are found.

* With one insertion (m = 1) nothing is missed: the one smallest set is T itself, if it avoids F.
* Without zeros (F empty) nothing is missed: in a family of solutions with a free parameter some charge
  varies, so it takes the value 0 somewhere, and there the other scalars do without it.
* So with zeros, too, nothing is missed if the least size is the same with every zero replaced by "either".
* Otherwise a set with a free parameter may avoid F where no determined set of its size does; such families
  are infinite and are not listed.

References
----------
ADN, arXiv:1909.02021: (A.8)-(A.10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import factorial
from typing import Any, TypeAlias

from flint import fmpq

from anomalies.dark_masses import fewest_scalars
from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be
from anomalies.exact import as_integer, as_rational, height, primitive
from anomalies.phenomenology.neutrinos.operators import BLOCKS, operator_shapes
from anomalies.phenomenology.neutrinos.sector import NeutrinoSector, as_sector

__all__ = ["scalars_for_masses", "scalars_for_texture"]

_Set: TypeAlias = tuple[Fraction, ...]
_Row: TypeAlias = tuple[int, ...]
_Wanted: TypeAlias = tuple[tuple[object, ...], ...]
# The search goes through many small sums, in which python-flint's fmpq is several times as fast as Fraction.
_Number: TypeAlias = Any
_Numbers: TypeAlias = tuple[_Number, ...]
# Equations w . c = t in echelon form: the place of the pivot, the row divided by it, the right-hand side.
_Equation: TypeAlias = tuple[int, _Numbers, _Number]
# The weights of the new scalars in an operator, and what those present can add to it.
_Choice: TypeAlias = tuple[_Row, frozenset[_Number]]

_LEPTONS = 3
_MOST_STEPS = 10_000_000  # about a minute


def scalars_for_texture(
    sector: NeutrinoSector,
    block: str,
    wanted: Sequence[Sequence[bool | None]],
    *,
    max_dimension: int = 6,
) -> tuple[_Set, ...]:
    """Return every smallest set of scalars that gives a block of the mass matrix a wanted texture.

    The scalars of the sector are present and not counted.  What "every" means is said in this module's
    docstring: all sets with one insertion, and all that the wanted entries determine with more.

    Parameters
    ----------
    sector : the charges, and the scalars present.
    block : "light", "dirac" (leptons in rows) or "dark".
    wanted : for each entry True (filled), False (zero) or None (either); symmetric but for "dirac".
    max_dimension : of the operators, from 3 to 20.

    Returns
    -------
    Sets of positive charges, the simplest ratio first: ((),) if no further scalar is needed, () if there is
    no set.

    Raises
    ------
    UnknownNameError, ArgumentError, ArgumentTypeError
        If there is no such block, `wanted` does not fit it, or the search would take minutes.

    Source: ADN (A.9), (A.10).

    Examples
    --------
    The texture (A.9) with the operators l_i l_j H^c H^c chi, of dimension six:

    >>> from anomalies.phenomenology.neutrinos import neutrino_sector
    >>> sector = neutrino_sector(["3/5", 1, "1/20", "9/10"], ["1/4", "7/20", "21/20"])
    >>> texture = [[True, True, True], [True, True, True], [True, True, False]]
    >>> [[str(charge) for charge in chosen] for chosen in scalars_for_texture(sector, "light", texture)]
    [['13/20', '21/20', '6/5', '8/5', '2']]
    """
    totals = _totals(as_sector(sector), block)
    entries = tuple(_paired(totals, _as_wanted(wanted, totals, symmetric=block != "dirac")))
    problem = _Problem(
        _insertions(block, max_dimension),
        frozenset(_as_number(s) for s, entry in entries if entry is True),
        frozenset(_as_number(s) for s, entry in entries if entry is False),
        tuple(_as_number(abs(charge)) for _, charge in sector.scalars),
    )
    found = (tuple(map(as_rational, chosen)) for chosen in problem.smallest_sets())
    return tuple(sorted(found, key=lambda chosen: (height(primitive(chosen)), chosen)))


def _as_number(value: Fraction) -> _Number:
    return fmpq(value.numerator, value.denominator)


def scalars_for_masses(sector: NeutrinoSector, rank: int | None = None) -> tuple[_Set, ...]:
    """Return every smallest set of scalars that makes neutrinos and dark states massive, up to dimension six.

    Each entry of the whole mass matrix has at most one scalar, so that its dimension is at most 4 for two
    dark states, 5 for a neutrino and a dark state, and 6 for two neutrinos.  In terms of
    `NeutrinoSector.majorana_charges` this is the problem that `anomalies.dark_masses.fewest_scalars` solves.

    Parameters
    ----------
    sector : the charges, and the scalars present, which are not counted.
    rank : the number of massive Majorana states wanted, all by default.

    Returns
    -------
    All sets of the least size, as `fewest_scalars` orders them.

    Raises
    ------
    ArgumentError, ArgumentTypeError
        If `rank` is out of range.

    Source: for the dark states alone, ADN (A.5).

    Examples
    --------
    >>> from anomalies.phenomenology.neutrinos import neutrino_sector
    >>> sector = neutrino_sector(["3/5", 1, "1/20", "9/10"], ["1/4", "7/20", "21/20"])
    >>> [tuple(map(str, chosen)) for chosen in scalars_for_masses(sector)]
    [('13/20', '13/10')]
    """
    return fewest_scalars(as_sector(sector).majorana_charges, rank=rank, present=dict(sector.scalars))


def _insertions(block: str, max_dimension: int) -> int | None:
    """Return how many singlets the operators of a block have at most, None if there is no operator."""
    shapes = operator_shapes(as_integer(max_dimension, "max_dimension", 3))
    return max((shape.singlets for shape in shapes if shape.block == block), default=None)


def _totals(sector: NeutrinoSector, block: str) -> tuple[_Set, ...]:
    """Return |charge| of the two fermions with their Higgs doublets, for each entry of a block."""
    if block not in BLOCKS:
        raise UnknownNameError(must_be("block", f"one of {', '.join(BLOCKS)}", block))
    leptons, dark = sector.majorana_charges[:_LEPTONS], sector.majorana_charges[_LEPTONS:]
    rows, columns = {
        "light": (leptons, leptons),
        "dirac": (leptons, dark),
        "dark": (dark, dark),
    }[block]
    return tuple(tuple(abs(x + y) for y in columns) for x in rows)


def _as_wanted(wanted: object, totals: tuple[_Set, ...], *, symmetric: bool) -> _Wanted:
    if not isinstance(wanted, Sequence) or not all(isinstance(row, Sequence) for row in wanted):
        raise ArgumentTypeError(must_be("wanted", "a sequence of rows of True, False or None", wanted))
    rows = tuple(tuple(row) for row in wanted)
    if not all(entry is None or isinstance(entry, bool) for row in rows for entry in row):
        raise ArgumentTypeError(must_be("wanted", "a sequence of rows of True, False or None", wanted))
    shape = [len(row) for row in totals]
    if [len(row) for row in rows] != shape:
        columns = len(totals[0]) if totals else 0
        raise ArgumentError(must_be("wanted", f"{len(totals)} rows of {columns} entries", wanted))
    if symmetric and rows != tuple(zip(*rows, strict=True)):
        raise ArgumentError(must_be("wanted", "symmetric", wanted))
    return rows


def _paired(totals: tuple[_Set, ...], entries: _Wanted) -> Iterator[tuple[Fraction, object]]:
    for charges, row in zip(totals, entries, strict=True):
        yield from zip(charges, row, strict=True)


@dataclass(frozen=True, slots=True)
class _Problem:
    """Find the smallest C such that S_m of C and `present` contains `filled` and none of `zeros`."""

    insertions: int | None
    filled: frozenset[_Number]
    zeros: frozenset[_Number]
    present: _Numbers

    def smallest_sets(self) -> set[_Numbers]:
        if self.insertions is None:
            return set() if self.filled else {()}
        # What the scalars present can add to a product that has room for so many more.
        offsets = [_sums(self.present, room) for room in range(self.insertions + 1)]
        if self.zeros & offsets[-1]:
            return set()
        targets = sorted(self.filled - offsets[-1])
        for size in range(len(targets) + 1):
            rows = _rows(size, self.insertions)
            choices = [(row, offsets[self.insertions - _norm(row)]) for row in rows]
            _check_effort(size, sum(len(allowed) for _, allowed in choices))
            found = {
                chosen
                for chosen in _determined(targets, size, choices)
                if self._is_new(chosen)
                and self._is_solution(chosen, targets, [*choices, ((0,) * size, offsets[-1])])
            }
            if found:
                return found
        return set()

    def _is_solution(self, chosen: _Numbers, targets: Sequence[_Number], choices: Sequence[_Choice]) -> bool:
        """Whether every target, and no zero, is a sum of these charges and those present."""
        sums = [
            (sum((w * c for w, c in zip(row, chosen, strict=True) if w), fmpq(0)), allowed)
            for row, allowed in choices
        ]

        def is_reached(charge: _Number) -> bool:
            return any(charge - total in allowed for total, allowed in sums)

        return all(map(is_reached, targets)) and not any(map(is_reached, self.zeros))

    def _is_new(self, chosen: _Numbers) -> bool:
        return len({0, *chosen, *self.present}) == 1 + len(chosen) + len(self.present)


def _sums(charges: _Numbers, most: int) -> frozenset[_Number]:
    """Return all sums of at most `most` charges and opposite charges."""
    reached = {fmpq(0)}
    for _ in range(most):
        reached |= {total + step for total in reached for charge in charges for step in (charge, -charge)}
    return frozenset(reached)


def _norm(row: _Row) -> int:
    return sum(map(abs, row))


def _rows(size: int, most: int) -> tuple[_Row, ...]:
    """Return all integer vectors w with 1 <= sum |w_a| <= most."""
    candidates: Iterable[_Row] = product(range(-most, most + 1), repeat=size)
    return tuple(row for row in candidates if 1 <= _norm(row) <= most)


def _last(row: _Row) -> int:
    """Return the number of places up to the last that is not zero."""
    return max(place for place, weight in enumerate(row, 1) if weight)


def _is_canonical(row: _Row, seen: int) -> bool:
    """Whether charges not seen before enter in order, with positive and falling weights.

    Their names and signs are free, so that every system is equivalent to one whose rows are all canonical.
    """
    fresh = row[seen : max(seen, _last(row))]
    return all(weight > 0 for weight in fresh) and list(fresh) == sorted(fresh, reverse=True)


def _extended(equations: tuple[_Equation, ...], row: _Row, value: _Number) -> Iterator[tuple[_Equation, ...]]:
    """Yield the equations with w . c = value added, nothing if that contradicts them."""
    rest: list[_Number] = [fmpq(weight) for weight in row]
    for pivot, known, known_value in equations:
        factor = rest[pivot]
        rest = [x - factor * y for x, y in zip(rest, known, strict=True)]
        value -= factor * known_value
    pivots = [place for place, weight in enumerate(rest) if weight]
    if pivots:
        lead = rest[pivots[0]]
        yield (*equations, (pivots[0], tuple(weight / lead for weight in rest), value / lead))
    elif value == 0:
        yield equations


def _solution(equations: tuple[_Equation, ...], size: int) -> list[_Number]:
    """Return the one solution of as many independent equations as unknowns, the last equation first."""
    values = [fmpq(0)] * size
    for pivot, row, value in reversed(equations):
        others = sum((w * values[place] for place, w in enumerate(row) if place != pivot), fmpq(0))
        values[pivot] = value - others
    return values


def _check_effort(size: int, choices: int) -> None:
    """Refuse a search that takes too long: the systems, up to names and signs, times the sums of each."""
    if choices ** (size + 1) > _MOST_STEPS * 2**size * factorial(size):
        raise ArgumentError(
            f"Argument 'max_dimension' must be smaller: fewer than {size} scalars are not enough, and "
            f"{size} may combine in too many ways."
        )


def _determined(targets: Sequence[_Number], size: int, choices: Sequence[_Choice]) -> set[_Numbers]:
    """Return the sets of `size` charges that equations for some of the first targets determine."""
    found: set[_Numbers] = set()
    waiting: list[tuple[int, int, tuple[_Equation, ...]]] = [(0, 0, ())]
    while waiting:
        index, seen, equations = waiting.pop()
        if len(equations) == size:
            found.add(tuple(sorted(abs(charge) for charge in _solution(equations, size))))
        elif size - len(equations) <= len(targets) - index:
            waiting += [
                (index + 1, max(seen, _last(row)), extended)
                for row, allowed in choices
                if _is_canonical(row, seen)
                for offset in allowed
                for extended in _extended(equations, row, targets[index] - offset)
            ]
    return found
