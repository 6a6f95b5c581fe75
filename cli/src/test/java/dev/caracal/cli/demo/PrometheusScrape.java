package dev.caracal.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Flink's Prometheus reporter tells: the metrics by name, each with the labels it has.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
record PrometheusScrape(Map<String, Set<String>> labelsByMetric) {

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    static PrometheusScrape of(int port) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + port + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        return parse(response.body());
    }

    static PrometheusScrape parse(String text) {
        Map<String, Set<String>> metrics = new TreeMap<>();
        text.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .forEach(
                        sample -> {
                            Set<String> labels =
                                    metrics.computeIfAbsent(
                                            sample.group(1), name -> new TreeSet<>());
                            if (sample.group(2) != null) {
                                LABEL.matcher(sample.group(2))
                                        .results()
                                        .forEach(label -> labels.add(label.group(1)));
                            }
                        });
        return new PrometheusScrape(metrics);
    }
}
