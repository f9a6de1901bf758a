# Steps in lanes, for `.ci/run`. A lane runs its steps one after another; lanes run side by side.
#
# The output of a step goes to a file in target/ci. The first step that fails stops all lanes, and its output is printed.

# The path is absolute, since a step may change the directory.
folder="$PWD/target/ci"

# The process groups of the lanes that run.
running=()

# Begins a run: removes what an earlier one has left. At its end, however it ends, no lane goes on, and there is a summary.
begin() {
  trap finish EXIT
  rm -rf "$folder"
  mkdir -p "$folder"
  : >"$folder/steps"
}

# The file for a step's output.
log_of() {
  printf '%s/%s.log' "$folder" "$(printf '%s' "$1" | tr -cs 'A-Za-z0-9' '-' | sed 's/-$//')"
}

# The CPU seconds of a shell and its children, from what `times` has printed: `1m2.345s` for each kind.
cpu_seconds() {
  tr -s ' ' '\n' <"$1" | awk -F '[ms]' 'NF { sum += 60 * $1 + $2 } END { printf "%.0f", sum }'
}

# step NAME COMMAND...: runs a command or function. It ends the lane if the command fails.
step() {
  local name=$1 begun=$SECONDS status=0 log result=ok
  shift
  log=$(log_of "$name")
  # `set -e` has no effect in a condition, so the command runs beside the script, which waits for it.
  (
    set -euo pipefail
    trap 'times >"$log.times"' EXIT
    "$@"
  ) >"$log" 2>&1 </dev/null &
  wait $! || status=$?
  [ "$status" = 0 ] || result=FAILED
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$begun" "$((SECONDS - begun))" "$(cpu_seconds "$log.times")" "$lane" "$result" "$name" \
    >>"$folder/steps"
  printf '%5s s  %-6s  %4s s  %s: %s\n' "$SECONDS" "$result" "$((SECONDS - begun))" "$lane" "$name"
  grep -h '^SKIPPED' "$log" || true
  [ "$status" = 0 ] || exit 1
}

# Waits for a step of another lane.
after() {
  until cut -f 5,6 "$folder/steps" | grep -qxF "ok	$1"; do sleep 1; done
}

# lanes FUNCTION...: runs functions side by side, each as a lane of that name, and ends all of them if one fails.
#
# Neither this nor `step` may be called in a condition (`if`, `||`): `set -e` would have no effect in what they run.
lanes() {
  local pid alive failed=0
  # Each lane is a process group, so that all of it can be stopped.
  set -m
  for lane in "$@"; do
    "$lane" &
    running+=($!)
  done
  set +m
  while :; do
    alive=0
    for pid in "${running[@]}"; do
      if kill -0 "$pid" 2>/dev/null; then alive=1; else wait "$pid" || failed=1; fi
    done
    [ "$alive" = 1 ] && [ "$failed" = 0 ] || break
    sleep 1
  done
  return "$failed"
}

finish() {
  local pid
  for pid in ${running[@]+"${running[@]}"}; do
    kill -TERM -- "-$pid" 2>/dev/null || true
  done
  summary
}

# The steps with their times, in the order in which they began, and the output of the one that failed.
summary() {
  local name
  printf '\n%8s  %7s  %7s  %-7s  %-6s  %s\n' begun seconds CPU lane result step
  sort -s -n -k 1,1 "$folder/steps" | while IFS="$(printf '\t')" read -r begun seconds cpu lane result name; do
    printf '%8s  %7s  %7s  %-7s  %-6s  %s\n' "$begun" "$seconds" "$cpu" "$lane" "$result" "$name"
  done
  grep -h '^SKIPPED' "$folder"/*.log || true
  name=$(awk -F '\t' '$5 == "FAILED" { print $6; exit }' "$folder/steps")
  if [ -n "$name" ]; then
    printf '\nFAILED: %s. The end of its output, which is in %s:\n' "$name" "$(log_of "$name")"
    tail -n 200 "$(log_of "$name")"
  fi
  printf '\n%s s in total; built: %s, free: %s\n' "$SECONDS" "$(du -sh target | cut -f1)" "$(df -Ph . | awk 'NR == 2 { print $4 }')"
}
