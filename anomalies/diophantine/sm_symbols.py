"""The solutions of three families with three nu_R in symbols: on each locus, as formulas and as conditions.

The charts and their domains are those of `sm_geometry`; here the numbers are sympy symbols.

Key results
-----------
formulas : the charges of a locus as rational functions of its parameters
domain : what these parameters have to satisfy
locus_condition : what the charges of a locus satisfy besides the anomaly conditions
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import And, Eq, Expr, Ne, Not, Rational, Symbol, expand

from anomalies.diophantine.sm_geometry import (
    CHARTS,
    charge_rows,
    components,
    cubic,
    doublets,
    doublets_ratio,
    quadric,
    singlets,
    singlets_ratio,
    slope,
    traceless,
)

__all__ = ["domain", "formulas", "locus_condition"]


def formulas(locus: str) -> tuple[tuple[Expr, ...], ...]:
    """Return the charges of q, u, d, l, e, nu, three each, in terms of alpha, (beta,) and the coordinates.

    >>> formulas("every shift")[1]
    (2*alpha/3 + beta/3 + u_1, 2*alpha/3 + beta/3 + u_2, 2*alpha/3 + beta/3 - u_1 - u_2)
    """
    triples = _triples(locus)
    beta = Symbol("beta") if locus == "every shift" else -cubic(triples) / (2 * slope(triples))
    return charge_rows(Symbol("alpha"), beta, triples)


def domain(locus: str) -> Any:
    """Return the condition on the coordinates of a locus, as a sympy relation.

    >>> domain("equal singlets")
    Ne(nu_1**2 + nu_1*nu_2 + nu_2**2 - u_1**2 - u_1*u_2 - u_2**2, 0)
    """
    if locus == "every shift":
        triples = _triples(locus)
        return And(*(Eq(expand(form(triples)), 0) for form in (quadric, slope, cubic)))
    with_slope = Ne(slope(_triples(locus)), 0)
    pairs = _pairs(locus)
    if locus == "generic":
        return And(Not(_vanish(pairs[0])), with_slope)
    if locus == "equal doublets":
        return And(Not(_vanish(x + y for x, y in zip(pairs[1], pairs[2], strict=True))), with_slope)
    return with_slope


def locus_condition(locus: str, rows: Sequence[Sequence[Expr]]) -> Any:
    """Return what charges of q, u, d, l, e, nu, that solve all conditions, satisfy exactly on this locus."""
    _, _, triples = components(rows)
    q, u, d, lepton, e, _ = triples
    zero_slope = Eq(expand(slope(triples)), 0)
    doublets_equal = _vanish(x - y for x, y in zip(q, lepton, strict=True))
    singlets_equal = _vanish(y + z - 2 * x for x, y, z in zip(u, d, e, strict=True))
    return {
        "generic": And(Not(zero_slope), Not(doublets_equal)),
        "equal doublets": And(Not(zero_slope), doublets_equal, Not(singlets_equal)),
        "equal singlets": And(Not(zero_slope), doublets_equal, singlets_equal),
        "every shift": zero_slope,
    }[locus]


def _vanish(entries: Iterable[Expr]) -> Any:
    """The condition that a traceless triple is zero: its first two entries are."""
    x, y, *_ = entries
    return And(Eq(expand(x), 0), Eq(expand(y), 0))


_W = Symbol("w")


def _pairs(locus: str) -> list[tuple[Expr, ...]]:
    """The traceless triples among the coordinates of a locus, in their order; w is no part of any."""
    names = [symbol for symbol in map(Symbol, CHARTS[locus].names.split()) if symbol != _W]
    return [traceless(x, y) for x, y in zip(names[::2], names[1::2], strict=True)]


def _triples(locus: str) -> tuple[tuple[Expr, ...], ...]:
    """T in terms of the coordinates: the charts, with sympy's division."""
    pairs = _pairs(locus)
    if locus == "generic":
        a, u, d, e, nu = pairs
        numerator, denominator = doublets_ratio(a, u, d, e)
        q, lepton = doublets(a, _W, numerator / denominator)
        half = Rational(1, 2)
        return tuple(half * x for x in q), u, d, tuple(half * x for x in lepton), e, nu
    if locus == "equal doublets":
        q, b, c, nu = pairs
        numerator, denominator = singlets_ratio(b, c)
        u, d, e = singlets(b, c, _W, numerator / denominator)
        return q, u, d, q, e, nu
    if locus == "equal singlets":
        q, u, nu = pairs
        return q, u, u, q, u, nu
    return tuple(pairs)
