package dev.cacheness.engine;

import dev.cacheness.CacheClosedException;
import dev.cacheness.Cacheness;
import java.util.List;
import java.util.Map;

/** The policies of a cache as they hold, with the defaults of the cache in them; from {@link dev.cacheness.Cacheness#unwrap}. Thread-safe. */
public interface CachePolicies {

    /** What holds for a namespace. Points that are null have no bound or do not apply. */
    CachePolicy policy(String namespace);

    /** Whether callers of a cache are told that a value that was loaded for them could not be stored; those of a closed one are not. */
    static boolean throwPutFailures(Cacheness cache, String namespace) {
        try {
            return cache.unwrap(CachePolicies.class)
                    .filter(policies -> policies.policy(namespace).putFailures() == PutFailures.THROW)
                    .isPresent();
        } catch (CacheClosedException ex) {
            return false;
        }
    }

    /** What holds for every name and pattern that was configured, and for the namespaces that were used since, by name. */
    Map<String, CachePolicy> policies();

    /** The names of the codecs that a policy or a put can choose. */
    List<String> codecNames();
}
