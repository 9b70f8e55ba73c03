#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "attest/base/file.hpp"
#include "attest/verdict/verdict.hpp"
#include "certify/softmax_threshold_certificate.hpp"
#include "checker/checker.hpp"
#include "checker/classes/softmax_heads.hpp"
#include "checker/kernel/defect.hpp"
#include "seed.hpp"

using namespace attest;

namespace {

checker::Report checked(const language::Language& language, std::int64_t heads, std::int64_t length,
                        const threshold::SoftmaxAnswer& answer) {
    const base::DirectoryInProgress place;
    certify::write_softmax_threshold(place.path(), language, heads, length, answer, {{{"attest", "test"}}});
    return checker::check(place.path());
}

verdict::Answer decided(const std::string& name, std::int64_t heads, std::int64_t length) {
    const auto language = language::Language::parse(name, std::nullopt);
    const threshold::SoftmaxAnswer answer = threshold::softmax_threshold(language, heads, length, {});
    if (answer.answer == verdict::Answer::undecided) return answer.answer;
    const checker::Report report = checked(language, heads, length, answer);
    INFO(name << ", " << heads << " heads, length " << length << ": " << report.place << ": " << report.reason);
    CHECK(report.accepted);
    return answer.answer;
}

/// On all words, with the fractions added one after the other.
bool answers_by_definition(const threshold::SoftmaxLayer& layer, const language::Language& language) {
    language::Word word(static_cast<std::size_t>(layer.length), 0);
    do {
        exact::Rational difference;
        for (const auto& head : layer.heads) {
            exact::Rational total = head.query.weight, sum = head.query.weight * head.query.value;
            for (const language::Symbol symbol : word) {
                total += head.symbols[symbol].weight;
                sum += head.symbols[symbol].weight * head.symbols[symbol].value;
            }
            difference += sum / total;
        }
        if ((difference < 0) != language.contains(word)) return false;
    } while (language::next_word(word, language.alphabet()));
    return true;
}

}  // namespace

TEST_CASE("Softmax heads compute parity of as many bits as there are heads and no more", "[softmax]") {
    for (std::int64_t heads = 1; heads <= 5; ++heads)
        for (std::int64_t length = 0; length <= heads + 2; ++length)
            CHECK((decided("parity", heads, length) == verdict::Answer::holds) == (length <= heads));
}

TEST_CASE("Softmax heads compute a symmetric language iff they are as many as its changes", "[softmax]") {
    const auto language = [](const std::string& name) { return language::Language::parse(name, std::nullopt); };
    for (const char* name : {"majority", "even", "mod:3,0", "mod:4,1", "tomita:1", "tomita:5"})
        for (std::int64_t length = 1; length <= 5; ++length) {
            std::vector<std::optional<bool>> by_ones(static_cast<std::size_t>(length) + 1);
            language::Word word(static_cast<std::size_t>(length), 0);
            do
                by_ones[static_cast<std::size_t>(std::count(word.begin(), word.end(), language::Symbol{1}))] =
                    language(name).contains(word);
            while (language::next_word(word, language(name).alphabet()));
            std::int64_t changes = 0;
            for (std::size_t c = 1; c < by_ones.size(); ++c) changes += by_ones[c] != by_ones[c - 1] ? 1 : 0;
            for (std::int64_t heads = 1; heads <= 5; heads += 2)
                CHECK((decided(name, heads, length) == verdict::Answer::holds) == (changes <= heads));
        }
}

TEST_CASE("Softmax layers are undecided for what depends on more than the number of 1s", "[softmax]") {
    CHECK(decided("first", 3, 3) == verdict::Answer::undecided);
    CHECK(decided("dyck:2", 3, 2) == verdict::Answer::undecided);
    CHECK(decided("anbn", 3, 40) == verdict::Answer::undecided);
    CHECK(decided("first", 1, 1) == verdict::Answer::holds);
    base::Limits none;
    none.deadline = std::chrono::steady_clock::now();
    CHECK(threshold::softmax_threshold(language::Language::parse("parity", std::nullopt), 3, 3, none).why.reason ==
          verdict::Reason::deadline);
}

TEST_CASE("Softmax layers that are off by a little are refused", "[softmax]") {
    const auto parity = language::Language::parse("parity", std::nullopt);
    const threshold::SoftmaxAnswer yes = threshold::softmax_threshold(parity, 3, 3, {});
    REQUIRE(checked(parity, 3, 3, yes).accepted);
    threshold::SoftmaxAnswer other = yes;
    other.network->heads[1].query.value += exact::Rational(1, 2);
    CHECK(checked(parity, 3, 3, other).obligation == "network");
    other = yes;
    other.margin *= 4;
    CHECK(checked(parity, 3, 3, other).obligation == "network");
    threshold::SoftmaxAnswer no = threshold::softmax_threshold(parity, 3, 5, {});
    REQUIRE(checked(parity, 3, 5, no).accepted);
    std::swap(no.points[2], no.points[3]);
    CHECK(checked(parity, 3, 5, no).obligation == "bound");
}

TEST_CASE("Softmax layers are decided where no word could be listed", "[softmax]") {
    CHECK(decided("majority", 1, 1000) == verdict::Answer::holds);
    CHECK(decided("mod:100,7", 6, 300) == verdict::Answer::holds);  // 7, 107, 207
    CHECK(decided("mod:100,7", 5, 300) == verdict::Answer::fails);
    CHECK(decided("parity", 99, 100) == verdict::Answer::fails);
    CHECK(decided("parity", 100, 100) == verdict::Answer::holds);
    CHECK(decided("regex:(0*10*10*){3}0*", 2, 200) == verdict::Answer::holds);
    CHECK(decided("contains:11", 5, 200) == verdict::Answer::undecided);
    CHECK(decided("tomita:6", 200, 200) == verdict::Answer::holds);
}

// Tables are all symmetric functions of few bits: what the changes of each say, and what the checker says.
TEST_CASE("Softmax layers compute every symmetric function of four bits with a head for each change", "[softmax]") {
    for (unsigned by_ones = 0; by_ones < 32; ++by_ones) {
        unsigned bits = 0;
        std::int64_t changes = 0;
        for (unsigned x = 0; x < 16; ++x) bits = bits << 1 | (by_ones >> __builtin_popcount(x) & 1);
        for (unsigned c = 1; c <= 4; ++c) changes += (by_ones >> c & 1) != (by_ones >> (c - 1) & 1) ? 1 : 0;
        char name[32];
        std::snprintf(name, sizeof name, "table:%04x", bits);
        for (std::int64_t heads = 1; heads <= 5; ++heads)
            CHECK((decided(name, heads, 4) == verdict::Answer::holds) == (changes <= heads));
    }
}

TEST_CASE("Softmax layers over three symbols are decided by forms and lines, and never both", "[softmax]") {
    const auto decide = [](const std::string& pattern, std::int64_t heads, std::int64_t length) {
        const auto language =
            language::Language::parse("regex:" + pattern, language::Alphabet(std::vector<std::string>{"a", "b", "c"}));
        const threshold::SoftmaxAnswer answer = threshold::softmax_threshold(language, heads, length, {});
        if (answer.answer != verdict::Answer::undecided) {
            // Languages over other alphabets are told by files; what was found is held against all words here.
            if (answer.network) CHECK(answers_by_definition(*answer.network, language));
        }
        return answer.answer;
    };
    const std::string even_a = "([bc]*a[bc]*a)*[bc]*";
    CHECK(decide(even_a, 6, 6) == verdict::Answer::holds);
    CHECK(decide(even_a, 5, 6) == verdict::Answer::fails);
    CHECK(decide("[ab]*", 1, 6) == verdict::Answer::holds);
    CHECK(decide("(a|b|c){6}", 1, 6) == verdict::Answer::holds);
    const std::string only_one_symbol = "a*|b*|c*";
    CHECK(decide(only_one_symbol, 1, 6) == verdict::Answer::fails);
    CHECK(decide(only_one_symbol, 30, 6) == verdict::Answer::holds);
}

TEST_CASE("Sums of weights: the checker takes what is zero at all choices of symbols, by definition", "[softmax]") {
    std::size_t taken = 0;
    for (const std::size_t heads : {1U, 2U})
        for (std::size_t code = 0; code < 6561; ++code) {
            std::vector<int> signs, weights;
            for (std::size_t x = 0, rest = code; x < 8; ++x, rest /= 3) {
                weights.push_back(static_cast<int>(rest % 3));
                signs.push_back(__builtin_popcountll(x) % 2 == 1 ? -1 : 1);
            }
            bool zero = true, strict = false;
            for (std::size_t x = 0; x < 8; ++x) strict = strict || (signs[x] < 0 && weights[x] > 0);
            for (std::size_t mask = 0; mask < 8; ++mask)
                for (std::size_t symbols = 0; symbols < 8; ++symbols) {
                    if (static_cast<std::size_t>(__builtin_popcountll(mask)) != heads) continue;
                    int sum = 0;
                    for (std::size_t x = 0; x < 8; ++x)
                        sum += (x & mask) == (symbols & mask) ? signs[x] * weights[x] : 0;
                    zero = zero && sum == 0;
                }
            checker::Manifest manifest;
            manifest.claim.softmax_heads = heads;
            manifest.claim.length = 3;
            checker::Budget budget(1'000'000'000, 1'000'000'000);
            checker::ThresholdQuestion question;
            question.words.symbols = 2;
            for (std::size_t x = 0; x < 8; ++x) {
                question.words.words.push_back({x >> 2, x >> 1 & 1, x & 1});
                question.words.member.push_back(signs[x] < 0);
            }
            bool accepted = true;
            try {
                check_alternating_sum(manifest, question, {{"weights.json", nlohmann::json(weights).dump()}}, budget);
            } catch (const checker::Defect&) {
                accepted = false;
            }
            REQUIRE(accepted == (zero && strict));
            taken += accepted ? 1 : 0;
        }
    CHECK(taken > 4);
}
