"""The room a template runs in: it can read the values it is given, and nothing else. The only module that knows Jinja."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from jinja2 import DictLoader, StrictUndefined, Undefined
from jinja2.exceptions import SecurityError, TemplateError, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bizcase.document.escaping import as_typed
from bizcase.document.picture import Picture
from bizcase.document.value import Value

FILTERS = ("upper", "lower", "title", "length", "join", "default", "first", "last")
OF_A_VALUE = {"tag", "alias", "prefix", "suffix", "mark", "paragraphs", "pieces"}
OF_A_LOOP = {"first", "last", "index", "index0", "length"}

MOST_PRINTED = 50_000_000
"""The most characters that a part of a bid may grow to: ten times the largest that anybody could read."""
_AT_ONCE = 10_000

TemplateProblem = (TemplateError, SecurityError, UndefinedError, TypeError, ValueError, RecursionError)
"""What a template can raise: Jinja's own, and Python's where it compares or counts what cannot be."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Strict about names, escapes everything, has no globals and few filters, and sees attributes of plain data only."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_printed, loader=DictLoader({}))
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in ("defined", "none", "in", "==", "!=")}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Value):
            return attr in OF_A_VALUE
        return isinstance(obj, LoopContext) and attr in OF_A_LOOP

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A mapping's own key (so that a field may be called `items`), or an attribute that is allowed."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        raise SecurityError("a template prints values; it cannot call anything")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "+" and all(isinstance(side, int) for side in (left, right)):
            return left + right
        raise SecurityError(f"a template cannot work out {operator}")

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """The pieces of a rendered text as one; a text that grows without end is stopped while it grows."""
        remaining, size, made = iter(pieces), 0, []
        while batch := list(islice(remaining, _AT_ONCE)):
            size += sum(map(len, batch))
            if size > MOST_PRINTED:
                raise SecurityError(f"the text grows to more than {MOST_PRINTED:,} characters")
            made.append("".join(batch))
        return "".join(made)


def _printed(printed: Any) -> Any:
    """Escapes a value so that docxtpl cannot mistake any of its characters for a tag or an escape of its own.

    What is not filled in prints nothing; what is neither text nor number is not printed at all.
    """
    if printed is None:
        return ""
    if isinstance(printed, (Markup, Undefined)):
        return printed
    if isinstance(printed, Picture):
        return Markup(printed.xml)
    if not isinstance(printed, (str, int)):
        raise SecurityError(f"a template prints single values; this is a {_kind(printed)}")
    return Markup(as_typed(str(printed)))


def _kind(printed: object) -> str:
    if isinstance(printed, list):
        return "list: write {%p for … %}"
    return "mapping: name one of its fields" if isinstance(printed, Mapping) else "part of Jinja"
