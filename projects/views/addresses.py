"""The addresses within one feature, said once for views and templates."""

from uuid import UUID

from django.urls import reverse

from projects.models import Feature


class Addresses:
    """The addresses of a feature's pages; the caller has selected its epic and project."""

    def __init__(self, feature: Feature) -> None:
        self.keys = {"project": feature.epic.project.key, "epic": feature.epic.key, "feature": feature.key}

    def to(self, name: str, **parts: object) -> str:
        return reverse(name, kwargs=self.keys | parts)

    def step(self, slug: str, at: UUID | str = "") -> str:
        address = self.to("step", step=slug)
        return f"{address}?at={at}" if at else address

    def rows(self, part: str) -> str:
        return self.to("rows", part=part)

    def row(self, part: str, uid: UUID | str) -> str:
        return self.to("row", part=part, uid=uid)

    @property
    def companion(self) -> str:
        return self.to("companion")

    @property
    def history(self) -> str:
        return self.to("feature-history")

    @property
    def schema_import(self) -> str:
        return self.to("schema-import")

    @property
    def requirements(self) -> str:
        return self.step("requirements")

    @property
    def sources_new(self) -> str:
        return self.to("sources-new")

    @property
    def dto_import(self) -> str:
        return self.to("dto-import")

    @property
    def reuse(self) -> str:
        return self.to("reuse")

    @property
    def copy_structure(self) -> str:
        return self.to("copy-structure")

    @property
    def diagram(self) -> str:
        return self.to("diagram")

    @property
    def data_model(self) -> str:
        return self.step("data-model")

    @property
    def document_step(self) -> str:
        return self.step("document")

    @property
    def archive(self) -> str:
        return self.to("feature-archive")

    @property
    def design_file(self) -> str:
        return self.to("design-file")

    @property
    def markdown(self) -> str:
        return self.document("data-design", "markdown")

    @property
    def pdf(self) -> str:
        return self.document("data-design", "pdf")

    @property
    def html(self) -> str:
        return self.document("data-design", "html")

    def document(self, slug: str, form: str) -> str:
        return self.to(f"document-{form}", slug=slug)
