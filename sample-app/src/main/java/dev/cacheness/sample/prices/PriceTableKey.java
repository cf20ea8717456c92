package dev.cacheness.sample.prices;

import dev.cacheness.CacheKey;
import dev.cacheness.KeyNamespace;
import dev.cacheness.table.Table;

/** The key of all prices of an index. Tables are stored as Parquet. */
@KeyNamespace("price-tables")
record PriceTableKey(String index) implements CacheKey<Table> {}
