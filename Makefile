# Works on a fresh machine with Python 3.11 or newer, Node 20 or newer with npm, make and git.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
DEBIAN := chromium debian-archive-keyring emacs-nox elpa-eglot elpa-lsp-mode fonts-dejavu-core fonts-noto-color-emoji \
	kakoune kate neovim qtcreator ripgrep tmux vim vim-ale xauth xvfb
# How many examples the property tests try in `make nightly`.
MANY := $(or $(EXAMPLES),100000)
CLIENT := cd client-vscode && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && PATH="$(CURDIR)/.venv/bin:$$PATH"
COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

help: ## List all targets.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: .venv/runtime ## Run the demo: the sample app, the real Heroku CLI and a local Platform API.
	@$(PY) examples/demo.py

test: .venv/dev parts client ## Run all tests, including those in real editors and with the real Heroku CLI.
	CONFIGVARS_EDITS=$(or $(EDITS),50000) $(PY) -m pytest -n $(or $(WORKERS),2) $(ARGS)

test-fast: .venv/dev ## Run the quick tests that need no other program.
	@PYTHONPATH=tests $(PY) -m support.in_parts -q -m "not e2e and not slow" $(ARGS)

test-pythons: .venv/dev ## Run the quick tests on every other Python of this machine, the distribution's own first.
	@.ci/on-every-python

test-deps: ## Install, as root, the programs that tests need: Chromium, Emacs, Kakoune, Kate, Qt Creator, Vim, Neovim 0.7 (Debian).
	apt-get update -q
	DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(DEBIAN)

parts: .venv/runtime ## Install the pinned programs that the tests run; needs no root.
	@$(PY) parts/install.py > .venv/parts.txt

client: .venv/runtime ## Build the VS Code extension for this machine.
	$(CLIENT) npm run --silent package

extensions: .venv/runtime ## Build the VS Code extension for all platforms, as for a release.
	$(CLIENT) npm run --silent package -- --all

pictures: .venv/dev parts client ## Take the pictures in the documentation again, in a real VS Code.
	CONFIGVARS_PICTURES=1 $(PY) -m pytest tests/e2e/editors/vscode/test_ui.py

coverage: .venv/dev ## Run the quick tests, and check the minimum coverage of each package.
	@PYTHONPATH=tests $(PY) -m support.in_parts -q -m "not e2e and not slow" --cov=configvars --cov-branch --cov-report= $(ARGS)
	@$(PY) -m coverage combine --quiet --data-file=.venv/covered .venv/covered.*
	@$(PY) -m coverage json --quiet --data-file=.venv/covered -o .venv/coverage.json
	@PYTHONPATH=tests $(PY) -m support.coverage_floors .venv/coverage.json

mutants: .venv/dev ## Change single lines in a copy of the program and check that a test fails: takes hours.
	PYTHONPATH=tests $(PY) -m mutants $(ARGS)

bench: .venv/dev ## Measure the speed and compare it with ruff (docs/performance.md): takes minutes.
	@PYTHONPATH=tests $(PY) -m bench $(ARGS)

field: .venv/dev ## Check public repositories and compare the findings with verdicts (docs/field-test.md).
	PYTHONPATH=server:tests $(PY) -m field $(ARGS)

lint: .venv/dev ## Check style and types.
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

pages: .venv/dev ## Generate docs/checks from the checks.
	PYTHONPATH=tests $(PY) -m support.check_pages

expected: .venv/dev ## Update the expected findings in the checks' examples after a change of messages; read the diff.
	PYTHONPATH=tests $(PY) -m support.expected
	PYTHONPATH=tests $(PY) -m support.tables
	PYTHONPATH=tests $(PY) -m support.check_pages

docs: .venv/docs/done ## Build the documentation site into the folder site; warnings are errors.
	@.venv/docs/bin/python -m sphinx -q -W --keep-going -b html docs site

.venv/docs/done: requirements/docs.txt
	@$(PYTHON) -m venv .venv/docs
	@.venv/docs/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements/docs.txt
	@touch $@

lock: .venv/dev ## Update the locks of Python and npm packages.
	$(COMPILE) --upgrade pyproject.toml --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt
	$(COMPILE) --group pyproject.toml:build -c requirements/dev.txt -o requirements/build.txt
	$(COMPILE) --upgrade --group pyproject.toml:release -o requirements/release.txt
	$(COMPILE) --upgrade --group pyproject.toml:docs -o requirements/docs.txt
	cd .github/publish && npm update --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund
	for part in jupyterlab neovim playwright; do $(COMPILE) --upgrade parts/$$part/requirements.in -o parts/$$part/requirements.txt; done
	for part in heroku mise; do (cd parts/$$part && npm update --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund); done

nightly: .venv/dev ## Run the long tests: more generated files, values and repositories, and other releases of the libraries.
	CONFIGVARS_EXAMPLES=$(MANY) $(PY) -m pytest tests/syntax/test_dotenv_parity.py tests/syntax/test_git_repositories.py tests/edits $(ARGS)
	PYTHONPATH=server $(PY) tests/edits/round_trip.py
	PYTHONPATH=server:tests $(PY) -m oracles.releases
	CONFIGVARS_EXAMPLES=$(MANY) $(PY) -m pytest -n $(or $(WORKERS),2) tests/lsp/test_malformed.py tests/checks/test_env_file_fixes.py tests/checks/test_certain_fixes.py tests/test_random_secrets.py $(ARGS)
	CONFIGVARS_EDITS=$(or $(EDITS),1000000) $(PY) -m pytest -n $(or $(WORKERS),2) tests/workspace/test_drift.py $(ARGS)
	$(PY) -m pytest tests/workspace/test_writing.py tests/test_no_secret_is_shown.py tests/test_growth.py tests/checks/test_growth.py tests/features/test_growth.py tests/cli/test_growth.py $(ARGS)
	PYTHONPATH=tests $(PY) tests/bench/defences.py
	PYTHONPATH=tests $(PY) -m mutants
	PYTHONPATH=server:tests $(PY) tests/bench/memory.py $(or $(CYCLES),10000) $(or $(SECONDS),3600)
	PYTHONPATH=server $(PY) tests/bench/fuzz_parser.py $(or $(SECONDS),3600) $$$$

clean: ## Remove everything that was built here, but not the downloads that other clones share.
	rm -rf .venv .demo .parts dist site

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	@echo "Setting up .venv …"
	@$(PYTHON) -m venv .venv

.venv/runtime: requirements/runtime.txt requirements/build.txt pyproject.toml | $(PY)
	@$(PIP) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements/dev.txt .venv/runtime
	@echo "Installing what the tests need …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: help demo test test-fast test-pythons test-deps parts client extensions pictures coverage floors mutants bench field lint pages expected docs lock nightly clean
