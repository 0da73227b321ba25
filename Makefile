# The one way to set up, check, test and run Onrecord. `make` alone lists the targets.
#
# Needs only git, make, python3 with venv, and openssl; `make setup` brings the rest and takes about a second when
# nothing is missing. Everything it makes lies in .venv, node_modules and var, which git ignores.

.DEFAULT_GOAL := help
.PHONY: help setup test check run stop bench bench-door bench-law lock clean

python := .venv/bin/python

# Downloads trust the certificate authorities that this machine trusts; hashes decide what is accepted.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

setup: .venv/project.stamp node_modules/scripts.stamp ## prepare everything that is missing
	@sh scripts/debian_packages.sh

test: setup ## run every check and every test, on SQLCipher and on a private PostgreSQL
	@sh scripts/lint.sh
	@sh scripts/with_postgres.sh $(python) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: setup ## run what needs no test run: style, types, layers, and the rules about this tree
	@sh scripts/lint.sh
	@$(python) -m pytest -q tests/rules

run: setup ## do the main job on invented people and leave door and desk running on this machine
	@$(python) scripts/main_job.py

stop: ## end what `make run` left running
	@sh scripts/stop_example.sh

bench: setup ## measure, one bench after another
	@for bench in bench/*.py; do echo "== $$bench"; $(python) "$$bench" || exit 1; done

bench-door: setup ## measure the door alone: pages, letters, films, boxes, sealing in Chromium
	@for bench in bench/door.py bench/intake.py; do echo "== $$bench"; $(python) "$$bench" || exit 1; done

bench-law: setup ## measure the law alone: assessments a minute on one core, with a profile, and its pages at the desk
	@for bench in bench/law.py bench/law_page.py; do echo "== $$bench"; $(python) "$$bench" || exit 1; done

lock: setup ## choose versions anew and write them, with hashes, to requirements/
	@sh scripts/lock.sh

clean: stop ## remove what these targets made (the example docket too)
	rm -rf .venv node_modules var src/onrecord/door/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Stamps. Each is younger than what it was made from, so a second run does nothing.

.venv/python.stamp: requirements/dev.txt requirements/uv.txt
	sh scripts/python_packages.sh
	@touch $@

.venv/project.stamp: .venv/python.stamp pyproject.toml
	.venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/npm.stamp: .venv/python.stamp package.json package-lock.json .npmrc
	sh scripts/node_packages.sh
	@touch $@

scripts := $(wildcard src/onrecord/door/script/*.js src/onrecord/door/script/*/*.js src/onrecord/words/receipt/*.txt)

node_modules/scripts.stamp: node_modules/npm.stamp scripts/build_scripts.mjs scripts/build_scripts.sh $(scripts)
	sh scripts/build_scripts.sh
	@touch $@
