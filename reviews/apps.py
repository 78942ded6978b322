from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        # Only now are the models there.
        from reviews.workflow import receivers  # noqa: PLC0415

        receivers.connect()
