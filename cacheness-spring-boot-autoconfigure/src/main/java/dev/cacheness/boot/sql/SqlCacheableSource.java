package dev.cacheness.boot.sql;

import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.FetchRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Calls a {@link SqlCacheable} method for what its cache lacks, with all that is around it (retries, transactions), but not through the cache again.
 *
 * @param <T> the type of a row
 */
public final class SqlCacheableSource<T> implements DataFetcher<T> {

    /** The method that the cache is calling on this thread, until its call gets there. */
    private static final ThreadLocal<@Nullable SqlCacheableMethod> CALLING = new ThreadLocal<>();

    private final SqlCacheableMethod method;

    private final Supplier<?> bean;

    /** @param bean the bean with its proxies */
    public SqlCacheableSource(SqlCacheableMethod method, Supplier<?> bean) {
        this.method = method;
        this.bean = bean;
    }

    @Override
    public Object fetch(FetchRequest request) throws Exception {
        Object target = bean.get();
        SqlCacheableMethod before = CALLING.get();
        CALLING.set(method);
        try {
            Method invocable = AopUtils.selectInvocableMethod(method.method(), target.getClass());
            // The class need not be public, as with beans in general.
            ReflectionUtils.makeAccessible(invocable);
            return RowResult.rows(invocable.invoke(target, method.arguments(request)));
        } catch (InvocationTargetException ex) {
            if (ex.getTargetException() instanceof Exception cause) {
                throw cause;
            }
            throw ex;
        } finally {
            set(before);
        }
    }

    /** Whether a call comes from here. Asked once for each call. */
    static boolean isCalling(SqlCacheableMethod method) {
        SqlCacheableMethod calling = CALLING.get();
        if (calling == null || !calling.method().equals(method.method())) {
            return false;
        }
        CALLING.remove();
        return true;
    }

    private static void set(@Nullable SqlCacheableMethod method) {
        if (method == null) {
            CALLING.remove();
        } else {
            CALLING.set(method);
        }
    }
}
