package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.BlobHome;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** The place of the blobs in a table of the index. */
final class JdbcBlobHome implements BlobHome {

    private static final String PLACE = "select id from cacheness_store";

    private static final String SETTLE = """
            update cacheness_store
            set id = ?
            where id is null or not exists (select 1 from cacheness_entry where blob_id is not null)
            """;

    private final Connections connections;

    JdbcBlobHome(Connections connections) {
        this.connections = connections;
    }

    @Override
    public String settle(String place) {
        Optional<String> known = connections.read("look up the place of the blobs", this::place);
        if (known.isPresent() && known.get().equals(place)) {
            return place;
        }
        return connections.write("settle the place of the blobs", session -> {
            session.update(SETTLE, statement -> statement.setString(1, place));
            return place(session).orElse(place);
        });
    }

    private Optional<String> place(Session session) throws SQLException {
        return Optional.ofNullable(session.first(
                        PLACE, Session.Parameters.NONE, row -> Objects.requireNonNullElse(row.getString(1), "")))
                .filter(place -> !place.isEmpty());
    }
}
