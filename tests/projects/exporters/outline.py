"""The outline that the data design promises, and readers for the documents that should keep it."""

import re

OUTLINE = """
# Data Design: {feature title}
## Requirements
### Sources
### Data to Persist
### Project Context
### Access Profile
## Persistence Mechanism
### {store}
## Data Model
### Entity Relationship Diagram
### Entities
#### {entity}
### Collections
### Key Spaces
### File Layouts
### Time Series
### Vector Collections
### Graphs
### Search Indexes
### Caches
## Query Patterns
### {operation}
## Indexing Strategy
### Query Coverage
## Data Integrity
### Constraints
### Validation Rules
## Migration Strategy
### Initial Setup
### Version Management
### Rollback Plan
## Performance
### Expected Data Volume
### Optimization Strategies
## Backup & Recovery
## DTO Mapping
## Quality Checklist
## Sign-off
""".strip().splitlines()


def headings(markdown: str) -> list[str]:
    return re.findall(r"^#{1,6} .*", without_diagrams(markdown), re.MULTILINE)


def without_diagrams(markdown: str) -> str:
    return re.sub(r"^```mermaid\n.*?^```$", "", markdown, flags=re.MULTILINE | re.DOTALL)


def section(markdown: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    _, _, rest = markdown.partition(f"\n{heading}\n\n")
    return re.split(r"^#{1,6} ", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()


def tables(markdown: str) -> list[list[list[str]]]:
    """Every table as rows of cells; a pipe after a backslash separates nothing."""
    found = re.findall(r"(?:^\|.*\n?)+", without_diagrams(markdown), re.MULTILINE)
    return [
        [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()]
        for table in found
    ]
