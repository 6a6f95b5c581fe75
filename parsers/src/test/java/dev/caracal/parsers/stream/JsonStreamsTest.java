package dev.caracal.parsers.stream;

import static dev.caracal.parsers.stream.LogStreamTester.LONG;
import static dev.caracal.parsers.stream.LogStreamTester.of;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonStreamsTest {

    static Stream<Arguments> cases() {
        return Stream.of(
                // JSON documents.
                of("json", "", ""),
                of("json", "{\"a\":1}{\"b\":2}\n[3]", "{\"a\":1}|{\"b\":2}|[3]"),
                of("json", "{\n \"a\": {\"b\": [1,\n2]}\n}\n", "{\n \"a\": {\"b\": [1,\n2]}\n}"),
                of("json", "{\"a\":\"}{][\\\"}\\\\\"}{}", "{\"a\":\"}{][\\\"}\\\\\"}|{}"),
                of("json", "{\"a\":1}\nnoise {}\n{\"b\":2}", "{\"a\":1}|!not-json|{\"b\":2}"),
                of("json", "{}{\"a\":[1,", "{}|!truncated-json"),
                of("json", "{}{\"a\":\"" + LONG, "{}|!truncated-json"),
                of("json", "{\"a\":\"" + LONG + "\"}{}", "!record-too-long|{}"),
                // JSON arrays.
                of("json-array", "[]", ""),
                of("json-array", " [ {\"a\":1} , 2,\"x,]\" ,[3] ]\n", "{\"a\":1}|2|\"x,]\"|[3]"),
                of("json-array", "[1][2]", "1|2"),
                of("json-array", "[1,{\"a\":\"" + LONG + "\"},2]", "1|!record-too-long|2"),
                of("json-array", "[1,{\"a\":", "1|!truncated-json"),
                of("json-array", "[1,", "1|!!truncated-json"),
                of("json-array", "[1 2]", "1|!!not-json"),
                of("json-array", "[1,]", "1|!!not-json"),
                of("json-array", "{}", "!!not-json"),
                // CloudTrail.
                of("cloudtrail", "{\"Records\":[]}", ""),
                of("cloudtrail", "{\"Records\":[{\"a\":1},{\"b\":2}]}", "{\"a\":1}|{\"b\":2}"),
                of(
                        "cloudtrail",
                        "{\"x\":{\"Records\":[9]},\"y\":\""
                                + LONG
                                + "\",\n\"Records\" : [ {} ],\"z\":1}\n"
                                + "{\"Records\":[{\"c\":3}]}",
                        "{}|{\"c\":3}"),
                of("cloudtrail", "{\"a\":1} {\"Records\":[1]}", "!no-records|1"),
                of("cloudtrail", "{\"Records\":{}}{}", "!no-records|!no-records"),
                of("cloudtrail", "{\"Records\":[{\"a\":1},{\"b\"", "{\"a\":1}|!truncated-json"),
                of("cloudtrail", "{\"Records\":[{\"a\":1}", "{\"a\":1}|!!truncated-json"),
                of("cloudtrail", "[1]", "!!not-json"),
                of("cloudtrail", "{\"Records\":null} {\"Records\":[1]}", "1"),
                of("cloudtrail", "{\"Records\":[1],\"b\":2,\"Records\":[3]}", "1|3"),
                // Lists at a path.
                of(
                        "json-array:records",
                        "{\"records\":[{\"a\":1},{\"b\":[2]}]}",
                        "{\"a\":1}|{\"b\":[2]}"),
                of("json-array:value", "{\"@context\":\"c\",\"value\":[1,\n2]}", "1|2"),
                of("json-array:data", "{\"data\":{\"data\":[1]}}", "!no-records"),
                of("json-array:Records", "{\"records\":[1]}", "!no-records"),
                of(
                        "json-array:a.b",
                        "{\"b\":[8],\"a\":{\"a\":[9],\"b\":[1,2],\"c\":{}},\"d\":3}{\"a\":{\"b\":[4]}}",
                        "1|2|4"),
                of(
                        "json-array:a.b",
                        "{\"a\":{},\"c\":1} {\"a\":[1]} {\"a\":{\"b\":{\"b\":[1]}}}",
                        "!no-records|!no-records|!no-records"),
                of("json-array:a.b.c", "{\"a\":{\"b\":{\"c\":[1]},\"b\":{\"c\":null}}}", "1"),
                of("json-array:a.b", "{\"a\":{\"b\":[1,", "1|!!truncated-json"),
                of("json-array:a.b", "{\"a\":{\"b\":[1],\"c\":\"" + LONG + LONG + "\"}}", "1"),
                // CloudWatch Logs.
                of("cloudwatch", "", ""),
                of(
                        "cloudwatch",
                        document("DATA_MESSAGE", "a", "{\\\"b\\\":\\\"\\u00e9\\\"}"),
                        "a|{\"b\":\"\u00e9\"}"),
                of(
                        "cloudwatch",
                        document("CONTROL_MESSAGE", "CWL CONTROL MESSAGE")
                                + document("DATA_MESSAGE", "a")
                                + "\n"
                                + document("DATA_MESSAGE", "b"),
                        "a|b"),
                of(
                        "cloudwatch",
                        document("DATA_MESSAGE", "a\\n", "", " \\n", "b\\nc\\r\\n"),
                        "a|b\nc"),
                of(
                        "cloudwatch",
                        "{\"logEvents\":[{\"x\":{\"message\":[\"y\",{}]},\"message\":\"a\"}]}",
                        "a"),
                of(
                        "cloudwatch",
                        "{\"logEvents\":[{\"message\":1},{},2,{\"message\":\"b\"}]}",
                        "!no-message|!no-message|!no-message|b"),
                of(
                        "cloudwatch",
                        "{\"logEvents\":[{\"message\":\"\\x\"},{\"message\":\"b\"}]}",
                        "!not-json|b"),
                of(
                        "cloudwatch",
                        "{\"logEvents\":[{\"message\":\"" + LONG + "\"},{\"message\":\"b\"}]}",
                        "!record-too-long|b"),
                of(
                        "cloudwatch",
                        "{\"logEvents\":[{\"message\":\"a\"},{\"mess",
                        "a|!truncated-json"),
                of(
                        "cloudwatch",
                        "{\"messageType\":\"DATA_MESSAGE\"}" + document("DATA_MESSAGE", "a"),
                        "!no-records|a"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordsAreTheSameHoweverTheContentArrives(String name, byte[] content, String expected)
            throws IOException {
        LogStreamTester.assertRecords(name, content, expected);
    }

    /** As a subscription delivers it; the messages are written as in JSON. */
    static String document(String messageType, String... messages) {
        return Stream.of(messages)
                .map(message -> "{\"id\":\"31\",\"timestamp\":1,\"message\":\"" + message + "\"}")
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"messageType\":\""
                                        + messageType
                                        + "\",\"owner\":\"123456789012\",\"logGroup\":\"g\","
                                        + "\"logStream\":\"s\",\"subscriptionFilters\":[\"f\"],"
                                        + "\"logEvents\":[",
                                "]}"));
    }
}
