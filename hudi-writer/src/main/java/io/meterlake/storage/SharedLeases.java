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
        Optional<String> mark = own.make(mine);
        if (mark.isEmpty()) {
            throw new IOException("somebody else has written " + own.key());
        }
        Shared shared = new Shared(Lease.begin(own, mine, mark.get(), before), own);
        boolean free = false;
        try {
            free = endSilent(new LeaseObject(store, key));
        } finally {
            // Also if the store could not be asked: nobody would ever give it back.
            if (!free) {
                shared.release();
            }
        }
        return free ? Optional.of(shared) : Optional.empty();
    }

    @Override
    public Optional<HeldLock> tryTakeAlone() throws IOException, InterruptedException {
        Optional<HeldLock> alone = new LeaseLock(new LeaseObject(store, key)).tryTake();
        if (alone.isEmpty()) {
            return Optional.empty();
        }
        boolean free = false;
        try {
            free = dropSilentSharers();
        } finally {
            if (!free) {
                alone.get().release();
            }
        }
        return free ? alone : Optional.empty();
    }

    /** Whether nobody shares the lock any more. */
    private boolean dropSilentSharers() throws IOException, InterruptedException {
        for (LeaseObject sharer : present()) {
            if (!endSilent(sharer)) {
                return false;
            }
            sharer.delete();
        }
        return true;
    }

    /**
     * Whether nobody has a lease any more; one that gave no sign for too long is taken from its holder, who may only
     * have stood still, and finds then that it is not his.
     */
    private static boolean endSilent(LeaseObject object) throws IOException, InterruptedException {
        LeaseLock.Watched watched = LeaseLock.watch(object);
        if (watched.state() != LeaseLock.State.SILENT || watched.seen().isEmpty()) {
            return watched.state() == LeaseLock.State.FREE;
        }
        LeaseObject.Seen silent = watched.seen().get();
        // Nothing was written if it has given a sign since it was looked at.
        return object.replace(silent.mark(), LeaseText.parse(silent.text()).given())
                .isPresent();
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
