"""Parameter types of the command line, and commands that take negative numbers as typed.

Key results
-----------
RATIONAL, IntegerParameter : exact numbers, refused with the sentences of `anomalies.exact`
numbers_command : a command on whose line -1/2 is an argument
STYLES : the forms in which tables and derivations are printed
json_option : the flag --json
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

__all__ = ["RATIONAL", "STYLES", "IntegerParameter", "RationalParameter", "json_option", "numbers_command"]

_NEGATIVE = re.compile(r"-\.?[0-9].*")
STYLES = click.Choice(["latex", "markdown", "text", "json"])

if TYPE_CHECKING:
    _Parameter = click.ParamType[Any]  # generic for type checkers only, in older releases of click not at all
else:
    _Parameter = click.ParamType


class RationalParameter(_Parameter):
    """A rational number typed on the command line."""

    name = "rational"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Return the exact number, or fail with the sentence of `as_rational`."""
        from anomalies.exact import as_rational

        return as_rational(value, _name(param))


class IntegerParameter(_Parameter):
    """An integer of at least `least`."""

    name = "integer"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the integer, or fail with the sentence of `as_integer`."""
        from anomalies.exact import as_integer

        return as_integer(value, _name(param), self.least)


RATIONAL = RationalParameter()


def _name(param: click.Parameter | None) -> str:
    return (
        "value"
        if param is None
        else param.opts[0]
        if isinstance(param, click.Option)
        else param.human_readable_name
    )


class NumbersAreArguments(click.Command):
    """A command on whose line -1/2 is an argument and never an option."""

    ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse unknown options as usual, but let negative numbers through."""
        known = {option for param in self.get_params(ctx) for option in (*param.opts, *param.secondary_opts)}
        for argument in args:
            option = argument.partition("=")[0]
            looks_like_one = argument.startswith("-") and argument not in ("-", "--")
            if looks_like_one and option not in known and not _NEGATIVE.fullmatch(argument):
                similar = sorted(name for name in known if name.startswith("--"))
                raise click.NoSuchOption(option, possibilities=similar, ctx=ctx)
        return super().parse_args(ctx, args)


def numbers_command(name: str | None = None) -> Callable[[Callable[..., int]], click.Command]:
    """Make a command of a function, on whose line negative numbers are arguments."""
    return click.command(name, cls=NumbersAreArguments, context_settings={"ignore_unknown_options": True})


def json_option(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the flag --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)
