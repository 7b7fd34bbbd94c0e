r"""The Lagrangian of ADN term by term, written from a field content.

The terms with a gauge boson are read off the charges: the currents of the fermions, and the covariant
derivatives of the scalars.  The signs of the mixing terms are ADN's.

Key results
-----------
gauge_current : the couplings of the new gauge boson as a sum of currents, (3.6), (3.19)
covariant_derivative : of a scalar, (3.13)
lagrangian_table : the terms of (3.18)

References
----------
ADN, arXiv:1909.02021, (3.2), (3.6), (3.13), (3.18), (3.19).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Symbol, latex
from sympy.printing.defaults import Printable

from anomalies.couplings import parse_coupling
from anomalies.errors import ArgumentError, must_be
from anomalies.fields import Chirality, FieldContent, FieldName, Multiplet, as_content
from anomalies.phenomenology.interactions.feynman_rules import dirac_name, handedness, vector_like_quark
from anomalies.phenomenology.mixing.gauge_masses import HYPERCHARGE, coupling_vector, isospins, weak_place
from anomalies.phenomenology.symbols import g, g_X, m_Q
from anomalies.tables import Table

__all__ = [
    "CovariantDerivative",
    "CurrentTerm",
    "GaugeCurrent",
    "covariant_derivative",
    "gauge_current",
    "lagrangian_table",
]


@dataclass(frozen=True, slots=True, repr=False)
class CurrentTerm(Printable):
    """One term Q fbar gamma^alpha P f of a current.

    Attributes
    ----------
    charge : an expression; or the name of a field, for the charge of its family i.
    fermion : the name of f.
    hand : "L" or "R".
    """

    charge: Any
    fermion: FieldName
    hand: str

    def _latex(self, printer: Any) -> str:
        f = str(printer._print(FieldName(self.fermion.name, self.fermion.subscript)))
        family = f"^{{{self.fermion.family}}}" if self.fermion.family else ""
        charge = _latex_charge(self.charge, printer)
        return rf"{charge} \, \bar{{{f}}}{family} \gamma^{{\alpha}} P_{{{self.hand}}} {f}{family}"

    def _sympystr(self, printer: Any) -> str:
        f = self.fermion
        bar = FieldName(f"{f.name}bar", f.subscript, f.family)
        charge = f"Q_{self.charge}^i" if isinstance(self.charge, str) else printer._print(self.charge)
        charge = f"({charge})" if getattr(self.charge, "is_Add", False) else charge
        return f"{charge} {printer._print(bar)} gamma^alpha P_{self.hand} {printer._print(f)}"


def _latex_charge(charge: Any, printer: Any) -> str:
    if isinstance(charge, str):
        return rf"\hat{{Q}}_{{{printer._print(FieldName(charge, '', 'i'))}}}"
    shown = str(printer._print(charge))
    return rf"\left({shown}\right)" if charge.is_Add else shown


@dataclass(frozen=True, slots=True, repr=False)
class GaugeCurrent(Printable):
    """The interaction g_X Z'_alpha J^alpha, with J a sum over families i and a sum over single fermions."""

    summed: tuple[CurrentTerm, ...]
    single: tuple[CurrentTerm, ...]

    def _latex(self, printer: Any) -> str:
        total = self._total(printer, r"\sum_{i=1}^{3} ", r"\left({}\right)")
        return rf"{printer._print(g_X)} Z'_{{\alpha}} {total}"

    def _sympystr(self, printer: Any) -> str:
        return f"g_X Z'_alpha {self._total(printer, 'sum_i ', '({})')}"

    def _total(self, printer: Any, sign: str, bracket: str) -> str:
        parts = [
            prefix + bracket.format(" + ".join(printer._print(term) for term in terms))
            for prefix, terms in ((sign, self.summed), ("", self.single))
            if terms
        ]
        if not parts:
            return "0"
        return parts[0] if len(parts) == 1 else bracket.format(" + ".join(parts))


def gauge_current(content: FieldContent, factor: str = "X", *, coloured: bool | None = None) -> GaugeCurrent:
    """Return the couplings of the gauge boson of an extra U(1) before mixing, written as a sum of currents.

    Parameters
    ----------
    content : where the charges of a field are the same in all families, or the canonical symbols Q_l1, Q_l2,
        Q_l3, the sum over families is written once.
    factor : the name of the U(1).
    coloured : True for quarks only, False for leptons only, None for all.

    Source: ADN (3.6), (3.19).

    Examples
    --------
    >>> from anomalies import adn_framework
    >>> print(gauge_current(adn_framework(), coloured=False).summed[1])
    Q_l^i ebar^i gamma^alpha P_L e^i
    """
    place = as_content(content).place_of(factor)
    summed: list[CurrentTerm] = []
    single: list[CurrentTerm] = []
    for field in content.fermions:
        if coloured is not None and _is_coloured(content, field) != coloured:
            continue
        charges = field.charges[place]
        for T3 in isospins(content, field):
            for hand in handedness(field):
                common = _common_charge(field, charges)
                if common is not None:
                    name = dirac_name(content, field, T3, 1)
                    summed.append(CurrentTerm(common, FieldName(name.name, name.subscript, "i"), hand))
                    continue
                single += [
                    CurrentTerm(charge, dirac_name(content, field, T3, family), hand)
                    for family, charge in enumerate(charges, 1)
                    if charge != 0
                ]
    return GaugeCurrent(tuple(term for term in summed if term.charge != 0), tuple(single))


def _common_charge(field: Multiplet, charges: Sequence[Any]) -> Any:
    """The charge of family i: one expression, the name of the field, or None if there is no common form."""
    if field.families == 1:
        return None
    if len(set(charges)) == 1:
        return charges[0]
    canonical = [Symbol(f"Q_{field.name}{family}") for family in range(1, field.families + 1)]
    return field.name if list(charges) == canonical else None


def _is_coloured(content: FieldContent, field: Multiplet) -> bool:
    place = weak_place(content)
    return any(not factor.is_trivial for i, factor in enumerate(field.irreps) if i != place)


@dataclass(frozen=True, slots=True, repr=False)
class CovariantDerivative(Printable):
    """D_mu phi = (d_mu - i (g tau^a W^a/2 + g' Y B + g_X Q X)) phi of a scalar singlet or doublet.

    `terms` are the pairs of a coefficient and the symbol of an abelian boson.
    """

    field: FieldName
    is_charged_weakly: bool
    terms: tuple[tuple[Any, Symbol], ...]

    def _latex(self, printer: Any) -> str:
        name = printer._print(self.field)
        weak = [rf"\frac{{{printer._print(g)}}}{{2}} \tau^{{a}} W^{{a}}_{{\mu}}"]
        abelian = [rf"{_latex_charge(c, printer)} {printer._print(boson)}_{{\mu}}" for c, boson in self.terms]
        inside = _joined((weak if self.is_charged_weakly else []) + abelian)
        return rf"D_{{\mu}} {name} = \left(\partial_{{\mu}} - i \left({inside}\right)\right) {name}"

    def _sympystr(self, printer: Any) -> str:
        name = printer._print(self.field)
        abelian = [f"{printer._print(c)} {printer._print(boson)}_mu" for c, boson in self.terms]
        inside = _joined((["g/2 tau^a W^a_mu"] if self.is_charged_weakly else []) + abelian)
        return f"D_mu {name} = (d_mu - i ({inside})) {name}"


def _joined(terms: list[str]) -> str:
    """A sum, with the signs of its terms."""
    return " + ".join(terms).replace("+ - ", "- ").replace("+ -", "- ")


def covariant_derivative(content: FieldContent, name: str) -> CovariantDerivative:
    """Return the covariant derivative of a scalar singlet or doublet, colour apart.

    Source: ADN (3.13).

    Examples
    --------
    >>> from anomalies.phenomenology.points import framework_content
    >>> covariant_derivative(framework_content(normalised=False), "H")
    D_mu H = (d_mu - i (g/2 tau^a W^a_mu - g'/2 B_mu - a_Y*g_X/2 X_mu)) H
    """
    field = as_content(content).multiplet(name)
    places = isospins(content, field)
    if len(places) > 2 or _is_coloured(content, field):
        raise ArgumentError(must_be("name", "a singlet or doublet without colour", name))
    hypercharge, _, *others = coupling_vector(content, name, places[0])
    names = [factor.name for factor in content.group.abelian_factors if factor.name != HYPERCHARGE]
    bosons = [Symbol("B"), *map(Symbol, names)]
    terms = tuple((c, boson) for c, boson in zip((hypercharge, *others), bosons, strict=True) if c != 0)
    return CovariantDerivative(field.field_name, len(places) == 2, terms)


@dataclass(frozen=True, slots=True, repr=False)
class _Written(Printable):
    """A formula that is notation only."""

    in_latex: str
    in_text: str

    def _latex(self, printer: Any) -> str:
        return self.in_latex

    def _sympystr(self, printer: Any) -> str:
        return self.in_text


@dataclass(frozen=True, slots=True, repr=False)
class _HeavyTerms(Printable):
    """-m_Q Qbar Q + (Y_Qi qbar_L^i Q_R Phi + h.c.)."""

    field: FieldName
    coupling: Any

    def _latex(self, printer: Any) -> str:
        name = printer._print(self.field)
        mass = rf"-{printer._print(m_Q)} \bar{{{name}}} {name}"
        return rf"{mass} + \left(Y_{{{name}i}} \, {printer._print(self.coupling)} + \text{{h.c.}}\right)"

    def _sympystr(self, printer: Any) -> str:
        name = printer._print(self.field)
        return f"-m_{name} {name}bar {name} + (Y_{name}i {printer._print(self.coupling)} + h.c.)"


def lagrangian_table(content: FieldContent) -> Table:
    """Return the terms of the Lagrangian of ADN's model, read off a content with Phi and the vector-like Q.

    The signs of the mixing terms are those of ADN (3.2).

    Source: ADN (3.18).

    Examples
    --------
    >>> from anomalies import adn_framework
    >>> for row in lagrangian_table(adn_framework()).as_json()[5:8]:
    ...     print(row["formula"])
    (D^mu H)^dagger (D_mu H) + (D^mu Phi)^dagger (D_mu Phi)
    D_mu H = (d_mu - i (g/2 tau^a W^a_mu - g'/2 B_mu + Q_H*g_X X_mu)) H
    D_mu Phi = (d_mu - i (Q_Phi*g_X X_mu)) Phi
    """
    as_content(content)
    heavy = vector_like_quark(content)
    mixing = next(c for c in content.couplings if f"{heavy.name}_" in c)
    scalars = [field.name for field in content.multiplets if field.chirality is Chirality.SCALAR]
    rows: list[tuple[Any, Any, str]] = [
        (_part("SM"), "the Standard Model without the kinetic terms and the potential of H", ""),
        (_part("X"), _Written(r"-\frac{1}{4} X_{\mu\nu} X^{\mu\nu}", "-1/4 X_munu X^munu"), ""),
        (_part("mix"), _HeavyTerms(FieldName(heavy.name), parse_coupling(content, mixing)), "3.2"),
        (_part("qZ'"), gauge_current(content, coloured=True), "3.6"),
        (_part("lZ'"), gauge_current(content, coloured=False), "3.19"),
        (_part("HPhi"), _kinetic([content.multiplet(name).field_name for name in scalars]), "3.12"),
        *(("", covariant_derivative(content, name), "3.13") for name in scalars),
        (_part("V"), _Written(r"-V(H, \Phi)", "-V(H, Phi)"), ""),
        (_part("dark"), "terms of dark states only", ""),
    ]
    return Table(("term", "formula", "ADN"), rows)


def _kinetic(scalars: Sequence[FieldName]) -> _Written:
    """The kinetic terms of the scalars."""
    return _Written(
        " + ".join(rf"(D^{{\mu}} {latex(s)})^\dagger (D_{{\mu}} {latex(s)})" for s in scalars),
        " + ".join(f"(D^mu {s})^dagger (D_mu {s})" for s in scalars),
    )


_PART_NAMES = {
    "qZ'": "qZ'",
    "lZ'": r"\ell Z'",
    "HPhi": r"H\Phi\,\mathrm{kin}",
    "V": "V",
    "X": "X",
    "SM": r"\mathrm{SM}",
    "mix": r"\mathrm{mix}",
    "dark": r"\mathrm{dark}",
}


def _part(name: str) -> _Written:
    return _Written(rf"\mathcal{{L}}_{{{_PART_NAMES[name]}}}", f"L_{name}")
