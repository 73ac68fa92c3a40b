"""A calendar day on the command line."""

from datetime import date

import click


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """A date, or a usage error that says what is accepted."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r}; a day such as 2024-11-02 is accepted", param, ctx)


def day_or_today(on: date | None) -> date:
    """The day that was given, or today where the command is run: doors may look at a clock."""
    return on or date.today()  # noqa: DTZ011  (the local day is meant)
