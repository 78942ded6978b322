from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from reviews.workflow import receivers  # noqa: PLC0415 - only now are the models there

        receivers.connect()
