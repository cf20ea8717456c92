package dev.cacheness.sql;

/**
 * What happens to rows.
 *
 * @param <B> the builder that these settings are a part of
 */
abstract class RowSettings<B> extends SourceSettings<B> {

    WriteMode writeMode = WriteMode.REPLACE_RANGE;

    OutOfRangeRows outOfRangeRows = OutOfRangeRows.DROP;

    DuplicateRows duplicateRows = DuplicateRows.LAST;

    InvalidRows invalidRows = InvalidRows.FAIL;

    OnSchemaChange onSchemaChange = OnSchemaChange.ADD_COLUMNS;

    public B writeMode(WriteMode writeMode) {
        this.writeMode = writeMode;
        return self();
    }

    public B outOfRangeRows(OutOfRangeRows outOfRangeRows) {
        this.outOfRangeRows = outOfRangeRows;
        return self();
    }

    public B duplicateRows(DuplicateRows duplicateRows) {
        this.duplicateRows = duplicateRows;
        return self();
    }

    public B invalidRows(InvalidRows invalidRows) {
        this.invalidRows = invalidRows;
        return self();
    }

    public B onSchemaChange(OnSchemaChange onSchemaChange) {
        this.onSchemaChange = onSchemaChange;
        return self();
    }
}
