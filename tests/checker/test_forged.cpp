#include <catch2/catch.hpp>

#include "checker/checker.hpp"
#include "drafts.hpp"

// Certificates whose digests are right and whose claims are false: only the reasoning can refuse them.

using namespace checker_test;

namespace {

Report check_forged(const std::string& name) { return check(std::string(ATTEST_FORGED) + "/" + name); }

/// A model that accepts words without 0 of six symbols, or seems to if only 000000, 000001 … 111111 are
/// asked: something in the first layer tells the first position, and the feed-forward part sees it beside the
/// symbol.
Draft telling(const std::string& mask, const std::string& value, const std::string& output,
              const std::string& unit = "[1, -1, 0, 0]") {
    const std::string model =
        R"({"format": "attest/model", "version": 1, "name": "tiny", "alphabet": ["0", "1"], "end": "$", "dimension": 4,
            "embedding": {"0": [0, 0, 0, 0], "1": [1, 0, 0, 0], "$": [0, 0, 0, 0]},
            "layers": [{"attention": {"kind": "softmax", "mask": ")" +
        mask + R"(", "heads": [{"value": )" + value + R"(, "output": )" + output + R"(}]},
                        "feedforward": {"maps": [[)" +
        unit + R"(], [[0], [0], [1], [0]]]}},
                       {"attention": {"kind": "softmax", "heads": [{"value": [[0, 0, 1, 0]], "output": [[0], [0], [0], [1]]}]}}],
            "readout": {"position": "last", "weight": [0, 0, 0, 1], "bias": "-1/100"}})";
    return {R"({"kind": "recognises", "model": "tiny", "language": "all-ones", "length": 6, "verdict": "verified"})",
            R"({"kind": "enclosure", "words": 7, "margin": "1/1000", "bits": 128, "classes": [[1, 2, 3, 4, 5, 6]]})",
            {{"model.json", model}},
            "[]",
            ""};
}

void check_classes_refused(const Draft& draft) {
    const Report report = check_draft(draft);
    CHECK_FALSE(report.accepted);
    CHECK(report.obligation == "enclosure");
    CHECK(report.place == "manifest.json: evidence.classes");
    CHECK(report.reason == "at position 7 of layer 1 the positions from 1 on are not alike");
}

const std::string constant_value = R"({"weight": [[0, 0, 0, 0]], "bias": [1]})", read_value = "[[0, 0, 0, 1]]";
const std::string written = "[[0], [1], [0], [0]]",
                  biased = R"({"weight": [[0], [0], [0], [1]], "bias": [0, 1, 0, 0]})";

}  // namespace

TEST_CASE("Forged certificates: under a strict mask the first position looks at itself", "[checker]") {
    const Report report = check_forged("hole1-strict-mask");
    CHECK_FALSE(report.accepted);
    CHECK(report.obligation == "network");
    CHECK(report.place == "word \"00000\"");
    CHECK(report.reason == "a head looks where the mask forbids");
}

TEST_CASE("Forged certificates: what a mask leaves to see tells the place, by a head that is not live or by a bias",
          "[checker]") {
    for (const char* name : {"hole2-counts-not-live-head", "hole3-counts-output-bias"}) {
        const Report report = check_forged(name);
        CAPTURE(name, report.reason);
        CHECK_FALSE(report.accepted);
        CHECK(report.obligation == "enclosure");
        CHECK(report.place == "manifest.json: evidence.classes");
    }
    for (const char* mask : {"strict", "strict-future"}) {
        CAPTURE(mask);
        check_classes_refused(telling(mask, constant_value, written));
        check_classes_refused(telling(mask, read_value, biased));
        check_classes_refused(telling(mask, constant_value, biased));
    }
}

TEST_CASE("By counts, what every position adds alike does no harm", "[checker]") {
    // The claim is wrong, but the classes are taken: the words are looked at.
    const auto check_taken = [](const Draft& draft, const std::string& place) {
        const Report report = check_draft(draft);
        CAPTURE(report.reason);
        CHECK(report.obligation == "enclosure");
        CHECK(report.place == place);
    };
    // Without a mask the constant is everywhere, and whatever has a 1 is accepted.
    check_taken(telling("none", constant_value, written, "[2, -1, 0, 0]"), "word \"000001\"");
    check_taken(telling("none", read_value, biased, "[2, -1, 0, 0]"), "word \"000001\"");
    // What a mask leaves is written where no unit reads it beside the symbol; the reader has it, and accepts
    // all.
    check_taken(telling("strict", constant_value, "[[0], [0], [0], [1]]", "[1, 0, 0, 0]"), "word \"000000\"");
}
