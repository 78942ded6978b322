"""Calls a command as a script would, and hands back what it printed."""

from io import StringIO

from django.core.management import call_command


def call(*words: str) -> tuple[str, str]:
    """What the command printed on standard output and on standard error."""
    out, error = StringIO(), StringIO()
    call_command(*words, stdout=out, stderr=error)
    return out.getvalue(), error.getvalue()
