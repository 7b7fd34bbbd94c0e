r"""What a model means for experiment, as exact columns: couplings, widths, operators, Yukawa entries.

A model is a Standard Model content with a number for every charge under U(1)', perhaps with more fermions.
With the charges L and R of a Dirac fermion, the Z' couples to

    f-bar gamma^mu (L P_L + R P_R) f = f-bar gamma^mu (V + A gamma_5) f,    V = (L + R)/2,   A = (R - L)/2,

so that V/A = -1 is a purely left-handed coupling; this is the sign for which EFT's models have 7, -1 and -3.

For b -> s mu mu, the Z' exchange gives, with one factor for all four,

    C9 : C10 : C9' : C10' = D_L V : D_L A : D_R V : D_R A,   D_L = Q_q3 - Q_q2,   D_R = Q_d3 - Q_d2.

Here V and A are those of the muon, and the s-b entry of the mixing matrix is assumed to be the same for left-
and right-handed quarks; if it is not, the two primed coefficients have one common factor more.  C9 : C10 and
C9' : C10' do not depend on it.

Key results
-----------
model_columns : the columns of a content
ModelColumns : couplings, decays, Wilson coefficients, Yukawa entries; as headings and entries
DiracCouplings, Decay, YukawaMatrix : what they are made of

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, sections 2.2-2.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product
from typing import Any

from sympy import Expr, Symbol
from sympy.printing.defaults import Printable

from anomalies.couplings import charge_conditions, parse_coupling
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_rational, primitive
from anomalies.fields import Chirality, FieldContent, Multiplet, as_content
from anomalies.phenomenology.widths import width_weights
from anomalies.tables import Cell, Table

__all__ = ["Decay", "DiracCouplings", "ModelColumns", "YukawaMatrix", "model_columns"]

_FAMILIES = 3
_NAMES = ("q", "u", "d", "l", "e")
_NEUTRINOS = ("nu_e", "nu_mu", "nu_tau")
# The particles in the members of each multiplet, family by family.
_PARTICLES = {
    "q": (("u", "d"), ("c", "s"), ("t", "b")),
    "u": (("u",), ("c",), ("t",)),
    "d": (("d",), ("s",), ("b",)),
    "l": (("nu_e", "e"), ("nu_mu", "mu"), ("nu_tau", "tau")),
    "e": (("e",), ("mu",), ("tau",)),
}
_YUKAWAS = {"up": ("q", "u", "H"), "down": ("q", "d", "H^c"), "lepton": ("l", "e", "H^c")}


@dataclass(frozen=True, slots=True)
class DiracCouplings:
    """The Z' couplings of a Dirac fermion: charges L and R, V = (L + R)/2, A = (R - L)/2.

    Attributes
    ----------
    name : "mu", or the common part of the names of two fields, "chi" of chiL and chiR.
    left, right : the charges of the two chiralities.

    Examples
    --------
    >>> DiracCouplings("mu", Fraction(2), Fraction(1)).ratio
    Fraction(-3, 1)
    """

    name: str
    left: Fraction
    right: Fraction

    @property
    def vector(self) -> Fraction:
        """V = (L + R)/2."""
        return (self.left + self.right) / 2

    @property
    def axial(self) -> Fraction:
        """A = (R - L)/2."""
        return (self.right - self.left) / 2

    @property
    def ratio(self) -> Fraction | None:
        """V/A; None where A vanishes."""
        return self.vector / self.axial if self.axial else None

    @property
    def kind(self) -> str:
        """ "none", "vector", "axial", "left", "right", or "mixed"."""
        if not (self.left or self.right):
            return "none"
        if not self.axial:
            return "vector"
        if not self.vector:
            return "axial"
        return "left" if not self.right else "right" if not self.left else "mixed"


@dataclass(frozen=True, slots=True)
class Decay:
    """A two-body decay of the Z' into massless fermions.

    Attributes
    ----------
    name : the particle, "mu", "nu_mu", "t"; of a fermion that is not in the Standard Model, the field.
    weight : sum over chiralities and colours (and members of a new multiplet) of the squared charge.
    branching_ratio : the weight divided by the sum over all decays.
    """

    name: str
    weight: Fraction
    branching_ratio: Fraction


@dataclass(frozen=True, slots=True)
class YukawaMatrix:
    """The charge that a Higgs doublet must have for each entry of a Yukawa matrix.

    The doublet is (1, 2, -1/2); it enters as itself for up quarks, as its conjugate otherwise.

    Attributes
    ----------
    name : "up", "down" or "lepton".
    charges : the charge for entry (i, j); i counts the doublets, j the right-handed fields.
    """

    name: str
    charges: tuple[tuple[Fraction, ...], ...]

    @property
    def allowed(self) -> tuple[tuple[int, int], ...]:
        """The entries (i, j), counted from 1, that a Higgs without U(1)' charge allows."""
        return self.allowed_by((Fraction(0),))

    def allowed_by(self, higgs: tuple[Fraction, ...]) -> tuple[tuple[int, int], ...]:
        """Return the entries that Higgs doublets with these charges allow together."""
        rows = enumerate(self.charges, 1)
        return tuple((i, j) for i, row in rows for j, charge in enumerate(row, 1) if charge in higgs)

    @property
    def further_charges(self) -> tuple[Fraction, ...]:
        """The charges of further doublets that would allow all other entries, ascending."""
        return tuple(sorted({charge for row in self.charges for charge in row if charge}))

    @property
    def full_rank_sets(self) -> tuple[frozenset[Fraction], ...]:
        """The charges besides 0 of the entries on each transversal; with them every family gets a mass."""
        size = range(len(self.charges))
        return tuple(
            frozenset(self.charges[i][j] for i, j in zip(size, order, strict=True)) - {Fraction(0)}
            for order in permutations(size)
        )

    def rank(self, higgs: tuple[Fraction, ...] = (Fraction(0),)) -> int:
        """Return the generic rank with these doublets: how many families get a mass.

        Independent entries have the rank of the largest set of them with no row or column in common.
        """
        allowed = set(self.allowed_by(higgs))
        return max(
            sum((i, j) in allowed for i, j in enumerate(order, 1))
            for order in permutations(range(1, len(self.charges) + 1))
        )


@dataclass(frozen=True, slots=True, repr=False)
class ModelColumns(Printable):
    """The columns of one model; `headings` and `entries` belong together.

    Attributes
    ----------
    muon : the couplings of the muon.
    pairs : the couplings of every further Dirac fermion: two fields such as chiL and chiR.
    decays : all decays with a width, the largest first.
    coefficients : (C9, C10, C9', C10') up to a positive factor, coprime integers; see the module.
    yukawas : the matrices of up quarks, down quarks and charged leptons.
    """

    muon: DiracCouplings
    pairs: tuple[DiracCouplings, ...]
    decays: tuple[Decay, ...]
    coefficients: tuple[int, int, int, int]
    yukawas: tuple[YukawaMatrix, ...]

    def branching_ratio(self, name: str) -> Fraction:
        """Return the branching ratio into a particle; 0 if there is no such decay."""
        return sum((d.branching_ratio for d in self.decays if d.name == name), Fraction(0))

    @property
    def operators(self) -> tuple[str, ...]:
        """The names of the operators with a coefficient that does not vanish."""
        names = ("C9", "C10", "C9'", "C10'")
        return tuple(name for name, value in zip(names, self.coefficients, strict=True) if value)

    @property
    def higgs_charges(self) -> tuple[Fraction, ...]:
        """The fewest charges of further Higgs doublets with which all charged fermions get masses.

        Among sets of the same size the first in ascending order; empty if the neutral doublet is enough.
        """
        unions = (set().union(*sets) for sets in product(*(matrix.full_rank_sets for matrix in self.yukawas)))
        return min((tuple(sorted(union)) for union in unions), key=lambda chosen: (len(chosen), chosen))

    @property
    def headings(self) -> tuple[Cell, ...]:
        """The headings of the columns, in the order of `entries`."""
        return tuple(heading for heading, _ in self._columns())

    @property
    def entries(self) -> tuple[Cell, ...]:
        """The entries: `Fraction`, or words."""
        return tuple(entry for _, entry in self._columns())

    def values(self) -> dict[str, Cell]:
        """Return the entries by the text of their headings."""
        return {str(heading): entry for heading, entry in self._columns()}

    def table(self) -> Table:
        """Return the columns below each other: one row for each."""
        return Table(("column", "value"), tuple(self._columns()))

    def decay_table(self) -> Table:
        """Return all decays: the partial width in units of g_X^2 m_Z' / (24 pi), and the branching ratio."""
        rows = tuple((decay.name, decay.weight, decay.branching_ratio) for decay in self.decays)
        return Table(("decay into", "weight", "branching ratio"), rows)

    def _columns(self) -> Iterator[tuple[Cell, Cell]]:
        for fermion in (self.muon, *self.pairs):
            vector, axial = Symbol(f"{fermion.name}_V"), Symbol(f"{fermion.name}_A")
            yield vector, fermion.vector
            yield axial, fermion.axial
            yield vector / axial, fermion.kind if fermion.ratio is None else fermion.ratio
        yield "BR(mu+ mu-)", self.branching_ratio("mu")
        yield "BR(nu_mu nu_mu-bar)", self.branching_ratio("nu_mu")
        yield "BR(t t-bar)", self.branching_ratio("t")
        yield "C9 : C10 : C9' : C10'", " : ".join(map(str, self.coefficients))
        for matrix in self.yukawas:
            yield f"{matrix.name} Yukawa entries", _entries_in_words(matrix)
        yield "further Higgs charges", ", ".join(map(str, self.higgs_charges)) or "none"

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.table()))

    def _sympystr(self, printer: Any) -> str:
        return str(printer._print(self.table()))

    def _pretty(self, printer: Any) -> Any:
        return printer._print(self.table())


def _entries_in_words(matrix: YukawaMatrix) -> str:
    if len(matrix.allowed) == len(matrix.charges) ** 2:
        return "all"
    return " ".join(f"{i}{j}" for i, j in matrix.allowed) or "none"


def model_columns(content: FieldContent) -> ModelColumns:
    """Return what the charges of a model say about couplings, decays, operators and masses.

    Parameters
    ----------
    content : three families of q, u, d, l, e, a Higgs doublet H, and any further fermions, with a number for
        each charge under U(1)_X; the H in the content is taken to be neutral.

    Raises
    ------
    ArgumentError
        If a field is missing, a charge is no number, or nothing is charged.

    Source: EFT, Tables 1-3 and Fig. 1.

    Examples
    --------
    >>> from anomalies.literature import scenario
    >>> chosen = scenario(dark=("A", "B"))
    >>> charges = dict(q=1, t=-2, mu_L=2, mu_R=1, tau_L=-2, tau_R=-1, A_L=0, A_R=3, B_L=4, B_R=1)
    >>> columns = model_columns(chosen.content.subs({s: charges[s.name] for s in chosen.symbols}))
    >>> columns.muon.ratio, columns.coefficients
    (Fraction(-3, 1), (-3, 1, 0, 0))
    >>> columns.branching_ratio("mu"), columns.branching_ratio("nu_mu")
    (Fraction(1, 16), Fraction(1, 20))
    """
    charges = _charges(as_content(content))
    muon = DiracCouplings("mu", charges["l"][1], charges["e"][1])
    return ModelColumns(
        muon, _pairs(content, charges), _decays(content), _coefficients(charges, muon), _yukawas(content)
    )


def _charges(content: FieldContent) -> dict[str, tuple[Fraction, ...]]:
    place = content.place_of("X")
    for name in _NAMES:
        if content.multiplet(name).families != _FAMILIES:
            raise ArgumentError(must_be("content", f"one with three families of {name}", str(content.name)))
    content.multiplet("H")
    found = {}
    for field in content.fermions:
        for label, charge in zip(field.labels, field.charges[place], strict=True):
            if not charge.is_Rational:
                raise ArgumentError(must_be("content", f"one with a number as the charge of {label}", charge))
        found[field.name] = tuple(as_rational(charge, field.name) for charge in field.charges[place])
    return found


def _pairs(content: FieldContent, charges: Mapping[str, tuple[Fraction, ...]]) -> tuple[DiracCouplings, ...]:
    """The fermions whose two chiralities are the fields nameL and nameR, alike but for U(1)_X."""
    fields = {field.name: field for field in content.fermions}
    place = content.place_of("X")
    found = []
    for name, left in fields.items():
        right = fields.get(f"{name[:-1]}R") if name.endswith("L") and len(name) > 1 else None
        if right is not None and _are_two_chiralities(left, right, place):
            found.append(DiracCouplings(name[:-1], charges[name][0], charges[right.name][0]))
    return tuple(found)


def _are_two_chiralities(left: Multiplet, right: Multiplet, place: int) -> bool:
    return (
        (left.chirality, right.chirality) == (Chirality.LEFT, Chirality.RIGHT)
        and left.families == right.families == 1
        and left.irreps == right.irreps
        and all(
            a == b
            for index, (a, b) in enumerate(zip(left.charges, right.charges, strict=True))
            if index != place
        )
    )


def _decays(content: FieldContent) -> tuple[Decay, ...]:
    weights = {label: as_rational(weight, label) for label, weight in width_weights(content).items()}
    total = sum(weights.values(), Fraction(0))
    if not total:
        raise ArgumentError(must_be("content", "charged under U(1)_X, so that the Z' decays", "neutral"))
    shares: dict[str, Fraction] = {}
    for field in content.fermions:
        for family, label in enumerate(field.labels):
            particles = _PARTICLES[field.name][family] if field.name in _PARTICLES else (label,)
            for particle in particles:
                shares[particle] = shares.get(particle, Fraction(0)) + weights[label] / len(particles)
    ordered = sorted(((name, share) for name, share in shares.items() if share), key=lambda pair: -pair[1])
    return tuple(Decay(name, share, share / total) for name, share in ordered)


def _coefficients(
    charges: Mapping[str, tuple[Fraction, ...]], muon: DiracCouplings
) -> tuple[int, int, int, int]:
    left, right = (charges[name][2] - charges[name][1] for name in ("q", "d"))
    c9, c10, c9_primed, c10_primed = primitive(
        [mixing * coupling for mixing in (left, right) for coupling in (muon.vector, muon.axial)]
    )
    return c9, c10, c9_primed, c10_primed


def _yukawas(content: FieldContent) -> tuple[YukawaMatrix, ...]:
    place = content.place_of("X")
    values = {
        symbol: charge
        for field, named in zip(content.multiplets, _with_symbols(content).multiplets, strict=True)
        for symbol, charge in zip(named.charges[place], field.charges[place], strict=True)
    }
    return tuple(
        YukawaMatrix(
            name,
            tuple(tuple(as_rational(entry.xreplace(values), name) for entry in row) for row in needed),
        )
        for name, needed in _needed_charges(_with_symbols(content))
    )


def _with_symbols(content: FieldContent) -> FieldContent:
    """The content with one symbol for each charge under U(1)_X, and no name: alike for all models."""
    place = content.place_of("X")
    fields = []
    for field in content.multiplets:
        symbols = tuple(Symbol(f"X_{label}") for label in field.labels)
        fields.append(replace(field, charges=(*field.charges[:place], symbols, *field.charges[place + 1 :])))
    return FieldContent(content.group, tuple(fields))


@lru_cache(maxsize=16)
def _needed_charges(content: FieldContent) -> tuple[tuple[str, tuple[tuple[Expr, ...], ...]], ...]:
    """The charge of the Higgs that makes each entry invariant, in the symbols of the other charges."""
    higgs = Symbol("X_H")
    found = []
    for name, (doublet, singlet, scalar) in _YUKAWAS.items():
        rows: list[list[Expr]] = [[] for _ in range(_FAMILIES)]
        coupling = parse_coupling(content, f"{doublet}bar_L {singlet}_R {scalar}")
        for condition in charge_conditions(content, [coupling]):
            if condition.factor == "X":
                expression = condition.expression
                rows[condition.families[0] - 1].append(higgs - expression / expression.coeff(higgs))
        found.append((name, tuple(map(tuple, rows))))
    return tuple(found)
