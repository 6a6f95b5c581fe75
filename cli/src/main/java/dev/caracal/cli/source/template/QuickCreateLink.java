package dev.caracal.cli.source.template;

import dev.caracal.cli.Regions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The address that opens CloudFormation's console with a stack ready to be made.
 *
 * @param region where the stack is made
 * @param templateUrl where the template lies in S3
 * @param stackName of the new stack
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html">Quick-create
 *     links</a>
 */
public record QuickCreateLink(String region, String templateUrl, String stackName) {

    public QuickCreateLink {
        if (!templateUrl.startsWith("https://")) {
            throw new IllegalArgumentException(
                    "the template's URL is \""
                            + templateUrl
                            + "\"; expected one in S3, such as"
                            + " https://example-templates.s3.us-east-1.amazonaws.com/role.yml");
        }
        if (region.isEmpty()) {
            throw new IllegalArgumentException("region is empty; expected one such as us-east-1");
        }
    }

    public String url() {
        String domain =
                switch (Regions.partition(region)) {
                    case "aws-cn" -> "amazonaws.cn";
                    case "aws-us-gov" -> "amazonaws-us-gov.com";
                    default -> "aws.amazon.com";
                };
        return "https://console."
                + domain
                + "/cloudformation/home?region="
                + region
                + "#/stacks/quickcreate?templateURL="
                + encode(templateUrl)
                + "&stackName="
                + encode(stackName);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
