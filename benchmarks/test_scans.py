"""The scans of EFT beside plain searches in exact Python, which must find the same.

The plain searches are what one writes for the model at hand: nested loops over the charges that the paper
leaves undetermined, the others from its formulas, in `Fraction`s.  The table that is printed gives seconds,
and how many times longer the plain search takes than the general scan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from time import perf_counter

import pytest

from anomalies.literature.eft_scans import SCANS, named_scan
from anomalies.scans import fractions_up_to

Charges = dict[str, Fraction]


def plain_dark(largest: int) -> Iterator[Charges]:
    """(2.7)-(2.13) with A_R = 1."""
    values = fractions_up_to(largest, largest)
    allowed = set(values)
    muons = [
        (q, left, right)
        for q, left, right in product(values, repeat=3)
        if q and -2 * q in allowed and right**2 - left**2 + 3 * q**2 == 0
    ]
    for b_left, b_right in product(values, repeat=2):
        if 1 - b_left + b_right in allowed:
            right_side = 3 * (b_left - 1) * (b_left - b_right) * (1 + b_right)
            for q, left, right in muons:
                if 36 * q**3 == right_side:
                    yield {"q": q, "mu_L": left, "mu_R": right, "B_L": b_left, "B_R": b_right}


def plain_up_quarks(largest: int) -> Iterator[Charges]:
    """(2.16)-(2.20) with chi_L = 1 and a denominator D that is not zero."""
    values = fractions_up_to(largest, largest)
    allowed = set(values)
    for q, u, left, right in product(values, repeat=4):
        denominator = 2 * q + 3 * left - 8 * u - 4 * right
        if denominator:
            x = (3 * q**2 - 6 * u**2 - left**2 + right**2) / denominator
            t, t_right, chi = x - 2 * q, 2 * x - 2 * u, 1 - 2 * x
            tau_left, tau_right = -3 * x - left, -4 * x - right
            if q != t and {t, t_right, chi, tau_left, tau_right} <= allowed:
                quarks = 12 * q**3 + 6 * t**3 - 6 * u**3 - 3 * t_right**3
                leptons = 2 * left**3 + 2 * tau_left**3 - right**3 - tau_right**3
                if not quarks + leptons + 1 - chi**3:
                    yield {"q": q, "u": u, "mu_L": left, "mu_R": right}


PLAIN: dict[str, Callable[[int], Iterator[Charges]]] = {
    "eft-dark": plain_dark,
    "eft-up-quarks": plain_up_quarks,
}


@pytest.mark.parametrize("name", SCANS)
def test_scan_beside_plain_search(name: str) -> None:
    print(f"\n{name}\n{'range':>5} {'models':>7} {'scan':>9} {'plain':>9} {'ratio':>7}")
    for largest in (2, 3, 4):
        start = perf_counter()
        found = named_scan(name, largest).run()
        seconds = perf_counter() - start
        columns = ""
        if name in PLAIN:
            start = perf_counter()
            plain = list(PLAIN[name](largest))
            other = perf_counter() - start
            columns = f"{other:8.2f}s {other / seconds:7.1f}"
            names = plain[0] if plain else ()
            models = {tuple(model[charge] for charge in names) for model in found.models}
            assert {tuple(charges.values()) for charges in plain} == (models if plain else set())
            assert len(plain) == len(found.models)
        print(f"{largest:>5} {len(found.models):>7} {seconds:8.2f}s {columns}")
