#include "attest/exact/expression.hpp"

#include "refusal.hpp"

// Expressions: what is exact has the same value after its text is read again; what is not is for softmax
// only.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    using exact::Expression;
    const std::string_view text = fuzz::text(data, size);
    const auto read = [&](bool transcendental) { return Expression::parse(text, "ijnd", transcendental, "f"); };
    const bool hard = fuzz::reads([&] { (void)read(false); });
    const bool soft = fuzz::reads([&] { (void)read(true); });
    fuzz::require(!hard || soft, "what a hard model may say a softmax model may say too");
    if (!soft) return 0;
    const Expression e = read(true);
    fuzz::require(hard == !e.is_transcendental(), "exact operations are those of hard models");
    for (const std::int64_t i : {1, 2, 5}) {
        exact::Rational value;
        if (!fuzz::reads([&] { value = e.evaluate({.i = i, .j = 2, .n = 6, .dk = 3}); })) continue;
        fuzz::require(
            value == Expression::parse(e.text(), "ijnd", false, "g").evaluate({.i = i, .j = 2, .n = 6, .dk = 3}),
            "the text of an expression means the same");
    }
    return 0;
}
