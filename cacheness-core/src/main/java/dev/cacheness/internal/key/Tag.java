package dev.cacheness.internal.key;

/**
 * What stands before each item of a canonical form, so that no kind can be taken for another. Part of the stored format: a number is never changed
 * and never used again.
 */
final class Tag {

    /** The form of keys and values as of now; another form gets another number. */
    static final int VERSION = 1;

    /** Closes the items of a container. No item begins with it. */
    static final int END = 0;

    static final int NULL = 1;
    static final int TEXT = 2;
    static final int FALSE = 3;
    static final int TRUE = 4;
    static final int CHARACTER = 5;
    static final int INTEGER = 6;
    static final int FLOATING = 7;
    static final int DECIMAL = 8;
    static final int ENUM = 9;
    static final int UUID = 10;
    static final int URI = 11;
    static final int LOCALE = 12;
    static final int CURRENCY = 13;
    static final int CLASS = 14;
    static final int DATE = 15;

    static final int INSTANT = 20;
    static final int LOCAL_DATE = 21;
    static final int LOCAL_TIME = 22;
    static final int LOCAL_DATE_TIME = 23;
    static final int OFFSET_DATE_TIME = 24;
    static final int OFFSET_TIME = 25;
    static final int ZONED_DATE_TIME = 26;
    static final int DURATION = 27;
    static final int PERIOD = 28;
    static final int YEAR = 29;
    static final int YEAR_MONTH = 30;
    static final int MONTH_DAY = 31;
    static final int ZONE = 32;

    static final int FILE_CONTENT = 40;
    static final int DIRECTORY_CONTENT = 41;
    static final int PATH_NAME = 42;

    static final int OPTIONAL = 50;
    static final int LIST = 51;
    static final int SET = 52;
    static final int MAP = 53;
    static final int ARRAY = 54;
    static final int RECORD = 55;
    static final int OBJECT = 56;

    static final int KEY = 60;
    static final int CONTENT = 61;

    private Tag() {}
}
