package dev.cacheness.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of the documentation.
 *
 * @param path relative to the root of the project
 */
record MarkdownFile(Path path, String text) {

    /** Tests run in the directory of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern CODE_BLOCK =
            Pattern.compile("(?:<!-- sample: (\\S+) -->\n)?```(\\w+)\n(.*?)```", Pattern.DOTALL);

    /** All files for users: the one at the top and those in {@code docs}, without the decision notes. */
    static List<MarkdownFile> all() {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .map(MarkdownFile::read)
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static MarkdownFile read(Path path) {
        try {
            return new MarkdownFile(ROOT.relativize(path), Files.readString(path));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    List<CodeBlock> codeBlocks() {
        var blocks = new ArrayList<CodeBlock>();
        Matcher matcher = CODE_BLOCK.matcher(text);
        while (matcher.find()) {
            String sample = matcher.group(1) == null ? "" : matcher.group(1);
            blocks.add(new CodeBlock(path, sample, matcher.group(2), matcher.group(3)));
        }
        return blocks;
    }

    /**
     * A piece of code in a file.
     *
     * @param sample where it is taken from: a path, or a path, {@code #} and the name of a region; empty if it does not say
     */
    record CodeBlock(Path file, String sample, String language, String code) {

        @Override
        public String toString() {
            return file + " "
                    + (sample.isEmpty()
                            ? language + ": " + code.lines().findFirst().orElse("")
                            : sample);
        }
    }
}
