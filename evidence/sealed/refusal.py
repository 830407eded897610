"""Why a file is not drawn, as one word that the caller has a sentence for."""


class Refused(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
