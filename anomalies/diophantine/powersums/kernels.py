"""Machine code for one cell: join two sides of the classes on (degree 2, degree 3).

This module needs numba and numpy when it is imported, so it is imported inside functions only.  Its callers
prove first that no integer in it can wrap (`bounds`); what depends on the cell is checked here, before any
large array.

The classes of a cell are dealt into two sides, and each side into two lists of combinations, a dense and an
outer one; the *role* of a class is the list it belongs to.  Lists are sorted into groups of equal degree 2,
and by degree 3 within a group.  For one degree-2 value of the first side at a time,

    fill     a dense histogram with the degree-3 values of the second side,
    look up  those of the first side in it,

where only pairs of groups whose degree-2 values add up are visited.  What makes this fast:

* x^3 = x (mod 6), so all degree-3 values of a cell lie in one residue class, and a side whose weights have
  a common factor knows more: for the Standard Model, (q, u, d) is determined modulo 18.  With g the gcd of
  the differences of degree 3 on the first side, the histogram is indexed by value / g, and of the second
  side only the right residue is visited: it is part of the key of a group;
* the first side is looked up only in the window that the second side reaches.  Groups are sorted, so that
  the window is an interval of each, found by a table of cuts without a search;
* histogram, lists and cuts stay in the processor's second cache.

Key results
-----------
count_cells : the number of rows in each of several cells
count_values : the same for one cell, split by the degree-2 value
fill_rows : the rows of one cell for an interval of degree-2 values
TOO_LARGE : what takes the place of a number for a cell that these kernels cannot hold
"""

# Machine code has one type for each call, found by numba: annotations inside would only repeat it.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numba
import numpy as np

from anomalies.diophantine.powersums.joins import (
    between,
    greatest_divisor,
    join_of,
    kernel,
    pairs_of_groups,
    reach,
    room,
    square_range,
)

__all__ = ["TOO_LARGE", "count_cells", "count_values", "fill_rows"]

Array: TypeAlias = Any  # numpy.ndarray
Tables: TypeAlias = tuple[Array, Array, Array]
F = TypeVar("F", bound=Callable[..., Any])
_njit: Any = numba.njit
_entry: Callable[[F], F] = _njit(nogil=True, cache=True)

TOO_LARGE = -1


@kernel
def _fill(histogram, values, weights, first, last, outer, outer_weights, begin, stop, top, unit):
    """Add the sums of two groups to the histogram, at top - sum."""
    for k in range(begin, stop):
        shift = top - outer[k]
        if unit:
            for j in range(first, last):
                histogram[np.uint64(shift - values[j])] += 1
        else:
            for j in range(first, last):
                histogram[np.uint64(shift - values[j])] += outer_weights[k] * weights[j]


@kernel
def _look_up(
    histogram, values, weights, cuts, shift, group, outer, outer_weights, begin, stop, low, high, slack, unit
):
    """Sum the histogram at the sums of two groups.

    The test for a negative entry never succeeds.  It keeps the compiler from turning the loop into gather
    instructions, which are five times slower than plain loads on many processors.
    """
    total = np.int64(0)
    for k in range(begin, stop):
        start, end = between(cuts, shift, group, low - outer[k], high - outer[k])
        base = outer[k] - low + slack
        part = np.int64(0)
        if unit:
            for j in range(start, end):
                count = histogram[np.uint64(base + values[np.uint64(j)])]
                if count < 0:
                    return np.int64(-1)
                part += count
            total += part
        else:
            for j in range(start, end):
                count = histogram[np.uint64(base + values[np.uint64(j)])]
                if count < 0:
                    return np.int64(-1)
                part += count * weights[j]
            total += part * outer_weights[k]
    return total


@kernel
def _count(join, histogram, by_value):
    """Count the solutions, and also write those of each degree-2 index to `by_value` unless that is empty."""
    l0, l1, l2, l3 = join.lists
    av, aw, acuts, ashift, astart, aend, aplaces = (
        l0.values,
        l0.weights,
        l0.cuts,
        l0.shift,
        l0.starts,
        l0.ends,
        l0.places,
    )
    bv, bw, bcuts, bshift, bstart, bend = l1.values, l1.weights, l1.cuts, l1.shift, l1.starts, l1.ends
    cv, cw, cstart, cend, cplaces = l2.values, l2.weights, l2.starts, l2.ends, l2.places
    dv, dw, dstart, dend = l3.values, l3.weights, l3.starts, l3.ends
    bsquares, bresidues, dsquares, dresidues = l1.squares, l1.residues, l3.squares, l3.residues
    unit, modulus, square_sum, cube, residue = join.unit, join.modulus, join.square, join.cube, join.residue
    pairs = np.empty((len(bsquares), 3), np.int64)
    partners = np.empty((len(dsquares), 3), np.int64)
    slack = np.int64(1) << max(ashift, bshift)
    total = np.int64(0)
    least, most = square_range(join)
    for square in range(least, most):
        found = pairs_of_groups(aplaces, bsquares, bresidues, 1, square, 0, pairs)
        if not found:
            continue
        others = pairs_of_groups(
            cplaces, dsquares, dresidues, modulus, square_sum - square, residue, partners
        )
        if not others:
            continue
        low, high = reach(partners, others, cv, cstart, cend, dv, dstart, dend)
        low, high = cube - high, cube - low
        filled = 0
        for p in range(others):
            i, j = cstart[partners[p, 0]], cend[partners[p, 0]]
            k, m = dstart[partners[p, 1]], dend[partners[p, 1]]
            filled += (j - i) * (m - k)
            top = cube - partners[p, 2] - low + slack
            if j - i >= m - k:
                _fill(histogram, cv, cw, i, j, dv, dw, k, m, top, unit)
            else:
                _fill(histogram, dv, dw, k, m, cv, cw, i, j, top, unit)
        here = np.int64(0)
        for p in range(found):
            a, b = pairs[p, 0], pairs[p, 1]
            i, j, k, m = astart[a], aend[a], bstart[b], bend[b]
            if j - i >= m - k:
                here += _look_up(histogram, av, aw, acuts, ashift, a, bv, bw, k, m, low, high, slack, unit)
            else:
                here += _look_up(histogram, bv, bw, bcuts, bshift, b, av, aw, i, j, low, high, slack, unit)
        if 8 * filled > high - low:
            histogram[slack : slack + high - low + 1] = 0
        else:
            for p in range(others):
                top = cube - partners[p, 2] - low + slack
                for k in range(dstart[partners[p, 1]], dend[partners[p, 1]]):
                    for j in range(cstart[partners[p, 0]], cend[partners[p, 0]]):
                        histogram[np.uint64(top - dv[k] - cv[j])] = 0
        total += here
        if len(by_value):
            by_value[square] = here
    return total


@_entry
def count_cells(
    tables: Tables,
    starts: Array,
    ends: Array,
    roles: Array,
    square_constant: int,
    cube_constant: int,
    histogram: Array,
    counts: Array,
) -> None:
    """Write the number of rows in each cell to `counts`, or `TOO_LARGE`."""
    nothing = np.empty(0, np.int64)
    for cell in range(len(starts)):
        join = join_of(tables, starts[cell], ends[cell], roles, square_constant, cube_constant, True)
        if join.square >= 0:
            if room(join) > len(histogram):
                histogram = np.zeros(room(join), histogram.dtype)
            counts[cell] = _count(join, histogram, nothing)
        else:
            counts[cell] = 0 if join.square == -1 else TOO_LARGE


@_entry
def count_values(
    tables: Tables,
    starts: Array,
    ends: Array,
    roles: Array,
    square_constant: int,
    cube_constant: int,
    histogram: Array,
) -> Array:
    """Return the number of rows of one cell for each degree-2 index, or `TOO_LARGE` alone."""
    join = join_of(tables, starts, ends, roles, square_constant, cube_constant, True)
    if join.square < 0:
        return np.full(1, 0 if join.square == -1 else TOO_LARGE, np.int64)
    if room(join) > len(histogram):
        histogram = np.zeros(room(join), histogram.dtype)
    _, most = square_range(join)
    counts = np.zeros(max(1, most), np.int64)
    _count(join, histogram, counts)
    return counts


@kernel
def _row_table(rows, signs, divisors, sizes, starts, ends, roles, role, order):
    """The charges of every combination of a list, in its order, with sign code and gcd of the charges.

    The sign of a row under negation is that of the sum of the sign codes of its lists.
    """
    width = 0
    for c in range(len(roles)):
        if roles[c] == role:
            width += sizes[c]
    charges = np.empty((len(order), width), np.int32)
    codes = np.zeros(len(order), np.int64)
    common = np.zeros(len(order), np.int64)
    for k in range(len(order)):
        rest = order[k]
        column = width
        for c in range(len(roles) - 1, -1, -1):
            if roles[c] == role:
                count = ends[c] - starts[c]
                entry = starts[c] + rest % count
                rest //= count
                column -= sizes[c]
                for i in range(sizes[c]):
                    charges[k, column + i] = rows[entry, i]
                codes[k] += signs[entry]
                common[k] = greatest_divisor(common[k], divisors[entry])
    return charges, codes, common


@kernel
def _columns(sizes, roles, role):
    """The columns of a row that a list fills."""
    result = np.empty(sizes.sum(), np.int64)
    filled, column = 0, 0
    for c in range(len(roles)):
        for _ in range(sizes[c]):
            if roles[c] == role:
                result[filled] = column
                filled += 1
            column += 1
    return result[:filled]


@_entry
def fill_rows(
    tables: Tables,
    charges: Tables,
    sizes: Array,
    starts: Array,
    ends: Array,
    roles: Array,
    square_constant: int,
    cube_constant: int,
    first_square: int,
    end_square: int,
    canonical: bool,
    out: Array,
) -> int:
    """Write the rows of one cell with degree-2 index from first_square to end_square - 1; return how many.

    With `canonical` only rows whose charges have no common factor and that are not smaller than their
    negatives.
    """
    join = join_of(tables, starts, ends, roles, square_constant, cube_constant, False)
    if join.square < 0:
        return 0 if join.square == -1 else TOO_LARGE
    rows, signs, divisors = charges
    l0, l1, l2, l3 = join.lists
    ar, asign, agcd = _row_table(rows, signs, divisors, sizes, starts, ends, roles, 0, l0.order)
    br, bsign, bgcd = _row_table(rows, signs, divisors, sizes, starts, ends, roles, 1, l1.order)
    cr, csign, cgcd = _row_table(rows, signs, divisors, sizes, starts, ends, roles, 2, l2.order)
    dr, dsign, dgcd = _row_table(rows, signs, divisors, sizes, starts, ends, roles, 3, l3.order)
    acolumns, bcolumns = _columns(sizes, roles, 0), _columns(sizes, roles, 1)
    ccolumns, dcolumns = _columns(sizes, roles, 2), _columns(sizes, roles, 3)
    av, acuts, ashift, aplaces = l0.values, l0.cuts, l0.shift, l0.places
    bv, bstart, bend, bsquares, bresidues = l1.values, l1.starts, l1.ends, l1.squares, l1.residues
    cv, cstart, cend, cplaces = l2.values, l2.starts, l2.ends, l2.places
    dv, dstart, dend, dsquares, dresidues = l3.values, l3.starts, l3.ends, l3.squares, l3.residues
    pairs = np.empty((len(bsquares), 3), np.int64)
    partners = np.empty((len(dsquares), 3), np.int64)
    slack = np.int64(1) << ashift
    # Chains of the combinations of the second side with equal degree 3: the last one, and the one before
    # each.
    heads = np.full(room(join), -1, np.int32)
    before, c_of, d_of = np.empty(16, np.int32), np.empty(16, np.int32), np.empty(16, np.int32)
    written = 0
    least, most = square_range(join)
    for square in range(max(least, first_square), min(most, end_square)):
        found = pairs_of_groups(aplaces, bsquares, bresidues, 1, square, 0, pairs)
        if not found:
            continue
        others = pairs_of_groups(
            cplaces, dsquares, dresidues, join.modulus, join.square - square, join.residue, partners
        )
        if not others:
            continue
        low, high = reach(partners, others, cv, cstart, cend, dv, dstart, dend)
        low, high = join.cube - high, join.cube - low
        size = 0
        for p in range(others):
            i, j = cstart[partners[p, 0]], cend[partners[p, 0]]
            k, m = dstart[partners[p, 1]], dend[partners[p, 1]]
            size += (j - i) * (m - k)
        if size > len(before):
            before, c_of, d_of = (
                np.empty(2 * size, np.int32),
                np.empty(2 * size, np.int32),
                np.empty(2 * size, np.int32),
            )
        entry = 0
        for p in range(others):
            top = join.cube - partners[p, 2] - low + slack
            for k in range(dstart[partners[p, 1]], dend[partners[p, 1]]):
                for j in range(cstart[partners[p, 0]], cend[partners[p, 0]]):
                    place = top - dv[k] - cv[j]
                    before[entry], c_of[entry], d_of[entry] = heads[place], j, k
                    heads[place] = entry
                    entry += 1
        for p in range(found):
            for b in range(bstart[pairs[p, 1]], bend[pairs[p, 1]]):
                start, end = between(acuts, ashift, pairs[p, 0], low - bv[b], high - bv[b])
                for a in range(start, end):
                    entry = heads[bv[b] + av[a] - low + slack]
                    while entry >= 0:
                        c, d = c_of[entry], d_of[entry]
                        entry = before[entry]
                        if canonical:
                            if asign[a] + bsign[b] + csign[c] + dsign[d] < 0:
                                continue
                            common = greatest_divisor(agcd[a], bgcd[b])
                            if common != 1:
                                common = greatest_divisor(greatest_divisor(common, cgcd[c]), dgcd[d])
                            if common > 1:
                                continue
                        for i in range(len(acolumns)):
                            out[written, acolumns[i]] = ar[a, i]
                        for i in range(len(bcolumns)):
                            out[written, bcolumns[i]] = br[b, i]
                        for i in range(len(ccolumns)):
                            out[written, ccolumns[i]] = cr[c, i]
                        for i in range(len(dcolumns)):
                            out[written, dcolumns[i]] = dr[d, i]
                        written += 1
        if 8 * size > high - low:
            heads[slack : slack + high - low + 1] = -1
        else:
            for p in range(others):
                top = join.cube - partners[p, 2] - low + slack
                for k in range(dstart[partners[p, 1]], dend[partners[p, 1]]):
                    for j in range(cstart[partners[p, 0]], cend[partners[p, 0]]):
                        heads[top - dv[k] - cv[j]] = -1
    return written
