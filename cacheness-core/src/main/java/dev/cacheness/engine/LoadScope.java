package dev.cacheness.engine;

/** Among whom a value that is missing is loaded once, while the others wait for it. */
public enum LoadScope {

    /** Every caller loads for itself. */
    NONE,

    /** One caller of this process loads. */
    PROCESS,

    /**
     * One caller of all processes that share the index loads. On {@code postgresql} these are all nodes, on {@code sqlite} the processes of one host; with
     * an index that one process has alone it is the same as {@link #PROCESS}. A load costs two more changes of the index.
     */
    CLUSTER
}
