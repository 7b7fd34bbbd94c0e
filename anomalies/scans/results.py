"""What a scan found: models, the number that was left after each step, and the equivalence classes.

Key results
-----------
ScanResult : the answer to a scan
Model : one model; its charges, its field content
Stage, Classes : a step of the scan with what it left; a step of dividing out equivalences
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.printing.defaults import Printable

from anomalies.errors import UnknownNameError, must_be
from anomalies.exact import to_sympy
from anomalies.fields import FieldContent
from anomalies.scans.definition import Scan
from anomalies.scans.equivalences import Equivalence
from anomalies.solutions import Solution
from anomalies.tables import Table

__all__ = ["Classes", "Model", "ScanResult", "Stage"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a scan: what was asked for, and how many charge assignments were left."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of models once an equivalence, and those before it, are divided out.

    `members` holds for each class the places of its models, the simplest model first.
    """

    equivalence: Equivalence
    members: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Model(Printable):
    """The charges of one model.

    Attributes
    ----------
    scenario : the content of the scan, with symbols.
    values : the charges, in the order of `scenario.charge_symbols`.
    """

    scenario: FieldContent
    values: tuple[Fraction, ...]

    @property
    def charges(self) -> Mapping[Symbol, Fraction]:
        """The charges by their symbols."""
        return dict(zip(self.scenario.charge_symbols, self.values, strict=True))

    def __getitem__(self, charge: Symbol | str) -> Fraction:
        """Return a charge, by its symbol or the name of the symbol."""
        for symbol, value in zip(self.scenario.charge_symbols, self.values, strict=True):
            if charge in (symbol, symbol.name):
                return value
        names = ", ".join(map(str, self.scenario.charge_symbols))
        raise UnknownNameError(must_be("charge", f"one of {names}", str(charge)))

    @property
    def content(self) -> FieldContent:
        """The field content with a number for every charge."""
        return self.scenario.subs({symbol: to_sympy(value) for symbol, value in self.charges.items()})

    @property
    def solution(self) -> Solution:
        """The charges as a `Solution`, which checks every anomaly condition again."""
        return Solution(self.scenario, self.charges)

    def _sympystr(self, printer: Any) -> str:
        return ", ".join(f"{symbol} = {value}" for symbol, value in self.charges.items())

    def _latex(self, printer: Any) -> str:
        pairs = ((printer._print(s), printer._print(to_sympy(value))) for s, value in self.charges.items())
        return r",\; ".join(f"{symbol} = {value}" for symbol, value in pairs)


@dataclass(frozen=True, slots=True, repr=False)
class ScanResult(Printable):
    """The answer to a scan.

    Attributes
    ----------
    scan : the question.
    stages : the size of the domain, the anomaly-free assignments in it, and what each restriction left.
    models : all models that are left, in the order that the scan asks for.
    having : for each property of the scan, the places of the models that have it.
    classes : the classes after each equivalence of the scan.
    unsolved : how many values of the free charges leave a whole line of solutions, none of which is listed.

    Examples
    --------
    >>> from sympy import Ne, Symbol
    >>> from anomalies.literature import scenario
    >>> from anomalies.scans import scan
    >>> content = scenario(dark=["A", "B"]).content
    >>> found = scan("dark", content, range(-4, 5), ["A_R = 1"], {"quarks": Ne(Symbol("q"), 0)}).run()
    >>> print(found.counts())
    step                      number
    ---------------------  ---------
    values of all charges  387420489
    anomaly-free                 432
    quarks                        24
    """

    scan: Scan
    stages: tuple[Stage, ...]
    models: tuple[Model, ...]
    having: tuple[tuple[int, ...], ...]
    classes: tuple[Classes, ...]
    unsolved: int = 0

    @property
    def exhaustive(self) -> bool:
        """Whether all models of the domain are listed; they are unless some come in infinite families."""
        return not self.unsolved

    @property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """The classes once all equivalences are divided out, as places of their models."""
        return (
            self.classes[-1].members if self.classes else tuple((place,) for place in range(len(self.models)))
        )

    @property
    def representatives(self) -> tuple[Model, ...]:
        """One model for each class, the first in the order of the models."""
        return tuple(self.models[members[0]] for members in self.members)

    def with_property(self, words: str) -> tuple[Model, ...]:
        """Return the models that have a property of the scan, named by its words."""
        for entry, places in zip(self.scan.properties, self.having, strict=True):
            if entry.words == words:
                return tuple(self.models[place] for place in places)
        known = "; ".join(entry.words for entry in self.scan.properties)
        raise UnknownNameError(must_be("words", f"a property among {known or 'none'}", words))

    def counts(self) -> Table:
        """Return the table of all steps with what each one left."""
        from anomalies.scans.tables import counts_table

        return counts_table(self)

    def table(self, *, one_of_each_class: bool = False) -> Table:
        """Return the table of the models: charges, properties, class."""
        from anomalies.scans.tables import models_table

        return models_table(self, one_of_each_class=one_of_each_class)

    def columns(self, *, one_of_each_class: bool = False) -> Table:
        """Return the table of what the models mean for experiment (see `anomalies.scans.columns`)."""
        from anomalies.scans.tables import columns_table

        return columns_table(self, one_of_each_class=one_of_each_class)

    def as_json(self) -> dict[str, Any]:
        """Return question and answer, every rational as a string."""
        from anomalies.scans.tables import result_as_json

        return result_as_json(self)

    def _sympystr(self, printer: Any) -> str:
        from anomalies.scans.tables import written

        return written(self, "text").rstrip("\n")

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.table()))
