r"""The Feynman rules of the Z' and of Phi, from the field content: ADN Fig. 1.

Every coupling of a gauge boson to fermions is read off the covariant derivatives D = d - i (...), which give

    L = V_mu sum fbar gamma^mu (g_L P_L + g_R P_R) f    and the vertex    i gamma^mu (g_L P_L + g_R P_R),

with g_L and g_R the components of the coupling vectors along the boson V = A, Z or Z' of (3.15).  The quark
doublet q is (u, d), the lepton doublet l is (nu, e), and the vector-like Q is (u^4, d^4), as in ADN (3.1).
Flavour violation comes from the mixing of Q with the quarks, to leading order.

Key results
-----------
vector_couplings : the couplings of A, Z or Z' to every fermion, at any mixing angle
feynman_rules : the vertices of Fig. 1 as a table

References
----------
ADN, arXiv:1909.02021, (3.1), (3.2), (3.6), (3.7), (3.11), (3.19), Fig. 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from sympy import Expr, Integer, Matrix, MatrixSymbol, Symbol, cos, expand
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, must_be
from anomalies.fields import Chirality, FieldContent, FieldName, Multiplet, as_content
from anomalies.phenomenology.mixing.gauge_masses import isospins
from anomalies.phenomenology.mixing.neutral_bosons import boson_coupling
from anomalies.phenomenology.mixing.quarks import ckm_symbols, flavour_violating_coupling
from anomalies.phenomenology.symbols import Y_Qb, Y_Qd, Y_Qs, g_X
from anomalies.tables import Table

__all__ = [
    "VectorCoupling",
    "dirac_name",
    "feynman_rules",
    "handedness",
    "vector_couplings",
    "vector_like_quark",
]

# The names of the components of the doublets, upper first, and the family of a heavy copy.
_COMPONENTS = {"q": ("u", "d"), "l": ("nu", "e"), "Q": ("u", "d")}
_HEAVY_FAMILY = {"Q": "4"}
_YUKAWAS = {"d": Y_Qd, "s": Y_Qs, "b": Y_Qb}
_UP_QUARKS = ("u", "c", "t")
_Z_PRIME = Symbol("Z'")


# ---------------------------------------------------------------- couplings of fermions


@dataclass(frozen=True, slots=True, repr=False)
class VectorCoupling(Printable):
    """The coupling of a gauge boson to a fermion, L = V_mu fbar gamma^mu (left P_L + right P_R) f.

    Attributes
    ----------
    fermion : its name; the family "i" stands for every family.
    left, right : expressions; 0 where there is no such component.
    """

    fermion: FieldName
    left: Any
    right: Any

    @property
    def vector(self) -> Any:
        """The coefficient of fbar gamma^mu f, (left + right)/2."""
        return expand((self.left + self.right) / 2)

    @property
    def axial(self) -> Any:
        """The coefficient of fbar gamma^mu gamma_5 f, (right - left)/2."""
        return expand((self.right - self.left) / 2)

    def _sympystr(self, printer: Any) -> str:
        def shown(value: Any) -> str:
            return f"({printer._print(value)})" if _needs_brackets(value) else str(printer._print(value))

        return self._rule(shown, "i", "gamma^mu", "P_L", "P_R", "({})")

    def _latex(self, printer: Any) -> str:
        def shown(value: Any) -> str:
            plain = str(printer._print(value))
            return rf"\left({plain}\right)" if _needs_brackets(value) else plain

        return self._rule(shown, "i", r"\gamma^{\mu}", "P_{L}", "P_{R}", r"\left({}\right)")

    def _rule(
        self, shown: Callable[[Any], str], unit: str, gamma: str, left: str, right: str, brackets: str
    ) -> str:
        """The vertex, i times the coupling, with g_X in front if it multiplies everything."""
        if self.left == self.right == 0:
            return "0"
        common = all(g_X not in (value / g_X).free_symbols for value in (self.left, self.right))
        factor = g_X if common else Integer(1)
        front = [unit, *([shown(g_X)] if common else []), gamma]
        if self.left == self.right:
            return " ".join((*front, *([] if self.left == factor else [shown(self.left / factor)])))
        terms = [
            f"{shown(value / factor)} {projector}"
            for value, projector in ((self.left, left), (self.right, right))
            if value != 0
        ]
        return " ".join((*front, terms[0] if len(terms) == 1 else brackets.format(" + ".join(terms))))


def _needs_brackets(value: Any) -> bool:
    return bool(value.is_Add or value.could_extract_minus_sign())


def vector_couplings(
    content: FieldContent, boson: str = "Z'", *, alpha: Any = 0, heavy: bool = True
) -> tuple[VectorCoupling, ...]:
    """Return the couplings of a neutral gauge boson to every fermion, families that couple alike as one.

    Parameters
    ----------
    content : the fields, with charges that are numbers or symbols; one extra U(1).
    boson : "A", "Z" or "Z'".
    alpha : the mixing angle alpha_z, 0 for the couplings of ADN's Fig. 1, or a symbol.
    heavy : whether vector-like fermions are listed.

    Raises
    ------
    UnknownNameError : there is no such boson.
    ArgumentError : the content does not have one extra U(1).

    Source: ADN (3.6), (3.15), (3.19).

    Examples
    --------
    >>> from anomalies.phenomenology.points import framework_content
    >>> for coupling in vector_couplings(framework_content(normalised=False), heavy=False)[2:4]:
    ...     print(coupling.fermion, coupling.left, coupling.right, sep=",  ")
    nu^1,  g_X*(-a_Y/2 + a_e),  Q_nu1*g_X
    nu^2,  g_X*(-a_Y/2 + a_mu),  Q_nu2*g_X
    """
    as_content(content)
    sides: dict[tuple[FieldName, ...], dict[str, Any]] = {}
    for field in content.fermions:
        if field.chirality is Chirality.VECTOR_LIKE and not heavy:
            continue
        for T3 in isospins(content, field):
            names = tuple(dirac_name(content, field, T3, family) for family in range(1, field.families + 1))
            for hand in handedness(field):
                sides.setdefault(names, {})[hand] = tuple(
                    boson_coupling(content, field.name, T3, boson, family=family, alpha=alpha)
                    for family in range(1, field.families + 1)
                )
    return tuple(_listed(sides))


def handedness(field: Multiplet) -> tuple[str, ...]:
    """Return the chiralities that a fermion has: ("L",), ("R",) or both.

    >>> from anomalies import adn_framework
    >>> handedness(adn_framework().multiplet("Q"))
    ('L', 'R')
    """
    return {Chirality.LEFT: ("L",), Chirality.RIGHT: ("R",)}.get(field.chirality, ("L", "R"))


def dirac_name(content: FieldContent, field: Multiplet, T3: Fraction, family: int) -> FieldName:
    """Return the name of a component of a field as a Dirac fermion: u^2 for the upper component of q_L^2.

    >>> from anomalies import adn_framework
    >>> dirac_name(adn_framework(), adn_framework().multiplet("Q"), Fraction(-1, 2), 1)
    d^4
    """
    label = _HEAVY_FAMILY.get(field.name, str(family) if field.families > 1 else "")
    places = isospins(content, field)
    if len(places) == 1:
        return FieldName(field.name, "", label)
    if field.name in _COMPONENTS and len(places) == 2:
        return FieldName(_COMPONENTS[field.name][places.index(T3)], "", label)
    return FieldName(field.name, str(T3), label)


def _listed(sides: dict[tuple[FieldName, ...], dict[str, Any]]) -> Iterator[VectorCoupling]:
    """Join the left- and right-handed couplings of a fermion, and families that couple alike."""
    for names, hands in sides.items():
        none = (Integer(0),) * len(names)
        pairs = list(zip(hands.get("L", none), hands.get("R", none), strict=True))
        if len(names) > 1 and len(set(pairs)) == 1:
            yield VectorCoupling(FieldName(names[0].name, names[0].subscript, "i"), *pairs[0])
        else:
            yield from (VectorCoupling(name, *pair) for name, pair in zip(names, pairs, strict=True))


# ---------------------------------------------------------------- Fig. 1


def vector_like_quark(content: FieldContent) -> Multiplet:
    """Return the vector-like quark of a content, which must have one, with a coupling.

    >>> from anomalies import adn_framework
    >>> vector_like_quark(adn_framework()).field_name
    Q_L/R
    """
    found = [field for field in content.multiplets if field.chirality is Chirality.VECTOR_LIKE]
    names = [field.name for field in found]
    if names != list(_HEAVY_FAMILY) or not any(f"{names[0]}_R" in c for c in content.couplings):
        expected = "one with one vector-like quark Q and its coupling, as adn_framework()"
        raise ArgumentError(must_be("content", expected, str(content.name)))
    return found[0]


@dataclass(frozen=True, slots=True, repr=False)
class _Vertex(Printable):
    """The fields that meet: a boson, an antifermion and a fermion."""

    boson: Any
    outgoing: FieldName
    incoming: FieldName

    def _latex(self, printer: Any) -> str:
        out, into = printer._print(FieldName(self.outgoing.name)), printer._print(self.incoming)
        family = f"^{{{self.outgoing.family}}}" if self.outgoing.family else ""
        return rf"{printer._print(self.boson)} \, \bar{{{out}}}{family} \, {into}"

    def _sympystr(self, printer: Any) -> str:
        out = FieldName(f"{self.outgoing.name}bar", self.outgoing.subscript, self.outgoing.family)
        return f"{printer._print(self.boson)} {printer._print(out)} {printer._print(self.incoming)}"


@dataclass(frozen=True, slots=True, repr=False)
class _ScalarRule(Printable):
    """The vertex i y P_R."""

    coupling: Expr

    def _latex(self, printer: Any) -> str:
        shown = printer._print(self.coupling)
        return rf"i \left({shown}\right) P_{{R}}" if self.coupling.is_Add else f"i {shown} P_{{R}}"

    def _sympystr(self, printer: Any) -> str:
        shown = printer._print(self.coupling)
        return f"i ({shown}) P_R" if self.coupling.is_Add else f"i {shown} P_R"


def feynman_rules(content: FieldContent, *, alpha: Any = 0) -> Table:
    """Return the vertices of ADN's Fig. 1: Z' with leptons and quarks, Phi with quarks, flavour violation.

    The flavour-violating vertices are those of leading order in epsilon, with the quarks in their mass basis.
    A vertex is i times the term of the Lagrangian; the Hermitian conjugates have the conjugate coefficients,
    those of Phi with P_L.

    Parameters
    ----------
    content : ADN's content with charges that are symbols or numbers, such as `adn_framework()`,
        `framework_content(normalised=False)`, or the content of a `LeptonPoint`.
    alpha : the mixing angle alpha_z; 0 as in the figure, or a symbol for the exact couplings of the Z'.

    Source: ADN Fig. 1, (3.2), (3.11), (3.19).

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> table = feynman_rules(BENCHMARK.content)
    >>> print(table.as_json()[6]["vertex"], table.as_json()[6]["rule"], sep=":  ")
    Z' ebar^2 e^2:  i g_X gamma^mu (113/200 P_L + 13/100 P_R)
    """
    heavy = vector_like_quark(content)
    rows = (*_diagonal_rows(content, alpha), *_scalar_rows(heavy), *_violating_rows(content, heavy, alpha))
    return Table(("vertex", "rule", "from ADN"), rows)


def _diagonal_rows(content: FieldContent, alpha: Any) -> Iterator[tuple[Any, Any, str]]:
    for coupling in vector_couplings(content, alpha=alpha):
        quark = coupling.fermion.name in _COMPONENTS["q"]
        yield _Vertex(_Z_PRIME, coupling.fermion, coupling.fermion), coupling, "3.6" if quark else "3.19"


def _scalar_rows(heavy: Multiplet) -> Iterator[tuple[Any, Any, str]]:
    """Phi with a quark and its heavy partner; the up quarks of the doublets are V^dagger u."""
    yukawas = Matrix(list(_YUKAWAS.values()))
    for name, quarks, strengths in (
        ("d", _YUKAWAS, yukawas),
        ("u", _UP_QUARKS, ckm_symbols() * yukawas),
    ):
        partner = FieldName(name, "", _HEAVY_FAMILY[heavy.name])
        for quark, strength in zip(quarks, strengths, strict=True):
            yield _Vertex(Symbol("Phi"), FieldName(quark), partner), _ScalarRule(strength), "3.2"


def _violating_rows(content: FieldContent, heavy: Multiplet, alpha: Any) -> Iterator[tuple[Any, Any, str]]:
    """Off-diagonal couplings; Q_Q - Q_q, which is -Q_Phi, multiplies all of them."""
    place = content.place_of("X")
    difference = expand(heavy.charges[place][0] - content.multiplet("q").charges[place][0])
    for first, second in combinations(_YUKAWAS, 2):
        strength = flavour_violating_coupling(first, second, difference) * cos(alpha)
        names = FieldName(first), FieldName(second)
        yield _Vertex(_Z_PRIME, *names), VectorCoupling(names[0], strength, Integer(0)), "3.11"
    up = MatrixSymbol("L_u", 3, 3)[Symbol("i", integer=True), Symbol("j", integer=True)]
    names = FieldName("u", "", "i"), FieldName("u", "", "j")
    rule = VectorCoupling(names[0], g_X * cos(alpha) * up, Integer(0))
    yield _Vertex(_Z_PRIME, *names), rule, "3.9, L_u = V L_d V†"
