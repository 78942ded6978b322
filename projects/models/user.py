"""People: they sign in with their e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from projects.design.vocabulary import NAME_LENGTH, MailWhen


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    THEMES = (("", "As the system says"), ("light", "Light"), ("dark", "Dark"))

    username = None  # type: ignore[assignment]  # the e-mail address is the login
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    theme = models.CharField(max_length=5, choices=THEMES, blank=True, default="")
    time_zone = models.CharField(max_length=64, default="UTC")
    has_shortcuts = models.BooleanField("single-letter shortcuts", default=True)

    # How many notices wait in the inbox, kept here because every page shows it.
    unread_notices = models.PositiveIntegerField(default=0, editable=False)
    mail_when = models.CharField("news by e-mail", max_length=8, choices=MailWhen.choices(), default=MailWhen.ALL)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # it creates people without a username

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="email_unique_in_any_case", violation_error_message="This address has an account."
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = [word for word in self.display_name.replace("@", " ").split() if word]
        return "".join(word[0] for word in words[:2]).upper()
