#include <catch2/catch.hpp>

#include "checker/network/evaluator.hpp"
#include "checker/network/whole_model.hpp"
#include "checker/network/whole_numbers.hpp"
#include "checker/network/whole_words.hpp"
#include "checker_support.hpp"
#include "random_model.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace checker_test;

namespace {

/// Fractions that no product makes whole again, so that denominators grow.
std::string with_long_fractions(std::string text, int kind) {
    const std::string halves[] = {"\"1/2\"", "\"1/257\"", "\"1/65537\"", "\"1/4294967311\""};
    for (std::size_t at = 0; (at = text.find(halves[0], at)) != std::string::npos; at += halves[kind].size())
        text.replace(at, halves[0].size(), halves[kind]);
    return text;
}

std::string averaging(std::string text) {
    const std::string hard = "\"kind\": \"hard\"", average = "\"kind\": \"average\"";
    for (std::size_t at = 0; (at = text.find(hard, at)) != std::string::npos; at += average.size())
        text.replace(at, hard.size(), average);
    return text;
}

}  // namespace

TEST_CASE("words together in whole numbers are accepted as each by itself in rationals", "[checker]") {
    const auto seed = static_cast<unsigned>(attest::tests::seed());
    std::size_t narrow = 0, middle = 0, wide = 0;
    for (unsigned k = 0; k < attest::tests::trials(160); ++k) {
        const std::size_t symbols = 1 + k % 3;
        std::string text = with_long_fractions(RandomModel(seed + 9000 + k, symbols).text(), static_cast<int>(k % 4));
        if (k % 3 != 0) text = averaging(text);
        CAPTURE(seed, k, text);
        const Model model = model_of(text);
        for (std::size_t length = model.begin || model.end ? 0 : 1; length <= (symbols == 2 ? 7 : 5);
             length += 1 + k % 3) {
            Budget budget = ample();
            const Instance instance = instantiate(model, length, budget);
            const auto whole = whole_model(instance, budget);
            const auto together = WholeWords::make(instance, budget);
            REQUIRE(together != nullptr);
            ++(holds<std::int64_t>(whole->greatest) ? narrow : holds<Wide>(whole->greatest) ? middle : wide);
            for (const Word& word : all_words(symbols, length)) {
                CHECK(together->accepts(word) == accepts(instance, word, budget));
                const Affine logits{model.readout.weight, instance.readout_bias};
                CHECK(together->logits(word) == logits(final_vector(instance, word, budget), budget));
            }
            CHECK(together->is_worth_it());
        }
    }
    CHECK(narrow > 5);
    CHECK(middle > 5);
    CHECK(wide > 5);
}

TEST_CASE("words in any order are answered as well, and found not to be worth it", "[checker]") {
    const Model model = model_of(averaging(RandomModel(3, 2).text()));
    Budget budget = ample();
    const Instance instance = instantiate(model, 12, budget);
    const auto together = WholeWords::make(instance, budget);
    REQUIRE(together != nullptr);
    for (unsigned k = 0; k < 300; ++k) {
        Word word(12, 0);
        for (std::size_t i = 0; i < 12; ++i) word[i] = (k * 2654435761U >> (i + 8)) & 1U;
        CHECK(together->accepts(word) == accepts(instance, word, budget));
    }
    CHECK(!together->is_worth_it());
}
