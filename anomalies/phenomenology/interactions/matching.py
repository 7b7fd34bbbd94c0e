r"""Tree-level matching: neutral vector bosons are integrated out, and four-fermion operators are left.

Vector bosons V_a couple to currents, L = sum_a g_a V_a J_a, with J_a = sum_B c_a(B) B a sum of bilinears
B = fbar_i gamma f_j, or H^dagger i D H - (i D H)^dagger H for a scalar.  At energies below the masses

    L_eff = -1/2 sum_ab P_ab J_a J_b,

where P = g M^-2 g is the exchange matrix.  One boson has P = g^2 / m^2.  Where the masses come from scalars
with <S> = v_S / sqrt(2), M^2 = g (sum_S v_S^2 q_S q_S^T) g with q_S the charges of the neutral component of
S, and the gauge couplings drop out: P = (sum_S v_S^2 q_S q_S^T)^-1.

The symmetry factor is easily lost: one current gives the operator B B' the coefficient -P c(B) c(B') if B
and B' differ, because both orders occur in J^2, and -P c(B)^2 / 2 if they are equal.

Key results
-----------
Bilinear, Current, current_of : currents of any content, with flavour-violating entries
exchange_matrix : P from vacuum expectation values and charges
operator_coefficient : the coefficient of one operator, in the Lagrangian or in the Hamiltonian
higgs_operators : the operators phiD and phiBox of a charged Higgs doublet

References
----------
ADN, arXiv:1909.02021, (4.1), (5.2); B. Grzadkowski et al., arXiv:1008.4884, for the names of the operators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from sympy import ImmutableMatrix, Integer, Matrix, cancel, sympify
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be
from anomalies.exact import as_integer
from anomalies.fields import Chirality, FieldContent, FieldName, as_content

__all__ = [
    "Bilinear",
    "Current",
    "Form",
    "coupling_matrices",
    "current_of",
    "exchange_matrix",
    "form_sign",
    "higgs_operators",
    "operator_coefficient",
]

Form: TypeAlias = Literal["hamiltonian", "lagrangian"]
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, repr=False, order=True)
class Bilinear(Printable):
    """fbar_i gamma_mu f_j for a fermion; phi^dagger i D_mu phi - (i D_mu phi)^dagger phi for a scalar.

    Attributes
    ----------
    field : the name of the field, "q" or "H".
    first, second : the families i and j from 1; both 0 for a scalar.

    Examples
    --------
    >>> Bilinear("q", 2, 3), Bilinear("q", 2, 3).conjugate()
    (qbar^2 q^3, qbar^3 q^2)
    """

    field: str
    first: int = 0
    second: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.field, str) or not self.field:
            raise ArgumentTypeError(must_be("field", "the name of a field", self.field))
        for name in ("first", "second"):
            as_integer(getattr(self, name), name, 0)
        if (self.first == 0) != (self.second == 0):
            raise ArgumentError(must_be("second", "0 exactly if 'first' is", self.second))

    @property
    def is_scalar(self) -> bool:
        """True for the current of a scalar."""
        return self.first == 0

    def conjugate(self) -> Bilinear:
        """Return the Hermitian conjugate."""
        return Bilinear(self.field, self.second, self.first)

    def _sympystr(self, printer: Any) -> str:
        if self.is_scalar:
            return f"{self.field}^dagger i D {self.field}"
        return f"{self.field}bar^{self.first} {self.field}^{self.second}"

    def _latex(self, printer: Any) -> str:
        name = printer._print(FieldName(self.field))
        if self.is_scalar:
            return rf"{name}^\dagger i \overleftrightarrow{{D}} {name}"
        return rf"\bar{{{name}}}^{{{self.first}}} \gamma {name}^{{{self.second}}}"


@dataclass(frozen=True, slots=True)
class Current:
    """A Hermitian sum of bilinears, J = sum_B c(B) B; use `current_of`, or give the pairs (B, c(B)).

    Raises `ArgumentError` if a bilinear occurs twice.
    """

    terms: tuple[tuple[Bilinear, Any], ...]

    def __post_init__(self) -> None:
        named = [bilinear for bilinear, _ in self.terms]
        if len(set(named)) < len(named):
            raise ArgumentError(must_be("terms", "pairs with different bilinears", self.terms))

    def coefficient(self, bilinear: Bilinear) -> Any:
        """Return c(B), 0 if B does not occur."""
        return dict(self.terms).get(bilinear, Integer(0))

    def bilinears(self, field: str) -> tuple[Bilinear, ...]:
        """Return the bilinears of one field that occur, in order."""
        return tuple(bilinear for bilinear, _ in self.terms if bilinear.field == field)


def current_of(
    content: FieldContent,
    factor: str = "X",
    *,
    mixed: Mapping[str, Any] | None = None,
    scalars: Sequence[str] = (),
) -> Current:
    """Return the current of a U(1): the charges of a content, rotated where flavours mix.

    Parameters
    ----------
    content : its chiral fermions are in the current, its vector-like ones, which are heavy, are not.
    factor : the name of the U(1).
    mixed : for fields whose mass and charge eigenstates differ, the Hermitian matrix of couplings in place
        of the diagonal one, {"q": L}: ADN (3.8).
    scalars : the light scalars in the current, ("H",).

    Examples
    --------
    >>> from anomalies import standard_model
    >>> current = current_of(standard_model(families=1, right_handed_neutrinos=0), scalars=["H"])
    >>> current.coefficient(Bilinear("e", 1, 1)), current.coefficient(Bilinear("H"))
    (Q_e, Q_H)
    """
    place = as_content(content).place_of(factor)
    terms: list[tuple[Bilinear, Any]] = []
    for name, couplings in coupling_matrices(content, factor, mixed).items():
        families = range(couplings.rows)
        terms += [(Bilinear(name, i + 1, j + 1), couplings[i, j]) for i in families for j in families]
    for name in scalars:
        field = content.multiplet(name)
        if field.chirality is not Chirality.SCALAR:
            raise ArgumentError(must_be("scalars", "names of scalars", name))
        terms.append((Bilinear(name), field.charges[place][0]))
    return Current(tuple((bilinear, value) for bilinear, value in terms if value != 0))


def coupling_matrices(
    content: FieldContent, factor: str = "X", mixed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the Hermitian matrix of couplings of each chiral fermion, diagonal where nothing mixes.

    The arguments are those of `current_of`.

    Raises
    ------
    UnknownNameError : `mixed` names something else than a chiral fermion.
    ArgumentError : a matrix does not fit the families, or is a matrix of numbers that is not Hermitian.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> coupling_matrices(standard_model(families=2, universal=["q"]))["q"]
    Matrix([
    [Q_q,   0],
    [  0, Q_q]])
    """
    place = as_content(content).place_of(factor)
    rotated = dict(mixed or {})
    fermions = {f.name: f for f in content.multiplets if f.chirality in (Chirality.LEFT, Chirality.RIGHT)}
    for name in rotated.keys() - fermions.keys():
        raise UnknownNameError(
            must_be("mixed", f"keyed by chiral fermions among {', '.join(sorted(fermions))}", name)
        )
    result = {}
    for name, field in fermions.items():
        matrix = ImmutableMatrix(rotated.get(name, Matrix.diag(*field.charges[place])))
        if matrix.shape != (field.families, field.families):
            expected = f"a {field.families} x {field.families} matrix"
            raise ArgumentError(must_be(f"mixed['{name}']", expected, rotated[name]))
        if name in rotated and not matrix.free_symbols and _asymmetry(matrix) > _ROUNDING:
            raise ArgumentError(must_be(f"mixed['{name}']", "a Hermitian matrix", rotated[name]))
        result[name] = matrix
    return result


def _asymmetry(matrix: Any) -> float:
    """The largest entry of M - M^dagger over the largest of M."""
    size = max(abs(complex(entry)) for entry in matrix)
    return max(abs(complex(entry)) for entry in matrix - matrix.H) / size if size else 0.0


def form_sign(as_: Form) -> int:
    """Return -1 for "hamiltonian" and +1 for "lagrangian": H_eff = -L_eff.

    There is no default anywhere: ADN print Hamiltonian coefficients as the ones of a Lagrangian,
    (4.1)-(4.5).

    >>> form_sign("hamiltonian")
    -1
    """
    if as_ not in get_args(Form):
        raise ArgumentError(must_be("as_", "'hamiltonian' or 'lagrangian'", as_))
    return -1 if as_ == "hamiltonian" else 1


def exchange_matrix(vevs: Sequence[tuple[Any, Sequence[Any]]]) -> ImmutableMatrix:
    """Return P = (sum_S v_S^2 q_S q_S^T)^-1, by which currents exchange massive vector bosons.

    Parameters
    ----------
    vevs : for each scalar, v_S with <S> = v_S / sqrt(2), and the charges of its neutral component under
        every boson.  No boson may stay massless: leave the photon out.

    Raises `ArgumentError` if a combination of the bosons stays massless.

    Examples
    --------
    The Z and the Z' of ADN: H has weak charge 1/2 and X charge -a_Y/2, Phi has X charge 1.

    >>> from sympy import Rational
    >>> from anomalies.phenomenology.symbols import a_Y, v, v_Phi
    >>> exchange_matrix([(v, (Rational(1, 2), -a_Y / 2)), (v_Phi, (0, 1))])[1, :]
    Matrix([[a_Y/v_Phi**2, v_Phi**(-2)]])
    """
    if not vevs:
        raise ArgumentError(must_be("vevs", "a sequence with at least one scalar", vevs))
    size = len(vevs[0][1])
    total = Matrix.zeros(size, size)
    for vev, charges in vevs:
        if len(charges) != size:
            raise ArgumentError(must_be("vevs", f"pairs of a vev and {size} charges", (vev, charges)))
        column = Matrix([sympify(charge) for charge in charges])
        total += sympify(vev) ** 2 * column * column.T
    determinant = cancel(total.det())
    if determinant == 0:
        raise ArgumentError(must_be("vevs", "such that every vector boson gets a mass", vevs))
    return ImmutableMatrix((total.adjugate() / determinant).applyfunc(cancel))


def operator_coefficient(
    currents: Sequence[Current] | Current,
    exchange: Any,
    first: Bilinear,
    second: Bilinear,
    *,
    as_: Form,
) -> Any:
    """Return the coefficient of the operator `first` times `second` in L_eff = -1/2 sum_ab P_ab J_a J_b.

    A term that occurs in both orders counts twice, the square of one bilinear once.

    Parameters
    ----------
    currents : J_a, without gauge couplings; one current, or a sequence.
    exchange : the matrix P, or a number for one current: g^2/m^2, which for the Z' of ADN is 1/v_Phi^2.
    first, second : the two bilinears.
    as_ : "lagrangian", or "hamiltonian" for the opposite sign.

    Examples
    --------
    >>> from sympy import Symbol, symbols
    >>> x, y, m = symbols("x y m")
    >>> muon, electron = Bilinear("l", 2, 2), Bilinear("l", 1, 1)
    >>> current = Current(((electron, x), (muon, y)))
    >>> operator_coefficient(current, 1 / m**2, electron, muon, as_="lagrangian")
    -x*y/m**2
    >>> operator_coefficient(current, 1 / m**2, muon, muon, as_="lagrangian")
    -y**2/(2*m**2)
    """
    sign = form_sign(as_)
    listed = [currents] if isinstance(currents, Current) else list(currents)
    matrix = Matrix([[exchange]]) if isinstance(currents, Current) else Matrix(exchange)
    if matrix.shape != (len(listed), len(listed)):
        raise ArgumentError(must_be("exchange", "a square matrix with one row for each current", exchange))
    orders = [(first, second)] if first == second else [(first, second), (second, first)]
    total = Integer(0)
    for left, right in orders:
        for a, one in enumerate(listed):
            for b, other in enumerate(listed):
                total += matrix[a, b] * one.coefficient(left) * other.coefficient(right)
    return -sign * total / 2


def higgs_operators(charge: Any, exchange: Any, *, as_: Form) -> dict[str, Any]:
    r"""Return the coefficients of phiD and phiBox from the square of the current of a doublet.

    With A = phi^dagger D phi the current is i (A - A^*), and (i (A - A^*))^2 = 4 |A|^2 - (A + A^*)^2.  The
    first is 4 phiD with phiD = |phi^dagger D phi|^2.  A + A^* is the derivative of phi^dagger phi, so that
    the second, sign included, is phiBox = (phi^dagger phi) box (phi^dagger phi) after an integration by
    parts.

    Parameters
    ----------
    charge : the charge of the doublet; its sign does not matter.
    exchange : g^2/m^2 of the vector boson.
    as_ : "lagrangian" or "hamiltonian".

    Examples
    --------
    >>> from anomalies.phenomenology.symbols import a_Y, v_Phi
    >>> higgs_operators(a_Y / 2, 1 / v_Phi**2, as_="lagrangian")
    {'phiD': -a_Y**2/(2*v_Phi**2), 'phiBox': -a_Y**2/(8*v_Phi**2)}
    """
    square = -form_sign(as_) * exchange * charge**2 / 2
    return {"phiD": 4 * square, "phiBox": square}
