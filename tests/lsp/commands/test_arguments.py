"""Arguments of commands: what a client sends is not trusted."""

from __future__ import annotations

import pytest
from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from configvars.lsp.commands.arguments import range_


def _range(*numbers: int) -> dict[str, object]:
    line, character, end_line, end_character = numbers
    return {
        "start": {"line": line, "character": character},
        "end": {"line": end_line, "character": end_character},
    }


@pytest.mark.parametrize("at", range(4))
def test_a_number_in_a_range_is_not_negative(at: int) -> None:
    numbers = [0, 0, 0, 0]
    assert range_({"range": _range(*numbers)}, "range") == t.Range(t.Position(0, 0), t.Position(0, 0))
    numbers[at] = -1
    with pytest.raises(JsonRpcInvalidParams):
        range_({"range": _range(*numbers)}, "range")
