"""What kind of statement a text is, by its first words, and why the kinds that no reader takes are not taken."""

import re

# Quoted names and comments may stand between the words; routines have long heads.
HEAD_LENGTH = 600
HEAD = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|(?P<word>[A-Za-z_]\w*)|(?P<stop>[(;])|.""", re.DOTALL
)

ROWS = "Rows of data are not part of a design."
QUERY = "A query defines nothing."
SETTING = "Settings of the session are not part of a design."
TRANSACTION = "Transactions of the script are not part of a design."
MAINTENANCE = "Maintenance of a running database is not part of a design."
PERMISSION = "Users, owners and permissions are not part of a design."
ROUTINE = "Functions and procedures are not part of a design."
TRIGGER = "Triggers are not part of a design."
VIEW = "Views are not part of a design."
SEQUENCE = "Sequences are not taken by themselves; the fields that they number say so."
NAMESPACE = "Databases and schemas are not created by a design; its entities name the schema they are in."
EXTENSION = "Extensions are not part of a design."
BLOCK = "Procedural code is not part of a design."
SERVER = "Objects of the server are not part of a design."
OPERATOR = "Operators, casts and search configurations are not part of a design."
FOREIGN_TABLE = "A foreign or virtual table keeps its rows elsewhere and is not taken."
CLIENT = "This is a command of the client program, not SQL."
NOTHING_TO_DROP = "It removes something that this file has not created before."
CHANGE = "This change reaches nothing that a design holds."
UNKNOWN = "This kind of statement is not known to the importer."

FIRST_WORDS: dict[str, str] = {
    **dict.fromkeys(("INSERT", "UPDATE", "DELETE", "REPLACE", "COPY", "MERGE", "LOAD", "TRUNCATE", "VALUES"), ROWS),
    **dict.fromkeys(("SELECT", "WITH", "SHOW", "EXPLAIN", "DESCRIBE"), QUERY),
    **dict.fromkeys(("SET", "RESET", "PRAGMA", "USE", "ALTER SESSION", "ALTER SYSTEM", "ATTACH", "DETACH"), SETTING),
    **dict.fromkeys(("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"), TRANSACTION),
    **dict.fromkeys(("LOCK", "UNLOCK", "ABORT"), TRANSACTION),
    **dict.fromkeys(("ANALYZE", "VACUUM", "REINDEX", "CLUSTER", "REFRESH", "CHECKPOINT", "FLUSH"), MAINTENANCE),
    **dict.fromkeys(("OPTIMIZE", "REPAIR", "PURGE", "DISCARD", "LISTEN", "NOTIFY", "SECURITY"), MAINTENANCE),
    **dict.fromkeys(("GRANT", "REVOKE", "REASSIGN", "DENY"), PERMISSION),
    **dict.fromkeys(("DO", "CALL", "DECLARE", "IF", "EXEC", "EXECUTE", "PRINT", "WHILE", "PREPARE"), BLOCK),
    **dict.fromkeys(("DEALLOCATE", "RAISERROR", "DELIMITER", "FETCH", "OPEN", "CLOSE"), BLOCK),
    "COMMENT": UNKNOWN,
}
# What CREATE, ALTER and DROP are about: the first of these words decides.
OBJECTS: dict[str, str] = {
    "TABLE": "",
    "INDEX": "",
    "TYPE": "",
    "DOMAIN": "",
    **dict.fromkeys(("VIEW", "RULE"), VIEW),
    **dict.fromkeys(("FUNCTION", "PROCEDURE", "PROC", "AGGREGATE", "PACKAGE", "ROUTINE", "LIBRARY"), ROUTINE),
    **dict.fromkeys(("TRIGGER", "EVENT"), TRIGGER),
    **dict.fromkeys(("SCHEMA", "DATABASE", "KEYSPACE"), NAMESPACE),
    **dict.fromkeys(("ROLE", "USER", "LOGIN", "POLICY", "GROUP", "PROFILE"), PERMISSION),
    **dict.fromkeys(("SERVER", "TABLESPACE", "PUBLICATION", "SUBSCRIPTION", "LANGUAGE", "DIRECTORY"), SERVER),
    **dict.fromkeys(("SYNONYM", "STATISTICS", "ACCESS", "LARGE", "LINK", "FULLTEXT_CATALOG", "RESOURCE"), SERVER),
    **dict.fromkeys(("OPERATOR", "CAST", "COLLATION", "CONVERSION", "TEXT", "TRANSFORM"), OPERATOR),
    **dict.fromkeys(("FOREIGN", "VIRTUAL"), FOREIGN_TABLE),
    "SEQUENCE": SEQUENCE,
    "EXTENSION": EXTENSION,
}


def head_of(text: str) -> tuple[str, ...]:
    """The statement's words up to its first bracket, in capitals, without quoted names."""
    words = []
    for match in HEAD.finditer(text[:HEAD_LENGTH]):
        if match["stop"]:
            break
        if match["word"]:
            words.append(match["word"].upper())
    return tuple(words)


def kind_of(head: tuple[str, ...]) -> str:
    """Like CREATE TABLE or COMMENT ON: what readers are looked up by."""
    if not head:
        return ""
    if head[0] in ("CREATE", "ALTER", "DROP"):
        return f"{head[0]} {_object(head)}"
    return " ".join(head[:2]) if head[0] in ("COMMENT", "RENAME", "SET") else head[0]


def reason_for(head: tuple[str, ...]) -> str:
    """Why a statement that no reader takes is not taken."""
    if not head:
        return UNKNOWN
    if head[0] not in ("CREATE", "ALTER", "DROP"):
        return FIRST_WORDS.get(head[0], UNKNOWN)
    if head[:2] in (("ALTER", "SESSION"), ("ALTER", "SYSTEM")):
        return SETTING
    if head[0] == "DROP":
        return NOTHING_TO_DROP
    if head[0] == "ALTER" and "OWNER" in head:
        return PERMISSION
    return OBJECTS.get(_object(head)) or (CHANGE if head[0] == "ALTER" else UNKNOWN)


def _object(head: tuple[str, ...]) -> str:
    return next((word for word in head[1:] if word in OBJECTS), "")
