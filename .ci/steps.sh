# The steps of `.ci/run` that are more than one command, and what each of them needs.

# Plaid's newest document, if the documents are there.
document=../shared/spec/2020-09-14.yml
# What the emulator's tests write down while they run: what they provoke, and the responses that they get.
provoked="$PWD/target/ci/provoked.tsv"
responses="$PWD/target/ci/responses.jsonl"

# The commands of xtask take the programs from here and build none.
export XTASK_PROGRAMS="$PWD/target/ci/programs"
# So do the tests of the emulator's pages.
export EMULATOR="$XTASK_PROGRAMS/plaid-emulator"

xtask() {
  "$XTASK_PROGRAMS/xtask" "$@"
}

has() {
  command -v "$1" >/dev/null
}

# has_clients: whether there is what Plaid's own clients run in. Their packages are installed by name into target/tools.
has_clients() {
  has node && has npm && has python3
}

has_documents() {
  [ -d ../shared/spec ]
}

# Chromium, named in the variable of that name or found. The headless shell is Chromium without a browser's windows: the tests of
# the explorer's pages take 600 s of CPU time in it, and 1,100 s in the whole browser.
chromium() {
  if [ -n "${CHROMIUM:-}" ]; then
    printf '%s\n' "$CHROMIUM"
  else
    # The function itself has the name of the program, so only files are looked for.
    type -P chromium-headless-shell || type -P chromium || type -P chromium-browser || type -P google-chrome
  fi
}

has_browser() {
  has npm && chromium >/dev/null
}

need() {
  if ! has "$1"; then
    echo "error: $1 is needed: $2" >&2
    exit 1
  fi
}

install() {
  local sudo
  sudo=$([ "$(id -u)" = 0 ] || echo sudo)
  $sudo apt-get install -qq -y "$@" || { $sudo apt-get update -qq && $sudo apt-get install -qq -y "$@"; }
}

# Finds or installs the tools. Under CI all of them have to be there; elsewhere, a check without its tool is skipped.
tools() {
  need cargo "install Rust by https://rustup.rs"
  if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
    need rustup "cargo has no fmt or clippy, and rustup can add them"
    rustup component add rustfmt clippy
  fi
  cargo --version
  # The feature native-tls uses the platform's library, so a build with all features needs its headers.
  if [ "$(uname -s)" = Linux ] && ! pkg-config --exists openssl 2>/dev/null; then
    need apt-get "the headers of OpenSSL and pkg-config are needed; install them with the system's package manager"
    install libssl-dev pkg-config
  fi
  if [ -n "${CI:-}" ]; then
    need node "the snippets of Node and TypeScript run in it"
    need npm "the tools that validate the OpenAPI document and the client of Node are installed from npm"
    need python3 "the snippets of Python, the prose check and the second oracle of the checks run in it"
    need curl "its snippets are run"
    local tool
    for tool in gofmt:golang-go javac:default-jdk-headless ruby:ruby; do
      has "${tool%%:*}" || { need apt-get "${tool##*:} is needed for its snippets" && install "${tool##*:}"; }
    done
    if [ -z "${CHROMIUM:-}" ] && ! has chromium-headless-shell; then
      # Some systems have no such package.
      install chromium-headless-shell || chromium >/dev/null \
        || { need apt-get "the browser tests need Chromium; install it, or name it in CHROMIUM" && install chromium; }
    fi
    if ! has_documents; then
      echo "error: ../shared does not exist, so the checks on Plaid's documents can't run" >&2
      exit 1
    fi
  fi
  has_documents || echo "SKIPPED: the checks on Plaid's documents and the prose check, since ../shared does not exist"
  has npm || echo "SKIPPED: the check of the OpenAPI document by other tools, since npm is not installed"
  has_clients || echo "SKIPPED: Plaid's clients and their snippets, since node, npm or python3 is not installed"
  has_browser || echo "SKIPPED: the browser tests of the emulator and the explorer, since Chromium or npm is not installed"
  has gofmt || echo "SKIPPED: the snippets in Go, since gofmt is not installed"
  has javac || echo "SKIPPED: the snippets in Java, since javac is not installed"
  has ruby || echo "SKIPPED: the snippets in Ruby, since ruby is not installed"
}

# With the features of all packages and of their tests together. A build of one package has fewer, and so different, builds of
# its dependencies.
build_all() {
  cargo build --workspace --tests --bins --examples --timings
  # Other steps build the same programs with other features, in the same place.
  mkdir -p "$XTASK_PROGRAMS"
  ln target/debug/xtask target/debug/plaid-emulator target/debug/plaid-explorer "$XTASK_PROGRAMS"
  mkdir "$XTASK_PROGRAMS/examples"
  ln target/debug/examples/* "$XTASK_PROGRAMS/examples"
}

# apart COMMAND...: builds in a folder of its own, at the same time as another lane.
apart() {
  CARGO_TARGET_DIR="$PWD/target/apart" "$@"
}

all_tests() {
  rm -f "$provoked" "$responses"
  PLAID_EMULATOR_COVERAGE="$provoked" PLAID_EMULATOR_RECORD="$responses" cargo test --workspace
}

documentation() {
  RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features
}

explorer_parts() {
  local feature
  for feature in gateway pages mcp emulator; do
    cargo clippy --package plaid-explorer --no-default-features --features "$feature" -- -D warnings
  done
}

# `cargo package` would compile each crate in a folder of its own, with its own builds of the crates that it needs. Here all are
# unpacked into one workspace, in which each stands for the crate of its name on crates.io.
packages() {
  local folder="$PWD/target/packages" name
  local names=(api-model api-model-tools plaid-catalog plaid-sdk plaid-recorder plaid-emulator plaid-explorer)
  rm -rf "$folder"
  mkdir -p "$folder/workspace"
  cargo package --no-verify --allow-dirty --target-dir "$folder" "${names[@]/#/--package=}"
  printf '[workspace]\nresolver = "3"\nmembers = ["*"]\n\n[patch.crates-io]\n' >"$folder/workspace/Cargo.toml"
  for name in "${names[@]}"; do
    # With the time of now: all packages have the same old one, by which cargo would find a build of an earlier run fresh.
    tar -x -m -z -f "$folder/package/$name"-[0-9]*.crate -C "$folder/workspace"
    mv "$folder/workspace/$name"-[0-9]* "$folder/workspace/$name"
    printf '%s = { path = "%s" }\n' "$name" "$name" >>"$folder/workspace/Cargo.toml"
  done
  cp Cargo.lock "$folder/workspace"
  # Each alone, with no other package's features: so a feature that its own manifest lacks is found.
  for name in "${names[@]}"; do
    cargo check --manifest-path "$folder/workspace/Cargo.toml" --package "$name" --target-dir target
  done
}

import_again() {
  xtask spec import "$document"
  git diff --exit-code -- spec
}

# Node's packages are installed by name from the committed lock file.
emulator_pages() {
  export CHROMIUM
  CHROMIUM=$(chromium)
  cd plaid-sdk/emulator/browser
  npm ci --silent --no-audit --no-fund
  npm test
}

explorer_pages() {
  export CHROMIUM
  CHROMIUM=$(chromium)
  (cd plaid-sdk/explorer/browser && cargo fmt --check && cargo clippy --target-dir ../../../target/browser --all-targets -- -D warnings)
  xtask explorer browser
}

# Under CI cargo-deny is installed; elsewhere it is used if it is installed. It is not optimised, since its build would take
# five minutes of CPU time, and it runs for seconds.
dependencies() {
  if ! cargo deny --version >/dev/null 2>&1; then
    if [ -z "${CI:-}" ]; then
      echo "SKIPPED: the checks of the dependencies, since cargo-deny is not installed (cargo install cargo-deny --locked)"
      return
    fi
    cargo install cargo-deny --version 0.20.2 --locked --quiet --debug --root target/tools
  fi
  cargo deny check licenses bans sources
  # The list of advisories is fetched, so this needs a network.
  if curl -fsI --max-time 10 https://github.com >/dev/null 2>&1; then
    cargo deny check advisories
  else
    echo "SKIPPED: the check of the advisories, since github.com can't be reached"
  fi
}
