"""The words of Coq that proofs are written in: expressions, lemmas, and sums that vanish.

Key results
-----------
print_expression : d times an expression with integers only, and d
vanishing_sum : the steps that prove sum c_i h_i = 0 from h_i = 0
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm, prod

from anomalies.proofs.checked_polynomials import Expression, Number, Power, Product, Terms

__all__ = ["HEADER", "block", "comment_safe", "coq_name", "print_expression", "print_linear", "vanishing_sum"]

HEADER = """(* {words}
   Over the integers, denominators cleared.  Formal statement: SHA-256 {digest}. *)
Require Import ZArith.
Open Scope Z_scope.

Lemma plus' (x y : Z) : x = 0 -> y = 0 -> x + y = 0.
Proof. intros hx hy. rewrite hx, hy. reflexivity. Qed.

Lemma times' (c x : Z) : x = 0 -> c * x = 0.
Proof. intros hx. rewrite hx. ring. Qed.

Lemma move' (x y : Z) : x + (-1) * y = 0 -> x = y.
Proof. intros h. transitivity (x + (-1) * y + y); [ring | rewrite h; ring]. Qed.

Lemma cancel' (s x : Z) : s <> 0 -> s * x = 0 -> x = 0.
Proof. intros hs h. destruct (Zmult_integral s x h) as [h0 | h0]; [contradiction | exact h0]. Qed.

"""

# Words that Coq does not take as names; a prime makes them names, and no symbol of ours has one.
_RESERVED = re.compile(
    r"Z|as|at|by|cofix|else|end|exists|exists2|fix|for|forall|fun|if|in|let|match|mod|Prop|return|Set|SProp"
    r"|struct|then|Type|using|where|with"
)


def comment_safe(words: str) -> str:
    """Return words that neither open nor close a comment or a string."""
    return words.replace("(*", "( *").replace("*)", "* )").replace('"', "'")


def coq_name(name: str) -> str:
    """Return a name that Coq takes."""
    return f"{name}'" if _RESERVED.fullmatch(name) else name


def print_expression(expression: Expression) -> tuple[str, int]:
    """Return the text of d times an expression with integers only, and d."""
    if isinstance(expression, Terms):
        d = lcm(*(Fraction(coefficient).denominator for coefficient, _ in expression.terms))
        return " + ".join(_term(d * value, factors) for value, factors in expression.terms) or "0", d
    if isinstance(expression, Power):
        text, d = print_expression(expression.base)
        return f"({text}) ^ {expression.exponent}", d**expression.exponent
    parts = [print_expression(part) for part in expression.parts]
    if isinstance(expression, Product):
        return " * ".join(f"({text})" for text, _ in parts), prod(d for _, d in parts)
    d = lcm(*(factor for _, factor in parts))
    return " + ".join(
        f"({text})" if factor == d else f"{d // factor} * ({text})" for text, factor in parts
    ), d


def _term(coefficient: Number, factors: tuple[tuple[str, int], ...]) -> str:
    powers = [
        coq_name(name) if exponent == 1 else f"{coq_name(name)} ^ {exponent}" for name, exponent in factors
    ]
    number = str(coefficient) if coefficient >= 0 else f"({coefficient})"
    return " * ".join(powers if coefficient == 1 and powers else [number, *powers])


def print_linear(coefficients: Sequence[int], names: Sequence[str]) -> str:
    """Return the text of a linear form."""
    terms = [_term(c, ((name, 1),)) for c, name in zip(coefficients, names, strict=True) if c]
    return " + ".join(terms) or "0"


def vanishing_sum(cofactors: Sequence[str], texts: Sequence[str], hypotheses: Sequence[str]) -> Iterator[str]:
    """Yield the steps that prove goal = 0 for a goal that is sum c_i h_i, with h_i = 0."""
    right, term = "0", ""
    for c, text, hypothesis in reversed(list(zip(cofactors, texts, hypotheses, strict=True))):
        if c != "0":
            summand = f"times' _ _ {hypothesis}"
            right = f"({c}) * ({text})" + (f" + ({right})" if term else "")
            term = f"plus' _ _ ({summand}) ({term})" if term else summand
    if not term:
        yield "ring."
        return
    yield f"transitivity ({right}); [ring |]."
    yield f"exact ({term})."


def block(lines: Iterable[str]) -> Iterator[str]:
    """Yield the steps of one goal in braces."""
    first, *rest = [f"  {line}" for line in lines]
    yield "{" + first[1:]
    yield from rest[:-1]
    yield rest[-1] + " }" if rest else "}"
