"""Every number that limits the analysis is in the table of limits, not at the top of some other file."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from support.sources import trees_with

TABLE = "limits.py"

# Other numbers, grouped by the reason why they do not limit what is found in a file.
OTHERS = {
    "how many items a message, hover or list shows; it says how many more there are": """
        actions/pull_words.py _MANY
        checks/conditions.py _MOST
        checks/fixes.py MOST_FIXES
        checks/merge.py _MOST_FIXES
        checks/missing.py _FEW
        checks/missing_env_file.py _FEW
        checks/nowhere.py _FEW
        checks/only_on_heroku.py _SHOWN
        checks/readers_disagree.py _SHOWN
        checks/tracked_by_git.py _SHOWN
        checks/unreadable_env_file.py _SHOWN
        checks/unloaded_env_file.py _MOST_NAMES
        cli/excerpt.py _AROUND _MAX_WIDTH
        cli/main.py _MOST_TOLD
        cli/masked_diff.py _CONTEXT
        cli/parser.py _MOST
        cli/processes.py _SHOWN
        cli/places.py _MOST
        features/code_actions.py _FEW
        features/hover.py _FEW _MANY
        features/semantic_tokens.py _TOKENS
        features/workspace_symbols.py LIMIT
        lsp/commands/choose_app.py _SHOWN
        lsp/questions.py _SHOWN
        settings_file.py _MOST_SHOWN
        settings_values.py MOST_MISTAKES
        syntax/env_comments.py _LONGEST
    """,
    "what is fast enough without an index, or is no index of a list": """
        names/values.py _DIGITS
        syntax/python_siblings.py _MANY
    """,
    "when something counts as similar, long, random or a heading": """
        cli/targets.py _SIMILAR
        catalog/libraries.py _FAMILY
        checks/flask_app_not_found.py _MOST_BEFORE
        checks/key_slips.py _LONG _MIN_LENGTH
        checks/name_slips.py _LONG _SHORT
        checks/needed.py _BEFORE
        edits/places.py _MOST_WORDS
        features/expression_end.py _MOST
        features/candidates.py _FAR
        lsp/sections.py _MOST_PARTS
        readers/flask_escapes.py _MAX_WORD
        runs/named.py _DEPTH
        secret.py _LOOKED_AT _RANDOM_MIN_BITS _RANDOM_MIN_LENGTH
        secret_shapes.py _MIN_BITS _MIN_BITS_WITH_BLANKS _MIN_BYTES _MIN_LENGTH _MIN_PASSWORD _MOST_BYTES
        syntax/env_comments.py _HEADING_WORDS _TITLE_WORDS
        syntax/env_names.py _CHANGES
        syntax/env_parts.py _FRAGMENT _LONG
        syntax/python_anchors.py _LONGEST_LINE
        syntax/python_repair.py _MAX_TRIES
        syntax/toml.py _PARTS _VALUE
    """,
    "a rule of another program": """
        checks/config_too_large.py LIMIT
        checks/flask_env.py SINCE
        checks/postgres_scheme.py _FIRST
        checks/rediss_certificate.py _FIRST
        runs/env_readers.py _IGNORED_SINCE
        runs/seen_by.py _FILLS_ITSELF_SINCE
        lsp/protocol.py NO_VERSION
        platforms/heroku/signs.py CUT_OFF
        syntax/dialects/heroku_local.py SHORTEST _LONGEST_SCALAR
        syntax/dialects/python_lines.py _ASSIGNMENT
        syntax/git_config.py _DIGITS
        syntax/git_includes.py _MAX_DEPTH
        syntax/git_index.py _FLAG_EXTENDED _MODE_FOLDER _STAT_SIZE
        workspace/git_trees.py _ID_SIZE
        workspace/head.py _REGULAR _SUBMODULE
    """,
    "a size or a time limit that is reported when it is exceeded": """
        cli/baseline.py _MAX_SIZE
        cli/before.py _MAX_SIZE
        cli/fixing.py _MAX_ROUNDS
        cli/opening.py _MAX_SIZE
        lsp/wire.py MAX_BODY MAX_LINE _DIGITS
        platforms/heroku/client.py TIMEOUT
        platforms/process.py MAX_OUTPUT
        settings.py HEROKU_TIMEOUT MAX_FILE_SIZE
        settings_values.py LONGEST_ITEM MAX_FILE_SIZE MIN_FILE_SIZE MOST_ITEMS MOST_SECONDS MOST_STARS
        storage.py _MOST_ASKED
        syntax/native.py _SECONDS _SECONDS_A_BYTE
        syntax/yaml.py _FAR_TOO_DEEP
        workspace/checkouts.py _MAX_SIZE
        workspace/git.py _MAX_SIZE
        workspace/staging.py _TRIES
        workspace/writing.py _MAX_SIZE
    """,
    "what is beyond it is not known, which a deploy reports as such": """
        runs/caught.py _DEPTH
        runs/entered.py _DEPTH
        runs/starting/pure.py MOST_NESTED
        cli/processes.py _MOST_SCRIPTS
        readers/callee.py _MOST_STEPS
    """,
    "how work is divided, or when something else is cheaper": """
        analyze.py _LONG_CODE
        cli/rule.py _WIDTH
        garbage.py COMMAND SERVER
        cli/heroku.py _AT_ONCE _LOOK_SECONDS
        cli/signals.py _SOON
        lsp/collector.py _NEVER
        lsp/findings.py _MANY
        lsp/keystrokes.py _LONG _MOMENT _MOST
        lsp/parent.py _AFTER_STDIN _GRACE _POLL
        lsp/parent.py _LARGEST
        lsp/publisher.py _SLICE
        lsp/reading.py _MANY _SLOW
        lsp/server.py _PATIENCE
        project.py _SLICE
        lsp/wire.py _PIECE
        platforms/heroku/meanwhile.py _LOOK_SECONDS
        platforms/process.py _CHUNK _GRACE_SECONDS _LOOK_SECONDS
        resolve/code.py _SLICE
        resolve/open_files.py MOST ROOM ROOM_OF_A_COMMAND _MORE
        resolve/wanted.py _FORMER _ROOM _SLICE
        runs/expressions.py _CALL
        slices.py SLICE SOON _STEP
        sources/dotenv.py _SLICE
        syntax/dotenv.py _LONG_VALUE
        syntax/native.py _LINES _LOOKS _PIECE _QUICK
        workspace/walk.py _MOST_COMPILED
        syntax/python.py _FREQUENT _LONG _MAX_SOUGHT _STEP
        syntax/python_depth.py _DEEP _STEP _WIDE
        syntax/python_repair.py _STEP
        syntax/yaml.py _STEP
        syntax/notebook.py _LONG
        workspace/analysis.py _LONG
        workspace/encodings.py _MOST
        workspace/mentioned.py _LOOK_UPS
        workspace/reading.py _PIECE
        workspace/unreported_changes.py _SETTLED
    """,
    "a number with a meaning: a code, a version, a mode, a position in our own files": """
        cli/check.py EXIT_WRONG_SETTINGS
        cli/formats/json.py VERSION
        cli/inventory.py VERSION
        cli/main.py EXIT_BROKEN_PIPE EXIT_CANNOT_RUN EXIT_INTERRUPTED
        crashes.py _LENGTH _MOST
        lsp/overview.py _NO_FINDING
        readers/earlier_writes.py _ALWAYS
        storage.py _VERSION
        workspace/exchange.py _EXCHANGE _HERE
        workspace/reading.py NO_STAMP
        workspace/staging.py PRIVATE SHARED _LONGEST _PRIVATE_FOLDER
    """,
}


def numbers(tree: ast.Module) -> Iterator[str]:
    """The module-level names in a file that stand for numbers."""
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        value = getattr(statement, "value", None)
        if value is not None and targets and is_number(value):
            for target in targets:
                yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def is_number(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=bool()):
            return False
        case ast.Constant(value=int() | float()):
            return True
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
        case ast.UnaryOp(operand=operand):
            return is_number(operand)
        case ast.Tuple(elts=items):
            return bool(items) and all(map(is_number, items))
        case _:
            return False


def test_no_other_number_at_the_top_of_a_file_is_a_limit() -> None:
    trees = trees_with(r"^\w[\w, ]*(?::[^=\n]+)?= *[-+(\d]")
    found = {f"{path} {name}" for path, tree in trees if path != TABLE for name in numbers(tree)}
    lines = [line.split() for text in OTHERS.values() for line in text.splitlines() if line.strip()]
    known = {f"{file} {name}" for file, *names in lines for name in names}
    assert sorted(found - known) == [], "put it into limits.py, or say here why it limits nothing"
    assert sorted(known - found) == []
