"""Answers about a whole folder wait for all its files, not only for the one under the cursor."""

from __future__ import annotations

from pathlib import Path

from support.lsp_in_process import client_of_thread

# So long that it is analysed after other requests have been answered.
LONG = "import os\n" + "".join(f"def f{number}(): return g()\n" for number in range(3000))


def test_other_files_are_analysed_first(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=1\n", "utf-8")
    (tmp_path / "app.py").write_text(LONG, "utf-8")
    with client_of_thread() as client:
        client.initialize(tmp_path, trusted=True)
        env, app = client.open(tmp_path / ".env"), client.open(tmp_path / "app.py")
        client.diagnostics(app, lambda _: True)
        everything = {"context": {"includeDeclaration": False}}
        for version in range(2, 8, 2):
            client.change(app, f'{LONG}os.environ["TOKEN"]\n' + version * "# later\n", version)
            assert [each["uri"] for each in client.at("references", env, 0, 1, **everything)] == [app]
            assert [each["uri"] for each in client.at("definition", env, 0, 1)] == [app]
            changes = client.at("rename", env, 0, 1, newName="KEY")["documentChanges"]
            assert [each["textDocument"]["uri"] for each in changes] == [env, app]
            client.change(app, LONG + version * "# gone\n", version + 1)
            assert client.at("references", env, 0, 1, **everything) is None
