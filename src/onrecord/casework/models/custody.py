"""What left and what was erased: bundles made, and subjects whose key is gone."""

from django.db import models

from onrecord.casework.models.drawn import Drawn


class BundleRecord(Drawn):
    """A bundle that was made of one case: on which basis, for which purpose, and the hash of its manifest."""

    basis = models.JSONField()
    purpose = models.CharField(max_length=40)
    manifest_sha256 = models.CharField(max_length=64)
    counts = models.JSONField()
    left_out = models.IntegerField()


class Erasure(Drawn):
    """A subject whose key was erased: who did it, when and why. Nothing else about it can be read."""

    erased_kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    complete_after = models.CharField(max_length=20)
    sealed_sha256 = models.CharField(max_length=64, db_index=True)
