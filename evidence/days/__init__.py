"""What each listed hearing needs in the room, read together with custody; the readiness board."""
