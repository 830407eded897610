"""Layers of a PDF as it opens: what they hide is left out, what they show stays for good. Pure."""

from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, Stream

Group = tuple[int, int]  # number and generation of its object
DEEPEST: Final = 40
_ENDS: Final = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}  # painting of a path
_PAINTS: Final = {"Do", "sh", "Tj", "TJ", "INLINE IMAGE"}


def hidden(paper: Pdf) -> frozenset[Group]:
    """The groups that are off when the paper is opened."""
    properties = paper.Root.get(Name.OCProperties)
    if not isinstance(properties, Dictionary):
        return frozenset()
    opening = properties.get(Name.D)
    opening = opening if isinstance(opening, Dictionary) else Dictionary()
    off = _groups(opening.get(Name.OFF))
    if opening.get(Name.BaseState) == Name.OFF:
        off |= _groups(properties.get(Name.OCGs)) - _groups(opening.get(Name.ON))
    return frozenset(off)


def unpin(paper: Pdf, off: frozenset[Group]) -> None:
    """Take the annotations away that belong to a hidden layer."""
    for page in paper.pages if off else ():
        notes = page.obj.get(Name.Annots)
        if isinstance(notes, Array):
            kept = [note for note in notes if not _is_off(_layer(note), off)]
            page.obj.Annots = Array(kept)


def leave_out(form: Stream, off: frozenset[Group], seen: set[Group]) -> None:
    """Remove from a form, and from the forms in it, what a hidden layer holds."""
    waiting: list[Any] = [form] if off else []
    while waiting:
        held = waiting.pop()
        resources = held.get(Name.Resources)
        if not isinstance(resources, Dictionary):
            continue
        waiting += _inner(resources, off, seen)
        names = _hidden_names(resources.get(Name.Properties), off)
        if names:
            held.write(pikepdf.unparse_content_stream(_filtered(held, names)))


def _groups(listed: Any) -> set[Group]:
    return {each.objgen for each in listed} if isinstance(listed, Array) else set()


def _layer(held: Any) -> Any:
    return held.get(Name.OC) if isinstance(held, Dictionary | Stream) else None


def _is_off(layer: Any, off: frozenset[Group]) -> bool:
    if not isinstance(layer, Dictionary):
        return False
    if layer.get(Name.Type) != Name.OCMD:
        return layer.objgen in off
    members = layer.get(Name.OCGs)
    groups = [members] if isinstance(members, Dictionary) else list(members or [])
    states = [each.objgen not in off for each in groups if isinstance(each, Dictionary)]
    policy = str(layer.get(Name.P, Name.AnyOn))
    shown = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
    return bool(states) and not shown.get(policy, any(states))


def _inner(resources: Dictionary, off: frozenset[Group], seen: set[Group]) -> list[Any]:
    """Forms and patterns still to look into; those of a hidden layer are taken away."""
    found = []
    for category in (Name.XObject, Name.Pattern):
        held: Any = resources.get(category)
        for key in [*held.keys()] if isinstance(held, Dictionary) else []:
            each = held[key]
            if _is_off(_layer(each), off):
                del held[key]
            elif isinstance(each, Stream) and each.objgen not in seen:
                seen.add(each.objgen)
                found.append(each)
    return [each for each in found if each.get(Name.Subtype) != Name.Image]


def _hidden_names(properties: Any, off: frozenset[Group]) -> set[str]:
    if not isinstance(properties, Dictionary):
        return set()
    return {key for key in properties.keys() if _is_off(properties[key], off)}  # noqa: SIM118


def _filtered(held: Stream, names: set[str]) -> list[Any]:
    """The instructions without the painting between the marks of hidden layers.

    What changes the state stays: the text around relies on it.
    """
    kept: list[Any] = []
    marks: list[bool] = []
    for step in pikepdf.parse_content_stream(held):
        what = str(step.operator)
        if what in ("BDC", "BMC"):
            layer = what == "BDC" and str(step.operands[0]) == "/OC"
            marks.append(layer and str(step.operands[1]) in names)
        elif what == "EMC" and marks:
            marks.pop()
        elif any(marks):
            kept += _without_paint(step, what)
            continue
        kept.append(step)
    return kept


def _without_paint(step: Any, what: str) -> list[Any]:
    if what in _PAINTS:
        return []
    if what in _ENDS:
        return [([], Operator("n"))]
    if what == "'":
        return [([], Operator("T*"))]
    if what == '"':
        spaces = step.operands
        return [([spaces[0]], Operator("Tw")), ([spaces[1]], Operator("Tc")), ([], Operator("T*"))]
    return [step]
