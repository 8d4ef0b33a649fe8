# Rust and a C compiler are all that these need.
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: demo test lint bench

demo: ## builds the program and shows what it does, in ./viite-demo
	cargo build --release --locked --package viite
	$(TARGET)/release/viite demo

test: ## every test
	cargo test --workspace --locked

lint: ## what the continuous integration asks for
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

bench: ## a generated nation, measured side by side with a peer
	cargo run --release --locked --package viite-bench -- all
