"""The rows of a grid as HTML.

Written in Python and not as a template: a page shows hundreds of rows with up to nine cells each, and Django's widgets
would take longer than everything else together. All text goes through `escape`.
"""

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from projects.templatetags.interface import icon, severity_icon
from projects.workflow.grids import CellView, GridView, RowView
from projects.workflow.inherited import FromPolicy
from projects.workflow.saving import NEW

register = template.Library()

SEND = ' hx-trigger="rowsave" hx-target="this" hx-swap="outerHTML" hx-sync="this:queue last"'
ACTIONS = (
    ("up", "Move up", ""),
    ("down", "Move down", ""),
    ("duplicate", "Duplicate", ""),
    ("delete", "Delete", " menu-danger"),
)
TRUE = (True, "on", "true", "True", "1")


@register.simple_tag
def grid_rows(view: GridView) -> SafeString:
    return mark_safe("".join(row_html(view, row) for row in view.rows))


def row_html(view: GridView, row: RowView) -> str:
    """One row, with the rows below it that hold its errors, its conflict, or the question before its deletion."""
    cells = "".join(_cell(view, row, cell) for cell in row.cells)
    return f"{_opening(view, row)}{_gutter(view, row)}{cells}{_actions(view, row)}</tr>{_below(view, row)}"


def _opening(view: GridView, row: RowView) -> str:
    row_id = f"row-new-{view.grid.slug}" if row.is_new else f"row-{row.uid}"
    kind = " grid-new" if row.is_new else ""
    new = " data-new" if row.is_new else ""
    current = ' aria-current="true"' if row.uid == view.picked else ""
    sends = f' hx-post="{escape(view.url)}{row.uid}/"{SEND}' if view.may_edit else ""
    return f'<tr class="grid-row{kind}" id="{row_id}" data-row{new} data-uid="{row.uid}"{current}{sends}>'


def _gutter(view: GridView, row: RowView) -> str:
    if row.is_new:
        hidden = f'<input type="hidden" name="{NEW}-uid" value="{escape(row.proposed_uid)}">'
        return f'<td class="gutter">{icon("plus")}{hidden}</td>'
    mark = f'<span class="row-number">{row.number}</span>'
    select = _select(view, row) if view.may_edit else ""
    if row.severity:
        words = "; ".join(finding.message for finding in row.findings) or "not saved"
        mark = severity_icon(row.severity, f"Row {row.number}: {words}")
    version = f'<input type="hidden" name="{row.uid}-version" value="{row.version}">'
    return f'<td class="gutter">{mark}{select}{version}</td>'


def _select(view: GridView, row: RowView) -> str:
    chosen = " checked" if row.uid in view.selection.uids else ""
    words = escape(f"Select row {row.number}, {row.label}")
    named = f'name="selected" value="{row.uid}" data-select'
    return f'<input type="checkbox" class="row-select" {named} aria-label="{words}"{chosen}>'


def _cell(view: GridView, row: RowView, cell: CellView) -> str:
    column = cell.column
    tones = {"error": " cell-error", "warning": " cell-warn"}
    tone = tones.get("error" if cell.error else cell.severity, "")
    departs = " cell-departs" if cell.inherited and cell.inherited.departs else ""
    width = f" col-{column.width}" if column.width else ""
    rare = " col-rare" if column.is_rare else ""
    place = "new row" if row.is_new else f"row {row.number}, {row.label}"
    attributes = f' name="{row.uid}-{column.name}" aria-label="{escape(f"{column.label}, {place}")}"'
    if not view.may_edit:
        attributes += " disabled"
    if cell.error:
        attributes += f' aria-invalid="true" aria-describedby="errors-{row.uid}"'
    if row.is_new and column is view.grid.columns[0]:
        attributes += f' placeholder="{escape(view.grid.add_label)}"'
    if cell.inherited:
        attributes += _from_policy(cell.inherited)
    control = CONTROLS.get(column.kind, _text)(view, cell, attributes)
    control += _proposal(row, cell) if view.may_edit else ""
    looks = f"cell cell-{column.kind}{tone}{departs}{width}{rare}"
    return f'<td class="{looks}" data-label="{escape(column.label)}">{control}</td>'


def _from_policy(inherited: FromPolicy) -> str:
    """What the policy says stands in the cell while it is empty, and is told of one that says otherwise."""
    words = escape(inherited.words)
    value = "" if inherited.departs else f' placeholder="{escape(inherited.value)}"'
    return f'{value} title="{words}" aria-description="{words}"'


@register.simple_tag
def inherited_rows(view: GridView) -> SafeString:
    """The rows that a policy gives as long as the grid has none of its own, to read only."""
    if view.inherited is None or view.count:
        return mark_safe("")
    source = escape(f"From the {view.inherited.policy.label.lower()}")
    gutter = f'<td class="gutter">{icon("book-open", source)}</td>'
    rows = (
        f'<tr class="grid-inherited" title="{source}">{gutter}{_read_only(view, cells)}'
        '<td class="row-actions"></td></tr>'
        for cells in view.inherited.rows
    )
    return mark_safe("".join(rows))


def _read_only(view: GridView, cells: tuple[str, ...]) -> str:
    return "".join(
        f'<td class="cell cell-computed col-{column.width}" data-label="{escape(column.label)}">'
        f'<span class="cell-value" dir="auto">{escape(text)}</span></td>'
        for column, text in zip(view.grid.columns, cells, strict=True)
    )


def _proposal(row: RowView, cell: CellView) -> str:
    """A button that takes the proposed text: without JavaScript it is sent as the cell, after the empty input."""
    if not cell.proposal or cell.value:
        return ""
    words, column = escape(cell.proposal), cell.column
    label = escape(f"{column.label}, row {row.number}, {row.label}: take {cell.proposal}")
    named = f'name="{row.uid}-{column.name}" value="{words}" title="{words}" data-propose'
    return f'<button class="cell-proposal" {named} aria-label="{label}"><bdi>{words}</bdi>?</button>'


def _check(view: GridView, cell: CellView, attributes: str) -> str:
    return f'<input type="checkbox"{attributes}{" checked" if cell.value in TRUE else ""}>'


def _choice(view: GridView, cell: CellView, attributes: str) -> str:
    current = "" if cell.value is None else str(cell.value)
    choices = view.choices[cell.column.name]
    if all(value != current for value, _ in choices):
        # What was imported may not be among what fits here; showing nothing would lose it on the next save.
        choices = [*choices, (current, current)]
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == current else ""}>{escape(label)}</option>'
        for value, label in choices
    )
    return f"<select{attributes}>{options}</select>"


def _text(view: GridView, cell: CellView, attributes: str) -> str:
    value = "" if cell.value is None else escape(str(cell.value))
    column = cell.column
    if isinstance(view.grid.form.base_fields[column.name].widget, forms.Textarea):
        # An input would lose the line breaks of prose; HTML drops the first one in a textarea.
        return f'<textarea rows="1"{attributes} dir="auto">\n{value}</textarea>'
    known = f' list="known-{column.suggestions}"' if column.suggestions else ""
    plain = ' spellcheck="false"' if column.kind == "mono" else ""
    return f'<input value="{value}"{attributes}{known}{plain} dir="auto" autocomplete="off">'


CONTROLS = {"check": _check, "choice": _choice}


def _actions(view: GridView, row: RowView) -> str:
    if row.is_new or not view.may_edit:
        return '<td class="row-actions"></td>'
    label = escape(f"Actions, row {row.number}, {row.label}")
    place = escape(f"row {row.number}, {row.label}")
    items = "".join(_menu_button(row.uid, place, *action) for action in ACTIONS)
    links = "".join(
        f'<a class="menu-item" href="{escape(address)}">{escape(words)}</a>' for words, address in view.links(row)
    )
    return (
        '<td class="row-actions"><details class="menu" data-menu>'
        f'<summary class="icon-button" aria-label="{label}">{icon("ellipsis")}</summary>'
        f'<div class="menu-panel">{links}{items}</div></details></td>'
    )


def _menu_button(uid: str, place: str, action: str, words: str, danger: str) -> str:
    named = f'name="action" value="{action}:{uid}" data-action="{action}"'
    return f'<button class="menu-item{danger}" {named} aria-label="{words}, {place}">{words}</button>'


def _below(view: GridView, row: RowView) -> str:
    below = ""
    if row.errors:
        messages = "".join(f"<li>{icon('octagon-x')} {escape(message)}</li>" for message in row.errors)
        below += _spanning(view, row, "row-errors", f'<ul id="errors-{row.uid}">{messages}</ul>')
    if row.conflict:
        asked = {
            "uid": row.uid,
            "conflict": row.conflict,
            "title": f"Row {row.number} changed while you were editing it",
        }
        below += _spanning(view, row, "row-conflict", render_to_string("components/conflict.html", asked))
    if row.goes_along:
        below += _spanning(view, row, "row-conflict", render_to_string("components/delete_question.html", {"row": row}))
    return below


def _spanning(view: GridView, row: RowView, kind: str, content: str) -> str:
    width = len(view.grid.columns) + 1
    return f'<tr class="{kind}" data-for="{row.uid}"><td class="gutter"></td><td colspan="{width}">{content}</td></tr>'
