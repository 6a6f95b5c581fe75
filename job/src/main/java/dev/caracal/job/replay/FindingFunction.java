package dev.caracal.job.replay;

import dev.caracal.job.output.MatchLines;
import dev.caracal.rules.Match;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts matches and rule errors, and hands them on if they are wanted. */
final class FindingFunction extends RichFlatMapFunction<Match, Finding> {

    private static final long serialVersionUID = 1L;

    private final boolean wanted;

    private transient MatchLines lines;
    private transient LongCounter matches;
    private transient LongCounter errors;

    FindingFunction(boolean wanted) {
        this.wanted = wanted;
    }

    @Override
    public void open(OpenContext context) {
        lines = new MatchLines();
        matches = getRuntimeContext().getLongCounter(Replay.MATCHES);
        errors = getRuntimeContext().getLongCounter(Replay.RULE_ERRORS);
    }

    @Override
    public void flatMap(Match match, Collector<Finding> out) {
        (match.error() ? errors : matches).add(1);
        if (wanted) {
            out.collect(new Finding(Finding.Kind.MATCH, lines.line(match)));
        }
    }
}
