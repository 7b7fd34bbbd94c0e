"""The figures: ADN's Fig. 2 and Fig. 3, the alternative benchmark, and the lines of EFT's Fig. 1.

matplotlib is imported inside the functions: the extra is `figures`.
"""

from anomalies.phenomenology.figures.gallery import FIGURES, NAMES, Figure, make_figures

__all__ = ["FIGURES", "NAMES", "Figure", "make_figures"]
