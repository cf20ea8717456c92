package dev.cacheness;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class PackageInfoTests {

    @Test
    void everyPackageIsNullMarked() {
        Stream<JavaPackage> packages =
                CoreClasses.MAIN.stream().map(JavaClass::getPackage).distinct();

        Stream<String> unmarked =
                packages.filter(each -> !each.isAnnotatedWith(NullMarked.class)).map(JavaPackage::getName);

        assertThat(unmarked)
                .as("packages without a @NullMarked package-info: nothing in them is checked for null")
                .isEmpty();
    }
}
