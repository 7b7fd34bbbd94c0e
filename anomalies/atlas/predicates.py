"""The language of predicates on charges: "Q1 = Q2 and Q3 <> Q2 and e1 = 0 and L2 = e2".

A predicate is made of comparisons (=, <>, !=, <, <=, >, >=) between linear expressions in charges and
rational numbers (+, -, and * by a number), joined by and, or, not and parentheses.  Comparisons may be
chained, "q1 = q2 = q3".  Charges have the names of the content, q1 or Q_q1; upper and lower case may be mixed
where that is unambiguous.

Families carry no labels in a catalogue: the charges of a species are stored in non-decreasing order, so q1 <=
q2 <= q3 always, and q1 is the smallest charge rather than that of "the first family".  What one usually means
is said by `some(q) = 0` (one of the families has charge zero), `all(nu) = 0`, or by a predicate with a name
(`anomalies.atlas.named`).  With `some` on both sides each family is chosen on its own: some(l) = some(e)
means that one of the doublets has the charge of one of the singlets.

The charges are those of the representative of a solution modulo overall sign and common factor that the
catalogue stores: integers without a common factor.  "all(nu) = 1" therefore asks for more than "nu1 = nu3".

A text becomes a tree here, and only trees go on to SQL (`anomalies.atlas.sql`).

Key results
-----------
parse_predicate : from text to a tree
Vocabulary : the names a predicate may use
holds : whether a predicate is true of charges, in exact arithmetic
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from operator import eq, ge, gt, le, lt, ne
from typing import NoReturn, TypeAlias, TypeVar

from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be

__all__ = [
    "AllOf",
    "AnyOf",
    "Comparison",
    "LinearForm",
    "Not",
    "Predicate",
    "Vocabulary",
    "charge_form",
    "combined",
    "compare",
    "holds",
    "parse_predicate",
]

T = TypeVar("T")

OPERATORS: Mapping[str, Callable[[Fraction, int], bool]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+/\d+|\d*\.\d+|\d+)|(?P<name>[A-Za-z_]\w*)|(?P<sign><=|>=|<>|!=|==|[-+*(),=<>]))",
    re.ASCII,
)
_SYNONYMS = {"!=": "<>", "==": "="}
_LONGEST = 4000  # characters: a tree of this size is far inside Python's recursion limit for flat predicates
_DEEPEST = 50  # nested parentheses
_WIDEST = 1000  # alternatives that one comparison with some() or all() may stand for
_EXAMPLE = "a predicate such as 'q1 = q2 and e1 = 0'"


@dataclass(frozen=True, slots=True)
class LinearForm:
    """A rational linear combination of charges plus a constant; every name occurs once, in order."""

    terms: tuple[tuple[str, Fraction], ...]
    constant: Fraction = Fraction(0)

    def value(self, charges: Mapping[str, Fraction | int]) -> Fraction:
        """Return the value at charges given by name."""
        return sum((factor * charges[name] for name, factor in self.terms), self.constant)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A linear form compared with zero."""

    form: LinearForm
    operator: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """True if every part is; of no parts, true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True if one part is; of no parts, false."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True if the part is false."""

    part: Predicate


Predicate: TypeAlias = Comparison | AllOf | AnyOf | Not
# What a name with arguments stands for: from its arguments and the vocabulary to a tree.
Expansion: TypeAlias = Callable[["Vocabulary", Sequence[Fraction]], Predicate]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a predicate may use.

    Attributes
    ----------
    species : every species with the names of its charges, in order: ("q", ("q1", "q2", "q3")).
    aliases : further names of charges, ("Q_q1", "q1").
    ordered : the species whose charges are known to be in non-decreasing order.
    """

    species: tuple[tuple[str, tuple[str, ...]], ...]
    aliases: tuple[tuple[str, str], ...] = ()
    ordered: tuple[str, ...] = ()

    @property
    def charges(self) -> tuple[str, ...]:
        """The names of all charges, each once, in order."""
        return tuple(dict.fromkeys(name for _, names in self.species for name in names))

    def charge(self, name: str) -> str | None:
        """Return the charge of that name or alias, or None; the case of letters matters only in doubt."""
        names = dict.fromkeys(self.charges)
        known = {own: own for own in names} | dict(self.aliases)
        return _found(known, name)

    def families(self, name: str) -> tuple[str, ...]:
        """Return the charges of a species, or raise `UnknownNameError`."""
        found = _found(dict(self.species), name)
        if found is None:
            known = ", ".join(species for species, _ in self.species)
            raise UnknownNameError(must_be("predicate", f"about the species {known}", name))
        return found


def _found(known: Mapping[str, T], name: str) -> T | None:
    if name in known:
        return known[name]
    matches = list(dict.fromkeys(value for own, value in known.items() if own.lower() == name.lower()))
    return matches[0] if len(matches) == 1 else None


def compare(left: LinearForm, operator: str, right: LinearForm) -> Comparison:
    """Return the comparison of two forms, as one form compared with zero."""
    return Comparison(combined((1, left), (-1, right)), operator)


def combined(*parts: tuple[Fraction | int, LinearForm]) -> LinearForm:
    """Return the linear combination of forms."""
    total: dict[str, Fraction] = {}
    for factor, form in parts:
        for name, own in form.terms:
            total[name] = total.get(name, Fraction(0)) + factor * own
    constant = sum((factor * form.constant for factor, form in parts), Fraction(0))
    return LinearForm(tuple((name, total[name]) for name in sorted(total) if total[name]), constant)


def charge_form(name: str) -> LinearForm:
    """Return the form that is a single charge."""
    return LinearForm(((name, Fraction(1)),))


def holds(predicate: Predicate, charges: Mapping[str, Fraction | int]) -> bool:
    """Return whether a predicate is true of charges given by name.

    >>> names = Vocabulary((("l", ("l1", "l2")), ("e", ("e1", "e2"))))
    >>> holds(parse_predicate("l1 = e1 and not L2 = e2", names), {"l1": 0, "l2": 1, "e1": 0, "e2": 3})
    True
    """
    match predicate:
        case Comparison(form, operator):
            return OPERATORS[operator](form.value(charges), 0)
        case AllOf(parts):
            return all(holds(part, charges) for part in parts)
        case AnyOf(parts):
            return any(holds(part, charges) for part in parts)
        case Not(part):
            return not holds(part, charges)


def parse_predicate(text: str, names: Vocabulary, named: Mapping[str, Expansion] | None = None) -> Predicate:
    """Return the tree of a predicate.

    Parameters
    ----------
    text : the predicate, in the language of this module's docstring.
    names : the charges and species that it may use.
    named : predicates by name, with what they expand to.

    Raises
    ------
    UnknownNameError : a name is neither a charge, nor a predicate.
    ArgumentError : the text is not a predicate.

    Examples
    --------
    >>> quarks = Vocabulary((("q", ("q1", "q2", "q3")),))
    >>> parse_predicate("2*Q1 >= 1/3", quarks)
    Comparison(form=LinearForm(terms=(('q1', Fraction(2, 1)),), constant=Fraction(-1, 3)), operator='>=')
    >>> parse_predicate("q4 = 0", quarks)
    Traceback (most recent call last):
        ...
    anomalies.errors.UnknownNameError: Argument 'predicate' must be about the charges q1, q2, q3, not 'q4'.
    """
    if not isinstance(text, str):
        raise ArgumentTypeError(must_be("predicate", _EXAMPLE, text))
    if len(text) > _LONGEST:
        raise ArgumentError(must_be("predicate", f"at most {_LONGEST} characters long", text))
    return _Parser(text, _tokens(text), names, named or {}).whole()


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    stripped = text.rstrip()
    while place < len(stripped):
        match = _TOKEN.match(stripped, place)
        if match is None:
            raise ArgumentError(must_be("predicate", _EXAMPLE, text))
        token = match[match.lastgroup or 0]
        tokens.append(_SYNONYMS.get(token, token))
        place = match.end()
    return tokens


@dataclass(frozen=True, slots=True)
class _Alternatives:
    """What stands on one side of a comparison: one form, or one for each choice of some() or all()."""

    quantifier: str
    forms: tuple[LinearForm, ...]


_NOTHING = _Alternatives("", (LinearForm(()),))


class _Parser:
    """Recursive descent over the tokens; one method a rule of the grammar."""

    def __init__(
        self, text: str, tokens: list[str], names: Vocabulary, named: Mapping[str, Expansion]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.names = names
        self.named = named
        self.place = 0
        self.depth = 0

    def whole(self) -> Predicate:
        tree = self._predicate(self._either())
        if self.place < len(self.tokens):
            self._refuse(self.tokens[self.place])
        return tree

    def _peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _accept(self, *wanted: str) -> str:
        token = self._peek()
        if token and (token in wanted or (token.isalpha() and token.lower() in wanted)):
            self.place += 1
            return token.lower()
        return ""

    def _expect(self, wanted: str) -> None:
        if not self._accept(wanted):
            self._refuse(self._peek())

    def _refuse(self, token: str) -> NoReturn:
        shown = f"'{token}' in {self.text!r}" if token else f"something unfinished, {self.text!r}"
        raise ArgumentError(f"Argument 'predicate' must be {_EXAMPLE}, not {shown}.")

    def _predicate(self, value: Predicate | _Alternatives) -> Predicate:
        if isinstance(value, _Alternatives):
            self._refuse(self._peek())
        return value

    def _either(self) -> Predicate | _Alternatives:
        """either := both ("or" both)*"""
        first = self._both()
        if not self._is_next("or"):
            return first
        parts = [self._predicate(first)]
        while self._accept("or"):
            parts.append(self._predicate(self._both()))
        return AnyOf(tuple(parts))

    def _both(self) -> Predicate | _Alternatives:
        """both := factor ("and" factor)*"""
        first = self._factor()
        if not self._is_next("and"):
            return first
        parts = [self._predicate(first)]
        while self._accept("and"):
            parts.append(self._predicate(self._factor()))
        return AllOf(tuple(parts))

    def _is_next(self, word: str) -> bool:
        return self._peek().lower() == word

    def _factor(self) -> Predicate | _Alternatives:
        """factor := "not" factor | sum (operator sum)*"""
        if self._accept("not"):
            self._enter()
            inner = Not(self._predicate(self._factor()))
            self.depth -= 1
            return inner
        left = self._sum()
        parts = []
        while operator := self._accept(*OPERATORS):
            right = self._sum()
            parts.append(self._compared(left, operator, right))
            left = right
        return left if not parts else parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _compared(
        self, left: Predicate | _Alternatives, operator: str, right: Predicate | _Alternatives
    ) -> Predicate:
        quantifier, pairs = self._paired(left, right)
        comparisons = tuple(compare(a, operator, b) for a, b in pairs)
        if not quantifier:
            return comparisons[0]
        return AnyOf(comparisons) if quantifier == "some" else AllOf(comparisons)

    def _paired(
        self, left: Predicate | _Alternatives, right: Predicate | _Alternatives
    ) -> tuple[str, list[tuple[LinearForm, LinearForm]]]:
        if not isinstance(left, _Alternatives) or not isinstance(right, _Alternatives):
            raise ArgumentError(
                f"Argument 'predicate' must compare charges and numbers, not predicates: {self.text!r}."
            )
        quantifiers = {left.quantifier, right.quantifier} - {""}
        if len(quantifiers) > 1:
            raise ArgumentError(
                f"Argument 'predicate' must not mix some() and all() in a comparison, as {self.text!r} does."
            )
        if len(left.forms) * len(right.forms) > _WIDEST:
            raise ArgumentError(must_be("predicate", "a simpler combination of some() and all()", self.text))
        return "".join(quantifiers), list(product(left.forms, right.forms))

    def _sum(self) -> Predicate | _Alternatives:
        """sum := term (("+" | "-") term)*"""
        left = self._term()
        while sign := self._accept("+", "-"):
            quantifier, pairs = self._paired(left, self._term())
            factor = 1 if sign == "+" else -1
            left = _Alternatives(quantifier, tuple(combined((1, a), (factor, b)) for a, b in pairs))
        return left

    def _term(self) -> Predicate | _Alternatives:
        """term := unary ("*" unary)*, where all but one are numbers"""
        left = self._unary()
        while self._accept("*"):
            quantifier, pairs = self._paired(left, self._unary())
            left = _Alternatives(quantifier, tuple(self._product(a, b) for a, b in pairs))
        return left

    def _product(self, left: LinearForm, right: LinearForm) -> LinearForm:
        if left.terms and right.terms:
            raise ArgumentError(
                f"Argument 'predicate' must be linear in the charges, and {self.text!r} multiplies two."
            )
        number, form = (left, right) if not left.terms else (right, left)
        return combined((number.constant, form))

    def _unary(self) -> Predicate | _Alternatives:
        """unary := ("+" | "-") unary | "(" either ")" | number | some(species) | all(species) | name"""
        if sign := self._accept("+", "-"):
            self._enter()
            quantifier, pairs = self._paired(_NOTHING, self._unary())
            self.depth -= 1
            factor = 1 if sign == "+" else -1
            return _Alternatives(quantifier, tuple(combined((factor, form)) for _, form in pairs))
        if self._accept("("):
            self._enter()
            value = self._either()
            self.depth -= 1
            self._expect(")")
            return value
        token = self._peek()
        if token[:1].isdigit() or token[:1] == ".":
            return _Alternatives("", (LinearForm((), self._number()),))
        if not token.replace("_", "a").isalnum() or token.lower() in ("and", "or", "not"):
            self._refuse(token)
        self.place += 1
        return self._name(token)

    def _enter(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ArgumentError(must_be("predicate", f"nested at most {_DEEPEST} deep", self.text))

    def _number(self) -> Fraction:
        token = self._peek()
        if not (token[:1].isdigit() or token[:1] == "."):
            self._refuse(token)
        self.place += 1
        denominator = token.partition("/")[2]
        if denominator and int(denominator) == 0:
            raise ArgumentError(must_be("predicate", "free of zero denominators", self.text))
        return Fraction(token)

    def _name(self, name: str) -> Predicate | _Alternatives:
        charge = self.names.charge(name)
        if charge is not None:
            return _Alternatives("", (charge_form(charge),))
        if name.lower() in ("some", "all"):
            self._expect("(")
            families = self.names.families(self._peek())
            self.place += 1
            self._expect(")")
            return _Alternatives(name.lower(), tuple(map(charge_form, families)))
        expansion = self.named.get(name.lower())
        if expansion is None:
            known = ", ".join(self.names.charges)
            raise UnknownNameError(must_be("predicate", f"about the charges {known}", name))
        return expansion(self.names, self._arguments())

    def _arguments(self) -> tuple[Fraction, ...]:
        if not self._accept("("):
            return ()
        values = []
        while not self._accept(")"):
            sign = -1 if self._accept("-") else 1
            values.append(sign * self._number())
            if self._peek() != ")":
                self._expect(",")
        return tuple(values)
