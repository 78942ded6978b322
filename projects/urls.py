"""The addresses. Keys stand in them, so that a link says what it leads to."""

from django.urls import path

from projects.views import (
    account,
    companion,
    diagram,
    documents,
    epics,
    features,
    history,
    imports,
    invitations,
    paste,
    people,
    project_history,
    projects,
    reuse,
    rows,
    schema,
    workbench,
)

PROJECT = "projects/<slug:project>/"
EPIC = f"{PROJECT}<slug:epic>/"
FEATURE = f"{EPIC}<slug:feature>/"

urlpatterns = [
    path("", projects.home, name="home"),
    path("design.schema.json", schema.design_schema, name="design-schema"),
    path("profile/", account.profile, name="profile"),
    path("invitations/", invitations.invitation_again, name="invitation-again"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.project_new, name="project-new"),
    path(PROJECT, projects.project, name="project"),
    # Keys never are words of these addresses: vocabulary.RESERVED_KEYS holds them.
    path(f"{PROJECT}new/", features.feature_new, name="feature-new"),
    path(f"{PROJECT}epics/new/", epics.epic_new, name="epic-new"),
    path(f"{PROJECT}people/", people.people, name="project-people"),
    path(f"{PROJECT}people/invite/", people.invitation_new, name="invitation-new"),
    path(f"{PROJECT}people/<int:person>/", people.member_roles, name="member-roles"),
    path(f"{PROJECT}people/<int:person>/remove/", people.member_remove, name="member-remove"),
    path(
        f"{PROJECT}people/invitations/<int:invitation>/withdraw/",
        people.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path(f"{PROJECT}conventions/", projects.project_conventions, name="project-conventions"),
    path(f"{PROJECT}history/", project_history.project_history, name="project-history"),
    path(f"{PROJECT}settings/", projects.project_settings, name="project-settings"),
    path(f"{PROJECT}settings/archive/", projects.project_archive, name="project-archive"),
    path(f"{PROJECT}settings/restore/", projects.project_restore, name="project-restore"),
    path(EPIC, epics.epic, name="epic"),
    path(f"{EPIC}edit/", epics.epic_edit, name="epic-edit"),
    path(f"{FEATURE}edit/", features.feature_edit, name="feature-edit"),
    path(FEATURE, workbench.feature, name="feature"),
    path(f"{FEATURE}step/", workbench.choose_step, name="choose-step"),
    path(f"{FEATURE}steps/<slug:step>/", workbench.step, name="step"),
    path(f"{FEATURE}rows/<slug:part>/", rows.rows, name="rows"),
    path(f"{FEATURE}rows/<slug:part>/paste/", paste.paste, name="paste"),
    path(f"{FEATURE}rows/<slug:part>/<str:uid>/", rows.row, name="row"),
    path(f"{FEATURE}rows/<slug:part>/<uuid:uid>/delete/", rows.delete_record, name="delete-row"),
    path(f"{FEATURE}companion/", companion.companion, name="companion"),
    path(f"{FEATURE}diagram/", diagram.diagram, name="diagram"),
    path(f"{FEATURE}reuse/", reuse.reuse, name="reuse"),
    path(f"{FEATURE}import/", imports.new, name="schema-import"),
    path(f"{FEATURE}import/<int:pending>/", imports.preview, name="schema-import-preview"),
    path(f"{FEATURE}history/", history.feature_history, name="feature-history"),
    path(f"{FEATURE}history/<int:sequence>/undo/", history.undo, name="undo"),
    path(f"{FEATURE}documents/<slug:slug>.md", documents.markdown, name="document-markdown"),
    path(f"{FEATURE}documents/<slug:slug>.pdf", documents.pdf, name="document-pdf"),
    path(f"{FEATURE}documents/<slug:slug>.html", documents.html, name="document-html"),
    path(f"{FEATURE}documents.zip", documents.archive, name="feature-archive"),
    path(f"{FEATURE}design.json", documents.design_file, name="design-file"),
]
