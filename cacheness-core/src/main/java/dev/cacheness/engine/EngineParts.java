package dev.cacheness.engine;

import dev.cacheness.CacheKey;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.internal.key.KeyDigester;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.MetadataBackend;
import java.time.InstantSource;
import java.util.Objects;

/** The parts of a cache, put together. */
final class EngineParts {

    final EntryStore store;

    final MetadataBackend index;

    final HandlerRegistry handlers;

    final TrustingHandlers trusting;

    final Lasting lasting;

    final KeyDigester digester;

    final Policies policies;

    final EngineSettings settings;

    final InstantSource clock;

    final FailureLog failures;

    final OpenState open;

    final StatsRecorder stats = new StatsRecorder();

    final EventQueue events;

    final AccessLog accessLog;

    final Expiry expiry;

    final CustomRecords customRecords;

    final CustomQueries customQueries;

    final Reads reads;

    final Writes writes;

    final LoadGate gate;

    final Loads loads;

    final LoadAdvice advice;

    final BulkLoads bulkLoads;

    final Removals removals;

    final EntryFacts facts;

    final ExpirySweep expirySweep;

    final Upkeep upkeep;

    final Maintenance maintenance;

    EngineParts(
            EntryStore store,
            HandlerRegistry handlers,
            KeyDigester digester,
            Policies policies,
            EngineSettings settings,
            InstantSource clock,
            LoadGate gate,
            Upcasters upcasters) {
        this.store = store;
        this.index = store.index();
        this.handlers = handlers;
        this.digester = digester;
        this.policies = policies;
        this.settings = settings;
        this.clock = clock;
        this.failures = new FailureLog(clock);
        this.open = new OpenState(failures);
        this.maintenance = new Maintenance(failures);
        this.events = new EventQueue(settings.listeners(), failures);
        this.accessLog = new AccessLog(index, failures);
        this.expiry = new Expiry(policies, accessLog, index);
        this.customRecords = new CustomRecords(index);
        var recent = new RecentRemovals();
        var happenings = new Happenings(stats, recent, events, clock);
        var evictor = new Evictor(store, accessLog, happenings, failures, settings.maxSizeBytes());
        var namespaceEvictor = new NamespaceEvictor(store, policies, accessLog, happenings, failures, clock);
        this.trusting = new TrustingHandlers(handlers, policies);
        this.lasting = new Lasting(index, policies);
        var writer = new EntryWriter(store, new ValueWriter(handlers), trusting, digester, policies, clock, lasting);
        var missed = new MissedInvalidations(
                store, happenings, failures, settings.readTimeout().dividedBy(2), clock);
        this.removals = new Removals(store, happenings, open, missed, lasting);
        this.customQueries = new CustomQueries(store, customRecords, clock, removals, open);
        var shared = new SharedValues(index.unwrap(MemoryLayer.class).orElse(null), policies);
        this.reads = new Reads(
                store,
                new ValueReader(store, trusting, upcasters, shared),
                policies,
                expiry,
                clock,
                removals.missed(),
                recent,
                happenings,
                accessLog,
                failures,
                open);
        this.writes =
                new Writes(writer, policies, customRecords, removals, evictor, namespaceEvictor, happenings, open);
        this.gate = gate;
        this.loads = new Loads(index, reads, writes, gate, policies, happenings, failures, clock);
        this.advice = loads.advice(this::digest);
        this.bulkLoads = new BulkLoads(reads, loads, gate, policies, failures, clock);
        this.facts = new EntryFacts(index, policies, expiry, clock, removals.missed(), lasting, open);
        this.expirySweep = new ExpirySweep(store, policies, accessLog, clock, happenings);
        this.upkeep =
                new Upkeep(store, removals, expirySweep, evictor, namespaceEvictor, accessLog, happenings, failures);
    }

    void start() {
        upkeep.schedule(maintenance, settings.cleanUpOnInit());
    }

    DigestedKey digest(CacheKey<?> key) {
        open.ensureOpen();
        return key instanceof KnownKeys.WithDigest<?> known
                ? known.digested()
                : digester.digest(Objects.requireNonNull(key, "key"));
    }

    void close() {
        if (!open.close()) {
            return;
        }
        loads.close();
        gate.close();
        maintenance.close();
        accessLog.flush();
        store.close();
        events.close();
        handlers.list().forEach(this::close);
        trusting.variants().forEach(this::close);
    }

    private void close(Handler<?> handler) {
        if (handler instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception ex) {
                failures.warn("close", "The handler '" + handler.name() + "' could not be closed", ex);
            }
        }
    }
}
