package io.meterlake.error;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why reading or writing failed: Java leaves some reasons to the name of the exception's class. */
public final class FailedIo {
    private FailedIo() {}

    /** The reason, to be put behind {@code Cannot …: }, without the name of a class. */
    public static String reason(IOException failure) {
        String message = failure.getMessage();
        if (failure instanceof NoSuchFileException) {
            return "there is no " + message;
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied for " + message;
        }
        if (failure instanceof FileAlreadyExistsException) {
            return message + " is there already, and is no folder";
        }
        if (failure instanceof NotDirectoryException) {
            return message + " is no folder";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return message + " is not empty";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** What to do about it, as a sentence. */
    public static String fix(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "Check the name; relative names start at the folder you are in.";
        }
        if (failure instanceof AccessDeniedException) {
            return "Give yourself the right to read and write it, or name another.";
        }
        if (failure instanceof CharacterCodingException) {
            return "Save the file as UTF-8.";
        }
        return "Check that its disk has room and works, and run the command again.";
    }
}
