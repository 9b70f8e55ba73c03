#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/evaluator.hpp"
#include "refusal.hpp"

// Model files, beside a companion file that is always the same (`w`: 2 × 2, `b`: 2 numbers): what was read
// can be written, read again as the same model, and evaluated on short words, unless an expression has no
// value there. The checker, which reads and evaluates by code of its own, takes the same file and says the
// same.

namespace {

using namespace attest;

std::string companion() {
    const std::string header =
        R"({"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"I8","shape":[2],"data_offsets":[16,18]}})";
    std::string bytes;
    for (int k = 0; k < 8; ++k) bytes += static_cast<char>(header.size() >> (8 * k) & 0xff);
    const char data[] = "\0\0\x80\x3f\0\0\0\0\0\0\0\xbf\0\0\x20\x41\1\xff";
    return bytes + header + std::string(data, 18);
}

void compare_with_checker(const std::string& json, const language::Word& word, bool accepts) {
    const std::string tensors = companion();
    checker::Budget budget(1'000'000'000, 1'000'000'000);
    bool again = accepts;
    try {
        const auto m = checker::read_model(
            json, "f.json", [&](const std::string&) { return std::string_view(tensors); }, budget);
        const auto instance = checker::instantiate(m, word.size(), budget);
        again = checker::accepts(instance, {word.begin(), word.end()}, budget);
    } catch (const checker::Defect& defect) {
        std::fprintf(stderr, "checker: %s: %s\n", defect.place().c_str(), defect.what());
        fuzz::require(false, "the checker takes the model that we take");
    }
    fuzz::require(again == accepts, "the checker says what we say");
}

void check(const std::string& json, const network::Transformer& t) {
    const std::string written = formats::write_model(t);
    fuzz::require(formats::write_model(formats::parse_model(written, "again")) == written,
                  "a model is written as it was read");
    if (t.dimension > 100 || t.layers.size() > 20) return;
    for (const language::Word& word : {language::Word{}, language::Word{0}, language::Word{0, 0, 0}}) {
        bool accepts = false;
        if (fuzz::reads([&] { accepts = network::evaluate(t, word).accepts; }))
            compare_with_checker(json, word, accepts);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string tensors = companion();
    std::string json(fuzz::text(data, size));
    network::Transformer t;
    if (fuzz::reads([&] { t = formats::parse_model(json, "f.json", tensors); })) check(json, t);
    return 0;
}
