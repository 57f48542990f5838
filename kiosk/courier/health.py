"""What the courier knows of the device, shared between its loop and its door."""

import threading
from dataclasses import dataclass, field


@dataclass(slots=True)
class Health:
    """Plain facts, each with one writer; `wake` rouses the loop, `changed` asks for a heartbeat."""

    wake: threading.Event = field(default_factory=threading.Event)
    changed: threading.Event = field(default_factory=threading.Event)
    enrolled: bool = True
    offset_ms: int = 0
    camera: str = "unknown"
    screen: dict[str, object] | None = None

    def tell(self, camera: str, screen: dict[str, object] | None) -> None:
        """Take over how camera and screen are; news are passed on soon."""
        if (camera, screen) != (self.camera, self.screen):
            self.camera, self.screen = camera, screen
            self.changed.set()
            self.wake.set()
