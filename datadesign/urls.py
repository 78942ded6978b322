from django.urls import include, path

from datadesign import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("accounts/", include("allauth.urls")),
    path("", include("reviews.urls")),
    path("", include("projects.urls")),
]
