"""The capabilities of the client, read once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lsprotocol import types as t
from msgspec import Struct

Encoding = Literal["utf-8", "utf-16", "utf-32"]
_ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


class Client(Struct, frozen=True):
    """The client capabilities that matter for answers. By default, the client supports none of them.

    `action_kinds`: the kinds of code actions that it supports, None if it does not say. `asks`: it says
    that it shows messages with a choice of answers; some clients do so without saying it. `token_types`: the
    types of semantic tokens that it supports, None if it does not say.
    """

    encoding: Encoding = "utf-16"
    action_kinds: tuple[str, ...] | None = None
    action_literals: bool = False
    action_preferred: bool = False
    apply_edit: bool = False
    command_links: bool = False
    asks: bool = False
    completion_defaults: bool = False
    completion_labels: bool = False
    completion_markdown: bool = False
    configuration: bool = False
    create_files: bool = False
    diagnostic_codes: bool = False
    diagnostic_related: bool = False
    diagnostic_tags: bool = False
    diagnostic_versions: bool = False
    hierarchical_symbols: bool = False
    markdown: bool = False
    notebooks: bool = False
    only_pulls: bool = False
    picks_apps: bool = False
    prepare_rename: bool = False
    progress: bool = False
    refresh_code_lenses: bool = False
    refresh_diagnostics: bool = False
    refresh_inlay_hints: bool = False
    refresh_semantic_tokens: bool = False
    register_configuration: bool = False
    register_formatting: bool = False
    shows_documents: bool = False
    shows_references: bool = False
    tells_cursor: bool = False
    token_types: tuple[str, ...] | None = None
    versioned_edits: bool = False
    wants_status: bool = False
    watches_files: bool = False


def client_from(capabilities: object, options: object = None) -> Client:
    """Read `ClientCapabilities` and `initializationOptions` as sent.

    They are not parsed with the typed library, which would reject values that are newer than itself.
    """

    def has(path: str) -> bool:
        return bool(_at(capabilities, path))

    operations = _strings(_at(capabilities, "workspace.workspaceEdit.resourceOperations"))
    completion = "textDocument.completion"
    actions = "textDocument.codeAction"
    kinds = f"{actions}.codeActionLiteralSupport.codeActionKind.valueSet"
    defaults = _strings(_at(capabilities, f"{completion}.completionList.itemDefaults"))
    published = "textDocument.publishDiagnostics"
    tokens = "textDocument.semanticTokens.tokenTypes"
    changes = "workspace.workspaceEdit.documentChanges"
    return Client(
        encoding=_encoding(_at(capabilities, "general.positionEncodings")),
        action_kinds=_strings(_at(capabilities, kinds)) if _at(capabilities, kinds) is not None else None,
        action_literals=_is_given(capabilities, f"{actions}.codeActionLiteralSupport"),
        action_preferred=has(f"{actions}.isPreferredSupport"),
        apply_edit=has("workspace.applyEdit"),
        asks=_is_given(capabilities, "window.showMessage"),
        completion_defaults="editRange" in defaults,
        completion_labels=has(f"{completion}.completionItem.labelDetailsSupport"),
        completion_markdown=_prefers_markdown(
            _at(capabilities, f"{completion}.completionItem.documentationFormat")
        ),
        configuration=has("workspace.configuration"),
        create_files="create" in operations,
        diagnostic_codes=has(f"{published}.codeDescriptionSupport"),
        diagnostic_related=has(f"{published}.relatedInformation"),
        diagnostic_tags=_takes_unnecessary(_at(capabilities, f"{published}.tagSupport")),
        diagnostic_versions=has(f"{published}.versionSupport"),
        hierarchical_symbols=has("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
        markdown=_prefers_markdown(_at(capabilities, "textDocument.hover.contentFormat")),
        notebooks=_is_given(capabilities, "notebookDocument.synchronization"),
        only_pulls=_is_given(capabilities, "textDocument.diagnostic")
        and not _is_given(capabilities, published),
        picks_apps=_at(options, "pickApp") is True,
        prepare_rename=has("textDocument.rename.prepareSupport"),
        progress=has("window.workDoneProgress"),
        refresh_code_lenses=has("workspace.codeLens.refreshSupport"),
        refresh_diagnostics=has("workspace.diagnostics.refreshSupport"),
        refresh_inlay_hints=has("workspace.inlayHint.refreshSupport"),
        refresh_semantic_tokens=has("workspace.semanticTokens.refreshSupport"),
        shows_documents=has("window.showDocument.support"),
        shows_references=_at(options, "showReferences") is True,
        command_links=_at(options, "commandLinks") is True,
        tells_cursor=_at(options, "cursor") is True,
        token_types=_strings(_at(capabilities, tokens)) if _at(capabilities, tokens) is not None else None,
        register_configuration=has("workspace.didChangeConfiguration.dynamicRegistration"),
        register_formatting=has("textDocument.formatting.dynamicRegistration"),
        # Neovim announces resource operations, which exist only in documentChanges, but not documentChanges.
        versioned_edits=has(changes) or ("create" in operations and _at(capabilities, changes) is None),
        wants_status=_at(options, "status") is True,
        watches_files=has("workspace.didChangeWatchedFiles.dynamicRegistration"),
    )


def _at(value: object, path: str) -> object:
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _is_given(value: object, path: str) -> bool:
    return isinstance(_at(value, path), Mapping)


def _strings(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _prefers_markdown(formats: object) -> bool:
    """Whether the client prefers Markdown among the formats that both sides support."""
    known = [name for name in _strings(formats) if name in ("markdown", "plaintext")]
    return known[:1] == ["markdown"]


def _takes_unnecessary(support: object) -> bool:
    """Whether a diagnostic may have the tag; older clients announce this with `true`."""
    if isinstance(support, Mapping) and isinstance(tags := support.get("valueSet"), list):
        return t.DiagnosticTag.Unnecessary.value in tags
    return bool(support)


def _encoding(offered: object) -> Encoding:
    """The client's preferred value among those that we support."""
    return next((known for name in _strings(offered) for known in _ENCODINGS if known == name), "utf-16")
