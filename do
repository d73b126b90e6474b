#!/usr/bin/env bash
# The list of commands of this repository: ./do alone prints it. Each verb is one function below.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
# One configuration for running, testing and measuring, so that nothing is built twice.
readonly config=Release out=artifacts/bin
readonly host=$out/Tongxin.Host/release/Tongxin.Host.dll
readonly sources=(src samples web Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt)
# The longest first: the short ones fill what is left beside them.
readonly suites=(Tongxin.Modules.Tests Tongxin.Journeys Tongxin.Architecture.Tests Tongxin.Core.Tests)

help() {
  cat <<'TEXT'
./do VERB

  run [-- OPTIONS]          build what changed, migrate, seed the demo on first start, serve
  test [SUITE...]           build, check the format, run every test (or the named suites) on SQLite and PostgreSQL
  watch                     run, and build again at every change
  check                     build, format, architecture tests, what the templates make, packages with known faults, licences
  format                    put the code into the agreed format
  setup                     make the first accounts of a real installation (not the demonstration)
  seed [OPTIONS]            put the demo places into the database
  migrate                   bring the database up to date
  verify                    check the journal's chain
  verify passes DIR         hold the reading of passes against published vectors (EU certificates, COSE, CBOR)
  rebuild                   compute what rounds show anew from what was reported
  drill NAME [--people=N]   try mass testing with made-up people: offline, rush, laboratory
  bench [NAME...] [--write] measure; the last line is one JSON object. --write: docs/benchmarks.md too
  bench rosters DIR         solve a folder of shift-scheduling instances, table against the published figures
  roster solve FILE         solve one: [--seconds 60] [--seed 1] [--out ROSTER.csv]
  backup FILE               write a backup of the database, keys and uploads
  restore FILE              put a backup back
  new-module NAME           a module that builds: ./do new-module Notices
  new-slice MODULE NAME     a page, its class and its test: ./do new-slice Notices PublishNotice
  release                   one self-contained file for linux-x64 in artifacts/release

Data lie in ./data unless Tongxin__Data says otherwise. docs/runbook.md says the rest.
TEXT
}

# ---- running ---------------------------------------------------------------------------------------------------------

run() {
  [ "${1:-}" != -- ] || shift
  build_host
  demo_unless_told
  exec_host run "$@"
}

watch() {
  need_dotnet; need_node
  host_environment
  demo_unless_told
  exec dotnet watch --project src/Tongxin.Host --no-hot-reload -- run "$@"
}

setup()   { build_host; exec_host setup "$@"; }
seed()    { build_host; exec_host seed "$@"; }
migrate() { build_host; exec_host migrate "$@"; }
rebuild() { build_host; exec_host rebuild "$@"; }
drill()   { build_host; exec_host drill "$@"; }
verify()  { build_host; exec_host verify "$@"; }
backup()  { [ $# -ge 1 ] || die "usage: ./do backup FILE";  build_host; exec_host backup "$@"; }
restore() { [ $# -ge 1 ] || die "usage: ./do restore FILE"; build_host; exec_host restore "$@"; }

# Skips MSBuild altogether when no source is newer than the last build: the first answer then comes in under 3 s.
build_host() {
  local stamp=artifacts/host.stamp
  need_dotnet
  if [ -f "$stamp" ] && [ -f "$host" ] && [ -z "$(newer_than "$stamp")" ]; then return; fi
  need_node
  say "Building (the first time takes a few minutes) ..."
  mkdir -p artifacts && touch "$stamp.new"
  quiet_build src/Tongxin.Host/Tongxin.Host.csproj
  mv "$stamp.new" "$stamp"
}

newer_than() {
  find "${sources[@]}" \( -name node_modules -o -path '*/wwwroot/dist' -o -name packages.lock.json \) -prune \
    -o -newer "$1" -print -quit 2>/dev/null
}

exec_host() {
  host_environment
  exec dotnet "$host" "$@"
}

# Whoever starts from the sources wants to see something; an installation runs the release and says nothing.
demo_unless_told() { export Tongxin__Demo=${Tongxin__Demo:-true}; }

host_environment() {
  export Tongxin__Data=${Tongxin__Data:-$PWD/data}
}

# ---- testing ---------------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0

test() {
  need_dotnet; need_node
  # Programs that compile more than they run: code pages need no second, unwritable view of themselves.
  export DOTNET_EnableWriteXorExecute=0
  # Whatever happens, the count is the last line.
  trap finish_tests EXIT
  failed=1
  install_for_tests
  quiet_build Tongxin.slnx
  failed=0
  if [ -z "${TONGXIN_TEST_POSTGRES:-}" ]; then
    # In memory where there is room: copies of databases are thousands of small files.
    scratch=$(mktemp -d -p "$([ "$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 ] 2>/dev/null && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
    chmod 711 "$scratch"
    TONGXIN_TEST_POSTGRES=$(tools/test-postgres start "$scratch/postgres")
    export TONGXIN_TEST_POSTGRES
  fi
  [ $# -gt 0 ] || set -- "${suites[@]}"
  run_beside format "$@"
}

finish_tests() {
  local code=$?
  trap - EXIT
  # Only after an interruption is there anybody left.
  # shellcheck disable=SC2046
  kill $(jobs -rp) 2>/dev/null || true
  [ -z "${scratch:-}" ] || { tools/test-postgres stop "$scratch/postgres"; rm -rf "$scratch"; }
  if [ $((passed + failed)) -eq 0 ] || { [ $code -ne 0 ] && [ $failed -eq 0 ]; }; then failed=$((failed + 1)); fi
  echo "$passed passed, $failed failed, $skipped skipped"
  [ $failed -eq 0 ] || exit 1
  exit 0
}

# Two at a time: while one waits for its database or its browser, the other works.
declare -A working=() begun=()

run_beside() {
  local name
  for name in "$@"; do
    [ ${#working[@]} -lt 2 ] || await_one
    start_one "$name"
  done
  while [ ${#working[@]} -gt 0 ]; do await_one; done
}

start_one() {
  local program=$out/$1/release/$1
  if [ "$1" = format ]; then
    verify_format &
  elif [ -x "$program" ]; then
    "$program" -noLogo -noColor </dev/null >"artifacts/$1.log" 2>&1 &
  else
    say "$1: no such suite"
    failed=$((failed + 1))
    return
  fi
  working[$!]=$1 begun[$!]=$SECONDS
}

await_one() {
  local pid name code=0
  wait -n -p pid "${!working[@]}" || code=$?
  name=${working[$pid]}
  unset "working[$pid]"
  if [ "$name" = format ]; then
    [ $code -eq 0 ] || { show_format; failed=$((failed + 1)); }
  else
    count_suite "$name" $((SECONDS - begun[$pid]))
  fi
}

count_suite() {
  local suite=$1 seconds=$2 log=artifacts/$1.log total errors bad not_run
  # The runner's last line: "   Name  Total: 12, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.1s"
  read -r total errors bad not_run < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" | tail -n 1) || true
  if [ -z "${total:-}" ]; then
    tail -n 40 "$log"
    say "$suite: ended without a summary (log: $log)"
    failed=$((failed + 1))
    return
  fi
  [ $((errors + bad)) -eq 0 ] || grep -vE '^ *(Discover|Start)' "$log" | tail -n 400
  passed=$((passed + total - bad - not_run)) failed=$((failed + bad + errors)) skipped=$((skipped + not_run))
  say "$suite: $((total - bad - not_run)) passed, $((bad + errors)) failed, $not_run skipped in $seconds s"
}

# Chromium and a CJK font for the journeys, PostgreSQL for the second half of the database tests.
install_for_tests() {
  local missing=()
  [ -x /usr/bin/chromium ] || missing+=(chromium)
  fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-cjk)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    die "The tests need ${missing[*]}. Remedy: sudo apt-get install -y ${missing[*]}"
  fi
  say "Installing ${missing[*]} ..."
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}"; } \
    >/tmp/tongxin-apt.log 2>&1 </dev/null \
    || { tail -n 5 /tmp/tongxin-apt.log; die "apt-get could not install ${missing[*]} (log: /tmp/tongxin-apt.log)"; }
}

# ---- keeping order ---------------------------------------------------------------------------------------------------

check() {
  need_dotnet; need_node
  quiet_build Tongxin.slnx
  verify_format || { show_format; return 1; }
  run_beside Tongxin.Architecture.Tests
  tools/check-templates
  say "Packages with known faults (asks the registry):"
  dotnet list Tongxin.slnx package --vulnerable --include-transitive 2>&1 | grep -E '^ +>|has the following|error' || say "  none reported"
  say "Licences of the packages:"
  tools/licences
  [ $failed -eq 0 ]
}

# Style rules are errors in the build; the whitespace that the build does not see is checked here, without loading projects.
verify_format() {
  dotnet format whitespace . --folder --exclude artifacts/ data/ --verify-no-changes >artifacts/format.log 2>&1 </dev/null
}

show_format() {
  sed -E "s|$PWD/||g" artifacts/format.log | head -n 20
  say "The format differs. Remedy: ./do format"
}

format() {
  need_dotnet
  dotnet format whitespace Tongxin.slnx
  dotnet format style Tongxin.slnx --no-restore
}

# ./do roster solve INSTANCE.txt ...: one instance of the shift-scheduling benchmark; see docs/algorithms/rostering.md.
roster() {
  [ "${1:-}" = solve ] && [ $# -ge 2 ] || die "usage: ./do roster solve INSTANCE.txt [--seconds 60] [--seed 1] [--out ROSTER.csv]"
  need_dotnet
  quiet_build bench/Tongxin.Rosters/Tongxin.Rosters.csproj
  exec dotnet "$out/Tongxin.Rosters/release/Tongxin.Rosters.dll" "$@"
}

bench() {
  if [ "${1:-}" = rosters ]; then
    [ $# -ge 2 ] || die "usage: ./do bench rosters DIR [--seconds 60] [--seed 1] [--seeds 1]"
    need_dotnet
    quiet_build bench/Tongxin.Rosters/Tongxin.Rosters.csproj
    shift
    exec dotnet "$out/Tongxin.Rosters/release/Tongxin.Rosters.dll" bench "$@"
  fi
  need_dotnet; need_node
  install_for_tests
  quiet_build bench/Tongxin.Benchmarks/Tongxin.Benchmarks.csproj
  exec dotnet "$out/Tongxin.Benchmarks/release/Tongxin.Benchmarks.dll" "$@"
}

new-module() { [ $# -eq 1 ] || die "usage: ./do new-module NAME"; tools/new module "$1"; }
new-slice()  { [ $# -eq 2 ] || die "usage: ./do new-slice MODULE NAME"; tools/new slice "$1" "$2"; }

release() {
  need_dotnet; need_node
  local version dir
  version=$(sed -nE 's|.*<Version>(.*)</Version>.*|\1|p' Directory.Build.props)
  dir=artifacts/release/tongxin-$version-linux-x64
  rm -rf "$dir" && mkdir -p "$dir"
  dotnet publish src/Tongxin.Host -c $config -r linux-x64 --self-contained -p:PublishSingleFile=true -p:RestoreLockedMode=false -o "$dir" -v q
  git checkout -q -- '*packages.lock.json' 2>/dev/null || true
  tar -C artifacts/release -czf "$dir.tar.gz" "$(basename "$dir")"
  (cd artifacts/release && sha256sum "$(basename "$dir").tar.gz" | tee "$(basename "$dir").tar.gz.sha256")
}

# ---- helpers ---------------------------------------------------------------------------------------------------------

# With a compiler that stays for all projects: each anew, it and its rules cost ten seconds a project. It is sent away afterwards.
quiet_build() {
  local compiler=tongxin-$$ code=0
  mkdir -p artifacts
  DOTNET_TieredPGO=0 dotnet build "$1" -c $config -v q --nologo -p:UseSharedCompilation=true -p:SharedCompilationId=$compiler >artifacts/build.log 2>&1 </dev/null || code=$?
  dismiss_compiler $compiler
  [ $code -ne 0 ] || return 0
  grep -E 'error|warning' artifacts/build.log | sed -E "s|$PWD/||g; s| \[[^]]*\]$||" | sort -u | head -n 30 || true
  die "The build failed (log: artifacts/build.log)"
}

dismiss_compiler() {
  local program
  for program in "$(dirname "$(realpath "$(command -v dotnet)")")"/sdk/*/Roslyn/bincore/VBCSCompiler.dll; do
    [ ! -f "$program" ] || dotnet "$program" -shutdown "-pipename:$1" >/dev/null 2>&1 </dev/null || true
  done
}

need_dotnet() {
  local version
  command -v dotnet >/dev/null || die ".NET SDK 10 is missing. Remedy: https://learn.microsoft.com/dotnet/core/install/linux-debian (package dotnet-sdk-10.0)"
  # The file name answers in a millisecond; starting dotnet to ask takes 100.
  compgen -G "$(dirname "$(realpath "$(command -v dotnet)")")/sdk/1[0-9].*" >/dev/null && return
  version=$(dotnet --version 2>/dev/null || echo none)
  [ "${version%%.*}" != none ] && [ "${version%%.*}" -ge 10 ] || die ".NET SDK 10 is needed, found $version. Remedy: install the package dotnet-sdk-10.0"
}

need_node() {
  local version
  command -v node >/dev/null && command -v npm >/dev/null || die "Node 20 with npm is missing. Remedy: install it from https://nodejs.org or your distribution"
  version=$(node --version)
  version=${version#v}
  [ "${version%%.*}" -ge 20 ] || die "Node 20 or newer is needed, found $version. Remedy: install it from https://nodejs.org"
}

say() { echo "$*" >&2; }
die() { echo "do: $*" >&2; exit 1; }

verb=${1:-help}
[ $# -eq 0 ] || shift
case $verb in
  run | test | watch | check | format | setup | seed | migrate | verify | rebuild | drill | bench | roster | backup | restore | new-module | new-slice | release | help) "$verb" "$@" ;;
  *) help >&2; die "unknown verb '$verb'" ;;
esac
