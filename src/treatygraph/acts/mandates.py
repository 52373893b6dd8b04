"""An action → the mandates that it gives, one for each body that it asks; and its modality from whom it asks."""

from __future__ import annotations

from dataclasses import dataclass

from treatygraph.model.actions import Action, Modality


@dataclass(frozen=True, slots=True)
class Mandate:
    """What an action asks of one body (guidelines, modality: a mandate has a body as its addressee)."""

    action: Action
    body: str


def modality(addressees: tuple[str, ...], addressee_text: str | None) -> Modality:
    """A mandate if one addressee is a body, else a recommendation if any is a group or only words, else a decision."""
    if any(key.startswith("body/") for key in addressees):
        return Modality.MANDATE
    return Modality.RECOMMENDATION if addressees or addressee_text else Modality.DECISION


def mandates_of(action: Action) -> tuple[Mandate, ...]:
    """The mandates of *action*, one for each body among its addressees, in their order, each once."""
    bodies = dict.fromkeys(key for key in action.addressees if key.startswith("body/"))
    return tuple(Mandate(action, body) for body in bodies)
