"""Predicates by name: what a model builder asks of a solution, each with its exact definition.

The families of a catalogue are unlabelled, so every predicate here is a statement about some labelling:
"there are families of l and of e such that ...".  Families of different species are labelled independently
unless a Yukawa coupling ties them together.

Each predicate is written twice: as a tree in the language of `anomalies.atlas.predicates`, from which SQL is
made, and as a plain Python function of the charges of every species, close to its definition.  Tests compare
the two row by row.

A predicate without arguments does not change when all charges change sign.  One that takes the charge h of
the Higgs doublet does: it speaks of the representative in the catalogue, in its own normalisation (integers
without a common factor).  ADN's doublet has hypercharge -1/2, so that up quarks couple to H, and down quarks
and leptons to H^c:

    qbar_L u_R H : Q_q = Q_u + h,    qbar_L d_R H^c : Q_q = Q_d - h,    lbar_L e_R H^c : Q_l = Q_e - h.

Key results
-----------
NAMED : every predicate by its name

References
----------
ADN, arXiv:1909.02021, (2.1), (2.8).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import TypeAlias

from anomalies.atlas.predicates import (
    AllOf,
    AnyOf,
    LinearForm,
    Predicate,
    Vocabulary,
    charge_form,
    combined,
    compare,
)
from anomalies.errors import ArgumentError

__all__ = ["NAMED", "NamedPredicate", "expansions"]

# The charges of every species, in non-decreasing order.
Charges: TypeAlias = Mapping[str, Sequence[Fraction | int]]
_ZERO = LinearForm(())


@dataclass(frozen=True, slots=True)
class NamedPredicate:
    """A predicate with a name.

    Attributes
    ----------
    name : how it is written in a predicate.
    species : the species that a content must have for it.
    parameters : the names of its arguments.
    definition : what it means.
    tree : from the vocabulary and the arguments to a tree.
    decide : whether it holds of the charges of every species, given the arguments.
    """

    name: str
    species: tuple[str, ...]
    parameters: tuple[str, ...]
    definition: str
    tree: Callable[[Vocabulary, Sequence[Fraction]], Predicate]
    decide: Callable[[Charges, Sequence[Fraction]], bool]

    @property
    def usage(self) -> str:
        """The name with its arguments."""
        return f"{self.name}({', '.join(self.parameters)})" if self.parameters else self.name

    def expand(self, names: Vocabulary, arguments: Sequence[Fraction]) -> Predicate:
        """Return the tree, or refuse a content that lacks a species, or the wrong number of arguments."""
        if len(arguments) != len(self.parameters):
            raise ArgumentError(
                f"Argument 'predicate' must give {self.name} {len(self.parameters)} arguments, as in "
                f"{self.usage}, not {len(arguments)}."
            )
        known = {species for species, _ in names.species}
        missing = [species for species in self.species if species not in known]
        if missing:
            raise ArgumentError(
                f"Argument 'predicate' must be about the fields of the catalogue, and {self.name} needs "
                f"{', '.join(missing)}."
            )
        return self.tree(names, arguments)


def expansions() -> dict[str, Callable[[Vocabulary, Sequence[Fraction]], Predicate]]:
    """Return what every name expands to, for `parse_predicate`."""
    return {name: predicate.expand for name, predicate in NAMED.items()}


# ---------------------------------------------------------------- pieces


def _forms(names: Vocabulary, species: str) -> list[LinearForm]:
    return [charge_form(name) for name in names.families(species)]


def _equal(left: LinearForm, right: LinearForm) -> Predicate:
    return compare(left, "=", right)


def _universal(names: Vocabulary, *species: str) -> Predicate:
    """All charges of each species are equal."""
    parts = []
    for field in species:
        forms = _forms(names, field)
        pairs = [(forms[0], forms[-1])] if field in names.ordered else pairwise(forms)
        parts += [_equal(a, b) for a, b in pairs if a != b]
    return AllOf(tuple(parts))


def _neighbours(names: Vocabulary, field: str) -> list[tuple[LinearForm, LinearForm]]:
    """The pairs of charges of a species that may be equal without others between them being equal, too."""
    forms = _forms(names, field)
    return list(pairwise(forms) if field in names.ordered else combinations(forms, 2))


def _is_universal(charges: Charges, *species: str) -> bool:
    return all(len(set(charges[field])) == 1 for field in species)


def _matched(names: Vocabulary, left: str, right: str, shift: LinearForm) -> Predicate:
    """The charges of one species are those of the other, shifted, in some order."""
    first, second = _forms(names, left), _forms(names, right)
    if len(first) != len(second):
        return AnyOf(())
    if left in names.ordered and right in names.ordered:
        pairs = zip(first, second, strict=True)
        return AllOf(tuple(_equal(a, combined((1, b), (1, shift))) for a, b in pairs))
    return _some_matching(first, second, shift)


def _some_matching(left: list[LinearForm], right: list[LinearForm], shift: LinearForm) -> Predicate:
    if not left:
        return AllOf(())
    head, *tail = left
    return AnyOf(
        tuple(
            AllOf(
                (
                    _equal(head, combined((1, other), (1, shift))),
                    _some_matching(tail, _without(right, i), shift),
                )
            )
            for i, other in enumerate(right)
        )
    )


def _without(forms: list[LinearForm], index: int) -> list[LinearForm]:
    return forms[:index] + forms[index + 1 :]


def _same(left: Sequence[Fraction | int], right: Sequence[Fraction | int], shift: Fraction | int) -> bool:
    return sorted(left) == sorted(value + shift for value in right)


# left species, right species, sign of h: left = right + sign h
_UP, _DOWN, _LEPTON = ("q", "u", 1), ("q", "d", -1), ("l", "e", -1)


def _yukawa(names: Vocabulary, coupling: tuple[str, str, int], higgs: LinearForm) -> Predicate:
    left, right, sign = coupling
    return _matched(names, left, right, combined((sign, higgs)))


def _yukawa_predicate(name: str, coupling: tuple[str, str, int], words: str) -> NamedPredicate:
    left, right, sign = coupling
    return NamedPredicate(
        name,
        (left, right),
        ("h",),
        f"{words}: the families can be paired so that every pair has a Yukawa coupling to a Higgs doublet of "
        f"charge h, Q_{left} = Q_{right} {'+' if sign > 0 else '-'} h.",
        lambda names, arguments: _yukawa(names, coupling, LinearForm((), arguments[0])),
        lambda charges, arguments: _same(charges[left], charges[right], sign * arguments[0]),
    )


def _only_higgs(names: Vocabulary) -> LinearForm:
    """The only h for which up quarks can have Yukawa couplings: the mean of Q_q minus that of Q_u.

    Where charges are in order, it is also the difference of the smallest ones.
    """
    quarks, ups = _forms(names, "q"), _forms(names, "u")
    if {"q", "u"} <= set(names.ordered):
        return combined((1, quarks[0]), (-1, ups[0]))
    return combined(
        *((Fraction(1, len(quarks)), form) for form in quarks),
        *((Fraction(-1, len(ups)), form) for form in ups),
    )


def _all_yukawas(names: Vocabulary, _: Sequence[Fraction]) -> Predicate:
    higgs = _only_higgs(names)
    return AllOf(tuple(_yukawa(names, coupling, higgs) for coupling in (_UP, _DOWN, _LEPTON)))


def _has_all_yukawas(charges: Charges, _: Sequence[Fraction]) -> bool:
    candidates = {q - u for q in charges["q"] for u in charges["u"]}
    return any(
        all(_same(charges[a], charges[b], sign * h) for a, b, sign in (_UP, _DOWN, _LEPTON))
        for h in candidates
    )


# ---------------------------------------------------------------- leptons


def _vectorlike_muon(names: Vocabulary, _: Sequence[Fraction]) -> Predicate:
    pairs = product(_forms(names, "l"), _forms(names, "e"))
    return AnyOf(tuple(AllOf((_equal(a, b), compare(a, "<>", _ZERO))) for a, b in pairs))


def _no_electron_coupling(names: Vocabulary, _: Sequence[Fraction]) -> Predicate:
    return AllOf(
        tuple(AnyOf(tuple(_equal(form, _ZERO) for form in _forms(names, field))) for field in ("l", "e"))
    )


def _different(names: Vocabulary, _: Sequence[Fraction]) -> Predicate:
    pairs = _neighbours(names, "l") + _neighbours(names, "e")
    return AllOf(tuple(compare(a, "<>", b) for a, b in pairs))


# ---------------------------------------------------------------- quarks and whole models


def _two_equal_quark_families(names: Vocabulary, _: Sequence[Fraction]) -> Predicate:
    return AllOf(
        tuple(AnyOf(tuple(_equal(a, b) for a, b in _neighbours(names, field))) for field in ("q", "u", "d"))
    )


def _decide_two_equal(charges: Charges, _: Sequence[Fraction]) -> bool:
    return all(len(set(charges[field])) < len(charges[field]) for field in ("q", "u", "d"))


def _gauged_accidental(names: Vocabulary, arguments: Sequence[Fraction]) -> Predicate:
    return AllOf((_universal(names, "q", "u", "d"), _all_yukawas(names, arguments)))


def _is_gauged_accidental(charges: Charges, _: Sequence[Fraction]) -> bool:
    """Solve (2.8) for a_Y and the a_i, and compare every charge with B, L_i and Y of its field."""
    a_y = Fraction(2) * (charges["u"][0] - charges["q"][0])
    leptons = [value + a_y / 2 for value in charges["l"]]
    baryon = -sum(leptons, Fraction(0)) / 3
    expected = {
        "q": [baryon / 3 + a_y / 6] * len(charges["q"]),
        "u": [baryon / 3 + a_y * 2 / 3] * len(charges["u"]),
        "d": [baryon / 3 - a_y / 3] * len(charges["d"]),
        "e": [a - a_y for a in leptons],
    }
    return all(_same(charges[field], values, 0) for field, values in expected.items())


# B-L and hypercharge, species by species.
_B_MINUS_L = {"q": "1/3", "u": "1/3", "d": "1/3", "l": "-1", "e": "-1", "nu": "-1"}
_HYPERCHARGE = {"q": "1/6", "u": "2/3", "d": "-1/3", "l": "-1/2", "e": "-1", "nu": "0"}


def _b_minus_l(names: Vocabulary, _: Sequence[Fraction]) -> Predicate:
    """Universal charges, with a = 2 (Q_u - Q_q) and b = -Q_nu in a Y + b (B-L), and b not zero."""
    first = {field: _forms(names, field)[0] for field in _B_MINUS_L}
    a = combined((2, first["u"]), (-2, first["q"]))
    b = combined((-1, first["nu"]))
    shape = [
        _equal(first[field], combined((Fraction(_HYPERCHARGE[field]), a), (Fraction(_B_MINUS_L[field]), b)))
        for field in _B_MINUS_L
    ]
    return AllOf((_universal(names, *_B_MINUS_L), *shape, compare(b, "<>", _ZERO)))


def _contains_b_minus_l(charges: Charges, _: Sequence[Fraction]) -> bool:
    """Whether X and Y are independent and X, Y, B-L are not: by 2 x 2 and 3 x 3 minors."""
    vectors = {
        (Fraction(x), Fraction(_HYPERCHARGE[field]), Fraction(_B_MINUS_L[field]))
        for field in _B_MINUS_L
        for x in charges[field]
    }
    independent = any(a[0] * b[1] != a[1] * b[0] for a, b in product(vectors, repeat=2))
    return independent and not any(_determinant(a, b, c) for a, b, c in product(vectors, repeat=3))


def _determinant(a: Sequence[Fraction], b: Sequence[Fraction], c: Sequence[Fraction]) -> Fraction:
    return (
        a[0] * (b[1] * c[2] - b[2] * c[1])
        - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0])
    )


def _simple(
    name: str,
    species: str,
    definition: str,
    tree: Callable[[Vocabulary, Sequence[Fraction]], Predicate],
    decide: Callable[[Charges, Sequence[Fraction]], bool],
) -> NamedPredicate:
    return NamedPredicate(name, tuple(species.split()), (), definition, tree, decide)


_ALL = (
    _simple(
        "vectorlike_muon",
        "l e",
        "Some family of l and some family of e have the same charge, not zero: a lepton that may be "
        "called the muon couples to X as a vector.",
        _vectorlike_muon,
        lambda charges, _: any(value != 0 for value in set(charges["l"]) & set(charges["e"])),
    ),
    _simple(
        "no_electron_coupling",
        "l e",
        "Some family of l and some family of e have charge zero: they may be called the electron.",
        _no_electron_coupling,
        lambda charges, _: 0 in charges["l"] and 0 in charges["e"],
    ),
    _simple(
        "different_lepton_families",
        "l e",
        "The charges of l are pairwise different, and so are those of e.",
        _different,
        lambda charges, _: all(len(set(charges[field])) == len(charges[field]) for field in ("l", "e")),
    ),
    _simple(
        "universal_first_two_quark_families",
        "q u d",
        "In each of q, u and d two families have the same charge: they may be called the first two.",
        _two_equal_quark_families,
        _decide_two_equal,
    ),
    _simple(
        "universal_quarks",
        "q u d",
        "In each of q, u and d all families have the same charge.",
        lambda names, _: _universal(names, "q", "u", "d"),
        lambda charges, _: _is_universal(charges, "q", "u", "d"),
    ),
    _simple(
        "universal_leptons",
        "l e",
        "In each of l and e all families have the same charge.",
        lambda names, _: _universal(names, "l", "e"),
        lambda charges, _: _is_universal(charges, "l", "e"),
    ),
    _yukawa_predicate("yukawas_up", _UP, "Up quarks get masses"),
    _yukawa_predicate("yukawas_down", _DOWN, "Down quarks get masses"),
    _yukawa_predicate("yukawas_charged_lepton", _LEPTON, "Charged leptons get masses"),
    _simple(
        "yukawas",
        "q u d l e",
        "For some charge h of the Higgs: yukawas_up(h), yukawas_down(h) and yukawas_charged_lepton(h).",
        _all_yukawas,
        _has_all_yukawas,
    ),
    _simple(
        "is_gauged_accidental",
        "q u d l e",
        "Up to the charges of nu, X is of the form T_X of ADN (2.8), a sum of a_i L_i, -(sum a_i)/3 B and "
        "a_Y Y.  For anomaly-free charges that is the same as universal quark charges and yukawas.",
        _gauged_accidental,
        _is_gauged_accidental,
    ),
    _simple(
        "contains_b_minus_l",
        "q u d l e nu",
        "B-L is a combination of X and hypercharge: X = a Y + b (B-L) with b not zero.",
        _b_minus_l,
        _contains_b_minus_l,
    ),
    _simple(
        "neutral_dark_sector",
        "nu",
        "Every nu has charge zero.",
        lambda names, _: AllOf(tuple(_equal(form, _ZERO) for form in _forms(names, "nu"))),
        lambda charges, _: not any(charges["nu"]),
    ),
    _simple(
        "hypercharge_only",
        "q u d l e",
        "X is a multiple of hypercharge on q, u, d, l and e, zero included.",
        lambda names, _: _hypercharge_only(names),
        lambda charges, _: all(
            value == Fraction(_HYPERCHARGE[field]) * 6 * charges["q"][0]
            for field in "qudle"
            for value in charges[field]
        ),
    ),
)


def _hypercharge_only(names: Vocabulary) -> Predicate:
    unit = combined((6, _forms(names, "q")[0]))
    return AllOf(
        tuple(
            _equal(form, combined((Fraction(_HYPERCHARGE[field]), unit)))
            for field in "qudle"
            for form in _forms(names, field)
        )
    )


NAMED: Mapping[str, NamedPredicate] = {predicate.name: predicate for predicate in _ALL}
