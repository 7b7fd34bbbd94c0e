"""Proofs as a reader wants them: line by line, in words and formulas.

A line is a tuple of pieces: strings are words, everything else is a formula that prints itself
(a sympy object, or a `Formula` that brings its own LaTeX).  Nothing is checked here.

Key results
-----------
proof_lines : the lines of a proof, cofactors written out where they are short
as_latex, as_text : lines in one `aligned` block, and as plain text
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sympy import Add, Eq, Expr, Mul, Ne, Rational, S, Symbol, Tuple
from sympy.printing.defaults import Printable

from anomalies.proofs.formal import expression_of
from anomalies.proofs.methods import Proof
from anomalies.proofs.statements import Goal, Statement, all_of

__all__ = ["Formula", "Line", "as_latex", "as_text", "proof_lines"]

_LONGEST = 400  # characters of cofactors that are written out

Line: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Formula(Printable):
    """A formula given as LaTeX for math mode, and as it reads in plain text."""

    latex: str
    plain: str

    def _latex(self, printer: Any) -> str:
        return self.latex

    def _sympystr(self, printer: Any) -> str:
        return self.plain


def as_latex(lines: Sequence[Line], printer: Any) -> str:
    """Return lines as one `aligned` block for math mode."""
    rows = []
    for line in lines:
        pieces = [
            rf"\text{{{_escaped(piece)}}}" if isinstance(piece, str) else printer.doprint(piece)
            for piece in line
        ]
        rows.append("& " + r" \; ".join(pieces))
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"


_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)


def _escaped(words: str) -> str:
    return words.translate(_ESCAPES)


def as_text(lines: Sequence[Line], printer: Any) -> str:
    """Return lines as plain text."""
    return "\n".join(" ".join(_plain(piece, printer) for piece in line) for line in lines)


def _plain(piece: Any, printer: Any) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Eq | Ne):
        left, right = printer.doprint(piece.lhs), printer.doprint(piece.rhs)
        return f"{left} = {right}" if isinstance(piece, Eq) else f"{left} != {right}"
    return str(printer.doprint(piece))


def proof_lines(statement: Statement, proof: Proof) -> list[Line]:
    """Return the lines of a proof of a statement."""
    return _WRITERS[proof["method"]](statement, proof)


# ------------------------------------------------------------------------------------- expressions


def _symbols(statement: Statement) -> dict[str, Symbol]:
    names = (*statement.variables, *(name for name, _ in statement.lets))
    return {symbol.name: symbol for symbol in names}


def _goal_pieces(goal: Goal) -> Line:
    match goal.kind:
        case "zero":
            return (Eq(goal.expression, 0, evaluate=False),)
        case "nonzero":
            return (Ne(goal.expression, 0, evaluate=False),)
        case "all" | "any":
            pieces: list[Any] = []
            for part in goal.parts:
                pieces += ["and" if goal.kind == "all" else "or", *_goal_pieces(part)]
            return tuple(pieces[1:])
        case "false":
            return ("a contradiction",)
        case "solution_space":
            return (f"a solution space of dimension {len(goal.basis)}",)
        case _:
            return (f"exactly {len(goal.points)} solutions",)


# ----------------------------------------------------------------------------------------- writers


def _combination(statement: Statement, proof: Proof, target: Expr, words: str) -> list[Line]:
    if target in statement.given:
        return [("It is one of the hypotheses.",)]
    symbols = _symbols(statement)
    terms = sum(len(cofactor) for cofactor in proof["cofactors"])
    if len(str(proof["cofactors"])) > _LONGEST:
        return [(f"{words} a combination of the given expressions, with {terms} terms in its cofactors.",)]
    factors = [s**k for s, k in zip(statement.nonzero, proof["powers"], strict=True) if k]
    if target != 1 or not factors:
        factors.append(target)
    products = [
        Mul(expression_of(cofactor, symbols), h, evaluate=False) if cofactor != {"1": "1"} else h
        for cofactor, h in zip(proof["cofactors"], statement.given, strict=True)
        if cofactor
    ]
    left = factors[0] if len(factors) == 1 else Mul(*factors, evaluate=False)
    right = products[0] if len(products) == 1 else Add(*products, evaluate=False)
    return [(words, Eq(left, right if products else S.Zero, evaluate=False))]


def _identity(statement: Statement, proof: Proof) -> list[Line]:
    return [("Expanding it gives zero:", *_goal_pieces(statement.goal))]


def _membership(statement: Statement, proof: Proof) -> list[Line]:
    return _combination(statement, proof, statement.goal.expression, "It follows from the hypotheses:")


def _contradiction(statement: Statement, proof: Proof) -> list[Line]:
    return _combination(statement, proof, S.One, "The hypotheses exclude each other:")


def _polarisation(statement: Statement, proof: Proof) -> list[Line]:
    count, degree = proof["tuples"], proof["degree"]
    words = f"Its polar form of degree {degree} vanishes on all {count} tuples of the basis of"
    return [(words, Tuple(*(name for name, _ in statement.lets)))]


def _grid(statement: Statement, proof: Proof) -> list[Line]:
    degrees = ", ".join(map(str, proof["degrees"]))
    words = f"Its degrees are at most {degrees}, and it vanishes at all {proof['cases']} points of a grid, in"
    return [(words, Tuple(*statement.variables))]


def _sample(statement: Statement, proof: Proof) -> list[Line]:
    words = (
        f"It vanishes at {proof['trials']} points fixed by the hash of the statement; its degree is at most"
    )
    return [(words, Rational(proof["degree"]))]


def _linear_algebra(statement: Statement, proof: Proof) -> list[Line]:
    equation = Formula("P A + N L = 1, \\quad A N = 0, \\quad L N = 1", "P A + N L = 1, A N = 0, L N = 1")
    size, dimension = len(proof["left"]), len(proof["inverse"])
    return [(f"The {size} coordinates have rank {size - dimension} and a basis of {dimension}:", equation)]


def _search(statement: Statement, proof: Proof) -> list[Line]:
    return [
        (
            f"All {proof['cases']} points of the domain were tried, with the result:",
            *_goal_pieces(statement.goal),
        )
    ]


def _witness(statement: Statement, proof: Proof) -> list[Line]:
    values = tuple(map(Rational, proof["values"]))
    words = "An example:" if statement.quantifier == "some" else "A counterexample:"
    return [(words, Eq(Tuple(*statement.variables), Tuple(*values), evaluate=False))]


def _all(statement: Statement, proof: Proof) -> list[Line]:
    lines: list[Line] = []
    for part, sub in zip(statement.goal.parts, proof["proofs"], strict=True):
        lines += [("To show:", *_goal_pieces(part)), *proof_lines(statement.assuming(goal=part), sub)]
    return lines


def _any(statement: Statement, proof: Proof) -> list[Line]:
    part = statement.goal.parts[proof["choice"]]
    return [
        ("It is this that holds:", *_goal_pieces(part)),
        *proof_lines(statement.assuming(goal=part), proof["proof"]),
    ]


def _split(statement: Statement, proof: Proof) -> list[Line]:
    factors = [expression_of(entry, _symbols(statement)) for entry in proof["product"]]
    whole = Goal("zero", Mul(*factors, evaluate=False) if len(factors) > 1 else factors[0])
    lines: list[Line] = [("First,", *_goal_pieces(whole))]
    lines += proof_lines(statement.assuming(goal=whole), proof["because"])
    for index, case in enumerate(proof["cases"]):
        lines.append(("Case" if len(factors) > 1 else "So", Eq(factors[index], 0, evaluate=False)))
        lines += proof_lines(statement.assuming(zero=[factors[index]], nonzero=factors[:index]), case)
    return lines


def _decide(statement: Statement, proof: Proof) -> list[Line]:
    e = expression_of(proof["expression"], _symbols(statement))
    return [
        ("Case", Eq(e, 0, evaluate=False)),
        *proof_lines(statement.assuming(zero=[e]), proof["zero"]),
        ("Case", Ne(e, 0, evaluate=False)),
        *proof_lines(statement.assuming(nonzero=[e]), proof["nonzero"]),
    ]


def _suppose(statement: Statement, proof: Proof) -> list[Line]:
    e, false = statement.goal.expression, Goal("false")
    if statement.goal.kind == "zero":
        opposite, relation = statement.assuming(nonzero=[e], goal=false), Ne(e, 0, evaluate=False)
    else:
        opposite, relation = statement.assuming(zero=[e], goal=false), Eq(e, 0, evaluate=False)
    return [("Suppose that", relation), *proof_lines(opposite, proof["then"])]


def _anisotropic(statement: Statement, proof: Proof) -> list[Line]:
    letters = {f"y{index + 1}": Symbol(f"y{index + 1}") for index in range(len(proof["at"]))}
    form, prime, cases = expression_of(proof["form"], letters), proof["prime"], proof["cases"]
    modulus = prime ** proof["exponent"]
    words = f"Modulo {modulus} ({cases} residues) only integers with the common factor {prime} solve"
    return [(words, Eq(form, 0, evaluate=False)), *_vanishing(statement, proof, form.xreplace, letters)]


def _squares(statement: Statement, proof: Proof) -> list[Line]:
    letters = {f"y{index + 1}": Symbol(f"y{index + 1}") for index in range(len(proof["at"]))}
    form = Add(*(Rational(c) * y**2 for c, y in zip(proof["coefficients"], letters.values(), strict=True)))
    words = "A sum of squares with positive coefficients vanishes only where all of them do:"
    return [(words, Eq(form, 0, evaluate=False)), *_vanishing(statement, proof, form.xreplace, letters)]


def _vanishing(statement: Statement, proof: Proof, place: Any, letters: Mapping[str, Symbol]) -> list[Line]:
    at = [expression_of(entry, _symbols(statement)) for entry in proof["at"]]
    value = place(dict(zip(letters.values(), at, strict=True)))
    relation = Goal("zero", value)
    return [
        ("Here", *_goal_pieces(relation)),
        *proof_lines(statement.assuming(goal=relation), proof["because"]),
        ("So", *_goal_pieces(all_of(*at))),
        *proof_lines(statement.assuming(zero=at), proof["then"]),
    ]


_WRITERS = {
    "identity": _identity,
    "membership": _membership,
    "contradiction": _contradiction,
    "polarisation": _polarisation,
    "grid": _grid,
    "sample": _sample,
    "linear-algebra": _linear_algebra,
    "search": _search,
    "witness": _witness,
    "all": _all,
    "any": _any,
    "split": _split,
    "decide": _decide,
    "suppose": _suppose,
    "anisotropic": _anisotropic,
    "squares": _squares,
}
