package dev.cacheness.engine;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The name of a cache, or many by a pattern in which {@code *} stands for any characters, also none. */
record NamePattern(String text, Pattern regex) {

    /** The most particular first: those with the most characters that are given. */
    static final Comparator<NamePattern> MOST_PARTICULAR_FIRST = Comparator.<NamePattern>comparingInt(
                    pattern -> -pattern.text.replace("*", "").length())
            .thenComparing(NamePattern::text);

    static NamePattern of(String text) {
        String regex = "\\Q" + text.replace("\\E", "\\E\\\\E\\Q").replace("*", "\\E.*\\Q") + "\\E";
        return new NamePattern(text, Pattern.compile(regex, Pattern.DOTALL));
    }

    static boolean isPattern(String name) {
        return name.indexOf('*') >= 0;
    }

    boolean matches(String name) {
        return regex.matcher(name).matches();
    }
}
