"""Tables as definitions that run: a Design into DDL of PostgreSQL, MySQL or SQLite, in one go and in any state.

`ddl` writes it; what a dialect does not have, or what people typed as prose, becomes a comment and a note. Typed text
gets in only as a quoted name, a literal, a comment, or an expression that `expressions` took apart and knows to be one.
"""

from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.statements import Ddl, ddl

__all__ = ["Ddl", "Dialect", "ddl"]
