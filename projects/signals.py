"""What apps above this one are told of, within the transaction of what they are told."""

from django.dispatch import Signal

# Who belongs to a project, in which roles, is another than before; or may be, as it was archived meanwhile. Sent with
# `project`, locked and with the end of its chain of events, `actor` (None: the command line) and `now`.
people_changed = Signal()
