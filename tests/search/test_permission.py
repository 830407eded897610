"""Property: whatever is granted, hidden, expired or lagging, search is what `visible_to` says."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from casework import reference
from casework.models import User
from search import sync
from search.engines.elastic_server import Address
from tests.search import permission_world
from tests.search.permission_property import PermissionProperty
from tests.search.permission_world import World

NewIndex = Callable[[], None]


@pytest.fixture
def world(
    investigator: User, colleague: User, custodian: User, outsider: User, manager: User
) -> World:
    reference.load_starter()
    return permission_world.make(investigator, [colleague, custodian, outsider, manager])


class TestOnTantivy(PermissionProperty):
    @pytest.fixture
    def a_new_index(self, settings: Settings, tmp_path_factory: Any) -> NewIndex:
        def _new() -> None:
            settings.SEARCH_DIR = Path(tmp_path_factory.mktemp("index"))
            sync.rebuild()

        return _new


class TestOnElasticsearch(PermissionProperty):
    @pytest.fixture
    def a_new_index(self, settings: Settings, on_elasticsearch: Address) -> NewIndex:
        def _new() -> None:
            settings.ELASTICSEARCH_PREFIX = f"{on_elasticsearch.prefix}-{uuid.uuid4().hex[:8]}"
            sync.rebuild()

        return _new
