package dev.cacheness;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What a tag may be, the same wherever tags are given. */
final class TagRules {

    private static final int MAX_LENGTH = 64;

    private static final int MAX_TAGS = 32;

    private TagRules() {}

    /** A sorted copy. */
    static Set<String> check(Collection<String> tags) {
        var copy = new TreeSet<String>();
        for (String tag : tags) {
            copy.add(check(tag));
        }
        if (copy.size() > MAX_TAGS) {
            throw new IllegalArgumentException("An entry has at most " + MAX_TAGS + " tags, but got " + copy.size());
        }
        return Collections.unmodifiableSortedSet(copy);
    }

    private static String check(String tag) {
        if (tag.isEmpty() || tag.length() > MAX_LENGTH || !tag.codePoints().allMatch(TagRules::isAllowed)) {
            throw new IllegalArgumentException("A tag has 1 to " + MAX_LENGTH
                    + " characters and no control characters, but got '"
                    + (tag.length() > 80 ? tag.substring(0, 80) + "…" : tag) + "'");
        }
        return tag;
    }

    /** Half a surrogate pair is no character that a database could store. */
    private static boolean isAllowed(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }
}
