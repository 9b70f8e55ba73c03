#include "attest/model/evaluate.hpp"
#include "attest/model/file.hpp"
#include "refusal.hpp"

// Model files, beside a companion file that is always the same (`w`: 2 × 2, `b`: 2 numbers): what was read
// can be written, read again as the same model, and evaluated on short words, unless an expression has no
// value there.

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

void check(const model::Transformer& t) {
    const std::string written = model::write_model(t);
    fuzz::require(model::write_model(model::parse_model(written, "again")) == written,
                  "a model is written as it was read");
    if (t.dimension > 100 || t.layers.size() > 20) return;
    for (const language::Word& word : {language::Word{}, language::Word{0}, language::Word{0, 0, 0}})
        fuzz::reads([&] { (void)model::evaluate(t, word); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string tensors = companion();
    std::string json(fuzz::text(data, size));
    model::Transformer t;
    if (fuzz::reads([&] { t = model::parse_model(json, "f.json", tensors); })) check(t);
    return 0;
}
