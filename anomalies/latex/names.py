r"""How the name of a symbol is written in LaTeX: the one place that knows the notation.

Charges are called ``Q_<field><family>`` in Python and are printed as in ADN, with a hat and the
family as a superscript of the field; everything else is a base with a subscript.

========  =======================  ==========  ==================
name      LaTeX                    name        LaTeX
========  =======================  ==========  ==================
``Q_q``   ``\hat{Q}_{q}``          ``a_mu``    ``a_{\mu}``
``Q_l1``  ``\hat{Q}_{\ell^{1}}``   ``T_L_mu``  ``T_{L_{\mu}}``
``Q_H``   ``\hat{Q}_{H}``          ``n_1``     ``n_{1}``
``Q_Phi`` ``\hat{Q}_{\Phi}``       ``A_quad``  ``A_{\mathrm{quad}}``
``V_tb``  ``V_{tb}``               ``Y_Qb``    ``Y_{Qb}``
========  =======================  ==========  ==================

References
----------
ADN: arXiv:1909.02021, section 2, for the charges.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["name_in_latex"]

_BETWEEN_QUARKS = frozenset("VY")  # V_tb and Y_Qb: their indices are two symbols, not a word
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")
_LETTERS_AND_NUMBER = re.compile(r"([A-Za-z]*)([0-9]*)")


@lru_cache(maxsize=1024)
def name_in_latex(name: str) -> str | None:
    r"""Return the LaTeX of a symbol's name, or None if the name is not plain words joined by "_".

    Parameters
    ----------
    name : such as "Q_nu2", "a_tau" or "T_L_e".

    Examples
    --------
    >>> print(name_in_latex("Q_nu2"), name_in_latex("T_L_mu"), name_in_latex("A_quad"))
    \hat{Q}_{\nu^{2}} T_{L_{\mu}} A_{\mathrm{quad}}
    """
    if not _PLAIN_NAME.fullmatch(name):
        return None
    base, _, index = name.partition("_")
    if base == "Q" and index:
        return rf"\hat{{Q}}_{{{_field(index)}}}"
    if base in _BETWEEN_QUARKS and len(index) == 2 and index.isalpha():
        return f"{base}_{{{index}}}"
    return _with_index(_part(base, "_"), index)


def _field(name: str) -> str:
    """Return the LaTeX of a field, its family as a superscript and l as \\ell."""
    base, _, index = name.partition("_")
    letters, family = _split(base)
    base = "ell" + family if letters == "l" else base
    return _with_index(_part(base, "^"), index)


def _with_index(base: str, index: str) -> str:
    if not index:
        return base
    head, _, rest = index.partition("_")
    return f"{base}_{{{_with_index(_part(head, '_'), rest)}}}"


def _part(word: str, mark: str) -> str:
    """Return the LaTeX of one word; a number at its end is set behind `mark`."""
    letters, number = _split(word)
    if not letters or not number:
        return _word(word)
    return f"{_word(letters)}{mark}{{{number}}}"


def _split(word: str) -> tuple[str, str]:
    match = _LETTERS_AND_NUMBER.fullmatch(word)
    return (match[1], match[2]) if match else (word, "")


def _word(word: str) -> str:
    from sympy.printing.latex import translate

    translated = str(translate(word))
    if translated == word and len(word) > 1 and word.isalpha() and not word.isupper():
        return rf"\mathrm{{{word}}}"
    return translated
