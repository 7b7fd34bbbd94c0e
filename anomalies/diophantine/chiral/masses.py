r"""What one scalar makes massive in a chiral set, exactly and for almost all values of the couplings.

A scalar S of charge s fills the entry (i, j) of the symmetric mass matrix if z_i + z_j = +-s: a Dirac mass
for two states of different charge, a Majorana mass if 2 z_i = +-s.  Without a scalar only neutral states have
a mass.  Each entry i <= j that is filled has a coupling of its own.  (Of an active set ask about its
`ActiveSet.charges`: the charges m set aside are no states of the dark sector.)

Key results
-----------
mass_terms : the pairs of charges that get a mass term
massive_states, massless_states : the generic rank of the mass matrix, and what it leaves massless
scalar_charges : the charges of all scalars that fill an entry
useful_scalars : all scalars that leave at most so many states massless

Method
------
The generic rank of a symmetric pattern is the size of a largest matching of rows to columns.  States with
equal charges have equal rows, so distinct charges v with multiplicities are enough.  The partners of v are
s - v and -s - v, and from there the pattern goes on to v +- 2 s, ...: it falls into chains w, s - w,
w - 2 s, ..., whose k-th member has the size |w - k s|.  That is largest at an end of a chain, so the charge
of largest size that is left has no more than one partner that is left, and matching it with that partner as
far as both reach is best.  Row i to column j comes with row j to column i.  The charges +-s/2 and 0 that are
their own partners are the smallest of their chain, so they come last, and what is left of them is matched to
itself.  (The chain of 0 does not go on beyond 0: s and -s are a vector-like pair.)

References
----------
D. König, Math. Ann. 77 (1916) 453: matchings of bipartite graphs.
Bernal, Restrepo, arXiv:2108.05907: masses from one scalar in chiral sets.
"""

from __future__ import annotations

from collections import Counter

from anomalies.diophantine.chiral.properties import ChargesLike, as_charges, as_scalar
from anomalies.errors import ArgumentError
from anomalies.exact import as_integer

__all__ = ["mass_terms", "massive_states", "massless_states", "scalar_charges", "useful_scalars"]


def _unpaired(charges: ChargesLike) -> tuple[int, ...]:
    """The charges, if none of them form a vector-like pair."""
    values = as_charges(charges)
    known = set(values)
    pair = next((z for z in values if z > 0 and -z in known), None)
    if pair is not None:
        raise ArgumentError(
            f"Argument 'charges' must have no vector-like pair, and {pair} and {-pair} are one."
        )
    return values


def mass_terms(charges: ChargesLike, s: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs of charges v <= w with v + w = +-s that occur, or v = w = 0, each pair once.

    A pair of equal charges is a Majorana mass (and a mass for any two of the states with this charge),
    another one a Dirac mass.

    Parameters
    ----------
    charges : integers without a vector-like pair.
    s : the charge of the scalar, not 0; the sign does not matter.

    Examples
    --------
    >>> mass_terms([5, -4, -4, 1, 1, 1], 3)
    ((-4, 1),)
    >>> mass_terms([5, -4, -4, 1, 1, 1], 8)
    ((-4, -4),)
    """
    values, scalar = sorted(set(_unpaired(charges))), as_scalar(s)
    return tuple(
        (v, w)
        for place, v in enumerate(values)
        for w in values[place:]
        if abs(v + w) == scalar or v == w == 0
    )


def massive_states(charges: ChargesLike, s: int) -> int:
    """Return how many states one scalar makes massive: the rank of the mass matrix for almost all couplings.

    A Dirac fermion is two states.

    Parameters
    ----------
    charges : integers without a vector-like pair.
    s : the charge of the scalar, not 0.

    Raises
    ------
    ArgumentError
        If two charges add to zero, or s = 0.

    Examples
    --------
    >>> massive_states([5, -4, -4, 1, 1, 1], 3), massive_states([5, -4, -4, 1, 1, 1], 2)
    (4, 3)
    """
    return _rank(Counter(_unpaired(charges)), as_scalar(s))


def _rank(left: dict[int, int], s: int) -> int:
    """The rank for charges with multiplicities, which are used up."""
    rank = 0
    for charge in sorted(left, key=abs, reverse=True):
        number = left.pop(charge)
        if charge == 0 or 2 * abs(charge) == s:
            rank += number
            continue
        for partner in (s - charge, -s - charge):
            if partner in left:
                matched = min(number, left[partner])
                left[partner] -= matched
                rank += 2 * matched
    return rank


def massless_states(charges: ChargesLike, s: int) -> int:
    """Return how many states stay massless with one scalar, for almost all couplings.

    >>> massless_states([5, -4, -4, 1, 1, 1], 3)
    2
    """
    values = _unpaired(charges)
    return len(values) - _rank(Counter(values), as_scalar(s))


def scalar_charges(charges: ChargesLike) -> tuple[int, ...]:
    """Return the charges, up to sign, of all scalars that fill an entry: |z_i + z_j| other than 0, sorted.

    >>> scalar_charges([5, -4, -4, 1, 1, 1])
    (1, 2, 3, 6, 8, 10)
    """
    values = sorted(set(_unpaired(charges)))
    sums = {abs(v + w) for place, v in enumerate(values) for w in values[place:]}
    return tuple(sorted(sums - {0}))


def useful_scalars(charges: ChargesLike, massless: int = 0) -> tuple[tuple[int, int], ...]:
    """Return the pairs (s, states left massless) of all scalars that leave at most `massless`, by s.

    Only scalars that fill an entry are listed; any other leaves all charged states massless.

    Parameters
    ----------
    charges : integers without a vector-like pair.
    massless : the largest number of massless states.

    Examples
    --------
    >>> useful_scalars([5, -4, -4, 1, 1, 1], 3)
    ((2, 3), (3, 2))
    """
    values, most = _unpaired(charges), as_integer(massless, "massless", 0)
    useful = []
    for s, states in sorted(_partnered(values).items()):
        # A state without a partner stays massless, which settles most scalars before any matching.
        if len(values) - states.bit_count() <= most:
            left = len(values) - _rank(Counter(values), s)
            if left <= most:
                useful.append((s, left))
    return tuple(useful)


def _partnered(values: tuple[int, ...]) -> dict[int, int]:
    """For every scalar that fills an entry, the states that have a partner, as bits."""
    bits: dict[int, int] = {}
    for place, z in enumerate(values):
        bits[z] = bits.get(z, 0) | 1 << place
    alone = bits.get(0, 0)
    charges = list(bits.items())
    states: dict[int, int] = {}
    for place, (v, own) in enumerate(charges):
        for w, other in charges[place:]:
            s = abs(v + w)
            if s:
                states[s] = states.get(s, alone) | own | other
    return states
