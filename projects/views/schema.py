"""The JSON Schema of the design file, for editors and scripts; anybody may read it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from projects.design.schema import design_schema_text


@login_not_required
@require_safe
def design_schema(request: HttpRequest) -> HttpResponse:
    return HttpResponse(design_schema_text(), content_type="application/schema+json")
