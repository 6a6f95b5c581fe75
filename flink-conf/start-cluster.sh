#!/usr/bin/env bash
# Starts a Flink cluster on this machine, a JobManager and TaskManagers as processes of their own, and waits until it is ready.
#
#   start-cluster.sh [TASKMANAGERS] [-D KEY=VALUE]…
#
# TASKMANAGERS is 1 if it is not given. The configuration is config.yaml beside this script; -D changes an option of it.
# Environment: see environment.sh.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/environment.sh"

readonly LIMIT_SECONDS=60

task_managers=1
case ${1:-} in
    '' | -*) ;;
    *[!0-9]* | 0) fail "$1 is not a number of TaskManagers; start-cluster.sh [TASKMANAGERS] [-D KEY=VALUE]…" 2 ;;
    *)
        task_managers=$1
        shift
        ;;
esac

# Flink's answer to a request, without curl.
request() {
    { exec 3<>"/dev/tcp/$host/$port"; } 2>/dev/null || return 1
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$1" "$host" >&3
    cat <&3
}

registered() {
    (request /overview) | sed -n 's/.*"taskmanagers":\([0-9]*\).*/\1/p'
}

# What a process that is gone had to say.
fail_with_log() {
    local reason
    reason=$(grep -h -e 'Caused by: ' -e 'Exception: ' -e '^Error: ' "$FLINK_LOG_DIR/$1"-*.log "$FLINK_LOG_DIR/$1"-*.out 2>/dev/null | head -n 1) || true
    fail "the $1 has not started: ${reason:-no reason given}"$'\n'"Logs: $FLINK_LOG_DIR"
}

find_flink
running=$(alive "$FLINK_PID_DIR/jobmanager")
[ -z "$running" ] || fail "a cluster runs already (JobManager $running); stop-cluster.sh ends it."
options=$(ask_flink UPDATE_AND_GET_FLINK_CONFIGURATION "$@" -flatten)
host=$(option rest.address <<<"$options")
port=$(option rest.port <<<"$options")
host=${host:-localhost}
port=${port:-8081}
if (request /) >/dev/null; then
    fail "something listens on $host:$port already; stop it, or name another port with -D rest.port=PORT."
fi

rm -f "$FLINK_PID_DIR/jobmanager" "$FLINK_PID_DIR/taskmanager" "$FLINK_LOG_DIR"/{job,task}manager-*
"$here/start-process.sh" jobmanager "$@" >/dev/null &
starting=($!)
for ((i = 0; i < task_managers; i++)); do
    "$here/start-process.sh" taskmanager "$@" >/dev/null &
    starting+=($!)
done
for process in "${starting[@]}"; do
    wait "$process" || fail "a process could not be started, see above."
done

end=$((SECONDS + LIMIT_SECONDS))
until [ "$(registered)" = "$task_managers" ]; do
    [ -n "$(alive "$FLINK_PID_DIR/jobmanager")" ] || fail_with_log jobmanager
    [ "$(alive "$FLINK_PID_DIR/taskmanager" | wc -l)" -eq "$task_managers" ] || fail_with_log taskmanager
    [ $SECONDS -lt $end ] || fail "the cluster is not ready after $LIMIT_SECONDS s. Logs: $FLINK_LOG_DIR"
    sleep 0.2
done
printf "Flink's dashboard: http://%s:%s  logs: %s\n" "$host" "$port" "$FLINK_LOG_DIR"
