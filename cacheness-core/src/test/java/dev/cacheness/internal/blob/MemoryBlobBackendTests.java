package dev.cacheness.internal.blob;

import dev.cacheness.contract.BlobBackendContract;
import dev.cacheness.spi.BlobBackend;

class MemoryBlobBackendTests extends BlobBackendContract {

    @Override
    protected BlobBackend open() {
        return new MemoryBlobBackend();
    }
}
