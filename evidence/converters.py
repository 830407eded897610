"""The label of an exhibit as a part of an address: capitals, so that words after it stand out."""

from evidence.models.exhibit import LABEL_PATTERN


class LabelConverter:
    """`E7` or `E7/S1`; whatever is no label is no address."""

    regex = LABEL_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
