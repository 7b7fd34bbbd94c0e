r"""Irreducible representations, and the numbers by which they enter an anomaly.

A representation is a highest weight, given by its Dynkin labels in Bourbaki's numbering of the nodes;
Weyl's formulas over the root system turn it into numbers.

Key results
-----------
irrep : a representation by Dynkin labels, or by its dimension where that determines it
dimension, dynkin_index, cubic_coefficient : the numbers that multiply charges in a triangle
reality, conjugate, witten_parity : what distinguishes R from its conjugate, and Witten's global anomaly

References
----------
N. Bourbaki, Groupes et algebres de Lie, ch. VI, plates I-IX (numbering of the nodes)
J. E. Humphreys, Introduction to Lie Algebras and Representation Theory (1972), section 24.3
R. Slansky, Phys. Rept. 79 (1981) 1 (physicists' tables: indices, congruency classes)
S. Okubo, Phys. Rev. D 16 (1977) 3528; J. Banks and H. Georgi, Phys. Rev. D 14 (1976) 1159 (cubic index)
E. Witten, Phys. Lett. B 117 (1982) 324 (global anomaly)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, Literal, TypeAlias, TypeVar

from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentTypeError, RepresentationError, must_be
from anomalies.exact import as_integer
from anomalies.groups.gauge import SimpleGroup
from anomalies.groups.roots import Weight, level_vector, pairing, positive_roots

__all__ = [
    "Irrep",
    "conjugate",
    "cubic_coefficient",
    "dimension",
    "dynkin_index",
    "has_cubic_anomaly",
    "has_witten_anomaly",
    "irrep",
    "irreps_of_dimension",
    "reality",
    "witten_parity",
]

Reality: TypeAlias = Literal["real", "pseudoreal", "complex"]
_Value = TypeVar("_Value")

_LARGEST_DIMENSION = 100_000  # that a search by dimension accepts
_LARGEST_NAMED = 1000  # the largest dimension that an irrep is called by in print

_SPEC = re.compile(
    r"(?P<dimension>[0-9]{1,9})(?P<bar>bar)?|\(\s*(?P<labels>[0-9]+(?:\s*,\s*[0-9]+)*)\s*\)", re.ASCII
)
_SPEC_EXAMPLE = "a dimension such as 3 or '3bar', or Dynkin labels such as (1, 0)"


def _must_be_group(group: object) -> None:
    if not isinstance(group, SimpleGroup):
        raise ArgumentTypeError(must_be("group", "a simple group such as SU(3)", group))


@dataclass(frozen=True, slots=True, repr=False)
class Irrep(Printable):
    """An irreducible representation of a simple group, by the Dynkin labels of its highest weight.

    Prints as `irrep` reads it: by its dimension where that determines it up to conjugation and is at most
    1000, by its labels otherwise.

    >>> from anomalies.groups import SU
    >>> Irrep(SU(3), (0, 1)), Irrep(SU(3), (2, 1))
    (3bar, (2, 1))
    """

    group: SimpleGroup
    labels: Weight

    def __post_init__(self) -> None:
        """Check that there are as many labels as nodes, and no negative one."""
        _must_be_group(self.group)
        if not isinstance(self.labels, tuple) or not all(type(label) is int for label in self.labels):
            raise ArgumentTypeError(must_be("labels", "a tuple of integers", self.labels))
        if len(self.labels) != self.group.rank or min(self.labels) < 0:
            expected = f"{self.group.rank} non-negative Dynkin labels for {self.group}"
            raise RepresentationError(must_be("labels", expected, self.labels))

    @property
    def is_trivial(self) -> bool:
        """Whether this is the singlet."""
        return not any(self.labels)

    def _sympystr(self, printer: Any) -> str:
        if _is_named(self):
            return f"{dimension(self)}{'' if _is_unbarred(self) else 'bar'}"
        return f"({', '.join(map(str, self.labels))})"

    def _latex(self, printer: Any) -> str:
        number = rf"\mathbf{{{dimension(self)}}}"
        if not _is_named(self):
            return f"{number}_{{({','.join(map(str, self.labels))})}}"
        return number if _is_unbarred(self) else rf"\overline{{{number}}}"


def irrep(group: SimpleGroup, spec: object) -> Irrep:
    """Return the irreducible representation of `group` that `spec` describes.

    Of a complex pair, the one without the bar is

    * for SU(n >= 4) the one of smaller n-ality sum_k k label_k mod n, so that 5 x 10bar contains 45bar and
      45 = (0, 1, 0, 1), as in grand unification; when both have the same, and for SU(3) and E6 always, the
      one with the lexicographically larger labels: 6 = (2, 0) of SU(3), 27 = (1, 0, 0, 0, 0, 0) of E6;
    * for SO(4k + 2), k >= 2, the one in the congruency class of (0, ..., 0, 1), and between tensors the one
      with the larger last label: of SO(10), 16 = (0, 0, 0, 0, 1), 126 = (0, 0, 0, 0, 2) and
      144 = (1, 0, 0, 1, 0).

    SO(6) follows SU(4).  Where tables differ, labels leave no doubt.

    Parameters
    ----------
    group : the simple group.
    spec : Dynkin labels (a tuple, or text "(1, 0)"); a dimension up to 100000 (an integer, or text "3",
        "3bar") that belongs to one representation only, up to conjugation; or an `Irrep` of this group.

    Raises
    ------
    RepresentationError
        If there is no such representation, or several: the message lists their labels.

    >>> from anomalies.groups import SU
    >>> irrep(SU(5), "10bar").labels
    (0, 0, 1, 0)
    >>> irrep(SU(3), 15)
    Traceback (most recent call last):
        ...
    anomalies.errors.RepresentationError: SU(3) has several irreps of dimension 15: write (2, 1) or (4, 0).
    """
    _must_be_group(group)
    if isinstance(spec, Irrep):
        if spec.group != group:
            raise RepresentationError(
                must_be("spec", f"a representation of {group}", f"{spec} of {spec.group}")
            )
        return spec
    if isinstance(spec, tuple | list):
        return Irrep(group, tuple(as_integer(label, f"spec[{i}]", 0) for i, label in enumerate(spec)))
    if hasattr(spec, "__index__"):
        return _of_dimension(group, as_integer(spec, "spec", 1), bar=False)
    if not isinstance(spec, str):
        raise ArgumentTypeError(must_be("spec", _SPEC_EXAMPLE, spec))
    match = _SPEC.fullmatch(spec.strip())
    if match is None:
        raise RepresentationError(must_be("spec", _SPEC_EXAMPLE, spec))
    if match["labels"]:
        return irrep(group, match["labels"].split(","))
    return _of_dimension(group, as_integer(match["dimension"], "spec", 1), bar=bool(match["bar"]))


def _of_dimension(group: SimpleGroup, target: int, bar: bool) -> Irrep:
    """The representation of that dimension without a bar, or its conjugate."""
    classes = [candidate for candidate in irreps_of_dimension(group, target) if _is_unbarred(candidate)]
    if not classes:
        raise RepresentationError(f"{group} has no irreducible representation of dimension {target}.")
    if len(classes) > 1:
        raise RepresentationError(
            f"{group} has several irreps of dimension {target}: "
            f"write {' or '.join(str(candidate.labels) for candidate in classes)}."
        )
    (found,) = classes
    if bar and conjugate(found) == found:
        raise RepresentationError(
            f"The representation of {group} of dimension {target} is its own conjugate: "
            f"write '{target}', not '{target}bar'."
        )
    return conjugate(found) if bar else found


def irreps_of_dimension(group: SimpleGroup, target: int) -> tuple[Irrep, ...]:
    """Return every irreducible representation of dimension `target`, 1 to 100000, by ascending labels.

    The dimension increases strictly with each Dynkin label, so the search is finite and complete.

    >>> from anomalies.groups import SO
    >>> [irrep.labels for irrep in irreps_of_dimension(SO(8), 8)]
    [(0, 0, 0, 1), (0, 0, 1, 0), (1, 0, 0, 0)]
    """
    _must_be_group(group)
    if as_integer(target, "target", 1) > _LARGEST_DIMENSION:
        raise RepresentationError(
            f"Argument 'target' must be at most {_LARGEST_DIMENSION}, not {target}: write the Dynkin labels."
        )
    return _irreps_of_dimension(group, as_integer(target, "target"))


@lru_cache(maxsize=1024)
def _irreps_of_dimension(group: SimpleGroup, target: int) -> tuple[Irrep, ...]:
    units = [tuple(int(i == j) for j in range(group.rank)) for i in range(group.rank)]
    nodes = [node for node, unit in enumerate(units) if dimension(Irrep(group, unit)) <= target]
    return tuple(Irrep(group, labels) for labels in _search(group, (0,) * group.rank, nodes, target))


def _search(group: SimpleGroup, labels: Weight, nodes: list[int], target: int) -> Iterator[Weight]:
    """Yield the labels of dimension `target` that agree with `labels` except on `nodes`."""
    if not nodes:
        if _dimension(group, labels) == target:
            yield labels
        return
    node, *rest = nodes

    def size(label: int) -> int:
        return _dimension(group, _replaced(labels, node, label))

    if rest:
        label = 0
        while size(label) <= target:
            yield from _search(group, _replaced(labels, node, label), rest, target)
            label += 1
    else:  # size(label) > label, so that the last label is below the target
        yield from _search(
            group, _replaced(labels, node, bisect_left(range(target), target, key=size)), rest, target
        )


def _replaced(labels: Weight, node: int, label: int) -> Weight:
    return (*labels[:node], label, *labels[node + 1 :])


def _is_unbarred(representation: Irrep) -> bool:
    """Whether the representation is real or pseudoreal, or the unbarred one of its pair."""
    return _bar_key(representation) >= _bar_key(conjugate(representation))


def _bar_key(representation: Irrep) -> Weight:
    group, labels = representation.group, representation.labels
    if has_cubic_anomaly(group):
        labels = _unitary_labels(representation)
        ality = sum(k * label for k, label in enumerate(labels, 1)) % (group.rank + 1)
        return labels if group.rank == 2 else (-ality, *labels)
    if group.series != "D":
        return labels
    # Slansky's congruency number mod 4, odd for spinors; conjugation changes it by 2.
    number = 2 * sum(labels[:-2:2]) + (group.rank - 2) * labels[-2] + group.rank * labels[-1]
    return (int((number - group.rank) % 4 == 0), labels[-1])


@lru_cache(maxsize=4096)
def _is_named(representation: Irrep) -> bool:
    """Whether the dimension, at most 1000, determines the representation up to conjugation."""
    size = dimension(representation)
    return size <= _LARGEST_NAMED and set(irreps_of_dimension(representation.group, size)) == {
        representation,
        conjugate(representation),
    }


def _of_irrep(function: Callable[[Irrep], _Value]) -> Callable[[Irrep], _Value]:
    """Cache a function of an irrep, and refuse anything else at the border."""
    cached = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def checked(irrep: Irrep) -> _Value:
        if not isinstance(irrep, Irrep):
            raise ArgumentTypeError(must_be("irrep", "an Irrep, which irrep(group, ...) returns", irrep))
        return cached(irrep)

    return checked


def _dimension(group: SimpleGroup, labels: Weight) -> int:
    numerator = denominator = 1
    for root in positive_roots(group.series, group.rank):
        rho = sum(root.covector)
        numerator *= rho + pairing(root.covector, labels)
        denominator *= rho
    return numerator // denominator


@_of_irrep
def dimension(irrep: Irrep) -> int:
    """Return dim R = product over beta > 0 of (lambda + rho, beta)/(rho, beta) (Humphreys, section 24.3).

    >>> from anomalies.groups import exceptional
    >>> dimension(Irrep(exceptional("E8"), (0, 0, 0, 0, 0, 0, 0, 1)))
    248
    """
    return _dimension(irrep.group, irrep.labels)


@_of_irrep
def dynkin_index(irrep: Irrep) -> int:
    """Return 2 T(R) = dim R (lambda, lambda + 2 rho) / dim G, with long roots of squared length 2.

    1 for the fundamental of SU(n) and Sp(2n), 2 for the vector of SO(n >= 5), and twice the dual Coxeter
    number for the adjoint.

    >>> from anomalies.groups import SO, SU
    >>> dynkin_index(irrep(SU(5), 10)), dynkin_index(irrep(SO(10), 16)), dynkin_index(irrep(SU(3), 8))
    (3, 4, 6)
    """
    roots = positive_roots(irrep.group.series, irrep.group.rank)
    highest = roots[-1].labels
    shifted = tuple(label + 2 for label in irrep.labels)

    # Sum over beta of (mu, beta)(beta, nu) is invariant under the Weyl group, hence proportional to (mu, nu).
    def product(left: Weight, right: Weight) -> int:
        return sum(pairing(root.covector, left) * pairing(root.covector, right) for root in roots)

    order = 2 * len(roots) + irrep.group.rank
    return 2 * dimension(irrep) * product(irrep.labels, shifted) // (order * product(highest, highest))


@_of_irrep
def cubic_coefficient(irrep: Irrep) -> int:
    """Return A(R), Tr_R {T_a, T_b} T_c = A(R) Tr_F {T_a, T_b} T_c; 0 where there is no cubic invariant.

    A(R) = (dim R / n) p(lambda)/p(lambda_F) for SU(n), n >= 3, where p is the sum of the cubes of the
    coordinates of lambda + rho along the n axes, shifted to sum zero.  That is exact because the cubic
    Casimir is a polynomial of degree 3 in lambda + rho, symmetric under the Weyl group S_n and odd under
    conjugation, and the sum of cubes is the only one, up to a factor.

    SO(6) is read as SU(4) with 4 = (0, 0, 1), so A(0, 0, 1) = 1 and A(0, 1, 0) = -1.

    >>> from anomalies.groups import SU
    >>> cubic_coefficient(irrep(SU(5), "5bar")) + cubic_coefficient(irrep(SU(5), 10))
    0
    """
    if not has_cubic_anomaly(irrep.group):
        return 0
    labels = _unitary_labels(irrep)
    fundamental = (1,) + (0,) * (len(labels) - 1)
    return dimension(irrep) * _sum_of_cubes(labels) // ((len(labels) + 1) * _sum_of_cubes(fundamental))


def _unitary_labels(irrep: Irrep) -> Weight:
    """The labels as a representation of SU(n); the vector node of D3 is the middle node of A3."""
    if irrep.group.series == "D":
        vector, left, right = irrep.labels
        return (right, vector, left)
    return irrep.labels


def _sum_of_cubes(labels: Weight) -> int:
    n = len(labels) + 1
    rows = [sum(label + 1 for label in labels[i:]) for i in range(n)]
    return sum((n * row - sum(rows)) ** 3 for row in rows)


@_of_irrep
def conjugate(irrep: Irrep) -> Irrep:
    """Return the complex conjugate representation, of highest weight -w_0 lambda.

    The longest Weyl group element w_0 is -1 except for A_n, D_n with n odd, and E6, where -w_0 is the
    reflection of the Dynkin diagram (Bourbaki, plates I-IX).

    >>> from anomalies.groups import SU
    >>> conjugate(irrep(SU(3), "6"))
    6bar
    """
    series, labels = irrep.group.series, irrep.labels
    if series == "A":
        labels = labels[::-1]
    elif series == "D" and irrep.group.rank % 2:
        labels = (*labels[:-2], labels[-1], labels[-2])
    elif (series, irrep.group.rank) == ("E", 6):
        labels = tuple(labels[node] for node in (5, 1, 4, 3, 2, 0))
    return Irrep(irrep.group, labels)


@_of_irrep
def reality(irrep: Irrep) -> Reality:
    """Return "real", "pseudoreal" or "complex": whether R has an invariant bilinear form, and its symmetry.

    A self-conjugate R is real if the sum over beta > 0 of 2(lambda, beta)/(beta, beta) is even, and
    pseudoreal if it is odd (Bourbaki, ch. VIII, section 7.5).

    >>> from anomalies.groups import SU
    >>> [reality(irrep(SU(2), n)) for n in (2, 3)], reality(irrep(SU(3), 3))
    (['pseudoreal', 'real'], 'complex')
    """
    if conjugate(irrep) != irrep:
        return "complex"
    level = pairing(level_vector(irrep.group.series, irrep.group.rank), irrep.labels)
    return "pseudoreal" if level % 2 else "real"


def has_cubic_anomaly(group: SimpleGroup) -> bool:
    """Whether the group has a cubic invariant: SU(n >= 3), and SO(6), which is SU(4).

    >>> from anomalies.groups import SO, SU, exceptional
    >>> [has_cubic_anomaly(group) for group in (SU(2), SU(3), SO(6), SO(10), exceptional("E6"))]
    [False, True, True, False, False]
    """
    _must_be_group(group)
    return (group.series == "A" and group.rank > 1) or (group.series, group.rank) == ("D", 3)


def has_witten_anomaly(group: SimpleGroup) -> bool:
    """Whether the fourth homotopy group is Z_2, so that Witten's global anomaly exists: Sp(2n) only.

    That includes SU(2) = Sp(2), and the simply connected covers of SO(3) and of SO(5), which is Sp(4).

    >>> from anomalies.groups import SO, SU, Sp
    >>> [has_witten_anomaly(group) for group in (SU(2), Sp(6), SO(5), SU(3), SO(7))]
    [True, True, True, False, False]
    """
    _must_be_group(group)
    return group.series == "C" or (group.series, group.rank) in {("A", 1), ("B", 2)}


@_of_irrep
def witten_parity(irrep: Irrep) -> int:
    """Return 2 T(R) mod 2, which a Weyl fermion in R adds to Witten's anomaly; 0 for groups without it.

    >>> from anomalies.groups import SU
    >>> [witten_parity(irrep(SU(2), n)) for n in (1, 2, 3, 4)]
    [0, 1, 0, 0]
    """
    return dynkin_index(irrep) % 2 if has_witten_anomaly(irrep.group) else 0
