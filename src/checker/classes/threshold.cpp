#include "checker/classes/threshold.hpp"

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 9: the sentence of a claim about a class, and its language. The language is read over its own
// alphabet, since a class of networks has no symbols of its own.

namespace attest::checker {

std::string described_class(const NetworkClass& c) {
    const auto count = [](std::size_t n, const char* what) {
        return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
    };
    std::string text = count(c.layers, "layer") + ", " + count(c.heads, "head") + ", ";
    text += c.activations ? std::to_string(*c.activations) + " activations" : "unbounded activations";
    text += c.reads_end ? ", read at an end symbol" : ", read at the last symbol";
    if (c.strict_mask) text += ", strict mask";
    if (!c.sees_positions) text += ", no positions";
    if (c.one_key_dimension) text += ", key dimension 1";
    return text;
}

std::string threshold_sentence(const Claim& claim) {
    const std::string which = claim.verified ? "some" : "no";
    if (claim.softmax_heads > 0)
        return which + " layer of " + std::to_string(claim.softmax_heads) + " softmax heads alone computes " +
               shown_language(claim.language) + " at length " + std::to_string(claim.length);
    return which + " hard-attention network of " + described_class(*claim.network_class) + " computes " +
           shown_language(claim.language) +
           (claim.network_class->sees_positions ? " at length " : " at all lengths up to ") +
           std::to_string(claim.length);
}

ThresholdQuestion read_threshold_question(const Manifest& manifest, const Files& files, Budget& budget) {
    const Claim& claim = manifest.claim;
    const auto file = files.find("language.json");
    ThresholdQuestion question;
    question.language =
        read_language(claim.language, {"0", "1"}, claim.length,
                      file == files.end() ? std::string_view() : std::string_view(file->second), budget);
    return question;
}

}  // namespace attest::checker
