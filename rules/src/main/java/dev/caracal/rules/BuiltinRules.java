package dev.caracal.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules that come with Caracal. */
public final class BuiltinRules {

    private static final List<String> NAMES =
            List.of(
                    "aws_alb/path_traversal_probe",
                    "aws_alb/server_error_burst",
                    "aws_cloudtrail/admin_policy_attached",
                    "aws_cloudtrail/console_login_without_mfa",
                    "aws_cloudtrail/root_activity",
                    "aws_cloudtrail/trail_stopped",
                    "aws_s3_server_access/anonymous_access_denied",
                    "aws_vpc_flow/remote_access_from_internet",
                    "okta_system_log/factor_reset",
                    "okta_system_log/failed_logins");

    private BuiltinRules() {}

    public static List<RuleSource> sources() {
        return NAMES.stream().map(BuiltinRules::source).toList();
    }

    private static RuleSource source(String name) {
        String path = "caracal-rules/" + name;
        return new RuleSource(path + ".yml", read(path + ".yml"), read(path + ".py"));
    }

    private static String read(String path) {
        try (InputStream in = BuiltinRules.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalStateException("The jar has no " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
