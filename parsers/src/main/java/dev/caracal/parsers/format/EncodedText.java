package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonOutput;

/** A text that seldom changes, with its JSON form. */
final class EncodedText {

    private String text = "";
    private byte[] json = {'"', '"'};

    void write(JsonOutput out, String newText) {
        if (!newText.equals(text)) {
            JsonOutput encoded = new JsonOutput();
            encoded.string(newText);
            json = encoded.copy();
            text = newText;
        }
        out.raw(json);
    }
}
