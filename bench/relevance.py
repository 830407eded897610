"""How well the whole product answers: `python -m bench.relevance DOCS QUERIES QRELS`.

Each document becomes a case recorded by an officer, and each question is asked on the search page
by a colleague of the unit. Prints nDCG@10, MAP and recall@100; with `--known-item FOLDER_OR_TAR`
the reciprocal rank of each judgment asked for by its catchphrases. Files as JSON, gz or plain.
"""

import argparse
import os
import secrets
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.judged import Collection, cranfield, judgments, report

MATERIALS = ("case", "note", "file")


def main() -> int:
    options = _options()
    collection = (
        judgments(Path(options.known_item))
        if options.known_item
        else cranfield(*map(Path, options.files))
    )
    with tempfile.TemporaryDirectory() as folder:
        _settle(folder)
        for line in _measured(collection, options.material):
            print(line, flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", metavar="DOCS QUERIES QRELS")
    parser.add_argument("--known-item", help="a folder or tar of judgments as XML")
    parser.add_argument("--material", choices=MATERIALS, default="case", help="what each becomes")
    options = parser.parse_args()
    if not options.known_item and len(options.files) != 3:
        parser.error("give DOCS, QUERIES and QRELS, or --known-item")
    return options


def _settle(folder: str) -> None:
    """A database and folders that are thrown away, unless the environment names a database."""
    import django

    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/relevance.sqlite3")
    os.environ.setdefault("CASEWORK_ELASTICSEARCH_PREFIX", f"relevance-{secrets.token_hex(4)}")
    os.environ |= {
        "CASEWORK_DATA_DIR": folder,
        "CASEWORK_DEBUG": "1",
        "CASEWORK_IGNORE_ENV_FILE": "1",
        "CASEWORK_SIGNING_KEY_FILE": f"{folder}/signing-key.pem",
        "DJANGO_SETTINGS_MODULE": "casework.settings",
    }
    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    Path(folder, "static").mkdir()
    # The tables as they are now, without the way there: a throw-away database needs no history.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("create_signing_key", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)


def _measured(collection: Collection, material: str) -> Iterable[str]:
    from bench.generate.material import Library
    from search import index

    library = Library(material)
    yield f"{len(collection.documents):,} documents as {material}s in {library.load(collection)}"
    engine = type(index.engine()).__name__
    for name, questions in collection.questions.items():
        ranked = {number: library.ask(typed) for number, typed in questions.items()}
        yield f"{engine}, {name}: {report(collection.relevant, ranked)}"


if __name__ == "__main__":
    sys.exit(main())
