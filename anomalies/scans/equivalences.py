"""Equivalences of models: what changes the names of things, and nothing else.

Each one is a set of maps on charges, under which solutions stay solutions: a common positive factor, an
overall sign, and signed permutations of charges.  The antiparticle of a right-handed dark state is a
left-handed one of opposite charge, so charge conjugation of a dark Dirac particle is
(chi_L, chi_R) -> (-chi_R, -chi_L).

Key results
-----------
SCALE, SIGN : a common positive factor; the overall sign
relabelling, charge_conjugation, regrouping : maps between the charges of new particles
classes_of : models sorted into classes
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from sympy import Expr, Poly, Symbol, sympify
from sympy.printing.defaults import Printable

from anomalies.conditions import anomaly_conditions
from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import primitive
from anomalies.fields import FieldContent
from anomalies.scans.restrictions import require_charges

__all__ = [
    "SCALE",
    "SIGN",
    "Equivalence",
    "charge_conjugation",
    "classes_of",
    "regrouping",
    "relabelling",
    "require_symmetry",
]

Values: TypeAlias = tuple[Fraction | int, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Equivalence(Printable):
    """Models that differ by these changes only are one and the same.

    Parameters
    ----------
    words : what is divided out, for a line of a table.
    maps : each a tuple of pairs (charge, its new value), the new value plus or minus a charge; charges that
        are not named stay as they are.
    scale : whether a common positive factor is divided out.
    sign : whether the overall sign is.

    Examples
    --------
    >>> from sympy import symbols
    >>> print(charge_conjugation(*symbols("chi_L chi_R")))
    chi_L -> -chi_R, chi_R -> -chi_L: antiparticle of chi
    """

    words: str
    maps: tuple[tuple[tuple[Symbol, Expr], ...], ...] = ()
    scale: bool = False
    sign: bool = False

    def __post_init__(self) -> None:
        """Check that every map is a signed permutation of the charges it names."""
        for entry in self.maps:
            named = [symbol for symbol, _ in entry]
            images = [_signed(image)[1] for _, image in entry]
            if sorted(map(str, named)) != sorted(map(str, images)) or len(set(named)) < len(named):
                raise ArgumentError(must_be("maps", "signed permutations of charges", entry))

    @property
    def symbols(self) -> frozenset[Symbol]:
        """The charges that the maps name."""
        return frozenset(symbol for entry in self.maps for symbol, _ in entry)

    def _sympystr(self, printer: Any) -> str:
        shown = "; ".join(", ".join(f"{symbol} -> {image}" for symbol, image in entry) for entry in self.maps)
        return f"{shown}: {self.words}" if shown else self.words


SCALE = Equivalence("a common positive factor", scale=True)
SIGN = Equivalence("overall sign", sign=True)


def _signed(image: Expr) -> tuple[int, Symbol]:
    """Plus or minus a symbol as (1, symbol) or (-1, symbol)."""
    sign, symbol = (-1, -image) if sympify(image).could_extract_minus_sign() else (1, image)
    if not isinstance(symbol, Symbol):
        raise ArgumentTypeError(must_be("maps", "pairs of a charge and plus or minus a charge", image))
    return sign, symbol


def relabelling(first: Sequence[Symbol], second: Sequence[Symbol]) -> Equivalence:
    """Return the equivalence that exchanges two new particles, given the charges of each in one order."""
    if len(first) != len(second):
        raise ArgumentError(must_be("second", f"{len(first)} charges, as many as the first", second))
    pairs = [*zip(first, second, strict=True), *zip(second, first, strict=True)]
    return Equivalence(f"names {_stem(first)} and {_stem(second)}", (tuple(pairs),))


def charge_conjugation(left: Symbol, right: Symbol) -> Equivalence:
    """Return the equivalence of a dark Dirac particle and its antiparticle, (L, R) -> (-R, -L)."""
    return Equivalence(f"antiparticle of {_stem((left, right))}", (((left, -right), (right, -left)),))


def regrouping(*pairs: tuple[Symbol, Symbol]) -> Equivalence:
    """Return the equivalence of all ways to group chiral dark states into Dirac particles (L, R).

    The left-handed states and the antiparticles of the right-handed ones are a set of charges {L, -R, ...};
    which of them make up one Dirac particle is a matter of mass terms.
    """
    states: list[Expr] = [state for left, right in pairs for state in (left, -right)]
    exchanges = []
    for one, other in combinations(states, 2):
        (sign, symbol), (other_sign, other_symbol) = _signed(one), _signed(other)
        relative = sign * other_sign
        exchanges.append(((symbol, relative * other_symbol), (other_symbol, relative * symbol)))
    names = ", ".join(_stem(pair) for pair in pairs)
    return Equivalence(f"grouping of chiral states into {names}", tuple(exchanges))


def _stem(charges: Sequence[Symbol]) -> str:
    """The common name of the charges of a particle: A of A_L, A_R."""
    stems = {str(charge).rpartition("_")[0] or str(charge) for charge in charges}
    return stems.pop() if len(stems) == 1 else ", ".join(map(str, charges))


# ---------------------------------------------------------------- symmetry of the conditions


def require_symmetry(content: FieldContent, equivalence: Equivalence) -> None:
    """Refuse an equivalence that does not map anomaly-free charges to anomaly-free charges.

    Raises
    ------
    ArgumentError
        If a map changes some condition by more than its sign, or some condition is not homogeneous.
    UnknownNameError
        If a map names a charge that the content does not have.
    """
    symbols = content.charge_symbols
    require_charges(equivalence.symbols, symbols, "equivalences")
    conditions = [Poly(value, *symbols) for value in anomaly_conditions(content).values()]
    for entry in equivalence.maps:
        for condition in conditions:
            changed = Poly(condition.as_expr().subs(dict(entry), simultaneous=True), *symbols)
            if changed not in (condition, -condition):
                raise ArgumentError(
                    must_be("equivalences", "symmetries of the anomaly conditions", str(equivalence))
                )
    if (equivalence.scale or equivalence.sign) and not all(c.is_homogeneous for c in conditions):
        raise ArgumentError(
            must_be(
                "equivalences",
                "symmetries of the anomaly conditions, which have constants",
                equivalence.words,
            )
        )


# ---------------------------------------------------------------- classes


def classes_of(
    models: Sequence[Sequence[Fraction]], symbols: Sequence[Symbol], equivalences: Iterable[Equivalence]
) -> tuple[tuple[int, ...], ...]:
    """Return the classes of models under all the equivalences together, as places in the sequence.

    Classes and the places in each are in the order of the models.

    Examples
    --------
    >>> from sympy import symbols
    >>> chi = symbols("chi_L chi_R")
    >>> one, three = Fraction(1), Fraction(3)
    >>> models = [(one, three), (one, one / 3), (one, -one)]
    >>> classes_of(models, chi, [SCALE, charge_conjugation(*chi)])
    ((0,), (1,), (2,))
    >>> classes_of(models, chi, [SCALE, SIGN, charge_conjugation(*chi)])
    ((0, 1), (2,))
    """
    chosen = tuple(equivalences)
    maps = [_places(entry, symbols) for equivalence in chosen for entry in equivalence.maps]
    if any(equivalence.sign for equivalence in chosen):
        maps.append(tuple((place, -1) for place in range(len(symbols))))
    scale = any(equivalence.scale for equivalence in chosen)
    found: dict[Values, list[int]] = {}
    for place, model in enumerate(models):
        start: Values = primitive(tuple(model)) if scale else tuple(model)
        found.setdefault(max(_orbit(start, maps)), []).append(place)
    return tuple(map(tuple, found.values()))


def _places(entry: Iterable[tuple[Symbol, Expr]], symbols: Sequence[Symbol]) -> tuple[tuple[int, int], ...]:
    """For every charge the place and the sign of what replaces it."""
    index = {symbol: place for place, symbol in enumerate(symbols)}
    images: Mapping[Symbol, Expr] = dict(entry)
    signed = (_signed(images.get(symbol, symbol)) for symbol in symbols)
    return tuple((index[symbol], sign) for sign, symbol in signed)


def _orbit(start: Values, maps: Sequence[tuple[tuple[int, int], ...]]) -> set[Values]:
    seen = {start}
    waiting = [start]
    while waiting:
        for image in _images(waiting.pop(), maps):
            if image not in seen:
                seen.add(image)
                waiting.append(image)
    return seen


def _images(values: Values, maps: Sequence[tuple[tuple[int, int], ...]]) -> Iterator[Values]:
    return (tuple(sign * values[place] for place, sign in entry) for entry in maps)
