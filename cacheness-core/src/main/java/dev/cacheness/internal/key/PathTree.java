package dev.cacheness.internal.key;

import dev.cacheness.CacheSerializationException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies at a path: its kind, and for a directory what lies in it. The content of files is hashed by somebody else. */
final class PathTree {

    /** Part of the hash, so the numbers stay. */
    private enum Kind {
        FILE(1),
        DIRECTORY(2),
        LINK(3);

        private final int tag;

        Kind(int tag) {
            this.tag = tag;
        }
    }

    private final Path path;
    private final String name;
    private final Kind kind;
    private final long size;
    private final String target;
    private final List<PathTree> children;
    private byte @Nullable [] hash;

    private PathTree(Path path, Kind kind, long size, String target, List<PathTree> children) {
        this.path = path;
        this.name = String.valueOf(path.getFileName());
        this.kind = kind;
        this.size = size;
        this.target = target;
        this.children = children;
    }

    static PathTree scan(Path path) {
        try {
            return node(path, Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException ex) {
            throw PathHasher.unreadable(path, ex);
        }
    }

    private static PathTree node(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return new PathTree(path, Kind.LINK, 0, Files.readSymbolicLink(path).toString(), List.of());
        }
        if (attributes.isDirectory()) {
            return new PathTree(path, Kind.DIRECTORY, 0, "", list(path));
        }
        if (attributes.isRegularFile()) {
            return new PathTree(path, Kind.FILE, attributes.size(), "", List.of());
        }
        throw new CacheSerializationException("The path '" + ReadableText.of(path.toString(), 1000)
                + "' is neither a file nor a directory, but a device, a pipe or the like.");
    }

    private static List<PathTree> list(Path directory) throws IOException {
        var children = new ArrayList<PathTree>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                children.add(child(path));
            }
        } catch (DirectoryIteratorException ex) {
            throw ex.getCause();
        }
        children.sort(Comparator.comparing(child -> child.name));
        return List.copyOf(children);
    }

    private static PathTree child(Path path) {
        try {
            return node(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException ex) {
            throw PathHasher.unreadable(path, ex);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** All files of the tree, itself included. */
    List<PathTree> files() {
        var files = new ArrayList<PathTree>();
        collectFiles(files);
        return files;
    }

    private void collectFiles(List<PathTree> files) {
        if (kind == Kind.FILE) {
            files.add(this);
        }
        children.forEach(child -> child.collectFiles(files));
    }

    void hash(byte[] sha256) {
        this.hash = sha256;
    }

    /** The hash of a file as it was set, that of a directory from what lies in it. */
    byte[] sha256() {
        if (hash != null) {
            return hash;
        }
        MessageDigest listing = Sha256.start();
        var line = new CanonicalBytes(Integer.MAX_VALUE, Trail.ofContent());
        line.tag(Tag.VERSION);
        for (PathTree child : children) {
            line.tag(child.kind.tag);
            line.text(child.name);
            if (child.kind == Kind.LINK) {
                line.text(child.target);
            } else {
                line.raw(child.sha256());
            }
            line.drain(0, listing);
        }
        line.tag(Tag.END);
        line.drain(0, listing);
        return listing.digest();
    }
}
