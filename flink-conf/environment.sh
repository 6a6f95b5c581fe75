# What the cluster scripts have in common; they source it.
#
# FLINK_HOME       a Flink distribution; without it Flink comes from Maven, into target/lib
# FLINK_CONF_DIR   has config.yaml and log4j.properties (default: this folder)
# FLINK_LOG_DIR    logs (default: .caracal/cluster/log of the project)
# FLINK_PID_DIR    the processes' ids (default: .caracal/cluster/run of the project)

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
cluster=$(dirname -- "$here")/.caracal/cluster
export FLINK_CONF_DIR=${FLINK_CONF_DIR:-$here}
export FLINK_LOG_DIR=${FLINK_LOG_DIR:-$cluster/log}
export FLINK_PID_DIR=${FLINK_PID_DIR:-$cluster/run}
flink=${FLINK_HOME:-$here/target}
export FLINK_PLUGINS_DIR=${FLINK_PLUGINS_DIR:-$flink/plugins}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

fail() {
    printf '%s: %s\n' "$(basename -- "$0")" "$1" >&2
    exit "${2:-1}"
}

find_flink() {
    command -v "$java" >/dev/null ||
        fail "there is no $java; install a JDK of version 17 (Debian: apt install openjdk-17-jdk-headless) or point JAVA_HOME at it." 2
    [ -e "$FLINK_CONF_DIR/config.yaml" ] || fail "there is no config.yaml in $FLINK_CONF_DIR; FLINK_CONF_DIR names the folder that has it." 2
    if [ -n "${FLINK_HOME:-}" ]; then
        ls "$FLINK_HOME"/lib/flink-*.jar >/dev/null 2>&1 || fail "FLINK_HOME is $FLINK_HOME, but there are no flink-*.jar in its folder lib." 2
        return
    fi
    [ -z "$(find "$here/pom.xml" -newer "$here/target/lib" 2>&1)" ] && return
    command -v mvn >/dev/null || fail "Maven is needed to fetch Flink (Debian: apt install maven); or let FLINK_HOME name a Flink 2.2 distribution." 2
    printf 'Fetching Flink by Maven, 140 MB, once\n' >&2
    rm -rf "$here/target"
    mvn -B -q -f "$here/pom.xml" -Dspotless.check.skip=true package >&2 || fail "Maven could not fetch Flink, see above." 2
    touch "$here/target/lib"
}

# Flink's own reading of config.yaml and -D KEY=VALUE, one line a result.
ask_flink() {
    local command=$1 answer
    shift
    answer=$("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$flink/lib/*" org.apache.flink.runtime.util.bash.BashJavaUtils "$command" --configDir "$FLINK_CONF_DIR" "$@" 2>&1) ||
        fail "Flink does not accept its configuration ($FLINK_CONF_DIR/config.yaml $*):"$'\n'"$answer" 2
    sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p' <<<"$answer"
}

# The value of an option of `ask_flink UPDATE_AND_GET_FLINK_CONFIGURATION -flatten`, read from standard input.
option() {
    sed -n "s/^${1//./\\.}: *//p" | sed "s/^'\(.*\)'\$/\1/; s/^\"\(.*\)\"\$/\1/" | tail -n 1
}

# The ids in a file of FLINK_PID_DIR whose process is alive, and Flink.
alive() {
    local id
    [ -e "$1" ] || return 0
    while read -r id; do
        kill -0 "$id" 2>/dev/null || continue
        [ ! -e "/proc/$id/cmdline" ] || grep -qa org.apache.flink.runtime "/proc/$id/cmdline" || continue
        printf '%s\n' "$id"
    done <"$1"
}
