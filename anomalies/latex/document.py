r"""Derivations as a LaTeX document: lecture notes that compile with what `texlive-latex-base` holds.

Key results
-----------
latex_document : one complete document, a section for each derivation
PAPERS : the papers behind the keys of sources and equation numbers
"""

from __future__ import annotations

from collections.abc import Sequence

from anomalies.latex.derivation import Derivation, Step, tag_of
from anomalies.latex.typeset import display
from anomalies.latex.words import words_in_latex
from anomalies.tables import latex_words

__all__ = ["PAPERS", "TITLE", "latex_document", "papers_of"]

TITLE = "Gauge-anomaly cancellation in U(1) extensions of the Standard Model"

PAPERS = {
    "ADN": "W. Altmannshofer, J. Davighi, M. Nardecchia, Gauging the accidental symmetries of the Standard "
    "Model, and implications for the flavour anomalies, arXiv:1909.02021",
    "EFT": "J. Ellis, M. Fairbairn, P. Tunney, Anomaly-free models for flavour anomalies, arXiv:1705.03447",
}

_CONTRACT = (
    "Every displayed formula is a definition, or was checked by exact computation when this text was made; "
    "the line marked ✓ says how."
)

# No date and no identifier that changes from run to run: the same derivation gives the same PDF.
_PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage{amsmath,amssymb}
\usepackage{array,longtable}
\usepackage{graphicx}
\usepackage[textwidth=154mm,textheight=240mm]{geometry}
\usepackage[hidelinks]{hyperref}
\ifdefined\pdfinfoomitdate\pdfinfoomitdate=1 \pdftrailerid{}\pdfsuppressptexinfo=-1 \fi
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\setlength{\parskip}{1.2ex plus 0.4ex minus 0.2ex}
\setlength{\emergencystretch}{4em}
\AtBeginDocument{%
  \setlength{\belowdisplayskip}{6pt plus 2pt minus 2pt}%
  \setlength{\belowdisplayshortskip}{\belowdisplayskip}}
\setlength{\LTpre}{1.2ex}
\setlength{\lineskip}{3pt}\setlength{\lineskiplimit}{2pt}
\renewcommand{\arraystretch}{1.25}
\newcommand{\source}[1]{{\small\itshape #1\par}}
\newcommand{\checked}[1]{\par\nopagebreak\vskip-\parskip{\footnotesize$\checkmark$~\textit{#1}\par}\medskip}
\makeatletter % a display stays with the sentence before it and with the line that says how it was checked
\postdisplaypenalty=10000 \@beginparpenalty=10000 \@endparpenalty=10000
\makeatother
"""


def latex_document(derivations: Sequence[Derivation]) -> str:
    """Return a complete LaTeX document.

    A single derivation gives its title to the document; several become its sections, behind a
    table of contents.
    """
    alone = len(derivations) == 1
    title = derivations[0].title if alone else TITLE
    parts = [f"{_PREAMBLE}\\begin{{document}}", _heading(title), latex_words(_CONTRACT)]
    if not alone:
        parts.append(r"{\setlength{\parskip}{0pt}\tableofcontents}")
    for derivation in derivations:
        parts += [] if alone else [_section(derivation.title)]
        parts += _body(derivation)
    parts += _references(derivations)
    return "\n\n".join([*parts, r"\end{document}"]) + "\n"


def papers_of(derivations: Sequence[Derivation]) -> dict[str, str]:
    """Return the papers, by key, that sources and equation numbers of derivations refer to."""
    sources = [derivation.source for derivation in derivations]
    sources += [step.source for derivation in derivations for step in derivation.steps]
    first_words = {source.split()[0].rstrip(",:;") for source in sources if source.strip()}
    return {key: reference for key, reference in PAPERS.items() if key in first_words}


def _heading(title: str) -> str:
    return f"\\begin{{center}}\n{{\\Large\\bfseries {latex_words(title)}\\par}}\n\\end{{center}}"


def _section(title: str) -> str:
    plain = "".join(character for character in title if character.isalnum() or character in " -,:()+")
    return f"\\section{{\\texorpdfstring{{{latex_words(title)}}}{{{plain}}}}}"


def _body(derivation: Derivation) -> list[str]:
    """Return the paragraphs of a derivation, its source first."""
    source = [rf"\source{{After {latex_words(derivation.source)}.}}"] if derivation.source else []
    return source + [_paragraph(step, tag_of(step, derivation)) for step in derivation.steps]


def _paragraph(step: Step, tag: str) -> str:
    sentence = words_in_latex(step.words)
    if step.formula is None:
        return sentence
    checked = f"\n\\checked{{{latex_words(step.checked)}}}" if step.checked else ""
    if step.kind != "disagreement":
        return f"{sentence}\n{display(step.formula, tag)}{checked}"
    place = f" with {latex_words(tag)}" if tag else ""
    return (
        f"\\textbf{{Disagreement{place}.}} The source prints\n{display(step.printed)}\n"
        f"but what is found is\n{display(step.formula)}\n{sentence}{checked}"
    )


def _references(derivations: Sequence[Derivation]) -> list[str]:
    papers = papers_of(derivations)
    if not papers:
        return []
    entries = "\n".join(f"\\item[{key}] {latex_words(reference)}." for key, reference in papers.items())
    return [f"\\section*{{References}}\n\\begin{{description}}\n{entries}\n\\end{{description}}"]
