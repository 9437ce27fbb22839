package io.meterlake.format.mscons;

/** What is wrong with a quantity or a segment; who rejects it adds the number and the text. */
record Problem(String field, String reason, String hint) {
    static final String ASK_AGAIN = "Ask the sender for the message again.";
}
