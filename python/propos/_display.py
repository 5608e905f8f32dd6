"""What the compiled classes call to show themselves: HTML in a notebook, text elsewhere."""

from __future__ import annotations

import sys

from propos import _core, _html, _show


def to_html(doc: _core.Doc, title: str, page: bool, max_chars: int | None) -> str:
    """``Doc.to_html``."""
    body = _html.doc(doc, title=title, max_chars=max_chars)
    return _html.page(title or "propos", body) if page else body


def display(doc: _core.Doc, title: str, max_chars: int | None) -> None:
    """``Doc.display``."""
    if in_notebook():
        from IPython.display import HTML
        from IPython.display import display as show

        show(HTML(_html.doc(doc, title=title, max_chars=max_chars)))
    else:
        print(_show.quotes(doc, title=title))


def bundle(value: _core.Doc | _core.Quote | _core.Entity) -> dict[str, str]:
    """``_repr_mimebundle_``: HTML and plain text."""
    if isinstance(value, _core.Doc):
        return {"text/html": _html.doc(value), "text/plain": repr(value)}
    if isinstance(value, _core.Quote):
        return {"text/html": _html.quote(value), "text/plain": repr(value)}
    return {"text/html": _html.entity(value, value.doc), "text/plain": repr(value)}


def in_notebook() -> bool:
    """True in a kernel that shows HTML (Jupyter, JupyterLab, VS Code)."""
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    shell = get_ipython()
    return type(shell).__name__ == "ZMQInteractiveShell"
