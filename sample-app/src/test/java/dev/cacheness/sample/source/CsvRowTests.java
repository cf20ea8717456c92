package dev.cacheness.sample.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRowTests {

    @Test
    void valueInQuotesMayHaveCommas() throws IOException {
        List<CsvRow> rows = read("iata,name,latitude\n53A,\"Dr. C.P. Savage, Sr.\",32.302\n");

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.text("name")).isEqualTo("Dr. C.P. Savage, Sr.");
            assertThat(row.number("latitude")).isEqualTo(32.302);
        });
    }

    @Test
    void unknownColumnIsNamed() throws IOException {
        CsvRow row = read("iata,name\nDAL,Dallas Love\n").get(0);

        assertThatIllegalArgumentException().isThrownBy(() -> row.text("city")).withMessageContaining("'city'");
    }

    private static List<CsvRow> read(String csv) throws IOException {
        return CsvRow.all(new BufferedReader(new StringReader(csv)));
    }
}
