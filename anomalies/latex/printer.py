r"""One printer: how every expression and every result is written, in LaTeX and in plain text.

Result types of other rooms print themselves: both printers call their ``_latex(printer)`` and
``_sympystr(printer)``.

Key results
-----------
latex : the LaTeX of anything printable, in the notation of `anomalies.latex.names`
text : the same on one line of plain text
Chain, named : "name = first form = second form", as a printable object
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy
from sympy.printing.defaults import Printable
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from anomalies.errors import ArgumentTypeError, must_be
from anomalies.latex.names import name_in_latex
from anomalies.tables import latex_words

__all__ = ["Chain", "Named", "latex", "named", "text"]

_LATEX_SIGNS = {"=": "=", ":=": r"\equiv"}
_TEXT_SIGNS = {sympy.Eq: "=", sympy.Ne: "!="}


# The names of the methods below are sympy's: a printer is asked for `_print_<class>`.
class _Latex(LatexPrinter):
    """Sympy's LaTeX with the toolkit's names, and no silent fallback for what it cannot print."""

    def _print_Symbol(self, expr: Any, style: str = "plain") -> str:
        return name_in_latex(expr.name) or str(super()._print_Symbol(expr, style=style))

    def parenthesize_super(self, s: str) -> str:
        """Protect a base that ends in a superscript of its own: \\hat{Q}_{q^{1}} does not."""
        if _has_outer(s, "^"):
            return str(super().parenthesize_super(s))
        return f"{{{s}}}" if _has_outer(s, "'") else s  # to TeX a prime is a superscript, too

    def _print_Fraction(self, expr: Fraction) -> str:
        return str(self._print(sympy.Rational(expr.numerator, expr.denominator)))

    def _print_fmpq(self, expr: Any) -> str:
        return str(self._print(sympy.Rational(int(expr.p), int(expr.q))))

    def _print_fmpz(self, expr: Any) -> str:
        return str(int(expr))

    def _print_str(self, expr: str) -> str:
        return rf"\text{{{latex_words(expr)}}}"

    def emptyPrinter(self, expr: Any) -> str:
        """Refuse what has no LaTeX: its `repr` may hold an address, which differs from run to run."""
        if isinstance(expr, sympy.Basic | int):
            return str(super().emptyPrinter(expr))
        raise ArgumentTypeError(must_be("formula", "something that prints itself as LaTeX", expr))


class _Text(StrPrinter):
    """Sympy's one-line text, with relations written as on paper."""

    def _print_Relational(self, expr: Any) -> str:
        sign = _TEXT_SIGNS.get(type(expr), expr.rel_op)
        return f"{self._print(expr.lhs)} {sign} {self._print(expr.rhs)}"

    def emptyPrinter(self, expr: Any) -> str:
        """Refuse what would print its address."""
        if repr(expr) == object.__repr__(expr):
            raise ArgumentTypeError(must_be("formula", "something that prints itself as text", expr))
        return str(super().emptyPrinter(expr))


def _has_outer(string: str, sign: str) -> bool:
    depth = 0
    for character in string:
        depth += (character == "{") - (character == "}")
        if character == sign and depth == 0:
            return True
    return False


def latex(value: Any) -> str:
    r"""Return the LaTeX of an expression or a result, without delimiters.

    Parameters
    ----------
    value : an exact number, a sympy object, a `Table`, a result of the toolkit, or words (a `str`).

    Raises
    ------
    ArgumentTypeError
        If `value` does not know how to print itself.

    Examples
    --------
    >>> from sympy import symbols
    >>> Q_H, Q_l1 = symbols("Q_H Q_l1")
    >>> print(latex(2*Q_H*Q_l1**2))
    2 \hat{Q}_{H} \hat{Q}_{\ell^{1}}^{2}
    """
    return str(_Latex().doprint(_in_sympy_numbers(value)))


def text(value: Any) -> str:
    """Return an expression or a result as plain text, on one line unless it is a table.

    Examples
    --------
    >>> from sympy import Eq, symbols
    >>> x, y = symbols("x y")
    >>> print(text(Eq(x**2, y/3)))
    x**2 = y/3
    """
    return str(_Text().doprint(_in_sympy_numbers(value)))


def _in_sympy_numbers(value: Any) -> Any:
    """Return a value with each `Fraction` as a sympy number: sympy's printers stumble over one in a tuple."""
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    if type(value) in {tuple, list}:
        return type(value)(_in_sympy_numbers(entry) for entry in value)
    return value


@dataclass(frozen=True, slots=True)
class Named:
    """An expression that is shown by its name first: see `named`."""

    name: Any
    value: Any


def named(name: Any, value: Any) -> Named:
    """Return `value` under a name, for the start of an `equality`.

    Parameters
    ----------
    name : a symbol, or a string that becomes one: "A_quad".
    value : an expression.

    >>> from sympy import Symbol
    >>> named("A_quad", 2*Symbol("x")).name
    A_quad
    """
    return Named(as_name(name), value)


def as_name(name: Any) -> Any:
    """Return a name as something printable: a string becomes a sympy symbol."""
    return sympy.Symbol(name) if isinstance(name, str) else name


@dataclass(frozen=True, slots=True, repr=False)
class Chain(Printable):
    """Printable things joined by a sign, "=" or ":=" (is defined as).

    >>> from sympy.abc import x, y
    >>> Chain((x, y + 1), ":=")
    x := y + 1
    """

    members: tuple[Any, ...]
    sign: str = "="

    def _latex(self, printer: Any) -> str:
        return f" {_LATEX_SIGNS[self.sign]} ".join(
            printer._print(_in_sympy_numbers(member)) for member in self.members
        )

    def _sympystr(self, printer: Any) -> str:
        return f" {self.sign} ".join(printer._print(_in_sympy_numbers(member)) for member in self.members)

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm, stringPict

        row = [printer._print(self.members[0])]
        for member in self.members[1:]:
            row += [prettyForm(f" {self.sign} "), printer._print(member)]
        return prettyForm(*stringPict.next(*row))
