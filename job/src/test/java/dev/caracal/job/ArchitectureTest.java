package dev.caracal.job;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.api.common.functions.Function;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the modules and packages may know of each other. */
@AnalyzeClasses(packages = "dev.caracal", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PARSERS_AND_RULES_ARE_PLAIN_JAVA =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.caracal.parsers..", "dev.caracal.rules..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "software.amazon.awssdk..",
                            "org.apache.iceberg..",
                            "org.apache.hadoop..");

    @ArchTest
    static final ArchRule CONNECTORS_KNOW_NOTHING_OF_LOG_TYPES_OR_RULES =
            noClasses()
                    .that()
                    .resideInAPackage("dev.caracal.connectors..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.caracal.parsers..", "dev.caracal.rules..", "dev.caracal.job..");

    @ArchTest
    static final ArchRule ONLY_THE_JOB_BUILDS_JOBS =
            noClasses()
                    .that(not(resideInAPackage("dev.caracal.job..")))
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(StreamExecutionEnvironment.class);

    /** A replay is a job on this machine, which no service runs. */
    @ArchTest
    static final ArchRule CHECKPOINTS_STATE_AND_RESTARTS_ARE_NOT_SET_IN_CODE =
            noClasses()
                    .that(not(resideInAPackage("dev.caracal.job.replay..")))
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "org\\.apache\\.flink\\..*(CheckpointConfig|StateBackendOptions|RestartStrategyOptions|StateBackend)")
                    .orShould()
                    .callMethodWhere(
                            target(nameMatching("enableCheckpointing"))
                                    .or(
                                            target(nameMatching("set(Max)?Parallelism"))
                                                    .and(
                                                            target(
                                                                    owner(
                                                                            assignableTo(
                                                                                    StreamExecutionEnvironment
                                                                                            .class))))));

    @ArchTest
    static final ArchRule FUNCTIONS_ARE_CALLED_SO =
            classes()
                    .that()
                    .resideInAPackage("dev.caracal.job..")
                    .and()
                    .areTopLevelClasses()
                    .and()
                    .areAssignableTo(Function.class)
                    .should()
                    .haveSimpleNameEndingWith("Function");

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING =
            noClasses()
                    .should(
                            com.tngtech.archunit.lang.conditions.ArchConditions.be(
                                    simpleNameEndingWith("Util")
                                            .or(simpleNameEndingWith("Utils"))
                                            .or(simpleNameEndingWith("Helper"))
                                            .or(simpleNameEndingWith("Manager"))
                                            .or(simpleNameEndingWith("Impl"))))
                    .orShould()
                    .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..");

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_PRINT = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.caracal.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TIME_IS_GIVEN_TO_PARSERS_AND_RULES =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.caracal.parsers..", "dev.caracal.rules..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class);
}
