package dev.cacheness.engine;

import dev.cacheness.AttributeCondition;
import dev.cacheness.Comparison;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.key.BlobKeys;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.storage.BlobMetadata;
import dev.cacheness.storage.BlobQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds artifacts. A prefix of keys is a range of the attribute that holds the key. Thread-safe. */
final class ArtifactList {

    private static final int PAGE = 500;

    private static final int FIRST_SURROGATE = 0xD800;

    private static final int AFTER_SURROGATES = 0xE000;

    private final MetadataBackend index;

    private final ArtifactVersions versions;

    ArtifactList(MetadataBackend index, ArtifactVersions versions) {
        this.index = index;
        this.versions = versions;
    }

    List<BlobMetadata> find(BlobQuery query) {
        EntryFilter filter = filter(query);
        List<BlobMetadata> found = new ArrayList<>();
        int toSkip = query.offset();
        for (int at = 0; ; at += PAGE) {
            List<EntryMetadata> page = index.list(filter, at, PAGE);
            for (EntryMetadata row : page) {
                if (!versions.isLatest(row.digest())) {
                    continue;
                }
                if (toSkip > 0) {
                    toSkip--;
                } else {
                    found.add(ArtifactRows.describe(row));
                    if (found.size() == query.limit()) {
                        return found;
                    }
                }
            }
            if (page.size() < PAGE) {
                return found;
            }
        }
    }

    /** The keys that have a version beyond the first one. */
    Set<String> keysWithVersions() {
        Set<String> keys = new TreeSet<>();
        EntryFilter filter = EntryFilter.ofNamespace(BlobKeys.NAMESPACE);
        List<EntryMetadata> page;
        int at = 0;
        do {
            page = index.list(filter, at, PAGE);
            at += PAGE;
            page.stream()
                    .filter(row -> BlobKeys.versionOf(row.digest()) > 1)
                    .map(ArtifactRows::keyOf)
                    .forEach(keys::add);
        } while (page.size() == PAGE);
        return keys;
    }

    private static EntryFilter filter(BlobQuery query) {
        List<AttributeCondition> conditions = new ArrayList<>(query.attributes());
        if (!query.prefix().isEmpty()) {
            conditions.add(new AttributeCondition(ArtifactRows.KEY, Comparison.AT_LEAST, query.prefix()));
            endOf(query.prefix())
                    .ifPresent(end -> conditions.add(new AttributeCondition(ArtifactRows.KEY, Comparison.LESS, end)));
        }
        return new EntryFilter(BlobKeys.NAMESPACE, "", conditions, query.tags(), null);
    }

    /** The first text, by code points, that comes after all those that begin with the prefix; empty if there is none. */
    static Optional<String> endOf(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1;
                points[last] = next == FIRST_SURROGATE ? AFTER_SURROGATES : next;
                return Optional.of(new String(points, 0, last + 1));
            }
        }
        return Optional.empty();
    }
}
