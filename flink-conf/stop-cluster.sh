#!/usr/bin/env bash
# Stops the cluster that start-cluster.sh started. Jobs end without a savepoint; their last checkpoints stay.
# Environment: see environment.sh.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/environment.sh"

readonly LIMIT_SECONDS=20

stopped=0
for kind in taskmanager jobmanager; do
    for id in $(alive "$FLINK_PID_DIR/$kind"); do
        kill "$id" 2>/dev/null || true
        stopped=$((stopped + 1))
    done
done
end=$((SECONDS + LIMIT_SECONDS))
for kind in taskmanager jobmanager; do
    while [ -n "$(alive "$FLINK_PID_DIR/$kind")" ]; do
        if [ $SECONDS -ge $end ]; then
            alive "$FLINK_PID_DIR/$kind" | xargs -r kill -9
        fi
        sleep 0.2
    done
    rm -f "$FLINK_PID_DIR/$kind"
done
if [ $stopped -eq 0 ]; then
    printf 'No cluster runs.\n'
else
    printf 'Stopped %d processes.\n' $stopped
fi
