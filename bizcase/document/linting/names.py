"""Resolves every name in a template against what a bid gives it, and notes what is printed, repeated and asked.

What a name stands for is found in the sentinel's own values, so that there is no second list of names. A name in a loop
stands for all rows of what is looped over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bizcase.document.linting.found import THE_LOOP, UNKNOWN, Found, Loop, TheLoop, Use, Uses, inside, kind_of, names_in, some
from bizcase.document.linting.syntax import UNREAD, Parsed
from bizcase.document.linting.tags import Tag
from bizcase.document.linting.told import told
from bizcase.document.value import Value
from bizcase.specification.words import nearest

MOST_LOOPS_OF_THEIR_OWN = 2
"""A loop over something of its own inside another multiplies the length of a bid; a third would make it endless."""

MOST_LETTERS_OFF = 3
"""Names that are longer or shorter than this were not meant."""

_ITEM_FILTERS = {"first", "last", "join"}


@dataclass(frozen=True, slots=True)
class _Scope:
    names: Mapping[str, Found]
    loops: tuple[Loop, ...] = ()
    sure: bool = True

    def inside(self, name: str, found: Found, loop: Loop) -> _Scope:
        rows = {**self.names, name: found, "loop": Found("loop", (THE_LOOP,), True)}
        return _Scope(rows, (*self.loops, loop), self.sure)


def resolve_names(parsed: Parsed, context: Mapping[str, Any], name: str) -> Uses:
    """All uses of names in a part, and what is wrong with them."""
    reader = _Resolver(parsed, context, name)
    if parsed.tree is not None:
        reader.visit(parsed.tree, _Scope({}))
    else:
        guesses = {tree.body[0].target.name: UNKNOWN for tag, tree in parsed.pieces if _is_plain_loop(tag, tree)}
        for tag, tree in parsed.pieces:
            reader.only = tag
            reader.visit(tree, _Scope({**guesses, "loop": UNKNOWN}))
    return reader.told


def _is_plain_loop(tag: Tag, tree: Any) -> bool:
    return tag.keyword == "for" and hasattr(tree.body[0].target, "name")


class _Resolver:
    def __init__(self, parsed: Parsed, context: Mapping[str, Any], name: str) -> None:
        self.tags, self.context, self.name = parsed.tags, context, name
        self.only: Tag | None = None
        self.told = Uses()

    def tag(self, node: Any) -> Tag:
        return self.only or self.tags[node.lineno - 1]

    def fault(self, node: Any, code: str, message: str, hint: str) -> None:
        tag = self.tag(node)
        self.told.findings.append(told(self.name, tag.paragraph, code, f"{tag.raw} {message}", hint, tag.raw))

    def use(self, how: str, node: Any, found: Found, scope: _Scope) -> None:
        self.told.uses.append(Use(how, self.tag(node), found, scope.loops, scope.sure))

    def visit(self, node: Any, scope: _Scope) -> None:
        kind = type(node).__name__
        if kind == "For":
            self._loop(node, scope)
        elif kind == "If":
            self._choice(node, scope)
        elif kind == "Output":
            for child in node.nodes:
                for found in self._printed(child, scope):
                    self._print(child, found, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def _choice(self, node: Any, scope: _Scope) -> None:
        """The branches of an `if`: what stands after else or behind a comparison is not surely reached."""
        if type(node.test).__name__ == "Const" and not node.test.value and node.body:
            self.fault(node, "T31", "is never true, so that nothing up to its end is printed", "take the block out")
        self._asked(node.test, scope)
        within = replace(scope, sure=scope.sure and _asks_for_names_alone(node.test))
        for child in node.body:
            self.visit(child, within)
        unsure = replace(scope, sure=False)
        for child in (*node.elif_, *node.else_):
            self.visit(child, unsure)

    def _asked(self, node: Any, scope: _Scope) -> None:
        for found in self._read(node, scope):
            if found.path:
                self.use("ask", node, found, scope)
            if found.values and all(isinstance(value, Mapping) for value in found.values):
                filled = all("filled" in value for value in found.values)
                self.fault(node, "T31", f"is always true: {found.path} is a group of fields",
                           f"ask {{% if {found.path}.filled %}}" if filled else "ask one of its fields")

    def _loop(self, node: Any, scope: _Scope) -> None:
        found = next(iter(self._read(node.iter, scope)), UNKNOWN)
        rows = self._rows(node, found)
        loop = Loop(found.path, own=not found.from_row)
        if loop.own and sum(outer.own for outer in scope.loops) >= MOST_LOOPS_OF_THEIR_OWN:
            self.fault(node, "T06", f"is the third loop over something of its own inside another: {found.path} would be "
                       "repeated for each row of each row", "end one of the outer loops first")
        if found.path:
            self.use("repeat", node, found, scope)
        inner = scope.inside(getattr(node.target, "name", ""), rows, loop)
        if node.test is not None:
            self._asked(node.test, inner)
            inner = replace(inner, sure=False)
        for child in node.body:
            self.visit(child, inner)
        for child in node.else_:
            self.visit(child, replace(scope, sure=False))

    def _rows(self, node: Any, found: Found) -> Found:
        """What the loop's variable stands for: each element of each list."""
        lists = [value for value in found.values if isinstance(value, list)]
        path = f"{found.path}[]"
        if found.values and not lists:
            self.fault(node, "T21", f"repeats over {found.path}, which is {kind_of(found)}", self._instead_of_a_loop(found))
            return UNKNOWN
        rows = tuple(row for value in lists for row in value)
        return Found(path, rows, True, anything=not rows)

    def _instead_of_a_loop(self, found: Found) -> str:
        if all(isinstance(value, Value) for value in found.values):
            paragraphs = f"{{%p for paragraph in {found.path}.paragraphs %}}"
            return f"print it with {{{{ {found.path} }}}}, or its paragraphs with {paragraphs}"
        lists = [key for value in found.values if isinstance(value, Mapping) for key, inner in value.items()
                 if isinstance(inner, list)]
        return f"name a list, such as {found.path}.{lists[0]}" if lists else "name a list"

    def _print(self, node: Any, found: Found, scope: _Scope) -> None:
        tag = self.tag(node)
        lists = [value for value in found.values if isinstance(value, (list, Mapping, TheLoop))]
        if lists:
            hint = (f"write {{%p for row in {found.path} %}}, then {{{{ row.… }}}}" if isinstance(lists[0], list)
                    else "name one of its fields")
            self.fault(node, "T21", f"would print {found.path}, which is {kind_of(found)}", hint)
        drawn = [value for value in found.values if not isinstance(value, (str, int, float, list, Mapping, TheLoop, type(None)))]
        if drawn and tag.prefix != "p":
            self.fault(node, "T13", "prints a picture, which takes a paragraph of its own", f"write {{{{p {found.path} }}}}")
        elif not drawn and found.values and tag.prefix and tag.kind == "print":
            self.fault(node, "T13", "prints text in the place of a paragraph, which would break the document",
                       f"write {{{{ {found.path} }}}}")
        self.use("print", node, found, scope)

    def _printed(self, node: Any, scope: _Scope) -> Iterator[Found]:
        """What a printed expression may print."""
        kind = type(node).__name__
        if kind == "CondExpr":
            self._asked(node.test, scope)
            for child in (node.expr1, node.expr2):
                if child is not None:
                    yield from self._printed(child, replace(scope, sure=False))
        elif kind in ("Concat", "Or", "And"):
            for child in node.nodes if kind == "Concat" else (node.left, node.right):
                yield from self._printed(child, scope)
        elif kind != "TemplateData":
            yield from self._read(node, scope)

    def _read(self, node: Any, scope: _Scope) -> Iterator[Found]:
        """What the names in an expression stand for."""
        kind = type(node).__name__
        if kind == "Name":
            yield self._name(node, scope)
        elif kind in ("Getattr", "Getitem"):
            yield self._attribute(node, scope)
        elif kind == "Filter":
            yield from self._filtered(node, scope)
        elif kind == "Compare":
            yield from self._compared(node, scope)
        elif kind not in ("Const", "Call"):
            for child in node.iter_child_nodes():
                yield from self._read(child, scope)

    def _compared(self, node: Any, scope: _Scope) -> Iterator[Found]:
        for side in (node.expr, *(operand.expr for operand in node.ops)):
            yield from (replace(found, values=()) for found in self._read(side, scope))

    def _filtered(self, node: Any, scope: _Scope) -> Iterator[Found]:
        for argument in node.args:
            yield from self._read(argument, scope)
        for found in self._read(node.node, scope) if node.node is not None else ():
            if node.name == "length":
                yield replace(found, values=(0,))
            elif node.name in _ITEM_FILTERS:
                rows = tuple(row for value in found.values if isinstance(value, list) for row in value)
                yield replace(found, values=rows)
            else:
                yield found

    def _name(self, node: Any, scope: _Scope) -> Found:
        if node.name in scope.names:
            return scope.names[node.name]
        if node.name == UNREAD:
            return UNKNOWN
        if node.name in self.context:
            return Found(node.name, (self.context[node.name],))
        self.fault(node, "T20", f"names {node.name}, which is not there", self._meant(node.name, scope))
        return UNKNOWN

    def _meant(self, word: str, scope: _Scope) -> str:
        """The nearest name; else the section that has a field of exactly this name."""
        if word == "loop":
            return "loop is there inside a for alone"
        close = nearest(word, (*scope.names, *self.context))
        owner = next((section for section, content in self.context.items() if isinstance(content, Mapping) and word in content
                      and section not in ("show", "gaps")), "")
        if owner:
            return f"did you mean {owner}.{word}?"
        return f"did you mean {close}?" if close else "names in a template are those of the specification: see docs/fields.md"

    def _attribute(self, node: Any, scope: _Scope) -> Found:
        base = next(iter(self._read(node.node, scope)), UNKNOWN)
        key = node.attr if type(node).__name__ == "Getattr" else getattr(node.arg, "value", None)
        if base.anything or (isinstance(key, str) and key.startswith("_")):
            return replace(UNKNOWN, from_row=base.from_row)
        if isinstance(key, int) and not isinstance(key, bool):
            rows = tuple(row for value in base.values if isinstance(value, list) for row in value)
            return Found(f"{base.path}[{key}]", rows, base.from_row, anything=not rows)
        if not isinstance(key, str):
            self.fault(node, "T22", "looks a value up by another; a template names what it prints", "write section.field")
            return UNKNOWN
        values = tuple(inner for value in base.values for inner in inside(value, key))
        path = f"{base.path}.{key}"
        if not values and base.values:
            self._unknown_attribute(node, base, key)
            return UNKNOWN
        return Found(path, values, base.from_row, anything=not values)

    def _unknown_attribute(self, node: Any, base: Found, key: str) -> None:
        if any(isinstance(value, list) for value in base.values):
            self.fault(node, "T21", f"asks {base.path} for {key}, but it is a list of rows",
                       f"write {{%p for row in {base.path} %}}, then {{{{ row.{key} }}}}")
            return
        known = sorted({name for value in base.values for name in names_in(value)})
        word = nearest(key, [name for name in known if abs(len(name) - len(key)) <= MOST_LETTERS_OFF])
        before = _written(node.node) or base.path
        rows = f" (a row of {base.path.removesuffix('[]')})" if base.path.endswith("[]") else ""
        self.fault(node, "T20", f"names {before}.{key}, which is not there{rows}",
                   f"did you mean {before}.{word}?" if word else some(known))


def _written(node: Any) -> str:
    """A name as the template writes it; nothing where it is not a plain one."""
    kind = type(node).__name__
    if kind == "Name":
        return str(node.name)
    before = _written(node.node) if kind == "Getattr" else ""
    return f"{before}.{node.attr}" if before else ""


def _asks_for_names_alone(node: Any) -> bool:
    kind = type(node).__name__
    if kind in ("And", "Or"):
        return _asks_for_names_alone(node.left) and _asks_for_names_alone(node.right)
    return kind in ("Name", "Getattr", "Getitem")
