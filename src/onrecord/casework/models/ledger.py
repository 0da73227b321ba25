"""The ledger's own table: one row an entry, the truth from which all drawn rows come.

`sealed` holds the entry's salt and envelope under its subject's key; once that key is erased, the leaf remains and
proves that an entry stood here, and nobody can read it. The running numbers and the time stand beside it in this
encrypted database so that the next entry can follow without opening the last; an audit compares them with the envelope.
"""

from django.db import models

from onrecord.casework.models.drawn import ID_CHARACTERS


class LedgerRow(models.Model):
    """One leaf of the ledger: a sealed entry, or a public keyset."""

    index = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    is_keyset = models.BooleanField()
    subject = models.CharField(max_length=ID_CHARACTERS)
    subject_seq = models.BigIntegerField()
    actor = models.CharField(max_length=ID_CHARACTERS)
    actor_seq = models.BigIntegerField()
    at = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_seq"], name="one_entry_a_subject_number"),
            models.UniqueConstraint(fields=["actor", "actor_seq"], name="one_entry_an_actor_number"),
        ]
