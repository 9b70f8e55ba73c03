#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "attest/base/file.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"

// The formula of a class is made twice, from one text: a certificate with the one and an empty proof gets as far as the
// proof exactly if the other is the same.

using namespace attest;
using namespace attest::threshold;

namespace {

checker::Report judged(const Specification& s, const std::vector<Break>& breaks, const logic::Cnf& formula) {
    Existence existence;
    existence.answer = verdict::Answer::fails;
    existence.refutation = Refutation{formula, 0, breaks, "1 0 0\n", {}, {}};
    const base::DirectoryInProgress place;
    certify::write_threshold(place.path(), s, existence, {});
    return checker::check(place.path());
}

std::vector<NetworkClass> classes() {
    std::vector<NetworkClass> all;
    for (const std::int64_t layers : {1, 2})
        for (const std::int64_t heads : {1, 2})
            for (const std::optional<std::int64_t>& activations :
                 {std::optional<std::int64_t>(), std::optional<std::int64_t>(2), std::optional<std::int64_t>(3)})
                for (const Reading read : {Reading::end, Reading::last})
                    for (const Mask mask : {Mask::none, Mask::strict})
                        for (const bool one : {false, true})
                            all.push_back({layers, heads, activations, read, mask, true, one});
    return all;
}

bool repeats(std::span<const std::int32_t> clause) {
    return std::set<std::int32_t>(clause.begin(), clause.end()).size() < clause.size();
}

}  // namespace

TEST_CASE("Writer and checker make the same formula of a class under all breaks that hold and under none", "[search]") {
    std::size_t formulas = 0;
    for (const NetworkClass& c : classes())
        for (const std::string language : {"parity", "majority", "first"}) {
            const std::int64_t length = c.layers * c.heads < 4 && c.activations != 3 ? 3 : 2;
            const Specification s{c, language::Language::parse(language, std::nullopt), length};
            const auto words = samples(s);
            for (const auto& breaks : {std::vector<Break>{}, breaks_for(s, words)}) {
                const auto encoding = encode(s, words, {breaks, false}, {});
                REQUIRE(encoding.has_value());
                for (std::size_t k = 0; k < encoding->formula.size(); ++k)
                    if (repeats(encoding->formula.clause(k))) FAIL("a clause says a literal twice");
                const checker::Report report = judged(s, breaks, encoding->formula);
                INFO(describe(c) << ", " << language << ", breaks " << breaks.size() << ": " << report.place << ": "
                                 << report.reason);
                CHECK(report.obligation == "refutation");
                ++formulas;
            }
        }
    CHECK(formulas == 576);
}
