package org.adapterstudio.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The layers of the house, checked on the compiled classes of every module. */
class HouseRulesTest {
  private static JavaClasses contract;
  private static JavaClasses runtime;
  private static JavaClasses app;

  @BeforeAll
  static void importClasses() {
    contract = classesOf("engine/contract");
    runtime = classesOf("engine/runtime");
    app = classesOf("app");
  }

  @Test
  void everyModuleHasClassesToCheck() {
    for (JavaClasses module : List.of(contract, runtime, app)) {
      assertThat(module).hasSizeGreaterThan(5);
    }
  }

  @Test
  void theEngineNeverImportsJavaFx() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx..", "com.sun.javafx..", "org.adapterstudio.app..")
        .because("the engine runs without a display and never points up")
        .check(runtime);
  }

  @Test
  void theContractImportsNeitherDjlNorJavaFxNorTheOtherModules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.djl..", "javafx..", "org.adapterstudio.engine..", "org.adapterstudio.app..")
        .because("the contract is records that both programs share")
        .check(contract);
  }

  @Test
  void theAppNeverImportsTheEngineNorDjl() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.adapterstudio.engine..", "ai.djl..")
        .because("the app talks to engine processes and never holds a tensor")
        .check(app);
  }

  @Test
  void viewModelsKnowOnlyBeansAndCollectionsOfJavaFx() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("ViewModel")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javafx.scene..",
            "javafx.stage..",
            "javafx.application..",
            "javafx.concurrent..",
            "javafx.animation..",
            "javafx.fxml..",
            "org.controlsfx..",
            "atlantafx..")
        .because("a view model is tested without a display")
        .allowEmptyShould(true)
        .check(app);
  }

  @Test
  void theCommandLineImportsNoJavaFx() {
    noClasses()
        .that()
        .resideInAnyPackage("org.adapterstudio.app.cli..", "org.adapterstudio.app.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javafx..")
        .because("commands work where there is no display")
        .check(app);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("org.adapterstudio.contract.(*)..").should().beFreeOfCycles().check(contract);
    slices().matching("org.adapterstudio.engine.(*)..").should().beFreeOfCycles().check(runtime);
    slices().matching("org.adapterstudio.app.(*)..").should().beFreeOfCycles().check(app);
  }

  @Test
  void namesSayWhatAThingIs() {
    for (JavaClasses module : List.of(contract, runtime, app)) {
      classes()
          .should()
          .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?")
          .because("such names say nothing of what the type is")
          .check(module);
    }
  }

  private static JavaClasses classesOf(String module) {
    Path classes = Sources.ROOT.resolve(module).resolve("target").resolve("classes");
    assertThat(Files.isDirectory(classes))
        .as(classes + " must be compiled first: run `mvn verify` from the root")
        .isTrue();
    return new ClassFileImporter().importPath(classes);
  }
}
