#include "report/restriction.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "attest/certify/restriction.hpp"
#include "attest/programs/zoo.hpp"
#include "record/restriction.hpp"

using namespace attest;

namespace {

restriction::Outcome outcome_of(const network::Transformer& t, restriction::Method method) {
    restriction::Options options;
    options.method = method;
    return std::get<restriction::Outcome>(restrict_model(t, 6, options, {}));
}

}  // namespace

TEST_CASE("what a restriction means for parity is no more than what was shown", "[report]") {
    const network::Transformer t = programs::zoo_model("palindrome");
    const auto searched = outcome_of(t, restriction::Method::search),
               enumerated = outcome_of(t, restriction::Method::enumeration);
    certify::Archive nowhere;
    const verdict::Verdict accepted =
        certify_restriction({t, formats::write_model(t), {}, {}}, 6, searched, 0, {}, nowhere);
    const verdict::Verdict refused =
        verdict::Verdict::undecided(verdict::Lengths::one(6), {verdict::Reason::unchecked, "a proof is missing"});
    REQUIRE(accepted.holds());
    const auto parity = [&](const restriction::Outcome& o, const verdict::Verdict& verdict) {
        return record::write(record::restriction(t.name, 6, t.alphabet, o, verdict, 1)).at("parity");
    };
    // Without a checked proof only the replayed pair counts, unless all words were tabulated.
    CHECK(parity(searched, refused) == nlohmann::ordered_json({{"wrong", "1"}, {"guarantee", "lower"}}));
    CHECK(parity(searched, accepted) == nlohmann::ordered_json({{"wrong", "8"}, {"guarantee", "exact"}}));
    CHECK(parity(enumerated, refused) == parity(searched, accepted));
    CHECK(report::restriction_headline(searched, refused)
              .find("rejected on a solver's word (optimal, unchecked, by a solver)") != std::string::npos);
    CHECK(report::restriction_headline(searched, accepted).find("rejected (optimal, checked)") != std::string::npos);
    CHECK(report::restriction_text(t.alphabet, searched, refused).find("at least 1 of the 2^4 completions") !=
          std::string::npos);
    CHECK_FALSE(record::optimum_is_proved(searched, refused));
    CHECK(record::optimum_is_proved(searched, accepted));
}
