package dev.cacheness.boot.autoconfigure;

import dev.cacheness.sql.SqlCacheBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands the properties of one SQL cache to its builder, which checks them. */
final class SqlCacheBuilderSettings {

    private static final Duration DEFAULT_HOT_TTL = Duration.ofMinutes(5);

    private final SqlCacheProperties.Settings settings;

    private final SqlCacheSpans spans;

    private final SqlCacheBuilder<?> builder;

    private SqlCacheBuilderSettings(String cache, SqlCacheProperties.Settings settings, SqlCacheBuilder<?> builder) {
        this.settings = settings;
        this.spans = new SqlCacheSpans(cache);
        this.builder = builder;
    }

    static void apply(String cache, SqlCacheProperties.Settings settings, SqlCacheBuilder<?> builder) {
        SqlCacheBuilderSettings all = new SqlCacheBuilderSettings(cache, settings, builder);
        all.freshness();
        all.steps();
        all.planning();
        all.fetching();
        all.rows();
    }

    private void freshness() {
        set(settings.ttl(), builder::ttl);
        set(settings.emptyTtl(), builder::emptyTtl);
        set(settings.staleIfError(), builder::staleIfError);
        set(settings.staleWhileRevalidate(), builder::staleWhileRevalidate);
        set(settings.futureData(), builder::futureData);
        set(settings.askHolesAgainAfter(), delays -> builder.askHolesAgainAfter(delays.toArray(Duration[]::new)));
        hotWindow();
        if (Boolean.TRUE.equals(settings.openEnded())) {
            builder.openEnded(settings.tailTtl() == null ? Duration.ZERO : settings.tailTtl());
        } else if (settings.tailTtl() != null) {
            throw needs("tail-ttl", settings.tailTtl(), "open-ended=true");
        }
    }

    private void hotWindow() {
        Duration hotTtl = settings.hotTtl();
        if (settings.hotWindow() == null) {
            if (hotTtl != null) {
                throw needs("hot-ttl", hotTtl, "hot-window");
            }
            return;
        }
        Duration ttl = settings.ttl();
        Duration byDefault = ttl == null || ttl.isZero() || ttl.compareTo(DEFAULT_HOT_TTL) > 0 ? DEFAULT_HOT_TTL : ttl;
        builder.hotWindow(spans.time("hot-window", settings.hotWindow()), hotTtl == null ? byDefault : hotTtl);
    }

    private void steps() {
        set(settings.zone(), builder::zone);
        String timeIncrement = settings.timeIncrement();
        if (timeIncrement != null) {
            TemporalAmount increment = spans.time("time-increment", timeIncrement);
            try {
                if (increment instanceof Period period) {
                    builder.timeIncrement(period);
                } else {
                    builder.timeIncrement((Duration) increment);
                }
            } catch (IllegalArgumentException ex) {
                throw spans.wrong(
                        "time-increment", timeIncrement, sentence(ex), "Use a span such as 5min or 1day.", ex);
            }
        }
        BigDecimal orderedIncrement = settings.orderedIncrement();
        if (orderedIncrement != null) {
            try {
                builder.orderedIncrement(orderedIncrement);
            } catch (IllegalArgumentException ex) {
                throw spans.wrong(
                        "ordered-increment", orderedIncrement.toString(), sentence(ex), "Use a number above 0.", ex);
            }
        }
    }

    private void planning() {
        span("merge-gaps-within", settings.mergeGapsWithin(), builder::mergeGapsWithin);
        span("fetch-margin", settings.fetchMargin(), builder::fetchMargin);
        span("max-fetch-span", settings.maxFetchSpan(), builder::maxFetchSpan);
        span("max-query-span", settings.maxQuerySpan(), builder::maxQuerySpan);
        if (settings.alignTo() != null) {
            builder.alignTo(spans.step("align-to", settings.alignTo()));
        }
        set(settings.maxGaps(), builder::maxGaps);
        set(settings.maxFetches(), builder::maxFetches);
        set(settings.partitionsPerFetch(), builder::partitionsPerFetch);
    }

    private void fetching() {
        set(settings.maxRowsPerFetch(), builder::maxRowsPerFetch);
        set(settings.fetchParallelism(), builder::fetchParallelism);
        set(settings.fetchTimeout(), builder::fetchTimeout);
        set(settings.maxPages(), builder::maxPages);
        set(settings.allowUnbound(), builder::allowUnbound);
        set(settings.crossProcess(), builder::crossProcess);
        set(settings.offline(), builder::offline);
        set(settings.onError(), builder::onError);
        set(settings.errorTtl(), builder::errorTtl);
        set(settings.onDetectorError(), builder::onDetectorError);
        Duration delay = settings.retryDelay();
        if (settings.retries() != null) {
            builder.retries(settings.retries(), delay == null ? Duration.ofMillis(200) : delay);
        } else if (delay != null) {
            throw needs("retry-delay", delay, "retries");
        }
    }

    private void rows() {
        set(settings.writeMode(), builder::writeMode);
        set(settings.outOfRangeRows(), builder::outOfRangeRows);
        set(settings.duplicateRows(), builder::duplicateRows);
        set(settings.invalidRows(), builder::invalidRows);
        set(settings.onSchemaChange(), builder::onSchemaChange);
        set(settings.retention(), builder::retention);
        set(settings.maxRows(), builder::maxRows);
    }

    private void span(String property, @Nullable String text, Consumer<Object> setter) {
        if (text != null) {
            setter.accept(spans.span(property, text));
        }
    }

    private RuntimeException needs(String property, Object value, String other) {
        return spans.wrong(
                property, value.toString(), "It means nothing without " + other + ".", "Set " + other + ", too.");
    }

    private static String sentence(RuntimeException ex) {
        return ex.getMessage() + ".";
    }

    private static <V> void set(@Nullable V value, Consumer<V> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
