#!/usr/bin/env bash
# Starts one process of a Flink cluster in the background, and prints its id.
#
#   start-process.sh jobmanager|taskmanager [-D KEY=VALUE]…
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/environment.sh"

kind=${1:-}
[ $# -eq 0 ] || shift
case $kind in
    jobmanager)
        main=org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint
        memory=GET_JM_RESOURCE_PARAMS
        ;;
    taskmanager)
        main=org.apache.flink.runtime.taskexecutor.TaskManagerRunner
        memory=GET_TM_RESOURCE_PARAMS
        ;;
    *) fail "start what? start-process.sh jobmanager|taskmanager [-D KEY=VALUE]…" 2 ;;
esac

find_flink
mkdir -p "$FLINK_LOG_DIR" "$FLINK_PID_DIR"
number=1
# Several may look for a number at once: who makes the file has it.
until (set -o noclobber && : >"$FLINK_LOG_DIR/$kind-$number.out") 2>/dev/null; do number=$((number + 1)); done
log=$FLINK_LOG_DIR/$kind-$number

# As Flink's own scripts do it: sizes of heap and metaspace, then the same as options.
memory=$(ask_flink "$memory" "$@")
options=$(ask_flink UPDATE_AND_GET_FLINK_CONFIGURATION "$@" -flatten)
jvm="$(head -n 1 <<<"$memory") $(option env.java.opts.all <<<"$options") $(option "env.java.opts.$kind" <<<"$options")"

# Where threads have many arenas, glibc keeps what RocksDB frees (FLINK-19125).
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}

# shellcheck disable=SC2046,SC2086 # lists of words
nohup "$java" $jvm \
    -Dlog.file="$log.log" -Dlog4j.configurationFile="file:$FLINK_CONF_DIR/log4j.properties" \
    -cp "$flink/lib/*" "$main" --configDir "$FLINK_CONF_DIR" $(tail -n +2 <<<"$memory") "$@" \
    >"$log.out" 2>&1 </dev/null &
id=$!
# Until it is Java, the process is a copy of this script, which `alive` does not count.
while [ -e "/proc/$id/cmdline" ] && ! grep -qa "$main" "/proc/$id/cmdline" && kill -0 "$id" 2>/dev/null; do sleep 0.01; done
printf '%s\n' "$id" | tee -a "$FLINK_PID_DIR/$kind"
