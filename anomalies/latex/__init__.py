"""One printer, and derivations that are checked while they are written.

A `Derivation` is a list of steps: words, a formula, and the check that the formula holds, which is
executed when the step is built.  Result types of the toolkit print themselves through sympy's
protocol, so this package knows none of them.

Key results
-----------
latex, text : anything printable, in the notation of ADN
Derivation, remark, definition, equality, named, statement, disagreement : write a derivation
render, compile_pdf, print_derivation : print it

References
----------
ADN: arXiv:1909.02021, for the notation.
"""

from anomalies.latex.derivation import (
    Derivation,
    Step,
    definition,
    disagreement,
    equality,
    remark,
    statement,
)
from anomalies.latex.formats import FORMATS, print_derivation, render
from anomalies.latex.pdf import PdfReport, compile_pdf
from anomalies.latex.printer import Chain, Named, latex, named, text

__all__ = [
    "FORMATS",
    "Chain",
    "Derivation",
    "Named",
    "PdfReport",
    "Step",
    "compile_pdf",
    "definition",
    "disagreement",
    "equality",
    "latex",
    "named",
    "print_derivation",
    "remark",
    "render",
    "statement",
    "text",
]
