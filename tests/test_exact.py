from __future__ import annotations

from fractions import Fraction
from math import gcd

import flint
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from strategies import rationals

from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError, InexactNumberError
from anomalies.exact import (
    as_integer,
    as_rational,
    as_rationals,
    common_denominator,
    height,
    primitive,
    to_sympy,
)


@given(rationals(10**6, 10**6))
def test_every_exact_form_of_a_number_is_the_same_number(value: Fraction) -> None:
    forms = [
        value,
        str(value),
        sympy.Rational(value.numerator, value.denominator),
        flint.fmpq(value.numerator, value.denominator),
    ]
    assert {as_rational(form) for form in forms} == {value}


@given(st.integers())
def test_integers_of_every_kind(value: int) -> None:
    assert as_rational(value) == as_rational(flint.fmpz(value)) == as_rational(sympy.Integer(value)) == value


@given(st.integers(-(10**6), 10**6), st.integers(0, 6))
def test_a_decimal_string_is_its_decimal_fraction(digits: int, places: int) -> None:
    sign, size = "-" * (digits < 0), str(abs(digits)).rjust(places + 1, "0")
    text = sign + size[: len(size) - places] + "." + size[len(size) - places :]
    assert as_rational(text) == Fraction(digits, 10**places)


@pytest.mark.parametrize("value", [0.6, float("nan"), float("inf"), 1 + 2j, sympy.Float("0.6")])
def test_inexact_numbers_are_refused_with_advice(value: object) -> None:
    with pytest.raises(InexactNumberError, match=r'Argument \'a_e\' must be exact, .* write "3/5"') as error:
        as_rational(value, "a_e")
    assert isinstance(error.value, TypeError)


def test_the_advice_repeats_the_number_that_was_given() -> None:
    with pytest.raises(InexactNumberError, match=r'"0\.35"'):
        as_rational(0.35)


def test_a_numpy_scalar_is_refused_by_its_module() -> None:
    scalar = type("int64", (), {"__module__": "numpy", "__str__": lambda self: "3"})()
    with pytest.raises(InexactNumberError):
        as_rational(scalar)


@pytest.mark.parametrize(
    "text", ["1/0", "abc", "", "nan", "1e5", "3/5/7", "3/-5", "1_000", "٣", "0x10", "1" * 5000, "--1", ". "]
)
def test_strings_that_are_no_rational_number(text: str) -> None:
    with pytest.raises(ArgumentError, match="Argument 'x' must be a rational number") as error:
        as_rational(text, "x")
    assert isinstance(error.value, ValueError)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize("value", [None, True, sympy.Symbol("x"), [1], b"1", sympy.pi, sympy.oo, sympy.nan])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(ArgumentTypeError, match="Argument 'x' must be a rational number"):
        as_rational(value, "x")


def test_sequences() -> None:
    assert as_rationals(("3/5", 1), "a", 2) == (Fraction(3, 5), Fraction(1))
    with pytest.raises(ArgumentError, match="Argument 'a' must have 3 entries, not 2"):
        as_rationals([1, 2], "a", 3)
    with pytest.raises(InexactNumberError, match=r"Argument 'a\[1\]'"):
        as_rationals([1, 0.5], "a")
    with pytest.raises(ArgumentTypeError, match="a sequence of rational numbers"):
        as_rationals("123", "a")


def test_integers_at_the_border() -> None:
    assert as_integer("20", "bound", 1) == 20
    for bad in (0, "1/2", -3):
        with pytest.raises(ArgumentError, match="Argument 'bound' must be an integer of at least 1"):
            as_integer(bad, "bound", 1)
    with pytest.raises(AnomaliesError, match="too long to print"):
        as_integer(-(10**5000), "bound", 1)


@pytest.mark.parametrize("text", ["x", "", "1/0", "1e5", "0x10", "1" * 5000])
def test_an_integer_is_asked_for_where_one_is_needed(text: str) -> None:
    with pytest.raises(
        ArgumentError, match="Argument 'bound' must be an integer of at least 1, not"
    ) as error:
        as_integer(text, "bound", 1)
    assert "rational" not in str(error.value)
    assert len(str(error.value)) < 250
    with pytest.raises(ArgumentError, match="Argument 'bound' must be an integer, not"):
        as_integer(text, "bound")


def test_no_type_and_no_float_stands_for_an_integer() -> None:
    for value in (None, True, [1], sympy.Symbol("x")):
        with pytest.raises(ArgumentTypeError, match="Argument 'bound' must be an integer, not"):
            as_integer(value, "bound")
    for number in (2.0, sympy.Float("2")):
        with pytest.raises(
            InexactNumberError, match=r"'bound' must be exact, not 2\..*: write an integer, such as 3\.$"
        ):
            as_integer(number, "bound")
    with pytest.raises(InexactNumberError, match=r"write an integer of at least 5, such as 5\.$"):
        as_integer(7.5, "bound", 5)


@given(st.lists(rationals(), min_size=1, max_size=6), rationals())
def test_primitive_vector_spans_the_same_ray(values: list[Fraction], scale: Fraction) -> None:
    vector = primitive(values)
    assert gcd(*vector) in (0, 1)
    index = next((i for i, value in enumerate(values) if value), None)
    if index is None:
        assert not any(vector)
    else:
        factor = values[index] / vector[index]
        assert factor > 0
        assert [factor * entry for entry in vector] == values
    assert primitive([abs(scale) * value for value in values]) == (vector if scale else (0,) * len(values))


@given(st.lists(rationals(), min_size=1, max_size=6))
def test_height_is_that_of_the_cleared_vector(values: list[Fraction]) -> None:
    denominator = common_denominator(values)
    integers = [value * denominator for value in values]
    assert all(value.denominator == 1 for value in integers)
    assert height(values) == max(denominator, *(abs(int(value)) for value in integers))
    assert all(to_sympy(value) == sympy.Rational(value.numerator, value.denominator) for value in values)
