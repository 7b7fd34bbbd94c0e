"""The one computation that PARI does for us, in this process or in one of its own.

Run as a script, this file reads the question as JSON from standard input and writes the answer to standard
output.  It imports nothing of the package, so that it starts in the time that cypari takes.

Key results
-----------
compute : an upper bound for the rank of y^2 + sigma x y + pi y = x^3, and independent points
encode, decode : integers of any size as text
"""

from __future__ import annotations

import json
import sys
from typing import Any, TypeAlias

__all__ = ["Answer", "compute", "decode", "encode", "load_pari"]

# The upper bound, and for each point the integers i, j, k, m of x = i/j, y = k/m.
Answer: TypeAlias = tuple[int, list[list[int]]]

# PARI's default of 8 MB is too small for `ellrank`; both are virtual memory until they are used.
_STACK, _LARGEST_STACK = 1 << 28, 1 << 30
_MOST_EFFORT = 4

# `ellrank` is randomised from effort 1 on: fix the seed.  The number fields of the 2-descent are kept between
# the efforts, for they take most of the time.
PROGRAM = """
(c, known, upper, bound, effort) -> {
  my(E = ellinit(c), fields, r = [0, upper, 0, known], V, U);
  if (#known < upper,
    setrand(1);
    fields = ellrankinit(E);
    r = ellrank(fields, 0, known);
    for (k = 1, effort, if (#r[4] >= min(r[2], upper), break); r = ellrank(fields, k, r[4])));
  if (#r[4] == 0, return([r[2], []]));
  V = ellsaturation(E, r[4], bound);
  U = qflllgram(ellheightmatrix(E, V));
  [r[2], vector(#V, j, my(S = [0]); for (i = 1, #V, S = elladd(E, S, ellmul(E, V[i], U[i, j]))); S)]
}
"""


def load_pari() -> Any:
    """Return cypari's interpreter, with a stack that is large enough."""
    from cypari import pari

    if pari.stacksizemax() < _LARGEST_STACK:
        pari.allocatemem(max(_STACK, pari.stacksize()), _LARGEST_STACK, silent=True)
        pari("default(debugmem, 0)")  # no message when the stack grows
    return pari


def compute(
    sigma: int, pi: int, known: list[list[int]], upper: int, bound: int, program: str = PROGRAM
) -> Answer:
    """Run the program on a curve: find points unless there are `upper` already, saturate below `bound`."""
    pari = load_pari()
    points = pari([[pari(i) / pari(j), pari(k) / pari(m)] for i, j, k, m in known])
    run, curve = pari(program.replace("\n", " ")), pari([sigma, 0, pi, 0, 0])
    most, found = run(curve, points, upper, bound, _MOST_EFFORT)
    rows = [[int(part) for z in point for part in (z.numerator(), z.denominator())] for point in found]
    return int(most), rows


def encode(value: Any) -> Any:
    """Return nested lists of integers as nested lists of hexadecimal text, which has no limit of length."""
    return hex(value) if isinstance(value, int) else [encode(entry) for entry in value]


def decode(value: Any) -> Any:
    """Invert `encode`.

    >>> decode(encode([-5, [10**5000]])) == [-5, [10**5000]]
    True
    """
    return int(value, 16) if isinstance(value, str) else [decode(entry) for entry in value]


def _main() -> None:
    sigma, pi, known, upper, bound = decode(json.load(sys.stdin))
    json.dump(encode(compute(sigma, pi, known, upper, bound)), sys.stdout)


if __name__ == "__main__":
    _main()
