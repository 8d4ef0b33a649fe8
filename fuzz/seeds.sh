#!/usr/bin/env bash
# Lays the files of our own tests and examples into the corpus of each target, to begin from.
set -euo pipefail
cd "$(dirname "$0")"
own="../crates/exchange/tests/fixtures"
shopt -s nullglob
seed() {
    mkdir -p "corpus/$1"
    for file in "${@:2}"; do cp "$file" "corpus/$1/"; done
}
seed open_exchange "$own"/*.xml ../data/examples/*.xml
seed archi "$own"/*.archimate ../data/examples/*.archimate
seed csv ../data/examples/harmaanniemi/*.csv
seed guess ../data/examples/harmaanniemi/*.csv
seed workbook "$own"/*.xls* "$own"/*.ods
seed rdf ../data/examples/*.ttl
seed profile ../data/mappings/*.toml
for target in coarchi word_template; do seed "$target"; done
