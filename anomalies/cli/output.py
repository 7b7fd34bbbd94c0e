"""What the commands print.

Key results
-----------
rendered : a table in one of the forms
shown_as_json : a value as JSON text
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["rendered", "shown_as_json"]


def rendered(shown: Any, style: str) -> str:
    """Return a table as LaTeX, Markdown, aligned text or JSON."""
    if style == "json":
        return shown_as_json(shown.as_json())
    return str({"latex": shown.latex, "markdown": shown.markdown, "text": shown.text}[style]()).rstrip("\n")


def shown_as_json(value: object) -> str:
    """Return JSON as it is printed: indented, with every character as it is."""
    return json.dumps(value, indent=2, ensure_ascii=False)
