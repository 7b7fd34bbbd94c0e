"""Exact numbers at the border of the toolkit.

Every charge that enters is turned into a `fractions.Fraction` here, or refused: a float such
as 0.1 is not the rational number that its author meant, and no search or proof can repair that.

Key results
-----------
as_rational : the one door through which a number enters
as_rationals : the same for a sequence of known length
common_denominator, primitive : from rational to integer vectors
as_expression, substitute : the same border for sympy expressions and what is put into them
height : the size of a rational vector, the measure by which solutions are ordered
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd, isfinite, lcm, prod
from typing import Any, TypeAlias

from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, must_be

__all__ = [
    "RationalLike",
    "as_expression",
    "as_integer",
    "as_rational",
    "as_rationals",
    "common_denominator",
    "height",
    "primitive",
    "substitute",
    "substitute_all",
    "to_sympy",
]

# int, Fraction, a sympy Rational, a flint fmpz or fmpq, or a string such as "3/5" or "0.6".
RationalLike: TypeAlias = Any

_EXPECTED = "a rational number such as 3, '3/5' or '0.6'"
_FRACTION = re.compile(r"([+-]?[0-9]+)(?:/([0-9]+))?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)", re.ASCII)
_MOST_DIGITS = 4000  # Python itself refuses to read integers of more than 4300 digits


def as_rational(value: RationalLike, argument: str = "value") -> Fraction:
    """Return `value` as an exact `Fraction`.

    Accepted are `int`, `Fraction`, sympy `Rational`, python-flint `fmpz` and `fmpq`, and strings
    in ASCII digits: "3/5", "-7" or the decimal "0.6" (read as 3/5, exactly).

    Parameters
    ----------
    value : the number.
    argument : the name that an error message uses.

    Raises
    ------
    InexactNumberError
        If `value` is a float, a numpy scalar, a sympy Float or a complex number.
    ArgumentError
        If `value` is a string that is not a rational number, or has a zero denominator.
    ArgumentTypeError
        If `value` is of any other type (`bool` included).

    Examples
    --------
    >>> as_rational("0.6") == as_rational("3/5") == Fraction(3, 5)
    True
    >>> as_rational(0.6, "a_e")
    Traceback (most recent call last):
        ...
    anomalies.errors.InexactNumberError: Argument 'a_e' must be exact, not 0.6: write "3/5", or the \
decimal as a string, "0.6".
    """
    if isinstance(value, str):
        return _parse(value, argument)
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    module = type(value).__module__.partition(".")[0]
    if module == "sympy" and getattr(value, "is_Rational", False):
        return Fraction(int(value.p), int(value.q))
    if module == "flint" and type(value).__name__ == "fmpz":
        return Fraction(int(value))
    if module == "flint" and type(value).__name__ == "fmpq":
        return Fraction(int(value.p), int(value.q))
    if _is_inexact(value, module):
        example = f'"{value}"' if isinstance(value, float) and isfinite(value) else '"0.6"'
        raise InexactNumberError(
            f"Argument '{argument}' must be exact, not {value}: "
            f'write "3/5", or the decimal as a string, {example}.'
        )
    raise ArgumentTypeError(must_be(argument, _EXPECTED, value))


def _is_inexact(value: object, module: str) -> bool:
    # A sympy Float, or a numpy scalar of any kind: numpy integers wrap silently.
    return isinstance(value, float | complex) or module == "numpy" or getattr(value, "is_Float", False)


def _parse(text: str, argument: str) -> Fraction:
    stripped = text.strip()
    if len(stripped) > _MOST_DIGITS:
        raise ArgumentError(
            must_be(argument, f"a rational number of at most {_MOST_DIGITS} characters", text)
        )
    fraction = _FRACTION.fullmatch(stripped)
    if fraction:
        numerator, denominator = int(fraction[1]), int(fraction[2] or 1)
        if denominator == 0:
            raise ArgumentError(must_be(argument, f"{_EXPECTED} with a non-zero denominator", text))
        return Fraction(numerator, denominator)
    if _DECIMAL.fullmatch(stripped):
        return Fraction(stripped)
    raise ArgumentError(must_be(argument, _EXPECTED, text))


def as_rationals(values: object, argument: str, length: int | None = None) -> tuple[Fraction, ...]:
    """Return a sequence of numbers as a tuple of `Fraction`, checking its length.

    >>> as_rationals(["3/5", 1, "1/20"], "a", 3)
    (Fraction(3, 5), Fraction(1, 1), Fraction(1, 20))
    """
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ArgumentTypeError(must_be(argument, "a sequence of rational numbers", values))
    result = tuple(as_rational(value, f"{argument}[{index}]") for index, value in enumerate(values))
    if length is not None and len(result) != length:
        raise ArgumentError(f"Argument '{argument}' must have {length} entries, not {len(result)}.")
    return result


def as_integer(value: object, argument: str, least: int | None = None) -> int:
    """Return `value` as an `int`, at least `least` if that is given.

    Raises
    ------
    InexactNumberError, ArgumentError, ArgumentTypeError
        As `as_rational`, and if the number is no integer or too small; the message asks for an integer.

    Examples
    --------
    >>> as_integer("20", "max_denominator", 1)
    20
    >>> as_integer("many", "max_denominator", 1)
    Traceback (most recent call last):
        ...
    anomalies.errors.ArgumentError: Argument 'max_denominator' must be an integer of at least 1, not 'many'.
    """
    expected = "an integer" if least is None else f"an integer of at least {least}"
    try:
        number = as_rational(value, argument)
    except InexactNumberError:
        example = max(3, least or 0)
        raise InexactNumberError(
            f"Argument '{argument}' must be exact, not {value}: write {expected}, such as {example}."
        ) from None
    except ArgumentTypeError:
        raise ArgumentTypeError(must_be(argument, expected, value)) from None
    except ArgumentError:
        raise ArgumentError(must_be(argument, expected, value)) from None
    if number.denominator != 1 or (least is not None and number < least):
        raise ArgumentError(must_be(argument, expected, value))
    return int(number)


def common_denominator(values: Iterable[Fraction]) -> int:
    """Return the least common denominator of rational numbers, 1 for none.

    >>> common_denominator([Fraction(3, 5), Fraction(1, 20)])
    20
    """
    return lcm(*(value.denominator for value in values))


def primitive(values: Sequence[Fraction | int]) -> tuple[int, ...]:
    """Return the primitive integer vector on the ray through `values`.

    The common denominator is cleared and the greatest common divisor of the entries divided
    out; the sign is kept, and the zero vector stays zero.

    >>> primitive([Fraction(3, 5), Fraction(1), Fraction(1, 20)])
    (12, 20, 1)
    """
    fractions = [Fraction(value) for value in values]
    denominator = common_denominator(fractions)
    integers = [int(value * denominator) for value in fractions]
    divisor = gcd(*integers) or 1
    return tuple(value // divisor for value in integers)


def height(values: Sequence[Fraction | int]) -> int:
    """Return the height of a rational vector, max(d, |d v_1|, ..., |d v_k|).

    Here d is the least common denominator: only finitely many vectors of a given length have a
    height below any bound.

    >>> height([Fraction(1, 4), Fraction(7, 20), Fraction(21, 20)])
    21
    """
    fractions = [Fraction(value) for value in values]
    denominator = common_denominator(fractions)
    return max([denominator, *(abs(int(value * denominator)) for value in fractions)])


def to_sympy(value: Fraction | int) -> Any:
    """Return an exact number as a sympy `Rational`.

    >>> to_sympy(Fraction(3, 5))
    3/5
    """
    from sympy import Rational

    return Rational(value.numerator, value.denominator)


def as_expression(value: Any, argument: str = "value") -> Any:
    """Return a number as a sympy `Rational`, or a polynomial with rational coefficients as it is.

    Raises
    ------
    InexactNumberError
        If the expression contains a floating-point number.
    ArgumentError
        If it is no polynomial with rational coefficients in its symbols.

    Examples
    --------
    >>> from sympy import Symbol
    >>> as_expression("3/5"), as_expression(2*Symbol("a_e"))
    (3/5, 2*a_e)
    """
    from sympy import Expr, Float

    if not isinstance(value, Expr) or value.is_Number:
        return to_sympy(as_rational(value, argument))
    if value.has(Float):
        raise InexactNumberError(
            f"Argument '{argument}' must be exact, not {value}: write its coefficients as Rational(3, 5)."
        )
    if not _is_polynomial(value):
        raise ArgumentError(must_be(argument, "a polynomial with rational coefficients", value))
    return value


def _is_polynomial(expression: Any) -> bool:
    if expression.is_Add or expression.is_Mul:
        return all(_is_polynomial(part) for part in expression.args)
    if expression.is_Pow:
        exponent = expression.exp
        return bool(exponent.is_Integer and exponent >= 0) and _is_polynomial(expression.base)
    return bool(expression.is_Symbol or expression.is_Rational)


def substitute(expression: Any, values: Mapping[Any, Any]) -> Any:
    """Return a polynomial with values put in for symbols, all at once, and expanded.

    >>> from sympy.abc import x, y
    >>> substitute(x**2 - y, {x: y, y: x})
    -x + y**2
    """
    return substitute_all((expression,), values)[0]


def substitute_all(expressions: Iterable[Any], values: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return `substitute` of each expression; the values are read once.

    >>> from sympy.abc import x, y
    >>> substitute_all((x + y, x*y), {x: "1/2", y: 3})
    (7/2, 3/2)
    """
    exact = {symbol: as_expression(value, str(symbol)) for symbol, value in values.items()}
    numbers = {
        symbol: Fraction(int(value.p), int(value.q)) for symbol, value in exact.items() if value.is_Rational
    }
    return tuple(_substituted(expression, exact, numbers) for expression in expressions)


def _substituted(expression: Any, exact: Mapping[Any, Any], numbers: Mapping[Any, Fraction]) -> Any:
    from sympy import expand

    if numbers.keys() >= expression.free_symbols and _is_polynomial(expression):
        return to_sympy(_value_at(expression, numbers))
    return expand(expression.xreplace(exact))


def _value_at(polynomial: Any, numbers: Mapping[Any, Fraction]) -> Fraction:
    """Evaluate a polynomial in fractions, which costs much less than to substitute and expand."""
    if polynomial.is_Symbol:
        return numbers[polynomial]
    if polynomial.is_Rational:
        return Fraction(int(polynomial.p), int(polynomial.q))
    if polynomial.is_Pow:
        return _value_at(polynomial.base, numbers) ** int(polynomial.exp)
    parts = (_value_at(part, numbers) for part in polynomial.args)
    return prod(parts, start=Fraction(1)) if polynomial.is_Mul else sum(parts, Fraction(0))
