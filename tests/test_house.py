"""The house rules that a machine can check: direction of imports, sizes, documents, templates."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework import roles

ROOT = Path(__file__).resolve().parent.parent
# Imports point one way: search -> evidence -> kyc -> casework.
MAY_IMPORT = {
    "casework": {"casework"},
    "kyc": {"kyc", "casework"},
    "evidence": {"evidence", "kyc", "casework"},
    "search": {"search", "evidence", "kyc", "casework"},
}
# Without Django: the verifier runs where there is none, and the rest is tested without a database.
PURE = (
    "casework/charts",
    "casework/cohorts.py",
    "casework/ledger",
    "casework/identifiers.py",
    "casework/legal/penalty.py",
    "casework/duties/periods.py",
    "casework/duties/rules.py",
    "casework/metrics.py",
    "casework/panels/panel.py",
    "casework/panels/sheets.py",
    "casework/sentencing/totals.py",
    "casework/procedure/drawing.py",
    "casework/procedure/machine.py",
    "casework/procedure/position.py",
    "casework/procedure/reasons.py",
    "casework/procedure/states.py",
    "casework/procedure/words.py",
    "casework/roles.py",
    "casework/statistics/shapes.py",
    "casework/statistics/survival.py",
    "evidence/continuity",
    "evidence/dossier/binding.py",
    "evidence/dossier/annex",
    "evidence/disclosure/hiding.py",
    "evidence/disclosure/withhold.py",
    "evidence/dossier/archival.py",
    "evidence/dossier/bundle.py",
    "evidence/dossier/draft.py",
    "evidence/dossier/colour.py",
    "evidence/dossier/composing.py",
    "evidence/dossier/embedding.py",
    "evidence/dossier/laying.py",
    "evidence/dossier/outline.py",
    "evidence/dossier/faces",
    "evidence/dossier/fragments.py",
    "evidence/dossier/missing.py",
    "evidence/issuing/arranging.py",
    "evidence/last_read.py",
    "evidence/ledger_check/meaning.py",
    "evidence/dossier/pages",
    "evidence/dossier/paper.py",
    "evidence/dossier/pdffile.py",
    "evidence/dossier/piece.py",
    "evidence/dossier/recipe.py",
    "evidence/dossier/recording.py",
    "evidence/dossier/shelf.py",
    "evidence/dossier/single.py",
    "evidence/dossier/volume.py",
    "evidence/dossier/writing.py",
    "evidence/dossier/part.py",
    "evidence/dossier/parts.py",
    "evidence/dossier/plan.py",
    "evidence/dossier/snapshot.py",
    "evidence/dossier/snapshot_",
    "evidence/dossier/text.py",
    "evidence/proof/rules.py",
    "evidence/sealed",
    "evidence/verifier",
    "kyc/diligence/checklists.py",
    "kyc/watch/list_formats",
    "kyc/redflags/indicators",
    "kyc/cargo/bill_differences.py",
    "kyc/cargo/seal_journey.py",
    "kyc/cargo/weights.py",
    "kyc/ties/drawing.py",
    "kyc/ties/graph.py",
    "kyc/naming",
    "search/function_words.py",
    "search/highlights.py",
    "search/marks.py",
    "search/matching.py",
    "search/plain_words.py",
    "search/query",
    "search/spelling.py",
    "search/sounds.py",
    "search/stemming.py",
    "search/terms.py",
    "search/text.py",
)
MAY_NAME_DJANGO = {  # their words are translated
    "casework/procedure/reasons.py",
    "casework/procedure/words.py",
    "casework/roles.py",
    "casework/statistics/shapes.py",
    "casework/statistics/survival.py",
}
LONGEST_FUNCTION, LONGEST_FILE = 50, 400
MACHINE_PATH = re.compile(r"(?<![\w.{}])/(?:root|work|home/\w+|Users/\w+)/[\w.]")
TEXT = {".py", ".html", ".md", ".css", ".js", ".toml", ".txt", ".csv", ".json", ".example", ""}


def tracked() -> list[Path]:
    """The files of the repository; without git, those of the tree that are not left by tools."""
    try:
        answer = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        found = [p for p in ROOT.rglob("*.*") if not {".venv", "var", "build"} & {*p.parts}]
        return [path for path in found if path.is_file()]
    paths = (ROOT / name for name in answer.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(*tops: str) -> Iterator[tuple[str, str]]:
    """Name and text of the Python files below some folders, without migrations."""
    for path in tracked():
        name = relative(path)
        if path.suffix == ".py" and name.startswith(tops) and "/migrations/" not in name:
            yield name, path.read_text()


def imported(text: str) -> Iterator[str]:
    """Every module that a text imports, within functions too."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_imports_point_one_way() -> None:
    wrong = [
        f"{name} imports {module}"
        for app, allowed in MAY_IMPORT.items()
        for name, text in modules(f"{app}/")
        for module in imported(text)
        if module.split(".")[0] in MAY_IMPORT.keys() - allowed
    ]
    assert wrong == []


def test_pure_cores_know_no_django() -> None:
    wrong = [
        f"{name} imports {module}"
        for name, text in modules(*PURE)
        for module in imported(text)
        if module.split(".")[0] == "django" and name not in MAY_NAME_DJANGO
    ]
    assert wrong == []


def test_one_file_knows_the_libraries_of_elasticsearch() -> None:
    knows = {
        name
        for name, text in modules("")
        for module in imported(text)
        if module.split(".")[0] in {"elasticsearch", "elasticsearch_dsl", "elastic_transport"}
    }
    assert knows == {"search/engines/elastic_server.py"}


def test_files_and_functions_stay_readable() -> None:
    long = [
        f"{name}: {text.count(chr(10))} lines"
        for name, text in modules("")
        if text.count("\n") > LONGEST_FILE
    ]
    for name, text in modules(""):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{name}: {node.name} has {lines} lines")
    assert long == []


def test_rows_are_locked_without_their_keys() -> None:
    """A key that is locked makes others wait in their COMMIT, where what they hold may be wanted:
    the database then throws one of the two out."""
    wrong = [
        f"{name}: {call}"
        for name, text in modules(*(f"{app}/" for app in MAY_IMPORT))
        for call in re.findall(r"select_for_update\((?:[^()]|\([^()]*\))*\)", text)
        if "no_key=True" not in call
    ]
    assert wrong == []


def test_every_module_says_what_it_is_responsible_for() -> None:
    wrong = [
        name
        for name, text in modules(*(f"{app}/" for app in MAY_IMPORT))
        if text.strip() and not ast.get_docstring(ast.parse(text))
    ]
    assert wrong == []


def settings_read() -> set[str]:
    """Names read with `env.…("NAME")` in the one settings file."""
    text = (ROOT / "casework/settings.py").read_text()
    return {*re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text), "DATABASE_URL"}


@pytest.mark.parametrize("document", ["docs/settings.md", ".env.example"])
def test_every_setting_is_documented(document: str) -> None:
    text = (ROOT / document).read_text()
    assert [name for name in sorted(settings_read()) if name not in text] == []


def test_no_other_module_reads_the_environment_for_settings() -> None:
    wrong = [
        name
        for name, text in modules(*(f"{app}/" for app in MAY_IMPORT))
        if name != "casework/settings.py" and re.search(r"environ[\[.].{0,8}CASEWORK_", text)
    ]
    assert wrong == []


def commands() -> list[str]:
    found = ROOT.glob("*/management/commands/*.py")
    return sorted(path.stem for path in found if not path.stem.startswith("_"))


def test_every_command_is_documented() -> None:
    text = "".join(path.read_text() for path in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
    assert [name for name in commands() if not re.search(rf"\b{name}\b", text)] == []


def test_every_role_and_position_is_documented() -> None:
    text = (ROOT / "docs/permissions.md").read_text()
    named = [*roles.ROLES, *roles.POSITIONS]
    assert [name for name in named if f"`{name}`" not in text] == []


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_templates_have_no_inline_style_or_script() -> None:
    forbidden = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I)
    wrong = [relative(p) for p in templates() if forbidden.search(p.read_text())]
    assert wrong == []


UNSPOKEN = re.compile(
    "|".join(
        [
            r"{#.*?#}",
            r"{%\s*block (?:body_class|section).*?endblock\s*%}",
            r"{%\s*comment.*?endcomment\s*%}",
            r"{%\s*blocktranslate.*?endblocktranslate\s*%}",
            r"<svg.*?</svg>",
            r"<kbd.*?</kbd>",
            r"<code.*?</code>",
            r"<span class=\"id[^>]*>.*?</span>",
            r"<symbol.*?</symbol>",
        ]
    ),
    re.S,
)
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:placeholder|aria-label|title|alt)="([^"]*)"')
# The product's own name, and data that is written the same in every language.
NAMES = {"Casework", "html", "doctype", "CSV", "SHA", "PDF"}
# Shown when nothing can be relied on, translation included.
SPOKEN_IN_ENGLISH = {"templates/400.html", "templates/500.html"}


def spoken(text: str) -> Iterator[str]:
    """Words of a template that reach people without passing through translation."""
    text = UNSPOKEN.sub(" ", text)
    bare = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.S)
    for attribute in SPOKEN_ATTRIBUTES.findall(bare):
        yield from re.findall(r"[A-Za-z]{3,}", attribute)
    yield from re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>|&\w+;", " ", bare))


def test_every_word_of_a_template_can_be_translated() -> None:
    wrong = {
        relative(path): words
        for path in templates()
        if (words := sorted(set(spoken(path.read_text())) - NAMES))
        and relative(path) not in SPOKEN_IN_ENGLISH
    }
    assert wrong == {}


def test_no_path_of_a_machine_is_in_the_repository() -> None:
    wrong = [
        relative(path)
        for path in tracked()
        if path.suffix in TEXT and MACHINE_PATH.search(path.read_text(errors="replace"))
    ]
    assert wrong == []
