package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.docs.MarkdownFile.CodeBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples in the documentation are code that was compiled and run, and links lead somewhere. */
class DocumentationTests {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void thereAreSamples() {
        assertThat(javaSamples()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("javaSamples")
    void javaSampleIsARegionOfATest(CodeBlock block) throws IOException {
        assertThat(block.sample())
                .as("the line '<!-- sample: path#region -->' above the sample in " + block.file())
                .isNotEmpty();

        assertThat(block.code()).isEqualTo(region(block.sample()));
    }

    @Test
    void linksLeadToFiles() {
        var broken = new ArrayList<String>();
        for (MarkdownFile file : MarkdownFile.all()) {
            Matcher matcher = LINK.matcher(file.text());
            while (matcher.find()) {
                String target = matcher.group(1);
                if (!target.contains(":")
                        && !Files.exists(MarkdownFile.ROOT.resolve(file.path()).resolveSibling(target))) {
                    broken.add(file.path() + " -> " + target);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    static Stream<CodeBlock> javaSamples() {
        return MarkdownFile.all().stream()
                .flatMap(file -> file.codeBlocks().stream())
                .filter(block -> block.language().equals("java"));
    }

    /** The lines between the marks of a region, without the indentation they share; a whole file from its imports on. */
    private static String region(String sample) throws IOException {
        String[] parts = sample.split("#", 2);
        List<String> lines = Files.readAllLines(MarkdownFile.ROOT.resolve(Path.of(parts[0])));
        if (parts.length == 1) {
            return String.join("\n", lines.subList(2, lines.size())) + "\n";
        }
        int start = indexOf(lines, "// docs:start " + parts[1]);
        int end = indexOf(lines, "// docs:end " + parts[1]);
        assertThat(start).as("the beginning of " + sample).isNotNegative();
        assertThat(end).as("the end of " + sample).isGreaterThan(start);
        return String.join("\n", lines.subList(start + 1, end)).stripIndent() + "\n";
    }

    private static int indexOf(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(mark)) {
                return i;
            }
        }
        return -1;
    }
}
