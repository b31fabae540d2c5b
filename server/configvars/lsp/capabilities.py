"""The capabilities of the server, depending on those of the client."""

from __future__ import annotations

from lsprotocol import types as t

from configvars.lsp.client import Client
from configvars.lsp.commands import COMMANDS
from configvars.lsp.convert.actions import known_kind
from configvars.lsp.convert.tokens import legend_of
from configvars.lsp.offers import FIX_ALL


def server_capabilities(client: Client) -> t.ServerCapabilities:
    """The capabilities to answer `initialize` with."""
    legend = legend_of(client)
    return t.ServerCapabilities(
        position_encoding=client.encoding,
        text_document_sync=t.TextDocumentSyncOptions(
            open_close=True, change=t.TextDocumentSyncKind.Full, save=t.SaveOptions(include_text=True)
        ),
        notebook_document_sync=_notebooks() if client.notebooks else None,
        completion_provider=t.CompletionOptions(trigger_characters=['"', "'", "{", "$", "="]),
        hover_provider=True,
        definition_provider=True,
        references_provider=True,
        document_highlight_provider=True,
        document_symbol_provider=True,
        workspace_symbol_provider=True,
        # This option may be sent only to a client that supports it.
        rename_provider=t.RenameOptions(prepare_provider=True) if client.prepare_rename else True,
        folding_range_provider=True,
        # If the client supports it, formatting is limited to some files; otherwise it would ask which
        # formatter to use for Python.
        document_formatting_provider=None if client.register_formatting else True,
        code_lens_provider=t.CodeLensOptions(),
        inlay_hint_provider=True,
        document_link_provider=t.DocumentLinkOptions(),
        semantic_tokens_provider=t.SemanticTokensOptions(legend, full=True) if legend else None,
        code_action_provider=_action_options(client),
        execute_command_provider=t.ExecuteCommandOptions(list(COMMANDS)),
        # A client that accepts pushed diagnostics is not offered pull: it would show everything twice.
        diagnostic_provider=t.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False)
        if client.only_pulls
        else None,
        workspace=t.WorkspaceOptions(
            workspace_folders=t.WorkspaceFoldersServerCapabilities(supported=True, change_notifications=True)
        ),
    )


def _action_options(client: Client) -> t.CodeActionOptions | bool:
    """The kinds of actions that both sides know; sent only if the client supports kinds."""
    if not client.action_literals:
        return True
    kinds = [t.CodeActionKind.QuickFix, t.CodeActionKind.Refactor, t.CodeActionKind.Source, FIX_ALL]
    return t.CodeActionOptions(code_action_kinds=[kind for kind in kinds if known_kind(kind, client)])


def _notebooks() -> t.NotebookDocumentSyncOptions:
    jupyter = t.NotebookDocumentFilterNotebookType(notebook_type="jupyter-notebook", scheme="file")
    cells = [t.NotebookCellLanguage(language="python")]
    return t.NotebookDocumentSyncOptions([t.NotebookDocumentFilterWithNotebook(jupyter, cells)], save=True)
