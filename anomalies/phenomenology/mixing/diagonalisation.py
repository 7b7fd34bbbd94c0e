r"""Bi-unitary diagonalisation of a mass matrix: as a power series, by a general routine, and numerically.

A mass term -psibar_L M psi_R with M = M_0 + t M_1 + t^2 M_2 + ... and M_0 diagonal is brought to the
block-diagonal form U_L^dagger M U_R = D.  At order t^k unitarity fixes the Hermitian part of the coefficient
of U_L; free is an anti-Hermitian X, and Y for U_R.  With R what the lower orders leave, the entries between
blocks vanish if

    -X_ij m_j + m_i Y_ij + R_ij = 0   and   X_ij m_i - m_j Y_ij + R_ji^* = 0,

where the second is the Hermitian conjugate of the first with i and j exchanged.  Hence

    X_ij = (m_j R_ij + m_i R_ji^*) / (m_j^2 - m_i^2),   Y_ij = (m_i R_ij + m_j R_ji^*) / (m_j^2 - m_i^2).

Inside a block X = Y = 0 and D keeps what is there, so equal masses are allowed inside a block only.

Convention: the diagonal of U_L is real and positive.  In a block of one state D is real, made so by a phase
of the right-handed state.

Key results
-----------
expand_diagonalisation : U_L, U_R and D to any order, exactly, for any size and any blocks
DiagonalisationSeries : what it returns
diagonalise_numerically : U_L, D, U_R of a matrix of numbers, to any number of digits

References
----------
ADN, arXiv:1909.02021, (3.4), (3.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Dummy, Float, I, ImmutableMatrix, Integer, Matrix, conjugate, fraction, sympify
from sympy.polys.constructor import construct_domain
from sympy.polys.matrices import DomainMatrix
from sympy.polys.polyerrors import CoercionFailed

from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, must_be
from anomalies.exact import as_integer

__all__ = ["DiagonalisationSeries", "diagonalise_numerically", "expand_diagonalisation"]


@dataclass(frozen=True, slots=True)
class DiagonalisationSeries:
    """The coefficients of the powers of t in U_L^dagger M U_R = D.

    Attributes
    ----------
    left, right, masses : the coefficients of U_L, U_R and D from order 0 on, matrices of rational functions
        of the symbols and their conjugates.
    """

    left: tuple[Any, ...]
    right: tuple[Any, ...]
    masses: tuple[Any, ...]

    @property
    def order(self) -> int:
        """The highest power of t that is kept."""
        return len(self.left) - 1

    def left_coupling(self, charges: Sequence[Any]) -> tuple[Any, ...]:
        """Return the coefficients of U_L^dagger diag(charges) U_L, couplings of a vector boson: ADN (3.8)."""
        return _rotated(self.left, charges)

    def right_coupling(self, charges: Sequence[Any]) -> tuple[Any, ...]:
        """Return the coefficients of U_R^dagger diag(charges) U_R."""
        return _rotated(self.right, charges)


def expand_diagonalisation(
    matrices: Sequence[Any], order: int, blocks: Sequence[Sequence[int]] | None = None
) -> DiagonalisationSeries:
    """Return U_L, U_R and D of M_0 + t M_1 + t^2 M_2 + ... as series in t.

    Parameters
    ----------
    matrices : M_0, M_1, ...: square sympy matrices, or lists of rows, of rational functions.  M_0 is diagonal
        and real, and the squares of its entries differ between blocks.  Symbols count as complex unless they
        are declared real.
    order : the highest power of t, at least 0.
    blocks : a partition of the indices 0, 1, ...; by default each index is a block, and D is diagonal.

    Raises
    ------
    ArgumentError
        If M_0 is not diagonal and real, if two blocks share a mass, if the blocks are no partition, or if a
        massless state alone in its block gets a complex mass: its phase is no power series.
    InexactNumberError
        If an entry holds a floating-point number.

    Source: ADN (3.4); their (3.5) is the first order for their mass matrix.

    Examples
    --------
    >>> from sympy import Symbol, symbols
    >>> m, M = symbols("m M", positive=True)
    >>> x = Symbol("x")
    >>> series = expand_diagonalisation([[[m, 0], [0, M]], [[0, x * M], [0, 0]]], 1)
    >>> series.left[1][0, 1].factor(), series.right[1][0, 1].factor()
    (-M**2*x/((-M + m)*(M + m)), -M*m*x/((-M + m)*(M + m)))
    """
    highest = as_integer(order, "order", 0)
    given = [_square(matrix, f"matrices[{index}]") for index, matrix in enumerate(matrices)]
    if not given or any(matrix.shape != given[0].shape for matrix in given):
        raise ArgumentError(must_be("matrices", "square matrices of one size, at least one", matrices))
    block_of = _block_of(blocks, given[0].rows)
    field = _field_of(given)
    terms = [field.read(matrix) for matrix in given]
    masses = _masses(terms[0], given[0], block_of, field)
    one = DomainMatrix.eye(given[0].rows, field.domain).to_dense()
    left, right, diagonal = [one], [one], [terms[0]]
    for power in range(1, highest + 1):
        left_fixed = _hermitian_part(left, power, field)
        right_fixed = _hermitian_part(right, power, field)
        rest = left_fixed * terms[0] + terms[0] * right_fixed
        for first in range(power):
            for last in range(power):
                if 0 <= power - first - last < len(terms):
                    rest += field.adjoint(left[first]) * terms[power - first - last] * right[last]
        left_free, right_free = _free_parts(rest, masses, block_of, field)
        left.append(left_fixed + left_free)
        right.append(right_fixed + right_free)
        diagonal.append(rest - left_free * terms[0] + terms[0] * right_free)
    return DiagonalisationSeries(*(tuple(map(field.write, series)) for series in (left, right, diagonal)))


def _hermitian_part(series: Sequence[Any], power: int, field: _Field) -> Any:
    """What unitarity requires of the next coefficient, -1/2 sum_j U_j^dagger U_(k-j)."""
    result = DomainMatrix.zeros(series[0].shape, field.domain).to_dense()
    for first in range(1, power):
        result += field.adjoint(series[first]) * series[power - first]
    return result * (field.domain.one / field.domain.convert(-2))


def _free_parts(rest: Any, masses: Sequence[Any], block_of: Sequence[int], field: _Field) -> tuple[Any, Any]:
    """The anti-Hermitian parts X and Y that remove what is left between blocks, and the phases."""
    size, domain = len(masses), field.domain
    entries, adjoint = rest.to_list(), field.adjoint(rest).to_list()
    left, right = ([[domain.zero] * size for _ in range(size)] for _ in range(2))
    for i in range(size):
        if block_of.count(block_of[i]) == 1 and entries[i][i] != adjoint[i][i]:
            if not masses[i]:
                raise ArgumentError(
                    f"Argument 'matrices' must give state {i}, which is massless at first, a real mass: "
                    "the phase of a complex one is no power series."
                )
            right[i][i] = (adjoint[i][i] - entries[i][i]) / (2 * masses[i])
        for j in range(size):
            if block_of[i] != block_of[j] and (entries[i][j] or adjoint[i][j]):
                difference = masses[j] ** 2 - masses[i] ** 2
                left[i][j] = (masses[j] * entries[i][j] + masses[i] * adjoint[i][j]) / difference
                right[i][j] = (masses[i] * entries[i][j] + masses[j] * adjoint[i][j]) / difference
    return tuple(DomainMatrix(rows, (size, size), domain) for rows in (left, right))


@dataclass(frozen=True, slots=True)
class _Field:
    """The field of rational functions of all symbols and their conjugates, with complex conjugation."""

    domain: Any
    bars: dict[Any, Any]  # conjugate(z): its stand-in
    swap: dict[Any, Any]  # z: stand-in, and back; i: -i

    def read(self, matrix: Any) -> Any:
        rows = [
            [self.domain.from_sympy(entry.xreplace(self.bars)) for entry in row] for row in matrix.tolist()
        ]
        return DomainMatrix(rows, matrix.shape, self.domain)

    def write(self, matrix: Any) -> Any:
        bars = {bar: conj for conj, bar in self.bars.items()}
        return ImmutableMatrix(_mapped(matrix, lambda entry: self.domain.to_sympy(entry).xreplace(bars)))

    def adjoint(self, matrix: Any) -> Any:
        def conjugated(entry: Any) -> Any:
            return self.domain.from_sympy(self.domain.to_sympy(entry).xreplace(self.swap)) if entry else entry

        return DomainMatrix(_mapped(matrix.transpose(), conjugated), matrix.shape, self.domain)


def _mapped(matrix: Any, function: Callable[[Any], Any]) -> list[list[Any]]:
    return [[function(entry) for entry in row] for row in matrix.to_list()]


def _field_of(matrices: Sequence[Any]) -> _Field:
    symbols = sorted(set().union(*(matrix.free_symbols for matrix in matrices)), key=str)
    complex_symbols = [symbol for symbol in symbols if not symbol.is_real]
    bars = {conjugate(symbol): Dummy(f"{symbol}bar") for symbol in complex_symbols}
    swap = {symbol: bars[conjugate(symbol)] for symbol in complex_symbols}
    swap |= {bar: symbol for symbol, bar in swap.items()} | {I: -I}
    entries = [entry.xreplace(bars) for matrix in matrices for entry in matrix]
    # Masses occur in denominators, mixings only in numerators: a ring over a smaller field is much faster.
    dividing = set().union(
        matrices[0].xreplace(bars).free_symbols, *(fraction(e.together())[1].free_symbols for e in entries)
    )
    dividing |= {swap[symbol] for symbol in dividing if symbol in swap}
    units = [I] if any(entry.has(I) for entry in entries) else [Integer(1)]
    field, _ = construct_domain([*units, *sorted(dividing, key=str)], field=True)
    others = sorted((set(symbols) | set(bars.values())) - dividing, key=str)
    domain = field[tuple(others)] if others else field
    try:
        for entry in entries:
            domain.from_sympy(entry)
    except (CoercionFailed, ValueError) as error:
        expected = "rational functions with rational coefficients"
        raise ArgumentError(must_be("matrices", expected, matrices[0].tolist())) from error
    return _Field(domain, bars, swap)


def _square(matrix: Any, argument: str) -> Any:
    try:
        result = Matrix(matrix)
    except (TypeError, ValueError) as error:
        raise ArgumentTypeError(must_be(argument, "a matrix, or a list of rows", matrix)) from error
    if result.rows != result.cols or not result.rows:
        raise ArgumentError(must_be(argument, "a square matrix", matrix))
    result = result.expand()
    if result.has(Float):
        raise InexactNumberError(must_be(argument, "exact: symbols and rational numbers", matrix))
    return result


def _block_of(blocks: Sequence[Sequence[int]] | None, size: int) -> list[int]:
    """The number of the block of each index."""
    if blocks is None:
        return list(range(size))
    members = [index for block in blocks for index in block]
    if sorted(members) != list(range(size)):
        raise ArgumentError(must_be("blocks", f"a partition of the indices 0 to {size - 1}", blocks))
    return [next(n for n, block in enumerate(blocks) if index in block) for index in range(size)]


def _masses(matrix: Any, given: Any, block_of: Sequence[int], field: _Field) -> list[Any]:
    """The diagonal of M_0, checked."""
    size, entries = len(block_of), matrix.to_list()
    if not given.is_diagonal():
        raise ArgumentError(must_be("matrices[0]", "diagonal", given.tolist()))
    if matrix != field.adjoint(matrix):
        raise ArgumentError(
            must_be("matrices[0]", "real (declare its symbols real or positive)", given.tolist())
        )
    masses = [entries[i][i] for i in range(size)]
    for i in range(size):
        for j in range(i):
            if block_of[i] != block_of[j] and masses[i] ** 2 == masses[j] ** 2:
                raise ArgumentError(
                    f"Argument 'blocks' must put states {j} and {i}, of equal mass, into one block."
                )
    return masses


def _rotated(unitary: Sequence[Any], charges: Sequence[Any]) -> tuple[Any, ...]:
    """The series of U^dagger diag(charges) U; the universal part, which drops out, is taken out first."""
    size = unitary[0].rows
    values = [sympify(charge) for charge in charges]
    if len(values) != size:
        raise ArgumentError(f"Argument 'charges' must have {size} entries, not {len(values)}.")
    common = max(values, key=values.count)
    rest = Matrix.diag(*(value - common for value in values))
    result = [_product_sum(unitary, rest, power) for power in range(len(unitary))]
    result[0] += common * Matrix.eye(size)
    return tuple(ImmutableMatrix(matrix) for matrix in result)


def _product_sum(unitary: Sequence[Any], middle: Any, power: int) -> Any:
    total = Matrix.zeros(*middle.shape)
    for first in range(power + 1):
        total += unitary[first].H * middle * unitary[power - first]
    return total.applyfunc(lambda entry: entry.cancel())


def diagonalise_numerically(matrix: Any, digits: int = 50) -> tuple[Any, tuple[Any, ...], Any]:
    """Return U_L, the diagonal of D, and U_R with U_L^dagger M U_R = D, to the given number of digits.

    Parameters
    ----------
    matrix : a square mpmath matrix, or a list of rows of numbers.
    digits : the number of decimal digits, at least 15.

    The masses are not negative and in the order of the moduli of the diagonal of M, so that with small mixing
    each state keeps its place.  The diagonal of U_L is real and not negative, as in `expand_diagonalisation`.

    Returns two mpmath matrices and a tuple of mpmath numbers.

    Examples
    --------
    >>> left, masses, right = diagonalise_numerically([[1, 0.1], [0, 10]])
    >>> [round(float(mass), 6) for mass in masses]
    [0.999949, 10.000505]
    """
    import mpmath

    with mpmath.workdps(as_integer(digits, "digits", 15) + 10):
        try:
            m = mpmath.matrix(matrix)
        except (TypeError, ValueError) as error:
            raise ArgumentTypeError(must_be("matrix", "a matrix of numbers", matrix)) from error
        if m.rows != m.cols or not m.rows:
            raise ArgumentError(must_be("matrix", "square", matrix))
        columns, values, rows = mpmath.svd_c(m)
        places = _ranks(abs(m[i, i]) for i in range(m.rows))
        ascending = sorted(range(m.rows), key=lambda k: values[k])
        left, right = mpmath.matrix(m.rows), mpmath.matrix(m.rows)
        masses = []
        for place, rank in enumerate(places):
            k = ascending[rank]
            size = abs(columns[place, k])
            phase = mpmath.conj(columns[place, k]) / size if size else mpmath.mpf(1)
            masses.append(+values[k])
            for i in range(m.rows):
                left[i, place] = columns[i, k] * phase
                right[i, place] = mpmath.conj(rows[k, i]) * phase
        return left, tuple(masses), right


def _ranks(values: Iterable[Any]) -> list[int]:
    """The place that each value has in ascending order."""
    listed = list(values)
    order = sorted(range(len(listed)), key=lambda index: listed[index])
    return [order.index(index) for index in range(len(listed))]
