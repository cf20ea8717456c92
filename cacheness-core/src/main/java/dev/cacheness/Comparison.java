package dev.cacheness;

/** How a stored value relates to a given one. Numbers are compared by value, texts by the code points of their characters. */
public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    /** There is a value, whatever it is. */
    EXISTS;

    /** Whether the answer depends on which of two values is the smaller one. */
    public boolean orders() {
        return this != EQUAL && this != NOT_EQUAL && this != EXISTS;
    }
}
