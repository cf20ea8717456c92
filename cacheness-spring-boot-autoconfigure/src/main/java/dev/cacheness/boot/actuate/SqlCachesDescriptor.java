package dev.cacheness.boot.actuate;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** @param caches all SQL caches by name */
public record SqlCachesDescriptor(Map<String, SqlCacheDescriptor> caches) implements OperationResponseBody {}
