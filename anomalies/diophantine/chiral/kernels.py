"""Machine code for one sum: join the partitions of s into p and into q parts on the sum of cubes.

This module needs numba and numpy when it is imported, so it is imported inside functions only.  Its callers
prove first that no integer in it can wrap (`resources.fits_machine`).

Partitions are walked in lexicographic order without storing them: the first k - 2 parts by an odometer whose
ranges leave no dead ends, the last two in one loop.  The weight of a part is (v^3 - v)/6, so that no multiple
of six is wasted in the table.  The smaller side is stored, in buckets of its weights modulo a power of two;
where the weights span less than that, a bucket holds one weight.  A mask of 64 bits, v modulo 64, tells
disjoint halves: for bounds below 64 with certainty, from 64 on it only spares the comparison.

Key results
-----------
tabulate : the stored side of one sum
join : the number of solutions of one sum, and the rows if there is room for them
"""

# Machine code has one type for each call, found by numba: annotations inside would only repeat it.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from typing import Any

import numba
import numpy as np

__all__ = ["join", "tabulate"]

_kernel: Any = numba.njit(nogil=True, cache=True)


@_kernel
def _weight(v):
    return (v * v * v - v) // 6


@_kernel
def _first_prefix(parts, rests, size, total, bound):
    """Set the first size - 2 parts to the first choice; `rests[i]` is what is left before part i."""
    rests[0] = total
    for i in range(size - 2):
        parts[i] = max(np.int64(1), -(-rests[i] // (size - i)))
        rests[i + 1] = rests[i] - parts[i]
    return size * bound >= total >= size


@_kernel
def _next_prefix(parts, rests, size, bound):
    """Advance the first size - 2 parts, or return False after the last choice."""
    i = size - 3
    while i >= 0:
        top = min(bound if i == 0 else parts[i - 1], rests[i] - (size - i - 1))
        if parts[i] < top:
            parts[i] += 1
            rests[i + 1] = rests[i] - parts[i]
            for j in range(i + 1, size - 2):
                parts[j] = -(-rests[j] // (size - j))
                rests[j + 1] = rests[j] - parts[j]
            return True
        i -= 1
    return False


@_kernel
def _list_parts(total, size, bound, rows, weights, masks):
    parts, rests = np.zeros(size, np.int64), np.zeros(size, np.int64)
    one = np.uint64(1)
    found = 0
    more = _first_prefix(parts, rests, size, total, bound)
    while more:
        base, mask = np.int64(0), np.uint64(0)
        for i in range(size - 2):
            base += _weight(parts[i])
            mask |= one << np.uint64(parts[i] & 63)
        rest = rests[size - 2]
        top = min(bound if size == 2 else parts[size - 3], rest - 1)
        for b in range((rest + 1) // 2, top + 1):
            c = rest - b
            for i in range(size - 2):
                rows[found, i] = parts[i]
            rows[found, size - 2], rows[found, size - 1] = b, c
            weights[found] = base + _weight(b) + _weight(c)
            masks[found] = mask | one << np.uint64(b & 63) | one << np.uint64(c & 63)
            found += 1
        more = _next_prefix(parts, rests, size, bound)
    return found


@_kernel
def _tabulate(total, size, bound, rows, weights, masks):
    """Return bucket starts, the rows of all buckets in order, and the same for weights and masks."""
    number = _list_parts(total, size, bound, rows, weights, masks)
    low = weights[:number].min() if number else 0
    span = weights[:number].max() - low + 1 if number else 1
    buckets = 1
    while buckets < span and buckets < 4 * number:
        buckets *= 2
    starts = np.zeros(buckets + 1, np.int64)
    for k in range(number):
        starts[((weights[k] - low) & (buckets - 1)) + 1] += 1
    for k in range(buckets):
        starts[k + 1] += starts[k]
    places = starts[:-1].copy()
    ordered = np.empty((number, size), rows.dtype)
    ordered_weights, ordered_masks = np.empty(number, np.int64), np.empty(number, np.uint64)
    for k in range(number):
        bucket = (weights[k] - low) & (buckets - 1)
        ordered[places[bucket]] = rows[k]
        ordered_weights[places[bucket]] = weights[k]
        ordered_masks[places[bucket]] = masks[k]
        places[bucket] += 1
    return starts, ordered, ordered_weights, ordered_masks, low, low + span - 1


def tabulate(total: int, size: int, bound: int, number: int, kind: Any) -> Any:
    """Return the table of the partitions of a sum, of which there are `number`, for `join`.

    Parameters
    ----------
    total, size, bound : the sum, the number of parts, at least 2, and the largest part.
    number : how many such partitions there are, exactly.
    kind : the numpy type of an entry.
    """
    rows = np.empty((number, size), kind)
    return _tabulate(total, size, bound, rows, np.empty(number, np.int64), np.empty(number, np.uint64))


@_kernel
def _disjoint(parts, row, size, other):
    """Whether two non-increasing rows have no entry in common."""
    i = j = 0
    while i < size and j < other:
        if parts[i] == row[j]:
            return False
        if parts[i] > row[j]:
            i += 1
        else:
            j += 1
    return True


@_kernel
def _is_coprime(parts, row, size, other):
    a = parts[0]
    for i in range(1, size + other):
        b = parts[i] if i < size else np.int64(row[i - size])
        while b:
            a, b = b, a % b
        if a == 1:
            return True
    return False


@_kernel
def _join(total, size, bound, starts, rows, weights, masks, low, high, coprime, out):
    parts, rests = np.zeros(size, np.int64), np.zeros(size, np.int64)
    one, other = np.uint64(1), rows.shape[1]
    width = out.shape[1]
    buckets = np.int64(len(starts) - 2)
    found = np.int64(0)
    more = len(rows) > 0 and _first_prefix(parts, rests, size, total, bound)
    while more:
        base, mask = np.int64(0), np.uint64(0)
        for i in range(size - 2):
            base += _weight(parts[i])
            mask |= one << np.uint64(parts[i] & 63)
        rest = rests[size - 2]
        top = min(parts[size - 3], rest - 1)
        # No part left is above the last one, so the rest weighs at most rest * (last^2 - 1) / 6.
        if base <= high and 6 * (low - base) <= rest * (parts[size - 3] * parts[size - 3] - 1):
            for b in range((rest + 1) // 2, top + 1):
                c = rest - b
                weight = base + _weight(b) + _weight(c)
                if weight < low or weight > high:
                    continue
                bucket = (weight - low) & buckets
                begin, end = starts[bucket], starts[bucket + 1]
                if begin == end:
                    continue
                own = mask | one << np.uint64(b & 63) | one << np.uint64(c & 63)
                parts[size - 2], parts[size - 1] = b, c
                for k in range(begin, end):
                    if weights[k] != weight or (size == other and parts[0] < rows[k, 0]):
                        continue
                    if own & masks[k] and (bound < 64 or not _disjoint(parts, rows[k], size, other)):
                        continue
                    if coprime and not _is_coprime(parts, rows[k], size, other):
                        continue
                    if len(out):
                        for i in range(other):
                            out[found, i] = -rows[k, i]
                        for i in range(size):
                            out[found, width - 1 - i] = parts[i]
                    found += 1
        more = _next_prefix(parts, rests, size, bound)
    return found


def join(total: int, size: int, bound: int, table: Any, coprime: bool, out: Any) -> int:
    """Return the number of solutions of one sum, and write them to `out` unless that has no rows.

    Parameters
    ----------
    total, size, bound : the sum, the number of positive charges, at least 3, and the largest charge.
    table : the other half, from `tabulate`.
    coprime : whether sets with a common factor are left out.
    out : an array with as many rows as there are solutions or none; what lies between the two halves
        of a row is left alone.
    """
    return int(_join(total, size, bound, *table, coprime, out))
