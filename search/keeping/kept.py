"""One kept search as it is shown: its words, and the address that asks it again."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from search.params import Params, params_from

MAX_ADDRESS = 2_000  # characters of an address that are kept


@dataclass(frozen=True)
class Kept:
    pk: int
    name: str  # empty for what was asked but not saved
    params: Params
    url: str

    @classmethod
    def read(cls, pk: int, name: str, asked: str) -> "Kept":
        params = params_from(QueryDict(asked))
        return cls(pk, name, params, f"{reverse('search:search')}?{params.address()}")

    @property
    def words(self) -> str:
        return self.name or self.params.typed
