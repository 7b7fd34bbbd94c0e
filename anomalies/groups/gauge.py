"""Gauge groups: products of simple groups and named U(1) factors.

Only the Lie algebra enters: SO(n) stands for its simply connected cover, which has spinors.

Key results
-----------
SU, SO, Sp, exceptional : simple groups, with the coincidences of small rank resolved
gauge_group : "SU(3) x SU(2)_L x U(1)_Y", parsed

References
----------
N. Bourbaki, Groupes et algebres de Lie, ch. VI, section 4 (the series A-G)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sympy.printing.defaults import Printable
from sympy.printing.latex import translate

from anomalies.errors import ArgumentError, ArgumentTypeError, RepresentationError, UnknownNameError, must_be
from anomalies.exact import as_integer

__all__ = ["SO", "SU", "U1", "GaugeGroup", "SimpleGroup", "Sp", "exceptional", "gauge_group"]

_LARGEST_RANK = 64  # beyond it a search by dimension takes seconds

_PIECE = r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)?'*"
_LABEL = re.compile(rf"{_PIECE}(?:[+-]{_PIECE})*", re.ASCII)
_SIMPLE = re.compile(
    rf"(?:(?P<family>SU|SO|Sp)\((?P<number>[1-9][0-9]{{0,8}})\)|(?P<exceptional>[EFG][0-9]))(?:_{_LABEL.pattern})?",
    re.ASCII,
)
_EXCEPTIONAL = {"E6": ("E", 6), "E7": ("E", 7), "E8": ("E", 8), "F4": ("F", 4), "G2": ("G", 2)}
_NOT_SIMPLE = {
    "SO(2)": "it is abelian, write U(1)_X with a name for X",
    "SO(4)": "write SU(2)_L x SU(2)_R",
}
_TEXT_EXAMPLE = "a product of groups such as 'SU(3) x SU(2)_L x U(1)_Y'"


@dataclass(frozen=True, slots=True, repr=False)
class SimpleGroup(Printable):
    """A simple gauge group: the series and rank of its Lie algebra, and the name it goes by.

    Groups of the same algebra and different names, such as SU(2)_L and SU(2)_R, are different.
    Build one with `SU`, `SO`, `Sp`, `exceptional` or `gauge_group`; the constructor checks that the
    name belongs to the algebra.
    """

    series: str
    rank: int
    name: str

    def __post_init__(self) -> None:
        """Check that the name, which people read, belongs to the algebra, from which all is computed."""
        algebra = _algebra(self.name, "name", "the name of a simple group such as 'SU(2)_L'")
        if algebra != (self.series, self.rank):
            raise ArgumentError(
                must_be("(series, rank)", f"{algebra} for {self.name}", (self.series, self.rank))
            )

    def _sympystr(self, printer: Any) -> str:
        return self.name

    def _latex(self, printer: Any) -> str:
        base, _, label = self.name.partition("_")
        subscripts = [base[1:]] if base in _EXCEPTIONAL else []
        subscripts += [_latex_label(label)] if label else []
        text = base[0] if base in _EXCEPTIONAL else base
        return text + (f"_{{{','.join(subscripts)}}}" if subscripts else "")


def _latex_label(label: str) -> str:
    """Greek names become Greek letters and longer words upright: L_mu-L_tau, EM."""

    def word(match: re.Match[str]) -> str:
        symbol = translate(match[2])
        text = rf"\mathrm{{{symbol}}}" if symbol == match[2] and len(symbol) > 1 else symbol
        return f"_{{{text}}}" if match[1] else text

    return re.sub(r"(_?)([A-Za-z0-9]+)", word, label)


def _algebra(name: str, argument: str, expected: str) -> tuple[str, int]:
    """Return the series and rank of the simple group of that name, or say why there is none."""
    match = _SIMPLE.fullmatch(name) if isinstance(name, str) else None
    if match is None:
        raise ArgumentError(must_be(argument, expected, name))
    if match["exceptional"]:
        return _exceptional_algebra(match["exceptional"])
    return _classical_algebra(match["family"], int(match["number"]))


def _exceptional_algebra(name: str) -> tuple[str, int]:
    if not isinstance(name, str) or name not in _EXCEPTIONAL:
        raise RepresentationError(must_be("name", f"one of {', '.join(_EXCEPTIONAL)}", name))
    return _EXCEPTIONAL[name]


def _classical_algebra(family: str, number: int) -> tuple[str, int]:
    name = f"{family}({number})"
    if name in _NOT_SIMPLE:
        raise RepresentationError(f"{name} is not a simple group: {_NOT_SIMPLE[name]}.")
    if number < 2:
        raise RepresentationError(f"{name} is trivial: leave it out.")
    if family == "Sp" and number % 2:
        raise RepresentationError(f"{name} does not exist: Sp(n) has even n, and Sp(2) = SU(2).")
    rank = number - 1 if family == "SU" else number // 2
    if rank > _LARGEST_RANK:
        raise RepresentationError(
            f"{name} has rank {rank}: groups of rank up to {_LARGEST_RANK} are supported."
        )
    if rank == 1:
        return ("A", 1)
    series = {"SU": "A", "Sp": "C"}.get(family) or ("B" if number % 2 else "D")
    return (series, rank)


def _classical(family: str, n: object, label: str) -> SimpleGroup:
    number = as_integer(n, "n", 1)
    return SimpleGroup(*_classical_algebra(family, number), _with_label(f"{family}({number})", label))


def _with_label(name: str, label: str) -> str:
    if not isinstance(label, str) or (label and not _LABEL.fullmatch(label)):
        raise ArgumentError(must_be("label", "a short name such as 'L'", label))
    return f"{name}_{label}" if label else name


def SU(n: int, label: str = "") -> SimpleGroup:
    """Return SU(n), n >= 2, of the series A with rank n - 1.

    >>> SU(3), SU(2, "L")
    (SU(3), SU(2)_L)
    """
    return _classical("SU", n, label)


def SO(n: int, label: str = "") -> SimpleGroup:
    """Return the simply connected cover of SO(n), n = 3 or n >= 5: A1, B2, D3, B3, D4, ...

    SO(3) has the algebra of SU(2), so its vector is (2,); SO(6) that of SU(4) with the nodes of D3, so its
    vector is (1, 0, 0), and it has a cubic invariant.

    Raises
    ------
    RepresentationError
        For SO(2), which is abelian, and SO(4), which is not simple.

    >>> [(group.series, group.rank) for group in (SO(3), SO(5), SO(6), SO(10))]
    [('A', 1), ('B', 2), ('D', 3), ('D', 5)]
    """
    return _classical("SO", n, label)


def Sp(n: int, label: str = "") -> SimpleGroup:
    """Return Sp(n), n even, whose fundamental representation has dimension n: Sp(2) = SU(2).

    >>> (Sp(4).series, Sp(4).rank)
    ('C', 2)
    """
    return _classical("Sp", n, label)


def exceptional(name: str, label: str = "") -> SimpleGroup:
    """Return E6, E7, E8, F4 or G2.

    >>> exceptional("E6").rank
    6
    """
    return SimpleGroup(*_exceptional_algebra(name), _with_label(name, label))


@dataclass(frozen=True, slots=True, repr=False)
class U1(Printable):
    """An abelian factor, called by the name of its charge.

    >>> U1("Y")
    U(1)_Y
    """

    name: str

    def __post_init__(self) -> None:
        """Check the name."""
        if not isinstance(self.name, str) or not _LABEL.fullmatch(self.name):
            raise ArgumentError(must_be("name", "a short name such as 'Y' or 'B-L'", self.name))

    def _sympystr(self, printer: Any) -> str:
        return f"U(1)_{self.name}"

    def _latex(self, printer: Any) -> str:
        return f"U(1)_{{{_latex_label(self.name)}}}"


@dataclass(frozen=True, slots=True, repr=False)
class GaugeGroup(Printable):
    """A product of simple groups and U(1) factors with distinct names; the empty product is trivial.

    >>> group = GaugeGroup((SU(2, "L"), U1("Y")))
    >>> group, group.factor("Y")
    (SU(2)_L x U(1)_Y, U(1)_Y)
    """

    factors: tuple[SimpleGroup | U1, ...]

    def __post_init__(self) -> None:
        """Check the types, and that the names are distinct."""
        if not isinstance(self.factors, tuple) or not all(
            isinstance(f, SimpleGroup | U1) for f in self.factors
        ):
            raise ArgumentTypeError(must_be("factors", "a tuple of SimpleGroup and U1", self.factors))
        names = [factor.name for factor in self.factors]
        for name in names:
            if names.count(name) > 1:
                raise ArgumentError(
                    f"Argument 'factors' must have distinct names, not {name} twice: "
                    "add labels, as in SU(2)_L x SU(2)_R."
                )

    @property
    def simple_factors(self) -> tuple[SimpleGroup, ...]:
        """The simple factors, in order."""
        return tuple(factor for factor in self.factors if isinstance(factor, SimpleGroup))

    @property
    def abelian_factors(self) -> tuple[U1, ...]:
        """The U(1) factors, in order."""
        return tuple(factor for factor in self.factors if isinstance(factor, U1))

    def factor(self, name: str) -> SimpleGroup | U1:
        """Return the factor of that name, "SU(2)_L" or "Y"; "U(1)_Y" is the same as "Y"."""
        for factor in self.factors:
            if name in (factor.name, str(factor)):
                return factor
        known = ", ".join(factor.name for factor in self.factors)
        raise UnknownNameError(must_be("name", f"a factor of the gauge group ({known})", name))

    def _sympystr(self, printer: Any) -> str:
        return " x ".join(str(factor) for factor in self.factors) or "1"

    def _latex(self, printer: Any) -> str:
        return r" \times ".join(printer._print(factor) for factor in self.factors) or "1"


def gauge_group(text: str) -> GaugeGroup:
    """Return the gauge group that `text` writes as a product, with " x ", "*" or "×" between the factors.

    >>> gauge_group("SU(3) x SU(2)_L x U(1)_Y").abelian_factors
    (U(1)_Y,)
    """
    if not isinstance(text, str):
        raise ArgumentTypeError(must_be("text", _TEXT_EXAMPLE, text))
    return GaugeGroup(tuple(_factor(part) for part in re.split(r"\s*[×*]\s*|\s+x\s+", text.strip())))


def _factor(part: str) -> SimpleGroup | U1:
    if part == "U(1)":
        raise ArgumentError(must_be("text", "a product that names each abelian factor, as in U(1)_Y", part))
    if part.startswith("U(1)_") and _LABEL.fullmatch(part[5:]):
        return U1(part[5:])
    return SimpleGroup(*_algebra(part, "text", _TEXT_EXAMPLE), part)
