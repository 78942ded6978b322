"""The addresses of reviews; those of designs are in projects."""

from django.urls import path

from projects.urls import FEATURE
from reviews.views import page

REVISION = f"{FEATURE}revisions/<int:number>/"

urlpatterns = [
    path(REVISION, page.review, name="review"),
]
