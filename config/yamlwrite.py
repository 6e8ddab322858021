"""Writing a notice's YAML: every value is a text and stands there as it was typed."""

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver


class _PlainTexts(VersionedResolver):
    """Every plain value is a text, written back as it was."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the tag of a node."""
        return self.DEFAULT_SCALAR_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


def yaml_of_texts() -> YAML:
    """Return what reads and writes YAML with comments, order and quotes kept and no line ever broken."""
    yaml = YAML()
    yaml.Resolver = _PlainTexts
    yaml.preserve_quotes = True
    yaml.width = 10**6
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
