"""The index contains the current facts of each file, and no old ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from configvars.index import Index
from configvars.model import Definition, FileFacts, Reference, Variable
from configvars.resolve.env_places import places_of
from configvars.text import Span

VARIABLES = st.builds(Variable, st.sampled_from(["env", "flask"]), st.sampled_from("ABC"))
REFERENCES = st.builds(lambda v, at: Reference(v, Span(at, at + 1), "x"), VARIABLES, st.integers(0, 9))
DEFINITIONS = st.builds(lambda v, at: Definition(v, Span(at, at + 1), "dotenv"), VARIABLES, st.integers(0, 9))
FACTS = st.builds(
    lambda path, references, definitions: FileFacts(
        path,
        "python",
        references=tuple(sorted(references, key=lambda found: found.span)),
        definitions=tuple(definitions),
    ),
    st.sampled_from(["/a", "/b", "/c"]),
    st.lists(REFERENCES, max_size=5),
    st.lists(DEFINITIONS, max_size=5),
)


@given(st.lists(FACTS | st.sampled_from(["/a", "/b", "/c"]), max_size=12))
def test_the_index_contains_the_last_facts_of_each_file(steps):
    index, files = Index(), {}
    for step in steps:
        before = index.version
        if isinstance(step, str):
            index.remove(step)
            is_changed = files.pop(step, None) is not None
        else:
            is_changed = files.get(step.path) != step
            assert index.update(step) == is_changed
            files[step.path] = step
        assert (index.version != before) == is_changed
    facts = [files[path] for path in sorted(files)]
    references = [(f.path, r) for f in facts for r in f.references]
    definitions = [(f.path, d) for f in facts for d in f.definitions]
    assert dict(index.files) == files
    assert index.referenced() == sorted({r.variable for _, r in references})
    assert index.defined() == sorted({d.variable for _, d in definitions})
    for variable in index.referenced():
        found = [(each.path, each.reference) for each in index.references(variable)]
        assert found == [(path, r) for path, r in references if r.variable == variable]
    for variable in index.defined():
        found = [(each.path, each.definition) for each in index.definitions(variable)]
        assert found == [(path, d) for path, d in definitions if d.variable == variable]


def test_what_is_known_of_env_files_is_forgotten_with_each_change():
    index, found = Index(), []
    for change in (lambda: index.update(FileFacts("/ws/.env", "dotenv")), lambda: index.remove("/ws/.env")):
        found.append(places_of(index.files, "/ws").env_files())
        change()
        found.append(places_of(index.files, "/ws").env_files())
    assert found == [[], ["/ws/.env"], ["/ws/.env"], []]
