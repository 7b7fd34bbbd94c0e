"""The join of one cell, made ready for the kernels: sorted lists, and which of their groups belong together.

This module needs numba and numpy when it is imported, so it is imported inside functions only.

Key results
-----------
join_of : the four lists of a cell, and what has to hold
pairs_of_groups, reach, between : the groups that add up to a degree-2 value, and the windows of degree 3
"""

# Machine code has one type for each call, found by numba: annotations inside would only repeat it.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

from anomalies.diophantine.powersums.tables import FIRST_DENSE, FIRST_OUTER, SECOND_DENSE

__all__ = [
    "between",
    "greatest_divisor",
    "join_of",
    "kernel",
    "pairs_of_groups",
    "reach",
    "room",
    "square_range",
]

F = TypeVar("F", bound=Callable[..., Any])
_njit: Any = numba.njit  # its type knows fewer options than it has

_MOST_COMBINATIONS = 1 << 24  # in one list
_MOST_GROUPS = 1 << 24
_WIDEST = 1 << 26  # of a histogram

_RADIX = 11
_CUTS = 16

# One list of a cell: degree-3 index and weight of every combination, sorted by group; its number before
# sorting; for each group in use its degree-2 index, its residue, and where it starts and ends; for every
# possible group its place among those in use, or -1; and how many of a group are below every multiple of
# 2^shift.
List = namedtuple("List", "values weights order squares residues starts ends places cuts shift width")
# The lists, and what has to hold: degree-2 indices add up to `square`, degree-3 indices to `cube`, residues
# of the second side to `residue` modulo `modulus`.  `square` is negative where no solution exists (-1) or
# fits (-2).
Join = namedtuple("Join", "lists modulus square cube residue unit")


def kernel(function: F) -> F:
    """Compile a function that only other compiled functions call.

    Without the wrappers that calls from Python need, compilation takes two thirds of the time.
    """
    compiled = _njit(nogil=True, cache=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    return cast(F, compiled)


@kernel
def greatest_divisor(a, b):
    """The greatest common divisor, 0 for two zeros."""
    while b:
        a, b = b, a % b
    return abs(a)


@kernel
def _spread(values, starts, ends, roles, low, high):
    """The least sum of values of the classes of these roles, its range, and the gcd of all differences."""
    least, span, divisor = 0, 0, 0
    for c in range(len(roles)):
        if low <= roles[c] <= high:
            part = values[starts[c] : ends[c]]
            bottom = part.min()
            least += bottom
            span += part.max() - bottom
            for value in part:
                divisor = greatest_divisor(divisor, value - bottom)
    return least, span, divisor


@kernel
def _sort(keys, order, track):
    """Sort non-negative keys by their digits in base 2^11, and `order` along with them if `track`."""
    n = len(keys)
    other = np.empty_like(keys)
    other_order = np.empty_like(order)
    count = np.empty((1 << _RADIX) + 1, np.int64)
    mask = (1 << _RADIX) - 1
    largest = keys.max()
    shift = 0
    while largest >> shift:
        count[:] = 0
        for k in range(n):
            count[((keys[k] >> shift) & mask) + 1] += 1
        for digit in range(mask):
            count[digit + 1] += count[digit]
        for k in range(n):
            digit = (keys[k] >> shift) & mask
            place = count[digit]
            count[digit] += 1
            other[place] = keys[k]
            if track:
                other_order[place] = order[k]
        keys, other = other, keys
        order, other_order = other_order, order
        shift += _RADIX
    return keys, order


@kernel
def _keys(tables, starts, ends, roles, role, square_gcd, cube_gcd, modulus, width):
    """The key ((degree-2 index) * modulus + residue) * width + quotient of each combination, and its weight.

    Degree-2 and degree-3 indices add up over classes; the residue of the degree-3 index modulo `modulus` is
    kept apart, so that nothing is divided but the few entries of a class.  The last class varies fastest.
    """
    squares, cubes, weights = tables
    keys = np.zeros(1, np.int64)
    residues = np.zeros(1, np.int64)
    products = np.ones(1, np.int64)
    for c in range(len(roles)):
        if roles[c] != role:
            continue
        square = squares[starts[c] : ends[c]]
        cube = cubes[starts[c] : ends[c]]
        cube = (cube - cube.min()) // cube_gcd
        residue = cube % modulus
        key = (square - square.min()) // square_gcd * (modulus * width) + cube // modulus
        size = len(key)
        wider = np.empty(len(keys) * size, np.int64)
        wider_residues = np.empty(len(wider), np.int64)
        wider_products = np.empty(len(wider), np.int64)
        for i in range(len(keys)):
            for k in range(size):
                place = i * size + k
                total = residues[i] + residue[k]
                carry = total >= modulus
                wider[place] = keys[i] + key[k] + carry
                wider_residues[place] = total - modulus * carry
                wider_products[place] = products[i] * weights[starts[c] + k]
        keys, residues, products = wider, wider_residues, wider_products
    return keys + residues * width, products


@kernel
def _list_of(keys, weights, width, groups, modulus, merge):
    """Sort combinations into groups; equal ones become one, with a weight, if `merge` and that helps."""
    n = len(keys)
    weighted = weights.max() > 1
    keys, order = _sort(keys, np.arange(n if weighted or not merge else 0), weighted or not merge)
    different = 1
    for k in range(1, n):
        different += keys[k] != keys[k - 1]
    # Weights make the inner loops slower by half.
    merge = merge and (weighted or 3 * different < 2 * n)
    values = np.empty(n, np.int32)
    merged = np.empty(n, np.int64)
    places = np.full(groups, -1, np.int32)
    squares = np.empty(min(n, groups), np.int64)
    starts = np.empty(len(squares), np.int64)
    ends = np.empty(len(squares), np.int64)
    kept, used, group, previous = 0, 0, 0, -1
    for k in range(n):
        weight = weights[order[k]] if weighted else 1
        if merge and keys[k] == previous:
            merged[kept - 1] += weight
            continue
        previous = keys[k]
        while previous >= (group + 1) * width:
            group += 1
        if places[group] < 0:
            places[group] = used
            squares[used] = group
            starts[used] = kept
            used += 1
        values[kept] = previous - group * width
        merged[kept] = weight
        kept += 1
        ends[used - 1] = kept
    squares = squares[:used].copy()
    residues = squares % modulus
    shift = 0
    while (width - 1) >> shift >= _CUTS:
        shift += 1
    cuts = np.empty((used, _CUTS + 1), np.int32)
    for place in range(used):
        k = starts[place]
        for cut in range(_CUTS + 1):
            while k < ends[place] and values[k] >> shift < cut:
                k += 1
            cuts[place, cut] = k
    return List(
        values[:kept],
        merged[:kept],
        order,
        squares // modulus,
        residues,
        starts[:used],
        ends[:used],
        places,
        cuts,
        shift,
        width,
    )


@kernel
def _no_join(reason):
    empty = _list_of(np.zeros(1, np.int64), np.ones(1, np.int64), 1, 1, 1, True)
    return Join((empty, empty, empty, empty), 1, reason, 0, 0, True)


@kernel
def join_of(tables, starts, ends, roles, square_constant, cube_constant, merge):
    """Deal the classes of a cell into four lists."""
    squares, cubes, _ = tables
    least, _, square_gcd = _spread(squares, starts, ends, roles, 0, 3)
    square = square_constant - least
    least, _, cube_gcd = _spread(cubes, starts, ends, roles, 0, 3)
    cube = cube_constant - least
    _, _, first_gcd = _spread(cubes, starts, ends, roles, FIRST_DENSE, FIRST_OUTER)
    square_gcd, cube_gcd = max(1, square_gcd), max(1, cube_gcd)
    if first_gcd == 0:
        first_gcd = cube_gcd
    if square < 0 or cube < 0 or square % square_gcd or cube % cube_gcd:
        return _no_join(-1)
    modulus = first_gcd // cube_gcd
    widths, groups = np.empty(4, np.int64), np.empty(4, np.int64)
    for role in range(4):
        size = 1
        for c in range(len(roles)):
            if roles[c] == role:
                size *= ends[c] - starts[c]
                if size > _MOST_COMBINATIONS:
                    return _no_join(-2)
        _, cube_span, _ = _spread(cubes, starts, ends, roles, role, role)
        _, square_span, _ = _spread(squares, starts, ends, roles, role, role)
        residues = 1 if role < SECOND_DENSE else modulus
        widths[role] = cube_span // first_gcd + 2
        groups[role] = (square_span // square_gcd + 1) * residues
        if widths[role] > _WIDEST or square_span // square_gcd + 1 > _MOST_GROUPS // residues:
            return _no_join(-2)
    made = []
    for role in range(4):
        residues, divisor = (1, first_gcd) if role < SECOND_DENSE else (modulus, cube_gcd)
        keys, weights = _keys(tables, starts, ends, roles, role, square_gcd, divisor, residues, widths[role])
        made.append(_list_of(keys, weights, widths[role], groups[role], residues, merge))
    lists = (made[0], made[1], made[2], made[3])
    unit = True
    for part in made:
        unit = unit and part.weights.max() == 1
    cube //= cube_gcd
    return Join(lists, modulus, square // square_gcd, cube // modulus, cube % modulus, unit)


@kernel
def pairs_of_groups(places, squares, residues, modulus, square, residue, pairs):
    """Find the pairs of a dense and an outer group with that sum: both places, and a carry of residues."""
    found = 0
    for place in range(len(squares)):
        rest = square - squares[place]
        if rest < 0:
            break
        other = residue - residues[place]
        carry = 0
        if other < 0:
            other += modulus
            carry = 1
        group = rest * modulus + other
        if group < len(places) and places[group] >= 0:
            pairs[found, 0] = places[group]
            pairs[found, 1] = place
            pairs[found, 2] = carry
            found += 1
    return found


@kernel
def reach(pairs, found, values, starts, ends, outer, outer_starts, outer_ends):
    """The least and the largest degree-3 index of the pairs of groups."""
    low, high = np.int64(1) << 62, np.int64(-1)
    for p in range(found):
        a, b, carry = pairs[p, 0], pairs[p, 1], pairs[p, 2]
        low = min(low, carry + values[starts[a]] + outer[outer_starts[b]])
        high = max(high, carry + values[ends[a] - 1] + outer[outer_ends[b] - 1])
    return low, high


@kernel
def between(cuts, shift, group, low, high):
    """A part of a group that has all values from low to high, and none that is 2^shift or more outside."""
    first = min(max(low, 0) >> shift, _CUTS)
    last = min((max(high, -1) >> shift) + 1, _CUTS)
    return cuts[group, first], cuts[group, last]


@kernel
def square_range(join):
    """The degree-2 indices of the first side for which the second side may have a partner."""
    l0, l1, l2, l3 = join.lists
    return max(0, join.square - l2.squares[-1] - l3.squares[-1]), min(
        l0.squares[-1] + l1.squares[-1], join.square
    ) + 1


@kernel
def room(join):
    """The size of a histogram for the second side, with room for what a cut of the first side is too wide."""
    l0, l1, l2, l3 = join.lists
    return l2.width + l3.width + (2 << max(l0.shift, l1.shift))
