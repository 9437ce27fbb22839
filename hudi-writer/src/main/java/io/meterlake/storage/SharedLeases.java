package io.meterlake.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A lock in an object store that is shared or had alone. Who shares it has an object of its own beside the lock's; who
 * wants it either way writes first and looks then, so of two that cannot both have it at least one sees the other.
 */
record SharedLeases(ObjectStore store, String key) implements SharedLock {
    private String sharers() {
        return key + ".shared";
    }

    @Override
    public Optional<HeldLock> tryShare() throws IOException, InterruptedException {
        LeaseText mine = LeaseText.fresh();
        LeaseObject own = new LeaseObject(store, sharers() + "/" + mine.owner().replaceAll("[^0-9A-Za-z]+", "-"));
        long before = System.nanoTime();
        Optional<String> made = own.make(mine.text());
        if (made.isEmpty()) {
            throw new IOException("somebody else has written " + own.key());
        }
        Shared shared = new Shared(Lease.begin(own, mine, made.get(), before), own);
        if (LeaseLock.watch(new LeaseObject(store, key)).state() == LeaseLock.State.ALIVE) {
            shared.release();
            return Optional.empty();
        }
        return Optional.of(shared);
    }

    @Override
    public Optional<HeldLock> tryTakeAlone() throws IOException, InterruptedException {
        Optional<HeldLock> alone = new LeaseLock(new LeaseObject(store, key)).tryTake();
        if (alone.isPresent()) {
            for (LeaseObject sharer : present()) {
                if (LeaseLock.watch(sharer).state() == LeaseLock.State.ALIVE) {
                    alone.get().release();
                    return Optional.empty();
                }
                sharer.delete();
            }
        }
        return alone;
    }

    private List<LeaseObject> present() throws IOException {
        Path folder = store.at(sharers());
        List<LeaseObject> objects = new ArrayList<>();
        try {
            for (Path path : store.filesBelow(folder, "").keySet()) {
                objects.add(new LeaseObject(store, ((ObjectPath) path).key()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return objects;
    }

    /** A share; its object goes with it. */
    private record Shared(Lease lease, LeaseObject object) implements HeldLock {
        @Override
        public boolean isStillHeld() {
            return lease.isStillHeld();
        }

        @Override
        public void release() throws IOException {
            lease.release();
            object.delete();
        }
    }
}
