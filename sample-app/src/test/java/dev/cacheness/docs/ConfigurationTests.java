package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.docs.MarkdownFile.CodeBlock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documentation names the properties that exist, and all of them. */
class ConfigurationTests {

    private static final Pattern PROPERTY_ROW = Pattern.compile("^\\| `(cacheness\\.[^`]+)` \\|", Pattern.MULTILINE);

    @Test
    void tableHasAllPropertiesAndNoOthers() throws IOException {
        MarkdownFile file = MarkdownFile.read(MarkdownFile.ROOT.resolve("docs/configuration.md"));
        Matcher matcher = PROPERTY_ROW.matcher(file.text());
        var documented = new TreeSet<String>();
        while (matcher.find()) {
            documented.add(matcher.group(1).replaceAll("\\.<name>.*", ""));
        }

        assertThat(documented).isEqualTo(properties());
    }

    @ParameterizedTest
    @MethodSource("yamlBlocks")
    void yamlSampleSetsPropertiesThatExist(CodeBlock block) throws IOException {
        Set<String> known = properties();

        for (PropertySource<?> source : new YamlPropertySourceLoader()
                .load("sample", new ByteArrayResource(block.code().getBytes(StandardCharsets.UTF_8)))) {
            assertThat(((EnumerablePropertySource<?>) source).getPropertyNames())
                    .filteredOn(name -> name.startsWith("cacheness."))
                    .allSatisfy(name -> assertThat(known)
                            .anyMatch(property -> name.equals(property)
                                    || name.startsWith(property + ".")
                                    || name.startsWith(property + "[")));
        }
    }

    static Stream<CodeBlock> yamlBlocks() {
        return MarkdownFile.all().stream()
                .flatMap(file -> file.codeBlocks().stream())
                .filter(block -> block.language().equals("yaml"));
    }

    private static Set<String> properties() throws IOException {
        var names = new TreeSet<String>();
        for (URL url : Collections.list(ConfigurationTests.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = url.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                    String name = property.path("name").asString();
                    if (name.startsWith("cacheness.")) {
                        names.add(name);
                    }
                }
            }
        }
        assertThat(names).isNotEmpty();
        return names;
    }
}
