#include "context.hpp"

namespace attest::report {

void write_legend(Context& page) {
    Html& html = page.html;
    const auto section = html.element("section", {{"id", "legend"}, {"aria-labelledby", "legend-title"}});
    html.leaf("h2", "How to read this page", {{"id", "legend-title"}});
    const auto list = html.element("dl", {{"class", "facts"}});
    const auto entry = [&](const Mark& mark, const char* meaning) {
        {
            const auto term = html.element("dt");
            write_mark(html, mark);
        }
        html.leaf("dd", meaning);
    };
    entry({"verified", "✓", "good"},
          "The checker accepted the certificate: the claim follows from the files in it. It holds for the model file "
          "as given, in the exact arithmetic of the model format, "
          "at the stated length and under the stated assumptions, and says nothing of other lengths.");
    entry({"refuted", "✗", "bad"},
          "The checker accepted a counterexample: it evaluated the model on the word shown, and the language says "
          "otherwise.");
    entry({"certificate refused", "!", "alarm"},
          "An obligation failed, which is named with the place where it did. Whether the claim is true is not known.");
    entry({"reported", "·", "open"},
          "A run of attest said so in its output. No certificate was checked for it here; a number carries the "
          "guarantee that the run gave: exact, lower bound, upper bound or interval.");
    html.leaf("dt", "Digest");
    html.leaf("dd",
              "The SHA-256 of the certificate’s manifest, which lists the digests of all its files: whoever has the "
              "digest knows which certificate is meant.");
    html.leaf("dt", "Obligations");
    html.leaf("dd",
              "What the checker demands of a certificate: digest (the files are those listed), question (the claim "
              "makes sense), translation (circuit and formula are those of the model), "
              "refutation (the proof refutes the formula), exhaustion (all words were evaluated), witness (the "
              "counterexample is one), and those of other kinds of evidence.");
}

}  // namespace attest::report
