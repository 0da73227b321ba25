"""The people who work at the desk, as Django knows them for signing in; drawn from the ledger like everything else."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from onrecord.casework.models.drawn import Drawn, Reference


class MemberManager(BaseUserManager["Member"]):
    """Find members by name; members are made by entries of the ledger, never here."""


class Member(Drawn, AbstractBaseUser):
    """A member of the docket. The passphrase opens a key file; no password is stored, and no time of signing in."""

    name = models.CharField(max_length=100, unique=True)
    verify_key = models.CharField(max_length=44)
    is_active = models.BooleanField()

    password = None  # type: ignore[assignment]
    last_login = None

    USERNAME_FIELD = "name"
    objects = MemberManager()


class RoleGrant(Drawn):
    """The roles that a lead gave a member; the newest of a member counts."""

    member = Reference()
    roles = models.JSONField()
