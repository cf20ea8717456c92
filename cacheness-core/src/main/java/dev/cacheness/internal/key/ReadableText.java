package dev.cacheness.internal.key;

/** Text for people, up to a length, in which every character can be seen: those that cannot are written as {@code \u202E}. */
final class ReadableText {

    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private int cut;
    private boolean full;

    ReadableText(int limit) {
        this.limit = limit;
    }

    static String of(String text, int limit) {
        return new ReadableText(limit).append(text).toString();
    }

    ReadableText append(String more) {
        for (int i = 0; i < more.length() && !full; ) {
            int point = more.codePointAt(i);
            i += Character.charCount(point);
            String shown = isVisible(point) ? Character.toString(point) : escaped(point);
            if (text.length() + shown.length() > limit) {
                full = true;
                text.setLength(cut);
                text.append('…');
            } else {
                text.append(shown);
                cut = text.length() < limit ? text.length() : cut;
            }
        }
        return this;
    }

    boolean isFull() {
        return full;
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escaped(int point) {
        return point <= Character.MAX_VALUE ? "\\u%04X".formatted(point) : "\\U%08X".formatted(point);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
