# Rust and a C compiler are all that these need.
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: demo test test-pdf test-shapes docs lint bench fuzz tools

demo: tools ## builds the program and shows what it does, in ./viite-demo
	cargo build --release --locked --package viite
	$(TARGET)/release/viite demo

test: tools ## every test; fetches a browser and an accessibility checker for the pages
	env $$(crates/cli/tests/pages/tools.sh) cargo test --workspace --locked

test-pdf: tools ## the PDF of architecture descriptions; builds the typesetter first, in minutes
	cargo test --locked --package viite-describe --features pdf --test pdf

test-shapes: tools ## the vocabulary and the reference against their shapes, by an engine of other people; builds it first, in minutes
	cargo run --locked --manifest-path tests/independent-shacl/Cargo.toml --target-dir $(TARGET)/independent-shacl

docs: tools ## writes the pages of docs/ that are made of the ontology and of the rules
	VIITE_WRITE_DOCS=1 cargo test --locked --package viite-shapes --test vocabulary
	VIITE_WRITE_DOCS=1 cargo test --locked --package viite-check --test rule_pages

lint: tools ## what the continuous integration asks for
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

bench: tools ## a generated nation, measured side by side with a peer; needs 12 GB of memory and half an hour
	cargo run --release --locked --package viite-bench -- all

fuzz: tools ## every reader against strange input, FOR seconds each (60); needs a nightly toolchain and cargo-fuzz
	fuzz/seeds.sh
	cd fuzz && for target in $$(cargo +nightly fuzz list); do \
	    cargo +nightly fuzz run $$target -- -max_total_time=$(or $(FOR),60) -timeout=20 -rss_limit_mb=2500 || exit 1; done

tools: ## says what is missing
	@command -v cargo >/dev/null || { echo "cargo is missing: install Rust with rustup (https://rustup.rs), then open a new shell" >&2; exit 1; }
	@command -v "$${CC:-cc}" >/dev/null || { echo "a C compiler is missing: install one, such as gcc or clang (on Debian: apt-get install gcc), or name it in CC" >&2; exit 1; }
