r"""Couplings: products of fields, the invariance they need, and the charge conditions they imply.

A coupling is written as on paper, "qbar_L^i u_R^j H": fields by name, `bar` for the Dirac conjugate, `_L` or
`_R` for the chirality (needed only for vector-like fields), `^c` or `^*` for the charge conjugate.
Family indices come last: `^2` one family, a letter for every family.  A letter that occurs twice ties the
families together (a diagonal coupling, "lbar_L^i e_R^i H^c"); different letters, or no index at all, mean
every combination (a generic Yukawa matrix).

Key results
-----------
parse_coupling : text -> `Coupling`, checked to be a Lorentz and gauge invariant
charge_conditions : couplings -> linear conditions on the unknown charges, ADN (2.1)

References
----------
ADN, arXiv:1909.02021, section 2 (their requirements 2 and 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sympy import Expr, Integer, expand
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentTypeError, CouplingError, must_be
from anomalies.fields import Chirality, FieldContent, FieldName, Multiplet, as_content
from anomalies.groups import conjugate
from anomalies.weights import count_singlets

__all__ = ["ChargeCondition", "Coupling", "Factor", "charge_conditions", "parse_coupling"]

_FACTOR = re.compile(
    r"(?P<name>[A-Za-z]+?)(?P<bar>bar)?(?:_(?P<chirality>[LR]))?(?P<marks>(?:\^(?:[c*]|\{c\}|\{\*\}))*)"
    r"(?:\^(?P<family>[0-9]+|[abd-z]))?(?P<late>(?:\^[c*])*)"
)


@dataclass(frozen=True, slots=True, repr=False)
class Factor(Printable):
    """One field in a coupling.

    `bar` and `charge_conjugate` both reverse all charges; `family` is None for every family, a letter for
    a running index, or the number of one family (from 1).
    """

    field: Multiplet
    handedness: str
    bar: bool = False
    charge_conjugate: bool = False
    family: str | int | None = None

    @property
    def sign(self) -> int:
        """+1 when the factor carries the charges of its field, -1 when it carries the opposite ones."""
        return -1 if self.bar != self.charge_conjugate else 1

    def _sympystr(self, printer: Any) -> str:
        name = self.field.name + ("bar" if self.bar else "")
        chirality = f"_{self.handedness}" if self.handedness else ""
        mark = "" if not self.charge_conjugate else "^c" if self.handedness or self._is_doublet else "^*"
        return name + chirality + mark + ("" if self.family is None else f"^{self.family}")

    def _latex(self, printer: Any) -> str:
        base = printer._print(FieldName(self.field.name))
        base = rf"\bar{{{base}}}" if self.bar else base
        base += f"_{{{self.handedness}}}" if self.handedness else ""
        mark = "" if not self.charge_conjugate else "c" if self.handedness or self._is_doublet else "*"
        raised = mark + ("" if self.family is None else str(self.family))
        return base + (f"^{{{raised}}}" if raised else "")

    @property
    def _is_doublet(self) -> bool:
        # The conjugate of a scalar multiplet is written H^c, that of a singlet Phi^*.
        return self.field.multiplicity > 1


@dataclass(frozen=True, slots=True, repr=False)
class Coupling(Printable):
    """A product of fields that is invariant under everything but the U(1)s still to be determined."""

    factors: tuple[Factor, ...]

    def _sympystr(self, printer: Any) -> str:
        return " ".join(printer._print(factor) for factor in self.factors)

    def _latex(self, printer: Any) -> str:
        return r"\, ".join(printer._print(factor) for factor in self.factors)


@dataclass(frozen=True, slots=True, repr=False)
class ChargeCondition(Printable):
    """The total charge of one term of a coupling, which has to vanish.

    Attributes
    ----------
    expression : the charge, linear in the unknown charges.
    coupling : the coupling it comes from.
    families : the family of each factor, 0 for a field without families.
    factor : the name of the U(1).
    """

    expression: Expr
    coupling: Coupling
    families: tuple[int, ...]
    factor: str

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.expression)} = 0"

    def _latex(self, printer: Any) -> str:
        return f"{printer._print(self.expression)} = 0"


def parse_coupling(content: FieldContent, text: str) -> Coupling:
    """Return the coupling that a text names, checked for invariance.

    Parameters
    ----------
    content : the fields that may occur.
    text : factors separated by blanks, in the notation of this module's docstring.

    Raises
    ------
    CouplingError
        If the text cannot be read; names an unknown field, chirality or family; or the product is not
        a Lorentz scalar, not a singlet of a simple factor, or carries a non-zero numerical U(1) charge.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> parse_coupling(standard_model(), "qbar_L^i u_R^j H")
    qbar_L^i u_R^j H
    >>> parse_coupling(standard_model(), "qbar_L^i u_R^j H^c")
    Traceback (most recent call last):
        ...
    anomalies.errors.CouplingError: Argument 'coupling' must be gauge-invariant, and 'qbar_L^i u_R^j H^c' \
has U(1)_Y charge 1.
    """
    as_content(content)
    if not isinstance(text, str):
        raise ArgumentTypeError(must_be("coupling", "a product of fields such as 'qbar_L u_R H'", text))
    factors = tuple(_parse_factor(content, token, text) for token in text.split())
    if len(factors) < 2:
        raise CouplingError(must_be("coupling", "a product of at least two fields", text))
    coupling = Coupling(factors)
    _check_lorentz(coupling, text)
    _check_simple_factors(content, coupling, text)
    _check_known_charges(content, coupling, text)
    return coupling


def _parse_factor(content: FieldContent, token: str, text: str) -> Factor:
    match = _FACTOR.fullmatch(token)
    if not match:
        raise CouplingError(
            f"Argument 'coupling' must be made of factors like qbar_L^i, not '{token}' in '{text}'."
        )
    field = _field(content, match["name"], text)
    marks = (match["marks"] + match["late"]).count("^")
    return Factor(
        field,
        _handedness(field, match["chirality"], token),
        bool(match["bar"]),
        marks % 2 == 1,
        _family(field, match["family"], token),
    )


def _field(content: FieldContent, name: str, text: str) -> Multiplet:
    known = {field.name: field for field in content.multiplets}
    if name not in known:
        raise CouplingError(
            f"Argument 'coupling' must name fields among {', '.join(known)}, not '{name}' in '{text}'."
        )
    return known[name]


def _handedness(field: Multiplet, given: str | None, token: str) -> str:
    own = {Chirality.LEFT: "L", Chirality.RIGHT: "R", Chirality.SCALAR: ""}.get(field.chirality)
    if own is None:
        if given is None:
            raise CouplingError(
                f"Argument 'coupling' must say {field.name}_L or {field.name}_R, not '{token}'."
            )
        return given
    if given is not None and given != own:
        wanted = f"{field.name}_{own}" if own else field.name
        raise CouplingError(f"Argument 'coupling' must call the field {wanted}, not '{token}'.")
    return own


def _family(field: Multiplet, given: str | None, token: str) -> str | int | None:
    if given is None or not given.isdigit():
        return given if field.families > 1 else None
    if not 1 <= int(given) <= field.families:
        raise CouplingError(
            f"Argument 'coupling' must use families 1 to {field.families} of {field.name}, not '{token}'."
        )
    return int(given) if field.families > 1 else None


def _check_lorentz(coupling: Coupling, text: str) -> None:
    # psi_L is a left spinor; bar and ^c each turn it into a right one.  An even number of each kind
    # has a Lorentz singlet without derivatives or gamma matrices.
    spinors = [
        (factor.handedness == "L") == (factor.sign > 0) for factor in coupling.factors if factor.handedness
    ]
    if spinors.count(True) % 2 or spinors.count(False) % 2:
        raise CouplingError(
            f"Argument 'coupling' must be a Lorentz scalar, and '{text}' has "
            f"{spinors.count(True)} left-handed and {spinors.count(False)} right-handed spinors."
        )


def _check_simple_factors(content: FieldContent, coupling: Coupling, text: str) -> None:
    for index, group in enumerate(content.group.simple_factors):
        irreps = [
            factor.field.irreps[index] if factor.sign > 0 else conjugate(factor.field.irreps[index])
            for factor in coupling.factors
        ]
        if count_singlets(irreps) == 0:
            shown = " x ".join(str(irrep) for irrep in irreps)
            raise CouplingError(
                "Argument 'coupling' must be gauge-invariant, and "
                f"'{text}' has no {group} singlet in {shown}."
            )


def _check_known_charges(content: FieldContent, coupling: Coupling, text: str) -> None:
    for condition in _conditions(content, coupling):
        if condition.expression.is_number and condition.expression != 0:
            raise CouplingError(
                f"Argument 'coupling' must be gauge-invariant, and '{text}' has "
                f"U(1)_{condition.factor} charge {condition.expression}."
            )


def charge_conditions(
    content: FieldContent, couplings: Iterable[str | Coupling] | None = None
) -> tuple[ChargeCondition, ...]:
    """Return the conditions that couplings put on the unknown U(1) charges.

    Parameters
    ----------
    content : the field content.
    couplings : the couplings that must be allowed, as text or parsed; those of the content by default.

    Returns
    -------
    One `ChargeCondition` for each term that is not zero already, without repetitions.

    Source: ADN (2.1).

    Examples
    --------
    >>> from anomalies import standard_model
    >>> charge_conditions(standard_model(universal=("q", "u", "d")), ["qbar_L u_R H", "lbar_L^i e_R^i H^c"])
    (Q_H - Q_q + Q_u = 0, -Q_H + Q_e1 - Q_l1 = 0, -Q_H + Q_e2 - Q_l2 = 0, -Q_H + Q_e3 - Q_l3 = 0)
    """
    wanted = as_content(content).couplings if couplings is None else couplings
    if isinstance(wanted, str):
        raise ArgumentTypeError(must_be("couplings", "a sequence of couplings", wanted))
    found: dict[Expr, ChargeCondition] = {}
    for coupling in wanted:
        parsed = coupling if isinstance(coupling, Coupling) else parse_coupling(content, coupling)
        for condition in _conditions(content, parsed):
            if condition.expression != 0:
                found.setdefault(condition.expression, condition)
    return tuple(found.values())


def _conditions(content: FieldContent, coupling: Coupling) -> Iterator[ChargeCondition]:
    for families in _family_assignments(coupling.factors):
        for index, group in enumerate(content.group.abelian_factors):
            total = sum(
                (
                    factor.sign * factor.field.charges[index][max(family, 1) - 1]
                    for factor, family in zip(coupling.factors, families, strict=True)
                ),
                Integer(0),
            )
            yield ChargeCondition(expand(total), coupling, families, group.name)


def _family_assignments(factors: Sequence[Factor]) -> Iterator[tuple[int, ...]]:
    """Every choice of families: equal letters run together, a missing index runs on its own."""
    index_of = [
        (place if factor.family is None else factor.family) if not isinstance(factor.family, int) else None
        for place, factor in enumerate(factors)
    ]
    ranges: dict[str | int, int] = {}
    for key, factor in zip(index_of, factors, strict=True):
        if key is not None:
            ranges[key] = min(factor.field.families, ranges.get(key, factor.field.families))
    for choice in product(*(range(1, count + 1) for count in ranges.values())):
        values = dict(zip(ranges, choice, strict=True))
        yield tuple(
            0 if factor.field.families == 1 else int(factor.family or 0) if key is None else values[key]
            for key, factor in zip(index_of, factors, strict=True)
        )
