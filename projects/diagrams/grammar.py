"""Says whether Mermaid will accept a text that this package wrote: a rule that can be asked without Mermaid.

It knows the few forms that `mermaid` and `graph_mermaid` write, line by line, and Mermaid's limits. Mermaid itself is
asked in the tests.
"""

import re

MOST_CHARACTERS = 50_000
MOST_EDGES = 500

QUOTED = r'"[^"\n]*"'
NAME = r"[A-Za-z_]\w*"
ER_EDGE = rf"{NAME} (?:\|\||\|o|\}}o|\}}\|)--(?:\|\||o\||o\{{|\|\{{) {NAME} : {QUOTED}"
ER_FIELD = rf"(?:[A-Za-z_][\w()\[\]]*) {NAME}(?: (?:PK|FK|UK)(?:, (?:PK|FK|UK))*)?(?: {QUOTED})?"
ER_ENTITY = rf"{NAME}(?:\[{QUOTED}\])?"
GRAPH_EDGE = rf"n\d+ (?:<?-->|<?==>|<?-\.->)\|{QUOTED}\| n\d+"
GRAPH_NODE = rf"n\d+(?:\[{QUOTED}\]|\[\({QUOTED}\)\])"

ER_LINE = re.compile(
    rf"{ER_ENTITY}(?P<opens> \{{)?|(?P<closes>\}})|(?P<field>{ER_FIELD})|(?P<edge>{ER_EDGE})", re.ASCII
)
GRAPH_LINE = re.compile(
    rf"{GRAPH_NODE}|(?P<opens>subgraph g\d+\[{QUOTED}\])|(?P<closes>end)|(?P<edge>{GRAPH_EDGE})", re.ASCII
)
HEADS = {"erDiagram": ER_LINE, "graph LR": GRAPH_LINE}


def refusal(text: str) -> str:
    """Why Mermaid would refuse the text, in a sentence; an empty string if it would not."""
    head, *lines = [line.strip() for line in text.strip().split("\n")]
    if head not in HEADS:
        return "The diagram does not begin with a kind that Mermaid knows."
    # Mermaid counts as JavaScript does, in units of UTF-16.
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MOST_CHARACTERS:
        return f"The diagram has more than the {MOST_CHARACTERS:,} characters that Mermaid takes."
    return _read(lines, HEADS[head])


def _read(lines: list[str], form: re.Pattern[str]) -> str:
    is_open, edges = False, 0
    for number, line in enumerate(lines, 2):
        if not line or line.startswith("%%"):
            continue
        found = form.fullmatch(line)
        parts = found.groupdict() if found else {}
        if not found or (is_open and parts["opens"]) or (not is_open and (parts["closes"] or parts.get("field"))):
            return f"Line {number} of the diagram cannot be read: {line[:60]}"
        is_open = bool(parts["opens"]) or (is_open and not parts["closes"])
        edges += bool(parts["edge"])
    if is_open:
        return "The last block of the diagram is not closed."
    return "" if edges <= MOST_EDGES else f"The diagram has more than the {MOST_EDGES} lines that Mermaid takes."
