"""A snapshot for the defence: what is withheld leaves no trace but its line in the schedule. Pure.

Whatever is marked as sensitive goes, unless a person decided by name that it is served: so a part
that is new to the dossier cannot carry a protected thing out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any

from evidence.disclosure.hiding import hidden
from evidence.dossier.bundle import LedgerExtract, safe_segment
from evidence.dossier.plan import Withheld
from evidence.dossier.snapshot import File, Proceeding, Snapshot
from evidence.dossier.snapshot_flags import RedFlag
from evidence.dossier.snapshot_proof import TrialProof
from evidence.dossier.snapshot_witness import Statement, Translation

MARKS = ("is_sensitive", "is_restricted", "is_protected")
NAMES = ("label", "exhibit")  # the fields by which a thing says of which exhibit it is
# What a part is made of. A part that is not named here is only left unprinted.
MADE_OF: Mapping[str, tuple[str, ...]] = {
    "summary": ("summary", "seizures"),
    "proof": ("proof",),
    "custody": ("exhibits",),
    "laboratory": ("examinations", "comparisons"),
    "certificates": ("certificates",),
    "electronic": ("electronic",),
    "parties": ("parties",),
    "consignments": ("consignments",),
    "witnesses": ("witnesses",),
    "statements": ("statements",),
    "files": ("files",),
}
ALWAYS = frozenset({"proof"})  # what the prosecution makes of its evidence is its own
INTERNAL = (RedFlag, TrialProof)
SAID = (Statement, Translation)
NOTES = ("proves",)  # working notes in what is served


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The redacted copy that is served in the place of a file."""

    name: str
    size: int
    media_type: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided of each thing, by the names that a snapshot has for them."""

    parts: frozenset[str] = frozenset()  # withheld
    exhibits: frozenset[str] = frozenset()  # labels of those withheld
    files: frozenset[str] = frozenset()  # digests of those withheld
    copies: Mapping[str, Copy] = field(default_factory=dict)  # by the digest of the original
    keys: frozenset[str] = frozenset()  # other things withheld, by their `key` in the snapshot
    served: frozenset[str] = frozenset()  # labels, digests and keys served although sensitive
    words: frozenset[str] = frozenset()  # names that nobody outside may read
    schedule: tuple[Withheld, ...] = ()


def withhold(snapshot: Snapshot, decided: Decided) -> Snapshot:
    """The same case with all of that taken out, and with the schedule."""
    less = _speaking(_without_parts(snapshot, decided.parts | ALWAYS), decided)
    names = _traces(snapshot, decided)
    traces = hidden(decided.words | names | _of_originals(snapshot, decided))
    plan = less.plan
    kept = tuple(one for one in plan.replacements if one.document.digest not in decided.files)
    less = replace(less, plan=replace(plan, is_disclosure=True, replacements=kept, withheld=()))
    cleaned = traces.out_of_all(_referring(_Taking(decided, names).out_of(less)))
    secret = hidden(decided.words)
    schedule = tuple(secret.out_of_all(line) for line in decided.schedule)
    return replace(cleaned, plan=replace(cleaned.plan, withheld=schedule))


def closed(
    extract: LedgerExtract, whole: Snapshot, left: Snapshot, decided: Decided
) -> LedgerExtract:
    """The chains of what is left alone; openings with a withheld word in them stay closed."""
    served = {one.identifier for one in left.exhibits}
    chains = [chain for chain in extract.chains if chain.exhibit in served]
    secret = hidden(decided.words | _traces(whole, decided) | _of_originals(whole, decided))
    texts = {
        opening["text"]
        for chain in chains
        for event in chain.events
        for opening in event.openings.values()
        if secret.is_in(opening["text"])
    }
    return replace(extract, chains=chains).withholding(texts)


def _without_parts(snapshot: Snapshot, parts: frozenset[str]) -> Snapshot:
    emptied = {name for part in parts for name in MADE_OF.get(part, ())}
    blank: dict[str, Any] = {each.name: each.default for each in fields(snapshot)}
    blank["summary"] = ""
    wanted = tuple(wish for wish in snapshot.plan.parts if wish.key not in parts)
    return replace(
        snapshot,
        plan=replace(snapshot.plan, parts=wanted),
        proceedings=tuple(_proceeding(one, parts) for one in snapshot.proceedings),
        **{name: blank[name] for name in emptied},
    )


def _proceeding(proceeding: Proceeding, parts: frozenset[str]) -> Proceeding:
    values: dict[str, Any] = {"sheets": (), "bail": ()} if "charges" in parts else {}
    values |= {"hearings": ()} if "hearings" in parts else {}
    return replace(proceeding, **values)


def _traces(snapshot: Snapshot, decided: Decided) -> frozenset[str]:
    """Words by which a withheld thing would still be known: its label, its name, what it is."""
    gone = [one for one in snapshot.exhibits if one.label in decided.exhibits]
    here = [one for one in snapshot.exhibits if one.label not in decided.exhibits]
    lost = {file for file in _files(snapshot) if file.digest in decided.files}
    named = {one.description for one in gone} | {file.name for file in lost}
    named |= {file.caption for file in lost}
    kept = {one.description for one in here} | _kept_names(snapshot, decided)
    return frozenset({*decided.exhibits, *(named - kept)} - {""})


def _of_originals(snapshot: Snapshot, decided: Decided) -> frozenset[str]:
    """Names of files of which a redacted copy is served: they may say what was taken out."""
    named = {file.name for file in _files(snapshot) if file.digest in decided.copies}
    return frozenset(named - _kept_names(snapshot, decided) - {""})


def _kept_names(snapshot: Snapshot, decided: Decided) -> set[str]:
    gone = decided.files | frozenset(decided.copies)
    kept = [file for file in _files(snapshot) if file.digest not in gone]
    names = {file.name for file in kept} | {file.caption for file in kept}
    return names | {copy.name for copy in decided.copies.values()}


def _files(snapshot: Snapshot) -> list[File]:
    return [*snapshot.files, *(file for one in snapshot.exhibits for file in one.files)]


def _speaking(snapshot: Snapshot, decided: Decided) -> Snapshot:
    """No comparison tells what was found in a withheld exhibit, no memo asks of nothing else."""
    gone = hidden(decided.exhibits)
    told = tuple(
        one for one in snapshot.comparisons if not gone.is_in(f"{one.sentence} {one.listing}")
    )
    asked = tuple(
        one
        for one in snapshot.examinations
        if not one.items or any(item.label not in decided.exhibits for item in one.items)
    )
    return replace(snapshot, comparisons=told, examinations=asked)


def _referring(snapshot: Snapshot) -> Snapshot:
    """No witness is said to have given a statement that is not there."""
    here = {one.number for one in snapshot.statements}
    witnesses = tuple(
        replace(one, statements=tuple(number for number in one.statements if number in here))
        for one in snapshot.witnesses
    )
    return replace(snapshot, witnesses=witnesses)


def statement_key(who: str, taken_on: date, language: str, text: str) -> str:
    """A statement by what it says: `who` is the label of the witness or the accused (W3, A1)."""
    said = "\n".join([who, taken_on.isoformat(), language, text])
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _key_of(value: Any) -> str:
    if isinstance(value, Statement):
        who = value.witness or f"A{value.accused}"
        return statement_key(who, value.taken_on, value.language, value.text)
    return str(getattr(value, "key", ""))


@dataclass(frozen=True)
class _Taking:
    """Takes withheld things out of frozen dataclasses and tuples, however deep."""

    decided: Decided
    names: frozenset[str]  # of what is gone: a line about such a thing goes with it

    def out_of(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.out_of(each) for each in value if not self._goes(each))
        if isinstance(value, str):
            return "" if value in self.decided.files else value
        if is_dataclass(value) and not isinstance(value, type):
            return self._rebuilt(value)
        return value

    def _rebuilt(self, value: Any) -> Any:
        changed: dict[str, Any] = {}
        for each in fields(value):
            if each.init:
                old = getattr(value, each.name)
                new = False if each.name in MARKS else self.out_of(old)
                if each.name in NOTES:
                    new = ""
                if new is not old:
                    changed[each.name] = new
        changed |= self._copied(value) | self._papers(value)
        return replace(value, **changed) if changed else value

    def _copied(self, value: Any) -> dict[str, Any]:
        """The redacted copy in the place of a file, with a path of its own in the bundle."""
        copy = self.decided.copies.get(getattr(value, "digest", ""))
        if copy is None:
            return {}
        if not hasattr(value, "bundle_path"):
            return {"name": copy.name} if hasattr(value, "name") else {}
        folder = value.bundle_path.rpartition("/")[0]
        path = f"{folder}/{copy.digest[:12]}-{safe_segment(copy.name)}"
        return {
            "name": copy.name, "size": copy.size, "media_type": copy.media_type,
            "digest": copy.digest, "bundle_path": path,
            **({"is_picture": copy.media_type.startswith("image/")}
               if hasattr(value, "is_picture") else {}),
            **({"caption": ""} if hasattr(value, "caption") else {}),
            **({"title": copy.name} if hasattr(value, "title") else {}),
        }  # fmt: skip

    def _papers(self, value: Any) -> dict[str, Any]:
        """Where a thing names its paper: the copy, or no paper; nor the words of a redacted one."""
        digest = getattr(value, "paper_digest", "")
        has_path = hasattr(value, "bundle_path")
        if digest in self.decided.files:
            return {"paper": "", **({"bundle_path": ""} if has_path else {})}
        copy = self.decided.copies.get(digest)
        if copy is None:
            return {}
        made: dict[str, Any] = {"paper": copy.name} if hasattr(value, "paper") else {}
        made["paper_digest"] = copy.digest
        if has_path:
            folder = value.bundle_path.rpartition("/")[0]
            made["bundle_path"] = f"{folder}/{copy.digest[:12]}-{safe_segment(copy.name)}"
        return made | ({"text": ""} if isinstance(value, SAID) else {})

    def _goes(self, value: Any) -> bool:
        decided = self.decided
        if isinstance(value, str):
            return value in decided.files or value in decided.exhibits
        if not is_dataclass(value):
            return False
        if isinstance(value, INTERNAL):
            return True
        if getattr(value, "thing", "") in self.names:
            return True
        if isinstance(value, SAID) and value.paper_digest in decided.files:
            return True
        names = {getattr(value, name, "") for name in NAMES}
        own = {getattr(value, "digest", ""), _key_of(value), *names}
        if own & decided.files or own & decided.keys or names & decided.exhibits:
            return True
        is_marked = any(getattr(value, name, False) for name in MARKS)
        return is_marked and not own & (decided.served | frozenset(decided.copies))
