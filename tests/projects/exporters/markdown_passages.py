"""What people have in their Markdown files. None of it is one of our headings, though much of it reads like one."""

PASSAGES = (
    "# Service\n\nWords with trailing spaces.  \nAnd more.\n",
    "## Scope\n\nWhat it does.\n\n### Data Model\n\nA heading of the third level.\n",
    "# Data Model\n\nA heading of the first level.\n",
    "## Code\n\n```markdown\n## Data Model\n\nInside a fence.\n```\n",
    "## Tildes\n\n~~~\n## Performance & Scalability\n```\n~~~\n",
    "## Remarks\n\n<!--\n## Data Model\n\n## Rollout & Migration\n-->\n",
    "## Markup\n\n<div>\n## Data Model\n</div>\n",
    "## Script\n\n<script>\n## Data Model\n\n## Data Model\n</script>\n",
    "## Indented\n\n    ## Data Model\n\n    ## Rollout & Migration\n",
    "## Quoted\n\n> ## Data Model\n>\n> Somebody said it.\n",
    "## Listed\n\n- item\n\n  ## Data Model\n\n1. ## Rollout & Migration\n",
    "Underlined\n----------\n\nWords.\n\nOf the first\n============\n",
    "## Data Models\n\n## The Data Model\n\n## Data Model v2\n",
    "## Table\n\n| Data Model |\n|---|\n| a \\| b |\n---\n\nAfter the rule.\n",
    "   ## A little indented\n\nFine all the same.\n",
    '## Links\n\nSee [this][page], not \\## Data Model.\n\n[page]: https://example.org/#data-model "## Data Model"\n',
    "## Odd spaces\n\n\u00a0## Data Model\n\u2028## Data Model\n\x0b## Data Model\n\x0c\n",
    "## Closed ##\n\nEmoji 🗄, مرحبا, `code`.\n\n\n\n",
    "## Nothing under it\n## Nor here\n",
)

FRONT_MATTER = "---\ntitle: Data Model\n## Data Model\n---\n"

OLD_SECTIONS = (
    "## Data Model\n\nOld words.\n",
    "## Data Model ##\n\n```\n## Scope\n```\n\n### With a part\n\n- and a list\n\nAnd words.\n",
    "  ## data  model\nNo empty line.\n",
    "Data Model\n---\nUnderlined.\n",
    "## Data *Model*\n",
    "##\tData Model\t\n\n> ## Scope\n\n    ## Scope\n",
)

# As another editor, or another system, would have saved it.
FORMS = ("", "crlf", "unended", "crlf unended", "mark", "crlf mark unended", "cr")


def saved(text: str, form: str) -> bytes:
    words = form.split()
    if "unended" in words:
        text = text.rstrip("\n")
    if "crlf" in words or "cr" in words:
        text = text.replace("\n", "\r\n" if "crlf" in words else "\r")
    return (("\ufeff" if "mark" in words else "") + text).encode()
