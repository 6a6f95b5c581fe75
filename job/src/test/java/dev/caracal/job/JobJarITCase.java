package dev.caracal.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that is submitted to Flink. */
class JobJarITCase {

    private static JarFile jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return new JarFile(
                    files.filter(file -> file.toString().endsWith("-flink.jar"))
                            .findFirst()
                            .orElseThrow()
                            .toFile());
        }
    }

    @Test
    void theJarHoldsTheJobWithItsLibrariesAndNeitherFlinkNorLocalAws() throws IOException {
        try (JarFile jar = jar()) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(names)
                    .contains(
                            "dev/caracal/job/CaracalJob.class",
                            "org/apache/flink/connector/base/sink/AsyncSinkBase.class",
                            "software/amazon/awssdk/services/s3/S3Client.class",
                            "META-INF/services/com.oracle.truffle.api.provider.TruffleLanguageProvider");
            assertThat(names)
                    .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                    .noneMatch(name -> name.startsWith("org/apache/flink/streaming/"))
                    .noneMatch(name -> name.startsWith("org/apache/logging/"))
                    .noneMatch(name -> name.startsWith("org/slf4j/"))
                    .noneMatch(name -> name.startsWith("org/gaul/"))
                    .noneMatch(name -> name.startsWith("org/elasticmq/"))
                    .noneMatch(name -> name.startsWith("dev/caracal/localaws/"));
            assertThat(jar.getManifest().getMainAttributes())
                    .containsEntry(new Attributes.Name("Main-Class"), "dev.caracal.job.CaracalJob")
                    .containsEntry(new Attributes.Name("Multi-Release"), "true");
        }
    }
}
