"""Fields and field contents: the table of representations from which everything is derived.

A `Multiplet` is one chiral fermion or scalar in some number of families; a `FieldContent` is an
ordered list of them under one gauge group.  Conventions as in ADN (arXiv:1909.02021): fermions
are written with the chirality they have (u_R, not its conjugate), and a right-handed field
counts with sign -1 in every anomaly.

Key results
-----------
multiplet : one field, from what one writes on paper
FieldContent.table : the content as a table like ADN (2.4), in LaTeX, Markdown or plain text
charge_symbols : the canonical symbols Q_q, Q_l1, Q_l2, ... of unknown charges
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from sympy import Expr, Rational, Symbol, sympify
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, RepresentationError, UnknownNameError, must_be
from anomalies.exact import as_expression, as_integer, substitute_all
from anomalies.groups import GaugeGroup, Irrep, SimpleGroup, conjugate, dimension, gauge_group, irrep
from anomalies.tables import Table

__all__ = [
    "ChargeValue",
    "Chirality",
    "FieldContent",
    "FieldName",
    "Multiplet",
    "Representation",
    "as_content",
    "charge_symbols",
    "conjugate_multiplet",
    "multiplet",
]

_NAME = re.compile(r"[A-Za-z]+")
_SCRIPT_NAMES = {"l": r"\ell"}
_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi "
    "chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)


class Chirality(Enum):
    """How a field enters a triangle: left +1, right -1; vector-like fermions and scalars cancel."""

    LEFT = "left"
    RIGHT = "right"
    VECTOR_LIKE = "vector-like"
    SCALAR = "scalar"

    @property
    def sign(self) -> int:
        """+1 for left-handed, -1 for right-handed, 0 for fields that enter no anomaly."""
        return {"left": 1, "right": -1}.get(self.value, 0)

    @property
    def subscript(self) -> str:
        """The subscript of the field's name: L, R, L/R or nothing."""
        return {"left": "L", "right": "R", "vector-like": "L/R"}.get(self.value, "")

    @property
    def is_fermion(self) -> bool:
        """True for everything but scalars."""
        return self is not Chirality.SCALAR


@dataclass(frozen=True, slots=True, repr=False)
class FieldName(Printable):
    """The name of a field as one writes it: q_L^i, l_L^2, H, Q_{L/R}."""

    name: str
    subscript: str = ""
    family: str = ""

    def _latex(self, printer: Any) -> str:
        base = _SCRIPT_NAMES.get(self.name, f"\\{self.name}" if self.name in _GREEK else self.name)
        return base + (f"_{{{self.subscript}}}" if self.subscript else "") + self._superscript("^{{{}}}")

    def _sympystr(self, printer: Any) -> str:
        return self.name + (f"_{self.subscript}" if self.subscript else "") + self._superscript("^{}")

    def _superscript(self, template: str) -> str:
        return template.format(self.family) if self.family else ""


@dataclass(frozen=True, slots=True, repr=False)
class Representation(Printable):
    """A representation of a product group as the tuple of its entries, (3, 2, 1/6)."""

    entries: tuple[Any, ...]

    def _latex(self, printer: Any) -> str:
        return "(" + ",\\, ".join(_inline_latex(printer, entry) for entry in self.entries) + ")"

    def _sympystr(self, printer: Any) -> str:
        return "(" + ", ".join(printer._print(entry) for entry in self.entries) + ")"


@dataclass(frozen=True, slots=True, repr=False)
class ChargeValue(Printable):
    """A charge with the value it takes, printed as "Q_q = value"."""

    symbol: Expr
    value: Expr

    def _latex(self, printer: Any) -> str:
        return f"{printer._print(self.symbol)} = {printer._print(self.value)}"

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.symbol)} = {printer._print(self.value)}"


def _inline_latex(printer: Any, entry: Any) -> str:
    # Hypercharges are printed as 1/6, as in ADN (2.4), not as built-up fractions.
    return str(entry) if isinstance(entry, Rational) else str(printer._print(entry))


@dataclass(frozen=True, slots=True)
class Multiplet:
    """One field: its irreducible representations, its U(1) charges, its chirality, its families.

    Attributes
    ----------
    name : letters only, "q", "nu", "Phi".
    irreps : one irrep for each simple factor of the gauge group, in its order.
    charges : for each U(1) factor, in order, the tuple of the `families` charges: sympy numbers,
        symbols or polynomials.
    chirality : a `Chirality`.
    families : the number of copies, at least 1.

    Use `multiplet` to build one from text; the constructor checks what it is given.
    """

    name: str
    irreps: tuple[Irrep, ...]
    charges: tuple[tuple[Expr, ...], ...]
    chirality: Chirality
    families: int = 1

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name) or self.name.endswith("bar"):
            raise ArgumentError(must_be("name", "letters only, and not end in 'bar'", self.name))
        as_integer(self.families, "families", 1)
        for charges in self.charges:
            if len(charges) != self.families:
                raise ArgumentError(
                    f"Argument 'charges' must have one entry for each of the {self.families} families "
                    f"of {self.name}, not {len(charges)}."
                )

    @property
    def field_name(self) -> FieldName:
        """The name with its chirality, and the index i when there are several families."""
        return FieldName(self.name, self.chirality.subscript, "i" if self.families > 1 else "")

    @property
    def labels(self) -> tuple[str, ...]:
        """One label for each family: ("l1", "l2", "l3"), or ("H",) for a single one."""
        if self.families == 1:
            return (self.name,)
        return tuple(f"{self.name}{family}" for family in range(1, self.families + 1))

    @property
    def multiplicity(self) -> int:
        """The product of the dimensions of the irreps: the number of components in one family."""
        result = 1
        for factor in self.irreps:
            result *= dimension(factor)
        return result


def charge_symbols(
    name: str, families: int = 1, *, universal: bool = False, letter: str = "Q"
) -> tuple[Symbol, ...]:
    """Return the canonical symbols of the unknown charges of a field, one for each family.

    A universal charge is the same symbol in every family.  A content with several U(1)s of unknown charges
    uses the name of each U(1) as the letter.

    >>> charge_symbols("l", 3)
    (Q_l1, Q_l2, Q_l3)
    >>> charge_symbols("q", 3, universal=True)
    (Q_q, Q_q, Q_q)
    """
    if families == 1 or universal:
        return (Symbol(f"{letter}_{name}"),) * families
    return tuple(Symbol(f"{letter}_{name}{family}") for family in range(1, families + 1))


def multiplet(
    group: GaugeGroup | str,
    name: str,
    irreps: Sequence[object] | str | int,
    charges: Mapping[str, object] | None = None,
    *,
    chirality: Chirality | str,
    families: int = 1,
) -> Multiplet:
    """Return one field of a content with the given gauge group.

    Parameters
    ----------
    group : a `GaugeGroup`, or text such as "SU(3) x SU(2) x U(1)_Y".
    name : letters only.
    irreps : one for each simple factor, in a list or tuple: a dimension ("3", "3bar", 8) or Dynkin
        labels ((1, 1)); the irrep itself if there is only one simple factor and it is not given by labels.
    charges : for each U(1), by name ("Y"), a rational number, a sympy expression, or a sequence of
        these with one entry for each family.  A U(1) that is left out gets the symbols of
        `charge_symbols`: Q_name if it is the only one, X_name, Z_name for U(1)_X and U(1)_Z if there are
        several.
    chirality : "left", "right", "vector-like" or "scalar".
    families : the number of copies.

    Raises
    ------
    RepresentationError : an irrep does not exist, or there is not one for each simple factor.
    InexactNumberError, ArgumentError, UnknownNameError : for the other arguments.

    Examples
    --------
    >>> q = multiplet("SU(3) x SU(2) x U(1)_Y", "q", ("3", "2"), {"Y": "1/6"}, chirality="left", families=3)
    >>> q.field_name, q.multiplicity
    (q_L^i, 6)
    """
    parsed = gauge_group(group) if isinstance(group, str) else group
    specs = tuple(irreps) if isinstance(irreps, list | tuple) else (irreps,)
    simple = parsed.simple_factors
    if len(specs) != len(simple):
        raise RepresentationError(
            f"Argument 'irreps' must have {len(simple)} entries, one for each simple factor of {parsed}, "
            f"not {len(specs)}."
        )
    given = dict(charges or {})
    for unknown in given.keys() - {factor.name for factor in parsed.abelian_factors}:
        raise UnknownNameError(must_be("charges", f"keyed by the U(1) factors of {parsed}", unknown))
    count = as_integer(families, "families", 1)
    left_out = [factor.name for factor in parsed.abelian_factors if factor.name not in given]
    letters = {factor: factor if len(left_out) > 1 else "Q" for factor in left_out}
    return Multiplet(
        name,
        tuple(irrep(factor, spec) for factor, spec in zip(simple, specs, strict=True)),
        tuple(
            _charges_of(name, factor.name, given, count)
            if factor.name in given
            else charge_symbols(name, count, letter=letters[factor.name])
            for factor in parsed.abelian_factors
        ),
        _as_chirality(chirality),
        count,
    )


def _charges_of(name: str, factor: str, given: Mapping[str, object], families: int) -> tuple[Expr, ...]:
    value = given[factor]
    argument = f"charges[{factor}] of {name}"
    if isinstance(value, list | tuple):
        if len(value) != families:
            raise ArgumentError(f"Argument '{argument}' must have {families} entries, not {len(value)}.")
        return tuple(as_expression(entry, argument) for entry in value)
    return (as_expression(value, argument),) * families


def _as_chirality(value: Chirality | str) -> Chirality:
    try:
        return Chirality(value)
    except ValueError:
        choices = ", ".join(f"'{member.value}'" for member in Chirality)
        raise ArgumentError(must_be("chirality", f"one of {choices}", value)) from None


def conjugate_multiplet(field: Multiplet) -> Multiplet:
    """Return the charge-conjugate field: the opposite chirality, conjugate irreps, opposite charges.

    It describes the same particles, so no anomaly condition changes.
    """
    opposite = {Chirality.LEFT: Chirality.RIGHT, Chirality.RIGHT: Chirality.LEFT}
    return replace(
        field,
        irreps=tuple(conjugate(factor) for factor in field.irreps),
        charges=tuple(tuple(-charge for charge in charges) for charges in field.charges),
        chirality=opposite.get(field.chirality, field.chirality),
    )


@dataclass(frozen=True, slots=True, repr=False)
class FieldContent(Printable):
    """An ordered table of fields under one gauge group.

    Attributes
    ----------
    group : the `GaugeGroup`.
    multiplets : the fields; their names are unique.
    couplings : products of fields that the theory must allow, in the notation of
        `anomalies.couplings.parse_coupling`; empty when nothing is asked for.
    name, source : what it is called, and where it is written down.
    """

    group: GaugeGroup
    multiplets: tuple[Multiplet, ...]
    couplings: tuple[str, ...] = ()
    name: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.group, GaugeGroup):
            raise ArgumentTypeError(must_be("group", "a GaugeGroup, which gauge_group() returns", self.group))
        if not isinstance(self.multiplets, tuple) or not all(
            isinstance(f, Multiplet) for f in self.multiplets
        ):
            raise ArgumentTypeError(must_be("multiplets", "a tuple of Multiplet", self.multiplets))
        names = [field.name for field in self.multiplets]
        for name in names:
            if names.count(name) > 1:
                raise ArgumentError(f"Argument 'multiplets' must have different names, not '{name}' twice.")
        for field in self.multiplets:
            self._check_fits(field)

    def _check_fits(self, field: Multiplet) -> None:
        groups: tuple[SimpleGroup, ...] = tuple(factor.group for factor in field.irreps)
        if groups != self.group.simple_factors or len(field.charges) != len(self.group.abelian_factors):
            raise RepresentationError(
                f"Argument 'multiplets' must hold representations of {self.group}, "
                f"and {field.name} is not one."
            )

    @property
    def fermions(self) -> tuple[Multiplet, ...]:
        """The fields that are not scalars."""
        return tuple(field for field in self.multiplets if field.chirality.is_fermion)

    @property
    def charge_symbols(self) -> tuple[Symbol, ...]:
        """The symbols that occur in charges, each once, in the order of the table."""
        return _symbols_in(charge for f in self.multiplets for charges in f.charges for charge in charges)

    def symbols_of(self, factor: str) -> tuple[Symbol, ...]:
        """Return the symbols in the charges under one U(1), each once, in the order of the table."""
        place = self.place_of(factor)
        return _symbols_in(charge for field in self.multiplets for charge in field.charges[place])

    def place_of(self, factor: str) -> int:
        """Return the index of a U(1) in the charges of every field, or raise `UnknownNameError`."""
        names = [abelian.name for abelian in self.group.abelian_factors]
        if factor not in names:
            raise UnknownNameError(must_be("factor", f"a U(1) among {', '.join(names)}", factor))
        return names.index(factor)

    @property
    def open_factors(self) -> tuple[str, ...]:
        """The names of the U(1) factors whose charges contain symbols: the ones to be determined."""
        return tuple(
            factor.name
            for index, factor in enumerate(self.group.abelian_factors)
            if any(charge.free_symbols for field in self.multiplets for charge in field.charges[index])
        )

    def multiplet(self, name: str) -> Multiplet:
        """Return the field of that name, or raise `UnknownNameError`."""
        for field in self.multiplets:
            if field.name == name:
                return field
        known = ", ".join(field.name for field in self.multiplets)
        raise UnknownNameError(must_be("name", f"one of the fields {known}", name))

    def with_fields(self, *fields: Multiplet) -> FieldContent:
        """Return the content with more fields at the end."""
        return replace(self, multiplets=self.multiplets + fields)

    def map_fields(self, change: Mapping[str, Multiplet]) -> FieldContent:
        """Return the content with the named fields replaced."""
        for name in change:
            self.multiplet(name)
        return replace(self, multiplets=tuple(change.get(field.name, field) for field in self.multiplets))

    def subs(self, values: Mapping[Symbol, Any]) -> FieldContent:
        """Return the content with charges substituted for symbols, simultaneously."""
        return replace(
            self,
            multiplets=tuple(
                replace(
                    field,
                    charges=tuple(substitute_all(charges, values) for charges in field.charges),
                )
                for field in self.multiplets
            ),
        )

    def table(self, values: Mapping[Symbol, Any] | None = None) -> Table:
        """Return the content as a table like ADN (2.4).

        Simple factors and U(1) factors with numerical charges share one column; each U(1) with
        unknown charges has its own.  A field whose charges differ between families has one row
        for each family.

        Parameters
        ----------
        values : charges to print as "symbol = value" instead of the bare symbols.

        Examples
        --------
        >>> from anomalies import standard_model
        >>> print(standard_model(1, 0).table())
        Field  SU(3) x SU(2) x U(1)_Y  U(1)_X
        -----  ----------------------  ------
        q_L    (3, 2, 1/6)             Q_q
        u_R    (3, 1, 2/3)             Q_u
        d_R    (3, 1, -1/3)            Q_d
        l_L    (1, 2, -1/2)            Q_l
        e_R    (1, 1, -1)              Q_e
        H      (1, 2, -1/2)            Q_H
        """
        return content_table(self, values or {})

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.table()))

    def _sympystr(self, printer: Any) -> str:
        return self.table().text()

    def _pretty(self, printer: Any) -> Any:
        return printer._print(self.table())


def as_content(value: object) -> FieldContent:
    """Return `value` if it is a field content, or refuse it: the border of every room above."""
    if not isinstance(value, FieldContent):
        raise ArgumentTypeError(must_be("content", "a FieldContent such as standard_model()", value))
    return value


def _symbols_in(charges: Iterable[Expr]) -> tuple[Symbol, ...]:
    return tuple(dict.fromkeys(s for charge in charges for s in sorted(charge.free_symbols, key=str)))


def content_table(content: FieldContent, values: Mapping[Symbol, Any]) -> Table:
    """Return the table of a content; see `FieldContent.table`."""
    abelian = content.group.abelian_factors
    open_names = content.open_factors
    known = GaugeGroup(
        content.group.simple_factors + tuple(factor for factor in abelian if factor.name not in open_names)
    )
    header = ("Field", known, *(factor for factor in abelian if factor.name in open_names))
    rows = tuple(row for field in content.multiplets for row in _rows(content, field, values))
    return Table(header, rows)


def _rows(content: FieldContent, field: Multiplet, values: Mapping[Symbol, Any]) -> Iterable[tuple[Any, ...]]:
    universal = all(len(set(charges)) == 1 for charges in field.charges)
    names = (
        [field.field_name]
        if universal
        else [FieldName(field.name, field.chirality.subscript, str(i + 1)) for i in range(field.families)]
    )
    open_names = content.open_factors
    for family, name in enumerate(names):
        charges = dict(zip(content.group.abelian_factors, (c[family] for c in field.charges), strict=True))
        known = tuple(charge for factor, charge in charges.items() if factor.name not in open_names)
        unknown = (charge for factor, charge in charges.items() if factor.name in open_names)
        yield (name, Representation(field.irreps + known), *(_valued(c, values) for c in unknown))


def _valued(charge: Expr, values: Mapping[Symbol, Any]) -> Any:
    value = values.get(charge, charge)
    return charge if value == charge else ChargeValue(charge, sympify(value))
