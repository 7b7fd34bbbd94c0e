"""What the public functions return is at home in a sympy session: printed, pickled, hashed, compared."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
import sympy

from anomalies import (
    Charges,
    DarkSector,
    accidental_symmetries,
    adn_framework,
    anomaly_conditions,
    charge_conditions,
    gauge_group,
    gauging_generator,
    irrep,
    linear_dependencies,
    near,
    parse_coupling,
    standard_model,
)
from anomalies.solutions import parse_charges

SMALL = standard_model(1, 1)
RESULTS: dict[str, Callable[[], Any]] = {
    "group": lambda: gauge_group("SU(3) x SU(2) x U(1)_Y"),
    "irrep": lambda: irrep(gauge_group("SU(3)").simple_factors[0], "8"),
    "content": adn_framework,
    "table": lambda: adn_framework().table(),
    "field name": lambda: SMALL.multiplet("q").field_name,
    "conditions": lambda: anomaly_conditions(SMALL),
    "triangle": lambda: next(iter(anomaly_conditions(SMALL))),
    "coupling": lambda: parse_coupling(SMALL, "qbar_L u_R H"),
    "charge condition": lambda: charge_conditions(SMALL)[0],
    "symmetries": lambda: accidental_symmetries(SMALL),
    "generator": lambda: accidental_symmetries(SMALL).generators[0],
    "gauging generator": lambda: gauging_generator(SMALL),
    "dependencies": lambda: linear_dependencies(SMALL),
    "charges": lambda: Charges(SMALL, parse_charges(SMALL, "q=1")),
    "dark sector": lambda: DarkSector((5, -4, -4), (-1, -1, -1)),
    "search": lambda: near((1, 1, 0), max_denominator=2),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results_are_values_that_print(name: str) -> None:
    build = RESULTS[name]
    result = build()
    again = pickle.loads(pickle.dumps(result))
    assert again == result == build()
    assert hash(again) == hash(result)
    assert repr(again) == repr(result) == str(result)
    latex = sympy.latex(result)
    assert latex
    assert "0x" not in latex + str(result)
    assert latex in sympy.latex([result])
    assert sympy.pretty(result)
    assert latex in result._repr_latex_()


@pytest.mark.parametrize("name", RESULTS)
def test_results_cannot_be_changed(name: str) -> None:
    result = RESULTS[name]()
    with pytest.raises((AttributeError, TypeError)):
        result.content = None
    with pytest.raises((AttributeError, TypeError)):
        result.anything = None


def test_expressions_are_plain_sympy() -> None:
    polynomial = anomaly_conditions(SMALL)["Y X^2"]
    generator = gauging_generator(SMALL)
    assert isinstance(polynomial, sympy.Expr)
    factored = sympy.factor(polynomial.subs(generator.charges))
    assert factored == 0
    assert sympy.lambdify(SMALL.charge_symbols, polynomial)(*range(len(SMALL.charge_symbols))) is not None
    assert sympy.solve(polynomial, sympy.Symbol("Q_q"))
