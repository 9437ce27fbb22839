package io.meterlake.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop's view of the local disks. Unless its native library is installed, its own one starts a process for each file that it
 * makes, {@code chmod}, and for each that it lists with its blocks, {@code ls}: two for each file of a commit. Made by
 * Hadoop, from its name.
 */
public final class LocalFiles extends LocalFileSystem {
    public LocalFiles() {
        super(new Raw());
    }

    private static final class Raw extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            PosixFileAttributeView view = posix(path);
            if (view == null || permission.getStickyBit()) {
                super.setPermission(path, permission);
            } else {
                view.setPermissions(PosixFilePermissions.fromString(permission.toString()));
            }
        }

        @Override
        protected RemoteIterator<LocatedFileStatus> listLocatedStatus(Path folder, PathFilter filter)
                throws IOException {
            return RemoteIterators.mappingRemoteIterator(
                    RemoteIterators.remoteIteratorFromArray(listStatus(folder, filter)), this::located);
        }

        private LocatedFileStatus located(FileStatus status) throws IOException {
            BlockLocation[] blocks =
                    status.isFile() ? getFileBlockLocations(status, 0, status.getLen()) : new BlockLocation[0];
            PosixFileAttributeView view = posix(status.getPath());
            if (view == null) {
                return new LocatedFileStatus(status, blocks);
            }
            try {
                PosixFileAttributes attributes = view.readAttributes();
                return located(
                        status,
                        FsPermission.valueOf("-" + PosixFilePermissions.toString(attributes.permissions())),
                        attributes.owner().getName(),
                        attributes.group().getName(),
                        blocks);
            } catch (NoSuchFileException e) {
                // It went since it was listed, and nobody will ask who may read it.
                return located(status, FsPermission.getFileDefault(), "", "", blocks);
            }
        }

        private static LocatedFileStatus located(
                FileStatus status, FsPermission permission, String owner, String group, BlockLocation[] blocks) {
            return new LocatedFileStatus(
                    status.getLen(),
                    status.isDirectory(),
                    status.getReplication(),
                    status.getBlockSize(),
                    status.getModificationTime(),
                    status.getAccessTime(),
                    permission,
                    owner,
                    group,
                    null,
                    status.getPath(),
                    false,
                    false,
                    false,
                    blocks);
        }

        /** Null where a disk knows no such permissions. */
        private @Nullable PosixFileAttributeView posix(Path path) {
            return Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
        }
    }
}
