"""Scene = StepView + Layout: what focus, speech, tour, audit and tests read. Pure."""

from typing import Any

from kiosk.intake.view import Node, StepView
from kiosk.ui.pieces import Box, Layout


def as_json(view: StepView, layout: Layout) -> dict[str, Any]:
    """Return the scene as plain data: one line of `screens.jsonl`."""
    bounds = layout.bounds()
    shown = [node for node in view.nodes if node.id in bounds or node.id in layout.others]
    return {
        "step": view.step,
        "kind": view.kind,
        "language": view.language,
        "direction": view.direction,
        "modes": list(view.modes),
        "page": layout.page,
        "pages": layout.pages,
        "nodes": [_node(node, bounds.get(node.id)) for node in shown],
    }


def _node(node: Node, box: Box | None) -> dict[str, Any]:
    return {
        "id": node.id,
        "role": node.role.value,
        "text": node.text,
        "value": node.value,
        "state": list(node.state) if box else [*node.state, "other-page"],
        "lang": node.lang,
        "dir": node.dir,
        "bounds_mm": [round(v, 2) for v in (box.x, box.y, box.w, box.h)] if box else None,
        "spoken": node.spoken,
        "private": node.private,
        "focusable": node.focusable,
    }
