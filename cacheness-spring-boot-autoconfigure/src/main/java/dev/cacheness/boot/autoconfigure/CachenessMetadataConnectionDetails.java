package dev.cacheness.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the PostgreSQL database of the index is, in place of the properties {@code cacheness.metadata.url}, {@code username} and {@code password}. */
public interface CachenessMetadataConnectionDetails extends ConnectionDetails {

    /** As {@code jdbc:postgresql://host:5432/database}. */
    String getUrl();

    /** Null if the database asks for none. */
    default @Nullable String getUsername() {
        return null;
    }

    /** Null if the database asks for none. */
    default @Nullable String getPassword() {
        return null;
    }
}
