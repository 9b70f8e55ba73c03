#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "base/random.hpp"
#include "brasp_reference.hpp"
#include "crasp_reference.hpp"
#include "formats/program/write.hpp"
#include "programs/brasp/program.hpp"
#include "programs/crasp/program.hpp"
#include "random_brasp.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// The programs that B-RASP and C-RASP are, against their definitions; the networks are held against the same in brasp.cpp and
// crasp.cpp.

using namespace attest;
using namespace attest::programs;
using attest::tests::BraspReference;
using attest::tests::CraspReference;

namespace {

/// Words on which the program and the definition differ, of all of these lengths; the document that is written is the program.
template <typename Reference>
std::size_t differences(const std::string& text, const network::Program& program, std::int64_t shortest,
                        std::int64_t longest) {
    const std::string document = formats::write_program(program);
    const network::Program again = formats::parse_program(document, "p.json");
    REQUIRE(formats::write_program(again) == document);
    Reference reference(text);
    REQUIRE(again.alphabet.symbols() == reference.alphabet());
    std::size_t wrong = 0;
    for (std::int64_t length = shortest; length <= longest; ++length) {
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            std::vector<std::string> symbols;
            for (const auto s : word) symbols.push_back(again.alphabet.symbol(s));
            if (network::accepts(again, network::answers(again, word)) != reference.accepts(symbols)) ++wrong;
        } while (language::next_word(word, again.alphabet));
    }
    return wrong;
}

std::size_t brasp_differences(const std::string& text, std::int64_t longest) {
    return differences<BraspReference>(text, brasp::as_program(brasp::parse(text, "p.brasp"), "p"), 0, longest);
}
std::size_t crasp_differences(const std::string& text, std::int64_t longest) {
    return differences<CraspReference>(text, crasp::as_program(crasp::parse(text, "p.crasp"), "p", {1, longest}), 1,
                                       longest);
}

/// Booleans and counts over a, b.
class RandomCrasp {
  public:
    explicit RandomCrasp(base::Random& random) : random_(random) {}

    std::string text() {
        std::string text = "alphabet a b\n";
        const std::uint64_t count = 1 + random_.below(4);
        for (std::uint64_t k = 0; k < count; ++k) {
            const bool counts = k + 1 < count && random_.below(2) == 0;
            const std::string body = counts ? this->count(2) : boolean(3);
            text += fmt::format("x{} = {}\n", k, body);
            (counts ? counts_ : booleans_).push_back(fmt::format("x{}", k));
        }
        return text;
    }

  private:
    std::string boolean(int depth) {
        switch (depth == 0 ? random_.below(3) : random_.below(8)) {
            case 0: return "Q(a)";
            case 1: return random_.below(4) == 0 ? "true" : "Q(b)";
            case 2: return booleans_.empty() ? "Q(a)" : booleans_[random_.below(booleans_.size())];
            case 3: return fmt::format("!({})", boolean(depth - 1));
            case 4: return fmt::format("({}) & ({})", boolean(depth - 1), boolean(depth - 1));
            case 5: return fmt::format("({}) | ({})", boolean(depth - 1), boolean(depth - 1));
            default: {
                static constexpr const char* relations[] = {"<", "<=", "=", "!=", ">=", ">"};
                return fmt::format("{} {} {}", count(depth - 1), relations[random_.below(6)], count(depth - 1));
            }
        }
    }
    std::string count(int depth) {
        switch (depth == 0 ? random_.below(3) : random_.below(9)) {
            case 0: return std::to_string(random_.below(4));
            case 1: return fmt::format("#[{}]", boolean(std::max(depth - 1, 0)));
            case 2: return counts_.empty() ? "#[Q(a)]" : counts_[random_.below(counts_.size())];
            case 3: return fmt::format("#>[{}]", boolean(depth - 1));
            case 4: return fmt::format("({} + {})", count(depth - 1), count(depth - 1));
            case 5: return fmt::format("({} - {})", count(depth - 1), count(depth - 1));
            case 6: return fmt::format("2*({})", count(depth - 1));
            case 7:
                return fmt::format("{}({}, {})", random_.below(2) == 0 ? "min" : "max", count(depth - 1),
                                   count(depth - 1));
            default: return fmt::format("({} ? {} : {})", boolean(depth - 1), count(depth - 1), count(depth - 1));
        }
    }

    base::Random& random_;
    std::vector<std::string> booleans_, counts_;
};

}  // namespace

TEST_CASE("B-RASP as a program: programs of their own makers, against the definition on all short words") {
    for (const char* name : {"a_star_b_star", "at_least_two_a", "contains_abc", "dyck_d2", "repeat_final"}) {
        const auto path = attest::tests::shared_data(fmt::format("brasp/{}.brasp", name));
        if (!path) continue;
        CAPTURE(name);
        CHECK(brasp_differences(base::read_file(path->string()), 6) == 0);
    }
}

TEST_CASE("B-RASP as a program: random programs, against the definition") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed + 1);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(25); ++trial) {
        const std::string text = tests::random_brasp(random);
        CAPTURE(trial, text);
        REQUIRE(brasp_differences(text, 4) == 0);
    }
}

TEST_CASE("B-RASP as a program: a symbol seen before costs a case a symbol; too many cases are refused") {
    std::string text = "alphabet", same;
    for (int k = 0; k < 60; ++k) text += fmt::format(" s{}", k);
    text += "\n";
    for (int k = 0; k < 60; ++k) {
        text += fmt::format("q{} = symbol s{}\n", k, k);
        same += fmt::format("{}q{}@i & q{}@j", k == 0 ? "" : " | ", k, k);
    }
    const network::Program p =
        brasp::as_program(brasp::parse(text + "seen = rightmost(" + same + ", true)\n", "p.brasp"), "p");
    CHECK(network::answers(p, {1, 59, 7, 1}) == std::vector<std::string>{"1"});
    CHECK(network::answers(p, {1, 59, 7, 2}) == std::vector<std::string>{"0"});

    std::string many = "alphabet a b\nx = symbol a\n", score;
    for (int k = 0; k < 13; ++k) {
        many += fmt::format("p{} = rightmost({}@j, true)\n", k, k == 0 ? "x" : fmt::format("p{}", k - 1));
        score += fmt::format("{}p{}@i & p{}@j", k == 0 ? "" : " | ", k, k);
    }
    const brasp::Program program = brasp::parse(many + "y = rightmost(" + score + ", true)\n", "p.brasp");
    CHECK_THROWS_WITH(brasp::as_program(program, "p"), Catch::Contains("line 16: y says more than 4096 things of i"));
}

TEST_CASE("C-RASP as a program: random programs, against the definition") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed + 2);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(25); ++trial) {
        const std::string text = RandomCrasp(random).text();
        CAPTURE(trial, text);
        REQUIRE(crasp_differences(text, 5) == 0);
    }
}

TEST_CASE("C-RASP as a program: balanced brackets, for lengths that tables are made for") {
    const std::string dyck =
        "alphabet \"(\" \")\"\nopen = #[Q(\"(\")]\nclose = #[Q(\")\")]\nbad = #[close > open]\nok = bad = 0 & open = "
        "close\n";
    CHECK(crasp_differences(dyck, 10) == 0);
    const network::Program p = crasp::as_program(crasp::parse(dyck, "p.crasp"), "p", {1, 3});
    CHECK(attest::tests::refused([&] {
              (void)network::answers(p, {0, 0, 1, 1});
          }) == "p:lengths: expected words of 1 to 3 symbols, for which the program is made, found 4");
}
