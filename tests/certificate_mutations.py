"""Certificates changed in one place, and a second opinion on whether a proof is one."""

from __future__ import annotations

import random
from collections.abc import Mapping
from copy import deepcopy
from itertools import product
from math import prod
from typing import Any

from sympy import Poly, Rational, S, Symbol, expand, isprime

from anomalies.proofs import Statement, impossible
from anomalies.proofs.check import METHODS
from anomalies.proofs.formal import expression_of
from anomalies.proofs.statements import as_goal


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(p for key, value in entries for p in _paths(value, (*path, key)))]


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def _changed_text(text: str, chance: random.Random) -> Any:
    if text in METHODS:
        return chance.choice(METHODS)
    numerator, _, denominator = text.partition("/")
    try:
        value = int(numerator)
    except ValueError:
        return chance.choice(["a", "x", "Q_q", "0", "1", text + "1", text[:-1], "y1", "zero"])
    value = chance.choice([-value, value + 1, value - 1, 2 * value, 0, value + 10**9])
    return chance.choice([f"{value}/{denominator}" if denominator else str(value), f"{value}/7", str(value)])


def _changed_key(key: str, chance: random.Random) -> str:
    factors = key.split("*")
    index = chance.randrange(len(factors))
    name, _, exponent = factors[index].partition("^")
    factors[index] = chance.choice(
        [f"{name}^{int(exponent or 1) + 1}", name, "1", "a", f"{name}*x", f"{name}_"]
    )
    return "*".join(factors)


def _changed(value: Any, chance: random.Random) -> Any:
    """Return something else in place of a node: one coefficient, exponent, sign, bound, case or name."""
    if isinstance(value, str):
        return _changed_text(value, chance)
    if isinstance(value, bool) or value is None:
        return chance.choice([True, False, None, 0, "0", []])
    if isinstance(value, int):
        return chance.choice([value + 1, value - 1, -value, 2 * value, 0, True, str(value), 10**12])
    items = list(value.items()) if isinstance(value, dict) else list(value)
    if not items:
        return chance.choice([["0"], {"1": "1"}, "0", [{}], [0]])
    index, other = chance.randrange(len(items)), chance.randrange(len(items))
    change = chance.choice(["drop", "duplicate", "swap", "copy", "rename", "replace"])
    if change == "drop":
        del items[index]
    elif change == "duplicate":
        items.insert(index, items[other])
    elif change == "swap":
        items[index], items[other] = items[other], items[index]
    elif isinstance(value, dict):
        key = _changed_key(items[index][0], chance) if change == "rename" else items[index][0]
        items[index] = (key, items[index][1] if change == "rename" else items[other][1])
    else:
        items[index] = items[other] if change == "copy" else chance.choice(["0", "1", {}, [], 1])
    return dict(items) if isinstance(value, dict) else items


def mutate(original: Any, donors: Mapping[str, Any], chance: random.Random) -> Any:
    """Return a certificate with one node changed, or with a proof from a donor grafted in."""
    data = deepcopy(original)
    part = chance.choice(["statement", "proof", "proof", "proof", "proof", "graft", "claim"])
    if part == "graft":
        donor = donors[chance.choice(sorted(donors))]
        nodes = [path for path in _paths(donor) if isinstance(_at(donor, path), dict)]
        subtree = _at(donor, chance.choice([path for path in nodes if "method" in _at(donor, path)]))
        places = [path for path in _paths(data["proof"]) if isinstance(_at(data["proof"], path), dict)]
        path = ("proof", *chance.choice([p for p in places if "method" in _at(data["proof"], p)]))
        _at(data, path[:-1])[path[-1]] = subtree
        return data
    path = chance.choice(_paths(data[part], (part,)))
    _at(data, path[:-1])[path[-1]] = _changed(_at(data, path), chance)
    return data


# ------------------------------------------------------------------------- a second opinion, by sympy


def _vanishes(statement: Statement, expression: Any) -> bool:
    for name, value in reversed(statement.lets):
        expression = expression.subs(name, value)
    return bool(expand(expression) == 0)


def _holds_at(statement: Statement, values: list[str]) -> bool:
    point = dict(zip(statement.variables, map(Rational, values), strict=True))
    if any(h.subs(point) != 0 for h in statement.given) or any(s.subs(point) == 0 for s in statement.nonzero):
        return False
    parts = statement.goal.parts or (statement.goal,)
    holds = [(part.expression.subs(point) == 0) == (part.kind == "zero") for part in parts]
    return all(holds) == (statement.quantifier == "some")


def agrees(statement: Statement, proof: Any) -> bool:
    """Tell, with sympy and without the checker, whether a proof is one: slow, and for small examples."""
    symbols_by_name = {
        symbol.name: symbol for symbol in (*statement.variables, *(n for n, _ in statement.lets))
    }

    def read(data: Any) -> Any:
        return expression_of(data, symbols_by_name)

    def follows(goal: Any, sub: Any, zero: list[Any] | None = None, no: list[Any] | None = None) -> bool:
        return agrees(statement.assuming(zero or [], no or [], goal), sub)

    goal, false = statement.goal, impossible()
    match proof["method"]:
        case "identity" | "polarisation" | "grid":
            return goal.kind == "zero" and _vanishes(statement, goal.expression)
        case "membership" | "contradiction" as method:
            left = goal.expression if method == "membership" else S.One
            for s, k in zip(statement.nonzero, proof["powers"], strict=True):
                left *= s**k
            terms = (read(c) * h for c, h in zip(proof["cofactors"], statement.given, strict=True))
            return (method == "contradiction" or goal.kind == "zero") and _vanishes(
                statement, left - sum(terms)
            )
        case "witness":
            return _holds_at(statement, proof["values"])
        case "all":
            return goal.kind == "all" and all(map(follows, goal.parts, proof["proofs"]))
        case "any":
            return goal.kind == "any" and follows(goal.parts[proof["choice"]], proof["proof"])
        case "suppose":
            e = [goal.expression]
            return follows(false, proof["then"], *((e, []) if goal.kind == "nonzero" else ([], e)))
        case "decide":
            e = [read(proof["expression"])]
            return follows(goal, proof["zero"], e) and follows(goal, proof["nonzero"], [], e)
        case "split":
            factors = [read(factor) for factor in proof["product"]]
            cases = [
                follows(goal, case, [f], factors[:k])
                for k, (f, case) in enumerate(zip(factors, proof["cases"], strict=True))
            ]
            return all(cases) and follows(as_goal(prod(factors)), proof["because"])
        case "anisotropic" | "squares" as method:
            at = [read(e) for e in proof["at"]]
            letters = [Symbol(f"y{k + 1}") for k in range(len(at))]
            if method == "squares":
                form = sum(Rational(c) * y**2 for c, y in zip(proof["coefficients"], letters, strict=True))
            else:
                form = expression_of(proof["form"], {y.name: y for y in letters})
                modulus = proof["prime"] ** proof["exponent"]
                if not isprime(proof["prime"]) or not Poly(form, *letters).is_homogeneous:
                    return False
                for point in product(range(modulus), repeat=len(at)):
                    at_point = form.subs(dict(zip(letters, point, strict=True)))
                    if any(v % proof["prime"] for v in point) and at_point % modulus == 0:
                        return False
            value = form.subs(dict(zip(letters, at, strict=True)), simultaneous=True)
            return follows(as_goal(value), proof["because"]) and follows(goal, proof["then"], at)
    return False  # a solution space, a search, a sample: changed, they are never true again
